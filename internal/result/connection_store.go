package result

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/db"
)

const connectionColumns = `id, platform, way, mode, account_id, talent_id, handle, token_sealed, token_end, renewal_sealed, app, secret_sealed, expires_at, renew_until,
	changed_at, changed_name, pulled_at, asked, found, failed_at, fails, fault, next_at, turn, version`

func scanConnection(r scanner) (c Connection, err error) {
	err = r.Scan(&c.ID, &c.Platform, &c.Way, &c.Mode, &c.AccountID, &c.TalentID, &c.Handle, &c.tokenSealed, &c.TokenEnd, &c.renewalSealed, &c.App, &c.secretSealed,
		instant(&c.ExpiresAt), instant(&c.RenewUntil), instant(&c.ChangedAt), &c.ChangedName, instant(&c.PulledAt), &c.Asked, &c.Found,
		instant(&c.FailedAt), &c.Fails, &c.Fault, instant(&c.NextAt), &c.Turn, &c.Version)
	return c, err
}

func loadConnection(ctx context.Context, tx *db.Tx, id string) (Connection, error) {
	c, err := scanConnection(tx.QueryRow(ctx, `SELECT `+connectionColumns+` FROM connection WHERE id = $1`, id))
	return c, db.One(err)
}

func listConnections(ctx context.Context, tx *db.Tx) ([]Connection, error) {
	rows, err := tx.Query(ctx, `SELECT `+connectionColumns+` FROM connection ORDER BY platform, way, handle, id`)
	return db.Collect(rows, err, func(r *sql.Rows) (Connection, error) { return scanConnection(r) })
}

// connectedAlready says whether another connection reads the same account of a platform.
func connectedAlready(ctx context.Context, tx *db.Tx, c Connection) (n int, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM connection WHERE platform = $1 AND account_id = $2 AND id <> $3`, c.Platform, c.AccountID, c.ID).Scan(&n)
	return n, err
}

func insertConnection(ctx context.Context, tx *db.Tx, c Connection) error {
	_, err := tx.Exec(ctx, `INSERT INTO connection (`+connectionColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, 1)`,
		c.ID, c.Platform, string(c.Way), c.Mode, c.AccountID, c.TalentID, c.Handle, c.tokenSealed, c.TokenEnd, c.renewalSealed, c.App, c.secretSealed, db.At(c.ExpiresAt), db.At(c.RenewUntil),
		db.At(c.ChangedAt), c.ChangedName, db.At(c.PulledAt), c.Asked, c.Found, db.At(c.FailedAt), c.Fails, c.Fault, db.At(c.NextAt), c.Turn)
	return err
}

func saveConnection(ctx context.Context, tx *db.Tx, c Connection) error {
	return db.Changed(tx.Exec(ctx, `UPDATE connection SET mode = $3, handle = $4, token_sealed = $5, token_end = $6, renewal_sealed = $7, app = $8, secret_sealed = $9, expires_at = $10,
			renew_until = $11, changed_at = $12, changed_name = $13, pulled_at = $14, asked = $15, found = $16, failed_at = $17, fails = $18, fault = $19, next_at = $20, turn = $21,
			version = version + 1 WHERE id = $1 AND version = $2`,
		c.ID, c.Version, c.Mode, c.Handle, c.tokenSealed, c.TokenEnd, c.renewalSealed, c.App, c.secretSealed, db.At(c.ExpiresAt),
		db.At(c.RenewUntil), db.At(c.ChangedAt), c.ChangedName, db.At(c.PulledAt), c.Asked, c.Found, db.At(c.FailedAt), c.Fails, c.Fault, db.At(c.NextAt), c.Turn))
}

func deleteConnection(ctx context.Context, tx *db.Tx, id string) error {
	return db.Changed(tx.Exec(ctx, `DELETE FROM connection WHERE id = $1`, id))
}

// readable is a post that a connection can read.
type readable struct {
	Post
	handle  string // of the account as we know it
	pending bool   // its numbers at measuring age are still owed
}

