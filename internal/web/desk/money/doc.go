// Package money is the part of the staff app about money: agreements, invoices,
// receipts and credit notes, payouts and their batches, the ledger and the margin
// of a campaign.
package money

import (
	"kolega/internal/web"
	"kolega/internal/web/house"
)

type rooms struct{ *house.House }

// Routes are the pages about money.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	var all []web.Route
	for _, part := range [][]web.Route{d.overviewRoutes(), d.agreementRoutes(), d.callOffRoutes(), d.signerRoutes(), d.accountRoutes(), d.withheldRoutes(), d.templateRoutes(), d.invoiceRoutes(), d.receiptRoutes(), d.statementRoutes(), d.payoutRoutes(), d.providerRoutes(), d.ledgerRoutes(), d.bookRoutes(), d.rateRoutes()} {
		all = append(all, part...)
	}
	return all
}
