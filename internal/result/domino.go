package result

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Side is one of two ways to spend a budget on reach (A23).
type Side string

// The sides: seed posts on media accounts, or posts of talents.
const (
	MediaSide Side = "media"
	KOLSide   Side = "kol"
)

// ReachSource says where an expected figure comes from. A figure without one is refused.
type ReachSource string

// The sources.
const (
	SourceRateCard ReachSource = "rate-card" // the account's own rate card or media kit
	SourcePast     ReachSource = "past"      // a past result of the account
	SourceGuess    ReachSource = "guess"     // an estimate of the agency's
)

// ReachSources lists the sources in the order of a choice.
var ReachSources = []ReachSource{SourceRateCard, SourcePast, SourceGuess}

// Unknown is the reach or the views of which nobody knows the count.
const Unknown int64 = -1

// PlanLine is one paid post of a plan: on the media side a seed.
type PlanLine struct {
	ID, CampaignID string
	Side           Side
	TalentID       string // of the account's record; empty for a name typed by hand
	Name           string
	Platform       string
	Format         string
	Cost           money.Amount // what the agency pays; never on a client's link
	Expected       int64        // reach
	Source         ReachSource
	SourceNote     string // which card, which campaign
	Risk           string // what could go wrong, in words
	PlannedOn      worktime.Date

	// What came of it; empty until it is live.
	Link     Link
	PostedAt time.Time
	PostID   string // when the link is a post of this campaign: its verified reach counts
	Reach    int64  // Unknown until told
	Views    int64  // Unknown until told

	AddedBy   string
	AddedAt   time.Time
	RemovedAt time.Time
	Revision  int64
}

// Posted says whether the line is live.
func (l PlanLine) Posted() bool { return !l.PostedAt.IsZero() }

// Pickup is an unpaid post of somebody else who took the matter up (R12).
type Pickup struct {
	ID, CampaignID string

	Link      Link
	Account   string // handle, or the name where the link has none
	At        time.Time
	Reach     int64 // Unknown unless told
	Views     int64
	ParentID  string // a seed, a pick-up, or empty: nobody knows
	AddedBy   string
	AddedAt   time.Time
	RemovedAt time.Time
}

// PickupWindow is how long after the last seed a pick-up counts, unless extended.
const PickupWindow = 14

// Refusals of a domino.
var (
	ErrLineCost     = fault.Field("cost", "domino.cost")         // none, negative, or another currency
	ErrLineSource   = fault.Field("source", "domino.source")     // an expected reach without a source
	ErrLineExpected = fault.Field("expected", "domino.expected") // negative or unread
	ErrLineName     = fault.Field("name", "domino.name")
	ErrLinePosted   = fault.Field("url", "domino.posted") // the seed has its link
	ErrPickUsed     = fault.Field("url", "domino.link-used")
	ErrPickEarly    = fault.Field("at", "domino.before-parent")
	ErrPickFuture   = fault.Field("at", "domino.future")
	ErrPickCycle    = fault.Field("parent", "domino.cycle")
	ErrPickParent   = fault.Field("parent", "domino.parent")      // no such seed or pick-up
	ErrPickParents  = fault.Field("parent", "domino.parents")     // two claimed parents: choose one
	ErrPickPaid     = fault.Field("url", "domino.paid")           // the account has a paid seed here
	ErrPickWindow   = fault.Field("at", "domino.window")          // args: last
	ErrPickNoSeed   = fault.New(fault.Conflict, "domino.no-seed") // nothing was seeded yet
	ErrPickReach    = fault.Field("reach", "domino.reach")        // negative
	ErrExtendDay    = fault.Field("until", "domino.extend-day")
	ErrExtendWhy    = fault.Field("reason", "domino.extend-why")
)

// CheckLine judges a line of a plan in a campaign's currency. Faults: domino.*.
func CheckLine(l PlanLine, currency money.Currency) error {
	switch {
	case strings.TrimSpace(l.Name) == "":
		return ErrLineName
	case l.Cost.Currency != currency || l.Cost.Sign() < 0:
		return ErrLineCost
	case l.Expected < 0:
		return ErrLineExpected
	case !slices.Contains(ReachSources, l.Source):
		return ErrLineSource
	}
	return nil
}

