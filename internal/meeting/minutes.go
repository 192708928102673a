package meeting

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// LineKind says what was said.
type LineKind string

// The kinds of lines, in the order of the report.
const (
	Decision LineKind = "decision"
	Wish     LineKind = "wish"
	Target   LineKind = "target"
	Question LineKind = "question"
	Action   LineKind = "action"
)

// LineKinds lists them in order.
func LineKinds() []LineKind { return []LineKind{Decision, Wish, Target, Question, Action} }

// Effect says what a decision changes.
type Effect string

// The effects of decisions. Without one a decision is a record.
const (
	NoEffect     Effect = ""
	ChangesPoint Effect = "change"
	AddsPoint    Effect = "add"
	MovesDate    Effect = "date"
	ChangesFee   Effect = "fee"
)

// EffectKinds lists them in the order of the form.
func EffectKinds() []Effect {
	return []Effect{NoEffect, ChangesPoint, AddsPoint, MovesDate, ChangesFee}
}

// OnBrief tells whether the effect makes a version of the brief.
func (e Effect) OnBrief() bool { return e == ChangesPoint || e == AddsPoint }

// Line is one thing said in a meeting.
type Line struct {
	ID         string
	MeetingID  string
	CampaignID string
	Position   int64
	Kind       LineKind
	Internal   bool // never leaves the agency
	Text       string

	Effect    Effect
	PointID   string             // of the agreed brief, when it changes one
	PointKind campaign.PointKind // how the point binds from then on
	Wording   string             // of the point; "" for the line's own text
	SlotID    string             // whose date or fee changes
	Which     string             // "draft" or "post"
	On        worktime.Date      // the new date
	Fee       money.Amount       // the new fee, without tax

	DoerWho Who
	DoerID  string
	Doer    string
	Due     worktime.Deadline
	TaskID  string // of an action by the agency's people

	Replaces   string // the line of an earlier report whose proposal this takes the place of
	ReplacedBy string
	ReportID   string // sealed in this report; "" while it may change
	MadeAt     time.Time
	By         string
	Version    int64
}

// Faults of minutes.
var (
	ErrLineKind     = fault.Field("kind", "minutes.kind")
	ErrLineText     = fault.Field("text", "minutes.text")
	ErrLineDoer     = fault.Field("doer", "minutes.doer")                              // an action without one, or nobody of this meeting
	ErrLineDue      = fault.Field("due", "minutes.due")                                // an action without a date
	ErrEffect       = fault.Field("effect", "minutes.effect")                          // an effect of something else than a decision
	ErrEffectInside = fault.New(fault.Invalid, "minutes.effect-internal").At("effect") // the client must see what changes
	ErrNoCampaign   = fault.New(fault.Invalid, "minutes.no-campaign").At("effect")     // there is no brief to change
	ErrPoint        = fault.Field("point", "minutes.point")                            // not a point of the agreed brief
	ErrSlot         = fault.Field("slot", "minutes.slot")                              // a date or fee without the slot it is of
	ErrOn           = fault.Field("on", "minutes.on")                                  // the new date is missing
	ErrFee          = fault.Field("fee", "minutes.fee")                                // the new fee is missing
	ErrSealed       = fault.New(fault.Conflict, "minutes.sealed")                      // the client has the line
	ErrNotHeld      = fault.New(fault.Conflict, "minutes.early")                       // the meeting has not begun
	ErrMention      = fault.New(fault.Invalid, "minutes.mention").At("text")           // a colleague is called by name in the client part
	ErrEmptyReport  = fault.New(fault.Invalid, "minutes.empty")                        // there is nothing to send
	ErrPreview      = fault.New(fault.Conflict, "minutes.preview")                     // not what was looked at
	ErrSuspect      = fault.New(fault.Invalid, "minutes.suspect").At("sure")           // args: words: it reads like the internal part
	ErrReceivers    = fault.Field("to", "minutes.receivers")                           // nobody to send to
	ErrDecider      = fault.New(fault.Invalid, "minutes.decider").At("to")             // args: name: the brief changes only with the decider's knowledge
	ErrReportGone   = fault.New(fault.Conflict, "minutes.withdrawn")                   // the meeting was called off
	ErrObjected     = fault.New(fault.Conflict, "minutes.objected")                    // this contact contested the line before
	ErrObjectWords  = fault.Field("words", "minutes.object-words")                     // an objection says what was meant
	ErrAnswered     = fault.New(fault.Conflict, "minutes.answered")                    // accepted before
	ErrNotSent      = fault.New(fault.Conflict, "minutes.not-sent")                    // no such receiver
	ErrBriefFirst   = fault.New(fault.Conflict, "minutes.brief-first").At("effect")    // no version of the brief is agreed yet
)

