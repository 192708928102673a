package money

import (
	"context"
	"net/http"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"

	"github.com/a-h/templ"
)

func (d rooms) providerRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/providers", Verb: "payout.provider", Handle: d.providers},
		{Method: "POST", Pattern: "/providers", Verb: "payout.provider", Handle: d.saveProvider},
		{Method: "POST", Pattern: "/providers/{id}/test", Verb: "payout.provider", Handle: d.testProvider},
		{Method: "POST", Pattern: "/payout-batches/{id}/dispatch", Verb: "payout.confirm", Handle: d.dispatch},
		{Method: "POST", Pattern: "/payout-batches/{id}/attempts/{attempt}/ask", Verb: "payout.confirm", Handle: d.askNow},
		{Method: "POST", Pattern: "/payout-batches/{id}/attempts/{attempt}/decide", Verb: "payout.release", Handle: d.decideOrder},
	}
}

func (d rooms) providers(w http.ResponseWriter, r *http.Request) error {
	return d.showProviders(w, r)("", nil)
}

func (d rooms) showProviders(w http.ResponseWriter, r *http.Request) func(string, map[string]string) error {
	return func(problem string, errs map[string]string) error {
		ctx := r.Context()
		list, err := d.Payout.ProviderAccounts(ctx, web.ActorOf(r))
		if err != nil {
			return err
		}
		kept := map[string]payout.ProviderAccount{}
		for _, a := range list {
			kept[a.ID] = a
		}
		p := recordPage{Title: tr(ctx, "payout.providers"), Meta: []string{tr(ctx, "payout.providers.note")}, Error: problem, Errors: errs}
		for _, a := range []payout.ProviderAccount{{Kind: payout.KindFlip, Currency: money.CurrencyIDR}, {Kind: payout.KindXendit, Currency: "PHP"}, {Kind: payout.KindXendit, Currency: money.CurrencyIDR}} {
			a.ID = payout.AccountID(a.Kind, a.Currency)
			if k, ok := kept[a.ID]; ok {
				a = k
			}
			p.Main = append(p.Main, d.providerBlock(r, a))
		}
		p.Side = []block{{Title: tr(ctx, "payout.providers.how"), Text: tr(ctx, "payout.providers.how.text", "address", web.Origin(r)+"/hook/payout/…")}}
		return d.record(w, r, p, "payouts")
	}
}

// providerBlock is one account: how it stands, its settings behind a fold, a test.
func (d rooms) providerBlock(r *http.Request, a payout.ProviderAccount) block {
	ctx := r.Context()
	out := block{ID: a.ID, Title: a.Label(), Note: tr(ctx, "payout.provider.for."+a.Kind, "currency", string(a.Currency)), Terms: providerFacts(ctx, r, a)}
	fold := "payout.provider.set-up"
	if a.Version > 0 {
		fold = "payout.provider.edit"
		out.Forms = append(out.Forms, form{Action: "/providers/" + a.ID + "/test", Key: desk.NewKey(r), Button: ui.Button{Label: tr(ctx, "payout.provider.test")}})
	}
	modes := []ui.Option{{Value: payout.ModeLive, Label: tr(ctx, "payout.mode.live")}, {Value: payout.ModeTest, Label: tr(ctx, "payout.mode.test")}}
	if d.Payout.SandboxServed() {
		modes = append(modes, ui.Option{Value: payout.ModeSandbox, Label: tr(ctx, "payout.mode.sandbox")})
	}
	hint := tr(ctx, "payout.provider.secret.new")
	if a.SecretEnd != "" {
		hint = tr(ctx, "payout.provider.secret.kept", "end", a.SecretEnd)
	}
	out.Forms = append(out.Forms, form{Action: "/providers", Key: desk.NewKey(r), Fold: tr(ctx, fold), Button: ui.Button{Label: tr(ctx, "payout.provider.save")},
		Fields: []templ.Component{ui.Hidden{Name: "kind", Value: a.Kind}, ui.Hidden{Name: "currency", Value: string(a.Currency)}, ui.Hidden{Name: "version", Value: itoa(int(a.Version))},
			ui.Select{Field: ui.Field{Name: "mode", Label: tr(ctx, "payout.provider.mode"), Value: a.Mode}, Options: modes},
			ui.Input{Name: "secret", Label: tr(ctx, "payout.provider.secret"), Hint: hint, Type: "password", Optional: a.SecretEnd != "", Complete: "off"},
			ui.Input{Name: "token", Label: tr(ctx, "payout.provider.token"), Hint: tr(ctx, "payout.provider.token.hint"), Type: "password", Optional: a.SecretEnd != "", Complete: "off"},
			ui.Checkbox{Name: "active", Label: tr(ctx, "payout.provider.active"), Checked: a.Active || a.Version == 0}}})
	return out
}

