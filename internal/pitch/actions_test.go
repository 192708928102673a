package pitch_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/idea"
	"kolega/internal/job"
	"kolega/internal/money"
	"kolega/internal/paper/pptx"
	"kolega/internal/pitch"
	"kolega/internal/proof"
	"kolega/internal/result"
	"kolega/internal/task"
	"kolega/internal/testkit"
)

func staff(id string, role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: id}, Role: role, Lang: "id", Zone: "Asia/Jakarta"}
}

var (
	rani = staff("rani", access.AE)
	dewa = staff("dewa", access.SeniorAE)
	budi = staff("budi", access.Designer)
	gita = staff("gita", access.Designer)
	tia  = staff("tia", access.Specialist)
)

type world struct {
	t       *testing.T
	ctx     context.Context
	d       *db.DB
	decks   *pitch.Service
	proofs  *proof.Service
	clients *client.Service
	ideas   *idea.Service
	deal    client.Opportunity
	jobs    *job.Runner
}

func begin(t *testing.T, d *db.DB) *world {
	t.Helper()
	store, err := blob.Folder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	testkit.Booked(t, d, "{}")
	for id, role := range map[string]string{"rani": "ae", "dewa": "senior_ae", "budi": "designer", "gita": "designer", "tia": "specialist"} {
		testkit.Put(t, d, "person", map[string]any{"id": id, "email": id + "@x.id", "name": id, "role": role, "lang": "id", "zone": "Asia/Jakarta"})
	}
	w := &world{t: t, ctx: context.Background(), d: d, decks: pitch.New(d, store), proofs: proof.New(d, store), clients: client.New(d), ideas: idea.New(d)}
	registry := job.NewRegistry()
	w.decks.Work(registry)
	w.jobs = job.NewRunner(d, registry, slog.New(slog.DiscardHandler))
	w.deal, err = w.clients.OpenOpportunity(w.ctx, rani, client.Opportunity{ClientID: "cl", Brand: "Larisa", Title: "Serum baru", Source: "existing", OwnerID: "rani", Value: money.IDR(80_000_000)}, client.Step{Text: "Telepon", Due: "besok 10.00"}, false)
	w.ok(err)
	return w
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) refuses(want error, err error) {
	w.t.Helper()
	if !errors.Is(err, want) {
		w.t.Errorf("%v, want %v", err, want)
	}
}

func (w *world) deck() pitch.Deck {
	w.t.Helper()
	d, err := w.decks.NewDeck(w.ctx, rani, pitch.Deck{DealID: w.deal.ID, Title: "Cahaya pagi", Lang: "id", Concept: "Kulit yang jujur, di cahaya pagi."})
	w.ok(err)
	return d
}

func (w *world) add(deck string, k pitch.Kind, title, body string, data pitch.Data) pitch.Part {
	w.t.Helper()
	p, err := w.decks.AddPart(w.ctx, rani, pitch.Part{DeckID: deck, Kind: k, Title: title, Body: body, Data: data})
	w.ok(err)
	return p
}

// whole is a deck with one of everything that a checklist asks for and a client reads.
func (w *world) whole() (pitch.Deck, proof.Proof) {
	w.t.Helper()
	d := w.deck()
	x, err := w.proofs.KeepProof(w.ctx, rani, proof.Proof{Kind: proof.Testimonial, Title: "Laporan yang jujur", Body: "Angkanya kami percaya.", Who: "Sari", Permission: proof.MayShow, Consent: "WhatsApp"})
	w.ok(err)
	w.add(d.ID, pitch.KindStory, "Alur cerita", "Orang lelah dengan filter.\n- Cahaya pagi tidak berbohong\n- Satu tarikan", pitch.Data{})
	w.add(d.ID, pitch.KindProof, "Kata klien", "", pitch.Data{ProofID: x.ID})
	w.add(d.ID, pitch.KindFigure, "Pasar", "", pitch.Data{Value: "4,2 juta", Source: "We Are Social", SourceOn: "2026-01-10"})
	w.add(d.ID, pitch.KindLineUp, "Wajah kita", "", pitch.Data{Talents: []string{"t1", "t2"}})
	w.add(d.ID, pitch.KindPlans, "KOL atau akun media", "", pitch.Data{Plan: pitch.Plan{Budget: money.IDR(50_000_000), KOLRisk: "Jadwal padat",
		KOL: []pitch.PlanLine{{Name: "Bea Santillan", Platform: "instagram", Format: "Reels", Reach: 250_000, Source: result.SourceRateCard, Note: "kartu November"}}, Media: []pitch.PlanLine{{Name: "folkatif", Platform: "instagram", Format: "Post", Reach: 400_000, Source: result.SourceGuess}}}})
	w.add(d.ID, pitch.KindOffer, "Penawaran", "Delapan video dalam enam minggu.", pitch.Data{Price: money.IDR(80_000_000), UntilOn: "2026-12-18", Limit: pitch.ByDate})
	return d, x
}

