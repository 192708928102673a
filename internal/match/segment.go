package match

import (
	"bytes"
	"sort"
	"strings"

	"kolega/internal/column"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// segment is a part of the index: one row for each account, the smallest first, so
// that a range of followers is a span of rows. Only dead changes after it was made.
type segment struct {
	n        int
	talents  int      // with at least one row
	fol      []uint32 // followers + 1; 0 unknown
	er       []int32  // basis points; -1 unknown
	made     []uint32 // seconds since 2000
	name     []uint32 // place in names
	city     []uint32 // place in vals[dimCity]
	platform []uint8  // place in vals[dimPlatform]
	ids      []byte   // 16 bytes a row
	odd      map[uint32]string
	byID     []uint32 // rows by id

	priceAt    []uint32 // n+1: where a row's prices begin
	priceMinor []int64
	priceTerms []uint32 // place in terms of the price
	tariffs    []tariff

	names  column.Dict
	words  column.Dict // class and word; a ref of 2row+1, or 2list
	listAt []uint32
	lists  []byte

	vals [dims]dimension

	// A talent with several accounts has several rows.
	primary column.Bits // the row of the largest account
	onPlat  column.Bits // the largest on its platform
	onTier  column.Bits // the largest in its tier
	multi   column.Bits // rows of talents with several
	rank    []uint32    // rows of multi before each word
	group   []uint32    // by rank: which talent
	acct    []uint32    // by rank: hash of the account's id
	groups  int

	away  map[uint32][][2]worktime.Date
	facts map[uint32][]fact
	heard map[uint32]*audience // rows whose audience was typed or imported in parts
	free  column.Bits          // rows with absences, to be asked about; nil none
	proof column.Bits          // rows with facts; nil none

	dead     column.Bits
	deadRows int
	file     *column.File // nil: in memory
}

// tariff is what a price is for.
type tariff struct {
	Format   talent.Format
	Currency money.Currency
	From, To worktime.Date
}

// dimension is the values of a dimension and the rows of each.
type dimension struct {
	values []value
	sets   []column.Set
	at     map[string]int
}

func (d *dimension) index() {
	d.at = make(map[string]int, len(d.values))
	for i, v := range d.values {
		d.at[v.key] = i
	}
}

// rows gives the set of a value, empty for one that nobody has.
func (d *dimension) rows(key string) column.Set {
	if i, ok := d.at[key]; ok {
		return d.sets[i]
	}
	return column.Set{}
}

func (s *segment) followers(row uint32) int64 { return int64(s.fol[row]) - 1 }

// span gives the rows from lo up to hi of accounts with known followers in a range.
func (s *segment) span(least, most int64) (lo, hi int) {
	least, most = max(least, 0), min(most, mostFollowers)
	lo = sort.Search(s.n, func(i int) bool { return int64(s.fol[i])-1 >= least })
	hi = sort.Search(s.n, func(i int) bool { return int64(s.fol[i])-1 > most })
	return lo, max(lo, hi)
}

// tierSpan gives the rows of a tier.
func (s *segment) tierSpan(tier string) (lo, hi int) {
	if tier == Unknown {
		return 0, sort.Search(s.n, func(i int) bool { return s.fol[i] > 0 })
	}
	least, most := tierRange(talent.Tier(tier))
	return s.span(least, most)
}

// tierRange is a tier as a range of followers.
func tierRange(t talent.Tier) (least, most int64) {
	list := talent.Tiers()
	ends := []int64{0, 10_000, 100_000, 500_000, 1_000_000, mostFollowers + 1}
	for i := range list {
		if list[i] == t {
			return ends[i], ends[i+1] - 1
		}
	}
	return 1, 0
}

const idAlphabet = "0123456789abcdefghjkmnpqrstvwxyz"

var idDigit = func() (d [256]uint8) {
	for i := range d {
		d[i] = 0xff
	}
	for i := range len(idAlphabet) {
		d[idAlphabet[i]] = uint8(i)
	}
	return d
}()

// packID writes an id of 26 characters as 16 bytes in the same order; false for
// an id of another make.
func packID(id string) (out [16]byte, ok bool) {
	if len(id) != 26 || idDigit[id[0]] > 7 {
		return oddID, false
	}
	var hi, lo uint64
	for i := range len(id) {
		d := idDigit[id[i]]
		if d == 0xff {
			return oddID, false
		}
		hi = hi<<5 | lo>>59
		lo = lo<<5 | uint64(d)
	}
	for i := range 8 {
		out[i], out[8+i] = byte(hi>>(56-8*i)), byte(lo>>(56-8*i))
	}
	return out, out != oddID
}

var oddID = [16]byte(bytes.Repeat([]byte{0xff}, 16))

func unpackID(b []byte) string {
	var hi, lo uint64
	for i := range 8 {
		hi, lo = hi<<8|uint64(b[i]), lo<<8|uint64(b[8+i])
	}
	var id [26]byte
	for i := 25; i >= 0; i-- {
		id[i] = idAlphabet[lo&31]
		lo = lo>>5 | hi<<59
		hi >>= 5
	}
	return string(id[:])
}

// id gives a row's talent.
func (s *segment) id(row uint32) string {
	b := s.ids[16*row : 16*row+16]
	if bytes.Equal(b, oddID[:]) {
		return s.odd[row]
	}
	return unpackID(b)
}

func (s *segment) compareIDs(a, b uint32) int {
	if c := bytes.Compare(s.ids[16*a:16*a+16], s.ids[16*b:16*b+16]); c != 0 || len(s.odd) == 0 {
		return c
	}
	return strings.Compare(s.odd[a], s.odd[b])
}

// rowsOf finds a talent's rows.
func (s *segment) rowsOf(id string) []uint32 {
	key, packed := packID(id)
	i := sort.Search(len(s.byID), func(i int) bool {
		row := s.byID[i]
		c := bytes.Compare(s.ids[16*row:16*row+16], key[:])
		return c > 0 || c == 0 && (packed || s.odd[row] >= id)
	})
	j := i
	for j < len(s.byID) && s.id(s.byID[j]) == id {
		j++
	}
	return s.byID[i:j]
}

// nameOf gives a row's folded name.
func (s *segment) nameOf(row uint32) string {
	c := s.names.At(int(s.name[row]))
	return string(c.Key)
}

// groupOf numbers the talent of a row of multi, with the account's hash.
func (s *segment) groupOf(row uint32) (group, account uint32) {
	at := s.rankOf(row)
	return s.group[at], s.acct[at]
}

func (s *segment) rankOf(row uint32) uint32 {
	w := s.multi[row>>6] & (1<<(row&63) - 1)
	return s.rank[row>>6] + uint32(onesCount(w))
}

// hasPrice says whether a row has a valid price in a format and range.
func (s *segment) hasPrice(row uint32, q *Query, r *ranges, today worktime.Date) bool {
	for i := s.priceAt[row]; i < s.priceAt[row+1]; i++ {
		t := &s.tariffs[s.priceTerms[i]]
		if (q.Format == "" || t.Format == q.Format) && t.on(today) && (!r.onPrice || t.Currency == q.Price && within(s.priceMinor[i], r.price)) {
			return true
		}
	}
	return false
}

func (t *tariff) on(day worktime.Date) bool { return price{from: t.From, to: t.To}.on(day) }

// awayOn says whether an absence of the row's talent covers a day.
func (s *segment) awayOn(row uint32, day worktime.Date) bool {
	for _, a := range s.away[row] {
		if a[0] <= day && a[1] >= day {
			return true
		}
	}
	return false
}

// kill marks a talent's rows as gone and tells each of them.
func (s *segment) kill(id string, f func(row uint32)) {
	for _, row := range s.rowsOf(id) {
		if !s.dead.Has(row) {
			s.dead.Add(row)
			s.deadRows++
			f(row)
		}
	}
}
