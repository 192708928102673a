package result

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/secret"
	"kolega/internal/talent"
)

// Gauge reads posts' counts from a platform through one connection. Every call is bounded
// in time and size by who implements it. Faults: those of ConnectionFaults, as Later
// where the platform says when to come again.
type Gauge interface {
	// Whose says whose account the token opens; no handle for a key of nobody.
	Whose(ctx context.Context) (Holder, error)
	// Measure reads the counts of posts. What could be read before a failure comes with it.
	Measure(ctx context.Context, posts []Sought) ([]Tally, error)
	// Renew gives a fresh token for one that ends.
	Renew(ctx context.Context) (Keys, error)
}

// Platforms are a house's ways to platforms.
type Platforms struct {
	Box     *secret.Box
	Open    func(Opening) (Gauge, error)
	Sandbox bool // stand-ins are served, so that their mode may be chosen
}

// Connect gives the service its way to platforms; called once before work begins, and
// again where the stand-ins are served later.
func (s *Service) Connect(p *Platforms) { s.platforms = p }

// SandboxServed says whether the stand-ins may be chosen as a connection's mode.
func (s *Service) SandboxServed() bool { return s.platforms != nil && s.platforms.Sandbox }

func sealedAs(id, what string) string { return "connection/" + id + "/" + what }

// open gives the gauge of a connection.
func (s *Service) open(c Connection) (Gauge, error) {
	if s.platforms == nil {
		return nil, ErrNoConnections
	}
	o := Opening{Platform: c.Platform, Way: c.Way, Mode: c.Mode, App: c.App}
	for what, place := range map[string]struct {
		sealed string
		into   *secret.Hidden
	}{"token": {c.tokenSealed, &o.Token}, "renewal": {c.renewalSealed, &o.Renewal}, "secret": {c.secretSealed, &o.AppSecret}} {
		if place.sealed == "" {
			continue
		}
		text, err := s.platforms.Box.Unseal(place.sealed, sealedAs(c.ID, what))
		if err != nil {
			return nil, err
		}
		*place.into = secret.Hide(text)
	}
	return s.platforms.Open(o)
}

// seal puts what was pasted into the connection; empty texts leave what is kept.
func (s *Service) seal(c *Connection, token, renewal, appSecret string) (err error) {
	for what, place := range map[string]struct {
		text string
		into *string
	}{"token": {token, &c.tokenSealed}, "renewal": {renewal, &c.renewalSealed}, "secret": {appSecret, &c.secretSealed}} {
		if text := strings.TrimSpace(place.text); text != "" && err == nil {
			*place.into, err = s.platforms.Box.Seal(text, sealedAs(c.ID, what))
		}
	}
	if token = strings.TrimSpace(token); token != "" {
		c.TokenEnd = strings.TrimLeft(secret.Hide(token).Tail(4), "*")
	}
	return err
}

// SaveConnection keeps a way into a platform, its secrets sealed. The platform is asked
// first whose it is: a token that it refuses, or that opens another account than the
// talent's, is not kept; when it does not answer the first pull asks again. Right:
// connection.edit. Faults: connection.*, conflict.changed.
func (s *Service) SaveConnection(ctx context.Context, actor access.Actor, in SaveConnection) (c Connection, err error) {
	if err := actor.Require("connection.edit", access.Owner{}); err != nil {
		return c, err
	}
	if s.platforms == nil {
		return c, ErrNoConnections
	}
	var of talent.Account
	if err := s.db.Read(ctx, func(tx *db.Tx) (err error) { c, of, err = s.asPasted(ctx, tx, in); return err }); err != nil {
		return c, err
	}
	if c.ID == "" {
		c.ID = db.NewID(s.db.Now())
	}
	if err := s.seal(&c, in.Token, in.Renewal, in.AppSecret); err != nil {
		return c, err
	}
	if err := s.whose(ctx, &c, of); err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c.ChangedAt, c.ChangedName = tx.Now(), actor.Name
		c.Fails, c.Fault, c.NextAt = 0, "", tx.Now()
		c.Turn++
		if err := keepConnection(ctx, tx, c, in.Version); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "connection.save", Subject: "connection", ID: c.ID, Talent: c.TalentID,
			After: map[string]any{"platform": c.Platform, "way": c.Way, "mode": c.Mode, "handle": c.Handle, "new_token": in.Token != ""}}); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, Pull{c.ID, c.Turn}, job.Unique(pullKey(c)))
	})
	return c, err
}

// asPasted gives the connection that is changed or made, and the account it is for.
func (s *Service) asPasted(ctx context.Context, tx *db.Tx, in SaveConnection) (c Connection, of talent.Account, err error) {
	if in.ID != "" {
		if c, err = loadConnection(ctx, tx, in.ID); err != nil {
			return c, of, err
		}
		in.Platform, in.Way, in.AccountID = c.Platform, c.Way, c.AccountID
	}
	if err := in.Check(s.platforms.Sandbox); err != nil {
		return c, of, err
	}
	c.Platform, c.Way, c.Mode, c.AccountID = in.Platform, in.Way, in.Mode, in.AccountID
	if app := strings.TrimSpace(in.App); app != "" {
		c.App = app
	}
	if in.Token != "" {
		c.ExpiresAt, c.RenewUntil = time.Time{}, time.Time{} // how long it lives is not told where it is pasted
	}
	if c.Way != WayAccount {
		return c, of, nil
	}
	if of, err = talent.LoadAccount(ctx, tx, in.AccountID); err != nil || string(of.Platform) != in.Platform {
		return c, of, ErrConnAccount
	}
	c.TalentID = of.TalentID
	return c, of, nil
}

