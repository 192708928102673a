package result

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/worktime"
)

// Watcher looks at whether a public address still shows its post. It is optional:
// without one people go through the list by date.
type Watcher interface {
	Look(ctx context.Context, platform, url string) (Sight, error)
}

// WatchWith gives the service its watcher; called once, before work begins.
func (s *Service) WatchWith(w Watcher) { s.watcher = w }

// Recheck is kept until a live post is to be looked at again.
type Recheck struct {
	PostID string
	Day    worktime.Date
	Again  bool // the first look did not find it: this one decides
}

// Kind names the job.
func (Recheck) Kind() string { return "result.recheck" }

// recheckAgain is how long after a failed look the second one comes: platforms err.
const recheckAgain = 6 * time.Hour

// recheckNext leaves the job of the next day on which the post is looked at.
func recheckNext(ctx context.Context, tx *db.Tx, p Post, last time.Time) error {
	day := RecheckOn(p, last)
	if day == "" {
		return nil
	}
	return job.Enqueue(ctx, tx, Recheck{PostID: p.ID, Day: day}, job.After(day.At(10, 0, p.zone())), job.Unique(p.ID+"/"+string(day)))
}

// recheck looks at a post where there is a watcher, and leaves the next day's job. A
// post that is not found twice is marked gone; what the platform does not tell is left
// to people. It may run twice.
func (s *Service) recheck(ctx context.Context, a Recheck) error {
	var p Post
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) { p, err = LoadPost(ctx, tx, a.PostID); return err })
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil || !p.Live() {
		return err
	}
	sight := Unsure
	if s.watcher != nil {
		if sight, err = s.watcher.Look(ctx, p.Platform, p.URL); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadPost(ctx, tx, a.PostID)
		if err != nil || !p.Live() {
			return err
		}
		return keepSight(ctx, tx, p, a, sight)
	})
}

func keepSight(ctx context.Context, tx *db.Tx, p Post, a Recheck, sight Sight) error {
	system := access.System()
	switch {
	case sight == Shown:
		return saw(ctx, tx, system, p, LiveCheck{Key: CheckOnline, OK: true, By: system.Name})
	case sight == Absent && !a.Again:
		if err := saw(ctx, tx, system, p, LiveCheck{Key: CheckOnline, Note: "404", By: system.Name}); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, Recheck{PostID: p.ID, Day: a.Day, Again: true}, job.After(tx.Now().Add(recheckAgain)), job.Unique(p.ID+"/"+string(a.Day)+"/again"))
	case sight == Absent:
		if err := saw(ctx, tx, system, p, LiveCheck{Key: CheckOnline, Note: "404", By: system.Name}); err != nil {
			return err
		}
		p.GoneAt = tx.Now()
		if err := savePost(ctx, tx, p); err != nil {
			return err
		}
		return audit.Record(ctx, tx, system.Who, audit.Entry{Verb: "post.gone", Subject: "post", ID: p.ID, Campaign: p.CampaignID, Client: p.ClientID, Talent: p.TalentID, After: map[string]any{"url": p.URL}})
	}
	return recheckNext(ctx, tx, p, a.Day.At(23, 59, p.zone()))
}

// saw keeps one look at whether a post is there, with its entry in the trail and the
// next day's job.
func saw(ctx context.Context, tx *db.Tx, actor access.Actor, p Post, c LiveCheck) error {
	c.ID, c.PostID, c.At = tx.NewID(), p.ID, tx.Now()
	if err := insertLiveCheck(ctx, tx, c); err != nil {
		return err
	}
	if err := audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "post.look", Subject: "post", ID: p.ID, Campaign: p.CampaignID, Client: p.ClientID, Talent: p.TalentID,
		After: map[string]any{"item": c.Key, "ok": c.OK}}); err != nil {
		return err
	}
	return recheckNext(ctx, tx, p, c.At)
}
