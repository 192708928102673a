package talent

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

// RecordFact keeps a fact of a talent (R13). The same fact of the same subject
// is kept once, so a worker may say it again.
func RecordFact(ctx context.Context, tx *db.Tx, f Fact) error {
	seq, err := nextSeq(ctx, tx)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO talent_fact (id, talent_id, kind, met, late_minutes, subject, subject_id, at, excused, campaign_id, title, due_at, contest_text, settled_by, decision, seq, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', '', '', $13, 1) ON CONFLICT (talent_id, kind, subject, subject_id) DO NOTHING`,
		tx.NewID(), f.TalentID, f.Kind, f.Met, f.LateMinutes, f.Subject, f.SubjectID, db.At(f.At), f.Excused, f.CampaignID, f.Title, db.At(f.DueAt), seq)
	return err
}

// ListFacts gives all facts of a talent, the newest first.
func ListFacts(ctx context.Context, tx *db.Tx, talentID string) ([]Fact, error) {
	rows, err := tx.Query(ctx, `SELECT `+factColumns+` FROM talent_fact WHERE talent_id = $1 ORDER BY at DESC, id DESC`, talentID)
	return db.Collect(rows, err, scanFact)
}

// LoadRecord computes a talent's record now (R13).
func LoadRecord(ctx context.Context, tx *db.Tx, talentID string) (Record, error) {
	facts, err := ListFacts(ctx, tx, talentID)
	return RecordOf(facts, tx.Now()), err
}

// Absence is a span of days on which a talent cannot work, both ends included.
type Absence struct {
	ID, TalentID string
	From, To     worktime.Date
	Reason       string
	Version      int64
}

// ListAbsences gives the absences of a talent that end on a day or later.
func ListAbsences(ctx context.Context, tx *db.Tx, talentID string, from worktime.Date) ([]Absence, error) {
	rows, err := tx.Query(ctx, `SELECT id, talent_id, from_on, to_on, reason, version FROM talent_absence WHERE talent_id = $1 AND to_on >= $2 ORDER BY from_on, id`, talentID, from)
	return db.Collect(rows, err, scanAbsence)
}

// FreeOn says whether no absence of the talent covers the day. Bookings are asked
// of package casting.
func FreeOn(ctx context.Context, tx *db.Tx, talentID string, day worktime.Date) (bool, error) {
	var n int64
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM talent_absence WHERE talent_id = $1 AND from_on <= $2 AND to_on >= $2`, talentID, day).Scan(&n)
	return n == 0, err
}

func insertAbsence(ctx context.Context, tx *db.Tx, a Absence) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_absence (id, talent_id, from_on, to_on, reason, version) VALUES ($1, $2, $3, $4, $5, 1)`, a.ID, a.TalentID, a.From, a.To, a.Reason)
	return err
}

func deleteAbsence(ctx context.Context, tx *db.Tx, talentID, id string) error {
	n, err := tx.Exec(ctx, `DELETE FROM talent_absence WHERE id = $1 AND talent_id = $2`, id, talentID)
	if err == nil && n == 0 {
		return db.ErrNotFound
	}
	return err
}

func contestFact(ctx context.Context, tx *db.Tx, talentID, id, text string) error {
	n, err := tx.Exec(ctx, `UPDATE talent_fact SET contested_at = $3, contest_text = $4, settled_at = NULL, settled_by = '', decision = '', version = version + 1
		WHERE id = $1 AND talent_id = $2 AND contested_at IS NULL`, id, talentID, db.At(tx.Now()), text)
	if err == nil && n == 0 {
		return db.ErrNotFound
	}
	return err
}

func loadFact(ctx context.Context, tx *db.Tx, talentID, id string) (Fact, error) {
	rows, err := tx.Query(ctx, `SELECT `+factColumns+` FROM talent_fact WHERE id = $1 AND talent_id = $2`, id, talentID)
	list, err := db.Collect(rows, err, scanFact)
	if err == nil && len(list) == 0 {
		err = db.ErrNotFound
	}
	if err != nil {
		return Fact{}, err
	}
	return list[0], nil
}

func settleFact(ctx context.Context, tx *db.Tx, f Fact) error {
	return db.Changed(tx.Exec(ctx, `UPDATE talent_fact SET excused = $3, settled_at = $4, settled_by = $5, decision = $6, version = version + 1 WHERE id = $1 AND version = $2 AND talent_id = $7`,
		f.ID, f.Version, f.Excused, db.At(f.SettledAt), f.SettledBy, f.Decision, f.TalentID))
}

// LoadRecords computes the records of several talents now, by talent id (R13).
func LoadRecords(ctx context.Context, tx *db.Tx, talentIDs []string) (map[string]Record, error) {
	facts := map[string][]Fact{}
	err := inParts(talentIDs, func(list string, args []any) error {
		rows, err := tx.Query(ctx, `SELECT `+factColumns+` FROM talent_fact WHERE talent_id IN (`+list+`)`, args...)
		found, err := db.Collect(rows, err, scanFact)
		for _, f := range found {
			facts[f.TalentID] = append(facts[f.TalentID], f)
		}
		return err
	})
	out := make(map[string]Record, len(talentIDs))
	for _, id := range talentIDs {
		out[id] = RecordOf(facts[id], tx.Now())
	}
	return out, err
}

func scanAbsence(r *sql.Rows) (a Absence, err error) {
	err = r.Scan(&a.ID, &a.TalentID, &a.From, &a.To, &a.Reason, &a.Version)
	return a, err
}

const factColumns = `id, talent_id, kind, met, late_minutes, subject, subject_id, at, excused, contested_at, contest_text, settled_at, settled_by, decision, campaign_id, title, due_at, version`

func scanFact(r *sql.Rows) (f Fact, err error) {
	var at, contested, settled, due db.Time
	err = r.Scan(&f.ID, &f.TalentID, &f.Kind, &f.Met, &f.LateMinutes, &f.Subject, &f.SubjectID, &at, &f.Excused, &contested, &f.ContestText, &settled, &f.SettledBy, &f.Decision, &f.CampaignID, &f.Title, &due, &f.Version)
	f.At, f.ContestedAt, f.SettledAt, f.DueAt = at.Time, contested.Time, settled.Time, due.Time
	return f, err
}
