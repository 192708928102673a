package review

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const finalColumns = `d.id, v.id, d.booking_id, d.campaign_id, d.client_id, d.talent_id, c.name, b.name, k.name, t.name, d.platform, d.format, v.file_name, v.media_type,
	v.sha256, v.link_url, v.caption, a.by_name, d.number, v.major, v.size, a.at, COALESCE(f.poster_sha256, '') <> ''`

const finalTables = ` FROM approval a JOIN draft v ON v.id = a.draft_id JOIN deliverable d ON d.id = a.deliverable_id
	JOIN campaign c ON c.id = d.campaign_id JOIN brand b ON b.id = c.brand_id JOIN client k ON k.id = d.client_id JOIN talent t ON t.id = d.talent_id
	LEFT JOIN draft_film f ON f.sha256 = v.sha256 `

func scanFinal(r scanner) (x Final, err error) {
	err = r.Scan(&x.DeliverableID, &x.VersionID, &x.BookingID, &x.CampaignID, &x.ClientID, &x.TalentID, &x.Campaign, &x.Brand, &x.Client, &x.Talent,
		&x.Platform, &x.Format, &x.FileName, &x.Type, &x.SHA256, &x.LinkURL, &x.Caption, &x.By, &x.Number, &x.Version, &x.Size, instant(&x.ApprovedAt), &x.Poster)
	return x, err
}

// listFinals gives approved versions, the newest first; of one client for a client.
func listFinals(ctx context.Context, tx *db.Tx, clientID string, f FinalFilter) ([]Final, error) {
	rows, err := tx.Query(ctx, `SELECT `+finalColumns+finalTables+`
		WHERE ($1 = '' OR d.campaign_id = $1) AND ($2 = '' OR d.client_id = $2)
			AND LOWER(t.name || ' ' || c.name || ' ' || b.name || ' ' || d.platform || ' ' || d.format || ' ' || v.caption || ' ' || v.hashtags) LIKE $3 ESCAPE '\'
			AND ($4 = '' OR (a.at, v.id) < (SELECT x.at, x.draft_id FROM approval x WHERE x.draft_id = $4))
		ORDER BY a.at DESC, v.id DESC LIMIT $5`, f.CampaignID, clientID, f.pattern(), f.Before, f.limit())
	return db.Collect(rows, err, func(r *sql.Rows) (Final, error) { return scanFinal(r) })
}

// loadFinal gives an approved version. Fault: not-found, also for one that is not approved.
func loadFinal(ctx context.Context, tx *db.Tx, versionID string) (Final, error) {
	x, err := scanFinal(tx.QueryRow(ctx, `SELECT `+finalColumns+finalTables+`WHERE a.draft_id = $1`, versionID))
	return x, db.One(err)
}
