package review

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kolega/internal/fault"
)

// Concept is what a talent means to film, sent before the filming (B17). The specialist
// and the account executive look at it, the client decides. Once approved its promises
// judge the deliverable's drafts like must points of the brief: the talent gave them, so
// they need no tick (R4), and the client approved them, so another wish is a W (R1).
type Concept struct {
	ID, DeliverableID string

	Number   int64 // of the deliverable's concepts, from 1
	Text     string
	Promises []Promise
	Pictures []Picture
	Source   Source
	SentAt   time.Time
	SentByID string
	SentBy   string

	FirstAt    time.Time // the specialist's key
	FirstByID  string
	FirstBy    string
	ShownAt    time.Time // the account executive's key: the client may decide
	ShownBy    string
	Override   string // why one person turned both keys
	ReturnedAt time.Time
	ReturnedBy string

	DecidedAt   time.Time // by the client
	DecidedByID string
	DecidedBy   string
	Approved    bool
	Words       string // why it went back, from whoever sent it back
}

// Promise is one thing that the talent will film; a point once the concept is approved.
type Promise struct{ ID, Text string }

// Picture is a sketch, a reference or a screenshot of a script.
type Picture struct {
	ID, SHA256, Type, FileName string
	Size                       int64
}

// Back tells whether the talent is asked for another.
func (c Concept) Back() bool {
	return !c.ReturnedAt.IsZero() || !c.DecidedAt.IsZero() && !c.Approved
}

// backAt is when the talent was asked for another.
func (c Concept) backAt() time.Time { return later(c.ReturnedAt, c.DecidedAt) }

// Bounds of concepts.
const (
	maxConcept  = 4000
	maxPromises = 20
	maxPromise  = 400
	maxPictures = 8
	maxPicture  = 20 * mib
)

// PictureTypes are the media types of a concept's pictures.
var PictureTypes = []string{"image/jpeg", "image/png", "image/webp"}

// Refusals about concepts.
var (
	ErrConceptFirst    = fault.New(fault.Conflict, "concept.first")     // a draft before the concept is approved
	ErrConceptLate     = fault.New(fault.Conflict, "concept.late")      // asked for after the first draft
	ErrConceptNone     = fault.New(fault.Conflict, "concept.none")      // nothing asks for one
	ErrConceptWaits    = fault.New(fault.Conflict, "concept.waits")     // the one before is still being looked at
	ErrConceptMoved    = fault.New(fault.Conflict, "concept.moved")     // looked at, shown or decided meanwhile
	ErrConceptText     = fault.Field("text", "concept.text")            // args: max
	ErrConceptPromise  = fault.Field("promises", "concept.promises")    // args: max
	ErrConceptPictures = fault.Field("pictures", "concept.pictures")    // args: max
	ErrConceptPicture  = fault.Field("pictures", "concept.picture")     // neither JPG, PNG nor WebP, or too large; args: max
	ErrConceptWhy      = fault.Field("note", "concept.why")             // sent back without a word
	ErrConceptReason   = fault.Field("reason", "concept.waived-reason") // not asked for any more, but why
)

// Conceiving tells whether the deliverable waits for an approved concept.
func (d Deliverable) Conceiving() bool {
	return d.Open() && !d.ConceptAskedAt.IsZero() && d.ConceptID == ""
}

// MayAskConcept judges whether a concept may still be asked for. Faults: draft.approved,
// draft.closed, concept.late.
func MayAskConcept(d Deliverable, versions int) error {
	switch {
	case d.ApprovedID != "":
		return ErrApproved
	case !d.ClosedAt.IsZero():
		return ErrClosed
	case versions > 0:
		return ErrConceptLate
	}
	return nil
}

// NewConcept is a concept as its form is filled: a text, and a promise on each line.
type NewConcept struct {
	Text, Promises string
	PictureIDs     []string // kept by KeepPicture
}

