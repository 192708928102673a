package demo

import (
	"fmt"
	"strings"

	"kolega/internal/billing"
	"kolega/internal/db"
	"kolega/internal/exchange"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// invoice issues the draft that an instalment left, the first when there are more.
func (c *camp) invoice(po string) (out billing.Invoice) {
	if c.err != nil {
		return out
	}
	var drafts []billing.Invoice
	c.read("invoice drafts", func(tx *db.Tx) (err error) {
		drafts, err = billing.ListInvoices(c.ctx, tx, billing.InvoiceFilter{CampaignID: c.ID, Drafts: true})
		return err
	})
	if c.err == nil && len(drafts) == 0 {
		c.err = fmt.Errorf("no invoice draft of %s", c.key)
	}
	if c.err != nil {
		return out
	}
	d := drafts[len(drafts)-1]
	if po != "" {
		c.note("order number", c.Billing.EditInvoice(c.ctx, c.staff["hesti"], d.ID, d.Version, billing.EditInvoice{PONumber: po, PaymentDays: d.PaymentDays}))
	}
	out, err := c.Billing.IssueInvoice(c.ctx, c.staff["hesti"], d.ID)
	c.note("issue invoice", err)
	return out
}

// receive enters money for an invoice and matches it; percent of what is due.
func (c *camp) receive(i billing.Invoice, percent int64) {
	if c.err != nil {
		return
	}
	cash, err := i.Totals.Due.Bp(percent*100, 0)
	c.note("part of the invoice", err)
	fin := c.staff["hesti"]
	r, err := c.Billing.EnterReceipt(c.ctx, fin, billing.EnterReceipt{ClientID: c.client.ID, On: worktime.DateOf(c.Clock.Now(), c.jkt), Amount: cash,
		Account: "Bank Contoh", Reference: "TRF " + i.Number, Payer: c.client.LegalName})
	if c.note("enter receipt", err); err != nil {
		return
	}
	var m billing.Match
	c.read("open invoice", func(tx *db.Tx) error {
		inv, err := billing.LoadInvoice(c.ctx, tx, i.ID)
		if err != nil {
			return err
		}
		o, err := billing.OpenOf(c.ctx, tx, inv)
		m = billing.Suggest(r.Value, o)
		return err
	})
	m.ReceiptID, m.InvoiceID = r.ID, i.ID
	if c.err != nil {
		return
	}
	m, err = c.Billing.MatchReceipt(c.ctx, fin, m)
	c.note("match receipt", err)
	if percent == 100 && !m.Withheld.IsZero() && c.err == nil {
		c.note("slip", c.Billing.RecordSlip(c.ctx, fin, m.ID, "BP23-"+i.Number, worktime.DateOf(c.Clock.Now(), c.jkt)))
	}
}

// open gives the campaign's invoices that are not even, the oldest due first.
func (c *camp) open() (list []billing.Open) {
	c.read("open invoices", func(tx *db.Tx) (err error) { list, err = billing.OpenInvoices(c.ctx, tx, "", c.ID); return err })
	if c.err == nil && len(list) == 0 {
		c.err = fmt.Errorf("no open invoice of %s", c.key)
	}
	return list
}

// receivePart brings some percent of the oldest open invoice.
func (c *camp) receivePart(percent int64) {
	if open := c.open(); c.err == nil {
		c.receive(open[0].Invoice, percent)
	}
}

// receiveAll brings the money for each open invoice, whole.
func (c *camp) receiveAll() {
	for _, o := range c.open() {
		c.receive(o.Invoice, 100)
	}
}

// statement brings yesterday's bank statement: the rest of an invoice, one less a bank's
// charge, a sum that nobody can place. Finance has yet to confirm them.
func (c *camp) statement() {
	if c.err != nil || c.n != 0 {
		return
	}
	var open []billing.Open
	c.read("open invoices", func(tx *db.Tx) (err error) { open, err = billing.OpenInvoices(c.ctx, tx, "", ""); return err })
	on := worktime.DateOf(c.Clock.Now(), c.jkt)
	year, month, day := on.Parts()
	var b strings.Builder
	fmt.Fprintf(&b, "No. rekening : ;···1112\nPeriode : ;01/%02d/%d - %02d/%02d/%d\nTanggal;Keterangan;Debet;Kredit;Saldo\n", int(month), year, day, int(month), year)
	balance := int64(150_000_000)
	line := func(text string, in, out int64) {
		balance += in - out
		fmt.Fprintf(&b, "%02d/%02d/%d;%s;%d,00;%d,00;%d,00\n", day, int(month), year, text, out, in, balance)
	}
	for n, o := range open {
		due := billing.Suggest(o.Balance, o).Cash
		if o.Invoice.Currency != money.CurrencyIDR || n > 1 {
			continue
		}
		line("TRSF E-BANKING CR "+strings.ToUpper(o.Invoice.Buyer.Name)+" "+o.Invoice.Number, due.Minor-int64(n)*6500, 0)
	}
	line("BIAYA ADM", 0, 15_000)
	line("SETORAN TUNAI KCP KUNINGAN", 2_500_000, 0)
	_, err := c.Billing.TakeStatement(c.ctx, c.staff["hesti"], billing.BringStatement{Name: "mutasi.csv", Account: "Bank Contoh", Currency: money.CurrencyIDR, Body: strings.NewReader(b.String())})
	c.note("bank statement", err)
}

// rates are what finance looked up for clients and talents abroad.
func (c *camp) rates() {
	if c.err != nil || c.n != 0 {
		return
	}
	on := worktime.DateOf(c.Clock.Now(), c.jkt)
	for _, q := range []exchange.Quote{{From: "USD", To: "IDR", Rate: "15950.25", Source: "Kurs Pajak"}, {From: "PHP", To: "IDR", Rate: rupiahPerPeso, Source: pesoSource}} {
		q.On = on
		_, err := c.Exchange.Type(c.ctx, c.staff["hesti"], q)
		c.note("exchange rate", err)
	}
}
