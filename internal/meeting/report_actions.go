package meeting

import (
	"context"
	"slices"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/job"
)

// Preview is a contact report before it is sent: exactly what the client will read, and
// what it would change.
type Preview struct {
	View
	Lines   []Line
	Hash    string
	Suspect []string // words that read like the internal part
	Effects Effects
	To      []client.Contact // whom it can go to; those who were there first
}

// Preview shows the client part of a meeting's minutes that was not sent yet. Faults:
// minutes.empty, those of campaign.Propose.
func (s *Service) Preview(ctx context.Context, actor access.Actor, meetingID string) (p Preview, err error) {
	if err := actor.Require("minutes.send", access.Owner{}); err != nil {
		return p, err
	}
	if p.View, err = s.Meeting(ctx, actor, meetingID); err != nil {
		return p, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { return preview(ctx, tx, actor, &p) })
	return p, err
}

func preview(ctx context.Context, tx *db.Tx, actor access.Actor, p *Preview) error {
	all, err := ListLines(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	p.Lines = ForClient(all)
	if len(p.Lines) == 0 {
		return ErrEmptyReport
	}
	p.Hash, p.Suspect = HashOf(p.Lines), Suspect(p.Lines)
	if p.To, err = receiversOf(ctx, tx, p.Meeting); err != nil {
		return err
	}
	p.Effects, err = effectsOf(ctx, tx, p.Meeting, p.Lines, actor.Lang)
	return err
}

// receiversOf are the client's contacts, those of the meeting first.
func receiversOf(ctx context.Context, tx *db.Tx, m Meeting) (out []client.Contact, err error) {
	if m.ClientID == "" {
		return nil, nil
	}
	all, err := client.ListContacts(ctx, tx, m.ClientID)
	there := func(k client.Contact) bool {
		return slices.ContainsFunc(m.People, func(p Person) bool { return p.Who == Contact && p.ID == k.ID })
	}
	for _, first := range []bool{true, false} {
		for _, k := range all {
			if k.LeftAt.IsZero() && there(k) == first {
				out = append(out, k)
			}
		}
	}
	return out, err
}

// effectsOf says what lines would change, and refuses proposals that cross others.
func effectsOf(ctx context.Context, tx *db.Tx, m Meeting, lines []Line, lang string) (e Effects, err error) {
	if m.CampaignID == "" {
		return e, nil
	}
	c, err := campaign.LoadCampaign(ctx, tx, m.CampaignID)
	if err != nil {
		return e, err
	}
	e.Silence = c.Terms.SilenceAccepts
	slots, err := campaign.ListSlots(ctx, tx, c.ID)
	if err != nil {
		return e, err
	}
	e.Dates, e.Fees = moves(lines, slots)
	if e.Proposal = proposalOf(m, lines); len(e.Proposal.Lines) == 0 {
		return e, nil
	}
	agreed, err := campaign.AgreedBrief(ctx, tx, c.ID)
	if err != nil {
		return e, err
	}
	open, err := campaign.ListProposals(ctx, tx, c.ID)
	if err != nil {
		return e, err
	}
	p, err := campaign.Propose(agreed, open, e.Proposal, tx.NewID)
	e.Against, e.Changes = agreed.Version, campaign.ChangesIn(agreed, p.Preview(agreed), lang)
	return e, err
}

// SendReport is the client part that was looked at, and to whom it goes.
type SendReport struct {
	MeetingID string
	Hash      string   // of the preview
	To        []string // contact ids
	Sure      bool     // words that read like the internal part are meant
}

// Send seals the client part of the minutes as a contact report: from now on it is
// proposed to the client, each receiver of whom still has to be sent the link (see
// MarkSent). Faults: those of Preview, minutes.preview, minutes.suspect,
// minutes.receivers, meeting.cancelled.
func (s *Service) Send(ctx context.Context, actor access.Actor, in SendReport) (r Report, err error) {
	if err := actor.Require("minutes.send", access.Owner{}); err != nil {
		return r, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		p := Preview{}
		if p.Meeting, err = Load(ctx, tx, in.MeetingID); err != nil {
			return err
		}
		if p.Cancelled() {
			return ErrCancelled
		}
		if err := preview(ctx, tx, actor, &p); err != nil {
			return err
		}
		switch {
		case p.Hash != in.Hash:
			return ErrPreview
		case len(p.Suspect) > 0 && !in.Sure:
			return ErrSuspect.With("words", strings.Join(p.Suspect, ", "))
		}
		before, err := reportsWhere(ctx, tx, `meeting_id = $1`, p.ID)
		if err != nil {
			return err
		}
		r = Report{ID: tx.NewID(), MeetingID: p.ID, CampaignID: p.CampaignID, ClientID: p.ClientID, Number: int64(len(before)) + 1, SentAt: tx.Now(), SentBy: actor.Name, SentByID: actor.ID,
			Silence: p.Effects.Silence || p.CampaignID == "", Lines: p.Lines, Version: 1}
		if r.Receivers, err = receivers(p.To, in.To); err != nil {
			return err
		}
		if err := checkDecider(ctx, tx, r); err != nil {
			return err
		}
		if len(p.Effects.Proposal.Lines) > 0 {
			put, err := campaign.PutProposal(ctx, tx, actor, p.Effects.Proposal)
			if err != nil {
				return err
			}
			r.ProposalID = put.ID
		}
		if err := insertReport(ctx, tx, r); err != nil {
			return err
		}
		if err := seal(ctx, tx, r); err != nil {
			return err
		}
		return recordReport(ctx, tx, actor, "minutes.send", r, map[string]any{"to": in.To, "lines": len(r.Lines)})
	})
	return r, err
}

