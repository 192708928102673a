package home

import (
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/match"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// mostHits of each kind are shown.
const mostHits = 6

// searchPage is what the search finds, as a page; the palette shows the same rows.
type searchPage struct {
	Page ui.Page
	Text string
	Rows ui.PaletteRows
}

// search finds campaigns, clients and talents by a part of their name or handle, and
// pages by their word.
func (d rooms) search(w http.ResponseWriter, r *http.Request) error {
	text := strings.TrimSpace(r.URL.Query().Get("q"))
	rows, err := d.find(r, web.ActorOf(r), text)
	if err != nil {
		return err
	}
	if r.URL.Query().Get("palette") != "" {
		return web.Render(w, r, http.StatusOK, rows)
	}
	p := searchPage{Text: text, Rows: rows}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Title: locale.T(r.Context(), "board.search.title")}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, searchView(p))
}

func (d rooms) find(r *http.Request, actor access.Actor, text string) (rows ui.PaletteRows, err error) {
	ctx, l := r.Context(), locale.From(r.Context())
	rows = pages(actor, l, text)
	if text == "" {
		return rows, nil
	}
	err = d.DB.Read(ctx, func(tx *db.Tx) error {
		if actor.Can("campaign.see") {
			list, err := campaign.ListCampaigns(ctx, tx, campaign.Filter{Text: text, Limit: mostHits})
			if err != nil {
				return err
			}
			for _, c := range list {
				rows = append(rows, ui.PaletteRow{Group: l.T("ui.nav.campaigns"), Icon: "mega", Title: c.Name, Second: l.Range(c.StartOn, c.EndOn), Href: "/campaigns/" + c.ID})
			}
		}
		if actor.Can("client.see") {
			list, err := client.ListClients(ctx, tx, client.Page{Text: text, Limit: mostHits})
			if err != nil {
				return err
			}
			for _, c := range list {
				rows = append(rows, ui.PaletteRow{Group: l.T("ui.nav.clients"), Icon: "brief", Title: c.Name, Second: c.LegalName, Href: "/clients/" + c.ID})
			}
		}
		return nil
	})
	if err != nil || !actor.Can("match.search") {
		return rows, err
	}
	found, err := d.Match.Search(ctx, actor, match.Query{Text: text, Limit: mostHits})
	for _, c := range found.Cards {
		rows = append(rows, ui.PaletteRow{Group: l.T("ui.nav.talents"), Icon: "users", Title: c.Talent.Name, Second: c.Account.Title(), Href: "/talents/" + c.Talent.ID})
	}
	return rows, err
}

// pages are the parts of the program whose word begins with the text.
func pages(actor access.Actor, l *locale.Loc, text string) (rows ui.PaletteRows) {
	key := locale.Fold(text)
	for _, group := range [][]ui.NavItem{ui.MainNav, ui.PartNav, ui.MoreNav, ui.CreateNav} {
		for _, n := range group {
			word := l.T("ui.nav." + n.Key)
			if desk.MayOpen(actor, n.Key) && strings.Contains(locale.Fold(word), key) {
				rows = append(rows, ui.PaletteRow{Group: l.T("board.search.pages"), Icon: n.Icon, Title: word, Href: n.Href})
			}
		}
	}
	return rows
}
