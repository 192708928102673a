package billing

import (
	"context"
	"database/sql"
	"fmt"

	"kolega/internal/db"
)

// listSigners gives who signs an agreement, in order, with their names as they are now.
func listSigners(ctx context.Context, tx *db.Tx, agreementID string) ([]Signer, error) {
	rows, err := tx.Query(ctx, `SELECT s.id, s.position, COALESCE(s.contact_id, ''), COALESCE(s.person_id, ''), COALESCE(k.name, p.name, ''), COALESCE(k.title, ''),
		s.signed_at, s.signed_name, s.signed_from, s.code_to FROM agreement_signer s LEFT JOIN contact k ON k.id = s.contact_id LEFT JOIN person p ON p.id = s.person_id
		WHERE s.agreement_id = $1 ORDER BY s.position`, agreementID)
	return db.Collect(rows, err, func(r *sql.Rows) (s Signer, err error) {
		var at db.Time
		err = r.Scan(&s.ID, &s.Position, &s.ContactID, &s.PersonID, &s.Name, &s.Title, &at, &s.SignedName, &s.From, &s.CodeTo)
		s.SignedAt = at.Time
		return s, err
	})
}

// putSigners replaces who signs a draft.
func putSigners(ctx context.Context, tx *db.Tx, a Agreement) error {
	if _, err := tx.Exec(ctx, `DELETE FROM agreement_signer WHERE agreement_id = $1 AND signed_at IS NULL`, a.ID); err != nil {
		return err
	}
	for _, s := range a.Signers {
		_, err := tx.Exec(ctx, `INSERT INTO agreement_signer (id, agreement_id, position, contact_id, person_id, signed_name, signed_from, code_to) VALUES ($1, $2, $3, $4, $5, '', '', '')`,
			tx.NewID(), a.ID, s.Position, text(s.ContactID), text(s.PersonID))
		if err != nil {
			return fmt.Errorf("keep signer: %w", err)
		}
	}
	return nil
}

// saveSignature keeps one signature; a second one of the same signer is refused.
func saveSignature(ctx context.Context, tx *db.Tx, s Signer) error {
	return db.Changed(tx.Exec(ctx, `UPDATE agreement_signer SET signed_at = $2, signed_name = $3, signed_from = $4, code_to = $5 WHERE id = $1 AND signed_at IS NULL`,
		s.ID, db.At(s.SignedAt), s.SignedName, s.From, s.CodeTo))
}
