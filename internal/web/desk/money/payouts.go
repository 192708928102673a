package money

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"

	"github.com/a-h/templ"
)

func (d rooms) payoutRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/payouts", Verb: "payout.see", Handle: d.payouts},
		{Method: "POST", Pattern: "/payouts/prepare", Verb: "payout.prepare", Handle: d.prepare},
		{Method: "GET", Pattern: "/payouts/{id}", Verb: "payout.see", Handle: d.payout},
		{Method: "POST", Pattern: "/payouts/{id}/prepare", Verb: "payout.prepare", Handle: d.prepareOne},
		{Method: "POST", Pattern: "/payouts/{id}/hold", Verb: "payout.hold", Handle: d.hold},
		{Method: "POST", Pattern: "/payouts/{id}/lift", Verb: "payout.hold", Handle: d.lift},
		{Method: "POST", Pattern: "/payouts/{id}/bear-tax", Verb: "payout.prepare", Handle: d.bearTax},
		{Method: "POST", Pattern: "/payouts/{id}/tax-proof", Verb: "payout.prepare", Handle: d.taxProof},
		{Method: "POST", Pattern: "/payouts/{id}/decide", Verb: "payout.settle", Handle: d.decide},
		{Method: "GET", Pattern: "/payouts/{id}/proof/{attempt}/{part}", Verb: "payout.see", Handle: d.proof},
		{Method: "GET", Pattern: "/payout-batches/{id}", Verb: "payout.see", Handle: d.batch},
		{Method: "POST", Pattern: "/payout-batches/{id}/release", Verb: "payout.release", Handle: d.release},
		{Method: "POST", Pattern: "/payout-batches/{id}/file", Verb: "talent.bank.see", Handle: d.bankFile},
		{Method: "POST", Pattern: "/payout-batches/{id}/attempts/{attempt}/sent", Verb: "payout.confirm", Handle: d.sent},
		{Method: "POST", Pattern: "/payout-batches/{id}/attempts/{attempt}/arrived", Verb: "payout.confirm", Handle: d.arrived},
		{Method: "POST", Pattern: "/payout-batches/{id}/attempts/{attempt}/returned", Verb: "payout.confirm", Handle: d.returned},
		{Method: "POST", Pattern: "/payout-batches/{id}/attempts/{attempt}/take-back", Verb: "payout.prepare", Handle: d.takeBack},
	}
}

var payoutMeaning = map[payout.State]ui.Meaning{payout.Planned: ui.Neutral, payout.Settle: ui.Us, payout.Due: ui.Us, payout.Held: ui.Wait, payout.Prepared: ui.Us, payout.Released: ui.Us, payout.Sent: ui.Info,
	payout.Part: ui.Info, payout.Unclear: ui.Bad, payout.Returned: ui.Bad, payout.Arrived: ui.Good, payout.Cancelled: ui.Neutral}

func payoutStatus(ctx context.Context, s payout.State) ui.Status {
	return ui.Status{Word: tr(ctx, "payout.state."+string(s)), Meaning: payoutMeaning[s]}
}

// groupOf puts a state into a group of the list: what needs a decision, what can
// be prepared, what is on its way, what waits, what is done.
func groupOf(s payout.State) int {
	switch s {
	case payout.Settle, payout.Unclear, payout.Returned:
		return 0
	case payout.Due:
		return 1
	case payout.Prepared, payout.Released, payout.Sent, payout.Part:
		return 2
	case payout.Planned, payout.Held:
		return 3
	}
	return 4
}

func payoutGrid(ctx context.Context, list []payout.Line, pick string) grid {
	g := grid{Caption: tr(ctx, "billing.tab.payouts"), Cards: ui.CardsWide, Cols: []ui.Col{{Label: tr(ctx, "payout.col.talent")}, {Label: tr(ctx, "payout.col.for")}, {Label: tr(ctx, "payout.col.due")}, {Label: tr(ctx, "payout.col.gross"), Class: "c-num"},
		{Label: tr(ctx, "payout.col.net"), Class: "c-num"}, {Label: tr(ctx, "payout.col.account")}, {Label: tr(ctx, "payout.col.state")}}}
	groups := []group{{Title: tr(ctx, "payout.group.decide"), Meaning: ui.Bad}, {Title: tr(ctx, "payout.group.due"), Meaning: ui.Us}, {Title: tr(ctx, "payout.group.way")}, {Title: tr(ctx, "payout.group.waits")}, {Title: tr(ctx, "payout.group.done")}}
	for _, l := range list {
		n := groupOf(l.State)
		groups[n].Rows = append(groups[n].Rows, payoutRow(ctx, l, pick))
	}
	g.Groups = groups
	return g
}

