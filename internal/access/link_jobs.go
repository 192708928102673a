package access

import (
	"context"
	"strings"
	"time"

	"kolega/internal/db"
)

// CodeAsked says that somebody outside needs a step-up code: it is sent to the
// known phone or e-mail, or handed on by a person of the agency.
type CodeAsked struct {
	To, Name, Lang, Code string
	CampaignID           string
	LinkID               string
	Purpose              string
}

// Kind names the event.
func (CodeAsked) Kind() string { return "access.code-asked" }

// OpenCode tells until when the newest code of a link and purpose may still be typed
// in; the zero time when there is none, or it was passed, spent or tried too often.
func OpenCode(ctx context.Context, tx *db.Tx, linkID, purpose string) (time.Time, error) {
	u, err := newestStepUp(ctx, tx, linkID, purpose)
	if err != nil || u == nil || !u.passed.IsZero() || u.tries >= stepUpTries || !u.until.After(tx.Now()) {
		return time.Time{}, err
	}
	return u.until, nil
}

// Hint says to whom a code goes and hides most of it: "WhatsApp •••• 789" or
// "e-mail a•••@brand.example". It is what the person who asked may read.
func Hint(place string) string {
	if name, host, ok := strings.Cut(place, "@"); ok && name != "" {
		return "e-mail " + string([]rune(name)[:1]) + "•••@" + host
	}
	if r := []rune(place); len(r) > 6 {
		return "WhatsApp •••• " + string(r[len(r)-3:])
	}
	return "WhatsApp ••••"
}
