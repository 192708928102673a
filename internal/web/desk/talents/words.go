package talents

import (
	"context"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"kolega/internal/locale"
	"kolega/internal/match"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

func tr(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "talent."+key, args...)
}

// icons are the signs of the platforms.
var icons = map[talent.Platform]string{talent.Instagram: "ig", talent.TikTok: "tiktok", talent.YouTube: "yt", talent.X: "xp", talent.Facebook: "fb", talent.Threads: "threads"}

// followers is "412 rb", or the word for unknown.
func followers(ctx context.Context, a talent.Account) string {
	if a.Followers < 0 {
		return tr(ctx, "followers-unknown")
	}
	return locale.From(ctx).Short(a.Followers)
}

func handleLine(ctx context.Context, a talent.Account) string {
	if a.ID == "" {
		return tr(ctx, "no-account")
	}
	return a.Title() + " · " + followers(ctx, a)
}

// er is "4,8%", or a dash.
func er(ctx context.Context, a talent.Account) string {
	if a.ERBp < 0 || a.ID == "" {
		return "–"
	}
	return locale.From(ctx).Bp(a.ERBp)
}

// erNote says base, day and source of a rate, and marks an old one.
func erNote(ctx context.Context, a talent.Account, today worktime.Date) string {
	if a.ERBp < 0 || a.ID == "" {
		return tr(ctx, "er-unknown")
	}
	return tr(ctx, "er-base."+string(a.ERBase)) + " · " + day(ctx, a.EROn)
}

func day(ctx context.Context, d worktime.Date) string {
	if d == "" {
		return tr(ctx, "undated")
	}
	return locale.From(ctx).DateShort(d) + " " + string(d[:4])
}

// stale says in a word that the figures are old, "" when they are fresh.
func stale(ctx context.Context, on, today worktime.Date) string {
	if on != "" && talent.StaleOn(on, today) {
		return tr(ctx, "stale")
	}
	return ""
}

// priceOf picks the line of the card that the row shows: of the account's
// platform, valid today, the cheapest; and counts the others.
func priceOf(c match.Card, today worktime.Date) (best talent.Rate, others int) {
	for _, r := range c.Rates {
		if r.Platform != c.Account.Platform || !r.ValidOn(today) {
			continue
		}
		if best.ID == "" || r.Amount.Currency == best.Amount.Currency && r.Amount.Minor < best.Amount.Minor {
			best = r
		}
		others++
	}
	return best, max(0, others-1)
}

