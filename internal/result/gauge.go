package result

import (
	"time"

	"kolega/internal/secret"
)

// Opening is what opens a connection.
type Opening struct {
	Platform  string
	Way       Way
	Mode      string
	Token     secret.Hidden
	Renewal   secret.Hidden
	App       string
	AppSecret secret.Hidden
}

// Holder is whose account a token opens.
type Holder struct{ Handle string }

// Sought is a post whose counts are wanted.
type Sought struct {
	PostID   string // ours
	ID       string // the platform's
	Handle   string // of the account
	Kind     LinkKind
	PostedAt time.Time
}

// Tally is what a platform said of one post: the counts it gave and the ones it can give
// and kept to itself. Raw is its own words, the evidence.
type Tally struct {
	PostID  string
	Counts  Counts
	Missing []Metric
	Fault   string // code; no counts then
	Raw     []byte
}

// NewTally sorts what a platform gave into known and missing; a negative count is no count.
func NewTally(postID string, gives []Metric, got Counts, raw []byte) Tally {
	t := Tally{PostID: postID, Counts: Counts{}, Raw: raw}
	for _, m := range gives {
		if n, ok := got[m]; ok && n >= 0 {
			t.Counts[m] = n
		} else {
			t.Missing = append(t.Missing, m)
		}
	}
	if len(t.Counts) == 0 {
		t.Fault, t.Missing = ErrConnNoPost.Code, nil
	}
	return t
}

// reading is the tally as a reading of the hour; views, reach and actions alone.
func (t Tally) reading(number int64, now time.Time) Reading {
	r := Reading{Post: number, Hour: now.Unix() / 3600, counts: unknownCounts}
	for i, m := range Metrics {
		if n, ok := t.Counts[m]; ok {
			r.counts[i] = n
		}
	}
	return r
}

// Pulled is what the last pull said of a post.
type Pulled struct {
	PostID, ConnectionID string
	At                   time.Time
	Counts               Counts
	Missing              []Metric
	Fault                string
}
