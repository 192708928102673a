package campaign

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kolega/internal/fault"
)

var noon = time.Date(2026, 11, 2, 5, 0, 0, 0, time.UTC)

func ids() func() string {
	n := 0
	return func() string { n++; return fmt.Sprintf("p%d", n) }
}

func draftOf(t *testing.T, points ...Point) Brief {
	t.Helper()
	b, err := Brief{CampaignID: "c1", Version: 1, Lang: "id"}.Edited(points, ids())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func accepted(t *testing.T, b Brief) Brief {
	t.Helper()
	b, err := b.Share("Rani", false, noon)
	if err != nil {
		t.Fatal(err)
	}
	b, err = b.Accept("k1", "Maya", "link:l1", b.Version, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBrief_PointsAreNumberedTrimmedAndUnique(t *testing.T) {
	b := draftOf(t, Point{Kind: Must, Text: "  Sebut SPF 50  "}, Point{Kind: MustNot, Text: "Jangan sebut merek lain"})
	if b.Points[0].Text != "Sebut SPF 50" || b.Points[1].Number != 2 || b.Points[0].ID == "" || b.Points[0].Source != "agency" {
		t.Fatalf("points %+v", b.Points)
	}
	_, err := b.Edited(append(b.Points, Point{Kind: Must, Text: "sebut spf 50."}), ids())
	if !errors.Is(err, ErrPointTwice) {
		t.Errorf("the same text twice: %v", err)
	}
	_, err = b.Edited([]Point{{Kind: "wish", Text: "x"}}, ids())
	if !errors.Is(err, ErrPointKind) {
		t.Errorf("an unknown kind: %v", err)
	}
	_, err = b.Edited([]Point{{Kind: Must, Text: " "}}, ids())
	if !errors.Is(err, ErrPointText) {
		t.Errorf("an empty text: %v", err)
	}
}

func TestBrief_AChangedTextDropsTranslationsThatDidNotChange(t *testing.T) {
	b := draftOf(t, Point{Kind: Must, Text: "Tayang 2 hari", Langs: map[string]string{"en": "Online for 2 days", "fil": "2 araw"}})
	p := b.Points[0]
	p.Text = "Tayang 3 hari"
	p.Langs = map[string]string{"en": "Online for 3 days", "fil": "2 araw"}
	b, err := b.Edited([]Point{p}, ids())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"en": "Online for 3 days"}, b.Points[0].Langs); diff != "" {
		t.Error(diff)
	}
	if text, fellBack := b.Points[0].In("fil", "id"); text != "Tayang 3 hari" || !fellBack {
		t.Errorf("Filipino: %q, fell back %v", text, fellBack)
	}
}

func TestBrief_SharingSealsIt(t *testing.T) {
	if _, err := (Brief{Version: 1}).Share("Rani", false, noon); !errors.Is(err, ErrBriefEmpty) {
		t.Errorf("an empty brief: %v", err)
	}
	b := draftOf(t, Point{Kind: Must, Text: "Pakai musik"}, Point{Kind: MustNot, Text: "Jangan pakai musik"})
	if _, err := b.Share("Rani", false, noon); !errors.Is(err, ErrBriefClash) {
		t.Errorf("a contradiction is asked about: %v", err)
	}
	b, err := b.Share("Rani", true, noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Edited(nil, ids()); !errors.Is(err, ErrBriefSealed) {
		t.Errorf("an edit after sharing: %v", err)
	}
	if _, err := b.Share("Rani", true, noon); !errors.Is(err, ErrBriefSealed) {
		t.Errorf("sharing twice: %v", err)
	}
}

func TestBrief_TheClientAcceptsOnlyTheNewestOnce(t *testing.T) {
	b := draftOf(t, Point{Kind: Must, Text: "Sebut SPF 50"})
	if _, err := b.Accept("k1", "Maya", "", 1, noon); !errors.Is(err, ErrBriefUnshared) {
		t.Errorf("an unshared version: %v", err)
	}
	shared, _ := b.Share("Rani", false, noon)
	if _, err := shared.Accept("k1", "Maya", "", 2, noon); !errors.Is(err, ErrBriefSuperseded) {
		t.Errorf("an old version: %v", err)
	}
	done := accepted(t, b)
	if done.AcceptedBy != "Maya" || done.AcceptedAt.IsZero() {
		t.Errorf("person and time are kept: %+v", done)
	}
	if _, err := done.Accept("k1", "Maya", "", 1, noon); !errors.Is(err, ErrBriefAccepted) {
		t.Errorf("twice: %v", err)
	}
}

func TestBrief_AChangeAfterTheFreezeSaysWhy(t *testing.T) {
	b := accepted(t, draftOf(t, Point{Kind: Must, Text: "Sebut SPF 50"}))
	if _, err := b.Next(" ", "Rani", true, noon); !errors.Is(err, ErrBriefReason) {
		t.Errorf("without a reason: %v", err)
	}
	n, err := b.Next("Klien ganti klaim", "Rani", true, noon)
	if err != nil {
		t.Fatal(err)
	}
	if n.Version != 2 || !n.Draft() || n.Accepted() || n.Points[0].ID != b.Points[0].ID {
		t.Errorf("new version %+v", n)
	}
	if _, err := n.Next("x", "Rani", true, noon); !errors.Is(err, ErrBriefOpenDraft) {
		t.Errorf("a second draft: %v", err)
	}
}

func TestBrief_CompareFindsWhatChanged(t *testing.T) {
	a := draftOf(t, Point{Kind: Must, Text: "A satu"}, Point{Kind: Should, Text: "B dua"}, Point{Kind: MustNot, Text: "C tiga"})
	moved, err := Moved(a.Points, a.Points[2].ID, -2)
	if err != nil {
		t.Fatal(err)
	}
	b := a
	b.Points = moved
	if d := Compare(a, b); !d.Empty() {
		t.Errorf("order alone changes nothing: %+v", d)
	}
	b.Points = append([]Point{}, a.Points...)
	b.Points[1].Kind = Must
	b.Points = append(b.Points[:2], Point{ID: "new", Kind: Must, Text: "D empat", Number: 3})
	d := Compare(a, b)
	if len(d.Added) != 1 || len(d.Removed) != 1 || len(d.Changed) != 1 || d.Changed[0].After.ID != a.Points[1].ID {
		t.Errorf("diff %+v", d)
	}
}

func TestBrief_MovingKeepsEveryPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		var points []Point
		for i := range n {
			points = append(points, Point{ID: fmt.Sprint(i), Number: int64(i + 1)})
		}
		at := rapid.IntRange(0, n-1).Draw(t, "at")
		out, err := Moved(points, fmt.Sprint(at), rapid.IntRange(-15, 15).Draw(t, "by"))
		if err != nil || len(out) != n {
			t.Fatalf("%v %v", out, err)
		}
		seen := map[string]bool{}
		for i, p := range out {
			if p.Number != int64(i+1) || seen[p.ID] {
				t.Fatalf("place %d: %+v", i, p)
			}
			seen[p.ID] = true
		}
	})
}

