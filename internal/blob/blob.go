package blob

import (
	"context"
	"io"
	"time"

	"kolega/internal/fault"
)

// Faults of a store.
var (
	ErrAbsent  = fault.New(fault.NotFound, "blob.absent")
	ErrDamaged = fault.New(fault.Internal, "blob.damaged") // the bytes are no longer those of the name
	ErrTooBig  = fault.New(fault.Invalid, "blob.too-big")  // arg: limit, in bytes
)

// Ref names content.
type Ref struct {
	SHA256 string // 64 small hexadecimal digits
	Size   int64
	Type   string // sniffed from the first bytes, such as "video/mp4"; never the sender's word
}

// Store keeps content. All methods are safe for concurrent use.
type Store interface {
	// Put streams r into the store and returns when it is durable. Content that is
	// there already is kept once.
	Put(ctx context.Context, r io.Reader) (Ref, error)
	// Adopt takes over a durable file of this machine whose content was hashed while it
	// came, and returns when it is durable here; the file is gone then.
	Adopt(ctx context.Context, file string, ref Ref) error
	// Open gives the content. Fault: blob.absent.
	Open(ctx context.Context, sha string) (io.ReadSeekCloser, error)
	// Has says whether the content is there.
	Has(ctx context.Context, sha string) (bool, error)
	// Walk calls f for each content, in order of its hash, until f fails.
	Walk(ctx context.Context, f func(Entry) error) error
	// Verify reads the content and compares it with its name. Faults: blob.absent, blob.damaged.
	Verify(ctx context.Context, sha string) error
	// Remove deletes content; what is absent is no error.
	Remove(ctx context.Context, sha string) error
}

// Entry is one content as Walk finds it.
type Entry struct {
	SHA256 string
	Size   int64
	Since  time.Time // when it came
}

// Limited reads at most limit bytes from r and then fails with blob.too-big, so that a
// Put of it leaves nothing behind.
func Limited(r io.Reader, limit int64) io.Reader { return &limited{r: r, left: limit, limit: limit} }

type limited struct {
	r           io.Reader
	left, limit int64
}

func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, ErrTooBig.With("limit", l.limit)
	}
	return n, err
}

// isSHA says whether s can be a name in a store.
func isSHA(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == 64
}