// providerFacts are what is known of an account and when it last answered.
func providerFacts(ctx context.Context, r *http.Request, a payout.ProviderAccount) ui.Terms {
	if a.Version == 0 {
		return nil
	}
	l := locale.From(ctx)
	state, meaning := "payout.provider.state.off", ui.Neutral
	switch {
	case !a.Active:
	case a.FailedAt.After(a.HeardAt) || a.TestCode != "":
		state, meaning = "payout.provider.state.bad", ui.Bad
	default:
		state, meaning = "payout.provider.state.on", ui.Good
	}
	facts := ui.Terms{{Name: tr(ctx, "payout.provider.state"), Part: ui.Status{Word: tr(ctx, state), Meaning: meaning}}, {Name: tr(ctx, "payout.provider.mode"), Text: tr(ctx, "payout.mode."+a.Mode)},
		{Name: tr(ctx, "payout.provider.secret"), Text: "···" + a.SecretEnd}, {Name: tr(ctx, "payout.provider.callback"), Text: web.Origin(r) + "/hook/payout/" + a.ID}}
	if !a.HeardAt.IsZero() {
		facts = append(facts, ui.Term{Name: tr(ctx, "payout.provider.heard"), Text: l.DateTime(a.HeardAt, "")})
	}
	if !a.TestedAt.IsZero() {
		text := tr(ctx, "payout.provider.tested", "at", l.DateTime(a.TestedAt, ""), "balance", cash(ctx, a.Balance))
		if a.TestCode != "" {
			text = l.Code(a.TestCode)
		}
		facts = append(facts, ui.Term{Name: tr(ctx, "payout.provider.test"), Text: text})
	}
	return append(facts, ui.Term{Name: tr(ctx, "payout.provider.changed"), Text: a.ChangedName + " · " + l.DateTime(a.ChangedAt, "")})
}

func (d rooms) saveProvider(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Kind     string `form:"kind"`
		Currency string `form:"currency"`
		Mode     string `form:"mode"`
		Secret   string `form:"secret"`
		Token    string `form:"token"`
		Active   bool   `form:"active"`
		Version  int64  `form:"version"`
	}](r)
	if err == nil {
		_, err = d.Payout.SaveProvider(r.Context(), web.ActorOf(r), payout.EditProvider{Kind: f.Kind, Currency: money.Currency(f.Currency), Mode: f.Mode, Secret: f.Secret, Token: f.Token, Active: f.Active, Version: f.Version})
	}
	for _, hide := range []string{"secret", "token"} {
		r.PostForm.Del(hide) // is never shown again
	}
	return act(w, r, err, d.showProviders(w, r), "/providers", "payout.toast.provider")
}

func (d rooms) testProvider(w http.ResponseWriter, r *http.Request) error {
	a, err := d.Payout.TestProvider(r.Context(), web.ActorOf(r), r.PathValue("id"))
	toast := "payout.toast.tested"
	if a.TestCode != "" {
		toast = "payout.toast.test-failed"
	}
	return act(w, r, err, d.showProviders(w, r), "/providers", toast)
}

// batchSide is what can be done with a batch, the providers first that can send it.
func (d rooms) batchSide(r *http.Request, b payout.BatchFile) ([]block, error) {
	acts := batchActs(r, b, d.DB.Now())
	if !web.ActorOf(r).Can("payout.confirm") {
		return acts, nil
	}
	accounts, err := d.Payout.ProviderAccounts(r.Context(), web.ActorOf(r))
	if x, any := dispatchBlock(r, b, accounts); any {
		acts = append([]block{x}, acts...)
	}
	return acts, err
}

// dispatchBlock offers the accounts that can carry what is released and not yet
// sent.
func dispatchBlock(r *http.Request, b payout.BatchFile, accounts []payout.ProviderAccount) (out block, any bool) {
	ctx := r.Context()
	var buttons []templ.Component
	for _, acc := range accounts {
		n := 0
		for _, a := range b.Attempts {
			if !acc.Carries(a) || a.ReleasedAt.IsZero() || !a.CancelledAt.IsZero() {
				continue
			}
			for _, t := range a.Parts {
				if t.SentAt.IsZero() && t.ReturnedAt.IsZero() && t.Order == "" {
					n++
				}
			}
		}
		if n > 0 {
			kind := ui.Secondary
			if len(buttons) == 0 {
				kind = ui.Primary
			}
			buttons = append(buttons, ui.PostButton{Action: "/payout-batches/" + b.ID + "/dispatch", Key: desk.NewKey(r), Hidden: map[string]string{"account": acc.ID}, Button: ui.Button{Label: tr(ctx, "payout.dispatch.do", "account", acc.Label(), "n", n), Kind: kind}})
		}
	}
	return block{Title: tr(ctx, "payout.dispatch"), Note: tr(ctx, "payout.dispatch.note"), Part: ui.Group(buttons...)}, len(buttons) > 0
}

