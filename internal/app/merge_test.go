package app

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

// stays are the tables that go on naming a merged talent: the trail, and what is
// refused to go along.
var stays = map[string]bool{"audit": true, "payout": true, "ledger_entry": true}

// TestMerge_NothingRefersToTheRecordThatWent puts a row into every table that names a
// talent and merges him: a table that a new slice brings is seen here.
func TestMerge_NothingRefersToTheRecordThatWent(t *testing.T) {
	ctx := context.Background()
	hall, err := OpenHall(ctx, &Common{Data: t.TempDir()}, testkit.NewClock(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer hall.Close()
	if err := db.Migrate(ctx, hall.DB); err != nil {
		t.Fatal(err)
	}
	boss := access.Actor{Who: audit.Who{Kind: "staff", ID: "p1", Name: "Rani"}, Role: access.Manager, Lang: "id", Zone: "Asia/Jakarta"}
	made := func(name, handle string) talent.Talent {
		one, err := hall.Talent.Create(ctx, boss, talent.NewTalent{Talent: talent.Talent{Name: name}, Platform: talent.Instagram, Handle: handle})
		if err != nil {
			t.Fatal(err)
		}
		return one
	}
	keep, other := made("Rara", "rara"), made("Rara K", "rara.k")
	tables, err := db.TablesWith("talent_id")
	if err != nil || len(tables) < 15 {
		t.Fatal(tables, err)
	}
	var account string
	read := func(text string, to any, args ...any) {
		t.Helper()
		if err := hall.DB.Read(ctx, func(tx *db.Tx) error { return tx.QueryRow(ctx, text, args...).Scan(to) }); err != nil {
			t.Fatal(text, err)
		}
	}
	read(`SELECT id FROM talent_account WHERE talent_id = $1`, &account, other.ID)
	p := &filler{made: map[string]bool{"talent": true, "talent_account": true}, known: map[string]any{"talent": other.ID, "talent_account": account}}
	for _, table := range tables {
		if stays[table] {
			continue
		}
		if err := hall.DB.Write(ctx, func(tx *db.Tx) error { return p.put(ctx, tx, table) }); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
	}
	if _, err := hall.Talent.Merge(ctx, boss, keep.ID, other.ID); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		var n int64
		if read(`SELECT COUNT(*) FROM `+table+` WHERE talent_id = $1`, &n, other.ID); n > 0 && !stays[table] {
			t.Errorf("%s still names the record that went", table)
		}
	}
	if home, err := hall.Talent.Home(ctx, boss, other.ID); err != nil || home != keep.ID {
		t.Errorf("the old id leads to %q, %v", home, err)
	}
}

// filler inserts one row into a table, and first into those that it refers to; what a
// row must say besides is its table's name, or zero.
type filler struct {
	made  map[string]bool
	known map[string]any // ids that rows refer to, by table
}

func (p *filler) put(ctx context.Context, tx *db.Tx, table string) error {
	if p.made[table] {
		return nil
	}
	p.made[table] = true
	parents, err := pairs(ctx, tx, `SELECT "from", "table" FROM pragma_foreign_key_list('`+table+`')`)
	if err != nil {
		return err
	}
	columns, err := pairs(ctx, tx, `SELECT name, type FROM pragma_table_info('`+table+`') WHERE "notnull" = 1 OR pk > 0 OR name = 'talent_id'`)
	if err != nil {
		return err
	}
	var names, marks []string
	var values []any
	for name, kind := range columns {
		var v any = int64(0)
		if kind == "TEXT" {
			v = "x-" + table
		}
		if parent := parents[name]; parent != "" {
			if err := p.put(ctx, tx, parent); err != nil {
				return err
			}
			if v = p.known[parent]; v == nil {
				v = "x-" + parent
			}
		} else if name == "talent_id" {
			v = p.known["talent"]
		}
		names, values = append(names, name), append(values, v)
		marks = append(marks, fmt.Sprint("$", len(values)))
	}
	_, err = tx.Exec(ctx, "INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", values...)
	return err
}

func pairs(ctx context.Context, tx *db.Tx, text string) (map[string]string, error) {
	out := map[string]string{}
	rows, err := tx.Query(ctx, text)
	_, err = db.Collect(rows, err, func(r *sql.Rows) (none struct{}, err error) {
		var a, b string
		err = r.Scan(&a, &b)
		out[a] = b
		return none, err
	})
	return out, err
}
