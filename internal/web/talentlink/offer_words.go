package talentlink

import (
	"context"
	"strings"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/locale"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

func offerStatus(ctx context.Context, s casting.State) ui.Status {
	meaning := map[casting.State]ui.Meaning{casting.StateOffered: ui.Wait, casting.StateCountered: ui.Us, casting.StateCommitted: ui.Good,
		casting.StateExpired: ui.Neutral, casting.StateDeclined: ui.Neutral, casting.StateIneligible: ui.Neutral, casting.StateWithdrawn: ui.Neutral}[s]
	return ui.Status{Word: locale.T(ctx, "offer.state."+string(s)), Meaning: meaning}
}

// clocks says a date in the talent's zone first, the reader's second (R8).
func clocks(ctx context.Context, d worktime.Deadline) string {
	l := locale.From(ctx)
	own, reader := l.DateTime(d.At, d.Zone), l.DateTime(d.At, l.Zone.String())
	if own == reader {
		return own
	}
	return own + " = " + reader
}

func rightsText(ctx context.Context, r casting.Rights) string {
	l := locale.From(ctx)
	var parts []string
	if r.UsageDays > 0 {
		parts = append(parts, l.T("offer.rights.usage", "n", r.UsageDays))
	} else {
		parts = append(parts, l.T("offer.rights.own"))
	}
	if r.Boost {
		parts = append(parts, l.T("offer.rights.boost"))
	}
	if r.ExclusiveDays > 0 {
		parts = append(parts, l.T("offer.rights.exclusive", "n", r.ExclusiveDays, "category", r.Category))
	}
	if r.Revisions > 0 {
		parts = append(parts, l.T("offer.rights.revisions", "n", r.Revisions))
	}
	if r.OnlineDays > 0 {
		parts = append(parts, l.T("offer.rights.online", "n", r.OnlineDays))
	}
	return strings.Join(parts, " · ")
}

func offerTerms(ctx context.Context, o casting.TalentOffer) ui.Terms {
	l := locale.From(ctx)
	return ui.Terms{
		{Name: l.T("offer.fee"), Text: l.Money(o.Fee) + " · " + l.T(map[bool]string{true: "offer.fee.net", false: "offer.fee.gross"}[o.Net])},
		{Name: l.T("offer.pieces"), Text: casting.PiecesText(o.Pieces)},
		{Name: l.T("offer.account"), Text: o.Handle},
		{Name: l.T("offer.rights"), Text: rightsText(ctx, o.Rights)},
	}
}

func (p offerPage) field(ctx context.Context, name, value string, optional bool) ui.Field {
	return ui.Field{Name: name, Label: locale.T(ctx, "offer.field."+name), Value: value, Error: p.Errors[name], Optional: optional}
}

// answerOptions are the two things a talent can say to a date or a fee.
func answerOptions(ctx context.Context, kind string) []ui.Option {
	return []ui.Option{{Value: "yes", Label: locale.T(ctx, "offer.yes."+kind)}, {Value: "counter", Label: locale.T(ctx, "offer.other."+kind)}}
}

func (p offerPage) value(k casting.DateKind) string {
	v, _ := p.Form.choice(k)
	return v
}

func (p offerPage) counter(k casting.DateKind) string {
	_, v := p.Form.choice(k)
	return v
}

// hidden carries the answers over to the page that asks for the code.
func (p offerPage) hidden() []ui.Hidden {
	f := p.Form
	return []ui.Hidden{{Name: "draft", Value: f.Draft}, {Name: "revision", Value: f.Revision}, {Name: "posting", Value: f.Posting},
		{Name: "counter_draft", Value: f.CounterDraft}, {Name: "counter_revision", Value: f.CounterRevision}, {Name: "counter_posting", Value: f.CounterPosting},
		{Name: "fee", Value: f.Fee}, {Name: "asked", Value: f.Asked}, {Name: "note", Value: f.Note}}
}

func (p offerPage) hiddenMap() map[string]string {
	out := map[string]string{}
	for _, h := range p.hidden() {
		out[h.Name] = h.Value
	}
	return out
}

func pointKind(k campaign.PointKind) ui.PointKind {
	return map[campaign.PointKind]ui.PointKind{campaign.Must: ui.Must, campaign.MustNot: ui.MustNot, campaign.Should: ui.Should, campaign.Fact: ui.Fact, campaign.Advice: ui.Advice}[k]
}

// pointSecond says what a point's second line must: the language it fell back to,
// that it is new, when it was acknowledged.
func pointSecond(ctx context.Context, t campaign.TalentPoint) string {
	l := locale.From(ctx)
	var parts []string
	if t.FellBack {
		parts = append(parts, l.T("offer.brief.fellback", "lang", l.T("offer.lang."+t.Lang)))
	}
	if t.New {
		parts = append(parts, l.T("offer.brief.new"))
	}
	if !t.TickedAt.IsZero() {
		parts = append(parts, l.T("offer.brief.ticked", "when", l.DateTime(t.TickedAt, l.Zone.String())))
	}
	return strings.Join(parts, " · ")
}

func briefPoints(ctx context.Context, p briefPage) ui.Points {
	var out ui.Points
	for _, t := range p.Brief.Points {
		x := ui.Point{No: locale.From(ctx).Int(t.Number), Kind: pointKind(t.Kind), Text: t.Text, Second: pointSecond(ctx, t)}
		if len(t.Words) > 0 {
			x.Under = wasSaid(t)
		}
		switch {
		case t.Binding && t.TickedAt.IsZero() && p.Brief.MayAct:
			x.Name, x.Value = "tick", t.ID+":"+t.Hash
		case t.Binding && !t.TickedAt.IsZero():
			x.Status = &ui.Status{Word: locale.T(ctx, "offer.brief.done"), Meaning: ui.Good}
		}
		out = append(out, x)
	}
	return out
}

func yesNo(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "yes", Label: locale.T(ctx, "offer.answer.yes")}, {Value: "no", Label: locale.T(ctx, "offer.answer.no")}}
}

func answerOf(q campaign.TalentQuestion) string {
	switch {
	case !q.Answered:
		return ""
	case q.Answer:
		return "yes"
	}
	return "no"
}
