package result

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

func insertTrackLink(ctx context.Context, tx *db.Tx, l TrackLink) error {
	_, err := tx.Exec(ctx, `INSERT INTO track_link (id, campaign_id, booking_id, talent_id, slug, target, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		l.ID, l.CampaignID, l.BookingID, l.TalentID, l.Slug, l.Target, db.At(l.MadeAt), l.MadeBy)
	return err
}

// trackTarget gives the link of a slug. Fault: not-found.
func trackTarget(ctx context.Context, tx *db.Tx, slug string) (l TrackLink, err error) {
	err = tx.QueryRow(ctx, `SELECT id, target FROM track_link WHERE slug = $1`, slug).Scan(&l.ID, &l.Target)
	return l, db.One(err)
}

func loadTrackLink(ctx context.Context, tx *db.Tx, id string) (l TrackLink, err error) {
	err = tx.QueryRow(ctx, `SELECT id, campaign_id, booking_id, talent_id, slug, target, made_at, made_by, ended_at FROM track_link WHERE id = $1`, id).
		Scan(&l.ID, &l.CampaignID, &l.BookingID, &l.TalentID, &l.Slug, &l.Target, instant(&l.MadeAt), &l.MadeBy, instant(&l.EndedAt))
	return l, db.One(err)
}

func endTrackLink(ctx context.Context, tx *db.Tx, id string) error {
	return db.Changed(tx.Exec(ctx, `UPDATE track_link SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL`, id, db.At(tx.Now())))
}

// countVisit adds one to a day of a link.
func countVisit(ctx context.Context, tx *db.Tx, linkID string, day worktime.Date, visits, robots int64) error {
	_, err := tx.Exec(ctx, `INSERT INTO track_day (link_id, day, visits, robots) VALUES ($1, $2, $3, $4)
		ON CONFLICT (link_id, day) DO UPDATE SET visits = track_day.visits + excluded.visits, robots = track_day.robots + excluded.robots`, linkID, string(day), visits, robots)
	return err
}

// listTrackLinks gives a campaign's links with their visits by day.
func listTrackLinks(ctx context.Context, tx *db.Tx, campaignID string) (out []LinkCount, err error) {
	rows, err := tx.Query(ctx, `SELECT l.id, l.campaign_id, l.booking_id, l.talent_id, l.slug, l.target, l.made_at, l.made_by, l.ended_at, COALESCE(d.day, ''), COALESCE(d.visits, 0), COALESCE(d.robots, 0)
		FROM track_link l LEFT JOIN track_day d ON d.link_id = l.id WHERE l.campaign_id = $1 ORDER BY l.made_at, l.id, d.day`, campaignID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l TrackLink
		var d DayCount
		var robots int64
		if err := rows.Scan(&l.ID, &l.CampaignID, &l.BookingID, &l.TalentID, &l.Slug, &l.Target, instant(&l.MadeAt), &l.MadeBy, instant(&l.EndedAt), &d.Day, &d.Visits, &robots); err != nil {
			return nil, err
		}
		if n := len(out); n == 0 || out[n-1].ID != l.ID {
			out = append(out, LinkCount{TrackLink: l})
		}
		c := &out[len(out)-1]
		if c.Visits, c.Robots = c.Visits+d.Visits, c.Robots+robots; d.Day != "" {
			c.Days = append(c.Days, d)
		}
	}
	return out, rows.Err()
}

// insertPromoCode keeps a code; false when the campaign has it already.
func insertPromoCode(ctx context.Context, tx *db.Tx, c PromoCode) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO promo_code (id, campaign_id, booking_id, talent_id, code, code_key, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $5, $6, $7) ON CONFLICT (campaign_id, code_key) DO NOTHING`,
		c.ID, c.CampaignID, c.BookingID, c.TalentID, c.Code, db.At(c.MadeAt), c.MadeBy)
	return n == 1, err
}

func scanPromoCode(r scanner) (c PromoCode, err error) {
	err = r.Scan(&c.ID, &c.CampaignID, &c.BookingID, &c.TalentID, &c.Code, instant(&c.MadeAt), &c.MadeBy)
	return c, err
}

func loadPromoCode(ctx context.Context, tx *db.Tx, id string) (PromoCode, error) {
	c, err := scanPromoCode(tx.QueryRow(ctx, `SELECT id, campaign_id, booking_id, talent_id, code, made_at, made_by FROM promo_code WHERE id = $1`, id))
	return c, db.One(err)
}

// codeIn gives the code of a campaign by its text; false when it has none.
func codeIn(ctx context.Context, tx *db.Tx, campaignID, code string) (PromoCode, bool, error) {
	c, err := scanPromoCode(tx.QueryRow(ctx, `SELECT id, campaign_id, booking_id, talent_id, code, made_at, made_by FROM promo_code WHERE campaign_id = $1 AND code_key = $2`, campaignID, code))
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	return c, err == nil, err
}

// putSale keeps what a code sold on a day in the place of what was said before.
func putSale(ctx context.Context, tx *db.Tx, s Sale, by string) error {
	_, err := tx.Exec(ctx, `INSERT INTO promo_sale (code_id, day, orders, amount_minor, amount_currency, source, said_at, said_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (code_id, day) DO UPDATE SET orders = excluded.orders, amount_minor = excluded.amount_minor, amount_currency = excluded.amount_currency, source = excluded.source,
		said_at = excluded.said_at, said_by = excluded.said_by`,
		s.CodeID, string(s.Day), s.Orders, s.Amount.Minor, string(s.Amount.Currency), string(s.Source), db.At(tx.Now()), by)
	return err
}

// listPromoCodes gives a campaign's codes with their sales, the newest day first.
func listPromoCodes(ctx context.Context, tx *db.Tx, campaignID string) (out []CodeCount, err error) {
	rows, err := tx.Query(ctx, `SELECT c.id, c.campaign_id, c.booking_id, c.talent_id, c.code, c.made_at, c.made_by, COALESCE(s.day, ''), COALESCE(s.orders, 0), COALESCE(s.amount_minor, 0), COALESCE(s.amount_currency, ''), COALESCE(s.source, '')
		FROM promo_code c LEFT JOIN promo_sale s ON s.code_id = c.id WHERE c.campaign_id = $1 ORDER BY c.made_at, c.id, s.day DESC`, campaignID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c PromoCode
		var s Sale
		if err := rows.Scan(&c.ID, &c.CampaignID, &c.BookingID, &c.TalentID, &c.Code, instant(&c.MadeAt), &c.MadeBy, &s.Day, &s.Orders, &s.Amount.Minor, &s.Amount.Currency, &s.Source); err != nil {
			return nil, err
		}
		if n := len(out); n == 0 || out[n-1].ID != c.ID {
			out = append(out, CodeCount{PromoCode: c})
		}
		if s.Day == "" {
			continue
		}
		s.CodeID = c.ID
		into := &out[len(out)-1]
		into.Orders, into.Sales = into.Orders+s.Orders, append(into.Sales, s)
		if err := sumInto(&into.Amount, s.Amount); err != nil {
			return nil, err
		}
	}
	return out, rows.Err()
}
