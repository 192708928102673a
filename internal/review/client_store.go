package review

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/money"
)

// GoodwillToClient sums what a client was given free over its campaigns (R1): the usual
// prices of wishes over the limit that were sent on all the same, one sum a currency.
func GoodwillToClient(ctx context.Context, tx *db.Tx, clientID string) ([]money.Amount, error) {
	rows, err := tx.Query(ctx, `SELECT i.usual_currency, CAST(SUM(i.usual_minor) AS BIGINT) FROM review_item i JOIN campaign c ON c.id = i.campaign_id
		WHERE c.client_id = $1 AND i.goodwill_reason <> '' AND i.sent_on_at IS NOT NULL GROUP BY i.usual_currency ORDER BY i.usual_currency`, clientID)
	return db.Collect(rows, err, func(r *sql.Rows) (money.Amount, error) {
		var minor int64
		var cur string
		err := r.Scan(&cur, &minor)
		return money.New(minor, money.Currency(cur)), err
	})
}
