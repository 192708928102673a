package billing

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

func insertCallOff(ctx context.Context, tx *db.Tx, agreementID string, c CallOff) error {
	_, err := tx.Exec(ctx, `INSERT INTO agreement_call_off (agreement_id, stage, currency, owed_minor, invoiced_minor, reason, called_at, called_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		agreementID, c.Stage, string(c.Owed.Currency), c.Owed.Minor, c.Invoiced.Minor, c.Reason, db.At(c.At), c.By)
	return err
}

// loadCallOff gives the settlement of an agreement, nil where it stands.
func loadCallOff(ctx context.Context, tx *db.Tx, agreementID string) (*CallOff, error) {
	var c CallOff
	var at db.Time
	err := tx.QueryRow(ctx, `SELECT stage, currency, owed_minor, invoiced_minor, reason, called_at, called_by FROM agreement_call_off WHERE agreement_id = $1`, agreementID).
		Scan(&c.Stage, &c.Owed.Currency, &c.Owed.Minor, &c.Invoiced.Minor, &c.Reason, &at, &c.By)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	c.Invoiced.Currency, c.At = c.Owed.Currency, at.Time
	return &c, err
}