// approved is a version of the deck that may be sent.
func (w *world) approved(d pitch.Deck) pitch.Version {
	w.t.Helper()
	v, err := w.decks.Propose(w.ctx, rani, d.ID)
	w.ok(err)
	w.ok(w.decks.Approve(w.ctx, dewa, d.ID, v.ID))
	return v
}

func TestDeck_IsProposedOnlyWholeAndSentOnlyApproved(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w := begin(t, d)
		empty := w.deck()
		_, err := w.decks.Propose(w.ctx, rani, empty.ID)
		w.refuses(pitch.ErrUnready, err)
		k, x := w.whole()
		v, err := w.decks.Propose(w.ctx, rani, k.ID)
		w.ok(err)
		send := pitch.Send{DeckID: k.ID, VersionID: v.ID, ContactID: "co"}
		_, _, err = w.decks.SendDeck(w.ctx, rani, send)
		w.refuses(pitch.ErrUnapproved, err)
		w.refuses(pitch.ErrOwnKey, w.decks.Approve(w.ctx, rani, k.ID, v.ID))
		w.ok(w.decks.Refuse(w.ctx, dewa, k.ID, v.ID, "Angkanya terlalu tua."))
		_, _, err = w.decks.SendDeck(w.ctx, rani, send)
		w.refuses(pitch.ErrUnapproved, err)
		v = w.approved(k)
		send.VersionID = v.ID
		_, _, err = w.decks.SendDeck(w.ctx, rani, pitch.Send{DeckID: k.ID, VersionID: v.ID})
		w.refuses(pitch.ErrReceiver, err)
		_, _, err = w.decks.SendDeck(w.ctx, rani, pitch.Send{DeckID: k.ID, VersionID: v.ID, ContactID: "nobody"})
		w.refuses(pitch.ErrReceiver, err)

		// the client takes the permission back before it goes out
		x.Permission = proof.MayNot
		w.ok(w.proofs.CorrectProof(w.ctx, rani, x))
		_, _, err = w.decks.SendDeck(w.ctx, rani, send)
		w.refuses(pitch.ErrChanged, err)
		x.Permission, x.Version = proof.MayShow, x.Version+1
		w.ok(w.proofs.CorrectProof(w.ctx, rani, x))

		share, token, err := w.decks.SendDeck(w.ctx, rani, send)
		w.ok(err)
		if share.Name == "" || len(token) < 20 {
			t.Fatalf("%+v %q", share, token)
		}
		s, err := w.decks.Deck(w.ctx, rani, k.ID)
		w.ok(err)
		if got := s.Versions[0]; !got.Sent() || !got.Intact() || got.Hash == "" || s.Stage != pitch.StageSent || s.Deal.Stage != client.StagePitched {
			t.Errorf("%s %s %+v", s.Stage, s.Deal.Stage, got.Hash)
		}
		first := s.Versions[0]
		if _, _, err := w.decks.SendDeck(w.ctx, rani, pitch.Send{DeckID: k.ID, VersionID: v.ID, Name: "Pak Hadi"}); err != nil {
			t.Errorf("the same version to somebody else: %v", err)
		}
		s, _ = w.decks.Deck(w.ctx, rani, k.ID)
		if got := s.Versions[0]; got.Hash != first.Hash || got.SentAt != first.SentAt || len(s.Links) != 2 {
			t.Error("a second receiver changed what was frozen")
		}
		w.ok(d.Read(w.ctx, func(tx *db.Tx) error {
			problems, err := pitch.CheckVersions(w.ctx, tx)
			if len(problems) != 0 {
				t.Errorf("%+v", problems)
			}
			return err
		}))
		w.ok(d.Write(w.ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(w.ctx, `UPDATE deck_version SET doc = REPLACE(doc, '4,2 juta', '9,9 juta') WHERE id = $1`, v.ID)
			return err
		}))
		w.ok(d.Read(w.ctx, func(tx *db.Tx) error {
			problems, err := pitch.CheckVersions(w.ctx, tx)
			if len(problems) != 1 {
				t.Errorf("somebody changed a frozen version: %+v", problems)
			}
			return err
		}))
	})
}

