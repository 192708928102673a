package payout

import (
	"context"
	"io"
	"strconv"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/paper"
	"kolega/internal/secret"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// ErrFormat is a bank file that is neither XLSX nor CSV.
var ErrFormat = fault.New(fault.Invalid, "payout.format")

// fileLine is one line of a bank file.
type fileLine struct {
	key, method, bank, country, name, note string
	number                                 secret.Hidden
	amount                                 money.Amount
}

// BankFile writes the released transfers of a batch that were not sent yet as a
// file for the bank or provider, "xlsx" or "csv", and gives its name. Account
// numbers stand in it in full, so each making is an entry of the trail for every
// talent in it. Faults: payout.nothing, payout.format, payout.void.
func (s *Service) BankFile(ctx context.Context, actor access.Actor, batchID, format string, w io.Writer) (name string, err error) {
	if err := actor.Require("talent.bank.see", access.Owner{}); err != nil {
		return "", err
	}
	if format != "xlsx" && format != "csv" {
		return "", ErrFormat
	}
	var orders []fileLine
	var b Batch
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		orders = nil
		if b, err = LoadBatch(ctx, tx, batchID); err != nil {
			return err
		}
		for _, a := range b.Attempts {
			if a.State(tx.Now()) != Released && a.State(tx.Now()) != Part {
				continue
			}
			list, err := s.linesOf(ctx, tx, actor, b, a)
			if err != nil {
				return err
			}
			orders = append(orders, list...)
		}
		if len(orders) == 0 {
			return ErrNothing
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	l := locale.For(actor.Lang, actor.Zone)
	if format == "csv" {
		return b.Number + ".csv", writeCSV(w, l, orders)
	}
	return b.Number + ".xlsx", writeXLSX(w, l, b, orders)
}

func (s *Service) linesOf(ctx context.Context, tx *db.Tx, actor access.Actor, b Batch, a Attempt) ([]fileLine, error) {
	p, err := LoadPayout(ctx, tx, a.PayoutID)
	if err != nil {
		return nil, err
	}
	r, err := talent.LoadRoute(ctx, tx, p.TalentID)
	if err != nil {
		return nil, err
	}
	if SnapshotOf(p.ID, a.Amount, r) != a.Snapshot {
		return nil, ErrVoid
	}
	number, err := s.talents.OpenNumber(r)
	if err != nil {
		return nil, err
	}
	var out []fileLine
	for _, t := range a.Parts {
		if t.SentAt.IsZero() && t.ReturnedAt.IsZero() && !t.Ordered() {
			out = append(out, fileLine{key: a.Key + "-" + strconv.FormatInt(t.Number, 10), method: string(r.Method), bank: r.Bank, country: r.BankCountry, name: r.AccountName,
				number: secret.Hide(number), amount: t.Amount, note: b.Number})
		}
	}
	return out, audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "talent.bank.see", Subject: "payout-route", ID: p.TalentID, Campaign: p.CampaignID, Talent: p.TalentID, Reason: "bank file " + b.Number})
}

func heads(l *locale.Loc) []string {
	keys := strings.Fields("no key method bank country number name currency amount memo")
	for i, k := range keys {
		keys[i] = l.T("payout.file." + k)
	}
	return keys
}

func writeCSV(w io.Writer, l *locale.Loc, orders []fileLine) error {
	c := paper.NewCSV(w, l.Lang)
	row := make([]any, 0, 10)
	for _, h := range heads(l) {
		row = append(row, h)
	}
	c.Row(row...)
	for i, o := range orders {
		c.Row(i+1, o.key, l.T("payout.method."+o.method), o.bank, o.country, o.number.Reveal(), o.name, string(o.amount.Currency), o.amount, o.note)
	}
	return c.Close()
}

func writeXLSX(w io.Writer, l *locale.Loc, b Batch, orders []fileLine) error {
	zone, err := worktime.Zone("Asia/Jakarta")
	if err != nil {
		return err
	}
	book := paper.NewBook(b.Number, b.MadeName, b.MadeAt.Time, zone)
	h := heads(l)
	fields := []paper.Field{{Head: h[0], Width: 6, Format: paper.AsInt}}
	for _, x := range h[1:8] {
		fields = append(fields, paper.Field{Head: x, Width: 20})
	}
	fields = append(fields, paper.Field{Head: h[8], Width: 18, Format: paper.AsMoney}, paper.Field{Head: h[9], Width: 20})
	sums := map[money.Currency]money.Amount{}
	sheet := book.Sheet(b.Number, fields...)
	for i, o := range orders {
		sheet.Row(i+1, o.key, l.T("payout.method."+o.method), o.bank, o.country, o.number.Reveal(), o.name, string(o.amount.Currency), o.amount, o.note)
		if sums[o.amount.Currency], err = sums[o.amount.Currency].Add(o.amount); err != nil {
			return err
		}
	}
	for _, c := range []money.Currency{"IDR", "PHP", "USD", "SGD", "MYR", "EUR"} {
		if sum, ok := sums[c]; ok {
			sheet.Total(nil, l.T("payout.file.total"), nil, nil, nil, nil, nil, string(c), sum, nil)
		}
	}
	_, err = book.WriteTo(w)
	return err
}
