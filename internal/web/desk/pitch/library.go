package pitch

import (
	"net/http"
	"slices"

	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/locale"
	"kolega/internal/proof"
	"kolega/internal/web"
	"kolega/internal/web/deckpage"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

func (d rooms) libraryRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/proofs", Verb: "proof.see", Handle: d.proofs},
		{Method: "GET", Pattern: "/proofs/new", Verb: "proof.edit", Handle: d.newProof},
		{Method: "POST", Pattern: "/proofs", Verb: "proof.edit", Handle: d.keepProof},
		{Method: "POST", Pattern: "/proofs/case", Verb: "proof.edit", Handle: d.makeCase},
		{Method: "GET", Pattern: "/proofs/{id}", Verb: "proof.see", Handle: d.proofForm},
		{Method: "POST", Pattern: "/proofs/{id}", Verb: "proof.edit", Handle: d.saveProof},
		{Method: "POST", Pattern: "/proofs/{id}/retire", Verb: "proof.edit", Handle: d.retireProof},
		{Method: "GET", Pattern: "/sheets", Verb: "sheet.see", Handle: d.sheets},
		{Method: "POST", Pattern: "/sheets", Verb: "sheet.edit", Handle: d.newSheet},
		{Method: "GET", Pattern: "/sheets/{id}", Verb: "sheet.see", Handle: d.sheet},
		{Method: "POST", Pattern: "/sheets/{id}", Verb: "sheet.edit", Handle: d.addVersion},
		{Method: "POST", Pattern: "/sheets/{id}/show", Verb: "sheet.show", Handle: d.showTo},
		{Method: "GET", Pattern: "/sheets/{id}/versions/{version}", Verb: "sheet.see", Handle: d.sheetFile},
	}
}

type proofForm struct {
	Version    int64  `form:"version"`
	Kind       string `form:"kind"`
	Title      string `form:"title"`
	Body       string `form:"body"`
	Who        string `form:"who"`
	Source     string `form:"source"`
	Link       string `form:"link"`
	SourceOn   string `form:"source_on"`
	Client     string `form:"client"`
	Permission string `form:"permission"`
	Alias      string `form:"alias"`
	Consent    string `form:"consent"`
	ConsentOn  string `form:"consent_on"`
	Campaign   string `form:"campaign"`
	Away       bool   `form:"away"`
}

func (f proofForm) proof(id string) proof.Proof {
	return proof.Proof{ID: id, Version: f.Version, Kind: proof.Kind(f.Kind), Title: f.Title, Body: f.Body, Who: f.Who, Source: f.Source, Link: f.Link, SourceOn: worktime.Date(f.SourceOn), ClientID: f.Client,
		Permission: proof.Permission(f.Permission), Alias: f.Alias, Consent: f.Consent, ConsentOn: worktime.Date(f.ConsentOn)}
}

type proofsPage struct {
	Page    ui.Page
	Kind    string
	Text    string
	Proofs  []proof.Proof
	Closed  []campaign.Campaign // of which a case study could be made
	Errors  map[string]string
	Today   worktime.Date
	MayEdit bool
	Key     string
}

func (d rooms) proofs(w http.ResponseWriter, r *http.Request) error {
	return d.showProofs(w, r, http.StatusOK, nil)
}

func (d rooms) showProofs(w http.ResponseWriter, r *http.Request, status int, errs map[string]string) (err error) {
	ctx, actor, q := r.Context(), web.ActorOf(r), r.URL.Query()
	p := proofsPage{Kind: q.Get("kind"), Text: q.Get("q"), Errors: errs, MayEdit: actor.Can("proof.edit"), Key: desk.NewKey(r), Today: worktime.DateOf(d.DB.Now(), locale.From(ctx).Zone)}
	if p.Proofs, err = d.Proof.Proofs(ctx, actor, proof.Filter{Kind: proof.Kind(p.Kind), Text: p.Text}); err != nil {
		return err
	}
	all, err := d.Campaign.Campaigns(ctx, actor, campaign.Filter{})
	if err != nil {
		return err
	}
	p.Closed = slices.DeleteFunc(all, func(c campaign.Campaign) bool {
		return c.Open() || slices.ContainsFunc(p.Proofs, func(x proof.Proof) bool { return x.CampaignID == c.ID })
	})
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: locale.T(ctx, "proof.title")}); err != nil {
		return err
	}
	return web.Render(w, r, status, proofsView(p))
}

