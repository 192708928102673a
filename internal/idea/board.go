package idea

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
)

// Board is one question that people brainstorm on, for an opportunity, a client or nobody yet.
type Board struct {
	ID       string
	Title    string
	Question string
	DealID   string // opportunity; "" for none
	ClientID string
	MadeAt   time.Time
	ByID, By string
	ClosedAt time.Time
	Version  int64
}

// Open tells whether ideas and votes still come.
func (b Board) Open() bool { return b.ClosedAt.IsZero() }

// Kind says by whom an idea would be carried out (A22).
type Kind string

// Kinds lists them in the order of the form: talents, media accounts, both.
func Kinds() []Kind { return []Kind{"kol", "media", "mixed"} }

// Decision is what was decided about an idea.
type Decision string

// The decisions. Undecided is the zero value.
const (
	Undecided Decision = ""
	Keep      Decision = "kept"
	Drop      Decision = "dropped"
)

// Status is where an idea stands, computed from decision and uses.
type Status string

// The statuses.
const (
	Raw     Status = "raw"
	Kept    Status = "kept"
	Used    Status = "used"
	Dropped Status = "dropped"
)

// Idea is what one person proposed.
type Idea struct {
	ID, BoardID string
	AuthorID    string
	Author      string // credit, as the name was then
	Title       string
	Body        string
	Links       []string // references
	Kind        Kind
	NoteID      string // a trend that it rides on (A13); "" for none
	Decision    Decision
	Why         string // of a drop
	DecidedBy   string
	DecidedAt   time.Time
	MadeAt      time.Time
	Version     int64

	Voters []string // ids of persons
	Uses   []Use
}

// Use says where an idea was taken: a deck or a slot.
type Use struct {
	Kind      string // deck, slot
	SubjectID string
	Name      string
	At        time.Time
	By        string
}

// Faults of boards and ideas.
var (
	ErrBoardTitle  = fault.Field("title", "idea.board-title")
	ErrBoardClosed = fault.New(fault.Conflict, "idea.board-closed")
	ErrTitle       = fault.Field("title", "idea.title")
	ErrLong        = fault.Field("body", "idea.long")
	ErrKind        = fault.Field("kind", "idea.kind")
	ErrLink        = fault.Field("links", "idea.link") // not http or https; arg: link
	ErrTrend       = fault.Field("note", "idea.trend") // no trend with this id
	ErrOwnVote     = fault.New(fault.Conflict, "idea.own-vote")
	ErrAuthor      = fault.New(fault.Forbidden, "idea.not-yours")
	ErrDecision    = fault.Field("decision", "idea.decision")
	ErrWhy         = fault.Field("why", "idea.why")                // dropped without a reason
	ErrUsed        = fault.New(fault.Conflict, "idea.used")        // what a deck or slot took is not dropped
	ErrDropped     = fault.New(fault.Conflict, "idea.was-dropped") // what was dropped is not used
)

const (
	maxTitle = 160
	maxBody  = 2000
	maxLinks = 10
)

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (b *Board) tidy() error {
	b.Title, b.Question = oneLine(b.Title), strings.TrimSpace(b.Question)
	if n := len([]rune(b.Title)); n == 0 || n > maxTitle || len([]rune(b.Question)) > maxBody {
		return ErrBoardTitle
	}
	return nil
}

func (i *Idea) tidy() error {
	i.Title, i.Body, i.Links = oneLine(i.Title), strings.TrimSpace(i.Body), Links(strings.Join(i.Links, "\n"))
	switch n := len([]rune(i.Title)); {
	case n == 0 || n > maxTitle:
		return ErrTitle
	case len([]rune(i.Body)) > maxBody:
		return ErrLong
	case !slices.Contains(Kinds(), i.Kind):
		return ErrKind
	case len(i.Links) > maxLinks:
		return ErrLink
	}
	for _, l := range i.Links {
		if !isWeb(l) {
			return ErrLink.With("link", l)
		}
	}
	return nil
}

func isWeb(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && strings.Contains(u.Host, ".")
}

// Links splits lines of links as people paste them; none stands twice.
func Links(text string) (out []string) {
	for _, l := range strings.Fields(text) {
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

// Status computes where the idea stands.
func (i Idea) Status() Status {
	switch {
	case len(i.Uses) > 0:
		return Used
	case i.Decision == Drop:
		return Dropped
	case i.Decision == Keep:
		return Kept
	}
	return Raw
}

// VotedBy tells whether a person voted for the idea.
func (i Idea) VotedBy(person string) bool { return slices.Contains(i.Voters, person) }

// MayVote tells whether somebody may vote. Faults: idea.board-closed, idea.own-vote.
func (i Idea) MayVote(b Board, person string) error {
	switch {
	case !b.Open():
		return ErrBoardClosed
	case i.AuthorID == person:
		return ErrOwnVote
	}
	return nil
}

// Decide keeps or drops the idea, or takes a decision back. Faults: idea.decision, -why, -used.
func (i Idea) Decide(d Decision, why, by string, now time.Time) (Idea, error) {
	why = strings.TrimSpace(why)
	switch {
	case d != Undecided && d != Keep && d != Drop:
		return i, ErrDecision
	case d == Drop && why == "":
		return i, ErrWhy
	case d == Drop && len(i.Uses) > 0:
		return i, ErrUsed
	case len([]rune(why)) > maxBody:
		return i, ErrWhy
	}
	i.Decision, i.Why, i.DecidedBy, i.DecidedAt = d, why, by, now
	if d == Undecided {
		i.Why, i.DecidedBy, i.DecidedAt = "", "", time.Time{}
	}
	return i, nil
}

// Ranked puts ideas in the order of a board: the most votes first, then the oldest;
// dropped ones last.
func Ranked(list []Idea) []Idea {
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b Idea) int {
		return cmp.Or(cmp.Compare(btoi(a.Status() == Dropped), btoi(b.Status() == Dropped)), cmp.Compare(len(b.Voters), len(a.Voters)), a.MadeAt.Compare(b.MadeAt))
	})
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