// Domino is a campaign's seeds and what they set off, as it stands: nothing removed.
type Domino struct {
	Seeds    []PlanLine // the media side
	KOL      []PlanLine // the plan it is compared with
	Pickups  []Pickup
	Extended worktime.Date // the window's end by decision; empty when not extended
	Why, By  string
	Currency money.Currency
	Zone     *time.Location
}

// WindowEnd is the last day on which a pick-up counts; empty before the first seed is live.
func (d Domino) WindowEnd() worktime.Date {
	last := worktime.Date("")
	for _, s := range d.Seeds {
		if day := worktime.DateOf(s.PostedAt, d.Zone); s.Posted() && day.After(last) {
			last = day
		}
	}
	if last == "" {
		return ""
	}
	if end := last.AddDays(PickupWindow); end.After(d.Extended) {
		return end
	}
	return d.Extended
}

// CheckPickup judges a pick-up: a new one, or with a known id another parent of one
// that is there. parents are the claimed ones. Faults: domino.*.
func (d Domino) CheckPickup(p Pickup, parents []string, now time.Time) (Pickup, error) {
	parents = slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(parents))), func(s string) bool { return s == "" })
	if len(parents) > 1 {
		return p, ErrPickParents
	}
	p.ParentID = ""
	if len(parents) == 1 {
		p.ParentID = parents[0]
	}
	end := d.WindowEnd()
	switch {
	case end == "":
		return p, ErrPickNoSeed
	case p.At.After(now.Add(5 * time.Minute)):
		return p, ErrPickFuture
	case worktime.DateOf(p.At, d.Zone).After(end):
		return p, ErrPickWindow.With("last", string(end))
	case p.Reach < Unknown || p.Views < Unknown:
		return p, ErrPickReach
	case d.used(p):
		return p, ErrPickUsed
	case d.paid(p):
		return p, ErrPickPaid
	}
	return p, d.checkParent(p)
}

func (d Domino) used(p Pickup) bool {
	same := func(l Link) bool { return l.Platform == p.Link.Platform && l.ID == p.Link.ID }
	return slices.ContainsFunc(d.Seeds, func(s PlanLine) bool { return s.Posted() && same(s.Link) }) ||
		slices.ContainsFunc(d.Pickups, func(o Pickup) bool { return o.ID != p.ID && same(o.Link) })
}

// paid says whether the account has a paid seed: what it posts besides is not free.
func (d Domino) paid(p Pickup) bool {
	who := handleOf(orWord(p.Link.Handle, p.Account))
	return who != "" && slices.ContainsFunc(d.Seeds, func(s PlanLine) bool {
		return s.Platform == p.Link.Platform && (who == handleOf(s.Name) || who == handleOf(s.Link.Handle))
	})
}

func handleOf(s string) string { return strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "@") }

func (d Domino) checkParent(p Pickup) error {
	if p.ParentID == "" {
		return nil
	}
	if p.ParentID == p.ID {
		return ErrPickCycle
	}
	at, ok := d.when(p.ParentID)
	switch {
	case !ok:
		return ErrPickParent
	case p.At.Before(at):
		return ErrPickEarly
	}
	up := d.parents()
	for id, steps := p.ParentID, 0; id != "" && steps <= len(d.Pickups); id, steps = up[id], steps+1 {
		if id == p.ID {
			return ErrPickCycle
		}
	}
	return nil
}

// when gives the instant of a live seed or a pick-up.
func (d Domino) when(id string) (time.Time, bool) {
	for _, s := range d.Seeds {
		if s.ID == id && s.Posted() {
			return s.PostedAt, true
		}
	}
	for _, p := range d.Pickups {
		if p.ID == id {
			return p.At, true
		}
	}
	return time.Time{}, false
}

// parents maps each pick-up to its parent; one whose parent was removed has none.
func (d Domino) parents() map[string]string {
	up := map[string]string{}
	for _, p := range d.Pickups {
		if _, ok := d.when(p.ParentID); ok {
			up[p.ID] = p.ParentID
		} else {
			up[p.ID] = ""
		}
	}
	return up
}

// Branch is a seed or a pick-up with what followed it. Without either it holds the
// pick-ups of which nobody knows the parent.
type Branch struct {
	Seed    *PlanLine
	Pickup  *Pickup
	Next    []Branch
	Depth   int // longest chain below
	Count   int // pick-ups below
	FirstIn time.Duration
}

