package result

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
)

// Metric is one count that a platform shows.
type Metric string

// The metrics, in the order of forms, tables and files.
const (
	Reach       Metric = "reach"
	Views       Metric = "views"
	Impressions Metric = "impressions"
	Likes       Metric = "likes"
	Comments    Metric = "comments"
	Saves       Metric = "saves"
	Shares      Metric = "shares"
	Replies     Metric = "replies"   // stories
	Taps        Metric = "taps"      // stickers and reactions of stories
	Clicks      Metric = "clicks"    // on a link
	Followers   Metric = "followers" // of the account at posting time
)

// Metrics lists every metric in order.
var Metrics = []Metric{Reach, Views, Impressions, Likes, Comments, Saves, Shares, Replies, Taps, Clicks, Followers}

// Action says whether the metric counts something a viewer did.
func (m Metric) Action() bool { return slices.Contains(actionMetrics, m) }

var actionMetrics = []Metric{Likes, Comments, Saves, Shares, Replies, Taps, Clicks}

// Counts are the known counts; what is absent is unknown, never zero.
type Counts map[Metric]int64

// Age says how old a post was when its counts were read.
type Age string

// The ages. Measuring is 24 hours for stories and seven days for the rest (R7).
const (
	AgeMeasuring Age = "measuring"
	AgeOther     Age = "other"
)

// IntakeState is how far an insight is believed.
type IntakeState string

// The states of an insight, computed from its facts.
const (
	StateTyped     IntakeState = "typed"
	StateVerified  IntakeState = "verified"
	StateLocked    IntakeState = "locked" // verified and printed in a sent report
	StateContested IntakeState = "contested"
	StateReplaced  IntakeState = "replaced" // by a later correction
)

// Source says how the numbers came in.
type Source string

// The sources.
const (
	FromTalent   Source = "talent"
	FromStaff    Source = "staff"
	FromFile     Source = "file"
	FromPlatform Source = "platform" // pulled through a connection; the platform's answer is the evidence
)

