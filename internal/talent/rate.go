package talent

import (
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Format is a kind of content a rate buys.
type Format string

// The formats of a rate card. FormatPost is any single post where the card does
// not say more.
const (
	FormatPost    Format = "post"
	FormatReels   Format = "reels"
	FormatStory   Format = "story"
	FormatFeed    Format = "feed"
	FormatVideo   Format = "video"
	FormatShorts  Format = "shorts"
	FormatLive    Format = "live"
	FormatThread  Format = "thread"
	FormatAttend  Format = "attend" // comes to a place
	FormatPackage Format = "package"
)

// Formats lists them in the order of the screens.
func Formats() []Format {
	return []Format{FormatPost, FormatReels, FormatStory, FormatFeed, FormatVideo, FormatShorts, FormatLive, FormatThread, FormatAttend, FormatPackage}
}

// Known says whether this is one of Formats.
func (f Format) Known() bool {
	for _, g := range Formats() {
		if f == g {
			return true
		}
	}
	return false
}

// Rate is one line of a talent's rate card: what one piece costs the agency.
type Rate struct {
	ID        string
	TalentID  string
	Platform  Platform
	Format    Format
	Amount    money.Amount
	ValidFrom worktime.Date // "" since ever
	ValidTo   worktime.Date // "" until further notice; the last valid day
	Source    string
	Version   int64
}

// The faults of a rate.
var (
	FaultFormat     = fault.Field("format", "talent.format-unknown")
	FaultAmount     = fault.Field("amount", "talent.amount-wrong")
	FaultRateOrder  = fault.Field("valid_to", "talent.rate-order")
	FaultRateDay    = fault.Field("valid_from", "talent.rate-day-wrong")
	FaultRateUnpaid = fault.Field("amount", "talent.amount-missing")
)

// Check finds everything wrong with a rate at once, by form field.
func (r Rate) Check() error {
	wrong := fault.Fields{}
	if r.Platform != "" && !r.Platform.Known() {
		wrong["platform"] = FaultPlatform.Code
	}
	if !r.Format.Known() {
		wrong["format"] = FaultFormat.Code
	}
	if r.Amount.None() || r.Amount.Sign() <= 0 || !r.Amount.Currency.Known() {
		wrong["amount"] = FaultAmount.Code
	}
	if r.ValidFrom != "" && !r.ValidFrom.Valid() {
		wrong["valid_from"] = FaultRateDay.Code
	}
	if r.ValidTo != "" && (!r.ValidTo.Valid() || r.ValidFrom.Valid() && r.ValidTo.Before(r.ValidFrom)) {
		wrong["valid_to"] = FaultRateOrder.Code
	}
	return wrong.Err()
}

// ValidOn says whether the line counts on a day.
func (r Rate) ValidOn(day worktime.Date) bool {
	return (r.ValidFrom == "" || !r.ValidFrom.After(day)) && (r.ValidTo == "" || !r.ValidTo.Before(day))
}

// RateOn picks the line that counts on a day for a platform and format: the one
// that began last. The second result is false when the card has none.
func RateOn(card []Rate, p Platform, f Format, day worktime.Date) (Rate, bool) {
	var best Rate
	found := false
	for _, r := range card {
		if r.Platform == p && r.Format == f && r.ValidOn(day) && (!found || r.ValidFrom.After(best.ValidFrom)) {
			best, found = r, true
		}
	}
	return best, found
}
