// Package team is the part of the staff app about people: coming in, one's own
// account, colleagues, the links of outsiders, and what the agency says of itself.
package team

import (
	"kolega/internal/web"
	"kolega/internal/web/house"
)

type rooms struct{ *house.House }

// PublicRoutes are the pages that open without being signed in.
func PublicRoutes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/{$}", Handle: d.home},
		{Method: "GET", Pattern: "/sign-in", Handle: d.signInForm},
		{Method: "POST", Pattern: "/sign-in", Handle: d.signIn},
		{Method: "GET", Pattern: "/set-up", Handle: d.setUpForm},
		{Method: "POST", Pattern: "/set-up", Handle: d.setUp},
		{Method: "GET", Pattern: "/join/{token}", Handle: d.joinForm},
		{Method: "POST", Pattern: "/join/{token}", Handle: d.join},
	}
}

// Routes are the pages of people who are signed in.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "POST", Pattern: "/sign-out", Verb: "access.self", Handle: d.signOut},
		{Method: "GET", Pattern: "/me", Verb: "access.self", Handle: d.me},
		{Method: "POST", Pattern: "/me", Verb: "access.self", Handle: d.saveMe},
		{Method: "GET", Pattern: "/me/totp", Verb: "access.self", Handle: d.totpForm},
		{Method: "POST", Pattern: "/me/totp", Verb: "access.self", Handle: d.confirmTOTP},
		{Method: "POST", Pattern: "/me/sessions/{id}/end", Verb: "access.self", Handle: d.endSession},
		{Method: "POST", Pattern: "/me/tokens", Verb: "access.self", Handle: d.makeToken},
		{Method: "POST", Pattern: "/me/tokens/{id}/revoke", Verb: "access.self", Handle: d.revokeToken},
		{Method: "GET", Pattern: "/team", Verb: "access.self", Handle: d.people},
		{Method: "POST", Pattern: "/team/invite", Verb: "access.invite", Handle: d.invite},
		{Method: "POST", Pattern: "/team/{id}", Verb: "access.people", Handle: d.editPerson},
		{Method: "GET", Pattern: "/team/rights", Verb: "access.self", Handle: d.rights},
		{Method: "GET", Pattern: "/links", Verb: "access.links", Handle: d.links},
		{Method: "POST", Pattern: "/links/{id}/revoke", Verb: "access.links", Handle: d.revokeLink},
		{Method: "GET", Pattern: "/countries", Verb: "campaign.see", Handle: d.countries},
		{Method: "GET", Pattern: "/countries/new", Verb: "access.settings", Handle: d.newCountry},
		{Method: "POST", Pattern: "/countries", Verb: "access.settings", Handle: d.saveCountry},
		{Method: "GET", Pattern: "/countries/{code}", Verb: "campaign.see", Handle: d.country},
		{Method: "POST", Pattern: "/countries/{code}", Verb: "access.settings", Handle: d.saveCountry},
		{Method: "POST", Pattern: "/countries/{code}/holidays", Verb: "access.settings", Handle: d.addHoliday},
		{Method: "POST", Pattern: "/countries/{code}/holidays/{holiday}/drop", Verb: "access.settings", Handle: d.dropHoliday},
		{Method: "GET", Pattern: "/settings", Verb: "access.settings", Handle: d.settings},
		{Method: "POST", Pattern: "/settings", Verb: "access.settings", Handle: d.saveSettings},
		{Method: "GET", Pattern: "/settings/jobs", Verb: "access.settings", Handle: d.parked},
		{Method: "POST", Pattern: "/settings/jobs/{id}/again", Verb: "access.settings", Handle: d.runAgain},
	}
}
