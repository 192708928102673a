package pitch

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

type row interface{ Scan(...any) error }

const deckColumns = `id, opportunity_id, title, lang, owner_id, concept, ripe_at, ripe_by, template_sha, template_name, learned, made_at, by_name, version`

// LoadDeck gives a deck, NotFound if there is none with the id.
func LoadDeck(ctx context.Context, tx *db.Tx, id string) (Deck, error) {
	d, err := scanDeck(tx.QueryRow(ctx, `SELECT `+deckColumns+` FROM deck WHERE id = $1`, id))
	return d, db.One(err)
}

func scanDeck(r row) (d Deck, err error) {
	var ripe, made db.Time
	err = r.Scan(&d.ID, &d.DealID, &d.Title, &d.Lang, &d.OwnerID, &d.Concept, &ripe, &d.RipeBy, &d.Template.SHA, &d.Template.Name, &d.Learned, &made, &d.By, &d.Version)
	d.RipeAt, d.MadeAt = ripe.Time, made.Time
	return d, err
}

// ListDecks gives decks, the newest first; of one opportunity when named.
func ListDecks(ctx context.Context, tx *db.Tx, dealID string) ([]Deck, error) {
	rows, err := tx.Query(ctx, `SELECT `+deckColumns+` FROM deck WHERE ($1 = '' OR opportunity_id = $1) ORDER BY id DESC LIMIT 300`, dealID)
	return db.Collect(rows, err, func(r *sql.Rows) (Deck, error) { return scanDeck(r) })
}

func insertDeck(ctx context.Context, tx *db.Tx, d Deck) error {
	_, err := tx.Exec(ctx, `INSERT INTO deck (`+deckColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)`,
		d.ID, d.DealID, d.Title, d.Lang, d.OwnerID, d.Concept, db.At(d.RipeAt), d.RipeBy, d.Template.SHA, d.Template.Name, d.Learned, db.At(d.MadeAt), d.By)
	return err
}

func saveDeck(ctx context.Context, tx *db.Tx, d Deck) error {
	return db.Changed(tx.Exec(ctx, `UPDATE deck SET title = $3, lang = $4, owner_id = $5, concept = $6, ripe_at = $7, ripe_by = $8, template_sha = $9, template_name = $10, learned = $11,
		version = version + 1 WHERE id = $1 AND version = $2`,
		d.ID, d.Version, d.Title, d.Lang, d.OwnerID, d.Concept, db.At(d.RipeAt), d.RipeBy, d.Template.SHA, d.Template.Name, d.Learned))
}

const partColumns = `id, deck_id, place, kind, title, body, data, version`

func scanPart(r row) (p Part, err error) {
	var data db.JSON[Data]
	err = r.Scan(&p.ID, &p.DeckID, &p.Place, &p.Kind, &p.Title, &p.Body, &data, &p.Version)
	p.Data = data.V
	return p, err
}

// LoadPart gives a part of a deck, NotFound if it has none with the id.
func LoadPart(ctx context.Context, tx *db.Tx, deckID, id string) (Part, error) {
	p, err := scanPart(tx.QueryRow(ctx, `SELECT `+partColumns+` FROM deck_part WHERE deck_id = $1 AND id = $2`, deckID, id))
	return p, db.One(err)
}

// ListParts gives a deck's outline in its order.
func ListParts(ctx context.Context, tx *db.Tx, deckID string) ([]Part, error) {
	rows, err := tx.Query(ctx, `SELECT `+partColumns+` FROM deck_part WHERE deck_id = $1 ORDER BY place, id`, deckID)
	return db.Collect(rows, err, func(r *sql.Rows) (Part, error) { return scanPart(r) })
}

func insertPart(ctx context.Context, tx *db.Tx, p Part) error {
	_, err := tx.Exec(ctx, `INSERT INTO deck_part (`+partColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)`, p.ID, p.DeckID, p.Place, string(p.Kind), p.Title, p.Body, db.JSON[Data]{V: p.Data})
	return err
}

func savePart(ctx context.Context, tx *db.Tx, p Part) error {
	return db.Changed(tx.Exec(ctx, `UPDATE deck_part SET place = $3, title = $4, body = $5, data = $6, version = version + 1 WHERE id = $1 AND version = $2`,
		p.ID, p.Version, p.Place, p.Title, p.Body, db.JSON[Data]{V: p.Data}))
}

