package app

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/demo"
	"kolega/internal/web"
	"kolega/internal/web/api"
	"kolega/internal/worktime"
)

// played is a house in which the demo agency lives, made once for all tests here.
var played = sync.OnceValues(playHall)

// playHall plays the demo agency into a house of its own.
func playHall() (*Hall, error) {
	dir, err := tempDir()
	if err != nil {
		return nil, err
	}
	clock := demo.NewClock(worktime.System())
	log := slog.New(slog.DiscardHandler)
	h, err := OpenHall(context.Background(), &Common{Data: dir, Lang: "en"}, clock, log)
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(context.Background(), h.DB); err != nil {
		return nil, err
	}
	_, err = demo.Play(context.Background(), demo.Hall{House: &h.House, Runner: h.Runner, Clock: clock}, demo.Options{})
	clock.LetGo()
	return h, err
}

func theHall(t *testing.T) *Hall {
	t.Helper()
	h, err := played()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// absent is an id of the right form that nothing has.
const absent = "00000000000000000000000000"

// as mounts one door for one actor and answers requests.
func (h *Hall) as(d web.Door, a access.Actor) http.Handler {
	d.Recognise = func(http.ResponseWriter, *http.Request) (access.Actor, error) {
		if a.Kind == "" {
			return a, access.ErrUnauthenticated
		}
		return a, nil
	}
	mux := http.NewServeMux()
	h.Plumbing.Mount(mux, d)
	return h.Plumbing.Wrap(mux)
}

func answer(handler http.Handler, method, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(""))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

var place = regexp.MustCompile(`\{[a-z_]+\}`)

// fill puts ids into the places of a pattern, the link's secret apart.
func fill(pattern, id string) string {
	return place.ReplaceAllStringFunc(strings.Replace(pattern, "{$}", "", 1), func(p string) string {
		if p == "{token}" {
			return "secret"
		}
		return id
	})
}

// staff is somebody of the demo agency with the role.
func (h *Hall) staff(t *testing.T, role access.Role) access.Actor {
	t.Helper()
	people, err := h.Access.People(context.Background(), access.System())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if p.Role == role {
			return p.Actor("web")
		}
	}
	t.Fatalf("the demo has no %s", role)
	return access.Actor{}
}

func (h *Hall) door(t *testing.T, name string) web.Door {
	t.Helper()
	for _, d := range h.Doors() {
		if d.Name == name {
			return d
		}
	}
	t.Fatalf("no door %s", name)
	return web.Door{}
}

// narrowed are routes whose use case asks for more than the route, by what is sent:
// to contest a cause is the account's right, to rule is management's.
var narrowed = map[string]bool{"/campaigns/{id}/results/ruling": true}

// TestMatrix_EveryRouteAsEveryRole walks the desk's table: nobody is sent to sign in,
// a role without the right is refused, and no role gets a failure of the program from
// ids that are not there.
func TestMatrix_EveryRouteAsEveryRole(t *testing.T) {
	h := theHall(t)
	d := h.door(t, "desk")
	for _, role := range append([]access.Role{""}, access.StaffRoles...) {
		actor := access.Actor{}
		if role != "" {
			actor = h.staff(t, role)
		}
		handler := h.as(d, actor)
		for _, rt := range d.Routes {
			w := answer(handler, rt.Method, fill(d.Prefix+rt.Pattern, absent))
			where := fmt.Sprintf("%s %s as %q: %d", rt.Method, rt.Pattern, role, w.Code)
			switch {
			case role == "" && w.Code != http.StatusSeeOther && w.Code != http.StatusUnauthorized:
				t.Error(where + ", want the sign-in page")
			case role != "" && rt.Verb != "" && !access.Allowed(role, rt.Verb) && w.Code != http.StatusForbidden:
				t.Error(where + ", want 403")
			case role != "" && access.Allowed(role, rt.Verb) && w.Code == http.StatusForbidden && !narrowed[rt.Pattern]:
				t.Error(where + ", though the table allows it")
			case w.Code >= 500:
				t.Error(where)
			}
		}
	}
}

// TestMatrix_EachRouteNamesItsRight: a route without a right is one that everybody may
// open, and the table says which.
func TestMatrix_EachRouteNamesItsRight(t *testing.T) {
	h := theHall(t)
	known := map[access.Verb]bool{}
	for _, v := range access.Verbs() {
		known[v] = true
	}
	for _, d := range h.Doors() {
		for _, rt := range d.Routes {
			if d.Name != "public" && !known[rt.Verb] {
				t.Errorf("%s %s%s: right %q is not in the table", rt.Method, d.Prefix, rt.Pattern, rt.Verb)
			}
		}
	}
}

