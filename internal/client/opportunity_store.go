package client

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/money"
)

const dealColumns = `id, client_id, brand_id, brand, title, stage, value_minor, value_currency, source, owner_id, from_on, step_id, won_by, lost_why, lost_note, made_at, made_by, stage_at, version`

// LoadOpportunity gives an opportunity, NotFound if there is none with the id.
func LoadOpportunity(ctx context.Context, tx *db.Tx, id string) (Opportunity, error) {
	o, err := scanDeal(tx.QueryRow(ctx, `SELECT `+dealColumns+` FROM opportunity WHERE id = $1`, id))
	return o, db.One(err)
}

func scanDeal(r row) (o Opportunity, err error) {
	var made, stage db.Time
	var minor int64
	var cur string
	err = r.Scan(&o.ID, &o.ClientID, &o.BrandID, &o.Brand, &o.Title, &o.Stage, &minor, &cur, &o.Source, &o.OwnerID, &o.FromOn, &o.StepID, &o.WonBy, &o.LostWhy, &o.LostNote, &made, &o.MadeBy, &stage, &o.Version)
	o.Value, o.MadeAt, o.StageAt = money.New(minor, money.Currency(cur)), made.Time, stage.Time
	return o, err
}

// DealFilter picks opportunities; what is empty does not restrict.
type DealFilter struct {
	ClientID, OwnerID, Text string
	Stage                   Stage
	Ended                   bool // those that are won or lost too
	Limit                   int  // default 200
}

// ListOpportunities gives opportunities, those longest in their stage first.
func ListOpportunities(ctx context.Context, tx *db.Tx, f DealFilter) ([]Opportunity, error) {
	if f.Limit <= 0 || f.Limit > 1000 {
		f.Limit = 200
	}
	ended := int64(0)
	if f.Ended || f.Stage == StageWon || f.Stage == StageLost {
		ended = 1
	}
	text := ""
	if f.Text != "" {
		text = "%" + escape(fold(f.Text)) + "%"
	}
	rows, err := tx.Query(ctx, `SELECT `+dealColumns+` FROM opportunity WHERE ($1 = '' OR client_id = $1) AND ($2 = '' OR owner_id = $2) AND ($3 = '' OR stage = $3)
		AND ($4 = 1 OR stage NOT IN ('won', 'lost')) AND ($5 = '' OR fold LIKE $5 ESCAPE '!') ORDER BY stage_at, id LIMIT $6`, f.ClientID, f.OwnerID, string(f.Stage), ended, text, f.Limit)
	return db.Collect(rows, err, func(r *sql.Rows) (Opportunity, error) { return scanDeal(r) })
}

// openOfBrand lists the open opportunities of a brand, by its name.
func openOfBrand(ctx context.Context, tx *db.Tx, brand string) ([]Opportunity, error) {
	rows, err := tx.Query(ctx, `SELECT `+dealColumns+` FROM opportunity WHERE brand_fold = $1 AND stage NOT IN ('won', 'lost') ORDER BY id`, fold(brand))
	return db.Collect(rows, err, func(r *sql.Rows) (Opportunity, error) { return scanDeal(r) })
}

func insertDeal(ctx context.Context, tx *db.Tx, o Opportunity) error {
	_, err := tx.Exec(ctx, `INSERT INTO opportunity (`+dealColumns+`, brand_fold, fold) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1, $19, $20)`,
		o.ID, o.ClientID, o.BrandID, o.Brand, o.Title, string(o.Stage), o.Value.Minor, string(o.Value.Currency), string(o.Source), o.OwnerID, string(o.FromOn), o.StepID, o.WonBy, string(o.LostWhy), o.LostNote,
		db.At(o.MadeAt), o.MadeBy, db.At(o.StageAt), fold(o.Brand), fold(o.Brand+" "+o.Title))
	return err
}

func saveDeal(ctx context.Context, tx *db.Tx, o Opportunity) error {
	return db.Changed(tx.Exec(ctx, `UPDATE opportunity SET client_id = $3, brand_id = $4, brand = $5, title = $6, stage = $7, value_minor = $8, value_currency = $9, source = $10, owner_id = $11, from_on = $12,
		step_id = $13, won_by = $14, lost_why = $15, lost_note = $16, stage_at = $17, brand_fold = $18, fold = $19, version = version + 1 WHERE id = $1 AND version = $2`,
		o.ID, o.Version, o.ClientID, o.BrandID, o.Brand, o.Title, string(o.Stage), o.Value.Minor, string(o.Value.Currency), string(o.Source), o.OwnerID, string(o.FromOn),
		o.StepID, o.WonBy, string(o.LostWhy), o.LostNote, db.At(o.StageAt), fold(o.Brand), fold(o.Brand+" "+o.Title)))
}
