package talent

import (
	"math/big"
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
	Subject     string // the event: draft, version, post, insight, booking
	SubjectID   string // one fact per kind and subject
	CampaignID  string
	Title       string // the campaign's name, for the talent and the staff
	At          time.Time
	DueAt       time.Time // of a date; zero for the other kinds
	Excused     bool      // caused by others (R2) or accepted force majeure: does not count
	ContestedAt time.Time
	ContestText string
	SettledAt   time.Time // staff decided: counts again unless Excused
	SettledBy   string
	Decision    string // in words, for the talent
	Version     int64
}

// Counts says whether a fact is part of the record now (R13): not excused, not
// under contest, not older than 24 months.
func (f Fact) Counts(now time.Time) bool {
	return !f.Excused && !f.Open() && f.At.After(now.AddDate(-2, 0, 0))
}

// DateFact is the fact of a committed date and of when it was kept; LateMinutes are
// full minutes of elapsed time.
func DateFact(due, at time.Time) Fact {
	f := Fact{Kind: FactDate, Met: !at.After(due), At: at, DueAt: due}
	if !f.Met {
		f.LateMinutes = int64(at.Sub(due) / time.Minute)
	}
	return f
}

// Open says whether the talent waits for a decision about the fact.
func (f Fact) Open() bool { return !f.ContestedAt.IsZero() && f.SettledAt.IsZero() }

// Record is what the facts say of a talent. LowerPpm is the lower end of the 90 %
// Wilson interval of all counted facts in millionths, 0 to 1,000,000, rounded down;
// ranking uses it. Enough is false below three facts: then nothing is shown and
// LowerPpm is NeutralPpm.
type Record struct {
	Kept, All         int64 // dates and drop-outs
	FirstPass, Drafts int64
	InsightsKept      int64
	InsightsAll       int64
	DropOuts          int64
	MedianLateMinutes int64 // of late dates
	Facts             int64
	LowerPpm          int64
	Enough            bool
}

// NeutralPpm stands for a record with too few facts (R3, R18).
const NeutralPpm = 500_000

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
		r.LowerPpm = wilsonLowerPpm(met, r.Facts)
	} else {
		r.LowerPpm = NeutralPpm
	}
	return r
}

// z² of the two-sided 90 % interval is 2.705543454, that is wilsonZ / wilsonD.
const (
	wilsonZ = 2_705_543_454
	wilsonD = 1_000_000_000
)

// wilsonLowerPpm is the lower end of the two-sided 90 % Wilson score interval of met
// out of all, in whole millionths, rounded down. It is computed in integers, so that
// it is the same on every machine: the greatest m with
// m/10⁶ ≤ (met + z²/2 − √(z²·met·(all−met)/all + z⁴/4)) / (all + z²).
func wilsonLowerPpm(met, all int64) int64 {
	n := big.NewInt
	// Times 2·D: top = 2·met·D + Z − √(4·D·Z·met·(all−met)/all + Z²), under = 2·(all·D + Z).
	inner := new(big.Int).Mul(n(4*wilsonD), n(wilsonZ))
	inner.Mul(inner, n(met)).Mul(inner, n(all-met))
	inner.Add(inner, new(big.Int).Mul(n(all), new(big.Int).Mul(n(wilsonZ), n(wilsonZ))))
	base := new(big.Int).Add(new(big.Int).Mul(n(2*met), n(wilsonD)), n(wilsonZ))
	under := new(big.Int).Add(new(big.Int).Mul(n(all), n(wilsonD)), n(wilsonZ))
	under.Mul(under, n(2))
	lo, hi := int64(0), int64(1_000_000)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		// mid·under/10⁶ ≤ base − √(inner/all), with both sides of the root squared.
		rest := new(big.Int).Mul(base, n(1_000_000))
		rest.Sub(rest, new(big.Int).Mul(n(mid), under))
		root := new(big.Int).Mul(inner, n(1_000_000_000_000))
		if rest.Sign() >= 0 && new(big.Int).Mul(new(big.Int).Mul(rest, rest), n(all)).Cmp(root) >= 0 {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
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
