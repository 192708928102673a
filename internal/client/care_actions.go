package client

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

// aboutIssue is the kind of a task that answers an issue.
const aboutIssue = "issue"

// LogContact keeps that a client was met, and how. Faults: touch.*, client.other.
func (s *Service) LogContact(ctx context.Context, actor access.Actor, t Touch) (Touch, error) {
	err := s.ofClient(ctx, actor, t.ClientID, func(tx *db.Tx) (audit.Entry, error) {
		t.ID, t.ByID, t.By, t.MadeAt = tx.NewID(), actor.ID, actor.Name, tx.Now()
		if err := t.tidy(tx.Now()); err != nil {
			return audit.Entry{}, err
		}
		if t.ContactID != "" {
			if k, err := LoadContact(ctx, tx, t.ContactID); err != nil || k.ClientID != t.ClientID {
				return audit.Entry{}, ErrOtherClient.At("contact")
			}
		}
		return audit.Entry{Subject: "touch", ID: t.ID, After: map[string]any{"channel": t.Channel, "in": t.In, "at": t.At}}, insertTouch(ctx, tx, t)
	})
	return t, err
}

// LookAfter sets when a client counts as quiet, and keeps how satisfied the client
// is. Faults: client.quiet-days, client.satisfied, conflict.changed.
func (s *Service) LookAfter(ctx context.Context, actor access.Actor, l Looking) error {
	if err := l.tidy(); err != nil {
		return err
	}
	return s.ofClient(ctx, actor, l.ClientID, func(tx *db.Tx) (audit.Entry, error) {
		before, err := LoadLooking(ctx, tx, l.ClientID)
		if err != nil {
			return audit.Entry{}, err
		}
		l.SatisfiedOn = before.SatisfiedOn
		if l.Satisfied != before.Satisfied || l.Words != before.Words {
			l.SatisfiedOn = worktime.DateOf(tx.Now(), time.UTC)
		}
		return audit.Entry{Subject: "client", ID: l.ClientID, Before: map[string]any{"quiet": before.QuietDays, "satisfied": before.Satisfied}, After: map[string]any{"quiet": l.QuietDays, "satisfied": l.Satisfied}},
			saveLooking(ctx, tx, l)
	})
}

// OpenIssue keeps a problem of a client and gives the answer to somebody, with the
// promised time as its due date. Faults: issue.*, task.*, due.*.
func (s *Service) OpenIssue(ctx context.Context, actor access.Actor, i Issue, doerID, due string) (Issue, error) {
	if err := i.tidy(); err != nil {
		return i, err
	}
	err := s.ofClient(ctx, actor, i.ClientID, func(tx *db.Tx) (audit.Entry, error) {
		i.ID, i.OpenedAt, i.OpenedBy, i.Version = tx.NewID(), tx.Now(), actor.Name, 1
		if doerID == "" {
			doerID = actor.ID
		}
		t, _, err := task.Give(ctx, tx, actor, task.NewTask{Title: i.What, DoerID: doerID, Due: due, Minutes: 30, ClientID: i.ClientID, CampaignID: i.CampaignID, About: task.About{Kind: aboutIssue, ID: i.ID}})
		if err != nil {
			return audit.Entry{}, err
		}
		i.TaskID = t.ID
		return audit.Entry{Subject: "issue", ID: i.ID, Campaign: i.CampaignID, After: map[string]any{"what": i.What, "severity": i.Severity}}, insertIssue(ctx, tx, i)
	})
	return i, err
}

// CloseIssue ends a problem with its cause and what came of it; its task is done.
// Faults: issue.closed, issue.cause, issue.outcome.
func (s *Service) CloseIssue(ctx context.Context, actor access.Actor, clientID, id, cause, outcome string) error {
	return s.ofClient(ctx, actor, clientID, func(tx *db.Tx) (audit.Entry, error) {
		i, err := loadIssue(ctx, tx, id)
		if err == nil && i.ClientID != clientID {
			err = db.ErrNotFound
		}
		if err != nil {
			return audit.Entry{}, err
		}
		if i, err = i.Close(cause, outcome, tx.Now()); err != nil {
			return audit.Entry{}, err
		}
		if err := task.Close(ctx, tx, actor, i.TaskID, i.Outcome); err != nil {
			return audit.Entry{}, err
		}
		return audit.Entry{Subject: "issue", ID: id, Campaign: i.CampaignID, After: map[string]any{"cause": i.Cause}, Reason: i.Outcome}, saveIssue(ctx, tx, i)
	})
}

