package demo

import (
	"time"

	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/review"
)

// grab is the campaign in negotiation: an offer that waits for its talent, a
// counter that waits for the agency, a booking at risk, one that was replaced,
// and an invoice that is overdue.
func (r *run) grab() {
	c := r.camp("grab", "rani", "tia")
	c.on(-27, "13:00", "client", func() {
		c.enter(client.Client{Name: "Grab", LegalName: "PT Contoh Solusi Transportasi", Country: "ID", Zone: "Asia/Jakarta", Lang: "id",
			Address: "Jl. Contoh Rasuna 3, Jakarta Selatan", TaxID: "0000000000000004", WithholdsPPh23: true, PORequired: true, PaymentDays: 14},
			client.Brand{Name: "Grab", Category: "transport"},
			client.Contact{Name: "Yohanes Siregar", Title: "Campaign lead", Email: "yohanes@grab.example", Phone: "+6281200004001", Lang: "id"})
	})
	c.on(-26, "10:00", "agreement", func() {
		c.agree(billing.NewAgreement{Kind: billing.KindPO, ClientRef: "PO-4500012345", Title: c.named("Grab, Dari Rumah Aja"),
			Scope: "Lima talent, satu Reels dan satu Story, tema pesan dari rumah.", Value: idr(50), TaxCode: billing.TaxPPN,
			Terms: campaign.Terms{RevisionLimit: 1, ReviewHours: 16},
			Parts: []billing.Part{part("Termin 1, tanda tangan", 50, billing.OnSigning), part("Termin 2, laporan", 50, billing.OnReportSent)}},
			campaign.NewCampaign{Name: c.named("Dari Rumah Aja"), Market: "ID", Playbook: "brief-and-negotiate", StartOn: c.date(-25), EndOn: c.date(20),
				Objective: campaign.Objective{Purpose: "sales", Metric: "voucher", Target: 5_000, Audience: "Pekerja dan keluarga di kota besar", AgreedOn: c.date(-26)}})
	})
	c.on(-25, "09:20", "invoice", func() { c.invoice("4500012345") })
	c.on(-25, "14:00", "brief", func() {
		c.kickOff()
		c.sends("Brief Grab Dari Rumah Aja.txt", grabText)
		c.write([]campaign.Point{
			must("Sebut kode voucher DIRUMAHAJA di video dan caption", "Give the voucher code DIRUMAHAJA in video and caption", "script", "caption"),
			must("Tunjukkan aplikasi dari memesan sampai diantar", "Show the app from order to delivery", "visual"),
			mustNot("Jangan tampilkan pelat nomor atau wajah mitra pengemudi", "Do not show plates or faces of drivers", "visual"),
			must("Tautan di profil aktif selama 14 hari", "Keep the link in the profile for 14 days", "link"),
			fact("Voucher berlaku sampai akhir bulan depan", "The voucher is valid until the end of next month"),
			advice("Buka dengan suara hujan: penonton langsung paham kenapa memesan dari rumah", "Open with the sound of rain: viewers see at once why one orders from home"),
		})
		c.shareBrief()
	})
	c.on(-24, "16:30", "brief accepted", c.acceptBrief)
	c.on(-23, "15:00", "list", func() {
		c.seats(5, campaign.Slot{Name: "Reels dan Story", Deliverables: makes("instagram reels", "instagram story"), Budget: idr(9), Price: idr(10), DraftOn: c.date(5), PostOn: c.date(9),
			Conditions: campaign.Conditions{Country: "ID"}})
		c.propose(0, []string{"Sering memesan makanan di konten malam.", "Tinggal di kota besar, gaya bercerita santai.", "Pengikutnya pekerja yang pulang larut."},
			"rendypratista", "fikriramdn", "bintangmhn", "dimasarka", "jajanterus.id", "windaoktv", "suryadharma", "kabarreceh")
		c.shareList(-19)
	})
	c.on(-20, "11:40", "picks", func() {
		c.pick(casting.AnswerYes, "", "rendypratista", "fikriramdn", "bintangmhn", "dimasarka", "jajanterus.id")
		c.pick(casting.AnswerReserve, "", "windaoktv", "suryadharma")
		c.pick(casting.AnswerNo, "Di luar anggaran", "kabarreceh")
		c.sendPicks()
	})
	c.grabBookings()
	c.grabToday()
}

// grabText is the client's own file, as it came.
const grabText = `Halo tim,

WAJIB:
1. Sebut kode voucher DIRUMAHAJA di video dan caption
2. Tunjukkan aplikasi dari memesan sampai diantar
3. Tautan di profil aktif selama 14 hari

JANGAN:
- tampilkan pelat nomor atau wajah mitra pengemudi

Info: voucher berlaku sampai akhir bulan depan
Terima kasih`

