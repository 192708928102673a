package casting

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/privacy"
)

const (
	ofCandidates = `candidate_id IN (SELECT id FROM candidate WHERE talent_id = $1)`
	ofOffers     = `offer_id IN (SELECT id FROM offer WHERE talent_id = $1)`
	ofBookings   = `booking_id IN (SELECT id FROM booking WHERE talent_id = $1)`
)

// PersonalOfTalent is what casting keeps about a talent: what was offered and agreed stays
// as the agency's record of its business, without what was said about or by the person.
var PersonalOfTalent = privacy.Part{
	Tables: []privacy.Table{
		{Name: "candidate", Show: []string{"campaign_id", "added_at", "shown_at", "removed_at"}, Blot: []string{"why", "note", "gone"}},
		{Name: "pick", Whose: ofCandidates, Blot: []string{"reason", "sent_reason"}},
		{Name: "cast_ask", Whose: ofCandidates, Blot: []string{"words", "answer", "reasons"}},
		{Name: "offer_move", Whose: ofOffers + ` AND party = 'talent'`, Show: []string{"at", "verb", "fee_minor", "fee_currency", "dates", "note"}, Alias: []string{"name"}, Clear: []string{"note"}},
		{Name: "offer", Show: []string{"campaign_id", "fee_minor", "fee_currency", "net", "pieces", "dates", "note", "talent_note", "sent_at", "expires_at", "declined_at", "committed_at"},
			Clear: []string{"talent_note"}, Blot: []string{"note"}},
		{Name: "check_in", Whose: ofBookings, Show: []string{"answer", "note"}, Clear: []string{"note"}},
		{Name: "incident", Show: []string{"kind", "since", "opened_at", "decision", "decided_at"}, Clear: []string{"words"}},
		{Name: "parcel", Show: []string{"contents", "recipient", "address", "courier", "number", "sent_at", "arrived_at"}, Words: []string{"address"}, Near: []string{"recipient", "number"},
			Clear: []string{"recipient", "address", "number"}},
		{Name: "booking", Show: []string{"campaign_id", "fee_minor", "fee_currency", "net", "pieces", "draft_due_text", "post_due_text", "committed_at", "delivered_at", "dropped_at"}, Blot: []string{"drop_reason"}},
	},
	Open: openOfTalent,
	Erased: func(ctx context.Context, tx *db.Tx, id, _ string) ([]string, error) {
		return campaignsOfTalent(ctx, tx, id)
	},
}

// openOfTalent names what is under way with a talent: an offer that waits for an answer,
// or a booking in a campaign that is not closed.
func openOfTalent(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
	var offers, bookings int64
	err := tx.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM offer WHERE talent_id = $1 AND closed_at IS NULL),
		(SELECT COUNT(*) FROM booking b JOIN campaign c ON c.id = b.campaign_id WHERE b.talent_id = $1 AND b.dropped_at IS NULL AND c.closed_at IS NULL)`, id).Scan(&offers, &bookings)
	var out []string
	if offers > 0 && err == nil {
		out = append(out, "offer")
	}
	if bookings > 0 && err == nil {
		out = append(out, "booking")
	}
	return out, err
}

// PersonalOfContact is what casting keeps about a client's contact.
var PersonalOfContact = privacy.Part{Tables: []privacy.Table{
	{Name: "pick", Show: []string{"name", "answer", "reason", "at", "sent", "sent_at"}, Alias: []string{"name"}, Blot: []string{"reason", "sent_reason"}},
}}

// campaignsOfTalent are those whose pages show the talent.
func campaignsOfTalent(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
	rows, err := tx.Query(ctx, `SELECT campaign_id FROM candidate WHERE talent_id = $1 UNION SELECT campaign_id FROM offer WHERE talent_id = $1
		UNION SELECT campaign_id FROM booking WHERE talent_id = $1 UNION SELECT campaign_id FROM incident WHERE talent_id = $1`, id)
	return db.Collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}
