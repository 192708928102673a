package review

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"kolega/internal/db"
)

const versionColumns = `v.id, v.deliverable_id, v.major, v.minor, v.sha256, v.size, v.media_type, v.file_name, v.link_url,
	v.caption, v.hashtags, v.mentions, v.music, v.brief_version, v.agreed_brief, v.source, v.uploaded_at, v.uploaded_by_id, v.uploaded_by,
	v.checked_at, v.returned_at, v.shown_at, v.shown_by, v.opened_at, v.replaced_at, v.review_due_at, v.concept_id`

// words keeps a list of names as text with spaces between; no name holds one.
type words struct{ to *[]string }

// Scan reads the names.
func (w words) Scan(v any) error {
	s, ok := v.(string)
	if b, isBytes := v.([]byte); isBytes {
		s, ok = string(b), true
	}
	if !ok {
		return fmt.Errorf("names: cannot read %T", v)
	}
	*w.to = strings.Fields(s)
	return nil
}

func scanVersion(r scanner) (v Version, err error) {
	err = r.Scan(intoVersion(&v)...)
	return v, err
}

func intoVersion(v *Version) []any {
	return []any{&v.ID, &v.DeliverableID, &v.Major, &v.Minor, &v.SHA256, &v.Size, &v.Type, &v.FileName, &v.LinkURL,
		&v.Caption, words{&v.Hashtags}, words{&v.Mentions}, &v.Music, &v.BriefVersion, &v.AgreedBrief, &v.Source, instant(&v.UploadedAt), &v.UploadedByID, &v.UploadedBy,
		instant(&v.CheckedAt), instant(&v.ReturnedAt), instant(&v.ShownAt), &v.ShownBy, instant(&v.OpenedAt), instant(&v.ReplacedAt), instant(&v.ReviewDue), &v.ConceptID}
}

// LoadVersion gives one draft version. Fault: not-found.
func LoadVersion(ctx context.Context, tx *db.Tx, id string) (Version, error) {
	v, err := scanVersion(tx.QueryRow(ctx, `SELECT `+versionColumns+` FROM draft v WHERE v.id = $1`, id))
	return v, db.One(err)
}

// ListVersions gives all versions of a deliverable, newest first.
func ListVersions(ctx context.Context, tx *db.Tx, deliverableID string) ([]Version, error) {
	rows, err := tx.Query(ctx, `SELECT `+versionColumns+` FROM draft v WHERE v.deliverable_id = $1 ORDER BY v.major DESC, v.minor DESC`, deliverableID)
	return db.Collect(rows, err, func(r *sql.Rows) (Version, error) { return scanVersion(r) })
}

// ApprovedVersion gives the frozen version of a deliverable and its approval.
// Fault: not-found while nothing is approved.
func ApprovedVersion(ctx context.Context, tx *db.Tx, deliverableID string) (Version, Approval, error) {
	a, err := LoadApproval(ctx, tx, deliverableID)
	if err != nil {
		return Version{}, Approval{}, err
	}
	v, err := LoadVersion(ctx, tx, a.VersionID)
	return v, a, err
}

// deciding is what a decision needs to know about the version it is about.
type deciding struct {
	d         Deliverable
	v         Version
	deciderID string // contact who decides in the campaign, "" when any contact does
	campaign  string // its name
}

// loadDecision gives what a decision needs to know in one statement.
func loadDecision(ctx context.Context, tx *db.Tx, versionID string) (x deciding, err error) {
	err = tx.QueryRow(ctx, `SELECT `+deliverableColumns+`, `+versionColumns+`, COALESCE(c.decider_id, ''), COALESCE(c.name, '')
		FROM draft v JOIN deliverable d ON d.id = v.deliverable_id LEFT JOIN campaign c ON c.id = d.campaign_id WHERE v.id = $1`, versionID).
		Scan(append(append(intoDeliverable(&x.d), intoVersion(&x.v)...), &x.deciderID, &x.campaign)...)
	return x, db.One(err)
}

func insertVersion(ctx context.Context, tx *db.Tx, campaignID string, v Version) error {
	_, err := tx.Exec(ctx, `INSERT INTO draft (id, deliverable_id, campaign_id, major, minor, sha256, size, media_type, file_name, link_url,
			caption, hashtags, mentions, music, brief_version, agreed_brief, source, uploaded_at, uploaded_by_id, uploaded_by, shown_by, concept_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, '', $21)`,
		v.ID, v.DeliverableID, campaignID, v.Major, v.Minor, v.SHA256, v.Size, v.Type, v.FileName, v.LinkURL,
		v.Caption, strings.Join(v.Hashtags, " "), strings.Join(v.Mentions, " "), v.Music, v.BriefVersion, v.AgreedBrief, v.Source,
		db.At(v.UploadedAt), v.UploadedByID, v.UploadedBy, v.ConceptID)
	return err
}

