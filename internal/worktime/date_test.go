package worktime

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kolega/internal/fault"
)

func TestParseDate_OnlyDaysThatExist(t *testing.T) {
	for _, good := range []string{"2026-11-24", "2028-02-29", "2000-01-01", "2100-12-31"} {
		if d, err := ParseDate(good); err != nil || string(d) != good {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "2027-02-29", "2027-02-30", "0000-01-01", "9999-12-31", "1999-12-31", "2101-01-01", "24-11-2026", "2026-1-2", "2026-13-01", "2026-11-24T00:00", " 2026-11-24"} {
		if _, err := ParseDate(bad); fault.CodeOf(err) != "date.unreadable" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestDate_CountsLikeACalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 36000).Draw(t, "day"))
		n := rapid.IntRange(-2000, 2000).Draw(t, "n")
		d := DateOf(start, time.UTC)
		e := d.AddDays(n)
		if e != DateOf(start.AddDate(0, 0, n), time.UTC) || d.DaysUntil(e) != n || e.AddDays(-n) != d {
			t.Fatalf("%s and %d days: %s", d, n, e)
		}
		if (n > 0) != e.After(d) || (n < 0) != e.Before(d) || d.Weekday() != start.Weekday() {
			t.Fatalf("order or weekday of %s and %s", d, e)
		}
		var text [10]byte
		writeDate(&text, dayNumber(start))
		if Date(text[:]) != d {
			t.Fatalf("written %s, want %s", text, d)
		}
	})
}

func TestDate_MonthsKeepTheDayOrTakeTheLast(t *testing.T) {
	for _, c := range []struct {
		d    Date
		n    int
		want Date
	}{{"2027-01-31", 1, "2027-02-28"}, {"2028-01-31", 1, "2028-02-29"}, {"2028-02-29", 12, "2029-02-28"}, {"2026-11-30", 3, "2027-02-28"}, {"2026-03-31", -1, "2026-02-28"}, {"2026-11-24", 1, "2026-12-24"}} {
		if got := c.d.AddMonths(c.n); got != c.want {
			t.Errorf("%s and %d months: %s, want %s", c.d, c.n, got, c.want)
		}
	}
}

func TestEndOfDay_IsTheLastSecondInTheOwnersZone(t *testing.T) {
	for name, want := range map[string]string{
		"Asia/Jakarta": "2026-11-24T16:59:59Z", "Asia/Manila": "2026-11-24T15:59:59Z", "Asia/Jayapura": "2026-11-24T14:59:59Z",
	} {
		d, err := EndOfDay("2026-11-24", name)
		if err != nil || d.At.UTC().Format(time.RFC3339) != want || d.Wall() != "2026-11-24T23:59:59" {
			t.Errorf("%s: %v %v", name, d, err)
		}
	}
	if _, err := EndOfDay("2026-11-24", "Manila"); fault.CodeOf(err) != "zone.unknown" {
		t.Error(err)
	}
}

func TestDeadline_FutureKeepsTheLocalTime(t *testing.T) {
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	old := Deadline{At: time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC), Zone: "Asia/Manila"} // as if Manila had been +07:00
	d, err := old.Resettled("2026-11-24T18:00:00", now)
	if err != nil || d.At.UTC().Hour() != 10 {
		t.Errorf("a future deadline: %v %v", d.At.UTC(), err)
	}
	past, err := old.Resettled("2026-11-24T18:00:00", now.AddDate(0, 1, 0))
	if err != nil || !past.At.Equal(old.At) {
		t.Errorf("a past deadline moved: %v %v", past.At, err)
	}
}

func TestZone_NamesAPlaceOrSuggestsOne(t *testing.T) {
	for _, good := range append([]string{"America/Argentina/Buenos_Aires"}, Places...) {
		if loc, err := Zone(good); err != nil || loc.String() != good {
			t.Errorf("%s: %v", good, err)
		}
	}
	for name, suggestion := range map[string]string{
		"GMT+8": "Asia/Manila, Asia/Makassar", "UTC+07:00": "Asia/Jakarta", "+0900": "Asia/Jayapura", "Etc/GMT-8": "Asia/Manila",
		"WIB": "Asia/Jakarta", "PST": "Asia/Manila, America/Los_Angeles", "Manila": "Asia/Manila", "asia/jakarta": "Asia/Jakarta",
		"": "Asia/Jakarta", "Local": "Asia/Jakarta", "Atlantis/City": "Asia/Jakarta", "../etc/passwd": "Asia/Jakarta", "EST": "Asia/Jakarta", "GMT+99": "Asia/Jakarta",
	} {
		_, err := Zone(name)
		f, ok := fault.As(err)
		if !ok || f.Code != "zone.unknown" {
			t.Errorf("%q was accepted", name)
			continue
		}
		if got := f.Args[3].(string); !strings.HasPrefix(got, suggestion) {
			t.Errorf("%q: suggested %q, want %q first", name, got, suggestion)
		}
	}
}

func TestParseHolidays_SeedCoversBothCountries(t *testing.T) {
	list := SeedHolidays()
	years := map[string]int{}
	for _, h := range list {
		if h.Off(false) {
			years[h.Country+string(h.Date[:4])]++
		}
	}
	for _, country := range []string{"ID", "PH"} {
		for _, year := range []string{"2023", "2024", "2025", "2026", "2027"} {
			if years[country+year] < 12 {
				t.Errorf("%s %s has %d days off", country, year, years[country+year])
			}
		}
	}
	off := DaysOff(list, "ID", "id", false)
	if _, ok := off["2026-04-21"]; ok {
		t.Error("Kartini Day is a greeting, not a day off")
	}
	if joint := DaysOff(list, "ID", "id", true); len(joint) <= len(off) {
		t.Error("joint leave closes no more days")
	}
}

func TestParseHolidays_RefusesTheListAtItsFirstBadRow(t *testing.T) {
	head := "date,country,name_id,name_en,kind,source\n"
	for _, bad := range []string{
		"2027-02-30,ID,A,A,national_holiday,x", "2026-01-01,id,A,A,national_holiday,x", "2026-01-01,ID,,A,national_holiday,x",
		"2026-01-01,ID,A,A,holiday,x", "2026-01-01,ID,A,A", `2026-01-01,ID,"A,A,national_holiday,x`,
	} {
		if _, err := ParseHolidays(strings.NewReader(head + bad + "\n")); fault.CodeOf(err) != "holidays.unreadable" {
			t.Errorf("%s: %v", bad, err)
		}
	}
	list, err := ParseHolidays(strings.NewReader("\ufeff" + head + "2027-05-16,PH,Idul Adha,Eid al-Adha,regular_holiday_estimated,x\n"))
	if err != nil || len(list) != 1 || !list[0].Estimated || list[0].Kind != RegularHoliday || !list[0].Off(false) {
		t.Errorf("an estimated day: %v %v", list, err)
	}
}

func TestMoving_ShowsWhatItWasSetTo(t *testing.T) {
	start := time.Date(2026, 11, 23, 8, 42, 0, 0, time.UTC)
	var c Clock = MovingAt(start)
	m := c.(*Moving)
	if m.Advance(time.Hour); !c.Now().Equal(start.Add(time.Hour)) {
		t.Fatal(c.Now())
	}
	m.Set(start)
	if !c.Now().Equal(start) || c.Now().Location() != time.UTC {
		t.Fatal(c.Now())
	}
	if d := StartingAt(start).Now().Sub(start); d < 0 || d > time.Minute {
		t.Fatalf("a running clock is %v off", d)
	}
}