// CheckConcept judges a concept against the one before. Faults: draft.approved,
// draft.closed, concept.none, concept.waits, concept.text, concept.promises,
// concept.pictures.
func CheckConcept(d Deliverable, before Concept, n NewConcept, newID func() string) (Concept, error) {
	switch {
	case d.ApprovedID != "":
		return Concept{}, ErrApproved
	case !d.ClosedAt.IsZero():
		return Concept{}, ErrClosed
	case !d.Conceiving():
		return Concept{}, ErrConceptNone
	case before.ID != "" && !before.Back():
		return Concept{}, ErrConceptWaits
	}
	c := Concept{DeliverableID: d.ID, Number: before.Number + 1, Text: strings.TrimSpace(n.Text)}
	if c.Text == "" || utf8.RuneCountInString(c.Text) > maxConcept {
		return c, ErrConceptText.With("max", maxConcept)
	}
	for line := range strings.Lines(n.Promises) {
		text := strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "-•*"))
		same := func(p Promise) bool { return strings.EqualFold(p.Text, text) }
		switch {
		case text == "" || slices.ContainsFunc(c.Promises, same):
		case utf8.RuneCountInString(text) > maxPromise:
			return c, ErrConceptPromise.With("max", maxPromises)
		default:
			c.Promises = append(c.Promises, Promise{newID(), text})
		}
	}
	if len(c.Promises) == 0 || len(c.Promises) > maxPromises {
		return c, ErrConceptPromise.With("max", maxPromises)
	}
	if len(n.PictureIDs) > maxPictures {
		return c, ErrConceptPictures.With("max", maxPictures)
	}
	return c, nil
}

// TurnConceptKey is one of the two looks of the agency: the specialist's, then another
// person's, which shows the concept to the client. Without pass it goes back to the
// talent with a note. Faults: concept.moved, check.first-key-first, check.key-turned,
// check.trainee, check.same-person, check.override-right, concept.why.
func (c Concept) TurnConceptKey(k Key, pass bool, note, override string, by Checker, now time.Time) (Concept, error) {
	note, override = strings.TrimSpace(note), strings.TrimSpace(override)
	if c.Back() || !c.ShownAt.IsZero() {
		return c, ErrConceptMoved
	}
	if err := c.keyOrder(k, override, by); err != nil {
		return c, err
	}
	switch {
	case !pass && note == "":
		return c, ErrConceptWhy
	case !pass:
		c.ReturnedAt, c.ReturnedBy, c.Words = now, by.Name, note
	case k == KeySpecialist:
		c.FirstAt, c.FirstByID, c.FirstBy = now, by.ID, by.Name
	default:
		c.ShownAt, c.ShownBy = now, by.Name
		if c.FirstByID == by.ID {
			c.Override = override
		}
	}
	return c, nil
}

func (c Concept) keyOrder(k Key, override string, by Checker) error {
	var first []Check
	if !c.FirstAt.IsZero() {
		first = append(first, Check{Key: KeySpecialist, ByID: c.FirstByID, By: c.FirstBy})
	}
	return turnOrder(first, Check{Key: k, Override: override}, by)
}

// Decide is the client's word on a shown concept. Faults: concept.moved, concept.why.
func (c Concept) Decide(approve bool, words, byID, by string, now time.Time) (Concept, error) {
	words = strings.TrimSpace(words)
	switch {
	case c.ShownAt.IsZero() || !c.DecidedAt.IsZero():
		return c, ErrConceptMoved
	case !approve && words == "":
		return c, ErrConceptWhy
	}
	c.DecidedAt, c.DecidedByID, c.DecidedBy, c.Approved, c.Words = now, byID, by, approve, words
	return c, nil
}

// Points are the promises as points, numbered on from the brief's.
func (c Concept) Points(after int64) (out []Point) {
	for _, p := range c.Promises {
		after++
		out = append(out, Point{ID: p.ID, Number: after, Kind: Must, Text: p.Text, Concept: true})
	}
	return out
}

// step is whose move a concept is.
func (c Concept) step(d Deliverable) (Step, time.Time) {
	switch {
	case c.ID == "":
		return StepConcept, later(d.ConceptAskedAt, d.CreatedAt)
	case c.Back():
		return StepConcept, c.backAt()
	case c.FirstAt.IsZero():
		return StepConceptFirst, c.SentAt
	case c.ShownAt.IsZero():
		return StepConceptSecond, c.FirstAt
	}
	return StepConceptDecide, c.ShownAt
}
