package result

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/secret"
)

// Way is how a platform lets counts be read.
type Way string

// The ways.
const (
	WayAgency  Way = "agency"  // a key of the agency: the public counts of everybody
	WayAccount Way = "account" // the account's owner let us in: its own counts
)

// Modes of a connection: the platform itself, or the stand-in that the program serves.
const (
	ModeLive    = "live"
	ModeSandbox = "sandbox"
)

// waysOf says which ways each platform knows (facts: YouTube's counts are public,
// TikTok shows them to the owner alone, Instagram has both and shows the owner more).
var waysOf = map[string][]Way{Instagram: {WayAgency, WayAccount}, YouTube: {WayAgency}, TikTok: {WayAccount}}

// Connectable lists the platforms that can be connected, in the order of screens.
var Connectable = []string{Instagram, TikTok, YouTube}

// WaysOf gives the ways of a platform; none when it cannot be connected.
func WaysOf(platform string) []Way { return waysOf[platform] }

// Gives lists the counts that a platform can give by a way; whatever else a report needs
// is asked of the talent.
func Gives(platform string, way Way) []Metric {
	switch {
	case platform == Instagram && way == WayAccount:
		return []Metric{Reach, Views, Likes, Comments, Saves, Shares}
	case platform == TikTok:
		return []Metric{Views, Likes, Comments, Shares}
	}
	return []Metric{Views, Likes, Comments}
}

// Connection is one way into a platform.
type Connection struct {
	ID       string
	Platform string
	Way      Way
	Mode     string

	AccountID, TalentID string // of WayAccount
	Handle              string // whose it is, as the platform says; empty for a key of nobody
	TokenEnd            string // last characters, to recognise it
	App                 string // the app's public id, where renewing needs it
	ExpiresAt           time.Time
	RenewUntil          time.Time
	ChangedAt           time.Time
	ChangedName         string

	PulledAt     time.Time // the platform last answered
	Asked, Found int64     // posts of the last pull
	FailedAt     time.Time
	Fails        int64  // in a row
	Fault        string // code of the last failure; empty after a good pull
	NextAt       time.Time
	Turn         int64 // a job of another turn does nothing
	Version      int64

	tokenSealed, renewalSealed, secretSealed string
}

// Stopped says whether only a person can make it read again.
func (c Connection) Stopped() bool { return c.NextAt.IsZero() }

// Keys are what a platform gives to read with.
type Keys struct {
	Token, Renewal        secret.Hidden
	ExpiresAt, RenewUntil time.Time
}

// renewBefore is how long before its end a token is renewed: TikTok's live two hours,
// Instagram's sixty days.
var renewBefore = map[string]time.Duration{TikTok: 5 * time.Minute, Instagram: 10 * 24 * time.Hour}

// youngToken is how old Instagram wants a token to be before it renews it.
const youngToken = 24 * time.Hour

// RenewDue says whether the token should be renewed before it is used. A pasted one does
// not tell how long it lives, so Instagram's is renewed a day later.
func (c Connection) RenewDue(now time.Time) bool {
	switch {
	case !c.renewable():
		return false
	case c.ExpiresAt.IsZero():
		return c.Platform == Instagram && now.After(c.ChangedAt.Add(youngToken))
	}
	return now.After(c.ExpiresAt.Add(-renewBefore[c.Platform]))
}

// renewable says whether the platform can be asked for a fresh token at all.
func (c Connection) renewable() bool {
	return c.Way == WayAccount && (c.renewalSealed != "" || c.Platform == Instagram)
}

