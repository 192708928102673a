package report

import (
	"strings"

	"kolega/internal/locale"
	"kolega/internal/result"
	"kolega/internal/worktime"
)

// Loc is the reader that the document was written for.
func (d Document) Loc() *locale.Loc { return locale.For(d.Lang, d.Zone) }

// Title names the document: "Laporan campaign · versi 2".
func (d Document) Title(l *locale.Loc) string {
	if d.Number == 0 {
		return l.T("report.title-draft")
	}
	return l.T("report.title", "n", d.Number)
}

// Under is the line below the campaign's name.
func (d Document) Under(l *locale.Loc) string {
	zone, err := worktime.Zone(d.Zone)
	if err != nil {
		zone = l.Zone
	}
	return strings.Join([]string{d.Brand, l.Range(d.From, d.To), l.T("report.made", "date", worktime.DateOf(d.MadeAt, zone))}, "  ·  ")
}

// FormulaText says how the engagement rate is computed, with the list of actions.
func (d Document) FormulaText(l *locale.Loc) string {
	words := make([]string, len(d.Actions))
	for i, a := range d.Actions {
		words[i] = l.T("metric." + string(a))
	}
	return l.T("report.formula", "actions", strings.Join(words, " + "), "base", l.T("figure.base."+string(d.Formula)))
}

// RateText writes a rate, or that it cannot be measured.
func RateText(l *locale.Loc, r result.Ratio) string {
	if !r.Measurable() {
		return l.T("figure.unmeasured")
	}
	return l.Percent(r.Num, r.Den)
}

// CountText writes a sum, or a dash when it is known of no post.
func CountText(l *locale.Loc, c Count) string {
	if c.Known == 0 {
		return locale.NoFigure
	}
	return l.Int(c.Value)
}

// KnownText says of how many posts a sum is known, empty when of all.
func KnownText(l *locale.Loc, c Count) string {
	if c.Known == c.Of {
		return ""
	}
	return l.T("report.known", "n", c.Known, "of", c.Of)
}

// RateNote says in one line how a rate stands to the promise.
func (d Document) RateNote(l *locale.Loc) string {
	er := d.Total.ER()
	switch {
	case d.TargetBp == 0 || !er.Measurable():
		return d.SourceNote(l)
	case er.AtLeast(d.TargetBp):
		return l.T("report.above", "points", l.Points(er.Bp()-d.TargetBp))
	}
	return l.T("report.below", "points", l.Points(er.Bp()-d.TargetBp))
}

// SourceNote says how many posts have verified numbers.
func (d Document) SourceNote(l *locale.Loc) string {
	return l.T("report.verified-of", "n", d.Done.Verified, "of", d.Done.Posted)
}

// MissingText names one missing figure and why.
func MissingText(l *locale.Loc, m Missing) (who, why string) {
	words := make([]string, len(m.What))
	for i, w := range m.What {
		words[i] = l.T("metric." + string(w))
	}
	return m.Talent + ", " + FormatText(l, m.Platform, m.Format), l.T("report.missing."+m.Why, "what", strings.Join(words, ", "))
}

// FormatText names a kind of content: "Instagram Reels".
func FormatText(l *locale.Loc, platform, format string) string {
	return l.T("platform."+platform) + " " + l.T("format."+format)
}

// ChangeText writes one difference from the version before.
func ChangeText(l *locale.Loc, c Change) (what, was, now string) {
	what = l.T("report.change." + c.Key)
	if c.Name != "" {
		what = c.Name + ": " + what
	}
	if c.Bp {
		return what, l.Bp(c.Was), l.Bp(c.Now)
	}
	return what, l.Int(c.Was), l.Int(c.Now)
}

// AdviceText writes the figure that an advice rests on, empty for none.
func (d Document) AdviceText(l *locale.Loc, a Advice) string {
	id, what, ok := cutLast(a.Figure)
	if !ok {
		return ""
	}
	line := d.Total
	name := l.T("report.all-talents")
	for _, t := range d.Talents {
		if t.ID == id {
			line, name = t, t.Name
		}
	}
	value := ""
	switch what {
	case "er":
		value = RateText(l, line.ER())
	case "reach":
		value = CountText(l, line.Reach)
	case "views":
		value = CountText(l, line.Views)
	case "engagements":
		value = l.Int(line.Engagements)
	}
	return l.T("report.rests-on", "name", name, "what", l.T("report.change."+what), "value", value)
}

func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, '.')
	if i < 0 {
		return "", "", false
	}
	return s[:i], s[i+1:], true
}

