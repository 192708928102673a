package billing

import (
	"io"
	"strings"
	"time"

	"kolega/internal/locale"
	"kolega/internal/paper"
	"kolega/internal/paper/chart"
)

// letter begins a document with the agency's head.
func letter(l *locale.Loc, s Seller, kind, number string, at time.Time) *paper.PDF {
	p := paper.NewPDF(paper.Meta{Title: kind + " " + number, Lang: l.Lang, Author: s.Name, Footer: number, Created: at, Look: s.Look})
	lines := []string{}
	for _, x := range []string{s.Address, join(" · ", s.Email, s.Phone), labelled(l.T("billing.paper.tax-id"), s.TaxID)} {
		if x != "" {
			lines = append(lines, x)
		}
	}
	p.Letterhead(lines, kind, number)
	return p
}

func join(sep string, parts ...string) string {
	var kept []string
	for _, x := range parts {
		if x != "" {
			kept = append(kept, x)
		}
	}
	return strings.Join(kept, sep)
}

func labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return label + " " + value
}

func buyerLines(l *locale.Loc, b Party) []string {
	var out []string
	for _, x := range []string{b.Address, labelled(l.T("billing.paper.tax-id"), b.TaxID), labelled(l.T("billing.paper.attention"), b.Person)} {
		if x != "" {
			out = append(out, x)
		}
	}
	return out
}

// WriteInvoice sets an issued invoice, or a draft marked as such, as a PDF. The
// same invoice gives the same bytes.
func WriteInvoice(w io.Writer, i Invoice) error {
	l := locale.For(i.Lang, "")
	kind, number, at := l.T("billing.paper.invoice"), i.Number, i.IssuedAt
	if !i.Issued() {
		number, at = l.T("billing.paper.draft"), i.MadeAt
	}
	p := letter(l, i.Seller, kind, number, at)
	dates := []string{}
	if i.Issued() {
		dates = []string{l.T("billing.paper.dated", "date", l.DateLong(i.IssuedOn)), l.T("billing.paper.due-on", "date", l.DateLong(i.DueOn))}
	}
	if i.PONumber != "" {
		dates = append(dates, l.T("billing.paper.po", "number", i.PONumber))
	}
	p.Parties(paper.Party{Label: l.T("billing.paper.to"), Name: i.Buyer.Name, Lines: buyerLines(l, i.Buyer)},
		paper.Party{Label: l.T("billing.paper.about"), Name: number, Lines: dates})
	rows := make([]paper.Row, len(i.Items))
	for n, it := range i.Items {
		rows[n] = paper.Row{Cells: []string{itoa(n + 1), it.Text, l.Money(it.Amount)}, Notes: []string{"", it.Note, ""}}
	}
	p.Table([]paper.Column{{Head: l.T("billing.paper.no"), Width: 0.4}, {Head: l.T("billing.paper.item"), Width: 5}, {Head: l.T("billing.paper.amount"), Width: 2, Right: true}}, rows)
	p.Totals(totalLines(l, i.TaxCode, i.Totals)...)
	p.Note(l.T("billing.paper.words", "words", locale.MoneyWords(i.Totals.Total, i.Lang)))
	if i.Totals.Withheld.Sign() > 0 {
		p.Note(l.T("billing.paper.withheld-note", "withheld", i.Totals.Withheld, "due", i.Totals.Due))
	}
	if i.TaxCode == TaxExport {
		p.Note(l.T("billing.paper.export-note"))
	}
	p.Space(4)
	p.Box(chart.Brand, l.T("billing.paper.pay-to"), join("\n", join(" · ", i.Seller.Bank, i.Seller.Account), labelled(l.T("billing.paper.in-name-of"), i.Seller.AccountName), l.T("billing.paper.reference", "number", number)))
	p.Space(6)
	p.Signatures(paper.Signature{Role: i.Seller.Name, Name: i.Seller.Person, Note: l.T("billing.paper.finance")})
	_, err := p.WriteTo(w)
	return err
}

