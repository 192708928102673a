package money

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"

	"kolega/internal/billing"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"

	"github.com/a-h/templ"
)

func (d rooms) agreementRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/agreements", Verb: "agreement.see", Handle: d.agreements},
		{Method: "GET", Pattern: "/agreements/new", Verb: "agreement.edit", Handle: d.newAgreement},
		{Method: "POST", Pattern: "/agreements", Verb: "agreement.edit", Handle: d.addAgreement},
		{Method: "GET", Pattern: "/agreements/{id}", Verb: "agreement.see", Handle: d.agreement},
		{Method: "GET", Pattern: "/agreements/{id}/edit", Verb: "agreement.edit", Handle: d.editAgreement},
		{Method: "POST", Pattern: "/agreements/{id}", Verb: "agreement.edit", Handle: d.saveAgreement},
		{Method: "GET", Pattern: "/agreements/{id}/paper", Verb: "agreement.see", Handle: d.agreementPaper},
		{Method: "POST", Pattern: "/agreements/{id}/offer", Verb: "agreement.edit", Handle: d.offer},
		{Method: "POST", Pattern: "/agreements/{id}/link", Verb: "agreement.edit", Handle: d.signLink},
		{Method: "POST", Pattern: "/agreements/{id}/signature", Verb: "agreement.edit", Handle: d.signature},
		{Method: "POST", Pattern: "/agreements/{id}/withdraw", Verb: "agreement.edit", Handle: d.withdraw},
		{Method: "POST", Pattern: "/agreements/{id}/start", Verb: "campaign.start", Handle: d.start},
	}
}

var agreementMeaning = map[billing.AgreementState]ui.Meaning{billing.Drafted: ui.Us, billing.Offered: ui.ClientMove, billing.Expired: ui.Wait, billing.Signed: ui.Good, billing.Withdrawn: ui.Neutral, billing.Ended: ui.Neutral}

func agreementStatus(ctx context.Context, s billing.AgreementState) ui.Status {
	return ui.Status{Word: tr(ctx, "billing.agreement."+string(s)), Meaning: agreementMeaning[s]}
}

func (d rooms) clientNames(r *http.Request) (map[string]string, []client.Client, error) {
	list, err := d.Client.Clients(r.Context(), web.ActorOf(r), client.Page{Limit: 500})
	names := map[string]string{}
	for _, c := range list {
		names[c.ID] = c.Name
	}
	return names, list, err
}

func (d rooms) agreements(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	list, err := d.Billing.Agreements(ctx, web.ActorOf(r), billing.AgreementFilter{ClientID: r.URL.Query().Get("client"), After: r.URL.Query().Get("after"), Limit: 100})
	if err != nil {
		return err
	}
	names, _, err := d.clientNames(r)
	if err != nil {
		return err
	}
	today, err := d.Billing.Today(ctx)
	if err != nil {
		return err
	}
	p := listPage{Grid: agreementGrid(ctx, list, names, today), Empty: ui.Empty{Title: tr(ctx, "billing.agreements.none"), Text: tr(ctx, "billing.agreements.none.text")}}
	if web.ActorOf(r).Can("agreement.edit") {
		p.New = ui.Button{Label: tr(ctx, "billing.agreement.new"), Kind: ui.Primary, Icon: "plus", Href: "/agreements/new?client=" + r.URL.Query().Get("client")}
	}
	p.Below = []block{{Title: tr(ctx, "billing.templates"), Note: tr(ctx, "billing.templates.note"), Part: ui.Button{Label: tr(ctx, "billing.templates.open"), Href: "/agreement-templates", Small: true}}}
	return d.list(w, r, "agreements", p)
}

func agreementGrid(ctx context.Context, list []billing.Agreement, names map[string]string, today worktime.Date) grid {
	rows := []row{}
	for _, a := range list {
		rows = append(rows, agreementRow(ctx, a, names[a.ClientID], today))
	}
	return grid{Caption: tr(ctx, "billing.tab.agreements"), Cols: []ui.Col{{Label: tr(ctx, "billing.col.agreement")}, {Label: tr(ctx, "billing.col.client")}, {Label: tr(ctx, "billing.col.value"), Class: "c-num"},
		{Label: tr(ctx, "billing.col.fired")}, {Label: tr(ctx, "billing.col.state")}}, Groups: []group{{Rows: rows}}}
}

