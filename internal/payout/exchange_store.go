package payout

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/exchange"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// BookRate is the rate at which a payout in another currency stands in the agency's
// own, from the day it was earned; a new quote never changes it.
type BookRate struct {
	Currency money.Currency // the agency's own
	Rate     string         // of one unit of the payout's
	On       worktime.Date
	Source   string
}

// keepBookRate keeps the rate of the day a payout was earned where one is on record.
func keepBookRate(ctx context.Context, tx *db.Tx, p Payout) error {
	house, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return err
	}
	own := money.Currency(house.Currency)
	if own == "" || own == p.Fee.Currency {
		return nil
	}
	day, err := today(ctx, tx)
	if err != nil {
		return err
	}
	f, ok, err := exchange.RateOn(ctx, tx, p.Fee.Currency, own, day)
	if err != nil || !ok {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO payout_rate (payout_id, currency, rate, on_day, source) VALUES ($1, $2, $3, $4, $5)`, p.ID, string(own), f.Rate, string(f.On), f.Source)
	return err
}

// loadBookRate gives the rate that a payout is kept at; zero where there is none.
func loadBookRate(ctx context.Context, tx *db.Tx, payoutID string) (b BookRate, err error) {
	err = tx.QueryRow(ctx, `SELECT currency, rate, on_day, source FROM payout_rate WHERE payout_id = $1`, payoutID).Scan(&b.Currency, &b.Rate, &b.On, &b.Source)
	if errors.Is(err, sql.ErrNoRows) {
		return BookRate{}, nil
	}
	return b, err
}

// stood is what a transfer's amount stands for in the books, in the currency that was
// debited: at the payout's own rate, or at what was debited where there is no such rate.
func stood(ctx context.Context, tx *db.Tx, p Payout, t Transfer) (money.Amount, error) {
	b, err := loadBookRate(ctx, tx, p.ID)
	if err != nil || b.Rate == "" || b.Currency != t.Debit.Currency {
		return t.Debit, err
	}
	rate, err := money.ParseRate(b.Rate, t.Amount.Currency, b.Currency, 1)
	if err != nil {
		return t.Debit, err
	}
	return rate.Convert(t.Amount, money.HalfUp)
}
