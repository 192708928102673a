package report

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

// listPictures gives the pictures that people chose, by post.
func listPictures(ctx context.Context, tx *db.Tx, campaignID string) (map[string]string, error) {
	out := map[string]string{}
	rows, err := tx.Query(ctx, `SELECT post_id, sha256 FROM report_picture WHERE campaign_id = $1`, campaignID)
	_, err = db.Collect(rows, err, func(r *sql.Rows) (x struct{}, err error) {
		var post, sha string
		err = r.Scan(&post, &sha)
		out[post] = sha
		return x, err
	})
	return out, err
}

func savePicture(ctx context.Context, tx *db.Tx, campaignID, postID, sha, by string) error {
	_, err := tx.Exec(ctx, `INSERT INTO report_picture (campaign_id, post_id, sha256, by_name, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (campaign_id, post_id) DO UPDATE SET sha256 = excluded.sha256, by_name = excluded.by_name, at = excluded.at`,
		campaignID, postID, sha, by, db.At(tx.Now()))
	return err
}