func TestDeck_ScarcityIsBackedByFreeDays(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w := begin(t, d)
		k := w.deck()
		offer := pitch.Part{DeckID: k.ID, Kind: pitch.KindOffer, Title: "Penawaran", Body: "x", Data: pitch.Data{UntilOn: "2026-12-02", Limit: pitch.ByTalents, Free: []string{"t1"}}}
		_, err := w.decks.AddPart(w.ctx, rani, offer)
		w.refuses(pitch.ErrNotScarce, err)
		testkit.Put(t, d, "talent_absence", map[string]any{"id": "a1", "talent_id": "t1", "from_on": "2026-11-24", "to_on": "2026-11-29", "reason": "umrah", "version": 1})
		p, err := w.decks.AddPart(w.ctx, rani, offer)
		w.ok(err)
		s, err := w.decks.Deck(w.ctx, rani, k.ID)
		w.ok(err)
		free := s.Parts[0].Section.Free
		if len(free) != 1 || free[0].Name != "Bea Santillan" || free[0].Of != 10 || len(free[0].Days) > 5 {
			t.Fatalf("%+v", free)
		}
		for _, day := range free[0].Days {
			if day >= "2026-11-24" && day <= "2026-11-29" {
				t.Errorf("%s is no free day", day)
			}
		}
		w.ok(d.Write(w.ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(w.ctx, `DELETE FROM talent_absence WHERE id = 'a1'`)
			return err
		}))
		s, _ = w.decks.Deck(w.ctx, rani, k.ID)
		if !errors.Is(s.Parts[0].Problem, pitch.ErrNotScarce) {
			t.Errorf("the talent became free: %v", s.Parts[0].Problem)
		}
		w.ok(w.decks.DropPart(w.ctx, rani, k.ID, p.ID))
	})
}

