package talent

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/privacy"
)

const ofAccount = `account_id IN (SELECT id FROM talent_account WHERE talent_id = $1)`

// merged are the ids that were merged into the talent.
const merged = `SELECT talent_id FROM talent_merge WHERE into_id = $1`

// Personal is what the talent base keeps about a talent. The rows of an import keep their
// hashes, so that an old file does not bring the person back; consent stays as the proof
// that there was one.
var Personal = privacy.Part{
	Tables: []privacy.Table{
		{Name: "talent", Whose: `id = $1`, Words: []string{"name", "phone", "email"},
			Near: []string{"guardian_name", "guardian_phone", "manager_name", "manager_phone", "born_on", "bio", "note", "status_reason"},
			Show: []string{"id", "name", "kind", "country", "city", "zone", "lang", "languages", "currency", "tax_kind", "tags", "categories", "born_on",
				"guardian_name", "guardian_phone", "manager_name", "manager_phone", "phone", "email", "bio", "made_at", "changed_at"}},
		{Name: "talent_account", Alone: []string{"handle", "platform_id"}, Near: []string{"account_key"}, Clear: []string{"source"},
			Show: []string{"platform", "handle", "followers", "followers_on", "er_bp", "er_on", "avg_views", "audience_country", "source"}},
		{Name: "talent_rate", Show: []string{"platform", "format", "amount_minor", "amount_currency", "valid_from", "valid_to", "source"}, Drop: true},
		{Name: "talent_route", Show: []string{"method", "bank", "bank_country", "account_name", "currency", "changed_at", "confirmed_at", "confirmed_via"}, Words: []string{"account_name"},
			Sealed: []privacy.Sealed{{Column: "number_sealed", As: "number", Bound: func(id string) string { return sealed("route", id) }}}, Drop: true},
		{Name: "talent_identity", Show: []string{"changed_at"}, Drop: true, Sealed: []privacy.Sealed{
			{Column: "tax_sealed", As: "tax_number", Bound: func(id string) string { return sealed("tax", id) }},
			{Column: "identity_sealed", As: "identity_number", Bound: func(id string) string { return sealed("identity", id) }}}},
		{Name: "talent_absence", Show: []string{"from_on", "to_on", "reason"}, Drop: true},
		{Name: "talent_fact", Show: []string{"kind", "met", "late_minutes", "title", "at", "due_at", "excused", "contested_at", "contest_text", "settled_at", "decision"},
			Clear: []string{"contest_text"}, Blot: []string{"title"}},
		{Name: "talent_figure", Whose: ofAccount, Show: []string{"on_day", "source", "followers", "er_bp", "avg_views", "avg_likes", "avg_comments", "avg_shares"}, Drop: true},
		{Name: "talent_audience", Whose: ofAccount, Show: []string{"kind", "value", "share_bp", "on_day", "source"}, Drop: true},
		{Name: "talent_contract", Show: []string{"holder_name", "territory", "categories", "from_on", "to_on", "notice_on", "share_bp"}, Clear: []string{"note"}},
		{Name: "talent_right", Show: []string{"holder_name", "title", "channels", "territory", "from_on", "to_on", "paid"}, Clear: []string{"note", "code_sealed", "code_end"}, Blot: []string{"title"}},
		{Name: "talent_rival", Show: []string{"brand", "seen_on", "link"}, Drop: true},
		{Name: "talent_consent", Show: []string{"given_at", "how", "withdrawn_at"}, Blot: []string{"how"}},
		{Name: "talent_sheet", Show: []string{"lang", "made_at", "until_at", "withdrawn_at"}, Drop: true},
		{Name: "talent_import", Whose: `done_at IS NOT NULL AND id IN (SELECT import_id FROM talent_import_row WHERE talent_id = $1)`, Files: []string{"sha256"}, Blot: []string{"report"}},
		{Name: "talent_import_part", Whose: `import_id IN (SELECT import_id FROM talent_import_row WHERE talent_id = $1)`, Blot: []string{"rows_doc"}},
		{Name: "talent_view", Whose: privacy.Anybody, Blot: []string{"query", "name"}},
	},
	Erased: erased,
}

// erased leaves of a talent, and of the records merged into it, an alias with the status
// StatusErased, so that nothing finds or books them and the index forgets them.
func erased(ctx context.Context, tx *db.Tx, id, alias string) ([]string, error) {
	rows, err := tx.Query(ctx, `SELECT id FROM talent WHERE id = $1 OR id IN (`+merged+`)`, id)
	ids, err := db.Collect(rows, err, func(r *sql.Rows) (one string, err error) { return one, r.Scan(&one) })
	if err != nil {
		return nil, err
	}
	seq, err := nextSeq(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, one := range ids {
		t, err := LoadTalent(ctx, tx, one)
		if err != nil {
			return nil, err
		}
		t = emptied(t)
		t.Name, t.Status, t.UpdatedAt = alias, StatusErased, tx.Now()
		if err := saveTalent(ctx, tx, t, seq); err != nil {
			return nil, err
		}
	}
	if _, err := tx.Exec(ctx, `DELETE FROM talent_merge WHERE into_id = $1`, id); err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `UPDATE talent_account SET handle = '', account_key = id, platform_id = '', changed_at = $2, version = version + 1 WHERE talent_id = $1`, id, db.At(tx.Now()))
	return nil, err
}
