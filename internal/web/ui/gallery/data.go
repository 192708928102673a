package gallery

import (
	"time"

	"kolega/internal/web/ui"
)

// Now is the instant all samples are shown at: Monday 23 November 2026, 15.42 in Jakarta.
var Now = time.Date(2026, 11, 23, 8, 42, 0, 0, time.UTC)

const manila, jakarta = "Asia/Manila", "Asia/Jakarta"

type work struct {
	Name, Handle, Platform, Tint, Deliverable string
	Done, All                                 int
	Status                                    ui.Status
	Second, Still                             string
	Ball                                      ui.Ball
	Due                                       ui.Due
	ER                                        int64
	Verified                                  bool
	Act                                       string
}

func in(h int) time.Time { return Now.Add(time.Duration(h) * time.Hour) }

func due(h int, zone string) ui.Due { return ui.Due{At: in(h), Now: Now, OwnerZone: zone} }

func status(m ui.Meaning, word string) ui.Status { return ui.Status{Word: word, Meaning: m} }

func us(since string) ui.Ball { return ui.Ball{Party: ui.PartyUs, Since: since} }

var needsUs = []work{
	{"Bea Santillan", "@beasantillan · 412 rb", "tiktok", "1", "1 TikTok · 2 Story", 0, 3, status(ui.Wait, "Draf v2 siap dicek"), "Tia sudah ACC", "a", us("kunci ke-2 · 38 mnt"), due(2, jakarta), 560, false, "Periksa draf"},
	{"Mika Delos Reyes", "@mikadlr · 186 rb", "ig", "2", "1 Reels · 1 Story", 0, 2, status(ui.ClientMove, "Di luar brief"), "ganti musik · jatah 2/2", "b", us("beri harga · 3 jam"), due(20, jakarta), 490, false, "Beri harga"},
	{"Jolo Arcega", "@jolo.arcega · 97 rb", "tiktok", "3", "2 TikTok", 0, 2, status(ui.Bad, "Draf v1 terlambat"), "2 pengingat terkirim", "", ui.Ball{Party: ui.PartyTalent, Since: "diam 27 jam", SinceMeaning: ui.Bad}, due(-22, manila), 630, false, "Lihat pengganti"},
	{"Paolo Bautista", "@paolobau · 211 rb", "tiktok", "8", "2 TikTok", 2, 2, status(ui.Bad, "Garansi ER meleset"), "insight terverifikasi", "c", us("pilih kompensasi"), due(121, jakarta), 370, true, "Buka garansi"},
}

var waiting = []work{
	{"Trish Villanueva", "@trishv · 528 rb", "ig", "4", "1 Reels · 3 Story", 0, 4, status(ui.ClientMove, "Ditinjau klien"), "v1 · jatah 0/2", "d", ui.Ball{Party: ui.PartyClient, Since: "1 hari 4 jam", SinceMeaning: ui.Wait}, due(24, jakarta), 510, false, ""},
	{"Kiko Manalastas", "@kikomana · 74 rb", "yt", "5", "1 Shorts", 0, 1, status(ui.ClientMove, "Ditinjau klien"), "v3 · jatah 1/2", "e", ui.Ball{Party: ui.PartyClient, Since: "5 jam"}, due(42, jakarta), 440, false, ""},
	{"Sam Ocampo", "@samocampo · 143 rb", "tiktok", "6", "1 TikTok · 1 Story", 0, 2, status(ui.Wait, "Revisi berjalan"), "3 butir · 1 selesai", "f", ui.Ball{Party: ui.PartyTalent, Since: "6 jam"}, due(49, manila), 580, false, ""},
	{"Ysa Mercado", "@ysamercado · 65 rb", "ig", "2", "1 Reels · 1 Story", 1, 2, status(ui.Info, "Tayang sebagian"), "Story jadwal besok", "g", ui.Ball{Party: ui.PartyTalent, Since: "tayang Story"}, due(27, manila), 520, true, ""},
}

