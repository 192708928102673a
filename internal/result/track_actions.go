package result

import (
	"context"
	"crypto/rand"
	"io"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// MakeTrackLink gives a booking a short link that leads to the client's page (B26).
// Right: track.edit. Faults: track.target, track.booking.
func (s *Service) MakeTrackLink(ctx context.Context, actor access.Actor, bookingID, target string) (l TrackLink, err error) {
	if err := actor.Require("track.edit", access.Owner{}); err != nil {
		return l, err
	}
	if l.Target, err = Target(target); err != nil {
		return l, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		b, err := booked(ctx, tx, bookingID)
		if err != nil {
			return err
		}
		l.ID, l.CampaignID, l.BookingID, l.TalentID, l.Slug, l.MadeAt, l.MadeBy = tx.NewID(), b.CampaignID, b.ID, b.TalentID, newSlug(), tx.Now(), actor.Name
		if err := insertTrackLink(ctx, tx, l); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "track.link", Subject: "track-link", ID: l.ID, Campaign: l.CampaignID, Talent: l.TalentID, After: map[string]any{"slug": l.Slug, "target": l.Target}})
	})
	return l, err
}

// booked gives a booking that a link or code is for.
func booked(ctx context.Context, tx *db.Tx, id string) (casting.Booking, error) {
	if id == "" {
		return casting.Booking{}, ErrTrackBooking
	}
	b, err := casting.LoadBooking(ctx, tx, id)
	if fault.KindOf(err) == fault.NotFound {
		return b, ErrTrackBooking
	}
	return b, err
}

// newSlug draws the end of a short link.
func newSlug() string {
	b := make([]byte, slugLen)
	_, _ = rand.Read(b) // never fails
	for i := range b {
		b[i] = slugLetters[int(b[i])%len(slugLetters)]
	}
	return string(b)
}

// EndTrackLink stops offering a link. It leads on: it may stand in a post. Right:
// track.edit. Faults: not-found, conflict.changed.
func (s *Service) EndTrackLink(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("track.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		l, err := loadTrackLink(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := endTrackLink(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "track.end", Subject: "track-link", ID: id, Campaign: l.CampaignID, Talent: l.TalentID})
	})
}

// Follow says where a short link leads, and counts the call as a visit of today or as a
// robot's. Nothing else of it is kept. Everybody may. Fault: not-found.
func (s *Service) Follow(ctx context.Context, slug string, visit bool) (target string, err error) {
	var l TrackLink
	if err := s.db.Read(ctx, func(tx *db.Tx) error { l, err = trackTarget(ctx, tx, slug); return err }); err != nil {
		return "", err
	}
	visits, robots := int64(0), int64(1)
	if visit {
		visits, robots = 1, 0
	}
	return l.Target, s.db.Write(ctx, func(tx *db.Tx) error {
		return countVisit(ctx, tx, l.ID, worktime.DateOf(tx.Now(), nil), visits, robots)
	})
}

// MakePromoCode gives a booking a code. Right: track.edit. Faults: track.code,
// track.code-taken, track.booking.
func (s *Service) MakePromoCode(ctx context.Context, actor access.Actor, bookingID, code string) (c PromoCode, err error) {
	if err := actor.Require("track.edit", access.Owner{}); err != nil {
		return c, err
	}
	if c.Code, err = CodeOf(code); err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		b, err := booked(ctx, tx, bookingID)
		if err != nil {
			return err
		}
		c.ID, c.CampaignID, c.BookingID, c.TalentID, c.MadeAt, c.MadeBy = tx.NewID(), b.CampaignID, b.ID, b.TalentID, tx.Now(), actor.Name
		fresh, err := insertPromoCode(ctx, tx, c)
		if err != nil {
			return err
		}
		if !fresh {
			return ErrCodeTaken
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "track.code", Subject: "promo-code", ID: c.ID, Campaign: c.CampaignID, Talent: c.TalentID, After: map[string]any{"code": c.Code}})
	})
	return c, err
}

