// Package review is the part of the staff app about drafts: the queue, the two keys,
// the ruling of rounds, change requests and decisions told in a chat.
package review

import (
	"kolega/internal/web"
	"kolega/internal/web/house"
	"kolega/internal/web/media"
)

type rooms struct{ *house.House }

// Routes are the pages of this area.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	const room = "/campaigns/{id}/drafts/{draft}"
	return append(media.NewTus(h).Routes(),
		web.Route{Method: "GET", Pattern: "/campaigns/{id}/drafts", Verb: "draft.see", Handle: d.queue},
		web.Route{Method: "GET", Pattern: room, Verb: "draft.see", Handle: d.room},
		web.Route{Method: "POST", Pattern: room + "/upload", Verb: "draft.upload", Handle: d.upload},
		web.Route{Method: "POST", Pattern: room + "/check", Verb: "draft.see", Handle: d.check},
		web.Route{Method: "POST", Pattern: room + "/remarks", Verb: "draft.remark", Handle: d.remark},
		web.Route{Method: "POST", Pattern: room + "/remarks/{remark}/remove", Verb: "draft.remark", Handle: d.removeRemark},
		web.Route{Method: "POST", Pattern: room + "/show", Verb: "draft.check.final", Handle: d.show},
		web.Route{Method: "POST", Pattern: room + "/record", Verb: "draft.record", Handle: d.record},
		web.Route{Method: "POST", Pattern: room + "/claims", Verb: "draft.check.final", Handle: d.claims},
		web.Route{Method: "POST", Pattern: room + "/rounds/{round}", Verb: "round.rule", Handle: d.rule},
		web.Route{Method: "POST", Pattern: room + "/items/{item}/goodwill", Verb: "round.goodwill", Handle: d.goodwill},
		web.Route{Method: "POST", Pattern: room + "/items/{item}/settle", Verb: "round.settle", Handle: d.settle},
		web.Route{Method: "POST", Pattern: room + "/items/{item}/outcome", Verb: "draft.see", Handle: d.outcome},
		web.Route{Method: "POST", Pattern: room + "/changes/{change}", Verb: "change.price", Handle: d.price},
		web.Route{Method: "POST", Pattern: room + "/changes/{change}/withdraw", Verb: "change.price", Handle: d.withdraw},
		web.Route{Method: "POST", Pattern: room + "/concept", Verb: "concept.send", Handle: d.sendConcept},
		web.Route{Method: "POST", Pattern: room + "/concept/ask", Verb: "concept.ask", Handle: d.askConcept},
		web.Route{Method: "POST", Pattern: room + "/concept/waive", Verb: "concept.ask", Handle: d.waiveConcept},
		web.Route{Method: "POST", Pattern: room + "/concept/look", Verb: "draft.see", Handle: d.lookAtConcept},
		web.Route{Method: "GET", Pattern: "/concepts/{concept}/{picture}", Verb: "draft.see", Handle: media.ServePicture(h)},
		web.Route{Method: "GET", Pattern: "/library", Verb: "draft.see", Handle: d.library},
		web.Route{Method: "GET", Pattern: "/finals/{version}", Verb: "draft.see", Handle: media.ServeFinal(h)},
		web.Route{Method: "GET", Pattern: "/draft-files/{version}", Verb: "draft.see", Handle: media.ServeDraft(h)},
	)
}
