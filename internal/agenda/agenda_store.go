package agenda

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/db"
	"kolega/internal/meeting"
	"kolega/internal/task"
)

// pieces gives the dates of drafts and posts: when they are owed, and once a post is
// live, when it went up.
func pieces(ctx context.Context, tx *db.Tx, s Scope, from, to time.Time) (out []Entry, err error) {
	rows, err := tx.Query(ctx, `SELECT d.id, d.campaign_id, c.name, c.client_id, c.brand_id, d.talent_id, t.name, d.platform, d.format, d.draft_due_at, d.draft_due_zone, d.post_due_at, d.post_due_zone, d.made_at, d.version,
			CASE WHEN d.approved_id <> '' OR EXISTS (SELECT 1 FROM draft v WHERE v.deliverable_id = d.id) THEN 1 ELSE 0 END,
			(SELECT MAX(p.posted_at) FROM post p WHERE p.deliverable_id = d.id AND p.withdrawn_at IS NULL)
		FROM deliverable d JOIN campaign c ON c.id = d.campaign_id JOIN talent t ON t.id = d.talent_id
		WHERE d.closed_at IS NULL AND ($1 <> 'campaign' OR d.campaign_id = $2) AND ($1 <> 'client' OR c.client_id = $2) AND ($1 <> 'talent' OR d.talent_id = $2)
			AND ($1 <> 'person' OR c.ae_id = $2 OR c.specialist_id = $2)
			AND (d.draft_due_at >= $3 AND d.draft_due_at < $4 OR d.post_due_at >= $3 AND d.post_due_at < $4) ORDER BY d.id LIMIT 5000`, string(s.Kind), s.ID, db.At(from), db.At(to))
	type line struct {
		draft, post Entry
		live        time.Time
		uploaded    int64
	}
	list, err := db.Collect(rows, err, func(r *sql.Rows) (l line, err error) {
		var e Entry
		var draft, post, made, live db.Time
		var platform, format, draftZone, postZone string
		err = r.Scan(&e.ID, &e.CampaignID, &e.Campaign, &e.ClientID, &e.BrandID, &e.TalentID, &e.Title, &platform, &format, &draft, &draftZone, &post, &postZone, &made, &e.Sequence, &l.uploaded, &live)
		e.Format, e.Made, l.live = platform+" "+format, made.Time, live.Time
		l.draft, l.post = e, e
		l.draft.Kind, l.draft.At, l.draft.Zone = Draft, draft.Time, draftZone
		l.post.Kind, l.post.At, l.post.Zone = Post, post.Time, postZone
		return l, err
	})
	for _, l := range list {
		if !l.draft.At.IsZero() {
			l.draft.Done = l.uploaded > 0
			out = append(out, l.draft)
		}
		if !l.live.IsZero() {
			l.post.At, l.post.Done = l.live, true
		}
		if !l.post.At.IsZero() {
			out = append(out, l.post)
		}
	}
	return out, err
}

// meetings gives the meetings of a scope. Outsiders see those they are asked to.
func meetings(ctx context.Context, tx *db.Tx, s Scope, from, to time.Time) (out []Entry, err error) {
	f := meeting.Filter{From: from, To: to, Limit: 1000}
	switch s.Kind {
	case OfPerson:
		f.PersonID = s.ID
	case OfCampaign:
		f.CampaignID = s.ID
	case OfClient:
		f.ClientID, f.PersonID = s.ID, s.ContactID
	default:
		if s.Kind != "" {
			return nil, nil
		}
	}
	list, err := meeting.List(ctx, tx, f)
	for _, m := range list {
		if s.Kind == OfClient && len(m.Them()) == 0 {
			continue // the agency's own
		}
		words := m.Place
		if words == "" {
			words = m.Link
		}
		out = append(out, Entry{ID: m.ID, Kind: Meeting, Title: m.Title, CampaignID: m.CampaignID, ClientID: m.ClientID, At: m.Start, End: m.End, Zone: m.Zone, Cancelled: m.Cancelled(), Done: m.Held(tx.Now()),
			Sequence: m.Sequence, Made: m.MadeAt, Words: words})
	}
	return out, err
}

