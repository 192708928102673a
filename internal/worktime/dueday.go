package worktime

import (
	"strings"
	"time"

	"kolega/internal/fault"
)

// dayWords count days from today.
var dayWords = map[string]int{
	"hari ini": 0, "today": 0, "akhir hari": 0, "akhir hari ini": 0, "end of day": 0, "eod": 0,
	"besok": 1, "bsk": 1, "esok": 1, "tomorrow": 1, "bukas": 1,
	"lusa": 2, "day after tomorrow": 2, "the day after tomorrow": 2,
}

var weekdayWords = map[string]time.Weekday{
	"minggu": time.Sunday, "ahad": time.Sunday, "min": time.Sunday, "sunday": time.Sunday, "sun": time.Sunday,
	"senin": time.Monday, "sen": time.Monday, "monday": time.Monday, "mon": time.Monday,
	"selasa": time.Tuesday, "sel": time.Tuesday, "tuesday": time.Tuesday, "tue": time.Tuesday,
	"rabu": time.Wednesday, "rab": time.Wednesday, "wednesday": time.Wednesday, "wed": time.Wednesday,
	"kamis": time.Thursday, "kam": time.Thursday, "thursday": time.Thursday, "thu": time.Thursday,
	"jumat": time.Friday, "jum'at": time.Friday, "jum": time.Friday, "friday": time.Friday, "fri": time.Friday,
	"sabtu": time.Saturday, "sab": time.Saturday, "saturday": time.Saturday, "sat": time.Saturday,
}

var monthWords = map[string]time.Month{
	"jan": 1, "januari": 1, "january": 1, "feb": 2, "februari": 2, "february": 2, "mar": 3, "maret": 3, "march": 3,
	"apr": 4, "april": 4, "mei": 5, "may": 5, "jun": 6, "juni": 6, "june": 6, "jul": 7, "juli": 7, "july": 7,
	"agu": 8, "agt": 8, "ags": 8, "agustus": 8, "aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9,
	"okt": 10, "oktober": 10, "oct": 10, "october": 10, "nov": 11, "nop": 11, "november": 11, "nopember": 11,
	"des": 12, "desember": 12, "dec": 12, "december": 12,
}

// day reads the words of a day; none at all is today when a time was given.
func (r dueReader) day(s string, timed bool) (Date, *fault.Error) {
	if s == "" && timed {
		return r.today, nil
	}
	if n, ok := dayWords[s]; ok {
		return r.today.AddDays(n), nil
	}
	switch s {
	case "akhir bulan", "akhir bulan ini", "end of month", "end of the month":
		y, m, _ := r.today.Parts()
		return DayOf(y, m+1, 0), nil
	}
	if d, ok := r.weekday(s); ok {
		return d, nil
	}
	if strings.ContainsAny(s, "/") {
		return r.slashed(s)
	}
	return r.named(s)
}

// weekday reads "jumat", "hari jumat", "jumat ini", "jumat depan", "on friday", "this friday" and
// "next friday". A bare weekday is the next such day after today; "ini" is this week's and
// "depan" next week's, weeks beginning on Monday. "minggu depan" may mean next week and is left unread.
func (r dueReader) weekday(s string) (Date, bool) {
	words := strings.Fields(s)
	week := -1
	if len(words) == 2 {
		switch {
		case words[1] == "depan" && words[0] != "minggu" || words[0] == "next":
			week = 1
		case words[1] == "ini" && words[0] != "minggu" || words[0] == "this":
			week = 0
		case words[0] == "hari" || words[0] == "on":
		default:
			return "", false
		}
		if words[0] == "next" || words[0] == "this" || words[0] == "hari" || words[0] == "on" {
			words = words[1:]
		}
		words = words[:1]
	}
	if len(words) != 1 {
		return "", false
	}
	day, ok := weekdayWords[words[0]]
	if !ok {
		return "", false
	}
	fromMonday := func(w time.Weekday) int { return (int(w) + 6) % 7 }
	ahead := fromMonday(day) - fromMonday(r.today.Weekday())
	switch {
	case week >= 0:
		ahead += 7 * week
	case ahead <= 0:
		ahead += 7
	}
	return r.today.AddDays(ahead), true
}

// slashed reads 24/11 and 24/11/2026, which only Indonesian orders without doubt.
func (r dueReader) slashed(s string) (Date, *fault.Error) {
	parts := strings.Split(s, "/")
	if r.lang != "id" || len(parts) < 2 || len(parts) > 3 {
		return "", ErrDueSlash
	}
	day, okDay := small(parts[0])
	month, okMonth := small(parts[1])
	if !okDay || !okMonth || month < 1 || month > 12 {
		return "", ErrDueSlash
	}
	if len(parts) == 3 {
		return dated(parts[2], time.Month(month), day)
	}
	return r.coming(time.Month(month), day)
}

// named reads "24 nov", "24 november 2026", "nov 24 2026", with a weekday before it that must agree.
func (r dueReader) named(s string) (Date, *fault.Error) {
	words := strings.Fields(s)
	var want *time.Weekday
	if len(words) > 2 {
		if w, ok := weekdayWords[strings.TrimSuffix(words[0], ".")]; ok {
			want, words = &w, words[1:]
		}
	}
	if len(words) < 2 || len(words) > 3 {
		return "", ErrDueUnreadable
	}
	month, ok := monthWords[strings.TrimSuffix(words[1], ".")]
	dayWord := words[0]
	if !ok {
		month, ok = monthWords[strings.TrimSuffix(words[0], ".")]
		dayWord = words[1]
	}
	day, isDay := small(dayWord)
	if !ok || !isDay {
		return "", ErrDueUnreadable
	}
	d, err := r.coming(month, day)
	if len(words) == 3 {
		d, err = dated(words[2], month, day)
	}
	if err == nil && want != nil && d.Weekday() != *want {
		return "", ErrDate
	}
	return d, err
}

