package billing

import (
	"strings"
	"time"

	"kolega/internal/locale"
	"kolega/internal/worktime"
)

// mark is the decimal mark of a statement's figures. A group has exactly three
// digits and a fraction one or two, so no text reads differently under both.
type mark byte

const (
	point mark = '.' // 1,500,000.00
	comma mark = ',' // 1.500.000,00
)

func (m mark) group() string {
	if m == point {
		return ","
	}
	return "."
}

// cents reads a figure of a statement as hundredths. side is +1 or -1 where the cell
// itself says credit or debit, else 0. It is false for what is no figure under this mark.
func (m mark) cents(cell string) (n int64, side int, ok bool) {
	s := strings.ToLower(strings.NewReplacer(" ", "", "\u00a0", "", "'", "", "rp.", "", "rp", "", "idr", "").Replace(strings.ToLower(strings.TrimSpace(cell))))
	for _, w := range []struct {
		end  string
		side int
	}{{"cr", 1}, {"db", -1}, {"dr", -1}, {"k", 1}, {"d", -1}} {
		if rest, cut := strings.CutSuffix(s, w.end); cut {
			s, side = rest, w.side
			break
		}
	}
	switch {
	case strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")"):
		s, side = s[1:len(s)-1], -1
	case strings.HasPrefix(s, "-"):
		s, side = s[1:], -1
	case strings.HasPrefix(s, "+"):
		s, side = s[1:], 1
	}
	whole, frac, cut := strings.Cut(s, string(m))
	if cut && (frac == "" || len(frac) > 2 || !allDigits(frac)) {
		return 0, 0, false
	}
	if whole == "" && frac != "" {
		whole = "0" // ".00"
	}
	groups := strings.Split(whole, m.group())
	if len(frac) == 1 && len(groups) > 1 {
		return 0, 0, false
	}
	for i, g := range groups {
		if !allDigits(g) || i > 0 && len(g) != 3 || len(groups) > 1 && i == 0 && len(g) > 3 {
			return 0, 0, false
		}
	}
	digits := strings.Join(groups, "") + (frac + "00")[:2]
	if len(digits) > 17 {
		return 0, 0, false
	}
	for _, c := range []byte(digits) {
		n = n*10 + int64(c-'0')
	}
	return n, side, true
}

func allDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

// months are the names of months as banks of both languages shorten them.
var months = map[string]time.Month{"jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "ags": 8, "agt": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12}

// statementDay reads a day as Indonesian banks write it, the day first: 02/11/2026,
// 02-11-26, '02/11, 2 Nov 2026, 2026-11-02, each with or without a time behind it. A day
// without a year is put into the period. It is false for what is no day.
func statementDay(cell string, period span) (worktime.Date, bool) {
	s := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(cell), "'"))
	if clock := strings.IndexByte(s, ':'); clock > 0 {
		if behind := strings.LastIndexAny(s[:clock], " T"); behind > 0 {
			s = s[:behind]
		}
	}
	p := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' || r == '.' || r == ' ' || r == ',' })
	if len(p) == 3 && len(p[0]) == 4 {
		p[0], p[2] = p[2], p[0]
	}
	if len(p) < 2 || len(p) > 3 {
		return "", false
	}
	day, okDay := small(p[0], 31)
	month, okMonth := small(p[1], 12)
	if !okMonth && len(p[1]) >= 3 {
		m, named := months[locale.Fold(p[1])[:3]]
		month, okMonth = int(m), named
	}
	if !okDay || !okMonth {
		return "", false
	}
	if len(p) == 2 {
		return period.place(time.Month(month), day)
	}
	year, ok := small(p[2], 2100)
	if len(p[2]) == 2 {
		year += 2000
	}
	if !ok || year < 2000 {
		return "", false
	}
	return dayThatIs(year, time.Month(month), day)
}

// small reads a whole number from 1 up to most.
func small(s string, most int) (n int, ok bool) {
	if len(s) > 4 || !allDigits(s) {
		return 0, false
	}
	for _, c := range []byte(s) {
		n = n*10 + int(c-'0')
	}
	return n, n > 0 && n <= most
}

func dayThatIs(year int, month time.Month, day int) (worktime.Date, bool) {
	d := worktime.DayOf(year, month, day)
	_, m, n := d.Parts()
	return d, m == month && n == day
}

// span is the period of a statement; empty where the file does not say.
type span struct{ from, to worktime.Date }

// place finds the one year in which a day of a month lies in the period.
func (p span) place(month time.Month, day int) (worktime.Date, bool) {
	if p.from == "" || p.to == "" {
		return "", false
	}
	first, _, _ := p.from.Parts()
	last, _, _ := p.to.Parts()
	for year := first; year <= last; year++ {
		if d, ok := dayThatIs(year, month, day); ok && !d.Before(p.from) && !d.After(p.to) {
			return d, true
		}
	}
	return "", false
}

// periodIn finds "01/11/2026 - 30/11/2026" or "1 Nov 2026 s/d 30 Nov 2026" in a text.
func periodIn(text string) (p span, ok bool) {
	s := strings.NewReplacer("s/d", "~", "s.d.", "~", " sd ", "~", " to ", "~", " until ", "~", " hingga ", "~", " sampai ", "~", "–", "~", " - ", "~").Replace(strings.ToLower(text))
	if i := strings.IndexAny(s, "0123456789"); i > 0 {
		s = s[i:] // behind "Periode :"
	}
	a, b, cut := strings.Cut(s, "~")
	if !cut {
		return p, false
	}
	from, okFrom := statementDay(a, span{})
	to, okTo := statementDay(b, span{})
	return span{from, to}, okFrom && okTo && !to.Before(from)
}
