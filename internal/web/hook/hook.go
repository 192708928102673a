// Package hook is the door for services that call back: payment providers.
//
// Laws. The raw bytes are handed on, since the proof is over them. Nothing a
// caller says is believed; the slice keeps it once and asks. A caller gets a bare
// status: 200 when it was kept, 401 without proof, 404 for an account that is not
// there, 413 and 422 for what is no callback, 503 to try again.
package hook

import (
	"errors"
	"io"
	"log/slog"
	"net/http"

	"kolega/internal/fault"
	"kolega/internal/payout"
	"kolega/internal/web/house"
)

// mostBytes bounds a callback.
const mostBytes = 64 << 10

// Payout takes the callbacks of payment providers at /hook/payout/{account}.
func Payout(h *house.House, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBytes))
		if err == nil {
			err = h.Payout.Callback(r.Context(), r.PathValue("account"), payout.Callback{Body: body, Token: r.Header.Get("x-callback-token"), EventID: r.Header.Get("webhook-id")})
		}
		status := statusOf(err)
		if err != nil {
			log.WarnContext(r.Context(), "callback refused", "status", status, "code", fault.CodeOf(err))
		}
		w.WriteHeader(status)
	})
}

func statusOf(err error) int {
	var large *http.MaxBytesError
	switch {
	case err == nil:
		return http.StatusOK
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge
	}
	switch fault.KindOf(err) {
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	}
	return http.StatusServiceUnavailable
}