// Refusals and failures of connections.
var (
	ErrNoConnections  = fault.New(fault.NotFound, "connection.none") // the house has no way to platforms
	ErrConnPlatform   = fault.Field("platform", "connection.platform")
	ErrConnMode       = fault.Field("mode", "connection.mode")
	ErrConnAccount    = fault.Field("account", "connection.account")
	ErrConnToken      = fault.Field("token", "connection.token")
	ErrConnOther      = fault.Field("token", "connection.other")   // args: got, want
	ErrConnKey        = fault.Field("token", "connection.key")     // the platform refuses it
	ErrConnExpired    = fault.Field("token", "connection.expired") // it was good once
	ErrConnScope      = fault.Field("token", "connection.scope")   // it lacks a permission
	ErrConnTwice      = fault.Field("account", "connection.twice") // it is connected already
	ErrConnQuota      = fault.New(fault.TooMany, "connection.quota")
	ErrConnDown       = fault.New(fault.Unavailable, "connection.down")
	ErrConnUnreadable = fault.New(fault.Unavailable, "connection.unreadable")
	ErrConnNoAccount  = fault.New(fault.NotFound, "connection.no-account") // absent, private or personal
	ErrConnNoPost     = fault.New(fault.NotFound, "connection.no-post")
	ErrConnPartial    = fault.New(fault.NotFound, "connection.partial") // it lacks a count of the campaign's formula: the talent is asked
	ErrConnStory      = fault.New(fault.NotFound, "connection.story")   // gone from the app, and its counts with it
)

// ConnectionFaults are the failures that a connection or a pulled post can keep.
var ConnectionFaults = []*fault.Error{ErrConnKey, ErrConnExpired, ErrConnScope, ErrConnQuota, ErrConnDown, ErrConnUnreadable, ErrConnNoAccount, ErrConnNoPost, ErrConnPartial, ErrConnStory}

// hopeless are the failures that asking again does not mend.
var hopeless = []string{ErrConnKey.Code, ErrConnExpired.Code, ErrConnScope.Code}

// Later is a failure with the instant from which asking again makes sense.
type Later struct {
	Until time.Time
	Err   error
}

// Error words the failure.
func (l Later) Error() string { return l.Err.Error() }

// Unwrap gives the failure.
func (l Later) Unwrap() error { return l.Err }

// Bounds of the clock of pulls.
const (
	pullEvery = 6 * time.Hour
	pullIdle  = 24 * time.Hour   // while there is no post to read
	pullFirst = 15 * time.Minute // after a failure; doubles with each one in a row
	pullLast  = 12 * time.Hour   // the longest wait after a failure
	quotaWait = time.Hour        // where the platform does not say how long
	pullDays  = 30               // posts are read for so many days
)

// NextPull is when a connection reads again: six hours after a good pull, or sooner when
// a post comes of its measuring age (due, soonest first); after a failure with a wait that
// doubles; after a quota when it is restored. Zero: only a person can mend it.
func NextPull(now time.Time, posts int, due []time.Time, failure string, fails int64, until time.Time) time.Time {
	switch {
	case slices.Contains(hopeless, failure):
		return time.Time{}
	case until.After(now):
		return until
	case failure == ErrConnQuota.Code:
		return now.Add(quotaWait)
	case failure != "":
		return now.Add(min(pullFirst<<min(max(fails-1, 0), 10), pullLast))
	case posts == 0:
		return now.Add(pullIdle)
	}
	next := now.Add(pullEvery)
	for _, d := range due {
		if d.After(now) && d.Before(next) {
			next = d
		}
	}
	return next
}

// SaveConnection is a connection as pasted. Empty secrets leave those that are kept.
type SaveConnection struct {
	ID        string // empty for a new one
	Platform  string
	Way       Way
	Mode      string
	AccountID string // of WayAccount
	Token     string
	Renewal   string // TikTok's refresh token
	App       string // TikTok's client key
	AppSecret string
	Version   int64
}

// Check finds everything wrong with a connection as pasted.
func (in SaveConnection) Check(sandbox bool) error {
	wrong := fault.Fields{}
	if !slices.Contains(waysOf[in.Platform], in.Way) {
		wrong["platform"] = ErrConnPlatform.Code
	}
	if in.Mode != ModeLive && (in.Mode != ModeSandbox || !sandbox) {
		wrong["mode"] = ErrConnMode.Code
	}
	if (in.Way == WayAccount) != (in.AccountID != "") {
		wrong["account"] = ErrConnAccount.Code
	}
	if token := strings.TrimSpace(in.Token); in.ID == "" && token == "" || len(token) > 4000 || strings.ContainsAny(token, " \n\t") {
		wrong["token"] = ErrConnToken.Code
	}
	return wrong.Err()
}

// sameHandle compares the account a token opens with the one it is meant for.
func sameHandle(a, b string) bool {
	return locale.Fold(strings.TrimPrefix(a, "@")) == locale.Fold(strings.TrimPrefix(b, "@"))
}
