package pitch

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"kolega/internal/client"
	"kolega/internal/money"
	"kolega/internal/proof"
	"kolega/internal/result"
	"kolega/internal/worktime"
)

const today = worktime.Date("2026-11-23")

func plan() Plan {
	return Plan{Budget: money.IDR(50_000_000), KOL: []PlanLine{{Name: "Nadia", Reach: 250_000, Source: result.SourceRateCard}}, Media: []PlanLine{{Name: "folkatif", Reach: 400_000, Source: result.SourceGuess}}}
}

func TestPart_RefusesWhatHasNoSourceNoEndOrNoWords(t *testing.T) {
	figure := Data{Value: "4,2 juta", Source: "We Are Social", SourceOn: "2026-01-10"}
	offer := Data{UntilOn: "2026-12-31"}
	for _, c := range []struct {
		name string
		kind Kind
		data Data
		body string
		want error
	}{
		{"a story without words", KindStory, Data{}, "", ErrPartBody},
		{"an idea that is none", KindIdea, Data{}, "", ErrPartIdea},
		{"a trend that is none", KindTrend, Data{}, "", ErrPartTrend},
		{"a proof that is none", KindProof, Data{}, "", ErrPartProof},
		{"a line-up of nobody", KindLineUp, Data{}, "", ErrPartTalents},
		{"a sheet that is none", KindSheet, Data{}, "", ErrPartSheet},
		{"a kind that is none", "rumour", Data{}, "x", ErrPartKind},
		{"a number without its source", KindFigure, Data{Value: "4", SourceOn: "2026-01-10"}, "", ErrPartSource},
		{"a number without its date", KindFigure, Data{Value: "4", Source: "x"}, "", ErrPartOn},
		{"a number of tomorrow", KindFigure, Data{Value: "4", Source: "x", SourceOn: "2026-11-24"}, "", ErrPartOn},
		{"a number whose link is none", KindFigure, Data{Value: "4", Source: "x", SourceOn: "2026-01-10", Link: "javascript:x"}, "", ErrPartLink},
		{"a number", KindFigure, figure, "", nil},
		{"an offer without end", KindOffer, Data{}, "x", ErrPartUntil},
		{"an offer that is over", KindOffer, Data{UntilOn: "2026-11-22"}, "x", ErrPartUntil},
		{"an offer that ends today", KindOffer, Data{UntilOn: today}, "x", nil},
		{"a limit that is only claimed", KindOffer, Data{UntilOn: "2026-12-31", Limit: "soon"}, "x", ErrPartLimit},
		{"few days of nobody", KindOffer, Data{UntilOn: "2026-12-31", Limit: ByTalents}, "x", ErrPartTalents},
		{"an offer", KindOffer, offer, "x", nil},
		{"a plan", KindPlans, Data{Plan: plan()}, "", nil},
	} {
		p := Part{Kind: c.kind, Title: "T", Body: c.body, Data: c.data}
		if err := p.tidy(today); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	for want, edit := range map[error]func(*Plan){ErrPlanBudget: func(p *Plan) { p.Budget = money.Amount{} }, ErrPlanSides: func(p *Plan) { p.Media = nil }, ErrPlanReach: func(p *Plan) { p.KOL[0].Reach = 0 },
		ErrPlanSource: func(p *Plan) { p.Media[0].Source = "" }} {
		p := plan()
		edit(&p)
		if err := p.tidy(); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
}

func TestPart_KeepsOnlyWhatItsKindUses(t *testing.T) {
	p := Part{Kind: KindStory, Title: " A  B ", Body: "x", Data: Data{IdeaID: "i", UntilOn: "2026-12-31", Talents: []string{"t"}}}
	if err := p.tidy(today); err != nil || !reflect.DeepEqual(p.Data, Data{}) || p.Title != "A B" {
		t.Errorf("%+v %v", p, err)
	}
}

func TestPlan_ComparesReachForOneBudget(t *testing.T) {
	sides := plan().Sides()
	if s := sides[0]; s.Reach != 250_000 || s.Guessed || s.Thousand != money.IDR(200_000) {
		t.Errorf("%+v", s)
	}
	if s := sides[1]; s.Reach != 400_000 || !s.Guessed || s.Thousand != money.IDR(125_000) {
		t.Errorf("%+v", s)
	}
	if c := (Plan{Budget: money.IDR(1)}).PerThousand(nil); c.Measurable() {
		t.Error("nobody reached has a price")
	}
}

func TestFreeDays_AreScarceOnlyWhenFew(t *testing.T) {
	busy := func(days ...worktime.Date) func(worktime.Date) bool {
		return func(d worktime.Date) bool {
			for _, x := range days {
				if x == d {
					return true
				}
			}
			return false
		}
	}
	f := FreeOf("Nadia", "2026-12-01", "2026-12-06", busy("2026-12-02", "2026-12-05", "2026-12-06"))
	if !f.Scarce() || f.Of != 6 || !reflect.DeepEqual(f.Runs(), [][2]worktime.Date{{"2026-12-01", "2026-12-01"}, {"2026-12-03", "2026-12-04"}}) {
		t.Errorf("%+v %v", f, f.Runs())
	}
	if f := FreeOf("Nadia", "2026-12-01", "2026-12-06", busy("2026-12-02", "2026-12-05")); f.Scarce() {
		t.Errorf("four free days of six are no scarcity: %+v", f)
	}
	if f := FreeOf("Nadia", "2026-12-06", "2026-12-01", busy()); f.Scarce() {
		t.Error("a window without days is scarce")
	}
}

func TestChecklist_WantsStoryProofNumberAndOffer(t *testing.T) {
	part := func(k Kind, s Section) Checked {
		s.Kind = k
		return Checked{Part: Part{Kind: k, Title: string(k)}, Section: s}
	}
	whole := []Checked{part(KindStory, Section{}), part(KindProof, Section{Proof: &proof.Shown{Kind: proof.Testimonial}}), part(KindFigure, Section{}), part(KindOffer, Section{UntilOn: "2026-12-31"})}
	if l := Lacking(Checklist(whole, today)); len(l) != 0 {
		t.Errorf("lacks %v", l)
	}
	for i, want := range []string{"story", "proof", "number", "offer"} {
		less := append(append([]Checked{}, whole[:i]...), whole[i+1:]...)
		if l := Lacking(Checklist(less, today)); !reflect.DeepEqual(l, []string{want}) {
			t.Errorf("without %s: lacks %v", want, l)
		}
	}
	statistic := []Checked{whole[0], part(KindProof, Section{Proof: &proof.Shown{Kind: proof.Statistic}}), whole[3]}
	if l := Lacking(Checklist(statistic, today)); len(l) != 0 {
		t.Errorf("a statistic is proof and number: lacks %v", l)
	}
	bad := append([]Checked{}, whole...)
	bad[1].Problem = proof.ErrRefused
	if l := Lacking(Checklist(bad, today)); !reflect.DeepEqual(l, []string{"proof", "part"}) {
		t.Errorf("a refused proof: lacks %v", l)
	}
	old := append([]Checked{}, whole...)
	old[2].Stale = true
	list := Checklist(old, today)
	if l := Lacking(list); len(l) != 0 || !list[len(list)-1].Warn {
		t.Errorf("an old number warns and does not hold back: %+v", list)
	}
}

func TestVersion_NobodyApprovesTheirOwn(t *testing.T) {
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	v := Version{ByID: "rani"}
	if _, err := v.Approve("rani", "Rani", now); !errors.Is(err, ErrOwnKey) {
		t.Errorf("%v", err)
	}
	a, err := v.Approve("dewa", "Dewa", now)
	if err != nil || !a.Approved() || a.Waits() {
		t.Errorf("%+v %v", a, err)
	}
	if _, err := a.Refuse("x", "Dewa", now); !errors.Is(err, ErrDecided) {
		t.Errorf("%v", err)
	}
	if _, err := v.Refuse(" ", "Dewa", now); !errors.Is(err, ErrWhy) {
		t.Errorf("%v", err)
	}
}

func TestConcept_ChangingARipeOneMakesItRaw(t *testing.T) {
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	if _, err := (Deck{}).Ripen("Rani", now); !errors.Is(err, ErrConcept) {
		t.Errorf("nothing is ripe: %v", err)
	}
	d, err := Deck{Concept: "Cahaya pagi"}.Ripen("Rani", now)
	if err != nil || !d.Ripe() {
		t.Fatal(d, err)
	}
	if d = d.Reword(" Cahaya pagi "); !d.Ripe() {
		t.Error("the same words made it raw")
	}
	if d = d.Reword("Cahaya sore"); d.Ripe() {
		t.Error("other words left it ripe")
	}
}

func TestStage_IsComputed(t *testing.T) {
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	waits, approved, sent := Version{}, Version{ApprovedAt: at}, Version{ApprovedAt: at, SentAt: at}
	for _, c := range []struct {
		deal     client.Stage
		versions []Version
		requests []Request
		readers  int
		want     Stage
	}{
		{"lead", nil, nil, 0, StageOutline},
		{"lead", nil, []Request{{}}, 0, StageDesign},
		{"lead", nil, []Request{{DoneAt: at}}, 0, StageOutline},
		{"lead", []Version{waits}, []Request{{}}, 0, StageApproval},
		{"lead", []Version{approved}, nil, 0, StageApproved},
		{"pitched", []Version{sent}, nil, 0, StageSent},
		{"pitched", []Version{sent}, nil, 2, StageRead},
		{"pitched", []Version{waits, sent}, nil, 2, StageApproval},
		{"won", []Version{sent}, nil, 2, StageWon},
		{"lost", []Version{sent}, nil, 0, StageLost},
		{"lost", []Version{waits}, nil, 0, StageApproval},
	} {
		if got := StageOf(c.deal, c.versions, c.requests, c.readers); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestBeat_ClaimsNoMoreThanPassed(t *testing.T) {
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	b := Beat{Sections: map[int64]time.Duration{0: 20 * time.Second, 1: 50 * time.Second, 9: time.Hour, -1: time.Hour}}
	if got := b.Bounded(time.Time{}, now, 3); !reflect.DeepEqual(got, map[int64]time.Duration{0: 20 * time.Second, 1: 40 * time.Second}) {
		t.Errorf("the first beat: %v", got)
	}
	if got := b.Bounded(now.Add(-10*time.Second), now, 3); !reflect.DeepEqual(got, map[int64]time.Duration{0: 13 * time.Second}) {
		t.Errorf("ten seconds later: %v", got)
	}
	if got := (Beat{Sections: map[int64]time.Duration{0: -time.Second}}).Bounded(time.Time{}, now, 3); len(got) != 0 {
		t.Errorf("less than nothing: %v", got)
	}
}

func TestMachine_PreviewsAreNoReaders(t *testing.T) {
	for _, ua := range []string{"", "WhatsApp/2.23.20.0", "TelegramBot (like TwitterBot)", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
		"Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "curl/8.5", "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5", "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0", "Go-http-client/2.0",
		"Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)", "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)"} {
		if !Machine(ua) {
			t.Errorf("a reader: %q", ua)
		}
	}
	for _, ua := range []string{"Mozilla/5.0 (Linux; Android 13; SM-A536E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Mobile Safari/537.36", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:120.0) Gecko/20100101 Firefox/120.0", "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram 300.0"} {
		if Machine(ua) {
			t.Errorf("no reader: %q", ua)
		}
	}
}
