package casting

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kolega/internal/casting"
	"kolega/internal/locale"
	"kolega/internal/match"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// addPage finds talents for a slot: who fits, with the reasons shown (R18).
type addPage struct {
	listPage
	Look   casting.Look
	Search casting.SlotSearch
	Found  match.Ranking
	Form   addForm
	Error  string
	Today  worktime.Date
}

// perPage is how many talents a page of the search shows.
const perPage = 20

func (d rooms) addForm(w http.ResponseWriter, r *http.Request) error {
	return d.showAdd(w, r, http.StatusOK, r.URL.Query(), addForm{}, "")
}

// lookOf reads a search out of an address; unknown conditions are left out.
func lookOf(v url.Values) casting.Look {
	look := casting.Look{SlotID: v.Get("slot"), Text: v.Get("q"), Tiers: v["tier"], After: v.Get("after"), Limit: perPage}
	for _, k := range v["lift"] {
		if c := casting.Condition(k); slices.Contains(casting.Conditions(), c) && !slices.Contains(look.Lift, c) {
			look.Lift = append(look.Lift, c)
		}
	}
	return look
}

// showAdd shows the search of an address; without a slot, of the first one.
func (d rooms) showAdd(w http.ResponseWriter, r *http.Request, status int, v url.Values, form addForm, problem string) (err error) {
	p := addPage{Look: lookOf(v), Form: form, Error: problem, Today: talent.DayOf(d.DB.Now())}
	if p.listPage, err = d.listPage(w, r, "shortlist"); err != nil {
		return err
	}
	if options := slotOptions(p.listPage); p.Look.SlotID == "" && len(options) > 0 {
		p.Look.SlotID = options[0].Value
	}
	if p.Look.SlotID == "" {
		return web.SeeOther(w, r, p.Path+"/shortlist", "")
	}
	if p.Look.Past, err = d.Result.PastWith(r.Context(), web.ActorOf(r), p.Top.Campaign.ClientID); err != nil {
		return err
	}
	if p.Search, err = d.Casting.FindFor(r.Context(), web.ActorOf(r), r.PathValue("id"), p.Look); err != nil {
		return err
	}
	if p.Found, err = d.Match.Rank(r.Context(), web.ActorOf(r), p.Search.Query); err != nil {
		return err
	}
	return web.Render(w, r, status, addView(p))
}

type addForm struct {
	Slot    string   `form:"slot"`
	Talents []string `form:"talent"`
	Why     string   `form:"why"`
	Find    string   `form:"find"` // the search that was shown
}

// add puts the ticked talents on the list. One that cannot be added stops the rest,
// and says who and why.
func (d rooms) add(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[addForm](r)
	if err != nil {
		return err
	}
	shown, _ := url.ParseQuery(f.Find) // what cannot be read is a search without conditions lifted
	shown.Set("slot", f.Slot)
	for n, t := range f.Talents {
		_, err := d.Casting.AddCandidate(r.Context(), web.ActorOf(r), casting.AddCandidate{CampaignID: r.PathValue("id"), SlotID: f.Slot, TalentID: t, Why: f.Why})
		if errs, ok := web.Invalid(r, err); ok {
			f.Talents = f.Talents[n:]
			return d.showAdd(w, r, web.StatusOf(err), shown, f, problem(errs, err, locale.From(r.Context())))
		}
		if err != nil {
			return err
		}
	}
	if len(f.Talents) == 0 {
		return d.showAdd(w, r, http.StatusUnprocessableEntity, shown, f, locale.T(r.Context(), "cast.add.none"))
	}
	return web.SeeOther(w, r, "/campaigns/"+r.PathValue("id")+"/shortlist", "cast.toast.added", "n", len(f.Talents))
}

// values is the search as an address says it.
func values(l casting.Look) url.Values {
	v := url.Values{"slot": {l.SlotID}}
	if l.Text != "" {
		v.Set("q", l.Text)
	}
	for _, t := range l.Tiers {
		v.Add("tier", t)
	}
	for _, k := range l.Lift {
		v.Add("lift", string(k))
	}
	return v
}

func (p addPage) address(l casting.Look) string {
	return p.Path + "/shortlist/add?" + values(l).Encode()
}

// next is the address of the page after.
func (p addPage) next() string {
	if p.Found.Next == "" {
		return ""
	}
	v := values(p.Look)
	v.Set("after", p.Found.Next)
	return p.Path + "/shortlist/add?" + v.Encode()
}

// conditions are the hard conditions as chips: one that is on says how many it kept out,
// and each can be lifted and asked again.
func (p addPage) conditions(ctx context.Context) []ui.Tab {
	removed := map[string]int{}
	for _, x := range p.Found.Removed {
		removed[x.Condition] = x.Count
	}
	var out []ui.Tab
	for _, k := range casting.Conditions() {
		lifted := slices.Contains(p.Look.Lift, k)
		n, asked := removed[string(k)]
		if !asked && !lifted {
			continue
		}
		if k == casting.OfTier && len(p.Look.Tiers) > 0 {
			continue // the tiers below say it
		}
		label := tr(ctx, "must."+string(k))
		if !lifted && n > 0 {
			label = tr(ctx, "must.out", "what", label, "n", n)
		}
		out = append(out, ui.Tab{Label: label, Href: p.address(p.Look.Loosened(k)), Current: !lifted})
	}
	return out
}