// SaveProfile keeps a new version of a brand's profile; p.No is the version that was
// seen. What says the same makes no version. Faults: profile.*, conflict.changed.
func (s *Service) SaveProfile(ctx context.Context, actor access.Actor, clientID string, p Profile) (Profile, error) {
	if err := p.tidy(); err != nil {
		return p, err
	}
	err := s.ofClient(ctx, actor, clientID, func(tx *db.Tx) (audit.Entry, error) {
		b, err := LoadBrand(ctx, tx, p.BrandID)
		if err == nil && b.ClientID != clientID {
			err = db.ErrNotFound
		}
		if err != nil {
			return audit.Entry{}, err
		}
		kept, err := ListProfiles(ctx, tx, p.BrandID)
		if err != nil {
			return audit.Entry{}, err
		}
		newest := Profile{}
		if len(kept) > 0 {
			newest = kept[0]
		}
		if p.No != newest.No {
			return audit.Entry{}, ErrProfileOld
		}
		e := audit.Entry{Subject: "brand", ID: p.BrandID, After: map[string]any{"profile": p.No + 1}}
		if p.same(newest) {
			return e, nil
		}
		p.ID, p.No, p.MadeAt, p.By = tx.NewID(), newest.No+1, tx.Now(), actor.Name
		return e, insertProfile(ctx, tx, p)
	})
	return p, err
}

// Profiles gives a brand with the versions of its profile, newest first.
func (s *Service) Profiles(ctx context.Context, actor access.Actor, brandID string) (b Brand, out []Profile, err error) {
	if err := actor.Require("client.see", access.Owner{}); err != nil || !actor.IsStaff() {
		return b, nil, orElse(err, db.ErrNotFound)
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if b, err = LoadBrand(ctx, tx, brandID); err != nil {
			return err
		}
		out, err = ListProfiles(ctx, tx, brandID)
		return err
	})
	return b, out, err
}

// ofClient does something for a client that is there, and keeps the trail.
func (s *Service) ofClient(ctx context.Context, actor access.Actor, clientID string, do func(tx *db.Tx) (audit.Entry, error)) error {
	if err := actor.Require("client.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := LoadClient(ctx, tx, clientID); err != nil {
			return err
		}
		e, err := do(tx)
		if err != nil {
			return err
		}
		e.Verb, e.Client = "client.edit", clientID
		return audit.Record(ctx, tx, actor.Who, e)
	})
}

// Tended is a client's care: who was met, what is wrong, how satisfied.
type Tended struct {
	Looking
	Touches []Touch // the newest twenty
	Last    time.Time
	Quiet   bool
	Issues  []Issue
	Causes  map[string]int // of all its issues that are closed
	Tasks   []task.Task    // open, about the client
}

// Tended gives how a client is looked after.
func (s *Service) Tended(ctx context.Context, actor access.Actor, clientID string) (out Tended, err error) {
	if err := actor.Require("client.see", access.Owner{}); err != nil || !actor.IsStaff() {
		return out, orElse(err, db.ErrNotFound)
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := LoadClient(ctx, tx, clientID)
		if err != nil {
			return err
		}
		if out.Looking, err = LoadLooking(ctx, tx, clientID); err != nil {
			return err
		}
		if out.Touches, err = ListTouches(ctx, tx, clientID, 20); err != nil {
			return err
		}
		if out.Issues, err = ListIssues(ctx, tx, clientID); err != nil {
			return err
		}
		out.Last = c.MadeAt
		if len(out.Touches) > 0 {
			out.Last = out.Touches[0].At
		}
		out.Quiet, out.Causes = out.Looking.Quiet(out.Last, tx.Now()), map[string]int{}
		for _, i := range out.Issues {
			if !i.Open() {
				out.Causes[i.Cause]++
			}
		}
		out.Tasks, err = task.List(ctx, tx, task.Filter{ClientID: clientID, Open: true})
		return err
	})
	return out, err
}

// QuietClient is a client that nobody met for longer than agreed.
type QuietClient struct {
	Client
	Last time.Time // when the client was last met, or came to the agency
	Days int64     // its limit
}

// QuietClients lists clients that should be called, the quietest first (A7).
func (s *Service) QuietClients(ctx context.Context, actor access.Actor) (out []QuietClient, err error) {
	if err := actor.Require("client.see", access.Owner{}); err != nil || !actor.IsStaff() {
		return nil, orElse(err, db.ErrNotFound)
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := ListClients(ctx, tx, Page{Limit: 500})
		if err != nil {
			return err
		}
		last, err := lastTouches(ctx, tx)
		if err != nil {
			return err
		}
		for _, c := range all {
			l, err := LoadLooking(ctx, tx, c.ID)
			if err != nil {
				return err
			}
			q := QuietClient{c, last[c.ID], l.QuietDays}
			if q.Last.IsZero() {
				q.Last = c.MadeAt
			}
			if l.Quiet(q.Last, tx.Now()) {
				out = append(out, q)
			}
		}
		return nil
	})
	sortQuiet(out)
	return out, err
}
