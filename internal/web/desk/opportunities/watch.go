package opportunities

import (
	"net/http"
	"sort"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// watchPage is what was seen outside, by brand: of one kind and, for the monthly
// digest, of one month.
type watchPage struct {
	Page    ui.Page
	Kind    string
	Month   string // "2026-11"; "" for all
	Months  []string
	Brands  []brandSeen
	Today   worktime.Date
	MayEdit bool
	MayDeal bool
	Actor   access.Actor
}

// brandSeen are the notes of one brand, and the talents it was seen with.
type brandSeen struct {
	Name  string
	Notes []client.Note
	Users client.Users
}

func (d rooms) watch(w http.ResponseWriter, r *http.Request) (err error) {
	actor := web.ActorOf(r)
	p := watchPage{Kind: r.URL.Query().Get("kind"), Month: month(r.URL.Query().Get("month")), Actor: actor, MayEdit: actor.Can("watch.edit"), MayDeal: actor.Can("opportunity.edit")}
	p.Today = worktime.DateOf(d.DB.Now(), locale.From(r.Context()).Zone)
	for i := range 4 {
		p.Months = append(p.Months, string(p.Today.AddMonths(-i))[:7])
	}
	f := client.NoteFilter{Kind: client.NoteKind(p.Kind), Limit: 500}
	if p.Month != "" {
		f.From, f.To = worktime.Date(p.Month+"-01"), worktime.Date(p.Month+"-31")
	}
	notes, err := d.Client.Watch(r.Context(), actor, f)
	if err != nil {
		return err
	}
	if p.Brands, err = d.byBrand(r, notes, p.Today); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: locale.T(r.Context(), "watch.title")}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, watchView(p))
}

// month is a month of the address, "" when it is none.
func month(s string) string {
	if _, err := time.Parse("2006-01", s); err != nil {
		return ""
	}
	return s
}

// byBrand gathers notes by brand, the brand with the most talents of the last 90
// days first, and counts which of the talents are on file.
func (d rooms) byBrand(r *http.Request, notes []client.Note, today worktime.Date) ([]brandSeen, error) {
	byName := map[string]*brandSeen{}
	var order []*brandSeen
	for _, n := range notes {
		key := locale.Fold(n.Brand)
		if byName[key] == nil {
			byName[key] = &brandSeen{Name: n.Brand}
			order = append(order, byName[key])
		}
		byName[key].Notes = append(byName[key].Notes, n)
	}
	known, err := d.known(r, notes)
	out := make([]brandSeen, 0, len(order))
	for _, b := range order {
		b.Users = client.CountUsers(b.Notes, today, func(h string) bool { return known[h] })
		out = append(out, *b)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Users.All > out[j].Users.All })
	return out, err
}

// known tells which of the handles seen are on file.
func (d rooms) known(r *http.Request, notes []client.Note) (map[string]bool, error) {
	known := map[string]bool{}
	err := d.DB.Read(r.Context(), func(tx *db.Tx) error {
		for _, n := range notes {
			for _, h := range n.Handles {
				if _, asked := known[h]; asked {
					continue
				}
				known[h] = false
				for _, p := range talent.Platforms() {
					if _, err := talent.AccountAt(r.Context(), tx, p, h); err == nil {
						known[h] = true
						break
					}
				}
			}
		}
		return nil
	})
	return known, err
}

type noteForm struct {
	Version  int64  `form:"version"`
	Kind     string `form:"kind"`
	Brand    string `form:"brand"`
	Link     string `form:"link"`
	Seen     string `form:"seen_on"`
	Handles  string `form:"handles"`
	Spend    string `form:"spend"`
	Format   string `form:"format"`
	Audience string `form:"audience"`
	Takeaway string `form:"takeaway"`
	Until    string `form:"until_on"`
	Client   string `form:"client"`
	Deal     string `form:"deal"`
}

func (f noteForm) note(id string) client.Note {
	return client.Note{ID: id, Version: f.Version, Kind: client.NoteKind(f.Kind), Brand: f.Brand, Link: f.Link, SeenOn: worktime.Date(f.Seen), Handles: client.Handles(f.Handles), Spend: f.Spend,
		Format: f.Format, Audience: f.Audience, Takeaway: f.Takeaway, UntilOn: worktime.Date(f.Until), ClientID: f.Client}
}

