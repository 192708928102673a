package campaign

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const briefColumns = `campaign_id, number, lang, points, questions, reason, created_at, created_by, shared_at, shared_by,
	accepted_at, accepted_by, accepted_by_id, accepted_via, frozen_at, version`

// LoadBrief gives one version of a campaign's brief, NotFound if there is none.
func LoadBrief(ctx context.Context, tx *db.Tx, campaignID string, version int64) (Brief, error) {
	b, err := scanBrief(tx.QueryRow(ctx, `SELECT `+briefColumns+` FROM brief WHERE campaign_id = $1 AND number = $2`, campaignID, version))
	return b, db.One(err)
}

// ListBriefs gives all versions of a campaign's brief, the oldest first.
func ListBriefs(ctx context.Context, tx *db.Tx, campaignID string) ([]Brief, error) {
	rows, err := tx.Query(ctx, `SELECT `+briefColumns+` FROM brief WHERE campaign_id = $1 ORDER BY number`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Brief, error) { return scanBrief(r) })
}

func scanBrief(r row) (b Brief, err error) {
	var points db.JSON[[]Point]
	var questions db.JSON[[]Question]
	var created, shared, accepted, frozen db.Time
	err = r.Scan(&b.CampaignID, &b.Version, &b.Lang, &points, &questions, &b.Reason, &created, &b.CreatedBy, &shared, &b.SharedBy,
		&accepted, &b.AcceptedBy, &b.AcceptedByID, &b.AcceptedVia, &frozen, &b.Rev)
	b.Points, b.Questions = points.V, questions.V
	b.CreatedAt, b.SharedAt, b.AcceptedAt, b.FrozenAt = created.Time, shared.Time, accepted.Time, frozen.Time
	return b, err
}

func insertBrief(ctx context.Context, tx *db.Tx, b Brief) error {
	n, err := tx.Exec(ctx, `INSERT INTO brief (`+briefColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)
		ON CONFLICT (campaign_id, number) DO NOTHING`,
		b.CampaignID, b.Version, b.Lang, db.JSON[[]Point]{V: b.Points}, db.JSON[[]Question]{V: b.Questions}, b.Reason, db.At(b.CreatedAt), b.CreatedBy,
		db.At(b.SharedAt), b.SharedBy, db.At(b.AcceptedAt), b.AcceptedBy, b.AcceptedByID, b.AcceptedVia, db.At(b.FrozenAt))
	return db.Changed(n, err)
}

func saveBrief(ctx context.Context, tx *db.Tx, b Brief) error {
	return db.Changed(tx.Exec(ctx, `UPDATE brief SET lang = $4, points = $5, questions = $6, reason = $7, shared_at = $8, shared_by = $9,
		accepted_at = $10, accepted_by = $11, accepted_by_id = $12, accepted_via = $13, frozen_at = $14, version = version + 1
		WHERE campaign_id = $1 AND number = $2 AND version = $3`,
		b.CampaignID, b.Version, b.Rev, b.Lang, db.JSON[[]Point]{V: b.Points}, db.JSON[[]Question]{V: b.Questions}, b.Reason, db.At(b.SharedAt), b.SharedBy,
		db.At(b.AcceptedAt), b.AcceptedBy, b.AcceptedByID, b.AcceptedVia, db.At(b.FrozenAt)))
}

// AgreedBrief gives the newest version the client accepted; Conflict
// "brief.unaccepted" when there is none.
func AgreedBrief(ctx context.Context, tx *db.Tx, campaignID string) (Brief, error) {
	versions, err := ListBriefs(ctx, tx, campaignID)
	if err != nil {
		return Brief{}, err
	}
	b, ok := Agreed(versions)
	if !ok {
		return b, ErrBriefUnaccepted
	}
	return b, nil
}
