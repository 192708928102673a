package desk

import (
	"net/http"
	"strconv"

	"kolega/internal/access"
	"kolega/internal/db"
)

// SendLogo answers with a logo; not-found where there is none.
func SendLogo(w http.ResponseWriter, l access.Look) error {
	if len(l.Logo) == 0 {
		return db.ErrNotFound
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Content-Length", strconv.Itoa(len(l.Logo)))
	w.Header().Set("Cache-Control", "private, no-cache")
	_, _ = w.Write(l.Logo) // the reader went away; nothing is left to tell
	return nil
}
