package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Document is everything a campaign's report says. It has nothing of talent cost.
type Document struct {
	Number     int64 // of the version; 0 while it is being written
	Lang, Zone string
	Agency     string
	Client     string
	Brand      string
	Campaign   string
	AE         string
	From, To   worktime.Date
	MadeAt     time.Time

	Purpose  string // awareness, engagement, sales
	Metric   string
	Target   int64
	Audience string

	Summary string
	Learned []string
	Advice  []Advice

	Formula  result.Formula
	Actions  []result.Metric
	TargetBp int64 // of the engagement rate; 0 = none was promised

	Done    Done
	Total   Sums
	Talents []Sums
	Posts   []Post
	Worth   Worth
	Promise Promise
	Missing []Missing
	Changes []Change

	Benchmarks []Benchmark `json:",omitempty"` // those that the talents are held against
	EMV        EMV         `json:",omitzero"`

	Spread Spread   `json:",omitzero"`
	Traces []Traced `json:",omitempty"`
}

// EMV is an estimate of what the impressions would have cost as advertising (B21): off
// until somebody states the price of a thousand and where it is from.
type EMV struct {
	Rate   money.Amount // of 1,000 impressions; none: off
	Source string
}

// Value is rate × impressions ÷ 1,000, rounded half away from zero to the currency's
// unit; none when it is off or nothing is known.
func (e EMV) Value(impressions int64) (money.Amount, error) {
	if e.Rate.None() || impressions <= 0 {
		return money.Amount{}, nil
	}
	return e.Rate.MulRatio(impressions, 1000, money.HalfUp)
}

// Done is what was delivered.
type Done struct {
	Talents, Planned, Posted, OnTime int64
	Verified                         int64 // posts with verified numbers
}

// Count is a sum over posts with how many of them it is known.
type Count struct {
	Value    int64
	Known    int64
	Of       int64
	Verified int64
}

// Sums is the figures of a talent, or of the whole campaign.
type Sums struct {
	ID, Name, Handle, Platform string
	Posts                      int64
	Reach, Views, Impressions  Count
	Engagements                int64
	Base                       int64
	Measured                   int64
	Unverified                 int64
	State                      result.State // of a guarantee per talent; empty when there is none

	Followers   int64       `json:",omitzero"` // of the account; 0 unknown
	Tier        talent.Tier `json:",omitzero"`
	ReachRate   Pooled      `json:",omitzero"` // reach ÷ followers, over posts with both
	ViewThrough Pooled      `json:",omitzero"` // views ÷ impressions, over posts with both
	Peers       Peers       `json:",omitzero"`
	Bench       Band        `json:",omitzero"`
}

// Pooled is a sum over a sum, with how many posts had both.
type Pooled struct{ Num, Den, Posts int64 }

// Ratio is the pooled rate.
func (p Pooled) Ratio() result.Ratio { return result.Ratio{Num: p.Num, Den: p.Den, Known: p.Posts > 0} }

func (p *Pooled) add(c result.Counts, num, den result.Metric) {
	n, okN := c[num]
	d, okD := c[den]
	if okN && okD && d > 0 {
		p.Num, p.Den, p.Posts = p.Num+n, p.Den+d, p.Posts+1
	}
}

// Band is a benchmark's two ends, in basis points; 0 and 0 is none.
type Band struct{ LowBp, HighBp int64 }

// ER is the pooled engagement rate: sum ÷ sum (R19).
func (l Sums) ER() result.Ratio {
	return result.Ratio{Num: l.Engagements, Den: l.Base, Known: l.Measured > 0}
}

// Post is one piece of published content with its counts.
type Post struct {
	ID      string `json:",omitzero"`
	Picture string `json:",omitzero"` // SHA-256 of the file; empty for none

	TalentID, Talent, Handle, Platform, Format, URL string

	PostedAt    time.Time
	Zone        string
	Counts      map[result.Metric]int64
	Engagements int64
	Complete    bool // every counted action is known
	Base        int64
	Verified    bool
	TakenAt     time.Time
	Source      result.Source // empty: no numbers yet
	Late        bool
	Gone        bool
}

// ER is the post's engagement rate.
func (p Post) ER() result.Ratio {
	return result.Ratio{Num: p.Engagements, Den: p.Base, Known: p.Source != "" && p.Base > 0}
}

// Advice is what the agency advises, with the figure it rests on.
type Advice struct {
	Text   string
	Figure string // key of Document.Figures; empty when it rests on none
}

// Worth is what the client paid, divided by what came of it.
type Worth struct {
	Paid        money.Amount
	Engagements Count
	Views       Count
	Impressions Count
	Reach       Count
}

// Promise is the guarantee as a client reads it.
type Promise struct {
	Given    bool
	Scope    result.Scope
	TargetBp int64
	Lines    []PromiseLine
}

// PromiseLine is one verdict with its remedy.
type PromiseLine struct {
	Talent      string // empty for the whole campaign
	State       result.State
	Engagements int64
	Base        int64
	Agreed      bool
	Remedy      result.RemedyKind // empty when there is none
	Approved    bool
	Amount      money.Amount // of a refund
}

// ER is the verdict's engagement rate.
func (l PromiseLine) ER() result.Ratio {
	return result.Ratio{Num: l.Engagements, Den: l.Base, Known: l.Base > 0}
}

// The reasons why a figure is missing.
const (
	WhyNotPosted  = "not-posted"
	WhyNoInsight  = "no-insight"
	WhyNoBase     = "no-base"
	WhyUnverified = "unverified"
	WhyPartial    = "partial"
	WhyGone       = "gone"
)

// Missing names one figure that is not there, or not sure.
type Missing struct {
	Talent, Platform, Format string
	Why                      string
	What                     []result.Metric // of WhyPartial
}

