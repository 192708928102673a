package result

import (
	"testing"
	"time"

	"kolega/internal/worktime"
)

func TestRecheckOn_TheDaysUntilItMayGo(t *testing.T) {
	jakarta, _ := worktime.Zone("Asia/Jakarta")
	at := func(day string) time.Time { return worktime.Date(day).At(9, 0, jakarta) }
	p := Post{ID: "p", Format: "reels", PostedAt: at("2026-11-02"), OnlineUntil: "2027-01-20", Due: worktime.Deadline{Zone: "Asia/Jakarta"}}
	cases := []struct {
		name string
		p    Post
		last string
		want worktime.Date
	}{
		{"never looked at", p, "", "2026-11-03"},
		{"on the posting day", p, "2026-11-02", "2026-11-03"},
		{"after the first", p, "2026-11-03", "2026-11-09"},
		{"a look between", p, "2026-11-06", "2026-11-09"},
		{"a late look serves all days before", p, "2026-11-20", "2026-12-02"},
		{"every thirtieth", p, "2026-12-02", "2027-01-01"},
		{"the last day", p, "2027-01-01", "2027-01-20"},
		{"over", p, "2027-01-20", ""},
		{"no day was agreed", Post{ID: "p", Format: "reels", PostedAt: at("2026-11-02")}, "2026-11-03", "2026-11-09"},
		{"no day was agreed, seen at measuring age", Post{ID: "p", Format: "reels", PostedAt: at("2026-11-02")}, "2026-11-09", ""},
		{"a short stay ends on its own day", func() Post { q := p; q.OnlineUntil = "2026-11-05"; return q }(), "2026-11-03", "2026-11-05"},
		{"a story vanishes by itself", func() Post { q := p; q.Format = "story"; return q }(), "", ""},
		{"gone", func() Post { q := p; q.GoneAt = at("2026-11-04"); return q }(), "", ""},
	}
	for _, c := range cases {
		last := time.Time{}
		if c.last != "" {
			last = at(c.last)
		}
		if got := RecheckOn(c.p, last); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	late := p
	late.PostedAt = worktime.Date("2026-11-02").At(23, 30, jakarta)
	if got := RecheckOn(late, time.Time{}); got != "2026-11-03" {
		t.Errorf("the day is the talent's: %s", got)
	}
}
