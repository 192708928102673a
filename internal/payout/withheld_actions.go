package payout

import (
	"context"
	"slices"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/talent"
)

// Withheld is one line of the monthly list for filing.
type Withheld struct {
	PayoutID     string
	TalentName   string
	TaxNumber    string // whole in the file for filing, else its end; empty without one
	CampaignName string
	Withholding
	TaxProof string
}

// TaxMonth is what was withheld in a month, by tax and talent, with sums by tax and
// currency.
type TaxMonth struct {
	Month string // "2026-11"
	Lines []Withheld
	Sums  []TaxSum
}

// TaxSum is what one tax comes to in a currency.
type TaxSum struct {
	Kind       string
	Gross, Tax money.Amount
	N          int
	Unproven   int // without the number of a bukti potong
}

// ErrMonth is a month that cannot be read.
var ErrMonth = fault.Field("month", "payout.month")

// TaxList lists what was withheld in a month for filing. Fault: payout.month.
func (s *Service) TaxList(ctx context.Context, actor access.Actor, month string) (m TaxMonth, err error) {
	if err := actor.Require("payout.prepare", access.Owner{}); err != nil {
		return m, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { m, err = s.taxMonth(ctx, tx, month, false); return err })
	return m, err
}

// TaxFile is the list for filing with whole tax numbers; whoever takes it is kept in
// the trail, since the numbers leave the program.
func (s *Service) TaxFile(ctx context.Context, actor access.Actor, month string) (m TaxMonth, err error) {
	if err := actor.Require("talent.bank.see", access.Owner{}); err != nil {
		return m, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if m, err = s.taxMonth(ctx, tx, month, true); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "talent.bank.see", Subject: "tax-list", ID: month, Reason: "tax list " + month, After: map[string]any{"lines": len(m.Lines)}})
	})
	return m, err
}

func (s *Service) taxMonth(ctx context.Context, tx *db.Tx, month string, whole bool) (m TaxMonth, err error) {
	if len(month) != 7 || month[4] != '-' {
		return m, ErrMonth
	}
	m.Month = month
	list, err := taxedIn(ctx, tx, month)
	if err != nil {
		return m, err
	}
	named, err := lines(ctx, tx, list)
	if err != nil {
		return m, err
	}
	for _, l := range named {
		w := Withheld{PayoutID: l.ID, TalentName: l.TalentName, CampaignName: l.CampaignName, Withholding: l.Tax, TaxProof: l.TaxProof}
		i, err := talent.LoadIdentity(ctx, tx, l.TalentID)
		if err != nil {
			return m, err
		}
		if w.TaxNumber = i.TaxEnd; whole {
			if w.TaxNumber, err = s.talents.OpenTaxNumber(i, l.TalentID); err != nil {
				return m, err
			}
		}
		m.Lines = append(m.Lines, w)
	}
	slices.SortStableFunc(m.Lines, func(a, b Withheld) int { return strings.Compare(a.Kind+a.TalentName, b.Kind+b.TalentName) })
	m.Sums, err = taxSums(m.Lines)
	return m, err
}

// taxSums adds the lines up by tax and currency, in the order in which they are met.
func taxSums(list []Withheld) (out []TaxSum, err error) {
	for _, w := range list {
		i := slices.IndexFunc(out, func(x TaxSum) bool { return x.Kind == w.Kind && x.Tax.Currency == w.Tax.Currency })
		if i < 0 {
			zero := money.New(0, w.Tax.Currency)
			i, out = len(out), append(out, TaxSum{Kind: w.Kind, Gross: zero, Tax: zero})
		}
		x := &out[i]
		if x.Gross, err = x.Gross.Add(w.Gross); err != nil {
			return nil, err
		}
		if x.Tax, err = x.Tax.Add(w.Tax); err != nil {
			return nil, err
		}
		if x.N++; w.TaxProof == "" && w.Tax.Sign() > 0 {
			x.Unproven++
		}
	}
	return out, nil
}
