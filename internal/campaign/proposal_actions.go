package campaign

import (
	"context"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
)

// silence is how long a client may object before no answer counts as yes, where the
// agreement allows it: working hours of the client (R14).
const silence = 48 * time.Hour

// ProposeVersion puts a decision that changes the brief before the client (R14). The
// agreed version stays in force until AcceptProposal, or until 48 of the client's working
// hours passed without ObjectToProposal where the terms let silence count.
//
// A room that decides inside its own change, such as a meeting that sends its contact
// report, calls the step PutProposal with its own tx instead, and WithdrawProposals with
// the same source id when the meeting is cancelled. Each line may carry the id of the
// decision it came from; an objection names it. The effect on drafts, talents, dates
// and fees is listed beforehand by report.Boards.ProposalEffect.
// Faults: brief.unaccepted, campaign.closed and those of Propose.
func (s *Service) ProposeVersion(ctx context.Context, actor access.Actor, n NewProposal) (p Proposal, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error { p, err = PutProposal(ctx, tx, actor, n); return err })
	return p, err
}

// PutProposal is the step of ProposeVersion.
func PutProposal(ctx context.Context, tx *db.Tx, actor access.Actor, n NewProposal) (Proposal, error) {
	if err := actor.Require("brief.share", access.Owner{CampaignID: n.CampaignID}); err != nil {
		return Proposal{}, err
	}
	c, _, err := loadForBrief(ctx, tx, n.CampaignID)
	if err != nil {
		return Proposal{}, err
	}
	agreed, err := AgreedBrief(ctx, tx, c.ID)
	if err != nil {
		return Proposal{}, err
	}
	open, err := proposalsWhere(ctx, tx, `campaign_id = $1 AND outcome = ''`, c.ID)
	if err != nil {
		return Proposal{}, err
	}
	p, err := Propose(agreed, open, n, tx.NewID)
	if err != nil {
		return p, err
	}
	p.ID, p.MadeAt, p.MadeBy = tx.NewID(), tx.Now(), actor.Name
	for _, o := range open {
		for _, id := range p.Replaces {
			if o.ID == id {
				if err := endProposal(ctx, tx, actor, c, o, ProposalReplaced, p.ID); err != nil {
					return p, err
				}
			}
		}
	}
	for _, o := range open {
		o, touched, err := o.without(n.ReplacesOf, p.ID, tx.Now())
		if err == nil && touched {
			err = saveProposal(ctx, tx, o)
		}
		if err != nil {
			return p, err
		}
	}
	if c.Terms.SilenceAccepts && !n.ByReport {
		cals, err := calendarsOf(ctx, tx, c)
		if err != nil {
			return p, err
		}
		p.SilentAt = cals.client.AddWorking(tx.Now(), silence)
		if err := job.Enqueue(ctx, tx, ProposalSilent{ProposalID: p.ID}, job.After(p.SilentAt), job.Unique(p.ID)); err != nil {
			return p, err
		}
	}
	if err := insertProposal(ctx, tx, p); err != nil {
		return p, err
	}
	return p, audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "brief.share", Subject: "proposal", ID: p.ID, Campaign: c.ID, Client: c.ClientID,
		After: p.outline(), Reason: p.SourceNote})
}

// outline is what the trail keeps of a proposal.
func (p Proposal) outline() (out []string) {
	for _, l := range p.Standing() {
		out = append(out, string(l.What)+": "+l.Point.Text)
	}
	return out
}

// ProposalView is a proposal with its lines in the words of the reader's language.
type ProposalView struct {
	Proposal
	Changes []ClientChange // one for each line, against the agreed version
	Decider string         // who decides, when it is somebody else than the reading contact
}

// Proposals gives the proposals about a campaign's brief, the oldest first, to staff and
// to the campaign's client. Fault: not-found.
func (s *Service) Proposals(ctx context.Context, actor access.Actor, campaignID string) (out []ProposalView, err error) {
	if actor.IsTalent() {
		return nil, db.ErrNotFound
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := ownCampaign(ctx, tx, actor, "brief.see", campaignID)
		if err != nil {
			return err
		}
		list, err := ListProposals(ctx, tx, campaignID)
		if err != nil || len(list) == 0 {
			return err
		}
		agreed, err := AgreedBrief(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		v := ClientBrief{}
		if actor.IsClient() {
			if err := decider(ctx, tx, actor, c, &v); err != nil {
				return err
			}
		}
		for _, p := range list {
			out = append(out, ProposalView{p, p.changes(agreed, actor.Lang), v.DeciderName})
		}
		return nil
	})
	return out, err
}

