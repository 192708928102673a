package casting

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/worktime"
)

// ReportIncident is what is known before anybody decides.
type ReportIncident struct {
	BookingID string
	Kind      DropKind
	Since     worktime.Date // empty: today
}

// ReportIncident keeps that a talent suddenly cannot deliver; the decision may
// follow. Reporting it again corrects kind and day. Faults: booking.ended,
// booking.drop-kind, incident.since-wrong.
func (s *Service) ReportIncident(ctx context.Context, actor access.Actor, req ReportIncident) (i Incident, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		b, st, err := bookingOf(ctx, tx, actor, "booking.edit", req.BookingID)
		if err != nil {
			return err
		}
		i, err = report(ctx, tx, actor, st, b, req)
		return err
	})
	return i, err
}

func report(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, b Booking, req ReportIncident) (Incident, error) {
	if req.Since.IsZero() {
		req.Since = st.today()
	}
	i, err := OpenIncident(b, req.Kind, req.Since, st.today())
	if err != nil {
		return i, err
	}
	before, err := openIncident(ctx, tx, b.ID)
	if err != nil {
		return i, err
	}
	i.ID, i.OpenedBy, i.OpenedAt, i.Version = tx.NewID(), actor.Name, tx.Now(), 1
	if before.ID == "" {
		err = insertIncident(ctx, tx, i)
	} else {
		i.ID, i.OpenedBy, i.OpenedAt, i.Version = before.ID, before.OpenedBy, before.OpenedAt, before.Version
		err = saveIncident(ctx, tx, i)
		i.Version++
	}
	if err != nil {
		return i, err
	}
	return i, note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "incident.report", Subject: "booking", ID: b.ID, Talent: b.TalentID, After: map[string]any{"kind": i.Kind, "since": i.Since}})
}

// DecideIncident is what is done about a talent who cannot deliver, and how the
// brand was told.
type DecideIncident struct {
	ReportIncident
	Decision    Decision
	Draft, Post string // of an extension, typed in the talent's zone
	Told        string // one of TellWays
	Words       string // what the brand was told
	Reason      string // internal; refused for kinds that are private
}

// DecideIncident extends the dates, opens the seat for a replacement, or gives it
// up. Faults: incident.*, booking.*, offer.date-*.
func (s *Service) DecideIncident(ctx context.Context, actor access.Actor, req DecideIncident) (i Incident, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		b, st, err := bookingOf(ctx, tx, actor, "booking.edit", req.BookingID)
		if err != nil {
			return err
		}
		if i, err = report(ctx, tx, actor, st, b, req.ReportIncident); err != nil {
			return err
		}
		if i, err = i.Decide(req.Decision, req.Told, req.Words, actor.Name, tx.Now()); err != nil {
			return err
		}
		if req.Decision == Extend {
			i.Dates, err = extend(ctx, tx, actor, st, b, req)
		} else {
			err = drop(ctx, tx, actor, st, b, req.Kind, req.Reason)
		}
		if err != nil {
			return err
		}
		if req.Decision == GiveUp {
			if err := campaign.GiveUp(ctx, tx, actor.Who, b.SlotID); err != nil {
				return err
			}
		}
		if err := saveIncident(ctx, tx, i); err != nil {
			return err
		}
		return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "incident.decide", Subject: "booking", ID: b.ID, Talent: b.TalentID,
			After: map[string]any{"decision": i.Decision, "told": i.Told}, Reason: i.Words})
	})
	return i, err
}

// extend moves a booking's dates on and plans its check-ins anew.
func extend(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, b Booking, req DecideIncident) (Moved, error) {
	m := Moved{DraftWas: b.DraftDue, PostWas: b.PostDue}
	for _, d := range []struct {
		field, text string
		was         worktime.Deadline
		to          *worktime.Deadline
	}{{"draft", req.Draft, b.DraftDue, &m.Draft}, {"posting", req.Post, b.PostDue, &m.Post}} {
		*d.to = d.was
		if strings.TrimSpace(d.text) == "" {
			continue
		}
		loc, err := worktime.Zone(d.was.Zone)
		if err != nil {
			return m, err
		}
		*d.to, err = worktime.ParseDue(d.text, tx.Now(), worktime.Office(loc, nil), actor.Lang)
		if f, ok := fault.As(err); ok {
			return m, f.At(d.field)
		} else if err != nil {
			return m, err
		}
	}
	term, err := st.term()
	if err != nil {
		return m, err
	}
	later, err := b.Extend(m.Draft, m.Post, term, tx.Now())
	if f, ok := fault.As(err); ok && f.Fields["dates"] != "" {
		return m, f.At("draft")
	} else if err != nil {
		return m, err
	}
	if err := saveExtension(ctx, tx, later); err != nil {
		return m, err
	}
	if err := forgetCheckIns(ctx, tx, b.ID); err != nil {
		return m, err
	}
	if err := planCheckIns(ctx, tx, st, later); err != nil {
		return m, err
	}
	if err := keepBonds(ctx, tx, st, later); err != nil {
		return m, err
	}
	return m, job.Enqueue(ctx, tx, Extended{BookingID: b.ID, CampaignID: b.CampaignID, TalentID: b.TalentID})
}

// Incidents gives the incident log of a campaign, oldest first.
func (s *Service) Incidents(ctx context.Context, actor access.Actor, campaignID string) (out []Incident, err error) {
	if err := actor.Require("booking.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListIncidents(ctx, tx, campaignID); return err })
	return out, err
}