func TestDesign_NeedsARipeConceptAndIsTheDesignersOwn(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w := begin(t, d)
		k, _ := w.whole()
		ask := pitch.NewRequest{Request: pitch.Request{DeckID: k.ID, DesignerID: "budi", Words: "Sampul dan lima slide", Size: "16:9", Links: []string{"https://a.id/x"}}, Due: "lusa 17.00",
			Files: []proof.File{{Name: "logo.png", Data: bytes.NewReader(dot(t))}}}
		_, err := w.decks.AskDesign(w.ctx, rani, ask)
		w.refuses(pitch.ErrUnripe, err)
		w.ok(w.decks.RipenConcept(w.ctx, rani, k.ID))
		for want, edit := range map[error]func(*pitch.NewRequest){pitch.ErrDesigner: func(n *pitch.NewRequest) { n.DesignerID = "rani" }, pitch.ErrWords: func(n *pitch.NewRequest) { n.Words = "" }, pitch.ErrSize: func(n *pitch.NewRequest) { n.Size = "A0" },
			pitch.ErrRefs: func(n *pitch.NewRequest) { n.Links = []string{"gambar bagus"} }, pitch.ErrAssets: func(n *pitch.NewRequest) {
				n.Files = []proof.File{{Name: "x.exe", Data: strings.NewReader("MZ\x90\x00")}}
			}} {
			bad := ask
			bad.Files = nil
			edit(&bad)
			_, err := w.decks.AskDesign(w.ctx, rani, bad)
			w.refuses(want, err)
		}
		ask.Files = []proof.File{{Name: "logo.png", Data: bytes.NewReader(dot(t))}}
		q, err := w.decks.AskDesign(w.ctx, rani, ask)
		w.ok(err)
		_, err = w.decks.AskDesign(w.ctx, rani, pitch.NewRequest{Request: ask.Request, Due: "lusa"})
		w.refuses(pitch.ErrDesignBusy, err)
		tasks, err := task.New(d).Tasks(w.ctx, budi, task.Filter{DoerID: "budi", Open: true})
		w.ok(err)
		if len(tasks) != 1 {
			t.Errorf("%d tasks of the designer", len(tasks))
		}
		own, _ := w.decks.Designs(w.ctx, budi)
		others, _ := w.decks.Designs(w.ctx, gita)
		if len(own) != 1 || len(others) != 0 {
			t.Errorf("own %d, a colleague's %d", len(own), len(others))
		}
		_, err = w.decks.Design(w.ctx, gita, q.ID)
		w.refuses(db.ErrNotFound, err)
		_, err = w.decks.Deliver(w.ctx, gita, q.ID, proof.File{Name: "x.png", Data: bytes.NewReader(dot(t))})
		w.refuses(db.ErrNotFound, err)
		b, err := w.decks.Design(w.ctx, budi, q.ID)
		w.ok(err)
		if b.Concept == "" || len(b.Sections) != 6 || len(b.Assets) != 1 || b.Assets[0].Name != "logo.png" {
			t.Errorf("%+v", b)
		}
		if _, err := w.decks.Deck(w.ctx, budi, k.ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a designer opened the deck: %v", err)
		}
		_, err = w.decks.Deliver(w.ctx, budi, q.ID, proof.File{Name: "x.txt", Data: strings.NewReader("halo")})
		w.refuses(pitch.ErrWork, err)
		v, err := w.decks.Deliver(w.ctx, budi, q.ID, proof.File{Name: "Cahaya pagi.png", Data: bytes.NewReader(dot(t))})
		w.ok(err)
		_, err = w.decks.Deliver(w.ctx, budi, q.ID, proof.File{Name: "x.png", Data: bytes.NewReader(dot(t))})
		w.refuses(pitch.ErrClosed, err)
		s, err := w.decks.Deck(w.ctx, rani, k.ID)
		w.ok(err)
		if s.Stage != pitch.StageApproval || s.Newest.Design.Name != "Cahaya pagi.png" || s.Newest.ID != v.ID {
			t.Errorf("%s %+v", s.Stage, s.Newest.Design)
		}
		w.ok(w.decks.Approve(w.ctx, rani, k.ID, v.ID)) // the designer made it
		open, _ := task.New(d).Tasks(w.ctx, budi, task.Filter{DoerID: "budi", Open: true})
		if len(open) != 0 {
			t.Error("the designer's task is still open")
		}
	})
}

func TestShare_CountsAReaderOnceAndTellsTheOwnerOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w := begin(t, d)
		k, _ := w.whole()
		v := w.approved(k)
		share, token, err := w.decks.SendDeck(w.ctx, rani, pitch.Send{DeckID: k.ID, VersionID: v.ID, ContactID: "co"})
		w.ok(err)
		_, err = w.decks.OpenShare(w.ctx, token+"x")
		w.refuses(pitch.ErrLinkGone, err)
		for range 3 { // opening, as previews do, counts nobody
			a, err := w.decks.OpenShare(w.ctx, token)
			w.ok(err)
			_, got, err := w.decks.Read(w.ctx, a)
			w.ok(err)
			if got.ID != v.ID {
				t.Fatal("another version")
			}
		}
		readers := func() (out []pitch.Reader) {
			s, err := w.decks.Deck(w.ctx, rani, k.ID)
			w.ok(err)
			return s.Links[0].Readers
		}
		if len(readers()) != 0 {
			t.Error("opening made a reader")
		}
		a, _ := w.decks.OpenShare(w.ctx, token)
		beat := pitch.Beat{Reader: "reader-one-0000000", Phone: true, Sections: map[int64]time.Duration{0: 8 * time.Second, 1: 4 * time.Second}}
		w.ok(w.decks.Beat(w.ctx, a, beat))
		testkit.ClockOf(d).Advance(10 * time.Second)
		w.ok(w.decks.Beat(w.ctx, a, beat))
		testkit.ClockOf(d).Advance(2 * time.Hour)
		w.ok(w.decks.Beat(w.ctx, a, beat))
		w.ok(w.decks.Beat(w.ctx, a, pitch.Beat{Reader: "reader-two-0000000", Sections: map[int64]time.Duration{5: 5 * time.Second}}))
		got := readers()
		if len(got) != 2 || got[0].Visits != 2 || got[0].Read != 36*time.Second || !got[0].Phone || got[1].Read != 5*time.Second {
			t.Errorf("%+v", got)
		}
		w.refuses(pitch.ErrLinkGone, w.decks.Beat(w.ctx, a, pitch.Beat{Reader: "short"}))
		w.ok(w.jobs.Drain(w.ctx))
		tasks, err := task.New(d).Tasks(w.ctx, rani, task.Filter{About: task.About{Kind: "deck", ID: k.ID}})
		w.ok(err)
		if len(tasks) != 1 || tasks[0].DoerID != "rani" {
			t.Errorf("%d tasks for the owner", len(tasks))
		}
		s, _ := w.decks.Deck(w.ctx, rani, k.ID)
		if s.Stage != pitch.StageRead || s.Links[0].Sections[0] != 24*time.Second {
			t.Errorf("%s %v", s.Stage, s.Links[0].Sections)
		}
		w.ok(w.decks.RevokeShare(w.ctx, rani, k.ID, share.ID))
		_, _, err = w.decks.Read(w.ctx, a)
		w.refuses(pitch.ErrLinkGone, err)
		w.refuses(pitch.ErrLinkGone, w.decks.Beat(w.ctx, a, beat))
	})
}

