// Package tasks is the part of the staff app about who does what until when: one's
// own day, a task, everybody's load, and who is away.
package tasks

import (
	"kolega/internal/web"
	"kolega/internal/web/house"
)

type rooms struct{ *house.House }

// Routes are the pages about tasks and leave.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/tasks", Verb: "task.see", Handle: d.day},
		{Method: "GET", Pattern: "/tasks/new", Verb: "task.give", Handle: d.newForm},
		{Method: "POST", Pattern: "/tasks", Verb: "task.give", Handle: d.give},
		{Method: "GET", Pattern: "/tasks/{id}", Verb: "task.see", Handle: d.show},
		{Method: "GET", Pattern: "/tasks/{id}/edit", Verb: "task.give", Handle: d.editForm},
		{Method: "POST", Pattern: "/tasks/{id}", Verb: "task.give", Handle: d.edit},
		{Method: "POST", Pattern: "/tasks/{id}/accept", Verb: "task.give", Handle: d.accept},
		{Method: "POST", Pattern: "/tasks/{id}/finish", Verb: "task.give", Handle: d.finish},
		{Method: "POST", Pattern: "/tasks/{id}/reopen", Verb: "task.give", Handle: d.reopen},
		{Method: "POST", Pattern: "/tasks/{id}/drop", Verb: "task.give", Handle: d.drop},
		{Method: "GET", Pattern: "/workload", Verb: "task.see", Handle: d.load},
		{Method: "POST", Pattern: "/leave", Verb: "task.leave", Handle: d.takeLeave},
		{Method: "POST", Pattern: "/leave/{id}/drop", Verb: "task.leave", Handle: d.dropLeave},
	}
}
