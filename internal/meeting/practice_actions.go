package meeting

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/locale"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

// SessionOver says that a practice session has begun, so that the next one is planned.
type SessionOver struct {
	SeriesID string
	Session  int64
}

// Kind names the event.
func (SessionOver) Kind() string { return "practice.session-over" }

// StartSeries begins practice every two weeks, and plans its first session. Faults:
// practice.*, meeting.zone.
func (s *Service) StartSeries(ctx context.Context, actor access.Actor, n Series) (Series, error) {
	if err := actor.Require("practice.lead", access.Owner{}); err != nil {
		return n, err
	}
	n, err := n.Tidy()
	if err != nil {
		return n, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		for _, id := range n.People {
			if p, err := access.LoadPerson(ctx, tx, id); err != nil || !p.Active() {
				return ErrRota
			}
		}
		n.ID, n.MadeAt, n.MadeBy = tx.NewID(), tx.Now(), actor.Name
		if err := insertSeries(ctx, tx, n); err != nil {
			return err
		}
		if err := planSession(ctx, tx, n, 0); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "practice.lead", Subject: "series", ID: n.ID, After: map[string]any{"title": n.Title, "people": len(n.People)}})
	})
	return n, err
}

// EndSeries ends it; sessions that are planned stay.
func (s *Service) EndSeries(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("practice.lead", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		x, err := loadSeries(ctx, tx, id)
		if err != nil {
			return err
		}
		if !x.EndedAt.IsZero() {
			return ErrEnded
		}
		if err := endSeries(ctx, tx, x); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "practice.lead", Subject: "series", ID: id, After: map[string]any{"ended": true}})
	})
}

// planSession lays the turns of a session, once, and tells its presenters by a task.
func planSession(ctx context.Context, tx *db.Tx, x Series, n int64) error {
	before, err := turnsOf(ctx, tx, x.ID)
	if err != nil || slices.ContainsFunc(before, func(t Turn) bool { return t.Session == n }) {
		return err
	}
	cal, err := country.CalendarIn(ctx, tx, x.Zone)
	if err != nil {
		return err
	}
	day := x.SessionOn(n, cal)
	away := map[string][]task.Leave{}
	for _, id := range x.People {
		p, err := access.LoadPerson(ctx, tx, id)
		if err != nil {
			return err
		}
		if away[id], err = task.ListLeaves(ctx, tx, id, day); err != nil {
			return err
		}
		if !p.Active() {
			away[id] = append(away[id], task.Leave{From: day, To: day})
		}
	}
	turns := x.Rota(n, cal, before, away)
	end := day.AddDays(1).In(cal.Zone)
	for _, t := range turns {
		t.ID = tx.NewID()
		if err := insertTurn(ctx, tx, t); err != nil {
			return err
		}
		if err := tellPresenter(ctx, tx, x, t); err != nil {
			return err
		}
	}
	if len(turns) > 0 {
		end = turns[0].Start
	}
	return job.Enqueue(ctx, tx, SessionOver{x.ID, n}, job.After(end), job.Unique(x.ID+"/"+strings.Repeat("i", int(n))))
}

func tellPresenter(ctx context.Context, tx *db.Tx, x Series, t Turn) error {
	if !t.Start.After(tx.Now()) {
		return nil
	}
	p, err := access.LoadPerson(ctx, tx, t.PresenterID)
	if err != nil {
		return err
	}
	_, _, err = task.Give(ctx, tx, access.System(), task.NewTask{Title: locale.For(p.Lang, p.Zone).T("practice.task", "title", x.Title), DoerID: p.ID, DueAt: t.Start, Minutes: 60,
		About: aboutTurn(t.ID), Origin: "practice/" + t.ID + "/" + turnPart})
	return err
}

// turnPart marks the presenter's task among those about a turn.
const turnPart = "turn"

func aboutTurn(id string) task.About { return task.About{Kind: "practice", ID: id} }

// planNext plans the session after one that has begun.
func (s *Service) planNext(ctx context.Context, e SessionOver) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		x, err := loadSeries(ctx, tx, e.SeriesID)
		if err != nil || !x.EndedAt.IsZero() {
			return err
		}
		return planSession(ctx, tx, x, e.Session+1)
	})
}

