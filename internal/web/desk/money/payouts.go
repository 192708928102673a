package money

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

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
		{Label: tr(ctx, "payout.col.tax"), Class: "c-num"}, {Label: tr(ctx, "payout.col.net"), Class: "c-num"}, {Label: tr(ctx, "payout.col.account")}, {Label: tr(ctx, "payout.col.state")}}}
	groups := []group{{Title: tr(ctx, "payout.group.decide"), Meaning: ui.Bad}, {Title: tr(ctx, "payout.group.due"), Meaning: ui.Us}, {Title: tr(ctx, "payout.group.way")}, {Title: tr(ctx, "payout.group.waits")}, {Title: tr(ctx, "payout.group.done")}}
	for _, l := range list {
		n := groupOf(l.State)
		groups[n].Rows = append(groups[n].Rows, payoutRow(ctx, l, pick))
	}
	g.Groups = groups
	return g
}

func payoutRow(ctx context.Context, l payout.Line, pick string) row {
	head := cell{First: l.TalentName, Second: l.CampaignName, Href: "/payouts/" + l.ID}
	if pick != "" && l.State == payout.Due && l.HasRoute && l.RouteUntil == "" && l.PreviewFault == "" {
		head.Part = pickCell(l, pick)
	}
	account := cell{First: tr(ctx, "payout.no-account")}
	if l.HasRoute {
		account = cell{First: l.Bank, Second: "···" + l.AccountEnd}
		if l.RouteUntil != "" {
			account.Second = tr(ctx, "payout.route-until", "day", l.RouteUntil)
		}
	}
	state := cell{Status: payoutStatus(ctx, l.State)}
	if l.State == payout.Held {
		state.Second = tr(ctx, "payout.hold."+string(l.Hold.Reason)) + " · " + day(ctx, l.Hold.Until)
	}
	gross, net := l.Preview.Gross, l.Outstanding
	if gross.None() {
		gross = l.Fee
	}
	what := tr(ctx, "payout.milestone."+string(l.Milestone))
	if l.CauseID != "" {
		what = tr(ctx, "payout.extra")
	}
	return row{ID: "p-" + l.ID, Cells: []cell{head, {First: what, Second: tr(ctx, "payout.n-of", "n", l.Number, "of", l.Count)}, {First: day(ctx, l.DueOn)}, {Class: "c-num", First: cash(ctx, gross)},
		{Class: "c-num", First: cash(ctx, l.Preview.Tax), Second: taxName(ctx, l.Preview.Kind)}, {Class: "c-num", First: cash(ctx, net)}, account, state}}
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
		list, err := d.Payout.Payouts(ctx, actor, payout.Filter{CampaignID: r.URL.Query().Get("campaign"), TalentID: r.URL.Query().Get("talent")})
		if err != nil {
			return err
		}
		batches, err := d.Payout.Batches(ctx, actor, 12)
		if err != nil {
			return err
		}
		pick := ""
		if actor.Can("payout.prepare") {
			pick = "prepare"
		}
		p := listPage{Grid: payoutGrid(ctx, list, pick), Empty: ui.Empty{Title: tr(ctx, "payout.none"), Text: tr(ctx, "payout.none.text")},
			Above: payoutsAbove(problem, pick, desk.NewKey(r)), Below: blockView(batchesBlock(ctx, batches, d.DB.Now()))}
		return d.list(w, r, "payouts", p)
	}
}

func batchesBlock(ctx context.Context, list []payout.Batch, now time.Time) block {
	rows := []row{}
	for _, b := range list {
		rows = append(rows, row{ID: "b-" + b.ID, Cells: []cell{{First: b.Number, Second: b.MadeName, Href: "/payout-batches/" + b.ID}, {First: tr(ctx, "payout.batch.n", "n", len(b.Attempts))}, {First: batchSums(ctx, b)}, {Status: batchStatus(ctx, b, now)}}})
	}
	return block{Title: tr(ctx, "payout.batches"), Note: tr(ctx, "payout.batches.note"), Grid: grid{Caption: tr(ctx, "payout.batches"), Cols: []ui.Col{{Label: tr(ctx, "payout.col.batch")}, {Label: tr(ctx, "payout.col.count")}, {Label: tr(ctx, "payout.col.sum")}, {Label: tr(ctx, "payout.col.state")}}, Groups: []group{{Rows: rows}}}}
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
			Figures: ui.KeyFigures{{Label: tr(ctx, "payout.col.gross"), Value: cash(ctx, l.Preview.Gross)}, {Label: tr(ctx, "payout.col.tax"), Value: cash(ctx, l.Preview.Tax), Note: taxName(ctx, l.Preview.Kind)}, {Label: tr(ctx, "payout.col.net"), Value: cash(ctx, l.Outstanding)}, {Label: tr(ctx, "payout.col.due"), Value: day(ctx, l.DueOn)}}}
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
		{Name: tr(ctx, "payout.fact.rule"), Text: dash(t.RuleID)}, {Name: tr(ctx, "payout.fact.tax-id"), Text: tr(ctx, "payout.yes-no."+strconv.FormatBool(t.HasTaxID))},
		{Name: tr(ctx, "payout.fact.gross-up"), Text: tr(ctx, "payout.yes-no."+strconv.FormatBool(l.GrossUp))}, {Name: tr(ctx, "payout.fact.tax-proof"), Text: dash(l.TaxProof)}, {Name: tr(ctx, "payout.fact.reason"), Text: dash(l.Reason)}}
	if l.PreviewFault != "" {
		terms = append(terms, ui.Term{Name: tr(ctx, "payout.fact.problem"), Text: locale.From(ctx).Code(l.PreviewFault), Meaning: ui.Bad})
	}
	if l.NameDiffers {
		terms = append(terms, ui.Term{Name: tr(ctx, "payout.fact.problem"), Text: tr(ctx, "payout.name-differs"), Meaning: ui.Bad})
	}
	return block{Title: tr(ctx, "payout.facts"), Terms: terms}
}