type notePage struct {
	Page    ui.Page
	ID      string
	Form    noteForm
	Errors  map[string]string
	Clients []client.Client
	Deals   []client.Deal
	Key     string
}

func (d rooms) notePage(w http.ResponseWriter, r *http.Request, status int, p notePage) (err error) {
	ctx, actor := r.Context(), web.ActorOf(r)
	p.Key = desk.NewKey(r)
	if p.Clients, err = d.Client.Clients(ctx, actor, client.Page{Limit: 500}); err != nil {
		return err
	}
	if actor.Can("opportunity.see") {
		if p.Deals, err = d.Client.Pipeline(ctx, actor, client.DealFilter{}); err != nil {
			return err
		}
	}
	title := locale.T(ctx, "watch.new")
	if p.ID != "" {
		title = p.Form.Brand
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(ctx, "watch.title"), Href: "/watch"}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, noteView(p))
}

// newNote takes what another program shares: ?link=, or a text with a link in it; its
// title stands for words that were not shared.
func (d rooms) newNote(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := noteForm{Kind: q.Get("kind"), Brand: q.Get("brand"), Link: q.Get("link"), Takeaway: q.Get("text"), Client: q.Get("client"), Seen: string(worktime.DateOf(d.DB.Now(), locale.From(r.Context()).Zone))}
	if f.Kind == "" {
		f.Kind = string(client.NoteBrand)
	}
	if f.Link == "" {
		for _, word := range strings.Fields(f.Takeaway) {
			if strings.HasPrefix(word, "http") {
				f.Link, f.Takeaway = word, strings.TrimSpace(strings.Replace(f.Takeaway, word, "", 1))
			}
		}
	}
	if f.Takeaway == "" {
		f.Takeaway = q.Get("title")
	}
	return d.notePage(w, r, http.StatusOK, notePage{Form: f})
}

func (d rooms) takeNote(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[noteForm](r)
	if err != nil {
		return err
	}
	n, err := d.Client.TakeNote(r.Context(), web.ActorOf(r), f.note(""))
	if errs, ok := web.Invalid(r, err); ok {
		return d.notePage(w, r, web.StatusOf(err), notePage{Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/watch?kind="+string(n.Kind), "watch.taken")
}

func (d rooms) noteForm(w http.ResponseWriter, r *http.Request) error {
	n, err := d.Client.Note(r.Context(), web.ActorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	f := noteForm{Version: n.Version, Kind: string(n.Kind), Brand: n.Brand, Link: n.Link, Seen: string(n.SeenOn), Handles: strings.Join(n.Handles, ", "), Spend: n.Spend, Format: n.Format, Audience: n.Audience,
		Takeaway: n.Takeaway, Until: string(n.UntilOn), Client: n.ClientID, Deal: n.DealID}
	return d.notePage(w, r, http.StatusOK, notePage{ID: n.ID, Form: f})
}

func (d rooms) saveNote(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[noteForm](r)
	if err != nil {
		return err
	}
	n := f.note(r.PathValue("id"))
	err = d.Client.CorrectNote(r.Context(), web.ActorOf(r), n)
	if errs, ok := web.Invalid(r, err); ok {
		return d.notePage(w, r, web.StatusOf(err), notePage{ID: n.ID, Form: f, Errors: errs})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/watch?kind="+f.Kind, "watch.saved")
}

func (d rooms) attach(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[noteForm](r)
	if err != nil {
		return err
	}
	if err := d.Client.AttachNote(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Deal); err != nil {
		return err
	}
	if f.Deal == "" {
		return web.SeeOther(w, r, "/watch", "watch.saved")
	}
	return web.SeeOther(w, r, "/opportunities/"+f.Deal, "watch.attached")
}

// mayPursue tells whether a brand was seen that nobody pursues yet.
func (b brandSeen) mayPursue() bool {
	for _, n := range b.Notes {
		if n.DealID != "" || n.Kind != client.NoteBrand {
			return false
		}
	}
	return len(b.Notes) > 0
}