type proofPage struct {
	Page    ui.Page
	ID      string
	Form    proofForm
	Figures []proof.Figure
	Retired bool
	Errors  map[string]string
	Clients []client.Client
	MayEdit bool
	Key     string
}

func (d rooms) proofPage(w http.ResponseWriter, r *http.Request, status int, p proofPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Key, p.MayEdit = desk.NewKey(r), actor.Can("proof.edit")
	if p.Clients, err = d.Client.Clients(ctx, actor, client.Page{Limit: 500}); err != nil {
		return err
	}
	title := locale.T(ctx, "proof.new")
	if p.ID != "" {
		title = p.Form.Title
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(ctx, "proof.title"), Href: "/proofs"}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, proofView(p))
}

func (d rooms) newProof(w http.ResponseWriter, r *http.Request) error {
	return d.proofPage(w, r, http.StatusOK, proofPage{Form: proofForm{Kind: orText(r.URL.Query().Get("kind"), string(proof.Testimonial)), Permission: string(proof.MayNot), Client: r.URL.Query().Get("client")}})
}

func (d rooms) proofForm(w http.ResponseWriter, r *http.Request) error {
	x, err := d.Proof.Proof(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	f := proofForm{Version: x.Version, Kind: string(x.Kind), Title: x.Title, Body: x.Body, Who: x.Who, Source: x.Source, Link: x.Link, SourceOn: string(x.SourceOn), Client: x.ClientID,
		Permission: string(x.Permission), Alias: x.Alias, Consent: x.Consent, ConsentOn: string(x.ConsentOn)}
	return d.proofPage(w, r, http.StatusOK, proofPage{ID: x.ID, Form: f, Figures: x.Figures, Retired: !x.RetiredAt.IsZero()})
}

func (d rooms) keepProof(w http.ResponseWriter, r *http.Request) error {
	return d.putProof(w, r, "", func(p proof.Proof) error {
		_, err := d.Proof.KeepProof(r.Context(), web.ActorOf(r), p)
		return err
	})
}

func (d rooms) saveProof(w http.ResponseWriter, r *http.Request) error {
	return d.putProof(w, r, r.PathValue("id"), func(p proof.Proof) error { return d.Proof.CorrectProof(r.Context(), web.ActorOf(r), p) })
}

func (d rooms) putProof(w http.ResponseWriter, r *http.Request, id string, put func(proof.Proof) error) error {
	f, err := web.Form[proofForm](r)
	if err != nil {
		return err
	}
	err = put(f.proof(id))
	if errs, ok := web.Invalid(r, err); ok {
		return d.proofPage(w, r, web.StatusOf(err), proofPage{ID: id, Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/proofs", "proof.saved")
}

func (d rooms) makeCase(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[proofForm](r)
	if err != nil {
		return err
	}
	p, err := d.Proof.MakeCase(r.Context(), web.ActorOf(r), f.Campaign)
	if errs, ok := web.Invalid(r, err); ok {
		return d.showProofs(w, r, web.StatusOf(err), errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/proofs/"+p.ID, "proof.made")
}

func (d rooms) retireProof(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[proofForm](r)
	if err != nil {
		return err
	}
	if err := d.Proof.RetireProof(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Away); err != nil {
		return err
	}
	if f.Away {
		return web.SeeOther(w, r, "/proofs", "proof.is-retired")
	}
	return web.SeeOther(w, r, "/proofs/"+r.PathValue("id"), "proof.is-back")
}

type sheetForm struct {
	Title   string `form:"title"`
	Kind    string `form:"kind"`
	FromOn  string `form:"from_on"`
	UntilOn string `form:"until_on"`
	Note    string `form:"note"`
	Version string `form:"version"`
	Whom    string `form:"whom"`
	Deal    string `form:"opportunity"`
	Reason  string `form:"reason"`
}

func (f sheetForm) version() proof.SheetVersion {
	return proof.SheetVersion{FromOn: worktime.Date(f.FromOn), UntilOn: worktime.Date(f.UntilOn), Note: f.Note}
}

type sheetsPage struct {
	Page   ui.Page
	Sheets []proof.Sheet
	Sheet  *proof.Sheet // the one that is shown; nil for the list
	Deals  []client.Deal
	Today  worktime.Date
	Form   sheetForm
	Errors map[string]string
	Edits  bool
	Shows  bool
	Key    string
}

func (d rooms) sheetsPage(w http.ResponseWriter, r *http.Request, status int, p sheetsPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Edits, p.Shows, p.Key = actor.Can("sheet.edit"), actor.Can("sheet.show"), desk.NewKey(r)
	title, crumbs := locale.T(ctx, "sheet.title"), []ui.Crumb(nil)
	if id := r.PathValue("id"); id != "" {
		var s proof.Sheet
		if s, p.Today, err = d.Proof.Sheet(ctx, actor, id); err != nil {
			return err
		}
		if p.Deals, err = d.deals(r); err != nil {
			return err
		}
		p.Sheet, crumbs, title = &s, []ui.Crumb{{Label: title, Href: "/sheets"}, {Label: s.Title}}, s.Title
	} else if p.Sheets, p.Today, err = d.Proof.Sheets(ctx, actor); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: title, Crumbs: crumbs}); err != nil {
		return err
	}
	if p.Sheet != nil {
		return web.Render(w, r, status, sheetView(p))
	}
	return web.Render(w, r, status, sheetsView(p))
}

// deals are the open opportunities, for those who may see them.
func (d rooms) deals(r *http.Request) ([]client.Deal, error) {
	if actor := web.ActorOf(r); actor.Can("opportunity.see") {
		return d.Client.Pipeline(r.Context(), actor, client.DealFilter{})
	}
	return nil, nil
}

func (d rooms) sheets(w http.ResponseWriter, r *http.Request) error {
	return d.sheetsPage(w, r, http.StatusOK, sheetsPage{Form: sheetForm{Kind: "price"}})
}

func (d rooms) sheet(w http.ResponseWriter, r *http.Request) error {
	return d.sheetsPage(w, r, http.StatusOK, sheetsPage{})
}

// onSheet reads a form, with a file where it has one, and answers.
func (d rooms) onSheet(w http.ResponseWriter, r *http.Request, toast string, do func(f sheetForm, file proof.File) (id string, err error)) error {
	files, done, err := upload(w, r, "file")
	defer done()
	if err != nil {
		return err
	}
	f, err := web.Form[sheetForm](r)
	if err != nil {
		return err
	}
	id, err := do(f, first(files))
	if errs, ok := web.Invalid(r, err); ok {
		return d.sheetsPage(w, r, web.StatusOf(err), sheetsPage{Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/sheets/"+id, toast)
}

func (d rooms) newSheet(w http.ResponseWriter, r *http.Request) error {
	return d.onSheet(w, r, "sheet.saved", func(f sheetForm, file proof.File) (string, error) {
		s, err := d.Proof.NewSheet(r.Context(), web.ActorOf(r), proof.Sheet{Title: f.Title, Kind: proof.SheetKind(f.Kind)}, f.version(), file)
		return s.ID, err
	})
}

func (d rooms) addVersion(w http.ResponseWriter, r *http.Request) error {
	return d.onSheet(w, r, "sheet.saved", func(f sheetForm, file proof.File) (string, error) {
		return r.PathValue("id"), d.Proof.AddSheetVersion(r.Context(), web.ActorOf(r), r.PathValue("id"), f.version(), file)
	})
}

func (d rooms) showTo(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[sheetForm](r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	err = d.Proof.ShowSheet(r.Context(), web.ActorOf(r), proof.SheetShown{SheetID: id, VersionID: f.Version, Whom: f.Whom, DealID: f.Deal, Reason: f.Reason})
	if errs, ok := web.Invalid(r, err); ok {
		return d.sheetsPage(w, r, web.StatusOf(err), sheetsPage{Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/sheets/"+id, "sheet.logged")
}

func (d rooms) sheetFile(w http.ResponseWriter, r *http.Request) error {
	f, v, err := d.Proof.SheetFile(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("version"))
	if err != nil {
		return err
	}
	return deckpage.SendFile(w, r, f, v.Name, v.Type)
}
