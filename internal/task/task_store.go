package task

import (
	"context"
	"database/sql"
	"strings"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

const columns = `id, title, done_means, campaign_id, client_id, about_kind, about_id, doer_id, by_id, by_name, due_at, due_zone, due_entered, minutes, after_ids, origin,
	given_at, seen_at, done_at, result, drop_at, why, version`

// Load gives a task, NotFound if there is none with the id.
func Load(ctx context.Context, tx *db.Tx, id string) (Task, error) {
	t, err := scan(tx.QueryRow(ctx, `SELECT `+columns+` FROM task WHERE id = $1`, id))
	return t, db.One(err)
}

func scan(r interface{ Scan(...any) error }) (t Task, err error) {
	var due, given, seen, done, drop db.Time
	var after db.JSON[[]string]
	err = r.Scan(&t.ID, &t.Title, &t.DoneMeans, &t.CampaignID, &t.ClientID, &t.About.Kind, &t.About.ID, &t.DoerID, &t.ByID, &t.By, &due, &t.Due.Zone, &t.Due.Entered,
		&t.Minutes, &after, &t.Origin, &given, &seen, &done, &t.Result, &drop, &t.Why, &t.Version)
	t.Due.At, t.After, t.GivenAt, t.SeenAt, t.DoneAt, t.DropAt = due.Time, after.V, given.Time, seen.Time, done.Time, drop.Time
	return t, err
}

// Filter picks tasks; what is empty does not restrict.
type Filter struct {
	DoerID, ByID, CampaignID, ClientID, Text string
	About                                    About
	Open                                     bool // only those that are still to be done
	Limit                                    int  // default 200
}

// List gives tasks: the open ones by their due time, then those that ended, newest first.
func List(ctx context.Context, tx *db.Tx, f Filter) ([]Task, error) {
	if f.Limit <= 0 || f.Limit > 2000 {
		f.Limit = 200
	}
	rows, err := tx.Query(ctx, `SELECT `+columns+` FROM task
		WHERE ($1 = '' OR doer_id = $1) AND ($2 = '' OR by_id = $2) AND ($3 = '' OR campaign_id = $3) AND ($4 = '' OR client_id = $4)
		AND ($5 = '' OR about_kind = $5 AND about_id = $6) AND ($7 = '' OR LOWER(title) LIKE $7 ESCAPE '!')
		AND (done_at IS NULL AND drop_at IS NULL OR $8 = 0)
		ORDER BY CASE WHEN done_at IS NULL AND drop_at IS NULL THEN 0 ELSE 1 END, CASE WHEN done_at IS NULL AND drop_at IS NULL THEN due_at ELSE -COALESCE(done_at, drop_at) END, id LIMIT $9`,
		f.DoerID, f.ByID, f.CampaignID, f.ClientID, f.About.Kind, f.About.ID, like(f.Text), flag(f.Open), f.Limit)
	return db.Collect(rows, err, func(r *sql.Rows) (Task, error) { return scan(r) })
}

func like(s string) string {
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(strings.ToLower(s)) + "%"
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// byOrigin gives the task that an origin made; zero when there is none.
func byOrigin(ctx context.Context, tx *db.Tx, origin string) (Task, bool, error) {
	rows, err := tx.Query(ctx, `SELECT `+columns+` FROM task WHERE origin = $1`, origin)
	found, err := db.Collect(rows, err, func(r *sql.Rows) (Task, error) { return scan(r) })
	if err != nil || len(found) == 0 {
		return Task{}, false, err
	}
	return found[0], true, nil
}

// openOrder gives what each open task waits for, for the check of loops.
func openOrder(ctx context.Context, tx *db.Tx) (map[string][]string, error) {
	type line struct {
		id    string
		after []string
	}
	rows, err := tx.Query(ctx, `SELECT id, after_ids FROM task WHERE done_at IS NULL AND drop_at IS NULL AND after_ids <> '[]'`)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (l line, err error) {
		var after db.JSON[[]string]
		err = r.Scan(&l.id, &after)
		l.after = after.V
		return l, err
	})
	out := map[string][]string{}
	for _, l := range list {
		out[l.id] = l.after
	}
	return out, err
}

func insert(ctx context.Context, tx *db.Tx, t Task) error {
	_, err := tx.Exec(ctx, `INSERT INTO task (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 1)`,
		t.ID, t.Title, t.DoneMeans, t.CampaignID, t.ClientID, t.About.Kind, t.About.ID, t.DoerID, t.ByID, t.By, db.At(t.Due.At), t.Due.Zone, t.Due.Entered, t.Minutes, ids(t.After), t.Origin,
		db.At(t.GivenAt), db.At(t.SeenAt), db.At(t.DoneAt), t.Result, db.At(t.DropAt), t.Why)
	return err
}

func save(ctx context.Context, tx *db.Tx, t Task) error {
	return db.Changed(tx.Exec(ctx, `UPDATE task SET title = $3, done_means = $4, doer_id = $5, due_at = $6, due_zone = $7, due_entered = $8, minutes = $9, after_ids = $10,
		seen_at = $11, done_at = $12, result = $13, drop_at = $14, why = $15, version = version + 1 WHERE id = $1 AND version = $2`,
		t.ID, t.Version, t.Title, t.DoneMeans, t.DoerID, db.At(t.Due.At), t.Due.Zone, t.Due.Entered, t.Minutes, ids(t.After),
		db.At(t.SeenAt), db.At(t.DoneAt), t.Result, db.At(t.DropAt), t.Why))
}

func ids(list []string) db.JSON[[]string] {
	if list == nil {
		list = []string{}
	}
	return db.JSON[[]string]{V: list}
}

// ListLeaves gives who is away on or after a day, by the first day: one person's, or
// everybody's when the id is "".
func ListLeaves(ctx context.Context, tx *db.Tx, personID string, from worktime.Date) ([]Leave, error) {
	rows, err := tx.Query(ctx, `SELECT id, person_id, from_on, to_on, made_at FROM leave_days WHERE ($1 = '' OR person_id = $1) AND to_on >= $2 ORDER BY from_on, id`, personID, string(from))
	return db.Collect(rows, err, func(r *sql.Rows) (l Leave, err error) {
		var made db.Time
		err = r.Scan(&l.ID, &l.PersonID, &l.From, &l.To, &made)
		l.MadeAt = made.Time
		return l, err
	})
}

func insertLeave(ctx context.Context, tx *db.Tx, l Leave) error {
	_, err := tx.Exec(ctx, `INSERT INTO leave_days (id, person_id, from_on, to_on, made_at) VALUES ($1, $2, $3, $4, $5)`, l.ID, l.PersonID, string(l.From), string(l.To), db.At(l.MadeAt))
	return err
}

func loadLeave(ctx context.Context, tx *db.Tx, id string) (l Leave, err error) {
	var made db.Time
	err = tx.QueryRow(ctx, `SELECT id, person_id, from_on, to_on, made_at FROM leave_days WHERE id = $1`, id).Scan(&l.ID, &l.PersonID, &l.From, &l.To, &made)
	l.MadeAt = made.Time
	return l, db.One(err)
}

func deleteLeave(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM leave_days WHERE id = $1`, id)
	return err
}
