package talent

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"kolega/internal/db"
	"kolega/internal/locale"
)

const talentColumns = `id, name, kind, country, city, zone, lang, languages, currency, tax_kind, has_tax_id, status, status_reason,
	tags, categories, born_on, guardian_name, guardian_phone, manager_name, manager_phone, phone, email, bio, note, made_at, changed_at, version`

type scanner interface{ Scan(...any) error }

// There refuses a talent that is not there, or gone. Faults: not-found, talent.erased.
func There(ctx context.Context, tx *db.Tx, id string) error {
	t, err := LoadTalent(ctx, tx, id)
	if err == nil && t.Gone() {
		err = FaultErased
	}
	return err
}

// LoadTalent gives a talent, NotFound if there is none with the id.
func LoadTalent(ctx context.Context, tx *db.Tx, id string) (Talent, error) {
	t, err := scanTalent(tx.QueryRow(ctx, `SELECT `+talentColumns+` FROM talent WHERE id = $1`, id))
	return t, db.One(err)
}

// LoadTalents gives the talents with the ids, by id. Absent ids are left out.
func LoadTalents(ctx context.Context, tx *db.Tx, ids []string) (map[string]Talent, error) {
	out := make(map[string]Talent, len(ids))
	err := inParts(ids, func(list string, args []any) error {
		rows, err := tx.Query(ctx, `SELECT `+talentColumns+` FROM talent WHERE id IN (`+list+`)`, args...)
		found, err := db.Collect(rows, err, func(r *sql.Rows) (Talent, error) { return scanTalent(r) })
		for _, t := range found {
			out[t.ID] = t
		}
		return err
	})
	return out, err
}

func scanTalent(r scanner) (t Talent, err error) {
	var languages, tags, categories db.JSON[[]string]
	var made, changed db.Time
	err = r.Scan(&t.ID, &t.Name, &t.Kind, &t.Country, &t.City, &t.Zone, &t.Lang, &languages, &t.Currency, &t.TaxKind, &t.HasTaxID, &t.Status, &t.StatusReason,
		&tags, &categories, &t.BornOn, &t.GuardianName, &t.GuardianPhone, &t.ManagerName, &t.ManagerPhone, &t.Phone, &t.Email, &t.Bio, &t.Note, &made, &changed, &t.Version)
	t.Languages, t.Tags, t.Categories, t.CreatedAt, t.UpdatedAt = languages.V, tags.V, categories.V, made.Time, changed.Time
	return t, err
}

// seqNote is where the changes of one commit hand on the number they share.
const seqNote = "talent.seq"

// nextSeq moves the change sequence; every row written in this change carries it. The
// changes of one commit are seen together or not at all, so they share one number.
func nextSeq(ctx context.Context, tx *db.Tx) (seq int64, err error) {
	if seq, ok := tx.Noted(seqNote).(int64); ok {
		return seq, nil
	}
	if _, err := tx.Exec(ctx, `UPDATE talent_sequence SET seq = seq + 1 WHERE id = 1`); err != nil {
		return 0, err
	}
	if err := tx.QueryRow(ctx, `SELECT seq FROM talent_sequence WHERE id = 1`).Scan(&seq); err != nil {
		return 0, err
	}
	tx.Note(seqNote, seq)
	return seq, nil
}

// ownSeq is nextSeq with a number that no other change has: an import takes everything
// up to its own for known.
func ownSeq(ctx context.Context, tx *db.Tx) (int64, error) {
	tx.Note(seqNote, nil)
	seq, err := nextSeq(ctx, tx)
	tx.Note(seqNote, nil)
	return seq, err
}

