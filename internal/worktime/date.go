package worktime

import (
	"time"

	"kolega/internal/fault"
)

// ErrDate is a text that is no day between the years 2000 and 2100.
var ErrDate = fault.New(fault.Invalid, "date.unreadable")

// Date is a calendar day without a zone, "2026-11-24". The zero value is no day.
// Dates compare as text.
type Date string

// ParseDate reads the form YYYY-MM-DD. Days that do not exist, and years outside
// 2000–2100, are refused. Fault: date.unreadable.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 2000 || t.Year() > 2100 {
		return "", ErrDate.With("text", s)
	}
	return Date(s), nil
}

// DayOf makes a Date from its parts; a day past the month's end runs on into the next.
func DayOf(year int, month time.Month, day int) Date {
	return fromTime(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf is the day on which t falls in loc.
func DateOf(t time.Time, loc *time.Location) Date { return fromTime(t.In(orUTC(loc))) }

func fromTime(t time.Time) Date { return Date(t.AppendFormat(make([]byte, 0, 10), time.DateOnly)) }

// Valid says whether d is a day that exists.
func (d Date) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

// IsZero says whether this is no day.
func (d Date) IsZero() bool { return d == "" }

// utc is midnight of d in UTC; the zero time for no day.
func (d Date) utc() time.Time {
	if len(d) != 10 {
		return time.Time{}
	}
	return time.Date(number(d[:4]), time.Month(number(d[5:7])), number(d[8:]), 0, 0, 0, 0, time.UTC)
}

func number(s Date) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// Parts gives year, month and day.
func (d Date) Parts() (int, time.Month, int) { return d.utc().Date() }

// AddDays moves n days on, or back.
func (d Date) AddDays(n int) Date { return fromTime(d.utc().AddDate(0, 0, n)) }

// AddMonths moves n months on and keeps the day, or takes the month's last day if
// it has no such day: 31 January plus one month is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.Parts()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return fromTime(first.AddDate(0, 0, min(day, last)-1))
}

// DaysUntil is the number of days from d to e, negative when e is earlier.
func (d Date) DaysUntil(e Date) int { return int(e.utc().Sub(d.utc()) / (24 * time.Hour)) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Before says whether d is earlier than e.
func (d Date) Before(e Date) bool { return d < e }

// After says whether d is later than e.
func (d Date) After(e Date) bool { return d > e }

// In is the first instant of the day in loc.
func (d Date) In(loc *time.Location) time.Time {
	return wallInstant(orUTC(loc), dayNumber(d.utc()), 0)
}

// At is the first instant of the day whose clock shows at least hour:minute in loc.
func (d Date) At(hour, minute int, loc *time.Location) time.Time {
	return wallInstant(orUTC(loc), dayNumber(d.utc()), hour*60+minute)
}

func orUTC(loc *time.Location) *time.Location {
	if loc == nil {
		return time.UTC
	}
	return loc
}
