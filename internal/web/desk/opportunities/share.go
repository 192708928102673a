package opportunities

import (
	"encoding/json"
	"net/http"

	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/asset"
	"kolega/internal/web/house"
)

// PublicRoutes are for everyone: what a phone reads to keep the program beside its others.
func PublicRoutes(h *house.House) []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/manifest.webmanifest", Handle: rooms{h}.manifest}}
}

// manifest puts the program on a phone's screen and among what its share sheet offers: a
// link that is shared opens the form for a note, filled, and is kept by a person (A4, A12).
func (d rooms) manifest(w http.ResponseWriter, r *http.Request) error {
	agency, err := d.Access.Agency(r.Context())
	if err != nil {
		return err
	}
	name := agency.Name
	if name == "" {
		name = "Kolega"
	}
	w.Header().Set("Content-Type", "application/manifest+json")
	return json.NewEncoder(w).Encode(map[string]any{
		"id": "/", "name": name, "short_name": "Kolega", "start_url": "/inbox", "scope": "/", "display": "standalone", "lang": locale.From(r.Context()).Lang, "theme_color": "#00605e", "background_color": "#f9f8f4",
		"icons":        []map[string]string{{"src": asset.URL("favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}},
		"share_target": map[string]any{"action": "/watch/new", "method": "GET", "params": map[string]string{"title": "title", "text": "text", "url": "link"}},
	})
}
