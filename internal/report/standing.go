package report

import (
	"time"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Facts are what a campaign's standing is computed from: the records of the slices
// as they are, nothing that somebody ticked.
type Facts struct {
	Campaign   campaign.Campaign
	Briefs     []campaign.Brief
	Slots      []campaign.Slot
	Candidates []casting.Candidate
	Picks      []casting.Pick
	Sheet      casting.Sheet
	Offers     []casting.Offer
	Bookings   []casting.Booking
	Risks      map[string]casting.RiskSince // of bookings that have one, by booking
	RisksUntil time.Time                    // when silence makes another; zero when none is near
	Drafts     []review.Standing
	Posts      []result.Post
	Insights   []result.Insight
	Verdicts   []result.VerdictVersion
	Remedies   []result.Remedy
	Reports    int       // versions sent to the client
	ReportedAt time.Time // the newest
	Talents    map[string]talent.Talent
	Accounts   map[string]talent.Account // by id

	lines map[string]casting.LineKey // by slot
}

// Party is whose move it is.
type Party string

// The parties, as seen from the agency.
const (
	Us         Party = "us"
	ClientSide Party = "client"
	TalentSide Party = "talent"
	Nobody     Party = "none"
)

// Tone is what a state means: the meanings of the design.
type Tone string

// The tones.
const (
	ToneNeutral Tone = "neutral"
	ToneWait    Tone = "wait"
	ToneClient  Tone = "client"
	ToneBad     Tone = "bad"
	ToneGood    Tone = "good"
	ToneInfo    Tone = "info"
)

// Move is the one open thing of a line: what, whose, since when, until when.
type Move struct {
	Key   string // of its word, "board.state.<key>"
	Tone  Tone
	Party Party
	Role  string // of the agency's people, "ae" or "specialist", when Party is Us
	Since time.Time
	Due   worktime.Deadline

	Deliverable review.Deliverable // zero for moves before a booking
	Version     string             // "2.1" inside, for the draft column
	Used, Limit int64              // counted rounds (R1)
}

// Late says whether the move's time has passed.
func (m Move) Late(now time.Time) bool {
	return m.Party != Nobody && !m.Due.At.IsZero() && now.After(m.Due.At)
}

// ofList tells whether the move is one of the campaign's list, before anybody is asked
// for the slot.
func (m Move) ofList() bool {
	switch m.Key {
	case "to-list", "to-share", "picking", "to-offer":
		return true
	}
	return false
}

// rank orders the moves of one booking: the one that needs somebody soonest stands
// for the line.
func (m Move) rank(now time.Time) int {
	switch {
	case m.Party == Us:
		return 0
	case m.Late(now):
		return 1
	case m.Party == ClientSide:
		return 2
	case m.Party == TalentSide:
		return 3
	}
	return 4
}

// Line is one row of the board: a slot and whoever fills it.
type Line struct {
	Slot    campaign.Slot
	Talent  talent.Talent
	Account talent.Account
	Offer   casting.Offer   // the live or last one
	Booking casting.Booking // zero until committed
	Move    Move
	Moves   []Move // of each deliverable

	Posted, Total int64
	ER            Rate
}

// Rate is the engagement rate shown beside a line.
type Rate struct {
	Bp       int64
	Known    bool
	Verified bool // from verified insights; else the account's own figure
	Reaches  bool // the exact ratio reaches the target; Bp is rounded
	TargetBp int64
}

// Missed says whether verified insights lie below the target.
func (r Rate) Missed() bool { return r.Known && r.Verified && r.TargetBp > 0 && !r.Reaches }

// Group is where the line stands on the board.
func (l Line) Group() string {
	switch l.Move.Party {
	case Us:
		return "now"
	case Nobody:
		return "done"
	}
	return "waiting"
}

// Stage is one of the six stages of a campaign, computed from the facts.
type Stage struct {
	Key       string // brief, shortlist, picks, drafting, posted, report
	Done, All int64
	State     string // done, now, part, next
	At        time.Time
}

// Standing is where a campaign stands.
type Standing struct {
	Lines  []Line
	Stages []Stage
	Sum    Summary
	Health Tone     // good, wait or bad
	Why    []Reason // what the health comes from
}

// Reason is one thing that makes a campaign need attention.
type Reason struct {
	Key string // "board.why.<key>"
	N   int64
}

// Summary are the figures in the head of the board.
type Summary struct {
	Posted, Total    int64
	PostDueToday     int64
	WithClient       int64
	OldestWithClient time.Time
	UsedRounds       int64
	LimitRounds      int64
	ToPrice          int64
	ER               Rate
	Committed        money.Amount // talent cost, in the campaign's currency
	Budget           money.Amount
	Price            money.Amount
}

// StandingOf computes where a campaign stands at now.
func StandingOf(f Facts, now time.Time) Standing {
	s := Standing{}
	f.lines = make(map[string]casting.LineKey, len(f.Slots))
	for _, slot := range f.Slots {
		f.lines[slot.ID] = casting.LineOf(slot)
	}
	for _, slot := range f.Slots {
		if slot.Open() {
			s.Lines = append(s.Lines, f.line(slot, now))
		}
	}
	sortLines(s.Lines, now)
	s.Sum = f.summary(s.Lines, now)
	s.Stages = f.stages(s)
	s.Health, s.Why = f.health(s, now)
	return s
}

// Current is the stage that the campaign is in: the first that is not done.
func (s Standing) Current() Stage {
	for _, st := range s.Stages {
		if st.State != "done" {
			return st
		}
	}
	return s.Stages[len(s.Stages)-1]
}
