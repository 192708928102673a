package campaigns

import (
	"context"
	"net/http"
	"strconv"

	"kolega/internal/audit"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

const activityPageSize = 60

type activityPage struct {
	Page     ui.Page
	Top      desk.Top
	Lines    []audit.Line
	NextHref string
	now      ui.Ago
}

func (d rooms) activity(w http.ResponseWriter, r *http.Request) (err error) {
	var p activityPage
	if p.Top, err = desk.TopOf(r, d.House, r.PathValue("id"), "activity"); err != nil {
		return err
	}
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if p.Lines, err = d.Campaign.Activity(r.Context(), web.ActorOf(r), p.Top.Campaign.ID, before, activityPageSize); err != nil {
		return err
	}
	if n := len(p.Lines); n == activityPageSize {
		p.NextHref = "/campaigns/" + p.Top.Campaign.ID + "/activity?before=" + strconv.FormatInt(p.Lines[n-1].Seq, 10)
	}
	p.now = ui.Ago{Now: d.DB.Now()}
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, activityView(p))
}

// feed says each entry of the trail in words; an act without words of its own is
// named by its verb.
func (p activityPage) feed(ctx context.Context) (out ui.Feed) {
	l := locale.From(ctx)
	for _, e := range p.Lines {
		text := e.Verb
		if key := "campaign.did." + e.Verb; l.Has(key) {
			text = l.T(key)
		}
		at := p.now
		at.At = e.At
		out = append(out, ui.Event{Who: e.Who.Name, Text: text, Detail: e.Reason, At: at, Meaning: partyMeaning(e.Who.Kind)})
	}
	return out
}

func partyMeaning(kind string) ui.Meaning {
	switch kind {
	case "client":
		return ui.ClientMove
	case "talent":
		return ui.Wait
	case "staff":
		return ui.Us
	}
	return ui.Neutral
}
