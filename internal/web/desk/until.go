package desk

import (
	"time"

	"kolega/internal/access"
	"kolega/internal/worktime"
)

// LinkUntil is the usual end of a link: 14 days after the campaign's end, and never in
// the past (R20).
func LinkUntil(end worktime.Date, now time.Time) time.Time {
	at := now
	if loc, err := worktime.Zone("Asia/Jakarta"); err == nil && end.Valid() && end.In(loc).After(now) {
		at = end.In(loc)
	}
	return access.LinkUntil(at)
}
