package demo

import (
	"time"

	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
)

// disneyList are the 31 TikTok talents that the client is looking at.
var disneyList = []string{"kevhartanto", "rezanggara", "bayusetiadi", "adityawic", "dewikartika", "hanifmaul", "suryadharma", "fikriramdn", "alyaprames", "dimasarka",
	"laraskinanti", "bintangmhn", "tarimahes", "gilangsap", "intanprm", "yogawira", "citraanindya", "rendypratista", "megalaras", "arifnugra", "salsaputrii", "windaoktv",
	"ratihayu", "putrihandy", "mayasulis", "galihprs", "nabilazzhr", "nadiapar", "sekarwuland", "rakadhitama", "jajanterus.id"}

// disney is the campaign in which the client picks: 31 candidates shown, some
// answered, nothing sent yet.
func (r *run) disney() {
	c := r.camp("disney", "dewa", "tia")
	c.on(-14, "11:00", "client", func() {
		c.enter(client.Client{Name: "Disney+", LegalName: "PT Contoh Hiburan Streaming", Country: "ID", Zone: "Asia/Jakarta", Lang: "en",
			Address: "Jl. Contoh Sudirman 22, Jakarta Pusat", TaxID: "0000000000000005", WithholdsPPh23: true, PaymentDays: 30},
			client.Brand{Name: "Disney+", Category: "entertainment"},
			client.Contact{Name: "Stephanie Wijaya", Title: "Marketing manager", Email: "stephanie@disneyplus.example", Phone: "+6281200005001", Lang: "en"},
			client.Contact{Name: "Aldo Prakoso", Title: "Social lead", Email: "aldo@disneyplus.example", Phone: "+6281200005002", Lang: "id"})
	})
	c.on(-13, "10:00", "agreement", func() {
		c.agree(billing.NewAgreement{Kind: billing.KindSPK, Title: c.named("Disney+, series launch on TikTok"), Scope: "Nine TikTok talents, one video each.",
			Value: idr(81), TaxCode: billing.TaxPPN, Terms: campaign.Terms{RevisionLimit: 2, ReviewHours: 24},
			Parts: []billing.Part{part("First half, signing", 50, billing.OnSigning), part("Second half, all posted", 50, billing.OnAllPosted)}},
			campaign.NewCampaign{Name: c.named("Series Launch"), Market: "ID", Playbook: "tiktok-talents", StartOn: c.date(-12), EndOn: c.date(34), ERFormula: "views",
				Objective: campaign.Objective{Purpose: "awareness", Metric: "views", Target: 3_000_000, Audience: "Viewers 18–34 in big cities", AgreedOn: c.date(-13)}})
	})
	c.on(-12, "09:00", "brief", func() {
		c.kickOff()
		c.write([]campaign.Point{
			must("Tonton episode pertama dan ceritakan tanpa membocorkan akhir", "Watch the first episode and talk about it without spoiling the end", "script"),
			must("Tampilkan logo resmi di akhir video", "Show the official logo at the end", "visual"),
			mustNot("Jangan memakai potongan adegan selain dari press kit", "Do not use scenes from outside the press kit", "visual"),
			must("#DisneyPlusID di caption", "#DisneyPlusID in the caption", "caption"),
		})
		c.shareBrief()
	})
	c.on(-10, "15:00", "brief accepted", c.acceptBrief)
	c.on(-9, "10:00", "slots", func() {
		c.seats(9, campaign.Slot{Name: "TikTok", Deliverables: makes("tiktok video"), Budget: idr(8), Price: idr(9), DraftOn: c.date(9), PostOn: c.date(15),
			Conditions: campaign.Conditions{Country: "ID", Categories: []string{"film", "lifestyle"}}})
	})
	c.on(-5, "16:00", "list", func() {
		c.propose(0, []string{"Reviews series and gets replies in the first hour.", "Young audience in big cities.", "Light humour that fits the series.", "Good watch time on videos over 40 seconds."}, disneyList...)
	})
	c.on(-4, "10:30", "shown to the client", func() { c.shareList(2) })
	c.ago(26*time.Hour, "some answers", func() {
		c.pick(casting.AnswerYes, "", "kevhartanto", "rezanggara", "adityawic")
		c.pick(casting.AnswerReserve, "", "hanifmaul")
		c.pick(casting.AnswerNo, "Worked with another streaming service", "galihprs")
	})
	c.proposes("Stephanie", "#DisneyPlusID dan #SeriPerdana di caption")
	c.ago(80*time.Minute, "links", func() {
		c.showLink("Stephanie", "31 candidates to pick from")
		c.showLink("Aldo", "the same list, to advise on")
	})
}
