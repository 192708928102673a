package review

import (
	"strings"
	"time"

	"kolega/internal/fault"
)

// Via says by which way a decision came; the ways stay visibly different (R9).
type Via string

// The ways of a decision.
const (
	ViaLink     Via = "link"     // the person clicked
	ViaAPI      Via = "api"      // the person's own link, by program
	ViaWhatsApp Via = "whatsapp" // told in a chat, entered by the account executive
	ViaSilence  Via = "silence"  // the agreement lets silence approve
)

// Approval freezes one version: one person, one version, one time.
type Approval struct {
	DeliverableID, VersionID string
	ByID, By                 string // the deciding person
	Via                      Via
	EnteredBy                string // staff who entered a decision told in a chat
	Words                    string // the pasted words of the chat
	At                       time.Time
	Late                     bool   // after the review window
	SHA256                   string // of the file
	Hash                     string // of everything frozen, see Version.Hash
	ObjectBy                 time.Time
	ObjectedAt               time.Time // the person objected to a chat decision
	Objection                string
}

// Refusals of approvals and of decisions told in a chat.
var (
	ErrWords      = fault.Field("words", "draft.words-missing") // a chat decision without the words
	ErrNotAllowed = fault.New(fault.Conflict, "draft.advice-only")
	ErrObject     = fault.New(fault.Conflict, "draft.object-none")
	ErrObjectText = fault.Field("text", "draft.object-text")
	ErrFrozen     = fault.New(fault.Internal, "draft.frozen-changed") // an approved version differs from its hash
)

// Approve makes the approval of v as it stands at now.
func Approve(v Version, byID, by string, via Via, now time.Time) Approval {
	return Approval{
		DeliverableID: v.DeliverableID, VersionID: v.ID, ByID: byID, By: by, Via: via, At: now,
		Late: !v.ReviewDue.IsZero() && now.After(v.ReviewDue), SHA256: v.SHA256, Hash: v.Hash(),
	}
}

// Intact says whether the version still is what was approved.
func (a Approval) Intact(v Version) bool {
	return a.VersionID == v.ID && a.Hash == v.Hash() && a.SHA256 == v.SHA256
}

// Object records the client's objection to a decision told in a chat. It opens
// an issue for the account executive; the history stays.
func (a Approval) Object(text string, now time.Time) (Approval, error) {
	text = strings.TrimSpace(text)
	switch {
	case a.Via != ViaWhatsApp && a.Via != ViaSilence || !a.ObjectedAt.IsZero():
		return a, ErrObject
	case text == "":
		return a, ErrObjectText
	}
	a.ObjectedAt, a.Objection = now, text
	return a, nil
}
