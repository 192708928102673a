package campaign

import (
	"context"
	"sort"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/job"
)

// ClientBrief is a version of the brief as the client sees it, without where a
// point came from and without talents.
type ClientBrief struct {
	CampaignID   string
	CampaignName string
	Version      int64
	Newest       int64  // the newest version that was shared
	Lang         string // the brief's own
	Points       []ClientPoint
	Questions    []string
	Reason       string
	SharedAt     time.Time
	AcceptedAt   time.Time
	AcceptedBy   string
	Silent       bool           // nobody clicked: it came into force by silence
	MayAccept    bool           // this contact's word counts and is still missing
	DeciderName  string         // whose word counts, when it is somebody else
	Changes      []ClientChange // against the version agreed before, in this one's order, what fell away last
	Against      int64          // version that Changes compare with; 0 when first
}

// ClientChange is one point that another version demands otherwise.
type ClientChange struct {
	Number     int64     // in this version, or in the older one when it is no longer demanded
	Kind       PointKind // now, or before when it is no longer demanded
	KindBefore PointKind // "" for a new point
	Words      []Run     // the wording, in the reader's language
	Op         Op        // TakenUp a new point, Dropped one no longer demanded, Kept one that changed
}

// ClientPoint is one point as the client sees it.
type ClientPoint struct {
	ID        string
	Number    int64
	Kind      PointKind
	Text      string
	FellBack  bool // there is no text in the reader's language
	CheckedIn []string
}

// BriefForClient gives the newest shared version on the client's link, or the one
// asked for. A version that was not shared is not there.
func (s *Service) BriefForClient(ctx context.Context, actor access.Actor, campaignID string, version int64) (v ClientBrief, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := ownCampaign(ctx, tx, actor, "brief.see", campaignID)
		if err != nil {
			return err
		}
		versions, err := ListBriefs(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		newest, ok := NewestShared(versions)
		if !ok {
			return db.ErrNotFound
		}
		b := newest
		if version != 0 {
			if b, ok = pickShared(versions, version); !ok {
				return db.ErrNotFound
			}
		}
		v = clientView(c, b, newest, versions, actor.Lang)
		return decider(ctx, tx, actor, c, &v)
	})
	return v, err
}

// ownCampaign loads a campaign and asks for a right to it; an outsider's foreign
// campaign is not there.
func ownCampaign(ctx context.Context, tx *db.Tx, actor access.Actor, v access.Verb, campaignID string) (Campaign, error) {
	c, err := LoadCampaign(ctx, tx, campaignID)
	if err != nil {
		return c, err
	}
	return c, actor.Require(v, owner(c))
}

func pickShared(versions []Brief, n int64) (Brief, bool) {
	for _, b := range versions {
		if b.Version == n && !b.Draft() {
			return b, true
		}
	}
	return Brief{}, false
}

func clientView(c Campaign, b, newest Brief, versions []Brief, lang string) ClientBrief {
	v := ClientBrief{CampaignID: c.ID, CampaignName: c.Name, Version: b.Version, Newest: newest.Version, Lang: b.Lang, Reason: b.Reason,
		SharedAt: b.SharedAt, AcceptedAt: b.AcceptedAt, AcceptedBy: b.AcceptedBy, Silent: b.Silent(),
		MayAccept: b.Version == newest.Version && !b.Accepted() && c.Open()}
	for _, p := range b.Points {
		text, fellBack := p.In(lang, b.Lang)
		v.Points = append(v.Points, ClientPoint{ID: p.ID, Number: p.Number, Kind: p.Kind, Text: text, FellBack: fellBack, CheckedIn: p.CheckedIn})
	}
	for _, q := range b.Questions {
		text, _ := q.In(lang, b.Lang)
		v.Questions = append(v.Questions, text)
	}
	if before, ok := agreedBefore(versions, b.Version); ok {
		v.Against = before.Version
		v.Changes = ChangesIn(before, b, lang)
	}
	return v
}

// ChangesIn lists what b demands otherwise than a, in the words that a reader of the
// language sees: first b's points in their order, then what is no longer demanded.
func ChangesIn(a, b Brief, lang string) (out []ClientChange) {
	d := Compare(a, b)
	for _, p := range d.Added {
		text, _ := p.In(lang, b.Lang)
		out = append(out, ClientChange{Number: p.Number, Kind: p.Kind, Words: Wording("", text), Op: TakenUp})
	}
	for _, c := range d.Changed {
		before, _ := c.Before.In(lang, a.Lang)
		after, _ := c.After.In(lang, b.Lang)
		out = append(out, ClientChange{Number: c.After.Number, Kind: c.After.Kind, KindBefore: c.Before.Kind, Words: Wording(before, after), Op: Kept})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Number < out[j].Number })
	for _, p := range d.Removed {
		text, _ := p.In(lang, a.Lang)
		out = append(out, ClientChange{Number: p.Number, Kind: p.Kind, KindBefore: p.Kind, Words: Wording(text, ""), Op: Dropped})
	}
	return out
}

// agreedBefore is the newest accepted version below n.
func agreedBefore(versions []Brief, n int64) (b Brief, ok bool) {
	for _, v := range versions {
		if v.Accepted() && v.Version < n && v.Version > b.Version {
			b, ok = v, true
		}
	}
	return b, ok
}

func decider(ctx context.Context, tx *db.Tx, actor access.Actor, c Campaign, v *ClientBrief) error {
	if c.DeciderID == "" || c.DeciderID == actor.ContactID {
		return nil
	}
	k, err := client.LoadContact(ctx, tx, c.DeciderID)
	if err != nil {
		return err
	}
	v.MayAccept, v.DeciderName = false, k.Name
	return nil
}

// AcceptBrief is the client's yes to the version that was on the page, by name and
// time. Faults: brief.not-decider, brief.superseded, brief.accepted,
// brief.unshared; anything not the contact's own is not there.
func (s *Service) AcceptBrief(ctx context.Context, actor access.Actor, campaignID string, version int64) (b Brief, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c, err := ownCampaign(ctx, tx, actor, "brief.accept", campaignID)
		if err != nil {
			return err
		}
		if err := c.mayChange(); err != nil {
			return err
		}
		v := ClientBrief{}
		if err := decider(ctx, tx, actor, c, &v); err != nil {
			return err
		}
		if v.DeciderName != "" {
			return ErrNotDecider.With("name", v.DeciderName)
		}
		return acceptVersion(ctx, tx, actor, c, version, &b)
	})
	return b, err
}

func acceptVersion(ctx context.Context, tx *db.Tx, actor access.Actor, c Campaign, version int64, b *Brief) error {
	versions, err := ListBriefs(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	newest, ok := NewestShared(versions)
	if !ok {
		return db.ErrNotFound
	}
	shown, ok := pickShared(versions, version)
	if !ok {
		return db.ErrNotFound
	}
	if *b, err = shown.Accept(actor.ContactID, actor.Name, actor.Via, newest.Version, tx.Now()); err != nil {
		return err
	}
	if err := saveBrief(ctx, tx, *b); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, BriefAccepted{CampaignID: c.ID, Version: b.Version}, job.Unique(briefID(*b))); err != nil {
		return err
	}
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "brief.accept", Subject: "brief", ID: briefID(*b), Campaign: c.ID, Client: c.ClientID,
		After: map[string]any{"version": b.Version, "name": b.AcceptedBy}})
}
