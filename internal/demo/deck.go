package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/idea"
	"kolega/internal/money"
	"kolega/internal/pitch"
	"kolega/internal/proof"
	"kolega/internal/result"
	"kolega/internal/talent"
)

// decks is one pitch from a brainstorm to a deck that somebody reads, another that a
// designer works on, and the library both stand on.
func (r *run) decks() {
	if r.n > 0 {
		return
	}
	r.begin(-12, "13:30", "a brainstorm", r.brainstorm)
	r.begin(-11, "10:15", "proofs and sheets", r.library)
	r.begin(-11, "14:00", "a deck", r.batik)
	r.begin(-10, "16:20", "a designer hands in", r.designed)
	r.begin(-9, "10:05", "the deck goes out", r.sendBatik)
	r.begin(-7, "19:40", "somebody reads", r.readBatik)
	r.begin(-5, "14:30", "another deck", r.larisa)
}

func (r *run) brainstorm() {
	b, err := r.Idea.OpenBoard(r.ctx, r.staff["rani"], idea.Board{Title: "Batik Lestari: Lebaran", Question: "Cerita apa yang membuat orang memakai batik di luar hari raya?", DealID: r.ids["deal Batik Lestari"]})
	r.note("board", err)
	add := func(by, title, body string, kind idea.Kind, votes ...string) string {
		if r.err != nil {
			return ""
		}
		i, err := r.Idea.AddIdea(r.ctx, r.staff[by], idea.Idea{BoardID: b.ID, Title: title, Body: body, Kind: kind, Links: []string{"https://www.tiktok.com/@contohtren/video/4"}})
		r.note("idea", err)
		for _, v := range votes {
			r.note("vote", r.Idea.Vote(r.ctx, r.staff[v], i.ID, true))
		}
		return i.ID
	}
	r.ids["idea batik"] = add("tia", "Satu kain, tujuh hari", "Satu kain batik dipakai tujuh hari dengan tujuh cara. Setiap kreator mendapat satu hari.", "kol", "rani", "dewa", "oscar", "bagas")
	kept := add("oscar", "Kain nenek", "Penonton mengirim foto kain lama keluarga, kreator menceritakan motifnya.", "mixed", "rani", "tia")
	dropped := add("nisa", "Tebak harga batik", "Di pasar, tanpa melihat label.", "media", "tia")
	add("bagas", "Batik di kantor hari Senin", "", "kol", "nisa")
	if r.err == nil {
		r.note("keep", r.Idea.Decide(r.ctx, r.staff["rani"], kept, idea.Keep, ""))
		r.note("drop", r.Idea.Decide(r.ctx, r.staff["rani"], dropped, idea.Drop, "Menonjolkan harga, bukan cerita."))
	}
}

func (r *run) library() {
	add := func(key string, p proof.Proof) {
		if r.err == nil {
			p, err := r.Proof.KeepProof(r.ctx, r.staff["rani"], p)
			r.note("proof "+key, err)
			r.ids["proof "+key] = p.ID
		}
	}
	add("word", proof.Proof{Kind: proof.Testimonial, Title: "Laporan yang jujur", Body: "Angkanya apa adanya, termasuk yang tidak tercapai. Itu yang membuat kami percaya.", Who: "Ibu Laras (contoh)", Permission: proof.Anonymised, Alias: "Manajer pemasaran, merek kosmetik nasional",
		Consent: "Lewat WhatsApp, boleh tanpa nama", ConsentOn: r.today.AddDays(-40), SourceOn: r.today.AddDays(-41)})
	add("market", proof.Proof{Kind: proof.Statistic, Title: "Belanja busana lewat video pendek", Body: "Dua dari tiga pembeli busana daring pernah membeli setelah menonton video pendek (angka contoh).", Source: "Survei contoh, agensi", SourceOn: r.today.AddDays(-120), Permission: proof.MayShow})
	add("old", proof.Proof{Kind: proof.Statistic, Title: "Waktu menonton video", Body: "Angka contoh dari survei lama.", Source: "Survei contoh lama", SourceOn: r.today.AddDays(-900), Permission: proof.MayShow})
	add("expert", proof.Proof{Kind: proof.Expert, Title: "Motif sebagai cerita", Body: "Orang membeli motif karena ceritanya, bukan warnanya.", Who: "Peneliti tekstil (contoh)", Permission: proof.MayNot})
	if r.err != nil {
		return
	}
	c, err := r.Proof.MakeCase(r.ctx, r.staff["rani"], r.ids["executive"])
	r.note("case study", err)
	if r.err != nil {
		return
	}
	c.Permission, c.Consent, c.ConsentOn = proof.MayShow, "Disetujui lewat surel", r.today.AddDays(-11)
	r.note("permission", r.Proof.CorrectProof(r.ctx, r.staff["rani"], c))
	r.ids["proof case"] = c.ID
	file := func(name string) proof.File { return proof.File{Name: name, Data: bytes.NewReader(swatch(60))} }
	s, err := r.Proof.NewSheet(r.ctx, r.staff["rani"], proof.Sheet{Title: "Daftar layanan dan harga", Kind: "price"}, proof.SheetVersion{FromOn: r.today.AddDays(-400), UntilOn: r.today.AddDays(-40), Note: "Harga lama"}, file("harga-lama.png"))
	r.note("sheet", err)
	if r.err == nil {
		r.note("sheet version", r.Proof.AddSheetVersion(r.ctx, r.staff["rani"], s.ID, proof.SheetVersion{FromOn: r.today.AddDays(-39), UntilOn: r.today.AddDays(200)}, file("harga.png")))
	}
}

