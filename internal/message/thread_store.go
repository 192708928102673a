package message

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/db"
)

const threadColumns = `id, channel, phone, bsuid, email, party, person_id, client_id, name, lang, zone, assigned_id, assigned_name, snoozed_until, waiting_since, heard_at, last_at,
	stopped_at, stopped_how, stop_token, bad_code, version`

func insertThread(ctx context.Context, tx *db.Tx, t Thread) error {
	_, err := tx.Exec(ctx, `INSERT INTO message_thread (`+threadColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 1)`,
		t.ID, t.Channel, t.Phone, t.BSUID, t.Email, t.Party, t.PersonID, t.ClientID, t.Name, t.Lang, t.Zone, t.AssignedID, t.AssignedName, db.At(t.SnoozedUntil),
		db.At(t.WaitingSince), db.At(t.HeardAt), db.At(t.LastAt), db.At(t.StoppedAt), t.StoppedHow, t.stopToken, t.Bad)
	return err
}

func saveThread(ctx context.Context, tx *db.Tx, t Thread) error {
	return db.Changed(tx.Exec(ctx, `UPDATE message_thread SET phone = $2, bsuid = $3, party = $4, person_id = $5, client_id = $6, name = $7, lang = $8, zone = $9, assigned_id = $10, assigned_name = $11,
		snoozed_until = $12, waiting_since = $13, heard_at = $14, last_at = $15, stopped_at = $16, stopped_how = $17, bad_code = $18, version = version + 1 WHERE id = $1 AND version = $19`,
		t.ID, t.Phone, t.BSUID, t.Party, t.PersonID, t.ClientID, t.Name, t.Lang, t.Zone, t.AssignedID, t.AssignedName,
		db.At(t.SnoozedUntil), db.At(t.WaitingSince), db.At(t.HeardAt), db.At(t.LastAt), db.At(t.StoppedAt), t.StoppedHow, t.Bad, t.Version))
}

func scanThread(r scanner) (t Thread, err error) {
	var snoozed, waiting, heard, last, stopped db.Time
	err = r.Scan(&t.ID, &t.Channel, &t.Phone, &t.BSUID, &t.Email, &t.Party, &t.PersonID, &t.ClientID, &t.Name, &t.Lang, &t.Zone, &t.AssignedID, &t.AssignedName, &snoozed, &waiting, &heard, &last,
		&stopped, &t.StoppedHow, &t.stopToken, &t.Bad, &t.Version)
	t.SnoozedUntil, t.WaitingSince, t.HeardAt, t.LastAt, t.StoppedAt = snoozed.Time, waiting.Time, heard.Time, last.Time, stopped.Time
	return t, err
}

// LoadThread gives a conversation, NotFound if there is none with the id.
func LoadThread(ctx context.Context, tx *db.Tx, id string) (Thread, error) {
	t, err := scanThread(tx.QueryRow(ctx, `SELECT `+threadColumns+` FROM message_thread WHERE id = $1`, id))
	return t, db.One(err)
}

// threadAt finds a conversation by one of its addresses; an empty one finds nothing.
func threadAt(ctx context.Context, tx *db.Tx, column, value string) (Thread, error) {
	t, err := scanThread(tx.QueryRow(ctx, `SELECT `+threadColumns+` FROM message_thread WHERE `+column+` = $1`, value))
	return t, db.One(err)
}

// Pick says which conversations a list shows.
type Pick struct {
	View   string // "first", "mine", "free", "snoozed" or "all"
	Person string // of "mine"
	Client string // of one client alone
	Limit  int
}

// listThreads gives conversations, the one that moved last first.
func listThreads(ctx context.Context, tx *db.Tx, p Pick) ([]Thread, error) {
	if p.Limit <= 0 || p.Limit > 500 {
		p.Limit = 200
	}
	rows, err := tx.Query(ctx, `SELECT `+threadColumns+` FROM message_thread WHERE (client_id = $4 OR $4 = '') AND CASE $1
		WHEN 'first' THEN waiting_since IS NOT NULL AND (snoozed_until IS NULL OR snoozed_until <= $2)
		WHEN 'mine' THEN assigned_id = $3
		WHEN 'free' THEN assigned_id = '' AND waiting_since IS NOT NULL
		WHEN 'snoozed' THEN snoozed_until > $2
		ELSE TRUE END ORDER BY last_at DESC, id DESC LIMIT $5`, p.View, db.At(tx.Now()), p.Person, p.Client, p.Limit)
	return db.Collect(rows, err, func(r *sql.Rows) (Thread, error) { return scanThread(r) })
}

func countWaiting(ctx context.Context, tx *db.Tx) (n int, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM message_thread WHERE waiting_since IS NOT NULL AND (snoozed_until IS NULL OR snoozed_until <= $1)`, db.At(tx.Now())).Scan(&n)
	return n, err
}