// NewestChange is the number in the change sequence of the newest change of some
// talents, their accounts and rates; 0 when they are not there.
func NewestChange(ctx context.Context, tx *db.Tx, ids []string) (newest int64, err error) {
	err = inParts(ids, func(list string, args []any) error {
		var n int64
		err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(seq), 0) FROM talent WHERE id IN (`+list+`)`, args...).Scan(&n)
		newest = max(newest, n)
		return err
	})
	return newest, err
}

// Sequence is the number of the newest change of any talent.
func Sequence(ctx context.Context, tx *db.Tx) (seq int64, err error) {
	err = tx.QueryRow(ctx, `SELECT seq FROM talent_sequence WHERE id = 1`).Scan(&seq)
	return seq, err
}

// touch makes the search index read a talent again.
func touch(ctx context.Context, tx *db.Tx, talentID string) error {
	seq, err := nextSeq(ctx, tx)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE talent SET seq = $2 WHERE id = $1`, talentID, seq)
	return err
}

func talentValues(t Talent, seq int64) []any {
	return []any{t.ID, t.Name, locale.Fold(t.Name), t.Kind, t.Country, t.City, t.Zone, t.Lang, db.JSON[[]string]{V: t.Languages}, t.Currency, t.TaxKind, t.HasTaxID,
		t.Status, t.StatusReason, db.JSON[[]string]{V: t.Tags}, db.JSON[[]string]{V: t.Categories}, t.BornOn, t.GuardianName, t.GuardianPhone, t.ManagerName,
		t.ManagerPhone, t.Phone, t.Email, t.Bio, t.Note, db.At(t.UpdatedAt), seq}
}

// insertTalent keeps a new talent with the id and instants it carries.
func insertTalent(ctx context.Context, tx *db.Tx, t Talent, seq int64) error {
	return insertMany(ctx, tx, insertTalentInto, "", [][]any{append(talentValues(t, seq), db.At(t.CreatedAt), int64(1))})
}

const insertTalentInto = `INSERT INTO talent (id, name, name_key, kind, country, city, zone, lang, languages, currency, tax_kind, has_tax_id,
	status, status_reason, tags, categories, born_on, guardian_name, guardian_phone, manager_name, manager_phone, phone, email, bio, note, changed_at, seq, made_at, version)`

// saveTalent keeps a changed talent; Conflict if somebody was faster.
func saveTalent(ctx context.Context, tx *db.Tx, t Talent, seq int64) error {
	return db.Changed(tx.Exec(ctx, `UPDATE talent SET name = $2, name_key = $3, kind = $4, country = $5, city = $6, zone = $7, lang = $8, languages = $9, currency = $10,
		tax_kind = $11, has_tax_id = $12, status = $13, status_reason = $14, tags = $15, categories = $16, born_on = $17, guardian_name = $18, guardian_phone = $19,
		manager_name = $20, manager_phone = $21, phone = $22, email = $23, bio = $24, note = $25, changed_at = $26, seq = $27,
		version = version + 1 WHERE id = $1 AND version = $28`,
		append(talentValues(t, seq), t.Version)...))
}

// placeholder names the nth argument of a statement, from 1.
func placeholder(n int) string { return "$" + strconv.Itoa(n) }

// inParts calls f with lists of placeholders for the values, some at a time. The
// lists come in few lengths, filled up with the last value, so that few statements
// are prepared.
func inParts(values []string, f func(list string, args []any) error) error {
	for len(values) > 0 {
		n := min(len(values), 256)
		wide := 1
		for wide < n {
			wide *= 4
		}
		args := make([]any, wide)
		for i := range args {
			args[i] = values[min(i, n-1)]
		}
		if err := f(places(1, wide), args); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

// places is "$from, …", n of them.
func places(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(placeholder(from + i))
	}
	return b.String()
}

// insertMany writes rows of equal width, as many a statement as the database likes.
// The statements come in few lengths, so that each is prepared once.
func insertMany(ctx context.Context, tx *db.Tx, into, after string, rows [][]any) error {
	for len(rows) > 0 {
		wide, n := len(rows[0]), 1
		for n*2 <= min(len(rows), tx.RowsAtOnce(wide)) {
			n *= 2
		}
		var b strings.Builder
		b.WriteString(into + " VALUES ")
		args := make([]any, 0, n*wide)
		for i, row := range rows[:n] {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString("(" + places(len(args)+1, wide) + ")")
			args = append(args, row...)
		}
		if _, err := tx.Exec(ctx, b.String()+after, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}