var finished = []work{
	{"Nadia Paramitha", "@nadiapar · 338 rb", "ig", "7", "1 Reels · 2 Story", 3, 3, status(ui.Good, "Tayang"), "Insight lengkap", "h", ui.Ball{Party: ui.PartyNobody, Since: "bayar 30 Nov"}, ui.Due{At: in(-69), Now: Now, OwnerZone: jakarta, Done: true}, 540, true, ""},
}

func page(lang, theme string) ui.Page {
	return ui.Page{
		Title: "Two-Way Cake PH", Nav: "campaigns", Lang: lang, Theme: theme, News: 4, Now: Now,
		Crumbs:      []ui.Crumb{{Label: "Campaign", Href: "/campaigns"}, {Label: "Melati Glow", Href: "/clients/1"}, {Label: "Two-Way Cake PH"}},
		Person:      ui.Person{Name: "Rani Kusuma", Role: "Account executive", Tint: "7"},
		Counts:      map[string]int{"inbox": 7, "money": 3},
		Clocks:      []ui.ClockFace{{City: "Jakarta", Time: "15.42", Zone: jakarta, Open: true}, {City: "Manila", Time: "16.42", Zone: manila, Open: true}},
		MyCampaigns: []ui.MyCampaign{{Name: "Two-Way Cake PH", Href: "/c/1", Health: ui.Wait, Current: true}, {Name: "Dari Rumah Aja", Href: "/c/2", Health: ui.Good}, {Name: "Kopi Selaras Ramadan", Href: "/c/3", Health: ui.Good}, {Name: "Serial Nusa Stream", Href: "/c/4", Health: ui.Bad}},
		Actions:     ui.Button{Label: "Bagikan ke klien", Icon: "share", Href: "/share"},
		Toast:       &ui.Toast{Text: "Draf Kiko dikirim ke klien", UndoURL: "/undo", Key: "k", Seconds: 600},
	}
}

var figures = ui.KeyFigures{
	{Label: "Sudah tayang", Value: "6", Of: "/ 21", Note: "rencana hari ini 7"},
	{Label: "Menunggu klien", Value: "2", Of: "draf", Note: "tertua 1 hari 4 jam", Meaning: ui.Wait},
	{Label: "Di luar brief", Value: "5", Of: "/ 18 jatah", Note: "1 perlu diberi harga", Meaning: ui.ClientMove},
	{Label: "ER tertimbang", Value: "4,8%", Of: "target 5,0%", Note: "0,2 poin di bawah", Meaning: ui.Bad, Formula: &ui.Formula{ID: "fx-er", Value: "4,8%", Title: "ER tertimbang", Text: "jumlah interaksi ÷ jumlah pengikut, dari postingan yang sudah terverifikasi", Inputs: ui.Terms{{Name: "Interaksi", Text: "46.320"}, {Name: "Pengikut", Text: "965.000"}}, Href: "/facts"}},
	{Label: "Anggaran talent", Value: "Rp 268 jt", Of: "/ 290 jt", Note: "3 pembayaran siap", Exact: "Rp 268.000.000"},
}

var stages = ui.Stages{
	{Name: "Brief", Fact: "Dikunci versi 3", When: "Selesai 4 Nov", State: ui.StageDone, Href: "#"},
	{Name: "List talent", Fact: "31 nama disaring", When: "Selesai 8 Nov", State: ui.StageDone, Href: "#"},
	{Name: "Pilihan brand", Fact: "9 dari 31 dipilih", When: "Selesai 11 Nov", State: ui.StageDone, Facts: []string{"9 ya", "4 cadangan", "18 tidak"}},
	{Name: "Drafting", Fact: "3 dari 9 disetujui", When: "sampai 26 Nov", State: ui.StageNow, Done: 3, All: 9, Facts: []string{"3 disetujui dua pihak", "2 ditinjau klien", "1 terlambat"}},
	{Name: "Tayang", Fact: "6 dari 21 postingan", When: "20 Nov – 4 Des", State: ui.StagePart, Done: 6, All: 21, Href: "#"},
	{Name: "Laporan", Fact: "Insight 1 dari 9", When: "mulai 7 Des", State: ui.StageNext, Done: 1, All: 9, Href: "#"},
}
