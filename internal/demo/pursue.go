package demo

import (
	"kolega/internal/client"
	"kolega/internal/money"
)

// pursue is the pipeline: one opportunity in each stage, one of them late and one
// without a next step; and what was seen outside.
func (r *run) pursue() {
	if r.n > 0 {
		return
	}
	r.begin(-40, "10:30", "opportunities", func() {
		r.chance("rani", "Larisa Skincare", "Peluncuran serum, 12 kreator kecil", "referral", 85, 40, "Telepon Pak Hadi, tanya jadwal peluncuran", 3)
		r.chance("dewa", "Kopi Senja", "Kedai ke-50, video ulasan", "watch", 40, 60, "Cari nama brand manager", 2)
	})
	r.begin(-36, "15:20", "a step done", func() {
		r.next("dewa", "Kopi Senja", "Dapat nomor Bu Ratna.", "Kirim perkenalan lewat WhatsApp", 2)
		r.note("contacted", r.Client.MoveOpportunity(r.ctx, r.staff["dewa"], r.ids["deal Kopi Senja"], client.StageContacted))
	})
	r.begin(-12, "11:00", "more opportunities", func() {
		r.chance("rani", "Batik Lestari", "Koleksi Lebaran, TikTok", "inbound", 120, 90, "Susun deck dengan tiga ide", 14)
		r.note("pitched", r.Client.MoveOpportunity(r.ctx, r.staff["rani"], r.ids["deal Batik Lestari"], client.StagePitched))
		r.chance("dewa", "Warung Digital", "Aplikasi kasir untuk UMKM", "event", 60, 30, "Tawar harga paket", 9)
		r.note("negotiation", r.Client.MoveOpportunity(r.ctx, r.staff["dewa"], r.ids["deal Warung Digital"], client.StageNegotiation))
		r.next("rani", "Larisa Skincare", "Peluncuran mundur ke Februari.", "Kirim contoh hasil campaign kecantikan", 7)
	})
	r.begin(-9, "16:00", "one is lost", func() {
		r.chance("dewa", "Sepeda Kita", "Tur kota dengan komunitas", "cold", 35, 20, "Telepon tim pemasaran", 3)
		r.note("lose", r.Client.LoseOpportunity(r.ctx, r.staff["dewa"], r.ids["deal Sepeda Kita"], "budget", "Anggaran dipindah ke tahun depan."))
	})
	r.begin(-8, "13:30", "notes", r.seen)
	r.begin(-4, "09:40", "a step done without a next one", func() {
		d, err := r.Client.Deal(r.ctx, r.staff["dewa"], r.ids["deal Kopi Senja"])
		r.note("deal", err)
		if r.err == nil {
			r.note("finish", r.Task.Finish(r.ctx, r.staff["dewa"], d.StepID, "Sudah terkirim, belum dibalas."))
		}
	})
}

func (r *run) seen() {
	brand := client.Note{Kind: client.NoteBrand, Brand: "Kopi Senja", Link: "https://www.instagram.com/p/contoh-kopi-1", SeenOn: r.today.AddDays(-10), Handles: []string{"jajanterus.id", "putrihandy"},
		Format: "Reels", Takeaway: "Memakai kreator kuliner kecil, belum punya agensi tetap."}
	r.take("rani", brand, "deal Kopi Senja")
	brand.Link, brand.Handles, brand.Takeaway, brand.SeenOn = "https://www.tiktok.com/@contohkopi/video/2", []string{"arifnugra", "ngopibareng.id"}, "Ulasan kedai baru, 20 detik, tanpa musik.", r.today.AddDays(-9)
	r.take("tia", brand, "")
	r.take("rani", client.Note{Kind: client.NoteRival, Brand: "Melati Glow", Link: "https://www.tiktok.com/@contohmelati/video/3", SeenOn: r.today.AddDays(-9), Handles: []string{"intanprm"}, Format: "TikTok",
		Takeaway: "Bedak pesaing menonjolkan harga Rp 49.000. Kita unggul di bukti cahaya alami."}, "")
	r.take("oscar", client.Note{Kind: client.NoteTrend, Brand: "Satu tarikan, tanpa potongan", Link: "https://www.tiktok.com/@contohtren/video/4", SeenOn: r.today.AddDays(-8), UntilOn: r.today.AddDays(30), Format: "TikTok 30 detik", Audience: "18–24",
		Takeaway: "Cocok untuk sebelum-sesudah kosmetik."}, "")
	r.take("tia", client.Note{Kind: client.NoteTrend, Brand: "Tebak harga", SeenOn: r.today.AddDays(-50), UntilOn: r.today.AddDays(-10), Format: "Story", Takeaway: "Cepat lewat."}, "")
}

func (r *run) take(by string, n client.Note, deal string) {
	if r.err != nil {
		return
	}
	n, err := r.Client.TakeNote(r.ctx, r.staff[by], n)
	r.note("note on "+n.Brand, err)
	if r.err == nil && deal != "" {
		r.note("attach", r.Client.AttachNote(r.ctx, r.staff[by], n.ID, r.ids[deal]))
	}
}

// chance opens an opportunity worth so many million rupiah; the work would begin in
// from days and the first step is due in due days.
func (r *run) chance(by, brand, title string, source client.Source, million, from int64, step string, due int) {
	if r.err != nil {
		return
	}
	now := r.Clock.Now()
	o := client.Opportunity{Brand: brand, Title: title, Source: source, OwnerID: r.staff[by].ID, Value: money.IDR(million * 1_000_000), FromOn: r.today.AddDays(int(from))}
	o, err := r.Client.OpenOpportunity(r.ctx, r.staff[by], o, client.Step{Text: step, Due: now.AddDate(0, 0, due).In(r.jkt).Format("2006-01-02") + " 16.00"}, false)
	r.note("open "+brand, err)
	r.ids["deal "+brand] = o.ID
}

func (r *run) next(by, brand, result, step string, due int) {
	if r.err != nil {
		return
	}
	when := r.Clock.Now().AddDate(0, 0, due).In(r.jkt).Format("2006-01-02") + " 16.00"
	r.note("next step "+brand, r.Client.NextStep(r.ctx, r.staff[by], r.ids["deal "+brand], result, client.Step{Text: step, Due: when}))
}
