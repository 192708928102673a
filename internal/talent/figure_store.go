package talent

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

const figureColumns = `account_id, on_day, source, followers, er_bp, er_base, avg_views, avg_likes, avg_comments, avg_shares`

// keepFigure keeps a snapshot: one a day and source, the last one typed. Figures
// without a day are no snapshot.
func keepFigure(ctx context.Context, tx *db.Tx, f Figure) error {
	if !f.On.Valid() || f.Followers < 0 && f.ERBp < 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `INSERT INTO talent_figure (`+figureColumns+`, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (account_id, on_day, source) DO UPDATE SET followers = excluded.followers, er_bp = excluded.er_bp, er_base = excluded.er_base,
			avg_views = excluded.avg_views, avg_likes = excluded.avg_likes, avg_comments = excluded.avg_comments, avg_shares = excluded.avg_shares, made_at = excluded.made_at`,
		f.AccountID, f.On, f.Source, f.Followers, f.ERBp, f.ERBase, f.AvgViews, f.AvgLikes, f.AvgComments, f.AvgShares, db.At(tx.Now()))
	return err
}

// ListFigures gives the snapshots of a talent's accounts by account id, the oldest first.
func ListFigures(ctx context.Context, tx *db.Tx, talentID string) (map[string][]Figure, error) {
	rows, err := tx.Query(ctx, `SELECT f.account_id, f.on_day, f.source, f.followers, f.er_bp, f.er_base, f.avg_views, f.avg_likes, f.avg_comments, f.avg_shares
		FROM talent_figure f JOIN talent_account a ON a.id = f.account_id WHERE a.talent_id = $1 ORDER BY f.on_day, f.made_at, f.source`, talentID)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (f Figure, err error) {
		err = r.Scan(&f.AccountID, &f.On, &f.Source, &f.Followers, &f.ERBp, &f.ERBase, &f.AvgViews, &f.AvgLikes, &f.AvgComments, &f.AvgShares)
		return f, err
	})
	out := map[string][]Figure{}
	for _, f := range list {
		out[f.AccountID] = append(out[f.AccountID], f)
	}
	return out, err
}

// putAudience replaces one kind of an account's audience.
func putAudience(ctx context.Context, tx *db.Tx, in SetAudience, shares []Share) error {
	if _, err := tx.Exec(ctx, `DELETE FROM talent_audience WHERE account_id = $1 AND kind = $2`, in.AccountID, in.Kind); err != nil {
		return err
	}
	for _, s := range shares {
		if _, err := tx.Exec(ctx, `INSERT INTO talent_audience (account_id, kind, value, share_bp, on_day, source) VALUES ($1, $2, $3, $4, $5, $6)`,
			in.AccountID, in.Kind, s.Value, s.Bp, in.On, in.Source); err != nil {
			return err
		}
	}
	return nil
}

// LoadAudiences gives the audiences of the accounts of several talents, by account
// id; accounts of which nothing is known are left out (R18).
func LoadAudiences(ctx context.Context, tx *db.Tx, talentIDs []string) (map[string]Audience, error) {
	out := map[string]Audience{}
	err := inParts(talentIDs, func(list string, args []any) error {
		rows, err := tx.Query(ctx, `SELECT u.account_id, u.kind, u.value, u.share_bp, u.on_day, u.source FROM talent_audience u
			JOIN talent_account a ON a.id = u.account_id WHERE a.talent_id IN (`+list+`) ORDER BY u.account_id, u.kind, u.share_bp DESC, u.value`, args...)
		parts, err := db.Collect(rows, err, func(r *sql.Rows) (p audiencePart, err error) {
			return p, r.Scan(&p.account, &p.kind, &p.share.Value, &p.share.Bp, &p.on, &p.source)
		})
		for _, p := range parts {
			a := out[p.account]
			if a.Shares == nil {
				a = Audience{AccountID: p.account, Shares: map[AudienceKind][]Share{}, On: map[AudienceKind]worktime.Date{}, Source: map[AudienceKind]string{}}
			}
			a.Shares[p.kind] = append(a.Shares[p.kind], p.share)
			a.On[p.kind], a.Source[p.kind] = p.on, p.source
			out[p.account] = a
		}
		return err
	})
	return out, err
}

// audiencePart is one row of an audience.
type audiencePart struct {
	account, source string
	kind            AudienceKind
	share           Share
	on              worktime.Date
}
