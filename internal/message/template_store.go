package message

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/access"
	"kolega/internal/db"
)

const templateColumns = `party, kind, lang, subject, text, wa_name, wa_vars, wa_state, wa_reason, changed_at, changed_name, version`

func scanTemplate(r scanner) (t Template, err error) {
	var vars string
	var changed db.Time
	if err = r.Scan(&t.Party, &t.Kind, &t.Lang, &t.Subject, &t.Text, &t.WAName, &vars, &t.WAState, &t.WAReason, &changed, &t.ChangedName, &t.Version); err != nil {
		return t, err
	}
	t.ChangedAt = changed.Time
	return t, fromText(vars, &t.WAVars)
}

func loadTemplate(ctx context.Context, tx *db.Tx, party access.Role, kind, lang string) (Template, error) {
	t, err := scanTemplate(tx.QueryRow(ctx, `SELECT `+templateColumns+` FROM message_template WHERE party = $1 AND kind = $2 AND lang = $3`, party, kind, lang))
	return t, db.One(err)
}

func listTemplates(ctx context.Context, tx *db.Tx) ([]Template, error) {
	rows, err := tx.Query(ctx, `SELECT `+templateColumns+` FROM message_template ORDER BY party, kind, lang`)
	return db.Collect(rows, err, func(r *sql.Rows) (Template, error) { return scanTemplate(r) })
}

func putTemplate(ctx context.Context, tx *db.Tx, t Template) error {
	if t.Version == 0 {
		return db.Changed(tx.Exec(ctx, `INSERT INTO message_template (`+templateColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) ON CONFLICT (party, kind, lang) DO NOTHING`,
			t.Party, t.Kind, t.Lang, t.Subject, t.Text, t.WAName, asText(t.WAVars), t.WAState, t.WAReason, db.At(t.ChangedAt), t.ChangedName))
	}
	return db.Changed(tx.Exec(ctx, `UPDATE message_template SET subject = $4, text = $5, wa_name = $6, wa_vars = $7, wa_state = $8, wa_reason = $9, changed_at = $10, changed_name = $11, version = version + 1
		WHERE party = $1 AND kind = $2 AND lang = $3 AND version = $12`,
		t.Party, t.Kind, t.Lang, t.Subject, t.Text, t.WAName, asText(t.WAVars), t.WAState, t.WAReason, db.At(t.ChangedAt), t.ChangedName, t.Version))
}

func dropTemplate(ctx context.Context, tx *db.Tx, t Template) error {
	return db.Changed(tx.Exec(ctx, `DELETE FROM message_template WHERE party = $1 AND kind = $2 AND lang = $3 AND version = $4`, t.Party, t.Kind, t.Lang, t.Version))
}

// keepTemplateState keeps WhatsApp's word on the template with a name in a language.
func keepTemplateState(ctx context.Context, tx *db.Tx, n TemplateNews) error {
	_, err := tx.Exec(ctx, `UPDATE message_template SET wa_state = $3, wa_reason = $4 WHERE wa_name = $1 AND lang = $2`, n.Name, n.Lang, n.State, n.Reason)
	return err
}

// templateFor is the approved template that can carry a message when WhatsApp's window
// is closed; nil for none.
func templateFor(ctx context.Context, tx *db.Tx, party access.Role, o Outgoing) (*TemplateRef, error) {
	if o.Kind == "" {
		return nil, nil
	}
	t, err := loadTemplate(ctx, tx, party, o.Kind, o.Lang)
	if errors.Is(err, db.ErrNotFound) {
		return nil, nil
	}
	return t.ref(o.Vars), err
}
