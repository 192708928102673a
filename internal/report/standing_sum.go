package report

import (
	"time"

	"kolega/internal/casting"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

func (f Facts) candidates(slot string) (listed, shown, picked int) {
	for _, c := range f.Candidates {
		if !f.alike(c.SlotID, slot) || !c.Listed() {
			continue
		}
		listed++
		if c.Shown() {
			shown++
		}
		if said := f.pick(c.ID).Sent; (said == casting.AnswerYes || said == casting.AnswerReserve) && !f.asked(c.ID) {
			picked++
		}
	}
	return listed, shown, picked
}

// pick is the sent answer to a candidate of the contact whose word counts.
func (f Facts) pick(candidate string) (last casting.Pick) {
	for _, p := range f.Picks {
		decides := f.Sheet.DeciderID == "" || p.ContactID == f.Sheet.DeciderID
		if p.CandidateID == candidate && decides && p.SentAt.After(last.SentAt) {
			last = p
		}
	}
	return last
}

// asked: the candidate has an offer or had one, and is not to be had for another seat.
func (f Facts) asked(candidate string) bool {
	for _, o := range f.Offers {
		if o.CandidateID == candidate && o.WithdrawnAt.IsZero() {
			return true
		}
	}
	return false
}

// alike: a candidate of one of the slots can fill the other (casting.LineOf).
func (f Facts) alike(a, b string) bool {
	return a == b || f.lines[a] != "" && f.lines[a] == f.lines[b]
}

func (f Facts) answered(slot string) bool {
	for _, c := range f.Candidates {
		if f.alike(c.SlotID, slot) && c.Listed() && c.Shown() && f.pick(c.ID).CandidateID == "" {
			return false
		}
	}
	return true
}

func (f Facts) pickedAt(slot string) (at time.Time) {
	for _, c := range f.Candidates {
		if p := f.pick(c.ID); f.alike(c.SlotID, slot) && p.SentAt.After(at) {
			at = p.SentAt
		}
	}
	return at
}

func (f Facts) shownAt(slot string) (at time.Time) {
	for _, c := range f.Candidates {
		if f.alike(c.SlotID, slot) && c.ShownAt.After(at) {
			at = c.ShownAt
		}
	}
	return at
}

func (f Facts) post(deliverable string) (live result.Post) {
	for _, p := range f.Posts {
		if p.DeliverableID == deliverable && p.Live() {
			live = p
		}
	}
	return live
}

// insight is the newest reading of a post that counts as measured.
func (f Facts) insight(post string, from time.Time) (last result.Insight) {
	for _, i := range f.Insights {
		if i.PostID == post && i.ReplacedAt.IsZero() && !i.TakenAt.Before(from) && !i.TypedAt.Before(last.TypedAt) {
			last = i
		}
	}
	return last
}

// verdict is the newest word on a booking, or on the whole campaign.
func (f Facts) verdict(booking string) (last result.VerdictVersion) {
	for _, v := range f.Verdicts {
		if (v.BookingID == booking || v.BookingID == "") && v.Number >= last.Number {
			last = v
		}
	}
	return last
}

// missed: the guarantee was not reached and nobody has chosen a remedy.
func (f Facts) missed(booking string) bool {
	if f.verdict(booking).State != result.Missed {
		return false
	}
	for _, r := range f.Remedies {
		if (r.BookingID == booking || r.BookingID == "") && r.Open() {
			return false
		}
	}
	return true
}

func (f Facts) remedyDue(booking string) worktime.Deadline {
	at := f.verdict(booking).At
	zone := "Asia/Jakarta"
	loc, err := worktime.Zone(zone)
	if at.IsZero() || err != nil {
		return worktime.Deadline{}
	}
	return worktime.Deadline{At: result.RemedyDue(at, worktime.Office(loc, nil)), Zone: zone}
}

func (f Facts) targetBp() int64 {
	if g := f.Campaign.Terms.Guarantee; g != nil {
		return g.TargetBp
	}
	return 0
}

// rate is the verified engagement rate of a booking, or the account's own figure.
func (f Facts) rate(l Line) Rate {
	r := Rate{TargetBp: f.targetBp(), Bp: l.Account.ERBp, Known: l.Account.ID != "" && l.Account.ERBp >= 0}
	if sum, ok := f.pooled(l.Booking.ID); ok && sum.ER().Measurable() {
		r.Bp, r.Known, r.Verified, r.Reaches = sum.ER().Bp(), true, true, sum.ER().AtLeast(r.TargetBp)
	}
	return r
}

// pooled adds up the verified insights of a booking, of the campaign when empty.
func (f Facts) pooled(booking string) (result.Sum, bool) {
	formula := result.Formula(f.Campaign.ERFormula)
	var posts []result.Measure
	for _, p := range f.Posts {
		if !p.Live() || booking != "" && p.BookingID != booking {
			continue
		}
		if in := f.insight(p.ID, result.MeasuredFrom(p)); in.ID != "" && in.Proves() {
			posts = append(posts, result.Measure{Formula: formula, Counts: in.Counts})
		}
	}
	actions := make([]result.Metric, 0, len(f.Campaign.ERActions))
	for _, a := range f.Campaign.ERActions {
		actions = append(actions, result.Metric(a))
	}
	sum, err := result.Pool(actions, posts...)
	return sum, err == nil && len(posts) > 0
}

func (f Facts) summary(lines []Line, now time.Time) Summary {
	cur := f.Campaign.Currency
	s := Summary{ER: Rate{TargetBp: f.targetBp()}, Committed: money.New(0, cur), Budget: money.New(0, cur), Price: money.New(0, cur)}
	for _, l := range lines {
		s.Posted, s.Total = s.Posted+l.Posted, s.Total+l.Total
		s.Budget = plus(s.Budget, l.Slot.Budget)
		s.Price = plus(s.Price, l.Slot.Price)
		if l.Booking.ID != "" {
			s.Committed = plus(s.Committed, l.Booking.FeeHome)
		}
		for _, m := range l.Moves {
			s.LimitRounds, s.UsedRounds = s.LimitRounds+m.Limit, s.UsedRounds+m.Used
			if m.Key == string(review.StepDecide) {
				s.WithClient++
				if s.OldestWithClient.IsZero() || m.Since.Before(s.OldestWithClient) {
					s.OldestWithClient = m.Since
				}
			}
			if m.Key == string(review.StepPrice) {
				s.ToPrice++
			}
			if at := m.Deliverable.PostDue.At; !at.IsZero() && sameDay(at, now, m.Deliverable.PostDue.Zone) {
				s.PostDueToday++
			}
		}
	}
	if sum, ok := f.pooled(""); ok && sum.ER().Measurable() {
		s.ER.Bp, s.ER.Known, s.ER.Verified, s.ER.Reaches = sum.ER().Bp(), true, true, sum.ER().AtLeast(s.ER.TargetBp)
	}
	return s
}

// plus adds what has the same currency; a slot budgeted in another one is left to
// the finance screens, which know the rate.
func plus(a, b money.Amount) money.Amount {
	if sum, err := a.Add(b); err == nil {
		return sum
	}
	return a
}

func sameDay(a, b time.Time, zone string) bool {
	loc, err := worktime.Zone(zone)
	return err == nil && worktime.DateOf(a, loc) == worktime.DateOf(b, loc)
}

// stages computes the six stages; none can be set.
func (f Facts) stages(s Standing) []Stage {
	slots := int64(len(s.Lines))
	brief := Stage{Key: "brief", All: 1}
	for _, b := range f.Briefs {
		if !b.AcceptedAt.IsZero() {
			brief.Done, brief.At = 1, b.AcceptedAt
		}
	}
	listed, picked := Stage{Key: "shortlist", All: slots}, Stage{Key: "picks", All: slots}
	for _, l := range s.Lines {
		booked := l.Booking.ID != "" || l.Offer.ID != ""
		if _, shown, _ := f.candidates(l.Slot.ID); shown > 0 || booked {
			listed.Done++
			listed.At = later(listed.At, f.shownAt(l.Slot.ID))
		}
		if _, _, yes := f.candidates(l.Slot.ID); yes > 0 || booked {
			picked.Done++
			picked.At = later(picked.At, f.pickedAt(l.Slot.ID))
		}
	}
	drafting, posted := Stage{Key: "drafting", All: s.Sum.Total}, Stage{Key: "posted", All: s.Sum.Total, Done: s.Sum.Posted}
	for _, d := range f.Drafts {
		if d.Step == review.StepApproved {
			drafting.Done++
			drafting.At = later(drafting.At, d.ApprovedAt)
		}
	}
	report := Stage{Key: "report", All: 1, At: f.ReportedAt}
	if f.Reports > 0 {
		report.Done = 1
	}
	return settle([]Stage{brief, listed, picked, drafting, posted, report})
}

// settle says which stages are done, which one is now, and which have begun.
func settle(stages []Stage) []Stage {
	now := false
	for i := range stages {
		st := &stages[i]
		switch {
		case st.All > 0 && st.Done >= st.All:
			st.State = "done"
		case !now:
			st.State, now = "now", true
		case st.Done > 0:
			st.State = "part"
		default:
			st.State = "next"
		}
	}
	return stages
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// health is bad when something has failed, waiting when something is late.
func (f Facts) health(s Standing, now time.Time) (Tone, []Reason) {
	counts := map[string]int64{}
	for _, l := range s.Lines {
		switch {
		case l.Move.Key == "guarantee-missed":
			counts["guarantee"]++
		case l.Move.Key == "at-risk":
			counts["at-risk"]++
		case l.Move.Late(now) && l.Move.Party == TalentSide:
			counts["talent-late"]++
		case l.Move.Late(now) && l.Move.Party == ClientSide:
			counts["client-late"]++
		case l.Move.Late(now) && l.Move.Party == Us:
			counts["us-late"]++
		}
	}
	tone, why := ToneGood, []Reason(nil)
	for _, key := range []string{"guarantee", "at-risk", "talent-late", "us-late", "client-late"} {
		if n := counts[key]; n > 0 {
			why = append(why, Reason{key, n})
			tone = ToneWait
		}
	}
	if counts["guarantee"] > 0 && counts["talent-late"] > 0 || counts["us-late"] > 2 {
		tone = ToneBad
	}
	return tone, why
}
