package web

import (
	"net/http"

	"kolega/internal/paper/ics"
)

// SendCalendar answers with a calendar file to be saved or opened.
func SendCalendar(w http.ResponseWriter, c ics.Calendar, name string) error {
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	return c.Write(w)
}