func (d rooms) dispatch(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	n, err := d.Payout.Dispatch(r.Context(), web.ActorOf(r), id, r.FormValue("account"))
	return act(w, r, err, d.showBatch(w, r), "/payout-batches/"+id, "payout.toast.dispatched", "n", n)
}

func (d rooms) askNow(w http.ResponseWriter, r *http.Request) error {
	err := d.Payout.AskNow(r.Context(), web.ActorOf(r), r.PathValue("attempt"), readInt(r.FormValue("part")))
	return act(w, r, err, d.showBatch(w, r), "/payout-batches/"+r.PathValue("id"), "payout.toast.asked")
}

func (d rooms) decideOrder(w http.ResponseWriter, r *http.Request) error {
	err := d.Payout.Decide(r.Context(), web.ActorOf(r), r.PathValue("attempt"), readInt(r.FormValue("part")), payout.Verdict(r.FormValue("verdict")), r.FormValue("reference"), r.FormValue("reason"))
	return act(w, r, err, d.showBatch(w, r), "/payout-batches/"+r.PathValue("id"), "payout.toast.found-out")
}

// orderForms are what can be done about a transfer that a provider has.
func orderForms(r *http.Request, base string, part templ.Component, t payout.Transfer) (out []form) {
	ctx, actor := r.Context(), web.ActorOf(r)
	if t.Order == payout.Reconcile && actor.Can("payout.release") {
		var verdicts []ui.Option
		for _, v := range []payout.Verdict{payout.Landed, payout.Fell, payout.Rejected} {
			if v != payout.Rejected || t.SentAt.IsZero() {
				verdicts = append(verdicts, ui.Option{Value: string(v), Label: tr(ctx, "payout.verdict."+string(v))})
			}
		}
		fields := []templ.Component{part, ui.Select{Field: ui.Field{Name: "verdict", Label: tr(ctx, "payout.verdict")}, Options: verdicts, Empty: tr(ctx, "payout.verdict.choose")}}
		if t.SentAt.IsZero() || t.OrderFor == payout.UnknownReference {
			fields = append(fields, ui.Input{Name: "reference", Label: tr(ctx, "payout.field.reference"), Optional: true})
		}
		out = append(out, form{Action: base + "/decide", Key: desk.NewKey(r), Fold: tr(ctx, "payout.find-out.do"), Fields: append(fields, ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason")}), Button: ui.Button{Label: tr(ctx, "payout.find-out.do"), Small: true}})
	}
	if t.Ordered() && t.Order != payout.Queued {
		out = append(out, form{Action: base + "/ask", Key: desk.NewKey(r), Fields: []templ.Component{part}, Button: ui.Button{Label: tr(ctx, "payout.ask.do"), Small: true}})
	}
	return out
}

// orderCell says where a provider has a transfer.
func orderCell(ctx context.Context, t payout.Transfer) cell {
	meaning := map[payout.OrderState]ui.Meaning{payout.Unknown: ui.Wait, payout.Reconcile: ui.Bad, payout.Refused: ui.Bad}[t.Order]
	if meaning == "" {
		meaning = ui.Info
	}
	second := strings.TrimSpace(providerName(t.Via) + " " + reasonText(ctx, t.OrderFor))
	return cell{Status: ui.Status{Word: tr(ctx, "payout.order."+string(t.Order)), Meaning: meaning}, Second: second}
}

func providerName(account string) string {
	kind, c, _ := strings.Cut(account, "-")
	return payout.ProviderAccount{Kind: kind, Currency: money.Currency(c)}.Label()
}

// reasonText words a reason that has a text; a provider's own code stays as it is.
func reasonText(ctx context.Context, reason string) string {
	l := locale.From(ctx)
	switch {
	case reason == "":
		return ""
	case l.Has("payout.order-reason." + reason):
		return "· " + l.T("payout.order-reason."+reason)
	case l.Has("fault." + reason):
		return "· " + l.Code(reason)
	}
	return "· " + reason
}
