package billing

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/paper"
	"kolega/internal/worktime"
)

// statementLimits bound a statement: a busy year of one account is far below.
var statementLimits = paper.Limits{Bytes: 5_000_000, Rows: 20_000, Columns: 64, Line: 1 << 16}

// BringStatement is a statement file with the account it is of.
type BringStatement struct {
	Name     string
	Account  string // the agency's account, by name
	Currency money.Currency
	Body     io.Reader
}

// TakeStatement reads a bank statement and keeps the money that came by it; lines that an
// earlier file had brought are kept once. Nothing is booked: a person confirms each line.
// Faults: file.*, billing.statement-*, billing.receipt-account.
func (s *Service) TakeStatement(ctx context.Context, actor access.Actor, in BringStatement) (x Statement, err error) {
	if err := actor.Require("receipt.enter", access.Owner{}); err != nil {
		return x, err
	}
	if in.Account = strings.TrimSpace(in.Account); in.Account == "" {
		return x, ErrReceiptAccount.At("account")
	}
	if !in.Currency.Known() {
		in.Currency = money.CurrencyIDR
	}
	f, err := readStatement(in)
	if err != nil {
		return x, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		lines, out, sen := bankLines(f, in.Account, in.Currency)
		x = Statement{ID: tx.NewID(), Name: strings.TrimSpace(in.Name), Account: in.Account, Currency: in.Currency, From: f.From, To: f.To, In: int64(len(lines)), Out: out,
			Skipped: sen + int64(f.Pending), TakenAt: tx.Now(), TakenBy: actor.Name}
		if last := today(tx, house.Zone); x.To.After(last) && lastDay(f).After(last) {
			return ErrReceiptFuture.At("file")
		}
		if err := insertStatement(ctx, tx, x); err != nil {
			return err
		}
		for _, l := range lines {
			l.ID, l.StatementID = tx.NewID(), x.ID
			fresh, err := insertBankLine(ctx, tx, l)
			if err != nil {
				return err
			}
			if !fresh {
				x.Known++
			}
		}
		if _, err := tx.Exec(ctx, `UPDATE bank_statement SET known = $2 WHERE id = $1`, x.ID, x.Known); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "statement.take", Subject: "bank-statement", ID: x.ID, After: map[string]any{"account": x.Account, "lines": x.In, "known": x.Known, "from": x.From, "to": x.To}})
	})
	return x, err
}

func lastDay(f StatementFile) (last worktime.Date) {
	for _, l := range f.Lines {
		if l.On.After(last) {
			last = l.On
		}
	}
	return last
}

func readStatement(in BringStatement) (f StatementFile, err error) {
	b, err := io.ReadAll(io.LimitReader(in.Body, statementLimits.Bytes+1))
	if err != nil {
		return f, err
	}
	rows, err := paper.ReadRows(in.Name, bytes.NewReader(b), int64(len(b)), statementLimits)
	if err != nil {
		return f, err
	}
	list, err := rows.Collect()
	if err != nil {
		return f, err
	}
	read := make([]StatementRow, len(list))
	for i, r := range list {
		read[i] = StatementRow{Line: r.Line, Cells: r.Cells}
		if rows.Format == "xlsx" {
			read[i].Cells = sheetDays(r.Cells)
		}
	}
	return ReadStatement(read)
}

// sheetDays writes a workbook's day in the first cells, which is a number, as a day.
func sheetDays(cells []string) []string {
	for i := range min(len(cells), 3) {
		if d, ok := paper.SheetDate(cells[i]); ok && len(cells[i]) >= 5 {
			cells[i] = string(d)
		}
	}
	return cells
}

// Statements lists the statements that were brought in, newest first, and how many lines
// of all of them wait for a person.
func (s *Service) Statements(ctx context.Context, actor access.Actor) (list []Statement, open int64, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return nil, 0, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if list, err = listStatements(ctx, tx, 100); err != nil {
			return err
		}
		open, err = countOpenLines(ctx, tx)
		return err
	})
	return list, open, err
}

// LineFile is a line of a statement with what it may be.
type LineFile struct {
	BankLine
	Guesses []Guess
	Typed   []Receipt // receipts that may be this money, typed before
	Receipt Receipt   // of a confirmed line
	Payer   string    // its client's name
}

// StatementFileOf is a statement with its lines; id "open" gives the open lines of all.
type StatementFileOf struct {
	Statement
	Lines []LineFile
}

// OpenLines is the id under which the open lines of all statements stand.
const OpenLines = "open"

// Statement shows a statement with suggested matches for its open lines.
func (s *Service) Statement(ctx context.Context, actor access.Actor, id string) (f StatementFileOf, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		of := id
		if id == OpenLines {
			of = ""
		} else if f.Statement, err = loadStatement(ctx, tx, id); err != nil {
			return err
		}
		lines, err := listBankLines(ctx, tx, of)
		if err != nil {
			return err
		}
		open, err := openLines(ctx, tx)
		if err != nil {
			return err
		}
		for _, l := range lines {
			x, err := lineFile(ctx, tx, l, open)
			if err != nil {
				return err
			}
			f.Lines = append(f.Lines, x)
		}
		return nil
	})
	return f, err
}

