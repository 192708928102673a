package review

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const changeColumns = `c.id, c.deliverable_id, c.round_id, c.campaign_id, c.client_id, c.talent_id, c.made_at, c.price_minor, c.price_currency,
	c.fee_minor, c.fee_currency, c.draft_due_at, c.draft_due_zone, c.draft_due_text, c.post_due_at, c.post_due_zone, c.post_due_text,
	c.note, c.priced_at, c.priced_by, c.answer_until, c.client_answer, c.client_at, c.client_by_id, c.client_by,
	c.talent_answer, c.talent_at, c.talent_reason, c.effective_at, c.closed_at, c.closed_why, c.version`

func scanChange(r scanner) (c ChangeRequest, err error) {
	err = r.Scan(&c.ID, &c.DeliverableID, &c.RoundID, &c.CampaignID, &c.ClientID, &c.TalentID, instant(&c.CreatedAt), &c.Price.Minor, &c.Price.Currency,
		&c.Fee.Minor, &c.Fee.Currency, instant(&c.DraftDue.At), &c.DraftDue.Zone, &c.DraftDue.Entered, instant(&c.PostDue.At), &c.PostDue.Zone, &c.PostDue.Entered,
		&c.Note, instant(&c.PricedAt), &c.PricedBy, instant(&c.AnswerUntil), &c.Client, instant(&c.ClientAt), &c.ClientByID, &c.ClientBy,
		&c.Talent, instant(&c.TalentAt), &c.TalentReason, instant(&c.EffectiveAt), instant(&c.ClosedAt), &c.ClosedWhy, &c.Revision)
	return c, err
}

// LoadChange gives one change request. Fault: not-found.
func LoadChange(ctx context.Context, tx *db.Tx, id string) (ChangeRequest, error) {
	c, err := scanChange(tx.QueryRow(ctx, `SELECT `+changeColumns+` FROM change_request c WHERE c.id = $1`, id))
	return c, db.One(err)
}

// ListChanges gives a campaign's change requests, oldest first.
func ListChanges(ctx context.Context, tx *db.Tx, campaignID string) ([]ChangeRequest, error) {
	rows, err := tx.Query(ctx, `SELECT `+changeColumns+` FROM change_request c WHERE c.campaign_id = $1 ORDER BY c.made_at, c.id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (ChangeRequest, error) { return scanChange(r) })
}

// ListChangesOf gives the change requests of one deliverable, oldest first.
func ListChangesOf(ctx context.Context, tx *db.Tx, deliverableID string) ([]ChangeRequest, error) {
	rows, err := tx.Query(ctx, `SELECT `+changeColumns+` FROM change_request c WHERE c.deliverable_id = $1 ORDER BY c.made_at, c.id`, deliverableID)
	return db.Collect(rows, err, func(r *sql.Rows) (ChangeRequest, error) { return scanChange(r) })
}

func insertChange(ctx context.Context, tx *db.Tx, c ChangeRequest) error {
	_, err := tx.Exec(ctx, `INSERT INTO change_request (id, deliverable_id, round_id, campaign_id, client_id, talent_id, made_at,
			price_minor, price_currency, fee_minor, fee_currency, draft_due_zone, draft_due_text, post_due_zone, post_due_text,
			note, priced_by, client_answer, client_by_id, client_by, talent_answer, talent_reason, closed_why, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '', 0, '', '', '', '', '', '', '', '', '', '', '', '', '', 1)`,
		c.ID, c.DeliverableID, c.RoundID, c.CampaignID, c.ClientID, c.TalentID, db.At(c.CreatedAt))
	return err
}

// saveChange writes offer, answers and end of a change request. Fault: conflict.changed.
func saveChange(ctx context.Context, tx *db.Tx, c ChangeRequest) error {
	return db.Changed(tx.Exec(ctx, `UPDATE change_request SET price_minor = $2, price_currency = $3, fee_minor = $4, fee_currency = $5,
			draft_due_at = $6, draft_due_zone = $7, draft_due_text = $8, post_due_at = $9, post_due_zone = $10, post_due_text = $11,
			note = $12, priced_at = $13, priced_by = $14, answer_until = $15, client_answer = $16, client_at = $17, client_by_id = $18, client_by = $19,
			talent_answer = $20, talent_at = $21, talent_reason = $22, effective_at = $23, closed_at = $24, closed_why = $25, version = version + 1
		WHERE id = $1 AND version = $26`,
		c.ID, c.Price.Minor, c.Price.Currency, c.Fee.Minor, c.Fee.Currency,
		db.At(c.DraftDue.At), c.DraftDue.Zone, c.DraftDue.Entered, db.At(c.PostDue.At), c.PostDue.Zone, c.PostDue.Entered,
		c.Note, db.At(c.PricedAt), c.PricedBy, db.At(c.AnswerUntil), c.Client, db.At(c.ClientAt), c.ClientByID, c.ClientBy,
		c.Talent, db.At(c.TalentAt), c.TalentReason, db.At(c.EffectiveAt), db.At(c.ClosedAt), c.ClosedWhy, c.Revision))
}
