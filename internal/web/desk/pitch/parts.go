package pitch

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/idea"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/pitch"
	"kolega/internal/proof"
	"kolega/internal/result"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type partForm struct {
	Version  int64  `form:"version"`
	Kind     string `form:"kind"`
	Title    string `form:"title"`
	Body     string `form:"body"`
	Idea     string `form:"idea"`
	Note     string `form:"note"`
	Proof    string `form:"proof"`
	Value    string `form:"value"`
	Source   string `form:"source"`
	SourceOn string `form:"source_on"`
	Link     string `form:"link"`
	Price    string `form:"price"`
	UntilOn  string `form:"until_on"`
	Limit    string `form:"limit"`
	Free     string `form:"free"`
	Talents  string `form:"talents"`
	Campaign string `form:"campaign"`
	Budget   string `form:"budget"`
	Sheet    string `form:"sheet"`
	Reason   string `form:"reason"`
	KOLRisk  string `form:"kol_risk"`
	MedRisk  string `form:"media_risk"`
	sideForm
}

// sideForm are the lines of a plan, column by column, for each side.
type sideForm struct {
	KName  []string `form:"kol_name"`
	KPlat  []string `form:"kol_platform"`
	KForm  []string `form:"kol_format"`
	KReach []string `form:"kol_reach"`
	KSrc   []string `form:"kol_source"`
	KNote  []string `form:"kol_note"`
	MName  []string `form:"media_name"`
	MPlat  []string `form:"media_platform"`
	MForm  []string `form:"media_format"`
	MReach []string `form:"media_reach"`
	MSrc   []string `form:"media_source"`
	MNote  []string `form:"media_note"`
}

// planRow is one line as it was typed.
type planRow struct{ Name, Platform, Format, Reach, Source, Note string }

func rowsOf(cols ...[]string) (out []planRow) {
	at := func(c, i int) string {
		if i < len(cols[c]) {
			return cols[c][i]
		}
		return ""
	}
	for i := range cols[0] {
		r := planRow{at(0, i), at(1, i), at(2, i), at(3, i), at(4, i), at(5, i)}
		if r.Name != "" || r.Reach != "" {
			out = append(out, r)
		}
	}
	return out
}

func (f sideForm) kol() []planRow {
	return rowsOf(f.KName, f.KPlat, f.KForm, f.KReach, f.KSrc, f.KNote)
}
func (f sideForm) media() []planRow {
	return rowsOf(f.MName, f.MPlat, f.MForm, f.MReach, f.MSrc, f.MNote)
}

// lines reads typed lines; a reach that is no whole number is 0, which the rule refuses by the line's name.
func lines(rows []planRow) (out []pitch.PlanLine) {
	for _, r := range rows {
		n, _ := strconv.ParseInt(strings.NewReplacer(".", "", ",", "", " ", "").Replace(r.Reach), 10, 64)
		out = append(out, pitch.PlanLine{Name: r.Name, Platform: r.Platform, Format: r.Format, Reach: n, Source: result.ReachSource(r.Source), Note: r.Note})
	}
	return out
}

// part reads the form; handles are looked up among the talents.
func (d rooms) part(r *http.Request, f partForm) (p pitch.Part, err error) {
	p = pitch.Part{DeckID: r.PathValue("id"), ID: r.PathValue("part"), Version: f.Version, Kind: pitch.Kind(f.Kind), Title: f.Title, Body: f.Body}
	p.Data = pitch.Data{IdeaID: f.Idea, NoteID: f.Note, ProofID: f.Proof, Value: f.Value, Source: f.Source, Link: f.Link, SourceOn: worktime.Date(f.SourceOn), UntilOn: worktime.Date(f.UntilOn), Limit: pitch.Limit(f.Limit), Reason: f.Reason}
	p.Data.SheetID, p.Data.VersionID, _ = strings.Cut(f.Sheet, "/")
	p.Data.Plan = pitch.Plan{KOL: lines(f.kol()), Media: lines(f.media()), KOLRisk: f.KOLRisk, MediaRisk: f.MedRisk}
	if p.Data.Price, err = amount(r, f.Price, "price"); err != nil {
		return p, err
	}
	if p.Data.Plan.Budget, err = amount(r, f.Budget, "budget"); err != nil {
		return p, err
	}
	if p.Kind == pitch.KindOffer && p.Data.Limit == pitch.ByTalents {
		if p.Data.Free, err = d.talentsAt(r, f.Free, "free"); err != nil {
			return p, err
		}
	}
	if p.Kind == pitch.KindLineUp {
		if p.Data.Talents, err = d.listed(r, f.Campaign); err != nil {
			return p, err
		}
		more, err := d.talentsAt(r, f.Talents, "talents")
		if err != nil {
			return p, err
		}
		for _, id := range more {
			if !slices.Contains(p.Data.Talents, id) {
				p.Data.Talents = append(p.Data.Talents, id)
			}
		}
	}
	return p, nil
}

