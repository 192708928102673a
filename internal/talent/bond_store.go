package talent

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

const contractColumns = `id, talent_id, holder, holder_name, client_id, booking_id, territory, categories, from_on, to_on, notice_on, share_bp, note, made_at, version`

func scanContract(r scanner) (x Exclusivity, err error) {
	var territory, categories db.JSON[[]string]
	var made db.Time
	err = r.Scan(&x.ID, &x.TalentID, &x.Holder, &x.HolderName, &x.ClientID, &x.BookingID, &territory, &categories, &x.From, &x.To, &x.NoticeOn, &x.ShareBp, &x.Note, &made, &x.Version)
	x.Territory, x.Categories, x.CreatedAt = territory.V, categories.V, made.Time
	return x, err
}

func contractRow(r *sql.Rows) (Exclusivity, error) { return scanContract(r) }

// ListContracts gives a talent's exclusivities, the newest first.
func ListContracts(ctx context.Context, tx *db.Tx, talentID string) ([]Exclusivity, error) {
	rows, err := tx.Query(ctx, `SELECT `+contractColumns+` FROM talent_contract WHERE talent_id = $1 ORDER BY from_on DESC, id DESC`, talentID)
	return db.Collect(rows, err, contractRow)
}

// ContractsEnding gives the exclusivities whose end or last day of notice lies from
// one day to another, by that day.
func ContractsEnding(ctx context.Context, tx *db.Tx, from, to worktime.Date) ([]Exclusivity, error) {
	rows, err := tx.Query(ctx, `SELECT `+contractColumns+` FROM talent_contract
		WHERE to_on BETWEEN $1 AND $2 OR notice_on BETWEEN $1 AND $2 ORDER BY to_on, id`, from, to)
	return db.Collect(rows, err, contractRow)
}

func loadContract(ctx context.Context, tx *db.Tx, talentID, id string) (Exclusivity, error) {
	x, err := scanContract(tx.QueryRow(ctx, `SELECT `+contractColumns+` FROM talent_contract WHERE id = $1 AND talent_id = $2`, id, talentID))
	return x, db.One(err)
}

func insertContract(ctx context.Context, tx *db.Tx, x Exclusivity) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_contract (`+contractColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)`,
		x.ID, x.TalentID, x.Holder, x.HolderName, x.ClientID, x.BookingID, db.JSON[[]string]{V: x.Territory}, db.JSON[[]string]{V: x.Categories},
		x.From, x.To, x.NoticeOn, x.ShareBp, x.Note, db.At(x.CreatedAt))
	return err
}

func endContract(ctx context.Context, tx *db.Tx, x Exclusivity) error {
	return db.Changed(tx.Exec(ctx, `UPDATE talent_contract SET to_on = $3, note = $4, version = version + 1 WHERE id = $1 AND version = $2`, x.ID, x.Version, x.To, x.Note))
}

// ExclusiveOn says whether the agency's own contract with a talent covers a day (A36).
func ExclusiveOn(ctx context.Context, tx *db.Tx, talentID string, day worktime.Date) (bool, error) {
	var n int64
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM talent_contract WHERE talent_id = $1 AND holder = $2 AND from_on <= $3 AND to_on >= $3`, talentID, HolderAgency, day).Scan(&n)
	return n > 0, err
}

const rightColumns = `id, talent_id, client_id, campaign_id, booking_id, deliverable_id, holder_name, title, category, channels, territory,
	from_on, to_on, paid, code_kind, code_sealed, code_end, code_until, note, made_at, version`

func scanRight(r scanner) (u UsageRight, err error) {
	var channels, territory db.JSON[[]string]
	var made db.Time
	err = r.Scan(&u.ID, &u.TalentID, &u.ClientID, &u.CampaignID, &u.BookingID, &u.DeliverableID, &u.HolderName, &u.Title, &u.Category, &channels, &territory,
		&u.From, &u.To, &u.Paid, &u.CodeKind, &u.CodeSealed, &u.CodeEnd, &u.CodeUntil, &u.Note, &made, &u.Version)
	u.Channels, u.Territory, u.CreatedAt = channels.V, territory.V, made.Time
	return u, err
}

func rightRow(r *sql.Rows) (UsageRight, error) { return scanRight(r) }

// ListRights gives the usage rights in a talent's content, the latest end first.
func ListRights(ctx context.Context, tx *db.Tx, talentID string) ([]UsageRight, error) {
	rows, err := tx.Query(ctx, `SELECT `+rightColumns+` FROM talent_right WHERE talent_id = $1 ORDER BY CASE WHEN to_on = '' THEN 0 ELSE 1 END, to_on DESC, id`, talentID)
	return db.Collect(rows, err, rightRow)
}

// RightsOf gives the usage rights that a campaign brought.
func RightsOf(ctx context.Context, tx *db.Tx, campaignID string) ([]UsageRight, error) {
	rows, err := tx.Query(ctx, `SELECT `+rightColumns+` FROM talent_right WHERE campaign_id = $1 ORDER BY to_on, id`, campaignID)
	return db.Collect(rows, err, rightRow)
}

// RightsEnding gives the rights that end, or whose code does, from one day to
// another, by that day (B9).
func RightsEnding(ctx context.Context, tx *db.Tx, from, to worktime.Date) ([]UsageRight, error) {
	rows, err := tx.Query(ctx, `SELECT `+rightColumns+` FROM talent_right WHERE to_on BETWEEN $1 AND $2 OR code_until BETWEEN $1 AND $2 ORDER BY to_on, id`, from, to)
	return db.Collect(rows, err, rightRow)
}

// LoadRight gives a right, NotFound if the talent has none with the id.
func LoadRight(ctx context.Context, tx *db.Tx, talentID, id string) (UsageRight, error) {
	u, err := scanRight(tx.QueryRow(ctx, `SELECT `+rightColumns+` FROM talent_right WHERE id = $1 AND talent_id = $2`, id, talentID))
	return u, db.One(err)
}

func insertRight(ctx context.Context, tx *db.Tx, u UsageRight) error {
	_, err := tx.Exec(ctx, `INSERT INTO talent_right (`+rightColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 1)
		ON CONFLICT DO NOTHING`,
		u.ID, u.TalentID, u.ClientID, u.CampaignID, u.BookingID, u.DeliverableID, u.HolderName, u.Title, u.Category, db.JSON[[]string]{V: u.Channels}, db.JSON[[]string]{V: u.Territory},
		u.From, u.To, u.Paid, u.CodeKind, u.CodeSealed, u.CodeEnd, u.CodeUntil, u.Note, db.At(u.CreatedAt))
	return err
}

