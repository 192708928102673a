package report

import (
	"time"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

// Usual handling, in the owner's working time, of steps for which nobody promised a
// date (R2, R8).
const (
	usualCheck  = 8 * time.Hour  // both keys and the showing
	usualRuling = 4 * time.Hour  // F, W or S for each item
	usualReview = 16 * time.Hour // where the agreement has no window
	usualRefilm = 16 * time.Hour // a revised version
)

// DelayLine is the delay ledger of one deliverable (R2): whose lateness moved its
// posting, and by how much.
type DelayLine struct {
	Deliverable review.Deliverable
	Talent      string
	Posted      bool // the posting is a fact, not a forecast
	Steps       []campaign.PlanStep
	campaign.Delay
}

// hours are the calendars of the parties.
type hours struct{ talent, agency, client worktime.Calendar }

// pieceFacts are what happened to one deliverable.
type pieceFacts struct {
	deliverable review.Deliverable
	booking     casting.Booking
	versions    []review.Version // oldest first
	rounds      []review.Round
	items       []review.Item
	approval    review.Approval
	post        result.Post
	hours       hours
}

// planOf writes a deliverable's plan with what happened: draft, check, the client's
// review, the post; and for each further version the work that it brought, caused by
// the client when wishes went on, by the agency when it had not passed a point on, else
// by the talent.
func planOf(f pieceFacts) []campaign.PlanStep {
	p := planner{pieceFacts: f, last: -1}
	length := f.hours.talent.Between(f.booking.CommittedAt, f.deliverable.DraftDue.At)
	p.add(campaign.PlanStep{Kind: "draft", Owner: campaign.DelayTalent, Hours: f.hours.talent, Start: f.booking.CommittedAt, Length: length, End: p.uploaded(0)})
	p.judge(0)
	for k := 1; ; k++ {
		at, cause, ruled, ok := p.sentBack(k - 1)
		if !ok {
			break
		}
		p.added, p.cause = at, cause
		if !ruled.SentAt.IsZero() {
			p.add(campaign.PlanStep{Kind: "ruling", Owner: campaign.DelayAgency, Hours: f.hours.agency, Length: usualRuling, End: ruled.SentOnAt})
		}
		p.add(campaign.PlanStep{Kind: "revision", Owner: campaign.DelayTalent, Hours: f.hours.talent, Length: usualRefilm, End: p.uploaded(k)})
		p.judge(k)
	}
	p.added, p.cause = time.Time{}, ""
	if due := f.deliverable.PostDue.At; !due.IsZero() {
		post := campaign.PlanStep{Kind: "post", Owner: campaign.DelayTalent, Hours: f.hours.talent, Start: due, End: f.post.PostedAt}
		for i := range p.steps {
			post.After = append(post.After, i)
		}
		p.steps = append(p.steps, post)
	}
	return p.steps
}

// planner appends steps, each after the one before.
type planner struct {
	pieceFacts
	steps []campaign.PlanStep
	last  int
	added time.Time // of the steps that come now; zero for the first plan
	cause campaign.DelayParty
}

func (p *planner) add(s campaign.PlanStep) {
	if p.last >= 0 {
		s.After = []int{p.last}
	}
	s.Added, s.Cause = p.added, p.cause
	p.last = len(p.steps)
	p.steps = append(p.steps, s)
}

// judge appends the check of the k-th version and the client's review of it.
func (p *planner) judge(k int) {
	var v review.Version
	if k < len(p.versions) {
		v = p.versions[k]
	}
	p.add(campaign.PlanStep{Kind: "check", Owner: campaign.DelayAgency, Hours: p.hours.agency, Length: usualCheck, End: earliest(v.ShownAt, v.ReturnedAt, v.ReplacedAt)})
	window := time.Duration(p.deliverable.WindowHours) * time.Hour
	if window == 0 {
		window = usualReview
	}
	s := campaign.PlanStep{Kind: "review", Owner: campaign.DelayClient, Hours: p.hours.client, Length: window}
	switch r := p.roundOn(v.ID); {
	case v.ID == "":
	case p.approval.VersionID == v.ID:
		s.End = p.approval.At
	case !r.SentAt.IsZero():
		s.End = r.SentAt
	case v.ShownAt.IsZero() && k+1 < len(p.versions):
		s.End = earliest(v.ReturnedAt, v.ReplacedAt) // the client never had it
	}
	p.add(s)
}

func (p *planner) uploaded(k int) time.Time {
	if k < len(p.versions) {
		return p.versions[k].UploadedAt
	}
	return time.Time{}
}

// roundOn gives the client's round about a version.
func (p *planner) roundOn(versionID string) review.Round {
	for _, r := range p.rounds {
		if r.VersionID == versionID && r.Origin == review.FromClient {
			return r
		}
	}
	return review.Round{}
}

// sentBack tells when and by whom another version than the k-th became needed; the
// round is the client's, where there was one.
func (p *planner) sentBack(k int) (at time.Time, cause campaign.DelayParty, r review.Round, ok bool) {
	if k >= len(p.versions) {
		return at, cause, r, false
	}
	v := p.versions[k]
	if r = p.roundOn(v.ID); !r.SentAt.IsZero() && p.approval.VersionID != v.ID {
		return r.SentAt, p.causeOf(r), r, true
	}
	at = earliest(v.ReturnedAt, v.ReplacedAt)
	return at, campaign.DelayTalent, review.Round{}, !at.IsZero()
}

func (p *planner) causeOf(r review.Round) campaign.DelayParty {
	if r.Counted || r.RuledAt.IsZero() {
		return campaign.DelayClient
	}
	for _, i := range p.items {
		if i.RoundID == r.ID && i.Class == review.Slip {
			return campaign.DelayAgency
		}
	}
	return campaign.DelayTalent
}

func earliest(list ...time.Time) (first time.Time) {
	for _, t := range list {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}