// Swap gives a turn that is to come to another person of the rota. Faults:
// practice.people, practice.slot, practice.early for one that has begun.
func (s *Service) Swap(ctx context.Context, actor access.Actor, turnID, presenterID string) error {
	return s.onTurn(ctx, actor, turnID, func(tx *db.Tx, t *Turn) error {
		x, err := loadSeries(ctx, tx, t.SeriesID)
		if err != nil {
			return err
		}
		if !slices.Contains(x.People, presenterID) {
			return ErrRota
		}
		all, err := turnsOf(ctx, tx, x.ID)
		if err != nil {
			return err
		}
		session := []Turn{}
		for _, o := range all {
			if o.Session == t.Session {
				if o.ID == t.ID {
					o.PresenterID = presenterID
				}
				session = append(session, o)
			}
		}
		if err := CheckRota(session); err != nil {
			return err
		}
		t.PresenterID, t.Topic, t.TopicKind, t.FileName, t.SHA256 = presenterID, "", "", "", ""
		return tellPresenter(ctx, tx, x, *t)
	})
}

// Topic keeps what a turn is about, and the file that is shown, if any. Faults:
// practice.topic, practice.not-yours, blob.too-big.
func (s *Service) Topic(ctx context.Context, actor access.Actor, turnID, kind, topic, fileName string, file io.Reader) error {
	topic = strings.TrimSpace(topic)
	if topic == "" || len([]rune(topic)) > maxTitle || !slices.Contains(TopicKinds(), kind) {
		return ErrTopic
	}
	sha := ""
	if file != nil {
		ref, err := s.files.Put(ctx, blob.Limited(file, maxFile))
		if err != nil {
			return err
		}
		sha = ref.SHA256
	}
	return s.onTurn(ctx, actor, turnID, func(_ *db.Tx, t *Turn) error {
		t.TopicKind, t.Topic = kind, topic
		if sha != "" {
			t.FileName, t.SHA256 = fileName, sha
		}
		return nil
	})
}

// maxFile bounds a file that is shown, in bytes.
const maxFile = 50 << 20

// onTurn is a change of a turn by its presenter, or by those who lead.
func (s *Service) onTurn(ctx context.Context, actor access.Actor, id string, do func(tx *db.Tx, t *Turn) error) error {
	if err := actor.Require("practice.see", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		t, err := loadTurn(ctx, tx, id)
		if err != nil {
			return err
		}
		if t.PresenterID != actor.ID && !actor.Can("practice.lead") {
			return ErrNotYours
		}
		if err := do(tx, &t); err != nil {
			return err
		}
		if err := saveTurn(ctx, tx, t); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "practice.see", Subject: "turn", ID: id, After: map[string]any{"presenter": t.PresenterID, "topic": t.Topic}})
	})
}

// OpenFile gives the file that was shown.
func (s *Service) OpenFile(ctx context.Context, actor access.Actor, turnID string) (t Turn, body io.ReadSeekCloser, err error) {
	if err := actor.Require("practice.see", access.Owner{}); err != nil {
		return t, nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { t, err = loadTurn(ctx, tx, turnID); return err })
	if err == nil && t.SHA256 == "" {
		err = db.ErrNotFound
	}
	if err != nil {
		return t, nil, err
	}
	body, err = s.files.Open(ctx, t.SHA256)
	return t, body, err
}

// Judge keeps a listener's score of a turn; a second one takes the place of the first.
// Faults: practice.own, -early, -score, -notes.
func (s *Service) Judge(ctx context.Context, actor access.Actor, n Score) error {
	if err := actor.Require("practice.see", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		t, err := loadTurn(ctx, tx, n.TurnID)
		if err != nil {
			return err
		}
		n.ListenerID, n.At = actor.ID, tx.Now()
		if n, err = n.Tidy(t, tx.Now()); err != nil {
			return err
		}
		if err := putScore(ctx, tx, n); err != nil {
			return err
		}
		if err := task.CloseAbout(ctx, tx, access.System(), aboutTurn(t.ID), turnPart, ""); err != nil {
			return err // it was held
		}
		// The trail is read by many: it does not hold the score.
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "practice.see", Subject: "score", ID: t.ID})
	})
}

