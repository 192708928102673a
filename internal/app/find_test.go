package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/find"
	"kolega/internal/testkit"
)

// staffOf is somebody of the demo agency by role.
func staffOf(t testing.TB, h *Hall, role access.Role) access.Actor {
	t.Helper()
	var out access.Actor
	err := h.DB.Read(context.Background(), func(tx *db.Tx) error {
		people, err := access.ListPeople(context.Background(), tx)
		for _, p := range people {
			if p.Role == role && out.ID == "" {
				out = access.Actor{Who: audit.Who{Kind: "staff", ID: p.ID, Name: p.Name, Via: "web"}, Role: p.Role, Lang: "en", Zone: "Asia/Jakarta"}
			}
		}
		return err
	})
	if err != nil || out.ID == "" {
		t.Fatal("nobody is", role, err)
	}
	return out
}

func TestSearch_FindsEachKindAndOnlyWhatTheReaderMaySee(t *testing.T) {
	h, ctx := theHall(t), context.Background()
	lines := map[find.Kind]find.Line{}
	manager := staffOf(t, h, access.Manager)
	err := h.DB.Read(ctx, func(tx *db.Tx) error {
		for kind, query := range map[find.Kind]string{
			find.Campaign: `SELECT id, name FROM campaign ORDER BY id LIMIT 1`, find.Client: `SELECT id, name FROM client ORDER BY id LIMIT 1`, find.Brand: `SELECT id, name FROM brand ORDER BY id LIMIT 1`,
			find.Contact: `SELECT id, phone FROM contact WHERE phone <> '' ORDER BY id LIMIT 1`, find.Talent: `SELECT talent_id, handle FROM talent_account WHERE handle <> '' ORDER BY id LIMIT 1`,
			find.Invoice: `SELECT id, number FROM invoice WHERE number IS NOT NULL ORDER BY id LIMIT 1`, find.Agreement: `SELECT id, number FROM agreement WHERE number IS NOT NULL ORDER BY id LIMIT 1`,
			find.Post: `SELECT id, url FROM post WHERE withdrawn_at IS NULL ORDER BY id LIMIT 1`, find.Opportunity: `SELECT id, title FROM opportunity ORDER BY id LIMIT 1`, find.Task: `SELECT id, title FROM task ORDER BY id LIMIT 1`,
		} {
			l := find.Line{Kind: kind}
			if err := tx.QueryRow(ctx, query).Scan(&l.ID, &l.Title); err != nil {
				t.Fatal(kind, err)
			}
			lines[kind] = l
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range access.StaffRoles {
		actor := staffOf(t, h, role)
		for _, kind := range find.Kinds() {
			found, err := h.Find.Search(ctx, actor, lines[kind].Title, find.MostEach)
			if err != nil {
				t.Fatal(role, kind, err)
			}
			verb := map[find.Kind]access.Verb{find.Talent: "match.search", find.Campaign: "campaign.see", find.Opportunity: "opportunity.see", find.Agreement: "agreement.see",
				find.Invoice: "invoice.see", find.Post: "post.see", find.Task: "task.lead"}[kind]
			if verb == "" {
				verb = "client.see"
			}
			has := false
			for _, l := range found {
				has = has || l.Kind == kind && l.ID == lines[kind].ID
			}
			switch may := actor.Can(verb); {
			case has && !may && kind != find.Task: // a task is found by whoever does or gave it too
				t.Errorf("%s finds %s %q, whose right %s it has not", role, kind, lines[kind].Title, verb)
			case !has && may:
				t.Errorf("%s does not find %s %q", role, kind, lines[kind].Title)
			}
		}
	}
	t.Run("a talent's or client's link searches nothing", func(t *testing.T) {
		for _, kind := range []string{"talent", "client"} {
			out := access.Actor{Who: audit.Who{Kind: kind}, Role: access.Role(kind)}
			if found, err := h.Find.Search(ctx, out, "wardah", 6); err == nil || found != nil {
				t.Errorf("%s: %v %v", kind, found, err)
			}
		}
	})
	t.Run("the palette and the page without scripts find an invoice by its number", func(t *testing.T) {
		door := h.Doors()[2]
		q := url.QueryEscape(lines[find.Invoice].Title)
		for _, path := range []string{"/search?palette=1&q=" + q, "/search?q=" + q} {
			w := answer(h.as(door, manager), http.MethodGet, path)
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"/invoices/`+lines[find.Invoice].ID+`"`) {
				t.Errorf("%s: %d, the invoice is not there", path, w.Code)
			}
		}
	})
}

func TestSearch_OnBothDatabases(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		f := find.New(d)
		f.Know(findable...)
		testkit.Booked(t, d, "{}")
		actor := access.Actor{Who: audit.Who{Kind: "staff", ID: "x"}, Role: access.Manager}
		found, err := f.Search(context.Background(), actor, "melati glow", 50)
		if err != nil || len(found) != 4 || found[0].Kind != find.Client || found[0].ID != "cl" { // client, brand, campaign by its brand, contact by its client
			t.Fatal(found, err)
		}
	})
}

// BenchmarkSearch searches an agency with a hundred times the demo's things; a page has 80 ms.
func BenchmarkSearch(b *testing.B) {
	h, err := playHall()
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	ctx := b.Context()
	if err := h.DB.Write(ctx, func(tx *db.Tx) error { return hundredfold(ctx, tx) }); err != nil {
		b.Fatal(err)
	}
	manager := staffOf(b, h, access.Manager)
	for b.Loop() {
		if found, err := h.Find.Search(ctx, manager, "wardah 77", 6); err != nil || len(found) == 0 {
			b.Fatal(found, err)
		}
	}
}

// copied are the tables that hundredfold copies, with the columns that must differ.
var copied = []struct {
	table  string
	differ map[string]string
}{
	{"client", map[string]string{"id": "id || $1", "fold": "fold || $1", "name": "name || $1"}},
	{"brand", map[string]string{"id": "id || $1", "fold": "fold || $1", "name": "name || $1"}},
	{"contact", map[string]string{"id": "id || $1", "name": "name || $1"}},
	{"campaign", map[string]string{"id": "id || $1", "name": "name || $1"}},
	{"agreement", map[string]string{"id": "id || $1", "number": "number || $1", "campaign_id": "NULL"}},
	{"invoice", map[string]string{"id": "id || $1", "number": "number || $1", "issued_at": "NULL"}},
	{"deliverable", map[string]string{"id": "id || $1", "number": "number + 100 * CAST(TRIM($1) AS INTEGER)"}},
	{"post", map[string]string{"id": "id || $1", "url": "url || $1", "platform_id": "platform_id || $1", "deliverable_id": "deliverable_id || $1"}},
	{"task", map[string]string{"id": "id || $1", "title": "title || $1", "origin": "CASE WHEN origin = '' THEN '' ELSE origin || $1 END"}},
	{"opportunity", map[string]string{"id": "id || $1", "title": "title || $1"}},
	{"talent", map[string]string{"id": "id || $1", "name": "name || $1"}},
}

func columnsOf(ctx context.Context, tx *db.Tx, table string) ([]string, error) {
	rows, err := tx.Query(ctx, `SELECT * FROM `+table+` LIMIT 0`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	return columns, errors.Join(err, rows.Err())
}

func hundredfold(ctx context.Context, tx *db.Tx) error {
	for _, c := range copied {
		columns, err := columnsOf(ctx, tx, c.table)
		if err != nil {
			return err
		}
		values := make([]string, len(columns))
		for i, name := range columns {
			if values[i] = name; c.differ[name] != "" {
				values[i] = c.differ[name]
			}
		}
		for k := range 99 {
			if _, err := tx.Exec(ctx, `INSERT INTO `+c.table+` (`+strings.Join(columns, ", ")+`) SELECT `+strings.Join(values, ", ")+` FROM `+c.table+` WHERE LENGTH(id) <= 26`, fmt.Sprintf(" %02d", k+1)); err != nil {
				return fmt.Errorf("%s: %w", c.table, err)
			}
		}
	}
	return nil
}
