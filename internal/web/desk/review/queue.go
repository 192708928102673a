package review

import (
	"net/http"
	"time"

	"kolega/internal/review"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type queuePage struct {
	Page   ui.Page
	Top    desk.Top
	Now    time.Time
	Groups []queueGroup
	Yield  review.Yield
}

// queueGroup is the lines of one party's move.
type queueGroup struct {
	Title   string // text key
	Meaning ui.Meaning
	Lines   []review.QueueLine
}

func (d rooms) queue(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	q, err := d.Review.Drafts(r.Context(), web.ActorOf(r), id)
	if err != nil {
		return err
	}
	top, err := desk.TopOf(r, d.House, id, "drafts")
	if err != nil {
		return err
	}
	frame, err := desk.CampaignFrame(w, r, d.House, top)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, queueView(queuePage{frame, top, d.DB.Now(), groups(q.Lines), q.Yield}))
}

// groups sorts the queue by whose move it is, the agency's own first.
func groups(lines []review.QueueLine) (out []queueGroup) {
	all := []queueGroup{
		{Title: "review.group.us", Meaning: ui.Us}, {Title: "review.group.client", Meaning: ui.ClientMove},
		{Title: "review.group.talent", Meaning: ui.Wait}, {Title: "review.group.done"},
	}
	at := map[review.Party]int{review.PartyAE: 0, review.PartySpecialist: 0, review.PartyClient: 1, review.PartyTalent: 2, review.PartyNobody: 3}
	for _, l := range lines {
		g := &all[at[l.Party]]
		g.Lines = append(g.Lines, l)
	}
	for _, g := range all {
		if len(g.Lines) > 0 {
			out = append(out, g)
		}
	}
	return out
}
