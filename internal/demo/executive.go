package demo

import (
	"image/color"
	"slices"
	"time"

	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/report"
	"kolega/internal/review"
)

// executive is the campaign that is over: shot on location, posted, reported,
// paid on both sides and closed.
func (r *run) executive() {
	c := r.camp("executive", "dewa", "bagas")
	c.on(-58, "10:00", "client", func() {
		c.enter(client.Client{Name: "ID Executive", LegalName: "PT Eksekutif Contoh Indonesia", Country: "ID", Zone: "Asia/Jakarta", Lang: "id",
			Address: "Jl. Contoh Raya 1, Jakarta Pusat", TaxID: "0000000000000001", WithholdsPPh23: true, PaymentDays: 14},
			client.Brand{Name: "ID Executive", Category: "corporate"},
			client.Contact{Name: "Bambang Hartono", Title: "Head of communication", Email: "bambang@idexecutive.example", Phone: "+6281200001001", Lang: "id"})
	})
	c.on(-57, "11:00", "agreement", func() {
		c.agree(billing.NewAgreement{Kind: billing.KindSPK, Title: c.named("ID Executive, hari shooting"), Scope: "Tiga talent, masing-masing satu Reels dan satu feed, direkam di lokasi klien.",
			Value: idr(45), TaxCode: billing.TaxPPN, Terms: campaign.Terms{RevisionLimit: 2, ReviewHours: 24},
			Parts: []billing.Part{part("Termin 1, tanda tangan", 50, billing.OnSigning), part("Termin 2, laporan", 50, billing.OnReportSent)}},
			campaign.NewCampaign{Name: c.named("Hari Shooting"), Market: "ID", Playbook: "shoot-day", StartOn: c.date(-56), EndOn: c.date(-20),
				Objective: campaign.Objective{Purpose: "awareness", Metric: "reach", Target: 400_000, Audience: "Profesional muda 25–40", AgreedOn: c.date(-57)}})
	})
	c.on(-56, "09:30", "kick-off and brief", func() {
		c.kickOff()
		c.write([]campaign.Point{
			must("Tampilkan ruang kerja klien selama minimal 3 detik", "Show the client's workplace for at least 3 seconds", "visual"),
			must("Sebut nama ID Executive dalam 10 detik pertama", "Say the name ID Executive within the first 10 seconds", "script"),
			mustNot("Jangan merekam layar komputer atau dokumen", "Do not film computer screens or documents", "visual"),
			must("Tandai @idexecutive dan gunakan #IDExecutive", "Tag @idexecutive and use #IDExecutive", "caption"),
			fact("Pakaian: kemeja polos, disediakan di lokasi", "Dress: plain shirt, provided on location"),
		})
		c.shareBrief()
	})
	c.on(-55, "14:10", "brief accepted", c.acceptBrief)
	c.executiveCasting()
	c.executiveContent()
	c.executiveEnd()
}

var executiveCast = []string{"suryadharma", "gilangsap", "fikriramdn"}

func (c *camp) executiveCasting() {
	cast := executiveCast
	c.on(-55, "16:00", "slots and list", func() {
		c.seats(3, campaign.Slot{Name: "Reels dan feed", Deliverables: makes("instagram reels", "instagram feed"), Budget: idr(12), Price: idr(15), DraftOn: c.date(-41), PostOn: c.date(-36)})
		c.propose(0, []string{"Sering meliput suasana kerja, pengikutnya profesional muda.", "Bicara jelas di depan kamera dan terbiasa di lokasi.", "Gaya sehari-hari yang pas dengan suasana kantor."},
			append(slices.Clone(cast), "putrihandy", "arifnugra")...)
		c.shareList(-52)
	})
	c.on(-54, "10:20", "picks", func() {
		c.pick(casting.AnswerYes, "", cast...)
		c.pick(casting.AnswerReserve, "", "putrihandy")
		c.pick(casting.AnswerNo, "Terlalu banyak konten perjalanan", "arifnugra")
		c.sendPicks()
	})
	c.on(-54, "13:00", "offers", func() { c.offer(casting.SendOffer{Note: "Shooting di lokasi klien, makan siang disediakan."}, cast...) })
	c.on(-54, "17:30", "commitments", func() { c.commit(cast...) })
	c.on(-53, "09:15", "first invoice", func() { c.invoice("") })
	c.on(-47, "11:00", "half of the fees", func() { c.prepare(1, true, cast...) })
	c.on(-47, "15:00", "transfers", func() { c.transfer(1, cast...) })
	c.on(-46, "19:30", "arrivals", func() { c.arrived(1, cast...) })
	c.on(-45, "08:00", "shooting begins", func() { c.record(time.Time{}, true, "shoot", "hospitality") })
	c.on(-44, "17:00", "shooting ends", func() { c.record(time.Time{}, false, "shoot", "hospitality") })
	c.on(-43, "10:00", "first receipt", func() { c.receiveAll() })
}