func totalLines(l *locale.Loc, code TaxCode, t Totals) []paper.Sum {
	sums := []paper.Sum{{Label: l.T("billing.paper.price"), Value: l.Money(t.Price)}}
	if code == TaxPPN {
		sums = append(sums, paper.Sum{Label: l.T("billing.paper.base"), Value: l.Money(t.Base)}, paper.Sum{Label: l.T("billing.paper.ppn"), Value: l.Money(t.PPN)})
	}
	sums = append(sums, paper.Sum{Label: l.T("billing.paper.total"), Value: l.Money(t.Total), Strong: t.Withheld.Sign() == 0})
	if t.Withheld.Sign() > 0 {
		sums = append(sums, paper.Sum{Label: l.T("billing.paper.pph23"), Value: l.Money(t.Withheld.Neg())}, paper.Sum{Label: l.T("billing.paper.due"), Value: l.Money(t.Due), Strong: true})
	}
	return sums
}

// WriteReceipt sets a receipt (kwitansi) as a PDF.
func WriteReceipt(w io.Writer, r Receipt, s Seller, from string, numbers []string, lang string) error {
	l := locale.For(lang, "")
	p := letter(l, s, l.T("billing.paper.receipt"), r.Number, r.MadeAt)
	p.Facts(paper.Fact{Label: l.T("billing.paper.received-from"), Value: from}, paper.Fact{Label: l.T("billing.paper.received-on"), Value: l.DateLong(r.On)},
		paper.Fact{Label: l.T("billing.paper.sum"), Value: l.Money(r.Amount)}, paper.Fact{Label: l.T("billing.paper.in-words"), Value: locale.MoneyWords(r.Amount, lang)},
		paper.Fact{Label: l.T("billing.paper.for"), Value: join(", ", numbers...)}, paper.Fact{Label: l.T("billing.paper.by-transfer"), Value: join(" · ", r.Account, r.Reference)})
	if !r.ReversedAt.IsZero() {
		p.Box(chart.Bad, l.T("billing.paper.reversed"), r.Reason)
	}
	p.Space(8)
	p.Signatures(paper.Signature{Role: s.Name, Name: s.Person, Note: l.T("billing.paper.finance")})
	_, err := p.WriteTo(w)
	return err
}

// WriteCredit sets an issued credit note as a PDF.
func WriteCredit(w io.Writer, c CreditNote, i Invoice) error {
	l := locale.For(i.Lang, "")
	p := letter(l, i.Seller, l.T("billing.paper.credit"), c.Number, c.IssuedAt)
	p.Parties(paper.Party{Label: l.T("billing.paper.to"), Name: i.Buyer.Name, Lines: buyerLines(l, i.Buyer)},
		paper.Party{Label: l.T("billing.paper.about"), Name: i.Number, Lines: []string{l.T("billing.paper.dated", "date", l.DateLong(c.IssuedOn))}})
	reason := c.Reason
	if c.Kind == CreditGuarantee {
		reason = l.T("billing.paper.guarantee-reason")
	}
	p.Paragraph(reason)
	p.Totals(totalLines(l, i.TaxCode, c.Totals)...)
	p.Note(l.T("billing.paper.words", "words", locale.MoneyWords(c.Totals.Total, i.Lang)))
	if c.ToCredit.Sign() > 0 {
		p.Note(l.T("billing.paper.to-credit", "amount", c.ToCredit))
	}
	if c.ToOpen.Sign() > 0 {
		p.Note(l.T("billing.paper.to-open", "amount", c.ToOpen, "number", i.Number))
	}
	_, err := p.WriteTo(w)
	return err
}

// signaturesWith is the room, in mm, that the signatures need with the heading and the
// head of the table above them: a signature never stands alone on a page.
const signaturesWith = 88

