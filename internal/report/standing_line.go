package report

import (
	"cmp"
	"slices"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

// line finds who fills a slot and whose move it is there.
func (f Facts) line(slot campaign.Slot, now time.Time) Line {
	l := Line{Slot: slot, Total: slot.Total()}
	for _, b := range f.Bookings {
		if b.SlotID == slot.ID && b.Active() {
			l.Booking = b
		}
	}
	for _, o := range f.Offers {
		if o.SlotID == slot.ID && (l.Offer.ID == "" || o.SentAt.After(l.Offer.SentAt)) {
			l.Offer = o
		}
	}
	if l.Booking.ID != "" {
		l.Talent, l.Account = f.Talents[l.Booking.TalentID], f.Accounts[l.Booking.AccountID]
		f.booked(&l, now)
		return l
	}
	l.Move = f.before(&l, now)
	return l
}

// before is the move of a slot that nobody fills yet.
func (f Facts) before(l *Line, now time.Time) Move {
	if l.Offer.ID != "" && l.Offer.Live(now) && l.Offer.CommittedAt.IsZero() {
		l.Talent, l.Account = f.Talents[l.Offer.TalentID], f.Accounts[l.Offer.AccountID]
		if l.Offer.State(now) == casting.StateCountered {
			return Move{Key: "counter", Tone: ToneWait, Party: Us, Role: "specialist", Since: l.Offer.CounteredAt}
		}
		return Move{Key: "offered", Tone: ToneWait, Party: TalentSide, Since: l.Offer.SentAt,
			Due: worktime.Deadline{At: l.Offer.ExpiresAt, Zone: l.Talent.Zone}}
	}
	listed, shown, picked := f.candidates(l.Slot.ID)
	switch {
	case picked > 0:
		return Move{Key: "to-offer", Tone: ToneWait, Party: Us, Role: "specialist", Since: f.pickedAt(l.Slot.ID)}
	case shown > 0 && !f.answered(l.Slot.ID):
		return Move{Key: "picking", Tone: ToneClient, Party: ClientSide, Since: f.shownAt(l.Slot.ID), Due: f.Sheet.Deadline}
	case listed > 0:
		return Move{Key: "to-share", Tone: ToneNeutral, Party: Us, Role: "ae", Since: f.Campaign.StartedAt}
	}
	return Move{Key: "to-list", Tone: ToneNeutral, Party: Us, Role: "specialist", Since: f.Campaign.StartedAt}
}

// booked finds the move of each deliverable; the one that needs somebody soonest
// stands for the line.
func (f Facts) booked(l *Line, now time.Time) {
	for _, d := range f.Drafts {
		if d.Deliverable.BookingID != l.Booking.ID {
			continue
		}
		post := f.post(d.Deliverable.ID)
		if post.Live() {
			l.Posted++
		}
		l.Moves = append(l.Moves, f.move(d, post, now))
	}
	l.ER = f.rate(*l)
	if !f.Campaign.Open() { // nothing is anybody's move any more
		for i := range l.Moves {
			l.Moves[i].Party, l.Moves[i].Role, l.Moves[i].Due = Nobody, "", worktime.Deadline{}
		}
	}
	switch risk := f.Risks[l.Booking.ID]; risk.Risk {
	case casting.RiskAtRisk:
		l.Move = Move{Key: "at-risk", Tone: ToneBad, Party: Us, Role: "ae", Since: risk.At, Due: l.Booking.DraftDue}
		return
	case casting.RiskHelp:
		l.Move = Move{Key: "help", Tone: ToneWait, Party: Us, Role: "specialist", Since: risk.At, Due: l.Booking.DraftDue}
		return
	}
	if len(l.Moves) == 0 { // the deliverables are made right after the commitment
		l.Move = Move{Key: "committed", Tone: ToneGood, Party: TalentSide, Since: l.Booking.CommittedAt, Due: l.Booking.DraftDue}
		return
	}
	l.Move = slices.MinFunc(l.Moves, func(a, b Move) int {
		return cmp.Or(cmp.Compare(a.rank(now), b.rank(now)), a.Due.At.Compare(b.Due.At))
	})
}

// move is the open thing of one deliverable, from draft to verdict.
func (f Facts) move(d review.Standing, post result.Post, now time.Time) Move {
	m := Move{Deliverable: d.Deliverable, Version: d.Latest.Label(), Used: d.Used, Limit: d.Deliverable.Limit, Since: d.Since, Due: d.Deliverable.DraftDue}
	if d.Latest.ID == "" {
		m.Version = ""
	}
	if d.Step != review.StepApproved {
		return drafting(m, d, now)
	}
	m.Due = d.Deliverable.PostDue
	if !post.Live() {
		m.Key, m.Tone, m.Party = "to-post", ToneWait, TalentSide
		if now.After(m.Due.At) {
			m.Key, m.Tone = "post-late", ToneBad
		}
		return m
	}
	return f.measured(m, post, now)
}

// drafting is the move while a draft is on its way to its final.
func drafting(m Move, d review.Standing, now time.Time) Move {
	m.Key = string(d.Step)
	switch d.Party {
	case review.PartyTalent:
		m.Party, m.Tone = TalentSide, ToneWait
	case review.PartyClient:
		m.Party, m.Tone = ClientSide, ToneClient
		m.Due = worktime.Deadline{At: d.Latest.ReviewDue, Zone: m.Due.Zone}
		if d.Step == review.StepConceptDecide { // the filming waits for it
			m.Due = d.Deliverable.DraftDue
		}
	case review.PartySpecialist:
		m.Party, m.Role, m.Tone = Us, "specialist", ToneWait
	case review.PartyAE:
		m.Party, m.Role, m.Tone = Us, "ae", ToneWait
	default:
		m.Party, m.Tone = Nobody, ToneNeutral
	}
	if m.Party == Us {
		m.Due = d.Deliverable.PostDue
	}
	if d.Step == review.StepPrice {
		m.Tone = ToneClient
	}
	if m.Party == TalentSide && now.After(m.Due.At) && (d.Step == review.StepUpload || d.Step == review.StepConcept) {
		m.Key, m.Tone = "draft-late", ToneBad
	}
	return m
}

// measured is the move once the post is live: insights, their second look, the verdict.
func (f Facts) measured(m Move, post result.Post, now time.Time) Move {
	m.Since, m.Tone = post.PostedAt, ToneInfo
	if post.Doubtful() {
		m.Key, m.Tone, m.Party, m.Role, m.Since, m.Due = "post-doubt", ToneWait, Us, "ae", post.EnteredAt, worktime.Deadline{}
		return m
	}
	ask := result.MeasuredFrom(post)
	in := f.insight(post.ID, ask)
	m.Due = worktime.Deadline{At: ask, Zone: m.Deliverable.PostDue.Zone}
	switch {
	case in.ID == "" && now.Before(ask):
		m.Key, m.Party, m.Tone = "live", Nobody, ToneGood
	case in.ID == "":
		m.Key, m.Party, m.Tone, m.Since = "insight-missing", TalentSide, ToneWait, ask
		m.Due.At = ask.Add(insightPatience)
		if now.After(m.Due.At) {
			m.Tone = ToneBad
		}
	case in.State() == result.StateTyped, in.State() == result.StateContested:
		m.Key, m.Party, m.Role, m.Tone, m.Since, m.Due = "insight-verify", Us, "specialist", ToneWait, in.TypedAt, worktime.Deadline{}
	case f.missed(m.Deliverable.BookingID):
		m.Key, m.Party, m.Role, m.Tone, m.Since, m.Due = "guarantee-missed", Us, "ae", ToneBad, in.VerifiedAt, f.remedyDue(m.Deliverable.BookingID)
	default:
		m.Key, m.Party, m.Tone, m.Due = "measured", Nobody, ToneGood, worktime.Deadline{}
	}
	return m
}

// insightPatience is how long after they were asked for insights are late.
const insightPatience = 48 * time.Hour

// sortLines puts the agency's own moves first, the soonest due on top.
func sortLines(lines []Line, now time.Time) {
	slices.SortStableFunc(lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(order[a.Group()], order[b.Group()]), cmp.Compare(b2i(b.Move.Late(now)), b2i(a.Move.Late(now))),
			compareDue(a.Move, b.Move), cmp.Compare(a.Slot.Number, b.Slot.Number))
	})
}

var order = map[string]int{"now": 0, "waiting": 1, "done": 2}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// compareDue: a date before none.
func compareDue(a, b Move) int {
	switch x, y := a.Due.At, b.Due.At; {
	case x.IsZero() && y.IsZero():
		return 0
	case x.IsZero():
		return 1
	case y.IsZero():
		return -1
	default:
		return x.Compare(y)
	}
}
