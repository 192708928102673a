package worktime

import "time"

// Deadline is an instant, the zone of the person who owes, and the words it was
// entered with (R8). The zero value is no deadline.
type Deadline struct {
	At      time.Time
	Zone    string
	Entered string
}

// IsZero says whether there is no deadline.
func (d Deadline) IsZero() bool { return d.At.IsZero() }

// EndOfDay is 23:59:59 of the date in the owner's zone: a date without a time.
// Fault: zone.unknown.
func EndOfDay(date Date, zone string) (Deadline, error) {
	loc, err := Zone(zone)
	if err != nil {
		return Deadline{}, err
	}
	return Deadline{At: endOfDay(date, loc), Zone: zone, Entered: string(date)}, nil
}

// endOfDay is one second before the next day begins, also when the clocks change at midnight.
func endOfDay(d Date, loc *time.Location) time.Time {
	return d.AddDays(1).In(loc).Add(-time.Second)
}

// Wall is the owner's local date and time, "2026-11-24T17:00:00", to be stored beside
// the instant: it is what stays when a zone's rules change.
func (d Deadline) Wall() string {
	loc, err := Zone(d.Zone)
	if err != nil {
		loc = time.UTC
	}
	return d.At.In(loc).Format("2006-01-02T15:04:05")
}

// Resettled is the deadline after a zone's rules may have changed: a future one keeps
// the local time wall and gets its instant anew; a past one stays. Faults:
// zone.unknown, date.unreadable.
func (d Deadline) Resettled(wall string, now time.Time) (Deadline, error) {
	if !d.At.After(now) {
		return d, nil
	}
	loc, err := Zone(d.Zone)
	if err != nil {
		return d, err
	}
	t, err := time.Parse("2006-01-02T15:04:05", wall)
	if err != nil {
		return d, ErrDate.With("text", wall)
	}
	at := wallInstant(loc, dayNumber(t), t.Hour()*60+t.Minute())
	d.At = at.Add(time.Duration(t.Second()) * time.Second)
	return d, nil
}
