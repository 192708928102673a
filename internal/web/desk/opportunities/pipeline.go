package opportunities

import (
	"net/http"
	"net/url"

	"kolega/internal/client"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// pipelinePage is the pipeline, as a table by what needs care or as a board by stage.
type pipelinePage struct {
	Page    ui.Page
	View    string // "", "mine", "care", "won", "lost"
	Board   bool
	Deals   []client.Deal
	MayEdit bool
}

func (d rooms) pipeline(w http.ResponseWriter, r *http.Request) (err error) {
	actor := web.ActorOf(r)
	p := pipelinePage{View: r.URL.Query().Get("view"), Board: r.URL.Query().Get("as") == "board", MayEdit: actor.Can("opportunity.edit")}
	f := client.DealFilter{}
	switch p.View {
	case "mine":
		f.OwnerID = actor.ID
	case "won", "lost":
		f.Stage = client.Stage(p.View)
	}
	if p.Deals, err = d.Client.Pipeline(r.Context(), actor, f); err != nil {
		return err
	}
	if p.View == "care" {
		p.Deals = needCare(p.Deals)
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "clients", Title: locale.T(r.Context(), "opportunity.title"), Live: "everything"}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, pipelineView(p))
}

func needCare(list []client.Deal) (out []client.Deal) {
	for _, x := range list {
		if x.Care != client.CareFine {
			out = append(out, x)
		}
	}
	return out
}

// cares are the groups of the table, in their order.
var cares = []client.Care{client.CareLate, client.CareNone, client.CareStuck, client.CareFine}

func (p pipelinePage) of(c client.Care) (out []client.Deal) {
	for _, x := range p.Deals {
		if x.Care == c {
			out = append(out, x)
		}
	}
	return out
}

func (p pipelinePage) in(s client.Stage) (out []client.Deal) {
	for _, x := range p.Deals {
		if x.Stage == s {
			out = append(out, x)
		}
	}
	return out
}

func (p pipelinePage) href(view string, board bool) string {
	q := url.Values{}
	if view != "" {
		q.Set("view", view)
	}
	if board {
		q.Set("as", "board")
	}
	if len(q) == 0 {
		return "/opportunities"
	}
	return "/opportunities?" + q.Encode()
}

// sums adds values up, one sum a currency.
func sums(list []client.Deal) (out []money.Amount) {
	for _, x := range list {
		if x.Value.Minor == 0 {
			continue
		}
		placed := false
		for i := range out {
			if sum, err := out[i].Add(x.Value); err == nil {
				out[i], placed = sum, true
			}
		}
		if !placed {
			out = append(out, x.Value)
		}
	}
	return out
}
