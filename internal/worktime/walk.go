package worktime

import "time"

// walker steps over the days of a calendar. It keeps the stretch of constant
// offset that it is in, so that a day far from a change of the clocks costs a few
// additions and one map look-up.
type walker struct {
	cal      *Calendar
	loc      *time.Location
	day      int64 // from 1 January 1970
	offset   int64
	from, to int64 // Unix seconds between which offset holds, a day inside its ends
}

func (c *Calendar) walk(t time.Time) walker {
	w := walker{cal: c, loc: orUTC(c.Zone)}
	w.day = dayNumber(t.In(w.loc))
	return w
}

func (w *walker) next(step int64) { w.day += step }

// spans are the day's working spans; a holiday has none.
func (w *walker) spans() []Span {
	spans := w.cal.Hours[(w.day%7+11)%7]
	if len(spans) == 0 || len(w.cal.Holidays) == 0 {
		return spans
	}
	var text [10]byte
	writeDate(&text, w.day)
	if _, holiday := w.cal.Holidays[Date(text[:])]; holiday {
		return nil
	}
	return spans
}

// bounds are the instants of the i-th span of the day.
func (w *walker) bounds(i int) (time.Time, time.Time) {
	s := w.cal.Hours[(w.day%7+11)%7][i]
	return w.instant(s.From), w.instant(s.To)
}

func (w *walker) instant(minute int) time.Time {
	wall := w.day*daySeconds + int64(minute)*60
	if unix := wall - w.offset; unix >= w.from && unix < w.to {
		return time.Unix(unix, 0).UTC()
	}
	unix, _ := wallUnix(w.loc, w.day, minute)
	w.remember(unix)
	return time.Unix(unix, 0).UTC()
}

// remember keeps the stretch around unix, shortened by two days at each end so that
// no wall time inside can be skipped or come twice.
func (w *walker) remember(unix int64) {
	t := time.Unix(unix, 0).In(w.loc)
	_, off := t.Zone()
	start, end := t.ZoneBounds()
	w.offset, w.from, w.to = int64(off), unix-50*366*daySeconds, unix+50*366*daySeconds
	if !start.IsZero() {
		w.from = start.Unix() + 2*daySeconds
	}
	if !end.IsZero() {
		w.to = end.Unix() - 2*daySeconds
	}
}

// writeDate writes a day number as YYYY-MM-DD without allocating (days-to-civil of
// the proleptic Gregorian calendar, counting years from March).
func writeDate(out *[10]byte, day int64) {
	z := day + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d := doy - (153*mp+2)/5 + 1
	m := mp + 3
	y := yoe + era*400
	if m > 12 {
		m -= 12
		y++
	}
	for i := 3; i >= 0; i-- {
		out[i], y = byte('0'+y%10), y/10
	}
	out[4], out[7] = '-', '-'
	out[5], out[6] = byte('0'+m/10), byte('0'+m%10)
	out[8], out[9] = byte('0'+d/10), byte('0'+d%10)
}