func TestAcknowledge_EachMustPointInTheWordsShown(t *testing.T) {
	b := accepted(t, draftOf(t,
		Point{Kind: Must, Text: "Sebut SPF 50", Langs: map[string]string{"fil": "Banggitin ang SPF 50"}},
		Point{Kind: MustNot, Text: "Jangan sebut merek lain"}, Point{Kind: Should, Text: "Pakai baju cerah"}, Point{Kind: Fact, Text: "Harga 90 rb"}))
	r := ReadinessOf(b, Acks{})
	if len(r.ToAcknowledge) != 2 || !errors.Is(r.Err(), ErrUnacknowledged) {
		t.Fatalf("must and must not are asked for: %+v", r)
	}
	if _, err := Acknowledge(b, Acks{}, "t1", "fil", "link", []Tick{{PointID: b.Points[2].ID}}, noon); !errors.Is(err, ErrNotBinding) {
		t.Errorf("a should point has no tick: %v", err)
	}
	got, err := Acknowledge(b, Acks{}, "t1", "fil", "link", []Tick{{PointID: b.Points[0].ID}, {PointID: b.Points[1].ID}}, noon)
	if err != nil {
		t.Fatal(err)
	}
	if got[0].Lang != "fil" || got[0].Hash != b.Points[0].Hash("fil", "id") || got[0].Hash == b.Points[0].Hash("id", "id") {
		t.Errorf("the hash is of the Filipino text: %+v", got[0])
	}
	if got[1].Lang != "id" {
		t.Errorf("a missing translation falls back and says so: %+v", got[1])
	}
	if !ReadinessOf(b, Acks{Points: got}).Ready() {
		t.Error("all binding points are acknowledged")
	}
	again, err := Acknowledge(b, Acks{Points: got}, "t1", "fil", "link", []Tick{{PointID: b.Points[0].ID}}, noon)
	if err != nil || len(again) != 0 {
		t.Errorf("a second tick changes nothing: %v %v", again, err)
	}
	if _, err := Acknowledge(b, Acks{}, "t1", "fil", "link", []Tick{{PointID: b.Points[0].ID, Hash: "other"}}, noon); !errors.Is(err, ErrShownChanged) {
		t.Errorf("a tick at another text: %v", err)
	}
}

