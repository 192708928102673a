package worktime

import (
	"strconv"
	"strings"
	"time"

	"kolega/internal/fault"
)

// Faults of reading a deadline. Each carries the text.
var (
	ErrDueRequired   = fault.New(fault.Invalid, "due.required")
	ErrDueUnreadable = fault.New(fault.Invalid, "due.unreadable")
	ErrDueSlash      = fault.New(fault.Invalid, "due.slash")  // 12/11 in a language without one order
	ErrDuePast       = fault.New(fault.Invalid, "due.past")   // it would be over already
	ErrDueGap        = fault.New(fault.Invalid, "due.gap")    // the clocks jump over that time
	ErrDueTwice      = fault.New(fault.Invalid, "due.twice")  // that time comes twice; arg: example with an offset
	ErrDueClosed     = fault.New(fault.Invalid, "due.closed") // the calendar has no such working time
)

// ParseDue reads a deadline as people write it, in the owner's calendar and zone (R8):
// "besok 17.00", "tomorrow 5 pm", "Jumat", "24 Nov 17.00 WIB", "3 hari kerja", "in 2 hours",
// "akhir bulan", or ISO 8601 with or without an offset. Indonesian and English are understood in
// every language; lang decides only the order of 24/11. A day without a time means
// 23:59:59 in the owner's zone; "N jam kerja" and "N hari kerja" use the owner's hours and holidays.
// What could mean two things, and what is over, is refused. Faults: due.*, date.unreadable.
func ParseDue(text string, now time.Time, cal Calendar, lang string) (Deadline, error) {
	entered := strings.Join(strings.Fields(text), " ")
	if entered == "" {
		return Deadline{}, ErrDueRequired
	}
	if len(entered) > 100 {
		return Deadline{}, ErrDueUnreadable.With("text", entered[:40])
	}
	r := dueReader{now: now, cal: cal, loc: orUTC(cal.Zone), lang: lang}
	r.today = DateOf(now, r.loc)
	at, err := r.read(entered)
	if err == nil && !at.After(now) {
		err = ErrDuePast
	}
	if err != nil {
		return Deadline{}, err.With("text", entered)
	}
	return Deadline{At: at.UTC(), Zone: r.loc.String(), Entered: entered}, nil
}

// dueReader reads one deadline.
type dueReader struct {
	now   time.Time
	today Date
	cal   Calendar
	loc   *time.Location
	lang  string
}

func (r dueReader) read(entered string) (time.Time, *fault.Error) {
	if at, ok, err := r.iso(strings.ToUpper(entered)); ok {
		return at, err
	}
	s := strings.ToLower(strings.ReplaceAll(entered, ",", " "))
	s = strings.Join(strings.Fields(s), " ")
	if at, ok, err := r.after(s); ok {
		return at, err
	}
	s, loc := cutZone(s, r.loc)
	s, clock, timed := cutClock(s)
	day, err := r.day(s, timed)
	if err != nil {
		return time.Time{}, err
	}
	if !timed {
		return endOfDay(day, r.loc), nil
	}
	if clock < 0 {
		return time.Time{}, ErrDueUnreadable
	}
	return wallOnce(day, clock, loc)
}

// iso reads the forms of forms and wires; ok says that the text has such a form.
func (r dueReader) iso(s string) (at time.Time, ok bool, err *fault.Error) {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' {
		return time.Time{}, false, nil
	}
	day, bad := ParseDate(s[:10])
	if bad != nil {
		return time.Time{}, true, ErrDate
	}
	rest := strings.TrimLeft(s[10:], " T")
	if rest == "" {
		return endOfDay(day, r.loc), true, nil
	}
	for _, layout := range []string{"15:04:05Z07:00", "15:04Z07:00"} {
		if t, bad := time.Parse("2006-01-02 "+layout, s[:10]+" "+rest); bad == nil {
			return t, true, nil
		}
	}
	rest, loc := cutZone(strings.ToLower(rest), r.loc)
	rest = strings.TrimSuffix(rest, ":00")
	if len(rest) == 2 {
		rest += ":00" // the cut above took the minutes of a whole hour
	}
	left, clock, timed := cutClock(rest)
	if !timed || clock < 0 || left != "" {
		return time.Time{}, true, ErrDueUnreadable
	}
	at, err = wallOnce(day, clock, loc)
	return at, true, err
}

