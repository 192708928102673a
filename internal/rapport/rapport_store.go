package rapport

import (
	"context"
	"database/sql"

	"kolega/internal/db"
	"kolega/internal/worktime"
)

type scanner interface{ Scan(...any) error }

func listChoices(ctx context.Context, tx *db.Tx, contact string) ([]Choice, error) {
	rows, err := tx.Query(ctx, `SELECT contact_id, country, occasion FROM greeting_choice WHERE contact_id = $1 OR $1 = '' ORDER BY contact_id, country, occasion`, contact)
	return db.Collect(rows, err, func(r *sql.Rows) (c Choice, err error) { return c, r.Scan(&c.ContactID, &c.Country, &c.Occasion) })
}

func dropChoices(ctx context.Context, tx *db.Tx, contact string) error {
	_, err := tx.Exec(ctx, `DELETE FROM greeting_choice WHERE contact_id = $1`, contact)
	return err
}

func insertChoice(ctx context.Context, tx *db.Tx, c Choice, by string) error {
	_, err := tx.Exec(ctx, `INSERT INTO greeting_choice (contact_id, country, occasion, chosen_at, chosen_by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (contact_id, country, occasion) DO NOTHING`,
		c.ContactID, c.Country, c.Occasion, db.At(tx.Now()), by)
	return err
}

const greetingColumns = `id, contact_id, client_id, country, occasion, year, on_day, doer_id, lang, text, asked, made_at, out_id, batch_id, sent_at, sent_by, ended_at, result, result_at`

// insertGreeting keeps a greeting; false when the contact has one for the occasion and year.
func insertGreeting(ctx context.Context, tx *db.Tx, g Greeting) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO greeting (`+greetingColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', '', NULL, '', NULL, '', NULL)
		ON CONFLICT (contact_id, country, occasion, year) DO NOTHING`,
		g.ID, g.ContactID, g.ClientID, g.Country, g.Occasion, g.Year, string(g.On), g.DoerID, g.Lang, g.Text, g.Asked, db.At(g.MadeAt))
	return n > 0, err
}

func saveGreeting(ctx context.Context, tx *db.Tx, g Greeting) error {
	return db.Changed(tx.Exec(ctx, `UPDATE greeting SET on_day = $2, text = $3, asked = $4, out_id = $5, batch_id = $6, sent_at = $7, sent_by = $8, ended_at = $9, result = $10, result_at = $11 WHERE id = $1`,
		g.ID, string(g.On), g.Text, g.Asked, g.OutID, g.BatchID, db.At(g.SentAt), g.SentBy, db.At(g.EndedAt), g.Result, db.At(g.ResultAt)))
}

func scanGreeting(r scanner) (g Greeting, err error) {
	var on string
	var made, sent, ended, result db.Time
	err = r.Scan(&g.ID, &g.ContactID, &g.ClientID, &g.Country, &g.Occasion, &g.Year, &on, &g.DoerID, &g.Lang, &g.Text, &g.Asked, &made, &g.OutID, &g.BatchID, &sent, &g.SentBy, &ended, &g.Result, &result)
	g.On, g.MadeAt, g.SentAt, g.EndedAt, g.ResultAt = worktime.Date(on), made.Time, sent.Time, ended.Time, result.Time
	return g, err
}

func loadGreeting(ctx context.Context, tx *db.Tx, id string) (Greeting, error) {
	g, err := scanGreeting(tx.QueryRow(ctx, `SELECT `+greetingColumns+` FROM greeting WHERE id = $1`, id))
	return g, db.One(err)
}

func greetingsWhere(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Greeting, error) {
	rows, err := tx.Query(ctx, `SELECT `+greetingColumns+` FROM greeting WHERE `+where+` ORDER BY on_day, occasion, client_id, id LIMIT 500`, args...)
	return db.Collect(rows, err, func(r *sql.Rows) (Greeting, error) { return scanGreeting(r) })
}

// openGreetings are those that wait to be sent.
func openGreetings(ctx context.Context, tx *db.Tx) ([]Greeting, error) {
	return greetingsWhere(ctx, tx, `sent_at IS NULL AND ended_at IS NULL`)
}

const promptColumns = `id, kind, client_id, contact_id, talent_id, campaign_id, doer_id, why, made_at, ended_at, outcome, out_id, ended_by, result, result_at`

// insertPrompt keeps a prompt; false when there was one for the pair.
func insertPrompt(ctx context.Context, tx *db.Tx, p Prompt) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO prompt (`+promptColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, '', '', '', '', NULL) ON CONFLICT (kind, client_id, talent_id, campaign_id) DO NOTHING`,
		p.ID, p.Kind, p.ClientID, p.ContactID, p.TalentID, p.CampaignID, p.DoerID, p.Why, db.At(p.MadeAt))
	return n > 0, err
}

func savePrompt(ctx context.Context, tx *db.Tx, p Prompt) error {
	return db.Changed(tx.Exec(ctx, `UPDATE prompt SET ended_at = $2, outcome = $3, out_id = $4, ended_by = $5, result = $6, result_at = $7 WHERE id = $1`,
		p.ID, db.At(p.EndedAt), p.Outcome, p.OutID, p.EndedBy, p.Result, db.At(p.ResultAt)))
}

func scanPrompt(r scanner) (p Prompt, err error) {
	var made, ended, result db.Time
	err = r.Scan(&p.ID, &p.Kind, &p.ClientID, &p.ContactID, &p.TalentID, &p.CampaignID, &p.DoerID, &p.Why, &made, &ended, &p.Outcome, &p.OutID, &p.EndedBy, &p.Result, &result)
	p.MadeAt, p.EndedAt, p.ResultAt = made.Time, ended.Time, result.Time
	return p, err
}

func loadPrompt(ctx context.Context, tx *db.Tx, id string) (Prompt, error) {
	p, err := scanPrompt(tx.QueryRow(ctx, `SELECT `+promptColumns+` FROM prompt WHERE id = $1`, id))
	return p, db.One(err)
}

func promptsWhere(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Prompt, error) {
	rows, err := tx.Query(ctx, `SELECT `+promptColumns+` FROM prompt WHERE `+where+` ORDER BY made_at DESC, id LIMIT 200`, args...)
	return db.Collect(rows, err, func(r *sql.Rows) (Prompt, error) { return scanPrompt(r) })
}

// lastTalentPrompt is when a client was last prompted with a talent; zero for never.
func lastTalentPrompt(ctx context.Context, tx *db.Tx, client string) (at db.Time, err error) {
	err = tx.QueryRow(ctx, `SELECT MAX(made_at) FROM prompt WHERE client_id = $1 AND kind = $2`, client, KindTalent).Scan(&at)
	return at, err
}
