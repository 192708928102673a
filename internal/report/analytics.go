package report

import (
	"cmp"
	"slices"
	"strings"

	"kolega/internal/campaign"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// CampaignLine is one campaign as the analytics count it; every sum is made of such lines,
// so that each number opens to them.
type CampaignLine struct {
	ID, Name         string
	ClientID, Client string
	AEID, AE         string
	Start, End       worktime.Date
	Over             bool // closed, or its last day has passed
	Promise          PromiseKind
	Next             string // the same client's next campaign; "" for none
	NextID           string
	Gap              int64    // days from the end to the next one's start, below 0 when they overlap
	Said             Farewell // at its closing; empty where nobody asked

	Delay   map[campaign.DelayParty]int64 // minutes of working time (R2)
	Clean   int64                         // versions that passed at once
	Shown   int64                         // versions shown to the client
	Margins []ledger.Margin               // empty for who may not see margin
}

// PromiseKind is what became of a campaign's guarantee.
type PromiseKind string

// The kinds.
const (
	NoPromise     PromiseKind = "none"
	PromiseKept   PromiseKind = "kept"   // met
	PromiseMended PromiseKind = "mended" // missed, with a remedy
	PromiseBroken PromiseKind = "broken" // missed, without one
	PromiseOpen   PromiseKind = "open"
)

// PromiseKinds lists the kinds in the order of a table.
var PromiseKinds = []PromiseKind{PromiseKept, PromiseMended, PromiseBroken, PromiseOpen, NoPromise}

// RateLine is one post with verified numbers.
type RateLine struct {
	CampaignID, Campaign string
	PostID, Talent, URL  string
	Platform             string
	Tier                 talent.Tier
	Engagements, Reach   int64
}

// Analytics is what managers look at over campaigns that began in a span of days.
type Analytics struct {
	From, To worktime.Date
	Lines    []CampaignLine
	Rates    []RateLine
	Margin   bool // the reader may see it
}

// By says what a number is grouped by.
type By string

// The groupings.
const (
	PerAE       By = "ae"
	PerClient   By = "client"
	PerPromise  By = "promise"
	PerCampaign By = "campaign"
)

// key is a line's group: its id and name.
func (l CampaignLine) key(by By) (id, name string) {
	switch by {
	case PerAE:
		return l.AEID, l.AE
	case PerClient:
		return l.ClientID, l.Client
	case PerPromise:
		return string(l.Promise), ""
	}
	return l.ID, l.Name
}

// Group is the lines of one AE, client, campaign or kind of promise.
type Group struct {
	ID, Name string
	Lines    []CampaignLine
}

// Groups cuts the lines, by name.
func (a Analytics) Groups(by By) []Group {
	var out []Group
	at := map[string]int{}
	for _, l := range a.Lines {
		id, name := l.key(by)
		i, ok := at[id]
		if !ok {
			i, at[id] = len(out), len(out)
			out = append(out, Group{ID: id, Name: name})
		}
		out[i].Lines = append(out[i].Lines, l)
	}
	slices.SortStableFunc(out, func(x, y Group) int {
		if by == PerPromise {
			return cmp.Compare(slices.Index(PromiseKinds, PromiseKind(x.ID)), slices.Index(PromiseKinds, PromiseKind(y.ID)))
		}
		return cmp.Or(strings.Compare(x.Name, y.Name), strings.Compare(x.ID, y.ID))
	})
	return out
}

// All is every line as one group.
func (a Analytics) All() Group { return Group{Lines: a.Lines} }

// Repeat is how many of the campaigns that are over were followed by another of the same
// client (A11).
func (g Group) Repeat() result.Ratio {
	r := result.Ratio{Known: true}
	for _, l := range g.Lines {
		if l.Over {
			r.Den++
			if l.NextID != "" {
				r.Num++
			}
		}
	}
	return r
}

// FirstPass is how many shown versions came back without a fault.
func (g Group) FirstPass() result.Ratio {
	r := result.Ratio{Known: true}
	for _, l := range g.Lines {
		r.Num, r.Den = r.Num+l.Clean, r.Den+l.Shown
	}
	return r
}

// Delays sums the minutes that each party moved posts by (R2).
func (g Group) Delays() map[campaign.DelayParty]int64 {
	out := map[campaign.DelayParty]int64{}
	for _, l := range g.Lines {
		for p, n := range l.Delay {
			out[p] += n
		}
	}
	return out
}

// Margin is the sum in one currency, with the revenue it is a part of.
type MarginSum struct{ Revenue, Margin money.Amount }

// Share is margin ÷ revenue; not measurable without revenue, and below zero as it is.
func (m MarginSum) Share() (num, den int64, ok bool) {
	return m.Margin.Minor, m.Revenue.Minor, m.Revenue.Sign() > 0
}

// Margins sums the lines' margins, a currency each, the largest revenue first.
func (g Group) Margins() ([]MarginSum, error) {
	var out []MarginSum
	for _, l := range g.Lines {
		for _, m := range l.Margins {
			i := slices.IndexFunc(out, func(s MarginSum) bool { return s.Revenue.Currency == m.Currency })
			if i < 0 {
				out = append(out, MarginSum{money.New(0, m.Currency), money.New(0, m.Currency)})
				i = len(out) - 1
			}
			var err error
			if out[i].Revenue, err = out[i].Revenue.Add(m.Revenue); err != nil {
				return nil, err
			}
			if out[i].Margin, err = out[i].Margin.Add(m.Margin); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(out, func(a, b MarginSum) int { return b.Revenue.Cmp(a.Revenue) })
	return out, nil
}

// RateGroup is the posts of one platform and size of account.
type RateGroup struct {
	Platform string
	Tier     talent.Tier
	Lines    []RateLine
}

// ER is pooled: sum ÷ sum, by reach (R19).
func (g RateGroup) ER() result.Ratio {
	r := result.Ratio{Known: len(g.Lines) > 0}
	for _, l := range g.Lines {
		r.Num, r.Den = r.Num+l.Engagements, r.Den+l.Reach
	}
	return r
}

// RateGroups cuts the posts by platform and size, in the order of screens.
func (a Analytics) RateGroups() []RateGroup {
	var out []RateGroup
	for _, l := range a.Rates {
		i := slices.IndexFunc(out, func(g RateGroup) bool { return g.Platform == l.Platform && g.Tier == l.Tier })
		if i < 0 {
			out = append(out, RateGroup{Platform: l.Platform, Tier: l.Tier})
			i = len(out) - 1
		}
		out[i].Lines = append(out[i].Lines, l)
	}
	rank := func(g RateGroup) int { return slices.Index(talent.Tiers(), g.Tier) }
	slices.SortStableFunc(out, func(a, b RateGroup) int {
		return cmp.Or(strings.Compare(a.Platform, b.Platform), cmp.Compare(rank(a), rank(b)))
	})
	return out
}

// follow finds each campaign's next one of the same client. all is in any order.
func follow(lines []CampaignLine, all []CampaignLine) {
	for i := range lines {
		l := &lines[i]
		for _, o := range all {
			if o.ClientID != l.ClientID || o.ID == l.ID || o.Start < l.Start || o.Start == l.Start && o.ID < l.ID {
				continue
			}
			if l.NextID == "" || o.Start < l.nextStart(all) {
				l.NextID, l.Next, l.Gap = o.ID, o.Name, int64(l.End.DaysUntil(o.Start))
			}
		}
	}
}

func (l CampaignLine) nextStart(all []CampaignLine) worktime.Date {
	for _, o := range all {
		if o.ID == l.NextID {
			return o.Start
		}
	}
	return ""
}

// promiseOf judges a promise by its newest verdicts and the remedies that stand.
func promiseOf(verdicts []result.VerdictVersion, remedies []result.Remedy) PromiseKind {
	newest := map[string]result.State{}
	for _, v := range verdicts { // oldest first
		newest[v.BookingID] = v.State
	}
	kind := PromiseOpen
	for booking, state := range newest {
		switch {
		case state == result.Missed && !slices.ContainsFunc(remedies, func(r result.Remedy) bool { return r.BookingID == booking && r.Open() }):
			return PromiseBroken
		case state == result.Missed:
			kind = PromiseMended
		case state == result.Met && kind == PromiseOpen:
			kind = PromiseKept
		}
	}
	return kind
}
