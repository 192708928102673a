package hook

import (
	"io"
	"log/slog"
	"net/http"

	"kolega/internal/fault"
	"kolega/internal/web/house"
)

// mostMessages bounds a call of WhatsApp's, which may hold many messages.
const mostMessages = 3 << 20

// WhatsApp takes the calls of WhatsApp's Cloud API at /hook/whatsapp.
func WhatsApp(h *house.House, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostMessages))
		if err == nil {
			err = h.Message.Callback(r.Context(), body, r.Header.Get("X-Hub-Signature-256"))
		}
		status := statusOf(err)
		if err != nil {
			log.WarnContext(r.Context(), "callback refused", "status", status, "code", fault.CodeOf(err))
		}
		w.WriteHeader(status)
	})
}

// Subscribe answers WhatsApp's question whether the address is the agency's.
func Subscribe(h *house.House) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		said, err := "", error(nil)
		if q.Get("hub.mode") == "subscribe" {
			said, err = h.Message.Subscribe(r.Context(), q.Get("hub.verify_token"), q.Get("hub.challenge"))
		}
		if err != nil || said == "" || len(said) > 200 {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, said)
	})
}
