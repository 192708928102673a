package pitch

import (
	"strings"
	"time"

	"kolega/internal/client"
	"kolega/internal/fault"
)

// Deck is one pitch in the making.
type Deck struct {
	ID, DealID string
	Title      string
	Lang       string // of the deck: id, en
	OwnerID    string
	Concept    string
	RipeAt     time.Time // since when the concept is ripe; zero while it is not
	RipeBy     string
	Template   File   // the client's own presentation to fill; empty for ours
	Learned    string // what the pitch taught, won or lost
	MadeAt     time.Time
	By         string
	Version    int64
}

// File is content in the store under the name it came with.
type File struct {
	SHA  string
	Name string
	Type string
	Size int64 // bytes
}

// Faults of decks.
var (
	ErrTitle      = fault.Field("title", "deck.title")
	ErrLang       = fault.Field("lang", "deck.lang")
	ErrDeal       = fault.Field("opportunity", "deck.opportunity") // none, or one that is over
	ErrOwner      = fault.Field("owner", "deck.owner")
	ErrConcept    = fault.Field("concept", "deck.concept")
	ErrUnripe     = fault.New(fault.Conflict, "deck.unripe")            // asked of a designer before the concept is ripe
	ErrUnready    = fault.New(fault.Conflict, "deck.unready")           // arg: missing, names of the checklist
	ErrTemplate   = fault.Field("template", "deck.template")            // no presentation that can be filled
	ErrUnapproved = fault.New(fault.Conflict, "deck.unapproved")        // sent before somebody approved it
	ErrOwnKey     = fault.New(fault.Conflict, "deck.own-approval")      // approved by who made the version
	ErrDecided    = fault.New(fault.Conflict, "deck.decided")           // approved or refused already
	ErrWhy        = fault.Field("why", "deck.why")                      // refused without a reason
	ErrNewer      = fault.New(fault.Conflict, "deck.newer")             // a later version was sent
	ErrOver       = fault.New(fault.Conflict, "deck.over")              // its opportunity is over
	ErrChanged    = fault.New(fault.Conflict, "deck.no-longer-true")    // a claim of the version does not hold any more; arg: title
	ErrLearned    = fault.Field("learned", "deck.learned")              // too long
	ErrReceiver   = fault.Field("receiver", "deck.receiver")            // no name, or nobody of this client
	ErrLinkGone   = fault.New(fault.NotFound, "deck.link-gone")         // withdrawn, past its time or never there
	ErrUntil      = fault.Field("until", "deck.until")                  // not in the future, or more than a year off
	ErrFormat     = fault.New(fault.NotFound, "deck.format")            // neither pdf nor pptx
	errShareSpent = fault.New(fault.Conflict, "deck.share-gone").At("") // withdrawn before
)

const (
	maxTitle = 160
	maxText  = 4000
)

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (d *Deck) tidy() error {
	d.Title, d.Concept, d.Learned = oneLine(d.Title), strings.TrimSpace(d.Concept), strings.TrimSpace(d.Learned)
	switch n := len([]rune(d.Title)); {
	case n == 0 || n > maxTitle:
		return ErrTitle
	case d.Lang != "id" && d.Lang != "en":
		return ErrLang
	case len([]rune(d.Concept)) > maxText:
		return ErrConcept
	case len([]rune(d.Learned)) > maxText:
		return ErrLearned
	}
	return nil
}

// Ripe tells whether a designer may be asked.
func (d Deck) Ripe() bool { return !d.RipeAt.IsZero() }

// Ripen marks the concept as ripe. Fault: deck.concept.
func (d Deck) Ripen(by string, now time.Time) (Deck, error) {
	if strings.TrimSpace(d.Concept) == "" {
		return d, ErrConcept
	}
	if !d.Ripe() {
		d.RipeAt, d.RipeBy = now, by
	}
	return d, nil
}

// Reword changes the concept; another one is raw again.
func (d Deck) Reword(concept string) Deck {
	if concept = strings.TrimSpace(concept); concept != d.Concept {
		d.Concept, d.RipeAt, d.RipeBy = concept, time.Time{}, ""
	}
	return d
}

// Stage is where a deck stands, computed.
type Stage string

// The stages in their order.
const (
	StageOutline  Stage = "outline"
	StageDesign   Stage = "design"   // a designer works
	StageApproval Stage = "approval" // a version waits for a second pair of eyes
	StageApproved Stage = "approved" // may be sent
	StageSent     Stage = "sent"     // nobody read it yet
	StageRead     Stage = "read"
	StageWon      Stage = "won"
	StageLost     Stage = "lost"
)

// StageOf computes a deck's stage from its versions (newest first), requests, shares
// and its opportunity.
func StageOf(deal client.Stage, versions []Version, requests []Request, readers int) Stage {
	sent := false
	for _, v := range versions {
		sent = sent || v.Sent()
	}
	switch {
	case deal == client.StageWon && sent:
		return StageWon
	case deal == client.StageLost && sent:
		return StageLost
	}
	if len(versions) > 0 {
		switch v := versions[0]; {
		case v.Waits():
			return StageApproval
		case v.Approved() && !v.Sent():
			return StageApproved
		}
	}
	for _, r := range requests {
		if r.Open() {
			return StageDesign
		}
	}
	switch {
	case sent && readers > 0:
		return StageRead
	case sent:
		return StageSent
	}
	return StageOutline
}