// WriteAgreement sets the paper of an agreement: what is signed is these bytes.
func WriteAgreement(w io.Writer, a Agreement, x side) error {
	l, s, of, signer := locale.For(a.Lang, ""), x.Seller, x.Client, x.Signer
	kind := l.T("billing.paper.agreement." + string(a.Kind))
	if a.ParentID != "" {
		kind = l.T("billing.paper.addendum")
	}
	p := letter(l, s, kind, a.Number, a.MadeAt)
	p.Title(a.Title)
	buyer := buyerOf(of)
	buyer.Person = join(", ", signer.Name, signer.Title)
	p.Parties(paper.Party{Label: l.T("billing.paper.first-party"), Name: s.Name, Lines: buyerLines(l, Party{Address: s.Address, TaxID: s.TaxID, Person: s.Person})},
		paper.Party{Label: l.T("billing.paper.second-party"), Name: buyer.Name, Lines: buyerLines(l, buyer)})
	p.Heading(l.T("billing.paper.scope"))
	p.Paragraph(a.Scope)
	p.Heading(l.T("billing.paper.value"))
	p.Paragraph(l.T("billing.paper.value-text", "amount", a.Value, "words", locale.MoneyWords(a.Value, a.Lang)))
	p.Paragraph(l.T("billing.paper.tax." + string(a.TaxCode)))
	if a.Withholds {
		p.Paragraph(l.T("billing.paper.withholds"))
	}
	if len(a.Plan) > 0 {
		p.Heading(l.T("billing.paper.instalments"))
		p.Table([]paper.Column{{Head: l.T("billing.paper.no"), Width: 0.5}, {Head: l.T("billing.paper.item"), Width: 3}, {Head: l.T("billing.paper.when"), Width: 3}, {Head: l.T("billing.paper.amount"), Width: 2, Right: true}}, planRows(l, a))
	}
	p.Paragraph(l.T("billing.paper.payment-days", "n", a.PaymentDays))
	p.Heading(l.T("billing.paper.revisions"))
	p.Paragraph(l.T("billing.paper.revision-text", "limit", a.Terms.RevisionLimit, "hours", a.Terms.ReviewHours))
	if a.Terms.SilenceAccepts {
		p.Paragraph(l.T("billing.paper.silence"))
	}
	if g := a.Terms.Guarantee; g != nil {
		p.Heading(l.T("billing.paper.guarantee"))
		p.Paragraph(l.T("billing.paper.guarantee-text", "target", l.Share(g.TargetBp), "formula", l.T("billing.paper.formula."+g.Formula), "actions", actionWords(l, g.Actions),
			"scope", l.T("billing.paper.scope."+g.Scope), "share", l.Share(g.ShareBp), "base", l.T("billing.paper.base."+g.RefundBase)))
	}
	writeClauses(p, l, a, x)
	p.Together(signaturesWith + 8*float64(len(a.Cancellation)))
	p.Heading(l.T("billing.paper.cancellation"))
	rows := []paper.Row{}
	for _, st := range a.Cancellation {
		rows = append(rows, paper.Cells(l.T("billing.stage."+st.Name), l.Share(st.ShareBp)))
	}
	p.Table([]paper.Column{{Head: l.T("billing.paper.stage"), Width: 4}, {Head: l.T("billing.paper.owed"), Width: 1, Right: true}}, rows)
	p.Space(8)
	p.Signatures(signaturePlaces(l, a, s, buyer)...)
	_, err := p.WriteTo(w)
	return err
}

// writeClauses sets the wording with its variables filled: headings and paragraphs.
func writeClauses(p *paper.PDF, l *locale.Loc, a Agreement, x side) {
	if a.Clauses == "" {
		return
	}
	if a.Number == "" {
		a.Number = l.T("billing.paper.draft")
	}
	text, _ := Fill(a.Clauses, a.values(x))
	for _, part := range strings.Split(text, "\n") {
		switch part = strings.TrimSpace(part); {
		case strings.HasPrefix(part, "# "):
			p.Heading(strings.TrimPrefix(part, "# "))
		case part != "":
			p.Paragraph(part)
		}
	}
}

// signaturePlaces are the places for signatures: the agency's first, as its own people
// or as who signs its letters, then the client's, in the order of signing.
func signaturePlaces(l *locale.Loc, a Agreement, s Seller, buyer Party) (out []paper.Signature) {
	for _, x := range a.Signers {
		if x.Agency() {
			out = append(out, paper.Signature{Role: l.T("billing.paper.first-party"), Name: x.Name, Note: s.Name})
		}
	}
	if len(out) == 0 {
		out = append(out, paper.Signature{Role: l.T("billing.paper.first-party"), Name: s.Person, Note: s.Name})
	}
	for _, x := range a.Signers {
		if !x.Agency() {
			out = append(out, paper.Signature{Role: l.T("billing.paper.second-party"), Name: join(", ", x.Name, x.Title), Note: buyer.Name})
		}
	}
	return out
}

