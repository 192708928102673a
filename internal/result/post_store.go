package result

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

const postColumns = `p.id, p.deliverable_id, p.booking_id, p.campaign_id, p.client_id, p.talent_id, p.account_id, p.platform, p.format, p.kind,
	p.platform_id, p.handle, p.url, p.entered, p.draft_id, p.posted_at, p.due_at, p.due_zone, p.due_text, p.flags, p.online_until,
	p.entered_at, p.entered_by, p.entered_via, p.allowed_by, p.allowed_why, p.allowed_at, p.gone_at, p.withdrawn_at, p.withdrawn_why, p.version`

func scanPost(r scanner) (p Post, err error) {
	var flags db.JSON[[]Flag]
	err = r.Scan(&p.ID, &p.DeliverableID, &p.BookingID, &p.CampaignID, &p.ClientID, &p.TalentID, &p.AccountID, &p.Platform, &p.Format, &p.Kind,
		&p.PlatformID, &p.Handle, &p.URL, &p.Entered, &p.VersionID, instant(&p.PostedAt), instant(&p.Due.At), &p.Due.Zone, &p.Due.Entered, &flags, &p.OnlineUntil,
		instant(&p.EnteredAt), &p.EnteredBy, &p.EnteredVia, &p.AllowedBy, &p.AllowedWhy, instant(&p.AllowedAt), instant(&p.GoneAt),
		instant(&p.WithdrawnAt), &p.WithdrawnWhy, &p.Revision)
	p.Flags = flags.V
	return p, err
}

// LoadPost gives one post. Fault: not-found.
func LoadPost(ctx context.Context, tx *db.Tx, id string) (Post, error) {
	p, err := scanPost(tx.QueryRow(ctx, `SELECT `+postColumns+` FROM post p WHERE p.id = $1`, id))
	return p, db.One(err)
}

// PostOf gives the post that a deliverable has now. Fault: not-found.
func PostOf(ctx context.Context, tx *db.Tx, deliverableID string) (Post, error) {
	p, err := scanPost(tx.QueryRow(ctx, `SELECT `+postColumns+` FROM post p WHERE p.deliverable_id = $1 AND p.withdrawn_at IS NULL`, deliverableID))
	return p, db.One(err)
}

// ListPosts gives a campaign's posts that are not withdrawn, oldest first.
func ListPosts(ctx context.Context, tx *db.Tx, campaignID string) ([]Post, error) {
	rows, err := tx.Query(ctx, `SELECT `+postColumns+` FROM post p WHERE p.campaign_id = $1 AND p.withdrawn_at IS NULL ORDER BY p.posted_at, p.id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Post, error) { return scanPost(r) })
}

// ListPostsOfBooking gives the posts of one booking, oldest first.
func ListPostsOfBooking(ctx context.Context, tx *db.Tx, bookingID string) ([]Post, error) {
	rows, err := tx.Query(ctx, `SELECT `+postColumns+` FROM post p WHERE p.booking_id = $1 AND p.withdrawn_at IS NULL ORDER BY p.posted_at, p.id`, bookingID)
	return db.Collect(rows, err, func(r *sql.Rows) (Post, error) { return scanPost(r) })
}

// postByKey gives whose the link is already; ok is false when nobody used it.
func postByKey(ctx context.Context, tx *db.Tx, platform, id string) (p Post, ok bool, err error) {
	p, err = scanPost(tx.QueryRow(ctx, `SELECT `+postColumns+` FROM post p WHERE p.platform = $1 AND p.platform_id = $2 AND p.withdrawn_at IS NULL`, platform, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Post{}, false, nil
	}
	return p, err == nil, err
}

func insertPost(ctx context.Context, tx *db.Tx, p Post) error {
	_, err := tx.Exec(ctx, `INSERT INTO post (id, deliverable_id, booking_id, campaign_id, client_id, talent_id, account_id, platform, format, kind,
			platform_id, handle, url, entered, draft_id, posted_at, due_at, due_zone, due_text, flags, online_until,
			entered_at, entered_by, entered_via, allowed_by, allowed_why, withdrawn_why, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, '', '', '', 1)`,
		p.ID, p.DeliverableID, p.BookingID, p.CampaignID, p.ClientID, p.TalentID, p.AccountID, p.Platform, p.Format, string(p.Kind),
		p.PlatformID, p.Handle, p.URL, p.Entered, p.VersionID, db.At(p.PostedAt), db.At(p.Due.At), p.Due.Zone, p.Due.Entered,
		db.JSON[[]Flag]{V: p.Flags}, string(p.OnlineUntil), db.At(p.EnteredAt), p.EnteredBy, p.EnteredVia)
	return err
}

func savePost(ctx context.Context, tx *db.Tx, p Post) error {
	return db.Changed(tx.Exec(ctx, `UPDATE post SET kind = $3, platform_id = $4, handle = $5, url = $6, flags = $7, allowed_by = $8, allowed_why = $9,
			allowed_at = $10, gone_at = $11, withdrawn_at = $12, withdrawn_why = $13, posted_at = $14, version = version + 1 WHERE id = $1 AND version = $2`,
		p.ID, p.Revision, string(p.Kind), p.PlatformID, p.Handle, p.URL, db.JSON[[]Flag]{V: p.Flags}, p.AllowedBy, p.AllowedWhy,
		db.At(p.AllowedAt), db.At(p.GoneAt), db.At(p.WithdrawnAt), p.WithdrawnWhy, db.At(p.PostedAt)))
}

func insertLiveCheck(ctx context.Context, tx *db.Tx, c LiveCheck) error {
	_, err := tx.Exec(ctx, `INSERT INTO post_check (id, post_id, item, ok, note, by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		c.ID, c.PostID, string(c.Key), c.OK, c.Note, c.By, db.At(c.At))
	return err
}

// ListLiveChecks gives the looks at a campaign's posts, oldest first.
func ListLiveChecks(ctx context.Context, tx *db.Tx, campaignID string) ([]LiveCheck, error) {
	rows, err := tx.Query(ctx, `SELECT c.id, c.post_id, c.item, c.ok, c.note, c.by_name, c.at FROM post_check c JOIN post p ON p.id = c.post_id
		WHERE p.campaign_id = $1 ORDER BY c.at, c.id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (c LiveCheck, err error) {
		err = r.Scan(&c.ID, &c.PostID, &c.Key, &c.OK, &c.Note, &c.By, instant(&c.At))
		return c, err
	})
}
