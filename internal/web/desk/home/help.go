package home

import (
	"context"
	"net/http"
	"strings"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// helpPage says how a day goes, what the signs mean and which keys there are.
type helpPage struct {
	Page  ui.Page
	Actor access.Actor
}

// helpSteps are the stations of a campaign, with the right that each needs.
var helpSteps = []struct {
	key, href string
	verb      access.Verb
}{
	{"inbox", "/inbox", ""},
	{"client", "/clients", "client.see"},
	{"campaign", "/campaigns", "campaign.see"},
	{"talent", "/talents", "match.search"},
	{"timeline", "/timeline", "timeline.see"},
	{"report", "/reports", "report.see"},
}

func (d rooms) help(w http.ResponseWriter, r *http.Request) error {
	p := helpPage{Actor: web.ActorOf(r)}
	var err error
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Title: locale.T(r.Context(), "board.help.title")}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, helpView(p))
}

// onlyPhone tells whether an entry stands on the phone's bar alone, where no key
// opens it.
func (helpPage) onlyPhone(n ui.NavItem) bool { return strings.HasPrefix(n.Key, "new.") }

func trNav(ctx context.Context, n ui.NavItem) string { return locale.T(ctx, "ui.nav."+n.Key) }
