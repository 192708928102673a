package demo

import (
	"slices"
	"time"

	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/payout"
)

var focallureCast = []string{"beasantillan", "mikadlr", "paolobau", "samocampo", "kikomana", "ysamercado"}

// focallure is the campaign abroad: another clock, payments across the border, a
// guarantee that one talent missed.
func (r *run) focallure() {
	c := r.camp("focallure", "dewa", "tia")
	c.on(-41, "10:30", "client", func() {
		c.enter(client.Client{Name: "Focallure", LegalName: "PT Contoh Kosmetik Asia", Country: "ID", Zone: "Asia/Jakarta", Lang: "en",
			Address: "Jl. Contoh Pluit 12, Jakarta Utara", TaxID: "0000000000000003", PaymentDays: 21},
			client.Brand{Name: "Focallure Philippines", Category: "beauty"},
			client.Contact{Name: "Grace Tan", Title: "Regional marketing", Email: "grace@focallure.example", Phone: "+6281200003001", Lang: "en"})
	})
	c.on(-40, "16:00", "agreement", func() {
		c.agree(billing.NewAgreement{Kind: billing.KindContract, Title: c.named("Focallure Philippines, lip tint launch"),
			Scope: "Six creators in the Philippines, one Reels each, with a guaranteed engagement rate.", Value: idr(90), TaxCode: billing.TaxPPN,
			Terms: campaign.Terms{RevisionLimit: 2, ReviewHours: 24, Guarantee: guarantee(480)},
			Parts: []billing.Part{part("First half, signing", 50, billing.OnSigning), part("Second half, report", 50, billing.OnReportSent)}},
			campaign.NewCampaign{Name: c.named("Focallure Philippines"), Market: "PH", Playbook: "philippines", StartOn: c.date(-39), EndOn: c.date(12), ERFormula: "reach",
				Objective: campaign.Objective{Purpose: "engagement", Metric: "engagement rate", Target: 5, Audience: "Women 16–28 in the Philippines", AgreedOn: c.date(-40)}})
	})
	c.on(-39, "09:30", "brief", func() {
		c.kickOff()
		c.write([]campaign.Point{
			must("Swatch semua empat warna di lengan", "Swatch all four shades on the arm", "visual"),
			must("Sebut \"stays for eight hours\"", "Say \"stays for eight hours\"", "script"),
			mustNot("Jangan memakai filter wajah", "Do not use a face filter", "visual"),
			must("Tag @focallure.ph dan #FocallureTint", "Tag @focallure.ph and #FocallureTint", "caption"),
			must("Beri label kerja sama berbayar", "Label it as a paid partnership", "posting"),
			should("Taglish boleh", "Taglish is welcome"),
		})
		c.shareBrief()
		c.claims("cosmetics", "NN-1000012345678")
	})
	c.on(-38, "14:00", "brief accepted", c.acceptBrief)
	c.on(-38, "15:00", "list", func() {
		c.seats(6, campaign.Slot{Name: "Reels", Deliverables: makes("instagram reels"), Budget: idr(15), Price: idr(15), DraftOn: c.date(-27), PostOn: c.date(-20),
			Conditions: campaign.Conditions{Country: "PH", Categories: []string{"beauty"}}})
		c.propose(0, []string{"Strong engagement with students in Metro Manila.", "Does swatches well and answers every comment.", "Fits the tint's everyday look."}, append(slices.Clone(focallureCast), "andivillaf", "ricapangi", "jolo.arcega")...)
		c.shareList(-35)
	})
	c.on(-37, "11:00", "picks", func() {
		c.pick(casting.AnswerYes, "", focallureCast...)
		c.pick(casting.AnswerReserve, "", "andivillaf", "ricapangi")
		c.pick(casting.AnswerNo, "Too much comedy for this tint", "jolo.arcega")
		c.sendPicks()
	})
	c.on(-36, "09:00", "first invoice", func() { c.invoice("") })
	c.on(-36, "10:00", "offers", func() {
		c.offer(casting.SendOffer{Rights: casting.Rights{UsageDays: 60, OnlineDays: 90}, Note: "The set is sent by courier this week."}, focallureCast[:5]...)
		c.offer(casting.SendOffer{Draft: string(c.date(-4)), Post: string(c.date(1)), Rights: casting.Rights{UsageDays: 60, OnlineDays: 90}}, "ysamercado")
	})
	c.on(-36, "18:00", "commitments", func() { c.commit(focallureCast...) })
	c.focallureWork()
	c.focallureMoney()
	c.on(-3, "09:10", "a changed point", func() {
		c.revise("The platform's own label is needed now.", 5, "Nyalakan label kerja sama berbayar milik Instagram sebelum tayang", "Switch Instagram's own paid partnership label on before posting")
	})
	c.on(-3, "13:30", "accepted", c.acceptBrief)
	c.ago(25*time.Minute, "links", func() {
		c.showLink("Grace", "the campaign's progress and its invoices")
		c.showLink("kikomana", "insights are asked for")
		c.showLink("samocampo", "a payment on its way to confirm")
	})
}

