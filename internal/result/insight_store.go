package result

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

const insightColumns = `i.id, i.post_id, i.deliverable_id, i.booking_id, i.campaign_id, i.talent_id, i.age, i.taken_at,
	i.reach, i.views, i.impressions, i.likes, i.comments, i.saves, i.shares, i.replies, i.taps, i.clicks, i.followers, i.frames, i.source, i.warnings, i.reason,
	i.typed_at, i.typed_by_id, i.typed_by, i.verified_at, i.verified_by, i.contested_at, i.contested_by, i.contested_why, i.locked_at,
	i.corrects, i.replaced_at, i.version, i.scanned`

func scanInsight(r scanner) (i Insight, err error) {
	counts := make([]sql.NullInt64, len(Metrics))
	var frames db.JSON[[]int64]
	var warnings db.JSON[[]Warning]
	var scanned db.JSON[[]Metric]
	into := []any{&i.ID, &i.PostID, &i.DeliverableID, &i.BookingID, &i.CampaignID, &i.TalentID, &i.Age, instant(&i.TakenAt)}
	for n := range counts {
		into = append(into, &counts[n])
	}
	into = append(into, &frames, &i.Source, &warnings, &i.Reason, instant(&i.TypedAt), &i.TypedByID, &i.TypedBy, instant(&i.VerifiedAt), &i.VerifiedBy,
		instant(&i.ContestedAt), &i.ContestedBy, &i.ContestedWhy, instant(&i.LockedAt), &i.Corrects, instant(&i.ReplacedAt), &i.Revision, &scanned)
	if err = r.Scan(into...); err != nil {
		return i, err
	}
	i.Counts = Counts{}
	for n, m := range Metrics {
		if counts[n].Valid {
			i.Counts[m] = counts[n].Int64
		}
	}
	i.Frames, i.Warnings, i.Scanned = frames.V, warnings.V, scanned.V
	return i, nil
}

// columnsOf gives the counts in the order of Metrics, NULL for what is unknown.
func columnsOf(c Counts) []any {
	out := make([]any, len(Metrics))
	for n, m := range Metrics {
		if v, ok := c[m]; ok {
			out[n] = v
		}
	}
	return out
}

// LoadInsight gives one insight with its evidence. Fault: not-found.
func LoadInsight(ctx context.Context, tx *db.Tx, id string) (Insight, error) {
	i, err := scanInsight(tx.QueryRow(ctx, `SELECT `+insightColumns+` FROM insight i WHERE i.id = $1`, id))
	if err != nil {
		return i, db.One(err)
	}
	list := []Insight{i}
	err = fillEvidence(ctx, tx, list, `insight_id = $1`, id)
	return list[0], err
}

// ListInsights gives a campaign's insights with their evidence, by post and age.
func ListInsights(ctx context.Context, tx *db.Tx, campaignID string) ([]Insight, error) {
	rows, err := tx.Query(ctx, `SELECT `+insightColumns+` FROM insight i WHERE i.campaign_id = $1 ORDER BY i.post_id, i.taken_at, i.typed_at, i.id`, campaignID)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Insight, error) { return scanInsight(r) })
	if err != nil {
		return nil, err
	}
	return list, fillEvidence(ctx, tx, list, `insight_id IN (SELECT id FROM insight WHERE campaign_id = $1)`, campaignID)
}

// ListInsightsOf gives the insights of one post with their evidence, oldest first.
func ListInsightsOf(ctx context.Context, tx *db.Tx, postID string) ([]Insight, error) {
	rows, err := tx.Query(ctx, `SELECT `+insightColumns+` FROM insight i WHERE i.post_id = $1 ORDER BY i.taken_at, i.typed_at, i.id`, postID)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Insight, error) { return scanInsight(r) })
	if err != nil {
		return nil, err
	}
	return list, fillEvidence(ctx, tx, list, `post_id = $1`, postID)
}

func fillEvidence(ctx context.Context, tx *db.Tx, list []Insight, where, arg string) error {
	at := make(map[string]*Insight, len(list))
	for n := range list {
		at[list[n].ID] = &list[n]
	}
	rows, err := tx.Query(ctx, `SELECT insight_id, sha256, media_type, size, file_name FROM insight_evidence WHERE `+where+` ORDER BY insight_id, position`, arg)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var e Evidence
		if err := rows.Scan(&id, &e.SHA256, &e.Type, &e.Size, &e.Name); err != nil {
			return err
		}
		if i := at[id]; i != nil {
			i.Evidence = append(i.Evidence, e)
		}
	}
	return rows.Err()
}

// evidenceElsewhere gives the talent whose other post the screenshot proves already.
func evidenceElsewhere(ctx context.Context, tx *db.Tx, sha, postID string) (talentID string, used bool, err error) {
	err = tx.QueryRow(ctx, `SELECT e.talent_id FROM insight_evidence e JOIN post p ON p.id = e.post_id
		WHERE e.sha256 = $1 AND e.post_id <> $2 AND p.withdrawn_at IS NULL LIMIT 1`, sha, postID).Scan(&talentID)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return talentID, err == nil, err
}

func insertInsight(ctx context.Context, tx *db.Tx, i Insight) error {
	args := []any{i.ID, i.PostID, i.DeliverableID, i.BookingID, i.CampaignID, i.TalentID, string(i.Age), db.At(i.TakenAt)}
	args = append(args, columnsOf(i.Counts)...)
	args = append(args, db.JSON[[]int64]{V: i.Frames}, string(i.Source), db.JSON[[]Warning]{V: i.Warnings}, i.Reason, db.At(i.TypedAt), i.TypedByID, i.TypedBy, i.Corrects, db.JSON[[]Metric]{V: i.Scanned})
	_, err := tx.Exec(ctx, `INSERT INTO insight (id, post_id, deliverable_id, booking_id, campaign_id, talent_id, age, taken_at,
			reach, views, impressions, likes, comments, saves, shares, replies, taps, clicks, followers, frames, source, warnings, reason,
			typed_at, typed_by_id, typed_by, corrects, scanned, verified_by, contested_by, contested_why, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, '', '', '', 1)`, args...)
	if err != nil {
		return err
	}
	for n, e := range i.Evidence {
		if _, err := tx.Exec(ctx, `INSERT INTO insight_evidence (insight_id, position, post_id, talent_id, sha256, media_type, size, file_name)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, i.ID, n, i.PostID, i.TalentID, e.SHA256, e.Type, e.Size, e.Name); err != nil {
			return err
		}
	}
	return nil
}

func saveInsight(ctx context.Context, tx *db.Tx, i Insight) error {
	return db.Changed(tx.Exec(ctx, `UPDATE insight SET verified_at = $3, verified_by = $4, contested_at = $5, contested_by = $6, contested_why = $7,
			locked_at = $8, replaced_at = $9, version = version + 1 WHERE id = $1 AND version = $2`,
		i.ID, i.Revision, db.At(i.VerifiedAt), i.VerifiedBy, db.At(i.ContestedAt), i.ContestedBy, i.ContestedWhy, db.At(i.LockedAt), db.At(i.ReplacedAt)))
}

// LockInsights marks the verified insights of a campaign as printed in a sent report.
func LockInsights(ctx context.Context, tx *db.Tx, campaignID string) error {
	_, err := tx.Exec(ctx, `UPDATE insight SET locked_at = $2, version = version + 1 WHERE campaign_id = $1
		AND verified_at IS NOT NULL AND contested_at IS NULL AND replaced_at IS NULL AND locked_at IS NULL`, campaignID, db.At(tx.Now()))
	return err
}
