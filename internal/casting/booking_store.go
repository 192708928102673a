package casting

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

const bookingColumns = `b.id, b.campaign_id, b.client_id, b.slot_id, b.offer_id, b.candidate_id, b.talent_id, b.account_id,
	b.fee_minor, b.fee_currency, b.home_minor, b.home_currency, b.price_minor, b.price_currency, b.pieces, b.rights, b.net,
	b.draft_due_at, b.draft_due_zone, b.draft_due_text, b.turn_due_at, b.turn_due_zone, b.turn_due_text,
	b.post_due_at, b.post_due_zone, b.post_due_text, b.reserve, b.committed_at, b.extended_at, b.draft_at, b.delivered_at, b.dropped_at,
	b.drop_kind, b.drop_reason, b.version`

func scanBooking(r scanner) (b Booking, err error) {
	err = r.Scan(&b.ID, &b.CampaignID, &b.ClientID, &b.SlotID, &b.OfferID, &b.CandidateID, &b.TalentID, &b.AccountID,
		&b.Fee.Minor, &b.Fee.Currency, &b.FeeHome.Minor, &b.FeeHome.Currency, &b.Price.Minor, &b.Price.Currency, document(&b.Deliverables), document(&b.Rights), &b.Net,
		instant(&b.DraftDue.At), &b.DraftDue.Zone, &b.DraftDue.Entered, instant(&b.RevisionDue.At), &b.RevisionDue.Zone, &b.RevisionDue.Entered,
		instant(&b.PostDue.At), &b.PostDue.Zone, &b.PostDue.Entered, &b.Reserve, instant(&b.CommittedAt), instant(&b.ExtendedAt), instant(&b.DraftAt), instant(&b.DeliveredAt), instant(&b.DroppedAt),
		&b.DropKind, &b.DropReason, &b.Version)
	return b, err
}

// LoadBooking gives one booking. Fault: not-found.
func LoadBooking(ctx context.Context, tx *db.Tx, id string) (Booking, error) {
	b, err := scanBooking(tx.QueryRow(ctx, `SELECT `+bookingColumns+` FROM booking b WHERE b.id = $1`, id))
	return b, db.One(err)
}

// ListBookings gives all bookings of a campaign, dropped ones too, oldest first.
func ListBookings(ctx context.Context, tx *db.Tx, campaignID string) ([]Booking, error) {
	return bookingsWhere(ctx, tx, `b.campaign_id = $1`, campaignID)
}

// ListBookingsOf gives all bookings of a talent, oldest first.
func ListBookingsOf(ctx context.Context, tx *db.Tx, talentID string) ([]Booking, error) {
	return bookingsWhere(ctx, tx, `b.talent_id = $1`, talentID)
}

func bookingsWhere(ctx context.Context, tx *db.Tx, where, arg string) ([]Booking, error) {
	rows, err := tx.Query(ctx, `SELECT `+bookingColumns+` FROM booking b WHERE `+where+` ORDER BY b.committed_at, b.id`, arg)
	return db.Collect(rows, err, func(r *sql.Rows) (Booking, error) { return scanBooking(r) })
}

func insertBooking(ctx context.Context, tx *db.Tx, b Booking) error {
	_, err := tx.Exec(ctx, `INSERT INTO booking (id, campaign_id, client_id, slot_id, offer_id, candidate_id, talent_id, account_id,
			fee_minor, fee_currency, home_minor, home_currency, price_minor, price_currency, pieces, rights, net,
			draft_due_at, draft_due_zone, draft_due_text, turn_due_at, turn_due_zone, turn_due_text,
			post_due_at, post_due_zone, post_due_text, post_on, reserve, committed_at, drop_kind, drop_reason, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, '', '', 1)`,
		b.ID, b.CampaignID, b.ClientID, b.SlotID, b.OfferID, b.CandidateID, b.TalentID, b.AccountID,
		b.Fee.Minor, b.Fee.Currency, b.FeeHome.Minor, b.FeeHome.Currency, b.Price.Minor, b.Price.Currency, db.JSON[[]Piece]{V: b.Deliverables}, db.JSON[Rights]{V: b.Rights}, b.Net,
		db.At(b.DraftDue.At), b.DraftDue.Zone, b.DraftDue.Entered, db.At(b.RevisionDue.At), b.RevisionDue.Zone, b.RevisionDue.Entered,
		db.At(b.PostDue.At), b.PostDue.Zone, b.PostDue.Entered, string(b.PostOn()), b.Reserve, db.At(b.CommittedAt))
	return err
}

// saveBooking keeps the facts that come after the commitment.
func saveBooking(ctx context.Context, tx *db.Tx, b Booking) error {
	return db.Changed(tx.Exec(ctx, `UPDATE booking SET draft_at = $3, delivered_at = $4, dropped_at = $5, drop_kind = $6, drop_reason = $7, version = version + 1
		WHERE id = $1 AND version = $2`, b.ID, b.Version, db.At(b.DraftAt), db.At(b.DeliveredAt), db.At(b.DroppedAt), b.DropKind, b.DropReason))
}

// saveExtension keeps the dates that a talent offered instead and the client was told of.
func saveExtension(ctx context.Context, tx *db.Tx, b Booking) error {
	return db.Changed(tx.Exec(ctx, `UPDATE booking SET draft_due_at = $3, draft_due_zone = $4, draft_due_text = $5, post_due_at = $6, post_due_zone = $7,
			post_due_text = $8, post_on = $9, extended_at = $10, version = version + 1 WHERE id = $1 AND version = $2`,
		b.ID, b.Version, db.At(b.DraftDue.At), b.DraftDue.Zone, b.DraftDue.Entered, db.At(b.PostDue.At), b.PostDue.Zone, b.PostDue.Entered, string(b.PostOn()), db.At(b.ExtendedAt)))
}

// DraftArrived keeps that the first draft of a booking is there: it ends the
// check-ins and the lateness (R3). A later draft changes nothing. The slice that
// takes drafts calls it in the upload's own commit.
func DraftArrived(ctx context.Context, tx *db.Tx, bookingID string, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE booking SET draft_at = $2, version = version + 1 WHERE id = $1 AND draft_at IS NULL`, bookingID, db.At(at))
	return err
}

// Delivered keeps that everything owed under a booking is live. A second call
// changes nothing.
func Delivered(ctx context.Context, tx *db.Tx, bookingID string, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE booking SET delivered_at = $2, version = version + 1
		WHERE id = $1 AND delivered_at IS NULL AND dropped_at IS NULL`, bookingID, db.At(at))
	return err
}

// PostOn is the calendar day of the posting in the talent's zone.
func (b Booking) PostOn() worktime.Date { return dayOf(b.PostDue) }

func dayOf(d worktime.Deadline) worktime.Date {
	loc, err := worktime.Zone(d.Zone)
	if err != nil {
		loc = time.UTC
	}
	return worktime.DateOf(d.At, loc)
}
