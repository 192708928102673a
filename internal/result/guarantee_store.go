package result

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"kolega/internal/db"
)

// VerdictVersion is a verdict as it stood; a late correction adds a version.
type VerdictVersion struct {
	CampaignID, BookingID string
	Number                int64
	State                 State
	Formula               Formula
	Actions               []Metric
	TargetBp              int64
	Engagements, Base     int64
	Posts                 int64
	Cause                 string // what made the version
	At                    time.Time
}

// ER is the version's engagement rate.
func (v VerdictVersion) ER() Ratio {
	return Ratio{Num: v.Engagements, Den: v.Base, Known: v.Base > 0}
}

// same says whether nothing changed since that version.
func (v VerdictVersion) same(o VerdictVersion) bool {
	return v.State == o.State && v.Engagements == o.Engagements && v.Base == o.Base && v.TargetBp == o.TargetBp && v.Posts == o.Posts
}

const verdictColumns = `campaign_id, booking_id, number, state, formula, actions, target_bp, engagements, base, posts, cause, at`

func scanVerdict(r scanner) (v VerdictVersion, err error) {
	var actions string
	err = r.Scan(&v.CampaignID, &v.BookingID, &v.Number, &v.State, &v.Formula, &actions, &v.TargetBp, &v.Engagements, &v.Base, &v.Posts, &v.Cause, instant(&v.At))
	for _, a := range strings.Fields(actions) {
		v.Actions = append(v.Actions, Metric(a))
	}
	return v, err
}

// ListVerdicts gives every version of a campaign's verdicts, oldest first.
func ListVerdicts(ctx context.Context, tx *db.Tx, campaignID string) ([]VerdictVersion, error) {
	rows, err := tx.Query(ctx, `SELECT `+verdictColumns+` FROM verdict WHERE campaign_id = $1 ORDER BY booking_id, number`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (VerdictVersion, error) { return scanVerdict(r) })
}

func lastVerdict(ctx context.Context, tx *db.Tx, campaignID, bookingID string) (VerdictVersion, error) {
	v, err := scanVerdict(tx.QueryRow(ctx, `SELECT `+verdictColumns+` FROM verdict WHERE campaign_id = $1 AND booking_id = $2 ORDER BY number DESC LIMIT 1`, campaignID, bookingID))
	if errors.Is(err, sql.ErrNoRows) {
		return VerdictVersion{}, nil
	}
	return v, err
}

func insertVerdict(ctx context.Context, tx *db.Tx, v VerdictVersion) error {
	words := make([]string, len(v.Actions))
	for i, a := range v.Actions {
		words[i] = string(a)
	}
	_, err := tx.Exec(ctx, `INSERT INTO verdict (id, `+verdictColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		tx.NewID(), v.CampaignID, v.BookingID, v.Number, string(v.State), string(v.Formula), strings.Join(words, " "), v.TargetBp, v.Engagements, v.Base, v.Posts, v.Cause, db.At(v.At))
	return err
}

// Ruling is what people decided about a promise.
type Ruling struct {
	CampaignID, BookingID string
	Kind                  string // RulingResult, RulingFormula, RulingCause, RulingOwed
	Answer                string
	Text                  string
	ClientName            string
	ByID, By              string
	At                    time.Time
}

// The kinds of rulings.
const (
	RulingResult  = "result"  // an unproven promise, agreed in writing: met or missed
	RulingFormula = "formula" // another formula, agreed for a booking without insights
	RulingCause   = "cause"   // the cause of the miss is contested
	RulingOwed    = "owed"    // management's word on a contested cause: yes or no
)

