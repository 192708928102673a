package casting

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

// LoadSheet gives a campaign's pick sheet; a zero sheet when nothing was shared yet.
func LoadSheet(ctx context.Context, tx *db.Tx, campaignID string) (s Sheet, err error) {
	err = tx.QueryRow(ctx, `SELECT campaign_id, client_id, decider_id, deadline_at, deadline_zone, deadline_text, shared_at, sent_at, late, version
		FROM pick_sheet WHERE campaign_id = $1`, campaignID).
		Scan(&s.CampaignID, &s.ClientID, &s.DeciderID, instant(&s.Deadline.At), &s.Deadline.Zone, &s.Deadline.Entered,
			instant(&s.SharedAt), instant(&s.SentAt), &s.Late, &s.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return Sheet{CampaignID: campaignID}, nil
	}
	return s, err
}

// saveSheet keeps a sheet; one with Version 0 is new.
func saveSheet(ctx context.Context, tx *db.Tx, s Sheet) error {
	return db.Changed(tx.Exec(ctx, `INSERT INTO pick_sheet (campaign_id, client_id, decider_id, deadline_at, deadline_zone, deadline_text, shared_at, sent_at, late, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
		ON CONFLICT (campaign_id) DO UPDATE SET decider_id = $3, deadline_at = $4, deadline_zone = $5, deadline_text = $6,
			shared_at = $7, sent_at = $8, late = $9, version = pick_sheet.version + 1 WHERE pick_sheet.version = $10`,
		s.CampaignID, s.ClientID, s.DeciderID, db.At(s.Deadline.At), s.Deadline.Zone, s.Deadline.Entered, db.At(s.SharedAt), db.At(s.SentAt), s.Late, s.Version))
}

const pickColumns = `p.candidate_id, p.contact_id, p.campaign_id, p.name, p.answer, p.reason, p.place, p.at, p.sent, p.sent_reason, p.sent_place, p.sent_at, p.late, p.changes, p.version`

func scanPick(r scanner) (p Pick, err error) {
	err = r.Scan(&p.CandidateID, &p.ContactID, &p.CampaignID, &p.Name, &p.Answer, &p.Reason, &p.Order, instant(&p.At),
		&p.Sent, &p.SentReason, &p.SentOrder, instant(&p.SentAt), &p.Late, &p.Changes, &p.Version)
	return p, err
}

// ListPicks gives all answers of a campaign, those of advisers too.
func ListPicks(ctx context.Context, tx *db.Tx, campaignID string) ([]Pick, error) {
	rows, err := tx.Query(ctx, `SELECT `+pickColumns+` FROM pick p WHERE p.campaign_id = $1 ORDER BY p.at, p.candidate_id, p.contact_id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Pick, error) { return scanPick(r) })
}

func loadPick(ctx context.Context, tx *db.Tx, candidateID, contactID string) (Pick, error) {
	p, err := scanPick(tx.QueryRow(ctx, `SELECT `+pickColumns+` FROM pick p WHERE p.candidate_id = $1 AND p.contact_id = $2`, candidateID, contactID))
	if errors.Is(err, sql.ErrNoRows) {
		return Pick{CandidateID: candidateID, ContactID: contactID}, nil
	}
	return p, err
}

// savePick keeps an answer; one with Version 0 is new.
func savePick(ctx context.Context, tx *db.Tx, p Pick) error {
	return db.Changed(tx.Exec(ctx, `INSERT INTO pick (candidate_id, contact_id, campaign_id, name, answer, reason, place, at, sent, sent_reason, sent_place, sent_at, late, changes, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)
		ON CONFLICT (candidate_id, contact_id) DO UPDATE SET name = $4, answer = $5, reason = $6, place = $7, at = $8, sent = $9, sent_reason = $10,
			sent_place = $11, sent_at = $12, late = $13, changes = $14, version = pick.version + 1 WHERE pick.version = $15`,
		p.CandidateID, p.ContactID, p.CampaignID, p.Name, p.Answer, p.Reason, p.Order, db.At(p.At), p.Sent, p.SentReason, p.SentOrder, db.At(p.SentAt), p.Late, p.Changes, p.Version))
}
