package worktime

import (
	"strings"
	"time"

	"kolega/internal/fault"
)

// Faults of reading a deadline.
var (
	ErrDueRequired   = fault.New(fault.Invalid, "due.required")
	ErrDueUnreadable = fault.New(fault.Invalid, "due.unreadable") // arg: text
)

// ParseDue reads a deadline as people write it.
func ParseDue(text string, now time.Time, cal Calendar, lang string) (Deadline, error) {
	s := strings.TrimSpace(text)
	if s == "" {
		return Deadline{}, ErrDueRequired
	}
	loc := orUTC(cal.Zone)
	if d, err := ParseDate(s); err == nil {
		return Deadline{At: endOfDay(d, loc), Zone: loc.String(), Entered: text}, nil
	}
	if t, err := time.ParseInLocation("2006-01-02T15:04", s, loc); err == nil {
		return Deadline{At: t, Zone: loc.String(), Entered: text}, nil
	}
	return Deadline{}, ErrDueUnreadable.With("text", text)
}
