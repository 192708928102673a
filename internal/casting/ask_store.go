package casting

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

const askColumns = `k.id, k.campaign_id, k.client_id, k.kind, k.candidate_id, k.offer_id, k.terms, k.reasons, k.fee_minor, k.fee_currency, k.home_minor, k.home_currency,
	k.words, k.asked_by_id, k.asked_by, k.asked_at, k.decided_by, k.decided_at, k.yes, k.answer, k.version`

func scanAsk(r scanner) (a Ask, err error) {
	err = r.Scan(&a.ID, &a.CampaignID, &a.ClientID, &a.Kind, &a.CandidateID, &a.OfferID, document(&a.Terms), document(&a.Reasons), &a.Fee.Minor, &a.Fee.Currency,
		&a.FeeHome.Minor, &a.FeeHome.Currency, &a.Words, &a.AskedByID, &a.AskedBy, instant(&a.AskedAt), &a.DecidedBy, instant(&a.DecidedAt), &a.Yes, &a.Answer, &a.Version)
	return a, err
}

// LoadAsk gives one ask. Fault: not-found.
func LoadAsk(ctx context.Context, tx *db.Tx, id string) (Ask, error) {
	a, err := scanAsk(tx.QueryRow(ctx, `SELECT `+askColumns+` FROM cast_ask k WHERE k.id = $1`, id))
	return a, db.One(err)
}

// ListAsks gives the asks of a campaign, or those of all campaigns that wait when
// it is empty; oldest first.
func ListAsks(ctx context.Context, tx *db.Tx, campaignID string) ([]Ask, error) {
	rows, err := tx.Query(ctx, `SELECT `+askColumns+` FROM cast_ask k
		WHERE k.campaign_id = $1 OR $1 = '' AND k.decided_at IS NULL ORDER BY k.asked_at, k.id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Ask, error) { return scanAsk(r) })
}

// insertAsk keeps a new ask unless the same act waits already.
func insertAsk(ctx context.Context, tx *db.Tx, a Ask) error {
	n, err := tx.Exec(ctx, `INSERT INTO cast_ask (id, campaign_id, client_id, kind, candidate_id, offer_id, terms, reasons, fee_minor, fee_currency, home_minor, home_currency,
			words, asked_by_id, asked_by, asked_at, decided_by, yes, answer, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '', FALSE, '', 1) ON CONFLICT DO NOTHING`,
		a.ID, a.CampaignID, a.ClientID, string(a.Kind), a.CandidateID, a.OfferID, db.JSON[AskTerms]{V: a.Terms}, db.JSON[[]AskReason]{V: a.Reasons},
		a.Fee.Minor, string(a.Fee.Currency), a.FeeHome.Minor, string(a.FeeHome.Currency), a.Words, a.AskedByID, a.AskedBy, db.At(a.AskedAt))
	if err == nil && n == 0 {
		return ErrAskTwice
	}
	return err
}

func saveAsk(ctx context.Context, tx *db.Tx, a Ask) error {
	return db.Changed(tx.Exec(ctx, `UPDATE cast_ask SET decided_by = $3, decided_at = $4, yes = $5, answer = $6, version = version + 1 WHERE id = $1 AND version = $2`,
		a.ID, a.Version, a.DecidedBy, db.At(a.DecidedAt), a.Yes, a.Answer))
}

// LoadFloor gives the floor of the margin in basis points of the price; 0 is none.
func LoadFloor(ctx context.Context, tx *db.Tx) (bp int64, err error) {
	err = tx.QueryRow(ctx, `SELECT floor_bp FROM cast_rule WHERE one = 1`).Scan(&bp)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return bp, err
}

func saveFloor(ctx context.Context, tx *db.Tx, bp int64, by string) error {
	_, err := tx.Exec(ctx, `INSERT INTO cast_rule (one, floor_bp, set_by, set_at, version) VALUES (1, $1, $2, $3, 1)
		ON CONFLICT (one) DO UPDATE SET floor_bp = $1, set_by = $2, set_at = $3, version = cast_rule.version + 1`, bp, by, db.At(tx.Now()))
	return err
}
