package message

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"kolega/internal/db"
)

const outColumns = `id, origin, thread_id, campaign_id, person_id, channel, place, kind, lang, zone, subject, text, full_sealed, vars, template, media, urgent, offer,
	state, due_at, tries, again, attempt_at, ref, reason, detail, made_at, by_id, by_name, accepted_at, reached_at, read_at, ended_at, version`

type scanner interface{ Scan(...any) error }

// asText writes a value that SQL never looks into; nil is "".
func asText(v any) string {
	b, err := json.Marshal(v)
	if err != nil || string(b) == "null" {
		return ""
	}
	return string(b)
}

func fromText(s string, into any) error {
	if s == "" {
		return nil
	}
	return json.Unmarshal([]byte(s), into)
}

// orNull keeps "" as no value, for columns that are unique.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func insertOut(ctx context.Context, tx *db.Tx, o Outgoing) error {
	_, err := tx.Exec(ctx, `INSERT INTO message_outgoing (`+outColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
		$19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, 1)`,
		o.ID, o.Origin, o.ThreadID, o.CampaignID, o.PersonID, o.Channel, o.Place, o.Kind, o.Lang, o.Zone, o.Subject, o.Text, o.sealed, asText(o.Vars), asText(o.Template), asText(o.File), o.Urgent, o.Offer,
		o.State, db.At(o.DueAt), o.Tries, o.Again, db.At(o.AttemptAt), orNull(o.Ref), o.Reason, o.Detail, db.At(o.MadeAt), o.ByID, o.ByName, db.At(o.AcceptedAt), db.At(o.ReachedAt), db.At(o.ReadAt), db.At(o.EndedAt))
	return err
}

func saveOut(ctx context.Context, tx *db.Tx, o Outgoing) error {
	return db.Changed(tx.Exec(ctx, `UPDATE message_outgoing SET full_sealed = $2, template = $3, state = $4, due_at = $5, tries = $6, again = $7, attempt_at = $8, ref = $9, reason = $10, detail = $11,
		accepted_at = $12, reached_at = $13, read_at = $14, ended_at = $15, version = version + 1 WHERE id = $1 AND version = $16`,
		o.ID, o.sealed, asText(o.Template), o.State, db.At(o.DueAt), o.Tries, o.Again, db.At(o.AttemptAt), orNull(o.Ref), o.Reason, o.Detail,
		db.At(o.AcceptedAt), db.At(o.ReachedAt), db.At(o.ReadAt), db.At(o.EndedAt), o.Version))
}

func scanOut(r scanner) (o Outgoing, err error) {
	var due, attempt, made, accepted, reached, read, ended db.Time
	var vars, template, media string
	var ref sql.NullString
	if err = r.Scan(&o.ID, &o.Origin, &o.ThreadID, &o.CampaignID, &o.PersonID, &o.Channel, &o.Place, &o.Kind, &o.Lang, &o.Zone, &o.Subject, &o.Text, &o.sealed, &vars, &template, &media, &o.Urgent, &o.Offer,
		&o.State, &due, &o.Tries, &o.Again, &attempt, &ref, &o.Reason, &o.Detail, &made, &o.ByID, &o.ByName, &accepted, &reached, &read, &ended, &o.Version); err != nil {
		return o, err
	}
	o.DueAt, o.AttemptAt, o.MadeAt, o.AcceptedAt, o.ReachedAt, o.ReadAt, o.EndedAt = due.Time, attempt.Time, made.Time, accepted.Time, reached.Time, read.Time, ended.Time
	o.Ref = ref.String
	if err = fromText(vars, &o.Vars); err == nil {
		err = fromText(template, &o.Template)
	}
	if err == nil {
		err = fromText(media, &o.File)
	}
	return o, err
}

// LoadOutgoing gives an outgoing message, NotFound if there is none with the id.
func LoadOutgoing(ctx context.Context, tx *db.Tx, id string) (Outgoing, error) {
	o, err := scanOut(tx.QueryRow(ctx, `SELECT `+outColumns+` FROM message_outgoing WHERE id = $1`, id))
	return o, db.One(err)
}

func outByOrigin(ctx context.Context, tx *db.Tx, origin string) (Outgoing, error) {
	o, err := scanOut(tx.QueryRow(ctx, `SELECT `+outColumns+` FROM message_outgoing WHERE origin = $1`, origin))
	return o, db.One(err)
}

func outByRef(ctx context.Context, tx *db.Tx, ref string) (Outgoing, error) {
	o, err := scanOut(tx.QueryRow(ctx, `SELECT `+outColumns+` FROM message_outgoing WHERE ref = $1`, ref))
	return o, db.One(err)
}

// listOut gives the newest outgoing messages of a conversation, newest first.
func listOut(ctx context.Context, tx *db.Tx, thread string, n int) ([]Outgoing, error) {
	rows, err := tx.Query(ctx, `SELECT `+outColumns+` FROM message_outgoing WHERE thread_id = $1 ORDER BY made_at DESC, id DESC LIMIT $2`, thread, n)
	return db.Collect(rows, err, func(r *sql.Rows) (Outgoing, error) { return scanOut(r) })
}

// listState gives outgoing messages in a state, the oldest first.
func listState(ctx context.Context, tx *db.Tx, s OutState, n int) ([]Outgoing, error) {
	rows, err := tx.Query(ctx, `SELECT `+outColumns+` FROM message_outgoing WHERE state = $1 ORDER BY due_at, id LIMIT $2`, s, n)
	return db.Collect(rows, err, func(r *sql.Rows) (Outgoing, error) { return scanOut(r) })
}

// CountStates tells how many outgoing messages are in each state.
func CountStates(ctx context.Context, tx *db.Tx) (map[OutState]int64, error) {
	rows, err := tx.Query(ctx, `SELECT state, COUNT(*) FROM message_outgoing GROUP BY state`)
	type pair struct {
		s OutState
		n int64
	}
	all, err := db.Collect(rows, err, func(r *sql.Rows) (p pair, err error) { return p, r.Scan(&p.s, &p.n) })
	out := map[OutState]int64{}
	for _, p := range all {
		out[p.s] = p.n
	}
	return out, err
}

// keepStatus keeps a status that is of no message we know yet; false when it is kept.
func keepStatus(ctx context.Context, tx *db.Tx, s Status) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO message_status (ref, status, out_id, at, code, detail) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (ref, status) DO NOTHING`,
		s.Ref, s.State, s.OutID, db.At(s.At), s.Code, s.Detail)
	return n > 0, err
}

