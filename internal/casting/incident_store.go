package casting

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

const incidentColumns = `i.id, i.booking_id, i.campaign_id, i.client_id, i.talent_id, i.kind, i.since, i.opened_by, i.opened_at, i.decision, i.told, i.words, i.dates, i.decided_by, i.decided_at, i.version`

func scanIncident(r scanner) (i Incident, err error) {
	err = r.Scan(&i.ID, &i.BookingID, &i.CampaignID, &i.ClientID, &i.TalentID, &i.Kind, &i.Since, &i.OpenedBy, instant(&i.OpenedAt), &i.Decision, &i.Told, &i.Words,
		document(&i.Dates), &i.DecidedBy, instant(&i.DecidedAt), &i.Version)
	return i, err
}

// ListIncidents gives the incident log of a campaign, oldest first.
func ListIncidents(ctx context.Context, tx *db.Tx, campaignID string) ([]Incident, error) {
	rows, err := tx.Query(ctx, `SELECT `+incidentColumns+` FROM incident i WHERE i.campaign_id = $1 ORDER BY i.opened_at, i.id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Incident, error) { return scanIncident(r) })
}

// openIncident gives the undecided incident of a booking; a zero one without.
func openIncident(ctx context.Context, tx *db.Tx, bookingID string) (Incident, error) {
	i, err := scanIncident(tx.QueryRow(ctx, `SELECT `+incidentColumns+` FROM incident i WHERE i.booking_id = $1 AND i.decided_at IS NULL`, bookingID))
	if errors.Is(err, sql.ErrNoRows) {
		return Incident{}, nil
	}
	return i, err
}

func insertIncident(ctx context.Context, tx *db.Tx, i Incident) error {
	n, err := tx.Exec(ctx, `INSERT INTO incident (id, booking_id, campaign_id, client_id, talent_id, kind, since, opened_by, opened_at, decision, told, words, dates, decided_by, decided_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1) ON CONFLICT DO NOTHING`,
		i.ID, i.BookingID, i.CampaignID, i.ClientID, i.TalentID, string(i.Kind), string(i.Since), i.OpenedBy, db.At(i.OpenedAt), string(i.Decision), i.Told, i.Words,
		db.JSON[Moved]{V: i.Dates}, i.DecidedBy, db.At(i.DecidedAt))
	return db.Changed(n, err)
}

func saveIncident(ctx context.Context, tx *db.Tx, i Incident) error {
	return db.Changed(tx.Exec(ctx, `UPDATE incident SET kind = $3, since = $4, decision = $5, told = $6, words = $7, dates = $8, decided_by = $9, decided_at = $10, version = version + 1
		WHERE id = $1 AND version = $2`, i.ID, i.Version, string(i.Kind), string(i.Since), string(i.Decision), i.Told, i.Words, db.JSON[Moved]{V: i.Dates}, i.DecidedBy, db.At(i.DecidedAt)))
}