func TestShare_OpensNothingButItsDeck(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w := begin(t, d)
		k, _ := w.whole()
		v := w.approved(k)
		_, token, err := w.decks.SendDeck(w.ctx, rani, pitch.Send{DeckID: k.ID, VersionID: v.ID, ContactID: "co"})
		w.ok(err)
		a, err := w.decks.OpenShare(w.ctx, token)
		w.ok(err)
		if err := a.Require("brief.see", access.Owner{ClientID: "cl"}); err == nil {
			t.Error("the deck's link opened the client's brief")
		}
		if _, err := w.decks.Deck(w.ctx, a, k.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the deck's own page: %v", err)
		}
		for _, format := range []string{pitch.PDF, pitch.PPTX} {
			f, file, err := w.decks.File(w.ctx, a, format)
			w.ok(err)
			b, _ := io.ReadAll(f)
			_ = f.Close()
			if len(b) < 1000 || !strings.HasSuffix(file.Name, "."+format) {
				t.Errorf("%s: %d bytes, %s", format, len(b), file.Name)
			}
			for _, secret := range []string{"400000", "450000", "umrah"} {
				if bytes.Contains(b, []byte(secret)) {
					t.Errorf("%s holds %s", format, secret)
				}
			}
		}
		_, _, err = w.decks.File(w.ctx, a, "xlsx")
		w.refuses(pitch.ErrFormat, err)
		testkit.ClockOf(d).Advance(61 * 24 * time.Hour)
		_, err = w.decks.OpenShare(w.ctx, token)
		w.refuses(pitch.ErrLinkGone, err)
	})
}

func TestDeck_IdeasKeepWhereTheyAreUsedAndOrderIsPeoples(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w := begin(t, d)
		b, err := w.ideas.OpenBoard(w.ctx, rani, idea.Board{Title: "B", DealID: w.deal.ID})
		w.ok(err)
		i, err := w.ideas.AddIdea(w.ctx, tia, idea.Idea{BoardID: b.ID, Title: "Satu tarikan", Body: "Tanpa potongan.", Kind: "kol"})
		w.ok(err)
		k := w.deck()
		story := w.add(k.ID, pitch.KindStory, "Alur", "x", pitch.Data{})
		p := w.add(k.ID, pitch.KindIdea, "", "", pitch.Data{IdeaID: i.ID})
		if p.Title != "Satu tarikan" {
			t.Errorf("titled %q", p.Title)
		}
		uses := func() []idea.Use {
			s, err := w.ideas.Board(w.ctx, rani, b.ID)
			w.ok(err)
			return s.Ideas[0].Uses
		}
		if u := uses(); len(u) != 1 || u[0].Kind != "deck" || u[0].Name != k.Title {
			t.Errorf("%+v", u)
		}
		w.ok(w.decks.MovePart(w.ctx, rani, k.ID, p.ID, true))
		s, _ := w.decks.Deck(w.ctx, rani, k.ID)
		if s.Parts[0].ID != p.ID || s.Parts[1].ID != story.ID || s.Parts[0].Section.Body != "Tanpa potongan." {
			t.Errorf("%+v", s.Parts)
		}
		w.ok(w.decks.DropPart(w.ctx, rani, k.ID, p.ID))
		if u := uses(); len(u) != 0 {
			t.Errorf("still used: %+v", u)
		}
		w.ok(w.clients.LoseOpportunity(w.ctx, rani, w.deal.ID, "price", ""))
		_, err = w.decks.AddPart(w.ctx, rani, pitch.Part{DeckID: k.ID, Kind: pitch.KindStory, Title: "x", Body: "x"})
		w.refuses(pitch.ErrOver, err)
		w.ok(w.decks.KeepLesson(w.ctx, rani, k.ID, "Harga dulu, cerita kemudian."))
	})
}

