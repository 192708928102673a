package payout

import (
	"context"
	"errors"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/result"
	"kolega/internal/review"
)

// Earned: a talent is owed money from today on.
type Earned struct{ PayoutID, TalentID, CampaignID string }

// Kind names the event.
func (Earned) Kind() string { return "payout.earned" }

// Left: a transfer left the agency's account.
type Left struct{ PayoutID, TalentID, CampaignID string }

// Kind names the event.
func (Left) Kind() string { return "payout.left" }

// Reached: a transfer has arrived.
type Reached struct{ PayoutID, TalentID, CampaignID string }

// Kind names the event.
func (Reached) Kind() string { return "payout.reached" }

// CameBack: a transfer was returned.
type CameBack struct{ PayoutID, TalentID, CampaignID string }

// Kind names the event.
func (CameBack) Kind() string { return "payout.came-back" }

// UnclearDue is kept until a transfer without confirmation becomes unclear.
type UnclearDue struct {
	AttemptID string
	Part      int64
}

// Kind names the job.
func (UnclearDue) Kind() string { return "payout.unclear-due" }

// Unclear: finance must find out where the money is, and the talent is told.
type WentUnclear struct{ PayoutID, TalentID, CampaignID string }

// Kind names the event.
func (WentUnclear) Kind() string { return "payout.went-unclear" }

// MustSettle: a booking was dropped; somebody decides what its talent is owed.
type MustSettle struct{ PayoutID, TalentID, CampaignID string }

// Kind names the event.
func (MustSettle) Kind() string { return "payout.must-settle" }

// Work registers the workers of this room.
func (s *Service) Work(r *job.Registry) {
	job.On(r, "payout", s.plan)
	job.On(r, "payout", func(ctx context.Context, e result.Posted) error {
		return s.reach(ctx, e.BookingID, AtPosting, allPosted)
	})
	job.On(r, "payout", func(ctx context.Context, e result.InsightsVerified) error {
		return s.reach(ctx, e.BookingID, AtInsights, allVerified)
	})
	job.On(r, "payout", s.dropped)
	job.On(r, "payout", s.changed)
	job.On(r, "payout", s.unclear)
	job.On(r, "payout", s.orderDue)
	job.On(r, "payout", s.hintCame)
	job.On(r, "payout", s.calledOff)
	s.workTasks(r)
}

// plan makes the payouts of a booking by its terms and earns those of the
// commitment. It may run twice.
func (s *Service) plan(ctx context.Context, e casting.Committed) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		b, err := casting.LoadBooking(ctx, tx, e.BookingID)
		if err != nil {
			return err
		}
		fees, err := DefaultTerms.Split(b.Fee)
		if err != nil {
			return err
		}
		for i, share := range DefaultTerms {
			p := Payout{ID: tx.NewID(), BookingID: b.ID, TalentID: b.TalentID, CampaignID: b.CampaignID, Number: int64(i + 1), Count: int64(len(DefaultTerms)),
				Milestone: share.Milestone, ShareBp: share.Bp, Fee: fees[i], GrossUp: b.Net, Days: share.Days, MadeAt: tx.Now(), Version: 1}
			if err := keepNew(ctx, tx, p); err != nil {
				return err
			}
		}
		return earn(ctx, tx, b.ID, AtCommitment)
	})
}

func keepNew(ctx context.Context, tx *db.Tx, p Payout) error {
	made, err := insertPayout(ctx, tx, p)
	if err != nil || !made {
		return err
	}
	return record(ctx, tx, access.System(), "payout.plan", p, map[string]any{"fee": p.Fee.String(), "milestone": p.Milestone}, "")
}

// earn earns the payouts of a booking that wait for a milestone.
func earn(ctx context.Context, tx *db.Tx, bookingID string, m Milestone) error {
	list, err := ListPayouts(ctx, tx, Filter{BookingID: bookingID})
	if err != nil {
		return err
	}
	day, err := today(ctx, tx)
	if err != nil {
		return err
	}
	for _, p := range list {
		if p.Milestone != m {
			continue
		}
		p, changed := p.Earn("milestone", tx.Now(), day)
		if !changed {
			continue
		}
		if err := savePayout(ctx, tx, p); err != nil {
			return err
		}
		if err := postEarned(ctx, tx, p); err != nil {
			return err
		}
		if err := job.Enqueue(ctx, tx, Earned{PayoutID: p.ID, TalentID: p.TalentID, CampaignID: p.CampaignID}, job.Unique(p.ID)); err != nil {
			return err
		}
		if err := record(ctx, tx, access.System(), "payout.earn", p, map[string]any{"fee": p.Fee.String(), "due_on": p.DueOn}, string(m)); err != nil {
			return err
		}
	}
	return nil
}

