package payout

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kolega/internal/db"
	"kolega/internal/money"
)

type scanner interface{ Scan(...any) error }

const payoutColumns = `id, booking_id, cause_id, talent_id, campaign_id, number, count, milestone, share_bp, fee_minor, currency, gross_up, days, earned_at, earned_how, reason, due_on,
	asked_at, cancelled_at, tax_kind, tax_rule, tax_id, tax_month, tax_earlier, tax_gross, tax_base, tax_minor, net_minor, tax_proof, made_at, version`

func scanPayout(r scanner) (p Payout, err error) {
	var earned, asked, cancelled, made db.Time
	t := &p.Tax
	err = r.Scan(&p.ID, &p.BookingID, &p.CauseID, &p.TalentID, &p.CampaignID, &p.Number, &p.Count, &p.Milestone, &p.ShareBp, &p.Fee.Minor, &p.Fee.Currency, &p.GrossUp, &p.Days, &earned,
		&p.EarnedHow, &p.Reason, &p.DueOn, &asked, &cancelled, &t.Kind, &t.RuleID, &t.HasTaxID, &t.Month, &t.Earlier.Minor, &t.Gross.Minor, &t.Base.Minor, &t.Tax.Minor, &t.Net.Minor,
		&p.TaxProof, &made, &p.Version)
	for _, a := range []*money.Amount{&t.Earlier, &t.Gross, &t.Base, &t.Tax, &t.Net} {
		a.Currency = p.Fee.Currency
	}
	p.EarnedAt, p.AskedAt, p.CancelAt, p.MadeAt = earned.Time, asked.Time, cancelled.Time, made.Time
	return p, err
}

// LoadPayout gives a payout with its hold and attempts, NotFound if there is none.
func LoadPayout(ctx context.Context, tx *db.Tx, id string) (Payout, error) {
	p, err := scanPayout(tx.QueryRow(ctx, `SELECT `+payoutColumns+` FROM payout WHERE id = $1`, id))
	if err := db.One(err); err != nil {
		return Payout{}, err
	}
	return p, fill(ctx, tx, &p)
}

func fill(ctx context.Context, tx *db.Tx, p *Payout) (err error) {
	if p.Hold, err = newestHold(ctx, tx, p.ID); err != nil {
		return err
	}
	p.Attempts, err = listAttempts(ctx, tx, "payout_id = $1", p.ID)
	return err
}

// Filter picks payouts; empty fields do not restrict.
type Filter struct {
	CampaignID string
	TalentID   string
	BookingID  string
	Earned     bool // only those whose milestone was reached
	Owed       bool // only those of which something is still owed
	Show       Show
	After      string // Key of the last one seen
	Limit      int    // default 500, at most 1000
}

// Show picks payouts by whether something is still to do.
type Show string

// The choices; empty shows all.
const (
	ShowOpen Show = "open"
	ShowDone Show = "done" // arrived or cancelled
)

// over holds for a payout that is arrived or cancelled, as State computes it; one whose
// order is for people to find out is not.
const over = `(payout.cancelled_at IS NOT NULL OR EXISTS (SELECT 1 FROM payout_attempt a JOIN payout_transfer t ON t.attempt_id = a.id WHERE a.payout_id = payout.id AND a.cancelled_at IS NULL
	AND a.number = (SELECT MAX(number) FROM payout_attempt WHERE payout_id = payout.id) AND NOT EXISTS (SELECT 1 FROM payout_order o WHERE o.attempt_id = a.id AND o.state = 'reconcile') GROUP BY a.id HAVING COUNT(*) = COUNT(t.arrived_at)))`

// place puts first what somebody asked to settle, then what was earned, then what is
// planned.
const place = `CASE WHEN earned_at IS NOT NULL THEN 1 WHEN asked_at IS NOT NULL THEN 0 ELSE 2 END`

