package worktime

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kolega/internal/fault"
)

// plain walks minute by minute and is slow and obvious: the oracle.
func plainBetween(c Calendar, a, b time.Time) time.Duration {
	var sum time.Duration
	for t := a; t.Before(b); t = t.Add(time.Minute) {
		if plainOpen(c, t) {
			sum += time.Minute
		}
	}
	return sum
}

func plainOpen(c Calendar, t time.Time) bool {
	t = t.In(c.Zone)
	if _, off := c.Holidays[DateOf(t, c.Zone)]; off {
		return false
	}
	m := t.Hour()*60 + t.Minute()
	for _, s := range c.Hours[t.Weekday()] {
		if m >= s.From && m < s.To {
			return true
		}
	}
	return false
}

var testZones = []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Manila", "America/New_York", "Australia/Lord_Howe", "Europe/London", "America/Santiago", "Pacific/Apia"}

// anyCalendar draws hours with gaps, full days and closed days, and some holidays.
func anyCalendar(t *rapid.T) Calendar {
	loc, err := Zone(rapid.SampledFrom(testZones).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	c := Calendar{Zone: loc, Holidays: map[Date]string{}}
	for d := range c.Hours {
		at := 0
		for range rapid.IntRange(0, 3).Draw(t, "spans") {
			from := rapid.IntRange(at, 24*60).Draw(t, "from")
			to := rapid.IntRange(from, 24*60).Draw(t, "to")
			if to > from {
				c.Hours[d] = append(c.Hours[d], Span{from, to})
			}
			at = to
		}
	}
	for range rapid.IntRange(0, 4).Draw(t, "holidays") {
		c.Holidays[DayOf(2026, 1, 1).AddDays(rapid.IntRange(0, 730).Draw(t, "day"))] = "libur"
	}
	return c
}

func anyInstant(t *rapid.T, label string) time.Time {
	return time.Unix(rapid.Int64Range(1767225600, 1830297600).Draw(t, label), 0).UTC() // 2026 and 2027
}

func opens(c Calendar) bool {
	for d, spans := range c.Hours {
		_ = d
		if len(spans) > 0 {
			return true
		}
	}
	return false
}

func TestCalendar_AddedWorkIsTheWorkBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCalendar(t)
		if !opens(c) {
			return
		}
		a := anyInstant(t, "a")
		d := time.Duration(rapid.Int64Range(0, 300*3600).Draw(t, "seconds")) * time.Second
		end := c.AddWorking(a, d)
		if end.IsZero() {
			return // too little open time within ten years
		}
		if got := c.Between(a, end); got != d {
			t.Fatalf("between %v and %v there are %v, want %v", a, end, got, d)
		}
		if d > 0 && c.Between(a, end.Add(-time.Nanosecond)) >= d {
			t.Fatalf("%v is not the earliest such instant", end)
		}
		start := c.AddWorking(end, -d)
		if !start.IsZero() && c.Between(start, end) != d {
			t.Fatalf("back from %v: %v", end, start)
		}
	})
}

func TestCalendar_WorkAddsUpAndNeverRunsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCalendar(t)
		a, b, e := anyInstant(t, "a"), anyInstant(t, "b"), anyInstant(t, "c")
		if c.Between(a, b)+c.Between(b, e) != c.Between(a, e) {
			t.Fatal("parts do not add up to the whole")
		}
		if c.Between(a, b) != -c.Between(b, a) {
			t.Fatal("there and back differ")
		}
		x := time.Duration(rapid.Int64Range(0, 100*3600).Draw(t, "x")) * time.Second
		y := time.Duration(rapid.Int64Range(0, 100*3600).Draw(t, "y")) * time.Second
		both, one := c.AddWorking(a, x+y), c.AddWorking(a, x)
		if !both.IsZero() && !c.AddWorking(one, y).Equal(both) {
			t.Fatalf("%v then %v is %v, together %v", x, y, c.AddWorking(one, y), both)
		}
		if !both.IsZero() && both.Before(one) {
			t.Fatal("more work ends earlier")
		}
	})
}

func TestCalendar_AgreesWithAWalkMinuteByMinute(t *testing.T) {
	changes := map[string]time.Time{
		"America/New_York": time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC),
		"Europe/London":    time.Date(2026, 10, 24, 12, 0, 0, 0, time.UTC),
		"Asia/Manila":      time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC),
	}
	for name, from := range changes {
		c := Office(zone(t, name), map[Date]string{DateOf(from.AddDate(0, 0, 3), time.UTC): "libur"})
		c.Hours[time.Saturday] = []Span{{8 * 60, 12 * 60}, {20 * 60, 24 * 60}}
		c.Hours[time.Sunday] = []Span{{0, 90}, {2*60 + 30, 5 * 60}, {22 * 60, 24 * 60}}
		for i := range 60 {
			a := from.Add(time.Duration(i) * 37 * time.Minute)
			b := a.Add(time.Duration(i) * 3 * time.Hour)
			want, got := plainBetween(c, a, b), c.Between(a, b)
			if name == "Europe/London" && got < want && want-got <= time.Hour {
				continue // a span that ends in the repeated hour ends at its first passing
			}
			if got != want {
				t.Errorf("%s: from %v to %v: %v, want %v", name, a, b, got, want)
			}
			if c.IsOpen(a) != plainOpen(c, a) && name != "Europe/London" {
				t.Errorf("%s: open at %v: %v", name, a, c.IsOpen(a))
			}
		}
	}
}