func receivers(known []client.Contact, ids []string) (out []Receiver, err error) {
	for _, k := range known {
		if slices.Contains(ids, k.ID) {
			out = append(out, Receiver{ContactID: k.ID, Name: k.Name, Lang: k.Lang, Zone: k.Zone})
		}
	}
	if len(out) == 0 || len(out) != len(slices.Compact(slices.Sorted(slices.Values(ids)))) {
		return nil, ErrReceivers
	}
	return out, nil
}

// checkDecider asks that the one whose word counts gets what would change something.
// Fault: minutes.decider.
func checkDecider(ctx context.Context, tx *db.Tx, r Report) error {
	if r.CampaignID == "" || len(r.Holding()) == 0 {
		return nil
	}
	c, err := campaign.LoadCampaign(ctx, tx, r.CampaignID)
	if err != nil || c.DeciderID == "" || slices.ContainsFunc(r.Receivers, func(x Receiver) bool { return x.ContactID == c.DeciderID }) {
		return err
	}
	k, err := client.LoadContact(ctx, tx, c.DeciderID)
	if err != nil {
		return err
	}
	return ErrDecider.With("name", k.Name)
}

// seal gives the lines to the report, and takes the place of the lines they replace.
func seal(ctx context.Context, tx *db.Tx, r Report) error {
	for _, l := range r.Lines {
		l.ReportID = r.ID
		if err := saveLine(ctx, tx, l); err != nil {
			return err
		}
		if l.Replaces == "" {
			continue
		}
		old, err := linesWhere(ctx, tx, `id = $1`, l.Replaces)
		if err != nil || len(old) == 0 {
			return orElse(err, campaign.ErrProposalAbsent)
		}
		old[0].ReplacedBy = l.ID
		if err := saveLine(ctx, tx, old[0]); err != nil {
			return err
		}
	}
	return nil
}

func recordReport(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, r Report, after map[string]any) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: string(verb), Subject: "contact report", ID: r.ID, Campaign: r.CampaignID, Client: r.ClientID, After: after})
}

// MarkSent keeps that a person sent a report's link to a receiver. From now on 48 of the
// receiver's working hours run (R14). Saying it again changes nothing. Faults:
// minutes.not-sent, minutes.withdrawn.
func (s *Service) MarkSent(ctx context.Context, actor access.Actor, reportID, contactID string) (x Receiver, err error) {
	if err := actor.Require("minutes.send", access.Owner{}); err != nil {
		return x, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		r, err := LoadReport(ctx, tx, reportID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(r.Receivers, func(x Receiver) bool { return x.ContactID == contactID })
		switch {
		case i < 0:
			return ErrNotSent
		case !r.WithdrawAt.IsZero():
			return ErrReportGone
		}
		if x = r.Receivers[i]; !x.SentAt.IsZero() {
			return nil
		}
		k, err := client.LoadContact(ctx, tx, contactID)
		if err != nil {
			return err
		}
		cal, err := contactCalendar(ctx, tx, k)
		if err != nil {
			return err
		}
		x.SentAt, x.DueAt = tx.Now(), cal.AddWorking(tx.Now(), SilenceFor)
		if err := saveReceiver(ctx, tx, r.ID, x); err != nil {
			return err
		}
		if err := job.Enqueue(ctx, tx, AnswerDue{ReportID: r.ID}, job.After(x.DueAt), job.Unique(r.ID+"/"+contactID)); err != nil {
			return err
		}
		return recordReport(ctx, tx, actor, "minutes.send", r, map[string]any{"sent to": x.Name, "until": x.DueAt})
	})
	return x, err
}
