package notice

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/locale"
	"kolega/internal/message"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

// Service holds the use cases of notices.
type Service struct{ db *db.DB }

// New makes the use cases.
func New(d *db.DB) *Service { return &Service{d} }

// DigestDue says that it is time to put a person's digest together.
type DigestDue struct {
	PersonID string
	Day      string
}

// Kind names the event.
func (DigestDue) Kind() string { return "notice.digest-due" }

// Work registers the workers.
func (s *Service) Work(r *job.Registry) { job.On(r, "notice.digest", s.compose) }

// Setting gives the actor's own choice.
func (s *Service) Setting(ctx context.Context, actor access.Actor) (x Setting, err error) {
	if err := actor.Require("notice.self", access.Owner{}); err != nil {
		return x, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { x, err = SettingOf(ctx, tx, actor.ID, actor.Role); return err })
	return x, err
}

// Choose keeps what the actor wants to be told. Faults: notice.mode, notice.times,
// conflict.changed.
func (s *Service) Choose(ctx context.Context, actor access.Actor, x Setting) error {
	if err := actor.Require("notice.self", access.Owner{}); err != nil {
		return err
	}
	if err := x.Check(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		x.PersonID = actor.ID
		if err := saveSetting(ctx, tx, x); err != nil {
			return err
		}
		if x.Digest {
			if err := planDigest(ctx, tx, x, actor.Zone); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "notice.self", Subject: "notices", ID: actor.ID})
	})
}

// planDigest lays the next digest on its time of the next working day, once.
func planDigest(ctx context.Context, tx *db.Tx, x Setting, zone string) error {
	cal, err := country.CalendarIn(ctx, tx, zone)
	if err != nil {
		return err
	}
	n := x.digestMinute()
	day := cal.AddWorkdays(worktime.DateOf(tx.Now(), cal.Zone), 0)
	at := day.At(int(n/60), int(n%60), cal.Zone)
	if !at.After(tx.Now()) {
		day = cal.AddWorkdays(day, 1)
		at = day.At(int(n/60), int(n%60), cal.Zone)
	}
	return job.Enqueue(ctx, tx, DigestDue{x.PersonID, string(day)}, job.After(at), job.Unique(x.PersonID+"/"+string(day)+"/"+strconv.FormatInt(n, 10)))
}

// Digests gives the actor's digests, newest first.
func (s *Service) Digests(ctx context.Context, actor access.Actor) (out []Digest, err error) {
	if err := actor.Require("notice.self", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = digestsOf(ctx, tx, actor.ID, 14); return err })
	return out, err
}

// compose puts a person's digest together, keeps it, and asks for it to be sent by mail
// where mail is connected. One day has one digest, however often this runs; an empty day
// has none. Then the next one is planned.
func (s *Service) compose(ctx context.Context, e DigestDue) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := access.LoadPerson(ctx, tx, e.PersonID)
		if err != nil || !p.Active() {
			return err
		}
		x, err := SettingOf(ctx, tx, p.ID, p.Role)
		if err != nil || !x.Digest {
			return err
		}
		d, err := digestFor(ctx, tx, p, x, e.Day)
		if err != nil {
			return err
		}
		if d.Pieces > 0 {
			fresh, err := insertDigest(ctx, tx, d)
			if err != nil {
				return err
			}
			if fresh {
				if err := mail(ctx, tx, p, d); err != nil {
					return err
				}
			}
		}
		return planDigest(ctx, tx, x, p.Zone)
	})
}

// mail asks for a digest to be sent, where the program sends mail at all.
func mail(ctx context.Context, tx *db.Tx, p access.Person, d Digest) error {
	ok, err := message.Connected(ctx, tx, message.ByEmail)
	if err != nil || !ok {
		return err
	}
	_, err = message.Queue(ctx, tx, access.System(), message.Letter{Origin: "digest:" + d.ID, Channel: message.ByEmail, Kind: "digest", Subject: d.Subject, Text: d.Body, Urgent: true,
		To: message.To{Party: p.Role, ID: p.ID, Name: p.Name, Email: p.Email, Lang: p.Lang, Zone: p.Zone}})
	return err
}

