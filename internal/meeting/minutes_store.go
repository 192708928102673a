package meeting

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/money"
)

const lineColumns = `id, meeting_id, campaign_id, position, kind, internal, text, effect, point_id, point_kind, wording, slot_id, which, on_day, fee_minor, fee_currency,
	doer_who, doer_id, doer, due_at, due_zone, due_entered, task_id, replaces, replaced_by, report_id, made_at, by_name, version`

func scanLine(r row) (l Line, err error) {
	var due, made db.Time
	var minor int64
	var cur string
	err = r.Scan(&l.ID, &l.MeetingID, &l.CampaignID, &l.Position, &l.Kind, &l.Internal, &l.Text, &l.Effect, &l.PointID, &l.PointKind, &l.Wording, &l.SlotID, &l.Which, &l.On, &minor, &cur,
		&l.DoerWho, &l.DoerID, &l.Doer, &due, &l.Due.Zone, &l.Due.Entered, &l.TaskID, &l.Replaces, &l.ReplacedBy, &l.ReportID, &made, &l.By, &l.Version)
	l.Due.At, l.MadeAt, l.Fee = due.Time, made.Time, money.New(minor, money.Currency(cur))
	return l, err
}

// ListLines gives a meeting's minutes, in the order in which they were typed.
func ListLines(ctx context.Context, tx *db.Tx, meetingID string) ([]Line, error) {
	return linesWhere(ctx, tx, `meeting_id = $1`, meetingID)
}

func linesOfReport(ctx context.Context, tx *db.Tx, reportID string) ([]Line, error) {
	return linesWhere(ctx, tx, `report_id = $1`, reportID)
}

func linesWhere(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Line, error) {
	rows, err := tx.Query(ctx, `SELECT `+lineColumns+` FROM minute_line WHERE `+where+` ORDER BY position, id`, args...)
	return db.Collect(rows, err, func(r *sql.Rows) (Line, error) { return scanLine(r) })
}

func loadLine(ctx context.Context, tx *db.Tx, meetingID, id string) (Line, error) {
	l, err := scanLine(tx.QueryRow(ctx, `SELECT `+lineColumns+` FROM minute_line WHERE meeting_id = $1 AND id = $2`, meetingID, id))
	return l, db.One(err)
}

func insertLine(ctx context.Context, tx *db.Tx, l Line) error {
	_, err := tx.Exec(ctx, `INSERT INTO minute_line (`+lineColumns+`) VALUES ($1, $2, $3, (SELECT COALESCE(MAX(position), 0) + 1 FROM minute_line WHERE meeting_id = $2), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
		$14, $15, $16, $17, $18, $19, $20, $21, $22, $23, '', '', $24, $25, 1)`,
		l.ID, l.MeetingID, l.CampaignID, string(l.Kind), l.Internal, l.Text, string(l.Effect), l.PointID, string(l.PointKind), l.Wording, l.SlotID, l.Which, string(l.On), l.Fee.Minor, string(l.Fee.Currency),
		string(l.DoerWho), l.DoerID, l.Doer, db.At(l.Due.At), l.Due.Zone, l.Due.Entered, l.TaskID, l.Replaces, db.At(l.MadeAt), l.By)
	return err
}

func saveLine(ctx context.Context, tx *db.Tx, l Line) error {
	return db.Changed(tx.Exec(ctx, `UPDATE minute_line SET kind = $3, internal = $4, text = $5, effect = $6, point_id = $7, point_kind = $8, wording = $9, slot_id = $10, which = $11, on_day = $12,
		fee_minor = $13, fee_currency = $14, replaces = $15, replaced_by = $16, report_id = $17, version = version + 1 WHERE id = $1 AND version = $2`,
		l.ID, l.Version, string(l.Kind), l.Internal, l.Text, string(l.Effect), l.PointID, string(l.PointKind), l.Wording, l.SlotID, l.Which, string(l.On),
		l.Fee.Minor, string(l.Fee.Currency), l.Replaces, l.ReplacedBy, l.ReportID))
}

