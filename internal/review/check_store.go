package review

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

// ListChecks gives the keys turned on a version, the specialist's first.
func ListChecks(ctx context.Context, tx *db.Tx, versionID string) ([]Check, error) {
	rows, err := tx.Query(ctx, `SELECT id, draft_id, key_name, by_id, by_name, answers, note, passed, override, at
		FROM draft_check WHERE draft_id = $1 ORDER BY at, key_name DESC`, versionID)
	return db.Collect(rows, err, func(r *sql.Rows) (c Check, err error) {
		var answers db.JSON[[]PointAnswer]
		err = r.Scan(&c.ID, &c.VersionID, &c.Key, &c.ByID, &c.By, &answers, &c.Note, &c.Passed, &c.Override, instant(&c.At))
		c.Answers = answers.V
		return c, err
	})
}

func insertCheck(ctx context.Context, tx *db.Tx, campaignID string, c Check) error {
	_, err := tx.Exec(ctx, `INSERT INTO draft_check (id, draft_id, campaign_id, key_name, by_id, by_name, answers, note, passed, override, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		c.ID, c.VersionID, campaignID, c.Key, c.ByID, c.By, db.JSON[[]PointAnswer]{V: c.Answers}, c.Note, c.Passed, c.Override, db.At(c.At))
	return err
}

// FirstPass measures first-pass yield over a campaign's shown versions, for one
// talent and for the specialist who turned the first key; empty ids do not
// restrict (R5).
func FirstPass(ctx context.Context, tx *db.Tx, campaignID, talentID, specialistID string) (y Yield, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*), COUNT(*) FILTER (WHERE NOT EXISTS (
			SELECT 1 FROM review_item i JOIN review_round r ON r.id = i.round_id
			WHERE i.campaign_id = v.campaign_id AND i.deliverable_id = v.deliverable_id AND i.draft_id = v.id AND r.origin = 'client' AND i.class = 'F'))
		FROM draft v JOIN deliverable d ON d.id = v.deliverable_id
		WHERE v.shown_at IS NOT NULL AND ($1 = '' OR v.campaign_id = $1) AND ($2 = '' OR d.talent_id = $2)
			AND ($3 = '' OR EXISTS (SELECT 1 FROM draft_check c WHERE c.draft_id = v.id AND c.key_name = 'specialist' AND c.by_id = $3))`,
		campaignID, talentID, specialistID).Scan(&y.Shown, &y.Clean)
	return y, err
}
