package talent

import (
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Consent is the talent's yes to be shown to clients (A10). Zero: none was given.
type Consent struct {
	GivenAt     time.Time
	How         string // the talent's words, or where the yes was said
	KeptBy      string
	WithdrawnAt time.Time
	Version     int64
}

// Stands says whether the talent may be shown.
func (c Consent) Stands() bool { return !c.GivenAt.IsZero() && c.WithdrawnAt.IsZero() }

// SheetLink is a link to a talent's one page. Its secret is never kept.
type SheetLink struct {
	ID, TalentID string
	Lang         string
	MadeAt       time.Time
	MadeBy       string
	Until        time.Time
	WithdrawnAt  time.Time
	Version      int64
}

// Live says whether the link opens the page.
func (l SheetLink) Live(now time.Time) bool { return l.WithdrawnAt.IsZero() && l.Until.After(now) }

// SheetFor is how long a link to a one page lives.
const SheetFor = 90 * 24 * time.Hour

// SheetAccount is an account as anybody may see it.
type SheetAccount struct {
	Platform    Platform
	Handle      string
	URL         string
	Followers   int64 // -1 unknown
	FollowersOn worktime.Date
	ERBp        int64 // -1 unknown
	ERBase      ERBase
	EROn        worktime.Date
	AvgViews    int64 // -1 unknown
	Audience    Audience
}

// Sheet is a talent's one page: what may be shown to anybody who has the link. It has
// no price, cost, contact, note or reliability in it (R20).
type Sheet struct {
	Name, Kind, Country, City, Bio string
	Languages, Categories, Tags    []string
	Accounts                       []SheetAccount
	Lang                           string
	Until                          time.Time
}

// The faults of being shown.
var (
	FaultNoConsent   = fault.New(fault.Conflict, "talent.consent-missing")
	FaultConsentWord = fault.Field("how", "talent.consent-how")
)

// SheetOf cuts a talent's one page from the file.
func SheetOf(t Talent, accounts []Account, audiences map[string]Audience) Sheet {
	s := Sheet{Name: t.Name, Kind: string(t.Kind), Country: t.Country, City: t.City, Bio: t.Bio, Languages: t.Languages, Categories: t.Categories, Tags: t.Tags}
	for _, a := range accounts {
		s.Accounts = append(s.Accounts, SheetAccount{Platform: a.Platform, Handle: a.Title(), URL: ProfileURL(a), Followers: a.Followers, FollowersOn: a.FollowersOn,
			ERBp: a.ERBp, ERBase: a.ERBase, EROn: a.EROn, AvgViews: a.AvgViews, Audience: audiences[a.ID]})
	}
	return s
}

// ProfileURL is the address of an account's page on its platform; "" without a handle.
func ProfileURL(a Account) string {
	if a.Handle == "" {
		return ""
	}
	at := map[Platform]string{Instagram: "https://www.instagram.com/", TikTok: "https://www.tiktok.com/@", YouTube: "https://www.youtube.com/@",
		X: "https://x.com/", Facebook: "https://www.facebook.com/", Threads: "https://www.threads.net/@"}[a.Platform]
	if at == "" {
		return ""
	}
	return at + a.Handle
}
