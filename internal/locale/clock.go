package locale

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kolega/internal/worktime"
)

// Date writes a day with its weekday: "Sel 24 Nov 2026".
func (l *Loc) Date(d worktime.Date) string {
	if !d.Valid() {
		return NoFigure
	}
	year, _, _ := d.Parts()
	return l.DateDay(d) + " " + strconv.Itoa(year)
}

// DateDay writes a day of a known year: "Sel 24 Nov".
func (l *Loc) DateDay(d worktime.Date) string {
	if !d.Valid() {
		return NoFigure
	}
	return l.style.days[d.Weekday()] + " " + l.DateShort(d)
}

// DateShort writes day and month, where the weekday stands elsewhere or the room is
// small: "24 Nov".
func (l *Loc) DateShort(d worktime.Date) string {
	if !d.Valid() {
		return NoFigure
	}
	_, month, day := d.Parts()
	return strconv.Itoa(day) + " " + l.style.months[month-1]
}

// DateLong writes a day for documents: "Selasa, 24 November 2026".
func (l *Loc) DateLong(d worktime.Date) string {
	if !d.Valid() {
		return NoFigure
	}
	year, month, day := d.Parts()
	return l.style.daysLong[d.Weekday()] + ", " + strconv.Itoa(day) + " " + l.style.monthsLong[month-1] + " " + strconv.Itoa(year)
}

// Month writes a month: "November 2026".
func (l *Loc) Month(year int, m time.Month) string {
	return l.style.monthsLong[m-1] + " " + strconv.Itoa(year)
}

// Range writes the days from a to b: "2 Nov – 12 Des 2026", "2 – 12 Nov 2026".
func (l *Loc) Range(a, b worktime.Date) string {
	if !a.Valid() || !b.Valid() {
		return NoFigure
	}
	ya, ma, da := a.Parts()
	yb, mb, _ := b.Parts()
	end := l.DateShort(b) + " " + strconv.Itoa(yb)
	switch {
	case a == b:
		return end
	case ya == yb && ma == mb:
		return strconv.Itoa(da) + " – " + end
	case ya == yb:
		return l.DateShort(a) + " – " + end
	}
	return l.DateShort(a) + " " + strconv.Itoa(ya) + " – " + end
}

// Minute writes a minute of the day as a clock shows it: "18.30" or "18:30".
func (l *Loc) Minute(n int) string {
	return fmt.Sprintf("%02d%s%02d", n/60, l.style.clockMark, n%60)
}

// Clock writes the time in a zone: "18.00 WIB" or "18:00 WIB", "19.00 Manila".
func (l *Loc) Clock(t time.Time, zone string) string {
	loc := l.zone(zone)
	return l.Time(t, zone) + " " + ZoneName(loc)
}

// Time writes the time in a zone without naming it: "18.00" or "18:00".
func (l *Loc) Time(t time.Time, zone string) string {
	t = t.In(l.zone(zone))
	h, m := t.Hour(), t.Minute()
	var b [5]byte
	b[0], b[1] = byte('0'+h/10), byte('0'+h%10)
	b[2] = l.style.clockMark[0]
	b[3], b[4] = byte('0'+m/10), byte('0'+m%10)
	return string(b[:])
}

// zone is the named zone, or the reader's own when it has no such name.
func (l *Loc) zone(name string) *time.Location {
	if name == "" || name == l.Zone.String() {
		return l.Zone
	}
	loc, err := worktime.Zone(name)
	if err != nil {
		return l.Zone
	}
	return loc
}

// ZoneName is what people call a zone: WIB, WITA, WIT, else its city, "Manila".
func ZoneName(loc *time.Location) string {
	name := loc.String()
	if short, ok := zoneNames[name]; ok {
		return short
	}
	return strings.ReplaceAll(name[strings.LastIndexByte(name, '/')+1:], "_", " ")
}

// ZoneName is what people call the zone of that name, "WIB" for "Asia/Jakarta".
func (l *Loc) ZoneName(zone string) string { return ZoneName(l.zone(zone)) }

