package campaign

import (
	"testing"
	"time"

	"kolega/internal/fault"
)

func agreedForProposals() Brief {
	return Brief{CampaignID: "c", Version: 2, Lang: "id", AcceptedAt: time.Unix(1, 0), Points: []Point{
		{ID: "logo", Number: 1, Kind: Must, Text: "Logo terlihat", CheckedIn: []string{"visual"}},
		{ID: "price", Number: 2, Kind: MustNot, Text: "Jangan sebut harga"},
		{ID: "tone", Number: 3, Kind: Should, Text: "Nada santai"},
	}}
}

func TestProposal_IsJudgedAgainstTheAgreedVersion(t *testing.T) {
	change := func(id, text string) ProposedLine {
		return ProposedLine{What: ChangePoint, PointID: id, Point: Point{Text: text}}
	}
	open := Proposal{ID: "open", Lines: []ProposedLine{change("logo", "Logo tiga detik")}}
	done := Proposal{ID: "done", Outcome: ProposalTaken, Lines: open.Lines}
	for name, x := range map[string]struct {
		lines    []ProposedLine
		replaces []string
		others   []Proposal
		code     string
	}{
		"nothing decided":                         {nil, nil, nil, ErrProposalEmpty.Code},
		"a change of a point":                     {[]ProposedLine{change("logo", "Logo tiga detik")}, nil, nil, ""},
		"the point said so already":               {[]ProposedLine{change("logo", "Logo terlihat")}, nil, nil, ErrBriefUnchanged.Code},
		"a point that is not in the brief":        {[]ProposedLine{change("gone", "x")}, nil, nil, ErrPointGone.Code},
		"one point twice":                         {[]ProposedLine{change("logo", "a"), {What: DropPoint, PointID: "logo"}}, nil, nil, ErrProposalTwice.Code},
		"a new point that says what another says": {[]ProposedLine{{What: AddPoint, Point: Point{Kind: Must, Text: "nada  santai."}}}, nil, nil, ErrPointTwice.Code},
		"a new point of no kind":                  {[]ProposedLine{{What: AddPoint, Point: Point{Text: "x"}}}, nil, nil, ErrPointKind.Code},
		"neither added, changed nor dropped":      {[]ProposedLine{{What: "date", PointID: "logo"}}, nil, nil, ErrProposalWhat.Code},
		"a second open one for the point":         {[]ProposedLine{change("logo", "b")}, nil, []Proposal{open}, ErrProposalTwice.Code},
		"a second that names the first":           {[]ProposedLine{change("logo", "b")}, []string{"open"}, []Proposal{open}, ""},
		"the first has ended":                     {[]ProposedLine{change("logo", "b")}, nil, []Proposal{done}, ""},
		"replaces what has ended":                 {[]ProposedLine{change("logo", "b")}, []string{"done"}, []Proposal{done}, ErrProposalAbsent.Code},
		"another point than the open one":         {[]ProposedLine{change("tone", "b")}, nil, []Proposal{open}, ""},
	} {
		_, err := Propose(agreedForProposals(), x.others, NewProposal{Lines: x.lines, Replaces: x.replaces}, ids())
		if err != nil && fault.CodeOf(err) != x.code || err == nil && x.code != "" {
			t.Errorf("%s: %v, want %q", name, err, x.code)
		}
	}
}

func TestProposal_AnObjectionToOneLineKeepsTheOthers(t *testing.T) {
	p, err := Propose(agreedForProposals(), nil, NewProposal{SourceNote: "Kickoff", Lines: []ProposedLine{
		{ID: "one", What: ChangePoint, PointID: "logo", Point: Point{Text: "Logo tiga detik"}},
		{ID: "two", What: AddPoint, Point: Point{Kind: Must, Text: "Sebut #promo"}},
		{ID: "three", What: DropPoint, PointID: "tone"},
	}}, ids())
	if err != nil {
		t.Fatal(err)
	}
	if l := p.Lines[0]; l.Point.Kind != Must || l.Point.CheckedIn[0] != "visual" || l.Point.Source != "meeting" || l.Point.SourceNote != "Kickoff" {
		t.Errorf("a changed point keeps what was not decided: %+v", l.Point)
	}
	if _, err := p.Object([]string{"one"}, "k", "Dewi", " ", time.Unix(2, 0)); fault.CodeOf(err) != ErrObjectionText.Code {
		t.Errorf("an objection without a word: %v", err)
	}
	if _, err := p.Object([]string{"nine"}, "k", "Dewi", "no", time.Unix(2, 0)); fault.CodeOf(err) != ErrPointGone.Code {
		t.Errorf("an objection to no line: %v", err)
	}
	q, err := p.Object([]string{"one"}, "k", "Dewi", "tidak disetujui", time.Unix(2, 0))
	if err != nil || !q.Open() || len(q.Standing()) != 2 || len(p.Standing()) != 3 {
		t.Fatalf("after one objection: %v, %d stand", err, len(q.Standing()))
	}
	d := Compare(agreedForProposals(), q.Preview(agreedForProposals()))
	if len(d.Changed) != 0 || len(d.Added) != 1 || len(d.Removed) != 1 {
		t.Errorf("the standing lines would make %+v", d)
	}
	q, err = q.Object(nil, "k2", "Budi", "semuanya tidak", time.Unix(3, 0))
	if err != nil || q.Outcome != ProposalObjected || q.Lines[0].ObjectedBy != "Dewi" || q.Lines[1].ObjectedBy != "Budi" {
		t.Errorf("after objections to all: %v, %+v", err, q)
	}
	if _, err := q.Object(nil, "k", "Dewi", "again", time.Unix(4, 0)); fault.CodeOf(err) != ErrProposalSettled.Code {
		t.Errorf("an objection to what has ended: %v", err)
	}
}

func TestProposal_SilenceCountsOnlyWhereItIsAgreed(t *testing.T) {
	at := time.Unix(1000, 0)
	for name, x := range map[string]struct {
		p    Proposal
		now  time.Time
		want bool
	}{
		"only a click":    {Proposal{}, at, false},
		"before the time": {Proposal{SilentAt: at}, at.Add(-time.Second), false},
		"at the time":     {Proposal{SilentAt: at}, at, true},
		"it has ended":    {Proposal{SilentAt: at, Outcome: ProposalWithdrawn}, at, false},
	} {
		if x.p.Silent(x.now) != x.want {
			t.Error(name)
		}
	}
}
