package talent

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/message"
)

// KnownBy tells which talent a phone number is of, for messages that come in.
func KnownBy(ctx context.Context, tx *db.Tx, phone string) (message.To, bool, error) {
	if phone == "" {
		return message.To{}, false, nil
	}
	t, err := scanTalent(tx.QueryRow(ctx, `SELECT `+talentColumns+` FROM talent WHERE phone = $1 AND status NOT IN ('erased', 'merged') ORDER BY id DESC LIMIT 1`, phone))
	if err = db.One(err); errors.Is(err, db.ErrNotFound) {
		return message.To{}, false, nil
	}
	return t.To(), err == nil, err
}

// To is a talent as messages know people.
func (t Talent) To() message.To {
	return message.To{Party: access.Talent, ID: t.ID, Name: t.Name, Phone: t.Phone, Email: t.Email, Lang: t.Lang, Zone: t.Zone}
}

// ListNewest gives the talents who came since an instant, the newest first, at most 100.
func ListNewest(ctx context.Context, tx *db.Tx, since time.Time) ([]Talent, error) {
	rows, err := tx.Query(ctx, `SELECT `+talentColumns+` FROM talent WHERE made_at >= $1 AND status NOT IN ('erased', 'merged') ORDER BY made_at DESC, id LIMIT 100`, db.At(since))
	return db.Collect(rows, err, func(r *sql.Rows) (Talent, error) { return scanTalent(r) })
}
