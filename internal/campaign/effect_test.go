package campaign

import (
	"testing"
	"time"

	"kolega/internal/worktime"
)

func TestEffect_IsToldBeforeDatesAreSaved(t *testing.T) {
	cal := worktime.Office(time.FixedZone("WIB", 7*3600), nil)
	c := Campaign{StartOn: "2026-11-02", EndOn: "2026-11-27"}
	work := func(id, from, to string) Work {
		return Work{ID: id, PlannedStart: worktime.Date(from), PlannedEnd: worktime.Date(to)}
	}
	draft, review, post := work("draft", "2026-11-09", "2026-11-11"), work("review", "2026-11-12", "2026-11-13"), work("post", "2026-11-16", "2026-11-17")
	brief, done := work("brief", "2026-11-02", "2026-11-03"), Line{Work: work("done", "2026-11-12", "2026-11-12"), Ended: "2026-11-12"}
	lines := []Line{{Work: brief}, {Work: draft}, {Work: review}, {Work: post}, done}
	for name, x := range map[string]struct {
		from, to worktime.Date
		shift    int64
		pressed  []string
		last     worktime.Date
		warnings int
	}{
		"as it is":              {"2026-11-09", "2026-11-11", 0, nil, "2026-11-17", 0},
		"two working days":      {"2026-11-11", "2026-11-13", 2, []string{"review"}, "2026-11-17", 0},
		"over the weekend":      {"2026-11-12", "2026-11-17", 4, []string{"review", "post"}, "2026-11-17", 0},
		"past the last":         {"2026-11-17", "2026-11-19", 6, []string{"review", "post"}, "2026-11-19", 0},
		"earlier":               {"2026-11-05", "2026-11-09", -2, nil, "2026-11-17", 0},
		"outside and a day off": {"2026-11-27", "2026-11-28", 12, []string{"review", "post"}, "2026-11-28", 2},
	} {
		after, _, err := draft.Reschedule(x.from, x.to, c, cal)
		if err != nil {
			t.Fatal(err)
		}
		e := PlanEffectOf(draft, after, lines, c, cal)
		var pressed []string
		for _, l := range e.Pressed {
			pressed = append(pressed, l.ID)
		}
		if e.Shift != x.shift || e.LastFrom != "2026-11-17" || e.LastTo != x.last || len(e.Warnings) != x.warnings || len(pressed) != len(x.pressed) || e.Late() != (x.last > "2026-11-17") {
			t.Errorf("%s: shift %d, last %s, pressed %v, warnings %v", name, e.Shift, e.LastTo, pressed, e.Warnings)
		}
		for i := range x.pressed {
			if i < len(pressed) && pressed[i] != x.pressed[i] {
				t.Errorf("%s: pressed %v, want %v", name, pressed, x.pressed)
			}
		}
	}
}
