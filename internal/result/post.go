package result

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Flag is something a person should look at; it refuses nothing.
type Flag string

// The flags of a post.
const (
	FlagAccount    Flag = "account"    // the link is of another account than the booked one
	FlagUnverified Flag = "unverified" // the link does not say whose it is
	FlagUnapproved Flag = "unapproved" // no version of this content was approved
	FlagShort      Flag = "short"      // a short link: the post behind it is not known yet
	FlagFormat     Flag = "format"     // another kind of content than was booked
	FlagTime       Flag = "time"       // the id says another time than was typed
	FlagLate       Flag = "late"       // after the promised time
	FlagEarly      Flag = "early"      // more than a day before the promised day
	FlagCaption    Flag = "caption"    // the published caption is not the approved one
	FlagTags       Flag = "tags"       // a hashtag or mention of the approved version is missing
	FlagDisclosure Flag = "disclosure" // nothing says that it is advertising
	FlagAddress    Flag = "address"    // the link or code is missing
)

// Post is the published content of one deliverable.
type Post struct {
	ID, DeliverableID, BookingID, CampaignID, ClientID, TalentID, AccountID string

	Platform, Format string   // as booked
	Kind             LinkKind // as the link says
	PlatformID       string   // with Platform the unique key
	Handle           string   // as the link says; may be empty
	URL              string   // canonical
	Entered          string   // the address as pasted
	VersionID        string   // the approved version; empty when there was none
	PostedAt         time.Time
	Due              worktime.Deadline // the promise it is measured against
	Flags            []Flag
	OnlineUntil      worktime.Date // the content must stay until the end of this day
	EnteredAt        time.Time
	EnteredBy        string // name
	EnteredVia       string // staff, talent
	AllowedBy        string // who let a flagged post stand, and why
	AllowedWhy       string
	AllowedAt        time.Time
	GoneAt           time.Time // found deleted or private before its time
	WithdrawnAt      time.Time // entered by mistake; the key is free again
	WithdrawnWhy     string
	Revision         int64
}

// Live says whether the post counts: neither withdrawn nor found gone.
func (p Post) Live() bool { return p.ID != "" && p.WithdrawnAt.IsZero() && p.GoneAt.IsZero() }

// Has says whether the post carries the flag.
func (p Post) Has(f Flag) bool { return slices.Contains(p.Flags, f) }

// Doubtful says whether a person of the agency still has to judge a flag about
// whose or what content this is. Lateness is a fact, not a doubt.
func (p Post) Doubtful() bool {
	if !p.AllowedAt.IsZero() {
		return false
	}
	return slices.ContainsFunc(p.Flags, func(f Flag) bool { return f != FlagLate && f != FlagEarly })
}

// Story says whether the format vanishes after a day and is measured at 24 hours.
func Story(format string) bool { return strings.HasPrefix(strings.ToLower(format), "stor") }

// Refusals of a post.
var (
	ErrPostPlatform = fault.Field("url", "post.platform")       // args: want, got
	ErrPostUsed     = fault.Field("url", "post.link-used")      // arg: talent
	ErrPostFuture   = fault.Field("posted_at", "post.future")   // not live yet
	ErrPostBefore   = fault.Field("posted_at", "post.before")   // before the booking was made
	ErrPostThere    = fault.New(fault.Conflict, "post.there")   // the deliverable has its post
	ErrPostClosed   = fault.New(fault.Conflict, "post.closed")  // the booking was dropped
	ErrPostLocked   = fault.New(fault.Conflict, "post.locked")  // its numbers are verified or in a sent report
	ErrPostReason   = fault.Field("reason", "post.reason")      // a reason is required
	ErrPostFrame    = fault.Field("url", "post.short-unsolved") // a short link where the full one is needed
)

// Owed is what a post is measured against.
type Owed struct {
	DeliverableID, BookingID, CampaignID, ClientID, TalentID, AccountID string

	Platform, Format string
	Handle           string // of the booked account
	VersionID        string // approved; empty when none
	Due              worktime.Deadline
	BookedAt         time.Time
	Closed           bool
	StayDays         int // how many days the content must stay; 0 = not agreed
}

// Entry is what a person pastes.
type Entry struct {
	URL      string
	PostedAt time.Time // zero: read from the id, else the instant of pasting
}

