package api

import (
	"encoding/json"
	"net/http"

	"kolega/internal/web"
	"kolega/internal/web/media"
)

type uploadOut struct {
	ID     string `json:"id" doc:"to be named by a new draft"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	Type   string `json:"type"`
}

// registerFiles puts the ways of files beside the described operations: a whole file
// as a body, resumable uploads, and playing with ranges. Bodies are streamed.
func registerFiles(a *API) {
	a.raw(http.MethodPost, "/deliverables/{id}/files", func(w http.ResponseWriter, r *http.Request) error {
		in, err := a.Review.KeepFile(r.Context(), web.ActorOf(r), r.PathValue("id"), r.URL.Query().Get("name"), r.Body)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		return json.NewEncoder(w).Encode(uploadOut{in.ID, in.SHA256, in.Size, in.Type})
	})
	a.raw(http.MethodGet, "/drafts/{version}/file", media.ServeDraft(a.House))
	for _, rt := range media.NewTus(a.House).Routes() {
		a.raw(rt.Method, rt.Pattern, rt.Handle)
	}
}

// raw registers a way that streams; its errors are problem documents too.
func (a *API) raw(method, path string, do web.Handler) {
	a.mux.HandleFunc(method+" /api/v1"+path, func(w http.ResponseWriter, r *http.Request) {
		err := do(w, r)
		if err == nil {
			return
		}
		doc := problemOf(r.Context(), err)
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(doc.Status)
		_ = json.NewEncoder(w).Encode(doc)
	})
}
