package talent

import (
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Platform is a place where a talent publishes.
type Platform string

// The platforms Kolega reads links and handles of.
const (
	Instagram Platform = "instagram"
	TikTok    Platform = "tiktok"
	YouTube   Platform = "youtube"
	X         Platform = "x"
	Facebook  Platform = "facebook"
	Threads   Platform = "threads"
)

// Platforms lists them in the order of the screens.
func Platforms() []Platform {
	return []Platform{Instagram, TikTok, YouTube, X, Facebook, Threads}
}

// Known says whether this is one of Platforms.
func (p Platform) Known() bool {
	for _, q := range Platforms() {
		if p == q {
			return true
		}
	}
	return false
}

// ERBase names the base of an engagement rate (R19).
type ERBase string

// The bases. TikTok's rate is by views, as its followers say little (A31).
const (
	ERByFollowers ERBase = "followers"
	ERByViews     ERBase = "views"
	ERByReach     ERBase = "reach"
)

// Account is a talent on one platform. A figure of -1 is unknown; nothing is guessed.
type Account struct {
	ID              string
	TalentID        string
	Platform        Platform
	Handle          string // as shown, without @; "" when only the platform's own id is known
	Key             string // folded handle: equal keys on one platform are one account
	PlatformID      string // the platform's own id, e.g. a YouTube channel id
	Followers       int64
	FollowersOn     worktime.Date // "" unknown
	ERBp            int64         // basis points
	ERBase          ERBase
	EROn            worktime.Date
	AvgViews        int64
	AvgLikes        int64
	AvgComments     int64
	AvgShares       int64
	AvgEngagements  int64
	AudienceCountry string // ISO 3166-1 alpha-2 of the largest audience, "" unknown
	Source          string // where the figures come from: file name, "typed", …
	CreatedAt       time.Time
	UpdatedAt       time.Time
	Version         int64
}

// NewAccount is an account of which nothing is known but its name.
func NewAccount(p Platform, handle string) Account {
	return Account{Platform: p, Handle: handle, Followers: -1, ERBp: -1,
		AvgViews: -1, AvgLikes: -1, AvgComments: -1, AvgShares: -1, AvgEngagements: -1}
}

// Title is the name of the account on screens: "@handle", or the platform's id.
func (a Account) Title() string {
	if a.Handle != "" {
		return "@" + a.Handle
	}
	return a.PlatformID
}

// Tier is the size class of an account.
type Tier string

// The tiers by followers: nano below 10,000, micro below 100,000, mid below
// 500,000, macro below 1,000,000, mega from there.
const (
	TierUnknown Tier = ""
	TierNano    Tier = "nano"
	TierMicro   Tier = "micro"
	TierMid     Tier = "mid"
	TierMacro   Tier = "macro"
	TierMega    Tier = "mega"
)

// Tiers lists the known tiers from small to large.
func Tiers() []Tier { return []Tier{TierNano, TierMicro, TierMid, TierMacro, TierMega} }

// TierOf classes a follower count; a negative count is unknown.
func TierOf(followers int64) Tier {
	switch {
	case followers < 0:
		return TierUnknown
	case followers < 10_000:
		return TierNano
	case followers < 100_000:
		return TierMicro
	case followers < 500_000:
		return TierMid
	case followers < 1_000_000:
		return TierMacro
	}
	return TierMega
}

// TierDistance is how many tiers lie between two: 0 same, 1 next; -1 if one is unknown.
func TierDistance(a, b Tier) int {
	i, j := -1, -1
	for n, t := range Tiers() {
		if t == a {
			i = n
		}
		if t == b {
			j = n
		}
	}
	switch {
	case i < 0 || j < 0:
		return -1
	case i > j:
		return i - j
	}
	return j - i
}

// StaleAfterDays is the age from which a figure is marked as old (A30).
const StaleAfterDays = 90

// StaleOn says whether figures of a day are too old on another to be trusted
// without a mark. Figures without a day are always marked.
func StaleOn(figuresOn, today worktime.Date) bool {
	return !figuresOn.Valid() || figuresOn.DaysUntil(today) > StaleAfterDays
}

// The faults of an account.
var (
	FaultPlatform      = fault.Field("platform", "talent.platform-unknown")
	FaultHandle        = fault.Field("handle", "talent.handle-wrong")
	FaultHandleMissing = fault.Field("handle", "talent.handle-missing")
	FaultHandleTaken   = fault.Field("handle", "talent.handle-taken")
	FaultFollowers     = fault.Field("followers", "talent.followers-wrong")
	FaultER            = fault.Field("er", "talent.er-wrong")
	FaultFigureDay     = fault.Field("figures_on", "talent.figure-day-wrong")
)

// Check finds everything wrong with an account at once, by form field.
func (a Account) Check(today worktime.Date) error {
	wrong := fault.Fields{}
	if !a.Platform.Known() {
		wrong["platform"] = FaultPlatform.Code
	}
	if a.Handle == "" && a.PlatformID == "" {
		wrong["handle"] = FaultHandleMissing.Code
	}
	if a.Followers < -1 || a.Followers > 10_000_000_000 {
		wrong["followers"] = FaultFollowers.Code
	}
	if a.ERBp < -1 || a.ERBp > 100_000 {
		wrong["er"] = FaultER.Code
	}
	for _, d := range []worktime.Date{a.FollowersOn, a.EROn} {
		if d != "" && (!d.Valid() || d.After(today)) {
			wrong["figures_on"] = FaultFigureDay.Code
		}
	}
	return wrong.Err()
}

// Measured computes the engagement rate from the account's averages where they
// are known: by views for TikTok, by followers elsewhere (R19, half away from
// zero). A rate that was given stays.
func (a Account) Measured() Account {
	if a.ERBp >= 0 {
		return a
	}
	num, den, base := a.AvgEngagements, a.Followers, ERByFollowers
	if num < 0 && a.AvgLikes >= 0 && a.AvgComments >= 0 {
		num = a.AvgLikes + a.AvgComments + max(a.AvgShares, 0)
	}
	if a.Platform == TikTok {
		den, base = a.AvgViews, ERByViews
	}
	if num < 0 || den <= 0 {
		return a
	}
	a.ERBp, a.ERBase, a.EROn = ratioBp(num, den), base, a.FollowersOn
	return a
}

// ratioBp is num/den in basis points, half away from zero; both are counts.
func ratioBp(num, den int64) int64 { return (num*20_000 + den) / (2 * den) }