func deletePart(ctx context.Context, tx *db.Tx, p Part) error {
	return db.Changed(tx.Exec(ctx, `DELETE FROM deck_part WHERE id = $1 AND version = $2`, p.ID, p.Version))
}

const versionColumns = `v.id, v.deck_id, v.number, v.doc, v.doc_hash, v.design_sha, v.design_name, v.design_type, v.made_at, v.by_id, v.by_name, v.approved_at, v.approved_by, v.refused_at, v.refused_by, v.refused_why,
	v.sent_at, v.pptx_sha, v.pdf_sha, v.hash`

func scanVersion(r row) (v Version, err error) {
	var doc db.JSON[Document]
	var made, approved, refused, sent db.Time
	err = r.Scan(&v.ID, &v.DeckID, &v.Number, &doc, &v.DocHash, &v.Design.SHA, &v.Design.Name, &v.Design.Type, &made, &v.ByID, &v.By, &approved, &v.ApprovedBy, &refused, &v.RefusedBy, &v.RefusedWhy,
		&sent, &v.PPTX, &v.PDF, &v.Hash)
	v.Document, v.MadeAt, v.ApprovedAt, v.RefusedAt, v.SentAt = doc.V, made.Time, approved.Time, refused.Time, sent.Time
	return v, err
}

// LoadVersion gives a version of a deck, NotFound if it has none with the id.
func LoadVersion(ctx context.Context, tx *db.Tx, deckID, id string) (Version, error) {
	v, err := scanVersion(tx.QueryRow(ctx, `SELECT `+versionColumns+` FROM deck_version v WHERE v.deck_id = $1 AND v.id = $2`, deckID, id))
	return v, db.One(err)
}

// ListVersions gives a deck's versions, the newest first; of all decks when it is "".
func ListVersions(ctx context.Context, tx *db.Tx, deckID string) ([]Version, error) {
	rows, err := tx.Query(ctx, `SELECT `+versionColumns+` FROM deck_version v WHERE ($1 = '' OR v.deck_id = $1) ORDER BY v.deck_id, v.number DESC`, deckID)
	return db.Collect(rows, err, func(r *sql.Rows) (Version, error) { return scanVersion(r) })
}

func insertVersion(ctx context.Context, tx *db.Tx, v Version) error {
	_, err := tx.Exec(ctx, `INSERT INTO deck_version (id, deck_id, number, doc, doc_hash, design_sha, design_name, design_type, made_at, by_id, by_name, approved_by, refused_by, refused_why, pptx_sha, pdf_sha, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '', '', '', '', '')`,
		v.ID, v.DeckID, v.Number, db.JSON[Document]{V: v.Document}, v.DocHash, v.Design.SHA, v.Design.Name, v.Design.Type, db.At(v.MadeAt), v.ByID, v.By)
	return err
}

// decideVersion keeps what somebody decided about a version that waits.
func decideVersion(ctx context.Context, tx *db.Tx, v Version) error {
	return db.Changed(tx.Exec(ctx, `UPDATE deck_version SET approved_at = $2, approved_by = $3, refused_at = $4, refused_by = $5, refused_why = $6 WHERE id = $1 AND approved_at IS NULL AND refused_at IS NULL`,
		v.ID, db.At(v.ApprovedAt), v.ApprovedBy, db.At(v.RefusedAt), v.RefusedBy, v.RefusedWhy))
}

// freezeVersion keeps the files of a version that was not sent before.
func freezeVersion(ctx context.Context, tx *db.Tx, v Version) error {
	return db.Changed(tx.Exec(ctx, `UPDATE deck_version SET sent_at = $2, pptx_sha = $3, pdf_sha = $4, hash = $5 WHERE id = $1 AND sent_at IS NULL`, v.ID, db.At(v.SentAt), v.PPTX, v.PDF, v.Hash))
}

// Problem is a version that is no longer what it was.
type Problem struct{ DeckID, VersionID string }

// CheckVersions compares every version with its hashes, for verify.
func CheckVersions(ctx context.Context, tx *db.Tx) (out []Problem, err error) {
	list, err := ListVersions(ctx, tx, "")
	for _, v := range list {
		if !v.Intact() {
			out = append(out, Problem{v.DeckID, v.ID})
		}
	}
	return out, err
}
