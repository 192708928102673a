package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/result"
	"kolega/internal/web"
)

type tableRowOut struct {
	Row         int              `json:"row" doc:"as a spreadsheet program shows it"`
	Text        string           `json:"text"`
	Deliverable string           `json:"deliverable,omitempty"`
	Counts      map[string]int64 `json:"counts"`
	Fault       string           `json:"fault,omitempty"`
	Field       string           `json:"field,omitempty"`
	Warnings    []string         `json:"warnings"`
}

type tableOut struct {
	File evidenceOut   `json:"file" doc:"to be sent back with the chosen rows"`
	Rows []tableRowOut `json:"rows"`
}

type keepTableIn struct {
	Body struct {
		Campaign string      `json:"campaign"`
		File     evidenceOut `json:"file"`
		Rows     []int       `json:"rows"`
		TakenAt  time.Time   `json:"taken_at,omitempty"`
		Reason   string      `json:"reason,omitempty" doc:"why unusual figures are right"`
	}
}

type keptRowsOut struct {
	Kept    int           `json:"kept"`
	Refused []tableRowOut `json:"refused"`
}

func tableRow(r result.TableRow) tableRowOut {
	out := tableRowOut{Row: r.Number, Text: r.Text, Deliverable: r.DeliverableID, Counts: map[string]int64{}, Fault: r.Fault, Field: string(r.Field),
		Warnings: list(r.Warnings, func(w result.Warning) string { return w.Code })}
	for m, n := range r.Counts {
		out.Counts[string(m)] = n
	}
	return out
}

// registerTables takes figures of many posts from a CSV or XLSX file: the file first,
// as the body of the request, then the rows that are to be kept.
func registerTables(a *API) {
	a.raw(http.MethodPost, "/insight-tables", func(w http.ResponseWriter, r *http.Request) error {
		p, err := a.Result.PlanTable(r.Context(), web.ActorOf(r), r.URL.Query().Get("campaign"), r.URL.Query().Get("name"), r.Body)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		return json.NewEncoder(w).Encode(tableOut{evidenceOut(p.File), list(p.Rows, tableRow)})
	})
	op(a, http.MethodPost, "/insight-tables/rows", "insight.enter", "Keep chosen rows of a table of figures", func(ctx context.Context, actor access.Actor, in *keepTableIn) (keptRowsOut, error) {
		b := in.Body
		kept, refused, err := a.Result.KeepTable(ctx, actor, result.KeepTable{CampaignID: b.Campaign, File: result.Evidence(b.File), Rows: b.Rows, TakenAt: b.TakenAt, Reason: b.Reason})
		return keptRowsOut{kept, list(refused, tableRow)}, err
	})
}
