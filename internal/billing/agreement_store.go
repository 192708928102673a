package billing

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// An addendum belongs to the campaign of the agreement it adds to.
const agreementColumns = `id, client_id, brand_id, contact_id, COALESCE(campaign_id, (SELECT p.campaign_id FROM agreement p WHERE p.id = agreement.parent_id), ''), kind, COALESCE(number, ''), client_ref, title, scope,
	value_minor, value_currency, tax_code, withholds, payment_days, lang, terms, cancellation, made_at, made_by, offered_at, offered_until,
	file_sha, signed_at, signed_by, signed_via, signed_from, signed_sha, stamp_number, withdrawn_at, withdraw_reason,
	stamped_at, COALESCE(parent_id, ''), clauses, fills, version`

type scanner interface{ Scan(...any) error }

func scanAgreement(r scanner) (a Agreement, err error) {
	var made, offered, signed, withdrawn, stamped db.Time
	var fills db.JSON[map[string]string]
	var terms db.JSON[campaign.Terms]
	var stages db.JSON[[]Stage]
	err = r.Scan(&a.ID, &a.ClientID, &a.BrandID, &a.ContactID, &a.CampaignID, &a.Kind, &a.Number, &a.ClientRef, &a.Title, &a.Scope,
		&a.Value.Minor, &a.Value.Currency, &a.TaxCode, &a.Withholds, &a.PaymentDays, &a.Lang, &terms, &stages, &made, &a.MadeBy, &offered, &a.OfferedUntil,
		&a.FileSHA, &signed, &a.SignedBy, &a.SignedVia, &a.SignedFrom, &a.SignedSHA, &a.StampNumber, &withdrawn, &a.WithdrawReason, &stamped, &a.ParentID, &a.Clauses, &fills, &a.Version)
	a.MadeAt, a.OfferedAt, a.SignedAt, a.WithdrawnAt, a.Terms, a.Cancellation = made.Time, offered.Time, signed.Time, withdrawn.Time, terms.V, stages.V
	a.StampedAt, a.Fills = stamped.Time, fills.V
	return a, err
}

// LoadAgreement gives an agreement with its instalments, NotFound if there is none.
func LoadAgreement(ctx context.Context, tx *db.Tx, id string) (Agreement, error) {
	return loadAgreement(ctx, tx, "id = $1", id)
}

// OfferedTo tells whether an agreement is the client's, was offered and holds: nil
// when so, NotFound otherwise.
func OfferedTo(ctx context.Context, tx *db.Tx, clientID, id string) error {
	a, err := LoadAgreement(ctx, tx, id)
	if err == nil && (a.ClientID != clientID || a.OfferedAt.IsZero() && a.SignedAt.IsZero() || !a.WithdrawnAt.IsZero()) {
		err = db.ErrNotFound
	}
	return err
}

// AgreementOf gives the agreement that a campaign was begun under, NotFound if
// there is none.
func AgreementOf(ctx context.Context, tx *db.Tx, campaignID string) (Agreement, error) {
	return loadAgreement(ctx, tx, "campaign_id = $1", campaignID)
}

func loadAgreement(ctx context.Context, tx *db.Tx, where string, arg any) (Agreement, error) {
	a, err := scanAgreement(tx.QueryRow(ctx, `SELECT `+agreementColumns+` FROM agreement WHERE `+where, arg))
	if err := db.One(err); err != nil {
		return Agreement{}, err
	}
	return withParts(ctx, tx, a)
}

// withParts adds what stands in tables of its own: instalments, signers, the call-off.
// An addendum ends with the agreement it adds to.
func withParts(ctx context.Context, tx *db.Tx, a Agreement) (_ Agreement, err error) {
	if a.Plan, err = listInstalments(ctx, tx, a.ID); err != nil {
		return a, err
	}
	if a.Signers, err = listSigners(ctx, tx, a.ID); err != nil {
		return a, err
	}
	of := a.ID
	if a.ParentID != "" {
		of = a.ParentID
	}
	a.CalledOff, err = loadCallOff(ctx, tx, of)
	return a, err
}

