package billing

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/money"
)

const creditColumns = `id, COALESCE(invoice_id, ''), client_id, campaign_id, kind, cause_id, COALESCE(number, ''), serial, year, reason, currency, price_minor, base_minor, ppn_minor,
	total_minor, to_credit_minor, to_open_minor, ppn_rule, made_at, made_by, issued_at, issued_on, approved_by, refused_at, refused_for, version`

func scanCredit(r scanner) (c CreditNote, err error) {
	var cur money.Currency
	var made, issued, refused db.Time
	t := &c.Totals
	err = r.Scan(&c.ID, &c.InvoiceID, &c.ClientID, &c.CampaignID, &c.Kind, &c.CauseID, &c.Number, &c.Serial, &c.Year, &c.Reason, &cur, &t.Price.Minor, &t.Base.Minor, &t.PPN.Minor,
		&t.Total.Minor, &c.ToCredit.Minor, &c.ToOpen.Minor, &t.PPNRule, &made, &c.MadeBy, &issued, &c.IssuedOn, &c.ApprovedBy, &refused, &c.RefusedFor, &c.Version)
	for _, a := range []*money.Amount{&t.Price, &t.Base, &t.PPN, &t.Total, &t.Withheld, &t.Due, &c.ToCredit, &c.ToOpen} {
		a.Currency = cur
	}
	t.Due = t.Total
	c.MadeAt, c.IssuedAt, c.RefusedAt = made.Time, issued.Time, refused.Time
	return c, err
}

// LoadCreditNote gives a credit note, NotFound if there is none.
func LoadCreditNote(ctx context.Context, tx *db.Tx, id string) (CreditNote, error) {
	c, err := scanCredit(tx.QueryRow(ctx, `SELECT `+creditColumns+` FROM credit_note WHERE id = $1`, id))
	return c, db.One(err)
}

// CreditFilter picks credit notes; empty fields do not restrict.
type CreditFilter struct {
	InvoiceID, ClientID, CampaignID, CauseID string
	After                                    string
	Limit                                    int
}

// ListCreditNotes gives credit notes, newest first.
func ListCreditNotes(ctx context.Context, tx *db.Tx, f CreditFilter) ([]CreditNote, error) {
	rows, err := tx.Query(ctx, `SELECT `+creditColumns+` FROM credit_note WHERE ($1 = '' OR invoice_id = $1) AND ($2 = '' OR client_id = $2) AND ($3 = '' OR campaign_id = $3)
		AND ($4 = '' OR cause_id = $4) AND ($5 = '' OR id < $5) ORDER BY id DESC LIMIT $6`, f.InvoiceID, f.ClientID, f.CampaignID, f.CauseID, f.After, limited(f.Limit))
	return db.Collect(rows, err, func(r *sql.Rows) (CreditNote, error) { return scanCredit(r) })
}

func insertCredit(ctx context.Context, tx *db.Tx, c CreditNote, madeName string) error {
	t := c.Totals
	_, err := tx.Exec(ctx, `INSERT INTO credit_note (id, invoice_id, client_id, campaign_id, kind, cause_id, serial, year, reason, currency, price_minor, base_minor, ppn_minor, total_minor,
		to_credit_minor, to_open_minor, ppn_rule, made_at, made_by, made_name, issued_on, approved_by, refused_for, version)
		VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, '', '', '', 1)`,
		c.ID, text(c.InvoiceID), c.ClientID, c.CampaignID, string(c.Kind), c.CauseID, c.Reason, string(t.Price.Currency), t.Price.Minor, t.Base.Minor, t.PPN.Minor, t.Total.Minor,
		c.ToCredit.Minor, c.ToOpen.Minor, t.PPNRule, db.At(c.MadeAt), c.MadeBy, madeName)
	return err
}

func saveCredit(ctx context.Context, tx *db.Tx, c CreditNote) error {
	t := c.Totals
	return db.Changed(tx.Exec(ctx, `UPDATE credit_note SET invoice_id = $3, number = $4, serial = $5, year = $6, price_minor = $7, base_minor = $8, ppn_minor = $9, total_minor = $10,
		to_credit_minor = $11, to_open_minor = $12, ppn_rule = $13, issued_at = $14, issued_on = $15, approved_by = $16, refused_at = $17, refused_for = $18,
		version = version + 1 WHERE id = $1 AND version = $2`,
		c.ID, c.Version, text(c.InvoiceID), text(c.Number), c.Serial, c.Year, t.Price.Minor, t.Base.Minor, t.PPN.Minor, t.Total.Minor, c.ToCredit.Minor, c.ToOpen.Minor,
		t.PPNRule, db.At(c.IssuedAt), string(c.IssuedOn), c.ApprovedBy, db.At(c.RefusedAt), c.RefusedFor))
}