// Key is a payout's place in the list, for Filter.After.
func (p Payout) Key() string {
	place := "2"
	switch {
	case !p.EarnedAt.IsZero():
		place = "1"
	case !p.AskedAt.IsZero():
		place = "0"
	}
	return place + "\x1f" + string(p.DueOn) + "\x1f" + p.ID
}

// placeOf reads a Key; an empty one stands before all.
func placeOf(key string) (place int64, due, id string) {
	parts := strings.SplitN(key, "\x1f", 3)
	if len(parts) < 3 {
		return -1, "", ""
	}
	place, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil {
		return -1, "", ""
	}
	return place, parts[1], parts[2]
}

// ListPayouts gives payouts with their holds and attempts, the oldest due first;
// those without a due day come last.
func ListPayouts(ctx context.Context, tx *db.Tx, f Filter) ([]Payout, error) {
	if f.Limit <= 0 || f.Limit > 1000 {
		f.Limit = 500
	}
	at, due, id := placeOf(f.After)
	rows, err := tx.Query(ctx, `SELECT `+payoutColumns+` FROM payout WHERE ($1 = '' OR campaign_id = $1) AND ($2 = '' OR talent_id = $2) AND ($3 = '' OR booking_id = $3)
		AND (NOT $4 OR earned_at IS NOT NULL)
		AND (NOT $5 OR (SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_line WHERE doc_id = payout.id AND account = 'talent-payable') <> 0)
		AND ($6 = '' OR ($6 = 'done') = `+over+`) AND (`+place+`, due_on, id) > ($7, $8, $9) ORDER BY `+place+`, due_on, id LIMIT $10`,
		f.CampaignID, f.TalentID, f.BookingID, f.Earned, f.Owed, string(f.Show), at, due, id, f.Limit)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Payout, error) { return scanPayout(r) })
	if err != nil {
		return nil, err
	}
	return list, fillAll(ctx, tx, list)
}

// countPayouts counts what is open and what is over, of one campaign or talent where
// the filter names them.
func countPayouts(ctx context.Context, tx *db.Tx, f Filter) (open, done int64, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN `+over+` THEN 1 ELSE 0 END), 0) FROM payout WHERE ($1 = '' OR campaign_id = $1) AND ($2 = '' OR talent_id = $2)`,
		f.CampaignID, f.TalentID).Scan(&open, &done)
	return open - done, done, err
}

// fillAll gives a list of payouts their holds and attempts, a hundred payouts at once.
func fillAll(ctx context.Context, tx *db.Tx, list []Payout) error {
	for part := range slices.Chunk(list, 100) {
		in, args, at := "", make([]any, len(part)), map[string]*Payout{}
		for i := range part {
			in += ", $" + strconv.Itoa(i+1)
			args[i], at[part[i].ID] = part[i].ID, &part[i]
		}
		rows, err := tx.Query(ctx, `SELECT id, payout_id, reason, until_on, note, made_by, made_name, at, lifted_at FROM payout_hold WHERE payout_id IN (`+in[2:]+`) ORDER BY at, id`, args...)
		holds, err := db.Collect(rows, err, scanHold)
		if err != nil {
			return err
		}
		for _, h := range holds {
			at[h.PayoutID].Hold = h // the newest comes last
		}
		attempts, err := listAttempts(ctx, tx, "payout_id IN ("+in[2:]+")", args...)
		if err != nil {
			return err
		}
		for _, a := range attempts {
			at[a.PayoutID].Attempts = append(at[a.PayoutID].Attempts, a)
		}
	}
	return nil
}

// insertPayout keeps a new payout; false when this share of the booking is there.
func insertPayout(ctx context.Context, tx *db.Tx, p Payout) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO payout (id, booking_id, cause_id, talent_id, campaign_id, number, count, milestone, share_bp, fee_minor, currency, gross_up, days, earned_at, earned_how,
		reason, due_on, tax_kind, tax_rule, tax_id, tax_month, tax_earlier, tax_gross, tax_base, tax_minor, net_minor, tax_proof, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', '', FALSE, '', 0, 0, 0, 0, 0, '', $18, 1) ON CONFLICT (booking_id, cause_id, number) DO NOTHING`,
		p.ID, p.BookingID, p.CauseID, p.TalentID, p.CampaignID, p.Number, p.Count, string(p.Milestone), p.ShareBp, p.Fee.Minor, string(p.Fee.Currency), p.GrossUp, p.Days, db.At(p.EarnedAt),
		p.EarnedHow, p.Reason, string(p.DueOn), db.At(p.MadeAt))
	if err != nil {
		return false, fmt.Errorf("keep payout: %w", err)
	}
	return n == 1, nil
}

