package talent

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// CodeKind is a way to advertise from the talent's own account.
type CodeKind string

// The kinds of codes.
const (
	CodeNone    CodeKind = ""
	CodeSpark   CodeKind = "spark"   // TikTok Spark Ads
	CodePartner CodeKind = "partner" // partnership or allow-list of another platform
)

// Channels lists where content may be used besides the talent's own account, in the
// order of the form.
func Channels() []string {
	return []string{"social", "website", "marketplace", "ads", "outdoor", "print", "tv"}
}

// UsageRight is what a client may do with a talent's content (B9).
type UsageRight struct {
	ID, TalentID                                   string
	ClientID, CampaignID, BookingID, DeliverableID string // "" when typed for work done elsewhere
	HolderName                                     string // who may use it, as the register shows it
	Title                                          string // what may be used
	Category                                       string
	Channels                                       []string      // none = only reposts of the post itself
	Territory                                      []string      // none = everywhere
	From, To                                       worktime.Date // To "" = without end
	Paid                                           bool          // may be advertised
	CodeKind                                       CodeKind
	CodeSealed, CodeEnd                            string        // the last four characters stay readable
	CodeUntil                                      worktime.Date // "" = as long as the right
	Note                                           string
	CreatedAt                                      time.Time
	Version                                        int64
}

// Check finds everything wrong with a right at once, by form field.
func (u UsageRight) Check() error {
	wrong := fault.Fields{}
	if strings.TrimSpace(u.HolderName) == "" {
		wrong["holder_name"] = FaultRightHolder.Code
	}
	if strings.TrimSpace(u.Title) == "" {
		wrong["title"] = FaultRightNoTitle.Code
	}
	checkSpan(wrong, u.From, u.To, true)
	checkTerritory(wrong, u.Territory)
	for _, c := range u.Channels {
		if !slices.Contains(Channels(), c) {
			wrong["channels"] = FaultChannel.Code
		}
	}
	if u.CodeKind != CodeNone && u.CodeKind != CodeSpark && u.CodeKind != CodePartner {
		wrong["code_kind"] = FaultCodeKind.Code
	}
	if u.CodeUntil != "" && !u.CodeUntil.Valid() {
		wrong["code_until"] = FaultSpanOrder.Code
	}
	return wrong.Err()
}

// Ends is the day on which the first thing under the right runs out: the right
// itself or its code. "" when nothing does.
func (u UsageRight) Ends() worktime.Date {
	if u.To == "" || u.CodeUntil != "" && u.CodeUntil.Before(u.To) {
		return u.CodeUntil
	}
	return u.To
}

// RunsOn says whether the content may be used on a day.
func (u UsageRight) RunsOn(day worktime.Date) bool {
	return !u.From.After(day) && (u.To == "" || !u.To.Before(day))
}

// DueSoon says whether the right or its code ends within 14 days (B9).
func (u UsageRight) DueSoon(today worktime.Date) bool {
	return soon(u.To, today, RightWarnDays) || soon(u.CodeUntil, today, RightWarnDays)
}

// RivalSeen is a talent seen in a brand's work (A12).
type RivalSeen struct {
	ID, TalentID string
	Brand        string
	Category     string
	SeenOn       worktime.Date
	Link, Note   string
	CreatedAt    time.Time
	Version      int64
}

// Check finds everything wrong with an observation at once, by form field.
func (r RivalSeen) Check(today worktime.Date) error {
	wrong := fault.Fields{}
	if strings.TrimSpace(r.Brand) == "" {
		wrong["brand"] = FaultRivalBrand.Code
	}
	if !r.SeenOn.Valid() || r.SeenOn.After(today) {
		wrong["seen_on"] = FaultRivalDay.Code
	}
	return wrong.Err()
}
