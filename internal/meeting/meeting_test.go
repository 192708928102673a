package meeting

import (
	"errors"
	"testing"
	"time"

	"kolega/internal/fault"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := worktime.Zone(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

var monday = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC) // nine o'clock in Jakarta

func talk(from, to time.Time, people ...Person) Meeting {
	return Meeting{ID: "m", Kind: Review, Title: " Kick  off ", Zone: "Asia/Jakarta", Start: from, End: to, People: people}
}

var (
	us   = Person{Who: Staff, ID: "ae", Name: "Rani", Zone: "Asia/Jakarta"}
	them = Person{Who: Contact, ID: "co", Name: "Sari", Zone: "Asia/Manila"}
)

func TestMeeting_IsWhole(t *testing.T) {
	hour := monday.Add(time.Hour)
	for name, c := range map[string]struct {
		m    Meeting
		want error
	}{
		"as it should be":               {talk(monday, hour, us, them), nil},
		"no title":                      {func() Meeting { m := talk(monday, hour, us, them); m.Title = " "; return m }(), ErrTitle},
		"a kind of its own":             {func() Meeting { m := talk(monday, hour, us, them); m.Kind = "chat"; return m }(), ErrKind},
		"an abbreviation for a zone":    {func() Meeting { m := talk(monday, hour, us, them); m.Zone = "WIB"; return m }(), ErrZone},
		"it ends when it begins":        {talk(monday, monday, us, them), ErrEnd},
		"it ends before it begins":      {talk(hour, monday, us, them), ErrEnd},
		"longer than a day":             {talk(monday, monday.Add(25*time.Hour), us, them), ErrEnd},
		"in ten years":                  {talk(monday.AddDate(10, 0, 0), hour.AddDate(10, 0, 0), us, them), ErrDay},
		"a client meeting without them": {talk(monday, hour, us), ErrOutside},
		"nobody of ours":                {talk(monday, hour, them), ErrStaff},
		"a guest without a name":        {talk(monday, hour, us, Person{Who: Guest, Email: "x@x.id"}), ErrGuest},
		"a link that is not https":      {func() Meeting { m := talk(monday, hour, us, them); m.Link = "http://x.id"; return m }(), ErrLink},
		"a brainstorm among ourselves":  {func() Meeting { m := talk(monday, hour, us); m.Kind = Brainstorm; return m }(), nil},
	} {
		if _, err := c.m.Tidy(monday); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if m, _ := talk(monday, hour, us, them).Tidy(monday); m.Title != "Kick off" || len(m.Zones()) != 2 || m.Zones()[0] != "Asia/Jakarta" {
		t.Errorf("%+v", m)
	}
}

func TestMeeting_TimesOfAFormKeepTheClockOfTheZone(t *testing.T) {
	from, to, err := Times("2026-10-25", "10.00", "11:30", "Europe/Amsterdam") // the day the clocks go back
	if err != nil || !from.Equal(time.Date(2026, 10, 25, 9, 0, 0, 0, time.UTC)) || to.Sub(from) != 90*time.Minute {
		t.Errorf("%s to %s: %v", from, to, err)
	}
	for name, c := range map[string]struct{ on, from, to, zone, code, field string }{
		"an end before its start":         {"2026-11-23", "11.00", "10.00", "Asia/Jakarta", "meeting.end", "to"},
		"a time that the clocks jump":     {"2026-03-29", "02.30", "04.00", "Europe/Amsterdam", "due.gap", "from"},
		"a time that comes twice":         {"2026-10-25", "02.30", "04.00", "Europe/Amsterdam", "due.twice", "from"},
		"no end":                          {"2026-11-23", "11.00", "", "Asia/Jakarta", "due.required", "to"},
		"words":                           {"2026-11-23", "siang", "12.00", "Asia/Jakarta", "due.unreadable", "from"},
		"no day":                          {"2026-02-30", "11.00", "12.00", "Asia/Jakarta", "meeting.day", "on"},
		"an offset in place of its place": {"2026-11-23", "11.00", "12.00", "GMT+7", "meeting.zone", "zone"},
	} {
		_, _, err := Times(worktime.Date(c.on), c.from, c.to, c.zone)
		f, ok := fault.As(err)
		if !ok || f.Code != c.code || f.Fields[c.field] == "" {
			t.Errorf("%s: %v %+v, want %s at %s", name, err, f, c.code, c.field)
		}
	}
}

func TestMeeting_AnOverlapOfOnePersonIsSeen(t *testing.T) {
	a := talk(monday, monday.Add(time.Hour), us, them)
	b := talk(monday.Add(30*time.Minute), monday.Add(2*time.Hour), us)
	b.ID = "b"
	if c := Clashes(a, []Meeting{a, b}); len(c) != 1 || c[0].Name != "Rani" {
		t.Errorf("%+v", c)
	}
	b.Start = a.End
	if c := Clashes(a, []Meeting{b}); len(c) != 0 {
		t.Errorf("one ends when the other begins: %+v", c)
	}
	b.Start, b.CancelAt = a.Start, monday
	if c := Clashes(a, []Meeting{b}); len(c) != 0 {
		t.Errorf("a cancelled one: %+v", c)
	}
}

func TestCommon_HoursHolidaysLeaveAndOtherMeetings(t *testing.T) {
	jkt, mnl := zone(t, "Asia/Jakarta"), zone(t, "Asia/Manila")
	rani := Diary{Name: "Rani", Calendar: worktime.Office(jkt, map[worktime.Date]string{"2026-11-24": "libur"}), Away: []task.Leave{{From: "2026-11-25", To: "2026-11-25"}},
		Busy: []Meeting{talk(worktime.Date("2026-11-26").At(9, 0, jkt), worktime.Date("2026-11-26").At(15, 0, jkt))}}
	joel := Diary{Name: "Joel", Calendar: worktime.Office(mnl, map[worktime.Date]string{"2026-11-27": "holiday there"})}
	from, to := worktime.Date("2026-11-24").In(jkt), worktime.Date("2026-11-28").In(jkt)
	got := Common([]Diary{rani, joel}, time.Hour, from, to, jkt, 8)
	// 24th a holiday here, 25th leave, 26th only after 15.00 and before 18.00 in Manila, which is 17.00 here; 27th a holiday there.
	if len(got) != 1 || !got[0].Equal(worktime.Date("2026-11-26").At(15, 0, jkt)) {
		t.Errorf("proposed %v", got)
	}
	if got := Common([]Diary{rani, joel}, 3*time.Hour, from, to, jkt, 8); len(got) != 0 {
		t.Errorf("three hours together: %v", got)
	}
	alone := Common([]Diary{joel}, time.Hour, from, to, jkt, 3)
	if len(alone) != 3 || !alone[0].Equal(worktime.Date("2026-11-24").At(9, 0, mnl)) || alone[1].Sub(alone[0]) < 2*time.Hour || worktime.DateOf(alone[2], jkt) != "2026-11-25" {
		t.Errorf("two a day, apart: %v", alone)
	}
}

func TestGuests_AreReadALineEach(t *testing.T) {
	got := ReadGuests(" Budi  Santoso <BUDI@x.id>\n\nSinta", "Asia/Jakarta")
	if len(got) != 2 || got[0].Name != "Budi Santoso" || got[0].Email != "budi@x.id" || got[1].Email != "" {
		t.Errorf("%+v", got)
	}
}
