package idea

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const experimentColumns = `slot_id, campaign_id, idea_id, belief, measure, target, made_at, by_name, learned, ended_at, ended_by, version`

func scanExperiment(r row) (e Experiment, err error) {
	var made, ended db.Time
	err = r.Scan(&e.SlotID, &e.CampaignID, &e.IdeaID, &e.Belief, &e.Measure, &e.Target, &made, &e.By, &e.Learned, &ended, &e.EndedBy, &e.Version)
	e.MadeAt, e.EndedAt = made.Time, ended.Time
	return e, err
}

// LoadExperiment gives the experiment of a slot, NotFound if there is none.
func LoadExperiment(ctx context.Context, tx *db.Tx, slotID string) (Experiment, error) {
	e, err := scanExperiment(tx.QueryRow(ctx, `SELECT `+experimentColumns+` FROM experiment WHERE slot_id = $1`, slotID))
	return e, db.One(err)
}

// ListExperiments gives experiments, the newest first; of one campaign when named.
func ListExperiments(ctx context.Context, tx *db.Tx, campaignID string) ([]Experiment, error) {
	rows, err := tx.Query(ctx, `SELECT `+experimentColumns+` FROM experiment WHERE ($1 = '' OR campaign_id = $1) ORDER BY made_at DESC, slot_id LIMIT 300`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Experiment, error) { return scanExperiment(r) })
}

func putExperiment(ctx context.Context, tx *db.Tx, e Experiment) error {
	values := []any{e.SlotID, e.CampaignID, e.IdeaID, e.Belief, string(e.Measure), e.Target, db.At(e.MadeAt), e.By, e.Learned, db.At(e.EndedAt), e.EndedBy}
	if e.Version == 0 {
		return db.Changed(tx.Exec(ctx, `INSERT INTO experiment (`+experimentColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) ON CONFLICT (slot_id) DO NOTHING`, values...))
	}
	return db.Changed(tx.Exec(ctx, `UPDATE experiment SET idea_id = $3, belief = $4, measure = $5, target = $6, made_at = $7, by_name = $8, learned = $9, ended_at = $10, ended_by = $11,
		version = version + 1 WHERE slot_id = $1 AND campaign_id = $2 AND version = $12`, append(values, e.Version)...))
}
