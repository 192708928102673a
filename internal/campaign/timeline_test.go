package campaign

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kolega/internal/worktime"
)

func officeIn(t testing.TB, zone string, off ...worktime.Date) worktime.Calendar {
	loc, err := worktime.Zone(zone)
	if err != nil {
		t.Fatal(err)
	}
	days := map[worktime.Date]string{}
	for _, d := range off {
		days[d] = "off"
	}
	return worktime.Office(loc, days)
}

func TestPlaybook_WorksFallOnTheOwnersWorkingDays(t *testing.T) {
	p := Playbook{Works: []PlaybookWork{
		{Kind: "meeting", NameID: "Meeting", Role: "ae", Offset: 0, Days: 1},
		{Kind: "picks", NameID: "Pilihan", Role: "client", Offset: 4, Days: 2},
		{Kind: "drafting", NameID: "Draf", Role: "talent", Offset: 4, Days: 3},
	}}
	jakarta := officeIn(t, "Asia/Jakarta")
	manila := officeIn(t, "Asia/Manila", "2026-11-30") // Bonifacio Day: there alone
	cals := func(role string) worktime.Calendar {
		if role == "talent" {
			return manila
		}
		return jakarta
	}
	works := p.Plan("2026-11-22", cals) // a Sunday
	got := [][2]worktime.Date{}
	for _, w := range works {
		got = append(got, [2]worktime.Date{w.PlannedStart, w.PlannedEnd})
	}
	want := [][2]worktime.Date{{"2026-11-23", "2026-11-23"}, {"2026-11-27", "2026-11-30"}, {"2026-11-27", "2026-12-02"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if LastDay(works) != "2026-12-02" {
		t.Errorf("last day %s", LastDay(works))
	}
}

func TestTimeline_WeeksNeverCrossAMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := worktime.DayOf(2024, 1, 1).AddDays(rapid.IntRange(0, 2000).Draw(t, "day"))
		w := WeekOf(d)
		if d.Before(w.From) || d.After(w.To) || w.From[:7] != w.To[:7] || w.N < 1 || w.N > 4 {
			t.Fatalf("%s lies in %+v", d, w)
		}
		if next := WeekOf(w.To.AddDays(1)); next.From != w.To.AddDays(1) {
			t.Fatalf("after %+v comes %+v", w, next)
		}
	})
	if n := len(Weeks("2026-02-01", "2026-04-30")); n != 12 {
		t.Errorf("February to April has 12 weeks, got %d", n)
	}
}

func TestWork_ActualComesFromTheTrail(t *testing.T) {
	at := func(h int) time.Time { return noon.Add(time.Duration(h) * time.Hour) }
	w := Work{Kind: "drafting"}
	acts := map[string]Facts{"draft.upload": {First: at(1), Last: at(5), Count: 3}, "draft.approve": {First: at(2), Last: at(6), Count: 2}}
	if began, ended := w.Actual(acts, 1, 3); began != at(1) || !ended.IsZero() {
		t.Errorf("two of three approved: %v %v", began, ended)
	}
	if _, ended := w.Actual(acts, 1, 2); ended != at(6) {
		t.Errorf("all approved: %v", ended)
	}
	if began, ended := (Work{Kind: "result"}).Actual(map[string]Facts{"report.send": {First: at(3), Last: at(3), Count: 1}}, 0, 0); began != at(3) || ended != at(3) {
		t.Errorf("an end without a seen beginning: %v %v", began, ended)
	}
}

func TestWork_AStateForEachDay(t *testing.T) {
	w := Work{PlannedStart: "2026-11-10", PlannedEnd: "2026-11-12"}
	for _, c := range []struct {
		name                string
		began, ended, today worktime.Date
		want                WorkState
	}{
		{"before its day", "", "", "2026-11-10", Waiting},
		{"not begun in time", "", "", "2026-11-11", LateStart},
		{"begun", "2026-11-10", "", "2026-11-12", Running},
		{"past its end", "2026-11-10", "", "2026-11-13", Late},
		{"ended in time", "2026-11-10", "2026-11-12", "2026-11-20", Done},
		{"ended late", "2026-11-10", "2026-11-14", "2026-11-20", DoneLate},
	} {
		if got := w.StateOf(c.began, c.ended, c.today); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWork_ReschedulingWarnsAndRefuses(t *testing.T) {
	c := Campaign{StartOn: "2026-11-02", EndOn: "2026-12-12"}
	cal := officeIn(t, "Asia/Jakarta")
	if _, _, err := (Work{}).Reschedule("2026-11-20", "2026-11-19", c, cal); !errors.Is(err, ErrWorkDates) {
		t.Errorf("an end before its start: %v", err)
	}
	if _, _, err := (Work{}).Reschedule("2026-11-31", "2026-12-01", c, cal); err == nil {
		t.Error("a day that does not exist")
	}
	_, warn, err := (Work{}).Reschedule("2026-12-12", "2026-12-14", c, cal)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Warning{OutsideCampaign, OnDayOff}, warn); diff != "" {
		t.Error(diff)
	}
}

func TestWork_APersonRecordsOnlyWhatLeavesNoTrace(t *testing.T) {
	if _, err := (Work{Kind: "picks"}).Begin(noon, noon, "Rani"); !errors.Is(err, ErrWorkTraced) {
		t.Errorf("traced work: %v", err)
	}
	w, err := Work{Kind: "shoot"}.End(noon, noon, "Rani")
	if err != nil || w.BeganAt != noon || w.EndedBy != "Rani" {
		t.Errorf("%+v %v", w, err)
	}
	if _, err := (Work{Kind: "shoot"}).Begin(noon.Add(time.Hour), noon, "Rani"); !errors.Is(err, ErrWorkFuture) {
		t.Errorf("in the future: %v", err)
	}
	w, _ = w.Reopen()
	if !w.EndedAt.IsZero() || w.BeganAt.IsZero() {
		t.Errorf("the end is taken back first: %+v", w)
	}
}
