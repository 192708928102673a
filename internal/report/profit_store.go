package report

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/money"
)

// moved is an amount of a campaign in one currency.
type moved struct {
	campaign string
	amount   money.Amount
}

func scanMoved(r *sql.Rows) (m moved, err error) {
	err = r.Scan(&m.campaign, &m.amount.Currency, &m.amount.Minor)
	return m, err
}

// the figures beside the ledger's margin, each by campaign and currency
const (
	agreedSQL = `SELECT campaign_id, value_currency, CAST(SUM(value_minor) AS BIGINT) FROM agreement WHERE campaign_id IS NOT NULL AND signed_at IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM agreement_call_off o WHERE o.agreement_id = agreement.id) GROUP BY campaign_id, value_currency`
	promisedSQL = `SELECT campaign_id, currency, CAST(SUM(fee_minor) AS BIGINT) FROM payout WHERE cancelled_at IS NULL GROUP BY campaign_id, currency`
	paidSQL     = `SELECT p.campaign_id, p.currency, CAST(SUM(t.amount_minor) AS BIGINT) FROM payout p JOIN payout_attempt a ON a.payout_id = p.id JOIN payout_transfer t ON t.attempt_id = a.id
		WHERE t.arrived_at IS NOT NULL GROUP BY p.campaign_id, p.currency`
	receivedSQL = `SELECT i.campaign_id, m.currency, CAST(SUM(m.cash_minor + m.charge_minor) AS BIGINT) FROM receipt_match m JOIN invoice i ON i.id = m.invoice_id
		WHERE m.reversed_at IS NULL AND i.campaign_id IS NOT NULL GROUP BY i.campaign_id, m.currency`
	budgetSQL = `SELECT campaign_id, budget_currency, CAST(SUM(budget_minor) AS BIGINT) FROM slot WHERE budget_minor > 0 GROUP BY campaign_id, budget_currency`
)

func listMoved(ctx context.Context, tx *db.Tx, text string) ([]moved, error) {
	rows, err := tx.Query(ctx, text)
	return db.Collect(rows, err, scanMoved)
}

// account balances of every campaign
type accounted struct {
	campaign, account string
	amount            money.Amount
}

// listAccounted sums the ledger by campaign, account and currency within a span of time.
func listAccounted(ctx context.Context, tx *db.Tx, since, until db.Time) ([]accounted, error) {
	rows, err := tx.Query(ctx, `SELECT e.campaign_id, l.account, l.amount_currency, CAST(SUM(l.amount_minor) AS BIGINT) FROM ledger_line l JOIN ledger_entry e ON e.id = l.entry_id
		WHERE e.campaign_id <> '' AND e.at >= $1 AND e.at < $2 GROUP BY e.campaign_id, l.account, l.amount_currency ORDER BY 1, 2, 3`, since, until)
	return db.Collect(rows, err, func(r *sql.Rows) (a accounted, err error) {
		err = r.Scan(&a.campaign, &a.account, &a.amount.Currency, &a.amount.Minor)
		return a, err
	})
}

// named is a campaign with whose it is.
type namedCampaign struct{ id, name, clientID, client, aeID, ae string }

func listNamed(ctx context.Context, tx *db.Tx) ([]namedCampaign, error) {
	rows, err := tx.Query(ctx, `SELECT c.id, c.name, c.client_id, k.name, COALESCE(c.ae_id, ''), COALESCE(p.name, '') FROM campaign c JOIN client k ON k.id = c.client_id LEFT JOIN person p ON p.id = c.ae_id`)
	return db.Collect(rows, err, func(r *sql.Rows) (c namedCampaign, err error) {
		err = r.Scan(&c.id, &c.name, &c.clientID, &c.client, &c.aeID, &c.ae)
		return c, err
	})
}
