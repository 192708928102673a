package pitch

import (
	"net/url"
	"slices"
	"strings"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/worktime"
)

// Kind says what a part of the outline is.
type Kind string

// The kinds.
const (
	KindStory  Kind = "story"  // the line that the deck follows
	KindIdea   Kind = "idea"   // from a brainstorm
	KindTrend  Kind = "trend"  // what is coming, with its best-before day
	KindProof  Kind = "proof"  // from the proof library
	KindFigure Kind = "number" // a number with its source
	KindLineUp Kind = "lineup" // talents, without cost
	KindPlans  Kind = "plan"   // talents against media accounts for one budget (A23)
	KindOffer  Kind = "offer"  // what we offer until when
	KindSheet  Kind = "sheet"  // a service sheet that goes along
	KindWords  Kind = "text"
)

// Kinds lists them in the order of the form.
func Kinds() []Kind {
	return []Kind{KindStory, KindIdea, KindTrend, KindProof, KindFigure, KindLineUp, KindPlans, KindOffer, KindSheet, KindWords}
}

// Part is one page of the outline.
type Part struct {
	ID, DeckID string
	Place      int64
	Kind       Kind
	Title      string
	Body       string
	Data       Data
	Version    int64
}

// Data is what a part holds besides its words; each kind uses its own fields.
type Data struct {
	IdeaID  string `json:",omitzero"`
	NoteID  string `json:",omitzero"` // a trend
	ProofID string `json:",omitzero"`

	Value    string        `json:",omitzero"` // of a number, as it is read
	Source   string        `json:",omitzero"`
	Link     string        `json:",omitzero"`
	SourceOn worktime.Date `json:",omitzero"`

	Price   money.Amount  `json:",omitzero"` // of an offer: what the client pays, without tax
	UntilOn worktime.Date `json:",omitzero"` // the last day of an offer
	Limit   Limit         `json:",omitzero"`
	Free    []string      `json:",omitzero"` // ids of the talents whose days are few

	Talents []string `json:",omitzero"` // ids, in the order shown

	Plan Plan `json:",omitzero"`

	SheetID   string `json:",omitzero"`
	VersionID string `json:",omitzero"`
	Reason    string `json:",omitzero"` // why a sheet out of its days goes along
}

// Limit says what makes an offer scarce. It is never only claimed.
type Limit string

// The limits: none, the end date, talents with few free days.
const (
	NoLimit   Limit = ""
	ByDate    Limit = "date"
	ByTalents Limit = "talents"
)

// Plan compares two ways to spend one budget (A23). It has no cost: what a client pays is
// the budget.
type Plan struct {
	Budget    money.Amount
	KOL       []PlanLine
	Media     []PlanLine
	KOLRisk   string
	MediaRisk string
}

// PlanLine is one account of a plan with the reach that is expected and where that is from.
type PlanLine struct {
	Name     string
	Platform string
	Format   string
	Reach    int64
	Source   result.ReachSource
	Note     string // which rate card, which result, why this guess
}

// Empty tells whether nothing was planned.
func (p Plan) Empty() bool { return len(p.KOL) == 0 && len(p.Media) == 0 }

// Reach sums a side's expected reach; guessed says that a line of it is a guess.
func Reach(lines []PlanLine) (sum int64, guessed bool) {
	for _, l := range lines {
		sum, guessed = sum+l.Reach, guessed || l.Source == result.SourceGuess
	}
	return sum, guessed
}

// PerThousand is what a thousand people reached would cost the client; not measurable
// without reach.
func (p Plan) PerThousand(lines []PlanLine) result.Cost {
	sum, _ := Reach(lines)
	return result.CPM(p.Budget, sum)
}

// Faults of parts.
var (
	ErrPartKind    = fault.Field("kind", "deck.part-kind")
	ErrPartTitle   = fault.Field("title", "deck.part-title")
	ErrPartBody    = fault.Field("body", "deck.part-body")
	ErrPartIdea    = fault.Field("idea", "deck.part-idea")
	ErrPartTrend   = fault.Field("note", "deck.part-trend")
	ErrPartProof   = fault.Field("proof", "deck.part-proof")
	ErrPartValue   = fault.Field("value", "deck.part-value")
	ErrPartSource  = fault.Field("source", "deck.part-source") // a number without one
	ErrPartOn      = fault.Field("source_on", "deck.part-source-on")
	ErrPartLink    = fault.Field("link", "deck.part-link")
	ErrPartUntil   = fault.Field("until_on", "deck.part-until") // an offer without an end, or one that is over
	ErrPartPrice   = fault.Field("price", "deck.part-price")
	ErrPartLimit   = fault.Field("limit", "deck.part-limit")
	ErrNotScarce   = fault.Field("free", "deck.not-scarce")      // a talent with many free days; args: talent, free, days
	ErrPartTalents = fault.Field("talents", "deck.part-talents") // nobody, or a handle that is nobody's; arg: handle
	ErrPlanBudget  = fault.Field("budget", "deck.plan-budget")
	ErrPlanSides   = fault.Field("kol_name", "deck.plan-sides") // one side is empty
	ErrPlanReach   = fault.Field("kol_reach", "deck.plan-reach")
	ErrPlanSource  = fault.Field("kol_source", "deck.plan-source") // expected reach without a source; arg: name
	ErrPartSheet   = fault.Field("sheet", "deck.part-sheet")
)

const (
	maxTalents = 24
	maxLines   = 20
)

func isWeb(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && strings.Contains(u.Host, ".")
}

