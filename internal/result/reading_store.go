package result

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"kolega/internal/db"
)

// run is a set of pages that were written together. Of one post and hour the run
// with the higher newest counts.
type run struct{ id, newest, tier int64 }

const listLen = 100 // arguments of one list: the cost of binding grows with its square

func numbersOf(ctx context.Context, tx *db.Tx, posts []string, into map[string]int64) error {
	for len(posts) > 0 {
		part := posts[:min(listLen, len(posts))]
		posts = posts[len(part):]
		marks, args := make([]string, len(part)), make([]any, len(part))
		for i, p := range part {
			marks[i], args[i] = "$"+strconv.Itoa(i+1), p
		}
		rows, err := tx.Query(ctx, `SELECT post_id, number FROM reading_post WHERE post_id IN (`+strings.Join(marks, ", ")+`)`, args...)
		_, err = db.Collect(rows, err, func(r *sql.Rows) (n int64, err error) {
			var id string
			err = r.Scan(&id, &n)
			into[id] = n
			return n, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// insertNumber gives a post its short number; zero when there is no such post.
func insertNumber(ctx context.Context, tx *db.Tx, postID string) (number int64, err error) {
	rows, err := tx.Query(ctx, `INSERT INTO reading_post (number, post_id)
		SELECT (SELECT COALESCE(MAX(number), 0) + 1 FROM reading_post), id FROM post WHERE id = $1 RETURNING number`, postID)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (n int64, err error) { return n, r.Scan(&n) })
	if err != nil || len(list) == 0 {
		return 0, err
	}
	return list[0], nil
}

// insertRun begins a run; newest zero stands for its own id.
func insertRun(ctx context.Context, tx *db.Tx, tier, newest int64, ready bool) (r run, err error) {
	err = tx.QueryRow(ctx, `INSERT INTO reading_run (id, newest, tier, ready)
		SELECT n, CASE WHEN $1 = 0 THEN n ELSE $1 END, $2, $3 FROM (SELECT COALESCE(MAX(id), 0) + 1 AS n FROM reading_run) AS next RETURNING id, newest, tier`,
		newest, tier, ready).Scan(&r.id, &r.newest, &r.tier)
	return r, err
}

func insertPages(ctx context.Context, tx *db.Tx, runID int64, list []Reading) error {
	for _, p := range pages(list) {
		if _, err := tx.Exec(ctx, `INSERT INTO reading_page (run_id, first_post, last_post, data) VALUES ($1, $2, $3, $4)`,
			runID, p[0].Post, p[len(p)-1].Post, packPage(p)); err != nil {
			return err
		}
	}
	return nil
}

func listRuns(ctx context.Context, tx *db.Tx, tier int64, ready bool) ([]run, error) {
	rows, err := tx.Query(ctx, `SELECT id, newest, tier FROM reading_run WHERE tier = $1 AND ready = $2 ORDER BY newest`, tier, ready)
	return db.Collect(rows, err, func(r *sql.Rows) (x run, err error) { return x, r.Scan(&x.id, &x.newest, &x.tier) })
}

// deleteRun takes a run away. Fault: conflict.changed when another fold has.
func deleteRun(ctx context.Context, tx *db.Tx, id int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM reading_page WHERE run_id = $1`, id); err != nil {
		return err
	}
	return db.Changed(tx.Exec(ctx, `DELETE FROM reading_run WHERE id = $1`, id))
}

func readyRun(ctx context.Context, tx *db.Tx, id int64) error {
	return db.Changed(tx.Exec(ctx, `UPDATE reading_run SET ready = $2 WHERE id = $1 AND ready = $3`, id, true, false))
}

// nextPage gives a run's first page that begins after a post; none: nil.
func nextPage(ctx context.Context, tx *db.Tx, runID, after int64) ([]Reading, error) {
	rows, err := tx.Query(ctx, `SELECT data FROM reading_page WHERE run_id = $1 AND first_post > $2 ORDER BY first_post LIMIT 1`, runID, after)
	list, err := db.Collect(rows, err, scanPage)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

func scanPage(r *sql.Rows) ([]Reading, error) {
	var data []byte
	if err := r.Scan(&data); err != nil {
		return nil, err
	}
	return unpackPage(nil, data)
}

// ListReadings gives the readings of one post between two hours, both included,
// oldest first.
func ListReadings(ctx context.Context, tx *db.Tx, postID string, from, to int64) ([]Reading, error) {
	known := map[string]int64{}
	if err := numbersOf(ctx, tx, []string{postID}, known); err != nil || len(known) == 0 {
		return nil, err
	}
	number := known[postID]
	rows, err := tx.Query(ctx, `SELECT p.data FROM reading_run r JOIN reading_page p ON p.run_id = r.id AND p.first_post =
			(SELECT MAX(q.first_post) FROM reading_page q WHERE q.run_id = r.id AND q.first_post <= $1)
		WHERE r.ready = $2 AND p.last_post >= $1 ORDER BY r.newest`, number, true)
	parts, err := db.Collect(rows, err, scanPage)
	if err != nil {
		return nil, err
	}
	var list []Reading
	for _, part := range parts {
		part = slices.DeleteFunc(part, func(r Reading) bool { return r.Post != number || r.Hour < from || r.Hour > to })
		if len(list) > 0 && len(part) > 0 && part[len(part)-1].Hour < list[0].Hour { // an older span that came later
			part, list = list, part
		}
		list = append(list, part...)
	}
	return settle(list), nil
}
