package casting

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

const handoverColumns = `h.id, h.campaign_id, h.client_id, h.specialist_id, h.persona, h.excluded, h.seats, h.due_at, h.due_zone, h.due_text,
	h.sent_by_id, h.sent_by, h.sent_at, h.seen_at, h.ready_at, h.ready_by, h.version`

func scanHandover(r scanner) (h Handover, err error) {
	err = r.Scan(&h.ID, &h.CampaignID, &h.ClientID, &h.SpecialistID, &h.Persona, document(&h.Excluded), document(&h.Seats), instant(&h.Due.At), &h.Due.Zone, &h.Due.Entered,
		&h.SentByID, &h.SentBy, instant(&h.SentAt), instant(&h.SeenAt), instant(&h.ReadyAt), &h.ReadyBy, &h.Version)
	return h, err
}

// LoadHandover gives one hand-over. Fault: not-found.
func LoadHandover(ctx context.Context, tx *db.Tx, id string) (Handover, error) {
	h, err := scanHandover(tx.QueryRow(ctx, `SELECT `+handoverColumns+` FROM handover h WHERE h.id = $1`, id))
	return h, db.One(err)
}

// ListHandovers gives the hand-overs of a campaign, or those of all campaigns that
// are not ready when it is empty; oldest first.
func ListHandovers(ctx context.Context, tx *db.Tx, campaignID string) ([]Handover, error) {
	rows, err := tx.Query(ctx, `SELECT `+handoverColumns+` FROM handover h
		WHERE h.campaign_id = $1 OR $1 = '' AND h.ready_at IS NULL ORDER BY h.sent_at, h.id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Handover, error) { return scanHandover(r) })
}

// countHandovers counts those of one person that are not ready.
func countHandovers(ctx context.Context, tx *db.Tx, person string) (n int, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM handover WHERE ready_at IS NULL AND (sent_by_id = $1 OR specialist_id = $1)`, person).Scan(&n)
	return n, err
}

// insertHandover keeps a new hand-over unless the last one is still open.
func insertHandover(ctx context.Context, tx *db.Tx, h Handover) error {
	n, err := tx.Exec(ctx, `INSERT INTO handover (id, campaign_id, client_id, specialist_id, persona, excluded, seats, due_at, due_zone, due_text, sent_by_id, sent_by, sent_at, ready_by, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', 1) ON CONFLICT DO NOTHING`,
		h.ID, h.CampaignID, h.ClientID, h.SpecialistID, h.Persona, db.JSON[[]string]{V: h.Excluded}, db.JSON[[]HandedSeat]{V: h.Seats},
		db.At(h.Due.At), h.Due.Zone, h.Due.Entered, h.SentByID, h.SentBy, db.At(h.SentAt))
	if err == nil && n == 0 {
		return ErrHandoverOpen
	}
	return err
}

func saveHandover(ctx context.Context, tx *db.Tx, h Handover) error {
	return db.Changed(tx.Exec(ctx, `UPDATE handover SET seen_at = $3, ready_at = $4, ready_by = $5, version = version + 1 WHERE id = $1 AND version = $2`,
		h.ID, h.Version, db.At(h.SeenAt), db.At(h.ReadyAt), h.ReadyBy))
}

// ListHandoverQuestions gives the questions of a hand-over, oldest first.
func ListHandoverQuestions(ctx context.Context, tx *db.Tx, handoverID string) ([]HandoverQuestion, error) {
	rows, err := tx.Query(ctx, `SELECT q.id, q.handover_id, q.text, q.asked_by, q.asked_at, q.answer, q.answered_by, q.answered_at, q.version
		FROM handover_question q WHERE q.handover_id = $1 ORDER BY q.asked_at, q.id`, handoverID)
	return db.Collect(rows, err, func(r *sql.Rows) (q HandoverQuestion, err error) {
		return q, r.Scan(&q.ID, &q.HandoverID, &q.Text, &q.AskedBy, instant(&q.AskedAt), &q.Answer, &q.AnsweredBy, instant(&q.AnsweredAt), &q.Version)
	})
}

func insertHandoverQuestion(ctx context.Context, tx *db.Tx, q HandoverQuestion) error {
	_, err := tx.Exec(ctx, `INSERT INTO handover_question (id, handover_id, text, asked_by, asked_at, answer, answered_by, version) VALUES ($1, $2, $3, $4, $5, '', '', 1)`,
		q.ID, q.HandoverID, q.Text, q.AskedBy, db.At(q.AskedAt))
	return err
}

func saveHandoverQuestion(ctx context.Context, tx *db.Tx, q HandoverQuestion) error {
	return db.Changed(tx.Exec(ctx, `UPDATE handover_question SET answer = $3, answered_by = $4, answered_at = $5, version = version + 1 WHERE id = $1 AND version = $2`,
		q.ID, q.Version, q.Answer, q.AnsweredBy, db.At(q.AnsweredAt)))
}

// listedSince counts the talents on a campaign's list, and says when the first was
// put there at or after an instant; zero when none was.
func listedSince(ctx context.Context, tx *db.Tx, campaignID string, since time.Time) (n int64, first time.Time, err error) {
	err = tx.QueryRow(ctx, `SELECT COUNT(*), MIN(CASE WHEN added_at >= $2 THEN added_at END) FROM candidate WHERE campaign_id = $1 AND removed_at IS NULL`,
		campaignID, db.At(since)).Scan(&n, instant(&first))
	return n, first, err
}

// cheapestRate sums the lowest known rate of each piece in one currency on a day;
// none when a piece has no known rate.
func cheapestRate(ctx context.Context, tx *db.Tx, pieces []Piece, cur money.Currency, on worktime.Date) (money.Amount, error) {
	sum := money.New(0, cur)
	for _, p := range pieces {
		var low sql.NullInt64
		err := tx.QueryRow(ctx, `SELECT MIN(amount_minor) FROM talent_rate WHERE platform = $1 AND format = $2 AND amount_currency = $3 AND valid_from <= $4
			AND (valid_to = '' OR valid_to >= $4)`, p.Platform, p.Format, string(cur), string(on)).Scan(&low)
		if err != nil || !low.Valid {
			return money.Amount{}, err
		}
		part, err := money.New(low.Int64, cur).MulRatio(p.Count, 1, money.HalfUp)
		if err != nil {
			return money.Amount{}, err
		}
		if sum, err = sum.Add(part); err != nil {
			return money.Amount{}, err
		}
	}
	return sum, nil
}
