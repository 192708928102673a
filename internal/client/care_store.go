package client

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kolega/internal/db"
)

const touchColumns = `id, client_id, contact_id, channel, inbound, at, summary, by_id, by_name, made_at`

// ListTouches gives the contacts with a client, newest first.
func ListTouches(ctx context.Context, tx *db.Tx, clientID string, limit int) ([]Touch, error) {
	rows, err := tx.Query(ctx, `SELECT `+touchColumns+` FROM contact_log WHERE client_id = $1 ORDER BY at DESC, id DESC LIMIT $2`, clientID, limit)
	return db.Collect(rows, err, func(r *sql.Rows) (t Touch, err error) {
		var at, made db.Time
		err = r.Scan(&t.ID, &t.ClientID, &t.ContactID, &t.Channel, &t.In, &at, &t.Summary, &t.ByID, &t.By, &made)
		t.At, t.MadeAt = at.Time, made.Time
		return t, err
	})
}

func insertTouch(ctx context.Context, tx *db.Tx, t Touch) error {
	_, err := tx.Exec(ctx, `INSERT INTO contact_log (`+touchColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		t.ID, t.ClientID, t.ContactID, t.Channel, t.In, db.At(t.At), t.Summary, t.ByID, t.By, db.At(t.MadeAt))
	return err
}

// lastTouches gives when each client was last met, by client.
func lastTouches(ctx context.Context, tx *db.Tx) (map[string]time.Time, error) {
	type last struct {
		id string
		at db.Time
	}
	rows, err := tx.Query(ctx, `SELECT client_id, MAX(at) FROM contact_log GROUP BY client_id`)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (l last, err error) { return l, r.Scan(&l.id, &l.at) })
	out := map[string]time.Time{}
	for _, l := range list {
		out[l.id] = l.at.Time
	}
	return out, err
}

// LoadLooking gives how a client is looked after, the usual way where nobody said.
func LoadLooking(ctx context.Context, tx *db.Tx, clientID string) (Looking, error) {
	l := Looking{ClientID: clientID, QuietDays: defaultQuiet}
	err := tx.QueryRow(ctx, `SELECT quiet_days, satisfied, satisfied_on, words, version FROM client_care WHERE client_id = $1`, clientID).
		Scan(&l.QuietDays, &l.Satisfied, &l.SatisfiedOn, &l.Words, &l.Version)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return l, err
}

func saveLooking(ctx context.Context, tx *db.Tx, l Looking) error {
	return db.Changed(tx.Exec(ctx, `INSERT INTO client_care (client_id, quiet_days, satisfied, satisfied_on, words, version) VALUES ($1, $2, $3, $4, $5, 1)
		ON CONFLICT (client_id) DO UPDATE SET quiet_days = excluded.quiet_days, satisfied = excluded.satisfied, satisfied_on = excluded.satisfied_on, words = excluded.words,
		version = client_care.version + 1 WHERE client_care.version = $6`, l.ClientID, l.QuietDays, l.Satisfied, string(l.SatisfiedOn), l.Words, l.Version))
}

const issueColumns = `id, client_id, campaign_id, what, severity, task_id, cause, outcome, opened_at, opened_by, closed_at, version`

func scanIssue(r row) (i Issue, err error) {
	var opened, closed db.Time
	err = r.Scan(&i.ID, &i.ClientID, &i.CampaignID, &i.What, &i.Severity, &i.TaskID, &i.Cause, &i.Outcome, &opened, &i.OpenedBy, &closed, &i.Version)
	i.OpenedAt, i.ClosedAt = opened.Time, closed.Time
	return i, err
}

// ListIssues gives a client's problems, the open ones first.
func ListIssues(ctx context.Context, tx *db.Tx, clientID string) ([]Issue, error) {
	rows, err := tx.Query(ctx, `SELECT `+issueColumns+` FROM client_issue WHERE client_id = $1 ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, opened_at DESC, id DESC LIMIT 200`, clientID)
	return db.Collect(rows, err, func(r *sql.Rows) (Issue, error) { return scanIssue(r) })
}

func loadIssue(ctx context.Context, tx *db.Tx, id string) (Issue, error) {
	i, err := scanIssue(tx.QueryRow(ctx, `SELECT `+issueColumns+` FROM client_issue WHERE id = $1`, id))
	return i, db.One(err)
}

func insertIssue(ctx context.Context, tx *db.Tx, i Issue) error {
	_, err := tx.Exec(ctx, `INSERT INTO client_issue (`+issueColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`,
		i.ID, i.ClientID, i.CampaignID, i.What, i.Severity, i.TaskID, i.Cause, i.Outcome, db.At(i.OpenedAt), i.OpenedBy, db.At(i.ClosedAt))
	return err
}

func saveIssue(ctx context.Context, tx *db.Tx, i Issue) error {
	return db.Changed(tx.Exec(ctx, `UPDATE client_issue SET cause = $3, outcome = $4, closed_at = $5, version = version + 1 WHERE id = $1 AND version = $2`,
		i.ID, i.Version, i.Cause, i.Outcome, db.At(i.ClosedAt)))
}

// ListProfiles gives the versions of a brand's profile, newest first.
func ListProfiles(ctx context.Context, tx *db.Tx, brandID string) ([]Profile, error) {
	rows, err := tx.Query(ctx, `SELECT id, brand_id, no, goals, audience, tone, forbidden, platforms, habits, persona, made_at, by_name FROM brand_profile WHERE brand_id = $1 ORDER BY no DESC`, brandID)
	return db.Collect(rows, err, func(r *sql.Rows) (p Profile, err error) {
		var made db.Time
		var persona db.JSON[[]string]
		err = r.Scan(&p.ID, &p.BrandID, &p.No, &p.Goals, &p.Audience, &p.Tone, &p.Forbidden, &p.Platforms, &p.Habits, &persona, &made, &p.By)
		p.MadeAt, p.Persona = made.Time, persona.V
		return p, err
	})
}

func insertProfile(ctx context.Context, tx *db.Tx, p Profile) error {
	n, err := tx.Exec(ctx, `INSERT INTO brand_profile (id, brand_id, no, goals, audience, tone, forbidden, platforms, habits, persona, made_at, by_name)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (brand_id, no) DO NOTHING`,
		p.ID, p.BrandID, p.No, p.Goals, p.Audience, p.Tone, p.Forbidden, p.Platforms, p.Habits, db.JSON[[]string]{V: p.Persona}, db.At(p.MadeAt), p.By)
	return db.Changed(n, err)
}
