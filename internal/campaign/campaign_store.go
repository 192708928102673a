package campaign

import (
	"context"
	"database/sql"
	"strings"

	"kolega/internal/db"
	"kolega/internal/locale"
)

const campaignColumns = `id, client_id, brand_id, name, market, playbook, currency, start_on, end_on, ae_id, specialist_id, decider_id,
	objective, er_formula, er_actions, started_at, kicked_off_at, closed_at, terms, version`

type row interface{ Scan(...any) error }

// LoadCampaign gives a campaign, NotFound if there is none with the id.
func LoadCampaign(ctx context.Context, tx *db.Tx, id string) (Campaign, error) {
	c, err := scanCampaign(tx.QueryRow(ctx, `SELECT `+campaignColumns+` FROM campaign WHERE id = $1`, id))
	return c, db.One(err)
}

func scanCampaign(r row) (c Campaign, err error) {
	var started, kicked, closed db.Time
	var objective db.JSON[Objective]
	var actions db.JSON[[]string]
	var terms db.JSON[Terms]
	err = r.Scan(&c.ID, &c.ClientID, &c.BrandID, &c.Name, &c.Market, &c.Playbook, &c.Currency, &c.StartOn, &c.EndOn,
		&c.AEID, &c.SpecialistID, &c.DeciderID, &objective, &c.ERFormula, &actions, &started, &kicked, &closed, &terms, &c.Version)
	c.StartedAt, c.KickedOffAt, c.ClosedAt = started.Time, kicked.Time, closed.Time
	c.Objective, c.ERActions, c.Terms = objective.V, actions.V, terms.V
	return c, err
}

// Filter picks campaigns. Empty fields do not restrict.
type Filter struct {
	ClientID string
	BrandID  string
	PersonID string // AE or specialist
	Text     string // part of the name
	Open     bool   // without the closed ones
	After    string // Key of the last one seen
	Limit    int    // default 50, at most 500
}

// Key is a campaign's place in the list, newest start first, for Filter.After.
func (c Campaign) Key() string { return string(c.StartOn) + "\x1f" + c.ID }

// ListCampaigns gives a page of campaigns, the latest start first.
func ListCampaigns(ctx context.Context, tx *db.Tx, f Filter) ([]Campaign, error) {
	if f.Limit <= 0 || f.Limit > 500 {
		f.Limit = 50
	}
	on, id, _ := strings.Cut(f.After, "\x1f")
	if f.After == "" {
		on = "9999-99-99"
	}
	rows, err := tx.Query(ctx, `SELECT `+campaignColumns+` FROM campaign WHERE (start_on, id) < ($1, $2)
		AND ($3 = '' OR client_id = $3) AND ($4 = '' OR brand_id = $4) AND ($5 = '' OR ae_id = $5 OR specialist_id = $5)
		AND ($6 = FALSE OR closed_at IS NULL) AND fold LIKE $7 ESCAPE '!' ORDER BY start_on DESC, id DESC LIMIT $8`,
		on, id, f.ClientID, f.BrandID, f.PersonID, f.Open, "%"+escape(locale.Fold(f.Text))+"%", f.Limit)
	return db.Collect(rows, err, func(r *sql.Rows) (Campaign, error) { return scanCampaign(r) })
}

// escape makes a text stand for itself in LIKE … ESCAPE '!'.
func escape(s string) string { return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s) }

func insertCampaign(ctx context.Context, tx *db.Tx, c Campaign) error {
	_, err := tx.Exec(ctx, `INSERT INTO campaign (`+campaignColumns+`, fold)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1, $20)`,
		c.ID, c.ClientID, c.BrandID, c.Name, c.Market, c.Playbook, string(c.Currency), string(c.StartOn), string(c.EndOn),
		c.AEID, c.SpecialistID, c.DeciderID, db.JSON[Objective]{V: c.Objective}, c.ERFormula, db.JSON[[]string]{V: c.ERActions},
		db.At(c.StartedAt), db.At(c.KickedOffAt), db.At(c.ClosedAt), db.JSON[Terms]{V: c.Terms}, locale.Fold(c.Name))
	return err
}

func saveCampaign(ctx context.Context, tx *db.Tx, c Campaign) error {
	return db.Changed(tx.Exec(ctx, `UPDATE campaign SET name = $3, market = $4, start_on = $5, end_on = $6, ae_id = $7, specialist_id = $8,
		decider_id = $9, objective = $10, er_formula = $11, er_actions = $12, kicked_off_at = $13, closed_at = $14, terms = $15, fold = $16,
		version = version + 1 WHERE id = $1 AND version = $2`,
		c.ID, c.Version, c.Name, c.Market, string(c.StartOn), string(c.EndOn), c.AEID, c.SpecialistID, c.DeciderID,
		db.JSON[Objective]{V: c.Objective}, c.ERFormula, db.JSON[[]string]{V: c.ERActions},
		db.At(c.KickedOffAt), db.At(c.ClosedAt), db.JSON[Terms]{V: c.Terms}, locale.Fold(c.Name)))
}

// NameOf gives the name of a campaign alone. Fault: not-found.
func NameOf(ctx context.Context, tx *db.Tx, id string) (name string, err error) {
	err = tx.QueryRow(ctx, `SELECT name FROM campaign WHERE id = $1`, id).Scan(&name)
	return name, db.One(err)
}
