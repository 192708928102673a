package casting

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/db"
)

const checkInColumns = `k.id, k.booking_id, k.before_min, k.asked_at, k.answer, k.answered_at, k.note, k.version`

func scanCheckIn(r scanner) (c CheckIn, err error) {
	var minutes int64
	err = r.Scan(&c.ID, &c.BookingID, &minutes, instant(&c.AskedAt), &c.Answer, instant(&c.AnsweredAt), &c.Note, &c.Version)
	c.Before = time.Duration(minutes) * time.Minute
	return c, err
}

// ListCheckIns gives the check-ins of a campaign by booking, the earliest first.
func ListCheckIns(ctx context.Context, tx *db.Tx, campaignID string) (map[string][]CheckIn, error) {
	return checkInsWhere(ctx, tx, `b.campaign_id = $1`, campaignID)
}

func checkInsWhere(ctx context.Context, tx *db.Tx, where string, arg string) (map[string][]CheckIn, error) {
	rows, err := tx.Query(ctx, `SELECT `+checkInColumns+` FROM check_in k JOIN booking b ON b.id = k.booking_id WHERE `+where+` ORDER BY k.asked_at`, arg)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (CheckIn, error) { return scanCheckIn(r) })
	out := map[string][]CheckIn{}
	for _, c := range list {
		out[c.BookingID] = append(out[c.BookingID], c)
	}
	return out, err
}

func insertCheckIn(ctx context.Context, tx *db.Tx, c CheckIn) error {
	_, err := tx.Exec(ctx, `INSERT INTO check_in (id, booking_id, before_min, asked_at, answer, note, version) VALUES ($1, $2, $3, $4, '', '', 1)`,
		c.ID, c.BookingID, int64(c.Before/time.Minute), db.At(c.AskedAt))
	return err
}

func saveCheckIn(ctx context.Context, tx *db.Tx, c CheckIn) error {
	return db.Changed(tx.Exec(ctx, `UPDATE check_in SET answer = $3, answered_at = $4, note = $5, version = version + 1 WHERE id = $1 AND version = $2`,
		c.ID, c.Version, c.Answer, db.At(c.AnsweredAt), c.Note))
}

// forgetCheckIns takes back the unanswered check-ins of dates that were moved.
func forgetCheckIns(ctx context.Context, tx *db.Tx, bookingID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM check_in WHERE booking_id = $1 AND answered_at IS NULL`, bookingID)
	return err
}