const (
	mostEntries = 5000 // of the trail, looked at together
	mostPieces  = 60   // in one digest
	digestBack  = 7 * 24 * time.Hour
)

// digestFor gathers what happened since the digest before: events of topics that the
// person wants together, and where the person was called.
func digestFor(ctx context.Context, tx *db.Tx, p access.Person, x Setting, day string) (d Digest, err error) {
	d = Digest{ID: tx.NewID(), PersonID: p.ID, Day: day, MadeAt: tx.Now()}
	before, err := digestsOf(ctx, tx, p.ID, 1)
	if err != nil {
		return d, err
	}
	since, seq := tx.Now().Add(-24*time.Hour), int64(0)
	if len(before) > 0 {
		since, seq = before[0].MadeAt, before[0].Until
	} else if end, err := audit.End(ctx, tx); err == nil {
		seq = max(end-mostEntries, 0)
	}
	lines, err := audit.After(ctx, tx, seq, mostEntries)
	if err != nil {
		return d, err
	}
	l := locale.For(p.Lang, p.Zone)
	var body []string
	camps := map[string]campaign.Campaign{}
	for _, e := range lines {
		d.Until = e.Seq
		if e.At.Before(since) || tx.Now().Sub(e.At) > digestBack || len(body) >= mostPieces {
			continue
		}
		text, err := piece(ctx, tx, l, e, Reader{p.ID, p.Role, x}, camps)
		if err != nil {
			return d, err
		}
		if text != "" && (len(body) == 0 || body[len(body)-1] != text) {
			body = append(body, text)
		}
	}
	mentions, err := task.ListMentions(ctx, tx, p.ID, mostPieces)
	for _, m := range mentions {
		if m.At.After(since) && m.SeenAt.IsZero() {
			body = append(body, l.T("notice.digest.mention", "name", m.By, "text", m.Text))
		}
	}
	d.Pieces = int64(len(body))
	d.Subject = l.T("notice.digest.subject", "n", len(body), "date", l.DateDay(worktime.Date(day)))
	d.Body = l.T("notice.digest.hello", "name", p.Name) + "\n\n" + strings.Join(body, "\n") + "\n\n" + l.T("notice.digest.why")
	return d, err
}

// piece is one event in words, with its reason; "" when it is not for the digest.
func piece(ctx context.Context, tx *db.Tx, l *locale.Loc, e audit.Line, r Reader, camps map[string]campaign.Campaign) (string, error) {
	if e.Campaign != "" && camps[e.Campaign].ID == "" {
		c, err := campaign.LoadCampaign(ctx, tx, e.Campaign)
		if err != nil {
			return "", err
		}
		camps[e.Campaign] = c
	}
	c := camps[e.Campaign]
	why, how, ok := Concern(e, DoerOf(e), Camp{c.AEID, c.SpecialistID}, r)
	if !ok || how != Daily {
		return "", nil
	}
	did := "campaign.did." + e.Verb
	if !l.Has(did) {
		return "", nil
	}
	name := c.Name
	if name == "" {
		name = l.T("notice.nowhere")
	}
	return l.T("notice.digest.piece", "name", e.Who.Name, "did", l.T(did), "campaign", name, "why", l.T("notice.why."+string(why), "topic", l.T("notice.topic."+string(TopicOf(e.Verb))))), nil
}

// DoerOf is whom the task of an entry was given to; "" for other entries.
func DoerOf(e audit.Line) string {
	if TopicOf(e.Verb) != Tasks {
		return ""
	}
	var after struct {
		Doer string `json:"doer"`
	}
	_ = json.Unmarshal([]byte(e.After), &after) // an entry without a doer is nobody's
	return after.Doer
}