// dot is a small picture.
func dot(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 8, 8))
	for i := range 64 {
		m.Set(i%8, i/8, color.RGBA{0, 96, 94, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestFiles_LibreOfficeOpensThem has the slides, ours and in a foreign template, painted by
// a program that is not ours. Name a folder in KOLEGA_KEEP to look at them.
func TestFiles_LibreOfficeOpensThem(t *testing.T) {
	w := begin(t, testkit.SQLite(t))
	k, _ := w.whole()
	v := w.approved(k)
	read := func(format string) []byte {
		t.Helper()
		f, _, err := w.decks.VersionFile(w.ctx, rani, k.ID, v.ID, format)
		w.ok(err)
		defer f.Close()
		b, err := io.ReadAll(f)
		w.ok(err)
		return b
	}
	look := func(name string, pptxBytes []byte, pages int) {
		t.Helper()
		pdf := testkit.Opened(t, pptxBytes, "pptx", "pdf")
		keep(t, name, pdf)
		words := testkit.WordsOf(t, pdf)
		if n := strings.Count(words, "\f"); n != pages {
			t.Errorf("%s: %d pages, want %d", name, n, pages)
		}
		for _, want := range []string{"Cahaya pagi", "Untuk Larisa", "tidak berbohong", "Angkanya kami percaya.", "4,2 juta", "We Are Social", "Bea Santillan", "folkatif", "Rp 50.000.000", "250.000", "kartu November", "18 Desember 2026"} {
			if !strings.Contains(strings.Join(strings.Fields(words), " "), want) {
				t.Errorf("%s: no %q in\n%s", name, want, words)
			}
		}
	}
	own := read(pitch.PPTX)
	look("own", own, 9)
	if pdf := testkit.WordsOf(t, read(pitch.PDF)); !strings.Contains(pdf, "Cahaya pagi") || !strings.Contains(pdf, "folkatif") {
		t.Errorf("the PDF says\n%s", pdf)
	}
	foreign := somebodys(t)
	w.refuses(pitch.ErrTemplate, w.decks.UseTemplate(w.ctx, rani, k.ID, proof.File{Name: "x.pptx", Data: strings.NewReader("PK\x03\x04 nothing")}))
	w.ok(w.decks.UseTemplate(w.ctx, rani, k.ID, proof.File{Name: "larisa.pptx", Data: bytes.NewReader(foreign)}))
	filled := read(pitch.PPTX)
	look("filled", filled, 9)
	if again := read(pitch.PPTX); !bytes.Equal(filled, again) {
		t.Error("two writings into a template differ")
	}
	if _, err := pptx.Open(bytes.NewReader(filled), int64(len(filled))); err != nil {
		t.Errorf("what we wrote is no template: %v", err)
	}
}

// somebodys is a template that another program made: one of those that come with LibreOffice.
func somebodys(t *testing.T) []byte {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/libreoffice/share/template/common/presnt/Candy.otp")
	if len(found) == 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("LibreOffice's templates are needed under CI=true; run tools/install")
		}
		t.Skip("SKIPPED, LibreOffice came without templates")
	}
	b, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return testkit.Opened(t, b, "otp", "pptx")
}

func keep(t *testing.T, name string, data []byte) {
	t.Helper()
	if dir := os.Getenv("KOLEGA_KEEP"); dir != "" {
		if err := os.WriteFile(dir+"/"+name+".pdf", data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