// actionWords names the engagements that a rate counts: "likes, comments, saves".
func actionWords(l *locale.Loc, actions []string) string {
	words := make([]string, len(actions))
	for i, a := range actions {
		words[i] = strings.ToLower(l.T("metric." + a))
	}
	return strings.Join(words, ", ")
}

func planRows(l *locale.Loc, a Agreement) []paper.Row {
	rows := make([]paper.Row, 0, len(a.Plan)+1)
	for n, in := range a.Plan {
		when := l.T("billing.trigger." + string(in.Trigger))
		if in.Trigger == OnDate {
			when = l.DateLong(in.DueOn)
		}
		share := ""
		if in.ShareBp > 0 {
			share = l.Share(in.ShareBp)
		}
		rows = append(rows, paper.Row{Cells: []string{itoa(n + 1), in.Label, when, l.Money(in.Amount)}, Notes: []string{"", share, "", ""}})
	}
	return append(rows, paper.Row{Cells: []string{"", l.T("billing.paper.price"), "", l.Money(a.Value)}, Total: true})
}

// WriteEvidence sets the evidence page of a signed agreement: which bytes were signed, by
// whom, how, when and from where. at is the instant in the zone of the agency.
func WriteEvidence(w io.Writer, a Agreement, x side, zone string) error {
	l := locale.For(a.Lang, zone)
	p := letter(l, x.Seller, l.T("billing.evidence.title"), a.Number, a.SignedAt)
	p.Title(a.Title)
	p.Paragraph(l.T("billing.evidence.lead", "number", a.Number))
	if a.SignedVia == "link" {
		for _, s := range a.Signers {
			p.Heading(l.T("billing.evidence.place", "n", s.Position, "of", len(a.Signers)))
			p.Facts(signerFacts(l, a, s, x, zone)...)
		}
	} else {
		p.Facts(paper.Fact{Label: l.T("billing.evidence.signer"), Value: a.SignedBy}, paper.Fact{Label: l.T("billing.evidence.for"), Value: buyerOf(x.Client).Name},
			paper.Fact{Label: l.T("billing.evidence.person"), Value: join(", ", x.Signer.Name, x.Signer.Title)}, paper.Fact{Label: l.T("billing.evidence.at"), Value: evidenceTime(l, a.SignedAt, zone)},
			paper.Fact{Label: l.T("billing.evidence.how"), Value: l.T("billing.evidence.scan")})
	}
	if a.StampNumber != "" {
		p.Heading(l.T("billing.evidence.stamp"))
		p.Paragraph(a.StampNumber)
	}
	p.Heading(l.T("billing.evidence.file"))
	p.Paragraph(a.SignedSHA)
	p.Note(l.T("billing.evidence.check"))
	_, err := p.WriteTo(w)
	return err
}

// signerFacts are what is kept of one signature by link.
func signerFacts(l *locale.Loc, a Agreement, s Signer, x side, zone string) []paper.Fact {
	of, how := buyerOf(x.Client).Name, l.T("billing.evidence.link")
	if s.Agency() {
		of, how = x.Seller.Name, l.T("billing.evidence.desk")
	}
	facts := []paper.Fact{{Label: l.T("billing.evidence.signer"), Value: s.SignedName}, {Label: l.T("billing.evidence.for"), Value: of}, {Label: l.T("billing.evidence.person"), Value: join(", ", s.Name, s.Title)},
		{Label: l.T("billing.evidence.at"), Value: evidenceTime(l, s.SignedAt, zone)}, {Label: l.T("billing.evidence.how"), Value: how}, {Label: l.T("billing.evidence.from"), Value: s.From}}
	if s.CodeTo != "" {
		facts = append(facts, paper.Fact{Label: l.T("billing.evidence.code"), Value: s.CodeTo})
	}
	return append(facts, paper.Fact{Label: l.T("billing.evidence.consent"), Value: l.T("billing.room.consent")}, paper.Fact{Label: l.T("billing.evidence.file"), Value: a.FileSHA})
}

// evidenceTime is an instant on the agency's clock and in UTC.
func evidenceTime(l *locale.Loc, at time.Time, zone string) string {
	return l.DateTime(at, zone) + " · " + at.UTC().Format(time.RFC3339)
}