// SaySale is what the client's shop said of a day.
type SaySale struct {
	CodeID string
	Day    worktime.Date
	Orders int64
	Amount money.Amount // none when it does not say
}

// SaySale keeps what a code sold on a day, in the place of what was said of it before.
// Right: track.edit. Faults: track.day, track.orders, track.amount, not-found.
func (s *Service) SaySale(ctx context.Context, actor access.Actor, in SaySale) error {
	if err := actor.Require("track.edit", access.Owner{}); err != nil {
		return err
	}
	switch {
	case !in.Day.Valid() || in.Day.After(worktime.DateOf(s.db.Now(), nil)):
		return ErrSaleDay
	case in.Orders < 0:
		return ErrSaleOrders
	case in.Amount.Sign() < 0:
		return ErrSaleAmount
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := loadPromoCode(ctx, tx, in.CodeID)
		if err != nil {
			return err
		}
		if err := putSale(ctx, tx, Sale{CodeID: c.ID, Day: in.Day, Orders: in.Orders, Amount: in.Amount, Source: FromStaff}, actor.Name); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "track.sale", Subject: "promo-code", ID: c.ID, Campaign: c.CampaignID, Talent: c.TalentID,
			After: map[string]any{"day": in.Day, "orders": in.Orders, "amount": in.Amount.Minor}})
	})
}

// BringSales keeps a shop's CSV file of sales, all of it or none; a second time it changes
// nothing. It tells how many lines were kept. Right: track.edit. Faults: track.*, with the
// line as "row".
func (s *Service) BringSales(ctx context.Context, actor access.Actor, campaignID string, file io.Reader) (n int, err error) {
	if err := actor.Require("track.edit", access.Owner{CampaignID: campaignID}); err != nil {
		return 0, err
	}
	var c campaign.Campaign
	if err := s.db.Read(ctx, func(tx *db.Tx) error { c, err = campaign.LoadCampaign(ctx, tx, campaignID); return err }); err != nil {
		return 0, err
	}
	lines, err := ReadSales(file, c.Currency, actor.Lang, worktime.DateOf(s.db.Now(), nil))
	if err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		for _, l := range lines {
			code, ok, err := codeIn(ctx, tx, campaignID, l.Code)
			if err != nil {
				return err
			}
			if !ok {
				return ErrSaleUnknown.With("row", l.Row, "code", l.Code)
			}
			l.CodeID = code.ID
			if err := putSale(ctx, tx, l.Sale, actor.Name); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "track.sales", Subject: "campaign", ID: campaignID, Campaign: campaignID, Client: c.ClientID, After: map[string]any{"lines": len(lines)}})
	})
	return len(lines), err
}

// Trace gives what came of a campaign's links and codes, one line a booking in the order
// of the bookings. Right: track.see.
func (s *Service) Trace(ctx context.Context, actor access.Actor, campaignID string) (out []Traced, err error) {
	if err := actor.Require("track.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = TraceOf(ctx, tx, campaignID)
		return err
	})
	return out, err
}

// TraceOf is Trace as a step of someone's transaction.
func TraceOf(ctx context.Context, tx *db.Tx, campaignID string) ([]Traced, error) {
	bookings, err := casting.ListBookings(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	links, err := listTrackLinks(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	codes, err := listPromoCodes(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(bookings))
	for i, b := range bookings {
		ids[i] = b.TalentID
	}
	talents, err := talent.LoadTalents(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Traced, 0, len(bookings))
	for _, b := range bookings {
		line := Traced{BookingID: b.ID, TalentID: b.TalentID, Talent: talents[b.TalentID].Name}
		for _, l := range links {
			if l.BookingID == b.ID {
				line.Links, line.Visits = append(line.Links, l), line.Visits+l.Visits
			}
		}
		for _, c := range codes {
			if c.BookingID != b.ID {
				continue
			}
			line.Codes = append(line.Codes, c)
			if err := line.add(c); err != nil {
				return nil, err
			}
		}
		out = append(out, line)
	}
	return out, nil
}
