// Package campaigns is the part of the staff app about running campaigns: their
// list, the start from a playbook, the brief, the slots, the timeline of plan
// against actual, and what happened. The board of one campaign is another room.
package campaigns

import (
	"kolega/internal/web"
	"kolega/internal/web/house"
)

type rooms struct{ *house.House }

// Routes are the pages about campaigns, briefs, slots, timelines and playbooks.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return append(d.siteRoutes(), []web.Route{
		{Method: "GET", Pattern: "/campaigns", Verb: "campaign.see", Handle: d.list},
		{Method: "GET", Pattern: "/campaigns/new", Verb: "campaign.start", Handle: d.newForm},
		{Method: "POST", Pattern: "/campaigns", Verb: "campaign.start", Handle: d.start},
		{Method: "GET", Pattern: "/campaigns/{id}/edit", Verb: "campaign.edit", Handle: d.editForm},
		{Method: "POST", Pattern: "/campaigns/{id}/edit", Verb: "campaign.edit", Handle: d.edit},
		{Method: "POST", Pattern: "/campaigns/{id}/kickoff", Verb: "campaign.edit", Handle: d.kickOff},
		{Method: "GET", Pattern: "/campaigns/{id}/activity", Verb: "audit.see", Handle: d.activity},

		{Method: "GET", Pattern: "/campaigns/{id}/brief", Verb: "brief.see", Handle: d.brief},
		{Method: "GET", Pattern: "/campaigns/{id}/brief/versions/{n}", Verb: "brief.see", Handle: d.briefVersion},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/suggest", Verb: "brief.edit", Handle: d.suggest},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/pasted", Verb: "brief.edit", Handle: d.addPasted},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/files", Verb: "brief.edit", Handle: d.keepDocument},
		{Method: "GET", Pattern: "/campaigns/{id}/brief/files/{file}", Verb: "brief.edit", Handle: d.readDocument},
		{Method: "GET", Pattern: "/campaigns/{id}/brief/files/{file}/raw", Verb: "brief.see", Handle: d.rawDocument},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/points", Verb: "brief.edit", Handle: d.addPoint},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/order", Verb: "brief.edit", Handle: d.orderPoints},
		{Method: "GET", Pattern: "/campaigns/{id}/brief/points/{point}", Verb: "brief.edit", Handle: d.pointForm},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/points/{point}", Verb: "brief.edit", Handle: d.savePoint},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/points/{point}/drop", Verb: "brief.edit", Handle: d.dropPoint},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/questions", Verb: "brief.edit", Handle: d.addQuestion},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/questions/{question}/drop", Verb: "brief.edit", Handle: d.dropQuestion},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/inquiries/{inquiry}", Verb: "brief.edit", Handle: d.answerInquiry},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/revise", Verb: "brief.edit", Handle: d.revise},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/share", Verb: "brief.share", Handle: d.share},
		{Method: "POST", Pattern: "/campaigns/{id}/brief/proposals/{proposal}/withdraw", Verb: "brief.share", Handle: d.withdrawProposal},

		{Method: "POST", Pattern: "/campaigns/{id}/brief/claims", Verb: "brief.edit", Handle: d.attachClaims},

		{Method: "GET", Pattern: "/campaigns/{id}/slots", Verb: "campaign.see", Handle: d.slots},
		{Method: "POST", Pattern: "/campaigns/{id}/slots", Verb: "slot.edit", Handle: d.addSlots},
		{Method: "GET", Pattern: "/campaigns/{id}/slots/{slot}", Verb: "slot.edit", Handle: d.slotForm},
		{Method: "POST", Pattern: "/campaigns/{id}/slots/{slot}", Verb: "slot.edit", Handle: d.saveSlot},
		{Method: "POST", Pattern: "/campaigns/{id}/slots/{slot}/drop", Verb: "slot.edit", Handle: d.dropSlot},
		{Method: "POST", Pattern: "/campaigns/{id}/slots/{slot}/restore", Verb: "slot.edit", Handle: d.restoreSlot},

		{Method: "GET", Pattern: "/timeline", Verb: "timeline.see", Handle: d.timeline},
		{Method: "GET", Pattern: "/timeline.xlsx", Verb: "timeline.see", Handle: d.timelineSheet},
		{Method: "GET", Pattern: "/campaigns/{id}/timeline", Verb: "timeline.see", Handle: d.campaignTimeline},
		{Method: "GET", Pattern: "/campaigns/{id}/timeline.xlsx", Verb: "timeline.see", Handle: d.timelineSheet},
		{Method: "POST", Pattern: "/campaigns/{id}/works", Verb: "campaign.edit", Handle: d.addWork},
		{Method: "GET", Pattern: "/campaigns/{id}/works/{work}", Verb: "timeline.see", Handle: d.workForm},
		{Method: "POST", Pattern: "/campaigns/{id}/works/{work}", Verb: "campaign.edit", Handle: d.saveWork},
		{Method: "POST", Pattern: "/campaigns/{id}/works/{work}/record", Verb: "work.record", Handle: d.recordWork},
		{Method: "POST", Pattern: "/campaigns/{id}/works/{work}/drop", Verb: "campaign.edit", Handle: d.dropWork},

		{Method: "GET", Pattern: "/playbooks", Verb: "campaign.see", Handle: d.playbooks},
		{Method: "GET", Pattern: "/playbooks/{key}", Verb: "campaign.see", Handle: d.playbook},
		{Method: "POST", Pattern: "/playbooks/{key}", Verb: "access.settings", Handle: d.savePlaybook},
	}...)
}

// siteRoutes are the pages about what happens outside: on location and in chats.
func (d rooms) siteRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/campaigns/{id}/shoots", Verb: "shoot.see", Handle: d.shoots},
		{Method: "POST", Pattern: "/campaigns/{id}/shoots", Verb: "shoot.edit", Handle: d.planShoot},
		{Method: "GET", Pattern: "/campaigns/{id}/shoots/{shoot}", Verb: "shoot.see", Handle: d.day},
		{Method: "GET", Pattern: "/campaigns/{id}/shoots/{shoot}/page", Verb: "shoot.see", Handle: d.savedDay},
		{Method: "POST", Pattern: "/campaigns/{id}/shoots/{shoot}/calls", Verb: "shoot.edit", Handle: d.call},
		{Method: "POST", Pattern: "/campaigns/{id}/shoots/{shoot}/calls/{call}/drop", Verb: "shoot.edit", Handle: d.dropCall},
		{Method: "POST", Pattern: "/campaigns/{id}/shoots/{shoot}/film", Verb: "shoot.edit", Handle: d.film},
		{Method: "POST", Pattern: "/campaigns/{id}/shoots/{shoot}/wishes", Verb: "shoot.edit", Handle: d.noteWish},
		{Method: "POST", Pattern: "/campaigns/{id}/shoots/{shoot}/wishes/{wish}", Verb: "shoot.edit", Handle: d.ruleWish},
		{Method: "GET", Pattern: "/campaigns/{id}/chats", Verb: "chat.see", Handle: d.chats},
		{Method: "POST", Pattern: "/campaigns/{id}/chats", Verb: "chat.import", Handle: d.importChat},
	}
}
