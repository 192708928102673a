package result

import (
	"cmp"
	"slices"
	"time"

	"kolega/internal/fault"
)

// Reading is what a connector or a file said of a post's counts at one full hour. It
// shows how a post grows; it proves nothing: only a verified insight does (R7).
type Reading struct {
	Post   int64 // the short number of the post
	Hour   int64 // hours since 1970, UTC
	counts [metricsN]int64
}

const (
	metricsN = 11 // len(Metrics), checked by a test
	noCount  = -1 // unknown, never zero
)

// At is the instant of the reading.
func (r Reading) At() time.Time { return time.Unix(r.Hour*3600, 0).UTC() }

// Count gives the count of the n-th of Metrics, and whether it is known.
func (r Reading) Count(n int) (int64, bool) { return r.counts[n], r.counts[n] != noCount }

// KnownIn gives the places in Metrics of which any reading knows the count.
func KnownIn(list []Reading) (places []int) {
	used := usedMetrics(list)
	for n := range Metrics {
		if used>>n&1 == 1 {
			places = append(places, n)
		}
	}
	return places
}

// The faults of readings. Those of a line carry its number as "row".
var (
	ErrReadingHead    = fault.New(fault.Invalid, "reading.head")
	ErrReadingCell    = fault.New(fault.Invalid, "reading.cell")
	ErrReadingFuture  = fault.New(fault.Invalid, "reading.future")
	ErrReadingAbove   = fault.New(fault.Invalid, "reading.above")   // a count above the views (R7)
	ErrReadingUnknown = fault.New(fault.Invalid, "reading.unknown") // no such post
	ErrReadingMany    = fault.New(fault.Invalid, "reading.many")
)

// check tells what is wrong with the counts in a row of a file (R7): what viewers did
// and whom they reached is at most the views.
func (r Reading) check(row int, now time.Time) error {
	if r.At().After(now) {
		return ErrReadingFuture.With("row", row)
	}
	views := r.counts[viewsAt]
	if views == noCount {
		return nil
	}
	for _, n := range boundedByViews {
		if r.counts[n] > views {
			return ErrReadingAbove.With("row", row, "column", string(Metrics[n]))
		}
	}
	return nil
}

var (
	viewsAt        = slices.Index(Metrics, Views)
	boundedByViews = []int{slices.Index(Metrics, Reach), slices.Index(Metrics, Likes), slices.Index(Metrics, Comments), slices.Index(Metrics, Saves), slices.Index(Metrics, Shares)}
)

// inOrder tells whether each reading comes after the one before it.
func inOrder(list []Reading) bool {
	for i := 1; i < len(list); i++ {
		a, b := &list[i-1], &list[i]
		if a.Post > b.Post || a.Post == b.Post && a.Hour >= b.Hour {
			return false
		}
	}
	return true
}

func (r Reading) compare(o Reading) int {
	return cmp.Or(cmp.Compare(r.Post, o.Post), cmp.Compare(r.Hour, o.Hour))
}

// settle sorts readings by post and hour; of one hour the later one in the list stays.
func settle(list []Reading) []Reading {
	if inOrder(list) {
		return list
	}
	slices.SortStableFunc(list, Reading.compare)
	kept := list[:0]
	for _, r := range list {
		if n := len(kept); n > 0 && kept[n-1].compare(r) == 0 {
			kept[n-1] = r
			continue
		}
		kept = append(kept, r)
	}
	return kept
}
