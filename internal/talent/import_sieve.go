package talent

import "hash/maphash"

// sieve says of a text that it was never put in, or that it may have been: two bits
// a text, sixteen for each that is expected. It stands in front of the database
// while a file is taken in, since most rows of a new file are about nobody known.
type sieve struct {
	bits []uint64
	seed maphash.Seed
	all  bool // everything may be known: the database is asked each time
}

// What a sieve keeps apart.
const (
	sieveRow     = 'r'
	sieveAccount = 'a'
	sieveID      = 'i'
	sievePhone   = 'p'
	sieveEmail   = 'e'
)

// newSieve expects so many texts; more only make it ask more often.
func newSieve(texts int64) *sieve {
	words := int64(1 << 10)
	for words*4 < texts {
		words *= 2
	}
	return &sieve{bits: make([]uint64, words), seed: maphash.MakeSeed()}
}

func (s *sieve) places(kind byte, a, b string) (x, y uint64) {
	var h maphash.Hash
	h.SetSeed(s.seed)
	_ = h.WriteByte(kind)
	_, _ = h.WriteString(a)
	_ = h.WriteByte(0)
	_, _ = h.WriteString(b)
	sum, most := h.Sum64(), uint64(len(s.bits))*64-1
	return sum & most, sum >> 32 * 0x9e3779b97f4a7c15 >> 20 & most
}

// put takes a text in; "" is none.
func (s *sieve) put(kind byte, a, b string) {
	if b == "" || s.all {
		return
	}
	x, y := s.places(kind, a, b)
	s.bits[x/64] |= 1 << (x % 64)
	s.bits[y/64] |= 1 << (y % 64)
}

// may says whether a text may have been put in.
func (s *sieve) may(kind byte, a, b string) bool {
	if b == "" {
		return false
	}
	if s.all {
		return true
	}
	x, y := s.places(kind, a, b)
	return s.bits[x/64]>>(x%64)&1 == 1 && s.bits[y/64]>>(y%64)&1 == 1
}

// mayKnow says whether somebody on record may be the one of a row.
func (s *sieve) mayKnow(r *Reading) bool {
	if s.may(sievePhone, "", r.Talent.Phone) || s.may(sieveEmail, "", r.Talent.Email) {
		return true
	}
	for _, a := range r.Accounts {
		if s.may(sieveAccount, string(a.Platform), a.Key) || s.may(sieveID, string(a.Platform), a.PlatformID) {
			return true
		}
	}
	return false
}

// learn takes in by what a row's talent would be found again.
func (s *sieve) learn(r *Reading) {
	s.put(sievePhone, "", r.Talent.Phone)
	s.put(sieveEmail, "", r.Talent.Email)
	for _, a := range r.Accounts {
		s.put(sieveAccount, string(a.Platform), a.Key)
		s.put(sieveID, string(a.Platform), a.PlatformID)
	}
}
