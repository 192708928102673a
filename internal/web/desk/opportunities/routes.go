// Package opportunities is the part of the staff app about work that may be won: the
// pipeline, one opportunity, and short notes of what happens outside.
package opportunities

import (
	"kolega/internal/web"
	"kolega/internal/web/house"
)

type rooms struct{ *house.House }

// Routes are the pages about opportunities and notes.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/opportunities", Verb: "opportunity.see", Handle: d.pipeline},
		{Method: "GET", Pattern: "/opportunities/new", Verb: "opportunity.edit", Handle: d.newForm},
		{Method: "POST", Pattern: "/opportunities", Verb: "opportunity.edit", Handle: d.open},
		{Method: "GET", Pattern: "/opportunities/{id}", Verb: "opportunity.see", Handle: d.show},
		{Method: "GET", Pattern: "/opportunities/{id}/edit", Verb: "opportunity.edit", Handle: d.editForm},
		{Method: "POST", Pattern: "/opportunities/{id}", Verb: "opportunity.edit", Handle: d.edit},
		{Method: "POST", Pattern: "/opportunities/{id}/step", Verb: "opportunity.edit", Handle: d.step},
		{Method: "POST", Pattern: "/opportunities/{id}/stage", Verb: "opportunity.edit", Handle: d.move},
		{Method: "POST", Pattern: "/opportunities/{id}/win", Verb: "opportunity.edit", Handle: d.win},
		{Method: "POST", Pattern: "/opportunities/{id}/lose", Verb: "opportunity.edit", Handle: d.lose},
		{Method: "POST", Pattern: "/opportunities/{id}/reopen", Verb: "opportunity.edit", Handle: d.reopen},
		{Method: "GET", Pattern: "/watch", Verb: "watch.see", Handle: d.watch},
		{Method: "GET", Pattern: "/watch/new", Verb: "watch.edit", Handle: d.newNote},
		{Method: "POST", Pattern: "/watch", Verb: "watch.edit", Handle: d.takeNote},
		{Method: "GET", Pattern: "/watch/{id}", Verb: "watch.edit", Handle: d.noteForm},
		{Method: "POST", Pattern: "/watch/{id}", Verb: "watch.edit", Handle: d.saveNote},
		{Method: "POST", Pattern: "/watch/{id}/attach", Verb: "watch.edit", Handle: d.attach},
	}
}
