package review

import (
	"context"
	"errors"

	"kolega/internal/campaign"
	"kolega/internal/db"
)

// LoadTold gives when and how a deliverable's decision was told, zero when it was not.
func LoadTold(ctx context.Context, tx *db.Tx, deliverableID string) (t Told, err error) {
	var at, confirmed db.Time
	var lines db.JSON[[]string]
	err = tx.QueryRow(ctx, `SELECT deliverable_id, draft_id, campaign_id, told_at, zone, channel, lines, confirmed_at, confirmed_by FROM told WHERE deliverable_id = $1`, deliverableID).
		Scan(&t.DeliverableID, &t.VersionID, &t.CampaignID, &at, &t.Zone, &t.Channel, &lines, &confirmed, &t.ConfirmedBy)
	t.At, t.Lines, t.ConfirmedAt = at.Time, lines.V, confirmed.Time
	if err = db.One(err); errors.Is(err, db.ErrNotFound) {
		return Told{}, nil
	}
	return t, err
}

func insertTold(ctx context.Context, tx *db.Tx, t Told) error {
	_, err := tx.Exec(ctx, `INSERT INTO told (deliverable_id, draft_id, campaign_id, told_at, zone, channel, lines, confirmed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, '')`,
		t.DeliverableID, t.VersionID, t.CampaignID, db.At(t.At), t.Zone, t.Channel, db.JSON[[]string]{V: t.Lines})
	return err
}

func saveConfirmed(ctx context.Context, tx *db.Tx, t Told) error {
	return db.Changed(tx.Exec(ctx, `UPDATE told SET confirmed_at = $2, confirmed_by = $3 WHERE deliverable_id = $1 AND confirmed_at IS NULL`, t.DeliverableID, db.At(t.ConfirmedAt), t.ConfirmedBy))
}

// confirmationOf says how a deliverable's approval stands, "" without one.
func confirmationOf(ctx context.Context, tx *db.Tx, d Deliverable) (Confirmed, Told, error) {
	if d.ApprovedID == "" {
		return "", Told{}, nil
	}
	a, err := LoadApproval(ctx, tx, d.ID)
	if err != nil || a.Via != ViaWhatsApp {
		return Confirmation(a, Told{}, false, tx.Now()), Told{}, err
	}
	c, err := campaign.LoadCampaign(ctx, tx, d.CampaignID)
	if err != nil {
		return "", Told{}, err
	}
	t, err := LoadTold(ctx, tx, d.ID)
	return Confirmation(a, t, c.Terms.SilenceAccepts, tx.Now()), t, err
}