// ready tells whether a payout can be prepared from the list, with nothing to ask.
func ready(l payout.Line) bool {
	return l.State == payout.Due && l.HasRoute && l.RouteFault == "" && l.PreviewFault == "" && !l.NameDiffers
}

func payoutRow(ctx context.Context, l payout.Line, pick string) row {
	head := cell{First: l.TalentName, Second: l.CampaignName, Href: "/payouts/" + l.ID}
	if pick != "" && ready(l) {
		head.Part = pickCell(l, pick)
	}
	state := cell{Status: payoutStatus(ctx, l.State)}
	switch n := len(l.Attempts); {
	case l.State == payout.Held:
		state.Second = tr(ctx, "payout.hold."+string(l.Hold.Reason)) + " · " + short(ctx, l.Hold.Until)
	case l.PreviewFault != "":
		state.Second = locale.From(ctx).Code(l.PreviewFault)
	case l.NameDiffers && l.State == payout.Due:
		state.Second = tr(ctx, "payout.name-differs.short")
	case l.State == payout.Prepared && n > 0:
		state.Second = tr(ctx, "payout.prepared-by", "name", l.Attempts[n-1].PreparedName)
	}
	gross, tax := cell{Class: "c-num c-nowrap", First: cash(ctx, payable(l.Preview.Gross, l.Fee))}, l.Preview
	if tax.Tax.Sign() > 0 {
		gross.Second = taxName(ctx, tax.Kind) + " " + cash(ctx, tax.Tax.Neg())
	}
	what := cell{Class: "c-nowrap", First: tr(ctx, "payout.milestone."+string(l.Milestone)), Second: tr(ctx, "payout.n-of", "n", l.Number, "of", l.Count)}
	if l.CauseID != "" {
		what = cell{First: tr(ctx, "payout.extra")}
	}
	return row{ID: "p-" + l.ID, Cells: []cell{head, what, {Class: "c-nowrap", First: short(ctx, l.DueOn)}, gross,
		{Class: "c-num c-nowrap", First: cash(ctx, payable(tax.Net, l.Outstanding))}, accountCell(ctx, l), state}}
}

// payable is the reckoned amount, or the other where nothing could be reckoned.
func payable(a, other money.Amount) money.Amount {
	if a.None() {
		return other
	}
	return a
}

// accountCell shows where the money goes, or why it cannot go yet.
func accountCell(ctx context.Context, l payout.Line) cell {
	switch {
	case !l.HasRoute:
		return cell{Status: ui.Status{Word: tr(ctx, "payout.no-account"), Meaning: ui.Wait}}
	case l.RouteUntil != "":
		return cell{First: l.Bank, Second: tr(ctx, "payout.route-until", "day", short(ctx, l.RouteUntil))}
	case l.RouteFault != "":
		return cell{First: l.Bank, Second: tr(ctx, "payout.route-word")}
	}
	return cell{Class: "c-nowrap", First: l.Bank, Second: "···" + l.AccountEnd}
}

func taxName(ctx context.Context, kind string) string {
	if kind == "" {
		return ""
	}
	return tr(ctx, "payout.tax."+kind)
}

func (d rooms) payouts(w http.ResponseWriter, r *http.Request) error {
	return d.showPayouts(w, r)("", nil)
}

