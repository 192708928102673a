package campaigns_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/app"
	"kolega/internal/db"
	"kolega/internal/testkit"
)

// agency is an empty agency behind its doors, with a manager signed in.
type agency struct {
	*testing.T
	hall  *app.Hall
	url   string
	web   *http.Client
	boss  access.Actor
	token string // of the API
}

func open(t *testing.T, lang string) *agency {
	t.Helper()
	h, err := app.OpenHall(context.Background(), &app.Common{Data: t.TempDir()}, testkit.NewClock(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	if err := db.Migrate(context.Background(), h.DB); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h.Handler())
	t.Cleanup(srv.Close)
	jar, _ := cookiejar.New(nil)
	a := &agency{T: t, hall: h, url: srv.URL, web: &http.Client{Jar: jar}}
	a.post("/set-up", url.Values{"name": {"Rani"}, "email": {"rani@agensi.test"}, "password": {"kopi susu gula"}, "lang": {lang}, "zone": {"Asia/Jakarta"}}, http.StatusOK)
	people := a.people()
	a.boss = people[0].Actor("web")
	if a.token, _, err = h.Access.NewToken(context.Background(), a.boss, "test", []string{"*"}, testkit.Start.Add(24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	return a
}

func (a *agency) people() (out []access.Person) {
	a.Helper()
	err := a.hall.DB.Read(context.Background(), func(tx *db.Tx) (err error) { out, err = access.ListPeople(context.Background(), tx); return err })
	if err != nil || len(out) == 0 {
		a.Fatalf("people: %v %v", out, err)
	}
	return out
}

func (a *agency) do(r *http.Request, want int) string {
	a.Helper()
	res, err := a.web.Do(r)
	if err != nil {
		a.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, _ := io.ReadAll(res.Body)
	if res.StatusCode != want {
		a.Fatalf("%s %s: %d, want %d\n%.600s", r.Method, r.URL.Path, res.StatusCode, want, b)
	}
	return string(b)
}

func (a *agency) get(path string, want int) string {
	a.Helper()
	r, _ := http.NewRequest(http.MethodGet, a.url+path, nil)
	return a.do(r, want)
}

func (a *agency) post(path string, form url.Values, want int) string {
	a.Helper()
	r, _ := http.NewRequest(http.MethodPost, a.url+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return a.do(r, want)
}

// call asks the API as the bearer of a token and reads the answer into out.
func (a *agency) call(token, method, path string, body, out any, want int) {
	a.Helper()
	b, _ := json.Marshal(body)
	r, _ := http.NewRequest(method, a.url+"/api/v1"+path, bytes.NewReader(b))
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	answer := a.do(r, want)
	if out != nil {
		if err := json.Unmarshal([]byte(answer), out); err != nil {
			a.Fatalf("%s: %v", answer, err)
		}
	}
}

type doc map[string]any

func (d doc) id() string { s, _ := d["id"].(string); return s }

// start carries an agency over the API to a campaign with an open draft of its brief.
func (a *agency) start() (campaignID, contactID string) {
	a.Helper()
	var c, b, k, p doc
	a.call(a.token, "POST", "/clients", doc{"name": "PT Melati", "country": "ID", "zone": "Asia/Jakarta", "lang": "id", "payment_days": 30, "note": "rahasia-internal"}, &c, 201)
	a.call(a.token, "POST", "/brands", doc{"client_id": c.id(), "name": "Melati Glow"}, &b, 201)
	a.call(a.token, "POST", "/contacts", doc{"client_id": c.id(), "name": "Maya", "email": "maya@melati.test", "lang": "id", "zone": "Asia/Jakarta"}, &k, 201)
	a.call(a.token, "POST", "/campaigns", doc{"brand_id": b.id(), "name": "Two-Way Cake", "market": "PH", "playbook": "philippines", "start_on": "2026-11-23", "ae_id": a.boss.ID}, &p, 201)
	return p.id(), k.id()
}

func TestBrief_FromPasteToAcceptanceOverTheAPI(t *testing.T) {
	a := open(t, "id")
	id, contact := a.start()
	var suggested struct{ Items []doc }
	a.call(a.token, "POST", "/brief-points/suggest", doc{"text": "Wajib:\n- sebut SPF 50\nJangan:\n- sebut merek lain"}, &suggested, 201)
	if len(suggested.Items) != 2 || suggested.Items[1]["kind"] != "must_not" {
		t.Fatalf("suggested %v", suggested)
	}
	points := []doc{{"kind": "must", "text": "Sebut SPF 50", "source_note": "rahasia-sumber"}, {"kind": "must_not", "text": "Jangan sebut merek lain"}}
	var brief doc
	a.call(a.token, "POST", "/brief-points", doc{"campaign_id": id, "points": points}, &brief, 201)
	a.call(a.token, "POST", "/campaigns/"+id+"/briefs/share", doc{}, &brief, 201)
	var link doc
	a.call(a.token, "POST", "/campaigns/"+id+"/links", doc{"party": "client", "person_id": contact}, &link, 201)
	token, _ := link["token"].(string)
	page := a.get("/c/"+token+"/brief", 200)
	for _, secret := range []string{"rahasia-sumber", "rahasia-internal"} {
		if strings.Contains(page, secret) {
			t.Errorf("the client's page shows %q", secret)
		}
	}
	if !strings.Contains(page, `action="/c/`+token+`/brief/accept"`) {
		t.Errorf("no button to accept: %.900s", page)
	}
	var seen doc
	a.call(token, "GET", "/client-brief", nil, &seen, 200)
	if seen["may_accept"] != true || seen["accepted_at"] != nil {
		t.Errorf("opening changes nothing: %v", seen)
	}
	a.call(token, "POST", "/client-brief/acceptances", doc{"version": 1}, &seen, 201)
	if seen["accepted_by"] != "Maya" {
		t.Errorf("the name is kept: %v", seen)
	}
	a.call(token, "POST", "/client-brief/acceptances", doc{"version": 1}, nil, 409)
	a.call(token, "GET", "/campaigns/"+id+"/briefs", nil, nil, 404)
	a.call(token, "GET", "/slots?campaign_id="+id, nil, nil, 404)
}

func TestScreens_OpenInBothLanguagesAndKeepWhatWasTyped(t *testing.T) {
	for lang, word := range map[string]string{"id": "Poin brief", "en": "Brief points"} {
		t.Run(lang, func(t *testing.T) {
			a := open(t, lang)
			a.get("/campaigns", 200)
			id, _ := a.start()
			base := "/campaigns/" + id
			for _, path := range []string{"/clients", "/clients/new", "/brands", "/campaigns", "/campaigns/new", base + "/edit", base + "/slots", base + "/timeline", base + "/activity", "/timeline", "/playbooks", "/playbooks/philippines", "/playbooks/new"} {
				if page := a.get(path, 200); strings.Contains(page, "campaign.") && strings.Contains(page, ">campaign.") {
					t.Errorf("%s shows a bare key", path)
				}
			}
			if page := a.get(base+"/brief", 200); !strings.Contains(page, word) {
				t.Errorf("no %q on the brief", word)
			}
			for _, path := range []string{"/campaigns/none/brief", "/campaigns/none/timeline", base + "/slots/none", base + "/works/none", "/playbooks/none", "/clients/none"} {
				a.get(path, 404)
			}
			page := a.post("/campaigns", url.Values{"name": {"Kept name"}, "start_on": {"2026-12-02"}, "end_on": {"2026-12-01"}, "market": {"ID"}}, 422)
			if !strings.Contains(page, "Kept name") || !strings.Contains(page, `id="e-end_on"`) {
				t.Errorf("a refused form keeps what was typed and names the field")
			}
			page = a.post(base+"/slots", url.Values{"count": {"2"}, "format": {"tiktok/video"}, "pieces": {"1"}, "budget": {"1.2.3"}, "draft_on": {"2026-11-25"}, "post_on": {"2026-11-24"}}, 422)
			if !strings.Contains(page, `id="e-budget"`) || !strings.Contains(page, "1.2.3") {
				t.Errorf("a budget that cannot be read is shown again")
			}
			a.post(base+"/brief/points", url.Values{"kind": {"must"}, "text": {"Sebut SPF 50"}}, 200)
			a.post(base+"/brief/points", url.Values{"kind": {"must"}, "text": {"sebut spf 50"}}, 422)
			if book := a.get("/timeline.xlsx", 200); !strings.HasPrefix(book, "PK") {
				t.Errorf("the workbook is no workbook")
			}
		})
	}
}

// upload sends a file as a browser does.
func (a *agency) upload(path, field, name, content string, want int) string {
	a.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, _ := m.CreateFormFile(field, name)
	_, _ = part.Write([]byte(content))
	_ = m.Close()
	r, _ := http.NewRequest(http.MethodPost, a.url+path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return a.do(r, want)
}

func TestBrief_AFileBecomesPointsThatAPersonCorrects(t *testing.T) {
	a := open(t, "id")
	id, _ := a.start()
	base := "/campaigns/" + id + "/brief"
	page := a.upload(base+"/files", "file", "Brief Melati.txt", "Wajib:\n- Sebut SPF 50\n- Pakai musik ceria\nJangan:\n- pakai musik\n", 200)
	for _, want := range []string{"3 poin diusulkan dari Brief Melati.txt", `name="places-0"`, "Bertentangan dengan usulan 2?"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in the suggestions", want)
		}
	}
	page = a.post(base+"/pasted", url.Values{"document": {"x"}, "document_name": {"Brief Melati.txt"}, "keep": {"0", "1", "2"}, "kind-0": {"must"}, "text-0": {"Sebut SPF 50 dua kali"},
		"places-0": {"script", "caption"}, "kind-1": {"must"}, "text-1": {"Pakai musik ceria"}, "kind-2": {"must_not"}, "text-2": {"Jangan pakai musik"}}, 200)
	for _, want := range []string{"Sebut SPF 50 dua kali", "diperiksa di naskah, caption", "Poin 2 dan 3 bertentangan?", `name="clash"`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q on the brief", want)
		}
	}
	if page = a.post(base+"/share", nil, 422); !strings.Contains(page, "Poin 2 dan 3 tampak bertentangan") {
		t.Error("sharing does not ask about the contradiction")
	}
	a.post(base+"/share", url.Values{"clash": {"on"}}, 200)
	b := open(t, "en")
	id, _ = b.start()
	base = "/campaigns/" + id + "/brief"
	if page = b.upload(base+"/files", "file", "scan.png", "\x89PNG\r\n\x1a\n\x00\x00", 422); !strings.Contains(page, "cannot be read") || !strings.Contains(page, "scan.png") {
		t.Error("a picture is neither refused aloud nor kept")
	}
	b.post(base+"/files", nil, 422)
}

func TestClaims_AreAttachedToTheBriefAndRefusedFormsComeBack(t *testing.T) {
	a := open(t, "en")
	id, _ := a.start()
	base := "/campaigns/" + id + "/brief"
	if page := a.post(base+"/claims", url.Values{"product": {"weapons"}, "number": {"NN 1"}, "sheet": {"0"}}, 422); !strings.Contains(page, `id="e-product"`) || !strings.Contains(page, "NN 1") {
		t.Error("a refused form keeps what was typed")
	}
	page := a.post(base+"/claims", url.Values{"product": {"cosmetics"}, "number": {"NN 1"}, "sheet": {"0"}}, 200)
	for _, want := range []string{"endorser", "Registration number NN 1", "Ad Standards Council"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q on the brief", want)
		}
	}
}

func TestChats_AskWhatTheDatesDoNotTell(t *testing.T) {
	a := open(t, "id")
	id, _ := a.start()
	base := "/campaigns/" + id + "/chats"
	if page := a.upload(base, "file", "WhatsApp Chat with Maya.txt", "24/11/26 09.12 - Maya: ok ACC", 422); !strings.Contains(page, `id="e-zone"`) {
		t.Error("a chat without a zone is not asked about")
	}
	a.post(base, url.Values{"zone": {"Asia/Jakarta"}}, 422)
	if page := a.get(base, 200); !strings.Contains(page, "Belum ada chat") {
		t.Error("a refused import keeps lines")
	}
}
