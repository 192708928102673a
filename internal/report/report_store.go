package report

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"kolega/internal/db"
)

// Sent is one frozen version of a campaign's report.
type Sent struct {
	ID, CampaignID, ClientID string

	Number   int64
	Document Document
	Hash     string
	PDF      string // SHA-256 of the file
	XLSX     string
	PPTX     string
	At       time.Time
	By       string
}

// Intact says whether the document still is what was sent.
func (s Sent) Intact() bool { return s.Document.Hash() == s.Hash }

// LoadText gives what people wrote so far; empty when nothing.
func LoadText(ctx context.Context, tx *db.Tx, campaignID string) (Text, error) {
	t := Text{CampaignID: campaignID}
	var learned db.JSON[[]string]
	var advice db.JSON[[]Advice]
	err := tx.QueryRow(ctx, `SELECT summary, learned, advice, emv_minor, emv_currency, emv_source, version FROM report_text WHERE campaign_id = $1`, campaignID).
		Scan(&t.Summary, &learned, &advice, &t.EMV.Rate.Minor, &t.EMV.Rate.Currency, &t.EMV.Source, &t.Revision)
	if errors.Is(err, sql.ErrNoRows) {
		return t, nil
	}
	t.Learned, t.Advice = learned.V, advice.V
	return t, err
}

func saveText(ctx context.Context, tx *db.Tx, t Text) error {
	values := []any{t.CampaignID, t.Summary, db.JSON[[]string]{V: t.Learned}, db.JSON[[]Advice]{V: t.Advice}, t.EMV.Rate.Minor, string(t.EMV.Rate.Currency), t.EMV.Source}
	if t.Revision == 0 {
		return db.Changed(tx.Exec(ctx, `INSERT INTO report_text (campaign_id, summary, learned, advice, emv_minor, emv_currency, emv_source, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (campaign_id) DO NOTHING`, values...))
	}
	return db.Changed(tx.Exec(ctx, `UPDATE report_text SET summary = $2, learned = $3, advice = $4, emv_minor = $5, emv_currency = $6, emv_source = $7, version = version + 1
		WHERE campaign_id = $1 AND version = $8`, append(values, t.Revision)...))
}

const sentColumns = `id, campaign_id, client_id, number, doc, hash, pdf_sha, xlsx_sha, pptx_sha, sent_at, sent_by`

func scanSent(r interface{ Scan(...any) error }) (s Sent, err error) {
	var doc db.JSON[Document]
	var at db.Time
	err = r.Scan(&s.ID, &s.CampaignID, &s.ClientID, &s.Number, &doc, &s.Hash, &s.PDF, &s.XLSX, &s.PPTX, &at, &s.By)
	s.Document, s.At = doc.V, at.Time
	return s, err
}

// ListSent gives a campaign's sent reports, the newest first.
func ListSent(ctx context.Context, tx *db.Tx, campaignID string) ([]Sent, error) {
	rows, err := tx.Query(ctx, `SELECT `+sentColumns+` FROM report WHERE campaign_id = $1 ORDER BY number DESC`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Sent, error) { return scanSent(r) })
}

// Problem is a version whose document differs from its hash.
type Problem struct{ CampaignID, Hash string }

// Check compares every sent report with its hash, for verify.
func Check(ctx context.Context, tx *db.Tx) ([]Problem, error) {
	rows, err := tx.Query(ctx, `SELECT `+sentColumns+` FROM report ORDER BY id`)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Sent, error) { return scanSent(r) })
	var out []Problem
	for _, s := range list {
		if !s.Intact() {
			out = append(out, Problem{s.CampaignID, s.Hash})
		}
	}
	return out, err
}

func insertSent(ctx context.Context, tx *db.Tx, s Sent) error {
	_, err := tx.Exec(ctx, `INSERT INTO report (`+sentColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		s.ID, s.CampaignID, s.ClientID, s.Number, db.JSON[Document]{V: s.Document}, s.Hash, s.PDF, s.XLSX, s.PPTX, db.At(s.At), s.By)
	if err != nil {
		return err
	}
	for i, a := range s.Document.Advice {
		if _, err := tx.Exec(ctx, `INSERT INTO report_advice (id, report_id, campaign_id, client_id, position, words, figure, outcome, outcome_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, '', '')`, tx.NewID(), s.ID, s.CampaignID, s.ClientID, i+1, a.Text, a.Figure); err != nil {
			return err
		}
	}
	return nil
}

// FollowUp is an advice of a sent report and whether the client took it (A57).
type FollowUp struct {
	ID, ReportID, CampaignID, ClientID string

	Position int64
	Text     string
	Outcome  string // "", taken, declined
	At       time.Time
	By       string
}

// ListFollowUps gives the advice given to a client, newest first.
func ListFollowUps(ctx context.Context, tx *db.Tx, clientID string) ([]FollowUp, error) {
	rows, err := tx.Query(ctx, `SELECT id, report_id, campaign_id, client_id, position, words, outcome, outcome_at, outcome_by FROM report_advice
		WHERE client_id = $1 ORDER BY id DESC`, clientID)
	return db.Collect(rows, err, func(r *sql.Rows) (f FollowUp, err error) {
		var at db.Time
		err = r.Scan(&f.ID, &f.ReportID, &f.CampaignID, &f.ClientID, &f.Position, &f.Text, &f.Outcome, &at, &f.By)
		f.At = at.Time
		return f, err
	})
}

func saveOutcome(ctx context.Context, tx *db.Tx, id, outcome, by string) error {
	return db.Changed(tx.Exec(ctx, `UPDATE report_advice SET outcome = $2, outcome_at = $3, outcome_by = $4 WHERE id = $1`, id, outcome, db.At(tx.Now()), by))
}

// listRecent gives the reports sent last, of all campaigns.
func listRecent(ctx context.Context, tx *db.Tx, limit int) ([]Sent, error) {
	rows, err := tx.Query(ctx, `SELECT `+sentColumns+` FROM report ORDER BY sent_at DESC, id DESC LIMIT $1`, limit)
	return db.Collect(rows, err, func(r *sql.Rows) (Sent, error) { return scanSent(r) })
}
