package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"kolega/internal/db"
	"kolega/internal/money"
)

// Post appends a balanced entry and gives its id. Faults: ledger.posted when
// this step of this cause is in the books already; ledger.closed when its period is
// closed; the laws of Entry.Check.
func Post(ctx context.Context, tx *db.Tx, e Entry) (string, error) {
	if e.At.IsZero() {
		e.At = tx.Now()
	}
	e.Lines = Compact(e.Lines...)
	if err := e.Check(); err != nil {
		return "", fmt.Errorf("post %s %s %s: %w", e.Cause.Kind, e.Cause.ID, e.Cause.Step, err)
	}
	if err := open(ctx, tx, e.At); err != nil {
		return "", err
	}
	e.ID = tx.NewID()
	n, err := tx.Exec(ctx, `INSERT INTO ledger_entry (id, at, cause_kind, cause_id, cause_step, cause_at, campaign_id, client_id, talent_id, reverses, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (cause_kind, cause_id, cause_step) DO NOTHING`,
		e.ID, db.At(e.At), e.Cause.Kind, e.Cause.ID, e.Cause.Step, db.At(e.Cause.At), e.CampaignID, e.ClientID, e.TalentID,
		sql.NullString{String: e.Reverses, Valid: e.Reverses != ""}, e.Note)
	if err != nil {
		return "", fmt.Errorf("post entry: %w", err)
	}
	if n == 0 {
		return "", ErrPosted
	}
	for i, l := range e.Lines {
		_, err := tx.Exec(ctx, `INSERT INTO ledger_line (entry_id, position, account, account_kind, doc_id, amount_minor, amount_currency)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, e.ID, i+1, string(l.Account), l.Account.Kind(), l.Doc, l.Amount.Minor, string(l.Amount.Currency))
		if err != nil {
			return "", fmt.Errorf("post line: %w", err)
		}
	}
	return e.ID, nil
}

// Reverse takes an entry back by its mirror image. Faults: not-found,
// ledger.reversed when that was done before.
func Reverse(ctx context.Context, tx *db.Tx, id, reason string) error {
	e, err := LoadEntry(ctx, tx, id)
	if err != nil {
		return err
	}
	var n int64
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM ledger_entry WHERE reverses = $1`, id).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		return ErrReversed
	}
	r, err := e.Reversal(tx.Now(), reason)
	if err != nil {
		return err
	}
	_, err = Post(ctx, tx, r)
	return err
}

// ReverseStep reverses the entry that a step of a cause made.
func ReverseStep(ctx context.Context, tx *db.Tx, c Cause, reason string) error {
	var id string
	err := tx.QueryRow(ctx, `SELECT id FROM ledger_entry WHERE cause_kind = $1 AND cause_id = $2 AND cause_step = $3`, c.Kind, c.ID, c.Step).Scan(&id)
	if err := db.One(err); err != nil {
		return err
	}
	return Reverse(ctx, tx, id, reason)
}

// Filter picks lines. Empty fields do not restrict.
type Filter struct {
	Account    Account // the account, or every account of this kind: "cash"
	Doc        string
	CampaignID string
	ClientID   string
	TalentID   string
	Since      time.Time // inclusive
	Until      time.Time // exclusive
	CauseKind  string
	CauseID    string
}

func (f Filter) where() (string, []any) {
	var conds []string
	var args []any
	add := func(cond string, v any) {
		args = append(args, v)
		conds = append(conds, strings.ReplaceAll(cond, "?", "$"+strconv.Itoa(len(args))))
	}
	switch {
	case f.Account == "":
	case f.Account.Name() == "":
		add("l.account_kind = ?", f.Account.Kind())
	default:
		add("l.account = ?", string(f.Account))
	}
	for _, p := range []struct{ cond, v string }{
		{"l.doc_id = ?", f.Doc}, {"e.campaign_id = ?", f.CampaignID}, {"e.client_id = ?", f.ClientID},
		{"e.talent_id = ?", f.TalentID}, {"e.cause_kind = ?", f.CauseKind}, {"e.cause_id = ?", f.CauseID},
	} {
		if p.v != "" {
			add(p.cond, p.v)
		}
	}
	if !f.Since.IsZero() {
		add("e.at >= ?", db.At(f.Since))
	}
	if !f.Until.IsZero() {
		add("e.at < ?", db.At(f.Until))
	}
	if len(conds) == 0 {
		return "TRUE", nil
	}
	return strings.Join(conds, " AND "), args
}

// linesFor are the lines, with their entries only where the text asks for one.
func linesFor(text string) string {
	if !strings.Contains(text, "e.") {
		return "ledger_line l"
	}
	return "ledger_line l JOIN ledger_entry e ON e.id = l.entry_id"
}

// BalanceOf sums the lines that the filter picks, by currency.
func BalanceOf(ctx context.Context, tx *db.Tx, f Filter) (Balances, error) {
	where, args := f.where()
	rows, err := tx.Query(ctx, `SELECT l.amount_currency, CAST(SUM(l.amount_minor) AS BIGINT) FROM `+linesFor(where)+` WHERE `+where+` GROUP BY l.amount_currency`, args...)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (a money.Amount, err error) {
		err = r.Scan(&a.Currency, &a.Minor)
		return a, err
	})
	out := Balances{}
	for _, a := range list {
		out[a.Currency] = a
	}
	return out, err
}

