package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/review"
	"kolega/internal/secret"
	"kolega/internal/testkit"
)

// doors is a hall with a booked campaign, its doors on a server, and a secret for
// each person who comes in by them.
type doors struct {
	*testing.T
	hall                  *Hall
	clock                 *testkit.Clock
	url                   string
	client, talent, other string // paths of room links
	specialist, ae        string // cookies
	lang                  string
}

func openDoors(t *testing.T, lang string) *doors {
	t.Helper()
	clock := testkit.NewClock()
	h, err := OpenHall(context.Background(), &Common{Data: t.TempDir()}, clock, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	if err := db.Migrate(context.Background(), h.DB); err != nil {
		t.Fatal(err)
	}
	testkit.Booked(t, h.DB, `{"RevisionLimit":1,"ReviewHours":16}`)
	d := &doors{T: t, hall: h, clock: clock, lang: lang}
	d.furnish()
	srv := httptest.NewServer(h.Handler())
	t.Cleanup(srv.Close)
	d.url = srv.URL
	return d
}

func (d *doors) furnish() {
	now := testkit.Start.UnixMicro()
	points := `[{"ID":"logo","Number":1,"Kind":"must","Text":"Show the logo","CheckedIn":["visual"]},{"ID":"rival","Number":2,"Kind":"must_not","Text":"No other brand"}]`
	testkit.Put(d, d.hall.DB, "brief", map[string]any{"campaign_id": "ca", "number": 1, "lang": "id", "points": points, "questions": "[]", "shared_at": now, "accepted_at": now, "created_at": now, "version": 1})
	err := d.hall.DB.Write(context.Background(), func(tx *db.Tx) error {
		for _, q := range []string{
			`UPDATE deliverable SET approved_id = '', round_limit = 1, window_hours = 16, draft_due_zone = 'Asia/Manila' WHERE id = 'd1'`,
			`UPDATE contact SET phone = '+628111222333' WHERE id = 'co'`,
		} {
			if _, err := tx.Exec(context.Background(), q); err != nil {
				return err
			}
		}
		return acknowledgeAll(tx)
	})
	if err != nil {
		d.Fatal(err)
	}
	boss := access.Actor{Who: audit.Who{Kind: "staff", ID: "ma", Name: "ma"}, Role: access.Manager}
	link := func(prefix string, r access.Room) string {
		token, err := d.hall.Access.IssueLink(context.Background(), boss, r, testkit.Start.Add(1000*time.Hour))
		if err != nil {
			d.Fatal(err)
		}
		return prefix + token
	}
	d.client = link("/c/", access.Room{Party: access.Client, CampaignID: "ca", ClientID: "cl", ContactID: "co", Name: "Sari", Lang: d.lang, Zone: "Asia/Jakarta"})
	d.talent = link("/t/", access.Room{Party: access.Talent, CampaignID: "ca", TalentID: "t1", Name: "Bea", Lang: d.lang, Zone: "Asia/Manila"})
	d.other = link("/t/", access.Room{Party: access.Talent, CampaignID: "ca", TalentID: "t2", Name: "Mika", Lang: d.lang, Zone: "Asia/Manila"})
	for i, id := range []string{"sp", "ae"} {
		token := strings.Repeat(fmt.Sprint(i+1), 32)
		testkit.Put(d, d.hall.DB, "session", map[string]any{"hash": secret.Hash(token), "id": "s" + id, "person_id": id, "made_at": now, "seen_at": now, "expires_at": testkit.Start.Add(1000 * time.Hour).UnixMicro()})
		if id == "sp" {
			d.specialist = token
		} else {
			d.ae = token
		}
	}
}

func acknowledgeAll(tx *db.Tx) error {
	b, err := campaign.LoadBrief(context.Background(), tx, "ca", 1)
	if err != nil {
		return err
	}
	for _, p := range b.Points {
		_, err := tx.Exec(context.Background(), `INSERT INTO acknowledgement (campaign_id, talent_id, point_id, number, lang, hash, at, via) VALUES ('ca', 't1', $1, 1, 'id', $2, 1, '')`,
			p.ID, p.Hash("id", "id"))
		if err != nil {
			return err
		}
	}
	return nil
}

// do sends a request without following redirects.
func (d *doors) do(method, path, session, kind string, body io.Reader, head ...string) (int, string, http.Header) {
	d.Helper()
	r, err := http.NewRequest(method, d.url+path, body)
	if err != nil {
		d.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	if session != "" {
		r.AddCookie(&http.Cookie{Name: "kolega_session", Value: session})
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		d.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		d.Fatal(err)
	}
	return res.StatusCode, string(b), res.Header
}

func (d *doors) get(path, session string) string {
	d.Helper()
	code, body, _ := d.do("GET", path, session, "", nil)
	if code != http.StatusOK {
		d.Fatalf("GET %s: %d\n%s", path, code, plain(body))
	}
	if i := strings.Index(body, "draft.client."); i >= 0 || strings.Contains(body, "review.step.") {
		d.Errorf("GET %s shows a text key", path)
	}
	return body
}

func (d *doors) post(path, session string, want int, form url.Values) string {
	d.Helper()
	d.clock.Advance(time.Minute)
	code, body, _ := d.do("POST", path, session, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	if code != want {
		d.Fatalf("POST %s %v: %d, want %d\n%s", path, form, code, want, plain(body))
	}
	return body
}

var tag = regexp.MustCompile(`(?s)<script.*?</script>|<[^>]*>|\n\s*`)

func plain(page string) string { return html.UnescapeString(tag.ReplaceAllString(page, " ")) }

func clipOf(n int) []byte {
	head := []byte{0, 0, 0, 24, 'f', 't', 'y', 'p', 'm', 'p', '4', '2', 0, 0, 0, 0, 'm', 'p', '4', '2', 'i', 's', 'o', 'm'}
	return append(head, bytes.Repeat([]byte(fmt.Sprintf("take %d ", n)), 1000)...)
}

// multi is a form with a file in it.
func multi(d *doors, file []byte, fields ...string) (string, io.Reader) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if file != nil {
		p, err := w.CreateFormFile("file", "take.mp4")
		if err != nil {
			d.Fatal(err)
		}
		_, _ = p.Write(file)
	}
	for i := 0; i+1 < len(fields); i += 2 {
		_ = w.WriteField(fields[i], fields[i+1])
	}
	_ = w.Close()
	return w.FormDataContentType(), &b
}

// resumable sends a file in two pieces with a cut between and gives its upload id.
func (d *doors) resumable(file []byte) string {
	d.Helper()
	tus := []string{"Tus-Resumable", "1.0.0"}
	meta := "deliverable ZDE=,filename dGFrZS5tcDQ=,filetype dmlkZW8vbXA0" // d1, take.mp4, video/mp4
	code, body, head := d.do("POST", d.talent+"/uploads", "", "", nil, append(tus, "Upload-Length", fmt.Sprint(len(file)), "Upload-Metadata", meta)...)
	if code != http.StatusCreated || !strings.HasPrefix(head.Get("Location"), d.talent+"/uploads/") {
		d.Fatalf("create: %d %s %v", code, body, head)
	}
	at, half := head.Get("Location"), len(file)/2
	if code, _, _ := d.do("HEAD", strings.Replace(at, d.talent, d.other, 1), "", "", nil, tus...); code != http.StatusNotFound {
		d.Errorf("another talent finds the upload: %d", code)
	}
	send := func(offset int, piece []byte) int {
		code, _, _ := d.do("PATCH", at, "", "application/offset+octet-stream", bytes.NewReader(piece), append(tus, "Upload-Offset", fmt.Sprint(offset))...)
		return code
	}
	if code := send(0, file[:half]); code != http.StatusNoContent {
		d.Fatalf("first piece: %d", code)
	}
	if code := send(0, file); code != http.StatusConflict {
		d.Errorf("a piece at the wrong place: %d", code)
	}
	if code, _, head := d.do("HEAD", at, "", "", nil, tus...); code != http.StatusOK || head.Get("Upload-Offset") != fmt.Sprint(half) {
		d.Fatalf("asked where to go on: %d %v", code, head)
	}
	if code := send(half, file[half:]); code != http.StatusNoContent {
		d.Fatalf("second piece: %d", code)
	}
	return at[strings.LastIndex(at, "/")+1:]
}

func (d *doors) standing() (s review.Standing) {
	d.Helper()
	err := d.hall.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		s, err = review.LoadStanding(context.Background(), tx, "d1")
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return s
}

// check turns both keys by the form and shows the newest version.
func (d *doors) check() review.Version {
	d.Helper()
	v := d.standing().Latest
	room := "/campaigns/ca/drafts/d1"
	if page := d.get(room, d.specialist); !strings.Contains(page, "m.logo") {
		d.Error("the check asks for the logo point")
	}
	d.post(room+"/check", d.specialist, 422, url.Values{"version": {v.ID}, "which": {"specialist"}, "m.logo": {"met"}, "w.logo": {"0:02"}})
	ticks := url.Values{"version": {v.ID}, "which": {"specialist"}}
	r, err := d.hall.Review.DraftRoom(context.Background(), access.System(), "d1", "")
	if err != nil {
		d.Fatal(err)
	}
	for _, p := range r.Points {
		ticks.Set("m."+p.ID, "met")
		ticks.Set("w."+p.ID, "0:02")
	}
	d.post(room+"/check", d.specialist, 303, ticks)
	ticks.Set("which", "ae")
	ticks.Set("act", "show")
	d.post(room+"/check", d.ae, 303, ticks)
	return d.standing().Latest
}

func TestDrafts_ThroughEveryDoor(t *testing.T) {
	for _, lang := range []string{"id", "en"} {
		t.Run(lang, func(t *testing.T) {
			d := openDoors(t, lang)
			d.get(d.talent+"/drafts", "")
			d.get(d.client+"/drafts", "")
			room, mine := "/campaigns/ca/drafts/d1", d.talent+"/drafts/d1"

			kind, body := multi(d, clipOf(1), "hashtags", "#wardah #cantik")
			code, page, _ := d.do("POST", mine, "", kind, body)
			if code != 422 || !strings.Contains(page, "#wardah #cantik") {
				t.Fatalf("without a caption: %d\n%s", code, plain(page))
			}
			kind, body = multi(d, []byte("%PDF-1.7"), "caption", "Halo")
			if code, _, _ := d.do("POST", mine, "", kind, body); code != 422 {
				t.Errorf("a document: %d", code)
			}
			kind, body = multi(d, clipOf(1), "caption", "Halo semua", "hashtags", "#wardah")
			if code, page, _ = d.do("POST", mine, "", kind, body); code != 303 {
				t.Fatalf("plain form: %d\n%s", code, plain(page))
			}
			if code, _, _ := d.do("GET", d.other+"/drafts/d1", "", "", nil); code != 404 {
				t.Errorf("another talent's draft: %d", code)
			}
			v := d.check()
			d.get("/campaigns/ca/drafts", d.ae)

			draft := d.client + "/drafts/d1"
			page = d.get(draft, "")
			if !strings.Contains(page, v.ID) || strings.Contains(page, "take.mp4") {
				t.Error("the page binds the version and keeps the sender's file name to itself")
			}
			code, part, head := d.do("GET", d.client+"/files/"+v.ID, "", "", nil, "Range", "bytes=0-9")
			if code != http.StatusPartialContent || len(part) != 10 || head.Get("Content-Type") != "video/mp4" {
				t.Errorf("range: %d %d %v", code, len(part), head)
			}
			d.post(draft+"/notes", "", 422, url.Values{"version": {v.ID}, "act": {"send"}, "text": {"Too dark"}, "frame": {"99:99"}})
			d.post(draft+"/notes", "", 303, url.Values{"version": {v.ID}, "act": {"add"}, "text": {"Too dark"}, "frame": {"0:03"}})
			d.post(draft+"/notes", "", 303, url.Values{"version": {v.ID}, "act": {"send"}, "text": {"Another song"}, "item": {d.proposed(t)}})
			if page := d.post(draft+"/approve", "", 409, url.Values{"version": {v.ID}}); !strings.Contains(page, "Too dark") {
				t.Error("a decision after the round is told, and the round is shown")
			}

			round := d.standing().Round.ID
			d.get(room, d.ae)
			ruling := url.Values{"act": {"send"}}
			for n, i := range d.items(t, round) {
				class, point := "W", ""
				if n == 0 {
					class, point = "F", "logo"
				}
				ruling.Set("class."+i.ID, class)
				ruling.Set("point."+i.ID, point)
			}
			d.post(room+"/rounds/"+round, d.ae, 303, ruling)
			page = d.get(mine, "")
			if !strings.Contains(page, "Too dark") || !strings.Contains(page, "Show the logo") {
				t.Error("the talent sees what to change and why")
			}

			id := d.resumable(clipOf(2))
			todo := d.items(t, round)
			kind, body = multi(d, nil, "upload", id, "caption", "Halo lagi", "done."+todo[0].ID, "done", "done."+todo[1].ID, "not_done", "why."+todo[1].ID, "no licence")
			if code, page, _ = d.do("POST", mine, "", kind, body); code != 303 {
				t.Fatalf("resumed form: %d\n%s", code, plain(page))
			}
			w := d.check()
			if w.Major != 2 {
				t.Errorf("the client's number is %d", w.Major)
			}
			if page := d.post(draft+"/approve", "", 409, url.Values{"version": {v.ID}}); !strings.Contains(page, draft) {
				t.Error("an old version leads to the new one")
			}
			if page := d.get(draft, ""); !strings.Contains(page, "no licence") {
				t.Error("the client sees what was not done and why")
			}
			d.changeRequest(t, w)
		})
	}
}

func (d *doors) items(t *testing.T, round string) (out []review.Item) {
	t.Helper()
	err := d.hall.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		out, err = review.ListRoundItems(context.Background(), tx, round)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (d *doors) proposed(t *testing.T) (id string) {
	t.Helper()
	err := d.hall.DB.Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(context.Background(), `SELECT id FROM review_item WHERE round_id IS NULL`).Scan(&id)
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// changeRequest plays a wish over the limit to its acceptance, and the approval.
func (d *doors) changeRequest(t *testing.T, v review.Version) {
	t.Helper()
	room, draft, mine := "/campaigns/ca/drafts/d1", d.client+"/drafts/d1", d.talent+"/drafts/d1"
	d.post(draft+"/notes", "", 303, url.Values{"version": {v.ID}, "act": {"send"}, "text": {"A drone shot"}})
	s := d.standing()
	d.post(room+"/rounds/"+s.Round.ID, d.ae, 303, url.Values{"act": {"send"}, "class." + d.items(t, s.Round.ID)[0].ID: {"W"}})
	change := d.standing().Change.ID
	if change == "" {
		t.Fatal("the second wish did not become a change request")
	}
	d.get(room, d.ae)
	d.post(room+"/changes/"+change, d.ae, 422, url.Values{"price": {"x"}, "fee": {"777000"}, "draft_due": {"2026-11-26 17:00"}, "post_due": {"2026-11-28 17:00"}})
	d.post(room+"/changes/"+change, d.ae, 303, url.Values{"price": {"3456000"}, "fee": {"777000"}, "draft_due": {"2026-11-26 17:00"}, "post_due": {"2026-11-28 17:00"}})
	page := plain(d.get(draft, ""))
	if !strings.Contains(page, "3.456.000") && !strings.Contains(page, "3,456,000") || strings.Contains(page, "777") {
		t.Error("the client sees the price, and never the talent's fee")
	}
	d.post(draft+"/changes/"+change, "", 422, url.Values{"answer": {"yes"}, "code": {"000000"}})
	d.post(draft+"/changes/"+change+"/code", "", 303, nil)
	d.post(draft+"/changes/"+change, "", 303, url.Values{"answer": {"yes"}, "code": {d.code(t)}})
	page = plain(d.get(mine, ""))
	if !strings.Contains(page, "777") || strings.Contains(page, "456") {
		t.Error("the talent sees the fee, and never the client's price")
	}
	d.post(mine+"/changes/"+change, "", 303, url.Values{"answer": {"yes"}})
	kind, body := multi(d, clipOf(3), "caption", "Halo")
	if code, page, _ := d.do("POST", mine, "", kind, body); code != 303 {
		t.Fatalf("%d\n%s", code, plain(page))
	}
	w := d.check()
	d.post(draft+"/approve", "", 303, url.Values{"version": {w.ID}})
	if s := d.standing(); s.Step != review.StepApproved || s.Used != 1 {
		t.Errorf("%s, used %d", s.Step, s.Used)
	}
	d.get(draft, "")
	d.get(mine, "")
	d.get(room, d.ae)
}

// code reads the code that was given to be sent.
func (d *doors) code(t *testing.T) (code string) {
	t.Helper()
	var args db.JSON[access.CodeAsked]
	err := d.hall.DB.Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(context.Background(), `SELECT args FROM job WHERE kind = 'access.code-asked' ORDER BY made_at DESC LIMIT 1`).Scan(&args)
	})
	if err != nil {
		t.Fatal(err)
	}
	return args.V.Code
}