// Change is a figure that differs from the version before.
type Change struct {
	Key, Name string // Name: the talent, empty for the total
	Was, Now  int64
	Bp        bool // the figures are rates in basis points
}

// Text is what people write into a report.
type Text struct {
	CampaignID string
	Summary    string
	Learned    []string
	Advice     []Advice
	EMV        EMV
	Revision   int64
}

// Refusals of a report.
var (
	ErrSummary    = fault.Field("summary", "report.summary")
	ErrLessons    = fault.Field("learned", "report.lessons")
	ErrUnverified = fault.New(fault.Conflict, "report.unverified")
	ErrNothing    = fault.New(fault.Conflict, "report.nothing")
	ErrSame       = fault.New(fault.Conflict, "report.same")
	ErrDamaged    = fault.New(fault.Internal, "report.damaged")
	ErrFormat     = fault.New(fault.Invalid, "report.format")
	ErrLong       = fault.Field("summary", "report.too-long")
	ErrFigure     = fault.Field("advice", "report.advice-number")
	ErrEMVSource  = fault.Field("emv_source", "report.emv-source")
)

// maxWords bounds each written part, in characters.
const maxWords = 4000

// Tidy trims the written parts, drops empty ones and refuses what is too long.
func (t Text) Tidy() (Text, error) {
	t.Summary = strings.TrimSpace(t.Summary)
	var learned []string
	for _, l := range t.Learned {
		if l = strings.TrimSpace(l); l != "" {
			learned = append(learned, l)
		}
	}
	var advice []Advice
	for _, a := range t.Advice {
		if a.Text = strings.TrimSpace(a.Text); a.Text != "" {
			advice = append(advice, a)
		}
	}
	t.Learned, t.Advice = learned, advice
	long := len([]rune(t.Summary)) > maxWords
	for _, l := range learned {
		long = long || len([]rune(l)) > maxWords
	}
	for _, a := range advice {
		long = long || len([]rune(a.Text)) > maxWords
	}
	if long {
		return t, ErrLong
	}
	if t.EMV.Source = strings.TrimSpace(t.EMV.Source); t.EMV.Rate.Sign() <= 0 {
		t.EMV = EMV{}
	} else if t.EMV.Source == "" || len(t.EMV.Source) > 200 {
		return t, ErrEMVSource
	}
	return t, nil
}

// CheckSend refuses a document that may not go out: nothing posted, no summary, nothing
// learned or advised, or numbers not verified unless that is accepted with the mark.
// same says that nothing changed since the version before.
func CheckSend(d Document, acceptUnverified bool, previous *Document) error {
	switch {
	case d.Done.Posted == 0:
		return ErrNothing
	case d.Summary == "":
		return ErrSummary
	case len(d.Learned) == 0 || len(d.Advice) == 0:
		return ErrLessons
	case previous != nil && d.says() == previous.says():
		return ErrSame
	case d.Total.Unverified > 0 && !acceptUnverified:
		return ErrUnverified
	}
	keys := d.Figures()
	for i, a := range d.Advice {
		if a.Figure != "" && !slices.ContainsFunc(keys, func(k Key) bool { return k.Key == a.Figure }) {
			return ErrFigure.With("n", i+1)
		}
	}
	return nil
}

// says is the hash of the content without number, time and differences.
func (d Document) says() string {
	d.Number, d.MadeAt, d.Changes = 0, time.Time{}, nil
	return d.Hash()
}

// Hash is the SHA-256 of the document's facts: the same on every machine.
func (d Document) Hash() string {
	b, err := json.Marshal(d)
	if err != nil {
		panic(err) // a document is plain data
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Key names a figure that advice can point at.
type Key struct {
	Key  string
	Name string // the talent, empty for the total
	What string // er, reach, views, engagements
}

// Figures lists the figures that advice can point at, the total's first.
func (d Document) Figures() []Key {
	var out []Key
	add := func(id, name string) {
		for _, what := range []string{"er", "reach", "views", "engagements"} {
			out = append(out, Key{id + "." + what, name, what})
		}
	}
	add("total", "")
	for _, t := range d.Talents {
		add(t.ID, t.Name)
	}
	return out
}

// Best lists up to n posts with the highest engagement rate, verified ones only.
func (d Document) Best(n int) []Post {
	list := slices.DeleteFunc(slices.Clone(d.Posts), func(p Post) bool { return !p.Verified || !p.ER().Measurable() })
	slices.SortStableFunc(list, func(a, b Post) int { return a.ER().Cmp(b.ER()) })
	return list[:min(n, len(list))]
}

// Compare lists what differs from the version before: the total's figures, then each talent's.
func Compare(before, now Document) []Change {
	var out []Change
	pair := func(name string, a, b Sums) {
		add := func(key string, was, is int64, bp bool) {
			if was != is {
				out = append(out, Change{key, name, was, is, bp})
			}
		}
		add("reach", a.Reach.Value, b.Reach.Value, false)
		add("views", a.Views.Value, b.Views.Value, false)
		add("engagements", a.Engagements, b.Engagements, false)
		add("er", a.ER().Bp(), b.ER().Bp(), true)
	}
	pair("", before.Total, now.Total)
	for _, t := range now.Talents {
		i := slices.IndexFunc(before.Talents, func(o Sums) bool { return o.ID == t.ID })
		old := Sums{}
		if i >= 0 {
			old = before.Talents[i]
		}
		pair(t.Name, old, t)
	}
	if before.Done.Posted != now.Done.Posted {
		out = append(out, Change{Key: "posts", Was: before.Done.Posted, Now: now.Done.Posted})
	}
	return out
}