// saveFate writes what happened to a version; its content is never written again.
func saveFate(ctx context.Context, tx *db.Tx, v Version) error {
	return db.Changed(tx.Exec(ctx, `UPDATE draft SET checked_at = $2, returned_at = $3, shown_at = $4, shown_by = $5, opened_at = $6,
			replaced_at = $7, review_due_at = $8 WHERE id = $1`,
		v.ID, db.At(v.CheckedAt), db.At(v.ReturnedAt), db.At(v.ShownAt), v.ShownBy, db.At(v.OpenedAt), db.At(v.ReplacedAt), db.At(v.ReviewDue)))
}

// markOpened keeps the first time the client played a shown version, or wrote of it.
func markOpened(ctx context.Context, tx *db.Tx, versionID string, at time.Time) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE draft SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL AND shown_at IS NOT NULL`, versionID, db.At(at))
	return n == 1, err
}

const approvalColumns = `a.deliverable_id, a.draft_id, a.by_id, a.by_name, a.via, a.entered_by, a.words, a.at, a.late, a.sha256, a.hash,
	a.object_by, a.objected_at, a.objection`

func scanApproval(r scanner) (a Approval, err error) {
	err = r.Scan(intoApproval(&a)...)
	return a, err
}

func intoApproval(a *Approval) []any {
	return []any{&a.DeliverableID, &a.VersionID, &a.ByID, &a.By, &a.Via, &a.EnteredBy, &a.Words, instant(&a.At), &a.Late, &a.SHA256, &a.Hash,
		instant(&a.ObjectBy), instant(&a.ObjectedAt), &a.Objection}
}

// LoadApproval gives the approval of a deliverable. Fault: not-found.
func LoadApproval(ctx context.Context, tx *db.Tx, deliverableID string) (Approval, error) {
	a, err := scanApproval(tx.QueryRow(ctx, `SELECT `+approvalColumns+` FROM approval a WHERE a.`+ofDeliverable, deliverableID))
	return a, db.One(err)
}

// ListApprovals gives a campaign's approvals, oldest first.
func ListApprovals(ctx context.Context, tx *db.Tx, campaignID string) ([]Approval, error) {
	rows, err := tx.Query(ctx, `SELECT `+approvalColumns+` FROM approval a WHERE a.campaign_id = $1 ORDER BY a.at, a.deliverable_id`, campaignID)
	return db.Collect(rows, err, func(r *sql.Rows) (Approval, error) { return scanApproval(r) })
}

func insertApproval(ctx context.Context, tx *db.Tx, campaignID string, a Approval) error {
	_, err := tx.Exec(ctx, `INSERT INTO approval (deliverable_id, draft_id, campaign_id, by_id, by_name, via, entered_by, words, at, late, sha256, hash, object_by, objection)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '')`,
		a.DeliverableID, a.VersionID, campaignID, a.ByID, a.By, a.Via, a.EnteredBy, a.Words, db.At(a.At), a.Late, a.SHA256, a.Hash, db.At(a.ObjectBy))
	return err
}

func saveObjection(ctx context.Context, tx *db.Tx, a Approval) error {
	return db.Changed(tx.Exec(ctx, `UPDATE approval SET objected_at = $2, objection = $3 WHERE `+ofDeliverable+` AND objected_at IS NULL`,
		a.DeliverableID, db.At(a.ObjectedAt), a.Objection))
}

// listShown gives the newest shown version of each of a campaign's deliverables.
func listShown(ctx context.Context, tx *db.Tx, campaignID string) (map[string]Version, error) {
	out := map[string]Version{}
	err := each(ctx, tx, `SELECT `+versionColumns+` FROM draft v WHERE v.campaign_id = $1 AND v.shown_at IS NOT NULL ORDER BY v.deliverable_id, v.major`, campaignID, func(r scanner) error {
		v, err := scanVersion(r)
		out[v.DeliverableID] = v
		return err
	})
	return out, err
}

// Problem is a frozen version that no longer is what was approved.
type Problem struct{ DeliverableID, VersionID, What string }

// CheckFrozen compares every approved version with its approval (I-12): what the
// row says now must give the hash that was frozen. The bytes themselves are
// compared with their name by the file store.
func CheckFrozen(ctx context.Context, tx *db.Tx) (out []Problem, err error) {
	rows, err := tx.Query(ctx, `SELECT `+approvalColumns+`, `+versionColumns+`, d.approved_id
		FROM approval a JOIN draft v ON v.id = a.draft_id JOIN deliverable d ON d.id = a.deliverable_id ORDER BY a.deliverable_id`)
	_, err = db.Collect(rows, err, func(r *sql.Rows) (struct{}, error) {
		var a Approval
		var v Version
		var approved string
		err := r.Scan(append(append(intoApproval(&a), intoVersion(&v)...), &approved)...)
		switch {
		case !a.Intact(v):
			out = append(out, Problem{a.DeliverableID, v.ID, "content"})
		case approved != v.ID:
			out = append(out, Problem{a.DeliverableID, v.ID, "pointer"})
		}
		return struct{}{}, err
	})
	return out, err
}
