package money

import (
	"context"
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/billing"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"

	"github.com/a-h/templ"
)

// signerRows is how many signers the form has room for.
const signerRows = 4

func (d rooms) signerRoutes() []web.Route {
	return []web.Route{
		{Method: "POST", Pattern: "/agreements/{id}/countersign", Verb: "agreement.see", Handle: d.countersign},
		{Method: "POST", Pattern: "/agreements/{id}/extend", Verb: "agreement.edit", Handle: d.extend},
		{Method: "POST", Pattern: "/agreements/{id}/stamp", Verb: "agreement.edit", Handle: d.stamp},
	}
}

// signerValue writes a signer as the form's lists name them: "contact:ID" or "person:ID".
func signerValue(s billing.Signer) string {
	if s.Agency() {
		return "person:" + s.PersonID
	}
	return "contact:" + s.ContactID
}

// signers are those chosen in the form, in its order.
func (f agreementForm) signers() (out []billing.Signer) {
	for _, x := range f.Signers {
		switch kind, id, _ := strings.Cut(x, ":"); {
		case id == "":
		case kind == "person":
			out = append(out, billing.Signer{PersonID: id})
		default:
			out = append(out, billing.Signer{ContactID: id})
		}
	}
	return out
}

// fills are the values of the wording's own variables.
func (f agreementForm) fills() map[string]string {
	out := map[string]string{}
	for i, name := range f.FillNames {
		if v := at(f.FillValues, i); v != "" {
			out[name] = v
		}
	}
	return out
}

// signerChoices are the people of both parties, the wordings, and what an addendum adds to.
func (d rooms) signerChoices(r *http.Request, p *agreementPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	for _, k := range p.Contacts {
		if k.LeftAt.IsZero() {
			p.Signers = append(p.Signers, ui.Option{Value: "contact:" + k.ID, Label: k.Name})
		}
	}
	if people, err := d.Access.People(ctx, actor); err == nil {
		for _, x := range people {
			if x.Active() && (x.Role == access.Manager || x.Role == access.SeniorAE || x.Role == access.Finance) {
				p.Signers = append(p.Signers, ui.Option{Value: "person:" + x.ID, Label: tr(ctx, "billing.signer.ours", "name", x.Name)})
			}
		}
	}
	if p.Wordings, err = d.Billing.Templates(ctx, actor); err != nil || p.Form.ParentID == "" {
		return err
	}
	p.Parent, err = d.Billing.Agreement(ctx, actor, p.Form.ParentID)
	return err
}

// begin fills a new form from a wording, or from the agreement that an addendum adds to.
func (d rooms) begin(r *http.Request, f *agreementForm) error {
	ctx, actor, q := r.Context(), web.ActorOf(r), r.URL.Query()
	if id := q.Get("parent"); id != "" {
		a, err := d.Billing.Agreement(ctx, actor, id)
		if err != nil {
			return err
		}
		from := formOfAgreement(locale.From(ctx), a)
		from.ParentID, from.Title, from.Scope, from.Value, from.Version, from.Clauses, from.FillNames, from.FillValues = a.ID, tr(ctx, "billing.addendum.title", "title", a.Title), "", "0", 0, "", nil, nil
		from.Labels, from.Shares, from.TriggersOf, from.DueOn = nil, []string{"100%"}, []string{string(billing.OnSigning)}, nil
		*f = from
	}
	if id := q.Get("template"); id != "" {
		t, err := d.Billing.Template(ctx, actor, id)
		if err != nil {
			return err
		}
		f.Clauses, f.Lang = t.Body, t.Lang
	}
	return nil
}

// signersBlock shows who signs in which order, and who has.
func signersBlock(ctx context.Context, a billing.Agreement, zone string) block {
	g := grid{Caption: tr(ctx, "billing.signers"), Cols: []ui.Col{{Label: tr(ctx, "billing.col.signer")}, {Label: tr(ctx, "billing.col.signed")}, {Label: tr(ctx, "billing.col.state")}}}
	turn, open := a.Turn()
	var rows []row
	for _, s := range a.Signers {
		side := s.Title
		if s.Agency() {
			side = tr(ctx, "billing.signer.agency")
		}
		when, state := cell{First: locale.NoFigure}, ui.Status{Word: tr(ctx, "billing.signer.waits"), Meaning: ui.Neutral}
		switch {
		case !s.SignedAt.IsZero():
			when, state = cell{First: locale.From(ctx).DateTime(s.SignedAt, zone), Second: s.SignedName}, ui.Status{Word: tr(ctx, "billing.signer.signed"), Meaning: ui.Good}
		case !a.SignedAt.IsZero():
			state = ui.Status{Word: tr(ctx, "billing.signer.paper"), Meaning: ui.Good}
		case open && s.Key() == turn.Key() && !a.OfferedAt.IsZero():
			state = ui.Status{Word: tr(ctx, "billing.signer.turn"), Meaning: ui.Wait}
		}
		rows = append(rows, row{Cells: []cell{{First: s.Name, Second: side}, when, {Status: state}}})
	}
	g.Groups = []group{{Rows: rows}}
	return block{Title: tr(ctx, "billing.signers"), Grid: g}
}

