package testkit

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"kolega/internal/db"
)

var (
	tableText  = regexp.MustCompile(`(?s)CREATE TABLE (\w+) \(\n(.*?)\n\)[^;]*;`)
	columnText = regexp.MustCompile(`(?m)^\s+(\w+)\s+(TEXT|BIGINT|BOOLEAN|BYTEA)\b([^\n]*)$`)
)

type column struct{ name, kind string }

// required are the columns of each table that must have a value, read from the migrations.
var required = sync.OnceValue(func() map[string][]column {
	_, here, _, _ := runtime.Caller(0)
	files, _ := filepath.Glob(filepath.Join(filepath.Dir(here), "../db/migrations/*.sql"))
	out := map[string][]column{}
	for _, f := range files {
		b, _ := os.ReadFile(f)
		for _, t := range tableText.FindAllStringSubmatch(string(b), -1) {
			for _, c := range columnText.FindAllStringSubmatch(t[2], -1) {
				if strings.Contains(c[3], "NOT NULL") {
					out[t[1]] = append(out[t[1]], column{c[1], c[2]})
				}
			}
		}
	}
	return out
})

// Put inserts one row; columns that need a value and were not given are empty, zero
// or false. It lets a test stand on facts of lower slices without living through them.
func Put(t testing.TB, d *db.DB, table string, values map[string]any) {
	t.Helper()
	row := map[string]any{}
	for _, c := range required()[table] {
		row[c.name] = map[string]any{"TEXT": "", "BIGINT": int64(0), "BOOLEAN": false, "BYTEA": []byte{}}[c.kind]
	}
	for name, v := range values {
		row[name] = v
	}
	var names, marks []string
	var args []any
	for name, v := range row {
		args = append(args, v)
		names, marks = append(names, name), append(marks, "$"+strconv.Itoa(len(args)))
	}
	err := d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), "INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", args...)
		return err
	})
	if err != nil {
		t.Fatalf("put %s: %v", table, err)
	}
}
