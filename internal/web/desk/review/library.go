package review

import (
	"net/http"
	"net/url"

	"kolega/internal/locale"
	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/media"
	"kolega/internal/web/ui"
)

// finalsShown is how many finals one page of the library shows.
const finalsShown = 60

type libraryPage struct {
	Page     ui.Page
	Search   string
	Campaign string // id, "" for all
	Props    media.LibraryProps
}

// library is what was approved, over all campaigns or in one, with what may be done with it.
func (d rooms) library(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	p := libraryPage{Search: q.Get("q"), Campaign: q.Get("campaign")}
	list, err := d.Review.Finals(r.Context(), web.ActorOf(r), review.FinalFilter{CampaignID: p.Campaign, Search: p.Search, Before: q.Get("before"), Limit: finalsShown})
	if err != nil {
		return err
	}
	at := desk.At{Nav: "library", Title: locale.T(r.Context(), "final.title")}
	if p.Page, err = desk.Frame(w, r, d.House, at); err != nil {
		return err
	}
	p.Props = media.LibraryProps{Finals: list, Campaigns: p.Campaign == "", Next: media.NextOf(list, finalsShown, "/library?"+url.Values{"q": {p.Search}, "campaign": {p.Campaign}}.Encode()+"&"),
		Room: func(f review.Final) string {
			return "/campaigns/" + f.CampaignID + "/drafts/" + f.DeliverableID + "?v=" + f.VersionID
		},
		File: func(f review.Final) string { return "/draft-files/" + f.VersionID },
		Take: func(f review.Final) string { return "/finals/" + f.VersionID }}
	return web.Render(w, r, http.StatusOK, libraryView(p))
}