// wallOnce is the instant of a wall time that must exist exactly once.
func wallOnce(d Date, minute int, loc *time.Location) (time.Time, *fault.Error) {
	unix, state := wallUnix(loc, dayNumber(d.utc()), minute)
	at := time.Unix(unix, 0).In(loc)
	switch state {
	case skipped:
		return at, ErrDueGap
	case twice:
		return at, ErrDueTwice.With("example", at.Format("2006-01-02T15:04Z07:00"))
	}
	return at, nil
}

// spokenZones are the zone names that stand behind a time.
var spokenZones = map[string]string{
	"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura",
	"jakarta": "Asia/Jakarta", "makassar": "Asia/Makassar", "jayapura": "Asia/Jayapura", "manila": "Asia/Manila", "utc": "UTC",
}

// cutZone removes a zone's spoken name from the end, if there is one.
func cutZone(s string, own *time.Location) (string, *time.Location) {
	at := strings.LastIndexByte(s, ' ')
	name, ok := spokenZones[s[at+1:]]
	if !ok || at < 0 {
		return s, own
	}
	loc, err := Zone(name)
	if err != nil {
		return s, own
	}
	return s[:at], loc
}

// partsOfDay are the hours that a part of the day can mean, as "jam 5 sore".
var partsOfDay = map[string][2]int{"pagi": {1, 11}, "siang": {10, 15}, "sore": {14, 19}, "malam": {18, 24}}

// cutClock removes a time of day from the end of s: "17.00", "17:00", "5 pm", "5:30pm", "jam 5 sore",
// "pukul 17", "at 17". The minute is -1 when the text names a time that no day has.
func cutClock(s string) (rest string, minute int, ok bool) {
	words := strings.Fields(s)
	n := len(words)
	if n == 0 {
		return s, 0, false
	}
	part := ""
	last := words[n-1]
	if _, named := partsOfDay[last]; named || last == "am" || last == "pm" {
		part, n = last, n-1
	} else if body, half := cutHalf(last); half != "" {
		words[n-1], part = body, half
	}
	if n == 0 {
		return s, 0, false
	}
	hour, min, exact := clockWord(words[n-1])
	said := n > 1 && (words[n-2] == "jam" || words[n-2] == "pukul" || words[n-2] == "at" || words[n-2] == "@")
	if hour < 0 || !exact && part == "" && !said {
		return s, 0, false
	}
	n--
	if said {
		n--
	}
	return strings.Join(words[:n], " "), dayMinute(hour, min, part), true
}

// cutHalf takes am or pm off "5pm".
func cutHalf(word string) (body, half string) {
	for _, h := range []string{"am", "pm"} {
		if b, ok := strings.CutSuffix(word, h); ok && b != "" && b[len(b)-1] >= '0' && b[len(b)-1] <= '9' {
			return b, h
		}
	}
	return word, ""
}

// clockWord reads "17", "17.00" or "17:00"; exact says that minutes were given.
func clockWord(word string) (hour, minute int, exact bool) {
	h, m, exact := strings.Cut(strings.Replace(word, ".", ":", 1), ":")
	hour, ok := small(h)
	if !ok {
		return -1, 0, false
	}
	if !exact {
		return hour, 0, false
	}
	minute, ok = small(m)
	if !ok || len(m) != 2 {
		return -1, 0, false
	}
	return hour, minute, true
}

// small reads one or two digits.
func small(s string) (int, bool) {
	if len(s) == 0 || len(s) > 2 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// dayMinute turns an hour and its part of the day into a minute of the day, or -1.
func dayMinute(hour, minute int, part string) int {
	switch part {
	case "am", "pm":
		if hour < 1 || hour > 12 {
			return -1
		}
		hour %= 12
		if part == "pm" {
			hour += 12
		}
	case "":
	default:
		span := partsOfDay[part]
		if hour < span[0] {
			hour += 12
		}
		if hour < span[0] || hour >= span[1] && (hour != span[1] || minute > 0) {
			return -1
		}
	}
	if hour > 23 || minute > 59 {
		return -1
	}
	return hour*60 + minute
}
