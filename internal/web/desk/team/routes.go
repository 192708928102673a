// Package team is the part of the staff app about people: coming in, one's own
// account, colleagues, the links of outsiders, and what the agency says of itself.
package team

import (
	"kolega/internal/web"
	"kolega/internal/web/house"
)

type desk struct{ *house.House }

// PublicRoutes are the pages that open without being signed in.
func PublicRoutes(h *house.House) []web.Route {
	d := desk{h}
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
	d := desk{h}
	return []web.Route{
		{Method: "POST", Pattern: "/sign-out", Verb: "access.self", Handle: d.signOut},
	}
}