// Tree gives the live seeds with what followed each, in the order of time, and last
// the pick-ups of unknown parents, when there are any.
func (d Domino) Tree() []Branch {
	up := d.parents()
	var out []Branch
	for i := range d.Seeds {
		if s := &d.Seeds[i]; s.Posted() {
			b := d.branch(up, s.ID, s.PostedAt)
			b.Seed = s
			out = append(out, b)
		}
	}
	slices.SortStableFunc(out, func(a, b Branch) int { return a.Seed.PostedAt.Compare(b.Seed.PostedAt) })
	if rest := d.branch(up, "", time.Time{}); len(rest.Next) > 0 {
		rest.FirstIn = 0
		out = append(out, rest)
	}
	return out
}

func (d Domino) branch(up map[string]string, id string, at time.Time) (b Branch) {
	for i := range d.Pickups {
		p := &d.Pickups[i]
		if up[p.ID] != id {
			continue
		}
		next := d.branch(up, p.ID, p.At)
		next.Pickup = p
		b.Next = append(b.Next, next)
		b.Count += 1 + next.Count
		b.Depth = max(b.Depth, 1+next.Depth)
	}
	slices.SortStableFunc(b.Next, func(x, y Branch) int { return x.Pickup.At.Compare(y.Pickup.At) })
	if len(b.Next) > 0 {
		b.FirstIn = b.Next[0].Pickup.At.Sub(at)
	}
	return b
}

// Known is a sum over those that are known: N of All.
type Known struct {
	Sum    int64
	N, All int
}

func (k *Known) add(n int64) {
	if k.All++; n >= 0 {
		k.Sum += n
		k.N++
	}
}

// Spread is what a side of the budget buys: its cost and the reach, bought and free.
type Spread struct {
	Lines    int
	Cost     money.Amount
	Expected int64          // reach, as planned
	Guessed  int            // lines whose expected reach is a guess
	Planned  Cost           // cost per expected reach
	Paid     Known          // reach of the paid posts that are live
	Free     Known          // reach of pick-ups
	Spent    money.Amount   // on the lines that are live
	PerPaid  Cost           // spent ÷ paid reach
	PerAll   Cost           // spent ÷ (paid + free reach)
	ByParent Ratio          // pick-ups with a known parent ÷ all
	Depth    int            // longest chain
	First    *time.Duration // from a seed to its first pick-up, the shortest; nil without one
}

// Spread computes a side with one formula for both: unknown reach is never guessed, a
// zero base is not measurable. Fault: money.currencies.
func (d Domino) Spread(side Side) (s Spread, err error) {
	lines := d.Seeds
	if side == KOLSide {
		lines = d.KOL
	}
	s.Cost, s.Spent = money.New(0, d.Currency), money.New(0, d.Currency)
	for _, l := range lines {
		s.Lines++
		s.Expected += l.Expected
		if l.Source == SourceGuess {
			s.Guessed++
		}
		if s.Cost, err = s.Cost.Add(l.Cost); err != nil {
			return s, err
		}
		if !l.Posted() {
			continue
		}
		s.Paid.add(l.Reach)
		if s.Spent, err = s.Spent.Add(l.Cost); err != nil {
			return s, err
		}
	}
	if side == MediaSide {
		d.free(&s)
	}
	s.Planned, s.PerPaid, s.PerAll = per(s.Cost, s.Expected), per(s.Spent, s.Paid.Sum), per(s.Spent, s.Paid.Sum+s.Free.Sum)
	return s, nil
}

// per is the cost of a thousand people reached.
func per(cost money.Amount, reach int64) Cost { return Cost{cost, reach, 1000} }

func (d Domino) free(s *Spread) {
	known := int64(0)
	up := d.parents()
	for _, p := range d.Pickups {
		s.Free.add(p.Reach)
		if up[p.ID] != "" {
			known++
		}
	}
	s.ByParent = Ratio{Num: known, Den: int64(len(d.Pickups)), Known: true}
	for _, b := range d.Tree() {
		s.Depth = max(s.Depth, b.Depth)
		if b.Seed != nil && b.Count > 0 && (s.First == nil || b.FirstIn < *s.First) {
			s.First = &b.FirstIn
		}
	}
}
