package report

import (
	"strings"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/locale"
)

// Reader is to whom a delay is told; each is told in the own words.
type Reader string

// The readers of delays.
const (
	ReaderStaff  Reader = ""
	ReaderClient Reader = "client."
	ReaderTalent Reader = "talent."
)

// DelayShare is what one kind of step did to a date.
type DelayShare struct {
	Word    string
	Minutes int64
}

// sharesIn joins a ledger's shifts by party and kind, in the order in which each came first.
func sharesIn(l *locale.Loc, d campaign.Delay, steps []campaign.PlanStep, to Reader) (out []DelayShare) {
	at := map[string]int{}
	for _, s := range d.Shifts {
		key := "step." + steps[s.Step].Kind
		if s.Caused {
			key = "caused." + string(s.Party)
		}
		i, seen := at[key]
		if !seen {
			i = len(out)
			word := "delay." + string(to) + key
			if !l.Has(word) {
				word = "delay." + key
			}
			at[key], out = i, append(out, DelayShare{Word: l.T(word)})
		}
		out[i].Minutes += s.Minutes
	}
	return out
}

// sharesText writes shares after each other, "client review +1 day, we recovered 2 h".
func sharesText(l *locale.Loc, shares []DelayShare) string {
	var parts []string
	for _, s := range shares {
		key := "delay.late"
		if s.Minutes < 0 {
			key = "delay.recovered"
		}
		if s.Minutes != 0 {
			parts = append(parts, l.T(key, "who", s.Word, "time", l.Duration(time.Duration(max(s.Minutes, -s.Minutes))*time.Minute)))
		}
	}
	return strings.Join(parts, ", ")
}

// Sentence says in one sentence, in a reader's language and zone, why a posting moved (R2).
func (d DelayLine) Sentence(l *locale.Loc, to Reader) string {
	day := func(t time.Time) string { return l.DateTime(t, l.Zone.String()) }
	return l.T("delay.sentence", "from", day(d.Planned), "to", day(d.Forecast), "shares", sharesText(l, sharesIn(l, d.Delay, d.Steps, to)))
}

// OwnShare says what the talent's own steps did to the date; "" when nothing.
func (d DelayLine) OwnShare(l *locale.Loc) string {
	own := d.Delay
	own.Shifts = nil
	for _, s := range d.Shifts {
		if s.Party == campaign.DelayTalent {
			own.Shifts = append(own.Shifts, s)
		}
	}
	if text := sharesText(l, sharesIn(l, own, d.Steps, ReaderTalent)); text != "" {
		return l.T("delay.own", "shares", text)
	}
	return ""
}

// ClientDate is the posting date of one deliverable as its client sees it: planned,
// expected now, and in one sentence whose lateness moved it. No private reasons.
type ClientDate struct {
	DeliverableID, Talent, Platform, Format string

	Number            int64
	Planned, Forecast time.Time
	Posted            bool
	Minutes           int64  // elapsed minutes by which it moved; negative for earlier
	Why               string // in the reader's words; "" when it did not move
}

func clientDate(d DelayLine, l *locale.Loc) ClientDate {
	p := d.Deliverable
	out := ClientDate{DeliverableID: p.ID, Talent: d.Talent, Platform: p.Platform, Format: p.Format, Number: p.Number,
		Planned: d.Planned, Forecast: d.Forecast, Posted: d.Posted, Minutes: d.Minutes}
	if d.Minutes != 0 {
		out.Why = d.Sentence(l, ReaderClient)
	}
	return out
}
