package casting

import (
	"time"

	"kolega/internal/worktime"
)

// Forecast says when whoever is sent something now first sees it, and until when
// it may be sent for that (R8).
type Forecast struct {
	Reads  time.Time // zero: their calendar never opens
	Zone   string    // theirs
	Before time.Time // sent before it, it is still seen on the same day of theirs
	AtOnce bool      // they are at work now
}

// usualReading is how much of somebody's working time passes before a thing that
// was sent is looked at.
const usualReading = 15 * time.Minute

// ForecastOf projects one hand-off into a calendar.
func ForecastOf(cal worktime.Calendar, now time.Time) Forecast {
	if cal.Zone == nil {
		return Forecast{}
	}
	f := Forecast{Zone: cal.Zone.String()}
	chain := []worktime.Step{{Calendar: cal, Handling: usualReading}}
	stops := worktime.Handoff(chain, now)
	if len(stops) == 0 {
		return f
	}
	f.Reads, f.AtOnce = stops[0].Opens, stops[0].Opens.Equal(now)
	f.Before = worktime.SendBefore(chain, now)
	return f
}