func TestAcknowledge_OnlyChangedPointsAreAskedAgain(t *testing.T) {
	v1 := accepted(t, draftOf(t, Point{Kind: Must, Text: "Sebut SPF 50", Langs: map[string]string{"fil": "SPF 50"}}, Point{Kind: MustNot, Text: "Jangan sebut merek lain"}))
	ticks := []Tick{{PointID: v1.Points[0].ID}, {PointID: v1.Points[1].ID}}
	got, err := Acknowledge(v1, Acks{}, "t1", "fil", "link", ticks, noon)
	if err != nil {
		t.Fatal(err)
	}
	a := Acks{Points: got}
	next, _ := v1.Next("", "Rani", false, noon)
	next, err = next.Edited(append(next.Points, Point{Kind: Must, Text: "Tag @melatiglow"}), func() string { return "p9" })
	if err != nil {
		t.Fatal(err)
	}
	if f, ok := InForce([]Brief{v1, next}, a); !ok || f.Version != 1 {
		t.Errorf("a version the client did not accept binds nobody: %d", f.Version)
	}
	v2 := accepted(t, next)
	r := ReadinessOf(v2, a)
	if len(r.ToAcknowledge) != 1 || r.ToAcknowledge[0].ID != "p9" {
		t.Fatalf("a new point alone is asked for: %+v", r.ToAcknowledge)
	}
	if f, _ := InForce([]Brief{v1, v2}, a); f.Version != 1 {
		t.Errorf("until then the old version is in force, got %d", f.Version)
	}
	e := EffectsOf(v2, []Brief{v1, v2}, map[string]Acks{"t1": a, "t2": {}})
	if diff := cmp.Diff([]Effect{{TalentID: "t1", Points: []int64{3}, Version: 1}}, e); diff != "" {
		t.Error(diff)
	}
	more, err := Acknowledge(v2, a, "t1", "fil", "link", []Tick{{PointID: "p9"}}, noon)
	if err != nil {
		t.Fatal(err)
	}
	a.Points = append(a.Points, more...)
	if f, _ := InForce([]Brief{v1, v2}, a); f.Version != 2 {
		t.Errorf("now the new version is in force, got %d", f.Version)
	}
	changed := v2
	changed.Points = append([]Point{}, v2.Points...)
	changed.Points[0].Langs = map[string]string{"fil": "SPF limampu"}
	if r := ReadinessOf(changed, a); len(r.ToAcknowledge) != 1 {
		t.Errorf("another text in the language that was read is asked again: %+v", r)
	}
	removed := v2
	removed.Points = v2.Points[:2]
	if !ReadinessOf(removed, a).Ready() {
		t.Error("a point less asks for nothing")
	}
}