// tidy brings a part into its one form. today is the day at the agency. Faults: deck.part-*, deck.plan-*.
func (p *Part) tidy(today worktime.Date) error {
	p.Title, p.Body = oneLine(p.Title), strings.TrimSpace(p.Body)
	switch n := len([]rune(p.Title)); {
	case !slices.Contains(Kinds(), p.Kind):
		return ErrPartKind
	case n == 0 || n > maxTitle:
		return ErrPartTitle
	case len([]rune(p.Body)) > maxText, p.Body == "" && (p.Kind == KindStory || p.Kind == KindWords):
		return ErrPartBody
	}
	d := p.Data
	p.Data = Data{}
	switch p.Kind {
	case KindIdea:
		p.Data.IdeaID = d.IdeaID
		return missing(d.IdeaID == "", ErrPartIdea)
	case KindTrend:
		p.Data.NoteID = d.NoteID
		return missing(d.NoteID == "", ErrPartTrend)
	case KindProof:
		p.Data.ProofID = d.ProofID
		return missing(d.ProofID == "", ErrPartProof)
	case KindFigure:
		p.Data = Data{Value: oneLine(d.Value), Source: oneLine(d.Source), Link: strings.TrimSpace(d.Link), SourceOn: d.SourceOn}
		return p.Data.checkFigure(today)
	case KindLineUp:
		p.Data.Talents = d.Talents
		return missing(len(d.Talents) == 0 || len(d.Talents) > maxTalents, ErrPartTalents)
	case KindPlans:
		p.Data.Plan = d.Plan
		return p.Data.Plan.tidy()
	case KindOffer:
		p.Data = Data{Price: d.Price, UntilOn: d.UntilOn, Limit: d.Limit, Free: d.Free}
		return p.Data.checkOffer(today)
	case KindSheet:
		p.Data = Data{SheetID: d.SheetID, VersionID: d.VersionID, Reason: strings.TrimSpace(d.Reason)}
		return missing(d.VersionID == "", ErrPartSheet)
	}
	return nil
}

func missing(yes bool, f *fault.Error) error {
	if yes {
		return f
	}
	return nil
}

func (d Data) checkFigure(today worktime.Date) error {
	switch {
	case d.Value == "" || len([]rune(d.Value)) > 40:
		return ErrPartValue
	case d.Source == "":
		return ErrPartSource
	case d.SourceOn.IsZero() || !d.SourceOn.Valid() || d.SourceOn.After(today):
		return ErrPartOn
	case d.Link != "" && !isWeb(d.Link):
		return ErrPartLink
	}
	return nil
}

func (d *Data) checkOffer(today worktime.Date) error {
	if d.Limit != ByTalents {
		d.Free = nil
	}
	switch {
	case d.Price.Sign() < 0 || d.Price.Minor != 0 && !d.Price.Currency.Known():
		return ErrPartPrice
	case d.UntilOn.IsZero() || !d.UntilOn.Valid() || d.UntilOn.Before(today):
		return ErrPartUntil
	case d.Limit != NoLimit && d.Limit != ByDate && d.Limit != ByTalents:
		return ErrPartLimit
	case d.Limit == ByTalents && (len(d.Free) == 0 || len(d.Free) > maxTalents):
		return ErrPartTalents
	}
	return nil
}

func (p *Plan) tidy() error {
	p.KOLRisk, p.MediaRisk = strings.TrimSpace(p.KOLRisk), strings.TrimSpace(p.MediaRisk)
	switch {
	case p.Budget.Sign() <= 0 || !p.Budget.Currency.Known():
		return ErrPlanBudget
	case len(p.KOL) == 0 || len(p.Media) == 0 || len(p.KOL) > maxLines || len(p.Media) > maxLines:
		return ErrPlanSides
	}
	for _, side := range [][]PlanLine{p.KOL, p.Media} {
		for i := range side {
			l := &side[i]
			l.Name, l.Note, l.Format = oneLine(l.Name), oneLine(l.Note), oneLine(l.Format)
			switch {
			case l.Name == "":
				return ErrPlanSides
			case l.Reach <= 0:
				return ErrPlanReach.With("name", l.Name)
			case !slices.Contains(result.ReachSources, l.Source):
				return ErrPlanSource.With("name", l.Name)
			}
		}
	}
	return nil
}

// scarceFrom: a talent's days are few when at most half of them are free.
const scarceFrom = 2

// FreeDays are the free days of one talent in a window, both ends included.
type FreeDays struct {
	Name string
	Days []worktime.Date
	Of   int // days of the window
}

// Scarce tells whether the days are few enough to say so.
func (f FreeDays) Scarce() bool { return f.Of > 0 && len(f.Days)*scarceFrom <= f.Of }

// FreeOf leaves out the busy days of a window.
func FreeOf(name string, from, to worktime.Date, busy func(worktime.Date) bool) FreeDays {
	f := FreeDays{Name: name}
	for d := from; !d.After(to) && f.Of < 400; d = d.AddDays(1) {
		f.Of++
		if !busy(d) {
			f.Days = append(f.Days, d)
		}
	}
	return f
}

// Runs are the days as ranges without gaps, in order.
func (f FreeDays) Runs() (out [][2]worktime.Date) {
	for _, d := range f.Days {
		if n := len(out); n > 0 && out[n-1][1].AddDays(1) == d {
			out[n-1][1] = d
		} else {
			out = append(out, [2]worktime.Date{d, d})
		}
	}
	return out
}
