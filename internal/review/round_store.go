package review

import (
	"context"
	"database/sql"

	"kolega/internal/db"
)

const roundColumns = `r.id, r.deliverable_id, r.draft_id, r.origin, r.number, r.small_fix, r.sent_at, r.sent_by_id, r.sent_by, r.via, r.late,
	r.ruled_at, r.sent_on_at, r.sent_on_by_id, r.sent_on_by, r.passed`

func scanRound(r scanner) (x Round, err error) {
	err = r.Scan(&x.ID, &x.DeliverableID, &x.VersionID, &x.Origin, &x.Number, &x.SmallFix, instant(&x.SentAt), &x.SentByID, &x.SentBy, &x.Via, &x.Late,
		instant(&x.RuledAt), instant(&x.SentOnAt), &x.SentOnByID, &x.SentOnBy, &x.Passed)
	return x, err
}

// LoadRound gives one round. Fault: not-found.
func LoadRound(ctx context.Context, tx *db.Tx, id string) (Round, error) {
	x, err := scanRound(tx.QueryRow(ctx, `SELECT `+roundColumns+` FROM review_round r WHERE r.id = $1`, id))
	return x, db.One(err)
}

// ListRounds gives the rounds of a deliverable, oldest first, with Counted computed.
func ListRounds(ctx context.Context, tx *db.Tx, deliverableID string) ([]Round, error) {
	rows, err := tx.Query(ctx, `SELECT `+roundColumns+` FROM review_round r WHERE r.`+ofDeliverable+` ORDER BY r.sent_at, r.number`, deliverableID)
	rounds, err := db.Collect(rows, err, func(r *sql.Rows) (Round, error) { return scanRound(r) })
	if err != nil {
		return nil, err
	}
	items, err := ListItems(ctx, tx, deliverableID)
	if err != nil {
		return nil, err
	}
	for n := range rounds {
		rounds[n].Counted = CountedRound(ItemsOf(items, rounds[n].ID))
	}
	return rounds, nil
}

// insertRound keeps a round under the next number of its origin.
func insertRound(ctx context.Context, tx *db.Tx, campaignID string, x Round) (int64, error) {
	err := tx.QueryRow(ctx, `SELECT COUNT(*) + 1 FROM review_round WHERE campaign_id = $1 AND deliverable_id = $2 AND origin = $3`, campaignID, x.DeliverableID, x.Origin).Scan(&x.Number)
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec(ctx, `INSERT INTO review_round (id, deliverable_id, draft_id, campaign_id, origin, number, small_fix, sent_at, sent_by_id, sent_by, via, late,
			ruled_at, sent_on_at, sent_on_by_id, sent_on_by, passed, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)`,
		x.ID, x.DeliverableID, x.VersionID, campaignID, x.Origin, x.Number, x.SmallFix, db.At(x.SentAt), x.SentByID, x.SentBy, x.Via, x.Late,
		db.At(x.RuledAt), db.At(x.SentOnAt), x.SentOnByID, x.SentOnBy, x.Passed)
	return x.Number, err
}

// saveRuled keeps since when the last item of a round is ruled; NULL while one is not.
func saveRuled(ctx context.Context, tx *db.Tx, roundID string) error {
	_, err := tx.Exec(ctx, `UPDATE review_round SET version = version + 1, ruled_at = (SELECT CASE WHEN COUNT(*) = COUNT(i.ruled_at) THEN MAX(i.ruled_at) END
		FROM review_item i WHERE i.round_id = $1) WHERE id = $1 AND sent_on_at IS NULL`, roundID)
	return err
}