// changes gives the lines in the words of a language.
func (p Proposal) changes(agreed Brief, lang string) (out []ClientChange) {
	points := byID(agreed.Points)
	for _, l := range p.Lines {
		after, _ := l.Point.In(lang, agreed.Lang)
		c := ClientChange{Number: l.Point.Number, Kind: l.Point.Kind, Words: Wording("", after), Op: TakenUp}
		if old, known := points[l.PointID]; known && l.What != AddPoint {
			before, _ := old.In(lang, agreed.Lang)
			c.Number, c.KindBefore, c.Words, c.Op = old.Number, old.Kind, Wording(before, after), Kept
		}
		if l.What == DropPoint {
			c.KindBefore, c.Words, c.Op = l.Point.Kind, Wording(after, ""), Dropped
		}
		out = append(out, c)
	}
	return out
}

// AcceptProposal puts the lines that nobody objected to in force as a new agreed
// version. Faults: brief.not-decider, brief.proposal-settled; a foreign one is not there.
func (s *Service) AcceptProposal(ctx context.Context, actor access.Actor, id string) (b Brief, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		p, c, err := ownProposal(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		v := ClientBrief{}
		if err := decider(ctx, tx, actor, c, &v); err != nil {
			return err
		}
		if v.DeciderName != "" {
			return ErrNotDecider.With("name", v.DeciderName)
		}
		b, err = takeProposal(ctx, tx, actor, c, p, actor.Via, tx.Now())
		return err
	})
	return b, err
}

// ObjectToProposal is a contact's no to some lines, or to all with none named; the other
// lines stand. Any contact of the client may object. Faults: those of Proposal.Object.
func (s *Service) ObjectToProposal(ctx context.Context, actor access.Actor, id string, lines []string, text string) (p Proposal, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		before, c, err := ownProposal(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if p, err = before.Object(lines, actor.ContactID, actor.Name, text, tx.Now()); err != nil {
			return err
		}
		if err := saveProposal(ctx, tx, p); err != nil {
			return err
		}
		if err := job.Enqueue(ctx, tx, ProposalObjectedTo{ProposalID: p.ID, CampaignID: c.ID}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "brief.accept", Subject: "proposal", ID: p.ID, Campaign: c.ID, Client: c.ClientID,
			Before: before.outline(), After: p.outline(), Reason: strings.TrimSpace(text)})
	})
	return p, err
}

// ownProposal loads a proposal and its campaign for the client's word on it.
func ownProposal(ctx context.Context, tx *db.Tx, actor access.Actor, id string) (Proposal, Campaign, error) {
	p, err := LoadProposal(ctx, tx, id)
	if err != nil {
		return p, Campaign{}, err
	}
	c, err := ownCampaign(ctx, tx, actor, "brief.accept", p.CampaignID)
	if err != nil {
		return p, c, err
	}
	return p, c, c.mayChange()
}

// WithdrawProposal takes back what was not accepted yet. Fault: brief.proposal-settled.
func (s *Service) WithdrawProposal(ctx context.Context, actor access.Actor, id, why string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadProposal(ctx, tx, id)
		if err != nil {
			return err
		}
		c, err := LoadCampaign(ctx, tx, p.CampaignID)
		if err != nil {
			return err
		}
		if err := actor.Require("brief.share", owner(c)); err != nil {
			return err
		}
		return endProposal(ctx, tx, actor, c, p, ProposalWithdrawn, why)
	})
}

// WithdrawProposals is the step that takes back every open proposal of one source, when
// its meeting is cancelled after all. What is in force stays in force.
func WithdrawProposals(ctx context.Context, tx *db.Tx, actor access.Actor, sourceID, why string) error {
	list, err := proposalsWhere(ctx, tx, `source_id = $1 AND source_id <> '' AND outcome = ''`, sourceID)
	if err != nil {
		return err
	}
	for _, p := range list {
		c, err := LoadCampaign(ctx, tx, p.CampaignID)
		if err != nil {
			return err
		}
		if err := endProposal(ctx, tx, actor, c, p, ProposalWithdrawn, why); err != nil {
			return err
		}
	}
	return nil
}

