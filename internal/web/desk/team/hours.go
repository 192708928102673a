package team

import (
	"strconv"
	"strings"

	"kolega/internal/country"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// profileForm writes a profile as its form shows it.
func profileForm(l *locale.Loc, c country.Country) countryForm {
	f := countryForm{Code: c.Code, NameID: c.NameID, NameEN: c.NameEN, Zones: strings.Join(c.Zones, ", "), Langs: strings.Join(c.Langs, ", "), Currency: string(c.Currency),
		JointLeave: c.JointLeave, AdRules: c.AdRules, Helper: c.Helper, Version: c.Version}
	for _, day := range week {
		f.Hours = append(f.Hours, hoursText(l, c.Hours[day]))
	}
	return f
}

// country reads the form. Fault: hours.wrong at "hours".
func (f countryForm) country() (country.Country, error) {
	c := country.Country{Code: strings.ToUpper(strings.TrimSpace(f.Code)), NameID: strings.TrimSpace(f.NameID), NameEN: strings.TrimSpace(f.NameEN), Zones: listOf(f.Zones), Langs: listOf(f.Langs),
		Currency: money.Currency(f.Currency), JointLeave: f.JointLeave, AdRules: strings.TrimSpace(f.AdRules), Helper: strings.TrimSpace(f.Helper), Version: f.Version}
	for i, text := range f.Hours {
		if i == len(week) {
			break
		}
		spans, ok := readHours(text)
		if !ok {
			return c, fault.Field("hours", worktime.ErrHours.Code)
		}
		c.Hours[week[i]] = spans
	}
	return c, nil
}

func listOf(text string) (out []string) {
	for _, x := range strings.Split(text, ",") {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}

// hoursText writes the hours of a day: "09.00–12.00, 13.00–18.00" or "09:00–12:00";
// a free day is empty.
func hoursText(l *locale.Loc, spans []worktime.Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, l.Minute(s.From)+"–"+l.Minute(s.To))
	}
	return strings.Join(parts, ", ")
}

// readHours reads what hoursText writes, also with colons and hyphens.
func readHours(text string) (out []worktime.Span, ok bool) {
	out = []worktime.Span{}
	for _, part := range listOf(text) {
		from, to, found := strings.Cut(strings.ReplaceAll(part, "–", "-"), "-")
		a, okA := minuteOf(from)
		b, okB := minuteOf(to)
		if !found || !okA || !okB {
			return nil, false
		}
		out = append(out, worktime.Span{From: a, To: b})
	}
	return out, true
}

// minuteOf reads a clock time as the minute of its day, "18.30" as 1110; 24.00 ends a day.
func minuteOf(text string) (int, bool) {
	h, m, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(text), ":", "."), ".")
	hour, err := strconv.Atoi(h)
	minute := 0
	if err == nil && m != "" {
		minute, err = strconv.Atoi(m)
	}
	at := hour*60 + minute
	return at, err == nil && hour >= 0 && minute >= 0 && minute < 60 && at <= 24*60
}