func statusesOf(ctx context.Context, tx *db.Tx, ref string) ([]Status, error) {
	rows, err := tx.Query(ctx, `SELECT ref, status, out_id, at, code, detail FROM message_status WHERE ref = $1 ORDER BY at`, ref)
	return db.Collect(rows, err, func(r *sql.Rows) (s Status, err error) {
		var at db.Time
		err = r.Scan(&s.Ref, &s.State, &s.OutID, &at, &s.Code, &s.Detail)
		s.At = at.Time
		return s, err
	})
}

// keepEvent keeps a call from outside; false when it was kept before.
func keepEvent(ctx context.Context, tx *db.Tx, key, body string) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO message_event (key, at, body) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING`, key, db.At(tx.Now()), body)
	return n > 0, err
}

// loadEvent gives a call as it came; done tells that it was worked off.
func loadEvent(ctx context.Context, tx *db.Tx, key string) (body string, done bool, err error) {
	var at db.Time
	err = tx.QueryRow(ctx, `SELECT body, done_at FROM message_event WHERE key = $1`, key).Scan(&body, &at)
	return body, !at.IsZero(), db.One(err)
}

// endEvent keeps that a call was worked off; its text is not needed any more.
func endEvent(ctx context.Context, tx *db.Tx, key string) error {
	_, err := tx.Exec(ctx, `UPDATE message_event SET done_at = $2, body = '' WHERE key = $1`, key, db.At(tx.Now()))
	return err
}

func dropEvents(ctx context.Context, tx *db.Tx, before time.Time) error {
	_, err := tx.Exec(ctx, `DELETE FROM message_event WHERE done_at < $1`, db.At(before))
	return err
}
