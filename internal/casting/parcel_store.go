package casting

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const parcelColumns = `p.booking_id, p.campaign_id, p.talent_id, p.contents, p.clock_days, p.asked_by, p.asked_at, p.recipient, p.address, p.addressed_at,
	p.courier, p.number, p.sent_by, p.sent_at, p.arrived_by, p.arrived_at, p.version`

func scanParcel(r scanner) (p Parcel, err error) {
	err = r.Scan(&p.BookingID, &p.CampaignID, &p.TalentID, &p.Contents, &p.ClockDays, &p.AskedBy, instant(&p.AskedAt), &p.Recipient, &p.Address, instant(&p.AddressedAt),
		&p.Courier, &p.Number, &p.SentBy, instant(&p.SentAt), &p.ArrivedBy, instant(&p.ArrivedAt), &p.Version)
	return p, err
}

// LoadParcel gives the parcel of a booking. Fault: not-found.
func LoadParcel(ctx context.Context, tx *db.Tx, bookingID string) (Parcel, error) {
	p, err := scanParcel(tx.QueryRow(ctx, `SELECT `+parcelColumns+` FROM parcel p WHERE p.booking_id = $1`, bookingID))
	return p, db.One(err)
}

// ListParcels gives the parcels of a campaign by booking.
func ListParcels(ctx context.Context, tx *db.Tx, campaignID string) (map[string]Parcel, error) {
	rows, err := tx.Query(ctx, `SELECT `+parcelColumns+` FROM parcel p WHERE p.campaign_id = $1`, campaignID)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Parcel, error) { return scanParcel(r) })
	out := make(map[string]Parcel, len(list))
	for _, p := range list {
		out[p.BookingID] = p
	}
	return out, err
}

func insertParcel(ctx context.Context, tx *db.Tx, p Parcel) error {
	n, err := tx.Exec(ctx, `INSERT INTO parcel (booking_id, campaign_id, talent_id, contents, clock_days, asked_by, asked_at, recipient, address, courier, number, sent_by, arrived_by, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', '', '', '', '', 1) ON CONFLICT DO NOTHING`,
		p.BookingID, p.CampaignID, p.TalentID, p.Contents, p.ClockDays, p.AskedBy, db.At(p.AskedAt))
	if err == nil && n == 0 {
		return ErrParcelThere
	}
	return err
}

func saveParcel(ctx context.Context, tx *db.Tx, p Parcel) error {
	return db.Changed(tx.Exec(ctx, `UPDATE parcel SET recipient = $3, address = $4, addressed_at = $5, courier = $6, number = $7, sent_by = $8, sent_at = $9,
		arrived_by = $10, arrived_at = $11, version = version + 1 WHERE booking_id = $1 AND version = $2`,
		p.BookingID, p.Version, p.Recipient, p.Address, db.At(p.AddressedAt), p.Courier, p.Number, p.SentBy, db.At(p.SentAt), p.ArrivedBy, db.At(p.ArrivedAt)))
}