// listReadable gives the live posts since an instant that a connection reads: those of
// its account, or of every account of the platform that has no connection of its own.
func listReadable(ctx context.Context, tx *db.Tx, c Connection, since time.Time) ([]readable, error) {
	rows, err := tx.Query(ctx, `SELECT `+postColumns+`, a.handle,
			NOT EXISTS (SELECT 1 FROM insight i WHERE i.post_id = p.id AND i.age = 'measuring' AND i.replaced_at IS NULL)
		FROM post p JOIN talent_account a ON a.id = p.account_id
		WHERE p.platform = $1 AND p.withdrawn_at IS NULL AND p.gone_at IS NULL AND p.posted_at >= $2 AND p.kind <> 'redirect'
			AND (p.account_id = $3 OR $3 = '' AND NOT EXISTS (SELECT 1 FROM connection o WHERE o.platform = p.platform AND o.account_id = p.account_id AND o.next_at IS NOT NULL))
		ORDER BY p.posted_at, p.id`, c.Platform, db.At(since), c.AccountID)
	return db.Collect(rows, err, func(r *sql.Rows) (x readable, err error) {
		x.Post, err = scanPost(more{r, []any{&x.handle, &x.pending}})
		return x, err
	})
}

func putPulled(ctx context.Context, tx *db.Tx, p Pulled) error {
	_, err := tx.Exec(ctx, `INSERT INTO pulled_post (post_id, connection_id, at, counts, missing, fault) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (post_id) DO UPDATE SET connection_id = excluded.connection_id, at = excluded.at, counts = excluded.counts, missing = excluded.missing, fault = excluded.fault`,
		p.PostID, p.ConnectionID, db.At(p.At), db.JSON[Counts]{V: p.Counts}, db.JSON[[]Metric]{V: p.Missing}, p.Fault)
	return err
}

func scanPulled(r scanner) (p Pulled, err error) {
	var counts db.JSON[Counts]
	var missing db.JSON[[]Metric]
	err = r.Scan(&p.PostID, &p.ConnectionID, instant(&p.At), &counts, &missing, &p.Fault)
	p.Counts, p.Missing = counts.V, missing.V
	return p, err
}

func loadPulled(ctx context.Context, tx *db.Tx, postID string) (Pulled, error) {
	p, err := scanPulled(tx.QueryRow(ctx, `SELECT post_id, connection_id, at, counts, missing, fault FROM pulled_post WHERE post_id = $1`, postID))
	return p, db.One(err)
}

// listUnconnected gives the accounts of posts since an instant that have no connection
// and could have one, by name.
func listUnconnected(ctx context.Context, tx *db.Tx, since time.Time) ([]Connected, error) {
	rows, err := tx.Query(ctx, `SELECT DISTINCT a.id, a.platform, a.handle, t.id, t.name
		FROM post p JOIN talent_account a ON a.id = p.account_id JOIN talent t ON t.id = a.talent_id
		WHERE p.posted_at >= $1 AND p.withdrawn_at IS NULL AND a.platform IN ('instagram', 'tiktok')
			AND NOT EXISTS (SELECT 1 FROM connection c WHERE c.platform = a.platform AND c.account_id = a.id)
		ORDER BY t.name, a.platform, a.id LIMIT 60`, db.At(since))
	return db.Collect(rows, err, func(r *sql.Rows) (c Connected, err error) {
		c.Way = WayAccount
		err = r.Scan(&c.AccountID, &c.Platform, &c.Account, &c.TalentID, &c.Talent)
		return c, err
	})
}

// Published is a live post as its platform has it, for stand-ins of platforms.
type Published struct {
	ID, URL, Format string
	PostedAt        time.Time
	Views           int64 // of the newest insight; zero when none is known
}

// ListPublished gives the live posts of an account since an instant, for stand-ins of
// platforms.
func ListPublished(ctx context.Context, tx *db.Tx, platform, handle string, since time.Time) ([]Published, error) {
	rows, err := tx.Query(ctx, `SELECT p.platform_id, p.url, p.format, p.posted_at,
			COALESCE((SELECT MAX(i.views) FROM insight i WHERE i.post_id = p.id AND i.replaced_at IS NULL), 0)
		FROM post p JOIN talent_account a ON a.id = p.account_id
		WHERE p.platform = $1 AND a.account_key = $2 AND p.withdrawn_at IS NULL AND p.posted_at >= $3`, platform, handle, db.At(since))
	return db.Collect(rows, err, func(r *sql.Rows) (p Published, err error) {
		err = r.Scan(&p.ID, &p.URL, &p.Format, instant(&p.PostedAt), &p.Views)
		return p, err
	})
}
