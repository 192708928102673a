package api_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/connect/platforms"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/sandbox"
	"kolega/internal/secret"
	"kolega/internal/testkit"
	"kolega/internal/web"
	"kolega/internal/web/api"
	"kolega/internal/web/house"
)

type resultCaller struct {
	t       *testing.T
	handler http.Handler
	token   string
}

// call sends JSON, or bytes as they are, and reads the answer.
func (c resultCaller) call(method, path string, body any, want int) map[string]any {
	c.t.Helper()
	raw, isRaw := body.([]byte)
	if !isRaw && body != nil {
		raw, _ = json.Marshal(body)
	}
	r := httptest.NewRequest(method, "/api/v1"+path, bytes.NewReader(raw))
	r.Header.Set("Authorization", "Bearer "+c.token)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	b, _ := io.ReadAll(w.Body)
	if w.Code != want {
		c.t.Fatalf("%s %s: %d, want %d: %s", method, path, w.Code, want, b)
	}
	var out map[string]any
	_ = json.Unmarshal(b, &out)
	return out
}

func reelURL(handle string, at time.Time) string {
	b := binary.BigEndian.AppendUint64([]byte{0}, uint64(at.UnixMilli()-1314220021721)<<23|77)
	return "https://www.instagram.com/" + handle + "/reel/" + base64.RawURLEncoding.EncodeToString(b)[1:] + "/"
}

func TestResults_ATalentPostsAndSendsNumbersAndAClientReadsNothingUnsent(t *testing.T) {
	d := testkit.SQLite(t)
	testkit.Booked(t, d, `{"Value":{"Minor":1000,"Currency":"IDR"}}`)
	files, err := blob.Folder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	h := &house.House{DB: d, Blob: files, Access: access.New(d, nil), Result: result.New(d, files), Report: report.New(d, files)}
	handler := api.Handler(h, &web.Plumbing{DB: d, Access: h.Access, Log: slog.New(slog.DiscardHandler)})
	ae := access.Actor{Who: audit.Who{Kind: "staff", ID: "ae", Name: "ae"}, Role: access.SeniorAE}
	link := func(r access.Room) resultCaller {
		r.CampaignID, r.Lang, r.Zone = "ca", "id", "Asia/Jakarta"
		token, err := h.Access.IssueLink(t.Context(), ae, r, testkit.Start.Add(9000*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		return resultCaller{t, handler, token}
	}
	bea := link(access.Room{Party: access.Talent, TalentID: "t1", Name: "Bea"})
	mika := link(access.Room{Party: access.Talent, TalentID: "t2", Name: "Mika"})
	sari := link(access.Room{Party: access.Client, ClientID: "cl", ContactID: "co", Name: "Sari"})

	post := map[string]any{"deliverable": "d1", "url": reelURL("beasantillan", testkit.Start)}
	mika.call("POST", "/posts", post, 404)
	if got := bea.call("POST", "/posts", post, 201); got["stage"] != "maturing" || got["doubtful"] != false {
		t.Errorf("posted: %v", got)
	}
	if got := bea.call("GET", "/posts?campaign=ca", nil, 200); len(got["items"].([]any)) != 1 {
		t.Errorf("a talent lists another's content: %v", got)
	}
	testkit.ClockOf(d).Advance(8 * 24 * time.Hour)
	var shot bytes.Buffer
	_ = png.Encode(&shot, image.NewGray(image.Rect(0, 0, 4, 4)))
	e := bea.call("POST", "/evidence?name=a.png", shot.Bytes(), 201)
	bea.call("POST", "/insights", map[string]any{"deliverable": "d1", "numbers": map[string]string{"reach": "12.34"}, "evidence": []any{e}}, 422)
	got := bea.call("POST", "/insights", map[string]any{"deliverable": "d1", "numbers": map[string]string{"reach": "12,3 rb", "views": "15K", "likes": "1.234"}, "evidence": []any{e}}, 201)
	if counts := got["counts"].(map[string]any); counts["reach"] != 12300.0 || counts["likes"] != 1234.0 || got["state"] != "typed" {
		t.Errorf("numbers: %v", got)
	}
	mika.call("GET", "/insights/"+got["id"].(string), nil, 404)
	sari.call("GET", "/insights/"+got["id"].(string), nil, 404)
	sari.call("GET", "/reports?campaign=ca", nil, 404)
	sari.call("GET", "/campaigns/ca/reports/0/pdf", nil, 404)
	sari.call("GET", "/guarantees?campaign=ca", nil, 404)
}

func TestConnections_AreMadeSeenAndEnded(t *testing.T) {
	d := testkit.SQLite(t)
	testkit.Booked(t, d, `{"Value":{"Minor":1000,"Currency":"IDR"}}`)
	files, err := blob.Folder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	social := sandbox.NewSocial(testkit.ClockOf(d).Now)
	h := &house.House{DB: d, Blob: files, Access: access.New(d, nil), Result: result.New(d, files)}
	h.Result.Connect(&result.Platforms{Box: secret.New([32]byte{1}), Sandbox: true,
		Open: platforms.Way{Sandbox: "http://sandbox", Now: d.Now, Transport: map[string]http.RoundTripper{"instagram": social.Transport(sandbox.Instagram)}}.Open})
	handler := api.Handler(h, &web.Plumbing{DB: d, Access: h.Access, Log: slog.New(slog.DiscardHandler)})
	token, _, err := h.Access.NewToken(t.Context(), access.Actor{Who: audit.Who{Kind: "staff", ID: "sp", Name: "sp"}, Role: access.Specialist}, "figures", []string{"connection.*"}, testkit.Start.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	spec := resultCaller{t, handler, token}
	in := map[string]any{"platform": "instagram", "account_id": "a1", "mode": "sandbox", "token": sandbox.TokenOf("mikadlr", ""), "version": 0}
	spec.call("PUT", "/connections", in, 422)
	in["token"] = sandbox.TokenOf("beasantillan", "")
	id := spec.call("PUT", "/connections", in, 200)["id"].(string)
	items := spec.call("GET", "/connections", nil, 200)["items"].([]any)
	if c := items[0].(map[string]any); len(items) != 1 || c["handle"] != "beasantillan" || c["token_end"] != "llan" || len(c["gives"].([]any)) != 6 {
		t.Errorf("%v", items)
	}
	spec.call("POST", "/connections/"+id+"/pull", nil, 201)
	spec.call("DELETE", "/connections/"+id, nil, 200)
	if items := spec.call("GET", "/connections", nil, 200)["items"].([]any); len(items) != 0 {
		t.Errorf("%v", items)
	}
}
