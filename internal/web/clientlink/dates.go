package clientlink

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/web"
	"kolega/internal/web/outside"
	"kolega/internal/web/ui"
)

func (d room) dateRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/dates", Verb: "draft.watch", Handle: d.dates}}
}

type datesPage struct {
	Page ui.OutsidePage
	Base string
	List []report.ClientDate
}

// dates are the posting dates, planned and expected, each with why it moved.
func (d room) dates(w http.ResponseWriter, r *http.Request) error {
	list, err := d.Boards.ClientDates(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	frame, err := outside.Frame(w, r, d.House, locale.T(r.Context(), "delay.dates"), "")
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, datesView(datesPage{frame, outside.Base(r), list}))
}

// dateStatus says in a word how a posting stands to its plan.
func dateStatus(ctx context.Context, d report.ClientDate) ui.Status {
	time := locale.From(ctx).Duration(time.Duration(max(d.Minutes, -d.Minutes)) * time.Minute)
	switch {
	case d.Minutes > 0:
		return ui.Status{Word: locale.T(ctx, "delay.later", "time", time), Meaning: ui.Wait}
	case d.Minutes < 0:
		return ui.Status{Word: locale.T(ctx, "delay.earlier", "time", time), Meaning: ui.Good}
	}
	return ui.Status{Word: locale.T(ctx, "delay.ontime"), Meaning: ui.Good}
}

func dateTerms(ctx context.Context, d report.ClientDate) ui.Terms {
	l := locale.From(ctx)
	now := "delay.forecast"
	if d.Posted {
		now = "delay.posted"
	}
	return ui.Terms{{Name: l.T("delay.planned"), Text: l.DateTime(d.Planned, l.Zone.String())}, {Name: l.T(now), Text: l.DateTime(d.Forecast, l.Zone.String())}}
}
