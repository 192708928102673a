package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/web"
)

type documentOut struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Kind     string     `json:"kind" doc:"text, docx or pdf; empty when no words can be taken out"`
	SHA256   string     `json:"sha256"`
	Size     int64      `json:"size"`
	AddedAt  *time.Time `json:"added_at"`
	AddedBy  string     `json:"added_by"`
	Readable bool       `json:"readable"`
}

func documentWire(f campaign.Document) documentOut {
	return documentOut{f.ID, f.Name, f.Kind, f.SHA256, f.Size, instant(f.AddedAt), f.AddedBy, f.Readable()}
}

// DocumentPath names a file that a client sent with a campaign's brief.
type DocumentPath struct {
	CampaignID string `query:"campaign_id" required:"true"`
	ID         string `path:"id"`
}

// suggestionWire is one suggestion of a text or file.
func suggestionWire(s campaign.Suggestion) suggestionOut {
	return suggestionOut{string(s.Kind), s.Text, s.CheckedIn, s.Guessed}
}

func registerDocuments(a *API) {
	a.raw(http.MethodPost, "/campaigns/{id}/brief-files", func(w http.ResponseWriter, r *http.Request) error {
		f, err := a.Campaign.KeepDocument(r.Context(), web.ActorOf(r), r.PathValue("id"), r.URL.Query().Get("name"), r.Body)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		return json.NewEncoder(w).Encode(documentWire(f))
	})
	op(a, http.MethodGet, "/campaigns/{id}/brief-files", "brief.edit", "What the client sent with the brief", func(ctx context.Context, actor access.Actor, in *ID) (Page[documentOut], error) {
		f, err := a.Campaign.Brief(ctx, actor, in.ID)
		return Page[documentOut]{Items: list(f.Documents, documentWire)}, err
	})
	op(a, http.MethodGet, "/brief-files/{id}/suggestions", "brief.edit", "Cut a kept file into points; nothing is kept", func(ctx context.Context, actor access.Actor, in *DocumentPath) (Page[suggestionOut], error) {
		r, err := a.Campaign.ReadDocument(ctx, actor, in.CampaignID, in.ID)
		return Page[suggestionOut]{Items: list(r.Suggestions, suggestionWire)}, err
	})
}