func attemptBlock(ctx context.Context, payoutID string, a payout.Attempt, now time.Time) block {
	rows := []row{}
	for _, t := range a.Parts {
		arrived := cell{First: locale.NoFigure}
		switch {
		case !t.ReturnedAt.IsZero():
			arrived = cell{Status: payoutStatus(ctx, payout.Returned), Second: t.ReturnFor}
		case !t.ArrivedAt.IsZero():
			arrived = cell{Status: payoutStatus(ctx, payout.Arrived), Second: locale.From(ctx).DateTime(t.ArrivedAt, "")}
		case !t.MissingAt.IsZero():
			arrived = cell{Status: payoutStatus(ctx, payout.Unclear), Second: tr(ctx, "payout.said-missing")}
		case !t.SentAt.IsZero():
			arrived = cell{Status: payoutStatus(ctx, payout.Sent), Second: day(ctx, t.ExpectedOn)}
		}
		proof := cell{First: dash(t.Reference), Second: t.Rate}
		if t.ProofSHA != "" {
			proof.Href = "/payouts/" + payoutID + "/proof/" + strconv.FormatInt(a.Number, 10) + "/" + strconv.FormatInt(t.Number, 10)
		}
		rows = append(rows, row{Cells: []cell{proof, {Class: "c-num", First: cash(ctx, t.Amount)}, {Class: "c-num", First: cash(ctx, t.Debit), Second: cash(ctx, t.Fee)}, arrived}})
	}
	return block{Title: tr(ctx, "payout.attempt", "n", a.Number), Note: tr(ctx, "payout.attempt.note", "by", a.PreparedName, "released", dash(a.ReleasedName)), Part: ui.Button{Label: tr(ctx, "payout.batch.open"), Href: "/payout-batches/" + a.BatchID, Small: true},
		Grid: grid{Caption: tr(ctx, "payout.attempt", "n", a.Number), Cols: []ui.Col{{Label: tr(ctx, "payout.col.reference")}, {Label: tr(ctx, "payout.col.amount"), Class: "c-num"}, {Label: tr(ctx, "payout.col.debit"), Class: "c-num"}, {Label: tr(ctx, "payout.col.arrived")}}, Groups: []group{{Rows: rows}}}}
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
		b := block{Title: tr(ctx, "payout.hold"), Note: tr(ctx, "payout.hold.note"), Forms: []form{{Action: base + "/hold", Key: desk.NewKey(r), Fields: []templ.Component{ui.Select{Field: ui.Field{Name: "reason", Label: tr(ctx, "billing.field.reason"), Error: errs["reason"]}, Options: options(ctx, "payout.hold.", payout.HoldReasons)},
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
		out = append(out, block{Title: tr(ctx, "payout.tax-proof"), Forms: []form{{Action: base + "/tax-proof", Key: desk.NewKey(r), Fields: []templ.Component{ui.Input{Name: "number", Label: tr(ctx, "payout.field.number"), Value: l.TaxProof}}, Button: ui.Button{Label: tr(ctx, "billing.save")}}}})
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

func (d rooms) batch(w http.ResponseWriter, r *http.Request) error {
	return d.showBatch(w, r)("", nil)
}

func (d rooms) showBatch(w http.ResponseWriter, r *http.Request) func(string, map[string]string) error {
	return func(problem string, errs map[string]string) error {
		ctx := r.Context()
		b, err := d.Payout.Batch(ctx, web.ActorOf(r), r.PathValue("id"))
		if err != nil {
			return err
		}
		p := recordPage{Title: b.Number, Meta: []string{tr(ctx, "payout.prepared-by", "name", b.MadeName), batchSums(ctx, b.Batch)}, Status: batchStatus(ctx, b.Batch, d.DB.Now()), Error: problem, Errors: errs}
		p.Side = batchActs(r, b, d.DB.Now())
		for _, a := range b.Attempts {
			p.Main = append(p.Main, d.batchAttempt(r, b, a))
		}
		return d.record(w, r, p, "payouts")
	}
}

// batchActs are what can be done with a batch: release it, take the bank's file.
func batchActs(r *http.Request, b payout.BatchFile, now time.Time) (out []block) {
	ctx, actor := r.Context(), web.ActorOf(r)
	waiting, released := 0, 0
	for _, a := range b.Attempts {
		switch a.State(now) {
		case payout.Prepared:
			waiting++
		case payout.Released, payout.Part:
			released++
		}
	}
	if waiting > 0 && actor.Can("payout.release") && actor.ID != b.MadeBy {
		out = append(out, releaseBlock(r, b, now))
	} else if waiting > 0 {
		out = append(out, block{Title: tr(ctx, "payout.release"), Note: tr(ctx, "payout.release.other")})
	}
	if released > 0 && actor.Can("talent.bank.see") {
		out = append(out, block{Title: tr(ctx, "payout.file"), Note: tr(ctx, "payout.file.note"), Forms: []form{
			{Action: "/payout-batches/" + b.ID + "/file", Fields: []templ.Component{ui.Hidden{Name: "format", Value: "xlsx"}}, Button: ui.Button{Label: "XLSX"}},
			{Action: "/payout-batches/" + b.ID + "/file", Fields: []templ.Component{ui.Hidden{Name: "format", Value: "csv"}}, Button: ui.Button{Label: "CSV"}}}})
	}
	return out
}

// releaseBlock is the form of the second person: everything, but those ticked.
func releaseBlock(r *http.Request, b payout.BatchFile, now time.Time) block {
	ctx := r.Context()
	var fields []templ.Component
	for _, a := range b.Attempts {
		if a.State(now) == payout.Prepared {
			l := b.Lines[a.PayoutID]
			fields = append(fields, ui.Checkbox{Name: "refuse", Value: a.ID, Label: tr(ctx, "payout.release.refuse", "name", l.TalentName, "amount", a.Amount)})
		}
	}
	fields = append(fields, ui.Input{Name: "reason", Label: tr(ctx, "payout.release.reason"), Optional: true})
	return block{Title: tr(ctx, "payout.release"), Note: tr(ctx, "payout.release.note"), Forms: []form{{Action: "/payout-batches/" + b.ID + "/release", Key: desk.NewKey(r), Fields: fields, Button: ui.Button{Label: tr(ctx, "payout.release.do"), Kind: ui.Primary}}}}
}

// batchAttempt is one attempt of a batch with what can be entered about it.
func (d rooms) batchAttempt(r *http.Request, b payout.BatchFile, a payout.Attempt) block {
	ctx, actor := r.Context(), web.ActorOf(r)
	l, now := b.Lines[a.PayoutID], d.DB.Now()
	out := attemptBlock(ctx, a.PayoutID, a, now)
	out.ID, out.Title = a.ID, l.TalentName+" · "+cash(ctx, a.Amount)
	out.Note = tr(ctx, "payout.state."+string(a.State(now))) + " · " + l.CampaignName + " · " + a.Bank + " ···" + a.AccountEnd + " · " + a.AccountName
	out.Part = nil
	base := "/payout-batches/" + b.ID + "/attempts/" + a.ID
	if s := a.State(now); (s == payout.Prepared || s == payout.Released) && actor.Can("payout.prepare") {
		out.Forms = append(out.Forms, form{Action: base + "/take-back", Key: desk.NewKey(r), Fields: []templ.Component{ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason")}}, Button: ui.Button{Label: tr(ctx, "payout.take-back.do"), Small: true}})
	}
	if !actor.Can("payout.confirm") || a.ReleasedAt.IsZero() || !a.CancelledAt.IsZero() {
		return out
	}
	for _, t := range a.Parts {
		part := ui.Hidden{Name: "part", Value: strconv.FormatInt(t.Number, 10)}
		switch {
		case t.SentAt.IsZero():
			out.Forms = append(out.Forms, form{Action: base + "/sent", Key: desk.NewKey(r), Multipart: true, Fields: sentFields(ctx, part, t), Button: ui.Button{Label: tr(ctx, "payout.sent.do", "amount", t.Amount)}})
		case t.ReturnedAt.IsZero():
			if t.ArrivedAt.IsZero() {
				out.Forms = append(out.Forms, form{Action: base + "/arrived", Key: desk.NewKey(r), Fields: []templ.Component{part}, Button: ui.Button{Label: tr(ctx, "payout.arrived.do", "amount", t.Amount)}})
			}
			out.Forms = append(out.Forms, form{Action: base + "/returned", Key: desk.NewKey(r), Fields: []templ.Component{part, ui.Input{Name: "back", Label: tr(ctx, "payout.field.back"), Prefix: string(t.Debit.Currency), Optional: true}, ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason")}}, Button: ui.Button{Label: tr(ctx, "payout.returned.do"), Small: true}})
		}
	}
	return out
}

func sentFields(ctx context.Context, part templ.Component, t payout.Transfer) []templ.Component {
	fields := []templ.Component{part, ui.Input{Name: "reference", Label: tr(ctx, "payout.field.reference")}, ui.Input{Name: "account", Label: tr(ctx, "payout.field.account"), Value: "BCA"}}
	if t.Amount.Currency != money.CurrencyIDR {
		fields = append(fields, ui.Input{Name: "debit", Label: tr(ctx, "payout.field.debit"), Prefix: "Rp"}, ui.Input{Name: "rate", Label: tr(ctx, "payout.field.rate")}, ui.Input{Name: "rate_source", Label: tr(ctx, "payout.field.rate_source")})
	}
	return append(fields, ui.Input{Name: "fee", Label: tr(ctx, "payout.field.fee"), Optional: true, Prefix: "Rp"}, ui.FileField{Field: ui.Field{Name: "proof", Label: tr(ctx, "payout.field.proof"), Optional: true}, Accept: "image/*,application/pdf"})
}

func (d rooms) release(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return web.ErrForm
	}
	refuse := map[string]string{}
	for _, id := range r.PostForm["refuse"] {
		refuse[id] = r.PostForm.Get("reason")
	}
	id := r.PathValue("id")
	n, err := d.Payout.Release(r.Context(), web.ActorOf(r), id, refuse)
	return act(w, r, err, d.showBatch(w, r), "/payout-batches/"+id, "payout.toast.released", "n", n)
}

func (d rooms) bankFile(w http.ResponseWriter, r *http.Request) error {
	var b bytes.Buffer
	format := r.FormValue("format")
	name, err := d.Payout.BankFile(r.Context(), web.ActorOf(r), r.PathValue("id"), format, &b)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", map[string]string{"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}[format])
	w.Header().Set("Content-Disposition", `attachment; filename="`+safeName(name)+`"`)
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = w.Write(b.Bytes())
	return err
}

func (d rooms) sent(w http.ResponseWriter, r *http.Request) error {
	in := payout.Sending{Part: readInt(r.FormValue("part")), Reference: r.FormValue("reference"), Account: r.FormValue("account"), Rate: strings.TrimSpace(r.FormValue("rate")), RateSource: strings.TrimSpace(r.FormValue("rate_source"))}
	var err error
	if strings.TrimSpace(r.FormValue("debit")) != "" {
		in.Debit, err = readAmount(r, "debit", r.FormValue("debit"), money.CurrencyIDR)
	}
	if err == nil {
		in.Fee, err = optional(r, "fee", r.FormValue("fee"), money.CurrencyIDR)
	}
	if err == nil {
		var proof io.Reader
		name := ""
		if file, head, missing := r.FormFile("proof"); missing == nil {
			defer file.Close()
			proof, name = file, head.Filename
		}
		err = d.Payout.RecordSent(r.Context(), web.ActorOf(r), r.PathValue("attempt"), in, name, proof)
	}
	return act(w, r, err, d.showBatch(w, r), "/payout-batches/"+r.PathValue("id"), "payout.toast.sent")
}

func (d rooms) arrived(w http.ResponseWriter, r *http.Request) error {
	err := d.Payout.ConfirmArrived(r.Context(), web.ActorOf(r), r.PathValue("attempt"), readInt(r.FormValue("part")))
	return act(w, r, err, d.showBatch(w, r), "/payout-batches/"+r.PathValue("id"), "payout.toast.arrived")
}

func (d rooms) returned(w http.ResponseWriter, r *http.Request) error {
	var back money.Amount
	var err error
	if strings.TrimSpace(r.FormValue("back")) != "" {
		back, err = readAmount(r, "back", r.FormValue("back"), money.CurrencyIDR)
	}
	if err == nil {
		err = d.Payout.RecordReturned(r.Context(), web.ActorOf(r), r.PathValue("attempt"), readInt(r.FormValue("part")), back, r.FormValue("reason"))
	}
	return act(w, r, err, d.showBatch(w, r), "/payout-batches/"+r.PathValue("id"), "payout.toast.returned")
}

func (d rooms) takeBack(w http.ResponseWriter, r *http.Request) error {
	err := d.Payout.TakeBack(r.Context(), web.ActorOf(r), r.PathValue("attempt"), r.FormValue("reason"))
	return act(w, r, err, d.showBatch(w, r), "/payout-batches/"+r.PathValue("id"), "payout.toast.taken-back")
}
