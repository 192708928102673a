package campaign

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

// InForceFor gives the version of the brief that binds a talent: what a draft is
// measured by (R1). Faults: brief.unaccepted, brief.unacknowledged.
func InForceFor(ctx context.Context, tx *db.Tx, campaignID, talentID string) (Brief, error) {
	versions, err := ListBriefs(ctx, tx, campaignID)
	if err != nil {
		return Brief{}, err
	}
	a, err := LoadAcks(ctx, tx, campaignID, talentID)
	if err != nil {
		return Brief{}, err
	}
	if b, ok := InForce(versions, a); ok {
		return b, nil
	}
	agreed, ok := Agreed(versions)
	if !ok {
		return Brief{}, ErrBriefUnaccepted
	}
	return Brief{}, ErrUnacknowledged.With("n", len(ReadinessOf(agreed, a).ToAcknowledge))
}

// MayCommit is nil when the talent has acknowledged the agreed brief whole and
// every eligibility answer fits; it is asked before dates are committed (R3, R4).
// Faults: brief.unaccepted, brief.ineligible, brief.unanswered, brief.unacknowledged.
func MayCommit(ctx context.Context, tx *db.Tx, campaignID, talentID string) error {
	r, err := ReadinessFor(ctx, tx, campaignID, talentID)
	if err != nil {
		return err
	}
	return r.Err()
}

// ReadinessFor says what a talent still has to do about the agreed brief. Fault:
// brief.unaccepted.
func ReadinessFor(ctx context.Context, tx *db.Tx, campaignID, talentID string) (Readiness, error) {
	b, err := AgreedBrief(ctx, tx, campaignID)
	if err != nil {
		return Readiness{}, err
	}
	a, err := LoadAcks(ctx, tx, campaignID, talentID)
	return ReadinessOf(b, a), err
}

// LoadAcks gives one talent's acknowledgements and answers in a campaign.
func LoadAcks(ctx context.Context, tx *db.Tx, campaignID, talentID string) (Acks, error) {
	all, err := listAcks(ctx, tx, campaignID, talentID)
	return all[talentID], err
}

// ListAcks gives the acknowledgements and answers of a campaign by talent.
func ListAcks(ctx context.Context, tx *db.Tx, campaignID string) (map[string]Acks, error) {
	return listAcks(ctx, tx, campaignID, "")
}

func listAcks(ctx context.Context, tx *db.Tx, campaignID, talentID string) (map[string]Acks, error) {
	rows, err := tx.Query(ctx, `SELECT campaign_id, talent_id, point_id, number, lang, hash, at, via FROM acknowledgement
		WHERE campaign_id = $1 AND ($2 = '' OR talent_id = $2) ORDER BY at, point_id`, campaignID, talentID)
	points, err := db.Collect(rows, err, func(r *sql.Rows) (a Acknowledgement, err error) {
		var at db.Time
		err = r.Scan(&a.CampaignID, &a.TalentID, &a.PointID, &a.Version, &a.Lang, &a.Hash, &at, &a.Via)
		a.At = at.Time
		return a, err
	})
	if err != nil {
		return nil, err
	}
	rows, err = tx.Query(ctx, `SELECT campaign_id, talent_id, question_id, hash, lang, answer, at FROM eligibility
		WHERE campaign_id = $1 AND ($2 = '' OR talent_id = $2) ORDER BY at, question_id`, campaignID, talentID)
	answers, err := db.Collect(rows, err, func(r *sql.Rows) (e Eligibility, err error) {
		var at db.Time
		err = r.Scan(&e.CampaignID, &e.TalentID, &e.QuestionID, &e.Hash, &e.Lang, &e.Answer, &at)
		e.At = at.Time
		return e, err
	})
	out := map[string]Acks{}
	for _, p := range points {
		a := out[p.TalentID]
		a.Points = append(a.Points, p)
		out[p.TalentID] = a
	}
	for _, e := range answers {
		a := out[e.TalentID]
		a.Answers = append(a.Answers, e)
		out[e.TalentID] = a
	}
	return out, err
}

func insertAck(ctx context.Context, tx *db.Tx, a Acknowledgement) error {
	_, err := tx.Exec(ctx, `INSERT INTO acknowledgement (campaign_id, talent_id, point_id, number, lang, hash, at, via)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (campaign_id, talent_id, point_id, hash) DO NOTHING`,
		a.CampaignID, a.TalentID, a.PointID, a.Version, a.Lang, a.Hash, db.At(a.At), a.Via)
	return err
}

func insertEligibility(ctx context.Context, tx *db.Tx, e Eligibility) error {
	_, err := tx.Exec(ctx, `INSERT INTO eligibility (id, campaign_id, talent_id, question_id, hash, lang, answer, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, tx.NewID(), e.CampaignID, e.TalentID, e.QuestionID, e.Hash, e.Lang, e.Answer, db.At(e.At))
	return err
}

const inquiryColumns = `id, campaign_id, talent_id, point_id, number, text, asked_at, answer, answered_by, answered_at, version`

// ListInquiries gives the questions about a campaign's brief, of one talent unless
// the id is "", the oldest first.
func ListInquiries(ctx context.Context, tx *db.Tx, campaignID, talentID string) ([]Inquiry, error) {
	rows, err := tx.Query(ctx, `SELECT `+inquiryColumns+` FROM inquiry WHERE campaign_id = $1 AND ($2 = '' OR talent_id = $2) ORDER BY id`, campaignID, talentID)
	return db.Collect(rows, err, func(r *sql.Rows) (Inquiry, error) { return scanInquiry(r) })
}

func loadInquiry(ctx context.Context, tx *db.Tx, id string) (Inquiry, error) {
	i, err := scanInquiry(tx.QueryRow(ctx, `SELECT `+inquiryColumns+` FROM inquiry WHERE id = $1`, id))
	return i, db.One(err)
}

func scanInquiry(r row) (i Inquiry, err error) {
	var asked, answered db.Time
	err = r.Scan(&i.ID, &i.CampaignID, &i.TalentID, &i.PointID, &i.Version, &i.Text, &asked, &i.Answer, &i.AnsweredBy, &answered, &i.Rev)
	i.AskedAt, i.AnsweredAt = asked.Time, answered.Time
	return i, err
}

func insertInquiry(ctx context.Context, tx *db.Tx, i Inquiry) error {
	_, err := tx.Exec(ctx, `INSERT INTO inquiry (`+inquiryColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', NULL, 1)`,
		i.ID, i.CampaignID, i.TalentID, i.PointID, i.Version, i.Text, db.At(i.AskedAt))
	return err
}

func saveInquiry(ctx context.Context, tx *db.Tx, i Inquiry) error {
	return db.Changed(tx.Exec(ctx, `UPDATE inquiry SET answer = $3, answered_by = $4, answered_at = $5, version = version + 1 WHERE id = $1 AND version = $2`,
		i.ID, i.Rev, i.Answer, i.AnsweredBy, db.At(i.AnsweredAt)))
}
