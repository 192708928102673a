package result

import (
	"context"
	"database/sql"

	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

const lineColumns = `id, campaign_id, side, talent_id, name, platform, format, cost_minor, cost_currency, expected, source, source_note, risk, planned_on,
	kind, platform_id, handle, url, posted_at, post_id, reach, views, added_by, added_at, removed_at, version`

func scanLine(r scanner) (l PlanLine, err error) {
	err = r.Scan(&l.ID, &l.CampaignID, &l.Side, &l.TalentID, &l.Name, &l.Platform, &l.Format, &l.Cost.Minor, &l.Cost.Currency, &l.Expected, &l.Source, &l.SourceNote, &l.Risk, &l.PlannedOn,
		&l.Link.Kind, &l.Link.ID, &l.Link.Handle, &l.Link.URL, instant(&l.PostedAt), &l.PostID, &l.Reach, &l.Views, &l.AddedBy, instant(&l.AddedAt), instant(&l.RemovedAt), &l.Revision)
	l.Link.Platform = l.Platform
	return l, err
}

func loadLine(ctx context.Context, tx *db.Tx, id string) (PlanLine, error) {
	l, err := scanLine(tx.QueryRow(ctx, `SELECT `+lineColumns+` FROM plan_line WHERE id = $1`, id))
	return l, db.One(err)
}

func insertLine(ctx context.Context, tx *db.Tx, l PlanLine) error {
	_, err := tx.Exec(ctx, `INSERT INTO plan_line (id, campaign_id, side, talent_id, name, platform, format, cost_minor, cost_currency, expected, source, source_note, risk, planned_on,
			kind, platform_id, handle, url, post_id, reach, views, added_by, added_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', '', '', '', '', -1, -1, $15, $16, 1)`,
		l.ID, l.CampaignID, string(l.Side), l.TalentID, l.Name, l.Platform, l.Format, l.Cost.Minor, string(l.Cost.Currency), l.Expected, string(l.Source), l.SourceNote, l.Risk, string(l.PlannedOn),
		l.AddedBy, db.At(l.AddedAt))
	return err
}

func saveLine(ctx context.Context, tx *db.Tx, l PlanLine) error {
	return db.Changed(tx.Exec(ctx, `UPDATE plan_line SET kind = $3, platform_id = $4, handle = $5, url = $6, posted_at = $7, post_id = $8, reach = $9, views = $10, removed_at = $11,
			version = version + 1 WHERE id = $1 AND version = $2`,
		l.ID, l.Revision, string(l.Link.Kind), l.Link.ID, l.Link.Handle, l.Link.URL, db.At(l.PostedAt), l.PostID, l.Reach, l.Views, db.At(l.RemovedAt)))
}

const pickupColumns = `id, campaign_id, platform, kind, platform_id, handle, url, account, at, reach, views, parent_id, added_by, added_at, removed_at`

func scanPickup(r scanner) (p Pickup, err error) {
	err = r.Scan(&p.ID, &p.CampaignID, &p.Link.Platform, &p.Link.Kind, &p.Link.ID, &p.Link.Handle, &p.Link.URL, &p.Account, instant(&p.At), &p.Reach, &p.Views, &p.ParentID,
		&p.AddedBy, instant(&p.AddedAt), instant(&p.RemovedAt))
	return p, err
}

func loadPickup(ctx context.Context, tx *db.Tx, id string) (Pickup, error) {
	p, err := scanPickup(tx.QueryRow(ctx, `SELECT `+pickupColumns+` FROM pickup WHERE id = $1`, id))
	return p, db.One(err)
}

func insertPickup(ctx context.Context, tx *db.Tx, p Pickup) error {
	_, err := tx.Exec(ctx, `INSERT INTO pickup (id, campaign_id, platform, kind, platform_id, handle, url, account, at, reach, views, parent_id, added_by, added_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)`,
		p.ID, p.CampaignID, p.Link.Platform, string(p.Link.Kind), p.Link.ID, p.Link.Handle, p.Link.URL, p.Account, db.At(p.At), p.Reach, p.Views, p.ParentID, p.AddedBy, db.At(p.AddedAt))
	return err
}

func savePickup(ctx context.Context, tx *db.Tx, p Pickup) error {
	return db.Changed(tx.Exec(ctx, `UPDATE pickup SET parent_id = $2, reach = $3, views = $4, removed_at = $5, version = version + 1 WHERE id = $1`,
		p.ID, p.ParentID, p.Reach, p.Views, db.At(p.RemovedAt)))
}

// LoadDomino gives a campaign's plans and pick-ups as they stand. A seed that is a
// post of the campaign has the reach of its verified insight.
func LoadDomino(ctx context.Context, tx *db.Tx, c campaign.Campaign) (d Domino, err error) {
	d = Domino{Currency: c.Currency}
	if d.Zone, err = worktime.Zone(agencyZone); err != nil {
		return d, err
	}
	rows, err := tx.Query(ctx, `SELECT `+lineColumns+` FROM plan_line WHERE campaign_id = $1 AND removed_at IS NULL ORDER BY added_at, id`, c.ID)
	lines, err := db.Collect(rows, err, func(r *sql.Rows) (PlanLine, error) { return scanLine(r) })
	if err != nil {
		return d, err
	}
	rows, err = tx.Query(ctx, `SELECT `+pickupColumns+` FROM pickup WHERE campaign_id = $1 AND removed_at IS NULL ORDER BY at, id`, c.ID)
	if d.Pickups, err = db.Collect(rows, err, func(r *sql.Rows) (Pickup, error) { return scanPickup(r) }); err != nil {
		return d, err
	}
	rows, err = tx.Query(ctx, `SELECT until_on, reason, by_name FROM pickup_window WHERE campaign_id = $1 ORDER BY at DESC, id DESC LIMIT 1`, c.ID)
	_, err = db.Collect(rows, err, func(r *sql.Rows) (struct{}, error) { return struct{}{}, r.Scan(&d.Extended, &d.Why, &d.By) })
	if err != nil {
		return d, err
	}
	return d, d.place(ctx, tx, lines)
}

func (d *Domino) place(ctx context.Context, tx *db.Tx, lines []PlanLine) error {
	for _, l := range lines {
		if l.PostID != "" {
			if err := proven(ctx, tx, &l); err != nil {
				return err
			}
		}
		if l.Side == MediaSide {
			d.Seeds = append(d.Seeds, l)
		} else {
			d.KOL = append(d.KOL, l)
		}
	}
	return nil
}

// proven takes reach and views of a line's post from its verified insight.
func proven(ctx context.Context, tx *db.Tx, l *PlanLine) error {
	list, err := ListInsightsOf(ctx, tx, l.PostID)
	for _, i := range list {
		if !i.Proves() {
			continue
		}
		if n, ok := i.Counts[Reach]; ok {
			l.Reach = n
		}
		if n, ok := i.Counts[Views]; ok {
			l.Views = n
		}
	}
	return err
}

func insertWindow(ctx context.Context, tx *db.Tx, campaignID string, until worktime.Date, why, by string) error {
	_, err := tx.Exec(ctx, `INSERT INTO pickup_window (id, campaign_id, until_on, reason, by_name, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		tx.NewID(), campaignID, string(until), why, by, db.At(tx.Now()))
	return err
}

// MediaAccount is an account that can be seeded.
type MediaAccount struct {
	ID, Name, Handle, Platform string
	Followers                  int64 // Unknown when nobody said
}

// mostMedia is how many media accounts are offered to choose from.
const mostMedia = 500

func listMedia(ctx context.Context, tx *db.Tx) ([]MediaAccount, error) {
	rows, err := tx.Query(ctx, `SELECT a.id, t.name, a.handle, a.platform, a.followers FROM talent_account a JOIN talent t ON t.id = a.talent_id
		WHERE t.kind = 'media' AND t.status IN ('free', 'preferred', 'exclusive') ORDER BY t.name, a.platform, a.id LIMIT $1`, mostMedia)
	return db.Collect(rows, err, func(r *sql.Rows) (m MediaAccount, err error) {
		return m, r.Scan(&m.ID, &m.Name, &m.Handle, &m.Platform, &m.Followers)
	})
}
