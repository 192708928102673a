package meeting

import (
	"context"
	"slices"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// ClientReport is a contact report as its receiver sees it: the client part alone.
type ClientReport struct {
	ID         string
	Title      string
	Kind       Kind
	At         time.Time
	Zone       string
	People     []string
	SentBy     string
	SentAt     time.Time
	State      State
	DueAt      time.Time // until when the reader may answer; zero before the clock runs
	AcceptedAt time.Time // by the reader
	Silence    bool      // no answer by then brings proposals into force
	Cancelled  string    // why the meeting was called off
	MayAnswer  bool
	Lines      []ClientLine
}

// ClientLine is one line of it.
type ClientLine struct {
	ID       string
	Kind     LineKind
	Text     string
	Doer     string
	Due      worktime.Deadline
	Effect   Effect
	State    LineState
	Number   int64          // of the point that changes
	Words    []campaign.Run // the point's wording before and after; nil without a change of the brief
	Slot     string
	Which    string
	On       worktime.Date
	Fee      money.Amount
	Objected []string // who contested it
	Mine     bool     // the reader did
}

// ClientReports lists the reports that went to the contact on the link, newest first.
func (s *Service) ClientReports(ctx context.Context, actor access.Actor) (out []ClientReport, err error) {
	if err := actor.Require("minutes.read", access.Owner{ClientID: actor.ClientID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := reportsWhere(ctx, tx, `client_id = $1 AND (campaign_id = '' OR campaign_id = $2) AND EXISTS (SELECT 1 FROM contact_report_receiver x WHERE x.report_id = contact_report.id AND x.contact_id = $3)`,
			actor.ClientID, actor.CampaignID, actor.ContactID)
		if err != nil {
			return err
		}
		for _, r := range slices.Backward(all) {
			v, err := clientView(ctx, tx, actor, r)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

// ClientReport gives one report to the contact on the link; any other is not there.
func (s *Service) ClientReport(ctx context.Context, actor access.Actor, id string) (v ClientReport, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		r, err := ownReport(ctx, tx, actor, "minutes.read", id)
		if err != nil {
			return err
		}
		v, err = clientView(ctx, tx, actor, r)
		return err
	})
	return v, err
}

func clientView(ctx context.Context, tx *db.Tx, actor access.Actor, r Report) (v ClientReport, err error) {
	m, err := Load(ctx, tx, r.MeetingID)
	if err != nil {
		return v, err
	}
	v = ClientReport{ID: r.ID, Title: m.Title, Kind: m.Kind, At: m.Start, Zone: m.Zone, SentBy: r.SentBy, SentAt: r.SentAt, Silence: r.Silence}
	if !r.WithdrawAt.IsZero() {
		v.Cancelled = m.CancelWhy
	}
	for _, p := range m.People {
		v.People = append(v.People, p.Name)
	}
	var agreed campaign.Brief
	var slots []campaign.Slot
	decider := ""
	if r.CampaignID != "" {
		c, err := campaign.LoadCampaign(ctx, tx, r.CampaignID)
		if err != nil {
			return v, err
		}
		decider = c.DeciderID
		if agreed, err = baseOf(ctx, tx, r); err != nil {
			return v, err
		}
		if slots, err = campaign.ListSlots(ctx, tx, r.CampaignID); err != nil {
			return v, err
		}
	}
	for _, x := range r.Receivers {
		if x.ContactID == actor.ContactID {
			v.DueAt, v.AcceptedAt = x.DueAt, x.AcceptedAt
		}
	}
	v.State = r.StateOf(decider, tx.Now())
	v.MayAnswer = v.AcceptedAt.IsZero() && r.WithdrawAt.IsZero() && r.SettledAt.IsZero()
	for _, l := range r.Lines {
		v.Lines = append(v.Lines, clientLine(r, l, actor, agreed, slots, tx.Now()))
	}
	return v, nil
}

// baseOf is the agreed brief that a report's changes are told against: the present one,
// or the one before the version that came of it.
func baseOf(ctx context.Context, tx *db.Tx, r Report) (b campaign.Brief, err error) {
	versions, err := campaign.ListBriefs(ctx, tx, r.CampaignID)
	for _, x := range versions {
		if x.Accepted() && (r.Brief == 0 || x.Version < r.Brief) && x.Version > b.Version {
			b = x
		}
	}
	return b, err
}

func clientLine(r Report, l Line, actor access.Actor, agreed campaign.Brief, slots []campaign.Slot, now time.Time) ClientLine {
	v := ClientLine{ID: l.ID, Kind: l.Kind, Text: l.Text, Doer: l.Doer, Due: l.Due, Effect: l.Effect, State: r.LineStateOf(l, now), Which: l.Which, On: l.On, Fee: l.Fee}
	if l.Effect == AddsPoint {
		v.Words = campaign.Wording("", l.PointText())
	}
	if p := pointIn(agreed, l.PointID); l.Effect == ChangesPoint && p != nil {
		text, _ := p.In(actor.Lang, agreed.Lang)
		v.Number, v.Words = p.Number, campaign.Wording(text, l.PointText())
	}
	for _, s := range slots {
		if s.ID == l.SlotID {
			v.Slot = SlotName(s)
		}
	}
	for _, o := range r.Objections {
		if o.LineID == l.ID || o.LineID == "" {
			v.Objected = append(v.Objected, o.Name)
			v.Mine = v.Mine || o.ContactID == actor.ContactID
		}
	}
	return v
}

// ClientMeetings lists the meetings to come that the contact on the link is asked to.
func (s *Service) ClientMeetings(ctx context.Context, actor access.Actor) (out []Meeting, err error) {
	if err := actor.Require("minutes.read", access.Owner{ClientID: actor.ClientID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := List(ctx, tx, Filter{ClientID: actor.ClientID, PersonID: actor.ContactID, From: tx.Now().Add(-invitationBefore)})
		for _, m := range all {
			if m.CampaignID == "" || m.CampaignID == actor.CampaignID {
				out = append(out, m)
			}
		}
		return err
	})
	return out, err
}

// ClientMeeting gives one of them; any other is not there.
func (s *Service) ClientMeeting(ctx context.Context, actor access.Actor, id string) (Meeting, error) {
	all, err := s.ClientMeetings(ctx, actor)
	if err != nil {
		return Meeting{}, err
	}
	if i := slices.IndexFunc(all, func(m Meeting) bool { return m.ID == id }); i >= 0 {
		return all[i], nil
	}
	return Meeting{}, db.ErrNotFound
}