func amount(r *http.Request, text, field string) (money.Amount, error) {
	if text == "" {
		return money.Amount{}, nil
	}
	a, err := money.Parse(text, money.CurrencyIDR, locale.From(r.Context()).Lang)
	if bad, ok := fault.As(err); ok {
		return a, bad.At(field)
	}
	return a, err
}

// talentsAt finds the talents of handles as people type them. Fault: deck.part-talents at the field.
func (d rooms) talentsAt(r *http.Request, text, field string) (ids []string, err error) {
	err = d.DB.Read(r.Context(), func(tx *db.Tx) error {
		for _, h := range client.Handles(text) {
			id := ""
			for _, p := range talent.Platforms() {
				if a, err := talent.AccountAt(r.Context(), tx, p, strings.TrimPrefix(h, "@")); err == nil {
					id = a.TalentID
					break
				}
			}
			if id == "" {
				return pitch.ErrPartTalents.With("handle", h).At(field)
			}
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		return nil
	})
	return ids, err
}

// listed are the talents on a campaign's shortlist, in its order; none for "".
func (d rooms) listed(r *http.Request, campaignID string) (ids []string, err error) {
	if campaignID == "" {
		return nil, nil
	}
	err = d.DB.Read(r.Context(), func(tx *db.Tx) error {
		list, err := casting.ListCandidates(r.Context(), tx, campaignID)
		for _, c := range list {
			if c.Listed() && !slices.Contains(ids, c.TalentID) {
				ids = append(ids, c.TalentID)
			}
		}
		return err
	})
	return ids, err
}

type partPage struct {
	Page      ui.Page
	DeckID    string
	ID        string // "" for a new one
	Form      partForm
	Errors    map[string]string
	Ideas     []idea.Idea
	Trends    []client.Note
	Proofs    []proof.Proof
	Sheets    []proof.Sheet
	Campaigns []campaign.Campaign
	Today     worktime.Date
	Key       string
}

func (d rooms) partPage(w http.ResponseWriter, r *http.Request, status int, p partPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	s, err := d.Pitch.Deck(ctx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	p.Key, p.DeckID, p.Today = desk.NewKey(r), s.ID, s.Today
	if err := d.choices(r, &p); err != nil {
		return err
	}
	title := locale.T(ctx, "deck.part.new")
	if p.ID != "" {
		title = p.Form.Title
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "decks", Title: title,
		Crumbs: []ui.Crumb{{Label: locale.T(ctx, "deck.title"), Href: "/decks"}, {Label: s.Title, Href: "/decks/" + s.ID}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, partView(p))
}

// choices gathers what a part of the kind chooses from.
func (d rooms) choices(r *http.Request, p *partPage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	switch pitch.Kind(p.Form.Kind) {
	case pitch.KindIdea:
		p.Ideas, err = d.Idea.Usable(ctx, actor)
	case pitch.KindTrend:
		p.Trends, err = d.Client.Watch(ctx, actor, client.NoteFilter{Kind: client.NoteTrend})
	case pitch.KindProof:
		p.Proofs, err = d.Proof.Proofs(ctx, actor, proof.Filter{})
	case pitch.KindSheet:
		p.Sheets, _, err = d.Proof.Sheets(ctx, actor)
	case pitch.KindLineUp:
		p.Campaigns, err = d.Campaign.Campaigns(ctx, actor, campaign.Filter{})
	}
	return err
}

func (d rooms) newPart(w http.ResponseWriter, r *http.Request) error {
	kind := r.URL.Query().Get("kind")
	if !slices.Contains(pitch.Kinds(), pitch.Kind(kind)) {
		kind = string(pitch.KindStory)
	}
	return d.partPage(w, r, http.StatusOK, partPage{Form: partForm{Kind: kind, Title: locale.T(r.Context(), "deck.kind."+kind)}})
}

func (d rooms) addPart(w http.ResponseWriter, r *http.Request) error {
	return d.keepPart(w, r, "", func(p pitch.Part) error {
		_, err := d.Pitch.AddPart(r.Context(), web.ActorOf(r), p)
		return err
	})
}

func (d rooms) savePart(w http.ResponseWriter, r *http.Request) error {
	return d.keepPart(w, r, r.PathValue("part"), func(p pitch.Part) error { return d.Pitch.EditPart(r.Context(), web.ActorOf(r), p) })
}

func (d rooms) keepPart(w http.ResponseWriter, r *http.Request, id string, keep func(pitch.Part) error) error {
	f, err := web.Form[partForm](r)
	if err != nil {
		return err
	}
	p, err := d.part(r, f)
	if err == nil {
		err = keep(p)
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.partPage(w, r, web.StatusOf(err), partPage{ID: id, Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/decks/"+p.DeckID, "deck.part-saved")
}

func (d rooms) dropPart(w http.ResponseWriter, r *http.Request) error {
	return d.act(w, r, "deck.part-dropped", func(id string, _ deckForm) error {
		return d.Pitch.DropPart(r.Context(), web.ActorOf(r), id, r.PathValue("part"))
	})
}

func (d rooms) partForm(w http.ResponseWriter, r *http.Request) error {
	s, err := d.Pitch.Deck(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(s.Parts, func(p pitch.Checked) bool { return p.ID == r.PathValue("part") })
	if i < 0 {
		return db.ErrNotFound
	}
	f, err := d.filled(r, s.Parts[i].Part)
	if err != nil {
		return err
	}
	return d.partPage(w, r, http.StatusOK, partPage{ID: s.Parts[i].ID, Form: f})
}

// filled is the form of a part as it is kept.
func (d rooms) filled(r *http.Request, p pitch.Part) (f partForm, err error) {
	x := p.Data
	f = partForm{Version: p.Version, Kind: string(p.Kind), Title: p.Title, Body: p.Body, Idea: x.IdeaID, Note: x.NoteID, Proof: x.ProofID, Value: x.Value, Source: x.Source, SourceOn: string(x.SourceOn), Link: x.Link,
		UntilOn: string(x.UntilOn), Limit: string(x.Limit), Sheet: x.SheetID + "/" + x.VersionID, Reason: x.Reason, KOLRisk: x.Plan.KOLRisk, MedRisk: x.Plan.MediaRisk}
	if x.Price.Minor != 0 {
		f.Price = x.Price.Decimal()
	}
	if x.Plan.Budget.Minor != 0 {
		f.Budget = x.Plan.Budget.Decimal()
	}
	for _, l := range x.Plan.KOL {
		f.KName, f.KPlat, f.KForm, f.KReach, f.KSrc, f.KNote = append(f.KName, l.Name), append(f.KPlat, l.Platform), append(f.KForm, l.Format), append(f.KReach, strconv.FormatInt(l.Reach, 10)), append(f.KSrc, string(l.Source)), append(f.KNote, l.Note)
	}
	for _, l := range x.Plan.Media {
		f.MName, f.MPlat, f.MForm, f.MReach, f.MSrc, f.MNote = append(f.MName, l.Name), append(f.MPlat, l.Platform), append(f.MForm, l.Format), append(f.MReach, strconv.FormatInt(l.Reach, 10)), append(f.MSrc, string(l.Source)), append(f.MNote, l.Note)
	}
	if f.Talents, err = d.handles(r, x.Talents); err != nil {
		return f, err
	}
	f.Free, err = d.handles(r, x.Free)
	return f, err
}

// handles are the accounts of talents, one a line.
func (d rooms) handles(r *http.Request, ids []string) (text string, err error) {
	if len(ids) == 0 {
		return "", nil
	}
	err = d.DB.Read(r.Context(), func(tx *db.Tx) error {
		all, err := talent.LoadAccounts(r.Context(), tx, ids)
		for _, id := range ids {
			if len(all[id]) > 0 {
				text += "@" + all[id][0].Handle + "\n"
			}
		}
		return err
	})
	return strings.TrimSpace(text), err
}
