package pitch

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
)

// Version is what the outline said at one moment.
type Version struct {
	ID, DeckID string
	Number     int64
	Document   Document
	DocHash    string
	Design     File // a designer's file, which clients get instead of the written slides
	MadeAt     time.Time
	ByID, By   string
	ApprovedAt time.Time
	ApprovedBy string
	RefusedAt  time.Time
	RefusedBy  string
	RefusedWhy string
	SentAt     time.Time // first
	PPTX, PDF  string    // SHA-256 of the files, once it was sent
	Hash       string    // over the document and all files, once it was sent
}

// Waits tells whether nobody decided about it.
func (v Version) Waits() bool { return v.ApprovedAt.IsZero() && v.RefusedAt.IsZero() }

// Approved tells whether it may be sent.
func (v Version) Approved() bool { return !v.ApprovedAt.IsZero() }

// Sent tells whether it is frozen.
func (v Version) Sent() bool { return !v.SentAt.IsZero() }

// Approve is a second pair of eyes. Faults: deck.decided, deck.own-approval.
func (v Version) Approve(byID, by string, now time.Time) (Version, error) {
	switch {
	case !v.Waits():
		return v, ErrDecided
	case v.ByID == byID:
		return v, ErrOwnKey
	}
	v.ApprovedAt, v.ApprovedBy = now, by
	return v, nil
}

// Refuse says what has to change. Faults: deck.decided, deck.why.
func (v Version) Refuse(why, by string, now time.Time) (Version, error) {
	why = strings.TrimSpace(why)
	switch {
	case !v.Waits():
		return v, ErrDecided
	case why == "" || len([]rune(why)) > maxText:
		return v, ErrWhy
	}
	v.RefusedAt, v.RefusedBy, v.RefusedWhy = now, by, why
	return v, nil
}

// Seal is the hash over the document and the files.
func (v Version) Seal() string {
	sum := sha256.Sum256([]byte(v.Document.Hash() + "\n" + v.Design.SHA + "\n" + v.PPTX + "\n" + v.PDF))
	return hex.EncodeToString(sum[:])
}

// Intact tells whether a version still is what was made, and what was sent.
func (v Version) Intact() bool {
	return v.Document.Hash() == v.DocHash && (!v.Sent() || v.Seal() == v.Hash)
}

// Size is the form that a designer is asked for.
type Size string

// Sizes lists them in the order of the form.
func Sizes() []Size { return []Size{"16:9", "4:3", "a4", "1:1", "9:16"} }

// Request asks a designer for work on a deck.
type Request struct {
	ID, DeckID string
	DesignerID string
	TaskID     string // has the due time
	Words      string
	Size       Size
	Links      []string // references
	Assets     []File
	AskedAt    time.Time
	AskedBy    string
	DoneAt     time.Time
	VersionID  string // that the work became
	DroppedAt  time.Time
	DroppedWhy string
	Version    int64
}

// Faults of requests.
var (
	ErrDesigner   = fault.Field("designer", "design.designer")
	ErrWords      = fault.Field("words", "design.words")
	ErrSize       = fault.Field("size", "design.size")
	ErrRefs       = fault.Field("links", "design.links") // arg: link
	ErrAssets     = fault.Field("assets", "design.assets")
	ErrWork       = fault.Field("file", "design.file")
	ErrClosed     = fault.New(fault.Conflict, "design.closed")
	ErrDesignBusy = fault.New(fault.Conflict, "design.open-already") // the deck has one that is open
	ErrDropWhy    = fault.Field("why", "design.why")
)

// Open tells whether the designer still owes the work.
func (r Request) Open() bool { return r.DoneAt.IsZero() && r.DroppedAt.IsZero() }

func (r *Request) tidy() error {
	r.Words = strings.TrimSpace(r.Words)
	var links []string
	for _, l := range strings.Fields(strings.Join(r.Links, "\n")) {
		if !isWeb(l) {
			return ErrRefs.With("link", l)
		}
		links = append(links, l)
	}
	r.Links = links
	switch n := len([]rune(r.Words)); {
	case n == 0 || n > maxText:
		return ErrWords
	case !slices.Contains(Sizes(), r.Size):
		return ErrSize
	case len(r.Links) > 20 || len(r.Assets) > 10:
		return ErrAssets
	}
	return nil
}
