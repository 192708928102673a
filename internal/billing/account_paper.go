package billing

import (
	"io"
	"time"

	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/paper"
	"kolega/internal/paper/chart"
)

// CauseWord names what an entry of a statement of account is: an invoice, a receipt, …
func (x AccountLine) CauseWord(l *locale.Loc) string {
	word := l.T("ledger.cause." + x.Cause)
	if x.Cause == "match" { // its cash came before, as a receipt
		word = l.T("billing.account.match")
	}
	if x.Back {
		return l.T("billing.account.back", "what", word)
	}
	return word
}

// WriteAccount sets a statement of account as a PDF, one table a currency.
func WriteAccount(w io.Writer, f AccountFile, s Seller, at time.Time) error {
	l := locale.For(f.Client.Lang, f.Zone)
	p := letter(l, s, l.T("billing.account"), l.Range(f.From, f.To), at)
	p.Parties(paper.Party{Label: l.T("billing.paper.to"), Name: buyerOf(f.Client).Name, Lines: buyerLines(l, buyerOf(f.Client))},
		paper.Party{Label: l.T("billing.paper.about"), Name: l.Range(f.From, f.To)})
	if len(f.Parts) == 0 {
		p.Paragraph(l.T("billing.account.none"))
	}
	for _, a := range f.Parts {
		p.Heading(string(a.Currency))
		rows := []paper.Row{paper.Cells("", l.T("billing.account.opening"), "", "", l.Money(a.Opening))}
		for _, x := range a.Lines {
			rows = append(rows, paper.Cells(l.DateTime(x.At, f.Zone), join(" ", x.CauseWord(l), x.Note), amountOrNone(l, x.Debit), amountOrNone(l, x.Credit), l.Money(x.Balance)))
		}
		rows = append(rows, paper.Row{Cells: []string{"", l.T("billing.account.closing"), "", "", l.Money(a.Closing)}, Total: true})
		p.Table([]paper.Column{{Head: l.T("billing.col.when"), Width: 2.4}, {Head: l.T("billing.col.item"), Width: 3}, {Head: l.T("billing.account.debit"), Width: 2, Right: true},
			{Head: l.T("billing.account.credit"), Width: 2, Right: true}, {Head: l.T("billing.account.balance"), Width: 2, Right: true}}, rows)
	}
	p.Space(4)
	p.Box(chart.Brand, l.T("billing.paper.pay-to"), join("\n", join(" · ", s.Bank, s.Account), labelled(l.T("billing.paper.in-name-of"), s.AccountName)))
	_, err := p.WriteTo(w)
	return err
}

func amountOrNone(l *locale.Loc, a money.Amount) string {
	if a.IsZero() {
		return ""
	}
	return l.Money(a)
}
