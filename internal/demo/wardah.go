package demo

import (
	"time"

	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/review"
)

// wardah is the campaign in full swing: nine talents, a draft with each party, a
// wish over the limit that needs its price, a guarantee that was met.
func (r *run) wardah() {
	c := r.camp("wardah", "rani", "bagas")
	c.on(-29, "10:00", "client", func() {
		c.enter(client.Client{Name: "Wardah Beauty", LegalName: "PT Contoh Kosmetika Tradisi", Country: "ID", Zone: "Asia/Jakarta", Lang: "id",
			Address: "Jl. Contoh Industri 9, Tangerang", TaxID: "0000000000000002", WithholdsPPh23: true, PaymentDays: 30},
			client.Brand{Name: "Wardah", Category: "beauty", Rivals: []string{"Melati Glow"}},
			client.Contact{Name: "Larasati Dewi", Title: "Brand manager", Email: "larasati@wardah.example", Phone: "+6281200002001", Lang: "id"},
			client.Contact{Name: "Feby Anggraeni", Title: "Social media", Email: "feby@wardah.example", Phone: "+6281200002002", Lang: "id"})
	})
	c.on(-28, "15:00", "agreement", func() {
		c.agree(billing.NewAgreement{Kind: billing.KindContract, Title: c.named("Wardah, Exclusive Two Way Cake"),
			Scope: "Sembilan talent, TikTok dan Instagram, dengan garansi engagement rate.", Value: idr(71), TaxCode: billing.TaxPPN,
			Terms: campaign.Terms{RevisionLimit: 2, ReviewHours: 18, Guarantee: guarantee(500)},
			Parts: []billing.Part{part("Termin 1, tanda tangan", 40, billing.OnSigning), part("Termin 2, semua tayang", 30, billing.OnAllPosted), part("Termin 3, laporan", 30, billing.OnReportSent)}},
			campaign.NewCampaign{Name: c.named("Exclusive Two Way Cake"), Market: "ID", Playbook: "exclusive-launch", StartOn: c.date(-27), EndOn: c.date(24), ERFormula: "reach",
				Objective: campaign.Objective{Purpose: "engagement", Metric: "engagement rate", Target: 5, Audience: "Perempuan 18–30, kulit kering", AgreedOn: c.date(-28)}})
	})
	c.on(-27, "09:10", "meeting and brief", func() {
		c.kickOff()
		c.record(time.Time{}, true, "meeting")
		c.write(twoWayCake, asks("Apakah kulit wajah Anda cenderung kering?", "Is your facial skin rather dry?"))
	})
	c.on(-27, "11:30", "meeting over", func() { c.record(time.Time{}, false, "meeting") })
	c.on(-26, "10:00", "first invoice", func() { c.invoice("") })
	c.on(-26, "13:20", "brief shared", c.shareBrief)
	c.on(-25, "16:45", "brief accepted", c.acceptBrief)
	c.wardahCasting()
	c.wardahDrafts()
	c.wardahMoney()
	c.meets("Larasati")
	c.ago(20*time.Minute, "links", func() {
		c.showLink("Larasati", "one draft to watch and decide on, the brief, the invoices")
		c.showLink("tarimahes", "a draft that is a day late")
		c.showLink("nabilazzhr", "a list of corrections to work on")
		c.showLink("ratihayu", "one post live, a story to be posted tomorrow")
	})
}

// twoWayCake is what the client demands.
var twoWayCake = []campaign.Point{
	must("Sebut \"Wardah Exclusive Two Way Cake\" dalam 5 detik pertama", "Say \"Wardah Exclusive Two Way Cake\" within the first 5 seconds", "script"),
	must("Tunjukkan hasil sebelum dan sesudah di cahaya alami", "Show before and after in natural light", "visual"),
	must("Tampilkan nomor shade yang dipakai", "Show the number of the shade in use", "visual"),
	mustNot("Jangan memakai filter kecantikan", "Do not use a beauty filter", "visual"),
	mustNot("Jangan membandingkan dengan merek lain", "Do not compare with other brands", "script", "caption"),
	must("Tag @wardahbeauty dan #ExclusiveTwoWayCake", "Tag @wardahbeauty and #ExclusiveTwoWayCake", "caption"),
	must("Beri label iklan", "Label it as advertising", "posting"),
	should("Musik tenang, suara pembicara tetap jelas", "Calm music, the voice stays clear"),
	fact("Harga di toko daring Rp 69.000", "Price in the online shop IDR 69,000"),
}

var wardahCast = []string{"citraanindya", "sekarwuland", "salsaputrii", "tarimahes", "mayasulis", "nadiapar", "laraskinanti", "nabilazzhr", "ratihayu"}