func (d rooms) showPayouts(w http.ResponseWriter, r *http.Request) func(string, map[string]string) error {
	return func(problem string, _ map[string]string) error {
		ctx, actor := r.Context(), web.ActorOf(r)
		f := payoutFilter(r)
		shown, err := d.Payout.Payouts(ctx, actor, f)
		if err != nil {
			return err
		}
		chips, err := d.payoutChips(r, f)
		if err != nil {
			return err
		}
		batches, err := d.Payout.Batches(ctx, actor, 12)
		if err != nil {
			return err
		}
		pick := picking(actor, shown)
		p := listPage{Chips: chips, Next: nextPayouts(r, shown), Grid: payoutGrid(ctx, shown, pick), Empty: ui.Empty{Title: tr(ctx, "payout.none"), Text: tr(ctx, "payout.none.text")},
			Above: payoutsAbove(payoutsHead{Problem: problem, Form: pick, Key: desk.NewKey(r), Waiting: waiting(ctx, actor, batches, d.DB.Now())}), Below: append(batchesBlocks(ctx, batches, d.DB.Now()), withheldBlocks(ctx, actor)...)}
		if actor.Can("payout.provider") {
			p.New = ui.Button{Label: tr(ctx, "payout.providers"), Href: "/providers"}
		}
		return d.list(w, r, "payouts", p)
	}
}

// payoutsAtOnce is how many payouts one page of the list shows.
const payoutsAtOnce = 100

func payoutFilter(r *http.Request) payout.Filter {
	q := r.URL.Query()
	f := payout.Filter{CampaignID: q.Get("campaign"), TalentID: q.Get("talent"), Show: payout.ShowOpen, After: q.Get("after"), Limit: payoutsAtOnce}
	if q.Get("show") == "done" {
		f.Show = payout.ShowDone
	}
	return f
}

// nextPayouts leads to the payouts after those shown, where there may be some.
func nextPayouts(r *http.Request, shown []payout.Line) string {
	if len(shown) < payoutsAtOnce {
		return ""
	}
	q := r.URL.Query()
	q.Set("after", shown[len(shown)-1].Key())
	return "/payouts?" + q.Encode()
}

// picking names the form in which the reader may pick payouts to prepare, "" for none.
func picking(actor access.Actor, shown []payout.Line) string {
	if actor.Can("payout.prepare") && slices.ContainsFunc(shown, ready) {
		return "prepare"
	}
	return ""
}

// payoutChips choose between what is still to do and what is done.
func (d rooms) payoutChips(r *http.Request, f payout.Filter) (ui.Chips, error) {
	open, done, err := d.Payout.Counts(r.Context(), web.ActorOf(r), f)
	q := r.URL.Query()
	q.Del("show")
	q.Del("after")
	todo := "/payouts?" + q.Encode()
	q.Set("show", "done")
	return ui.Chips{Items: []ui.Tab{{Label: tr(r.Context(), "payout.show.open"), Href: todo, Count: int(open), Current: f.Show == payout.ShowOpen},
		{Label: tr(r.Context(), "payout.show.done"), Href: "/payouts?" + q.Encode(), Count: int(done), Current: f.Show == payout.ShowDone}}}, err
}

// waiting are the batches that the reader is to release: another prepared them.
func waiting(ctx context.Context, actor access.Actor, list []payout.Batch, now time.Time) (out []ui.Notice) {
	for _, b := range list {
		if b.MadeBy == actor.ID || !actor.Can("payout.release") || !slices.ContainsFunc(b.Attempts, func(a payout.Attempt) bool { return a.State(now) == payout.Prepared }) {
			continue
		}
		out = append(out, ui.Notice{Meaning: ui.Wait, Title: tr(ctx, "payout.release.yours", "number", b.Number), Text: tr(ctx, "payout.batch.n", "n", len(b.Attempts)) + " · " + batchSums(ctx, b) + " · " + tr(ctx, "payout.prepared-by", "name", b.MadeName),
			Actions: ui.Button{Label: tr(ctx, "payout.release.check"), Href: "/payout-batches/" + b.ID, Small: true}})
	}
	return out
}

