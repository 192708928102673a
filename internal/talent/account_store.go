package talent

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

const accountColumns = `id, talent_id, platform, handle, account_key, platform_id, followers, followers_on, er_bp, er_base, er_on,
	avg_views, avg_likes, avg_comments, avg_shares, avg_engagements, audience_country, source, made_at, changed_at, version`

// LoadAccount gives an account, NotFound if there is none with the id.
func LoadAccount(ctx context.Context, tx *db.Tx, id string) (Account, error) {
	a, err := scanAccount(tx.QueryRow(ctx, `SELECT `+accountColumns+` FROM talent_account WHERE id = $1`, id))
	return a, db.One(err)
}

// ListAccounts gives a talent's accounts, the largest first.
func ListAccounts(ctx context.Context, tx *db.Tx, talentID string) ([]Account, error) {
	rows, err := tx.Query(ctx, `SELECT `+accountColumns+` FROM talent_account WHERE talent_id = $1 ORDER BY followers DESC, platform, account_key`, talentID)
	return db.Collect(rows, err, func(r *sql.Rows) (Account, error) { return scanAccount(r) })
}

// AccountAt gives the account with a handle on a platform, NotFound if nobody has it.
func AccountAt(ctx context.Context, tx *db.Tx, p Platform, handle string) (Account, error) {
	place, err := PlaceOf(handle, p)
	if err != nil {
		return Account{}, err
	}
	a, found, err := findAccount(ctx, tx, p, place.Key, place.PlatformID)
	if err == nil && !found {
		err = db.ErrNotFound
	}
	return a, err
}

// LoadAccounts gives the accounts of several talents, by talent id, the largest first.
func LoadAccounts(ctx context.Context, tx *db.Tx, talentIDs []string) (map[string][]Account, error) {
	out := make(map[string][]Account, len(talentIDs))
	err := inParts(talentIDs, func(list string, args []any) error {
		rows, err := tx.Query(ctx, `SELECT `+accountColumns+` FROM talent_account WHERE talent_id IN (`+list+`) ORDER BY followers DESC, platform, account_key`, args...)
		found, err := db.Collect(rows, err, func(r *sql.Rows) (Account, error) { return scanAccount(r) })
		for _, a := range found {
			out[a.TalentID] = append(out[a.TalentID], a)
		}
		return err
	})
	return out, err
}

// findAccount looks an account up by handle key or by the platform's own id.
func findAccount(ctx context.Context, tx *db.Tx, p Platform, key, platformID string) (Account, bool, error) {
	a, err := scanAccount(tx.QueryRow(ctx, `SELECT `+accountColumns+` FROM talent_account
		WHERE platform = $1 AND (account_key = $2 OR platform_id = $3 AND platform_id <> '') ORDER BY account_key LIMIT 1`, p, key, platformID))
	if errors.Is(err, sql.ErrNoRows) {
		return Account{}, false, nil
	}
	return a, err == nil, err
}

func scanAccount(r scanner) (a Account, err error) {
	var made, changed db.Time
	err = r.Scan(&a.ID, &a.TalentID, &a.Platform, &a.Handle, &a.Key, &a.PlatformID, &a.Followers, &a.FollowersOn, &a.ERBp, &a.ERBase, &a.EROn,
		&a.AvgViews, &a.AvgLikes, &a.AvgComments, &a.AvgShares, &a.AvgEngagements, &a.AudienceCountry, &a.Source, &made, &changed, &a.Version)
	a.CreatedAt, a.UpdatedAt = made.Time, changed.Time
	return a, err
}

func accountValues(a Account) []any {
	return []any{a.ID, a.TalentID, a.Platform, a.Handle, a.Key, a.PlatformID, a.Followers, a.FollowersOn, a.ERBp, a.ERBase, a.EROn,
		a.AvgViews, a.AvgLikes, a.AvgComments, a.AvgShares, a.AvgEngagements, a.AudienceCountry, a.Source, db.At(a.UpdatedAt)}
}

const insertAccountInto = `INSERT INTO talent_account (id, talent_id, platform, handle, account_key, platform_id, followers, followers_on, er_bp, er_base, er_on,
	avg_views, avg_likes, avg_comments, avg_shares, avg_engagements, audience_country, source, changed_at, made_at, version)`

// insertAccount keeps a new account; FaultHandleTaken if the platform has it already.
func insertAccount(ctx context.Context, tx *db.Tx, a Account) error {
	n, err := tx.Exec(ctx, insertAccountInto+` VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) ON CONFLICT DO NOTHING`,
		append(accountValues(a), db.At(a.CreatedAt), int64(1))...)
	if err == nil && n == 0 {
		return FaultHandleTaken
	}
	return err
}

// saveAccount keeps a changed account; Conflict if somebody was faster.
func saveAccount(ctx context.Context, tx *db.Tx, a Account) error {
	return db.Changed(tx.Exec(ctx, `UPDATE talent_account SET talent_id = $2, platform = $3, handle = $4, account_key = $5, platform_id = $6, followers = $7,
		followers_on = $8, er_bp = $9, er_base = $10, er_on = $11, avg_views = $12, avg_likes = $13, avg_comments = $14, avg_shares = $15, avg_engagements = $16,
		audience_country = $17, source = $18, changed_at = $19, version = version + 1 WHERE id = $1 AND version = $20`,
		append(accountValues(a), a.Version)...))
}
