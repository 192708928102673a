package meeting

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

type row interface{ Scan(...any) error }

const meetingColumns = `m.id, m.kind, m.title, m.client_id, m.campaign_id, m.opportunity_id, m.starts_at, m.ends_at, m.zone, m.place, m.link, m.agenda, m.owner_id, m.owner_name,
	m.made_at, m.cancel_at, m.cancel_why, m.sequence, m.version`

// Load gives a meeting with its people, NotFound if there is none with the id.
func Load(ctx context.Context, tx *db.Tx, id string) (Meeting, error) {
	m, err := scanMeeting(tx.QueryRow(ctx, `SELECT `+meetingColumns+` FROM meeting m WHERE m.id = $1`, id))
	if err != nil {
		return m, db.One(err)
	}
	m.People, err = listPeople(ctx, tx, id)
	return m, err
}

func scanMeeting(r row) (m Meeting, err error) {
	var from, to, made, cancel db.Time
	err = r.Scan(&m.ID, &m.Kind, &m.Title, &m.ClientID, &m.CampaignID, &m.DealID, &from, &to, &m.Zone, &m.Place, &m.Link, &m.Agenda, &m.OwnerID, &m.Owner,
		&made, &cancel, &m.CancelWhy, &m.Sequence, &m.Version)
	m.Start, m.End, m.MadeAt, m.CancelAt = from.Time, to.Time, made.Time, cancel.Time
	return m, err
}

// Filter picks meetings; what is empty does not restrict.
type Filter struct {
	ClientID, CampaignID, DealID string
	PersonID                     string    // staff or contact who is asked to it
	From, To                     time.Time // overlapping; To excluded
	Newest                       bool      // the latest first; else the earliest
	Limit                        int       // default 200
}

