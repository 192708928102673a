package client

import (
	"errors"
	"testing"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

var noon = time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)

func TestOpportunity_EndsWithAnAgreementOrAReason(t *testing.T) {
	o := Opportunity{ClientID: "c", Stage: StageNegotiation, Value: money.IDR(50_000_000)}
	if won, err := o.Win("a1", noon); err != nil || won.Stage != StageWon || won.WonBy != "a1" {
		t.Errorf("%+v %v", won, err)
	}
	for want, try := range map[*fault.Error]func() error{
		ErrDealAgreement: func() error { _, err := o.Win("", noon); return err },
		ErrDealValue:     func() error { x := o; x.Value = money.Amount{}; _, err := x.Win("a1", noon); return err },
		ErrDealClient:    func() error { x := o; x.ClientID = ""; _, err := x.Win("a1", noon); return err },
		ErrDealEnded:     func() error { x := o; x.Stage = StageLost; _, err := x.Win("a1", noon); return err },
		ErrDealLost:      func() error { _, err := o.Lose("", "mahal", noon); return err },
		ErrDealLostNote:  func() error { _, err := o.Lose("other", " ", noon); return err },
		ErrDealStage:     func() error { _, err := o.MoveTo(StageWon, noon); return err },
		ErrDealOpen:      func() error { _, err := o.Reopen(noon); return err },
	} {
		if err := try(); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	lost, err := o.Lose("price", "", noon)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := lost.Reopen(noon); err != nil || again.Stage != StageContacted || again.LostWhy != "" {
		t.Errorf("%+v %v", again, err)
	}
}

func TestOpportunity_CareIsComputedFromItsStep(t *testing.T) {
	o := Opportunity{Stage: StagePitched, StageAt: noon.Add(-24 * time.Hour)}
	old := Opportunity{Stage: StagePitched, StageAt: noon.Add(-22 * 24 * time.Hour)}
	for name, c := range map[string]struct {
		o    Opportunity
		has  bool
		due  time.Time
		want Care
	}{
		"no step":            {o, false, time.Time{}, CareNone},
		"over its time":      {o, true, noon.Add(-time.Minute), CareLate},
		"ahead":              {o, true, noon.Add(time.Hour), CareFine},
		"long in one stage":  {old, true, noon.Add(time.Hour), CareStuck},
		"lost needs nothing": {Opportunity{Stage: StageLost}, false, time.Time{}, CareFine},
	} {
		if got := c.o.CareOf(c.has, c.due, noon); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestOpportunity_Quarter(t *testing.T) {
	for day, want := range map[worktime.Date]string{"2026-01-31": "2026-1", "2026-04-01": "2026-2", "2026-12-31": "2026-4", "": "2026-4"} {
		if got := (Opportunity{FromOn: day, MadeAt: noon}).Quarter(); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

func TestNote_IsWhole(t *testing.T) {
	const today = worktime.Date("2026-11-23")
	good := Note{Kind: NoteRival, Brand: " Melati  Glow", Link: "https://WWW.tiktok.com/@a/video/1/?utm_source=x&is_from_webapp=1#c", SeenOn: "2026-11-20", Handles: []string{"@Bea", "bea ", ""}, Takeaway: "Harga lebih murah"}
	if err := good.tidy(today); err != nil || good.Link != "https://www.tiktok.com/@a/video/1" || len(good.Handles) != 1 || good.Brand != "Melati Glow" {
		t.Errorf("%+v %v", good, err)
	}
	for want, change := range map[*fault.Error]func(*Note){
		ErrNoteLink:     func(n *Note) { n.Link = "javascript:alert(1)" },
		ErrNoteSeen:     func(n *Note) { n.SeenOn = "2026-11-24" },
		ErrNoteTakeaway: func(n *Note) { n.Takeaway = " " },
		ErrNoteKind:     func(n *Note) { n.Kind = "gossip" },
		ErrNoteBrand:    func(n *Note) { n.Brand = "" },
		ErrNoteUntil:    func(n *Note) { n.Kind = NoteTrend },
	} {
		n := good
		change(&n)
		if err := n.tidy(today); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	trend := Note{Kind: NoteTrend, UntilOn: "2026-11-22"}
	if !trend.Past(today) || trend.Past("2026-11-22") {
		t.Error("a trend is past the day after its best-before day")
	}
}

func TestNote_CountsTalentsOfNinetyDays(t *testing.T) {
	notes := []Note{{SeenOn: "2026-11-01", Handles: []string{"a", "b"}}, {SeenOn: "2026-10-01", Handles: []string{"b", "c"}}, {SeenOn: "2026-08-01", Handles: []string{"d"}}}
	got := CountUsers(notes, "2026-11-23", func(h string) bool { return h != "c" })
	if got != (Users{All: 3, Known: 2}) {
		t.Errorf("%+v", got)
	}
}