func savePayout(ctx context.Context, tx *db.Tx, p Payout) error {
	t := p.Tax
	return db.Changed(tx.Exec(ctx, `UPDATE payout SET fee_minor = $3, gross_up = $4, earned_at = $5, earned_how = $6, reason = $7, due_on = $8, asked_at = $9, cancelled_at = $10, tax_kind = $11,
		tax_rule = $12, tax_id = $13, tax_month = $14, tax_earlier = $15, tax_gross = $16, tax_base = $17, tax_minor = $18, net_minor = $19, tax_proof = $20, version = version + 1
		WHERE id = $1 AND version = $2`, p.ID, p.Version, p.Fee.Minor, p.GrossUp, db.At(p.EarnedAt), p.EarnedHow, p.Reason, string(p.DueOn), db.At(p.AskedAt), db.At(p.CancelAt),
		t.Kind, t.RuleID, t.HasTaxID, t.Month, t.Earlier.Minor, t.Gross.Minor, t.Base.Minor, t.Tax.Minor, t.Net.Minor, p.TaxProof))
}

func newestHold(ctx context.Context, tx *db.Tx, payoutID string) (h Hold, err error) {
	rows, err := tx.Query(ctx, `SELECT id, payout_id, reason, until_on, note, made_by, made_name, at, lifted_at FROM payout_hold WHERE payout_id = $1 ORDER BY at DESC, id DESC LIMIT 1`, payoutID)
	list, err := db.Collect(rows, err, scanHold)
	if len(list) == 0 {
		return Hold{}, err
	}
	return list[0], err
}

func scanHold(r *sql.Rows) (h Hold, err error) {
	var at, lifted db.Time
	err = r.Scan(&h.ID, &h.PayoutID, &h.Reason, &h.Until, &h.Note, &h.By, &h.ByName, &at, &lifted)
	h.At, h.LiftedAt = at.Time, lifted.Time
	return h, err
}