// whose asks the platform whose account the token opens.
func (s *Service) whose(ctx context.Context, c *Connection, of talent.Account) error {
	g, err := s.open(*c)
	if err != nil {
		return err
	}
	h, err := g.Whose(ctx)
	switch {
	case errors.Is(err, ErrConnDown), errors.Is(err, ErrConnQuota), errors.Is(err, ErrConnUnreadable):
		return nil // the pull asks again
	case errors.Is(err, ErrConnNoAccount):
		return ErrConnScope
	case err != nil:
		return err
	}
	if c.Way == WayAccount && h.Handle != "" && of.Handle != "" && !sameHandle(h.Handle, of.Handle) {
		return ErrConnOther.With("got", h.Handle, "want", of.Handle)
	}
	c.Handle = strings.TrimPrefix(h.Handle, "@")
	return nil
}

// keepConnection writes a new or a changed connection.
func keepConnection(ctx context.Context, tx *db.Tx, c Connection, version int64) error {
	if n, err := connectedAlready(ctx, tx, c); err != nil || n > 0 {
		if err == nil {
			err = ErrConnTwice
		}
		return err
	}
	if c.Version == 0 {
		return insertConnection(ctx, tx, c)
	}
	c.Version = version
	return saveConnection(ctx, tx, c)
}

func pullKey(c Connection) string { return c.ID + "/" + strconv.FormatInt(c.Turn, 10) }

// PullNow reads through a connection at once, out of its turn. Right: connection.edit.
func (s *Service) PullNow(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("connection.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := loadConnection(ctx, tx, id)
		if err != nil {
			return err
		}
		c.NextAt = tx.Now()
		c.Turn++
		if err := saveConnection(ctx, tx, c); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "connection.pull", Subject: "connection", ID: id, Talent: c.TalentID}); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, Pull{c.ID, c.Turn}, job.Unique(pullKey(c)))
	})
}

// Disconnect forgets a connection and its tokens; what was read stays. Right:
// connection.edit.
func (s *Service) Disconnect(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("connection.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := loadConnection(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := deleteConnection(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "connection.end", Subject: "connection", ID: id, Talent: c.TalentID, After: map[string]any{"platform": c.Platform, "handle": c.Handle}})
	})
}

// Connected is a connection with the talent it belongs to.
type Connected struct {
	Connection
	Talent  string // name; empty for a key of the agency
	Account string // handle of the talent's account
}

// Connections lists the ways into platforms. Right: connection.see.
func (s *Service) Connections(ctx context.Context, actor access.Actor) (out []Connected, err error) {
	if err := actor.Require("connection.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := listConnections(ctx, tx)
		for _, c := range list {
			x := Connected{Connection: c, Account: c.Handle}
			if c.TalentID != "" && err == nil {
				var t talent.Talent
				t, err = talent.LoadTalent(ctx, tx, c.TalentID)
				x.Talent = t.Name
			}
			out = append(out, x)
		}
		return err
	})
	return out, err
}

// PulledOf gives what a platform said of a post last; false when nothing was read yet.
// Right: insight.see.
func (s *Service) PulledOf(ctx context.Context, actor access.Actor, postID string) (p Pulled, ok bool, err error) {
	if err := actor.Require("insight.see", access.Owner{}); err != nil {
		return p, false, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		p, err = loadPulled(ctx, tx, postID)
		ok, err = found(err)
		return err
	})
	return p, ok, err
}

// Unconnected lists the accounts of recent posts that no connection reads, for which
// their owner can be asked to let us in. Right: connection.see.
func (s *Service) Unconnected(ctx context.Context, actor access.Actor) (out []Connected, err error) {
	if err := actor.Require("connection.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out, err = listUnconnected(ctx, tx, tx.Now().AddDate(0, 0, -pullDays))
		return err
	})
	return out, err
}

// ConnectionFor gives a connection with its talent, or what one for an account would be:
// id names a connection, or accountID an account that has none. Right: connection.edit.
// Faults: not-found, connection.platform.
func (s *Service) ConnectionFor(ctx context.Context, actor access.Actor, id, accountID string) (c Connected, err error) {
	if err := actor.Require("connection.edit", access.Owner{}); err != nil {
		return c, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if id != "" {
			if c.Connection, err = loadConnection(ctx, tx, id); err != nil {
				return err
			}
			accountID = c.AccountID
		}
		if accountID == "" {
			return nil
		}
		a, err := talent.LoadAccount(ctx, tx, accountID)
		if err != nil {
			return err
		}
		t, err := talent.LoadTalent(ctx, tx, a.TalentID)
		c.Talent, c.Account, c.AccountID, c.TalentID, c.Platform, c.Way = t.Name, a.Handle, a.ID, t.ID, string(a.Platform), WayAccount
		return err
	})
	return c, err
}
