package client

import "kolega/internal/find"

// Findable is what of this room the search finds: clients, brands, contacts and work
// that may be won.
var Findable = []find.Source{
	find.From(find.Client, "client.see", `SELECT id, id, name, CASE WHEN legal_name = name THEN '' ELSE legal_name END, '', '', '', made_at FROM client`),
	find.From(find.Brand, "client.see", `SELECT b.id, b.client_id, b.name, c.name, b.category, '', '', c.made_at FROM brand b JOIN client c ON c.id = b.client_id`),
	find.From(find.Contact, "client.see", `SELECT p.id, p.client_id, p.name, c.name, p.email, p.phone, p.title, c.made_at FROM contact p JOIN client c ON c.id = p.client_id`),
	find.From(find.Opportunity, "opportunity.see", `SELECT id, id, title, brand, source, '', '', made_at FROM opportunity`),
}