func agreementRow(ctx context.Context, a billing.Agreement, clientName string, today worktime.Date) row {
	fired := 0
	for _, in := range a.Plan {
		if !in.FiredAt.IsZero() {
			fired++
		}
	}
	return row{ID: "a-" + a.ID, Cells: []cell{{First: a.Title, Second: dash(a.Number), Href: "/agreements/" + a.ID}, {First: clientName}, {Class: "c-num", First: cash(ctx, a.Value)},
		{First: tr(ctx, "billing.fired", "n", fired, "of", len(a.Plan))}, {Status: agreementStatus(ctx, a.State(today))}}}
}

// agreementForm is the form of a draft; the lists are the rows of instalments.
type agreementForm struct {
	Version    int64    `form:"version"`
	ClientID   string   `form:"client_id"`
	BrandID    string   `form:"brand_id"`
	ContactID  string   `form:"contact_id"`
	Kind       string   `form:"kind"`
	ClientRef  string   `form:"client_ref"`
	Title      string   `form:"title"`
	Scope      string   `form:"scope"`
	Value      string   `form:"value"`
	Currency   string   `form:"currency"`
	TaxCode    string   `form:"tax_code"`
	Withholds  bool     `form:"withholds"`
	Days       string   `form:"payment_days"`
	Lang       string   `form:"lang"`
	Revisions  string   `form:"revision_limit"`
	Review     string   `form:"review_hours"`
	Silence    bool     `form:"silence"`
	Promise    bool     `form:"guarantee"`
	Target     string   `form:"guarantee_target"`
	Formula    string   `form:"guarantee_formula"`
	GScope     string   `form:"guarantee_scope"`
	Base       string   `form:"guarantee_base"`
	Share      string   `form:"guarantee_share"`
	Labels     []string `form:"label"`
	Shares     []string `form:"share"`
	TriggersOf []string `form:"trigger"`
	DueOn      []string `form:"due_on"`
	ParentID   string   `form:"parent_id"`
	Signers    []string `form:"signer"`
	Clauses    string   `form:"clauses"`
	FillNames  []string `form:"fill_name"`
	FillValues []string `form:"fill_value"`
}

const partRows = 5

func at(list []string, i int) string {
	if i < len(list) {
		return strings.TrimSpace(list[i])
	}
	return ""
}

// agreement reads the typed form. Faults point at their fields.
func (f agreementForm) agreement(r *http.Request) (n billing.NewAgreement, err error) {
	c := money.Currency(f.Currency)
	n = billing.NewAgreement{ClientID: f.ClientID, BrandID: f.BrandID, ContactID: f.ContactID, Kind: billing.AgreementKind(f.Kind), ClientRef: f.ClientRef, Title: f.Title, Scope: f.Scope,
		TaxCode: billing.TaxCode(f.TaxCode), Withholds: f.Withholds, PaymentDays: readInt(f.Days), Lang: f.Lang,
		Terms: campaign.Terms{RevisionLimit: readInt(f.Revisions), ReviewHours: readInt(f.Review), SilenceAccepts: f.Silence}, ParentID: f.ParentID, Clauses: strings.ReplaceAll(f.Clauses, "\r\n", "\n"), Fills: f.fills(), Signers: f.signers()}
	if n.Value, err = readAmount(r, "value", f.Value, c); err != nil {
		return n, err
	}
	if f.Promise {
		target, err := readShare(f.Target)
		if err != nil {
			return n, fault.Field("guarantee_target", "agreement.guarantee-target")
		}
		share, err := readShare(f.Share)
		if err != nil {
			return n, fault.Field("guarantee_share", "agreement.guarantee-share")
		}
		n.Terms.Guarantee = &campaign.Guarantee{Formula: f.Formula, Actions: campaign.DefaultActions(), TargetBp: target, Scope: f.GScope, RefundBase: f.Base, ShareBp: share}
	}
	n.Parts, err = f.parts(r, c)
	return n, err
}

