package review

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kolega/internal/db"
)

const conceptColumns = `c.id, c.deliverable_id, c.number, c.body, c.promises, c.source, c.sent_at, c.sent_by_id, c.sent_by, c.first_at, c.first_by_id, c.first_by,
	c.shown_at, c.shown_by, c.override, c.returned_at, c.returned_by, c.decided_at, c.decided_by_id, c.decided_by, c.approved, c.words`

func scanConcept(r scanner) (c Concept, err error) {
	var promises db.JSON[[]Promise]
	err = r.Scan(&c.ID, &c.DeliverableID, &c.Number, &c.Text, &promises, &c.Source, instant(&c.SentAt), &c.SentByID, &c.SentBy, instant(&c.FirstAt), &c.FirstByID, &c.FirstBy,
		instant(&c.ShownAt), &c.ShownBy, &c.Override, instant(&c.ReturnedAt), &c.ReturnedBy, instant(&c.DecidedAt), &c.DecidedByID, &c.DecidedBy, &c.Approved, &c.Words)
	c.Promises = promises.V
	return c, err
}

// LoadConcept gives one concept with its pictures. Fault: not-found.
func LoadConcept(ctx context.Context, tx *db.Tx, id string) (Concept, error) {
	c, err := scanConcept(tx.QueryRow(ctx, `SELECT `+conceptColumns+` FROM concept c WHERE c.id = $1`, id))
	if err != nil {
		return c, db.One(err)
	}
	c.Pictures, err = listPictures(ctx, tx, c.ID)
	return c, err
}

// ListConcepts gives a deliverable's concepts with their pictures, the newest first.
func ListConcepts(ctx context.Context, tx *db.Tx, deliverableID string) ([]Concept, error) {
	rows, err := tx.Query(ctx, `SELECT `+conceptColumns+` FROM concept c WHERE c.deliverable_id = $1 ORDER BY c.number DESC`, deliverableID)
	out, err := db.Collect(rows, err, func(r *sql.Rows) (Concept, error) { return scanConcept(r) })
	for i := range out {
		if err == nil {
			out[i].Pictures, err = listPictures(ctx, tx, out[i].ID)
		}
	}
	return out, err
}

// newestConcept is the one that counts; zero when none was sent.
func newestConcept(ctx context.Context, tx *db.Tx, deliverableID string) (Concept, error) {
	c, err := scanConcept(tx.QueryRow(ctx, `SELECT `+conceptColumns+` FROM concept c WHERE c.deliverable_id = $1 ORDER BY c.number DESC LIMIT 1`, deliverableID))
	if errors.Is(err, sql.ErrNoRows) {
		return Concept{}, nil
	}
	return c, err
}

// fillConcepts adds the newest concept of each deliverable, without its pictures.
func fillConcepts(ctx context.Context, tx *db.Tx, at map[string]*Standing, where, arg string) error {
	return each(ctx, tx, `SELECT `+conceptColumns+` FROM concept c WHERE c.`+where+` ORDER BY c.deliverable_id, c.number`, arg, func(r scanner) error {
		c, err := scanConcept(r)
		if s := at[c.DeliverableID]; s != nil {
			s.Concept = c
		}
		return err
	})
}

func insertConcept(ctx context.Context, tx *db.Tx, campaignID string, c Concept) error {
	_, err := tx.Exec(ctx, `INSERT INTO concept (id, deliverable_id, campaign_id, number, body, promises, source, sent_at, sent_by_id, sent_by,
			first_by_id, first_by, shown_by, override, returned_by, decided_by_id, decided_by, approved, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', '', '', '', '', '', FALSE, '')`,
		c.ID, c.DeliverableID, campaignID, c.Number, c.Text, db.JSON[[]Promise]{V: c.Promises}, c.Source, db.At(c.SentAt), c.SentByID, c.SentBy)
	return err
}

// saveConcept writes what happened to a concept that was neither returned nor decided;
// false when it was meanwhile.
func saveConcept(ctx context.Context, tx *db.Tx, c Concept) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE concept SET first_at = $2, first_by_id = $3, first_by = $4, shown_at = $5, shown_by = $6, override = $7,
			returned_at = $8, returned_by = $9, decided_at = $10, decided_by_id = $11, decided_by = $12, approved = $13, words = $14
		WHERE id = $1 AND returned_at IS NULL AND decided_at IS NULL`,
		c.ID, db.At(c.FirstAt), c.FirstByID, c.FirstBy, db.At(c.ShownAt), c.ShownBy, c.Override,
		db.At(c.ReturnedAt), c.ReturnedBy, db.At(c.DecidedAt), c.DecidedByID, c.DecidedBy, c.Approved, c.Words)
	return n == 1, err
}

// saveConceptAsked keeps since when a concept is asked for; zero when none is.
func saveConceptAsked(ctx context.Context, tx *db.Tx, d Deliverable) error {
	return db.Changed(tx.Exec(ctx, `UPDATE deliverable SET concept_asked_at = $2, version = version + 1 WHERE id = $1 AND version = $3`,
		d.ID, db.At(d.ConceptAskedAt), d.Revision))
}

// settleConcept names the approved concept of a deliverable, once.
func settleConcept(ctx context.Context, tx *db.Tx, d Deliverable, conceptID string) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE deliverable SET concept_id = $2, version = version + 1
		WHERE id = $1 AND concept_id = '' AND approved_id = '' AND closed_at IS NULL`, d.ID, conceptID)
	return n == 1, err
}

func listPictures(ctx context.Context, tx *db.Tx, conceptID string) ([]Picture, error) {
	rows, err := tx.Query(ctx, `SELECT id, sha256, media_type, file_name, size FROM concept_picture WHERE concept_id = $1 ORDER BY position`, conceptID)
	return db.Collect(rows, err, func(r *sql.Rows) (p Picture, err error) {
		return p, r.Scan(&p.ID, &p.SHA256, &p.Type, &p.FileName, &p.Size)
	})
}

func insertPicture(ctx context.Context, tx *db.Tx, deliverableID string, p Picture) error {
	_, err := tx.Exec(ctx, `INSERT INTO concept_picture (id, deliverable_id, position, sha256, size, media_type, file_name, made_at) VALUES ($1, $2, 0, $3, $4, $5, $6, $7)`,
		p.ID, deliverableID, p.SHA256, p.Size, p.Type, p.FileName, db.At(tx.Now()))
	return err
}

// usePicture puts a kept picture into a concept of the same deliverable, once.
func usePicture(ctx context.Context, tx *db.Tx, id string, c Concept, position int) error {
	n, err := tx.Exec(ctx, `UPDATE concept_picture SET concept_id = $2, position = $3 WHERE id = $1 AND deliverable_id = $4 AND concept_id IS NULL`,
		id, c.ID, position, c.DeliverableID)
	if err == nil && n != 1 {
		return ErrConceptPicture.With("max", Bytes(maxPicture))
	}
	return err
}

// dropPictures forgets the pictures that were not sent with a concept.
func dropPictures(ctx context.Context, tx *db.Tx, before time.Time) error {
	_, err := tx.Exec(ctx, `DELETE FROM concept_picture WHERE concept_id IS NULL AND made_at < $1`, db.At(before))
	return err
}