func (c *camp) grabBookings() {
	c.on(-12, "10:00", "offers", func() {
		c.offer(casting.SendOffer{Draft: string(c.date(1)), Post: string(c.date(5))}, "bintangmhn", "dimasarka")
		c.offer(casting.SendOffer{Draft: string(c.date(-1)), Post: string(c.date(4))}, "jajanterus.id")
	})
	c.on(-12, "19:00", "commitments", func() { c.commit("bintangmhn", "dimasarka", "jajanterus.id") })
	c.on(-8, "10:00", "reminder", c.remindOverdue)
	c.on(-3, "08:40", "a booking drops", func() {
		if c.err == nil {
			_, err := c.Casting.DecideIncident(c.ctx, c.ae, casting.DecideIncident{
				ReportIncident: casting.ReportIncident{BookingID: c.bookings["dimasarka"].ID, Kind: casting.DropIllness, Since: c.date(-4)},
				Decision:       casting.Replace, Told: "whatsapp",
				Words: "Pak Yohanes, Dimas tidak dapat memenuhi tanggalnya karena alasan pribadi. Cadangan pertama Anda, Winda, kami hubungi hari ini."})
			c.note("drop", err)
		}
	})
	c.on(-3, "10:30", "the first reserve is asked", func() { c.offer(casting.SendOffer{}, "windaoktv") })
	c.on(-3, "17:00", "the reserve commits", func() { c.commit("windaoktv") })
	c.on(-2, "18:00", "a draft", func() {
		c.owed("jajanterus.id")
		c.upload("jajanterus.id", 0, words{"Hujan deras, dapur kosong, tinggal pesan. Kode DIRUMAHAJA.", "#DariRumahAja #iklan", "@grabid"})
	})
	c.on(-1, "10:20", "returned by the first key", func() {
		c.turn(c.spec, review.KeySpecialist, "jajanterus.id", 0, map[int64]string{3: "Pelat motor terbaca di detik 4."})
	})
}

func (c *camp) grabToday() {
	c.ago(9*time.Hour, "an offer", func() { c.offer(casting.SendOffer{}, "rendypratista") })
	c.ago(5*time.Hour, "the talent asks for more", c.counter)
	c.ago(4*time.Hour, "a sample goes out", c.sample)
	c.ago(200*time.Minute, "a new version of the brief", func() {
		c.revise("Kode voucher diganti karena yang lama sudah dipakai promo lain.", 1, "Sebut kode voucher DIRUMAH20 di video, caption, dan komentar pertama", "Give the voucher code DIRUMAH20 in video, caption and first comment")
	})
	c.ago(3*time.Hour, "an offer that waits", func() { c.offer(casting.SendOffer{Note: "Bisa direkam di rumah, tanpa kru."}, "fikriramdn") })
	c.ago(150*time.Minute, "a concept is wanted", func() { c.wantConcept("windaoktv", 0) })
	c.ago(80*time.Minute, "a concept that waits for the client", func() {
		c.concept("windaoktv", 0, "Hujan di luar, dapur sudah tutup. Winda memesan dari sofa dan menghitung mundur sampai bel berbunyi.",
			"Kode DIRUMAH20 disebut di 5 detik pertama", "Layar aplikasi dari memesan sampai diantar, tanpa potongan", "Bel pintu sebagai penutup")
	})
	c.ago(2*time.Hour, "a talent cannot", func() {
		actor := c.as("bintangmhn")
		if c.err == nil {
			c.note("check-in", c.Casting.AnswerCheckIn(c.ctx, actor, c.bookings["bintangmhn"].ID, casting.CannotDeliver, "Kamera rusak, belum ada pengganti."))
		}
	})
	c.ago(100*time.Minute, "a shoot day", func() {
		c.shootDay(2, "Dapur Jajan Terus, Bandung", "Kaus hijau, dua ponsel, tas pesanan", "jajanterus.id")
	})
	c.ago(15*time.Minute, "links", func() {
		c.showLink("fikriramdn", "an offer to answer, with the brief to tick")
		c.showLink("windaoktv", "an address to give for a product sample, and a concept that the client looks at")
		c.showLink("jajanterus.id", "a draft returned before the client saw it")
		c.showLink("Yohanes", "a changed brief, a replacement, and an overdue invoice")
	})
}

// sample asks one talent where a product goes, and sends another's on its way.
func (c *camp) sample() {
	if c.err != nil {
		return
	}
	c.note("ask for an address", c.Casting.AskParcel(c.ctx, c.spec, c.bookings["windaoktv"].ID, "Kaus dan tas belanja", 3))
	id := c.bookings["bintangmhn"].ID
	c.note("ask for an address", c.Casting.AskParcel(c.ctx, c.spec, id, "Kaus dan tas belanja", 0))
	c.note("address", c.Casting.GiveAddress(c.ctx, c.as("bintangmhn"), id, "Bintang Mahendra", "Jl. Contoh Soekarno Hatta 17, Malang 65141"))
	c.note("send", c.Casting.SendParcel(c.ctx, c.spec, id, "JNE", "CGK0123456789"))
}

// counter is a talent's answer with another fee.
func (c *camp) counter() {
	const h = "rendypratista"
	c.acknowledge(h)
	c.stepUp(c.as(h), casting.StepUpPurpose(c.offers[h].ID))
	if c.err != nil {
		return
	}
	yes := map[casting.DateKind]bool{}
	for _, d := range c.offers[h].Dates {
		yes[d.Kind] = true
	}
	_, err := c.Casting.AnswerOffer(c.ctx, c.as(h), casting.AnswerOffer{ID: c.offers[h].ID, Yes: yes, Asked: idr(9), Note: "Story ditambah stiker tautan, jadi mohon disesuaikan."})
	c.note("counter", err)
}

// remindOverdue notes that a person reminded the client of the oldest open invoice.
func (c *camp) remindOverdue() {
	open := c.open()
	if c.err == nil && len(open) > 0 {
		c.note("reminder", c.Billing.RecordReminder(c.ctx, c.staff["hesti"], open[0].Invoice.ID,
			billing.Sent{Step: 3, Via: "whatsapp", PromiseOn: c.date(-4), Note: "Menunggu tanda tangan bagian keuangan."}))
	}
}
