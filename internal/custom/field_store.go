package custom

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/privacy"
)

const columns = `id, of_kind, name, kind, choices, dropped_at, version`

func scan(r interface{ Scan(...any) error }) (f Field, err error) {
	var choices db.JSON[[]string]
	var dropped db.Time
	err = r.Scan(&f.ID, &f.Of, &f.Name, &f.Kind, &choices, &dropped, &f.Version)
	f.Choices, f.Dropped = choices.V, !dropped.IsZero()
	return f, err
}

// Load gives a field. Fault: not-found.
func Load(ctx context.Context, tx *db.Tx, id string) (Field, error) {
	f, err := scan(tx.QueryRow(ctx, `SELECT `+columns+` FROM custom_field WHERE id = $1`, id))
	return f, db.One(err)
}

// List gives the fields of a kind of record that are in use, by name.
func List(ctx context.Context, tx *db.Tx, of Of) ([]Field, error) {
	rows, err := tx.Query(ctx, `SELECT `+columns+` FROM custom_field WHERE of_kind = $1 AND dropped_at IS NULL ORDER BY fold, id`, of)
	return db.Collect(rows, err, func(r *sql.Rows) (Field, error) { return scan(r) })
}

func insert(ctx context.Context, tx *db.Tx, f Field) error {
	n, err := tx.Exec(ctx, `INSERT INTO custom_field (id, of_kind, name, fold, kind, choices, made_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT DO NOTHING`,
		f.ID, f.Of, f.Name, locale.Fold(f.Name), f.Kind, db.JSON[[]string]{V: f.Choices}, db.At(tx.Now()))
	if err == nil && n == 0 {
		return FaultTaken
	}
	return err
}

func save(ctx context.Context, tx *db.Tx, f Field) error {
	var taken int64
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM custom_field WHERE of_kind = $1 AND fold = $2 AND id <> $3 AND dropped_at IS NULL`, f.Of, locale.Fold(f.Name), f.ID).Scan(&taken)
	if err != nil {
		return err
	}
	if taken > 0 {
		return FaultTaken
	}
	return db.Changed(tx.Exec(ctx, `UPDATE custom_field SET name = $3, fold = $4, choices = $5, version = version + 1 WHERE id = $1 AND version = $2 AND dropped_at IS NULL`,
		f.ID, f.Version, f.Name, locale.Fold(f.Name), db.JSON[[]string]{V: f.Choices}))
}

func drop(ctx context.Context, tx *db.Tx, f Field) error {
	return db.Changed(tx.Exec(ctx, `UPDATE custom_field SET dropped_at = $3, version = version + 1 WHERE id = $1 AND version = $2 AND dropped_at IS NULL`, f.ID, f.Version, db.At(tx.Now())))
}

// Values gives the values of records by the record's id and the field's.
func Values(ctx context.Context, tx *db.Tx, ids []string) (map[string]map[string]string, error) {
	out := map[string]map[string]string{}
	for len(ids) > 0 {
		n := min(len(ids), 100)
		places, args := make([]string, n), make([]any, n)
		for i, id := range ids[:n] {
			places[i], args[i] = "$"+strconv.Itoa(i+1), id
		}
		ids = ids[n:]
		rows, err := tx.Query(ctx, `SELECT v.subject_id, v.field_id, v.value FROM custom_value v JOIN custom_field f ON f.id = v.field_id
			WHERE f.dropped_at IS NULL AND v.subject_id IN (`+strings.Join(places, ",")+`)`, args...)
		if _, err := db.Collect(rows, err, func(r *sql.Rows) (struct{}, error) {
			var id, field, value string
			err := r.Scan(&id, &field, &value)
			if out[id] == nil {
				out[id] = map[string]string{}
			}
			out[id][field] = value
			return struct{}{}, err
		}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func put(ctx context.Context, tx *db.Tx, subjectID, fieldID, value string) error {
	if value == "" {
		_, err := tx.Exec(ctx, `DELETE FROM custom_value WHERE subject_id = $1 AND field_id = $2`, subjectID, fieldID)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO custom_value (subject_id, field_id, value, fold) VALUES ($1, $2, $3, $4)
		ON CONFLICT (subject_id, field_id) DO UPDATE SET value = excluded.value, fold = excluded.fold`, subjectID, fieldID, value, fold(value))
	return err
}

// mostFold bounds what is compared of a text.
const mostFold = 100

func fold(value string) string {
	r := []rune(locale.Fold(value))
	return string(r[:min(len(r), mostFold)])
}

// Having gives the records whose field has a value: the very value, or of a text those
// that hold it.
func Having(ctx context.Context, tx *db.Tx, f Field, value string) ([]string, error) {
	text := `SELECT subject_id FROM custom_value WHERE field_id = $1 AND fold = $2 ORDER BY subject_id`
	like := fold(value)
	if f.Kind == Text {
		text = `SELECT subject_id FROM custom_value WHERE field_id = $1 AND fold LIKE $2 ESCAPE '!' ORDER BY subject_id`
		like = "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(like) + "%"
	}
	rows, err := tx.Query(ctx, text, f.ID, like)
	return db.Collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}

// MoveTalent gives a talent's values to another where that one has none; no campaign's
// page shows them.
func MoveTalent(ctx context.Context, tx *db.Tx, from, to string) ([]string, error) {
	if _, err := tx.Exec(ctx, `UPDATE custom_value SET subject_id = $2 WHERE subject_id = $1 AND NOT EXISTS (SELECT 1 FROM custom_value k WHERE k.subject_id = $2 AND k.field_id = custom_value.field_id)`, from, to); err != nil {
		return nil, err
	}
	_, err := tx.Exec(ctx, `DELETE FROM custom_value WHERE subject_id = $1`, from)
	return nil, err
}

// Personal is a talent's own values, which go with the talent.
var Personal = privacy.Part{Tables: []privacy.Table{
	{Name: "custom_value", Whose: `subject_id = $1`, Show: []string{"field_id", "value"}, Drop: true},
	{Name: "custom_value", Whose: privacy.Anybody, Blot: []string{"value", "fold"}},
}}

// PersonalOfContact is what a client's values say of its people in passing.
var PersonalOfContact = privacy.Part{Tables: []privacy.Table{{Name: "custom_value", Whose: privacy.Anybody, Blot: []string{"value", "fold"}}}}
