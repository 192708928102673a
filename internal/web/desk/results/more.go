package results

import (
	"context"
	"slices"

	"kolega/internal/campaign"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/web/ui"
)

// Campaign is whose report this is.
func (p reportPage) Campaign() campaign.Campaign { return p.Top.Campaign }

func verdictName(ctx context.Context, v result.Verdict) string {
	if v.Talent == "" {
		return locale.T(ctx, "report.whole-campaign")
	}
	return v.Talent
}

// canChoose: no remedy stands.
func canChoose(list []result.Remedy) bool {
	for _, r := range list {
		if r.Open() {
			return false
		}
	}
	return true
}

func remedyOptions(ctx context.Context, p resultsPage, v result.Verdict) []ui.Option {
	refund := ui.Option{Value: string(result.Refund), Label: tr(ctx, "remedy-refund"), Hint: refundHint(ctx, p, v)}
	if onlyRefund(p, v) {
		return []ui.Option{refund}
	}
	return []ui.Option{{Value: string(result.Replacement), Label: tr(ctx, "remedy-replacement"), Hint: tr(ctx, "remedy-replacement-hint")}, refund}
}

// onlyRefund: the replacement failed as well.
func onlyRefund(p resultsPage, v result.Verdict) bool {
	return slices.ContainsFunc(p.G.RemediesOf(v.BookingID), func(r result.Remedy) bool { return !r.FailedAt.IsZero() })
}

// refundHint shows the refund's sum where its base is known here.
func refundHint(ctx context.Context, p resultsPage, v result.Verdict) string {
	l := locale.From(ctx)
	base := p.Top.Campaign.Terms.Value
	if p.G.Promise.Base == result.TalentLine && v.BookingID != "" {
		base = money.Amount{}
	}
	amount, err := result.RefundOf(base, p.G.Promise.ShareBp)
	if err != nil {
		return tr(ctx, "remedy-refund-hint", "share", l.Share(p.G.Promise.ShareBp))
	}
	return tr(ctx, "remedy-refund-sum", "share", l.Share(p.G.Promise.ShareBp), "base", base, "amount", amount)
}

func slotOptions(ctx context.Context, p resultsPage) (out []ui.Option) {
	for _, s := range p.Free {
		out = append(out, ui.Option{Value: s.ID, Label: tr(ctx, "slot", "n", s.Number, "name", s.Name)})
	}
	return out
}

func historyTerms(ctx context.Context, list []result.VerdictVersion) (out ui.Terms) {
	l := locale.From(ctx)
	for _, v := range list {
		out = append(out, ui.Term{Name: tr(ctx, "version", "n", v.Number) + " · " + l.DateTime(v.At, l.Zone.String()),
			Text: l.T("guarantee.state."+string(v.State)) + " · " + report.RateText(l, v.ER()) + " · " + l.Int(v.Engagements) + " ÷ " + l.Int(v.Base)})
	}
	return out
}

func onlyUnverified(err error) bool {
	return err != nil && fault.CodeOf(err) == report.ErrUnverified.Code
}

func firstOf(on bool, s string) string {
	if on {
		return s
	}
	return ""
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

func figureOptions(ctx context.Context, d report.Document) (out []ui.Option) {
	for _, k := range d.Figures() {
		name := k.Name
		if name == "" {
			name = locale.T(ctx, "report.all-talents")
		}
		out = append(out, ui.Option{Value: k.Key, Label: locale.T(ctx, "report.change."+k.What), Group: name})
	}
	return out
}

func openText(ctx context.Context, o report.OpenItem) string {
	text := locale.T(ctx, "report.open."+o.Code)
	if o.N > 0 {
		text = locale.T(ctx, "report.open."+o.Code, "n", o.N)
	}
	if o.Who != "" {
		text += ": " + o.Who
	}
	return text
}

// baseKey is the base of a refund; an agreement that names none means its whole value.
func baseKey(b result.RefundBase) string {
	if b == result.TalentLine {
		return string(b)
	}
	return string(result.WholeAgreement)
}

// missing says whether any content still waits for its link.
func (p postsPage) missing() bool {
	for _, r := range p.Rows {
		if r.Post.ID == "" {
			return true
		}
	}
	return false
}

// bestOptions are the posts that can have a picture.
func bestOptions(ctx context.Context, best []report.Post) (out []ui.Option) {
	l := locale.From(ctx)
	for _, p := range best {
		out = append(out, ui.Option{Value: p.ID, Label: p.Talent + ", " + report.FormatText(l, p.Platform, p.Format)})
	}
	return out
}

// posted says whether any content is live.
func (p postsPage) posted() bool {
	return slices.ContainsFunc(p.Rows, func(r result.PostRow) bool { return r.Post.ID != "" })
}