// DateTime writes an instant in a zone: "Sel 24 Nov 2026, 18.00 WIB".
func (l *Loc) DateTime(t time.Time, zone string) string {
	return l.Date(worktime.DateOf(t, l.zone(zone))) + ", " + l.Clock(t, zone)
}

// Dual writes both clocks, the owner's first, or one when they show the same (R8):
// "18.00 Manila · 17.00 WIB". Where the days differ each clock has its weekday.
func (l *Loc) Dual(t time.Time, ownerZone string) string {
	own, reader := l.DualParts(t, ownerZone)
	if reader == "" {
		return own
	}
	return own + " · " + reader
}

// DualParts are the two clocks of Dual; the reader's is empty when both show the same.
func (l *Loc) DualParts(t time.Time, ownerZone string) (own, reader string) {
	zone := l.zone(ownerZone)
	there, here := t.In(zone), t.In(l.Zone)
	own = l.Clock(t, ownerZone)
	_, offThere := there.Zone()
	_, offHere := here.Zone()
	if offThere == offHere {
		return own, ""
	}
	reader = l.Clock(t, l.Zone.String())
	if there.YearDay() != here.YearDay() {
		own = l.style.days[there.Weekday()] + " " + own
		reader = l.style.days[here.Weekday()] + " " + reader
	}
	return own, reader
}

// Due writes how far a deadline is, in the reader's days: "2 jam lagi", "Besok", "Lusa",
// "5 hari lagi", "Lewat 1 hari".
func (l *Loc) Due(now, t time.Time) string {
	left := t.Sub(now)
	if left < 0 {
		return l.overdue(-left, l.days(t, now))
	}
	days := l.days(now, t)
	if days == 0 || left < 4*time.Hour {
		return l.unit("in", left)
	}
	switch days {
	case 1:
		return l.T("common.tomorrow")
	case 2:
		return l.T("common.dayafter")
	}
	return l.T("common.in.days", "n", days)
}

// overdue counts hours for the first half day, so that a deadline at midnight is not a
// day late at dawn; then days of the calendar.
func (l *Loc) overdue(late time.Duration, days int) string {
	if late < 12*time.Hour {
		return l.unit("over", late)
	}
	return l.T("common.over.days", "n", max(days, 1))
}

// unit writes minutes below an hour, else whole hours.
func (l *Loc) unit(way string, d time.Duration) string {
	if d < time.Minute {
		return l.T("common." + way + ".now")
	}
	if d < time.Hour {
		return l.T("common."+way+".minutes", "n", int(d/time.Minute))
	}
	return l.T("common."+way+".hours", "n", int(d/time.Hour))
}

// days counts the midnights of the reader between a and b.
func (l *Loc) days(a, b time.Time) int {
	return worktime.DateOf(a, l.Zone).DaysUntil(worktime.DateOf(b, l.Zone))
}

// DueDay names the day of an instant beside Due: "hari ini", else "Sel 24 Nov".
func (l *Loc) DueDay(now, t time.Time) string {
	if l.days(now, t) == 0 {
		return l.T("common.today")
	}
	return l.DateDay(worktime.DateOf(t, l.Zone))
}

// Ago writes the time since t: "38 mnt", "3 jam", "1 hari 4 jam".
func (l *Loc) Ago(now, t time.Time) string { return l.Duration(now.Sub(t)) }

// Duration writes elapsed time: "38 mnt", "3 jam", "1 hari 4 jam"; from a week on days alone.
func (l *Loc) Duration(d time.Duration) string {
	d = max(d, -d)
	days, hours := int(d/(24*time.Hour)), int(d/time.Hour)%24
	switch {
	case d < time.Hour:
		return l.T("common.minutes", "n", int(d/time.Minute))
	case days == 0:
		return l.T("common.hours", "n", hours)
	case days >= 7 || hours == 0:
		return l.T("common.days", "n", days)
	}
	return l.T("common.days", "n", days) + " " + l.T("common.hours", "n", hours)
}