// swatch is a small picture that stands for a file.
func swatch(shade uint8) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 320, 180))
	for i := range 320 * 180 {
		x, y := i%320, i/320
		m.Set(x, y, color.RGBA{uint8(90 + (x/32%2)*60), shade + uint8(y/3), 70, 255})
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m) // into memory: cannot fail
	return b.Bytes()
}

// facesAt are ids of talents by their accounts.
func (r *run) facesAt(handles ...string) (ids []string) {
	r.note("talents", r.DB.Read(r.ctx, func(tx *db.Tx) error {
		for _, h := range handles {
			a, err := talent.AccountAt(r.ctx, tx, "instagram", h)
			if err != nil {
				return err
			}
			ids = append(ids, a.TalentID)
		}
		return nil
	}))
	return ids
}

// newDeck begins a deck with its parts.
func (r *run) newDeck(key string, d pitch.Deck, parts ...pitch.Part) {
	if r.err != nil {
		return
	}
	d, err := r.Pitch.NewDeck(r.ctx, r.staff["rani"], d)
	r.note("deck "+key, err)
	r.ids["deck "+key] = d.ID
	for _, p := range parts {
		if r.err == nil {
			p.DeckID = d.ID
			_, err := r.Pitch.AddPart(r.ctx, r.staff["rani"], p)
			r.note("part "+p.Title, err)
		}
	}
}

func (r *run) batik() {
	faces := r.facesAt("alyaprames", "sekarwuland", "dimasarka", "rakadhitama")
	r.newDeck("batik", pitch.Deck{DealID: r.ids["deal Batik Lestari"], Title: "Satu kain, tujuh hari", Lang: "id",
		Concept: "Batik bukan baju hari raya, melainkan kain yang menemani satu minggu. Tujuh kreator memakai kain yang sama, masing-masing satu hari dan satu cerita."},
		pitch.Part{Kind: pitch.KindStory, Title: "Kain yang keluar sekali setahun", Body: "Di kebanyakan lemari, batik keluar sekali setahun. Yang hilang bukan selera, melainkan alasan memakainya pada hari biasa.\n- Senin: ke kantor\n- Rabu: ke pasar\n- Sabtu: ke pernikahan teman\nSatu kain, tujuh hari, tujuh cerita."},
		pitch.Part{Kind: pitch.KindIdea, Data: pitch.Data{IdeaID: r.ids["idea batik"]}},
		pitch.Part{Kind: pitch.KindProof, Title: "Yang dikatakan klien", Data: pitch.Data{ProofID: r.ids["proof word"]}},
		pitch.Part{Kind: pitch.KindProof, Title: "Campaign yang sudah selesai", Data: pitch.Data{ProofID: r.ids["proof case"]}},
		pitch.Part{Kind: pitch.KindProof, Title: "Pasarnya ada", Data: pitch.Data{ProofID: r.ids["proof market"]}},
		pitch.Part{Kind: pitch.KindLineUp, Title: "Wajah satu minggu", Body: "Empat dari tujuh kreator. Sisanya dipilih bersama.", Data: pitch.Data{Talents: faces}},
		pitch.Part{Kind: pitch.KindPlans, Title: "Kreator atau akun media", Body: "Akun media menjangkau lebih luas. Kreator membuat orang percaya.", Data: pitch.Data{Plan: pitch.Plan{Budget: money.IDR(120_000_000), KOLRisk: "Jadwal rapat menjelang Lebaran.", MediaRisk: "Cepat lewat, sedikit yang menyimpan.",
			KOL:   []pitch.PlanLine{{Name: "Alya Prameswari", Platform: "tiktok", Format: "Video", Reach: 410_000, Source: result.SourcePast, Note: "rata-rata tiga campaign"}, {Name: "Sekar Wulandari", Platform: "instagram", Format: "Reels", Reach: 42_000, Source: result.SourceRateCard}, {Name: "Dimas Arkananta", Platform: "instagram", Format: "Reels", Reach: 61_000, Source: result.SourceRateCard}},
			Media: []pitch.PlanLine{{Name: "jajanterus.id", Platform: "instagram", Format: "Post", Reach: 380_000, Source: result.SourcePast}, {Name: "ngopibareng.id", Platform: "instagram", Format: "Post", Reach: 290_000, Source: result.SourceGuess, Note: "akun serupa"}}}}},
		pitch.Part{Kind: pitch.KindOffer, Title: "Penawaran", Body: "Tujuh video, satu kain, laporan dengan angka terverifikasi.\n- Dua putaran revisi\n- Garansi ER sesuai kesepakatan", Data: pitch.Data{Price: money.IDR(120_000_000), UntilOn: r.today.AddDays(21), Limit: pitch.ByDate}})
	if r.err != nil {
		return
	}
	r.note("ripe", r.Pitch.RipenConcept(r.ctx, r.staff["rani"], r.ids["deck batik"]))
	q, err := r.Pitch.AskDesign(r.ctx, r.staff["rani"], pitch.NewRequest{Request: pitch.Request{DeckID: r.ids["deck batik"], DesignerID: r.staff["oscar"].ID, Size: "16:9", Words: "Sampul dan tujuh halaman, satu warna kain per hari.", Links: []string{"https://www.instagram.com/p/contoh-kain"}},
		Due: string(r.today.AddDays(-10)) + " 17.00", Files: []proof.File{{Name: "kain.png", Data: bytes.NewReader(swatch(90))}}})
	r.note("ask design", err)
	r.ids["design batik"] = q.ID
}

