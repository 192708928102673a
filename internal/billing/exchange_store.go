package billing

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/exchange"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// BookRate is the rate at which an invoice in another currency stands in the agency's
// own; a new quote never changes it.
type BookRate struct {
	Currency money.Currency // the agency's own
	Rate     string         // of one unit of the invoice's
	On       worktime.Date
	Source   string
}

// keepBookRate keeps the rate of the day of issue where one is on record.
func keepBookRate(ctx context.Context, tx *db.Tx, i Invoice, house access.Agency) error {
	own := money.Currency(house.Currency)
	if own == "" || own == i.Currency {
		return nil
	}
	f, ok, err := exchange.RateOn(ctx, tx, i.Currency, own, i.IssuedOn)
	if err != nil || !ok {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO invoice_rate (invoice_id, currency, rate, on_day, source) VALUES ($1, $2, $3, $4, $5)`, i.ID, string(own), f.Rate, string(f.On), f.Source)
	return err
}

// loadBookRate gives the rate that an invoice is kept at; zero where there is none.
func loadBookRate(ctx context.Context, tx *db.Tx, invoiceID string) (b BookRate, err error) {
	err = tx.QueryRow(ctx, `SELECT currency, rate, on_day, source FROM invoice_rate WHERE invoice_id = $1`, invoiceID).Scan(&b.Currency, &b.Rate, &b.On, &b.Source)
	if errors.Is(err, sql.ErrNoRows) {
		return BookRate{}, nil
	}
	return b, err
}

// bookDifference books what a rate won or lost between the issue of an invoice and the
// money for it: the money as it came, against the matched part at the invoice's own rate.
func bookDifference(ctx context.Context, tx *db.Tx, r Receipt, i Invoice, m Match) error {
	b, err := loadBookRate(ctx, tx, i.ID)
	if err != nil {
		return err
	}
	won, err := difference(r, m, b)
	if err != nil || won.IsZero() {
		return err
	}
	_, err = ledger.Post(ctx, tx, ledger.Entry{Cause: ledger.Cause{Kind: "match", ID: m.ID, Step: "exchanged", At: tx.Now()}, CampaignID: i.CampaignID, ClientID: i.ClientID, Note: i.Number,
		Lines: []ledger.Line{ledger.Debit(ledger.Clearing, won, i.ID), ledger.Credit(ledger.ExchangeDifference, won, i.ID)}})
	return err
}

// undoDifference takes the difference of a match back, where one was booked.
func undoDifference(ctx context.Context, tx *db.Tx, m Match, reason string) error {
	err := ledger.ReverseStep(ctx, tx, ledger.Cause{Kind: "match", ID: m.ID, Step: "exchanged"}, reason)
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	return err
}
