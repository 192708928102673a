package shoot

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

type row interface{ Scan(...any) error }

const (
	shootColumns = `id, campaign_id, on_day, zone, place, map_url, bring, made_at, made_by, version`
	callColumns  = `c.id, c.shoot_id, c.campaign_id, c.kind, c.person_id, c.name, c.at, c.zone`
	wishColumns  = `id, shoot_id, campaign_id, body, said_by, said_at, verdict, point_id, entered_by, ruled_by, ruled_at`
)

// ListShoots gives a campaign's shoots in the order of their days.
func ListShoots(ctx context.Context, tx *db.Tx, campaignID string) ([]Shoot, error) {
	rows, err := tx.Query(ctx, `SELECT `+shootColumns+` FROM shoot WHERE campaign_id = $1 ORDER BY on_day, id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Shoot, error) { return scanShoot(r) })
}

// LoadShoot gives one shoot, NotFound if there is none with the id.
func LoadShoot(ctx context.Context, tx *db.Tx, id string) (Shoot, error) {
	s, err := scanShoot(tx.QueryRow(ctx, `SELECT `+shootColumns+` FROM shoot WHERE id = $1`, id))
	return s, db.One(err)
}

func scanShoot(r row) (s Shoot, err error) {
	var made db.Time
	err = r.Scan(&s.ID, &s.CampaignID, &s.On, &s.Zone, &s.Place, &s.MapURL, &s.Bring, &made, &s.MadeBy, &s.Version)
	s.MadeAt = made.Time
	return s, err
}

func insertShoot(ctx context.Context, tx *db.Tx, s Shoot) error {
	_, err := tx.Exec(ctx, `INSERT INTO shoot (`+shootColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`,
		s.ID, s.CampaignID, s.On, s.Zone, s.Place, s.MapURL, s.Bring, db.At(s.MadeAt), s.MadeBy)
	return err
}

func listCalls(ctx context.Context, tx *db.Tx, shootID string) ([]Call, error) {
	return callsWhere(ctx, tx, `c.shoot_id = $1`, shootID)
}

func callsWhere(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Call, error) {
	rows, err := tx.Query(ctx, `SELECT `+callColumns+` FROM shoot_call c WHERE `+where+` ORDER BY c.at, c.id`, args...)
	return db.Collect(rows, err, func(r *sql.Rows) (c Call, err error) {
		var at db.Time
		err = r.Scan(&c.ID, &c.ShootID, &c.CampaignID, &c.Kind, &c.PersonID, &c.Name, &at, &c.Zone)
		c.At = at.Time
		return c, err
	})
}

func insertCall(ctx context.Context, tx *db.Tx, c Call) error {
	n, err := tx.Exec(ctx, `INSERT INTO shoot_call (id, shoot_id, campaign_id, kind, person_id, name, at, zone) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (kind, person_id, at) DO NOTHING`, c.ID, c.ShootID, c.CampaignID, c.Kind, c.PersonID, c.Name, db.At(c.At), c.Zone)
	return db.Changed(n, err)
}

func deleteCall(ctx context.Context, tx *db.Tx, shootID, id string) error {
	return db.Changed(tx.Exec(ctx, `DELETE FROM shoot_call WHERE shoot_id = $1 AND id = $2`, shootID, id))
}

func listTicks(ctx context.Context, tx *db.Tx, shootID string) ([]Tick, error) {
	rows, err := tx.Query(ctx, `SELECT shoot_id, campaign_id, talent_id, point_id, at, by_name FROM shoot_tick WHERE shoot_id = $1 ORDER BY at`, shootID)
	return db.Collect(rows, err, func(r *sql.Rows) (t Tick, err error) {
		var at db.Time
		err = r.Scan(&t.ShootID, &t.CampaignID, &t.TalentID, &t.PointID, &at, &t.By)
		t.At = at.Time
		return t, err
	})
}

func insertTick(ctx context.Context, tx *db.Tx, t Tick) error {
	_, err := tx.Exec(ctx, `INSERT INTO shoot_tick (shoot_id, campaign_id, talent_id, point_id, at, by_name) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		t.ShootID, t.CampaignID, t.TalentID, t.PointID, db.At(t.At), t.By)
	return err
}

func listWishes(ctx context.Context, tx *db.Tx, shootID string) ([]Wish, error) {
	rows, err := tx.Query(ctx, `SELECT `+wishColumns+` FROM shoot_wish WHERE shoot_id = $1 ORDER BY said_at, id`, shootID)
	return db.Collect(rows, err, func(r *sql.Rows) (Wish, error) { return scanWish(r) })
}

func loadWish(ctx context.Context, tx *db.Tx, shootID, id string) (Wish, error) {
	w, err := scanWish(tx.QueryRow(ctx, `SELECT `+wishColumns+` FROM shoot_wish WHERE shoot_id = $1 AND id = $2`, shootID, id))
	return w, db.One(err)
}

func scanWish(r row) (w Wish, err error) {
	var said, ruled db.Time
	err = r.Scan(&w.ID, &w.ShootID, &w.CampaignID, &w.Text, &w.SaidBy, &said, &w.Verdict, &w.PointID, &w.EnteredBy, &w.RuledBy, &ruled)
	w.SaidAt, w.RuledAt = said.Time, ruled.Time
	return w, err
}

func insertWish(ctx context.Context, tx *db.Tx, w Wish) error {
	_, err := tx.Exec(ctx, `INSERT INTO shoot_wish (`+wishColumns+`) VALUES ($1, $2, $3, $4, $5, $6, '', '', $7, '', NULL)`,
		w.ID, w.ShootID, w.CampaignID, w.Text, w.SaidBy, db.At(w.SaidAt), w.EnteredBy)
	return err
}

func saveWish(ctx context.Context, tx *db.Tx, w Wish) error {
	return db.Changed(tx.Exec(ctx, `UPDATE shoot_wish SET verdict = $2, point_id = $3, ruled_by = $4, ruled_at = $5 WHERE id = $1 AND verdict = ''`,
		w.ID, w.Verdict, w.PointID, w.RuledBy, db.At(w.RuledAt)))
}