func saveRight(ctx context.Context, tx *db.Tx, u UsageRight) error {
	return db.Changed(tx.Exec(ctx, `UPDATE talent_right SET to_on = $3, paid = $4, code_kind = $5, code_sealed = $6, code_end = $7, code_until = $8, note = $9,
		version = version + 1 WHERE id = $1 AND version = $2`, u.ID, u.Version, u.To, u.Paid, u.CodeKind, u.CodeSealed, u.CodeEnd, u.CodeUntil, u.Note))
}

const rivalColumns = `id, talent_id, brand, category, seen_on, link, note, made_at, version`

func scanRival(r *sql.Rows) (x RivalSeen, err error) {
	var made db.Time
	err = r.Scan(&x.ID, &x.TalentID, &x.Brand, &x.Category, &x.SeenOn, &x.Link, &x.Note, &made, &x.Version)
	x.CreatedAt = made.Time
	return x, err
}

// ListRivals gives where a talent was seen with a rival, the newest first (A12).
func ListRivals(ctx context.Context, tx *db.Tx, talentID string) ([]RivalSeen, error) {
	rows, err := tx.Query(ctx, `SELECT `+rivalColumns+` FROM talent_rival WHERE talent_id = $1 ORDER BY seen_on DESC, id DESC`, talentID)
	return db.Collect(rows, err, scanRival)
}

// RecordRival keeps that a talent was seen with a brand: a step of SeeRival, and of
// whoever watches rivals. The same link of one talent is refused: talent.rival-same.
func RecordRival(ctx context.Context, tx *db.Tx, x RivalSeen) error {
	n, err := tx.Exec(ctx, `INSERT INTO talent_rival (id, talent_id, brand, brand_key, category, seen_on, link, note, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) ON CONFLICT DO NOTHING`,
		x.ID, x.TalentID, x.Brand, foldKey(x.Brand), x.Category, x.SeenOn, x.Link, x.Note, db.At(tx.Now()))
	if err == nil && n == 0 {
		return FaultRivalSame
	}
	return err
}

// LoadBonds gives what stands against bookings of several talents around a day, by
// talent id: contracts and rights that end on it or later, and rivals seen within
// RivalDays before it. Clashes judges them.
func LoadBonds(ctx context.Context, tx *db.Tx, talentIDs []string, on worktime.Date) (map[string]Bonds, error) {
	out := make(map[string]Bonds, len(talentIDs))
	err := inParts(talentIDs, func(list string, args []any) error {
		return loadBonds(ctx, tx, list, args, on, out)
	})
	return out, err
}

func loadBonds(ctx context.Context, tx *db.Tx, list string, ids []any, on worktime.Date, out map[string]Bonds) error {
	day := placeholder(len(ids) + 1)
	rows, err := tx.Query(ctx, `SELECT `+contractColumns+` FROM talent_contract WHERE talent_id IN (`+list+`) AND to_on >= `+day+` ORDER BY from_on, id`, append(ids[:len(ids):len(ids)], on)...)
	contracts, err := db.Collect(rows, err, contractRow)
	if err != nil {
		return err
	}
	rows, err = tx.Query(ctx, `SELECT `+rightColumns+` FROM talent_right WHERE talent_id IN (`+list+`) AND (to_on = '' OR to_on >= `+day+`) ORDER BY from_on, id`, append(ids[:len(ids):len(ids)], on)...)
	rights, err := db.Collect(rows, err, rightRow)
	if err != nil {
		return err
	}
	rows, err = tx.Query(ctx, `SELECT `+rivalColumns+` FROM talent_rival WHERE talent_id IN (`+list+`) AND seen_on >= `+day+` ORDER BY seen_on, id`, append(ids[:len(ids):len(ids)], on.AddDays(-RivalDays))...)
	seen, err := db.Collect(rows, err, scanRival)
	if err != nil {
		return err
	}
	for _, x := range contracts {
		b := out[x.TalentID]
		b.Contracts = append(b.Contracts, x)
		out[x.TalentID] = b
	}
	for _, u := range rights {
		b := out[u.TalentID]
		b.Rights = append(b.Rights, u)
		out[u.TalentID] = b
	}
	for _, r := range seen {
		b := out[r.TalentID]
		b.Seen = append(b.Seen, r)
		out[r.TalentID] = b
	}
	return nil
}

// Locked gives the talents who are bound to somebody by a contract within a span.
func Locked(ctx context.Context, tx *db.Tx, from, to worktime.Date) ([]string, error) {
	rows, err := tx.Query(ctx, `SELECT DISTINCT talent_id FROM talent_contract WHERE holder <> $1 AND from_on <= $2 AND to_on >= $3 ORDER BY talent_id`, HolderAgency, to, from)
	return db.Collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
}