func deleteLine(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM minute_line WHERE id = $1 AND report_id = ''`, id)
	return err
}

const reportColumns = `id, meeting_id, campaign_id, client_id, number, sent_at, sent_by, sent_by_id, silence, withdraw_at, settled_at, settled_via, proposal_id, brief, version`

func scanReport(r row) (c Report, err error) {
	var sent, withdraw, settled db.Time
	err = r.Scan(&c.ID, &c.MeetingID, &c.CampaignID, &c.ClientID, &c.Number, &sent, &c.SentBy, &c.SentByID, &c.Silence, &withdraw, &settled, &c.SettledVia, &c.ProposalID, &c.Brief, &c.Version)
	c.SentAt, c.WithdrawAt, c.SettledAt = sent.Time, withdraw.Time, settled.Time
	return c, err
}

// LoadReport gives a contact report with its lines, receivers and objections.
func LoadReport(ctx context.Context, tx *db.Tx, id string) (Report, error) {
	c, err := scanReport(tx.QueryRow(ctx, `SELECT `+reportColumns+` FROM contact_report WHERE id = $1`, id))
	if err != nil {
		return c, db.One(err)
	}
	return c, fillReport(ctx, tx, &c)
}

func reportsWhere(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Report, error) {
	rows, err := tx.Query(ctx, `SELECT `+reportColumns+` FROM contact_report WHERE `+where+` ORDER BY sent_at, id`, args...)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (Report, error) { return scanReport(r) })
	for i := range list {
		if err == nil {
			err = fillReport(ctx, tx, &list[i])
		}
	}
	return list, err
}

// ReportsOf gives a campaign's contact reports, the oldest first.
func ReportsOf(ctx context.Context, tx *db.Tx, campaignID string) ([]Report, error) {
	return reportsWhere(ctx, tx, `campaign_id = $1`, campaignID)
}

func fillReport(ctx context.Context, tx *db.Tx, c *Report) (err error) {
	if c.Lines, err = linesOfReport(ctx, tx, c.ID); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `SELECT contact_id, name, lang, zone, sent_at, due_at, accepted_at FROM contact_report_receiver WHERE report_id = $1 ORDER BY name, contact_id`, c.ID)
	if c.Receivers, err = db.Collect(rows, err, func(r *sql.Rows) (x Receiver, err error) {
		var sent, due, accepted db.Time
		err = r.Scan(&x.ContactID, &x.Name, &x.Lang, &x.Zone, &sent, &due, &accepted)
		x.SentAt, x.DueAt, x.AcceptedAt = sent.Time, due.Time, accepted.Time
		return x, err
	}); err != nil {
		return err
	}
	rows, err = tx.Query(ctx, `SELECT line_id, contact_id, name, words, at, late FROM contact_report_objection WHERE report_id = $1 ORDER BY at, id`, c.ID)
	c.Objections, err = db.Collect(rows, err, func(r *sql.Rows) (o Objection, err error) {
		var at db.Time
		err = r.Scan(&o.LineID, &o.ContactID, &o.Name, &o.Words, &at, &o.Late)
		o.At = at.Time
		return o, err
	})
	return err
}

func insertReport(ctx context.Context, tx *db.Tx, c Report) error {
	if _, err := tx.Exec(ctx, `INSERT INTO contact_report (`+reportColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, NULL, '', $10, 0, 1)`,
		c.ID, c.MeetingID, c.CampaignID, c.ClientID, c.Number, db.At(c.SentAt), c.SentBy, c.SentByID, c.Silence, c.ProposalID); err != nil {
		return err
	}
	for _, x := range c.Receivers {
		if _, err := tx.Exec(ctx, `INSERT INTO contact_report_receiver (report_id, contact_id, name, lang, zone) VALUES ($1, $2, $3, $4, $5)`, c.ID, x.ContactID, x.Name, x.Lang, x.Zone); err != nil {
			return err
		}
	}
	return nil
}

func saveReport(ctx context.Context, tx *db.Tx, c Report) error {
	return db.Changed(tx.Exec(ctx, `UPDATE contact_report SET withdraw_at = $3, settled_at = $4, settled_via = $5, brief = $6, version = version + 1 WHERE id = $1 AND version = $2`,
		c.ID, c.Version, db.At(c.WithdrawAt), db.At(c.SettledAt), c.SettledVia, c.Brief))
}

func saveReceiver(ctx context.Context, tx *db.Tx, reportID string, x Receiver) error {
	return db.Changed(tx.Exec(ctx, `UPDATE contact_report_receiver SET sent_at = $3, due_at = $4, accepted_at = $5 WHERE report_id = $1 AND contact_id = $2`,
		reportID, x.ContactID, db.At(x.SentAt), db.At(x.DueAt), db.At(x.AcceptedAt)))
}

func insertObjection(ctx context.Context, tx *db.Tx, reportID string, o Objection) error {
	_, err := tx.Exec(ctx, `INSERT INTO contact_report_objection (id, report_id, line_id, contact_id, name, words, at, late) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.NewID(), reportID, o.LineID, o.ContactID, o.Name, o.Words, db.At(o.At), o.Late)
	return err
}
