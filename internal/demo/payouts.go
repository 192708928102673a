package demo

import (
	"bytes"
	"fmt"

	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/payout"
)

// rupiahPerPeso is the rate that transfers abroad are recorded with.
const rupiahPerPeso, pesoSource = "281.35", "Kurs mitra transfer"

// due finds the payout of a talent's booking by its number: 1 for the commitment,
// 2 for the insights.
func (c *camp) due(number int64, handle string) (out payout.Payout) {
	c.read("payout of "+handle, func(tx *db.Tx) error {
		list, err := payout.ListPayouts(c.ctx, tx, payout.Filter{BookingID: c.bookings[handle].ID})
		for _, p := range list {
			if p.Number == number {
				out = p
			}
		}
		if err == nil && out.ID == "" {
			err = fmt.Errorf("no payout %d", number)
		}
		return err
	})
	return out
}

// prepare reckons the tax and makes one batch; released also lets another person
// of finance release it.
func (c *camp) prepare(number int64, released bool, handles ...string) {
	var ids []string
	for _, h := range handles {
		ids = append(ids, c.due(number, h).ID)
	}
	if c.err != nil {
		return
	}
	made, err := c.Payout.Prepare(c.ctx, c.staff["vera"], payout.PrepareRequest{IDs: ids, Note: c.Name})
	for _, refused := range made.Refused {
		c.note("payout refused", refused)
	}
	if c.note("prepare payouts", err); c.err == nil && released {
		_, err = c.Payout.Release(c.ctx, c.staff["maya"], made.Batch.ID, nil)
		c.note("release payouts", err)
	}
}

// transfer records that the bank carried out what was released, with its proof.
func (c *camp) transfer(number int64, handles ...string) {
	for _, h := range handles {
		p := c.due(number, h)
		a, ok := p.Last()
		if c.err != nil || !ok {
			return
		}
		for _, t := range a.Parts {
			s := payout.Sending{Part: t.Number, Account: "Bank Contoh", Reference: fmt.Sprintf("TRF-%08X", uint32(hashOf(p.ID)+uint64(t.Number)))}
			if t.Amount.Currency != money.CurrencyIDR {
				rate, err := money.ParseRate(rupiahPerPeso, t.Amount.Currency, money.CurrencyIDR, 1)
				c.note("rate", err)
				s.Debit, err = rate.Convert(t.Amount, money.HalfUp)
				c.note("debit", err)
				s.Fee, s.Rate, s.RateSource, s.Account = money.IDR(35_000), rupiahPerPeso, pesoSource, "Mitra transfer"
			}
			proof := bytes.NewReader(screenshot("proof"+p.ID, t.Amount.Minor))
			c.note("transfer to "+h, c.Payout.RecordSent(c.ctx, c.staff["hesti"], a.ID, s, "bukti.png", proof))
		}
	}
}

// arrived is the talents' word that the money is there.
func (c *camp) arrived(number int64, handles ...string) {
	for _, h := range handles {
		p := c.due(number, h)
		if c.err == nil {
			c.note("arrival at "+h, c.Payout.SayArrived(c.ctx, c.as(h), p.ID))
		}
	}
}
