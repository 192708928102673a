package app

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/demo"
	"kolega/internal/fault"
	"kolega/internal/privacy"
	"kolega/internal/worktime"
)

// keeps are the places that may name an erased person, each with its reason.
var keeps = map[string]string{
	"report.doc":                   "a report that was sent is the client's paper",
	"agreement.signed_by":          "who signed is what makes a contract one",
	"agreement_signer.signed_name": "who signed is what makes a contract one",
	"deck_version.doc":             "a version of a deck never changes, and is the client's paper once it was sent",
}

// TestPrivacy_AnErasedPersonIsNowhere erases everybody of the demo agency who ever took
// part in a campaign and looks for them in every text of the database and in the bytes
// of its files: a table that a new slice brings is seen here.
func TestPrivacy_AnErasedPersonIsNowhere(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	clock := demo.NewClock(worktime.System())
	h, err := OpenHall(ctx, &Common{Data: dir, Lang: "id"}, clock, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := db.Migrate(ctx, h.DB); err != nil {
		t.Fatal(err)
	}
	if _, err = demo.Play(ctx, demo.Hall{House: &h.House, Runner: h.Runner, Clock: clock}, demo.Options{}); err != nil {
		t.Fatal(err)
	}
	clock.LetGo()
	boss := access.Actor{Who: audit.Who{Kind: "staff", ID: "p1", Name: "Manager"}, Role: access.Manager, Lang: "id", Zone: "Asia/Jakarta"}

	talents := h.column(t, `SELECT DISTINCT talent_id FROM booking`)
	contacts := h.column(t, `SELECT id FROM contact WHERE id IN (SELECT decider_id FROM campaign) OR id IN (SELECT contact_id FROM pick)`)
	if len(talents) < 10 || len(contacts) < 3 {
		t.Fatal("the demo agency has too few people", len(talents), len(contacts))
	}
	first := privacy.Subject{Kind: privacy.Talent, ID: h.column(t, `SELECT talent_id FROM offer WHERE closed_at IS NULL`)[0]}
	if err := h.Privacy.Erase(ctx, boss, first, "x", "asked by mail"); fault.CodeOf(err) != privacy.ErrOpen.Code {
		t.Errorf("somebody with an open offer: %v, want privacy.open", err)
	}
	h.endEverything(t)
	before := h.problemsNow(t)
	var words [][2]string
	for kind, ids := range map[privacy.Kind][]string{privacy.Talent: talents, privacy.Contact: contacts} {
		for _, id := range ids {
			who := privacy.Subject{Kind: kind, ID: id}
			name := h.column(t, `SELECT name FROM `+string(kind)+` WHERE id = '`+id+`'`)[0]
			for _, w := range h.wordsOf(t, who) {
				words = append(words, [2]string{name, w})
			}
			if err := h.Privacy.Erase(ctx, boss, who, "somebody else", "asked by mail"); fault.CodeOf(err) != "" && fault.CodeOf(err) != privacy.ErrName.Code {
				t.Errorf("%s by a wrong name: %v", name, err)
			}
			if err := h.Privacy.Erase(ctx, boss, who, name, "asked by mail"); err != nil {
				t.Fatalf("erase %s: %v", name, err)
			}
			if err := h.Privacy.Erase(ctx, boss, who, name, "again"); fault.CodeOf(err) != privacy.ErrAbsent.Code {
				t.Errorf("erased twice: %v", err)
			}
		}
	}
	if err := h.Runner.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	h.searchTexts(t, words)
	searchFiles(t, dir, words)
	for _, p := range h.problemsNow(t) {
		if !strings.Contains(strings.Join(before, "\n"), p) {
			t.Error("erasing broke the books:", p)
		}
	}
}

// column gives the first column of a query, as text.
func (h *Hall) column(t *testing.T, text string) (out []string) {
	t.Helper()
	err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		rows, err := tx.Query(context.Background(), text)
		out, err = db.Collect(rows, err, func(r *sql.Rows) (v string, err error) { return v, r.Scan(&v) })
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatal(text, len(out), err)
	}
	return out
}

