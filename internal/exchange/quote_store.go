package exchange

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

const quoteColumns = `id, on_day, from_currency, to_currency, rate, source, made_at, made_by`

func scanQuote(r *sql.Rows) (q Quote, err error) {
	var made db.Time
	err = r.Scan(&q.ID, &q.On, &q.From, &q.To, &q.Rate, &q.Source, &made, &q.MadeBy)
	q.MadeAt = made.Time
	return q, err
}

// insertQuote keeps a quote once; false when that day, pair and source has one.
func insertQuote(ctx context.Context, tx *db.Tx, q Quote) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO exchange_rate (`+quoteColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (on_day, from_currency, to_currency, source) DO NOTHING`,
		q.ID, string(q.On), string(q.From), string(q.To), q.Rate, q.Source, db.At(q.MadeAt), q.MadeBy)
	return n == 1, err
}

// standing gives the quote of that day, pair and source.
func standing(ctx context.Context, tx *db.Tx, q Quote) (rate string, err error) {
	err = tx.QueryRow(ctx, `SELECT rate FROM exchange_rate WHERE on_day = $1 AND from_currency = $2 AND to_currency = $3 AND source = $4`, string(q.On), string(q.From), string(q.To), q.Source).Scan(&rate)
	return rate, db.One(err)
}

func listQuotes(ctx context.Context, tx *db.Tx, limit int) ([]Quote, error) {
	rows, err := tx.Query(ctx, `SELECT `+quoteColumns+` FROM exchange_rate ORDER BY on_day DESC, from_currency, to_currency, source LIMIT $1`, limit)
	return db.Collect(rows, err, scanQuote)
}

// RateOn answers what one unit of a currency was in another on a day, by the quotes that
// are kept; false when none of the last days tells. Typed quotes come before files.
func RateOn(ctx context.Context, tx *db.Tx, from, to money.Currency, day worktime.Date) (Found, bool, error) {
	rows, err := tx.Query(ctx, `SELECT `+quoteColumns+` FROM exchange_rate WHERE on_day BETWEEN $1 AND $2 AND (from_currency IN ($3, $4) OR to_currency IN ($3, $4))
		ORDER BY on_day DESC, CASE WHEN source = 'ECB' THEN 1 ELSE 0 END, id DESC`, string(day.AddDays(-oldest)), string(day), string(from), string(to))
	list, err := db.Collect(rows, err, scanQuote)
	if err != nil {
		return Found{}, false, err
	}
	f, ok := Find(list, from, to, day)
	return f, ok, nil
}
