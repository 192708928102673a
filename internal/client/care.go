package client

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Touch is one contact with a client, as somebody logged it (A5). The program sent
// nothing.
type Touch struct {
	ID        string
	ClientID  string
	ContactID string // "" for nobody on file
	Channel   string // one of Channels
	In        bool   // the client came to us
	At        time.Time
	Summary   string
	ByID, By  string
	MadeAt    time.Time
}

// Channels are the ways of a contact, in the order of the form.
func Channels() []string { return []string{"whatsapp", "call", "email", "meeting", "visit"} }

// Looking is how the agency looks after a client.
type Looking struct {
	ClientID    string
	QuietDays   int64 // without contact for longer: the client is quiet
	Satisfied   int64 // 1 to 5; 0 while nobody asked
	SatisfiedOn worktime.Date
	Words       string // what the client said
	Version     int64
}

// defaultQuiet is how long a client may be quiet unless somebody says otherwise.
const defaultQuiet = 30

// Quiet tells whether a client was last met so long ago that somebody should call.
func (l Looking) Quiet(last, now time.Time) bool {
	return now.Sub(last) > time.Duration(l.QuietDays)*24*time.Hour
}

// Issue is a problem of a client that somebody answers for (A70). Who does it and
// until when the answer is promised, its task says.
type Issue struct {
	ID         string
	ClientID   string
	CampaignID string // "" for none
	What       string
	Severity   string // one of Severities
	TaskID     string
	Cause      string // one of Causes; "" while it is open
	Outcome    string
	OpenedAt   time.Time
	OpenedBy   string
	ClosedAt   time.Time
	Version    int64
}

// Open tells whether an issue still waits for its outcome.
func (i Issue) Open() bool { return i.ClosedAt.IsZero() }

// Severities in the order of the form.
func Severities() []string { return []string{"low", "normal", "high"} }

// Causes in the order of the form.
func Causes() []string {
	return []string{"brief", "client", "talent", "agency", "platform", "courier", "money", "other"}
}

// Profile is what the agency knows of a brand, one version of it (A8).
type Profile struct {
	ID        string
	BrandID   string
	No        int64 // counts from 1
	Goals     string
	Audience  string // age, place, language
	Tone      string
	Forbidden string // words, themes
	Platforms string
	Habits    string // how the brand reviews
	Persona   []string
	MadeAt    time.Time
	By        string
}

// Faults of looking after clients.
var (
	ErrTouchChannel = fault.Field("channel", "touch.channel")
	ErrTouchAt      = fault.Field("at", "touch.at") // no time, or one to come
	ErrTouchWords   = fault.Field("summary", "touch.summary")
	ErrQuietDays    = fault.Field("quiet_days", "client.quiet-days")
	ErrSatisfied    = fault.Field("satisfied", "client.satisfied")
	ErrIssueWhat    = fault.Field("what", "issue.what")
	ErrIssueHow     = fault.Field("severity", "issue.severity")
	ErrIssueCause   = fault.Field("cause", "issue.cause")
	ErrIssueOutcome = fault.Field("outcome", "issue.outcome")
	ErrIssueClosed  = fault.New(fault.Conflict, "issue.closed")
	ErrProfileEmpty = fault.New(fault.Invalid, "profile.empty").At("goals")
	ErrProfileLong  = fault.New(fault.Invalid, "profile.long").At("goals")
	ErrProfileOld   = fault.New(fault.Conflict, "conflict.changed")
)

const (
	maxWords   = 2000
	maxQuiet   = 365
	maxPersona = 12
)

func (t *Touch) tidy(now time.Time) error {
	t.Summary = strings.TrimSpace(t.Summary)
	switch {
	case !oneOf(Channels(), t.Channel):
		return ErrTouchChannel
	case t.At.IsZero() || t.At.After(now):
		return ErrTouchAt
	case t.Summary == "" || len([]rune(t.Summary)) > maxWords:
		return ErrTouchWords
	}
	return nil
}

func (l *Looking) tidy() error {
	l.Words = strings.TrimSpace(l.Words)
	switch {
	case l.QuietDays < 1 || l.QuietDays > maxQuiet:
		return ErrQuietDays
	case l.Satisfied < 0 || l.Satisfied > 5 || l.Satisfied == 0 && l.Words != "" || len([]rune(l.Words)) > maxWords:
		return ErrSatisfied
	}
	return nil
}

func (i *Issue) tidy() error {
	i.What = strings.TrimSpace(i.What)
	switch {
	case i.What == "" || len([]rune(i.What)) > maxText:
		return ErrIssueWhat
	case !oneOf(Severities(), i.Severity):
		return ErrIssueHow
	}
	return nil
}

// Close ends an issue with what came of it and what caused it. Faults: issue.closed,
// issue.cause, issue.outcome.
func (i Issue) Close(cause, outcome string, now time.Time) (Issue, error) {
	outcome = strings.TrimSpace(outcome)
	switch {
	case !i.Open():
		return i, ErrIssueClosed
	case !oneOf(Causes(), cause):
		return i, ErrIssueCause
	case outcome == "" || len([]rune(outcome)) > maxWords:
		return i, ErrIssueOutcome
	}
	i.Cause, i.Outcome, i.ClosedAt = cause, outcome, now
	return i, nil
}

func (p *Profile) tidy() error {
	all := 0
	for _, s := range []*string{&p.Goals, &p.Audience, &p.Tone, &p.Forbidden, &p.Platforms, &p.Habits} {
		*s = strings.TrimSpace(*s)
		if all += len(*s); len([]rune(*s)) > maxWords {
			return ErrProfileLong
		}
	}
	tags, seen := []string{}, map[string]bool{}
	for _, t := range p.Persona {
		if t = strings.ToLower(oneLine(t)); t != "" && !seen[t] {
			seen[t] = true
			tags = append(tags, t)
		}
	}
	p.Persona = tags
	if len(tags) > maxPersona {
		return ErrProfileLong
	}
	if all == 0 && len(tags) == 0 {
		return ErrProfileEmpty
	}
	return nil
}

// same tells whether two versions say the same.
func (p Profile) same(o Profile) bool {
	return p.Goals == o.Goals && p.Audience == o.Audience && p.Tone == o.Tone && p.Forbidden == o.Forbidden && p.Platforms == o.Platforms && p.Habits == o.Habits &&
		strings.Join(p.Persona, "\x1f") == strings.Join(o.Persona, "\x1f")
}

// sortQuiet puts the quietest client first.
func sortQuiet(list []QuietClient) {
	slices.SortStableFunc(list, func(a, b QuietClient) int { return a.Last.Compare(b.Last) })
}
