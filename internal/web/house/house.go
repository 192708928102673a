// Package house holds the use cases of all slices in one struct, which the
// doors are given. It has no behaviour.
package house

import (
	"kolega/internal/access"
	"kolega/internal/agenda"
	"kolega/internal/billing"
	"kolega/internal/blob"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/chat"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/custom"
	"kolega/internal/db"
	"kolega/internal/exchange"
	"kolega/internal/find"
	"kolega/internal/idea"
	"kolega/internal/ledger"
	"kolega/internal/match"
	"kolega/internal/meeting"
	"kolega/internal/message"
	"kolega/internal/notice"
	"kolega/internal/payout"
	"kolega/internal/pitch"
	"kolega/internal/privacy"
	"kolega/internal/proof"
	"kolega/internal/rapport"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/secret"
	"kolega/internal/shoot"
	"kolega/internal/talent"
	"kolega/internal/task"
)

// House is what stands behind the doors.
type House struct {
	DB   *db.DB
	Box  *secret.Box
	Blob blob.Store

	Access   *access.Service
	Message  *message.Service
	Rapport  *rapport.Service
	Task     *task.Service
	Boards   *report.Boards
	Chat     *chat.Service
	Shoot    *shoot.Service
	Review   *review.Service
	Talent   *talent.Service
	Match    *match.Service
	Country  *country.Service
	Client   *client.Service
	Meeting  *meeting.Service
	Agenda   *agenda.Service
	Notice   *notice.Service
	Campaign *campaign.Service
	Casting  *casting.Service
	Result   *result.Service
	Billing  *billing.Service
	Report   *report.Service
	Ledger   *ledger.Service
	Exchange *exchange.Service
	Payout   *payout.Service
	Privacy  *privacy.Service
	Find     *find.Service
	Custom   *custom.Service
	Idea     *idea.Service
	Proof    *proof.Service
	Pitch    *pitch.Service
}
