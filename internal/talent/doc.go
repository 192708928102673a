// Package talent knows the people and media accounts an agency books.
//
// Words. A Talent is a creator or a media account as a business partner: one
// name, one tax kind, one way to be paid. An Account is that talent on one
// platform, with dated figures. A Rate is one line of the rate card. A Route is
// how money reaches the talent. A Fact is one kept or broken promise (R13).
//
// Laws. Figures carry their date and source and are never guessed: an unknown
// number stays unknown. Bank and identity numbers are sealed before they reach
// the database and never enter the audit trail or a log. A changed payout route
// holds payouts for three days (R10). An import loses no row silently and, run
// again, changes nothing. Every change of a talent moves the change sequence,
// which the search index of package match follows.
//
// Every slice above may import talent; it imports access, audit and the foundation.
package talent
