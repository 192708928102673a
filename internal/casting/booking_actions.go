package casting

import (
	"context"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/talent"
)

// drop ends a booking by a person's decision inside another change: the seat opens
// and the client sees the card as gone.
func drop(ctx context.Context, tx *db.Tx, actor access.Actor, st *stage, b Booking, kind DropKind, reason string) error {
	b, err := b.Drop(kind, strings.TrimSpace(reason), tx.Now())
	if err != nil {
		return err
	}
	if err := saveBooking(ctx, tx, b); err != nil {
		return err
	}
	if err := closeOffer(ctx, tx, b.OfferID); err != nil {
		return err
	}
	if err := talent.ForgetBooking(ctx, tx, b.ID); err != nil {
		return err
	}
	c, err := LoadCandidate(ctx, tx, b.CandidateID)
	if err != nil {
		return err
	}
	if c.Listed() {
		if err := remove(ctx, tx, actor, st.campaign, c, GoneUnavailable); err != nil {
			return err
		}
	}
	if err := tellDropped(ctx, tx, b); err != nil {
		return err
	}
	return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "booking.drop", Subject: "booking", ID: b.ID, Talent: b.TalentID,
		After: map[string]any{"kind": b.DropKind}, Reason: b.DropReason})
}

// tellDropped keeps the events and the fact of the talent's record (R13). A drop
// for the client's sake, a conflict of theirs or force majeure is excused.
func tellDropped(ctx context.Context, tx *db.Tx, b Booking) error {
	if b.DropKind != DropClient {
		c, err := campaign.LoadCampaign(ctx, tx, b.CampaignID)
		if err != nil {
			return err
		}
		f := talent.Fact{TalentID: b.TalentID, Kind: talent.FactDropOut, Subject: "booking", SubjectID: b.ID, CampaignID: b.CampaignID, Title: c.Name, At: tx.Now(),
			Excused: b.DropKind == DropIllness || b.DropKind == DropFamily}
		if err := talent.RecordFact(ctx, tx, f); err != nil {
			return err
		}
	}
	if err := job.Enqueue(ctx, tx, Dropped{BookingID: b.ID, CampaignID: b.CampaignID, TalentID: b.TalentID}, job.Unique("dropped:"+b.ID)); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, SlotOpened{SlotID: b.SlotID, CampaignID: b.CampaignID, TalentID: b.TalentID, Cause: "dropped"})
}

func bookingOf(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, id string) (Booking, *stage, error) {
	b, err := LoadBooking(ctx, tx, id)
	if err != nil {
		return b, nil, err
	}
	st, err := change(ctx, tx, actor, verb, b.CampaignID)
	return b, st, err
}

// AnswerCheckIn is a talent's tap: on track, need help, cannot. It answers the
// check-in that waits, or says so unasked. Faults: booking.checkin-answer, booking.checkin-over.
func (s *Service) AnswerCheckIn(ctx context.Context, actor access.Actor, bookingID string, answer CheckInAnswer, words string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		b, err := LoadBooking(ctx, tx, bookingID)
		if err != nil {
			return err
		}
		if err := actor.Require("checkin.answer", access.Owner{TalentID: b.TalentID, CampaignID: b.CampaignID}); err != nil {
			return err
		}
		switch {
		case !answer.Known():
			return ErrCheckIn
		case !b.Active() || !b.DraftAt.IsZero() || !b.DeliveredAt.IsZero():
			return ErrCheckInOver
		}
		c, err := waiting(ctx, tx, b)
		if err != nil {
			return err
		}
		c.Answer, c.AnsweredAt, c.Note = answer, tx.Now(), strings.TrimSpace(words)
		if err := saveCheckIn(ctx, tx, c); err != nil {
			return err
		}
		if err := tellCheckIn(ctx, tx, b, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "checkin.answer", Subject: "booking", ID: b.ID, Campaign: b.CampaignID, Client: b.ClientID, Talent: b.TalentID, After: answer})
	})
}

// waiting gives the newest check-in that was asked and not answered, or makes one
// for a talent who speaks up unasked.
func waiting(ctx context.Context, tx *db.Tx, b Booking) (CheckIn, error) {
	all, err := checkInsWhere(ctx, tx, `b.id = $1`, b.ID)
	if err != nil {
		return CheckIn{}, err
	}
	list := all[b.ID]
	for i := len(list) - 1; i >= 0; i-- {
		if c := list[i]; !c.AskedAt.After(tx.Now()) && c.Answer == CheckInNone {
			return c, nil
		}
	}
	before := b.DraftDue.At.Sub(tx.Now()).Truncate(time.Minute)
	for _, c := range list {
		if c.Before == before {
			return c, nil // the second word within a minute replaces the first
		}
	}
	c := CheckIn{ID: tx.NewID(), BookingID: b.ID, Before: before, AskedAt: tx.Now(), Version: 1}
	return c, insertCheckIn(ctx, tx, c)
}

func tellCheckIn(ctx context.Context, tx *db.Tx, b Booking, c CheckIn) error {
	if err := job.Enqueue(ctx, tx, CheckInAnswered{CheckInID: c.ID, BookingID: b.ID, CampaignID: b.CampaignID, Answer: string(c.Answer)}); err != nil {
		return err
	}
	if c.Answer != CannotDeliver {
		return nil
	}
	return job.Enqueue(ctx, tx, RiskRose{BookingID: b.ID, CampaignID: b.CampaignID, TalentID: b.TalentID, Risk: RiskAtRisk})
}

// Booking gives one booking to people of the agency.
func (s *Service) Booking(ctx context.Context, actor access.Actor, id string) (b Booking, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if b, err = LoadBooking(ctx, tx, id); err != nil {
			return err
		}
		return actor.Require("booking.see", access.Owner{ClientID: b.ClientID, CampaignID: b.CampaignID})
	})
	return b, err
}

// Bookings gives a campaign's bookings to people of the agency, oldest first.
func (s *Service) Bookings(ctx context.Context, actor access.Actor, campaignID string) (out []Booking, err error) {
	if err := actor.Require("booking.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListBookings(ctx, tx, campaignID); return err })
	return out, err
}
