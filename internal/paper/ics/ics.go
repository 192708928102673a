// Package ics writes calendar files (RFC 5545): single invitations and feeds. Each
// time stands on the clock of its own zone, with a VTIMEZONE that gives the zone's
// offsets around the events, so that a calendar shows the same hour whatever it knows
// of zones itself. It knows no word of the trade.
package ics

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Calendar is one file.
type Calendar struct {
	Product string // who makes it: "Kolega"
	Name    string // shown by calendars that subscribe to it; "" for an invitation
	Method  string // "PUBLISH", "REQUEST" or "CANCEL"; "" for a feed
	Refresh time.Duration
	Events  []Event
}

// Event is one entry. With Days it lasts whole days, from the day of Start to the day
// before End, on no clock; else from Start to End on the clock of Zone.
type Event struct {
	UID         string // stable and unique in the world
	Sequence    int64
	Made        time.Time // when it was written
	Start, End  time.Time
	Zone        *time.Location // nil: UTC
	Days        bool
	Summary     string
	Description string
	Location    string
	URL         string
	Categories  []string
	Status      string // "CONFIRMED", "TENTATIVE", "CANCELLED" or ""
	Free        bool   // it does not make people busy
	Organizer   Person
	Attendees   []Person
}

// Person is somebody of an invitation. Without an e-mail nobody is written down.
type Person struct{ Name, Email string }

// Write writes the file.
func (c Calendar) Write(w io.Writer) error {
	var l lines
	l.put("BEGIN", "VCALENDAR")
	l.put("VERSION", "2.0")
	l.put("PRODID", "-//"+plain(c.Product)+"//Calendar//EN")
	l.put("CALSCALE", "GREGORIAN")
	if c.Method != "" {
		l.put("METHOD", c.Method)
	}
	if c.Name != "" {
		l.text("NAME", c.Name)
		l.text("X-WR-CALNAME", c.Name)
	}
	if c.Refresh > 0 {
		l.put("REFRESH-INTERVAL;VALUE=DURATION", duration(c.Refresh))
		l.put("X-PUBLISHED-TTL", duration(c.Refresh))
	}
	for _, z := range zones(c.Events) {
		z.write(&l)
	}
	for _, e := range c.Events {
		e.write(&l)
	}
	l.put("END", "VCALENDAR")
	_, err := w.Write(l.b.Bytes())
	return err
}

func (e Event) write(l *lines) {
	l.put("BEGIN", "VEVENT")
	l.put("UID", plain(e.UID))
	l.put("DTSTAMP", utc(e.Made))
	l.put("SEQUENCE", fmt.Sprint(e.Sequence))
	e.times(l)
	l.text("SUMMARY", e.Summary)
	if e.Description != "" {
		l.text("DESCRIPTION", e.Description)
	}
	if e.Location != "" {
		l.text("LOCATION", e.Location)
	}
	if e.URL != "" {
		l.put("URL", plain(e.URL))
	}
	if len(e.Categories) > 0 {
		escaped := make([]string, len(e.Categories))
		for i, c := range e.Categories {
			escaped[i] = escape(c)
		}
		l.put("CATEGORIES", strings.Join(escaped, ","))
	}
	if e.Status != "" {
		l.put("STATUS", e.Status)
	}
	if e.Free {
		l.put("TRANSP", "TRANSPARENT")
	}
	if e.Organizer.Email != "" {
		l.put("ORGANIZER;CN="+quoted(e.Organizer.Name), "mailto:"+plain(e.Organizer.Email))
	}
	for _, a := range e.Attendees {
		if a.Email != "" {
			l.put("ATTENDEE;CN="+quoted(a.Name)+";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE", "mailto:"+plain(a.Email))
		}
	}
	l.put("END", "VEVENT")
}

