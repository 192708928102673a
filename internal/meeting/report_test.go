package meeting

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kolega/internal/money"
)

func TestLine_NeedsWhatItsKindNeeds(t *testing.T) {
	decision := Line{Kind: Decision, CampaignID: "ca", Text: "Tagar diganti", Effect: ChangesPoint, PointID: "p"}
	for name, c := range map[string]struct {
		change func(*Line)
		want   error
	}{
		"a decision on a point":                {func(*Line) {}, nil},
		"no words":                             {func(l *Line) { l.Text = " " }, ErrLineText},
		"a kind of its own":                    {func(l *Line) { l.Kind = "joke" }, ErrLineKind},
		"no point":                             {func(l *Line) { l.PointID = "" }, ErrPoint},
		"a wish with an effect":                {func(l *Line) { l.Kind = Wish }, ErrEffect},
		"an effect that the client not sees":   {func(l *Line) { l.Internal = true }, ErrEffectInside},
		"an effect outside any campaign":       {func(l *Line) { l.CampaignID = "" }, ErrNoCampaign},
		"a date of no slot":                    {func(l *Line) { l.Effect = MovesDate }, ErrSlot},
		"a date that is none":                  {func(l *Line) { l.Effect, l.SlotID, l.Which = MovesDate, "s", "post" }, ErrOn},
		"a fee of nothing":                     {func(l *Line) { l.Effect, l.SlotID = ChangesFee, "s" }, ErrFee},
		"a fee":                                {func(l *Line) { l.Effect, l.SlotID, l.Fee = ChangesFee, "s", money.New(5, "IDR") }, nil},
		"an action of nobody":                  {func(l *Line) { *l = Line{Kind: Action, Text: "Kirim logo"} }, ErrLineDoer},
		"a colleague called before the client": {func(l *Line) { *l = Line{Kind: Wish, Text: "tanya @bagas dulu"} }, ErrMention},
		"a colleague called inside":            {func(l *Line) { *l = Line{Kind: Wish, Text: "tanya @bagas dulu", Internal: true} }, nil},
	} {
		l := decision
		c.change(&l)
		if _, err := l.Tidy(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestReport_WordsOfTheInternalPartAreAskedAbout(t *testing.T) {
	lines := []Line{{Text: "Margin kita 30%"}, {Text: "Tayang Jumat"}}
	if got := Suspect(lines); len(got) != 1 || got[0] != "margin" {
		t.Errorf("%v", got)
	}
	if a, b := HashOf(lines), HashOf(lines[:1]); a == b {
		t.Error("another report has the same name")
	}
}

// sent is a report to two contacts, sent on a Monday at nine, with a point each in two lines.
func sent(silence bool) Report {
	due := monday.Add(9 * 24 * time.Hour)
	return Report{ID: "r", Silence: silence, Lines: []Line{{ID: "a", Effect: ChangesPoint, PointID: "p1"}, {ID: "b", Effect: AddsPoint}, {ID: "c"}},
		Receivers: []Receiver{{ContactID: "co", SentAt: monday, DueAt: due}, {ContactID: "xo", SentAt: monday, DueAt: due.Add(time.Hour)}}}
}

func TestReport_ComesIntoForceByClickOrBySilenceAndOnce(t *testing.T) {
	due := monday.Add(9*24*time.Hour + time.Hour) // of the later receiver
	for name, c := range map[string]struct {
		silence bool
		decider string
		change  func(*Report)
		now     time.Time
		via     string
	}{
		"nobody has answered":                       {true, "", func(*Report) {}, due.Add(-time.Second), ""},
		"the last one's time is over":               {true, "", func(*Report) {}, due, "silence"},
		"the agreement wants a click":               {false, "", func(*Report) {}, due.Add(time.Hour), ""},
		"one click of two, nobody decides":          {false, "", func(r *Report) { r.Receivers[0].AcceptedAt = monday }, due, ""},
		"both clicked":                              {false, "", func(r *Report) { r.Receivers[0].AcceptedAt, r.Receivers[1].AcceptedAt = monday, monday }, monday, "click"},
		"the decider clicked":                       {false, "co", func(r *Report) { r.Receivers[0].AcceptedAt = monday }, monday, "click"},
		"the other one clicked":                     {false, "co", func(r *Report) { r.Receivers[1].AcceptedAt = monday }, monday, ""},
		"a click and the other's silence":           {true, "", func(r *Report) { r.Receivers[0].AcceptedAt = monday }, due, "silence"},
		"one was never sent the link":               {true, "", func(r *Report) { r.Receivers[1].SentAt, r.Receivers[1].DueAt = time.Time{}, time.Time{} }, due.Add(1000 * time.Hour), ""},
		"the meeting was called off":                {true, "", func(r *Report) { r.WithdrawAt = monday }, due, ""},
		"it is in force already":                    {true, "", func(r *Report) { r.SettledAt = monday }, due, ""},
		"an objection to a line stops no other one": {true, "", func(r *Report) { r.Objections = []Objection{{LineID: "a"}} }, due, "silence"},
	} {
		r := sent(c.silence)
		c.change(&r)
		if via, ok := r.Settles(c.decider, c.now); via != c.via || ok != (c.via != "") {
			t.Errorf("%s: %q %v, want %q", name, via, ok, c.via)
		}
	}
}

func TestReport_AnObjectionKeepsItsOwnLineOut(t *testing.T) {
	r := sent(true)
	r.Objections = []Objection{{LineID: "a", ContactID: "co"}}
	if h := r.Holding(); len(h) != 1 || h[0].ID != "b" {
		t.Errorf("what holds: %+v", h)
	}
	if s := r.LineStateOf(r.Lines[0], monday); s != LineContested {
		t.Errorf("the contested line is %s", s)
	}
	if s := r.StateOf("", monday); s != Contested {
		t.Errorf("the report is %s", s)
	}
	r.Objections = []Objection{{ContactID: "xo"}}
	if h := r.Holding(); len(h) != 0 {
		t.Errorf("one of two contests all of it: %+v", h)
	}
	r.Objections = []Objection{{LineID: "a", Late: true}}
	if r.SettledAt = monday; r.LineStateOf(r.Lines[0], monday) != LineInForce {
		t.Error("an objection after it came into force changes history")
	}
}

// TestReport_NeverHoldsWhatIsContested draws answers in any order.
func TestReport_NeverHoldsWhatIsContested(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := sent(rapid.Bool().Draw(t, "silence"))
		for i := range r.Receivers {
			if rapid.Bool().Draw(t, "accepts") {
				r.Receivers[i].AcceptedAt = monday
			}
			if rapid.Bool().Draw(t, "unsent") {
				r.Receivers[i].SentAt = time.Time{}
			}
		}
		line := rapid.SampledFrom([]string{"", "a", "b", "none"}).Draw(t, "line")
		if line != "none" {
			r.Objections = []Objection{{LineID: line}}
		}
		now := monday.Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "hours")) * time.Hour)
		for _, l := range r.Holding() {
			if line == "" || l.ID == line {
				t.Fatalf("%q is contested, yet %+v holds", line, l)
			}
		}
		via, ok := r.Settles("", now)
		for _, x := range r.Receivers {
			if ok && x.AcceptedAt.IsZero() && (via == "click" || x.SentAt.IsZero() || now.Before(x.DueAt)) {
				t.Fatalf("in force by %s although %+v", via, x)
			}
		}
	})
}