func TestCalendar_FridayEveningGoesOnOnMonday(t *testing.T) {
	for _, name := range []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Manila"} {
		loc := zone(t, name)
		c := Office(loc, nil)
		friday := time.Date(2026, 11, 27, 17, 0, 0, 0, loc)
		if got := c.AddWorking(friday, 2*time.Hour); !got.Equal(time.Date(2026, 11, 30, 10, 0, 0, 0, loc)) {
			t.Errorf("%s: two hours from Friday 17.00 end %v", name, got)
		}
		if got := c.AddWorking(friday, time.Hour); !got.Equal(time.Date(2026, 11, 27, 18, 0, 0, 0, loc)) {
			t.Errorf("%s: one hour from Friday 17.00 ends %v, not at the day's end", name, got)
		}
		if got := c.NextOpen(time.Date(2026, 11, 27, 20, 0, 0, 0, loc)); !got.Equal(time.Date(2026, 11, 30, 9, 0, 0, 0, loc)) {
			t.Errorf("%s: next open is %v", name, got)
		}
	}
}

func TestCalendar_HolidayInOneCountryOnly(t *testing.T) {
	list := SeedHolidays()
	jakarta := Office(zone(t, "Asia/Jakarta"), DaysOff(list, "ID", "id", false))
	manila := Office(zone(t, "Asia/Manila"), DaysOff(list, "PH", "en", false))
	// Bonifacio Day, Monday 30 November 2026, is a holiday in the Philippines alone.
	day := Date("2026-11-30")
	if !jakarta.IsWorkday(day) || manila.IsWorkday(day) {
		t.Fatalf("30 November: Jakarta %v, Manila %v", jakarta.IsWorkday(day), manila.IsWorkday(day))
	}
	if j, m := jakarta.AddWorkdays("2026-11-27", 1), manila.AddWorkdays("2026-11-27", 1); j != "2026-11-30" || m != "2026-12-01" {
		t.Fatalf("one working day after 27 November: Jakarta %s, Manila %s", j, m)
	}
}

func TestCalendar_HoursOverAChangeOfTheClocks(t *testing.T) {
	ny := zone(t, "America/New_York")
	c := Always(ny)
	spring := time.Date(2027, 3, 14, 0, 0, 0, 0, ny) // this day has 23 hours
	if got := c.Between(spring, time.Date(2027, 3, 15, 0, 0, 0, 0, ny)); got != 23*time.Hour {
		t.Errorf("a spring day has %v", got)
	}
	autumn := time.Date(2027, 11, 7, 0, 0, 0, 0, ny) // this one 25
	if got := c.Between(autumn, time.Date(2027, 11, 8, 0, 0, 0, 0, ny)); got != 25*time.Hour {
		t.Errorf("an autumn day has %v", got)
	}
	office := Office(ny, nil)
	friday := time.Date(2027, 3, 12, 17, 0, 0, 0, ny)
	if got := office.AddWorking(friday, 2*time.Hour); !got.Equal(time.Date(2027, 3, 15, 10, 0, 0, 0, ny)) {
		t.Errorf("over the change: %v", got)
	}
}

func TestCalendar_NeverOpenIsSaid(t *testing.T) {
	c := Calendar{}
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	if !c.AddWorking(now, time.Hour).IsZero() || !c.NextOpen(now).IsZero() || c.AddWorkdays("2026-11-23", 1) != "" {
		t.Fatal("a calendar that never opens gave an instant")
	}
	if c.Between(now, now.AddDate(1, 0, 0)) != 0 || !c.AddWorking(now, 0).Equal(now) {
		t.Fatal("no work is no work")
	}
}

func TestCalendar_WorkdaysSkipWeekendsAndHolidays(t *testing.T) {
	c := Office(time.UTC, map[Date]string{"2026-11-25": "libur"})
	for _, w := range []struct {
		from Date
		n    int
		want Date
	}{
		{"2026-11-23", 0, "2026-11-23"}, {"2026-11-22", 0, "2026-11-23"}, {"2026-11-23", 1, "2026-11-24"},
		{"2026-11-23", 2, "2026-11-26"}, {"2026-11-27", 1, "2026-11-30"}, {"2026-11-28", 1, "2026-11-30"},
		{"2026-11-30", -1, "2026-11-27"}, {"2026-11-26", -1, "2026-11-24"},
	} {
		if got := c.AddWorkdays(w.from, w.n); got != w.want {
			t.Errorf("%s and %d working days: %s, want %s", w.from, w.n, got, w.want)
		}
	}
	if n := c.WorkdaysBetween("2026-11-23", "2026-11-30"); n != 4 {
		t.Errorf("working days after 23 to 30 November: %d", n)
	}
}

