package campaign

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const proposalColumns = `id, campaign_id, source, source_id, source_note, replaces, made_at, made_by, silent_at,
	settled_at, settled_by_id, settled_by, settled_via, outcome, why, brief_number, version`

// LoadProposal gives one proposal with its lines. Fault: not-found.
func LoadProposal(ctx context.Context, tx *db.Tx, id string) (Proposal, error) {
	p, err := scanProposal(tx.QueryRow(ctx, `SELECT `+proposalColumns+` FROM brief_proposal WHERE id = $1`, id))
	if err != nil {
		return p, db.One(err)
	}
	p.Lines, err = listProposedLines(ctx, tx, p.ID)
	return p, err
}

// ListProposals gives the proposals about a campaign's brief, the oldest first.
func ListProposals(ctx context.Context, tx *db.Tx, campaignID string) ([]Proposal, error) {
	return proposalsWhere(ctx, tx, `campaign_id = $1`, campaignID)
}

func proposalsWhere(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Proposal, error) {
	rows, err := tx.Query(ctx, `SELECT `+proposalColumns+` FROM brief_proposal WHERE `+where+` ORDER BY made_at, id`, args...)
	out, err := db.Collect(rows, err, func(r *sql.Rows) (Proposal, error) { return scanProposal(r) })
	for i := range out {
		if err == nil {
			out[i].Lines, err = listProposedLines(ctx, tx, out[i].ID)
		}
	}
	return out, err
}

func scanProposal(r row) (p Proposal, err error) {
	var replaces db.JSON[[]string]
	var made, silent, settled db.Time
	err = r.Scan(&p.ID, &p.CampaignID, &p.Source, &p.SourceID, &p.SourceNote, &replaces, &made, &p.MadeBy, &silent,
		&settled, &p.SettledByID, &p.SettledBy, &p.SettledVia, &p.Outcome, &p.Why, &p.Version, &p.Rev)
	p.Replaces, p.MadeAt, p.SilentAt, p.SettledAt = replaces.V, made.Time, silent.Time, settled.Time
	return p, err
}

func listProposedLines(ctx context.Context, tx *db.Tx, proposalID string) ([]ProposedLine, error) {
	rows, err := tx.Query(ctx, `SELECT l.id, l.what, l.point_id, l.point, l.objected_at, l.objected_by_id, l.objected_by, l.objection, COALESCE(r.replaced_by, '')
		FROM brief_proposal_line l LEFT JOIN brief_line_replaced r ON r.proposal_id = l.proposal_id AND r.line_id = l.id WHERE l.proposal_id = $1 ORDER BY l.position`, proposalID)
	return db.Collect(rows, err, func(r *sql.Rows) (l ProposedLine, err error) {
		var point db.JSON[Point]
		var objected db.Time
		err = r.Scan(&l.ID, &l.What, &l.PointID, &point, &objected, &l.ObjectedByID, &l.ObjectedBy, &l.Objection, &l.ReplacedBy)
		l.Point, l.ObjectedAt = point.V, objected.Time
		return l, err
	})
}

func insertProposal(ctx context.Context, tx *db.Tx, p Proposal) error {
	_, err := tx.Exec(ctx, `INSERT INTO brief_proposal (`+proposalColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1)`,
		p.ID, p.CampaignID, p.Source, p.SourceID, p.SourceNote, db.JSON[[]string]{V: p.Replaces}, db.At(p.MadeAt), p.MadeBy, db.At(p.SilentAt),
		db.At(p.SettledAt), p.SettledByID, p.SettledBy, p.SettledVia, p.Outcome, p.Why, p.Version)
	for i, l := range p.Lines {
		if err == nil {
			_, err = tx.Exec(ctx, `INSERT INTO brief_proposal_line (proposal_id, id, position, what, point_id, point, objected_by_id, objected_by, objection)
				VALUES ($1, $2, $3, $4, $5, $6, '', '', '')`, p.ID, l.ID, i, l.What, l.PointID, db.JSON[Point]{V: l.Point})
		}
	}
	return err
}

// saveProposal keeps how a proposal and its lines stand. Fault: conflict.changed.
func saveProposal(ctx context.Context, tx *db.Tx, p Proposal) error {
	err := db.Changed(tx.Exec(ctx, `UPDATE brief_proposal SET settled_at = $3, settled_by_id = $4, settled_by = $5, settled_via = $6,
		outcome = $7, why = $8, brief_number = $9, version = version + 1 WHERE id = $1 AND version = $2`,
		p.ID, p.Rev, db.At(p.SettledAt), p.SettledByID, p.SettledBy, p.SettledVia, p.Outcome, p.Why, p.Version))
	for _, l := range p.Lines {
		if err == nil && l.ReplacedBy != "" {
			_, err = tx.Exec(ctx, `INSERT INTO brief_line_replaced (proposal_id, line_id, replaced_by) VALUES ($1, $2, $3) ON CONFLICT (proposal_id, line_id) DO NOTHING`, p.ID, l.ID, l.ReplacedBy)
		}
		if err == nil && !l.ObjectedAt.IsZero() {
			_, err = tx.Exec(ctx, `UPDATE brief_proposal_line SET objected_at = $3, objected_by_id = $4, objected_by = $5, objection = $6
				WHERE proposal_id = $1 AND id = $2 AND objected_at IS NULL`, p.ID, l.ID, db.At(l.ObjectedAt), l.ObjectedByID, l.ObjectedBy, l.Objection)
		}
	}
	return err
}

// raiseDraft gives an unshared version the next number, so that an agreed one can take
// its place; nobody outside has seen it.
func raiseDraft(ctx context.Context, tx *db.Tx, b Brief) error {
	return db.Changed(tx.Exec(ctx, `UPDATE brief SET number = number + 1 WHERE campaign_id = $1 AND number = $2 AND shared_at IS NULL`, b.CampaignID, b.Version))
}