func (c *camp) focallureWork() {
	w := words{"Eight hours later and it is still on. Which shade are you?", "#FocallureTint #ad", "@focallure.ph"}
	live := focallureCast[:5]
	c.on(-28, "17:00", "drafts", func() {
		c.owed(focallureCast...)
		for _, h := range live {
			c.shown(h, 0, w)
		}
	})
	c.on(-27, "13:00", "approvals", func() {
		for _, h := range live {
			c.approve(h, 0)
		}
	})
	c.on(-20, "18:30", "posts", func() { c.post(live[0], 0); c.post(live[1], 0); c.post(live[2], 0) })
	c.on(-19, "18:30", "posts", func() { c.post(live[3], 0) })
	c.on(-12, "20:00", "insights", func() {
		c.insight("beasantillan", 0, figures{231_800, 10_940, 702, 1_118, 890}, false)
		c.insight("mikadlr", 0, figures{104_300, 4_010, 288, 512, 330}, false)
	})
	c.on(-11, "10:00", "second look", c.verifyAll)
	c.on(-9, "18:00", "a late post", func() { c.post("kikomana", 0) })
	c.on(-5, "16:00", "last draft", func() { c.upload("ysamercado", 0, w); c.first("ysamercado", 0) })
	c.on(-4, "10:00", "shown", func() { c.second("ysamercado", 0) })
	c.on(-3, "15:30", "approved", func() { c.approve("ysamercado", 0) })
	c.on(-3, "19:00", "numbers below the promise", func() { c.insight("paolobau", 0, figures{118_900, 3_520, 214, 402, 263}, false) })
	c.on(-2, "10:30", "second look", c.verifyAll)
	c.on(-1, "13:00", "numbers that wait for a second look", func() {
		c.insight("samocampo", 0, figures{88_700, 4_020, 251, 417, 266}, false)
	})
}

func (c *camp) focallureMoney() {
	c.rewind(-29, "10:00", "half of the fees", func() { c.prepare(1, true, focallureCast[:4]...) })
	c.on(-29, "11:30", "transfers abroad", func() { c.transfer(1, focallureCast[:3]...) })
	c.on(-27, "12:00", "arrivals", func() { c.arrived(1, focallureCast[:3]...) })
	c.on(-5, "09:10", "exchange rates", func() { c.rates() })
	c.on(-15, "10:15", "the first invoice, paid", func() { c.receivePart(100) })
	c.on(-8, "10:30", "the other half", func() { c.prepare(2, true, "beasantillan", "mikadlr") })
	c.on(-8, "11:00", "transfer abroad", func() { c.transfer(2, "mikadlr") })
	c.on(-6, "19:00", "arrival", func() { c.arrived(2, "mikadlr") })
	c.on(-2, "14:00", "a payout waits for the deliverable", func() {
		p := c.due(1, "ysamercado")
		if c.err == nil {
			c.note("hold", c.Payout.Hold(c.ctx, c.staff["hesti"], p.ID, payout.HoldDeliverable, c.date(4), "Content goes live tomorrow."))
		}
	})
	c.ago(22*time.Hour, "on their way abroad", func() { c.transfer(1, "samocampo"); c.transfer(2, "beasantillan") })
	c.ago(2*time.Hour, "prepared", func() { c.prepare(1, false, "kikomana") })
}
