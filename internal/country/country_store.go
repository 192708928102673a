package country

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

const columns = `code, name_id, name_en, zones, hours, langs, currency, joint_leave, ad_rules, helper, version`

// Load gives a country's profile; Invalid "country.unknown" when the agency has none.
func Load(ctx context.Context, tx *db.Tx, code string) (Country, error) {
	c, err := scan(tx.QueryRow(ctx, `SELECT `+columns+` FROM country WHERE code = $1`, code))
	if errors.Is(err, sql.ErrNoRows) {
		return c, ErrUnknown.With("code", code)
	}
	return c, err
}

// List gives the profiles by code.
func List(ctx context.Context, tx *db.Tx) ([]Country, error) {
	rows, err := tx.Query(ctx, `SELECT `+columns+` FROM country ORDER BY code`)
	return db.Collect(rows, err, func(r *sql.Rows) (Country, error) { return scan(r) })
}

func scan(r interface{ Scan(...any) error }) (c Country, err error) {
	var zones, langs db.JSON[[]string]
	var hours db.JSON[[7][]worktime.Span]
	err = r.Scan(&c.Code, &c.NameID, &c.NameEN, &zones, &hours, &langs, &c.Currency, &c.JointLeave, &c.AdRules, &c.Helper, &c.Version)
	c.Zones, c.Hours, c.Langs = zones.V, hours.V, langs.V
	return c, err
}

// Calendar gives the working time of somebody in a country, in the zone given or
// else the country's usual one, with its holidays named in Indonesian. It is what
// every deadline of a person outside the agency counts by (R8). Faults:
// country.unknown, zone.unknown.
func Calendar(ctx context.Context, tx *db.Tx, code, zone string) (worktime.Calendar, error) {
	c, err := Load(ctx, tx, code)
	if err != nil {
		return worktime.Calendar{}, err
	}
	days, err := Holidays(ctx, tx, code, 0)
	if err != nil {
		return worktime.Calendar{}, fmt.Errorf("holidays of %s: %w", code, err)
	}
	list := make([]worktime.Holiday, len(days))
	for i, d := range days {
		list[i] = d.Holiday
	}
	return c.Calendar(zone, "id", list)
}

// CalendarIn is Calendar for somebody of whom only the zone is known: the country
// is the one that lists the zone first among its own. An unlisted zone counts by
// Indonesia's hours and holidays, the agency's own, in that zone.
func CalendarIn(ctx context.Context, tx *db.Tx, zone string) (worktime.Calendar, error) {
	all, err := List(ctx, tx)
	if err != nil {
		return worktime.Calendar{}, err
	}
	for _, c := range all {
		for _, z := range c.Zones {
			if z == zone {
				return Calendar(ctx, tx, c.Code, zone)
			}
		}
	}
	return Calendar(ctx, tx, "ID", zone)
}

// Holidays lists a country's days of one year by date; year 0 means all.
func Holidays(ctx context.Context, tx *db.Tx, code string, year int) ([]Holiday, error) {
	from, to := "0000", "9999"
	if year != 0 {
		from, to = fmt.Sprintf("%04d-01-01", year), fmt.Sprintf("%04d-12-31", year)
	}
	rows, err := tx.Query(ctx, `SELECT id, country, on_day, name_id, name_en, kind, estimated, source FROM holiday
		WHERE country = $1 AND on_day BETWEEN $2 AND $3 ORDER BY on_day, id`, code, from, to)
	return db.Collect(rows, err, func(r *sql.Rows) (h Holiday, err error) {
		err = r.Scan(&h.ID, &h.Country, &h.Date, &h.NameID, &h.NameEN, &h.Kind, &h.Estimated, &h.Source)
		h.Holiday.Country = h.Country
		return h, err
	})
}

func save(ctx context.Context, tx *db.Tx, c Country) error {
	return db.Changed(tx.Exec(ctx, `UPDATE country SET name_id = $3, name_en = $4, zones = $5, hours = $6, langs = $7, currency = $8,
		joint_leave = $9, ad_rules = $10, helper = $11, version = version + 1 WHERE code = $1 AND version = $2`,
		c.Code, c.Version, c.NameID, c.NameEN, db.JSON[[]string]{V: c.Zones}, db.JSON[[7][]worktime.Span]{V: c.Hours},
		db.JSON[[]string]{V: c.Langs}, string(c.Currency), c.JointLeave, c.AdRules, c.Helper))
}

func insert(ctx context.Context, tx *db.Tx, c Country) error {
	_, err := tx.Exec(ctx, `INSERT INTO country (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`,
		c.Code, c.NameID, c.NameEN, db.JSON[[]string]{V: c.Zones}, db.JSON[[7][]worktime.Span]{V: c.Hours},
		db.JSON[[]string]{V: c.Langs}, string(c.Currency), c.JointLeave, c.AdRules, c.Helper)
	return err
}

func insertHoliday(ctx context.Context, tx *db.Tx, h Holiday) error {
	_, err := tx.Exec(ctx, `INSERT INTO holiday (id, country, on_day, name_id, name_en, kind, estimated, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		h.ID, h.Country, string(h.Date), h.NameID, h.NameEN, string(h.Kind), h.Estimated, h.Source)
	return err
}

func deleteHoliday(ctx context.Context, tx *db.Tx, id string) error {
	n, err := tx.Exec(ctx, `DELETE FROM holiday WHERE id = $1`, id)
	if err == nil && n == 0 {
		return db.ErrNotFound
	}
	return err
}
