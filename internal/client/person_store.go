package client

import (
	"context"
	"errors"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/message"
)

// KnownBy tells which contact a phone number is of, for messages that come in; of two
// with one number the one who is still there and was entered last.
func KnownBy(ctx context.Context, tx *db.Tx, phone string) (message.To, bool, error) {
	if phone == "" {
		return message.To{}, false, nil
	}
	c, err := scanContact(tx.QueryRow(ctx, `SELECT `+contactColumns+` FROM contact WHERE phone = $1 ORDER BY CASE WHEN left_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 1`, phone))
	if err = db.One(err); errors.Is(err, db.ErrNotFound) {
		return message.To{}, false, nil
	}
	return c.To(), err == nil, err
}

// To is a contact as messages know people.
func (c Contact) To() message.To {
	return message.To{Party: access.Client, ID: c.ID, ClientID: c.ClientID, Name: c.Name, Phone: c.Phone, Email: c.Email, Lang: c.Lang, Zone: c.Zone}
}
