// Package meetings is the part of the staff app about what people talk over: the
// list of meetings, calling one, its preparation sheet, its minutes while it goes on,
// and the contact report that goes to the client.
package meetings

import (
	"kolega/internal/web"
	"kolega/internal/web/house"
)

type rooms struct{ *house.House }

// Routes are the pages about meetings and their minutes.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return append(practiceRoutes(d), []web.Route{
		{Method: "GET", Pattern: "/meetings", Verb: "meeting.see", Handle: d.list},
		{Method: "GET", Pattern: "/campaigns/{id}/meetings", Verb: "meeting.see", Handle: d.ofCampaign},
		{Method: "GET", Pattern: "/meetings/new", Verb: "meeting.edit", Handle: d.newForm},
		{Method: "POST", Pattern: "/meetings", Verb: "meeting.edit", Handle: d.call},
		{Method: "GET", Pattern: "/meetings/{id}", Verb: "meeting.see", Handle: d.show},
		{Method: "GET", Pattern: "/meetings/{id}/invitation.ics", Verb: "meeting.see", Handle: d.invitation},
		{Method: "GET", Pattern: "/meetings/{id}/edit", Verb: "meeting.edit", Handle: d.editForm},
		{Method: "POST", Pattern: "/meetings/{id}", Verb: "meeting.edit", Handle: d.edit},
		{Method: "POST", Pattern: "/meetings/{id}/cancel", Verb: "meeting.edit", Handle: d.cancel},
		{Method: "GET", Pattern: "/meetings/{id}/prep", Verb: "meeting.see", Handle: d.sheet},
		{Method: "POST", Pattern: "/meetings/{id}/prep", Verb: "meeting.edit", Handle: d.tick},
		{Method: "POST", Pattern: "/meetings/{id}/lines", Verb: "minutes.edit", Handle: d.note},
		{Method: "POST", Pattern: "/meetings/{id}/lines/{line}", Verb: "minutes.edit", Handle: d.reword},
		{Method: "POST", Pattern: "/meetings/{id}/lines/{line}/strike", Verb: "minutes.edit", Handle: d.strike},
		{Method: "GET", Pattern: "/meetings/{id}/report", Verb: "minutes.send", Handle: d.preview},
		{Method: "POST", Pattern: "/meetings/{id}/report", Verb: "minutes.send", Handle: d.send},
		{Method: "POST", Pattern: "/meetings/{id}/reports/{report}/link", Verb: "minutes.send", Handle: d.link},
		{Method: "POST", Pattern: "/meetings/{id}/reports/{report}/sent", Verb: "minutes.send", Handle: d.sent},
	}...)
}
