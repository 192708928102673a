// Package payout is money out: what talents earned, what tax is withheld, and
// how it reaches them, once (R10, R11).
//
// Words. A payout is one milestone's share of a booking's fee. An attempt is one
// try to send its net; a part is one transfer of an attempt, more than one where
// the amount is over the route's limit. A rail is a way money travels to a
// country: its limit, cut-off and days. A hold keeps a due payout back for one of
// fixed reasons until a day. A batch is what one person prepared together.
//
// Laws. A payout's due day comes from the talent's milestone and never from the
// client's money. At most one attempt is live. Who prepares does not release, nor
// does who last changed the account. Paid means arrived. The amount and account
// that were approved are what is sent, or the approval is void. Tax tables and
// rails are dated rows. Account numbers are sealed, never logged, and each look
// at them is on the trail.
//
// Report and the doors may import payout.
package payout
