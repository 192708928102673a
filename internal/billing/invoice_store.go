package billing

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"kolega/internal/db"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

const invoiceColumns = `id, client_id, COALESCE(campaign_id, ''), COALESCE(agreement_id, ''), COALESCE(number, ''), serial, year, currency, lang, tax_code, withholds,
	po_required, po_number, items, price_minor, base_minor, ppn_minor, total_minor, withheld_minor, due_minor, ppn_rule, pph_rule, buyer, seller, payment_days,
	made_at, issued_at, issued_on, issued_by, due_on, paused_until, pause_reason, dropped_at, version`

func scanInvoice(r scanner) (i Invoice, err error) {
	var made, issued, dropped db.Time
	var items db.JSON[[]Item]
	var buyer db.JSON[Party]
	var seller db.JSON[Seller]
	t := &i.Totals
	err = r.Scan(&i.ID, &i.ClientID, &i.CampaignID, &i.AgreementID, &i.Number, &i.Serial, &i.Year, &i.Currency, &i.Lang, &i.TaxCode, &i.Withholds,
		&i.PORequired, &i.PONumber, &items, &t.Price.Minor, &t.Base.Minor, &t.PPN.Minor, &t.Total.Minor, &t.Withheld.Minor, &t.Due.Minor, &t.PPNRule, &t.PPhRule,
		&buyer, &seller, &i.PaymentDays, &made, &issued, &i.IssuedOn, &i.IssuedBy, &i.DueOn, &i.PausedUntil, &i.PauseReason, &dropped, &i.Version)
	for _, a := range []*money.Amount{&t.Price, &t.Base, &t.PPN, &t.Total, &t.Withheld, &t.Due} {
		a.Currency = i.Currency
	}
	i.Items, i.Buyer, i.Seller, i.MadeAt, i.IssuedAt, i.DroppedAt = items.V, buyer.V, seller.V, made.Time, issued.Time, dropped.Time
	return i, err
}

// LoadInvoice gives an invoice, NotFound if there is none.
func LoadInvoice(ctx context.Context, tx *db.Tx, id string) (Invoice, error) {
	i, err := scanInvoice(tx.QueryRow(ctx, `SELECT `+invoiceColumns+` FROM invoice WHERE id = $1`, id))
	return i, db.One(err)
}

// InvoiceFilter picks invoices; empty fields do not restrict.
type InvoiceFilter struct {
	ClientID    string
	CampaignID  string
	AgreementID string
	Issued      bool // only those with a number
	Drafts      bool // only those without
	Unpaid      bool // drafts, and what is not even
	After       string
	Limit       int
}

// ListInvoices gives invoices that were not dropped, newest first.
func ListInvoices(ctx context.Context, tx *db.Tx, f InvoiceFilter) ([]Invoice, error) {
	rows, err := tx.Query(ctx, `SELECT `+invoiceColumns+` FROM invoice WHERE dropped_at IS NULL AND ($1 = '' OR client_id = $1) AND ($2 = '' OR campaign_id = $2)
		AND ($3 = '' OR agreement_id = $3) AND (NOT $4 OR issued_at IS NOT NULL) AND (NOT $5 OR issued_at IS NULL) AND ($6 = '' OR id < $6)
		AND (NOT $8 OR issued_at IS NULL OR (SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_line WHERE doc_id = invoice.id AND account = 'receivable') <> 0) ORDER BY id DESC LIMIT $7`,
		f.ClientID, f.CampaignID, f.AgreementID, f.Issued, f.Drafts, f.After, limited(f.Limit), f.Unpaid)
	return db.Collect(rows, err, func(r *sql.Rows) (Invoice, error) { return scanInvoice(r) })
}

func insertInvoice(ctx context.Context, tx *db.Tx, i Invoice) error {
	_, err := tx.Exec(ctx, `INSERT INTO invoice (id, client_id, campaign_id, agreement_id, serial, year, currency, lang, tax_code, withholds, po_required, po_number,
		items, price_minor, base_minor, ppn_minor, total_minor, withheld_minor, due_minor, ppn_rule, pph_rule, buyer, seller, payment_days, made_at, issued_on, issued_by,
		due_on, paused_until, pause_reason, version)
		VALUES ($1, $2, $3, $4, 0, 0, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0, 0, 0, 0, '', '', $12, $13, $14, $15, '', '', '', '', '', 1)`,
		i.ID, i.ClientID, text(i.CampaignID), text(i.AgreementID), string(i.Currency), i.Lang, string(i.TaxCode), i.Withholds, i.PORequired, i.PONumber,
		db.JSON[[]Item]{V: i.Items}, db.JSON[Party]{V: i.Buyer}, db.JSON[Seller]{V: i.Seller}, i.PaymentDays, db.At(i.MadeAt))
	if err != nil {
		return fmt.Errorf("keep invoice: %w", err)
	}
	return nil
}

func saveInvoice(ctx context.Context, tx *db.Tx, i Invoice) error {
	t := i.Totals
	return db.Changed(tx.Exec(ctx, `UPDATE invoice SET campaign_id = $3, number = $4, serial = $5, year = $6, tax_code = $7, withholds = $8, po_number = $9, items = $10,
		price_minor = $11, base_minor = $12, ppn_minor = $13, total_minor = $14, withheld_minor = $15, due_minor = $16, ppn_rule = $17, pph_rule = $18,
		buyer = $19, seller = $20, payment_days = $21, issued_at = $22, issued_on = $23, issued_by = $24, due_on = $25, paused_until = $26, pause_reason = $27,
		dropped_at = $28, po_required = $29, version = version + 1 WHERE id = $1 AND version = $2`,
		i.ID, i.Version, text(i.CampaignID), text(i.Number), i.Serial, i.Year, string(i.TaxCode), i.Withholds, i.PONumber, db.JSON[[]Item]{V: i.Items},
		t.Price.Minor, t.Base.Minor, t.PPN.Minor, t.Total.Minor, t.Withheld.Minor, t.Due.Minor, t.PPNRule, t.PPhRule,
		db.JSON[Party]{V: i.Buyer}, db.JSON[Seller]{V: i.Seller}, i.PaymentDays, db.At(i.IssuedAt), string(i.IssuedOn), i.IssuedBy, string(i.DueOn),
		string(i.PausedUntil), i.PauseReason, db.At(i.DroppedAt), i.PORequired))
}

