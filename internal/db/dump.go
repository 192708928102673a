package db

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// A dump is JSON lines: a head for each table with its columns, then its rows.
// It holds no word of either database, so that a backup of one restores into the
// other.
type dumpLine struct {
	Table   string   `json:"table,omitempty"`
	Columns []string `json:"columns,omitempty"`
	Row     []any    `json:"row,omitempty"`
}

// packed marks bytes among JSON values.
type packed struct {
	Base64 string `json:"base64"`
}

var (
	createTable = regexp.MustCompile(`(?is)CREATE TABLE (?:IF NOT EXISTS )?(\w+)\s*\((.*?)\n\)[^;]*;`)
	references  = regexp.MustCompile(`(?i)(\w+)\s+TEXT[^,]*?REFERENCES\s+(\w+)`)
)

// table is what the migrations say of one: its name and what it refers to.
type table struct {
	name string
	refs []string
	self []string // columns that refer to the table itself
}

// tables lists the schema's tables, each after those it refers to.
func tables() ([]table, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var all []table
	for _, n := range names {
		b, err := migrations.ReadFile(n)
		if err != nil {
			return nil, err
		}
		for _, m := range createTable.FindAllStringSubmatch(string(b), -1) {
			t := table{name: m[1]}
			for _, ref := range references.FindAllStringSubmatch(m[2], -1) {
				if ref[2] == t.name {
					t.self = append(t.self, ref[1])
				} else {
					t.refs = append(t.refs, ref[2])
				}
			}
			all = append(all, t)
		}
	}
	return sorted(all)
}

// sorted puts each table after those it refers to.
func sorted(all []table) ([]table, error) {
	var out []table
	placed := map[string]bool{}
	for len(out) < len(all) {
		before := len(out)
		for _, t := range all {
			ready := !slices.ContainsFunc(t.refs, func(r string) bool { return !placed[r] })
			if !placed[t.name] && ready {
				placed[t.name] = true
				out = append(out, t)
			}
		}
		if len(out) == before {
			return nil, fmt.Errorf("tables refer to each other in a circle")
		}
	}
	return out, nil
}