func insertHold(ctx context.Context, tx *db.Tx, h Hold) error {
	_, err := tx.Exec(ctx, `INSERT INTO payout_hold (id, payout_id, reason, until_on, note, made_by, made_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		h.ID, h.PayoutID, string(h.Reason), string(h.Until), h.Note, h.By, h.ByName, db.At(h.At))
	return err
}

func liftHold(ctx context.Context, tx *db.Tx, id string) error {
	return db.Changed(tx.Exec(ctx, `UPDATE payout_hold SET lifted_at = $2 WHERE id = $1 AND lifted_at IS NULL`, id, db.At(tx.Now())))
}

const attemptColumns = `id, payout_id, batch_id, number, send_key, amount_minor, currency, method, bank, bank_country, account_end, account_name, route_version, rail_id, snapshot, name_reason,
	prepared_at, prepared_by, prepared_name, released_at, released_by, released_name, cancelled_at, cancel_reason, version`

func scanAttempt(r scanner) (a Attempt, err error) {
	var prepared, released, cancelled db.Time
	err = r.Scan(&a.ID, &a.PayoutID, &a.BatchID, &a.Number, &a.Key, &a.Amount.Minor, &a.Amount.Currency, &a.Method, &a.Bank, &a.BankCountry, &a.AccountEnd, &a.AccountName, &a.RouteVersion,
		&a.RailID, &a.Snapshot, &a.NameReason, &prepared, &a.PreparedBy, &a.PreparedName, &released, &a.ReleasedBy, &a.ReleasedName, &cancelled, &a.CancelReason, &a.Version)
	a.PreparedAt, a.ReleasedAt, a.CancelledAt = prepared.Time, released.Time, cancelled.Time
	return a, err
}

func listAttempts(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Attempt, error) {
	rows, err := tx.Query(ctx, `SELECT `+attemptColumns+` FROM payout_attempt WHERE `+where+` ORDER BY number, id`, args...)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Attempt, error) { return scanAttempt(r) })
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Parts, err = listTransfers(ctx, tx, list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func loadAttempt(ctx context.Context, tx *db.Tx, id string) (Attempt, error) {
	list, err := listAttempts(ctx, tx, "id = $1", id)
	if err == nil && len(list) == 0 {
		err = db.ErrNotFound
	}
	if err != nil {
		return Attempt{}, err
	}
	return list[0], nil
}

func listTransfers(ctx context.Context, tx *db.Tx, a Attempt) ([]Transfer, error) {
	rows, err := tx.Query(ctx, `SELECT t.number, t.amount_minor, sent_at, sent_by, reference, debit_minor, debit_currency, fee_minor, rate, rate_source, t.account, expected_on, unclear_at, proof_sha,
		proof_name, missing_at, arrived_at, arrived_by, returned_at, back_minor, return_for, COALESCE(o.account, ''), COALESCE(o.state, ''), COALESCE(o.reason, '')
		FROM payout_transfer t LEFT JOIN payout_order o ON o.attempt_id = t.attempt_id AND o.part = t.number WHERE t.attempt_id = $1 ORDER BY t.number`, a.ID)
	return db.Collect(rows, err, func(r *sql.Rows) (t Transfer, err error) {
		var sent, unclear, missing, arrived, returned db.Time
		t.Amount.Currency = a.Amount.Currency
		err = r.Scan(&t.Number, &t.Amount.Minor, &sent, &t.SentBy, &t.Reference, &t.Debit.Minor, &t.Debit.Currency, &t.Fee.Minor, &t.Rate, &t.RateSource, &t.Account, &t.ExpectedOn, &unclear,
			&t.ProofSHA, &t.ProofName, &missing, &arrived, &t.ArrivedBy, &returned, &t.Back.Minor, &t.ReturnFor, &t.Via, &t.Order, &t.OrderFor)
		t.Fee.Currency, t.Back.Currency = t.Debit.Currency, t.Debit.Currency
		t.SentAt, t.UnclearAt, t.MissingAt, t.ArrivedAt, t.ReturnedAt = sent.Time, unclear.Time, missing.Time, arrived.Time, returned.Time
		return t, err
	})
}

func insertAttempt(ctx context.Context, tx *db.Tx, a Attempt) error {
	n, err := tx.Exec(ctx, `INSERT INTO payout_attempt (id, payout_id, batch_id, number, send_key, amount_minor, currency, method, bank, bank_country, account_end, account_name, route_version, rail_id,
		snapshot, name_reason, prepared_at, prepared_by, prepared_name, released_by, released_name, cancel_reason, open, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '', '', '', TRUE, 1) ON CONFLICT DO NOTHING`,
		a.ID, a.PayoutID, a.BatchID, a.Number, a.Key, a.Amount.Minor, string(a.Amount.Currency), string(a.Method), a.Bank, a.BankCountry, a.AccountEnd, a.AccountName, a.RouteVersion, a.RailID,
		a.Snapshot, a.NameReason, db.At(a.PreparedAt), a.PreparedBy, a.PreparedName)
	if err != nil {
		return fmt.Errorf("keep attempt: %w", err)
	}
	if n == 0 {
		return ErrLive
	}
	for _, t := range a.Parts {
		_, err := tx.Exec(ctx, `INSERT INTO payout_transfer (attempt_id, number, amount_minor, sent_by, reference, debit_minor, debit_currency, fee_minor, rate, rate_source, account, expected_on,
			proof_sha, proof_name, arrived_by, back_minor, return_for) VALUES ($1, $2, $3, '', '', 0, '', 0, '', '', '', '', '', '', '', 0, '')`, a.ID, t.Number, t.Amount.Minor)
		if err != nil {
			return fmt.Errorf("keep transfer: %w", err)
		}
	}
	return nil
}

// saveAttempt saves an attempt and its transfers; a reference that another
// transfer has is refused.
func saveAttempt(ctx context.Context, tx *db.Tx, a Attempt) error {
	err := db.Changed(tx.Exec(ctx, `UPDATE payout_attempt SET released_at = $3, released_by = $4, released_name = $5, cancelled_at = $6, cancel_reason = $7, open = $8, version = version + 1
		WHERE id = $1 AND version = $2`, a.ID, a.Version, db.At(a.ReleasedAt), a.ReleasedBy, a.ReleasedName, db.At(a.CancelledAt), a.CancelReason, !a.Closed()))
	if err != nil {
		return err
	}
	for _, t := range a.Parts {
		var twice int64
		if t.Reference != "" {
			if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM payout_transfer WHERE reference = $1 AND NOT (attempt_id = $2 AND number = $3)`, t.Reference, a.ID, t.Number).Scan(&twice); err != nil {
				return err
			}
		}
		if twice > 0 {
			return ErrReferenceTwo.At("reference")
		}
		_, err := tx.Exec(ctx, `UPDATE payout_transfer SET sent_at = $3, sent_by = $4, reference = $5, debit_minor = $6, debit_currency = $7, fee_minor = $8, rate = $9, rate_source = $10, account = $11,
			expected_on = $12, unclear_at = $13, proof_sha = $14, proof_name = $15, missing_at = $16, arrived_at = $17, arrived_by = $18, returned_at = $19, back_minor = $20, return_for = $21
			WHERE attempt_id = $1 AND number = $2`, a.ID, t.Number, db.At(t.SentAt), t.SentBy, t.Reference, t.Debit.Minor, string(t.Debit.Currency), t.Fee.Minor, t.Rate, t.RateSource, t.Account,
			string(t.ExpectedOn), db.At(t.UnclearAt), t.ProofSHA, t.ProofName, db.At(t.MissingAt), db.At(t.ArrivedAt), t.ArrivedBy, db.At(t.ReturnedAt), t.Back.Minor, t.ReturnFor)
		if err != nil {
			return fmt.Errorf("save transfer: %w", err)
		}
	}
	return nil
}

