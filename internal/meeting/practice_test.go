package meeting

import (
	"errors"
	"testing"
	"time"

	"kolega/internal/task"
	"kolega/internal/worktime"
)

func fortnight() Series {
	return Series{ID: "s", Title: "Latihan", First: "2026-12-11", Clock: "16.00", Zone: "Asia/Jakarta", Minutes: 20, Turns: 2, People: []string{"a", "b", "c"}}
}

func TestRota_SkipsHolidaysAndLeaveAndTakesTheLongestWaitingFirst(t *testing.T) {
	jkt := zone(t, "Asia/Jakarta")
	cal := worktime.Office(jkt, map[worktime.Date]string{"2026-12-25": "Natal"})
	x, err := fortnight().Tidy()
	if err != nil {
		t.Fatal(err)
	}
	if d := x.SessionOn(1, cal); d != "2026-12-28" { // the 25th is a holiday, then a weekend
		t.Errorf("the second session is on %s", d)
	}
	first := x.Rota(0, cal, nil, nil)
	if len(first) != 2 || first[0].PresenterID != "a" || !first[0].Start.Equal(worktime.Date("2026-12-11").At(16, 0, jkt)) || first[1].Start.Sub(first[0].Start) != 20*time.Minute {
		t.Fatalf("%+v", first)
	}
	second := x.Rota(1, cal, first, nil)
	if len(second) != 2 || second[0].PresenterID != "c" || second[1].PresenterID != "a" {
		t.Errorf("c has waited longest, then a: %+v", second)
	}
	away := map[string][]task.Leave{"c": {{From: "2026-12-28", To: "2026-12-30"}}}
	if second = x.Rota(1, cal, first, away); second[0].PresenterID != "a" || second[1].PresenterID != "b" {
		t.Errorf("c is away: %+v", second)
	}
	if third := x.Rota(2, cal, append(first, second...), nil); third[0].PresenterID != "c" {
		t.Errorf("who was away comes first the next time: %+v", third)
	}
	if err := CheckRota(first); err != nil {
		t.Error(err)
	}
	first[1].Start = first[0].Start
	if err := CheckRota(first); !errors.Is(err, ErrTwoInSlot) {
		t.Errorf("two presenters in one slot: %v", err)
	}
	second[1].PresenterID = second[0].PresenterID
	if err := CheckRota(second); !errors.Is(err, ErrTwoInSlot) {
		t.Errorf("one presenter in two slots: %v", err)
	}
}

func TestSeries_IsWhole(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Series)
		want   error
	}{
		"as it should be":           {func(*Series) {}, nil},
		"no name":                   {func(s *Series) { s.Title = " " }, ErrSeries},
		"no day":                    {func(s *Series) { s.First = "" }, ErrFirst},
		"no clock":                  {func(s *Series) { s.Clock = "sore" }, ErrClock},
		"no turns":                  {func(s *Series) { s.Turns = 0 }, ErrTurns},
		"fewer people than turns":   {func(s *Series) { s.People = []string{"a", "a"} }, ErrRota},
		"a zone that says too much": {func(s *Series) { s.Zone = "WIB" }, ErrZone},
	} {
		s := fortnight()
		c.change(&s)
		if _, err := s.Tidy(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestScore_IsGivenByListenersOneToFiveWithThreeNotes(t *testing.T) {
	turn := Turn{PresenterID: "a", Start: monday}
	good := Score{ListenerID: "b", Content: 5, Story: 1, Proof: 3, Handles: 4, Keep: "a", Change: "b", Question: "c"}
	for name, c := range map[string]struct {
		change func(*Score)
		now    time.Time
		want   error
	}{
		"as it should be":    {func(*Score) {}, monday, nil},
		"the presenter":      {func(s *Score) { s.ListenerID = "a" }, monday, ErrScoreSelf},
		"zero":               {func(s *Score) { s.Proof = 0 }, monday, ErrScores},
		"six":                {func(s *Score) { s.Handles = 6 }, monday, ErrScores},
		"a note left out":    {func(s *Score) { s.Question = " " }, monday, ErrScoreNotes},
		"before it was held": {func(*Score) {}, monday.Add(-time.Second), ErrScoreEarly},
	} {
		s := good
		c.change(&s)
		if _, err := s.Tidy(turn, c.now); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	list := []Score{{Content: 4}, {Content: 5}, {Content: 4}}
	if got := Average(list, func(s Score) int64 { return s.Content }); got != 43 {
		t.Errorf("the mean of 4, 5 and 4 is %d tenths", got)
	}
}
