package messages

import (
	"net/http"

	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

// PublicRoutes are for whoever got a mail that they did not ask for: looking at the link
// changes nothing, its button or a mail program's one click ends such mails (RFC 8058).
func PublicRoutes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/stop/{token}", Handle: d.stopPage},
		{Method: "POST", Pattern: "/stop/{token}", Handle: d.stopNow},
	}
}

type stopPageData struct {
	Page   ui.PlainPage
	Action string
	Done   bool
}

func (d rooms) stopPage(w http.ResponseWriter, r *http.Request) error {
	return d.showStop(w, r, false)
}

func (d rooms) stopNow(w http.ResponseWriter, r *http.Request) error {
	return d.showStop(w, r, true)
}

func (d rooms) showStop(w http.ResponseWriter, r *http.Request, act bool) error {
	agency, err := d.Message.StopByLink(r.Context(), r.PathValue("token"), act)
	if err != nil {
		return err
	}
	l := locale.From(r.Context())
	p := stopPageData{Action: r.URL.Path, Done: act, Page: ui.PlainPage{Title: l.T("inbox.stop.title"), Lead: l.T("inbox.stop.lead", "agency", agency.Name), Lang: l.Lang}}
	return web.Render(w, r, http.StatusOK, stopView(p))
}
