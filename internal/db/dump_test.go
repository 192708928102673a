package db_test

import (
	"bytes"
	"context"
	"testing"

	"kolega/internal/db"
	"kolega/internal/testkit"
)

func TestDump_MovesBetweenTheDatabases(t *testing.T) {
	ctx := context.Background()
	from := testkit.SQLite(t)
	err := from.Write(ctx, func(tx *db.Tx) error {
		for _, text := range []string{
			`INSERT INTO person (id, email, name, role, lang, zone, theme, password, totp, made_at, supervisor_id, failed_tries, version) VALUES ('b', 'b@k.id', 'Tia', 'trainee', 'id', 'Asia/Jakarta', 'auto', '', '', 1, NULL, 0, 1)`,
			`INSERT INTO person (id, email, name, role, lang, zone, theme, password, totp, made_at, supervisor_id, failed_tries, version) VALUES ('a', 'a@k.id', 'Rani “é”', 'ae', 'id', 'Asia/Jakarta', 'auto', '', '', 1763000000000001, 'b', 0, 1)`,
			`UPDATE person SET supervisor_id = 'a' WHERE id = 'b'`,
		} {
			if _, err := tx.Exec(ctx, text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var first bytes.Buffer
	if _, err := db.Dump(ctx, from, &first); err != nil {
		t.Fatal(err)
	}
	testkit.EachDB(t, func(t *testing.T, to *db.DB) {
		if _, err := db.Load(ctx, to, bytes.NewReader(first.Bytes())); err != nil {
			t.Fatal(err)
		}
		var second bytes.Buffer
		if _, err := db.Dump(ctx, to, &second); err != nil {
			t.Fatal(err)
		}
		if lines(first.Bytes()) != lines(second.Bytes()) {
			t.Errorf("the dumps differ:\n%s\n%s", first.String(), second.String())
		}
	})
}

// lines counts the bytes of a dump without regard to the order of rows.
func lines(b []byte) (sum int) {
	for _, c := range b {
		sum += int(c)
	}
	return sum
}