func batchesBlocks(ctx context.Context, list []payout.Batch, now time.Time) []block {
	if len(list) == 0 {
		return nil
	}
	rows := []row{}
	for _, b := range list {
		rows = append(rows, row{ID: "b-" + b.ID, Cells: []cell{{First: b.Number, Second: b.MadeName, Href: "/payout-batches/" + b.ID}, {First: tr(ctx, "payout.batch.n", "n", len(b.Attempts))}, {Class: "c-num", First: batchSums(ctx, b)}, {Status: batchStatus(ctx, b, now)}}})
	}
	return []block{{Title: tr(ctx, "payout.batches"), Note: tr(ctx, "payout.batches.note"), Grid: grid{Caption: tr(ctx, "payout.batches"), Cols: []ui.Col{{Label: tr(ctx, "payout.col.batch")}, {Label: tr(ctx, "payout.col.count")}, {Label: tr(ctx, "payout.col.sum"), Class: "c-num"}, {Label: tr(ctx, "payout.col.state")}}, Groups: []group{{Rows: rows}}}}}
}

func batchSums(ctx context.Context, b payout.Batch) string {
	sums, order := map[money.Currency]money.Amount{}, []money.Currency{}
	for _, a := range b.Attempts {
		if _, ok := sums[a.Amount.Currency]; !ok {
			order = append(order, a.Amount.Currency)
		}
		sums[a.Amount.Currency], _ = sums[a.Amount.Currency].Add(a.Amount)
	}
	var words []string
	for _, c := range order {
		words = append(words, cash(ctx, sums[c]))
	}
	return strings.Join(words, " · ")
}

// batchStatus is the state that needs somebody most.
func batchStatus(ctx context.Context, b payout.Batch, now time.Time) ui.Status {
	worst := payout.Arrived
	rank := map[payout.State]int{payout.Unclear: 7, payout.Returned: 6, payout.Prepared: 5, payout.Released: 4, payout.Part: 3, payout.Sent: 2, payout.Arrived: 1, payout.Cancelled: 0}
	for _, a := range b.Attempts {
		if s := a.State(now); rank[s] > rank[worst] {
			worst = s
		}
	}
	return payoutStatus(ctx, worst)
}

func (d rooms) prepare(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return web.ErrForm
	}
	out, err := d.Payout.Prepare(r.Context(), web.ActorOf(r), payout.PrepareRequest{IDs: r.PostForm["id"]})
	return act(w, r, err, d.showPayouts(w, r), "/payout-batches/"+out.Batch.ID, "payout.toast.prepared", "n", len(out.Batch.Attempts), "left", len(out.Refused))
}

func (d rooms) payout(w http.ResponseWriter, r *http.Request) error {
	return d.showPayout(w, r)("", nil)
}

func (d rooms) showPayout(w http.ResponseWriter, r *http.Request) func(string, map[string]string) error {
	return func(problem string, errs map[string]string) error {
		ctx := r.Context()
		l, err := d.Payout.Payout(ctx, web.ActorOf(r), r.PathValue("id"))
		if err != nil {
			return err
		}
		today, err := d.Billing.Today(ctx)
		if err != nil {
			return err
		}
		p := recordPage{Title: l.TalentName, Meta: []string{l.CampaignName, tr(ctx, "payout.milestone."+string(l.Milestone))}, Status: payoutStatus(ctx, l.State), Error: problem, Errors: errs,
			Figures: ui.KeyFigures{{Label: tr(ctx, "payout.col.gross"), Value: cash(ctx, l.Preview.Gross)}, {Label: tr(ctx, "payout.col.tax"), Value: cash(ctx, l.Preview.Tax), Note: taxName(ctx, l.Preview.Kind)}, {Label: tr(ctx, "payout.col.net"), Value: cash(ctx, payable(l.Preview.Net, l.Outstanding))}, {Label: tr(ctx, "payout.col.due"), Value: day(ctx, l.DueOn)}}}
		p.Main = []block{payoutFacts(ctx, l)}
		for _, a := range l.Attempts {
			p.Main = append(p.Main, attemptBlock(ctx, l.ID, a, d.DB.Now()))
		}
		p.Side = payoutActs(r, l, today, errs)
		return d.record(w, r, p, "payouts")
	}
}

