package money

import (
	"context"
	"net/http"

	"kolega/internal/billing"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"

	"github.com/a-h/templ"
)

func (d rooms) callOffRoutes() []web.Route {
	return []web.Route{
		{Method: "POST", Pattern: "/agreements/{id}/call-off", Verb: "agreement.cancel", Handle: d.callOff},
		{Method: "GET", Pattern: "/agreements/{id}/evidence", Verb: "agreement.see", Handle: d.evidence},
	}
}

// callOffBlocks show what calling a signed agreement off would mean at each stage, or what
// became of one that was called off.
func (d rooms) callOffBlocks(r *http.Request, a billing.Agreement) ([]block, error) {
	ctx := r.Context()
	if a.CalledOff != nil {
		return []block{calledOffBlock(ctx, a)}, nil
	}
	if !web.ActorOf(r).Can("agreement.cancel") {
		return nil, nil
	}
	out, err := d.Billing.Settlements(ctx, web.ActorOf(r), a.ID)
	if err != nil {
		return nil, err
	}
	var stages []ui.Option
	for _, c := range out.At {
		stages = append(stages, ui.Option{Value: c.Stage, Label: tr(ctx, "billing.stage."+c.Stage), Hint: callOffWords(ctx, c)})
	}
	return []block{{ID: "call-off", Title: tr(ctx, "billing.calloff"), Note: tr(ctx, "billing.calloff.note", "invoiced", out.Invoiced), Forms: []form{{Action: "/agreements/" + a.ID + "/call-off", Key: desk.NewKey(r), Fold: tr(ctx, "billing.calloff.open"),
		Fields: []templ.Component{ui.Radios{Field: ui.Field{Name: "stage", Label: tr(ctx, "billing.calloff.stage"), Hint: tr(ctx, "billing.calloff.now", "stage", tr(ctx, "billing.stage."+out.Stage)), Value: out.Stage}, Options: stages}, ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason")}},
		Button: ui.Button{Label: tr(ctx, "billing.calloff.do"), Kind: ui.Danger}}}}}, nil
}

// callOffWords reads a settlement out: what is owed, and what follows for the invoices.
func callOffWords(ctx context.Context, c billing.CallOff) string {
	l := locale.From(ctx)
	rest, err := c.Rest()
	owed := tr(ctx, "billing.calloff.owed", "amount", l.Money(c.Owed))
	switch {
	case err != nil || rest.IsZero():
		return owed + " · " + tr(ctx, "billing.calloff.even")
	case rest.Sign() > 0:
		return owed + " · " + tr(ctx, "billing.calloff.bill", "amount", l.Money(rest))
	}
	return owed + " · " + tr(ctx, "billing.calloff.credit", "amount", l.Money(rest.Neg()))
}

func calledOffBlock(ctx context.Context, a billing.Agreement) block {
	c := *a.CalledOff
	terms := ui.Terms{{Name: tr(ctx, "billing.calloff.stage"), Text: tr(ctx, "billing.stage."+c.Stage)}, {Name: tr(ctx, "billing.calloff.owed.label"), Text: cash(ctx, c.Owed)}, {Name: tr(ctx, "billing.calloff.invoiced"), Text: cash(ctx, c.Invoiced)}}
	if rest, err := c.Rest(); err == nil && !rest.IsZero() {
		key := "billing.calloff.rest.bill"
		if rest.Sign() < 0 {
			key, rest = "billing.calloff.rest.credit", rest.Neg()
		}
		terms = append(terms, ui.Term{Name: tr(ctx, key), Text: cash(ctx, money.New(rest.Minor, rest.Currency))})
	}
	terms = append(terms, ui.Term{Name: tr(ctx, "billing.field.reason"), Text: c.Reason})
	return block{Title: tr(ctx, "billing.agreement.called-off"), Note: c.By, Terms: terms, Part: ui.Button{Label: tr(ctx, "billing.calloff.invoices"), Href: "/invoices?client=" + a.ClientID, Small: true}}
}

func (d rooms) callOff(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	_, err := d.Billing.CallOff(r.Context(), web.ActorOf(r), id, r.FormValue("stage"), r.FormValue("reason"))
	return act(w, r, err, d.again(w, r), "/agreements/"+id, "billing.toast.called-off")
}

func (d rooms) evidence(w http.ResponseWriter, r *http.Request) error {
	a, body, err := d.Billing.EvidencePaper(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return pdf(w, "evidence-"+a.Number, body)
}