// CheckPost judges a pasted link against what is owed and gives the post to keep,
// with its flags. It does not know whether the link was used before: the store does.
// Faults: post.link-*, post.platform, post.future, post.before, post.closed.
func CheckPost(o Owed, e Entry, now time.Time) (Post, error) {
	if o.Closed {
		return Post{}, ErrPostClosed
	}
	l, err := RecognisePost(e.URL)
	if err != nil {
		return Post{}, err
	}
	if l.Platform != o.Platform {
		return Post{}, ErrPostPlatform.With("want", o.Platform, "got", l.Platform)
	}
	at := postedAt(l, e, now)
	switch {
	case at.After(now.Add(5 * time.Minute)):
		return Post{}, ErrPostFuture
	case !o.BookedAt.IsZero() && at.Before(o.BookedAt) && !e.PostedAt.IsZero():
		return Post{}, ErrPostBefore
	}
	p := Post{
		DeliverableID: o.DeliverableID, BookingID: o.BookingID, CampaignID: o.CampaignID, ClientID: o.ClientID, TalentID: o.TalentID,
		AccountID: o.AccountID, Platform: l.Platform, Format: o.Format, Kind: l.Kind, PlatformID: l.ID, Handle: l.Handle, URL: l.URL,
		Entered: strings.TrimSpace(e.URL), VersionID: o.VersionID, PostedAt: at, Due: o.Due, EnteredAt: now,
	}
	if l.Redirects() {
		p.PlatformID, p.URL = "short:"+l.ID, p.Entered
	}
	if o.StayDays > 0 && !Story(o.Format) { // a story goes by itself
		loc, err := worktime.Zone(o.Due.Zone)
		if err != nil {
			loc = time.UTC
		}
		p.OnlineUntil = worktime.DateOf(at, loc).AddDays(o.StayDays)
	}
	p.Flags = flagsOf(o, l, p, e)
	return p, nil
}

// postedAt prefers what was typed, then the id, then now.
func postedAt(l Link, e Entry, now time.Time) time.Time {
	if !e.PostedAt.IsZero() {
		return e.PostedAt
	}
	if made := l.MadeAt(); !made.IsZero() && !made.After(now) {
		return made
	}
	return now
}

func flagsOf(o Owed, l Link, p Post, e Entry) []Flag {
	var flags []Flag
	add := func(f Flag, on bool) {
		if on {
			flags = append(flags, f)
		}
	}
	own := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(o.Handle)), "@")
	add(FlagAccount, l.Handle != "" && own != "" && l.Handle != own)
	add(FlagUnverified, l.Handle == "" && !l.Redirects())
	add(FlagShort, l.Redirects())
	add(FlagUnapproved, o.VersionID == "")
	add(FlagFormat, otherFormat(o.Format, l.Kind))
	made := l.MadeAt()
	add(FlagTime, !made.IsZero() && (apart(made, p.PostedAt) > 24*time.Hour || made.Before(o.BookedAt)))
	add(FlagLate, !o.Due.IsZero() && p.PostedAt.After(o.Due.At))
	add(FlagEarly, !o.Due.IsZero() && o.Due.At.Sub(p.PostedAt) > 48*time.Hour)
	return flags
}

// otherFormat compares only kinds that cannot be the same content: a story with
// anything that stays, a Short or a photo with a booked video and the reverse.
func otherFormat(format string, k LinkKind) bool {
	if k == KindRedirect {
		return false
	}
	story := Story(format)
	return story != (k == KindStory)
}

func apart(a, b time.Time) time.Duration {
	if d := a.Sub(b); d > 0 {
		return d
	}
	return b.Sub(a)
}

// Late is how long after the promise the post went live; 0 when in time or without a promise.
func (p Post) Late() time.Duration {
	if p.Due.IsZero() || !p.PostedAt.After(p.Due.At) {
		return 0
	}
	return p.PostedAt.Sub(p.Due.At)
}

// CheckKey is one thing that is looked at on the live post (A53).
type CheckKey string

// The things to look at, in the order of the screen.
const (
	CheckCaption    CheckKey = "caption"    // the approved caption stands
	CheckTags       CheckKey = "tags"       // hashtags and mentions
	CheckDisclosure CheckKey = "disclosure" // the advertising label
	CheckAddress    CheckKey = "address"    // the link or voucher code
	CheckOnline     CheckKey = "online"     // still there; asked again on due days
)

// flagOf is the flag that a look leaves when something is wrong. Whether a post is
// still there is no flag: see Post.GoneAt.
var flagOf = map[CheckKey]Flag{CheckCaption: FlagCaption, CheckTags: FlagTags, CheckDisclosure: FlagDisclosure, CheckAddress: FlagAddress}

// looked puts what a look found into the flags. What is newly wrong is nobody's
// decision yet, so an earlier "let it stand" does not cover it.
func (p *Post) looked(c LiveCheck) {
	f, ok := flagOf[c.Key]
	switch has := p.Has(f); {
	case !ok || has == !c.OK:
	case c.OK:
		p.Flags = slices.DeleteFunc(slices.Clone(p.Flags), func(x Flag) bool { return x == f })
	default:
		p.Flags = append(slices.Clone(p.Flags), f)
		p.AllowedAt, p.AllowedBy, p.AllowedWhy = time.Time{}, "", ""
	}
}

// CheckKeys lists the checks in order.
var CheckKeys = []CheckKey{CheckCaption, CheckTags, CheckDisclosure, CheckAddress, CheckOnline}

// LiveCheck is one look at a live post.
type LiveCheck struct {
	ID, PostID string
	Key        CheckKey
	OK         bool
	Note       string
	By         string
	At         time.Time
}
