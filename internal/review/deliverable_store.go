package review

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

const deliverableColumns = `d.id, d.booking_id, d.campaign_id, d.client_id, d.talent_id, d.number, d.platform, d.format,
	d.draft_due_at, d.draft_due_zone, d.draft_due_text, d.post_due_at, d.post_due_zone, d.post_due_text,
	d.round_limit, d.window_hours, d.silence_counts, d.with_client_id, d.approved_id, d.made_at, d.closed_at, d.version, d.concept_asked_at, d.concept_id`

type scanner interface{ Scan(into ...any) error }

func scanDeliverable(r scanner) (d Deliverable, err error) {
	err = r.Scan(intoDeliverable(&d)...)
	return d, err
}

// intoDeliverable lists the places for deliverableColumns.
func intoDeliverable(d *Deliverable) []any {
	return []any{&d.ID, &d.BookingID, &d.CampaignID, &d.ClientID, &d.TalentID, &d.Number, &d.Platform, &d.Format,
		instant(&d.DraftDue.At), &d.DraftDue.Zone, &d.DraftDue.Entered, instant(&d.PostDue.At), &d.PostDue.Zone, &d.PostDue.Entered,
		&d.Limit, &d.WindowHours, &d.SilenceCounts, &d.WithClientID, &d.ApprovedID, instant(&d.CreatedAt), instant(&d.ClosedAt), &d.Revision, instant(&d.ConceptAskedAt), &d.ConceptID}
}

// place lets a plain time.Time be scanned from a row.
type place struct{ to *time.Time }

func instant(t *time.Time) *place { return &place{t} }

// Scan reads microseconds or NULL.
func (p *place) Scan(v any) error {
	var at db.Time
	if err := at.Scan(v); err != nil {
		return err
	}
	*p.to = at.Time
	return nil
}

// LoadDeliverable gives one deliverable. Fault: not-found.
func LoadDeliverable(ctx context.Context, tx *db.Tx, id string) (Deliverable, error) {
	d, err := scanDeliverable(tx.QueryRow(ctx, `SELECT `+deliverableColumns+` FROM deliverable d WHERE d.id = $1`, id))
	return d, db.One(err)
}

// ListDeliverables gives a campaign's deliverables, by booking and number.
func ListDeliverables(ctx context.Context, tx *db.Tx, campaignID string) ([]Deliverable, error) {
	rows, err := tx.Query(ctx, `SELECT `+deliverableColumns+` FROM deliverable d WHERE d.campaign_id = $1 ORDER BY d.booking_id, d.number`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Deliverable, error) { return scanDeliverable(r) })
}

// ListDeliverablesOf gives the deliverables of one booking, by number.
func ListDeliverablesOf(ctx context.Context, tx *db.Tx, bookingID string) ([]Deliverable, error) {
	rows, err := tx.Query(ctx, `SELECT `+deliverableColumns+` FROM deliverable d WHERE d.booking_id = $1 ORDER BY d.number`, bookingID)
	return db.Collect(rows, err, func(r *sql.Rows) (Deliverable, error) { return scanDeliverable(r) })
}

// insertDeliverable keeps a new deliverable; a second one with the booking and
// number of the first changes nothing.
func insertDeliverable(ctx context.Context, tx *db.Tx, d Deliverable) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO deliverable (id, booking_id, campaign_id, client_id, talent_id, number, platform, format,
			draft_due_at, draft_due_zone, draft_due_text, post_due_at, post_due_zone, post_due_text,
			round_limit, window_hours, silence_counts, with_client_id, approved_id, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', '', $18, 1)
		ON CONFLICT (booking_id, number) DO NOTHING`,
		d.ID, d.BookingID, d.CampaignID, d.ClientID, d.TalentID, d.Number, d.Platform, d.Format,
		db.At(d.DraftDue.At), d.DraftDue.Zone, d.DraftDue.Entered, db.At(d.PostDue.At), d.PostDue.Zone, d.PostDue.Entered,
		d.Limit, d.WindowHours, d.SilenceCounts, db.At(d.CreatedAt))
	return n == 1, err
}

// hand sets which version the client may decide on; it fails with
// conflict.changed when a decision or another hand came first.
func hand(ctx context.Context, tx *db.Tx, d Deliverable, versionID string) error {
	return db.Changed(tx.Exec(ctx, `UPDATE deliverable SET with_client_id = $2, version = version + 1
		WHERE id = $1 AND version = $3 AND approved_id = ''`, d.ID, versionID, d.Revision))
}

// freeze lets an approval land, only on the version that is with the client.
func freeze(ctx context.Context, tx *db.Tx, d Deliverable, versionID string) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE deliverable SET approved_id = $2, with_client_id = '', version = version + 1
		WHERE id = $1 AND with_client_id = $2 AND approved_id = '' AND closed_at IS NULL`, d.ID, versionID)
	return n == 1, err
}

// saveDates moves the two due times, as a change request in effect does.
func saveDates(ctx context.Context, tx *db.Tx, id string, draft, post worktime.Deadline) error {
	return db.Changed(tx.Exec(ctx, `UPDATE deliverable SET draft_due_at = $2, draft_due_zone = $3, draft_due_text = $4,
			post_due_at = $5, post_due_zone = $6, post_due_text = $7, version = version + 1 WHERE id = $1`,
		id, db.At(draft.At), draft.Zone, draft.Entered, db.At(post.At), post.Zone, post.Entered))
}

func closeDeliverables(ctx context.Context, tx *db.Tx, bookingID string, at time.Time) (int64, error) {
	return tx.Exec(ctx, `UPDATE deliverable SET closed_at = $2, with_client_id = '', version = version + 1
		WHERE booking_id = $1 AND closed_at IS NULL AND approved_id = ''`, bookingID, db.At(at))
}

