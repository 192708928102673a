package casting

import (
	"kolega/internal/web"
	"kolega/internal/web/house"
)

type rooms struct{ *house.House }

// Routes is the table of the area.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/settings/fit", Verb: "access.settings", Handle: d.weights},
		{Method: "POST", Pattern: "/settings/fit", Verb: "access.settings", Handle: d.saveWeights},
		{Method: "GET", Pattern: "/campaigns/{id}/shortlist", Verb: "cast.see", Handle: d.shortlist},
		{Method: "GET", Pattern: "/campaigns/{id}/shortlist/add", Verb: "cast.shortlist", Handle: d.addForm},
		{Method: "POST", Pattern: "/campaigns/{id}/shortlist", Verb: "cast.shortlist", Handle: d.add},
		{Method: "GET", Pattern: "/campaigns/{id}/shortlist/preview", Verb: "cast.see", Handle: d.preview},
		{Method: "GET", Pattern: "/campaigns/{id}/shortlist/share", Verb: "cast.share", Handle: d.shareForm},
		{Method: "POST", Pattern: "/campaigns/{id}/shortlist/share", Verb: "cast.share", Handle: d.share},
		{Method: "GET", Pattern: "/campaigns/{id}/candidates/{candidate}", Verb: "cast.see", Handle: d.candidate},
		{Method: "POST", Pattern: "/campaigns/{id}/candidates/{candidate}", Verb: "cast.shortlist", Handle: d.edit},
		{Method: "POST", Pattern: "/campaigns/{id}/candidates/{candidate}/rank", Verb: "cast.shortlist", Handle: d.rank},
		{Method: "POST", Pattern: "/campaigns/{id}/candidates/{candidate}/remove", Verb: "cast.shortlist", Handle: d.remove},
		{Method: "POST", Pattern: "/campaigns/{id}/candidates/{candidate}/restore", Verb: "cast.shortlist", Handle: d.restore},
		{Method: "GET", Pattern: "/campaigns/{id}/picks", Verb: "cast.see", Handle: d.picks},
		{Method: "POST", Pattern: "/campaigns/{id}/picks", Verb: "cast.share", Handle: d.recordPicks},
		{Method: "GET", Pattern: "/campaigns/{id}/bookings", Verb: "booking.see", Handle: d.bookings},
		{Method: "GET", Pattern: "/campaigns/{id}/candidates/{candidate}/offer", Verb: "offer.send", Handle: d.offerForm},
		{Method: "POST", Pattern: "/campaigns/{id}/candidates/{candidate}/offer", Verb: "offer.send", Handle: d.sendOffer},
		{Method: "POST", Pattern: "/campaigns/{id}/offers/{offer}/take", Verb: "offer.send", Handle: d.takeCounter},
		{Method: "POST", Pattern: "/campaigns/{id}/offers/{offer}/withdraw", Verb: "offer.send", Handle: d.withdraw},
		{Method: "GET", Pattern: "/campaigns/{id}/seats/{slot}/replacements", Verb: "cast.see", Handle: d.replacements},
		{Method: "POST", Pattern: "/campaigns/{id}/seats/{slot}/replacements", Verb: "cast.share", Handle: d.propose},
		{Method: "GET", Pattern: "/campaigns/{id}/bookings/{booking}/incident", Verb: "booking.edit", Handle: d.incident},
		{Method: "POST", Pattern: "/campaigns/{id}/bookings/{booking}/incident", Verb: "booking.edit", Handle: d.decideIncident},
		{Method: "GET", Pattern: "/campaigns/{id}/shortlist/lineup", Verb: "cast.see", Handle: d.lineUp},
		{Method: "POST", Pattern: "/campaigns/{id}/bookings/{booking}/parcel", Verb: "booking.edit", Handle: d.askParcel},
		{Method: "POST", Pattern: "/campaigns/{id}/bookings/{booking}/parcel/sent", Verb: "booking.edit", Handle: d.sendParcel},
		{Method: "POST", Pattern: "/campaigns/{id}/bookings/{booking}/parcel/arrived", Verb: "booking.edit", Handle: d.parcelArrived},
		{Method: "GET", Pattern: "/campaigns/{id}/shortlist/compare", Verb: "cast.see", Handle: d.compare},
		{Method: "GET", Pattern: "/campaigns/{id}/shortlist/export/{for}/{as}", Verb: "cast.see", Handle: d.export},
		{Method: "GET", Pattern: "/campaigns/{id}/handover", Verb: "cast.see", Handle: d.handover},
		{Method: "POST", Pattern: "/campaigns/{id}/handover", Verb: "campaign.edit", Handle: d.handOver},
		{Method: "POST", Pattern: "/campaigns/{id}/handover/{handover}/seen", Verb: "cast.shortlist", Handle: d.confirmHandover},
		{Method: "POST", Pattern: "/campaigns/{id}/handover/{handover}/ask", Verb: "cast.shortlist", Handle: d.askHandover},
		{Method: "POST", Pattern: "/campaigns/{id}/handover/{handover}/questions/{question}", Verb: "campaign.edit", Handle: d.answerHandover},
		{Method: "POST", Pattern: "/campaigns/{id}/handover/{handover}/ready", Verb: "cast.shortlist", Handle: d.listReady},
		{Method: "GET", Pattern: "/handovers", Verb: "cast.see", Handle: d.handovers},
		{Method: "GET", Pattern: "/approvals", Verb: "cast.shortlist", Handle: d.approvals},
		{Method: "POST", Pattern: "/approvals/{ask}", Verb: "cast.shortlist", Handle: d.decideAsk},
		{Method: "POST", Pattern: "/approvals/floor", Verb: "offer.floor", Handle: d.setFloor},
		{Method: "POST", Pattern: "/approvals/trainees/{person}/supervisor", Verb: "access.trust", Handle: d.supervise},
		{Method: "POST", Pattern: "/approvals/trainees/{person}/trust", Verb: "access.trust", Handle: d.trust},
	}
}
