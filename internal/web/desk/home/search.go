package home

import (
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/find"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// searchPage is what the search finds, as a page; the palette shows the same rows.
type searchPage struct {
	Page ui.Page
	Text string
	Rows ui.PaletteRows
}

// groups are the rows by their group, each where it comes first.
func (p searchPage) groups() (out []ui.PaletteRows) {
	at := map[string]int{}
	for _, row := range p.Rows {
		i, ok := at[row.Group]
		if !ok {
			i = len(out)
			at[row.Group], out = i, append(out, nil)
		}
		out[i] = append(out[i], row)
	}
	return out
}

// Of each kind the palette shows mostHits, the page mostOnPage.
const (
	mostHits   = 6
	mostOnPage = find.MostEach
)

// search finds anything that the reader may see, and pages by their word.
func (d rooms) search(w http.ResponseWriter, r *http.Request) error {
	text := strings.TrimSpace(r.URL.Query().Get("q"))
	palette := r.URL.Query().Get("palette") != ""
	most := mostOnPage
	if palette {
		most = mostHits
	}
	found, err := d.Find.Search(r.Context(), web.ActorOf(r), text, most)
	if err != nil {
		return err
	}
	rows := rowsOf(locale.From(r.Context()), web.ActorOf(r), text, found)
	if palette {
		return web.Render(w, r, http.StatusOK, rows)
	}
	p := searchPage{Text: text, Rows: rows}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Title: locale.T(r.Context(), "board.search.title")}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, searchView(p))
}

// kindOf is how a kind of thing is shown: the word of its group, its icon, its page.
type kindOf struct{ word, icon, href string }

var kinds = map[find.Kind]kindOf{
	find.Talent:      {"ui.nav.talents", "users", "/talents/"},
	find.Campaign:    {"ui.nav.campaigns", "mega", "/campaigns/"},
	find.Client:      {"ui.nav.clients", "brief", "/clients/"},
	find.Brand:       {"board.search.brands", "tag", "/clients/"},
	find.Contact:     {"board.search.contacts", "user", "/clients/"},
	find.Opportunity: {"ui.nav.opportunities", "trend-up", "/opportunities/"},
	find.Agreement:   {"board.search.agreements", "handshake", "/agreements/"},
	find.Invoice:     {"board.search.invoices", "receipt", "/invoices/"},
	find.Post:        {"board.search.posts", "video", "/posts/"},
	find.Task:        {"board.search.tasks", "check", "/tasks/"},
}

// rowsOf puts the program's own pages first where the text begins one of their words.
func rowsOf(l *locale.Loc, actor access.Actor, text string, found []find.Line) ui.PaletteRows {
	rows, later := pages(actor, l, text)
	for _, f := range found {
		k := kinds[f.Kind]
		row := ui.PaletteRow{Group: l.T(k.word), Icon: k.icon, Title: f.Title, Second: f.Second, Href: k.href + f.Within}
		if f.Title == "" { // an invoice before it is issued
			row.Title, row.Second = f.Second, l.T("board.search.unnumbered")
		}
		rows = append(rows, row)
	}
	return append(rows, later...)
}

// pages are the parts of the program whose word holds the text: those that it begins,
// and the others.
func pages(actor access.Actor, l *locale.Loc, text string) (first, later ui.PaletteRows) {
	key := locale.Fold(text)
	for _, group := range [][]ui.NavItem{ui.MainNav, ui.PartNav, ui.MoreNav, ui.CreateNav} {
		for _, n := range group {
			word := l.T("ui.nav." + n.Key)
			row := ui.PaletteRow{Group: l.T("board.search.pages"), Icon: n.Icon, Title: word, Href: n.Href}
			switch folded := locale.Fold(word); {
			case !desk.MayOpen(actor, n.Key):
			case strings.HasPrefix(folded, key):
				first = append(first, row)
			case strings.Contains(folded, key):
				later = append(later, row)
			}
		}
	}
	return first, later
}
