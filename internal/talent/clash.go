package talent

import (
	"sort"

	"kolega/internal/worktime"
)

// Bonds are everything that may stand against a booking of one talent.
type Bonds struct {
	Contracts []Exclusivity
	Rights    []UsageRight
	Seen      []RivalSeen
}

// Ask is the work that a talent is wanted for.
type Ask struct {
	ClientID   string
	Brand      string
	Categories []string      // of the brand; none = not known
	Territory  []string      // where it is shown; none = everywhere
	From, To   worktime.Date // from the first day of work to the last day it must hold
	Rivals     []string      // names of the brand's rivals
}

// ClashKind names why a talent and a piece of work do not go together.
type ClashKind string

// The kinds, the gravest first.
const (
	ClashManaged   ClashKind = "managed"   // exclusive with another agency
	ClashExclusive ClashKind = "exclusive" // locked by another brand of the category
	ClashPaidUse   ClashKind = "paid_use"  // another brand of the category advertises with the talent's content
	ClashRival     ClashKind = "rival"     // seen with a rival lately
)

// RivalDays is how long having been seen with a rival counts (A12).
const RivalDays = 90

// Clash is one reason, with what it comes from.
type Clash struct {
	Kind      ClashKind
	Blocks    bool   // false: a warning, a person decides
	With      string // name of the holder or rival
	From, To  worktime.Date
	Subject   string // "contract", "right" or "rival"
	SubjectID string
}

// Clashes lists what stands against the work, blocking reasons first, then by day
// (A36, B9, A12). A lock counts only where a day, a territory and a category are in
// common; when the brand's category is not known a lock warns and does not block.
// Nothing a talent has with the asking brand itself stands against it.
func Clashes(ask Ask, b Bonds) []Clash {
	var out []Clash
	for _, x := range b.Contracts {
		if c, ok := ask.contract(x); ok {
			out = append(out, c)
		}
	}
	for _, u := range b.Rights {
		if c, ok := ask.right(u); ok {
			out = append(out, c)
		}
	}
	for _, r := range b.Seen {
		if c, ok := ask.seen(r); ok {
			out = append(out, c)
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].Blocks != out[j].Blocks {
			return out[i].Blocks
		}
		return out[i].From.Before(out[j].From)
	})
	return out
}

// Blocked says whether one of the clashes forbids the booking.
func Blocked(clashes []Clash) bool { return len(clashes) > 0 && clashes[0].Blocks }

func (a Ask) contract(x Exclusivity) (Clash, bool) {
	c := Clash{Kind: ClashManaged, Blocks: true, With: x.HolderName, From: x.From, To: x.To, Subject: "contract", SubjectID: x.ID}
	if x.Holder == HolderClient {
		c.Kind, c.Blocks = ClashExclusive, len(a.Categories) > 0 || len(x.Categories) == 0
	}
	stands := x.Holder != HolderAgency && !a.own(x.ClientID, x.HolderName) && a.during(x.From, x.To) &&
		meet(a.Territory, x.Territory) && meet(a.Categories, x.Categories)
	return c, stands
}

func (a Ask) right(u UsageRight) (Clash, bool) {
	c := Clash{Kind: ClashPaidUse, With: u.HolderName, From: u.From, To: u.To, Subject: "right", SubjectID: u.ID}
	stands := (u.Paid || u.CodeKind != CodeNone) && u.Category != "" && len(a.Categories) > 0 && !a.own(u.ClientID, u.HolderName) &&
		a.during(u.From, u.To) && meet(a.Territory, u.Territory) && meet(a.Categories, []string{u.Category})
	return c, stands
}

func (a Ask) seen(r RivalSeen) (Clash, bool) {
	c := Clash{Kind: ClashRival, With: r.Brand, From: r.SeenOn, To: r.SeenOn, Subject: "rival", SubjectID: r.ID}
	for _, name := range a.Rivals {
		if foldKey(name) == foldKey(r.Brand) {
			return c, a.From.Valid() && r.SeenOn.DaysUntil(a.From) <= RivalDays
		}
	}
	return c, false
}

func (a Ask) own(clientID, name string) bool {
	return clientID != "" && clientID == a.ClientID || a.Brand != "" && foldKey(a.Brand) == foldKey(name)
}

// during says whether a span has a day of the work; an open end never ends, and work
// without days meets every span.
func (a Ask) during(from, to worktime.Date) bool {
	return (a.To == "" || !from.After(a.To)) && (to == "" || a.From == "" || !to.Before(a.From))
}
