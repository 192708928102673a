package app

import (
	"context"
	"database/sql"
	"log/slog"
	"path/filepath"
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
	dir := t.TempDir()
	hall, err := OpenHall(ctx, &Common{Data: dir}, testkit.NewClock(), slog.New(slog.DiscardHandler))
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
	loose, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "kolega.db")) // without the check of references
	if err != nil {
		t.Fatal(err)
	}
	defer loose.Close()
	for _, table := range tables {
		if !stays[table] && table != "talent_account" {
			putFor(t, loose, table, other.ID, account)
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

// putFor inserts a row that names a talent; what else it must say is empty.
func putFor(t *testing.T, d *sql.DB, table, talentID, accountID string) {
	t.Helper()
	rows, err := d.QueryContext(context.Background(), `SELECT name, type FROM pragma_table_info('`+table+`') WHERE "notnull" = 1 OR pk > 0 OR name = 'talent_id'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var names []string
	var values []any
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			t.Fatal(err)
		}
		var v any = int64(0)
		switch {
		case name == "talent_id":
			v = talentID
		case name == "account_id":
			v = accountID
		case kind == "TEXT":
			v = "x-" + table
		}
		names, values = append(names, name), append(values, v)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	_, err = d.ExecContext(context.Background(), "INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES (?"+strings.Repeat(", ?", len(names)-1)+")", values...)
	if err != nil {
		t.Fatalf("%s: %v", table, err)
	}
}