// payoutFacts open every figure to its inputs.
func payoutFacts(ctx context.Context, l payout.Line) block {
	t := l.Preview
	terms := ui.Terms{{Name: tr(ctx, "payout.fact.fee"), Text: cash(ctx, l.Fee)}, {Name: tr(ctx, "payout.fact.base"), Text: cash(ctx, t.Base)}, {Name: tr(ctx, "payout.fact.earlier"), Text: cash(ctx, t.Earlier)},
		{Name: tr(ctx, "payout.fact.rule"), Text: ruleName(ctx, l)}, {Name: tr(ctx, "payout.fact.tax-id"), Text: tr(ctx, "payout.yes-no."+strconv.FormatBool(t.HasTaxID))},
		{Name: tr(ctx, "payout.fact.gross-up"), Text: tr(ctx, "payout.yes-no."+strconv.FormatBool(l.GrossUp))}, {Name: tr(ctx, "payout.fact.tax-proof"), Text: dash(l.TaxProof)}, {Name: tr(ctx, "payout.fact.reason"), Text: dash(l.Reason)}}
	if l.Rate.Rate != "" {
		terms = append(terms, ui.Term{Name: tr(ctx, "payout.fact.rate"), Text: tr(ctx, "exchange.one", "from", l.Fee.Currency, "to", l.Rate.Currency) + ": " + locale.From(ctx).Rate(l.Rate.Rate) + " · " + l.Rate.Source + " " + day(ctx, l.Rate.On)})
	}
	if l.RouteFault != "" {
		terms = append(terms, ui.Term{Name: tr(ctx, "payout.fact.account"), Text: locale.From(ctx).Code(l.RouteFault), Meaning: ui.Wait})
	}
	terms = slices.DeleteFunc(terms, func(x ui.Term) bool { return x.Text == locale.NoFigure })
	if l.PreviewFault != "" {
		terms = append(terms, ui.Term{Name: tr(ctx, "payout.fact.problem"), Text: locale.From(ctx).Code(l.PreviewFault), Meaning: ui.Bad})
	}
	if l.NameDiffers {
		terms = append(terms, ui.Term{Name: tr(ctx, "payout.fact.problem"), Text: tr(ctx, "payout.name-differs"), Meaning: ui.Bad})
	}
	return block{Title: tr(ctx, "payout.facts"), Terms: terms}
}

// debitCell is what left the agency's account, and the fee.
func debitCell(ctx context.Context, t payout.Transfer) cell {
	if t.SentAt.IsZero() {
		return cell{Class: "c-num", First: locale.NoFigure}
	}
	return cell{Class: "c-num", First: cash(ctx, t.Debit), Second: tr(ctx, "payout.fee", "amount", t.Fee)}
}

// ruleName is the tax and the day from which its dated table holds: "PPh 21, since …".
func ruleName(ctx context.Context, l payout.Line) string {
	if l.Preview.RuleID == "" {
		return locale.NoFigure
	}
	return tr(ctx, "payout.rule", "tax", taxName(ctx, l.Preview.Kind), "day", locale.From(ctx).Range(l.RuleFrom, l.RuleFrom))
}

func attemptBlock(ctx context.Context, payoutID string, a payout.Attempt, now time.Time) block {
	rows := []row{}
	for _, t := range a.Parts {
		arrived := cell{First: locale.NoFigure}
		switch {
		case !t.ReturnedAt.IsZero():
			arrived = cell{Status: payoutStatus(ctx, payout.Returned), Second: strings.TrimPrefix(reasonText(ctx, t.ReturnFor), "· ")}
		case t.Order == payout.Reconcile || t.SentAt.IsZero() && t.Order != "":
			arrived = orderCell(ctx, t)
		case !t.ArrivedAt.IsZero():
			arrived = cell{Status: payoutStatus(ctx, payout.Arrived), Second: locale.From(ctx).DateTime(t.ArrivedAt, "")}
		case !t.MissingAt.IsZero():
			arrived = cell{Status: payoutStatus(ctx, payout.Unclear), Second: tr(ctx, "payout.said-missing")}
		case !t.SentAt.IsZero():
			arrived = cell{Status: payoutStatus(ctx, payout.Sent), Second: day(ctx, t.ExpectedOn)}
		}
		proof := cell{First: dash(t.Reference), Second: locale.From(ctx).Rate(t.Rate)}
		if t.ProofSHA != "" {
			proof.Href = "/payouts/" + payoutID + "/proof/" + strconv.FormatInt(a.Number, 10) + "/" + strconv.FormatInt(t.Number, 10)
		}
		rows = append(rows, row{Cells: []cell{proof, {Class: "c-num", First: cash(ctx, t.Amount)}, debitCell(ctx, t), arrived}})
	}
	return block{Title: tr(ctx, "payout.attempt", "n", a.Number), Note: attemptNote(ctx, a), Part: ui.Button{Label: tr(ctx, "payout.batch.open"), Href: "/payout-batches/" + a.BatchID, Small: true},
		Grid: grid{Caption: tr(ctx, "payout.attempt", "n", a.Number), Cols: []ui.Col{{Label: tr(ctx, "payout.col.reference")}, {Label: tr(ctx, "payout.col.amount"), Class: "c-num"}, {Label: tr(ctx, "payout.col.debit"), Class: "c-num"}, {Label: tr(ctx, "payout.col.arrived")}}, Groups: []group{{Rows: rows}}}}
}

