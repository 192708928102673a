package desk

import (
	"net/http"
	"strings"
	"time"

	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// City is the name of a zone's city: "Asia/Kuala_Lumpur" is Kuala Lumpur.
func City(zone string) string {
	return strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
}

// face is a city's clock and whether people work there now, by office hours.
func face(now time.Time, l *locale.Loc, zone string) ui.ClockFace {
	city := City(zone)
	loc, err := worktime.Zone(zone)
	if err != nil {
		return ui.ClockFace{City: city}
	}
	open := worktime.Office(loc, nil).IsOpen(now)
	return ui.ClockFace{City: city, Time: l.Time(now, zone), Zone: zone, Open: open}
}

// NewKey is a fresh idempotency key for one showing of a form.
func NewKey(*http.Request) string { return db.NewID(time.Unix(0, 0)) }

// Fail answers an error of the staff app: the sign-in page for nobody, else a
// page that says what happened, what was kept and what to do.
func Fail(w http.ResponseWriter, r *http.Request, err error) {
	if fault.KindOf(err) == fault.Unauthenticated && r.Method == http.MethodGet && !web.IsPartial(r) {
		http.Redirect(w, r, "/sign-in?next="+escape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	l := locale.From(r.Context())
	p := ui.PlainPage{Title: l.T("error.title." + fault.KindOf(err).String()), Lead: l.Fault(err), Lang: l.Lang, Theme: web.ActorOf(r).Theme}
	_ = web.Render(w, r, web.StatusOf(err), failure(p, w.Header().Get("X-Request-Id"), fault.KindOf(err)))
}