// tiers are the sizes of account that can be chosen, with their counts.
func (p addPage) tiers(ctx context.Context) []ui.Tab {
	var out []ui.Tab
	for _, v := range p.Found.Facets[match.Tier] {
		look, on := p.Look, slices.Contains(p.Look.Tiers, v.Value)
		if look.Tiers = slices.Clone(look.Tiers); on {
			look.Tiers = slices.DeleteFunc(look.Tiers, func(t string) bool { return t == v.Value })
		} else {
			look.Tiers = append(look.Tiers, v.Value)
		}
		out = append(out, ui.Tab{Label: tierWord(ctx, v.Value), Count: v.Count, Href: p.address(look), Current: on})
	}
	return out
}

func tierWord(ctx context.Context, tier string) string {
	if tier == match.Unknown {
		return locale.T(ctx, "talent.unknown")
	}
	return locale.T(ctx, "talent.tier."+tier)
}

// lead says what the search asks for.
func (p addPage) lead(ctx context.Context) string {
	l := locale.From(ctx)
	out := []string{casting.PiecesText(p.Search.Pieces)}
	if b := p.Search.Query.Brief.Budget; !b.None() && b.Minor > 0 {
		out = append(out, tr(ctx, "find.budget", "amount", l.Money(b)))
	}
	if day := p.Search.Slot.PostOn; day != "" {
		out = append(out, tr(ctx, "find.post", "day", l.Date(day)))
	}
	if len(p.Search.Wanted) > 0 {
		out = append(out, strings.Join(p.Search.Wanted, ", "))
	}
	if reach := target(ctx, p.Search.Query.Brief); reach != "" {
		out = append(out, tr(ctx, "find.audience", "whom", reach))
	}
	return strings.Join(out, " · ")
}

// fitParts explains a fit: each part with its points of the most it can be (R18).
func fitParts(ctx context.Context, x match.Ranked, today worktime.Date) (out ui.Terms) {
	l := locale.From(ctx)
	for _, m := range x.Parts {
		text := l.Int((m.Points+500)/1000) + " / " + l.Int(m.Of/1000)
		if !m.Known {
			text += " · " + tr(ctx, "part.unknown")
		} else if m.Part == match.PartAudience {
			text += audienceNote(ctx, m, today)
		}
		out = append(out, ui.Term{Name: tr(ctx, "fit."+string(m.Part)), Text: text})
	}
	return out
}

// audienceNote says by what an audience was measured: the day of its figures and whether
// that is long ago, and what is not known of it.
func audienceNote(ctx context.Context, m match.Measure, today worktime.Date) (out string) {
	if m.On == "" {
		out = " · " + tr(ctx, "part.main-country")
	} else if out = " · " + locale.From(ctx).Date(m.On); talent.StaleOn(m.On, today) {
		out += ", " + tr(ctx, "part.stale")
	}
	for _, k := range strings.FieldsFunc(m.Missing, func(r rune) bool { return r == ',' }) {
		out += " · " + tr(ctx, "part.lacks", "what", tr(ctx, "kind."+k))
	}
	return out
}

// target words whom the brief wants to reach.
func target(ctx context.Context, b *match.Brief) string {
	var out []string
	if b.Country != "" {
		out = append(out, talent.CountryName(b.Country, locale.From(ctx).Lang))
	}
	if b.Gender != "" {
		out = append(out, locale.T(ctx, "talent.gender."+b.Gender))
	}
	if len(b.Ages) > 0 {
		out = append(out, strings.Join(b.Ages, ", "))
	}
	return strings.Join(out, " · ")
}

// fitWhy names the strongest parts that are known, so that a list can be read without
// opening each.
func fitWhy(ctx context.Context, x match.Ranked) string {
	parts := slices.DeleteFunc(slices.Clone(x.Parts), func(m match.Measure) bool { return !m.Known || m.Fit < 600 })
	slices.SortStableFunc(parts, func(a, b match.Measure) int { return int(b.Points - a.Points) })
	var out []string
	for _, m := range parts[:min(3, len(parts))] {
		out = append(out, tr(ctx, "fit."+string(m.Part)))
	}
	return strings.Join(out, " · ")
}

func rankedLine(ctx context.Context, x match.Ranked) string {
	l := locale.From(ctx)
	out := []string{"@" + x.Handle}
	if x.Followers >= 0 {
		out = append(out, l.Short(x.Followers))
	}
	if x.ERBp >= 0 {
		out = append(out, "ER "+l.Bp(x.ERBp))
	}
	if x.City != "" {
		out = append(out, x.City)
	}
	return strings.Join(out, " · ")
}

func rateText(ctx context.Context, x match.Ranked) string {
	if x.Fee.None() {
		return "–"
	}
	return locale.From(ctx).Money(x.Fee)
}