// Batch is what one person prepared together.
type Batch struct {
	ID       string
	Number   string
	MadeAt   db.Time
	MadeBy   string
	MadeName string
	Note     string
	Attempts []Attempt
}

func scanBatch(r scanner) (b Batch, err error) {
	err = r.Scan(&b.ID, &b.Number, &b.MadeAt, &b.MadeBy, &b.MadeName, &b.Note)
	return b, err
}

// LoadBatch gives a batch with its attempts, NotFound if there is none.
func LoadBatch(ctx context.Context, tx *db.Tx, id string) (Batch, error) {
	b, err := scanBatch(tx.QueryRow(ctx, `SELECT id, number, made_at, made_by, made_name, note FROM payout_batch WHERE id = $1`, id))
	if err := db.One(err); err != nil {
		return Batch{}, err
	}
	b.Attempts, err = listAttempts(ctx, tx, "batch_id = $1", id)
	return b, err
}

// ListBatches gives the newest batches with their attempts.
func ListBatches(ctx context.Context, tx *db.Tx, limit int) ([]Batch, error) {
	rows, err := tx.Query(ctx, `SELECT id, number, made_at, made_by, made_name, note FROM payout_batch ORDER BY id DESC LIMIT $1`, limit)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Batch, error) { return scanBatch(r) })
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Attempts, err = listAttempts(ctx, tx, "batch_id = $1", list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// insertBatch keeps a batch under the next number of its day.
func insertBatch(ctx context.Context, tx *db.Tx, b *Batch, day string) error {
	var last string
	prefix := "PB-" + strings.ReplaceAll(day, "-", "") + "-"
	err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), '') FROM payout_batch WHERE number LIKE $1`, prefix+"%").Scan(&last)
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(strings.TrimPrefix(last, prefix))
	b.Number = fmt.Sprintf("%s%03d", prefix, n+1)
	_, err = tx.Exec(ctx, `INSERT INTO payout_batch (id, number, made_at, made_by, made_name, note) VALUES ($1, $2, $3, $4, $5, $6)`, b.ID, b.Number, b.MadeAt, b.MadeBy, b.MadeName, b.Note)
	return err
}

func loadTaxRules(ctx context.Context, tx *db.Tx) ([]TaxRule, error) {
	rows, err := tx.Query(ctx, `SELECT id, kind, from_on, to_on, base_num, base_den, bare_num, bare_den, monthly, currency, rounding, source, layers FROM payout_tax_rule ORDER BY kind, from_on`)
	return db.Collect(rows, err, func(r *sql.Rows) (t TaxRule, err error) {
		var layers db.JSON[[]Layer]
		err = r.Scan(&t.ID, &t.Kind, &t.From, &t.To, &t.BaseNum, &t.BaseDen, &t.BareNum, &t.BareDen, &t.Monthly, &t.Currency, &t.Rounding, &t.Source, &layers)
		t.Layers = layers.V
		return t, err
	})
}

func loadRails(ctx context.Context, tx *db.Tx) ([]Rail, error) {
	rows, err := tx.Query(ctx, `SELECT id, name, method, currency, country, from_on, to_on, limit_minor, cutoff, zone, days, source FROM payout_rail ORDER BY id`)
	return db.Collect(rows, err, func(r *sql.Rows) (x Rail, err error) {
		err = r.Scan(&x.ID, &x.Name, &x.Method, &x.Currency, &x.Country, &x.From, &x.To, &x.Limit.Minor, &x.Cutoff, &x.Zone, &x.Days, &x.Source)
		x.Limit.Currency = x.Currency
		return x, err
	})
}

// earlierOf sums what was reckoned for a talent in a tax month by one kind of tax,
// leaving out one payout.
func earlierOf(ctx context.Context, tx *db.Tx, p Payout, kind, month string) (e Earlier, err error) {
	e.Gross.Currency, e.Tax.Currency = p.Fee.Currency, p.Fee.Currency
	err = tx.QueryRow(ctx, `SELECT CAST(COALESCE(SUM(tax_gross), 0) AS BIGINT), CAST(COALESCE(SUM(tax_minor), 0) AS BIGINT) FROM payout
		WHERE talent_id = $1 AND tax_kind = $2 AND tax_month = $3 AND currency = $4 AND tax_rule <> '' AND cancelled_at IS NULL AND id <> $5`,
		p.TalentID, kind, month, string(p.Fee.Currency), p.ID).Scan(&e.Gross.Minor, &e.Tax.Minor)
	return e, err
}

// OpenFor names what keeps a campaign's books from closing: payouts that wait for
// a milestone or a decision, and money that has not arrived.
func OpenFor(ctx context.Context, tx *db.Tx, campaignID string) ([]string, error) {
	var planned, owed int64
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FILTER (WHERE earned_at IS NULL AND cancelled_at IS NULL), COUNT(*) FILTER (WHERE earned_at IS NOT NULL AND cancelled_at IS NULL
		AND (SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_line WHERE doc_id = payout.id AND account = 'talent-payable') <> 0) FROM payout WHERE campaign_id = $1`, campaignID).Scan(&planned, &owed)
	var out []string
	if planned > 0 {
		out = append(out, "payout.open.planned")
	}
	if owed > 0 {
		out = append(out, "payout.open.owed")
	}
	return out, err
}

func scanID(r *sql.Rows) (id string, err error) {
	err = r.Scan(&id)
	return id, err
}

func scanCash(r *sql.Rows) (c CashRow, err error) {
	err = r.Scan(&c.CampaignID, &c.CampaignName, &c.Holds)
	return c, err
}