// OnDocs sums the lines of documents, by document and kind of account.
func OnDocs(ctx context.Context, tx *db.Tx, docs []string) (map[string]map[Account]Balances, error) {
	in, args := db.In(docs)
	rows, err := tx.Query(ctx, `SELECT doc_id, account_kind, amount_currency, CAST(SUM(amount_minor) AS BIGINT) FROM ledger_line
		WHERE doc_id IN (`+in+`) GROUP BY doc_id, account_kind, amount_currency`, args...)
	out := map[string]map[Account]Balances{}
	_, err = db.Collect(rows, err, func(r *sql.Rows) (struct{}, error) {
		var doc string
		var kind Account
		var a money.Amount
		err := r.Scan(&doc, &kind, &a.Currency, &a.Minor)
		if out[doc] == nil {
			out[doc] = map[Account]Balances{}
		}
		if out[doc][kind] == nil {
			out[doc][kind] = Balances{}
		}
		out[doc][kind][a.Currency] = a
		return struct{}{}, err
	})
	return out, err
}

// Row is one balance of a breakdown.
type Row struct {
	Key    string // an account, a document or a campaign
	Amount money.Amount
}

// Accounts gives every account's balance, in the order of their names.
func Accounts(ctx context.Context, tx *db.Tx, f Filter) ([]Row, error) {
	return breakdown(ctx, tx, "l.account", f)
}

// Clients gives the balance of every client.
func Clients(ctx context.Context, tx *db.Tx, f Filter) ([]Row, error) {
	return breakdown(ctx, tx, "e.client_id", f)
}

func breakdown(ctx context.Context, tx *db.Tx, column string, f Filter) ([]Row, error) {
	where, args := f.where()
	rows, err := tx.Query(ctx, `SELECT `+column+`, l.amount_currency, CAST(SUM(l.amount_minor) AS BIGINT) FROM `+linesFor(where+column)+` WHERE `+where+`
		GROUP BY `+column+`, l.amount_currency HAVING SUM(l.amount_minor) <> 0 ORDER BY 1, 2`, args...)
	return db.Collect(rows, err, func(r *sql.Rows) (row Row, err error) {
		err = r.Scan(&row.Key, &row.Amount.Currency, &row.Amount.Minor)
		return row, err
	})
}

const entryColumns = `e.id, e.at, e.cause_kind, e.cause_id, e.cause_step, e.cause_at, e.campaign_id, e.client_id, e.talent_id, COALESCE(e.reverses, ''), e.note`

func scanEntry(r interface{ Scan(...any) error }) (e Entry, err error) {
	var at, cause db.Time
	err = r.Scan(&e.ID, &at, &e.Cause.Kind, &e.Cause.ID, &e.Cause.Step, &cause, &e.CampaignID, &e.ClientID, &e.TalentID, &e.Reverses, &e.Note)
	e.At, e.Cause.At = at.Time, cause.Time
	return e, err
}

// LoadEntry reads an entry with its lines. Fault: not-found.
func LoadEntry(ctx context.Context, tx *db.Tx, id string) (Entry, error) {
	e, err := scanEntry(tx.QueryRow(ctx, `SELECT `+entryColumns+` FROM ledger_entry e WHERE e.id = $1`, id))
	if err := db.One(err); err != nil {
		return Entry{}, err
	}
	e.Lines, err = linesOf(ctx, tx, e.ID)
	return e, err
}

func linesOf(ctx context.Context, tx *db.Tx, entry string) ([]Line, error) {
	rows, err := tx.Query(ctx, `SELECT account, doc_id, amount_minor, amount_currency FROM ledger_line WHERE entry_id = $1 ORDER BY position`, entry)
	return db.Collect(rows, err, func(r *sql.Rows) (l Line, err error) {
		err = r.Scan(&l.Account, &l.Doc, &l.Amount.Minor, &l.Amount.Currency)
		return l, err
	})
}

// ListEntries gives up to limit entries with a picked line that are older than
// the entry before ("" for the newest), newest first.
func ListEntries(ctx context.Context, tx *db.Tx, f Filter, before string, limit int) ([]Entry, error) {
	where, args := f.where()
	if before != "" {
		args = append(args, before)
		where += " AND e.id < $" + strconv.Itoa(len(args))
	}
	args = append(args, limit)
	rows, err := tx.Query(ctx, `SELECT `+entryColumns+` FROM ledger_entry e WHERE e.id IN (SELECT l.entry_id FROM ledger_line l
		JOIN ledger_entry e ON e.id = l.entry_id WHERE `+where+`) ORDER BY e.id DESC LIMIT $`+strconv.Itoa(len(args)), args...)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Entry, error) { return scanEntry(r) })
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Lines, err = linesOf(ctx, tx, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// entriesAfter gives up to limit entries with a picked line, in the order in which
// they were posted, behind the entry after ("" for the first).
func entriesAfter(ctx context.Context, tx *db.Tx, f Filter, after string, limit int) ([]Entry, error) {
	where, args := f.where()
	args = append(args, after, limit)
	rows, err := tx.Query(ctx, `SELECT `+entryColumns+` FROM ledger_entry e WHERE e.id > $`+strconv.Itoa(len(args)-1)+` AND e.id IN (SELECT l.entry_id FROM ledger_line l
		JOIN ledger_entry e ON e.id = l.entry_id WHERE `+where+`) ORDER BY e.id LIMIT $`+strconv.Itoa(len(args)), args...)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Entry, error) { return scanEntry(r) })
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Lines, err = linesOf(ctx, tx, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func itoa(n int) string { return strconv.Itoa(n) }
