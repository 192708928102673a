package message

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/db"
)

const channelColumns = `id, settings, secret_sealed, secret_end, proof_sealed, active, changed_at, changed_name, tested_at, test_code, heard_at, failed_at, fail_code, paused_until, told_at, version`

func putChannel(ctx context.Context, tx *db.Tx, c Channel) error {
	if c.Version == 0 {
		n, err := tx.Exec(ctx, `INSERT INTO message_channel (`+channelColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, '', NULL, NULL, '', NULL, NULL, 1) ON CONFLICT (id) DO NOTHING`,
			c.ID, asText(c.Settings), c.secretSealed, c.SecretEnd, c.proofSealed, c.Active, db.At(c.ChangedAt), c.ChangedName)
		return db.Changed(n, err)
	}
	return db.Changed(tx.Exec(ctx, `UPDATE message_channel SET settings = $2, secret_sealed = $3, secret_end = $4, proof_sealed = $5, active = $6, changed_at = $7, changed_name = $8,
		fail_code = '', paused_until = NULL, version = version + 1 WHERE id = $1 AND version = $9`,
		c.ID, asText(c.Settings), c.secretSealed, c.SecretEnd, c.proofSealed, c.Active, db.At(c.ChangedAt), c.ChangedName, c.Version))
}

func loadChannel(ctx context.Context, tx *db.Tx, id string) (Channel, error) {
	c, err := scanChannel(tx.QueryRow(ctx, `SELECT `+channelColumns+` FROM message_channel WHERE id = $1`, id))
	return c, db.One(err)
}

func listChannels(ctx context.Context, tx *db.Tx) ([]Channel, error) {
	rows, err := tx.Query(ctx, `SELECT `+channelColumns+` FROM message_channel ORDER BY id`)
	return db.Collect(rows, err, func(r *sql.Rows) (Channel, error) { return scanChannel(r) })
}

func scanChannel(r scanner) (c Channel, err error) {
	var settings string
	var changed, tested, heard, failed, paused, told db.Time
	if err = r.Scan(&c.ID, &settings, &c.secretSealed, &c.SecretEnd, &c.proofSealed, &c.Active, &changed, &c.ChangedName, &tested, &c.TestCode, &heard, &failed, &c.FailCode, &paused, &told, &c.Version); err != nil {
		return c, err
	}
	c.ChangedAt, c.TestedAt, c.HeardAt, c.FailedAt, c.PausedUntil, c.ToldAt = changed.Time, tested.Time, heard.Time, failed.Time, paused.Time, told.Time
	c.HasProof = c.proofSealed != ""
	return c, fromText(settings, &c.Settings)
}

// keepTest keeps what a test found; one that went well opens a channel again that was
// out of order.
func keepTest(ctx context.Context, tx *db.Tx, id, code string) error {
	_, err := tx.Exec(ctx, `UPDATE message_channel SET tested_at = $2, test_code = $3, fail_code = CASE WHEN $3 = '' THEN '' ELSE fail_code END WHERE id = $1`, id, db.At(tx.Now()), code)
	return err
}

// keepHeard keeps that a service took something just now; at most once a minute.
func keepHeard(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `UPDATE message_channel SET heard_at = $2 WHERE id = $1 AND (heard_at IS NULL OR heard_at < $3)`, id, db.At(tx.Now()), db.At(tx.Now().Add(-time.Minute)))
	return err
}

// keepTold keeps the latest instant at which a service told us of a message.
func keepTold(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `UPDATE message_channel SET told_at = $2 WHERE id = $1 AND (told_at IS NULL OR told_at < $2)`, ByWhatsApp, db.At(tx.Now()))
	return err
}

// keepTrouble pauses a channel, or puts it out of order with a code.
func keepTrouble(ctx context.Context, tx *db.Tx, id, code string, until time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE message_channel SET failed_at = $2, fail_code = CASE WHEN $3 <> '' THEN $3 ELSE fail_code END,
		paused_until = CASE WHEN paused_until IS NULL OR paused_until < $4 THEN $4 ELSE paused_until END WHERE id = $1`, id, db.At(tx.Now()), code, db.At(until))
	return err
}