func TestAcknowledge_AWrongAnswerStopsTheOffer(t *testing.T) {
	b := accepted(t, draftOf(t, Point{Kind: Must, Text: "Sebut SPF 50"}))
	b.Questions = []Question{{ID: "q1", Text: "Kulit Anda kering?", Wants: true}}
	got, _ := Acknowledge(b, Acks{}, "t1", "id", "link", []Tick{{PointID: b.Points[0].ID}}, noon)
	a := Acks{Points: got}
	if err := ReadinessOf(b, a).Err(); !errors.Is(err, ErrUnanswered) {
		t.Errorf("an open question: %v", err)
	}
	q := b.Questions[0]
	a.Answers = []Eligibility{{QuestionID: "q1", Hash: q.Hash("id", "id"), Lang: "id", Answer: false, At: noon}}
	if err := ReadinessOf(b, a).Err(); !errors.Is(err, ErrIneligible) {
		t.Errorf("a wrong answer: %v", err)
	}
	a.Answers = append(a.Answers, Eligibility{QuestionID: "q1", Hash: q.Hash("id", "id"), Lang: "id", Answer: true, At: noon.Add(time.Hour)})
	if err := ReadinessOf(b, a).Err(); err != nil {
		t.Errorf("the last answer counts: %v", err)
	}
}

func TestSuggest_AMessageBecomesPoints(t *testing.T) {
	text := "[24/11/26, 09.12.44] Maya Melati: Halo kak Rani,\n" +
		"WAJIB:\n1. Sebutkan SPF 50 di 3 detik pertama\n2) *Caption* pakai #MelatiGlow dan tag @melatiglow\n\n" +
		"Jangan:\n- sebut merek lain\n- filter beauty\n\n" +
		"Boleh pakai musik sendiri\nHarga produk Rp 90.000\nDon't show competitor packaging\nYou must post before 18.00\nTerima kasih kak\n"
	want := []Suggestion{
		{Kind: Must, Text: "Sebutkan SPF 50 di 3 detik pertama", CheckedIn: []string{"script", "visual"}},
		{Kind: Must, Text: "Caption pakai #MelatiGlow dan tag @melatiglow", CheckedIn: []string{"visual", "caption"}},
		{Kind: MustNot, Text: "sebut merek lain", CheckedIn: []string{"script"}},
		{Kind: MustNot, Text: "filter beauty"},
		{Kind: Should, Text: "Boleh pakai musik sendiri", CheckedIn: []string{"visual"}},
		{Kind: Fact, Text: "Harga produk Rp 90.000", CheckedIn: []string{"visual"}, Guessed: true},
		{Kind: MustNot, Text: "Don't show competitor packaging", CheckedIn: []string{"visual"}},
		{Kind: Must, Text: "You must post before 18.00", CheckedIn: []string{"posting"}},
	}
	if diff := cmp.Diff(want, Suggest(text)); diff != "" {
		t.Error(diff)
	}
	if got := Suggest("Tidak boleh pakai filter\nSetiap video harus 30 detik"); got[0].Kind != MustNot || got[1].Kind != Must {
		t.Errorf("tidak boleh is a ban though it holds boleh: %+v", got)
	}
}

func TestSuggest_NeverGivesWhatTheBriefRefuses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOf(rapid.SampledFrom([]string{"", "Wajib:", "- x", "1. sebut SPF", "sebut spf.", "**", "a) b", "Jangan:", "[1/2/26 10.10] A: tes satu", "• ", "boleh"})).Draw(t, "lines")
		text := ""
		for _, l := range lines {
			text += l + "\n"
		}
		var points []Point
		for _, s := range Suggest(text) {
			points = append(points, Point{Kind: s.Kind, Text: s.Text, CheckedIn: s.CheckedIn})
		}
		if _, err := Tidy(points, "id", ids()); err != nil {
			t.Fatalf("%q: %v", text, fault.CodeOf(err))
		}
	})
}