// shoots gives shoot days, at the first call of the day; a talent's at the own call.
func shoots(ctx context.Context, tx *db.Tx, s Scope, from, to time.Time) ([]Entry, error) {
	rows, err := tx.Query(ctx, `SELECT x.id, x.campaign_id, c.name, c.client_id, c.brand_id, x.zone, x.place, x.made_at, x.version, MIN(k.at)
		FROM shoot x JOIN campaign c ON c.id = x.campaign_id JOIN shoot_call k ON k.shoot_id = x.id
		WHERE ($1 <> 'campaign' OR x.campaign_id = $2) AND ($1 <> 'client' OR c.client_id = $2) AND ($1 <> 'talent' OR k.kind = 'talent' AND k.person_id = $2)
			AND ($1 <> 'person' OR k.kind = 'staff' AND k.person_id = $2) AND k.at >= $3 AND k.at < $4
		GROUP BY x.id, x.campaign_id, c.name, c.client_id, c.brand_id, x.zone, x.place, x.made_at, x.version ORDER BY MIN(k.at), x.id`, string(s.Kind), s.ID, db.At(from), db.At(to))
	return db.Collect(rows, err, func(r *sql.Rows) (e Entry, err error) {
		var made, at db.Time
		err = r.Scan(&e.ID, &e.CampaignID, &e.Campaign, &e.ClientID, &e.BrandID, &e.Zone, &e.Title, &made, &e.Sequence, &at)
		e.Kind, e.Made, e.At = Shoot, made.Time, at.Time
		return e, err
	})
}

// tasks gives the open tasks of a person, or of a campaign.
func tasks(ctx context.Context, tx *db.Tx, s Scope, from, to time.Time) (out []Entry, err error) {
	f := task.Filter{Open: true, Limit: 1000}
	switch s.Kind {
	case OfPerson:
		f.DoerID = s.ID
	case OfCampaign:
		f.CampaignID = s.ID
	default:
		return nil, nil
	}
	list, err := task.List(ctx, tx, f)
	for _, t := range list {
		if t.Due.At.Before(from) || !t.Due.At.Before(to) {
			continue
		}
		out = append(out, Entry{ID: t.ID, Kind: Task, Title: t.Title, CampaignID: t.CampaignID, ClientID: t.ClientID, At: t.Due.At, Zone: t.Due.Zone, Made: t.GivenAt, Sequence: t.Version})
	}
	return out, err
}

// Feed is a calendar that somebody subscribes to.
type Feed struct {
	Scope
	ID        string
	Label     string // whose dates, in words
	Lang      string
	Zone      string
	MadeAt    time.Time
	MadeBy    string
	MadeByID  string
	RevokedAt time.Time
}

const feedColumns = `id, scope, scope_id, contact_id, campaign_id, label, lang, zone, made_at, made_by, made_by_id, revoked_at`

func scanFeed(r interface{ Scan(...any) error }) (f Feed, err error) {
	var made, revoked db.Time
	err = r.Scan(&f.ID, &f.Kind, &f.Scope.ID, &f.ContactID, &f.CampaignID, &f.Label, &f.Lang, &f.Zone, &made, &f.MadeBy, &f.MadeByID, &revoked)
	f.MadeAt, f.RevokedAt = made.Time, revoked.Time
	return f, err
}

func insertFeed(ctx context.Context, tx *db.Tx, hash string, f Feed) error {
	_, err := tx.Exec(ctx, `INSERT INTO calendar_feed (id, hash, scope, scope_id, contact_id, campaign_id, label, lang, zone, made_at, made_by, made_by_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		f.ID, hash, string(f.Kind), f.Scope.ID, f.ContactID, f.CampaignID, f.Label, f.Lang, f.Zone, db.At(f.MadeAt), f.MadeBy, f.MadeByID)
	return err
}

func feedOf(ctx context.Context, tx *db.Tx, hash string) (Feed, error) {
	f, err := scanFeed(tx.QueryRow(ctx, `SELECT `+feedColumns+` FROM calendar_feed WHERE hash = $1 AND revoked_at IS NULL`, hash))
	return f, db.One(err)
}

func loadFeed(ctx context.Context, tx *db.Tx, id string) (Feed, error) {
	f, err := scanFeed(tx.QueryRow(ctx, `SELECT `+feedColumns+` FROM calendar_feed WHERE id = $1`, id))
	return f, db.One(err)
}

// liveFeeds gives the feeds that somebody made and that still work, newest first.
func liveFeeds(ctx context.Context, tx *db.Tx, makerID string) ([]Feed, error) {
	rows, err := tx.Query(ctx, `SELECT `+feedColumns+` FROM calendar_feed WHERE made_by_id = $1 AND revoked_at IS NULL ORDER BY made_at DESC, id`, makerID)
	return db.Collect(rows, err, func(r *sql.Rows) (Feed, error) { return scanFeed(r) })
}

func revokeFeed(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `UPDATE calendar_feed SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL`, id, db.At(tx.Now()))
	return err
}