// dated is a day with its year in four digits.
func dated(year string, month time.Month, day int) (Date, *fault.Error) {
	if len(year) != 4 || strings.Trim(year, "0123456789") != "" {
		return "", ErrDate
	}
	d, err := ParseDate(year + "-" + twoDigits(int(month)) + "-" + twoDigits(day))
	if err != nil {
		return "", ErrDate
	}
	return d, nil
}

// coming is a day without a year: this year's, or next year's once this year's lies more than
// half a year back. A day that has passed lately is refused, since it is likelier a slip.
func (r dueReader) coming(month time.Month, day int) (Date, *fault.Error) {
	year, _, _ := r.today.Parts()
	for _, y := range []int{year, year + 1} {
		d := DayOf(y, month, day)
		if _, m, _ := d.Parts(); m != month || day < 1 {
			if y == year && !(month == time.February && day == 29) {
				return "", ErrDate
			}
			continue
		}
		if !d.Before(r.today) {
			return d, nil
		}
		if d.DaysUntil(r.today) <= 183 {
			return "", ErrDuePast
		}
	}
	return "", ErrDate
}

func twoDigits(n int) string {
	return string([]byte{byte('0' + n/10%10), byte('0' + n%10)})
}

// numberWords are the small numbers that people write out.
var numberWords = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10,
}

// spanWords are the words of a distance in time.
var spanWords = map[string]string{
	"menit": "minute", "mnt": "minute", "minute": "minute", "minutes": "minute", "min": "minute", "mins": "minute",
	"jam": "hour", "hour": "hour", "hours": "hour", "h": "hour",
	"hari": "day", "day": "day", "days": "day",
	"minggu": "week", "pekan": "week", "week": "week", "weeks": "week",
	"jam kerja": "work hour", "working hour": "work hour", "working hours": "work hour", "business hours": "work hour", "business hour": "work hour",
	"hari kerja": "workday", "working day": "workday", "working days": "workday", "business day": "workday", "business days": "workday", "workday": "workday", "workdays": "workday",
}

// after reads a distance from now: "3 hari kerja", "2 jam lagi", "in 2 hours", "seminggu". Days
// may carry a time: "3 hari kerja jam 12.00". ok says that the text has this form.
func (r dueReader) after(s string) (at time.Time, ok bool, err *fault.Error) {
	if n, unit, ok := distance(s); ok {
		return r.ahead(n, unit, -1, r.loc)
	}
	rest, loc := cutZone(s, r.loc)
	rest, clock, timed := cutClock(rest)
	n, unit, ok := distance(rest)
	if !timed || !ok {
		return time.Time{}, false, nil
	}
	if clock < 0 || unit == "minute" || unit == "hour" || unit == "work hour" {
		return time.Time{}, true, ErrDueUnreadable
	}
	return r.ahead(n, unit, clock, loc)
}

// distance reads a number and a span.
func distance(s string) (n int, unit string, ok bool) {
	for _, before := range []string{"dalam ", "in ", "within "} {
		s = strings.TrimPrefix(s, before)
	}
	for _, behind := range []string{" lagi", " from now", " mendatang", " ke depan"} {
		s = strings.TrimSuffix(s, behind)
	}
	for _, one := range []string{"sehari", "sejam", "seminggu", "sepekan"} {
		if rest, found := strings.CutPrefix(s, one); found {
			s = "1 " + one[2:] + rest
		}
	}
	first, rest, _ := strings.Cut(s, " ")
	unit, ok = spanWords[rest]
	if !ok {
		return 0, "", false
	}
	if word, found := numberWords[first]; found {
		return word, unit, true
	}
	if len(first) == 0 || len(first) > 3 || strings.Trim(first, "0123456789") != "" {
		return 0, "", false
	}
	return number(Date(first)), unit, true
}

// ahead is n units from now; days end at their last second or at the minute given.
func (r dueReader) ahead(n int, unit string, clock int, loc *time.Location) (time.Time, bool, *fault.Error) {
	if n == 0 {
		return time.Time{}, true, ErrDueUnreadable
	}
	var day Date
	switch unit {
	case "minute":
		return r.now.Add(time.Duration(n) * time.Minute), true, nil
	case "hour":
		return r.now.Add(time.Duration(n) * time.Hour), true, nil
	case "work hour":
		at := r.cal.AddWorking(r.now, time.Duration(n)*time.Hour)
		if at.IsZero() {
			return at, true, ErrDueClosed
		}
		return at, true, nil
	case "day":
		day = r.today.AddDays(n)
	case "week":
		day = r.today.AddDays(7 * n)
	case "workday":
		if day = r.cal.AddWorkdays(r.today, n); day == "" {
			return time.Time{}, true, ErrDueClosed
		}
	}
	if clock < 0 {
		return endOfDay(day, r.loc), true, nil
	}
	at, err := wallOnce(day, clock, loc)
	return at, true, err
}