// ListStandings gives where each deliverable of a campaign stands, in seven
// queries however many there are.
func ListStandings(ctx context.Context, tx *db.Tx, campaignID string) ([]Standing, error) {
	list, err := ListDeliverables(ctx, tx, campaignID)
	if err != nil {
		return nil, err
	}
	out := make([]Standing, len(list))
	at := make(map[string]*Standing, len(list))
	for i, d := range list {
		out[i].Deliverable = d
		at[d.ID] = &out[i]
	}
	if err := fillStandings(ctx, tx, at, `campaign_id = $1`, campaignID); err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Place()
	}
	return out, nil
}

// LoadStanding gives where one deliverable stands. Fault: not-found.
func LoadStanding(ctx context.Context, tx *db.Tx, deliverableID string) (Standing, error) {
	d, err := LoadDeliverable(ctx, tx, deliverableID)
	if err != nil {
		return Standing{}, err
	}
	s := Standing{Deliverable: d}
	if err := fillStandings(ctx, tx, map[string]*Standing{d.ID: &s}, ofDeliverable, d.ID); err != nil {
		return Standing{}, err
	}
	s.Place()
	return s, nil
}

// ofDeliverable picks the rows of one deliverable where the key begins with the
// campaign, so that one index serves both and a decision writes one page of it.
const ofDeliverable = `campaign_id = (SELECT campaign_id FROM deliverable WHERE id = $1) AND deliverable_id = $1`

// each runs one query and gives every row to a function.
func each(ctx context.Context, tx *db.Tx, text, arg string, row func(scanner) error) error {
	rows, err := tx.Query(ctx, text, arg)
	_, err = db.Collect(rows, err, func(r *sql.Rows) (struct{}, error) { return struct{}{}, row(r) })
	return err
}

// fillStandings adds versions, keys, rounds, counts and changes. The condition
// is one of two fixed texts.
func fillStandings(ctx context.Context, tx *db.Tx, at map[string]*Standing, where, arg string) error {
	steps := []func() error{
		func() error {
			return each(ctx, tx, `SELECT `+versionColumns+` FROM draft v WHERE v.`+where+` ORDER BY v.deliverable_id, v.major, v.minor`, arg, func(r scanner) error {
				v, err := scanVersion(r)
				if s := at[v.DeliverableID]; s != nil {
					s.Latest, s.Versions = v, s.Versions+1
				}
				return err
			})
		},
		func() error {
			return each(ctx, tx, `SELECT v.deliverable_id, c.draft_id FROM draft_check c JOIN draft v ON v.id = c.draft_id WHERE v.`+where, arg, func(r scanner) error {
				var deliverable, version string
				err := r.Scan(&deliverable, &version)
				if s := at[deliverable]; s != nil && s.Latest.ID == version {
					s.Keys++
				}
				return err
			})
		},
		func() error {
			return each(ctx, tx, `SELECT `+roundColumns+` FROM review_round r WHERE r.origin = 'client' AND r.`+where+` ORDER BY r.deliverable_id, r.number`, arg, func(r scanner) error {
				round, err := scanRound(r)
				if s := at[round.DeliverableID]; s != nil {
					s.Round = round
				}
				return err
			})
		},
		func() error { return fillCounts(ctx, tx, at, where, arg) },
		func() error { return fillConcepts(ctx, tx, at, where, arg) },
		func() error {
			return each(ctx, tx, `SELECT `+changeColumns+` FROM change_request c WHERE c.effective_at IS NULL AND c.closed_at IS NULL AND c.`+where, arg, func(r scanner) error {
				c, err := scanChange(r)
				if s := at[c.DeliverableID]; s != nil {
					s.Change = c
				}
				return err
			})
		},
		func() error {
			return each(ctx, tx, `SELECT a.deliverable_id, a.at FROM approval a WHERE a.`+where, arg, func(r scanner) error {
				var id string
				var when db.Time
				err := r.Scan(&id, &when)
				if s := at[id]; s != nil {
					s.ApprovedAt = when.Time
				}
				return err
			})
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// fillCounts adds the used rounds and the unruled items of the newest round.
func fillCounts(ctx context.Context, tx *db.Tx, at map[string]*Standing, where, arg string) error {
	return each(ctx, tx, `SELECT i.deliverable_id, i.round_id, COUNT(*) FILTER (WHERE i.class = ''),
			COUNT(*) FILTER (WHERE i.class = 'W' AND i.sent_on_at IS NOT NULL AND i.change_id IS NULL)
		FROM review_item i WHERE i.round_id IS NOT NULL AND i.`+where+` GROUP BY i.deliverable_id, i.round_id`, arg, func(r scanner) error {
		var deliverable, round string
		var unruled, wishes int64
		err := r.Scan(&deliverable, &round, &unruled, &wishes)
		s := at[deliverable]
		if s == nil {
			return err
		}
		if wishes > 0 {
			s.Used++
		}
		if round == s.Round.ID {
			s.Unruled, s.Round.Counted = unruled, wishes > 0
		}
		return err
	})
}

// UsedRounds counts the counted rounds of a deliverable: those with a wish that
// was sent on and not paid as a change request (R1).
func UsedRounds(ctx context.Context, tx *db.Tx, deliverableID string) (n int64, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(DISTINCT round_id) FROM review_item
		WHERE deliverable_id = $1 AND class = 'W' AND sent_on_at IS NOT NULL AND change_id IS NULL`, deliverableID).Scan(&n)
	return n, err
}

// SortByMove orders standings for a queue: the longest waiting first.
func SortByMove(list []Standing) {
	slices.SortStableFunc(list, func(a, b Standing) int { return a.Since.Compare(b.Since) })
}