// outsiders gives the room of a campaign that has one, and of another campaign.
func outsiders(t *testing.T, h *Hall, party access.Role) (own access.Actor) {
	t.Helper()
	links, err := h.Access.Links(context.Background(), access.System(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range links {
		if l.Party == party {
			return l.Actor()
		}
	}
	t.Fatalf("the demo has no link of a %s", party)
	return own
}

// foreign gathers ids of things that are not the actor's: of every table whose rows
// belong to a campaign, those of other campaigns, and for a talent those of other talents.
func foreign(t *testing.T, h *Hall, a access.Actor) (ids []string) {
	t.Helper()
	tables, err := db.TablesWith("campaign_id")
	if err != nil {
		t.Fatal(err)
	}
	err = h.DB.Read(context.Background(), func(tx *db.Tx) error {
		for _, name := range tables {
			where := "campaign_id <> $1"
			if name == "talent_fact" { // a talent's record is the talent's, whatever campaign a fact comes from (R13)
				where += " AND talent_id <> '" + a.TalentID + "'"
			}
			rows, err := tx.Query(context.Background(), "SELECT id FROM "+name+" WHERE "+where+" ORDER BY id LIMIT 3", a.CampaignID)
			got, err := db.Collect(rows, err, func(r *sql.Rows) (s string, err error) { return s, r.Scan(&s) })
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			ids = append(ids, got...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) < 20 {
		t.Fatalf("only %d foreign ids: the demo is too small for this test", len(ids))
	}
	return ids
}

// TestMatrix_ForeignAndAbsentAreOneAnswer: for a client and a talent, what is not theirs
// looks byte for byte like what is not there.
func TestMatrix_ForeignAndAbsentAreOneAnswer(t *testing.T) {
	h := theHall(t)
	for _, party := range []access.Role{access.Client, access.Talent} {
		a := outsiders(t, h, party)
		d := h.door(t, string(party))
		handler := h.as(d, a)
		ids := foreign(t, h, a)
		for _, rt := range d.Routes {
			if !strings.Contains(rt.Pattern, "{") {
				continue
			}
			want := answer(handler, rt.Method, fill(d.Prefix+rt.Pattern, absent))
			if want.Code < 400 || want.Code >= 500 {
				t.Errorf("%s %s with an absent id: %d", rt.Method, rt.Pattern, want.Code)
			}
			for _, id := range ids {
				got := answer(handler, rt.Method, fill(d.Prefix+rt.Pattern, id))
				if got.Code != want.Code || !bytes.Equal(plainBody(got, id), plainBody(want, absent)) {
					t.Errorf("%s %s as %s: foreign %s answers %d, absent %d", rt.Method, rt.Pattern, party, id, got.Code, want.Code)
					break
				}
			}
		}
	}
}

// plainBody is an answer's body without the id that was asked for and without form keys.
func plainBody(w *httptest.ResponseRecorder, id string) []byte {
	return bytes.ReplaceAll(formKey.ReplaceAll(w.Body.Bytes(), nil), []byte(id), []byte("ID"))
}

// formKey is the fresh idempotency key of each showing of a form.
var formKey = regexp.MustCompile(`<input[^>]*name="_key"[^>]*>`)

// TestMatrix_TheAPI walks the operations: each role by the table, and for people outside
// foreign as absent.
func TestMatrix_TheAPI(t *testing.T) {
	h := theHall(t)
	a, mux := api.New(&h.House)
	call := func(actor access.Actor, o api.Op, id string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(o.Method, "/api/v1"+fill(o.Path, id), strings.NewReader("{}"))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, web.WithActor(r, actor))
		return w
	}
	for _, o := range a.Ops {
		for _, role := range access.StaffRoles {
			w := call(h.staff(t, role), o, absent)
			if w.Code >= 500 {
				t.Errorf("%s %s as %s: %d %s", o.Method, o.Path, role, w.Code, w.Body)
			}
			if o.Verb != "" && !access.Allowed(role, o.Verb) && w.Code < 400 {
				t.Errorf("%s %s as %s: %d, though the table refuses %s", o.Method, o.Path, role, w.Code, o.Verb)
			}
		}
	}
	for _, party := range []access.Role{access.Client, access.Talent} {
		actor := outsiders(t, h, party)
		ids := foreign(t, h, actor)
		for _, o := range a.Ops {
			if !strings.Contains(o.Path, "{") {
				continue
			}
			want := call(actor, o, absent)
			for _, id := range ids {
				if got := call(actor, o, id); got.Code != want.Code || !bytes.Equal(plainBody(got, id), plainBody(want, absent)) {
					t.Errorf("%s %s as %s: foreign answers %d, absent %d\n%s\n%s", o.Method, o.Path, party, got.Code, want.Code, got.Body, want.Body)
					break
				}
			}
		}
	}
}
