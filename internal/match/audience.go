package match

import (
	"slices"
	"strings"

	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// audience is what was typed or imported of who watches an account, by kind in the order
// of kinds; a kind without a day is not known.
type audience [3]crowd

// crowd is one kind of an audience: its parts, and the day of which they are.
type crowd struct {
	On     worktime.Date
	Shares []talent.Share
}

// kinds are the ways to part an audience.
var kinds = [3]talent.AudienceKind{talent.AudienceCountry, talent.AudienceAge, talent.AudienceGender}

// audienceOf takes in what is known of an account; nil when nothing is.
func audienceOf(a talent.Audience) *audience {
	var out audience
	any := false
	for i, k := range kinds {
		if list := a.Shares[k]; len(list) > 0 {
			out[i], any = crowd{a.On[k], list}, true
		}
	}
	if !any {
		return nil
	}
	return &out
}

// of is the part of a crowd that the values make up, 0 to 1000.
func (c crowd) of(values []string) int64 {
	sum := int64(0)
	for _, s := range c.Shares {
		if slices.Contains(values, s.Value) {
			sum += s.Bp
		}
	}
	return min(full, sum/10)
}

// Where the main country of an audience alone is known, and not how large its part is,
// this much of the audience is taken to live there, and this much in another country.
const (
	mainShare  = 600
	otherShare = 200
)

// wantedAudience are the values that the brief asks of each kind; none: not asked.
func (b *Brief) wantedAudience() (out [3][]string) {
	if b.Country != "" {
		out[0] = []string{b.Country}
	}
	if b.Gender != "" {
		out[2] = []string{b.Gender}
	}
	out[1] = b.Ages
	return out
}

// audienceFit is how much of an account's audience is whom the brief wants to reach: the
// mean over what it asks of country, age and gender. A kind of which nothing is known
// counts as neutral and is named in missing; main is the largest country by itself. on is
// the oldest day of what was used, "" where nothing typed was.
func (b *Brief) audienceFit(a *audience, main string) (fit int64, on worktime.Date, missing string, known bool) {
	var lacks []string
	asked := int64(0)
	for i, want := range b.wantedAudience() {
		if len(want) == 0 {
			continue
		}
		asked++
		switch {
		case a != nil && a[i].On != "":
			fit, known = fit+a[i].of(want), true
			if on == "" || a[i].On.Before(on) {
				on = a[i].On
			}
		case i == 0 && main == b.Country:
			fit, known = fit+mainShare, true
		case i == 0 && main != Unknown && main != "":
			fit, known = fit+otherShare, true
		default:
			fit, lacks = fit+neutral, append(lacks, string(kinds[i]))
		}
	}
	if asked == 0 {
		return neutral, "", "", false
	}
	return fit / asked, on, strings.Join(lacks, ","), known
}
