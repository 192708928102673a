package money

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kolega/internal/money"
	"kolega/internal/payout"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"

	"github.com/a-h/templ"
)

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
		house, err := d.Access.Agency(ctx)
		if err != nil {
			return err
		}
		p := recordPage{Title: b.Number, Meta: []string{tr(ctx, "payout.prepared-by", "name", b.MadeName), batchSums(ctx, b.Batch)}, Status: batchStatus(ctx, b.Batch, d.DB.Now()), Error: problem, Errors: errs}
		if p.Side, err = d.batchSide(r, b); err != nil {
			return err
		}
		for _, a := range b.Attempts {
			p.Main = append(p.Main, d.batchAttempt(r, b, a, house.BankName))
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
			for _, t := range a.Parts {
				if t.SentAt.IsZero() && t.ReturnedAt.IsZero() && !t.Ordered() {
					released++
				}
			}
		}
	}
	mine := b.ChangedBy(actor.Name, now)
	switch {
	case waiting == 0:
	case actor.Can("payout.release") && actor.ID != b.MadeBy && len(mine) > 0:
		out = append(out, block{Title: tr(ctx, "payout.release"), Note: tr(ctx, "payout.release.editor", "names", strings.Join(mine, ", "))})
	case actor.Can("payout.release") && actor.ID != b.MadeBy:
		out = append(out, releaseBlock(r, b, now))
	default:
		out = append(out, block{Title: tr(ctx, "payout.release"), Note: tr(ctx, "payout.release.other")})
	}
	if released > 0 && actor.Can("talent.bank.see") {
		kind := ui.Primary
		if waiting > 0 {
			kind = ui.Secondary
		}
		action := "/payout-batches/" + b.ID + "/file"
		out = append(out, block{Title: tr(ctx, "payout.file"), Note: tr(ctx, "payout.file.note"), Part: ui.Group(
			ui.PostButton{Action: action, Hidden: map[string]string{"format": "xlsx"}, Button: ui.Button{Label: tr(ctx, "payout.file.xlsx"), Kind: kind}},
			ui.PostButton{Action: action, Hidden: map[string]string{"format": "csv"}, Button: ui.Button{Label: "CSV"}})})
	}
	return out
}

// releaseBlock is the form of the second person: everything, but those ticked.
func releaseBlock(r *http.Request, b payout.BatchFile, now time.Time) block {
	ctx := r.Context()
	var choices []ui.Option
	for _, a := range b.Attempts {
		if a.State(now) == payout.Prepared {
			choices = append(choices, ui.Option{Value: a.ID, Label: b.Lines[a.PayoutID].TalentName, Hint: cash(ctx, a.Amount)})
		}
	}
	fields := []templ.Component{ui.Checks{Field: ui.Field{Name: "refuse", Label: tr(ctx, "payout.release.refuse"), Optional: true}, Options: choices}, ui.Input{Name: "reason", Label: tr(ctx, "payout.release.reason"), Optional: true}}
	return block{Title: tr(ctx, "payout.release"), Note: tr(ctx, "payout.release.note"), Forms: []form{{Action: "/payout-batches/" + b.ID + "/release", Key: desk.NewKey(r), Fields: fields, Button: ui.Button{Label: tr(ctx, "payout.release.do"), Kind: ui.Primary}}}}
}

// batchAttempt is one attempt of a batch with what can be entered about it.
func (d rooms) batchAttempt(r *http.Request, b payout.BatchFile, a payout.Attempt, bank string) block {
	ctx, actor := r.Context(), web.ActorOf(r)
	l, now := b.Lines[a.PayoutID], d.DB.Now()
	out := attemptBlock(ctx, a.PayoutID, a, now)
	out.ID, out.Title = a.ID, l.TalentName+" · "+cash(ctx, a.Amount)
	out.Note = tr(ctx, "payout.state."+string(a.State(now))) + " · " + l.CampaignName + " · " + a.Bank + " ···" + a.AccountEnd + " · " + a.AccountName
	out.Grid.Caption = out.Title
	out.Part = nil
	base := "/payout-batches/" + b.ID + "/attempts/" + a.ID
	if s := a.State(now); (s == payout.Prepared || s == payout.Released) && actor.Can("payout.prepare") {
		out.Forms = append(out.Forms, form{Action: base + "/take-back", Key: desk.NewKey(r), Fold: tr(ctx, "payout.take-back.do"), Fields: []templ.Component{ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason")}}, Button: ui.Button{Label: tr(ctx, "payout.take-back.do"), Small: true}})
	}
	if !actor.Can("payout.confirm") || a.ReleasedAt.IsZero() || !a.CancelledAt.IsZero() {
		return out
	}
	for _, t := range a.Parts {
		part := ui.Hidden{Name: "part", Value: strconv.FormatInt(t.Number, 10)}
		out.Forms = append(out.Forms, orderForms(r, base, part, t)...)
		switch {
		case t.Ordered() && (t.SentAt.IsZero() || t.Order == payout.Reconcile), t.Ordered() && !t.ArrivedAt.IsZero():
		case t.SentAt.IsZero() && t.ReturnedAt.IsZero():
			out.Forms = append(out.Forms, form{Action: base + "/sent", Key: desk.NewKey(r), Multipart: true, Fold: tr(ctx, "payout.sent.do", "amount", t.Amount), Fields: sentFields(ctx, part, t, bank), Button: ui.Button{Label: tr(ctx, "payout.sent.do", "amount", t.Amount)}})
		case t.ReturnedAt.IsZero():
			if t.ArrivedAt.IsZero() {
				out.Forms = append(out.Forms, form{Action: base + "/arrived", Key: desk.NewKey(r), Fields: []templ.Component{part}, Button: ui.Button{Label: tr(ctx, "payout.arrived.do", "amount", t.Amount)}})
			}
			if t.Ordered() {
				continue // its provider says when it comes back
			}
			out.Forms = append(out.Forms, form{Action: base + "/returned", Key: desk.NewKey(r), Fold: tr(ctx, "payout.returned.do"), Fields: []templ.Component{part, ui.Input{Name: "back", Label: tr(ctx, "payout.field.back"), Prefix: string(t.Debit.Currency), Optional: true}, ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason")}}, Button: ui.Button{Label: tr(ctx, "payout.returned.do"), Small: true}})
		}
	}
	return out
}

func sentFields(ctx context.Context, part templ.Component, t payout.Transfer, bank string) []templ.Component {
	fields := []templ.Component{part, ui.Input{Name: "reference", Label: tr(ctx, "payout.field.reference")}, ui.Input{Name: "account", Label: tr(ctx, "payout.field.account"), Value: bank}}
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
	in := payout.Sending{Part: readInt(r.FormValue("part")), Reference: r.FormValue("reference"), Account: r.FormValue("account"), RateSource: strings.TrimSpace(r.FormValue("rate_source"))}
	var err error
	in.Rate, err = readRate(r, r.FormValue("rate"))
	if err == nil && strings.TrimSpace(r.FormValue("debit")) != "" {
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
