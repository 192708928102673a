// Package clients is the part of the staff app about those who pay: companies,
// their brands and the people who decide there.
package clients

import (
	"kolega/internal/web"
	"kolega/internal/web/house"
)

type rooms struct{ *house.House }

// Routes are the pages about clients, brands and contacts.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return []web.Route{
		{Method: "GET", Pattern: "/clients", Verb: "client.see", Handle: d.list},
		{Method: "GET", Pattern: "/clients/new", Verb: "client.edit", Handle: d.newForm},
		{Method: "POST", Pattern: "/clients", Verb: "client.edit", Handle: d.add},
		{Method: "GET", Pattern: "/clients/{id}", Verb: "client.see", Handle: d.show},
		{Method: "GET", Pattern: "/clients/{id}/edit", Verb: "client.edit", Handle: d.editForm},
		{Method: "POST", Pattern: "/clients/{id}", Verb: "client.edit", Handle: d.edit},
		{Method: "GET", Pattern: "/clients/{id}/brands/{brand}", Verb: "client.edit", Handle: d.brandForm},
		{Method: "POST", Pattern: "/clients/{id}/brands/{brand}", Verb: "client.edit", Handle: d.saveBrand},
		{Method: "GET", Pattern: "/clients/{id}/contacts/{contact}", Verb: "client.edit", Handle: d.contactForm},
		{Method: "POST", Pattern: "/clients/{id}/contacts/{contact}", Verb: "client.edit", Handle: d.saveContact},
		{Method: "POST", Pattern: "/clients/{id}/contacts/{contact}/left", Verb: "client.edit", Handle: d.markLeft},
		{Method: "GET", Pattern: "/clients/{id}/brands/{brand}/profile", Verb: "client.see", Handle: d.profile},
		{Method: "POST", Pattern: "/clients/{id}/brands/{brand}/profile", Verb: "client.edit", Handle: d.saveProfile},
		{Method: "POST", Pattern: "/clients/{id}/log", Verb: "client.edit", Handle: d.log},
		{Method: "POST", Pattern: "/clients/{id}/care", Verb: "client.edit", Handle: d.lookAfter},
		{Method: "POST", Pattern: "/clients/{id}/issues", Verb: "client.edit", Handle: d.openIssue},
		{Method: "POST", Pattern: "/clients/{id}/issues/{issue}/close", Verb: "client.edit", Handle: d.closeIssue},
		{Method: "GET", Pattern: "/brands", Verb: "client.see", Handle: d.brands},
	}
}