// attemptNote names who prepared and who released an attempt.
func attemptNote(ctx context.Context, a payout.Attempt) string {
	if a.ReleasedName == "" {
		return tr(ctx, "payout.prepared-by", "name", a.PreparedName)
	}
	return tr(ctx, "payout.attempt.note", "by", a.PreparedName, "released", a.ReleasedName)
}

// payoutActs are what can be done with a payout where it stands.
func payoutActs(r *http.Request, l payout.Line, today worktime.Date, errs map[string]string) (out []block) {
	ctx, actor := r.Context(), web.ActorOf(r)
	base := "/payouts/" + l.ID
	reason := ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason"), Error: errs["reason"]}
	if (l.State == payout.Due || l.State == payout.Returned) && actor.Can("payout.prepare") {
		f := form{Action: base + "/prepare", Key: desk.NewKey(r), Button: ui.Button{Label: tr(ctx, "payout.prepare.do"), Kind: ui.Primary}}
		if l.NameDiffers {
			f.Fields = []templ.Component{ui.Input{Name: "name_reason", Label: tr(ctx, "payout.field.name_reason"), Hint: tr(ctx, "payout.name-differs")}}
		}
		out = append(out, block{Title: tr(ctx, "payout.prepare"), Forms: []form{f}})
		if l.Tax.RuleID == "" {
			out = append(out, block{Title: tr(ctx, "payout.bear-tax"), Note: tr(ctx, "payout.bear-tax.note"), Forms: []form{{Action: base + "/bear-tax", Key: desk.NewKey(r), Fields: []templ.Component{ui.Hidden{Name: "agency", Value: strconv.FormatBool(!l.GrossUp)}}, Button: ui.Button{Label: tr(ctx, "payout.bear-tax."+strconv.FormatBool(!l.GrossUp))}}}})
		}
	}
	if (l.State == payout.Due || l.State == payout.Held || l.State == payout.Returned) && actor.Can("payout.hold") {
		b := block{Title: tr(ctx, "payout.hold"), Note: tr(ctx, "payout.hold.note"), Forms: []form{{Action: base + "/hold", Key: desk.NewKey(r), Fold: tr(ctx, "payout.hold.do"), Fields: []templ.Component{ui.Select{Field: ui.Field{Name: "reason", Label: tr(ctx, "billing.field.reason"), Error: errs["reason"]}, Options: options(ctx, "payout.hold.", payout.HoldReasons)},
			ui.DateField{Field: ui.Field{Name: "until", Label: tr(ctx, "payout.field.until"), Value: string(today.AddDays(7)), Error: errs["until"]}}, ui.Input{Name: "note", Label: tr(ctx, "billing.field.note"), Optional: true}}, Button: ui.Button{Label: tr(ctx, "payout.hold.do")}}}}
		if l.State == payout.Held {
			b.Forms = append(b.Forms, form{Action: base + "/lift", Key: desk.NewKey(r), Button: ui.Button{Label: tr(ctx, "payout.lift.do")}})
		}
		out = append(out, b)
	}
	if (l.State == payout.Planned || l.State == payout.Settle) && actor.Can("payout.settle") {
		choices := []ui.Option{{Value: "settle", Label: tr(ctx, "payout.decide.settle")}, {Value: "waive", Label: tr(ctx, "payout.decide.waive")}, {Value: "cancel", Label: tr(ctx, "payout.decide.cancel")}}
		out = append(out, block{Title: tr(ctx, "payout.decide"), Note: tr(ctx, "payout.decide.note"), Forms: []form{{Action: base + "/decide", Key: desk.NewKey(r), Fields: []templ.Component{ui.Select{Field: ui.Field{Name: "how", Label: tr(ctx, "payout.field.how")}, Options: choices},
			ui.Input{Name: "amount", Label: tr(ctx, "payout.field.amount"), Prefix: string(l.Fee.Currency), Optional: true, Error: errs["amount"]}, reason}, Button: ui.Button{Label: tr(ctx, "payout.decide.do")}}}})
	}
	if l.Tax.RuleID != "" && actor.Can("payout.prepare") {
		out = append(out, block{Title: tr(ctx, "payout.tax-proof"), Forms: []form{{Action: base + "/tax-proof", Key: desk.NewKey(r), Fold: tr(ctx, "payout.tax-proof.do"), Fields: []templ.Component{ui.Input{Name: "number", Label: tr(ctx, "payout.field.number"), Value: l.TaxProof}}, Button: ui.Button{Label: tr(ctx, "billing.save")}}}})
	}
	return out
}