// Practice is a series with its turns, as everybody at the agency sees it.
type Practice struct {
	Series
	Turns []Turn
	Names map[string]string // of people, by id
}

// Practices gives the series with their turns; no scores.
func (s *Service) Practices(ctx context.Context, actor access.Actor) (out []Practice, err error) {
	if err := actor.Require("practice.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := listSeries(ctx, tx)
		if err != nil {
			return err
		}
		names, err := namesOf(ctx, tx)
		if err != nil {
			return err
		}
		for _, x := range all {
			turns, err := turnsOf(ctx, tx, x.ID)
			if err != nil {
				return err
			}
			out = append(out, Practice{x, turns, names})
		}
		return nil
	})
	return out, err
}

func namesOf(ctx context.Context, tx *db.Tx) (map[string]string, error) {
	people, err := access.ListPeople(ctx, tx)
	out := map[string]string{}
	for _, p := range people {
		out[p.ID] = p.Name
	}
	return out, err
}

// TurnPage is one turn as its reader may see it.
type TurnPage struct {
	Turn
	Series  Series
	Names   map[string]string
	Mine    *Score  // what the reader wrote about it
	Scores  []Score // of all listeners: for the presenter and the presenter's supervisor
	SeesAll bool
}

// TurnOf gives one turn.
func (s *Service) TurnOf(ctx context.Context, actor access.Actor, id string) (p TurnPage, err error) {
	if err := actor.Require("practice.see", access.Owner{}); err != nil {
		return p, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if p.Turn, err = loadTurn(ctx, tx, id); err != nil {
			return err
		}
		if p.Series, err = loadSeries(ctx, tx, p.SeriesID); err != nil {
			return err
		}
		if p.Names, err = namesOf(ctx, tx); err != nil {
			return err
		}
		scores, err := scoresOf(ctx, tx, id)
		if err != nil {
			return err
		}
		for i := range scores {
			if scores[i].ListenerID == actor.ID {
				p.Mine = &scores[i]
			}
		}
		if p.SeesAll, err = seesProgress(ctx, tx, actor, p.PresenterID); p.SeesAll {
			p.Scores = scores
		}
		return err
	})
	return p, err
}

// seesProgress tells whether the reader is the person, or the person's supervisor.
func seesProgress(ctx context.Context, tx *db.Tx, actor access.Actor, personID string) (bool, error) {
	if actor.ID == personID {
		return true, nil
	}
	p, err := access.LoadPerson(ctx, tx, personID)
	return p.SupervisorID == actor.ID && actor.ID != "", err
}

// Step is one turn of somebody's progress, with the means of its parts in tenths.
type Step struct {
	Turn
	Listeners                      int
	Content, Story, Proof, Handles int64
}

// Progress is how somebody's turns went, the oldest first: for that person and their
// supervisor, and not there for anybody else.
func (s *Service) Progress(ctx context.Context, actor access.Actor, personID string) (out []Step, err error) {
	if err := actor.Require("practice.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if sees, err := seesProgress(ctx, tx, actor, personID); err != nil || !sees {
			return orNotThere(err)
		}
		turns, err := Turns(ctx, tx, personID, tx.Now().AddDate(-10, 0, 0), tx.Now().Add(time.Microsecond))
		if err != nil {
			return err
		}
		scores, err := scoresOfPresenter(ctx, tx, personID)
		if err != nil {
			return err
		}
		for _, t := range turns {
			var of []Score
			for _, x := range scores {
				if x.TurnID == t.ID {
					of = append(of, x)
				}
			}
			out = append(out, Step{t, len(of), Average(of, func(s Score) int64 { return s.Content }), Average(of, func(s Score) int64 { return s.Story }),
				Average(of, func(s Score) int64 { return s.Proof }), Average(of, func(s Score) int64 { return s.Handles })})
		}
		return nil
	})
	return out, err
}

func orNotThere(err error) error {
	if err != nil {
		return err
	}
	return db.ErrNotFound
}

// On is the day of a turn in the series' zone.
func (x Series) On(t Turn) worktime.Date {
	loc, err := worktime.Zone(x.Zone)
	if err != nil {
		loc = time.UTC
	}
	return worktime.DateOf(t.Start, loc)
}
