package clientlink

import (
	"net/http"

	"kolega/internal/locale"
	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/media"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

// finalsShown is how many finals a page shows.
const finalsShown = 60

func (d room) libraryRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/library", Verb: "draft.watch", Handle: d.library},
		{Method: "GET", Pattern: "/finals/{version}", Verb: "draft.watch", Handle: media.ServeFinal(d.House)},
	}
}

type libraryPage struct {
	Page   ui.OutsidePage
	Base   string
	Search string
	Props  media.LibraryProps
}

// library is what the client approved, with what may be done with it.
func (d room) library(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	list, err := d.Review.Finals(r.Context(), web.ActorOf(r), review.FinalFilter{Search: q.Get("q"), Before: q.Get("before"), Limit: finalsShown})
	if err != nil {
		return err
	}
	frame, err := outside.Frame(w, r, d.House, locale.T(r.Context(), "final.title"), "")
	if err != nil {
		return err
	}
	frame.Wide = true
	base := outside.Base(r)
	props := media.LibraryProps{Finals: list, Next: media.NextOf(list, finalsShown, base+"/library?"),
		Room: func(f review.Final) string { return base + "/drafts/" + f.DeliverableID + "?v=" + f.VersionID },
		File: func(f review.Final) string { return base + "/files/" + f.VersionID },
		Take: func(f review.Final) string { return base + "/finals/" + f.VersionID }}
	return web.Render(w, r, http.StatusOK, libraryView(libraryPage{frame, base, q.Get("q"), props}))
}