// BankLine shows one line of a statement.
func (s *Service) BankLine(ctx context.Context, actor access.Actor, id string) (f LineFile, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := loadBankLine(ctx, tx, id)
		if err != nil {
			return err
		}
		open, err := openLines(ctx, tx)
		if err != nil {
			return err
		}
		f, err = lineFile(ctx, tx, l, open)
		return err
	})
	return f, err
}

func openLines(ctx context.Context, tx *db.Tx) ([]Line, error) {
	opened, err := OpenInvoices(ctx, tx, "", "")
	if err != nil {
		return nil, err
	}
	return named(ctx, tx, opened)
}

func lineFile(ctx context.Context, tx *db.Tx, l BankLine, open []Line) (f LineFile, err error) {
	f.BankLine = l
	if l.ReceiptID != "" {
		if f.Receipt, err = LoadReceipt(ctx, tx, l.ReceiptID); err != nil {
			return f, err
		}
		of, err := client.LoadClient(ctx, tx, f.Receipt.ClientID)
		if err != nil {
			return f, err
		}
		f.Payer = of.Name
	}
	if !l.Open() {
		return f, nil
	}
	f.Guesses = Guesses(l, open)
	f.Typed, err = typedReceipts(ctx, tx, l)
	return f, err
}

// ConfirmLine is a person's word on a line of a statement.
type ConfirmLine struct {
	LineID     string
	ClientID   string
	InvoiceIDs []string // what it pays, in this order; none: it stands as the client's credit
	ReceiptID  string   // instead: the receipt that was typed for it before
	Again      bool     // it is other money than a receipt that looks alike
}

// ConfirmLine makes the receipt of a line and gives it to the invoices that the person
// chose, or ties the line to the receipt that was typed before. Faults:
// billing.line-settled, billing.line-fit, billing.receipt-twice, those of EnterReceipt
// and MatchReceipt.
func (s *Service) ConfirmLine(ctx context.Context, actor access.Actor, in ConfirmLine) (r Receipt, err error) {
	err = s.bankLine(ctx, actor, in.LineID, "statement.confirm", func(tx *db.Tx, l BankLine) (BankLine, error) {
		switch typed, err := typedReceipts(ctx, tx, l); {
		case err != nil:
			return l, err
		case in.ReceiptID != "":
			for _, x := range typed {
				if x.ID == in.ReceiptID {
					r, l.ReceiptID = x, x.ID
					return l, nil
				}
			}
			return l, db.ErrNotFound
		case !in.Again:
			for _, x := range typed {
				if x.ClientID == in.ClientID {
					return l, ErrReceiptTwice.With("number", x.Number)
				}
			}
		}
		if r, err = enterReceipt(ctx, tx, actor, EnterReceipt{ClientID: in.ClientID, On: l.On, Amount: l.Amount, Account: l.Account, Reference: l.Text, Again: true}); err != nil {
			return l, err
		}
		l.ReceiptID = r.ID
		return l, allot(ctx, tx, actor, l, r, in.InvoiceIDs)
	})
	return r, err
}

// allot gives a confirmed line's money to the chosen invoices as it was suggested.
func allot(ctx context.Context, tx *db.Tx, actor access.Actor, l BankLine, r Receipt, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	var lines []Line
	for _, id := range ids {
		i, err := LoadInvoice(ctx, tx, id)
		if err != nil {
			return err
		}
		o, err := OpenOf(ctx, tx, i)
		if err != nil {
			return err
		}
		lines = append(lines, Line{Open: o})
	}
	g, _, err := guess(l, lines)
	if errors.Is(err, ErrMatchCurrency) {
		return ErrLineFit
	}
	if err != nil {
		return err
	}
	for _, m := range g.Matches {
		m.ReceiptID = r.ID
		if _, err := matchReceipt(ctx, tx, actor, m); err != nil {
			return err
		}
	}
	return nil
}

// SetLineAside says that a line is not a client's payment, and why. Faults:
// billing.line-settled, billing.reason.
func (s *Service) SetLineAside(ctx context.Context, actor access.Actor, id, reason string) error {
	return s.bankLine(ctx, actor, id, "statement.aside", func(_ *db.Tx, l BankLine) (BankLine, error) {
		if l.AsideFor = strings.TrimSpace(reason); l.AsideFor == "" {
			return l, ErrReason.At("reason")
		}
		l.ReceiptID = ""
		return l, nil
	})
}

// bankLine loads, settles and saves an open line and leaves its entry.
func (s *Service) bankLine(ctx context.Context, actor access.Actor, id, verb string, change func(*db.Tx, BankLine) (BankLine, error)) error {
	if err := actor.Require("receipt.enter", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		l, err := loadBankLine(ctx, tx, id)
		if err != nil {
			return err
		}
		if !l.Open() {
			return ErrLineSettled
		}
		if l, err = change(tx, l); err != nil {
			return err
		}
		l.SettledAt, l.SettledBy = tx.Now(), actor.Name
		if err := saveBankLine(ctx, tx, l); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: verb, Subject: "bank-line", ID: l.ID, After: map[string]any{"receipt": l.ReceiptID, "amount": l.Amount.String()}, Reason: l.AsideFor})
	})
}
