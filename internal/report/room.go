package report

import (
	"cmp"
	"slices"
	"time"

	"kolega/internal/casting"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

// Task is one thing that waits for somebody outside: what, how many, until when,
// and the part of their room where it is done.
type Task struct {
	Key   string // brief, picks, draft, change, report · offer, points, upload, revise, agree, post, insight
	N     int64
	Path  string // below the room
	Due   worktime.Deadline
	Since time.Time
	Name  string // of the one thing, when there is one: a talent for a client, a format for a talent
}

// ClientRoom is what a client's link opens on: what waits for them and where the
// campaign stands. It has no field for cost, margin or notes.
type ClientRoom struct {
	Campaign string
	Start    worktime.Date
	End      worktime.Date
	Closed   bool
	Tasks    []Task
	Stages   []Stage
	Talents  []ClientLine
	Asker    string // who answers for the campaign
	HasBrief bool
	Report   int // versions sent
}

// ClientLine is one talent as the client may see them.
type ClientLine struct {
	Name, Platform, Handle string
	State                  string // drafting, with-you, revising, approved, live, measured
	Posted, Total          int64
	PostOn                 worktime.Deadline
}

// ClientRoomOf cuts the facts to what a client may see.
func ClientRoomOf(f Facts, now time.Time) ClientRoom {
	s := StandingOf(f, now)
	room := ClientRoom{Campaign: f.Campaign.Name, Start: f.Campaign.StartOn, End: f.Campaign.EndOn, Closed: !f.Campaign.Open(), Stages: s.Stages, Report: f.Reports}
	for _, b := range f.Briefs {
		room.HasBrief = room.HasBrief || !b.Draft()
	}
	room.Tasks = f.clientTasks(s)
	for _, l := range s.Lines {
		if l.Booking.ID != "" {
			room.Talents = append(room.Talents, ClientLine{Name: l.Talent.Name, Platform: string(l.Account.Platform), Handle: l.Account.Title(),
				State: clientState(l), Posted: l.Posted, Total: l.Total, PostOn: l.Booking.PostDue})
		}
	}
	return room
}

func (f Facts) clientTasks(s Standing) (out []Task) {
	if n := len(f.Briefs); n > 0 {
		if last := newestShared(f); !last.IsZero() {
			out = append(out, Task{Key: "brief", N: 1, Path: "/brief", Since: last})
		}
	}
	picks := Task{Key: "picks", Path: "/picks", Due: f.Sheet.Deadline}
	drafts, changes, concepts := Task{Key: "draft", Path: "/drafts"}, Task{Key: "change", Path: "/drafts"}, Task{Key: "concept", Path: "/drafts"}
	for _, l := range s.Lines {
		if l.Move.Key == "picking" {
			picks.N++
			picks.Since = l.Move.Since
		}
		for _, m := range l.Moves {
			switch m.Key {
			case string(review.StepDecide):
				drafts.add(m, l.Talent.Name)
			case string(review.StepConceptDecide):
				concepts.add(m, l.Talent.Name)
			case string(review.StepAccept):
				changes.add(m, l.Talent.Name)
			}
		}
	}
	for _, t := range []Task{picks, concepts, drafts, changes} {
		if t.N > 0 {
			out = append(out, t)
		}
	}
	return soonest(out)
}

// newestShared is when the newest shared brief was shared, zero when it is accepted.
func newestShared(f Facts) (at time.Time) {
	for _, b := range f.Briefs {
		switch {
		case b.Accepted():
			at = time.Time{}
		case !b.Draft():
			at = b.SharedAt
		}
	}
	return at
}

// add counts a move into a task; the path leads to the thing itself while it is one.
func (t *Task) add(m Move, name string) {
	t.N++
	if t.N == 1 {
		t.Path, t.Name = t.Path+"/"+m.Deliverable.ID, name
	} else {
		t.Path, t.Name = "/drafts", ""
	}
	if t.Due.At.IsZero() || !m.Due.At.IsZero() && m.Due.At.Before(t.Due.At) {
		t.Due = m.Due
	}
	if t.Since.IsZero() || m.Since.Before(t.Since) {
		t.Since = m.Since
	}
}

func soonest(tasks []Task) []Task {
	slices.SortStableFunc(tasks, func(a, b Task) int { return compareDue(Move{Due: a.Due}, Move{Due: b.Due}) })
	return tasks
}

// clientState is a line's state in the few words that a client needs.
func clientState(l Line) string {
	state := "measured"
	rank := map[string]int{"with-you": 0, "revising": 1, "drafting": 2, "approved": 3, "live": 4, "measured": 5}
	if len(l.Moves) == 0 {
		return "drafting"
	}
	for _, m := range l.Moves {
		if s := clientWord(m); cmp.Compare(rank[s], rank[state]) < 0 {
			state = s
		}
	}
	return state
}

func clientWord(m Move) string {
	switch m.Key {
	case string(review.StepDecide), string(review.StepAccept), string(review.StepConceptDecide):
		return "with-you"
	case string(review.StepRule), string(review.StepSendOn), string(review.StepPrice), string(review.StepAgree), string(review.StepRevise):
		return "revising"
	case "to-post", "post-late":
		return "approved"
	case "live", "insight-missing", "insight-verify", "post-doubt":
		return "live"
	case "measured", "guarantee-missed":
		return "measured"
	}
	return "drafting"
}

// TalentRoom is what a talent's link opens on: the next task, then the rest. It has
// no field for the client's price or for another talent.
type TalentRoom struct {
	Campaign string
	Tasks    []Task
	Booked   bool
	Done     []Task // what is behind, so that the talent sees it arrived
}

// TalentRoomOf cuts the facts to one talent's own. unread counts the brief's points
// that the talent has not acknowledged.
func TalentRoomOf(f Facts, talentID string, unread int64, now time.Time) TalentRoom {
	room := TalentRoom{Campaign: f.Campaign.Name}
	for _, o := range f.Offers {
		if o.TalentID == talentID && o.State(now) == casting.StateOffered {
			room.Tasks = append(room.Tasks, Task{Key: "offer", N: 1, Path: "/offers/" + o.ID, Due: worktime.Deadline{At: o.ExpiresAt, Zone: f.Talents[talentID].Zone}, Since: o.SentAt})
		}
	}
	for _, b := range f.Bookings {
		room.Booked = room.Booked || b.TalentID == talentID && b.Active()
	}
	if unread > 0 && room.Booked {
		room.Tasks = append(room.Tasks, Task{Key: "points", N: unread, Path: "/brief"})
	}
	for _, d := range f.Drafts {
		if d.Deliverable.TalentID == talentID {
			room.place(f.move(d, f.post(d.Deliverable.ID), now))
		}
	}
	soonest(room.Tasks)
	return room
}

// talentTask names the task of a move that is the talent's.
var talentTask = map[string][2]string{
	string(review.StepConcept): {"concept", "/drafts/"},
	string(review.StepUpload):  {"upload", "/drafts/"}, "draft-late": {"upload", "/drafts/"}, string(review.StepRevise): {"revise", "/drafts/"},
	string(review.StepAgree): {"agree", "/drafts/"}, "to-post": {"post", "/posts"}, "post-late": {"post", "/posts"}, "insight-missing": {"insight", "/posts"},
}

func (t *TalentRoom) place(m Move) {
	task := Task{Key: "waiting", N: 1, Name: m.Deliverable.Platform + "." + m.Deliverable.Format, Due: m.Due, Since: m.Since}
	if own, ok := talentTask[m.Key]; ok && m.Party == TalentSide {
		task.Key, task.Path = own[0], own[1]
		if own[1] == "/drafts/" {
			task.Path += m.Deliverable.ID
		}
		t.Tasks = append(t.Tasks, task)
		return
	}
	task.Key = clientWord(m)
	if m.Key == string(review.StepDecide) || m.Key == string(review.StepConceptDecide) {
		task.Key = "with-client"
	}
	t.Done = append(t.Done, task)
}
