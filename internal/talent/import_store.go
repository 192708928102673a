package talent

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"kolega/internal/db"
)

// loadHashes gives which of the hashes were taken in before.
func loadHashes(ctx context.Context, tx *db.Tx, hashes []string) (map[string]bool, error) {
	out := make(map[string]bool, len(hashes))
	err := inParts(hashes, func(list string, args []any) error {
		rows, err := tx.Query(ctx, `SELECT hash FROM talent_import_row WHERE hash IN (`+list+`)`, args...)
		found, err := db.Collect(rows, err, func(r *sql.Rows) (h string, err error) { return h, r.Scan(&h) })
		for _, h := range found {
			out[h] = true
		}
		return err
	})
	return out, err
}

// loadKnown gives what the database holds of the rows of a batch.
func loadKnown(ctx context.Context, tx *db.Tx, batch []Reading) (*known, error) {
	k := newKnown()
	var hashes, phones, emails []string
	keys, ids := map[Platform][]string{}, map[Platform][]string{}
	for _, r := range batch {
		hashes = append(hashes, r.Hash())
		if r.Talent.Phone != "" {
			phones = append(phones, r.Talent.Phone)
		}
		if r.Talent.Email != "" {
			emails = append(emails, r.Talent.Email)
		}
		for _, a := range r.Accounts {
			keys[a.Platform] = append(keys[a.Platform], a.Key)
			if a.PlatformID != "" {
				ids[a.Platform] = append(ids[a.Platform], a.PlatformID)
			}
		}
	}
	var err error
	if k.rows, err = loadHashes(ctx, tx, hashes); err != nil {
		return nil, err
	}
	owners := map[string]bool{}
	for _, q := range []struct {
		column string
		values map[Platform][]string
	}{{"account_key", keys}, {"platform_id", ids}} {
		for p, list := range q.values {
			if err := k.loadAccounts(ctx, tx, p, q.column, list, owners); err != nil {
				return nil, err
			}
		}
	}
	if err := loadOwners(ctx, tx, "phone", phones, owners); err != nil {
		return nil, err
	}
	if err := loadOwners(ctx, tx, "email", emails, owners); err != nil {
		return nil, err
	}
	return k, k.loadTalents(ctx, tx, owners)
}

func (k *known) loadAccounts(ctx context.Context, tx *db.Tx, p Platform, column string, values []string, owners map[string]bool) error {
	return inParts(values, func(list string, args []any) error {
		rows, err := tx.Query(ctx, `SELECT `+accountColumns+` FROM talent_account WHERE platform = '`+string(p)+`' AND `+column+` IN (`+list+`)`, args...)
		found, err := db.Collect(rows, err, func(r *sql.Rows) (Account, error) { return scanAccount(r) })
		for _, a := range found {
			if k.accounts[accountKey(a.Platform, a.Key)] == nil {
				k.addAccount(&a)
			}
			owners[a.TalentID] = true
		}
		return err
	})
}

func loadOwners(ctx context.Context, tx *db.Tx, column string, values []string, owners map[string]bool) error {
	return inParts(values, func(list string, args []any) error {
		rows, err := tx.Query(ctx, `SELECT id FROM talent WHERE `+column+` <> '' AND `+column+` IN (`+list+`)`, args...)
		found, err := db.Collect(rows, err, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) })
		for _, id := range found {
			owners[id] = true
		}
		return err
	})
}

func (k *known) loadTalents(ctx context.Context, tx *db.Tx, owners map[string]bool) error {
	ids := make([]string, 0, len(owners))
	for id := range owners {
		ids = append(ids, id)
	}
	talents, err := LoadTalents(ctx, tx, ids)
	if err != nil {
		return err
	}
	for _, t := range talents {
		k.addTalent(&t)
	}
	k.rates, err = LoadRates(ctx, tx, ids)
	return err
}

// empty says whether a batch has nothing to keep.
func (c changes) empty() bool { return len(c.hashes) == 0 }

// save writes what a batch has changed.
func (c changes) save(ctx context.Context, tx *db.Tx) error {
	if len(c.touched) > 0 {
		if err := c.saveTalents(ctx, tx); err != nil {
			return err
		}
	}
	accounts := make([][]any, len(c.newAccounts))
	for i, a := range c.newAccounts {
		accounts[i] = append(accountValues(*a), db.At(a.CreatedAt), int64(1))
	}
	if err := insertMany(ctx, tx, insertAccountInto, "", accounts); err != nil {
		return err
	}
	for _, a := range c.oldAccounts {
		if a.Version == 0 {
			continue // made in this batch: inserted above as it stands now
		}
		if err := saveAccount(ctx, tx, *a); err != nil {
			return err
		}
	}
	for _, r := range c.rates {
		if err := putRate(ctx, tx, r); err != nil {
			return err
		}
	}
	hashes := make([][]any, len(c.hashes))
	for i, h := range c.hashes {
		hashes[i] = []any{h[0], h[1]}
	}
	return insertMany(ctx, tx, `INSERT INTO talent_import_row (hash, talent_id)`, ` ON CONFLICT DO NOTHING`, hashes)
}

// insertMany writes rows of equal width, several a statement while they are narrow:
// SQLite looks each placeholder up by its name, so wide statements cost the square.
func insertMany(ctx context.Context, tx *db.Tx, into, after string, rows [][]any) error {
	const placeholders = 60
	for len(rows) > 0 {
		n := min(len(rows), max(1, placeholders/len(rows[0])))
		var args []any
		var b strings.Builder
		b.WriteString(into + " VALUES ")
		for i, row := range rows[:n] {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteByte('(')
			for j := range row {
				if j > 0 {
					b.WriteString(", ")
				}
				b.WriteString("$" + strconv.Itoa(len(args)+j+1))
			}
			b.WriteByte(')')
			args = append(args, row...)
		}
		if _, err := tx.Exec(ctx, b.String()+after, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

func (c changes) saveTalents(ctx context.Context, tx *db.Tx) error {
	seq, err := nextSeq(ctx, tx)
	if err != nil {
		return err
	}
	done := map[string]bool{}
	talents := make([][]any, len(c.newTalents))
	for i, t := range c.newTalents {
		talents[i] = append(talentValues(*t, seq), db.At(t.CreatedAt), int64(1))
		done[t.ID] = true
	}
	if err := insertMany(ctx, tx, insertTalentInto, "", talents); err != nil {
		return err
	}
	for _, t := range c.oldTalents {
		if done[t.ID] {
			continue
		}
		if err := saveTalent(ctx, tx, *t, seq); err != nil {
			return err
		}
		done[t.ID] = true
	}
	for id := range c.touched {
		if done[id] {
			continue
		}
		if _, err := tx.Exec(ctx, `UPDATE talent SET seq = $2 WHERE id = $1`, id, seq); err != nil {
			return err
		}
	}
	return nil
}
