package report

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
)

// Comment is what somebody of the client's or the agency's says about a version that was
// sent. It never changes.
type Comment struct {
	ID, CampaignID, ClientID string

	Number int64  // of the version
	Part   string // one of CommentParts
	Text   string
	Party  string // client, staff
	ByID   string
	By     string
	At     time.Time
}

// FromClient says whether the client's side wrote it.
func (c Comment) FromClient() bool { return c.Party == "client" }

// CommentParts are the parts of a report that a comment can be about.
var CommentParts = []string{"whole", "summary", "talents", "guarantee", "best", "worth", "learned", "advice"}

// Refusals of a comment.
var (
	ErrComment     = fault.Field("text", "report.comment")
	ErrCommentLong = fault.Field("text", "report.comment-long")
	ErrCommentPart = fault.Field("part", "report.comment-part")
)

// maxComment bounds a comment, in characters.
const maxComment = 2000

// Tidy trims a comment; without a part it is about the whole. Faults: report.comment*.
func (c Comment) Tidy() (Comment, error) {
	if c.Text = strings.TrimSpace(c.Text); c.Text == "" {
		return c, ErrComment
	}
	if len([]rune(c.Text)) > maxComment {
		return c, ErrCommentLong
	}
	if c.Part == "" {
		c.Part = CommentParts[0]
	}
	if !slices.Contains(CommentParts, c.Part) {
		return c, ErrCommentPart
	}
	return c, nil
}
