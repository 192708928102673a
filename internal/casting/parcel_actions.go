package casting

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/job"
)

// AskParcel says that a product sample goes to a booked talent: the talent's page
// asks for the address from now on. Faults: booking.ended, parcel.*.
func (s *Service) AskParcel(ctx context.Context, actor access.Actor, bookingID, contents string, clockDays int64) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		b, st, err := bookingOf(ctx, tx, actor, "booking.edit", bookingID)
		if err != nil {
			return err
		}
		p, err := b.Ask(contents, clockDays, actor.Name, tx.Now())
		if err != nil {
			return err
		}
		if err := insertParcel(ctx, tx, p); err != nil {
			return err
		}
		return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "parcel.ask", Subject: "booking", ID: b.ID, Talent: b.TalentID, After: map[string]any{"contents": p.Contents, "days": p.ClockDays}})
	})
}

// GiveAddress is the talent's answer. Neither the trail nor any page of the talent
// repeats it. Faults: parcel.recipient, parcel.address, parcel.order.
func (s *Service) GiveAddress(ctx context.Context, actor access.Actor, bookingID, recipient, address string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, st, err := ownParcel(ctx, tx, actor, bookingID)
		if err != nil {
			return err
		}
		if p, err = p.To(recipient, address, tx.Now()); err != nil {
			return err
		}
		if err := saveParcel(ctx, tx, p); err != nil {
			return err
		}
		return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "parcel.address", Subject: "booking", ID: bookingID, Talent: p.TalentID})
	})
}

func ownParcel(ctx context.Context, tx *db.Tx, actor access.Actor, bookingID string) (Parcel, *stage, error) {
	p, err := LoadParcel(ctx, tx, bookingID)
	if err != nil {
		return p, nil, err
	}
	if err := actor.Require("parcel.own", access.Owner{TalentID: p.TalentID, CampaignID: p.CampaignID}); err != nil {
		return p, nil, err
	}
	st, err := loadStage(ctx, tx, p.CampaignID)
	if err == nil && !st.campaign.Open() {
		err = campaign.ErrClosed
	}
	return p, st, err
}

// SendParcel keeps courier and number. Faults: parcel.order, parcel.number.
func (s *Service) SendParcel(ctx context.Context, actor access.Actor, bookingID, courier, number string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		b, st, err := bookingOf(ctx, tx, actor, "booking.edit", bookingID)
		if err != nil {
			return err
		}
		p, err := LoadParcel(ctx, tx, b.ID)
		if err != nil {
			return err
		}
		if p, err = p.Send(courier, number, actor.Name, tx.Now()); err != nil {
			return err
		}
		if err := saveParcel(ctx, tx, p); err != nil {
			return err
		}
		return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "parcel.send", Subject: "booking", ID: b.ID, Talent: b.TalentID, After: map[string]any{"courier": p.Courier, "number": p.Number}})
	})
}

// ParcelArrived is said by the talent, or by the agency. Where it was agreed the
// draft's clock starts now: later dates replace the promised ones unless they would
// end after the campaign, which a person must decide. Fault: parcel.order.
func (s *Service) ParcelArrived(ctx context.Context, actor access.Actor, bookingID string) (moved bool, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		b, st, p, err := arriving(ctx, tx, actor, bookingID)
		if err != nil {
			return err
		}
		if p, err = p.Arrive(actor.Name, tx.Now()); err != nil {
			return err
		}
		if err := saveParcel(ctx, tx, p); err != nil {
			return err
		}
		if moved, err = startClock(ctx, tx, st, b, p); err != nil {
			return err
		}
		return note(ctx, tx, actor, st.campaign, audit.Entry{Verb: "parcel.arrive", Subject: "booking", ID: b.ID, Talent: b.TalentID, After: map[string]any{"moved": moved}})
	})
	return moved, err
}

func arriving(ctx context.Context, tx *db.Tx, actor access.Actor, bookingID string) (Booking, *stage, Parcel, error) {
	if actor.IsStaff() {
		b, st, err := bookingOf(ctx, tx, actor, "booking.edit", bookingID)
		if err != nil {
			return b, st, Parcel{}, err
		}
		p, err := LoadParcel(ctx, tx, bookingID)
		return b, st, p, err
	}
	p, st, err := ownParcel(ctx, tx, actor, bookingID)
	if err != nil {
		return Booking{}, st, p, err
	}
	b, err := LoadBooking(ctx, tx, bookingID)
	return b, st, p, err
}

func startClock(ctx context.Context, tx *db.Tx, st *stage, b Booking, p Parcel) (bool, error) {
	draft, post, moved := b.FromArrival(p)
	term, err := st.term()
	if err != nil || !moved || !b.Active() || post.At.After(term.To) {
		return false, err
	}
	b.DraftDue, b.PostDue, b.ExtendedAt = draft, post, tx.Now()
	if err := saveExtension(ctx, tx, b); err != nil {
		return false, err
	}
	if err := forgetCheckIns(ctx, tx, b.ID); err != nil {
		return false, err
	}
	if err := planCheckIns(ctx, tx, st, b); err != nil {
		return false, err
	}
	if err := keepBonds(ctx, tx, st, b); err != nil {
		return false, err
	}
	return true, job.Enqueue(ctx, tx, Extended{BookingID: b.ID, CampaignID: b.CampaignID, TalentID: b.TalentID})
}

// Parcels gives the parcels of a campaign by booking, with addresses: for the
// agency's people who send them.
func (s *Service) Parcels(ctx context.Context, actor access.Actor, campaignID string) (out map[string]Parcel, err error) {
	if err := actor.Require("booking.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListParcels(ctx, tx, campaignID); return err })
	return out, err
}