// endEverything closes what is under way, so that everybody may go.
func (h *Hall) endEverything(t *testing.T) {
	t.Helper()
	err := h.DB.Write(context.Background(), func(tx *db.Tx) error {
		for _, text := range []string{
			`UPDATE campaign SET closed_at = started_at WHERE closed_at IS NULL`,
			`UPDATE offer SET closed_at = sent_at WHERE closed_at IS NULL`,
			`UPDATE payout SET cancelled_at = made_at WHERE cancelled_at IS NULL`,
		} {
			if _, err := tx.Exec(context.Background(), text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *Hall) problemsNow(t *testing.T) (out []string) {
	t.Helper()
	for _, c := range h.checks() {
		err := h.DB.Read(context.Background(), func(tx *db.Tx) error {
			found, err := c.run(context.Background(), tx)
			for _, f := range found {
				out = append(out, c.name+": "+f)
			}
			return err
		})
		if err != nil {
			t.Fatal(c.name, err)
		}
	}
	return out
}

// wordsOf are the words of a person's copy that nobody else has.
func (h *Hall) wordsOf(t *testing.T, who privacy.Subject) (out []string) {
	t.Helper()
	boss := access.Actor{Who: audit.Who{Kind: "staff", ID: "p1", Name: "Manager"}, Role: access.Manager, Lang: "id", Zone: "Asia/Jakarta"}
	c, err := h.Privacy.Copy(context.Background(), boss, who)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(c)
	if err != nil || bytes.Contains(b, []byte("price_minor")) {
		t.Fatal("a copy holds a client's price", err)
	}
	for _, s := range c.Sections {
		for _, row := range s.Rows {
			for _, column := range []string{"name", "phone", "email", "handle", "number", "address", "identity_number", "tax_number", "account_name"} {
				v, _ := row[column].(string)
				if len(v) >= 8 && !slices.Contains(out, v) && !h.shared(t, v) {
					out = append(out, v)
				}
			}
		}
	}
	if len(out) == 0 {
		t.Fatal("nothing is known of", who)
	}
	return out
}

// shared says whether two talents have the same address or number, as those of one
// agency have.
func (h *Hall) shared(t *testing.T, word string) bool {
	t.Helper()
	quoted := strings.ReplaceAll(word, "'", "''")
	return h.column(t, `SELECT COUNT(*) FROM talent WHERE email = '`+quoted+`' OR phone = '`+quoted+`' OR manager_phone = '`+quoted+`'`)[0] > "1"
}

// searchTexts looks for words in every text of the database.
func (h *Hall) searchTexts(t *testing.T, words [][2]string) {
	t.Helper()
	for _, table := range h.column(t, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`) {
		for _, c := range h.column(t, `SELECT name FROM pragma_table_info('`+table+`')`) {
			if keeps[table+"."+c] != "" {
				continue
			}
			var texts []string
			err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
				rows, err := tx.Query(context.Background(), `SELECT DISTINCT CAST(`+c+` AS TEXT) FROM `+table+` WHERE typeof(`+c+`) = 'text' AND `+c+` <> ''`)
				texts, err = db.Collect(rows, err, func(r *sql.Rows) (v string, err error) { return v, r.Scan(&v) })
				return err
			})
			if err != nil {
				t.Fatal(table, c, err)
			}
			all := strings.ToLower(strings.Join(texts, "\n"))
			for _, w := range words {
				if i := strings.Index(all, strings.ToLower(w[1])); i >= 0 {
					t.Errorf("%s.%s still holds %q of %s: …%s…", table, c, w[1], w[0], all[max(0, i-40):min(len(all), i+60)])
				}
			}
		}
	}
}

// searchFiles looks for phone numbers and addresses in the bytes of the data folder.
func searchFiles(t *testing.T, dir string, words [][2]string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, w := range words {
			if strings.ContainsAny(w[1], "@+") && bytes.Contains(b, []byte(w[1])) {
				t.Errorf("%s still holds the bytes %q of %s", filepath.Base(path), w[1], w[0])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