const lineColumns = `id, thread_id, note, at, kept_at, text, by_id, by_name, ref, answers, media`

// insertLine keeps a line; false when its service's id is kept already.
func insertLine(ctx context.Context, tx *db.Tx, l Line) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO message_line (`+lineColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (ref) WHERE ref IS NOT NULL DO NOTHING`,
		l.ID, l.ThreadID, l.Note, db.At(l.At), db.At(l.KeptAt), l.Text, l.ByID, l.ByName, orNull(l.Ref), l.Answers, asText(l.Media))
	return n > 0, err
}

func saveMedia(ctx context.Context, tx *db.Tx, id string, m *Media) error {
	return db.Changed(tx.Exec(ctx, `UPDATE message_line SET media = $2 WHERE id = $1`, id, asText(m)))
}

func scanLine(r scanner) (l Line, err error) {
	var at, kept db.Time
	var ref sql.NullString
	var media string
	if err = r.Scan(&l.ID, &l.ThreadID, &l.Note, &at, &kept, &l.Text, &l.ByID, &l.ByName, &ref, &l.Answers, &media); err != nil {
		return l, err
	}
	l.At, l.KeptAt, l.Ref = at.Time, kept.Time, ref.String
	return l, fromText(media, &l.Media)
}

func loadLine(ctx context.Context, tx *db.Tx, id string) (Line, error) {
	l, err := scanLine(tx.QueryRow(ctx, `SELECT `+lineColumns+` FROM message_line WHERE id = $1`, id))
	return l, db.One(err)
}

// listLines gives the newest lines of a conversation, newest first.
func listLines(ctx context.Context, tx *db.Tx, thread string, n int) ([]Line, error) {
	rows, err := tx.Query(ctx, `SELECT `+lineColumns+` FROM message_line WHERE thread_id = $1 ORDER BY at DESC, id DESC LIMIT $2`, thread, n)
	return db.Collect(rows, err, func(r *sql.Rows) (Line, error) { return scanLine(r) })
}

// newest gives the newest words of each conversation that has any, by id: what came in
// or went out.
func newest(ctx context.Context, tx *db.Tx, thread string) (text string, ours bool, err error) {
	err = tx.QueryRow(ctx, `SELECT text, ours FROM (
		SELECT text, FALSE AS ours, at FROM message_line WHERE thread_id = $1 AND NOT note
		UNION ALL SELECT text, TRUE AS ours, made_at AS at FROM message_outgoing WHERE thread_id = $1) AS w ORDER BY at DESC LIMIT 1`, thread).Scan(&text, &ours)
	if err = db.One(err); err == db.ErrNotFound { //nolint:errorlint // as db.One gives it
		return "", false, nil
	}
	return text, ours, err
}

const shiftColumns = `id, from_name, to_id, to_name, note, waiting, at, seen_at`

func insertShift(ctx context.Context, tx *db.Tx, s Shift) error {
	_, err := tx.Exec(ctx, `INSERT INTO message_shift (`+shiftColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)`, s.ID, s.From, s.ToID, s.To, s.Note, s.Waiting, db.At(s.At))
	return err
}

// lastShift is the newest hand-over; NotFound before the first.
func lastShift(ctx context.Context, tx *db.Tx) (s Shift, err error) {
	var at, seen db.Time
	err = tx.QueryRow(ctx, `SELECT `+shiftColumns+` FROM message_shift ORDER BY at DESC, id DESC LIMIT 1`).Scan(&s.ID, &s.From, &s.ToID, &s.To, &s.Note, &s.Waiting, &at, &seen)
	s.At, s.SeenAt = at.Time, seen.Time
	return s, db.One(err)
}

func saveShiftSeen(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `UPDATE message_shift SET seen_at = $2 WHERE id = $1 AND seen_at IS NULL`, id, db.At(tx.Now()))
	return err
}

// answeredAfter tells whether we wrote after an instant.
func answeredAfter(ctx context.Context, tx *db.Tx, thread string, at time.Time) (bool, error) {
	var n int64
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM message_outgoing WHERE thread_id = $1 AND made_at > $2 AND state <> 'stopped' AND by_id <> ''`, thread, db.At(at)).Scan(&n)
	return n > 0, err
}