func (r *run) designed() {
	if r.err != nil {
		return
	}
	v, err := r.Pitch.Deliver(r.ctx, r.staff["oscar"], r.ids["design batik"], proof.File{Name: "Satu kain tujuh hari.png", Data: bytes.NewReader(swatch(120))})
	r.note("deliver", err)
	r.ids["version batik"] = v.ID
}

func (r *run) sendBatik() {
	if r.err != nil {
		return
	}
	r.note("approve", r.Pitch.Approve(r.ctx, r.staff["dewa"], r.ids["deck batik"], r.ids["version batik"]))
	for _, name := range []string{"Bu Ratih", "Pak Seno"} {
		if r.err != nil {
			return
		}
		_, token, err := r.Pitch.SendDeck(r.ctx, r.staff["rani"], pitch.Send{DeckID: r.ids["deck batik"], VersionID: r.ids["version batik"], Name: name, Until: r.now.AddDate(0, 2, 0)})
		r.note("send to "+name, err)
		r.ids["share "+name] = token
	}
	r.links = append(r.links, Link{Party: DeckReader, Name: "Bu Ratih", Campaign: "Satu kain, tujuh hari", Script: "deck", Why: "deck", Token: r.ids["share Bu Ratih"]})
}

// DeckReader is the party of a link that opens a pitch deck.
const DeckReader access.Role = "reader"

func (r *run) readBatik() {
	if r.err != nil {
		return
	}
	a, err := r.Pitch.OpenShare(r.ctx, r.ids["share Bu Ratih"])
	r.note("open", err)
	for i, seconds := range []map[int64]time.Duration{{0: 21 * time.Second, 1: 14 * time.Second}, {4: 19 * time.Second, 5: 33 * time.Second}} {
		if r.err != nil {
			return
		}
		who := "demo-reader-of-ratih"
		if i == 1 {
			who = "demo-reader-of-her-boss"
		}
		r.note("read", r.Pitch.Beat(r.ctx, a, pitch.Beat{Reader: who, Phone: i == 0, Sections: seconds}))
	}
}

// larisa is a deck whose concept is ripe and which the designer has in hand.
func (r *run) larisa() {
	r.newDeck("larisa", pitch.Deck{DealID: r.ids["deal Larisa Skincare"], Title: "Serum di cahaya pagi", Lang: "id", Concept: "Kulit tanpa filter, direkam pukul enam pagi di dekat jendela."},
		pitch.Part{Kind: pitch.KindStory, Title: "Pukul enam pagi", Body: "Orang lelah dengan filter. Cahaya pagi tidak berbohong."},
		pitch.Part{Kind: pitch.KindProof, Title: "Waktu menonton", Data: pitch.Data{ProofID: r.ids["proof old"]}})
	if r.err != nil {
		return
	}
	r.note("ripe", r.Pitch.RipenConcept(r.ctx, r.staff["rani"], r.ids["deck larisa"]))
	_, err := r.Pitch.AskDesign(r.ctx, r.staff["rani"], pitch.NewRequest{Request: pitch.Request{DeckID: r.ids["deck larisa"], DesignerID: r.staff["oscar"].ID, Size: "16:9", Words: "Tiga arah sampul, cahaya pagi."}, Due: r.now.AddDate(0, 0, 2).In(r.jkt).Format("2006-01-02") + " 15.00"})
	r.note("ask design", err)
}
