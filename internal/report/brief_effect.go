package report

import (
	"slices"
	"sort"
	"strings"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/money"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

// BriefEffect is what a brief version that is not agreed yet would change, listed
// before it is sent (A26, R14).
type BriefEffect struct {
	Version int64 // the one that was asked about
	Against int64 // the agreed one; 0 when none is, and then nothing is listed
	Diff    campaign.Diff
	Talents []BriefTalent
	Drafts  []BriefDraft
	Dates   []BriefDate
	Fees    []money.Amount // agreed fees of the talents whose filming would be done again, a sum for each currency
}

// Nobody tells whether the change touches no talent, draft or date.
func (e BriefEffect) Nobody() bool { return len(e.Talents)+len(e.Drafts)+len(e.Dates) == 0 }

// BriefTalent must acknowledge points anew; until then an older version holds (R4).
type BriefTalent struct {
	TalentID, Name string
	Points         []int64 // numbers in the new version
	InForce        int64   // 0 when none is
}

// DraftFate says what becomes of a draft that was made under an older version.
type DraftFate string

// Fates of drafts, the one that needs a word with the client first.
const (
	FateWish     DraftFate = "wish"     // with the client or in check: what is new counts as a wish on it (R1)
	FateApproved DraftFate = "approved" // stays approved, unless a change request says otherwise (R14)
	FateAhead    DraftFate = "ahead"    // nothing was sent yet: made under the new version once acknowledged
)

// BriefDraft is one piece of content, and the changed points that it was not made for.
type BriefDraft struct {
	DeliverableID, TalentID, Talent string
	Platform, Format                string
	Version                         string // "2.1"; "" without an upload
	Fate                            DraftFate
	Points                          []int64 // binding points, new or changed against the version that judges it
	Refilm                          bool    // one of them is checked in the picture or the script
	Fee                             money.Amount
}

// BriefDate is a promise that lies ahead. Tight says that less than two days are left
// to work the change in.
type BriefDate struct {
	TalentID, Talent string
	Draft            worktime.Deadline // zero once a draft is there
	Post             worktime.Deadline
	Tight            bool
}

// tightFor is how soon a promise is too near for a change of the brief.
const tightFor = 48 * time.Hour

// briefFacts are what the effect is computed from.
type briefFacts struct {
	Versions  []campaign.Brief
	Acks      map[string]campaign.Acks
	Standings []review.Standing
	Bookings  []casting.Booking
	Names     map[string]string
}

// effectOf lists what the newest version of a brief would change against the agreed
// one. Ended bookings are left out; what is approved is named, though it stays as it is.
func effectOf(f briefFacts, now time.Time) (e BriefEffect, err error) {
	agreed, ok := campaign.Agreed(f.Versions)
	if len(f.Versions) == 0 {
		return e, nil
	}
	next := f.Versions[len(f.Versions)-1]
	e.Version = next.Version
	if !ok || next.Accepted() {
		return e, nil
	}
	e.Against, e.Diff = agreed.Version, campaign.Compare(agreed, next)
	if e.Diff.Empty() {
		return e, nil
	}
	active := map[string]casting.Booking{}
	for _, b := range f.Bookings {
		if b.Active() {
			active[b.ID] = b
		}
	}
	e.Talents = briefTalents(f, next, active)
	for _, s := range f.Standings {
		b, ok := active[s.Deliverable.BookingID]
		if !ok {
			continue
		}
		if d := briefDraft(f, next, agreed, s, b); len(d.Points) > 0 {
			e.Drafts = append(e.Drafts, d)
		}
	}
	sort.SliceStable(e.Drafts, func(i, j int) bool {
		order := []DraftFate{FateWish, FateApproved, FateAhead}
		return slices.Index(order, e.Drafts[i].Fate) < slices.Index(order, e.Drafts[j].Fate)
	})
	e.Dates = briefDates(e.Drafts, f, active, now)
	e.Fees, err = refilmed(e.Drafts)
	return e, err
}

// briefTalents are the booked talents who must acknowledge anew.
func briefTalents(f briefFacts, next campaign.Brief, active map[string]casting.Booking) (out []BriefTalent) {
	booked := map[string]bool{}
	for _, b := range active {
		booked[b.TalentID] = true
	}
	for _, t := range campaign.EffectsOf(next, f.Versions, f.Acks) {
		if booked[t.TalentID] {
			out = append(out, BriefTalent{t.TalentID, f.Names[t.TalentID], t.Points, t.Version})
		}
	}
	return out
}

func briefDraft(f briefFacts, next, agreed campaign.Brief, s review.Standing, b casting.Booking) BriefDraft {
	d := BriefDraft{DeliverableID: s.Deliverable.ID, TalentID: s.Deliverable.TalentID, Talent: f.Names[s.Deliverable.TalentID],
		Platform: s.Deliverable.Platform, Format: s.Deliverable.Format, Fee: b.Fee, Fate: FateAhead}
	judge := agreed
	if s.Latest.ID != "" {
		d.Version, d.Fate = s.Latest.Label(), FateWish
		for _, v := range f.Versions {
			if v.Version == s.Latest.BriefVersion {
				judge = v
			}
		}
	}
	if s.Deliverable.ApprovedID != "" {
		d.Fate = FateApproved
	}
	for _, p := range changedBinding(judge, next) {
		d.Points = append(d.Points, p.Number)
		d.Refilm = d.Refilm || d.Fate != FateAhead && (len(p.CheckedIn) == 0 || slices.Contains(p.CheckedIn, "visual") || slices.Contains(p.CheckedIn, "script"))
	}
	return d
}

// changedBinding are the binding points of next that the older version did not hold as they stand.
func changedBinding(older, next campaign.Brief) (out []campaign.Point) {
	d := campaign.Compare(older, next)
	for _, p := range d.Added {
		if p.Binding() {
			out = append(out, p)
		}
	}
	for _, c := range d.Changed {
		if c.After.Binding() {
			out = append(out, c.After)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Number < out[j].Number })
	return out
}

// briefDates are the promises ahead of the talents with drafts in the list, the nearest first.
func briefDates(drafts []BriefDraft, f briefFacts, active map[string]casting.Booking, now time.Time) (out []BriefDate) {
	touched := map[string]bool{}
	for _, d := range drafts {
		touched[d.TalentID] = touched[d.TalentID] || d.Fate != FateApproved
	}
	for _, b := range f.Bookings {
		if _, ok := active[b.ID]; !ok || !touched[b.TalentID] || !b.DeliveredAt.IsZero() {
			continue
		}
		d := BriefDate{TalentID: b.TalentID, Talent: f.Names[b.TalentID], Post: b.PostDue}
		next := b.PostDue.At
		if b.DraftAt.IsZero() {
			d.Draft, next = b.DraftDue, b.DraftDue.At
		}
		d.Tight = next.Sub(now) < tightFor
		out = append(out, d)
	}
	sort.SliceStable(out, func(i, j int) bool { return first(out[i]).Before(first(out[j])) })
	return out
}

func first(d BriefDate) time.Time {
	if !d.Draft.IsZero() {
		return d.Draft.At
	}
	return d.Post.At
}

// refilmed sums the agreed fees of the talents whose filming would be done again, each
// talent once, by currency. Fault: that of money when a sum has no room.
func refilmed(drafts []BriefDraft) (out []money.Amount, err error) {
	seen := map[string]bool{}
	for _, d := range drafts {
		if !d.Refilm || seen[d.TalentID] {
			continue
		}
		seen[d.TalentID] = true
		i := slices.IndexFunc(out, func(a money.Amount) bool { return a.Currency == d.Fee.Currency })
		if i < 0 {
			out = append(out, d.Fee)
			continue
		}
		if out[i], err = out[i].Add(d.Fee); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b money.Amount) int { return strings.Compare(string(a.Currency), string(b.Currency)) })
	return out, nil
}