const maxLine = 2000

// Tidy brings a line into its one form and checks what its kind and effect need. What
// needs the database (doer, point, slot) is checked by the use case.
func (l Line) Tidy() (Line, error) {
	l.Text, l.Wording = strings.TrimSpace(l.Text), strings.TrimSpace(l.Wording)
	switch {
	case !slices.Contains(LineKinds(), l.Kind):
		return l, ErrLineKind
	case l.Text == "" || len([]rune(l.Text)) > maxLine || len([]rune(l.Wording)) > maxLine:
		return l, ErrLineText
	case !l.Internal && hasMention(l.Text):
		return l, ErrMention
	}
	if l.Kind != Action {
		l.DoerWho, l.DoerID, l.Doer, l.Due = "", "", "", worktime.Deadline{}
	} else if l.DoerID == "" {
		return l, ErrLineDoer
	}
	return l.tidyEffect()
}

func (l Line) tidyEffect() (Line, error) {
	if !slices.Contains(EffectKinds(), l.Effect) {
		return l, ErrEffect
	}
	if l.Effect == NoEffect {
		l.PointID, l.PointKind, l.Wording, l.SlotID, l.Which, l.On, l.Fee, l.Replaces = "", "", "", "", "", "", money.Amount{}, ""
		return l, nil
	}
	switch {
	case l.Kind != Decision:
		return l, ErrEffect
	case l.Internal:
		return l, ErrEffectInside
	case l.CampaignID == "":
		return l, ErrNoCampaign
	case l.Effect == ChangesPoint && l.PointID == "":
		return l, ErrPoint
	case l.Effect == MovesDate && l.SlotID == "", l.Effect == ChangesFee && l.SlotID == "":
		return l, ErrSlot
	case l.Effect == MovesDate && (!l.On.Valid() || l.Which != "draft" && l.Which != "post"):
		return l, ErrOn
	case l.Effect == ChangesFee && l.Fee.Sign() <= 0:
		return l, ErrFee
	}
	if l.Effect == AddsPoint {
		l.PointID, l.Replaces = "", ""
	}
	if l.Effect.OnBrief() && !slices.Contains(campaign.PointKinds, l.PointKind) {
		l.PointKind = campaign.Must
	}
	return l, nil
}

// hasMention tells whether somebody is called by "@name", as colleagues do.
func hasMention(text string) bool {
	for _, w := range strings.Fields(text) {
		if strings.HasPrefix(w, "@") && len(w) > 2 {
			return true
		}
	}
	return false
}

// PointText is the wording of the point that the line changes or adds.
func (l Line) PointText() string {
	if l.Wording != "" {
		return l.Wording
	}
	return l.Text
}

// proposed is what the line wants of the brief.
func (l Line) proposed() campaign.ProposedLine {
	what := campaign.ChangePoint
	if l.Effect == AddsPoint {
		what = campaign.AddPoint
	}
	return campaign.ProposedLine{ID: l.ID, What: what, PointID: l.PointID, Point: campaign.Point{Kind: l.PointKind, Text: l.PointText()}}
}

// ForClient gives the lines of the client part that no report holds yet.
func ForClient(lines []Line) (out []Line) {
	for _, l := range lines {
		if !l.Internal && l.ReportID == "" {
			out = append(out, l)
		}
	}
	return out
}

// HashOf names the content of lines, so that what is sent is what was looked at.
func HashOf(lines []Line) string {
	h := sha256.New()
	for _, l := range lines {
		fmt.Fprintf(h, "%s\x1f%d\x1e", l.ID, l.Version)
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// insideWords are words that belong to the internal part; they are asked about, not
// forbidden.
var insideWords = []string{"margin", "internal", "modal", "markup", "mark-up", "untung", "profit", "rahasia", "jangan sampai klien", "don't tell"}

// Suspect gives the words in the lines that read like the internal part.
func Suspect(lines []Line) (out []string) {
	for _, l := range lines {
		text := strings.ToLower(l.Text + " " + l.Wording)
		for _, w := range insideWords {
			if strings.Contains(text, w) && !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}
