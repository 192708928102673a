package meeting

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/db"
)

const seriesColumns = `id, title, first_on, clock, zone, minutes, turns, people, made_at, made_by, ended_at, version`

func scanSeries(r row) (s Series, err error) {
	var people db.JSON[[]string]
	var made, ended db.Time
	err = r.Scan(&s.ID, &s.Title, &s.First, &s.Clock, &s.Zone, &s.Minutes, &s.Turns, &people, &made, &s.MadeBy, &ended, &s.Version)
	s.People, s.MadeAt, s.EndedAt = people.V, made.Time, ended.Time
	return s, err
}

func loadSeries(ctx context.Context, tx *db.Tx, id string) (Series, error) {
	s, err := scanSeries(tx.QueryRow(ctx, `SELECT `+seriesColumns+` FROM practice_series WHERE id = $1`, id))
	return s, db.One(err)
}

func listSeries(ctx context.Context, tx *db.Tx) ([]Series, error) {
	rows, err := tx.Query(ctx, `SELECT `+seriesColumns+` FROM practice_series ORDER BY ended_at IS NOT NULL, made_at DESC, id`)
	return db.Collect(rows, err, func(r *sql.Rows) (Series, error) { return scanSeries(r) })
}

func insertSeries(ctx context.Context, tx *db.Tx, s Series) error {
	_, err := tx.Exec(ctx, `INSERT INTO practice_series (`+seriesColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, 1)`,
		s.ID, s.Title, string(s.First), s.Clock, s.Zone, s.Minutes, s.Turns, db.JSON[[]string]{V: s.People}, db.At(s.MadeAt), s.MadeBy)
	return err
}

func endSeries(ctx context.Context, tx *db.Tx, s Series) error {
	return db.Changed(tx.Exec(ctx, `UPDATE practice_series SET ended_at = $3, version = version + 1 WHERE id = $1 AND version = $2`, s.ID, s.Version, db.At(tx.Now())))
}

const turnColumns = `id, series_id, session, starts_at, minutes, presenter_id, topic_kind, topic, file_name, sha256, version`

func scanTurn(r row) (t Turn, err error) {
	var at db.Time
	err = r.Scan(&t.ID, &t.SeriesID, &t.Session, &at, &t.Minutes, &t.PresenterID, &t.TopicKind, &t.Topic, &t.FileName, &t.SHA256, &t.Version)
	t.Start = at.Time
	return t, err
}

func loadTurn(ctx context.Context, tx *db.Tx, id string) (Turn, error) {
	t, err := scanTurn(tx.QueryRow(ctx, `SELECT `+turnColumns+` FROM practice_turn WHERE id = $1`, id))
	return t, db.One(err)
}

func turnsOf(ctx context.Context, tx *db.Tx, seriesID string) ([]Turn, error) {
	rows, err := tx.Query(ctx, `SELECT `+turnColumns+` FROM practice_turn WHERE series_id = $1 ORDER BY starts_at, id`, seriesID)
	return db.Collect(rows, err, func(r *sql.Rows) (Turn, error) { return scanTurn(r) })
}

// Turns gives practice turns that begin in a stretch of time, of one person or all.
func Turns(ctx context.Context, tx *db.Tx, personID string, from, to time.Time) ([]Turn, error) {
	rows, err := tx.Query(ctx, `SELECT `+turnColumns+` FROM practice_turn WHERE ($1 = '' OR presenter_id = $1) AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at, id`, personID, db.At(from), db.At(to))
	return db.Collect(rows, err, func(r *sql.Rows) (Turn, error) { return scanTurn(r) })
}

func insertTurn(ctx context.Context, tx *db.Tx, t Turn) error {
	_, err := tx.Exec(ctx, `INSERT INTO practice_turn (`+turnColumns+`) VALUES ($1, $2, $3, $4, $5, $6, '', '', '', '', 1)`, t.ID, t.SeriesID, t.Session, db.At(t.Start), t.Minutes, t.PresenterID)
	return err
}

func saveTurn(ctx context.Context, tx *db.Tx, t Turn) error {
	return db.Changed(tx.Exec(ctx, `UPDATE practice_turn SET presenter_id = $3, topic_kind = $4, topic = $5, file_name = $6, sha256 = $7, version = version + 1 WHERE id = $1 AND version = $2`,
		t.ID, t.Version, t.PresenterID, t.TopicKind, t.Topic, t.FileName, t.SHA256))
}

func scoresOf(ctx context.Context, tx *db.Tx, turnID string) ([]Score, error) {
	return scoresWhere(ctx, tx, `s.turn_id = $1`, turnID)
}

func scoresOfPresenter(ctx context.Context, tx *db.Tx, personID string) ([]Score, error) {
	return scoresWhere(ctx, tx, `t.presenter_id = $1`, personID)
}

func scoresWhere(ctx context.Context, tx *db.Tx, where, arg string) ([]Score, error) {
	rows, err := tx.Query(ctx, `SELECT s.turn_id, s.listener_id, s.content, s.story, s.proof, s.handling, s.keep, s.change, s.question, s.at FROM practice_score s JOIN practice_turn t ON t.id = s.turn_id WHERE `+where+` ORDER BY t.starts_at, s.at, s.listener_id`, arg)
	return db.Collect(rows, err, func(r *sql.Rows) (s Score, err error) {
		var at db.Time
		err = r.Scan(&s.TurnID, &s.ListenerID, &s.Content, &s.Story, &s.Proof, &s.Handles, &s.Keep, &s.Change, &s.Question, &at)
		s.At = at.Time
		return s, err
	})
}

func putScore(ctx context.Context, tx *db.Tx, s Score) error {
	_, err := tx.Exec(ctx, `INSERT INTO practice_score (turn_id, listener_id, content, story, proof, handling, keep, change, question, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (turn_id, listener_id) DO UPDATE SET content = $3, story = $4, proof = $5, handling = $6, keep = $7, change = $8, question = $9, at = $10`,
		s.TurnID, s.ListenerID, s.Content, s.Story, s.Proof, s.Handles, s.Keep, s.Change, s.Question, db.At(s.At))
	return err
}