// PromiseText says what a verdict is and what follows from it.
func (d Document) PromiseText(l *locale.Loc, p PromiseLine) (head, text string) {
	who := p.Talent
	if who == "" {
		who = l.T("report.whole-campaign")
	}
	head = who + ": " + l.T("guarantee.state."+string(p.State))
	text = l.T("report.promise-line", "er", RateText(l, p.ER()), "target", l.Bp(d.Promise.TargetBp), "engagements", p.Engagements,
		"base", p.Base, "metric", l.T("figure.base."+string(d.Formula)))
	if p.Agreed {
		text = l.T("report.promise-agreed")
	} else if !p.ER().Measurable() {
		text = l.T("report.promise-waiting", "target", l.Bp(d.Promise.TargetBp))
	}
	switch {
	case p.Remedy == result.Replacement:
		text += " " + l.T("report.remedy-replacement")
	case p.Remedy == result.Refund && p.Approved:
		text += " " + l.T("report.remedy-refund", "amount", p.Amount)
	case p.Remedy == result.Refund:
		text += " " + l.T("report.remedy-refund-open", "amount", p.Amount)
	case p.State == result.Missed:
		text += " " + l.T("report.remedy-open")
	}
	return head, text
}

// WorthLine is one price of the results with its formula.
type WorthLine struct{ Name, Value, Formula string }

// Prices lists what the client paid for one engagement, one view and a thousand impressions.
func (d Document) Prices(l *locale.Loc) []WorthLine {
	w := d.Worth
	var out []WorthLine
	add := func(key string, c Count, of func(int64) result.Cost) {
		line := WorthLine{Name: l.T("figure." + key), Value: l.T("figure.unmeasured"), Formula: KnownText(l, c)}
		if cost := of(c.Value); c.Known == c.Of && cost.Measurable() { // a part of the posts would make it look dearer than it was
			if v, err := cost.Value(); err == nil {
				line.Value, line.Formula = l.Money(v), l.T("figure."+key+"-formula", "paid", w.Paid, "n", c.Value)
			}
		}
		out = append(out, line)
	}
	if w.Paid.None() {
		return append(d.shares(l), d.emv(l)...)
	}
	add("cpe", w.Engagements, func(n int64) result.Cost { return result.CPE(w.Paid, n) })
	if w.Views.Known > 0 {
		add("cpv", w.Views, func(n int64) result.Cost { return result.CPV(w.Paid, n) })
	}
	if w.Reach.Known > 0 {
		add("cpr", w.Reach, func(n int64) result.Cost { return result.CPM(w.Paid, n) })
	}
	if w.Impressions.Known > 0 {
		add("cpm", w.Impressions, func(n int64) result.Cost { return result.CPM(w.Paid, n) })
	}
	return append(append(out, d.shares(l)...), d.emv(l)...)
}

// shares are the reach rate and the view-through, over the posts that have both counts.
func (d Document) shares(l *locale.Loc) (out []WorthLine) {
	add := func(key string, p Pooled) {
		if p.Posts > 0 {
			out = append(out, WorthLine{Name: l.T("figure." + key), Value: l.Percent(p.Num, p.Den), Formula: l.T("figure."+key+"-formula", "n", p.Num, "of", p.Den, "posts", p.Posts, "all", d.Total.Posts)})
		}
	}
	add("reach-rate", d.Total.ReachRate)
	add("view-through", d.Total.ViewThrough)
	return out
}

// emv is the estimate of earned media value, where somebody stated its price (B21).
func (d Document) emv(l *locale.Loc) []WorthLine {
	if d.EMV.Rate.None() {
		return nil
	}
	line := WorthLine{Name: l.T("figure.emv"), Value: l.T("figure.unmeasured"), Formula: l.T("figure.emv-source", "rate", d.EMV.Rate, "source", d.EMV.Source)}
	if v, err := d.EMV.Value(d.Total.Impressions.Value); err == nil && !v.None() {
		line.Value, line.Formula = l.Money(v), l.T("figure.emv-formula", "n", d.Total.Impressions.Value, "rate", d.EMV.Rate, "source", d.EMV.Source)
	}
	return []WorthLine{line}
}

// ObjectiveText says what the campaign was for; empty when nothing was agreed.
func (d Document) ObjectiveText(l *locale.Loc) string {
	if d.Purpose == "" {
		return ""
	}
	text := l.T("report.purpose." + d.Purpose)
	if d.Metric != "" && d.Target > 0 {
		text += " · " + l.T("report.target", "metric", d.Metric, "n", d.Target)
	}
	if d.Audience != "" {
		text += " · " + d.Audience
	}
	return text
}