// EnterInForce is the step by which a contact report brings its proposal into force: by
// the contact who accepts, or, acted by the program, by the silence of its receivers at
// that instant. Faults: brief.proposal-settled, brief.unaccepted, campaign.closed.
func EnterInForce(ctx context.Context, tx *db.Tx, actor access.Actor, id string, at time.Time) (Brief, error) {
	p, err := LoadProposal(ctx, tx, id)
	if err != nil {
		return Brief{}, err
	}
	c, _, err := loadForBrief(ctx, tx, p.CampaignID)
	if err != nil {
		return Brief{}, err
	}
	via := actor.Via
	if !actor.IsClient() {
		via = viaSilence
	}
	return takeProposal(ctx, tx, actor, c, p, via, at)
}

// ObjectTo is the step by which an objection to a contact report keeps lines out of its
// proposal, all with none named. One that has ended stays as it is.
func ObjectTo(ctx context.Context, tx *db.Tx, actor access.Actor, id string, lines []string, text string) error {
	p, err := LoadProposal(ctx, tx, id)
	if err != nil || !p.Open() {
		return err
	}
	if p, err = p.Object(lines, actor.ContactID, actor.Name, text, tx.Now()); err != nil {
		return err
	}
	return saveProposal(ctx, tx, p)
}

// endProposal closes a proposal without effect.
func endProposal(ctx context.Context, tx *db.Tx, actor access.Actor, c Campaign, p Proposal, o ProposalOutcome, why string) error {
	p, err := p.settle(o, "", actor.Name, "", tx.Now())
	if err != nil {
		return err
	}
	p.Why = strings.TrimSpace(why)
	if err := saveProposal(ctx, tx, p); err != nil {
		return err
	}
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "brief.share", Subject: "proposal", ID: p.ID, Campaign: c.ID, Client: c.ClientID,
		After: map[string]any{"outcome": p.Outcome}, Reason: p.Why})
}

// takeProposal makes the agreed version that the standing lines ask for. via is
// "silence" or the link of who accepted, at the instant from which it is in force.
func takeProposal(ctx context.Context, tx *db.Tx, actor access.Actor, c Campaign, p Proposal, via string, at time.Time) (Brief, error) {
	by := actor.Name
	if via == viaSilence {
		by = ""
	}
	p, err := p.settle(ProposalTaken, actor.ContactID, by, via, at)
	if err != nil {
		return Brief{}, err
	}
	versions, err := ListBriefs(ctx, tx, c.ID)
	if err != nil {
		return Brief{}, err
	}
	agreed, ok := Agreed(versions)
	if !ok {
		return agreed, ErrBriefUnaccepted
	}
	next, err := agreed.Next(p.SourceNote, p.MadeBy, false, tx.Now())
	if err != nil {
		return next, err
	}
	next = next.with(p.Standing())
	next.SharedAt, next.SharedBy = p.MadeAt, p.MadeBy
	next.AcceptedAt, next.AcceptedBy, next.AcceptedByID, next.AcceptedVia = at, by, actor.ContactID, via
	if next, err = putAgreed(ctx, tx, versions, next, p.Standing()); err != nil {
		return next, err
	}
	p.Version = next.Version
	if err := saveProposal(ctx, tx, p); err != nil {
		return next, err
	}
	if err := job.Enqueue(ctx, tx, BriefAccepted{CampaignID: c.ID, Version: next.Version}, job.Unique(briefID(next))); err != nil {
		return next, err
	}
	return next, audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "brief.accept", Subject: "brief", ID: briefID(next), Campaign: c.ID, Client: c.ClientID,
		After: map[string]any{"version": next.Version, "proposal": p.ID, "via": via}})
}

// putAgreed keeps a version that came to be agreed outside the draft. A draft that is
// open moves up by one number and takes the same lines over.
func putAgreed(ctx context.Context, tx *db.Tx, versions []Brief, next Brief, lines []ProposedLine) (Brief, error) {
	last := versions[len(versions)-1]
	next.Version = last.Version + 1
	if last.Draft() {
		if err := raiseDraft(ctx, tx, last); err != nil {
			return next, err
		}
		next.Version = last.Version
		last.Version++
		if err := saveBrief(ctx, tx, last.with(lines)); err != nil {
			return next, err
		}
	}
	return next, insertBrief(ctx, tx, next)
}
