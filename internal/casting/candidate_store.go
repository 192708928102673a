package casting

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const candidateColumns = `c.id, c.campaign_id, c.client_id, c.slot_id, c.talent_id, c.account_id, c.cost_minor, c.cost_currency,
	c.home_minor, c.home_currency, c.rate, c.rate_source, c.price_minor, c.price_currency, c.why, c.note, c.rank, c.replaces_id,
	c.added_by, c.added_at, c.shown_at, c.removed_at, c.gone, c.version`

func scanCandidate(r scanner) (c Candidate, err error) {
	err = r.Scan(&c.ID, &c.CampaignID, &c.ClientID, &c.SlotID, &c.TalentID, &c.AccountID, &c.Cost.Minor, &c.Cost.Currency,
		&c.CostHome.Minor, &c.CostHome.Currency, &c.Rate, &c.RateSource, &c.Price.Minor, &c.Price.Currency, &c.Why, &c.Note, &c.Rank, &c.Replaces,
		&c.AddedBy, instant(&c.AddedAt), instant(&c.ShownAt), instant(&c.RemovedAt), &c.Gone, &c.Version)
	return c, err
}

// LoadCandidate gives one candidate. Fault: not-found.
func LoadCandidate(ctx context.Context, tx *db.Tx, id string) (Candidate, error) {
	c, err := scanCandidate(tx.QueryRow(ctx, `SELECT `+candidateColumns+` FROM candidate c WHERE c.id = $1`, id))
	return c, db.One(err)
}

// ListCandidates gives a campaign's candidates in the agency's order: those on
// the list, and those who are gone after the client saw them.
func ListCandidates(ctx context.Context, tx *db.Tx, campaignID string) ([]Candidate, error) {
	rows, err := tx.Query(ctx, `SELECT `+candidateColumns+` FROM candidate c
		WHERE c.campaign_id = $1 AND (c.removed_at IS NULL OR c.shown_at IS NOT NULL) ORDER BY c.rank, c.id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Candidate, error) { return scanCandidate(r) })
}

func insertCandidate(ctx context.Context, tx *db.Tx, c Candidate) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO candidate (id, campaign_id, client_id, slot_id, talent_id, account_id, cost_minor, cost_currency,
			home_minor, home_currency, rate, rate_source, price_minor, price_currency, why, note, rank, replaces_id, added_by, added_at, shown_at, gone, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, '', 1) ON CONFLICT DO NOTHING`,
		c.ID, c.CampaignID, c.ClientID, c.SlotID, c.TalentID, c.AccountID, c.Cost.Minor, string(c.Cost.Currency),
		c.CostHome.Minor, string(c.CostHome.Currency), c.Rate, c.RateSource, c.Price.Minor, string(c.Price.Currency), c.Why, c.Note, c.Rank, c.Replaces,
		c.AddedBy, db.At(c.AddedAt), db.At(c.ShownAt))
	return n == 1, err
}

func saveCandidate(ctx context.Context, tx *db.Tx, c Candidate) error {
	return db.Changed(tx.Exec(ctx, `UPDATE candidate SET account_id = $3, cost_minor = $4, cost_currency = $5, home_minor = $6, home_currency = $7,
			rate = $8, rate_source = $9, price_minor = $10, price_currency = $11, why = $12, note = $13, rank = $14, shown_at = $15, removed_at = $16,
			gone = $17, version = version + 1 WHERE id = $1 AND version = $2`,
		c.ID, c.Version, c.AccountID, c.Cost.Minor, string(c.Cost.Currency), c.CostHome.Minor, string(c.CostHome.Currency),
		c.Rate, c.RateSource, c.Price.Minor, string(c.Price.Currency), c.Why, c.Note, c.Rank, db.At(c.ShownAt), db.At(c.RemovedAt), c.Gone))
}

func nextRank(ctx context.Context, tx *db.Tx, campaignID string) (n int64, err error) {
	err = tx.QueryRow(ctx, `SELECT COALESCE(MAX(rank), 0) + 1 FROM candidate WHERE campaign_id = $1`, campaignID).Scan(&n)
	return n, err
}

// declinedBy gives the talents to whom a client's sent answer is no.
func declinedBy(ctx context.Context, tx *db.Tx, clientID string) (map[string]bool, error) {
	rows, err := tx.Query(ctx, `SELECT DISTINCT c.talent_id FROM pick p JOIN candidate c ON c.id = p.candidate_id
		JOIN pick_sheet s ON s.campaign_id = c.campaign_id
		WHERE c.client_id = $1 AND p.sent = 'no' AND (s.decider_id = '' OR s.decider_id = p.contact_id)`, clientID)
	ids, err := db.Collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
	return set(ids), err
}

func set(ids []string) map[string]bool {
	out := make(map[string]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out
}