func (d rooms) prepareOne(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	out, err := d.Payout.Prepare(r.Context(), web.ActorOf(r), payout.PrepareRequest{IDs: []string{id}, NameReasons: map[string]string{id: r.FormValue("name_reason")}})
	return act(w, r, err, d.showPayout(w, r), "/payout-batches/"+out.Batch.ID, "payout.toast.prepared", "n", 1, "left", 0)
}

func (d rooms) hold(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := d.Payout.Hold(r.Context(), web.ActorOf(r), id, payout.HoldReason(r.FormValue("reason")), worktime.Date(r.FormValue("until")), r.FormValue("note"))
	return act(w, r, err, d.showPayout(w, r), "/payouts/"+id, "payout.toast.held")
}

func (d rooms) lift(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	return act(w, r, d.Payout.LiftHold(r.Context(), web.ActorOf(r), id), d.showPayout(w, r), "/payouts/"+id, "payout.toast.lifted")
}

func (d rooms) bearTax(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	return act(w, r, d.Payout.BearTax(r.Context(), web.ActorOf(r), id, r.FormValue("agency") == "true"), d.showPayout(w, r), "/payouts/"+id, "billing.toast.saved")
}

func (d rooms) taxProof(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	return act(w, r, d.Payout.RecordTaxProof(r.Context(), web.ActorOf(r), id, r.FormValue("number")), d.showPayout(w, r), "/payouts/"+id, "billing.toast.saved")
}

func (d rooms) decide(w http.ResponseWriter, r *http.Request) error {
	id, actor, reason := r.PathValue("id"), web.ActorOf(r), r.FormValue("reason")
	var err error
	switch r.FormValue("how") {
	case "settle":
		var l payout.Line
		if l, err = d.Payout.Payout(r.Context(), actor, id); err != nil {
			return err
		}
		var amount money.Amount
		if amount, err = readAmount(r, "amount", r.FormValue("amount"), l.Fee.Currency); err == nil {
			err = d.Payout.Settle(r.Context(), actor, id, amount, reason)
		}
	case "waive":
		err = d.Payout.Waive(r.Context(), actor, id, reason)
	case "cancel":
		err = d.Payout.Cancel(r.Context(), actor, id, reason)
	default:
		err = fault.Field("how", "payout.how")
	}
	return act(w, r, err, d.showPayout(w, r), "/payouts/"+id, "payout.toast.decided")
}

func (d rooms) proof(w http.ResponseWriter, r *http.Request) error {
	f, name, err := d.Payout.OpenProof(r.Context(), web.ActorOf(r), r.PathValue("id"), readInt(r.PathValue("attempt")), readInt(r.PathValue("part")))
	if err != nil {
		return err
	}
	defer f.Close()
	w.Header().Set("Content-Disposition", `attachment; filename="`+safeName(name)+`"`)
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Set("Content-Type", "application/octet-stream")
	_, err = io.Copy(w, f)
	return err
}