func (c *camp) wardahCasting() {
	whys := []string{"Kulit kering dan sering mengulas alas bedak.", "Pengikutnya perempuan 18–24, komentarnya aktif.", "Gaya sebelum-sesudah yang jujur, tanpa filter.", "Rate card pas untuk jatah ini."}
	c.on(-25, "17:30", "slots", func() {
		c.seats(4, campaign.Slot{Name: "TikTok", Deliverables: makes("tiktok video"), Budget: idr(4), Price: idr(4), DraftOn: c.date(-3), PostOn: c.date(4),
			Conditions: campaign.Conditions{Country: "ID", Categories: []string{"beauty"}}})
		c.seats(5, campaign.Slot{Name: "Reels dan Story", Deliverables: makes("instagram reels", "instagram story"), Budget: idr(9), Price: idr(11), DraftOn: c.date(-3), PostOn: c.date(4),
			Conditions: campaign.Conditions{Country: "ID", Categories: []string{"beauty"}}})
	})
	c.on(-24, "14:00", "list", func() {
		c.propose(0, whys, "citraanindya", "sekarwuland", "salsaputrii", "mayasulis", "intanprm", "putrihandy")
		c.propose(4, whys, "tarimahes", "nadiapar", "laraskinanti", "nabilazzhr", "ratihayu", "alyaprames")
		c.shareList(-21)
	})
	c.on(-23, "19:20", "picks", func() {
		c.pick(casting.AnswerYes, "", wardahCast...)
		c.pick(casting.AnswerReserve, "", "intanprm")
		c.pick(casting.AnswerNo, "Baru bekerja sama dengan merek lain", "putrihandy", "alyaprames")
		c.sendPicks()
	})
	dates := func(draft, post int) casting.SendOffer {
		return casting.SendOffer{Draft: string(c.date(draft)), Post: string(c.date(post)), Rights: casting.Rights{UsageDays: 90, OnlineDays: 60, ExclusiveDays: 30, Category: "beauty"},
			Note: "Produk dikirim ke alamat Anda minggu ini."}
	}
	c.on(-22, "10:15", "offers", func() {
		c.offer(dates(-16, -12), "nadiapar")
		c.offer(dates(-9, 3), "mayasulis")
		c.offer(dates(-6, 1), "ratihayu", "laraskinanti")
		c.offer(dates(1, 3), "salsaputrii", "nabilazzhr")
		c.offer(dates(0, 4), "citraanindya", "sekarwuland")
		late := dates(-1, 4)
		late.Draft = c.wall(27 * time.Hour)
		c.offer(late, "tarimahes")
	})
	c.on(-22, "20:40", "commitments", func() { c.commit(wardahCast...) })
}

// ring is a drawing on a frame: what a finger leaves around something.
const ring = `[{"t":2000,"p":[0.5,0.3,0.62,0.33,0.68,0.42,0.64,0.52,0.52,0.56,0.4,0.53,0.34,0.44,0.38,0.34,0.5,0.3]}]`

