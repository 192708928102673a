package idea

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

type row interface{ Scan(...any) error }

const (
	boardColumns = `id, title, question, opportunity_id, client_id, made_at, by_id, by_name, closed_at, version`
	ideaColumns  = `id, board_id, author_id, author, title, body, links, kind, note_id, decision, why, decided_by, decided_at, made_at, version`
)

// LoadBoard gives a board, NotFound if there is none with the id.
func LoadBoard(ctx context.Context, tx *db.Tx, id string) (Board, error) {
	b, err := scanBoard(tx.QueryRow(ctx, `SELECT `+boardColumns+` FROM idea_board WHERE id = $1`, id))
	return b, db.One(err)
}

func scanBoard(r row) (b Board, err error) {
	var made, closed db.Time
	err = r.Scan(&b.ID, &b.Title, &b.Question, &b.DealID, &b.ClientID, &made, &b.ByID, &b.By, &closed, &b.Version)
	b.MadeAt, b.ClosedAt = made.Time, closed.Time
	return b, err
}

// ListBoards gives boards, open ones first, then the newest; of one opportunity when named.
func ListBoards(ctx context.Context, tx *db.Tx, dealID string) ([]Board, error) {
	rows, err := tx.Query(ctx, `SELECT `+boardColumns+` FROM idea_board WHERE ($1 = '' OR opportunity_id = $1)
		ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 300`, dealID)
	return db.Collect(rows, err, func(r *sql.Rows) (Board, error) { return scanBoard(r) })
}

func insertBoard(ctx context.Context, tx *db.Tx, b Board) error {
	_, err := tx.Exec(ctx, `INSERT INTO idea_board (`+boardColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`,
		b.ID, b.Title, b.Question, b.DealID, b.ClientID, db.At(b.MadeAt), b.ByID, b.By, db.At(b.ClosedAt))
	return err
}

func saveBoard(ctx context.Context, tx *db.Tx, b Board) error {
	return db.Changed(tx.Exec(ctx, `UPDATE idea_board SET closed_at = $3, version = version + 1 WHERE id = $1 AND version = $2`, b.ID, b.Version, db.At(b.ClosedAt)))
}

func scanIdea(r row) (i Idea, err error) {
	var links db.JSON[[]string]
	var decided, made db.Time
	err = r.Scan(&i.ID, &i.BoardID, &i.AuthorID, &i.Author, &i.Title, &i.Body, &links, &i.Kind, &i.NoteID, &i.Decision, &i.Why, &i.DecidedBy, &decided, &made, &i.Version)
	i.Links, i.DecidedAt, i.MadeAt = links.V, decided.Time, made.Time
	return i, err
}

// LoadIdea gives an idea with its votes and uses, NotFound if there is none with the id.
func LoadIdea(ctx context.Context, tx *db.Tx, id string) (Idea, error) {
	i, err := scanIdea(tx.QueryRow(ctx, `SELECT `+ideaColumns+` FROM idea WHERE id = $1`, id))
	if err != nil {
		return i, db.One(err)
	}
	return i, gather(ctx, tx, &i)
}

// ListIdeas gives a board's ideas, of all boards when it is "", ranked.
func ListIdeas(ctx context.Context, tx *db.Tx, boardID string) ([]Idea, error) {
	rows, err := tx.Query(ctx, `SELECT `+ideaColumns+` FROM idea WHERE ($1 = '' OR board_id = $1) ORDER BY id LIMIT 1000`, boardID)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Idea, error) { return scanIdea(r) })
	for n := range list {
		if err == nil {
			err = gather(ctx, tx, &list[n])
		}
	}
	return Ranked(list), err
}

// gather fills in votes and uses.
func gather(ctx context.Context, tx *db.Tx, i *Idea) error {
	rows, err := tx.Query(ctx, `SELECT person_id FROM idea_vote WHERE idea_id = $1 ORDER BY at, person_id`, i.ID)
	if i.Voters, err = db.Collect(rows, err, func(r *sql.Rows) (s string, err error) { return s, r.Scan(&s) }); err != nil {
		return err
	}
	rows, err = tx.Query(ctx, `SELECT kind, subject_id, name, at, by_name FROM idea_use WHERE idea_id = $1 ORDER BY at, subject_id`, i.ID)
	i.Uses, err = db.Collect(rows, err, func(r *sql.Rows) (u Use, err error) {
		var at db.Time
		err = r.Scan(&u.Kind, &u.SubjectID, &u.Name, &at, &u.By)
		u.At = at.Time
		return u, err
	})
	return err
}

func insertIdea(ctx context.Context, tx *db.Tx, i Idea) error {
	_, err := tx.Exec(ctx, `INSERT INTO idea (`+ideaColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)`,
		i.ID, i.BoardID, i.AuthorID, i.Author, i.Title, i.Body, db.JSON[[]string]{V: i.Links}, string(i.Kind), i.NoteID, string(i.Decision), i.Why, i.DecidedBy, db.At(i.DecidedAt), db.At(i.MadeAt))
	return err
}

func saveIdea(ctx context.Context, tx *db.Tx, i Idea) error {
	return db.Changed(tx.Exec(ctx, `UPDATE idea SET title = $3, body = $4, links = $5, kind = $6, note_id = $7, decision = $8, why = $9, decided_by = $10, decided_at = $11, version = version + 1
		WHERE id = $1 AND version = $2`, i.ID, i.Version, i.Title, i.Body, db.JSON[[]string]{V: i.Links}, string(i.Kind), i.NoteID, string(i.Decision), i.Why, i.DecidedBy, db.At(i.DecidedAt)))
}

func putVote(ctx context.Context, tx *db.Tx, ideaID, personID string, on bool) error {
	text := `DELETE FROM idea_vote WHERE idea_id = $1 AND person_id = $2 AND at <= $3`
	if on {
		text = `INSERT INTO idea_vote (idea_id, person_id, at) VALUES ($1, $2, $3) ON CONFLICT (idea_id, person_id) DO NOTHING`
	}
	_, err := tx.Exec(ctx, text, ideaID, personID, db.At(tx.Now()))
	return err
}

// TakeIdea keeps where an idea is used; the same place twice is one use. A dropped
// idea is refused. Faults: not-found, idea.was-dropped.
func TakeIdea(ctx context.Context, tx *db.Tx, id string, u Use) (Idea, error) {
	i, err := LoadIdea(ctx, tx, id)
	if err != nil {
		return i, err
	}
	if i.Status() == Dropped {
		return i, ErrDropped
	}
	_, err = tx.Exec(ctx, `INSERT INTO idea_use (idea_id, kind, subject_id, name, at, by_name) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (idea_id, kind, subject_id) DO NOTHING`,
		id, u.Kind, u.SubjectID, u.Name, db.At(tx.Now()), u.By)
	return i, err
}

// ReleaseIdea takes a use back.
func ReleaseIdea(ctx context.Context, tx *db.Tx, id, kind, subjectID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM idea_use WHERE idea_id = $1 AND kind = $2 AND subject_id = $3`, id, kind, subjectID)
	return err
}