// Addenda gives what was added to an agreement, the oldest first.
func Addenda(ctx context.Context, tx *db.Tx, id string) ([]Agreement, error) {
	return agreementRows(ctx, tx, `parent_id = $1 ORDER BY id`, id)
}

func agreementRows(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Agreement, error) {
	rows, err := tx.Query(ctx, `SELECT `+agreementColumns+` FROM agreement WHERE `+where, args...)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Agreement, error) { return scanAgreement(r) })
	for i := range list {
		if err == nil {
			list[i], err = withParts(ctx, tx, list[i])
		}
	}
	return list, err
}

// AgreementFilter picks agreements; empty fields do not restrict.
type AgreementFilter struct {
	ClientID string
	After    string // id of the last one seen
	Limit    int
}

// ListAgreements gives agreements with their instalments, newest first.
func ListAgreements(ctx context.Context, tx *db.Tx, f AgreementFilter) ([]Agreement, error) {
	return agreementRows(ctx, tx, `($1 = '' OR client_id = $1) AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`, f.ClientID, f.After, limited(f.Limit))
}

func limited(n int) int {
	if n <= 0 || n > 500 {
		return 100
	}
	return n
}

func insertAgreement(ctx context.Context, tx *db.Tx, a Agreement) error {
	_, err := tx.Exec(ctx, `INSERT INTO agreement (id, client_id, brand_id, contact_id, kind, client_ref, title, scope, value_minor, value_currency,
		tax_code, withholds, payment_days, lang, terms, cancellation, made_at, made_by, offered_until, file_sha, signed_by, signed_via, signed_from,
		signed_sha, stamp_number, withdraw_reason, parent_id, clauses, fills, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, '', '', '', '', '', '', '', '', $19, $20, $21, 1)`,
		a.ID, a.ClientID, a.BrandID, a.ContactID, string(a.Kind), a.ClientRef, a.Title, a.Scope, a.Value.Minor, string(a.Value.Currency),
		string(a.TaxCode), a.Withholds, a.PaymentDays, a.Lang, db.JSON[campaign.Terms]{V: a.Terms}, db.JSON[[]Stage]{V: a.Cancellation}, db.At(a.MadeAt), a.MadeBy,
		text(a.ParentID), a.Clauses, db.JSON[map[string]string]{V: a.Fills})
	if err != nil {
		return fmt.Errorf("keep agreement: %w", err)
	}
	if err := putSigners(ctx, tx, a); err != nil {
		return err
	}
	return putInstalments(ctx, tx, a)
}

func saveAgreement(ctx context.Context, tx *db.Tx, a Agreement) error {
	return db.Changed(tx.Exec(ctx, `UPDATE agreement SET brand_id = $3, contact_id = $4, campaign_id = $5, kind = $6, number = $7, client_ref = $8, title = $9,
		scope = $10, value_minor = $11, value_currency = $12, tax_code = $13, withholds = $14, payment_days = $15, lang = $16, terms = $17, cancellation = $18,
		offered_at = $19, offered_until = $20, file_sha = $21, signed_at = $22, signed_by = $23, signed_via = $24, signed_from = $25, signed_sha = $26,
		stamp_number = $27, withdrawn_at = $28, withdraw_reason = $29,
		stamped_at = $30, clauses = $31, fills = $32, version = version + 1 WHERE id = $1 AND version = $2`,
		a.ID, a.Version, a.BrandID, a.ContactID, text(a.ownCampaign()), string(a.Kind), text(a.Number), a.ClientRef, a.Title,
		a.Scope, a.Value.Minor, string(a.Value.Currency), string(a.TaxCode), a.Withholds, a.PaymentDays, a.Lang,
		db.JSON[campaign.Terms]{V: a.Terms}, db.JSON[[]Stage]{V: a.Cancellation}, db.At(a.OfferedAt), string(a.OfferedUntil), a.FileSHA,
		db.At(a.SignedAt), a.SignedBy, a.SignedVia, a.SignedFrom, a.SignedSHA, a.StampNumber, db.At(a.WithdrawnAt), a.WithdrawReason, db.At(a.StampedAt), a.Clauses, db.JSON[map[string]string]{V: a.Fills}))
}

