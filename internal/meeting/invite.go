package meeting

import (
	"strings"
	"time"

	"kolega/internal/locale"
	"kolega/internal/paper/ics"
	"kolega/internal/worktime"
)

// Invitation is a meeting as a calendar keeps it: on its own clock, with each side's
// local time in its words. A later file with a higher sequence takes the place of this
// one; that of a cancelled meeting takes it away.
func Invitation(m Meeting, l *locale.Loc) ics.Calendar {
	c := ics.Calendar{Product: "Kolega", Method: "PUBLISH", Events: []ics.Event{Entry(m, l)}}
	if m.Cancelled() {
		c.Method = "CANCEL"
	}
	return c
}

// Entry is the meeting as one event.
func Entry(m Meeting, l *locale.Loc) ics.Event {
	loc, err := worktime.Zone(m.Zone)
	if err != nil {
		loc = time.UTC
	}
	e := ics.Event{UID: "meeting-" + m.ID + "@kolega", Sequence: m.Sequence, Made: m.MadeAt, Start: m.Start, End: m.End, Zone: loc, Summary: m.Title, Location: m.Place, URL: m.Link, Status: "CONFIRMED"}
	if m.Cancelled() {
		e.Status = "CANCELLED"
	}
	var words []string
	for _, z := range m.Zones() {
		words = append(words, l.Time(m.Start, z)+"–"+l.Clock(m.End, z))
	}
	if m.Agenda != "" {
		words = append(words, "", m.Agenda)
	}
	if m.Link != "" {
		words = append(words, "", m.Link)
	}
	e.Description = strings.Join(words, "\n")
	if e.Location == "" {
		e.Location = m.Link
	}
	return e
}

// invitationBefore is how long before now a contact still sees a meeting.
const invitationBefore = 12 * time.Hour
