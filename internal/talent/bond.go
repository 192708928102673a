package talent

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Holder says who binds a talent by an exclusivity.
type Holder string

// The holders.
const (
	HolderAgency Holder = "agency" // this agency: the talent is exclusive with us
	HolderOther  Holder = "other"  // another agency or manager
	HolderClient Holder = "client" // a brand: no rival beside it
)

// Exclusivity is a contract by which a talent is bound (A36, B9).
type Exclusivity struct {
	ID, TalentID string
	Holder       Holder
	HolderName   string        // whom it is with; "" for the agency itself
	ClientID     string        // of a client's lock; "" when the brand is no client
	BookingID    string        // the booking that brought it; "" when typed
	Territory    []string      // ISO 3166-1 alpha-2; none = everywhere
	Categories   []string      // none = all
	From, To     worktime.Date // both days count
	NoticeOn     worktime.Date // last day to give notice; "" when none was agreed
	ShareBp      int64         // the agency's commission in basis points; own contracts only
	Note         string
	CreatedAt    time.Time
	Version      int64
}

// The warnings ahead of an end, in days.
const (
	ContractWarnDays = 60 // A36
	RightWarnDays    = 14 // B9
)

// The faults of an exclusivity.
var (
	FaultHolder       = fault.Field("holder", "talent.holder-unknown")
	FaultHolderName   = fault.Field("holder_name", "talent.holder-missing")
	FaultSpanMissing  = fault.Field("from", "talent.span-missing")
	FaultSpanOrder    = fault.Field("to", "talent.span-order")
	FaultTerritory    = fault.Field("territory", "talent.territory-unknown")
	FaultNoticeDay    = fault.Field("notice_on", "talent.notice-wrong")
	FaultShare        = fault.Field("share", "talent.share-wrong")
	FaultOverlap      = fault.New(fault.Conflict, "talent.exclusive-overlap") // args: holder, from, to
	FaultNoContract   = fault.Field("status", "talent.contract-missing")
	FaultRivalBrand   = fault.Field("brand", "talent.rival-missing")
	FaultRivalDay     = fault.Field("seen_on", "talent.rival-day")
	FaultRivalSame    = fault.Field("link", "talent.rival-same")
	FaultRightHolder  = fault.Field("holder_name", "talent.right-holder")
	FaultChannel      = fault.Field("channels", "talent.channel-unknown")
	FaultCodeKind     = fault.Field("code_kind", "talent.code-kind")
	FaultCodeMissing  = fault.Field("code", "talent.code-missing")
	FaultRightNoTitle = fault.Field("title", "talent.right-title")
)

// Check finds everything wrong with an exclusivity at once, by form field.
func (x Exclusivity) Check() error {
	wrong := fault.Fields{}
	if x.Holder != HolderAgency && x.Holder != HolderOther && x.Holder != HolderClient {
		wrong["holder"] = FaultHolder.Code
	}
	if x.Holder != HolderAgency && strings.TrimSpace(x.HolderName) == "" {
		wrong["holder_name"] = FaultHolderName.Code
	}
	checkSpan(wrong, x.From, x.To, false)
	checkTerritory(wrong, x.Territory)
	if x.NoticeOn != "" && (!x.NoticeOn.Valid() || x.NoticeOn.After(x.To)) {
		wrong["notice_on"] = FaultNoticeDay.Code
	}
	if x.ShareBp < 0 || x.ShareBp > 10_000 {
		wrong["share"] = FaultShare.Code
	}
	return wrong.Err()
}

func checkSpan(wrong fault.Fields, from, to worktime.Date, open bool) {
	switch {
	case !from.Valid():
		wrong["from"] = FaultSpanMissing.Code
	case to == "" && open:
	case !to.Valid() || to.Before(from):
		wrong["to"] = FaultSpanOrder.Code
	}
}

func checkTerritory(wrong fault.Fields, codes []string) {
	for _, c := range codes {
		if !KnownCountry(c) {
			wrong["territory"] = FaultTerritory.Code
		}
	}
}

// Covers says whether the contract binds on a day.
func (x Exclusivity) Covers(day worktime.Date) bool { return !x.From.After(day) && !x.To.Before(day) }

// DueSoon says whether a day lies within the last 60 days of the contract, or
// within those before its last day to give notice (A36).
func (x Exclusivity) DueSoon(today worktime.Date) bool {
	return soon(x.To, today, ContractWarnDays) || soon(x.NoticeOn, today, ContractWarnDays)
}

// soon says whether a day is today or at most n days ahead.
func soon(day, today worktime.Date, n int) bool {
	if !day.Valid() {
		return false
	}
	d := today.DaysUntil(day)
	return d >= 0 && d <= n
}

// Excludes says whether two exclusivities of one talent cannot stand side by side
// (A36): both of agencies, or both of different brands, with a day, a territory and
// a category in common. A brand's lock may stand beside an agency's contract.
func (x Exclusivity) Excludes(y Exclusivity) bool {
	brands := x.Holder == HolderClient && y.Holder == HolderClient
	if brands && sameHolder(x, y) || (x.Holder == HolderClient) != (y.Holder == HolderClient) {
		return false
	}
	return !x.To.Before(y.From) && !y.To.Before(x.From) && meet(x.Territory, y.Territory) && meet(x.Categories, y.Categories)
}

func sameHolder(x, y Exclusivity) bool {
	return x.ClientID != "" && x.ClientID == y.ClientID || foldKey(x.HolderName) == foldKey(y.HolderName)
}

// meet says whether two lists have something in common; an empty list holds all.
func meet(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if strings.EqualFold(x, y) {
				return true
			}
		}
	}
	return false
}

// foldKey is a name as names are compared: letters and digits, lower case.
func foldKey(s string) string { return plain(s) }
