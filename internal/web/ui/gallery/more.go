package gallery

import (
	"kolega/internal/web/asset"
	"kolega/internal/web/ui"
)

var meanings = []struct {
	word string
	m    ui.Meaning
}{{"Netral", ui.Neutral}, {"Anda", ui.Us}, {"Menunggu", ui.Wait}, {"Klien", ui.ClientMove}, {"Terlambat", ui.Bad}, {"Tayang", ui.Good}, {"Sebagian", ui.Info}}

var (
	nameField = ui.Field{Name: "name", Label: "Nama talent", Value: "", Error: "Nama belum diisi."}
	feeField  = ui.Field{Name: "fee", Label: "Fee", Value: "1,5x", Error: "Tulis angka, misalnya 1,5 jt.", Hint: "Sebelum pajak"}
)

var timelineSample = ui.Timeline{
	Caption: "Pekerjaan November–Januari", From: "2026-11-01", Months: 3, Today: "2026-11-23",
	Groups: []ui.TimelineGroup{
		{Title: "Melati Glow", Href: "#", Rows: []ui.TimelineRow{
			{Name: "Two-Way Cake PH", Second: "9 talent", Href: "#", Bars: []ui.TimelineBar{{From: "2026-11-02", To: "2026-12-12", Kind: ui.Planned}, {From: "2026-11-02", To: "2026-11-23", Kind: ui.Actual}, {From: "2026-11-24", To: "2026-12-15", Kind: ui.Expected}}},
			{Name: "Drafting", Second: "sampai 26 Nov", Bars: []ui.TimelineBar{{From: "2026-11-12", To: "2026-11-20", Kind: ui.Planned}, {From: "2026-11-12", To: "2026-11-20", Kind: ui.Actual}, {From: "2026-11-21", To: "2026-11-23", Kind: ui.Overrun}}},
		}},
		{Title: "Kopi Selaras", Rows: []ui.TimelineRow{{Name: "Ramadan", Second: "brief", Bars: []ui.TimelineBar{{From: "2026-12-08", To: "2027-01-28", Kind: ui.Planned}}}}},
	},
}

func galleryPage(lang, theme string) ui.Page {
	p := page(lang, theme)
	p.Title, p.Nav, p.Toast, p.Demo = "Semua bagian", "reports", nil, true
	p.Crumbs = nil
	return p
}

func badIf(bad bool) ui.Meaning {
	if bad {
		return ui.Bad
	}
	return ui.Neutral
}

func badCell(bad bool) string {
	if bad {
		return "c-num cell-bad"
	}
	return "c-num"
}

func inboxPage(lang, theme string) ui.Page {
	p := galleryPage(lang, theme)
	p.Title, p.Nav, p.Demo, p.Actions = "Kotak kerja", "inbox", false, nil
	return p
}

func kawung() string { return asset.URL("icons.svg") + "#kawung" }
