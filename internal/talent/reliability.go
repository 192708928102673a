package talent

import (
	"math"
	"sort"
	"time"
)

// FactKind is a kind of promise a talent keeps or breaks (R13).
type FactKind string

// The kinds. A fact of FactDate also carries how late it was.
const (
	FactDate      FactKind = "date"       // a committed date
	FactFirstPass FactKind = "first_pass" // a draft approved without a fault round
	FactInsights  FactKind = "insights"   // insights in time
	FactDropOut   FactKind = "drop_out"   // left a booking; always Met = false
)

// Fact is one kept or broken promise, linked to what it is about (R13).
type Fact struct {
	ID          string
	TalentID    string
	Kind        FactKind
	Met         bool
	LateMinutes int64  // over the due instant; 0 in time
	Subject     string // noun, e.g. "deliverable"
	SubjectID   string // one fact per kind and subject
	At          time.Time
	Excused     bool // caused by others (R2) or accepted force majeure: does not count
	ContestedAt time.Time
	ContestText string
	SettledAt   time.Time // the contest was answered: counts again unless Excused
	Version     int64
}

// Counts says whether a fact is part of the record now (R13): not excused, not
// under contest, not older than 24 months.
func (f Fact) Counts(now time.Time) bool {
	contested := !f.ContestedAt.IsZero() && f.SettledAt.IsZero()
	return !f.Excused && !contested && f.At.After(now.AddDate(-2, 0, 0))
}

// Record is what the facts say of a talent. Lower is the lower end of the 90 %
// Wilson interval of all counted facts, 0..1; ranking uses it. Enough is false
// below three facts: then nothing is shown and Lower is 0.5.
type Record struct {
	Kept, All         int64 // dates and drop-outs
	FirstPass, Drafts int64
	InsightsKept      int64
	InsightsAll       int64
	DropOuts          int64
	MedianLateMinutes int64 // of late dates
	Facts             int64
	Lower             float64
	Enough            bool
}

// minFacts is the number from which a record is shown (R13).
const minFacts = 3

// RecordOf computes the record of the facts that count now (R13).
func RecordOf(facts []Fact, now time.Time) Record {
	var r Record
	var met int64
	var late []int64
	for _, f := range facts {
		if !f.Counts(now) {
			continue
		}
		r.Facts++
		one := int64(0)
		if f.Met {
			one = 1
		}
		met += one
		switch f.Kind {
		case FactDate:
			r.All, r.Kept = r.All+1, r.Kept+one
			if f.LateMinutes > 0 {
				late = append(late, f.LateMinutes)
			}
		case FactDropOut:
			r.All, r.DropOuts = r.All+1, r.DropOuts+1
		case FactFirstPass:
			r.Drafts, r.FirstPass = r.Drafts+1, r.FirstPass+one
		case FactInsights:
			r.InsightsAll, r.InsightsKept = r.InsightsAll+1, r.InsightsKept+one
		}
	}
	r.MedianLateMinutes = median(late)
	if r.Enough = r.Facts >= minFacts; r.Enough {
		r.Lower = wilsonLower(met, r.Facts)
	} else {
		r.Lower = 0.5
	}
	return r
}

// wilsonLower is the lower end of the two-sided 90 % Wilson score interval.
func wilsonLower(met, all int64) float64 {
	const z = 1.6448536269514722
	n, p := float64(all), float64(met)/float64(all)
	mid := p + z*z/(2*n)
	spread := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, (mid-spread)/(1+z*z/n))
}

func median(xs []int64) int64 {
	if len(xs) == 0 {
		return 0
	}
	sort.Slice(xs, func(i, j int) bool { return xs[i] < xs[j] })
	if m := len(xs) / 2; len(xs)%2 == 1 {
		return xs[m]
	} else {
		return (xs[m-1] + xs[m]) / 2
	}
}