// Dump writes every row of one snapshot to w and gives how many there were.
func Dump(ctx context.Context, d *DB, w io.Writer) (rows int64, err error) {
	all, err := tables()
	if err != nil {
		return 0, err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	err = d.Read(ctx, func(tx *Tx) error {
		for _, t := range all {
			if t.name == "writer_turn" {
				continue
			}
			n, err := tx.dump(ctx, t.name, json.NewEncoder(out))
			if err != nil {
				return fmt.Errorf("dump %s: %w", t.name, err)
			}
			rows += n
		}
		return out.Flush()
	})
	return rows, err
}

func (tx *Tx) dump(ctx context.Context, name string, enc *json.Encoder) (n int64, err error) {
	rows, err := tx.Query(ctx, "SELECT * FROM "+name)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	if err := enc.Encode(dumpLine{Table: name, Columns: columns}); err != nil {
		return 0, err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		for i, v := range values {
			switch v := v.(type) {
			case []byte:
				values[i] = packed{base64.StdEncoding.EncodeToString(v)}
			case bool: // one form for both databases
				values[i] = 0
				if v {
					values[i] = 1
				}
			}
		}
		if err := enc.Encode(dumpLine{Row: values}); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

// Load fills an empty, migrated database from a dump, in one change, and gives
// the number of rows. It refuses a database that holds anybody (Conflict).
func Load(ctx context.Context, d *DB, r io.Reader) (rows int64, err error) {
	all, err := tables()
	if err != nil {
		return 0, err
	}
	err = d.WriteAlone(ctx, func(tx *Tx) error {
		for _, t := range slices.Backward(all) { // rows that the migrations seeded give way to those of the backup
			if t.name == "writer_turn" {
				continue
			}
			if _, err := tx.Exec(ctx, "DELETE FROM "+t.name); err != nil {
				return err
			}
		}
		rows, err = tx.load(ctx, all, r)
		return err
	})
	return rows, err
}

func (tx *Tx) load(ctx context.Context, all []table, r io.Reader) (n int64, err error) {
	dec := json.NewDecoder(bufio.NewReaderSize(r, 1<<16))
	dec.UseNumber()
	var in *inserter
	for {
		var line dumpLine
		if err := dec.Decode(&line); err == io.EOF {
			break
		} else if err != nil {
			return n, fmt.Errorf("read the dump: %w", err)
		}
		if line.Table != "" {
			if err := in.finish(ctx, tx); err != nil {
				return n, err
			}
			if in, err = newInserter(all, line); err != nil {
				return n, err
			}
			if in.yesNo, err = tx.booleans(ctx, line.Table); err != nil {
				return n, err
			}
			continue
		}
		if err := in.row(ctx, tx, line.Row); err != nil {
			return n, err
		}
		n++
	}
	return n, in.finish(ctx, tx)
}

// inserter puts rows of one table; references to the table itself follow at the end.
type inserter struct {
	table   table
	columns []string
	yesNo   map[string]bool // columns that take true and false
	text    string
	later   [][2]any // id and value, per self-referring column
	laterBy []string
}

// booleans names the columns of a table that take true and false.
func (tx *Tx) booleans(ctx context.Context, name string) (map[string]bool, error) {
	rows, err := tx.Query(ctx, "SELECT * FROM "+name+" LIMIT 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	out := map[string]bool{}
	for _, t := range types {
		if strings.HasPrefix(t.DatabaseTypeName(), "BOOL") {
			out[t.Name()] = true
		}
	}
	return out, errors.Join(err, rows.Err())
}

var plainName = regexp.MustCompile(`^[a-z_][a-z0-9_]*$`)

func newInserter(all []table, head dumpLine) (*inserter, error) {
	i := slices.IndexFunc(all, func(t table) bool { return t.name == head.Table })
	if i < 0 {
		return nil, fmt.Errorf("the backup has a table %q that this program does not know", head.Table)
	}
	places := make([]string, len(head.Columns))
	for n, c := range head.Columns {
		if !plainName.MatchString(c) {
			return nil, fmt.Errorf("column %q of %s", c, head.Table)
		}
		places[n] = fmt.Sprintf("$%d", n+1)
	}
	return &inserter{table: all[i], columns: head.Columns,
		text: "INSERT INTO " + head.Table + " (" + strings.Join(head.Columns, ", ") + ") VALUES (" + strings.Join(places, ", ") + ")"}, nil
}

func (in *inserter) row(ctx context.Context, tx *Tx, row []any) error {
	if in == nil || len(row) != len(in.columns) {
		return fmt.Errorf("the backup is damaged: a row without its table")
	}
	id := slices.Index(in.columns, "id")
	for i, v := range row {
		value, err := unpack(v)
		if err != nil {
			return err
		}
		if number, ok := value.(int64); ok && in.yesNo[in.columns[i]] {
			value = number != 0
		}
		row[i] = value
		if value != nil && slices.Contains(in.table.self, in.columns[i]) && id >= 0 {
			in.later, in.laterBy = append(in.later, [2]any{row[id], value}), append(in.laterBy, in.columns[i])
			row[i] = nil
		}
	}
	if _, err := tx.Exec(ctx, in.text, row...); err != nil {
		return fmt.Errorf("restore %s: %w", in.table.name, err)
	}
	return nil
}

func (in *inserter) finish(ctx context.Context, tx *Tx) error {
	if in == nil {
		return nil
	}
	for i, pair := range in.later {
		if _, err := tx.Exec(ctx, "UPDATE "+in.table.name+" SET "+in.laterBy[i]+" = $2 WHERE id = $1", pair[0], pair[1]); err != nil {
			return fmt.Errorf("restore %s: %w", in.table.name, err)
		}
	}
	return nil
}

// unpack turns a JSON value back into what the database takes.
func unpack(v any) (any, error) {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n, nil
		}
		return v.Float64()
	case map[string]any:
		s, ok := v["base64"].(string)
		if !ok {
			return nil, fmt.Errorf("the backup is damaged: an unknown value")
		}
		return base64.StdEncoding.DecodeString(s)
	}
	return v, nil
}

// IsEmpty tells whether nobody has worked in the database yet.
func IsEmpty(ctx context.Context, d *DB) (bool, error) {
	var n int64
	err := d.Read(ctx, func(tx *Tx) error {
		return tx.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM person) + (SELECT COUNT(*) FROM audit)`).Scan(&n)
	})
	return n == 0, err
}

// TablesWith names the tables that have a column besides an id, for tests that walk
// all of them.
func TablesWith(column string) ([]string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, n := range names {
		b, err := migrations.ReadFile(n)
		if err != nil {
			return nil, err
		}
		for _, m := range createTable.FindAllStringSubmatch(string(b), -1) {
			if regexp.MustCompile(`(?m)^\s*id\s`).MatchString(m[2]) && regexp.MustCompile(`(?m)^\s*`+column+`\s`).MatchString(m[2]) {
				out = append(out, m[1])
			}
		}
	}
	return out, nil
}
