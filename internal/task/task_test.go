package task

import (
	"errors"
	"testing"
	"time"

	"kolega/internal/worktime"
)

func jakarta(t *testing.T) *time.Location {
	t.Helper()
	loc, err := worktime.Zone("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestTask_NoneWaitsForItself(t *testing.T) {
	order := map[string][]string{"b": {"a"}, "c": {"b", "x"}, "x": {"y"}}
	if err := CheckOrder("c", order); err != nil {
		t.Errorf("a chain: %v", err)
	}
	order["a"] = []string{"c"}
	if err := CheckOrder("a", order); !errors.Is(err, ErrLoop) {
		t.Errorf("a → c → b → a: %v", err)
	}
	if err := CheckOrder("z", map[string][]string{"z": {"z"}}); !errors.Is(err, ErrLoop) {
		t.Errorf("itself: %v", err)
	}
}

func TestTask_DueOnAHolidayMovesAndIsTold(t *testing.T) {
	loc := jakarta(t)
	cal := worktime.Office(loc, map[worktime.Date]string{"2026-12-25": "Natal"}) // a Friday
	due := worktime.Deadline{At: worktime.Date("2026-12-25").At(15, 0, loc), Zone: "Asia/Jakarta"}
	got, moved, err := Settle(due, cal, nil)
	if err != nil || moved.Holiday != "Natal" || moved.To != "2026-12-28" || got.Wall() != "2026-12-28T15:00:00" {
		t.Errorf("%+v moved %+v, %v", got, moved, err)
	}
	saturday := worktime.Deadline{At: worktime.Date("2026-12-26").At(15, 0, loc), Zone: "Asia/Jakarta"}
	if got, moved, err := Settle(saturday, cal, nil); err != nil || moved != (Moved{}) || got.At != saturday.At {
		t.Errorf("a Saturday is somebody's choice: %+v %+v %v", got, moved, err)
	}
	away := []Leave{{From: "2026-12-28", To: "2026-12-30"}}
	if _, _, err := Settle(due, cal, away); !errors.Is(err, ErrAway) {
		t.Errorf("moved into a leave: %v", err)
	}
}

func TestTask_StateIsComputed(t *testing.T) {
	now := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	open := Task{Title: "first"}
	for name, c := range map[string]struct {
		task  Task
		first []Task
		want  State
	}{
		"nobody has said yes":       {Task{}, nil, Unseen},
		"the doer has":              {Task{SeenAt: now}, nil, Running},
		"something comes first":     {Task{SeenAt: now}, []Task{{DoneAt: now}, open}, Waiting},
		"what came first is gone":   {Task{SeenAt: now}, []Task{{DoneAt: now}, {DropAt: now}}, Running},
		"done":                      {Task{DoneAt: now}, []Task{open}, Done},
		"dropped, though once done": {Task{DoneAt: now, DropAt: now}, nil, Dropped},
	} {
		if got := c.task.StateOf(c.first); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestTask_ADayHasFourParts(t *testing.T) {
	loc := jakarta(t)
	now := worktime.Date("2026-11-23").At(10, 0, loc)
	for _, c := range []struct {
		day  worktime.Date
		hour int
		want Part
	}{{"2026-11-23", 9, PartLate}, {"2026-11-23", 23, PartToday}, {"2026-11-24", 0, PartWeek}, {"2026-11-30", 12, PartWeek}, {"2026-12-01", 0, PartLater}} {
		if got := PartOf(Task{Due: worktime.Deadline{At: c.day.At(c.hour, 0, loc)}}, now, loc); got != c.want {
			t.Errorf("%s %d.00: %s, want %s", c.day, c.hour, got, c.want)
		}
	}
}

func TestLoad_CountsWorkAgainstTheTimeThereIs(t *testing.T) {
	loc := jakarta(t)
	now := worktime.Date("2026-12-23").At(10, 0, loc) // a Wednesday
	cal := worktime.Office(loc, map[worktime.Date]string{"2026-12-25": "Natal"})
	due := func(d worktime.Date) worktime.Deadline {
		return worktime.Deadline{At: d.At(12, 0, loc), Zone: "Asia/Jakarta"}
	}
	weeks := LoadOf([]Task{
		{Minutes: 120, Due: due("2026-12-01")}, // late: will be done now
		{Minutes: 60, Due: due("2026-12-24")},
		{Minutes: 2400, Due: due("2026-12-30")},
		{Minutes: 60, Due: due("2026-12-24"), DoneAt: now},
		{Minutes: 60, Due: due("2027-03-01")}, // beyond
	}, cal, []Leave{{From: "2026-12-26", To: "2026-12-29"}}, 2, now)
	if w := weeks[0]; w.Monday != "2026-12-21" || w.Planned != 180 || w.Capacity != 4*9*60 || w.Tasks != 2 || w.Late != 1 || w.Full() {
		t.Errorf("this week %+v", w)
	}
	if w := weeks[1]; w.Planned != 2400 || w.Capacity != 3*9*60 || w.Away != 2 || !w.Full() {
		t.Errorf("next week %+v", w)
	}
}

func TestLeave_Check(t *testing.T) {
	for _, l := range []Leave{{}, {From: "2026-12-02", To: "2026-12-01"}, {From: "2026-12-02", To: "2028-12-01"}} {
		if err := l.Check(); !errors.Is(err, ErrLeave) {
			t.Errorf("%+v: %v", l, err)
		}
	}
	if err := (Leave{From: "2026-12-02", To: "2026-12-02"}).Check(); err != nil {
		t.Error(err)
	}
}
