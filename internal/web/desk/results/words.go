package results

import (
	"context"
	"strings"
	"time"

	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// stageMeaning is the colour and shape of a row's stage.
var stageMeaning = map[string]ui.Meaning{
	"draft": ui.Neutral, "to-post": ui.Wait, "look": ui.Bad, "verified": ui.Good, "contested": ui.Bad, "to-verify": ui.Us, "maturing": ui.Neutral, "asked": ui.Wait,
}

func stage(ctx context.Context, r result.PostRow, now time.Time) ui.Status {
	s := r.Stage(now)
	m := stageMeaning[s]
	if s == "asked" && r.Call == result.CallAlarm {
		m = ui.Bad
	}
	return ui.Status{Word: tr(ctx, "stage."+s), Meaning: m}
}

// stageNote is the second line of a stage: since when, until when.
func stageNote(ctx context.Context, r result.PostRow, now time.Time) string {
	l := locale.From(ctx)
	switch r.Stage(now) {
	case "to-post":
		if r.Deliverable.PostDue.IsZero() {
			return ""
		}
		return l.Due(now, r.Deliverable.PostDue.At) + " · " + l.Dual(r.Deliverable.PostDue.At, r.Deliverable.PostDue.Zone)
	case "maturing", "asked":
		if r.Call != "" {
			return tr(ctx, "call."+r.Call, "ago", l.Ago(now, r.MeasureAt))
		}
		return tr(ctx, "matures", "when", l.Due(now, r.MeasureAt))
	case "verified":
		return tr(ctx, "verified-by", "name", r.Proof.VerifiedBy)
	case "to-verify":
		return tr(ctx, "typed-by", "name", r.Newest.TypedBy)
	case "contested":
		return r.Newest.ContestedWhy
	}
	return ""
}

func flags(ctx context.Context, p result.Post) string {
	text := ""
	for _, f := range p.Flags {
		if text != "" {
			text += " · "
		}
		text += tr(ctx, "flag."+string(f))
	}
	return text
}

func format(ctx context.Context, r result.PostRow) string {
	return report.FormatText(locale.From(ctx), r.Deliverable.Platform, r.Deliverable.Format)
}

func postedNote(ctx context.Context, r result.PostRow) string {
	l := locale.From(ctx)
	if r.Post.ID == "" {
		return ""
	}
	if late := r.Post.Late(); late > 0 {
		return tr(ctx, "late", "by", l.Duration(late))
	}
	return tr(ctx, "in-time")
}

// counts are an insight's numbers, in order, unknown ones left out.
func counts(ctx context.Context, i result.Insight) (out ui.Terms) {
	l := locale.From(ctx)
	for _, m := range result.Metrics {
		if n, ok := i.Counts[m]; ok {
			out = append(out, ui.Term{Name: l.T("metric." + string(m)), Text: l.Int(n)})
		}
	}
	for n, f := range i.Frames {
		out = append(out, ui.Term{Name: tr(ctx, "frame", "n", n+1), Text: l.Int(f)})
	}
	return out
}

var stateMeaning = map[result.IntakeState]ui.Meaning{
	result.StateTyped: ui.Us, result.StateVerified: ui.Good, result.StateLocked: ui.Good, result.StateContested: ui.Bad, result.StateReplaced: ui.Neutral,
}

func state(ctx context.Context, i result.Insight) ui.Status {
	return ui.Status{Word: tr(ctx, "state."+string(i.State())), Meaning: stateMeaning[i.State()]}
}

func verdictMeaning(s result.State) ui.Meaning {
	switch s {
	case result.Met:
		return ui.Good
	case result.Missed:
		return ui.Bad
	case result.Unproven:
		return ui.Wait
	}
	return ui.Neutral
}

// formula opens a sum to its inputs (principle 4).
func formula(ctx context.Context, id string, s result.Sum, actions []result.Metric) ui.Formula {
	l := locale.From(ctx)
	d := report.Document{Formula: s.Formula, Actions: actions}
	return ui.Formula{ID: id, Value: report.RateText(l, s.ER()), Title: l.T("report.er"), Text: d.FormulaText(l) + " " + l.T("report.method-pooled"), Inputs: ui.Terms{
		{Name: l.T("report.engagements"), Text: l.Int(s.Engagements)}, {Name: l.T("figure.base." + string(s.Formula)), Text: l.Int(s.Base)},
		{Name: tr(ctx, "measured"), Text: l.Int(int64(s.Measured)) + " / " + l.Int(int64(s.Posts))}}}
}

func needText(ctx context.Context, v result.Verdict) string {
	l := locale.From(ctx)
	switch {
	case v.State != result.Running || v.Needed.Posts == 0:
		return ""
	case !v.Needed.Known:
		return tr(ctx, "need-unknown", "n", v.Needed.Posts)
	case v.Needed.Engagements == 0:
		return tr(ctx, "need-safe", "n", v.Needed.Posts)
	}
	return tr(ctx, "need", "n", v.Needed.Posts, "engagements", v.Needed.Engagements, "base", v.Needed.Base, "rate", report.RateText(l, v.Needed.Rate()))
}

func names(list []result.Piece) string {
	text := ""
	for _, p := range list {
		if text != "" {
			text += ", "
		}
		text += p.Talent
	}
	return text
}

func remedyText(ctx context.Context, r result.Remedy) (string, ui.Meaning) {
	l := locale.From(ctx)
	switch {
	case !r.RefusedAt.IsZero():
		return tr(ctx, "remedy.refused", "name", r.RefusedBy, "why", r.RefusedWhy), ui.Neutral
	case !r.FailedAt.IsZero():
		return tr(ctx, "remedy.failed"), ui.Bad
	case r.Kind == result.Replacement:
		return tr(ctx, "remedy.replacement-open", "name", r.ChosenBy), ui.Info
	case r.ApprovedAt.IsZero():
		return tr(ctx, "remedy.refund-pending", "amount", l.Money(r.Amount), "name", r.ChosenBy), ui.Wait
	}
	return tr(ctx, "remedy.refund-approved", "amount", l.Money(r.Amount), "name", r.ApprovedBy), ui.Good
}

// pulledTerms are the counts that a platform gave, in the order of tables.
func pulledTerms(ctx context.Context, p result.Pulled) (out ui.Terms) {
	l := locale.From(ctx)
	for _, m := range result.Metrics {
		if n, ok := p.Counts[m]; ok {
			out = append(out, ui.Term{Name: l.T("metric." + string(m)), Text: l.Int(n)})
		}
	}
	return out
}

func metricNames(ctx context.Context, list []result.Metric) string {
	out := make([]string, len(list))
	for i, m := range list {
		out[i] = strings.ToLower(locale.T(ctx, "metric."+string(m)))
	}
	return strings.Join(out, ", ")
}

// pulledFault words why a platform's counts are none, or do not count: a failure, or a
// warning that wants a person's reason.
func pulledFault(ctx context.Context, p result.Pulled) string {
	l := locale.From(ctx)
	if l.Has("fault." + p.Fault) {
		return l.Code(p.Fault)
	}
	return l.T("connection.odd")
}

// evidenceNote says what a piece of evidence is that is no picture.
func evidenceNote(ctx context.Context, e result.Evidence) string {
	if e.Table() {
		return locale.T(ctx, "table.evidence")
	}
	return locale.T(ctx, "connection.answer")
}

// worktimeDate is the day of a post in the talent's zone.
func worktimeDate(ctx context.Context, r result.PostRow) worktime.Date {
	zone, err := worktime.Zone(r.Zone)
	if err != nil {
		zone = locale.From(ctx).Zone
	}
	return worktime.DateOf(r.Post.PostedAt, zone)
}

// agains are the answers about another campaign.
func agains(ctx context.Context) (out []ui.Option) {
	for _, a := range report.Agains {
		out = append(out, ui.Option{Value: string(a), Label: tr(ctx, "again."+string(a))})
	}
	return out
}
