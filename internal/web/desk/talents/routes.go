// Package talents is the part of the staff app about creators and media accounts:
// the list with its filters, one talent's page, and taking a table in.
package talents

import (
	"kolega/internal/web"
	"kolega/internal/web/house"
)

type rooms struct{ *house.House }

// PublicRoutes are what anybody with a link may open.
func PublicRoutes(h *house.House) []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/s/{token}", Handle: rooms{h}.openSheet}}
}

// Routes are the screens of talents.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/talents", Verb: "match.search", Handle: d.list},
		{Method: "GET", Pattern: "/talents/new", Verb: "talent.edit", Handle: d.newForm},
		{Method: "POST", Pattern: "/talents/new", Verb: "talent.edit", Handle: d.create},
		{Method: "GET", Pattern: "/talents/import", Verb: "talent.import", Handle: d.bringForm},
		{Method: "POST", Pattern: "/talents/import", Verb: "talent.import", Handle: d.bring},
		{Method: "GET", Pattern: "/talent-imports/{id}", Verb: "talent.import", Handle: d.table},
		{Method: "POST", Pattern: "/talent-imports/{id}", Verb: "talent.import", Handle: d.adjust},
		{Method: "GET", Pattern: "/talents/duplicates", Verb: "talent.merge", Handle: d.duplicates},
		{Method: "POST", Pattern: "/talents/duplicates", Verb: "talent.merge", Handle: d.tellApart},
		{Method: "GET", Pattern: "/talents/merge", Verb: "talent.merge", Handle: d.mergeForm},
		{Method: "POST", Pattern: "/talents/merge", Verb: "talent.merge", Handle: d.merge},
		{Method: "POST", Pattern: "/talents/bulk", Verb: "talent.bulk", Handle: d.bulk},
		{Method: "POST", Pattern: "/talents/export", Verb: "talent.export", Handle: d.export},
		{Method: "POST", Pattern: "/talent-views", Verb: "match.search", Handle: d.saveView},
		{Method: "POST", Pattern: "/talent-views/{id}/remove", Verb: "match.search", Handle: d.removeView},
		{Method: "GET", Pattern: "/talents/{id}", Verb: "talent.see", Handle: d.show},
		{Method: "GET", Pattern: "/talents/{id}/edit", Verb: "talent.edit", Handle: d.editForm},
		{Method: "POST", Pattern: "/talents/{id}/edit", Verb: "talent.edit", Handle: d.edit},
		{Method: "POST", Pattern: "/talents/{id}/accounts", Verb: "talent.edit", Handle: d.addAccount},
		{Method: "GET", Pattern: "/talents/{id}/accounts/{account}", Verb: "talent.edit", Handle: d.account},
		{Method: "POST", Pattern: "/talents/{id}/accounts/{account}", Verb: "talent.edit", Handle: d.editAccount},
		{Method: "POST", Pattern: "/talents/{id}/accounts/{account}/audience", Verb: "talent.edit", Handle: d.setAudience},
		{Method: "POST", Pattern: "/talents/{id}/contracts", Verb: "talent.edit", Handle: d.addContract},
		{Method: "POST", Pattern: "/talents/{id}/contracts/{contract}/end", Verb: "talent.edit", Handle: d.endContract},
		{Method: "GET", Pattern: "/rights", Verb: "right.see", Handle: d.register},
		{Method: "POST", Pattern: "/talents/{id}/rights", Verb: "right.edit", Handle: d.addRight},
		{Method: "POST", Pattern: "/talents/{id}/rights/{right}", Verb: "right.edit", Handle: d.editRight},
		{Method: "POST", Pattern: "/talents/{id}/rights/{right}/code", Verb: "right.code", Handle: d.seeCode},
		{Method: "POST", Pattern: "/talents/{id}/rivals", Verb: "talent.edit", Handle: d.seeRival},
		{Method: "POST", Pattern: "/talents/{id}/facts/{fact}", Verb: "talent.settle", Handle: d.settle},
		{Method: "POST", Pattern: "/talents/{id}/consent", Verb: "talent.edit", Handle: d.giveConsent},
		{Method: "POST", Pattern: "/talents/{id}/consent/withdraw", Verb: "talent.edit", Handle: d.withdrawConsent},
		{Method: "POST", Pattern: "/talents/{id}/sheets", Verb: "talent.edit", Handle: d.makeSheet},
		{Method: "POST", Pattern: "/talents/{id}/sheets/{sheet}/withdraw", Verb: "talent.edit", Handle: d.withdrawSheet},
		{Method: "POST", Pattern: "/talents/{id}/rates", Verb: "talent.edit", Handle: d.setRate},
		{Method: "POST", Pattern: "/talents/{id}/rates/{rate}/remove", Verb: "talent.edit", Handle: d.removeRate},
		{Method: "POST", Pattern: "/talents/{id}/absences", Verb: "talent.edit", Handle: d.addAbsence},
		{Method: "POST", Pattern: "/talents/{id}/absences/{absence}/remove", Verb: "talent.edit", Handle: d.removeAbsence},
		{Method: "POST", Pattern: "/talents/{id}/route", Verb: "talent.bank.edit", Handle: d.setRoute},
		{Method: "POST", Pattern: "/talents/{id}/route/confirm", Verb: "talent.bank.edit", Handle: d.confirmRoute},
		{Method: "POST", Pattern: "/talents/{id}/route/number", Verb: "talent.bank.see", Handle: d.seeNumber},
		{Method: "POST", Pattern: "/talents/{id}/identity", Verb: "talent.bank.edit", Handle: d.setIdentity},
	}
}