// ownCampaign is the campaign that was begun under the agreement itself.
func (a Agreement) ownCampaign() string {
	if a.ParentID != "" {
		return ""
	}
	return a.CampaignID
}

// text is a value, or NULL for "".
func text(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }

// putInstalments replaces the plan of an agreement that is still a draft.
func putInstalments(ctx context.Context, tx *db.Tx, a Agreement) error {
	if _, err := tx.Exec(ctx, `DELETE FROM instalment WHERE agreement_id = $1 AND fired_at IS NULL`, a.ID); err != nil {
		return err
	}
	for _, in := range a.Plan {
		_, err := tx.Exec(ctx, `INSERT INTO instalment (id, agreement_id, number, label, share_bp, amount_minor, amount_currency, trigger_fact, due_on, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`, tx.NewID(), a.ID, in.Number, in.Label, in.ShareBp, in.Amount.Minor, string(in.Amount.Currency),
			string(in.Trigger), string(in.DueOn))
		if err != nil {
			return fmt.Errorf("keep instalment: %w", err)
		}
	}
	return nil
}

func listInstalments(ctx context.Context, tx *db.Tx, agreementID string) ([]Instalment, error) {
	rows, err := tx.Query(ctx, `SELECT id, agreement_id, number, label, share_bp, amount_minor, amount_currency, trigger_fact, due_on, fired_at,
		COALESCE(invoice_id, ''), version FROM instalment WHERE agreement_id = $1 ORDER BY number`, agreementID)
	return db.Collect(rows, err, func(r *sql.Rows) (in Instalment, err error) {
		var fired db.Time
		err = r.Scan(&in.ID, &in.AgreementID, &in.Number, &in.Label, &in.ShareBp, &in.Amount.Minor, &in.Amount.Currency, &in.Trigger, &in.DueOn, &fired, &in.InvoiceID, &in.Version)
		in.FiredAt = fired.Time
		return in, err
	})
}

// fireInstalment marks an instalment as fired by its invoice; false when that was
// done before.
func fireInstalment(ctx context.Context, tx *db.Tx, in Instalment, invoiceID string) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE instalment SET fired_at = $2, invoice_id = $3, version = version + 1 WHERE id = $1 AND fired_at IS NULL`,
		in.ID, db.At(tx.Now()), invoiceID)
	return n == 1, err
}

// loadTaxRules reads the dated rules of tax on the way in.
func loadTaxRules(ctx context.Context, tx *db.Tx) ([]TaxRule, error) {
	rows, err := tx.Query(ctx, `SELECT id, kind, from_on, to_on, base_num, base_den, rate_bp, rate_no_tax_id, rounding, source FROM sales_tax_rule ORDER BY kind, from_on`)
	return db.Collect(rows, err, func(r *sql.Rows) (t TaxRule, err error) {
		err = r.Scan(&t.ID, &t.Kind, &t.From, &t.To, &t.BaseNum, &t.BaseDen, &t.RateBp, &t.RateNoTaxID, &t.Rounding, &t.Source)
		return t, err
	})
}

// today is the agency's own day at the change's instant.
func today(tx *db.Tx, zone string) worktime.Date {
	return worktime.DateOf(tx.Now(), location(tx, zone))
}

func location(tx *db.Tx, zone string) *time.Location {
	loc, err := worktime.Zone(zone)
	if err != nil {
		return tx.Now().Location()
	}
	return loc
}

func itoa(n int) string { return strconv.Itoa(n) }
