package meeting

import (
	"time"
)

// Item is one thing to know before a meeting.
type Item struct {
	Key   string // stays while the item says the same
	Kind  string // one of the kinds below
	Title string
	Lines []string
	Href  string
	At    time.Time
	Tick  Tick // zero: nobody went through it
}

// The kinds of items, in the order of the sheet.
const (
	ItemGoal    = "goal"
	ItemProfile = "profile"
	ItemMinutes = "minutes"
	ItemBrand   = "brand"
	ItemRival   = "rival"
)

// Sheet is what the agency knows before a meeting, on one page (A15).
type Sheet struct {
	Meeting Meeting
	Items   []Item
}

// Of gives the items of one kind.
func (s Sheet) Of(kind string) (out []Item) {
	for _, i := range s.Items {
		if i.Kind == kind {
			out = append(out, i)
		}
	}
	return out
}

// Done counts the items that somebody went through.
func (s Sheet) Done() (n int) {
	for _, i := range s.Items {
		if !i.Tick.At.IsZero() {
			n++
		}
	}
	return n
}

// ticked puts the ticks beside the items.
func (s Sheet) ticked(ticks []Tick) Sheet {
	for i := range s.Items {
		for _, t := range ticks {
			if t.Item == s.Items[i].Key {
				s.Items[i].Tick = t
			}
		}
	}
	return s
}

const (
	mostPast  = 3 // meetings whose minutes are on the sheet
	mostNotes = 5 // of a kind
	mostLines = 8 // of an item: the sheet stays one page
	watchDays = 90
)

// linesFor are a meeting's lines that matter before the next one: what was decided, what
// is open, what somebody promised.
func linesFor(lines []Line) (out []string) {
	for _, l := range lines {
		if l.Kind == Decision || l.Kind == Question || l.Kind == Wish || l.Kind == Target || l.Kind == Action && l.DoerWho != Staff {
			if len(out) == mostLines {
				break
			}
			out = append(out, l.Text)
		}
	}
	return out
}