// reach earns a milestone when all that it asks for is there.
func (s *Service) reach(ctx context.Context, bookingID string, m Milestone, there func(context.Context, *db.Tx, casting.Booking) (bool, error)) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		b, err := casting.LoadBooking(ctx, tx, bookingID)
		if err != nil {
			return err
		}
		ok, err := there(ctx, tx, b)
		if err != nil || !ok {
			return err
		}
		return earn(ctx, tx, bookingID, m)
	})
}

// missingOf counts the deliverables of a booking that lack a post, and those that
// lack verified numbers.
func missingOf(ctx context.Context, tx *db.Tx, b casting.Booking) (posts, insights, all int, err error) {
	rows, err := result.ListRows(ctx, tx, b.CampaignID)
	if err != nil {
		return 0, 0, 0, err
	}
	for _, r := range rows {
		if r.Deliverable.BookingID != b.ID || !r.Deliverable.ClosedAt.IsZero() {
			continue
		}
		all++
		if r.Post.ID == "" {
			posts++
		}
		if r.Proof.ID == "" {
			insights++
		}
	}
	return posts, insights, all, nil
}

func allPosted(ctx context.Context, tx *db.Tx, b casting.Booking) (bool, error) {
	posts, _, all, err := missingOf(ctx, tx, b)
	return all > 0 && posts == 0, err
}

func allVerified(ctx context.Context, tx *db.Tx, b casting.Booking) (bool, error) {
	_, insights, all, err := missingOf(ctx, tx, b)
	return all > 0 && insights == 0, err
}

// dropped asks for a decision about what a dropped booking's talent is owed.
func (s *Service) dropped(ctx context.Context, e casting.Dropped) error {
	return s.db.Write(ctx, func(tx *db.Tx) error { return askSettlement(ctx, tx, Filter{BookingID: e.BookingID}, "dropped") })
}

// calledOff asks for a decision about each payout whose milestone nobody reaches any
// more, since the campaign's agreement was called off (A66).
func (s *Service) calledOff(ctx context.Context, e billing.CalledOffJob) error {
	if e.CampaignID == "" {
		return nil
	}
	return s.db.Write(ctx, func(tx *db.Tx) error { return askSettlement(ctx, tx, Filter{CampaignID: e.CampaignID}, "called-off") })
}

// askSettlement marks the payouts of a filter that were not earned as waiting for a
// decision. It may run twice.
func askSettlement(ctx context.Context, tx *db.Tx, f Filter, why string) error {
	list, err := ListPayouts(ctx, tx, f)
	if err != nil {
		return err
	}
	for _, p := range list {
		if !p.EarnedAt.IsZero() || !p.CancelAt.IsZero() || !p.AskedAt.IsZero() {
			continue
		}
		p.AskedAt = tx.Now()
		if err := savePayout(ctx, tx, p); err != nil {
			return err
		}
		if err := job.Enqueue(ctx, tx, MustSettle{PayoutID: p.ID, TalentID: p.TalentID, CampaignID: p.CampaignID}, job.Unique(p.ID)); err != nil {
			return err
		}
		if err := record(ctx, tx, access.System(), "payout.ask", p, nil, why); err != nil {
			return err
		}
	}
	return nil
}

// changed plans the extra fee of a change request that took effect: it is earned
// when all is posted.
func (s *Service) changed(ctx context.Context, e review.ChangeTookEffect) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := review.LoadChange(ctx, tx, e.ChangeID)
		if err != nil || c.Fee.Sign() <= 0 {
			return err
		}
		d, err := review.LoadDeliverable(ctx, tx, e.DeliverableID)
		if err != nil {
			return err
		}
		return keepNew(ctx, tx, Payout{ID: tx.NewID(), BookingID: d.BookingID, CauseID: c.ID, TalentID: d.TalentID, CampaignID: d.CampaignID, Number: 1, Count: 1,
			Milestone: AtPosting, ShareBp: 10_000, Fee: c.Fee, Days: DefaultTerms[0].Days, MadeAt: tx.Now(), Version: 1})
	})
}

// unclear tells finance of a transfer that nobody has confirmed in time.
func (s *Service) unclear(ctx context.Context, e UnclearDue) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		a, err := loadAttempt(ctx, tx, e.AttemptID)
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		if err != nil || a.State(tx.Now()) != Unclear {
			return err
		}
		p, err := LoadPayout(ctx, tx, a.PayoutID)
		if err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, WentUnclear{PayoutID: p.ID, TalentID: p.TalentID, CampaignID: p.CampaignID}, job.Unique(transferCause(a, a.Parts[e.Part-1], "", tx).ID))
	})
}
