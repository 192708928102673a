package campaign

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const slotColumns = `id, campaign_id, number, name, deliverables, budget_minor, budget_currency, price_minor, price_currency,
	draft_on, post_on, conditions, free, dropped_at, version`

// LoadSlot gives a slot, NotFound if there is none with the id.
func LoadSlot(ctx context.Context, tx *db.Tx, id string) (Slot, error) {
	s, err := scanSlot(tx.QueryRow(ctx, `SELECT `+slotColumns+` FROM slot WHERE id = $1`, id))
	return s, db.One(err)
}

// ListSlots gives a campaign's slots by number, the dropped ones included.
func ListSlots(ctx context.Context, tx *db.Tx, campaignID string) ([]Slot, error) {
	rows, err := tx.Query(ctx, `SELECT `+slotColumns+` FROM slot WHERE campaign_id = $1 ORDER BY number`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Slot, error) { return scanSlot(r) })
}

func scanSlot(r row) (s Slot, err error) {
	var made db.JSON[[]Deliverable]
	var conditions db.JSON[Conditions]
	var dropped db.Time
	err = r.Scan(&s.ID, &s.CampaignID, &s.Number, &s.Name, &made, &s.Budget.Minor, &s.Budget.Currency, &s.Price.Minor, &s.Price.Currency,
		&s.DraftOn, &s.PostOn, &conditions, &s.Free, &dropped, &s.Version)
	s.Deliverables, s.Conditions, s.DroppedAt = made.V, conditions.V, dropped.Time
	return s, err
}

// nextSlotNumber is one more than the highest number the campaign ever used.
func nextSlotNumber(ctx context.Context, tx *db.Tx, campaignID string) (n int64, err error) {
	err = tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) + 1 FROM slot WHERE campaign_id = $1`, campaignID).Scan(&n)
	return n, err
}

func insertSlot(ctx context.Context, tx *db.Tx, s Slot) error {
	_, err := tx.Exec(ctx, `INSERT INTO slot (`+slotColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, NULL, 1)`,
		s.ID, s.CampaignID, s.Number, s.Name, db.JSON[[]Deliverable]{V: s.Deliverables}, s.Budget.Minor, string(s.Budget.Currency),
		s.Price.Minor, string(s.Price.Currency), string(s.DraftOn), string(s.PostOn), db.JSON[Conditions]{V: s.Conditions}, s.Free)
	return err
}

func saveSlot(ctx context.Context, tx *db.Tx, s Slot) error {
	return db.Changed(tx.Exec(ctx, `UPDATE slot SET name = $3, deliverables = $4, budget_minor = $5, budget_currency = $6, price_minor = $7,
		price_currency = $8, draft_on = $9, post_on = $10, conditions = $11, dropped_at = $12, version = version + 1 WHERE id = $1 AND version = $2`,
		s.ID, s.Version, s.Name, db.JSON[[]Deliverable]{V: s.Deliverables}, s.Budget.Minor, string(s.Budget.Currency),
		s.Price.Minor, string(s.Price.Currency), string(s.DraftOn), string(s.PostOn), db.JSON[Conditions]{V: s.Conditions}, db.At(s.DroppedAt)))
}
