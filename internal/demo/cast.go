package demo

import (
	"slices"
	"strings"

	"kolega/internal/access"
)

// Cast is who can be played on with when the play is over.
type Cast struct {
	Logins []Login
	Links  []Link
	IDs    map[string]string // ids of campaigns by script: "wardah", "grab", …
}

// Login is a person of the agency who can sign in.
type Login struct {
	Role     access.Role `json:"role"`
	Name     string      `json:"name"`
	Email    string      `json:"email"`
	Password string      `json:"password"`
	Token    string      `json:"token"` // to the API, in the person's name
}

// Link opens one room for one person outside the agency.
type Link struct {
	Party    access.Role // client or talent
	Name     string
	Campaign string
	Script   string // key of the campaign in Cast.IDs
	Why      string // what waits there; empty when nothing does
	Token    string
}

// URL is the link's address under that of the program.
func (l Link) URL(base string) string {
	door := "/t/"
	switch l.Party {
	case access.Client:
		door = "/c/"
	case DeckReader:
		door = "/d/"
	}
	return strings.TrimSuffix(base, "/") + door + l.Token
}

// OnePerRole gives the first sign-in of each role.
func (c *Cast) OnePerRole() (out []Login) {
	for _, l := range c.Logins {
		if !slices.ContainsFunc(out, func(o Login) bool { return o.Role == l.Role }) {
			out = append(out, l)
		}
	}
	return out
}

// Shown gives the links behind which something waits: clients first, then by
// campaign, the launch of the two way cake on top.
func (c *Cast) Shown() (out []Link) {
	for _, l := range c.Links {
		if l.Why != "" {
			out = append(out, l)
		}
	}
	place := func(l Link) int {
		at := slices.Index(showOrder, l.Script)
		if l.Party == access.Talent {
			at += len(showOrder)
		}
		return at
	}
	slices.SortStableFunc(out, func(a, b Link) int { return place(a) - place(b) })
	return out
}

var showOrder = []string{"wardah", "disney", "xonce", "grab", "focallure", "executive", "deck"}