func (f agreementForm) parts(r *http.Request, c money.Currency) (out []billing.Part, err error) {
	for i := range f.TriggersOf {
		p := billing.Part{Label: at(f.Labels, i), Trigger: billing.Trigger(at(f.TriggersOf, i)), DueOn: worktime.Date(at(f.DueOn, i))}
		text := at(f.Shares, i)
		if p.Trigger == "" && text == "" && p.Label == "" {
			continue
		}
		if bp, bad := readShare(text); bad == nil {
			p.ShareBp = bp
		} else if text != "" {
			if p.Amount, err = readAmount(r, "share_"+strconv.Itoa(i), text, c); err != nil {
				return nil, err
			}
		}
		out = append(out, p)
	}
	return out, nil
}

// readShare reads a share such as "30%", "33,33 %" or "33.33" as basis points;
// more than a hundred is no share but an amount.
func readShare(text string) (int64, error) {
	s := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	whole, frac, _ := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	if whole == "" || len(whole) > 3 || len(frac) > 2 {
		return 0, fault.New(fault.Invalid, "billing.part-share")
	}
	n, err := strconv.ParseInt(whole+(frac + "00")[:2], 10, 64)
	if err != nil || n < 0 || n > 10_000 {
		return 0, fault.New(fault.Invalid, "billing.part-share")
	}
	return n, nil
}

func formOfAgreement(l *locale.Loc, a billing.Agreement) agreementForm {
	f := agreementForm{Version: a.Version, ClientID: a.ClientID, BrandID: a.BrandID, ContactID: a.ContactID, Kind: string(a.Kind), ClientRef: a.ClientRef, Title: a.Title, Scope: a.Scope,
		Value: plain(l, a.Value), Currency: string(a.Value.Currency), TaxCode: string(a.TaxCode), Withholds: a.Withholds, Days: strconv.FormatInt(a.PaymentDays, 10), Lang: a.Lang,
		Revisions: strconv.FormatInt(a.Terms.RevisionLimit, 10), Review: strconv.FormatInt(a.Terms.ReviewHours, 10), Silence: a.Terms.SilenceAccepts, Formula: "reach", GScope: "campaign", Base: "agreement", Share: "10%",
		ParentID: a.ParentID, Clauses: a.Clauses}
	for _, s := range a.Signers {
		f.Signers = append(f.Signers, signerValue(s))
	}
	for name, v := range a.Fills {
		f.FillNames, f.FillValues = append(f.FillNames, name), append(f.FillValues, v)
	}
	if g := a.Terms.Guarantee; g != nil {
		f.Promise, f.Target, f.Formula, f.GScope, f.Base, f.Share = true, l.Share(g.TargetBp), g.Formula, g.Scope, g.RefundBase, l.Share(g.ShareBp)
	}
	for _, in := range a.Plan {
		share := plain(l, in.Amount)
		if in.ShareBp > 0 {
			share = l.Share(in.ShareBp)
		}
		f.Labels, f.Shares, f.TriggersOf, f.DueOn = append(f.Labels, in.Label), append(f.Shares, share), append(f.TriggersOf, string(in.Trigger)), append(f.DueOn, string(in.DueOn))
	}
	return f
}

// plain is an amount as one types it: without the currency.
func plain(l *locale.Loc, a money.Amount) string {
	_, number, _ := strings.Cut(l.Money(a), " ")
	return number
}

type agreementPage struct {
	Page     ui.Page
	ID       string
	Title    string
	Form     agreementForm
	Errors   map[string]string
	Clients  []client.Client
	Brands   []client.Brand
	Contacts []client.Contact
	Signers  []ui.Option // who may sign, of both parties
	Wordings []billing.Template
	Parent   billing.Agreement
	Key      string
}

func (d rooms) agreementEdit(w http.ResponseWriter, r *http.Request, p agreementPage, status int) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Key = desk.NewKey(r)
	if _, p.Clients, err = d.clientNames(r); err != nil {
		return err
	}
	if p.Form.ClientID != "" {
		f, err := d.Client.Client(ctx, actor, p.Form.ClientID)
		if err != nil {
			return err
		}
		p.Brands, p.Contacts = f.Brands, f.Contacts
		if err := d.signerChoices(r, &p); err != nil {
			return err
		}
	}
	if p.Title == "" {
		p.Title = tr(ctx, "billing.agreement.new")
	}
	if p.Page, err = d.frame(w, r, p.Title, ui.Crumb{Label: tr(ctx, "billing.tab.agreements"), Href: "/agreements"}); err != nil {
		return err
	}
	return web.Render(w, r, status, agreementFormView(p))
}

