package report

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/result"
	"kolega/internal/talent"
)

// ListBenchmarks gives what others publish, by platform and size, the newest first.
func ListBenchmarks(ctx context.Context, tx *db.Tx) ([]Benchmark, error) {
	rows, err := tx.Query(ctx, `SELECT id, platform, tier, formula, low_bp, high_bp, since, source, by_name FROM benchmark ORDER BY platform, formula, tier, since DESC, id`)
	return db.Collect(rows, err, func(r *sql.Rows) (b Benchmark, err error) {
		err = r.Scan(&b.ID, &b.Platform, &b.Tier, &b.Formula, &b.LowBp, &b.HighBp, &b.Since, &b.Source, &b.By)
		return b, err
	})
}

func insertBenchmark(ctx context.Context, tx *db.Tx, b Benchmark) error {
	_, err := tx.Exec(ctx, `INSERT INTO benchmark (id, platform, tier, formula, low_bp, high_bp, since, source, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		b.ID, b.Platform, string(b.Tier), string(b.Formula), b.LowBp, b.HighBp, string(b.Since), b.Source, b.By)
	return err
}

func deleteBenchmark(ctx context.Context, tx *db.Tx, id string) error {
	return db.Changed(tx.Exec(ctx, `DELETE FROM benchmark WHERE id = $1`, id))
}

// ListMarks gives where the agency's own reported posts stand.
func ListMarks(ctx context.Context, tx *db.Tx) ([]Marks, error) {
	rows, err := tx.Query(ctx, `SELECT platform, tier, formula, posts, marks FROM peer_mark ORDER BY platform, tier, formula`)
	return db.Collect(rows, err, func(r *sql.Rows) (m Marks, err error) {
		var rates db.JSON[[]Mark]
		err = r.Scan(&m.Platform, &m.Tier, &m.Formula, &m.Posts, &rates)
		m.Rates = rates.V
		return m, err
	})
}

// mostPeers bounds how far back the comparison looks.
const mostPeers = 20_000

// remark computes the marks anew from all posts whose numbers stand in sent reports.
func remark(ctx context.Context, tx *db.Tx) error {
	rows, err := tx.Query(ctx, `SELECT p.platform, COALESCE(i.followers, a.followers, -1), COALESCE(i.reach, 0), COALESCE(i.followers, 0), COALESCE(i.views, 0),
			COALESCE(i.likes, 0) + COALESCE(i.comments, 0) + COALESCE(i.saves, 0) + COALESCE(i.shares, 0)
		FROM insight i JOIN post p ON p.id = i.post_id LEFT JOIN talent_account a ON a.id = p.account_id
		WHERE i.locked_at IS NOT NULL AND i.replaced_at IS NULL AND i.contested_at IS NULL AND i.age = 'measuring' AND i.likes IS NOT NULL
		ORDER BY i.taken_at DESC, i.id DESC LIMIT $1`, mostPeers)
	type kind struct {
		platform string
		tier     talent.Tier
		formula  result.Formula
	}
	rates := map[kind][]Mark{}
	_, err = db.Collect(rows, err, func(r *sql.Rows) (x struct{}, err error) {
		var platform string
		var followers, engaged int64
		base := make([]int64, 3)
		if err := r.Scan(&platform, &followers, &base[0], &base[1], &base[2], &engaged); err != nil {
			return x, err
		}
		for i, f := range []result.Formula{result.ByReach, result.ByFollowers, result.ByViews} {
			if k := (kind{platform, talent.TierOf(followers), f}); base[i] > 0 && k.tier != talent.TierUnknown {
				rates[k] = append(rates[k], Mark{engaged, base[i]})
			}
		}
		return x, nil
	})
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM peer_mark`); err != nil {
		return err
	}
	for k, list := range rates {
		marks := MarksOf(list)
		if marks == nil {
			continue
		}
		if _, err := tx.Exec(ctx, `INSERT INTO peer_mark (platform, tier, formula, posts, marks, made_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			k.platform, string(k.tier), string(k.formula), int64(len(list)), db.JSON[[]Mark]{V: marks}, db.At(tx.Now())); err != nil {
			return err
		}
	}
	return nil
}
