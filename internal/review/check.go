package review

import (
	"strings"
	"time"

	"kolega/internal/fault"
)

// PointKind is how binding a brief point is.
type PointKind string

// The kinds of brief points, as campaign names them.
const (
	Must    PointKind = "must"
	MustNot PointKind = "must_not"
	Should  PointKind = "should"
	Fact    PointKind = "fact"
)

// Point is what review needs of a brief point.
type Point struct {
	ID        string // stable over brief versions
	Number    int64
	Kind      PointKind
	Text      string
	CheckedIn string // where to look: video, caption, …
	Concept   bool   // a promise of the approved concept (B17), not of the brief
}

// Binding says whether breaking the point is a fault: must or must not.
func (p Point) Binding() bool { return p.Kind == Must || p.Kind == MustNot }

// Key is one of the two that open the way to the client (R5).
type Key string

// The keys, in order.
const (
	KeySpecialist Key = "specialist"
	KeyAE         Key = "ae"
)

// Met is a checker's answer to one point.
type Met string

// The answers: met (where), not met (what is wrong), not applicable (why).
const (
	IsMet  Met = "met"
	NotMet Met = "not_met"
	NotApp Met = "na"
)

// PointAnswer is one ticked brief point.
type PointAnswer struct {
	PointID string `json:"point"`
	Answer  Met    `json:"answer"`
	Where   string `json:"where,omitempty"` // time code or place, for met
	Reason  string `json:"reason,omitempty"`
	AtMS    int64  `json:"at_ms,omitempty"` // the time code in milliseconds, -1 or 0 when it is a place
}

// Check is one turned key: a person's answers about a version.
type Check struct {
	ID, VersionID string
	Key           Key
	ByID, By      string
	Answers       []PointAnswer
	Note          string // for colleagues; never leaves the agency
	Passed        bool   // no point is not met
	Override      string // the reason for letting one person turn both keys; counted
	At            time.Time
}

// Checker is who turns a key.
type Checker struct {
	ID, Name string
	Trainee  bool // may turn only the first key
	Senior   bool // may override the rule of two people
}

// Refusals of a check.
var (
	ErrNotInCheck   = fault.New(fault.Conflict, "check.not-in-check")    // shown, returned or replaced meanwhile
	ErrKeyTurned    = fault.New(fault.Conflict, "check.key-turned")      // arg: name
	ErrFirstKey     = fault.New(fault.Conflict, "check.first-key-first") // the specialist's key comes first
	ErrTrainee      = fault.New(fault.Forbidden, "check.trainee")
	ErrSamePerson   = fault.Field("override", "check.same-person")
	ErrOverride     = fault.New(fault.Forbidden, "check.override-right")
	ErrUnanswered   = fault.New(fault.Invalid, "check.unanswered")     // a must point without an answer
	ErrWhere        = fault.New(fault.Invalid, "check.where-missing")  // met, but where
	ErrNoReason     = fault.New(fault.Invalid, "check.reason-missing") // not met or not applicable, but why
	ErrUnknownPoint = fault.New(fault.Invalid, "check.point-unknown")
	ErrNotPassed    = fault.New(fault.Conflict, "check.not-passed") // shown before both keys
)

// TurnKey judges one check of a version. Every must and must-not point of the
// brief version in force at the upload is answered: met (where, for a must), not
// met or not applicable (why). The keys are turned by different people, the
// specialist's first; a trainee only turns the first. A senior may turn both with
// a reason, which is counted (R5).
func TurnKey(v Version, before []Check, points []Point, c Check, by Checker, now time.Time) (Check, error) {
	if !v.inCheck() {
		return Check{}, ErrNotInCheck
	}
	if err := turnOrder(before, c, by); err != nil {
		return Check{}, err
	}
	answers, passed, err := readAnswers(points, c.Answers)
	if err != nil {
		return Check{}, err
	}
	c.VersionID, c.ByID, c.By, c.At = v.ID, by.ID, by.Name, now
	c.Answers, c.Passed = answers, passed
	if c.Key != KeyAE || !needsOverride(before, by) {
		c.Override = ""
	}
	return c, nil
}

func turnOrder(before []Check, c Check, by Checker) error {
	var first *Check
	for i := range before {
		if before[i].Key == c.Key {
			return ErrKeyTurned.With("name", before[i].By)
		}
		if before[i].Key == KeySpecialist {
			first = &before[i]
		}
	}
	if c.Key == KeySpecialist {
		return nil
	}
	switch {
	case c.Key != KeyAE:
		return fault.Field("key", "check.key-unknown")
	case first == nil:
		return ErrFirstKey
	case by.Trainee:
		return ErrTrainee
	case needsOverride(before, by) && strings.TrimSpace(c.Override) == "":
		return ErrSamePerson
	case needsOverride(before, by) && !by.Senior:
		return ErrOverride
	}
	return nil
}

func needsOverride(before []Check, by Checker) bool {
	for _, c := range before {
		if c.ByID == by.ID {
			return true
		}
	}
	return false
}

// readAnswers pairs the answers with the binding points, in the brief's order.
func readAnswers(points []Point, given []PointAnswer) ([]PointAnswer, bool, error) {
	byPoint := map[string]PointAnswer{}
	for _, a := range given {
		byPoint[a.PointID] = a
	}
	wrong := fault.Fields{}
	passed := true
	var out []PointAnswer
	for _, p := range points {
		a, ok := byPoint[p.ID]
		delete(byPoint, p.ID)
		if !ok && !p.Binding() {
			continue
		}
		if code := answerFault(p, a); code != "" {
			wrong["point."+p.ID] = code
		}
		passed = passed && a.Answer != NotMet
		out = append(out, a)
	}
	for id := range byPoint {
		wrong["point."+id] = ErrUnknownPoint.Code
	}
	return out, passed, wrong.Err()
}

func answerFault(p Point, a PointAnswer) string {
	switch {
	case a.Answer == IsMet && p.Kind == Must && strings.TrimSpace(a.Where) == "":
		return ErrWhere.Code
	case a.Answer == IsMet:
		return ""
	case a.Answer != NotMet && a.Answer != NotApp:
		return ErrUnanswered.Code
	case strings.TrimSpace(a.Reason) == "":
		return ErrNoReason.Code
	}
	return ""
}

// MayShow says whether both keys were turned and passed.
func MayShow(v Version, checks []Check) error {
	if !v.inCheck() {
		return ErrNotInCheck
	}
	passed := map[Key]bool{}
	for _, c := range checks {
		passed[c.Key] = c.Passed
	}
	if !passed[KeySpecialist] || !passed[KeyAE] {
		return ErrNotPassed
	}
	return nil
}

// FaultsOf turns the points a check found not met into the items that return
// the draft to the talent, free and without a client round (R5).
func FaultsOf(c Check) []Item {
	var out []Item
	for _, a := range c.Answers {
		if a.Answer != NotMet {
			continue
		}
		at := int64(-1)
		if a.AtMS > 0 {
			at = a.AtMS
		}
		out = append(out, Item{
			VersionID: c.VersionID, Text: a.Reason, AtMS: at, UntilMS: -1, Class: Fault, PointID: a.PointID,
			AuthorID: c.ByID, Author: c.By, RuledByID: c.ByID, RuledBy: c.By, RuledAt: c.At, SentOnAt: c.At, CreatedAt: c.At,
		})
	}
	return out
}

// Yield is the first-pass measure: shown versions without a fault from the
// client, and all shown versions (R5). The ratio is formed only when shown to people.
type Yield struct{ Clean, Shown int64 }
