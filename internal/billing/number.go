package billing

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Series is a run of numbers: one for each kind of document, beginning again
// each year.
type Series string

// The series.
const (
	SeriesAgreement Series = "agreement"
	SeriesAddendum  Series = "addendum"
	SeriesInvoice   Series = "invoice"
	SeriesReceipt   Series = "receipt"
	SeriesCredit    Series = "credit-note"
)

// ErrPattern is a number pattern without a place for the serial and the year,
// so that two documents could read the same.
var ErrPattern = fault.New(fault.Invalid, "billing.pattern")

var romans = [12]string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}

// CheckPattern refuses a pattern that could give one number twice.
func CheckPattern(pattern string) error {
	if !strings.Contains(pattern, "{n}") || !strings.Contains(pattern, "{year}") {
		return ErrPattern
	}
	return nil
}

// FormatNumber writes a document's number: {n} is the serial with at least four
// digits, {roman} the month as agencies write it, {month} its two digits,
// {year} the four of the year. "INV/{n}/{roman}/{year}" gives "INV/0007/XI/2026".
func FormatNumber(pattern string, serial int64, day worktime.Date) string {
	year, month, _ := day.Parts()
	return strings.NewReplacer("{n}", fmt.Sprintf("%04d", serial), "{roman}", Roman(month),
		"{month}", fmt.Sprintf("%02d", int(month)), "{year}", strconv.Itoa(year)).Replace(pattern)
}

// Roman is a month in Roman figures.
func Roman(m time.Month) string { return romans[(int(m)-1+12)%12] }
