package review

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/job"
)

// Register puts this room's workers on the registry. Each is safe to run twice.
func Register(r *job.Registry, s *Service) {
	job.On(r, "review.deliverables", s.makeDeliverables)
	job.On(r, "review.extend", s.moveDates)
	job.On(r, "review.close", s.closeDropped)
	job.On(r, "review.silence", s.endWindow)
	job.On(r, "review.lapse", s.lapseChange)
	job.On(r, "review.sweep", s.sweep)
	job.On(r, "review.drop", s.dropPieces)
	job.On(r, "review.film", s.askCopy)
}

// makeDeliverables makes one deliverable for each piece of a committed booking.
func (s *Service) makeDeliverables(ctx context.Context, e casting.Committed) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		b, err := casting.LoadBooking(ctx, tx, e.BookingID)
		if err != nil || !b.Active() {
			return err
		}
		return MakeDeliverables(ctx, tx, b)
	})
}

// MakeDeliverables makes the deliverables that a booking owes, with the campaign's
// terms as they are now: the limit of rounds, the review window and what silence
// means. A later change of the terms does not reach them. Doing it again changes nothing.
func MakeDeliverables(ctx context.Context, tx *db.Tx, b casting.Booking) error {
	c, err := campaign.LoadCampaign(ctx, tx, b.CampaignID)
	if err != nil {
		return err
	}
	if err := CheckLimit(c.Terms.RevisionLimit); err != nil {
		return err
	}
	made, number := 0, int64(0)
	for _, p := range b.Deliverables {
		for range p.Count {
			number++
			d := Deliverable{ID: tx.NewID(), BookingID: b.ID, CampaignID: b.CampaignID, ClientID: b.ClientID, TalentID: b.TalentID, Number: number,
				Platform: p.Platform, Format: p.Format, DraftDue: b.DraftDue, PostDue: b.PostDue, CreatedAt: tx.Now(),
				Limit: c.Terms.RevisionLimit, WindowHours: c.Terms.ReviewHours, SilenceCounts: c.Terms.SilenceAccepts}
			ok, err := insertDeliverable(ctx, tx, d)
			if err != nil {
				return err
			}
			if ok {
				made++
			}
		}
	}
	if made == 0 {
		return nil
	}
	return audit.Record(ctx, tx, access.System().Who, audit.Entry{Verb: "booking.edit", Subject: "booking", ID: b.ID, Campaign: b.CampaignID,
		Client: b.ClientID, Talent: b.TalentID, After: map[string]any{"deliverables": made, "limit": c.Terms.RevisionLimit}})
}

// moveDates takes over the dates of a booking that was extended (A51), for what is
// not approved yet. Doing it again changes nothing.
func (s *Service) moveDates(ctx context.Context, e casting.Extended) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		b, err := casting.LoadBooking(ctx, tx, e.BookingID)
		if err != nil || !b.Active() {
			return err
		}
		list, err := ListDeliverablesOf(ctx, tx, b.ID)
		if err != nil {
			return err
		}
		for _, d := range list {
			if !d.Open() || d.DraftDue == b.DraftDue && d.PostDue == b.PostDue {
				continue
			}
			if err := saveDates(ctx, tx, d.ID, b.DraftDue, b.PostDue); err != nil {
				return err
			}
		}
		return nil
	})
}

// closeDropped ends what a dropped booking still owed.
func (s *Service) closeDropped(ctx context.Context, e casting.Dropped) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		n, err := closeDeliverables(ctx, tx, e.BookingID, tx.Now())
		if err != nil || n == 0 {
			return err
		}
		return audit.Record(ctx, tx, access.System().Who, audit.Entry{Verb: "booking.edit", Subject: "booking", ID: e.BookingID, Campaign: e.CampaignID,
			Talent: e.TalentID, After: map[string]any{"closed": n}, Reason: "dropped"})
	})
}

// endWindow approves by silence where the agreement lets it, and the version still
// is with the client (R9). Otherwise a real click is waited for.
func (s *Service) endWindow(ctx context.Context, e WindowEnded) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		x, err := loadDecision(ctx, tx, e.VersionID)
		if err != nil {
			return err
		}
		d, v := x.d, x.v
		if !d.SilenceCounts || d.WithClientID != v.ID || !d.Open() || v.ReviewDue.IsZero() || tx.Now().Before(v.ReviewDue) {
			return nil
		}
		room, err := loadRoom(ctx, tx, d.CampaignID)
		if err != nil {
			return err
		}
		a := Approve(v, room.DeciderID, room.Decider, ViaSilence, tx.Now())
		a.Late = false
		a.ObjectBy = room.Client.AddWorking(tx.Now(), 48*time.Hour)
		return land(ctx, tx, access.System(), "draft.approve", x, a)
	})
}

// lapseChange closes a change request that nobody answered in its window.
func (s *Service) lapseChange(ctx context.Context, e ChangeWindowEnded) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := LoadChange(ctx, tx, e.ChangeID)
		if err != nil {
			return err
		}
		if !c.Open() || c.Client == AnswerYes || tx.Now().Before(c.AnswerUntil) {
			return nil
		}
		d, err := LoadDeliverable(ctx, tx, c.DeliverableID)
		if err != nil {
			return err
		}
		if c, err = c.Close(ClosedLapsed, tx.Now()); err != nil {
			return err
		}
		if err := recordAnswer(ctx, tx, access.System(), "change.price", d, c, AnswerNo, ClosedLapsed); err != nil {
			return err
		}
		return settleClosed(ctx, tx, d, c)
	})
}
