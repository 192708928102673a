package main

import (
	"database/sql"
	"fmt"
	"math/bits"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// apiToken opens the API as the manager.
const apiToken = "benchtoken"

// personID names row i as the product does: ids in the order of the rows.
func personID(kind string, no int) string { return fmt.Sprintf("01%s%023d", kind, no) }

// talentHouse makes a data folder with n talents, or finds the one of an earlier run.
func (b *bench) talentHouse(n int) (string, error) {
	dir := filepath.Join(b.data(), fmt.Sprintf("w1-%d", n))
	if _, err := os.Stat(filepath.Join(dir, "ready")); err == nil {
		return dir, nil
	}
	if out, err := exec.Command(filepath.Join(b.bin, "kolega"), "migrate", "--data", dir).CombinedOutput(); err != nil {
		return "", fmt.Errorf("migrate: %w: %s", err, out)
	}
	if err := seedTalents(filepath.Join(dir, "kolega.db"), time.Now().UTC().Truncate(time.Second), n); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "ready"), nil, 0o600)
}

// data is where the tables of W1 are: kept between runs in the folder of -data.
func (b *bench) data() string {
	if b.tables != "" {
		return b.tables
	}
	return b.dir
}

func seedTalents(path string, now time.Time, n int) error {
	d, err := sql.Open(driver, dsn(path))
	if err != nil {
		return err
	}
	defer d.Close()
	d.SetMaxOpenConns(1)
	tx, err := d.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing after a commit
	s := &seeder{tx: tx, tables: map[string]*columns{}, now: now}
	if err := s.people(); err != nil {
		return err
	}
	if err := s.put("api_token", row{"hash": hashed(apiToken), "id": id("tok", 77), "person_id": id("per", 0), "name": "w1", "made_at": now}); err != nil {
		return err
	}
	for i := range n {
		if err := s.person(personAt(i)); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`UPDATE talent_sequence SET seq = ?`, n/1000+1); err != nil {
		return err
	}
	return tx.Commit()
}

// person is one talent with an account and a price; a thousand share a change.
func (s *seeder) person(p person) error {
	t := personID("t", p.no)
	var cats []string
	for c := p.cats; c != 0; c &= c - 1 {
		cats = append(cats, `"`+categories[bits.TrailingZeros32(c)]+`"`)
	}
	for _, r := range []struct {
		table string
		row   row
	}{
		{"talent", row{"id": t, "name": p.name, "name_key": strings.ToLower(p.name), "kind": "creator", "country": countries[p.country], "city": regions[p.region], "zone": "Asia/Jakarta", "lang": "id",
			"languages": `["` + languages[p.lang] + `"]`, "currency": "IDR", "tax_kind": "individual", "status": "free", "tags": "[]", "categories": "[" + strings.Join(cats, ",") + "]",
			"phone": p.phone, "bio": p.bio, "made_at": s.now, "changed_at": s.now, "seq": p.no/1000 + 1}},
		{"talent_account", row{"id": personID("a", p.no), "talent_id": t, "platform": platforms[p.platform], "handle": p.handle, "account_key": p.handle, "followers": p.followers, "er_bp": p.er,
			"er_base": "followers", "er_on": "2026-11-01", "followers_on": "2026-11-01", "avg_views": -1, "avg_likes": -1, "avg_comments": -1, "avg_shares": -1, "avg_engagements": -1, "made_at": s.now, "changed_at": s.now}},
		{"talent_rate", row{"id": personID("r", p.no), "talent_id": t, "platform": platforms[p.platform], "format": "post", "amount_minor": p.rate * 1000, "amount_currency": "IDR"}},
	} {
		if err := s.put(r.table, r.row); err != nil {
			return err
		}
	}
	return nil
}
