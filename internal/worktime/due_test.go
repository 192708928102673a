package worktime

import (
	"testing"
	"time"

	"kolega/internal/fault"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := Zone(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// monday is 23 November 2026, 15.42 in Jakarta.
func monday(t testing.TB) time.Time {
	return time.Date(2026, 11, 23, 15, 42, 0, 0, zone(t, "Asia/Jakarta"))
}

func TestParseDue_UnderstandsHowPeopleSpeak(t *testing.T) {
	jakarta := zone(t, "Asia/Jakarta")
	cal := Office(jakarta, map[Date]string{"2026-11-25": "libur"})
	for _, c := range []struct{ text, lang, want string }{
		{"besok 17.00", "id", "2026-11-24T17:00:00"},
		{"tomorrow 17:00", "en", "2026-11-24T17:00:00"},
		{"Besok jam 5 sore", "id", "2026-11-24T17:00:00"},
		{"tomorrow at 5pm", "en", "2026-11-24T17:00:00"},
		{"tomorrow 5:30 pm", "en", "2026-11-24T17:30:00"},
		{"besok", "id", "2026-11-24T23:59:59"},
		{"lusa pukul 9", "id", "2026-11-25T09:00:00"},
		{"hari ini 18.00", "id", "2026-11-23T18:00:00"},
		{"hari ini", "id", "2026-11-23T23:59:59"},
		{"eod", "en", "2026-11-23T23:59:59"},
		{"18:00", "en", "2026-11-23T18:00:00"},
		{"18.00 Manila", "id", "2026-11-23T17:00:00"},
		{"besok 17.00 WITA", "id", "2026-11-24T16:00:00"},
		{"Jumat", "id", "2026-11-27T23:59:59"},
		{"jumat 12.00", "id", "2026-11-27T12:00:00"},
		{"hari Jumat", "id", "2026-11-27T23:59:59"},
		{"Jumat depan", "id", "2026-12-04T23:59:59"},
		{"next friday 10am", "en", "2026-12-04T10:00:00"},
		{"this friday", "en", "2026-11-27T23:59:59"},
		{"senin", "id", "2026-11-30T23:59:59"},
		{"minggu", "id", "2026-11-29T23:59:59"},
		{"24 Nov", "id", "2026-11-24T23:59:59"},
		{"24 Nov 2026, 17.00 WIB", "id", "2026-11-24T17:00:00"},
		{"Sel 24 Nov 2026, 17.00 WIB", "id", "2026-11-24T17:00:00"},
		{"Nov 24, 2026 5 pm", "en", "2026-11-24T17:00:00"},
		{"5 Januari", "id", "2027-01-05T23:59:59"},
		{"24/11", "id", "2026-11-24T23:59:59"},
		{"24/11/2026 17.00", "id", "2026-11-24T17:00:00"},
		{"3 hari kerja", "id", "2026-11-27T23:59:59"}, // Wednesday is a holiday
		{"3 working days", "en", "2026-11-27T23:59:59"},
		{"3 hari kerja jam 12.00", "id", "2026-11-27T12:00:00"},
		{"4 jam kerja", "id", "2026-11-24T10:42:00"},
		{"in 2 hours", "en", "2026-11-23T17:42:00"},
		{"2 jam lagi", "id", "2026-11-23T17:42:00"},
		{"90 menit", "id", "2026-11-23T17:12:00"},
		{"3 hari", "id", "2026-11-26T23:59:59"},
		{"seminggu lagi", "id", "2026-11-30T23:59:59"},
		{"two weeks", "en", "2026-12-07T23:59:59"},
		{"akhir bulan", "id", "2026-11-30T23:59:59"},
		{"2026-11-24", "id", "2026-11-24T23:59:59"},
		{"2026-11-24T17:00", "id", "2026-11-24T17:00:00"},
		{"2026-11-24T17:30:00", "id", "2026-11-24T17:30:00"},
		{"2026-11-24 17:00", "en", "2026-11-24T17:00:00"},
		{"2026-11-24T17:00+08:00", "en", "2026-11-24T16:00:00"},
		{"2026-11-24T10:00:00Z", "en", "2026-11-24T17:00:00"},
	} {
		d, err := ParseDue(c.text, monday(t), cal, c.lang)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if got := d.Wall(); got != c.want || d.Zone != "Asia/Jakarta" {
			t.Errorf("%q: got %s in %s, want %s", c.text, got, d.Zone, c.want)
		}
	}
}

func TestParseDue_RefusesWhatIsUnclearOrOver(t *testing.T) {
	cal := Office(zone(t, "Asia/Jakarta"), nil)
	for text, code := range map[string]string{
		"": "due.required", "   ": "due.required",
		"secepatnya": "due.unreadable", "asap": "due.unreadable", "minggu depan": "due.unreadable", "25.00": "due.unreadable",
		"besok 25.00": "due.unreadable", "17": "due.unreadable", "0 hari": "due.unreadable", "jam 13 pm": "due.unreadable",
		"15.00": "due.past", "20 Nov": "due.past", "2026-11-23T15:00": "due.past", "2020-01-01": "due.past", "jam 3 sore": "due.past",
		"2027-02-29": "date.unreadable", "30 Feb 2027": "date.unreadable", "31 april": "date.unreadable", "Rabu 24 Nov 2026": "date.unreadable",
		"12/31": "due.slash", "1999-01-01": "date.unreadable", "24 nov 26": "date.unreadable",
	} {
		if _, err := ParseDue(text, monday(t), cal, "id"); fault.CodeOf(err) != code {
			t.Errorf("%q: got %v, want %s", text, err, code)
		}
	}
	if _, err := ParseDue("24/11", monday(t), cal, "en"); fault.CodeOf(err) != "due.slash" {
		t.Errorf("a slashed date in English: %v", err)
	}
	if _, err := ParseDue("4 jam kerja", monday(t), Calendar{}, "id"); fault.CodeOf(err) != "due.closed" {
		t.Errorf("a calendar that never opens: %v", err)
	}
}

func TestParseDue_TimesThatTheClocksSkipOrRepeatAreAskedBack(t *testing.T) {
	ny := zone(t, "America/New_York")
	now := time.Date(2027, 3, 1, 12, 0, 0, 0, ny)
	if _, err := ParseDue("2027-03-14 02:30", now, Office(ny, nil), "en"); fault.CodeOf(err) != "due.gap" {
		t.Errorf("a skipped time: %v", err)
	}
	if _, err := ParseDue("2027-11-07 01:30", now, Office(ny, nil), "en"); fault.CodeOf(err) != "due.twice" {
		t.Errorf("a repeated time: %v", err)
	}
	d, err := ParseDue("2027-11-07T01:30-05:00", now, Office(ny, nil), "en")
	if err != nil || d.At.Unix() != time.Date(2027, 11, 7, 6, 30, 0, 0, time.UTC).Unix() {
		t.Errorf("with an offset: %v %v", d, err)
	}
}

func FuzzParseDue(f *testing.F) {
	for _, s := range []string{"besok 17.00", "3 hari kerja", "2026-11-24T17:00+08:00", "jam 5 sore", "@ 5", "am", "24/11/2026 5pm", "- - -"} {
		f.Add(s)
	}
	loc := zone(f, "America/New_York")
	now := time.Date(2026, 11, 23, 8, 42, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDue(s, now, Office(loc, nil), "id")
		if err == nil && (!d.At.After(now) || d.Zone != "America/New_York") {
			t.Fatalf("%q gave %v", s, d)
		}
		if err != nil && fault.KindOf(err) != fault.Invalid {
			t.Fatalf("%q gave %v", s, err)
		}
	})
}
