package review

import (
	"slices"
	"time"

	"kolega/internal/fault"
)

// Told says when and how a decision was told outside, which lines show it, and the
// client's own word on it afterwards (R9). Zone is the one of the person who told it.
type Told struct {
	DeliverableID, VersionID, CampaignID string

	At          time.Time
	Zone        string
	Channel     string   // one of Channels
	Lines       []string // ids of lines of an imported chat
	ConfirmedAt time.Time
	ConfirmedBy string
}

// Channels by which a decision can be told, in the order of the form.
var Channels = []string{"whatsapp", "phone", "meeting", "email"}

// Confirmed says whether a decision stands for posting.
type Confirmed string

// How a decision stands. Only a click, or silence where the agreement lets it count,
// lets a draft be posted on words that were told.
const (
	ConfirmedClick   Confirmed = "click"    // the person's own click, at once or afterwards
	ConfirmedSilence Confirmed = "silence"  // the window passed and the agreement lets silence count
	ConfirmedWait    Confirmed = "wait"     // the window is open
	ConfirmedNeeds   Confirmed = "needs"    // the window passed and the agreement wants a click
	ConfirmedNot     Confirmed = "objected" // the person objected
)

// MayPost tells whether the talent may be sent on to post.
func (c Confirmed) MayPost() bool { return c == ConfirmedClick || c == ConfirmedSilence }

// Refusals of decisions told outside.
var (
	ErrToldWhen    = fault.Field("told_at", "draft.told-when")  // later than now
	ErrToldEarly   = fault.Field("told_at", "draft.told-early") // before the version was shown: the words are about an older one
	ErrChannel     = fault.Field("channel", "draft.channel")
	ErrConfirmNone = fault.New(fault.Conflict, "draft.confirm-none") // nothing to confirm
)

// CheckTold judges when and how a decision about a version was told.
func CheckTold(v Version, t Told, now time.Time) error {
	switch {
	case !slices.Contains(Channels, t.Channel):
		return ErrChannel
	case t.At.After(now.Add(time.Minute)):
		return ErrToldWhen
	case t.At.Add(time.Minute).Before(v.ShownAt): // a chat has whole minutes
		return ErrToldEarly
	}
	return nil
}

// Confirmation says how an approval stands at now. silence tells whether the agreement
// lets silence count; t is zero for an approval by link.
func Confirmation(a Approval, t Told, silence bool, now time.Time) Confirmed {
	switch {
	case !a.ObjectedAt.IsZero():
		return ConfirmedNot
	case a.Via != ViaWhatsApp || !t.ConfirmedAt.IsZero():
		return ConfirmedClick
	case now.Before(a.ObjectBy):
		return ConfirmedWait
	case silence:
		return ConfirmedSilence
	}
	return ConfirmedNeeds
}

// Confirm is the client's own click on a decision that was told. Fault: draft.confirm-none.
func (t Told) Confirm(a Approval, by string, now time.Time) (Told, error) {
	if a.Via != ViaWhatsApp || !a.ObjectedAt.IsZero() || !t.ConfirmedAt.IsZero() {
		return t, ErrConfirmNone
	}
	t.ConfirmedAt, t.ConfirmedBy = now, by
	return t, nil
}
