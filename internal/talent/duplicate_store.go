package talent

import (
	"context"
	"database/sql"
	"slices"

	"kolega/internal/db"
)

// crowd is how many talents may share a number or a name before it says nothing: a
// manager's number, "Sari".
const crowd = 6

// couple is two ids, the lower one first.
type couple [2]string

func coupleOf(a, b string) couple {
	if a > b {
		a, b = b, a
	}
	return couple{a, b}
}

// shared finds the groups of talents that share a value, by an index that holds it.
var shared = []string{
	`SELECT phone, id FROM talent WHERE status NOT IN ('erased', 'merged') AND phone IN
		(SELECT phone FROM talent WHERE phone <> '' GROUP BY phone HAVING COUNT(*) BETWEEN 2 AND $1) ORDER BY phone, id`,
	`SELECT email, id FROM talent WHERE status NOT IN ('erased', 'merged') AND email IN
		(SELECT email FROM talent WHERE email <> '' GROUP BY email HAVING COUNT(*) BETWEEN 2 AND $1) ORDER BY email, id`,
	`SELECT account_key, talent_id FROM talent_account WHERE handle <> '' AND account_key IN
		(SELECT account_key FROM talent_account WHERE handle <> '' GROUP BY account_key HAVING COUNT(*) BETWEEN 2 AND $1) ORDER BY account_key, talent_id`,
}

// findCouples gives pairs that share something, most at a time from each kind of
// likeness.
func findCouples(ctx context.Context, tx *db.Tx, most int) (map[couple]bool, error) {
	out := map[couple]bool{}
	for _, text := range shared {
		rows, err := tx.Query(ctx, text, crowd)
		found := 0
		var last string
		var group []string
		_, err = db.Collect(rows, err, func(r *sql.Rows) (none struct{}, err error) {
			var value, id string
			if err = r.Scan(&value, &id); err != nil || found >= most {
				return none, err
			}
			if value != last {
				last, group = value, group[:0]
			}
			for _, other := range group {
				if other != id {
					out[coupleOf(other, id)] = true
					found++
				}
			}
			group = append(group, id)
			return none, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nameCouples(ctx, tx, most, out)
}

// nameCouples goes through the names once. Names with the same words, and names that
// differ by one letter, meet under a key with that letter left out.
func nameCouples(ctx context.Context, tx *db.Tx, most int, out map[couple]bool) error {
	rows, err := tx.Query(ctx, `SELECT id, name FROM talent WHERE status NOT IN ('erased', 'merged') ORDER BY name_key, id LIMIT $1`, namesRead)
	type named struct{ id, key string }
	list, err := db.Collect(rows, err, func(r *sql.Rows) (n named, err error) {
		err = r.Scan(&n.id, &n.key)
		n.key = nameKey(n.key)
		return n, err
	})
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b named) int {
		if a.key != b.key {
			if a.key < b.key {
				return -1
			}
			return 1
		}
		return 0
	})
	found := 0
	for i, n := range list {
		for j := i + 1; j < min(len(list), i+crowd) && found < most; j++ {
			if m := list[j]; n.key != "" && (n.key == m.key || near(n.key, m.key)) && !out[coupleOf(n.id, m.id)] {
				out[coupleOf(n.id, m.id)] = true
				found++
			}
		}
	}
	return nil
}

// namesRead bounds the names that are compared at a time.
const namesRead = 200_000

// couplesOf gives the talents who share a number, an address or a handle with one.
func couplesOf(ctx context.Context, tx *db.Tx, t Talent) (ids []string, err error) {
	rows, err := tx.Query(ctx, `SELECT id FROM talent WHERE id <> $1 AND status NOT IN ('erased', 'merged') AND (phone <> '' AND phone = $2 OR email <> '' AND email = $3 OR name_key <> '' AND name_key =
		(SELECT name_key FROM talent WHERE id = $1)) UNION SELECT b.talent_id FROM talent_account a JOIN talent_account b ON b.account_key = a.account_key
		AND b.talent_id <> a.talent_id WHERE a.talent_id = $1 AND a.handle <> '' ORDER BY 1 LIMIT 50`, t.ID, t.Phone, t.Email)
	return db.Collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}

// toldApart gives the pairs of whom a person said that they are two.
func toldApart(ctx context.Context, tx *db.Tx) (map[couple]bool, error) {
	rows, err := tx.Query(ctx, `SELECT a_id, b_id FROM talent_distinct`)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (c couple, err error) { return c, r.Scan(&c[0], &c[1]) })
	out := make(map[couple]bool, len(list))
	for _, c := range list {
		out[c] = true
	}
	return out, err
}

func tellApart(ctx context.Context, tx *db.Tx, c couple, by string) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_distinct (a_id, b_id, said_at, said_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, c[0], c[1], db.At(tx.Now()), by)
	return err
}
