package meeting

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

// Series is practice every two weeks: people present to the team in turn (A14).
type Series struct {
	ID      string
	Title   string
	First   worktime.Date
	Clock   string // when a session begins, "16:00" in Zone
	Zone    string
	Minutes int64 // of one turn
	Turns   int64 // people who present in a session
	People  []string
	MadeAt  time.Time
	MadeBy  string
	EndedAt time.Time
	Version int64
}

// Turn is one person's slot in a session.
type Turn struct {
	ID          string
	SeriesID    string
	Session     int64 // counts from 0
	Start       time.Time
	Minutes     int64
	PresenterID string
	TopicKind   string // "product" or "client"; "" while there is no topic
	Topic       string
	FileName    string
	SHA256      string
	Version     int64
}

// Score is what one listener thought of a turn: 1 to 5 for each part, and three notes.
type Score struct {
	TurnID, ListenerID             string
	Content, Story, Proof, Handles int64
	Keep, Change, Question         string
	At                             time.Time
}

// Faults of practice.
var (
	ErrSeries     = fault.Field("title", "practice.title")
	ErrFirst      = fault.Field("first", "practice.first")
	ErrClock      = fault.Field("clock", "practice.clock")
	ErrRota       = fault.Field("people", "practice.people")   // fewer people than turns, or somebody who has left
	ErrTurns      = fault.Field("turns", "practice.turns")     // 1 to 8 turns of 5 to 120 minutes
	ErrTwoInSlot  = fault.Field("presenter", "practice.slot")  // two presenters in one slot, or one in two of a session
	ErrTopic      = fault.Field("topic", "practice.topic")     // no words, or no kind
	ErrScores     = fault.Field("content", "practice.score")   // outside 1 to 5
	ErrScoreSelf  = fault.New(fault.Forbidden, "practice.own") // the presenter scores nobody's turn but others'
	ErrScoreNotes = fault.Field("keep", "practice.notes")      // one of the three is missing
	ErrScoreEarly = fault.New(fault.Conflict, "practice.early")
	ErrNotYours   = fault.New(fault.Forbidden, "practice.not-yours")
	ErrEnded      = fault.New(fault.Conflict, "practice.ended")
)

// every is how many days lie between sessions.
const every = 14

// TopicKinds in the order of the form.
func TopicKinds() []string { return []string{"product", "client"} }

// Tidy brings a series into its one form.
func (s Series) Tidy() (Series, error) {
	s.Title, s.Clock = strings.Join(strings.Fields(s.Title), " "), strings.ReplaceAll(strings.TrimSpace(s.Clock), ".", ":")
	people := []string{}
	for _, id := range s.People {
		if !slices.Contains(people, id) {
			people = append(people, id)
		}
	}
	s.People = people
	_, err := time.Parse("15:04", s.Clock)
	switch {
	case s.Title == "" || len([]rune(s.Title)) > maxTitle:
		return s, ErrSeries
	case !s.First.Valid() || s.First.IsZero():
		return s, ErrFirst
	case err != nil:
		return s, ErrClock
	case !isZone(s.Zone):
		return s, ErrZone
	case s.Turns < 1 || s.Turns > 8 || s.Minutes < 5 || s.Minutes > 120:
		return s, ErrTurns
	case int64(len(s.People)) < s.Turns:
		return s, ErrRota
	}
	return s, nil
}

// SessionOn is the day of the n-th session: every second week, or the next working day
// when that one is none.
func (s Series) SessionOn(n int64, cal worktime.Calendar) worktime.Date {
	return cal.AddWorkdays(s.First.AddDays(int(n)*every), 0)
}

// Rota gives the turns of the n-th session: those who presented longest ago first, in
// the order of the list, without those who are away on the day. before are the turns of
// earlier sessions. When fewer are there than there are turns, the session is shorter.
func (s Series) Rota(n int64, cal worktime.Calendar, before []Turn, away map[string][]task.Leave) (out []Turn) {
	day := s.SessionOn(n, cal)
	clock, _ := time.Parse("15:04", s.Clock)
	at := day.At(clock.Hour(), clock.Minute(), cal.Zone)
	last := map[string]int64{}
	for _, t := range before {
		last[t.PresenterID] = max(last[t.PresenterID], t.Session+1)
	}
	order := slices.Clone(s.People)
	slices.SortStableFunc(order, func(a, b string) int { return int(last[a] - last[b]) })
	for _, id := range order {
		if int64(len(out)) == s.Turns {
			break
		}
		if slices.ContainsFunc(away[id], func(l task.Leave) bool { return l.Holds(day) }) {
			continue
		}
		out = append(out, Turn{SeriesID: s.ID, Session: n, Start: at, Minutes: s.Minutes, PresenterID: id})
		at = at.Add(time.Duration(s.Minutes) * time.Minute)
	}
	return out
}

// CheckRota refuses two presenters in one slot and one presenter in two. Fault: practice.slot.
func CheckRota(turns []Turn) error {
	at, who := map[time.Time]bool{}, map[string]bool{}
	for _, t := range turns {
		if at[t.Start] || who[t.PresenterID] {
			return ErrTwoInSlot
		}
		at[t.Start], who[t.PresenterID] = true, true
	}
	return nil
}

// Tidy brings a score into its one form and holds it to its turn. Faults:
// practice.own, -early, -score, -notes.
func (s Score) Tidy(t Turn, now time.Time) (Score, error) {
	s.Keep, s.Change, s.Question = strings.TrimSpace(s.Keep), strings.TrimSpace(s.Change), strings.TrimSpace(s.Question)
	switch {
	case s.ListenerID == t.PresenterID:
		return s, ErrScoreSelf
	case now.Before(t.Start):
		return s, ErrScoreEarly
	}
	for _, n := range []int64{s.Content, s.Story, s.Proof, s.Handles} {
		if n < 1 || n > 5 {
			return s, ErrScores
		}
	}
	for _, text := range []string{s.Keep, s.Change, s.Question} {
		if text == "" || len([]rune(text)) > maxLine {
			return s, ErrScoreNotes
		}
	}
	return s, nil
}

// Average is the mean of a part over scores in tenths, rounded half up; 0 without any.
func Average(list []Score, part func(Score) int64) int64 {
	if len(list) == 0 {
		return 0
	}
	var sum int64
	for _, s := range list {
		sum += part(s)
	}
	n := int64(len(list))
	return (sum*20 + n) / (2 * n)
}