// agreementMore stands above the rest: what an addendum adds to, what its wording lacks,
// and what was added.
func (d rooms) agreementMore(r *http.Request, a billing.Agreement, state billing.AgreementState) (out []block, err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	if state == billing.Drafted && a.Clauses != "" {
		names, err := d.Billing.MissingIn(ctx, actor, a.ID)
		if err != nil {
			return nil, err
		}
		if len(names) > 0 {
			out = append(out, block{Part: ui.Notice{Meaning: ui.Wait, Title: tr(ctx, "billing.missing"), Text: strings.Join(names, ", ")}})
		}
	}
	if a.ParentID != "" {
		p, err := d.Billing.Agreement(ctx, actor, a.ParentID)
		if err != nil {
			return nil, err
		}
		return append(out, block{Title: tr(ctx, "billing.addendum.of"), Part: ui.Button{Label: dash(p.Number) + " · " + p.Title, Href: "/agreements/" + p.ID, Small: true}}), nil
	}
	if state != billing.Signed {
		return out, nil
	}
	list, err := d.Billing.AddendaOf(ctx, actor, a.ID)
	if err != nil {
		return nil, err
	}
	b := block{Title: tr(ctx, "billing.addenda"), Note: tr(ctx, "billing.addenda.note")}
	if len(list) > 0 {
		today, err := d.Billing.Today(ctx)
		if err != nil {
			return nil, err
		}
		b.Grid = agreementGrid(ctx, list, nil, today)
	}
	if actor.Can("agreement.edit") {
		b.Part = ui.Button{Label: tr(ctx, "billing.addendum.new"), Icon: "plus", Small: true, Href: "/agreements/new?client=" + a.ClientID + "&parent=" + a.ID}
	}
	return append(out, b), nil
}

// countersignBlock is where the agency's own signer signs, when the turn has come.
func countersignBlock(r *http.Request, a billing.Agreement, turn billing.Signer) block {
	ctx, actor := r.Context(), web.ActorOf(r)
	b := block{ID: "countersign", Title: tr(ctx, "billing.countersign"), Note: tr(ctx, "billing.countersign.note", "name", turn.Name)}
	if turn.PersonID == actor.ID {
		b.Forms = []form{{Action: "/agreements/" + a.ID + "/countersign", Key: desk.NewKey(r), Fields: []templ.Component{ui.Hidden{Name: "file", Value: a.FileSHA}, ui.Input{Name: "typed_name", Label: tr(ctx, "billing.field.typed_name")},
			ui.Checkbox{Name: "consent", Label: tr(ctx, "billing.room.consent")}}, Button: ui.Button{Label: tr(ctx, "billing.countersign.do"), Kind: ui.Primary}}}
	}
	return b
}

func extendBlock(r *http.Request, a billing.Agreement, today worktime.Date) block {
	ctx := r.Context()
	return block{Title: tr(ctx, "billing.extend"), Note: tr(ctx, "billing.extend.note", "day", day(ctx, a.OfferedUntil)), Forms: []form{{Action: "/agreements/" + a.ID + "/extend", Key: desk.NewKey(r), Fold: tr(ctx, "billing.extend.do"),
		Fields: []templ.Component{ui.DateField{Field: ui.Field{Name: "until", Label: tr(ctx, "billing.field.until"), Value: string(today.AddDays(14))}, Min: string(today)}}, Button: ui.Button{Label: tr(ctx, "billing.extend.do")}}}}
}

func stampBlock(r *http.Request, a billing.Agreement) block {
	ctx := r.Context()
	return block{Title: tr(ctx, "billing.stamp"), Note: tr(ctx, "billing.stamp.note"), Forms: []form{{Action: "/agreements/" + a.ID + "/stamp", Key: desk.NewKey(r), Fold: tr(ctx, "billing.stamp.do"),
		Fields: []templ.Component{ui.Input{Name: "stamp", Label: tr(ctx, "billing.field.stamp")}}, Button: ui.Button{Label: tr(ctx, "billing.stamp.do")}}}}
}

func (d rooms) countersign(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := d.Billing.CountersignAgreement(r.Context(), web.ActorOf(r), id, billing.Signing{FileSHA: r.FormValue("file"), TypedName: r.FormValue("typed_name"), Consent: r.FormValue("consent") != "", From: web.Address(r)})
	return act(w, r, err, d.again(w, r), "/agreements/"+id, "billing.toast.signed-mine")
}

func (d rooms) extend(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := d.Billing.ExtendAgreement(r.Context(), web.ActorOf(r), id, worktime.Date(r.FormValue("until")))
	return act(w, r, err, d.again(w, r), "/agreements/"+id, "billing.toast.extended")
}

func (d rooms) stamp(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	err := d.Billing.RecordStamp(r.Context(), web.ActorOf(r), id, r.FormValue("stamp"))
	return act(w, r, err, d.again(w, r), "/agreements/"+id, "billing.toast.stamped")
}
