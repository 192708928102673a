package talent

import (
	"context"
	"database/sql"

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

// sift fills the sieves from what is on record, unless the base is so much larger
// than the file that asking for each row is less work.
func (im *importer) sift(ctx context.Context, fileBytes int64) (err error) {
	rows := fileBytes/rowBytes + 1
	return im.service.db.Read(ctx, func(tx *db.Tx) error {
		var talents int64
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM talent`).Scan(&talents); err != nil {
			return err
		}
		if im.base, err = Sequence(ctx, tx); err != nil {
			return err
		}
		im.people, im.past = newSieve(4*(talents+rows)), newSieve(2*talents)
		if talents > 2*rows {
			im.people, im.past = &sieve{all: true}, &sieve{all: true}
			return nil
		}
		if err := im.people.fill(ctx, tx, -1); err != nil {
			return err
		}
		found, err := tx.Query(ctx, `SELECT hash FROM talent_import_row`)
		_, err = db.Collect(found, err, func(r *sql.Rows) (none struct{}, err error) {
			var hash string
			err = r.Scan(&hash)
			im.past.put(sieveRow, "", hash)
			return none, err
		})
		return err
	})
}

// rowBytes is about what a row of a file takes.
const rowBytes = 100

// fill learns of everybody who changed after a number of the change sequence.
func (s *sieve) fill(ctx context.Context, tx *db.Tx, after int64) error {
	rows, err := tx.Query(ctx, `SELECT phone, email FROM talent WHERE seq > $1`, after)
	_, err = db.Collect(rows, err, func(r *sql.Rows) (none struct{}, err error) {
		var phone, email string
		err = r.Scan(&phone, &email)
		s.put(sievePhone, "", phone)
		s.put(sieveEmail, "", email)
		return none, err
	})
	if err != nil {
		return err
	}
	rows, err = tx.Query(ctx, `SELECT a.platform, a.account_key, a.platform_id FROM talent_account a JOIN talent t ON t.id = a.talent_id WHERE t.seq > $1`, after)
	_, err = db.Collect(rows, err, func(r *sql.Rows) (none struct{}, err error) {
		var platform, key, id string
		err = r.Scan(&platform, &key, &id)
		s.put(sieveAccount, platform, key)
		s.put(sieveID, platform, id)
		return none, err
	})
	return err
}

// catchUp learns of what others changed since the last change of this import.
func (im *importer) catchUp(ctx context.Context, tx *db.Tx) error {
	now, err := Sequence(ctx, tx)
	if err != nil || now == im.base || im.people.all {
		return err
	}
	err = im.people.fill(ctx, tx, im.base)
	im.base = now
	return err
}

// before marks the rows of a part that an earlier import took in.
func (s *Service) before(ctx context.Context, p *part, past *sieve) error {
	var ask []string
	texts := make([]string, len(p.hashes))
	for i, h := range p.hashes {
		if texts[i] = h.text(); past.may(sieveRow, "", texts[i]) {
			ask = append(ask, texts[i])
		}
	}
	if len(ask) == 0 {
		return nil
	}
	return s.db.Read(ctx, func(tx *db.Tx) error {
		found, err := loadHashes(ctx, tx, ask)
		for i, h := range texts {
			p.before[i] = found[h]
		}
		return err
	})
}

// known gives what the database holds of the rows of a part.
func (w *writer) known(ctx context.Context, p *part) (*known, error) {
	var maybe []*Reading
	for i := range p.readings {
		if !p.before[i] && !w.taken[p.hashes[i]] && w.people.mayKnow(&p.readings[i]) {
			maybe = append(maybe, &p.readings[i])
		}
	}
	return loadKnown(ctx, w.tx, maybe)
}

// loadKnown gives what the database holds of readings: their accounts, and whoever
// has their phone numbers and e-mail addresses.
func loadKnown(ctx context.Context, tx *db.Tx, readings []*Reading) (*known, error) {
	k := newKnown()
	var phones, emails []string
	keys, ids := map[Platform][]string{}, map[Platform][]string{}
	for _, r := range readings {
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

// empty says whether a part has nothing to keep.
func (c changes) empty() bool { return len(c.hashes) == 0 }

// save writes what a part has changed.
func (w *writer) save(ctx context.Context, c changes) (err error) {
	w.saved = true
	if w.importer.id == "" {
		w.importer.id = w.tx.NewID()
	}
	if len(c.touched) > 0 {
		if w.seq == 0 {
			if w.seq, err = ownSeq(ctx, w.tx); err != nil {
				return err
			}
		}
		if err := c.saveTalents(ctx, w.tx, w.seq); err != nil {
			return err
		}
	}
	if err := c.saveFigures(ctx, w.tx); err != nil {
		return err
	}
	hashes := make([][]any, len(c.hashes))
	for i, h := range c.hashes {
		hashes[i] = []any{h.hash.text(), h.talentID, w.importer.id}
	}
	return insertMany(ctx, w.tx, `INSERT INTO talent_import_row (hash, talent_id, import_id)`, ` ON CONFLICT DO NOTHING`, hashes)
}

func (c changes) saveFigures(ctx context.Context, tx *db.Tx) error {
	accounts := make([][]any, len(c.newAccounts))
	for i, a := range c.newAccounts {
		accounts[i] = append(accountValues(*a), db.At(a.CreatedAt), int64(1))
	}
	if err := insertMany(ctx, tx, insertAccountInto, "", accounts); err != nil {
		return err
	}
	for _, a := range c.oldAccounts {
		if a.Version == 0 {
			continue // made in this part: inserted above as it stands now
		}
		if err := saveAccount(ctx, tx, *a); err != nil {
			return err
		}
	}
	last := map[[4]string]int{} // a line that several rows of the part set: the last one counts
	for i, r := range c.rates {
		last[[4]string{r.TalentID, string(r.Platform), string(r.Format), string(r.ValidFrom)}] = i
	}
	rates := make([][]any, 0, len(last))
	for i, r := range c.rates {
		if last[[4]string{r.TalentID, string(r.Platform), string(r.Format), string(r.ValidFrom)}] == i {
			rates = append(rates, rateValues(r))
		}
	}
	return insertMany(ctx, tx, putRateInto, putRateOver, rates)
}

func (c changes) saveTalents(ctx context.Context, tx *db.Tx, seq int64) error {
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