func (c *camp) wardahDrafts() {
	w := words{"Two Way Cake baru dari @wardahbeauty, di kulit keringku hasilnya begini. Shade 03.", "#ExclusiveTwoWayCake #WardahBeauty #iklan", "@wardahbeauty"}
	c.on(-17, "18:00", "first draft", func() {
		c.owed(wardahCast...)
		c.upload("nadiapar", 0, w)
		c.upload("nadiapar", 1, w)
	})
	c.on(-16, "10:05", "checks", func() {
		for piece := range 2 {
			c.first("nadiapar", piece)
			c.second("nadiapar", piece)
		}
	})
	c.on(-16, "15:00", "approval", func() { c.approve("nadiapar", 0, 1) })
	c.on(-12, "19:00", "posts", func() { c.post("nadiapar", 0, 1) })
	music := asked{text: "Musiknya diganti yang lebih ceria", atMS: 1000, class: review.Wish, why: "Brief hanya meminta musik tenang."}
	shade := asked{text: "Bisa pakai shade 05 juga?", class: review.Wish, why: "Brief meminta satu shade."}
	ending := asked{text: "Tambah adegan penutup di luar ruangan", atMS: 5000, class: review.Wish, why: "Tidak ada di brief, perlu rekam ulang."}
	for i, wish := range []asked{music, shade, ending} {
		day := -10 + 3*i
		c.on(day, "13:00", "draft with a wish", func() { c.shown("mayasulis", 0, w) })
		c.on(day+1, "11:00", "wish", func() {
			rd := c.round("mayasulis", 0, wish)
			c.rule("mayasulis", 0, rd, wish)
		})
	}
	c.on(-7, "16:00", "two more drafts", func() {
		for piece := range 2 {
			c.shown("ratihayu", piece, w)
			c.shown("laraskinanti", piece, w)
		}
	})
	c.on(-6, "10:00", "approvals", func() {
		c.approve("ratihayu", 0, 1)
		c.approve("laraskinanti", 0)
		c.told("laraskinanti", 1, "Halo kak Rani, yang story Laras sudah aku lihat", "Ok kak, ACC ya yang story. Musiknya pas")
	})
	c.on(-5, "12:30", "insights of the first", func() {
		c.insight("nadiapar", 0, figures{212_400, 9_820, 611, 1_204, 1_015}, false)
		c.insight("nadiapar", 1, figures{58_300, 1_980, 0, 0, 312}, false)
	})
	c.on(-4, "09:45", "second look", func() { c.verifyAll() })
	fault := asked{text: "Nama produk baru disebut di detik 9", atMS: 9000, class: review.Fault, point: 1, why: "Poin 1: dalam 5 detik pertama."}
	c.on(-4, "20:00", "draft", func() { c.upload("nabilazzhr", 0, w) })
	c.on(-3, "10:00", "shown", func() { c.first("nabilazzhr", 0); c.second("nabilazzhr", 0) })
	c.on(-2, "15:10", "corrections", func() {
		rd := c.round("nabilazzhr", 0, fault)
		c.rule("nabilazzhr", 0, rd, fault)
	})
	c.wardahRound(w)
	c.ago(28*time.Hour, "shown to the client", func() { c.second("salsaputrii", 0) })
	c.ago(20*time.Hour, "draft", func() { c.upload("sekarwuland", 0, w) })
	c.on(-11, "10:00", "links and codes", func() { c.trace("nadiapar", "https://wardahbeauty.example/two-way-cake", "NADIA10", 42, 18, 2_682_000) })
	c.ago(16*time.Hour, "reels live", func() { c.post("ratihayu", 0) })
	c.ago(3*time.Hour, "first key", func() { c.first("sekarwuland", 0) })
	c.ago(2*time.Hour, "a call that changes the brief", func() {
		c.proposeChange("Telepon mingguan", 2, "Tunjukkan hasil sebelum dan sesudah di cahaya alami, wajah dari dua sisi", "Show before and after in natural light, the face from both sides")
	})
	c.ago(38*time.Minute, "draft for the specialist", func() { c.upload("citraanindya", 0, w) })
}

// wardahRound is a first version with a fault and a wish, and a second that answers both.
func (c *camp) wardahRound(w words) {
	label := asked{text: "Label kemasan tertutup jari, mohon terlihat", atMS: 2000, untilMS: 4000, drawing: ring, class: review.Fault, point: 1, why: "Produk harus terlihat."}
	outro := asked{text: "Kalimat penutup boleh lebih santai?", atMS: 5000, class: review.Wish, why: "Brief tidak mengatur kalimat penutup."}
	var first review.Round
	c.on(-6, "17:00", "a draft", func() { c.shown("salsaputrii", 0, w) })
	c.on(-5, "14:00", "corrections", func() {
		first = c.round("salsaputrii", 0, label, outro)
		c.rule("salsaputrii", 0, first, label, outro)
	})
	c.ago(31*time.Hour, "draft", func() {
		c.upload("salsaputrii", 0, w, c.said(first, "", "Kalimat ini sudah dipakai di video lain minggu ini, takut dikira iklan ganda.")...)
		c.remark("salsaputrii", 0, 3000, "Label sudah jelas. Warna kulit agak kuning, tetapi tidak melanggar brief.")
		c.first("salsaputrii", 0)
	})
}

func (c *camp) wardahMoney() {
	paid := []string{"nadiapar", "laraskinanti", "salsaputrii", "sekarwuland", "citraanindya"}
	c.rewind(-15, "11:00", "half of the fees", func() { c.prepare(1, true, paid...) })
	c.on(-15, "14:00", "transfers", func() { c.transfer(1, paid...) })
	c.on(-14, "19:00", "arrivals", func() { c.arrived(1, paid...) })
	c.on(-6, "11:15", "part of the first invoice", func() { c.receivePart(60) })
	c.on(-2, "14:10", "addendum", c.addendum)
	c.on(-1, "16:40", "the bank statement", func() { c.statement() })
	c.on(-3, "14:00", "a payout waits for release", func() { c.prepare(1, false, "ratihayu", "nabilazzhr") })
}
