package worktime

import (
	"testing"
	"time"
)

// handed is one hand-off to somebody, sent at an instant.
func handed(c Calendar, sent time.Time) (opens, before time.Time) {
	steps := []Step{{"talent", c, 15 * time.Minute}}
	return Handoff(steps, sent)[0].Opens, SendBefore(steps, sent)
}

func TestHandoff_TheZonesOfTheTwoCountries(t *testing.T) {
	jakarta := zone(t, "Asia/Jakarta")
	for _, c := range []struct {
		zone          string
		opens, before string // by the reader's clock; before by Jakarta's
	}{
		// Sent Tuesday 16.30 in Jakarta: still the same day in Jakarta, after hours east of it.
		{"Asia/Jakarta", "2026-11-24 16:30", "2026-11-24 17:59"},
		{"Asia/Makassar", "2026-11-24 17:30", "2026-11-24 16:59"},
		{"Asia/Manila", "2026-11-24 17:30", "2026-11-24 16:59"},
		{"Asia/Jayapura", "2026-11-25 09:00", "2026-11-25 15:59"},
	} {
		loc := zone(t, c.zone)
		opens, before := handed(Office(loc, nil), time.Date(2026, 11, 24, 16, 30, 0, 0, jakarta))
		if got := opens.In(loc).Format("2006-01-02 15:04"); got != c.opens {
			t.Errorf("%s reads it %s, want %s", c.zone, got, c.opens)
		}
		if got := before.In(jakarta).Format("2006-01-02 15:04"); got != c.before {
			t.Errorf("%s: send before %s, want %s", c.zone, got, c.before)
		}
	}
}

func TestHandoff_AZoneThatChangesItsClocks(t *testing.T) {
	york := zone(t, "America/New_York")
	steps := []Step{{"ae", Always(york), 2 * time.Hour}, {"talent", Office(york, nil), time.Hour}}
	// The clocks go forward on Sunday 8 March 2026 at 2.00, and back on 1 November.
	spring := Handoff(steps, time.Date(2026, 3, 8, 1, 0, 0, 0, york))
	if want := time.Date(2026, 3, 8, 4, 0, 0, 0, york); !spring[0].Leaves.Equal(want) {
		t.Errorf("two hours over the change end %v", spring[0].Leaves.In(york))
	}
	if want := time.Date(2026, 3, 9, 9, 0, 0, 0, york); !spring[1].Opens.Equal(want) {
		t.Errorf("read %v, want %v", spring[1].Opens.In(york), want)
	}
	autumn := Handoff(steps, time.Date(2026, 11, 1, 0, 30, 0, 0, york))
	if want := time.Date(2026, 11, 2, 9, 0, 0, 0, york); !autumn[1].Opens.Equal(want) || autumn[0].Leaves.In(york).Hour() != 1 {
		t.Errorf("read %v after %v", autumn[1].Opens.In(york), autumn[0].Leaves.In(york))
	}
}

func TestHandoff_FridayEveningAndHolidays(t *testing.T) {
	jakarta, manila := zone(t, "Asia/Jakarta"), zone(t, "Asia/Manila")
	friday := time.Date(2026, 11, 27, 19, 0, 0, 0, jakarta)
	if opens, _ := handed(Office(manila, nil), friday); !opens.Equal(time.Date(2026, 11, 30, 9, 0, 0, 0, manila)) {
		t.Errorf("sent on Friday evening, read %v", opens.In(manila))
	}
	// Bonifacio Day, 30 November, is a holiday in the Philippines only.
	bonifacio := map[Date]string{"2026-11-30": "Hari Bonifacio"}
	if opens, _ := handed(Office(manila, bonifacio), friday); !opens.Equal(time.Date(2026, 12, 1, 9, 0, 0, 0, manila)) {
		t.Errorf("in Manila read %v", opens.In(manila))
	}
	if opens, _ := handed(Office(jakarta, nil), friday); !opens.Equal(time.Date(2026, 11, 30, 9, 0, 0, 0, jakarta)) {
		t.Errorf("in Jakarta read %v", opens.In(jakarta))
	}
}

func TestHandoff_TheServersZoneDoesNotMatter(t *testing.T) {
	manila := zone(t, "Asia/Manila")
	sent := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	local := time.Local
	defer func() { time.Local = local }()
	var first time.Time
	for _, name := range []string{"UTC", "Asia/Jakarta", "America/New_York", "Pacific/Kiritimati"} {
		time.Local = zone(t, name)
		opens, before := handed(Office(manila, nil), sent.In(time.Local))
		if first.IsZero() {
			first = opens
		}
		if !opens.Equal(first) || !before.After(opens) {
			t.Errorf("a server in %s: read %v, send before %v", name, opens, before)
		}
	}
}