func (e Event) times(l *lines) {
	switch {
	case e.Days:
		l.put("DTSTART;VALUE=DATE", e.Start.In(orUTC(e.Zone)).Format("20060102"))
		l.put("DTEND;VALUE=DATE", e.End.In(orUTC(e.Zone)).Format("20060102"))
	case e.Zone == nil || e.Zone == time.UTC:
		l.put("DTSTART", utc(e.Start))
		l.put("DTEND", utc(e.End))
	default:
		l.put("DTSTART;TZID="+e.Zone.String(), local(e.Start, e.Zone))
		l.put("DTEND;TZID="+e.Zone.String(), local(e.End, e.Zone))
	}
}

func orUTC(loc *time.Location) *time.Location {
	if loc == nil {
		return time.UTC
	}
	return loc
}

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

func local(t time.Time, loc *time.Location) string { return t.In(loc).Format("20060102T150405") }

// duration writes whole minutes: "PT360M".
func duration(d time.Duration) string { return fmt.Sprintf("PT%dM", int64(d/time.Minute)) }

// zone is one VTIMEZONE: what the clocks of a place do between two instants.
type zone struct {
	loc      *time.Location
	from, to time.Time
}

// zones gives the zones of timed events, each once, for a year around their times: a
// client that shows the event's neighbourhood needs no guess.
func zones(events []Event) (out []zone) {
	for _, e := range events {
		if e.Days || e.Zone == nil || e.Zone == time.UTC {
			continue
		}
		i := slices.IndexFunc(out, func(z zone) bool { return z.loc.String() == e.Zone.String() })
		if i < 0 {
			out = append(out, zone{e.Zone, e.Start, e.End})
			continue
		}
		if e.Start.Before(out[i].from) {
			out[i].from = e.Start
		}
		if e.End.After(out[i].to) {
			out[i].to = e.End
		}
	}
	return out
}

// write gives one observance for the offset that holds a year before the first event,
// and one for each change until a year after the last.
func (z zone) write(l *lines) {
	l.put("BEGIN", "VTIMEZONE")
	l.put("TZID", z.loc.String())
	at := z.from.AddDate(-1, 0, 0).In(z.loc)
	end := z.to.AddDate(1, 0, 0)
	_, off := at.Zone()
	z.observe(l, at, off, off, "19700101T000000")
	for {
		_, next := at.ZoneBounds()
		if next.IsZero() || next.After(end) {
			break
		}
		next = next.In(z.loc)
		_, before := next.Add(-time.Second).Zone()
		_, after := next.Zone()
		// The onset is written on the clock that was valid before it.
		onset := next.UTC().Add(time.Duration(before) * time.Second).Format("20060102T150405")
		z.observe(l, next, before, after, onset)
		at = next
	}
	l.put("END", "VTIMEZONE")
}

func (z zone) observe(l *lines, at time.Time, before, after int, onset string) {
	kind := "STANDARD"
	if at.IsDST() {
		kind = "DAYLIGHT"
	}
	name, _ := at.Zone()
	l.put("BEGIN", kind)
	l.put("DTSTART", onset)
	l.put("TZOFFSETFROM", offset(before))
	l.put("TZOFFSETTO", offset(after))
	l.put("TZNAME", plain(name))
	l.put("END", kind)
}

func offset(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	text := fmt.Sprintf("%s%02d%02d", sign, seconds/3600, seconds/60%60)
	if s := seconds % 60; s != 0 {
		text += fmt.Sprintf("%02d", s)
	}
	return text
}

// lines gathers content lines, folded at 75 octets and ended by CRLF.
type lines struct{ b bytes.Buffer }

func (l *lines) text(name, value string) { l.put(name, escape(value)) }

func (l *lines) put(name, value string) {
	line := name + ":" + value
	room := 75
	for len(line) > room {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		l.b.WriteString(line[:cut] + "\r\n ")
		line, room = line[cut:], 74 // the space of the fold counts
	}
	l.b.WriteString(line + "\r\n")
}

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// escape writes a text value.
func escape(s string) string { return escapes.Replace(clean(s)) }

// plain is a value that is no text: nothing in it may end the line.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// clean takes out what no text may hold: control characters but line ends and tabs.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// quoted is a parameter's value; a quote cannot stand in one.
func quoted(s string) string { return `"` + strings.ReplaceAll(plain(s), `"`, "'") + `"` }
