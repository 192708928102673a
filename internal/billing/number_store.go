package billing

import (
	"context"
	"fmt"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

// takeNumber takes the next number of a series for the year of a day, in the
// change that uses it: when that is lost, so is the taking, and no number is
// left out. Writers take turns, so none is given twice.
func takeNumber(ctx context.Context, tx *db.Tx, s Series, day worktime.Date) (number string, serial int64, err error) {
	var pattern string
	if err := tx.QueryRow(ctx, `SELECT pattern FROM number_series WHERE series = $1`, string(s)).Scan(&pattern); err != nil {
		return "", 0, fmt.Errorf("number series %s: %w", s, err)
	}
	if err := CheckPattern(pattern); err != nil {
		return "", 0, err
	}
	year, _, _ := day.Parts()
	err = tx.QueryRow(ctx, `INSERT INTO number_taken (series, year, last) VALUES ($1, $2, 1)
		ON CONFLICT (series, year) DO UPDATE SET last = number_taken.last + 1 RETURNING last`, string(s), year).Scan(&serial)
	if err != nil {
		return "", 0, fmt.Errorf("take a number: %w", err)
	}
	return FormatNumber(pattern, serial, day), serial, nil
}