// ListRulings gives a campaign's rulings, oldest first.
func ListRulings(ctx context.Context, tx *db.Tx, campaignID string) ([]Ruling, error) {
	rows, err := tx.Query(ctx, `SELECT campaign_id, booking_id, kind, answer, text, client_name, by_id, by_name, at FROM guarantee_ruling
		WHERE campaign_id = $1 ORDER BY at, id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (x Ruling, err error) {
		err = r.Scan(&x.CampaignID, &x.BookingID, &x.Kind, &x.Answer, &x.Text, &x.ClientName, &x.ByID, &x.By, instant(&x.At))
		return x, err
	})
}

func insertRuling(ctx context.Context, tx *db.Tx, x Ruling) error {
	_, err := tx.Exec(ctx, `INSERT INTO guarantee_ruling (id, campaign_id, booking_id, kind, answer, text, client_name, by_id, by_name, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, tx.NewID(), x.CampaignID, x.BookingID, x.Kind, x.Answer, x.Text, x.ClientName, x.ByID, x.By, db.At(x.At))
	return err
}

const remedyColumns = `id, campaign_id, booking_id, kind, verdict_number, reason, slot_id, base_minor, base_currency, share_bp, amount_minor, amount_currency,
	chosen_at, chosen_by_id, chosen_by, due_at, approved_at, approved_by, refused_at, refused_by, refused_why, failed_at, version`

func scanRemedy(r scanner) (x Remedy, err error) {
	err = r.Scan(&x.ID, &x.CampaignID, &x.BookingID, &x.Kind, &x.VerdictVersion, &x.Reason, &x.SlotID, &x.Base.Minor, &x.Base.Currency, &x.ShareBp,
		&x.Amount.Minor, &x.Amount.Currency, instant(&x.ChosenAt), &x.ChosenID, &x.ChosenBy, instant(&x.DueBy), instant(&x.ApprovedAt), &x.ApprovedBy,
		instant(&x.RefusedAt), &x.RefusedBy, &x.RefusedWhy, instant(&x.FailedAt), &x.Revision)
	return x, err
}

// LoadRemedy gives one remedy. Fault: not-found.
func LoadRemedy(ctx context.Context, tx *db.Tx, id string) (Remedy, error) {
	r, err := scanRemedy(tx.QueryRow(ctx, `SELECT `+remedyColumns+` FROM remedy WHERE id = $1`, id))
	return r, db.One(err)
}

// ListRemedies gives a campaign's remedies, oldest first.
func ListRemedies(ctx context.Context, tx *db.Tx, campaignID string) ([]Remedy, error) {
	rows, err := tx.Query(ctx, `SELECT `+remedyColumns+` FROM remedy WHERE campaign_id = $1 ORDER BY chosen_at, id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Remedy, error) { return scanRemedy(r) })
}

func insertRemedy(ctx context.Context, tx *db.Tx, r Remedy) error {
	_, err := tx.Exec(ctx, `INSERT INTO remedy (id, campaign_id, booking_id, kind, verdict_number, reason, slot_id, base_minor, base_currency, share_bp,
			amount_minor, amount_currency, chosen_at, chosen_by_id, chosen_by, due_at, approved_by, refused_by, refused_why, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '', '', '', 1)`,
		r.ID, r.CampaignID, r.BookingID, string(r.Kind), r.VerdictVersion, r.Reason, r.SlotID, r.Base.Minor, string(r.Base.Currency), r.ShareBp,
		r.Amount.Minor, string(r.Amount.Currency), db.At(r.ChosenAt), r.ChosenID, r.ChosenBy, db.At(r.DueBy))
	return err
}

func saveRemedy(ctx context.Context, tx *db.Tx, r Remedy) error {
	return db.Changed(tx.Exec(ctx, `UPDATE remedy SET approved_at = $3, approved_by = $4, refused_at = $5, refused_by = $6, refused_why = $7,
			failed_at = $8, slot_id = $9, version = version + 1 WHERE id = $1 AND version = $2`,
		r.ID, r.Revision, db.At(r.ApprovedAt), r.ApprovedBy, db.At(r.RefusedAt), r.RefusedBy, r.RefusedWhy, db.At(r.FailedAt), r.SlotID))
}