func TestCalendar_HoursAreChecked(t *testing.T) {
	for _, spans := range [][]Span{{{600, 540}}, {{0, 1441}}, {{540, 720}, {700, 800}}, {{-1, 60}}, {{60, 60}}} {
		c := Calendar{}
		c.Hours[time.Monday] = spans
		if fault.CodeOf(c.Check()) != "hours.wrong" {
			t.Errorf("%v was accepted", spans)
		}
	}
	if err := Office(time.UTC, nil).Check(); err != nil {
		t.Error(err)
	}
}

// The same questions in a server of any zone have the same answers.
func TestCalendar_ServerZoneChangesNothing(t *testing.T) {
	if os.Getenv("WORKTIME_CHILD") == "1" {
		loc := zone(t, "Asia/Manila")
		c := Office(loc, DaysOff(SeedHolidays(), "PH", "en", true))
		start := time.Date(2026, 11, 27, 9, 30, 0, 0, time.UTC)
		due, err := ParseDue("besok 17.00", start, c, "id")
		if err != nil {
			t.Fatal(err)
		}
		os.Stdout.WriteString("ANSWER " + c.AddWorking(start, 11*time.Hour).UTC().Format(time.RFC3339) + " " + due.Wall() + " " + due.At.Format(time.RFC3339) + "\n")
		return
	}
	answers := map[string]string{}
	for _, tz := range []string{"UTC", "America/New_York", "Asia/Kathmandu"} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestCalendar_ServerZoneChangesNothing$", "-test.v")
		cmd.Env = append(os.Environ(), "TZ="+tz, "WORKTIME_CHILD=1", "ZONEINFO=")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", tz, err, out)
		}
		at := strings.Index(string(out), "ANSWER ")
		if at < 0 {
			t.Fatalf("%s: no answer in %s", tz, out)
		}
		answers[strings.SplitN(string(out[at:]), "\n", 2)[0]] = tz
	}
	if len(answers) != 1 {
		t.Fatalf("servers disagree: %v", answers)
	}
}

func TestRemindAt_IsInTheReceiversHoursUnlessTooLate(t *testing.T) {
	manila := zone(t, "Asia/Manila")
	c := Office(manila, nil)
	friday, monday := time.Date(2026, 11, 27, 21, 0, 0, 0, manila), time.Date(2026, 11, 30, 9, 0, 0, 0, manila)
	if got := c.RemindAt(friday, monday.Add(3*time.Hour)); !got.Equal(monday) {
		t.Errorf("a reminder for Monday noon goes out %v", got)
	}
	if got := c.RemindAt(friday, monday); !got.Equal(friday) {
		t.Errorf("a reminder for Monday 9.00 goes out %v", got)
	}
	if got := c.RemindAt(monday.Add(time.Hour), monday.Add(2*time.Hour)); !got.Equal(monday.Add(time.Hour)) {
		t.Errorf("a reminder in working time is moved to %v", got)
	}
}

func TestHandoff_SaysWhoSeesItWhen(t *testing.T) {
	jakarta, manila := zone(t, "Asia/Jakarta"), zone(t, "Asia/Manila")
	steps := []Step{
		{"ae", Office(jakarta, nil), time.Hour},
		{"specialist", Office(manila, nil), 30 * time.Minute},
		{"talent", Office(manila, nil), 3 * time.Hour},
	}
	sent := time.Date(2026, 11, 27, 15, 42, 0, 0, jakarta) // Friday
	stops := Handoff(steps, sent)
	if len(stops) != 3 {
		t.Fatal(stops)
	}
	// The AE hands on at 16.42 Jakarta = 17.42 Manila; the specialist needs 12 minutes of Monday.
	if want := time.Date(2026, 11, 30, 9, 12, 0, 0, manila); !stops[2].Opens.Equal(want) {
		t.Errorf("the talent reads it %v, want %v", stops[2].Opens.In(manila), want)
	}
	if want := time.Date(2026, 11, 30, 12, 12, 0, 0, manila); !stops[2].Leaves.Equal(want) {
		t.Errorf("the talent answers %v, want %v", stops[2].Leaves.In(manila), want)
	}
	latest := SendBefore(steps, time.Date(2026, 11, 27, 10, 0, 0, 0, jakarta))
	if want := time.Date(2026, 11, 27, 15, 29, 0, 0, jakarta); !latest.Equal(want) {
		t.Errorf("send before %v, want %v", latest.In(jakarta), want)
	}
	if got := Handoff([]Step{{"nobody", Calendar{}, time.Hour}}, sent); len(got) != 0 {
		t.Errorf("a step that never opens: %v", got)
	}
}

func BenchmarkCalendar_BetweenTwoYears(b *testing.B) {
	c := Office(zone(b, "Asia/Jakarta"), DaysOff(SeedHolidays(), "ID", "id", true))
	from := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		c.Between(from, from.AddDate(2, 0, 0))
	}
}

func BenchmarkCalendar_AddWorkingTwoDays(b *testing.B) {
	c := Office(zone(b, "America/New_York"), DaysOff(SeedHolidays(), "PH", "id", true))
	from := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		c.AddWorking(from, 18*time.Hour)
	}
}