func (d rooms) newAgreement(w http.ResponseWriter, r *http.Request) error {
	id := r.URL.Query().Get("client")
	f := agreementForm{ClientID: id, Kind: "spk", Currency: "IDR", TaxCode: "ppn", Withholds: true, Days: "30", Lang: "id", Revisions: "2", Review: "16", Formula: "reach", GScope: "campaign", Base: "agreement", Share: "10%",
		Shares: []string{"50%", "50%"}, TriggersOf: []string{"signing", "report_sent"}}
	if id != "" {
		c, err := d.Client.Client(r.Context(), web.ActorOf(r), id)
		if err != nil {
			return err
		}
		f.Lang, f.Days, f.Withholds = c.Client.Lang, strconv.FormatInt(c.Client.PaymentDays, 10), c.Client.WithholdsPPh23
	}
	if err := d.begin(r, &f); err != nil {
		return err
	}
	return d.agreementEdit(w, r, agreementPage{Form: f}, http.StatusOK)
}

func (d rooms) addAgreement(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[agreementForm](r)
	if err != nil {
		return err
	}
	var a billing.Agreement
	n, err := f.agreement(r)
	if err == nil {
		a, err = d.Billing.DraftAgreement(r.Context(), web.ActorOf(r), n)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.agreementEdit(w, r, agreementPage{Form: f, Errors: errs}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/agreements/"+a.ID, "billing.toast.drafted")
}

func (d rooms) editAgreement(w http.ResponseWriter, r *http.Request) error {
	a, err := d.Billing.Agreement(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.agreementEdit(w, r, agreementPage{ID: a.ID, Title: a.Title, Form: formOfAgreement(locale.From(r.Context()), a)}, http.StatusOK)
}

func (d rooms) saveAgreement(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[agreementForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	n, err := f.agreement(r)
	if err == nil {
		err = d.Billing.EditAgreement(r.Context(), web.ActorOf(r), id, f.Version, n)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.agreementEdit(w, r, agreementPage{ID: id, Title: f.Title, Form: f, Errors: errs}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/agreements/"+id, "billing.toast.saved")
}

func (d rooms) agreementPaper(w http.ResponseWriter, r *http.Request) error {
	a, body, err := d.Billing.AgreementPaper(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	b, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	return pdf(w, dash(a.Number), b)
}

func (d rooms) agreement(w http.ResponseWriter, r *http.Request) error {
	return d.showAgreement(w, r, "", nil, "")
}

// showAgreement shows an agreement; problem is what was wrong with an act on it,
// link a room link that was just made.
func (d rooms) showAgreement(w http.ResponseWriter, r *http.Request, problem string, errs map[string]string, link string) error {
	ctx, actor := r.Context(), web.ActorOf(r)
	a, err := d.Billing.Agreement(ctx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	f, err := d.Client.Client(ctx, actor, a.ClientID)
	if err != nil {
		return err
	}
	today, err := d.Billing.Today(ctx)
	if err != nil {
		return err
	}
	state := a.State(today)
	p := recordPage{Title: a.Title, Meta: []string{dash(a.Number), f.Client.Name, cash(ctx, a.Value)}, Status: agreementStatus(ctx, state), Error: problem, Errors: errs,
		Others: []ui.Button{{Label: tr(ctx, "billing.paper"), Icon: "file", Href: "/agreements/" + a.ID + "/paper"}}}
	if state == billing.Drafted && actor.Can("agreement.edit") {
		p.Others = append(p.Others, ui.Button{Label: tr(ctx, "billing.edit"), Icon: "edit", Href: "/agreements/" + a.ID + "/edit"})
	}
	p.Main = []block{planBlock(ctx, a), signersBlock(ctx, a, actor.Zone), {Title: tr(ctx, "billing.field.scope"), Text: a.Scope}, termsBlock(ctx, a)}
	more, err := d.agreementMore(r, a, state)
	if err != nil {
		return err
	}
	p.Main = append(more, p.Main...)
	p.Side = d.agreementActs(r, a, f, state, today, link)
	if state == billing.Signed || state == billing.Ended {
		more, err := d.callOffBlocks(r, a)
		if err != nil {
			return err
		}
		p.Side = append(p.Side, more...)
	}
	return d.record(w, r, p, "agreements")
}

func planBlock(ctx context.Context, a billing.Agreement) block {
	g := grid{Caption: tr(ctx, "billing.instalments"), Cols: []ui.Col{{Label: tr(ctx, "billing.col.instalment")}, {Label: tr(ctx, "billing.col.when")}, {Label: tr(ctx, "billing.col.amount"), Class: "c-num"}, {Label: tr(ctx, "billing.col.state")}}}
	rows := []row{}
	for _, in := range a.Plan {
		label := in.Label
		if label == "" {
			label = tr(ctx, "billing.instalment.n", "n", in.Number)
		}
		share := ""
		if in.ShareBp > 0 {
			share = locale.From(ctx).Share(in.ShareBp)
		}
		name, state := cell{First: label, Second: share}, ui.Status{Word: tr(ctx, "billing.instalment.waits"), Meaning: ui.Neutral}
		if in.InvoiceID != "" {
			name.Href, state = "/invoices/"+in.InvoiceID, ui.Status{Word: tr(ctx, "billing.instalment.fired"), Meaning: ui.Good}
		}
		when := tr(ctx, "billing.trigger."+string(in.Trigger))
		if in.Trigger == billing.OnDate {
			when = day(ctx, in.DueOn)
		}
		rows = append(rows, row{Cells: []cell{name, {First: when}, {Class: "c-num", First: cash(ctx, in.Amount)}, {Status: state}}})
	}
	g.Groups = []group{{Rows: rows}}
	return block{Title: tr(ctx, "billing.instalments"), Grid: g}
}

func termsBlock(ctx context.Context, a billing.Agreement) block {
	l := locale.From(ctx)
	terms := ui.Terms{{Name: tr(ctx, "billing.field.kind"), Text: tr(ctx, "billing.kind."+string(a.Kind))}, {Name: tr(ctx, "billing.field.tax_code"), Text: tr(ctx, "billing.tax."+string(a.TaxCode))},
		{Name: tr(ctx, "billing.field.payment_days"), Text: tr(ctx, "billing.days", "n", a.PaymentDays)}, {Name: tr(ctx, "billing.field.client_ref"), Text: dash(a.ClientRef)},
		{Name: tr(ctx, "billing.field.revision_limit"), Text: strconv.FormatInt(a.Terms.RevisionLimit, 10)}, {Name: tr(ctx, "billing.field.review_hours"), Text: strconv.FormatInt(a.Terms.ReviewHours, 10)}}
	if g := a.Terms.Guarantee; g != nil {
		terms = append(terms, ui.Term{Name: tr(ctx, "billing.field.guarantee"), Text: tr(ctx, "billing.guarantee.line", "target", l.Share(g.TargetBp), "formula", tr(ctx, "billing.formula."+g.Formula), "share", l.Share(g.ShareBp))})
	}
	for _, s := range a.Cancellation {
		terms = append(terms, ui.Term{Name: tr(ctx, "billing.stage."+s.Name), Text: l.Share(s.ShareBp)})
	}
	return block{Title: tr(ctx, "billing.terms"), Terms: terms}
}

// agreementActs are what can be done with an agreement where it stands.
func (d rooms) agreementActs(r *http.Request, a billing.Agreement, f client.File, state billing.AgreementState, today worktime.Date, link string) (out []block) {
	ctx, actor := r.Context(), web.ActorOf(r)
	base := "/agreements/" + a.ID
	if state == billing.Signed || state == billing.Ended {
		out = append(out, block{Title: tr(ctx, "billing.agreement.signed"), Part: ui.Button{Label: tr(ctx, "billing.evidence"), Icon: "file", Href: base + "/evidence", Small: true}, Terms: ui.Terms{{Name: tr(ctx, "billing.field.typed_name"), Text: a.SignedBy}, {Name: tr(ctx, "billing.field.signed_at"), Text: locale.From(ctx).DateTime(a.SignedAt, actor.Zone)},
			{Name: tr(ctx, "billing.field.via"), Text: tr(ctx, "billing.via."+a.SignedVia)}, {Name: tr(ctx, "billing.field.hash"), Text: a.SignedSHA[:16]}, {Name: tr(ctx, "billing.field.stamp"), Text: dash(a.StampNumber)}}})
		if a.StampNumber == "" && actor.Can("agreement.edit") {
			out = append(out, stampBlock(r, a))
		}
		if a.CampaignID != "" {
			return append(out, block{Title: tr(ctx, "billing.campaign"), Part: ui.Button{Label: tr(ctx, "billing.campaign.open"), Href: "/campaigns/" + a.CampaignID}})
		}
		if actor.Can("campaign.start") && state == billing.Signed && a.ParentID == "" {
			out = append(out, d.startBlock(r, a, today))
		}
		return out
	}
	if !actor.Can("agreement.edit") || state == billing.Withdrawn {
		return out
	}
	if state == billing.Drafted {
		out = append(out, block{Title: tr(ctx, "billing.offer"), Note: tr(ctx, "billing.offer.note"), Forms: []form{{Action: base + "/offer", Key: desk.NewKey(r),
			Fields: []templ.Component{ui.DateField{Field: ui.Field{Name: "until", Label: tr(ctx, "billing.field.until"), Value: string(today.AddDays(14))}, Min: string(today)}},
			Button: ui.Button{Label: tr(ctx, "billing.offer.do"), Kind: ui.Primary}}}})
	} else if turn, _ := a.Turn(); turn.Agency() {
		out = append(out, countersignBlock(r, a, turn))
	} else if actor.Can("access.links") {
		b := block{Title: tr(ctx, "billing.link"), Note: tr(ctx, "billing.link.note"), Forms: []form{{Action: base + "/link", Key: desk.NewKey(r), Button: ui.Button{Label: tr(ctx, "billing.link.do"), Kind: ui.Primary}}}}
		if link != "" {
			b.Terms = ui.Terms{{Name: tr(ctx, "billing.link"), Text: link}}
		}
		out = append(out, b)
	}
	if state == billing.Offered || state == billing.Expired {
		out = append(out, extendBlock(r, a, today))
	}
	name := ""
	for _, k := range f.Contacts {
		if k.ID == a.ContactID {
			name = k.Name
		}
	}
	out = append(out, block{Title: tr(ctx, "billing.scan"), Note: tr(ctx, "billing.scan.note"), Forms: []form{{Action: base + "/signature", Key: desk.NewKey(r), Multipart: true, Fold: tr(ctx, "billing.scan.do"),
		Fields: []templ.Component{ui.Input{Name: "typed_name", Label: tr(ctx, "billing.field.typed_name"), Value: name}, ui.FileField{Field: ui.Field{Name: "scan", Label: tr(ctx, "billing.field.scan")}, Accept: "application/pdf,image/*"},
			ui.Input{Name: "stamp", Label: tr(ctx, "billing.field.stamp"), Optional: true}},
		Button: ui.Button{Label: tr(ctx, "billing.scan.do")}}}})
	return append(out, block{Title: tr(ctx, "billing.withdraw"), Forms: []form{{Action: base + "/withdraw", Key: desk.NewKey(r), Fold: tr(ctx, "billing.withdraw.do"), Fields: []templ.Component{ui.Input{Name: "reason", Label: tr(ctx, "billing.field.reason")}}, Button: ui.Button{Label: tr(ctx, "billing.withdraw.do")}}}})
}

// startBlock is the form that begins the campaign of a signed agreement.
func (d rooms) startBlock(r *http.Request, a billing.Agreement, today worktime.Date) block {
	ctx := r.Context()
	playbooks, people, countries := d.startChoices(r)
	return block{ID: "start", Title: tr(ctx, "billing.start"), Note: tr(ctx, "billing.start.note"), Forms: []form{{Action: "/agreements/" + a.ID + "/start", Key: desk.NewKey(r),
		Fields: []templ.Component{ui.Input{Name: "name", Label: tr(ctx, "billing.field.campaign"), Value: a.Title}, ui.Select{Field: ui.Field{Name: "playbook", Label: tr(ctx, "billing.field.playbook")}, Options: playbooks},
			ui.Select{Field: ui.Field{Name: "market", Label: tr(ctx, "billing.field.market"), Value: "ID"}, Options: countries},
			ui.DateField{Field: ui.Field{Name: "start_on", Label: tr(ctx, "billing.field.start_on"), Value: string(today)}},
			ui.Select{Field: ui.Field{Name: "ae_id", Label: tr(ctx, "billing.field.ae"), Value: web.ActorOf(r).ID}, Options: people},
			ui.Select{Field: ui.Field{Name: "specialist_id", Label: tr(ctx, "billing.field.specialist"), Optional: true}, Options: people, Empty: tr(ctx, "billing.nobody")}},
		Button: ui.Button{Label: tr(ctx, "billing.start.do"), Kind: ui.Primary}}}}
}

func (d rooms) startChoices(r *http.Request) (playbooks, people, countries []ui.Option) {
	ctx, actor := r.Context(), web.ActorOf(r)
	lang := locale.From(ctx).Lang
	if list, err := d.Campaign.Playbooks(ctx, actor, false); err == nil {
		for _, p := range list {
			playbooks = append(playbooks, ui.Option{Value: p.Key, Label: p.Name(lang)})
		}
	}
	if list, err := d.Access.People(ctx, actor); err == nil {
		for _, p := range list {
			people = append(people, ui.Option{Value: p.ID, Label: p.Name})
		}
	}
	if list, err := d.Country.Countries(ctx, actor); err == nil {
		for _, c := range list {
			countries = append(countries, ui.Option{Value: c.Code, Label: c.Name(lang)})
		}
	}
	return playbooks, people, countries
}

func (d rooms) again(w http.ResponseWriter, r *http.Request) func(string, map[string]string) error {
	return func(text string, fields map[string]string) error { return d.showAgreement(w, r, text, fields, "") }
}

func (d rooms) offer(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	_, err := d.Billing.OfferAgreement(r.Context(), web.ActorOf(r), id, worktime.Date(r.FormValue("until")))
	return act(w, r, err, d.again(w, r), "/agreements/"+id, "billing.toast.offered")
}

func (d rooms) signLink(w http.ResponseWriter, r *http.Request) error {
	token, _, err := d.Billing.SignLink(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.showAgreement(w, r, "", nil, base(r)+"/c/"+token+"/agreement")
}

// base is the address under which the reader reaches this program.
func base(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

func (d rooms) signature(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	file, _, err := r.FormFile("scan")
	if err != nil {
		file = nil
	}
	var scan io.Reader
	if file != nil {
		defer file.Close()
		scan = file
	}
	err = d.Billing.RecordSignature(r.Context(), web.ActorOf(r), id, r.FormValue("typed_name"), r.FormValue("stamp"), scan)
	return act(w, r, err, d.again(w, r), "/agreements/"+id, "billing.toast.signed")
}

func (d rooms) withdraw(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := d.Billing.WithdrawAgreement(r.Context(), web.ActorOf(r), id, r.FormValue("reason"))
	return act(w, r, err, d.again(w, r), "/agreements/"+id, "billing.toast.withdrawn")
}

type startForm struct {
	Name         string `form:"name"`
	Playbook     string `form:"playbook"`
	Market       string `form:"market"`
	StartOn      string `form:"start_on"`
	AEID         string `form:"ae_id"`
	SpecialistID string `form:"specialist_id"`
}

func (d rooms) start(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[startForm](r)
	if err != nil {
		return err
	}
	c, err := d.Billing.StartCampaign(r.Context(), web.ActorOf(r), r.PathValue("id"), campaign.NewCampaign{Name: f.Name, Playbook: f.Playbook, Market: f.Market,
		StartOn: worktime.Date(f.StartOn), AEID: f.AEID, SpecialistID: f.SpecialistID})
	return act(w, r, err, d.again(w, r), "/campaigns/"+c.ID, "billing.toast.started")
}
