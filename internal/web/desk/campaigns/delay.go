package campaigns

import (
	"context"
	"strings"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/locale"
	"kolega/internal/report"
)

func delayWord(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "delay."+key, args...)
}

// delayShare is what one party did to a date by one kind of step.
type delayShare struct {
	word    string
	minutes int64
}

// delayShares joins a ledger's shifts by party and kind, in the order in which each
// came first.
func delayShares(ctx context.Context, d report.DelayLine) (out []delayShare) {
	at := map[string]int{}
	for _, s := range d.Shifts {
		key := "step." + d.Steps[s.Step].Kind
		if s.Caused {
			key = "caused." + string(s.Party)
		}
		i, seen := at[key]
		if !seen {
			i = len(out)
			at[key], out = i, append(out, delayShare{word: delayWord(ctx, key)})
		}
		out[i].minutes += s.Minutes
	}
	return out
}

// delaySentence says in one sentence why a posting moved (R2).
func delaySentence(ctx context.Context, d report.DelayLine) string {
	l := locale.From(ctx)
	var parts []string
	for _, s := range delayShares(ctx, d) {
		key := "late"
		if s.minutes < 0 {
			key = "recovered"
		}
		if s.minutes != 0 {
			parts = append(parts, delayWord(ctx, key, "who", s.word, "time", l.Duration(time.Duration(s.minutes)*time.Minute)))
		}
	}
	return delayWord(ctx, "sentence", "from", delayDay(l, d.Planned), "to", delayDay(l, d.Forecast), "shares", strings.Join(parts, ", "))
}

func delayDay(l *locale.Loc, t time.Time) string { return l.DateTime(t, l.Zone.String()) }

// delayMinutes is a share as the ledger adds it up.
func delayMinutes(ctx context.Context, minutes int64) string {
	sign := "+"
	if minutes < 0 {
		sign = "−"
	}
	return sign + delayWord(ctx, "minutes", "n", locale.From(ctx).Int(max(minutes, -minutes)))
}

func delayParty(ctx context.Context, s campaign.Shift) string {
	return delayWord(ctx, "party."+string(s.Party))
}
