package demo

import (
	"time"

	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/result"
)

// xonce is the campaign that has just begun: the deck is made, media accounts are
// listed inside, the brief waits for the client's yes.
func (r *run) xonce() {
	c := r.camp("xonce", "rani", "bagas")
	c.on(-9, "10:00", "client", func() {
		c.enter(client.Client{Name: "Xonce", LegalName: "PT Contoh Xonce Indonesia", Country: "ID", Zone: "Asia/Jakarta", Lang: "id",
			Address: "Jl. Contoh Kemang 7, Jakarta Selatan", TaxID: "0000000000000006", PaymentDays: 14},
			client.Brand{Name: "Xonce", Category: "fashion"},
			client.Contact{Name: "Natasha Kurnia", Title: "Founder", Email: "natasha@xonce.example", Phone: "+6281200006001", Lang: "id"})
	})
	c.on(-8, "13:30", "agreement", func() {
		c.agree(billing.NewAgreement{Kind: billing.KindSPK, Title: c.named("Xonce, akun media dan efek domino"), Scope: "Empat unggahan benih di akun media, dua minggu pantauan.",
			Value: idr(32), TaxCode: billing.TaxPPN, Terms: campaign.Terms{RevisionLimit: 2, ReviewHours: 24, SilenceAccepts: true},
			Parts: []billing.Part{part("Termin 1, tanda tangan", 30, billing.OnSigning), part("Termin 2, laporan", 70, billing.OnReportSent)}},
			campaign.NewCampaign{Name: c.named("Efek Domino"), Market: "ID", Playbook: "pitch-and-domino", StartOn: c.date(-7), EndOn: c.date(36),
				Objective: campaign.Objective{Purpose: "awareness", Metric: "reach", Target: 2_000_000, Audience: "Gen Z di kota besar", AgreedOn: c.date(-8)}})
	})
	c.on(-7, "09:00", "deck begun", func() { c.kickOff(); c.record(time.Time{}, true, "pitch") })
	c.on(-6, "11:00", "two plans", c.plans)
	c.on(-5, "21:00", "a test seed", c.seeded)
	c.on(-5, "23:30", "taken up", func() { c.taken("ussfeed.contoh", "wartakantin", 92_000) })
	c.on(-4, "08:10", "taken up again", func() { c.taken("folkative.contoh", "ussfeed", result.Unknown) })
	c.on(-4, "12:40", "and again", func() { c.taken("lokalramai", "folkative", 31_000) })
	c.on(-4, "19:20", "taken up too", func() { c.taken("obrolanwarung", "wartakantin", 44_000) })
	c.on(-3, "09:00", "of unknown origin", func() { c.taken("anakkereta", "", result.Unknown) })
	c.on(-3, "17:00", "deck done", func() { c.record(time.Time{}, false, "pitch") })
	c.on(-2, "10:00", "media accounts", func() {
		c.seats(4, campaign.Slot{Name: "Benih di akun media", Deliverables: makes("instagram feed"), Budget: idr(6), Price: idr(8), DraftOn: c.date(12), PostOn: c.date(16)})
		c.propose(0, []string{"Sering jadi sumber unggahan ulang akun lain.", "Komentarnya ramai dalam satu jam pertama."}, "kabarreceh", "jajanterus.id", "memekosan")
	})
	c.on(-2, "14:00", "to the specialist", c.handOver)
	c.on(-1, "11:00", "questions answered", c.answerSpecialist)
	c.on(-1, "15:20", "brief shared", func() {
		c.write([]campaign.Point{
			must("Pakai foto produk dari folder klien, satu per unggahan", "Use the client's product photos, one a post", "visual"),
			must("Kalimat pertama berupa pertanyaan", "Begin with a question", "caption"),
			mustNot("Jangan menyebut harga", "Do not mention prices", "caption"),
			must("Cantumkan #XonceDomino", "Use #XonceDomino", "caption"),
			should("Unggah antara pukul 19.00 dan 21.00", "Post between 19:00 and 21:00"),
		})
		c.shareBrief()
	})
	c.ago(90*time.Minute, "a list that waits for the supervisor", c.traineeAsks)
	c.ago(40*time.Minute, "links", func() { c.showLink("Natasha", "a brief to accept") })
}

// handOver gives the slots to the specialist, who has a question at once.
func (c *camp) handOver() {
	if c.err != nil {
		return
	}
	h, err := c.Casting.HandOver(c.ctx, c.ae, casting.HandOver{CampaignID: c.ID, Persona: "Akun media Gen Z yang sering dikutip akun lain, humor ringan, tanpa judi atau politik.",
		Excluded: "@infokomuter", Due: string(c.date(1)) + " 17:00"})
	c.note("hand over", err)
	if err == nil {
		c.note("ask", c.Casting.AskHandover(c.ctx, c.spec, h.ID, "Boleh akun yang lebih banyak pengikut luar Jawa?"))
	}
	c.handed = h.ID
}

// answerSpecialist answers the question; a later one still waits.
func (c *camp) answerSpecialist() {
	if c.err != nil {
		return
	}
	list, err := c.Casting.Handovers(c.ctx, c.ae, c.ID)
	if c.note("hand-overs", err); err != nil {
		return
	}
	for _, q := range list[0].Questions {
		c.note("answer", c.Casting.AnswerHandover(c.ctx, c.ae, c.handed, q.ID, "Boleh, asal separuhnya di kota besar."))
	}
	c.note("ask again", c.Casting.AskHandover(c.ctx, c.spec, c.handed, "Anggaran per akun bisa naik bila jangkauannya dua kali lipat?"))
}

// traineeAsks: a trainee under a supervisor would like to show the list, and
// management has set how much of a price must stay. Once for all copies of a play.
func (c *camp) traineeAsks() {
	if c.err != nil || c.n > 0 {
		return
	}
	boss, nisa := c.staff["maya"], c.staff["nisa"]
	c.note("supervisor", c.Access.Supervise(c.ctx, boss, nisa.ID, c.staff["dewa"].ID))
	c.note("floor", c.Casting.SetFloor(c.ctx, boss, 1200))
	_, err := c.Casting.Ask(c.ctx, nisa, casting.Asking{Kind: casting.AskShare, Share: casting.ShareShortlist{CampaignID: c.ID, Deadline: string(c.date(3))},
		Words: "Tiga akun pertama sudah saya cek. Boleh saya kirim ke klien?"})
	c.note("ask to share", err)
}
