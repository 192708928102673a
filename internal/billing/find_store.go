package billing

import "kolega/internal/find"

// Findable is what of this room the search finds: agreements and invoices, by their own
// numbers and those the client gave them.
var Findable = []find.Source{
	find.From(find.Agreement, "agreement.see", `SELECT a.id, a.id, a.title, c.name, COALESCE(a.number, ''), a.client_ref, '', a.made_at
		FROM agreement a JOIN client c ON c.id = a.client_id`),
	find.From(find.Invoice, "invoice.see", `SELECT i.id, i.id, COALESCE(i.number, ''), c.name, i.po_number, COALESCE(a.number, ''), COALESCE(a.title, ''), i.made_at
		FROM invoice i JOIN client c ON c.id = i.client_id LEFT JOIN agreement a ON a.id = i.agreement_id WHERE i.dropped_at IS NULL`),
}