func place(ctx context.Context, t talent.Talent) (first, second string) {
	country := ""
	if t.Country != "" {
		country = talent.CountryName(t.Country, locale.From(ctx).Lang)
	}
	if t.City == "" {
		return orDash(country), ""
	}
	return t.City, country
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// others names the platforms of a talent's other accounts.
func others(ctx context.Context, c match.Card) string {
	var out []string
	for _, a := range c.Accounts {
		if a.ID != c.Account.ID {
			out = append(out, tr(ctx, "platform."+string(a.Platform))+" "+followers(ctx, a))
		}
	}
	return strings.Join(out, " · ")
}

func statusMeaning(s talent.Status) ui.Meaning {
	switch s {
	case talent.StatusPreferred:
		return ui.Good
	case talent.StatusExclusive:
		return ui.Us
	case talent.StatusBlocked:
		return ui.Bad
	}
	return ui.Neutral
}

// record words a talent's reliability; too few facts are said so (R13).
func record(ctx context.Context, r talent.Record) string {
	if !r.Enough {
		return tr(ctx, "record.few")
	}
	return tr(ctx, "record.kept", "kept", r.Kept, "all", r.All)
}

func currencies() []ui.Option {
	var out []ui.Option
	for _, c := range []money.Currency{"IDR", "PHP", "USD", "SGD", "MYR", "THB", "VND", "EUR"} {
		out = append(out, ui.Option{Value: string(c), Label: string(c)})
	}
	return out
}

func platforms(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, p := range talent.Platforms() {
		out = append(out, ui.Option{Value: string(p), Label: tr(ctx, "platform."+string(p))})
	}
	return out
}

func formats(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, f := range talent.Formats() {
		out = append(out, ui.Option{Value: string(f), Label: tr(ctx, "format."+string(f))})
	}
	return out
}

func choices(ctx context.Context, area string, values ...string) []ui.Option {
	var out []ui.Option
	for _, v := range values {
		out = append(out, ui.Option{Value: v, Label: tr(ctx, area+"."+v)})
	}
	return out
}

func tierName(ctx context.Context, a talent.Account) string {
	t := talent.TierOf(a.Followers)
	if t == talent.TierUnknown || a.ID == "" {
		return "–"
	}
	return tr(ctx, "tier."+string(t))
}

// openIf opens a folded part.
func openIf(yes bool) templ.Attributes {
	if !yes {
		return nil
	}
	return templ.Attributes{"open": true}
}

func with(f ui.Field, place string) ui.Field { f.Place = place; return f }
func optional(f ui.Field) ui.Field           { f.Optional = true; return f }

func valued(f ui.Field, def string) ui.Field {
	if f.Value == "" {
		f.Value = def
	}
	return f
}

func audience(ctx context.Context, a talent.Account) string {
	if a.AudienceCountry == "" {
		return "–"
	}
	return talent.CountryName(a.AudienceCountry, locale.From(ctx).Lang)
}

func source(ctx context.Context, s string) string {
	if s == "" || s == "typed" {
		return tr(ctx, "source-typed")
	}
	return s
}

func platformName(ctx context.Context, p talent.Platform) string {
	if p == "" {
		return ""
	}
	return tr(ctx, "platform."+string(p))
}

func validity(ctx context.Context, r talent.Rate, today worktime.Date) string {
	l := locale.From(ctx)
	switch {
	case r.ValidTo != "" && r.ValidTo.Before(today):
		return tr(ctx, "expired", "day", l.Date(r.ValidTo))
	case r.ValidFrom != "" && r.ValidTo != "":
		return l.Range(r.ValidFrom, r.ValidTo)
	case r.ValidTo != "":
		return tr(ctx, "valid-to", "day", l.Date(r.ValidTo))
	case r.ValidFrom != "":
		return tr(ctx, "valid-from", "day", l.Date(r.ValidFrom))
	}
	return tr(ctx, "valid-open")
}

func ending(end string) string {
	if end == "" {
		return "–"
	}
	return "•••• " + end
}

func factWord(ctx context.Context, f talent.Fact) string {
	switch {
	case !f.ContestedAt.IsZero() && f.SettledAt.IsZero():
		return tr(ctx, "fact-contested")
	case f.Excused:
		return tr(ctx, "fact-excused")
	case f.Met:
		return tr(ctx, "fact-met")
	}
	return tr(ctx, "fact-missed")
}

func factMeaning(f talent.Fact, now time.Time) ui.Meaning {
	switch {
	case !f.Counts(now):
		return ui.Neutral
	case f.Met:
		return ui.Good
	}
	return ui.Bad
}

func num(n int64) string { return strconv.FormatInt(n, 10) }

// errorList is every refused field with its label, in the order of their names.
func (p editPage) errorList(ctx context.Context) []ui.FieldError {
	var fields []ui.Field
	for name := range p.Errors {
		if name != "" {
			fields = append(fields, p.field(ctx, name, ""))
		}
	}
	sort.Slice(fields, func(i, j int) bool { return fields[i].Name < fields[j].Name })
	return ui.ErrorsOf(fields...)
}

// recordRow is a record in a row of the list: a dash says nothing where nothing is known.
func recordRow(ctx context.Context, r talent.Record) string {
	if !r.Enough {
		return "–"
	}
	return tr(ctx, "record.row", "kept", r.Kept, "all", r.All)
}

// tagLines names the first of a talent's categories and tags, and how many more there are.
func tagLines(c match.Card) (first, second string) {
	all := slices.Concat(c.Talent.Categories, c.Talent.Tags)
	switch len(all) {
	case 0:
		return "–", ""
	case 1:
		return all[0], ""
	case 2:
		return all[0], all[1]
	}
	return all[0], all[1] + " +" + itoa(len(all)-2)
}

// placeOf is where a talent lives, or whose audience it is where that is unknown.
func placeOf(ctx context.Context, c match.Card) (first, second string) {
	first, second = place(ctx, c.Talent)
	if first == "–" && c.Account.AudienceCountry != "" {
		first, second = audience(ctx, c.Account), tr(ctx, "audience-of")
	}
	return first, second
}