// saveSentOn marks a round as passed on, once.
func saveSentOn(ctx context.Context, tx *db.Tx, x Round) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE review_round SET sent_on_at = $2, sent_on_by_id = $3, sent_on_by = $4, passed = $5, version = version + 1
		WHERE id = $1 AND sent_on_at IS NULL`, x.ID, db.At(x.SentOnAt), x.SentOnByID, x.SentOnBy, x.Passed)
	return n == 1, err
}

// addPassed counts an item that went on after its round did.
func addPassed(ctx context.Context, tx *db.Tx, roundID string, n int64) error {
	_, err := tx.Exec(ctx, `UPDATE review_round SET passed = passed + $2, version = version + 1 WHERE id = $1`, roundID, n)
	return err
}

const itemColumns = `i.id, i.deliverable_id, i.draft_id, COALESCE(i.round_id, ''), i.number, i.author_id, i.author, i.body, i.for_talent, i.at_ms, i.until_ms,
	i.drawing, i.claimed_point_id, i.class, i.point_id, i.because, i.ruled_by_id, i.ruled_by, i.ruled_at, i.goodwill_by, i.goodwill_reason,
	i.usual_minor, i.usual_currency, COALESCE(i.change_id, ''), i.sent_on_at, i.closed_at, i.outcome, i.outcome_reason, i.outcome_at,
	i.contested_at, i.contest_text, i.decided_at, i.decision, i.decided_by, i.decided_for, i.made_at, i.version`

func scanItem(r scanner) (i Item, err error) {
	err = r.Scan(&i.ID, &i.DeliverableID, &i.VersionID, &i.RoundID, &i.Number, &i.AuthorID, &i.Author, &i.Text, &i.ForTalent, &i.AtMS, &i.UntilMS,
		&i.Drawing, &i.ClaimedPointID, &i.Class, &i.PointID, &i.Because, &i.RuledByID, &i.RuledBy, instant(&i.RuledAt), &i.GoodwillBy, &i.GoodwillReason,
		&i.UsualPrice.Minor, &i.UsualPrice.Currency, &i.ChangeID, instant(&i.SentOnAt), instant(&i.ClosedAt), &i.Outcome, &i.OutcomeReason, instant(&i.OutcomeAt),
		instant(&i.ContestedAt), &i.ContestText, instant(&i.ContestDecidedAt), &i.ContestDecision, &i.ContestDecidedBy, &i.ContestDecidedFor, instant(&i.CreatedAt), &i.Revision)
	return i, err
}

// LoadItem gives one item. Fault: not-found.
func LoadItem(ctx context.Context, tx *db.Tx, id string) (Item, error) {
	i, err := scanItem(tx.QueryRow(ctx, `SELECT `+itemColumns+` FROM review_item i WHERE i.id = $1`, id))
	return i, db.One(err)
}

// ListItems gives all items of a deliverable, proposed ones too, in their order.
func ListItems(ctx context.Context, tx *db.Tx, deliverableID string) ([]Item, error) {
	rows, err := tx.Query(ctx, `SELECT `+itemColumns+` FROM review_item i WHERE i.`+ofDeliverable+` ORDER BY i.made_at, i.number, i.id`, deliverableID)
	return db.Collect(rows, err, func(r *sql.Rows) (Item, error) { return scanItem(r) })
}

// ListRoundItems gives the items of one round by number.
func ListRoundItems(ctx context.Context, tx *db.Tx, roundID string) ([]Item, error) {
	rows, err := tx.Query(ctx, `SELECT `+itemColumns+` FROM review_item i WHERE i.round_id = $1 ORDER BY i.number, i.id`, roundID)
	return db.Collect(rows, err, func(r *sql.Rows) (Item, error) { return scanItem(r) })
}

// ItemsOf picks the items of one round.
func ItemsOf(items []Item, roundID string) (out []Item) {
	for _, i := range items {
		if i.RoundID == roundID {
			out = append(out, i)
		}
	}
	return out
}

func nullID(id string) any {
	if id == "" {
		return nil
	}
	return id
}

func insertItem(ctx context.Context, tx *db.Tx, campaignID string, i Item) error {
	_, err := tx.Exec(ctx, `INSERT INTO review_item (id, deliverable_id, draft_id, campaign_id, round_id, number, author_id, author, body, for_talent,
			at_ms, until_ms, drawing, claimed_point_id, class, point_id, because, ruled_by_id, ruled_by, ruled_at, goodwill_by, goodwill_reason,
			usual_minor, usual_currency, sent_on_at, outcome, outcome_reason, contest_text, decision, decided_by, decided_for, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, '', '', 0, '', $21, '', '', '', '', '', '', $22, 1)`,
		i.ID, i.DeliverableID, i.VersionID, campaignID, nullID(i.RoundID), i.Number, i.AuthorID, i.Author, i.Text, i.ForTalent,
		i.AtMS, i.UntilMS, i.Drawing, i.ClaimedPointID, i.Class, i.PointID, i.Because, i.RuledByID, i.RuledBy, db.At(i.RuledAt), db.At(i.SentOnAt), db.At(i.CreatedAt))
	return err
}

// saveItem writes what was ruled, given, contested and done about an item; what
// its author wrote stays. Fault: conflict.changed.
func saveItem(ctx context.Context, tx *db.Tx, i Item) error {
	return db.Changed(tx.Exec(ctx, `UPDATE review_item SET round_id = $2, number = $3, for_talent = $4, class = $5, point_id = $6, because = $7,
			ruled_by_id = $8, ruled_by = $9, ruled_at = $10, goodwill_by = $11, goodwill_reason = $12, usual_minor = $13, usual_currency = $14,
			change_id = $15, sent_on_at = $16, closed_at = $17, outcome = $18, outcome_reason = $19, outcome_at = $20,
			contested_at = $21, contest_text = $22, decided_at = $23, decision = $24, decided_by = $25, decided_for = $26, version = version + 1
		WHERE id = $1 AND version = $27`,
		i.ID, nullID(i.RoundID), i.Number, i.ForTalent, i.Class, i.PointID, i.Because,
		i.RuledByID, i.RuledBy, db.At(i.RuledAt), i.GoodwillBy, i.GoodwillReason, i.UsualPrice.Minor, i.UsualPrice.Currency,
		nullID(i.ChangeID), db.At(i.SentOnAt), db.At(i.ClosedAt), i.Outcome, i.OutcomeReason, db.At(i.OutcomeAt),
		db.At(i.ContestedAt), i.ContestText, db.At(i.ContestDecidedAt), i.ContestDecision, i.ContestDecidedBy, i.ContestDecidedFor, i.Revision))
}

// removeProposed takes back an item that was only proposed.
func removeProposed(ctx context.Context, tx *db.Tx, id string) (bool, error) {
	n, err := tx.Exec(ctx, `DELETE FROM review_item WHERE id = $1 AND round_id IS NULL`, id)
	return n == 1, err
}

// ItemAnswer is what somebody said became of an item.
type ItemAnswer struct {
	ID, ItemID, VersionID string
	ByKind, ByID, By      string // talent or staff
	Outcome               Outcome
	Cause                 string // not_understood | not_done | done_wrong, with still_open
	Reason                string
}

func insertItemAnswer(ctx context.Context, tx *db.Tx, a ItemAnswer) error {
	_, err := tx.Exec(ctx, `INSERT INTO item_answer (id, item_id, draft_id, by_kind, by_id, by_name, outcome, cause, reason, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.NewID(), a.ItemID, nullID(a.VersionID), a.ByKind, a.ByID, a.By, a.Outcome, a.Cause, a.Reason, db.At(tx.Now()))
	return err
}