func (c *camp) executiveContent() {
	cast := executiveCast
	caption := words{"Sehari bersama tim ID Executive. Ternyata rapatnya seru.", "#IDExecutive #KerjaBareng", "@idexecutive"}
	c.on(-42, "15:00", "drafts", func() {
		c.owed(cast...)
		for _, h := range cast {
			c.shown(h, 0, caption)
			c.shown(h, 1, caption)
		}
	})
	c.on(-41, "10:00", "approvals and one fault", func() {
		c.approve(cast[0], 0, 1)
		c.approve(cast[1], 0, 1)
		c.approve(cast[2], 1)
		item := asked{text: "Layar laptop terbaca di detik 4", atMS: 4000, class: review.Fault, point: 3, why: "Poin 3 melarang merekam layar."}
		rd := c.round(cast[2], 0, item)
		c.rule(cast[2], 0, rd, item)
	})
	c.on(-40, "11:00", "second version", func() { c.shown(cast[2], 0, caption) })
	c.on(-40, "16:40", "approval", func() { c.approve(cast[2], 0) })
	c.on(-36, "18:05", "posts", func() {
		for _, h := range cast {
			c.post(h, 0, 1)
		}
	})
	c.on(-28, "19:00", "insights", func() {
		for i, h := range cast {
			n := int64(i)
			c.insight(h, 0, figures{118_400 + n*21_300, 5_210 + n*640, 214 + n*31, 402 + n*25, 380 + n*44}, true)
			c.insight(h, 1, figures{61_200 + n*8_900, 2_140 + n*310, 96 + n*12, 188 + n*14, 74 + n*9}, true)
		}
	})
}

func (c *camp) executiveEnd() {
	cast := executiveCast
	c.on(-25, "14:00", "report", func() {
		c.dress("1F3A6E", color.RGBA{0x1f, 0x3a, 0x6e, 255})
		c.picturePosts(cast...)
		c.sendReport("Enam konten tayang tepat waktu dan menjangkau lebih dari 500 ribu akun. Suasana lokasi paling banyak dibicarakan.",
			[]string{"Konten di lokasi disimpan dua kali lebih sering daripada konten studio talent yang sama."},
			[]string{"Ulangi hari shooting dengan dua lokasi dalam satu hari."})
	})
	c.on(-25, "16:20", "words about the report", func() {
		c.say(c.as(c.signer), "best", "Pak Direktur suka yang pertama. Boleh kami pakai untuk presentasi internal?")
		c.say(c.ae, "best", "Boleh, hak pakainya enam bulan. Filenya sudah ada di PPTX laporan ini.")
	})
	c.on(-24, "09:40", "second invoice", func() { c.invoice("") })
	c.on(-22, "11:00", "the other half", func() { c.prepare(2, true, cast...) })
	c.on(-22, "14:30", "transfers", func() { c.transfer(2, cast...) })
	c.on(-21, "20:00", "arrivals", func() { c.arrived(2, cast...) })
	c.on(-14, "10:30", "second receipt", func() { c.receiveAll() })
	c.on(-13, "16:00", "closed", func() {
		if c.err == nil {
			c.note("close", c.Report.CloseCampaign(c.ctx, c.ae, c.ID, report.Farewell{Again: report.AgainYes, Reason: "Hasilnya dipakai presentasi internal; minta usulan untuk kuartal depan."}))
		}
	})
}

// record notes that works which leave no trace of their own began or ended now.
func (c *camp) record(at time.Time, begin bool, kinds ...string) {
	var works []campaign.Work
	c.read("works", func(tx *db.Tx) (err error) { works, err = campaign.ListWorks(c.ctx, tx, c.ID); return err })
	for _, w := range works {
		for _, k := range kinds {
			if w.Kind != k || c.err != nil {
				continue
			}
			do := c.run.Campaign.EndWork
			if begin {
				do = c.run.Campaign.BeginWork
			}
			_, err := do(c.ctx, c.spec, w.ID, at)
			c.note("work "+k, err)
		}
	}
}