// OpenOf sums the ledger for one issued invoice.
func OpenOf(ctx context.Context, tx *db.Tx, i Invoice) (Open, error) {
	list, err := opens(ctx, tx, []Invoice{i})
	if err != nil {
		return Open{}, err
	}
	return list[0], nil
}

// opens sums the ledger for invoices. Receivable and withheld stand on the
// invoice itself; what was credited is told by the entries of its credit notes.
func opens(ctx context.Context, tx *db.Tx, invoices []Invoice) ([]Open, error) {
	out := make([]Open, 0, len(invoices))
	for part := range slices.Chunk(invoices, invoicesAtOnce) {
		ids := make([]string, len(part))
		for n, i := range part {
			ids[n] = i.ID
		}
		sums, err := ledger.OnDocs(ctx, tx, ids)
		if err != nil {
			return nil, err
		}
		credits, err := creditsOf(ctx, tx, ids)
		if err != nil {
			return nil, err
		}
		for _, i := range part {
			c := credits[i.ID]
			o := Open{Invoice: i, Balance: sums[i.ID][ledger.Receivable].Of(i.Currency), Withheld: sums[i.ID][ledger.PPhReceivable].Of(i.Currency),
				Credited: money.New(c.credited, i.Currency), Received: money.New(0, i.Currency)}
			if i.Issued() {
				o.Received.Minor = i.Totals.Total.Minor - o.Balance.Minor - o.Withheld.Minor - c.toOpen
			}
			out = append(out, o)
		}
	}
	return out, nil
}

// invoicesAtOnce is how many invoices are summed by one statement.
const invoicesAtOnce = 100

// credit is what credit notes took off an invoice, and the part of it that lowered what
// is open, in the smallest unit of its currency.
type credit struct{ credited, toOpen int64 }

// creditsOf sums the credit notes of invoices.
func creditsOf(ctx context.Context, tx *db.Tx, ids []string) (map[string]credit, error) {
	in, args := db.In(ids)
	rows, err := tx.Query(ctx, `SELECT c.invoice_id, CAST(COALESCE(SUM(-l.amount_minor), 0) AS BIGINT), CAST(COALESCE(SUM(-l.amount_minor) FILTER (WHERE l.account_kind = 'receivable'), 0) AS BIGINT)
		FROM credit_note c JOIN ledger_entry e ON e.cause_kind = 'credit-note' AND e.cause_id = c.id JOIN ledger_line l ON l.entry_id = e.id
		WHERE c.invoice_id IN (`+in+`) AND l.account_kind IN ('receivable', 'client-credit') GROUP BY c.invoice_id`, args...)
	out := map[string]credit{}
	_, err = db.Collect(rows, err, func(r *sql.Rows) (struct{}, error) {
		var id string
		var c credit
		err := r.Scan(&id, &c.credited, &c.toOpen)
		out[id] = c
		return struct{}{}, err
	})
	return out, err
}

func docBalance(ctx context.Context, tx *db.Tx, a ledger.Account, doc string, c money.Currency) (money.Amount, error) {
	b, err := ledger.BalanceOf(ctx, tx, ledger.Filter{Account: a, Doc: doc})
	return b.Of(c), err
}

// OpenInvoices gives the issued invoices that are not even, oldest due first.
func OpenInvoices(ctx context.Context, tx *db.Tx, clientID, campaignID string) ([]Open, error) {
	rows, err := tx.Query(ctx, `SELECT `+invoiceColumns+` FROM invoice WHERE issued_at IS NOT NULL AND ($1 = '' OR client_id = $1) AND ($2 = '' OR campaign_id = $2)
		AND (SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_line WHERE doc_id = invoice.id AND account = 'receivable') <> 0 ORDER BY due_on, id`, clientID, campaignID)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Invoice, error) { return scanInvoice(r) })
	if err != nil {
		return nil, err
	}
	return opens(ctx, tx, list)
}

// Sent is a reminder that a person sent, or a promise that was made.
type Sent struct {
	ID        string
	InvoiceID string
	Step      int
	At        db.Time
	By        string
	Via       string
	PromiseOn worktime.Date
	Note      string
}

func listSent(ctx context.Context, tx *db.Tx, invoiceID string) ([]Sent, error) {
	rows, err := tx.Query(ctx, `SELECT id, invoice_id, step, sent_at, sent_by, via, promise_on, note FROM invoice_reminder WHERE invoice_id = $1 ORDER BY sent_at, id`, invoiceID)
	return db.Collect(rows, err, func(r *sql.Rows) (s Sent, err error) {
		err = r.Scan(&s.ID, &s.InvoiceID, &s.Step, &s.At, &s.By, &s.Via, &s.PromiseOn, &s.Note)
		return s, err
	})
}

func insertSent(ctx context.Context, tx *db.Tx, s Sent) error {
	_, err := tx.Exec(ctx, `INSERT INTO invoice_reminder (id, invoice_id, step, sent_at, sent_by, via, promise_on, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.ID, s.InvoiceID, s.Step, s.At, s.By, s.Via, string(s.PromiseOn), s.Note)
	return err
}