// List gives meetings with their people, cancelled ones too.
func List(ctx context.Context, tx *db.Tx, f Filter) ([]Meeting, error) {
	if f.Limit <= 0 || f.Limit > 1000 {
		f.Limit = 200
	}
	if f.To.IsZero() {
		f.To = tx.Now().Add(farthest)
	}
	order := "ASC"
	if f.Newest {
		order = "DESC"
	}
	rows, err := tx.Query(ctx, `SELECT `+meetingColumns+` FROM meeting m WHERE ($1 = '' OR m.client_id = $1) AND ($2 = '' OR m.campaign_id = $2) AND ($3 = '' OR m.opportunity_id = $3)
		AND ($4 = '' OR EXISTS (SELECT 1 FROM meeting_person p WHERE p.meeting_id = m.id AND p.person_id = $4)) AND m.ends_at > $5 AND m.starts_at < $6
		ORDER BY m.starts_at `+order+`, m.id LIMIT $7`, f.ClientID, f.CampaignID, f.DealID, f.PersonID, instant(f.From), instant(f.To), f.Limit)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Meeting, error) { return scanMeeting(r) })
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].People, err = listPeople(ctx, tx, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// instant is a bound in microseconds; the zero time is before everything.
func instant(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func listPeople(ctx context.Context, tx *db.Tx, id string) ([]Person, error) {
	rows, err := tx.Query(ctx, `SELECT who, person_id, name, email, zone FROM meeting_person WHERE meeting_id = $1 ORDER BY position`, id)
	return db.Collect(rows, err, func(r *sql.Rows) (p Person, err error) {
		return p, r.Scan(&p.Who, &p.ID, &p.Name, &p.Email, &p.Zone)
	})
}

func insertMeeting(ctx context.Context, tx *db.Tx, m Meeting) error {
	_, err := tx.Exec(ctx, `INSERT INTO meeting (id, kind, title, client_id, campaign_id, opportunity_id, starts_at, ends_at, zone, starts_wall, place, link, agenda, owner_id, owner_name, made_at, cancel_why, sequence, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '', 0, 1)`,
		m.ID, string(m.Kind), m.Title, m.ClientID, m.CampaignID, m.DealID, db.At(m.Start), db.At(m.End), m.Zone, m.wall(), m.Place, m.Link, m.Agenda, m.OwnerID, m.Owner, db.At(m.MadeAt))
	if err != nil {
		return err
	}
	return savePeople(ctx, tx, m)
}

// wall is the beginning on the meeting's own clock.
func (m Meeting) wall() string { return worktime.Deadline{At: m.Start, Zone: m.Zone}.Wall() }

func saveMeeting(ctx context.Context, tx *db.Tx, m Meeting) error {
	err := db.Changed(tx.Exec(ctx, `UPDATE meeting SET kind = $3, title = $4, client_id = $5, campaign_id = $6, opportunity_id = $7, starts_at = $8, ends_at = $9, zone = $10, starts_wall = $11,
		place = $12, link = $13, agenda = $14, cancel_at = $15, cancel_why = $16, sequence = $17, version = version + 1 WHERE id = $1 AND version = $2`,
		m.ID, m.Version, string(m.Kind), m.Title, m.ClientID, m.CampaignID, m.DealID, db.At(m.Start), db.At(m.End), m.Zone, m.wall(), m.Place, m.Link, m.Agenda, db.At(m.CancelAt), m.CancelWhy, m.Sequence))
	if err != nil {
		return err
	}
	return savePeople(ctx, tx, m)
}

func savePeople(ctx context.Context, tx *db.Tx, m Meeting) error {
	if _, err := tx.Exec(ctx, `DELETE FROM meeting_person WHERE meeting_id = $1`, m.ID); err != nil {
		return err
	}
	for i, p := range m.People {
		if _, err := tx.Exec(ctx, `INSERT INTO meeting_person (meeting_id, position, who, person_id, name, email, zone) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			m.ID, i, string(p.Who), p.ID, p.Name, p.Email, p.Zone); err != nil {
			return err
		}
	}
	return nil
}

// Tick is what was gone through of a preparation sheet.
type Tick struct {
	Item string
	At   time.Time
	By   string
}

func listTicks(ctx context.Context, tx *db.Tx, meetingID string) ([]Tick, error) {
	rows, err := tx.Query(ctx, `SELECT item, at, by_name FROM meeting_prep WHERE meeting_id = $1 ORDER BY at, item`, meetingID)
	return db.Collect(rows, err, func(r *sql.Rows) (t Tick, err error) {
		var at db.Time
		err = r.Scan(&t.Item, &at, &t.By)
		t.At = at.Time
		return t, err
	})
}

// countTicks counts what was gone through, by meeting, of those that begin after an instant.
func countTicks(ctx context.Context, tx *db.Tx, from time.Time) (map[string]int64, error) {
	type line struct {
		id string
		n  int64
	}
	rows, err := tx.Query(ctx, `SELECT p.meeting_id, COUNT(*) FROM meeting_prep p JOIN meeting m ON m.id = p.meeting_id WHERE m.starts_at > $1 GROUP BY p.meeting_id`, db.At(from))
	list, err := db.Collect(rows, err, func(r *sql.Rows) (l line, err error) { return l, r.Scan(&l.id, &l.n) })
	out := map[string]int64{}
	for _, l := range list {
		out[l.id] = l.n
	}
	return out, err
}

func insertTick(ctx context.Context, tx *db.Tx, meetingID string, t Tick) error {
	_, err := tx.Exec(ctx, `INSERT INTO meeting_prep (meeting_id, item, at, by_name) VALUES ($1, $2, $3, $4) ON CONFLICT (meeting_id, item) DO NOTHING`, meetingID, t.Item, db.At(t.At), t.By)
	return err
}

func deleteTick(ctx context.Context, tx *db.Tx, meetingID, item string) error {
	_, err := tx.Exec(ctx, `DELETE FROM meeting_prep WHERE meeting_id = $1 AND item = $2`, meetingID, item)
	return err
}
