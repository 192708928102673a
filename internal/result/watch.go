package result

import (
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// recheckDays are the days after posting on which a live post is looked at again;
// afterwards every thirtieth, and always on the last day that it must stay.
var recheckDays = []int{1, 7, 30}

// RecheckOn is the first day, in the zone of who posted, on which somebody should see
// whether the post is still there: the first of its days after the last look. Empty
// when nothing is due any more, when it vanishes by itself, and when it is gone.
func RecheckOn(p Post, lastLook time.Time) worktime.Date {
	if !p.Live() || Story(p.Format) {
		return ""
	}
	zone := p.zone()
	from, seen := worktime.DateOf(p.PostedAt, zone), worktime.Date("")
	if !lastLook.IsZero() {
		seen = worktime.DateOf(lastLook, zone)
	}
	for n := 0; ; n++ {
		day := from.AddDays(recheckDay(n))
		if p.OnlineUntil != "" && day.After(p.OnlineUntil) {
			day = p.OnlineUntil
		}
		if day.After(seen) {
			return day
		}
		if p.OnlineUntil == "" && n+1 == 2 || p.OnlineUntil != "" && day == p.OnlineUntil {
			return ""
		}
	}
}

func recheckDay(n int) int {
	if n < len(recheckDays) {
		return recheckDays[n]
	}
	return 30 * (n - 1)
}

// zone is that of the promise, which is the talent's.
func (p Post) zone() *time.Location {
	if z, err := worktime.Zone(p.Due.Zone); err == nil {
		return z
	}
	return time.UTC
}

// Watched is a live post that must be looked at again, on a day.
type Watched struct {
	Post
	Talent, Campaign string
	On               worktime.Date
	LastLook         time.Time // zero: never
	Missed           bool      // the last look did not find it, and nobody has confirmed that yet
}

// Sight is what a look at a public address says.
type Sight string

// The sights.
const (
	Shown  Sight = "shown"
	Absent Sight = "absent" // deleted or private: to be confirmed, since platforms err
	Unsure Sight = "unsure" // the platform does not tell, or not now
)

// ErrWatchedNone is an answer about nothing.
var ErrWatchedNone = fault.Field("post", "post.watched-none")
