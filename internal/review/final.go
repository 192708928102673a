package review

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// RightState says whether an approved version may be used on a day (B27).
type RightState string

// The states. Without a recorded right the content stays on the talent's own account.
const (
	RightNone  RightState = "none"
	RightEarly RightState = "early" // it begins later
	RightRuns  RightState = "runs"
	RightEnded RightState = "ended"
)

// Final is an approved version in the library, with what may be done with it.
type Final struct {
	DeliverableID, VersionID, BookingID, CampaignID, ClientID, TalentID string
	Campaign, Brand, Client, Talent                                     string // names
	Platform, Format, FileName, Type, SHA256, LinkURL, Caption, By      string

	Number, Version, Size int64
	ApprovedAt            time.Time
	Poster                bool
	Right                 RightState
	From, To              worktime.Date // of the right that decides; To "" = without end
	Paid                  bool          // may be advertised
	Channels, Territory   []string      // none = only reposts; everywhere
}

// MayTake says whether the file may be downloaded: a right runs today.
func (f Final) MayTake() bool { return f.Right == RightRuns }

// Refusals of a download.
var (
	ErrRightNone  = fault.New(fault.Forbidden, "final.right-none")
	ErrRightEarly = fault.New(fault.Forbidden, "final.right-early") // arg: from
	ErrRightEnded = fault.New(fault.Forbidden, "final.right-ended") // arg: to
)

// refused is the refusal of a final whose right does not run; nil when it does.
func (f Final) refused() error {
	switch f.Right {
	case RightRuns:
		return nil
	case RightEarly:
		return ErrRightEarly.With("from", f.From)
	case RightEnded:
		return ErrRightEnded.With("to", f.To)
	}
	return ErrRightNone
}

// withRight judges a final by the rights of its deliverable, or of its whole booking, on
// a day: one that runs decides; else the next to begin; else the last that ended.
func (f Final) withRight(rights []talent.UsageRight, day worktime.Date) Final {
	f.Right = RightNone
	better := map[RightState]int{RightNone: 0, RightEnded: 1, RightEarly: 2, RightRuns: 3}
	for _, u := range rights {
		if u.DeliverableID != f.DeliverableID && (u.DeliverableID != "" || u.BookingID != f.BookingID) {
			continue
		}
		state := RightEnded
		switch {
		case u.RunsOn(day):
			state = RightRuns
		case u.From.After(day):
			state = RightEarly
		}
		later := state == f.Right && (u.To == "" || f.To != "" && u.To.After(f.To))
		if better[state] > better[f.Right] || later {
			f.Right, f.From, f.To, f.Paid, f.Channels, f.Territory = state, u.From, u.To, u.Paid, u.Channels, u.Territory
		}
	}
	return f
}

// FinalFilter restricts the library.
type FinalFilter struct {
	CampaignID string
	Search     string // in names, captions and formats
	Before     string // the last version of the page before
	Limit      int    // 0 = 60
}

func (f FinalFilter) limit() int {
	if f.Limit <= 0 || f.Limit > 200 {
		return 60
	}
	return f.Limit
}

// pattern is the search for LIKE, small, with its signs escaped.
func (f FinalFilter) pattern() string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(strings.TrimSpace(f.Search))) + "%"
}