// Evidence is one screenshot.
type Evidence struct {
	SHA256 string `json:"sha256"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	Name   string `json:"name"`
}

// Table says whether the evidence is a table of figures, which may hold many posts'.
func (e Evidence) Table() bool { return e.Type == TableCSV || e.Type == TableXLSX }

// AnswerType is the media type of a platform's answer.
const AnswerType = "application/json"

// Shot says whether the evidence is a picture to look at.
func (e Evidence) Shot() bool { return !e.Table() && e.Type != AnswerType }

// Insight is a dated snapshot of a post's counts.
type Insight struct {
	ID, PostID, DeliverableID, BookingID, CampaignID, TalentID string

	Age      Age
	TakenAt  time.Time
	Counts   Counts
	Frames   []int64 // views of each frame of a story, in order
	Evidence []Evidence
	Source   Source
	Warnings []Warning
	Reason   string   // why the warnings are right; required when there are any
	Scanned  []Metric // first read from the pictures by the machine, then confirmed by who sent them

	TypedAt      time.Time
	TypedByID    string
	TypedBy      string
	VerifiedAt   time.Time
	VerifiedBy   string
	ContestedAt  time.Time
	ContestedBy  string
	ContestedWhy string
	LockedAt     time.Time
	Corrects     string // the insight this one replaces
	ReplacedAt   time.Time
	Revision     int64
}

// State computes how far the insight is believed.
func (i Insight) State() IntakeState {
	switch {
	case !i.ReplacedAt.IsZero():
		return StateReplaced
	case !i.ContestedAt.IsZero():
		return StateContested
	case !i.LockedAt.IsZero():
		return StateLocked
	case !i.VerifiedAt.IsZero():
		return StateVerified
	}
	return StateTyped
}

// Proves says whether the insight counts for the guarantee: verified, not
// contested, not replaced.
func (i Insight) Proves() bool {
	s := i.State()
	return s == StateVerified || s == StateLocked
}

// Refusals of an insight.
var (
	ErrInsightEmpty     = fault.New(fault.Invalid, "insight.empty")
	ErrInsightNegative  = fault.New(fault.Invalid, "insight.negative")
	ErrInsightTaken     = fault.Field("taken_at", "insight.taken-at") // before the post, or in the future
	ErrInsightEarly     = fault.Field("taken_at", "insight.early")    // args: due; measuring needs its age
	ErrEvidenceMissing  = fault.Field("evidence", "insight.evidence-missing")
	ErrEvidenceUsed     = fault.Field("evidence", "insight.evidence-used") // arg: talent
	ErrEvidenceType     = fault.Field("evidence", "insight.evidence-type")
	ErrReasonMissing    = fault.Field("reason", "insight.reason-missing")
	ErrSamePerson       = fault.New(fault.Forbidden, "insight.same-person")
	ErrInsightLocked    = fault.New(fault.Conflict, "insight.locked")
	ErrInsightState     = fault.New(fault.Conflict, "insight.state")
	ErrPostGone         = fault.New(fault.Conflict, "insight.post-gone")
	ErrReachOverViews   = fault.Field(string(Reach), "insight.reach-over-views")
	ErrActionsOverViews = "insight.over-views" // at the field of the action
)

// Warning is a reading that can be right but seldom is; saving needs a reason.
type Warning struct {
	Code  string `json:"code"`
	Field Metric `json:"field,omitempty"`
	Was   int64  `json:"was,omitempty"`
	Is    int64  `json:"is,omitempty"`
	Frame int    `json:"frame,omitempty"`
}

// The warnings of plausibility.
const (
	WarnReachFollowers = "insight.warn-reach-followers" // reach above fifty times the followers
	WarnFrameRises     = "insight.warn-frame-rises"     // a later frame seen more often
	WarnFalls          = "insight.warn-falls"           // lower than an earlier reading
)

// Plausible checks counts against each other, the followers and an earlier
// reading (nil when there is none). Contradictions are a fault with a field each;
// what is merely unusual is a warning. Faults: insight.empty, insight.negative,
// insight.reach-over-views, insight.over-views.
func Plausible(c Counts, frames []int64, followers int64, earlier Counts) ([]Warning, error) {
	if err := contradictions(c); err != nil {
		return nil, err
	}
	var out []Warning
	if f, ok := c[Followers]; ok {
		followers = f
	}
	if r, ok := c[Reach]; ok && followers > 0 && r/50 > followers {
		out = append(out, Warning{Code: WarnReachFollowers, Field: Reach, Was: followers, Is: r})
	}
	for i := 1; i < len(frames); i++ {
		if frames[i] > frames[i-1] {
			out = append(out, Warning{Code: WarnFrameRises, Frame: i + 1, Was: frames[i-1], Is: frames[i]})
		}
	}
	for _, m := range Metrics {
		was, before := earlier[m]
		is, now := c[m]
		if before && now && is < was && m != Followers {
			out = append(out, Warning{Code: WarnFalls, Field: m, Was: was, Is: is})
		}
	}
	return out, nil
}

func contradictions(c Counts) error {
	wrong := fault.Fields{}
	known := 0
	for m, n := range c {
		if n < 0 {
			wrong[string(m)] = ErrInsightNegative.Code
		}
		if m != Followers {
			known++
		}
	}
	if known == 0 {
		return ErrInsightEmpty
	}
	seen, ok := shown(c)
	if ok {
		if r, has := c[Reach]; has && r > seen {
			wrong[string(Reach)] = ErrReachOverViews.Code
		}
		for _, m := range []Metric{Likes, Comments, Saves, Shares} {
			if n, has := c[m]; has && n > seen {
				wrong[string(m)] = ErrActionsOverViews
			}
		}
	}
	return wrong.Err()
}

// shown is how often the content was seen: the larger of views and impressions.
func shown(c Counts) (int64, bool) {
	v, hasV := c[Views]
	i, hasI := c[Impressions]
	return max(v, i), hasV || hasI
}

// EvidenceTypes are the media types of screenshots.
var EvidenceTypes = []string{"image/png", "image/jpeg", "image/webp", "image/heic", "image/heif"}

// Intake is what a person typed, read and shown back before it is kept.
type Intake struct {
	Age       Age
	TakenAt   time.Time
	Counts    Counts
	Frames    []int64
	Evidence  []Evidence
	Source    Source
	Reason    string
	Scanned   []Metric
	Followers int64 // of the account, for plausibility
	Earlier   Counts
}

// CheckIntake judges an intake for a post and gives the insight to keep, without
// ids and people. Evidence is always needed: of the platform itself it is its answer.
func CheckIntake(p Post, in Intake, now time.Time) (Insight, error) {
	switch {
	case !p.WithdrawnAt.IsZero():
		return Insight{}, ErrPostGone
	case in.TakenAt.IsZero() || in.TakenAt.After(now.Add(5*time.Minute)) || in.TakenAt.Before(p.PostedAt):
		return Insight{}, ErrInsightTaken
	case in.Age == AgeMeasuring && in.TakenAt.Before(MeasuredFrom(p)):
		return Insight{}, ErrInsightEarly
	case len(in.Evidence) == 0:
		return Insight{}, ErrEvidenceMissing
	}
	for _, e := range in.Evidence {
		if !slices.Contains(EvidenceTypes, e.Type) && !(in.Source == FromFile && e.Table()) && !(in.Source == FromPlatform && e.Type == AnswerType) {
			return Insight{}, ErrEvidenceType
		}
	}
	warnings, err := Plausible(in.Counts, in.Frames, in.Followers, in.Earlier)
	if err != nil {
		return Insight{}, err
	}
	reason := strings.TrimSpace(in.Reason)
	if len(warnings) > 0 && reason == "" {
		return Insight{Warnings: warnings}, ErrReasonMissing
	}
	return Insight{
		PostID: p.ID, DeliverableID: p.DeliverableID, BookingID: p.BookingID, CampaignID: p.CampaignID, TalentID: p.TalentID,
		Age: in.Age, TakenAt: in.TakenAt, Counts: in.Counts, Frames: in.Frames, Evidence: in.Evidence, Source: in.Source,
		Warnings: warnings, Reason: reason, Scanned: scannedIn(in.Scanned, in.Counts), TypedAt: now,
	}, nil
}

// Verify is the second look: by another person of the agency than the one who typed.
func (i Insight) Verify(byID, by string, now time.Time) (Insight, error) {
	switch i.State() {
	case StateLocked, StateVerified, StateReplaced:
		return i, ErrInsightState
	}
	if (i.Source == FromStaff || i.Source == FromFile) && i.TypedByID == byID {
		return i, ErrSamePerson
	}
	i.VerifiedAt, i.VerifiedBy = now, by
	i.ContestedAt, i.ContestedBy, i.ContestedWhy = time.Time{}, "", ""
	return i, nil
}

// Contest marks numbers that somebody doubts; they prove nothing until verified again.
func (i Insight) Contest(by, why string, now time.Time) (Insight, error) {
	if !i.ReplacedAt.IsZero() || !i.ContestedAt.IsZero() {
		return i, ErrInsightState
	}
	if why = strings.TrimSpace(why); why == "" {
		return i, ErrReasonMissing
	}
	i.ContestedAt, i.ContestedBy, i.ContestedWhy = now, by, why
	i.VerifiedAt, i.VerifiedBy = time.Time{}, ""
	return i, nil
}

// The calls of the insight clock, from a friendly ask to an alarm (R7).
const (
	CallAsk   = "ask"
	CallLast  = "last-call"
	CallAlarm = "alarm"
)

// Call is one moment of the clock.
type Call struct {
	Name string
	At   time.Time
}

// MeasuredFrom is the instant from which a reading counts as measured.
func MeasuredFrom(p Post) time.Time {
	if Story(p.Format) {
		return p.PostedAt.Add(24 * time.Hour)
	}
	return p.PostedAt.Add(7 * 24 * time.Hour)
}

// CallsOf is the clock of a post: stories are asked at 24 hours, with a last call on
// day 5 and an alarm on day 6, since the app forgets after about seven days; others
// are asked at seven days, with a last call two days later and an alarm on day 12.
func CallsOf(p Post) []Call {
	day := 24 * time.Hour
	if Story(p.Format) {
		return []Call{{CallAsk, p.PostedAt.Add(day)}, {CallLast, p.PostedAt.Add(5 * day)}, {CallAlarm, p.PostedAt.Add(6 * day)}}
	}
	return []Call{{CallAsk, p.PostedAt.Add(7 * day)}, {CallLast, p.PostedAt.Add(9 * day)}, {CallAlarm, p.PostedAt.Add(12 * day)}}
}

// CallAt is the most urgent call that is due at now; empty before the first.
func CallAt(p Post, now time.Time) string {
	name := ""
	for _, c := range CallsOf(p) {
		if !now.Before(c.At) {
			name = c.Name
		}
	}
	return name
}
