package app

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kolega/internal/review"
)

// conceptForm is a concept with a picture, as a phone sends it.
func conceptForm(t *testing.T, picture []byte, text, promises string) (kind string, body *bytes.Buffer) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	_ = w.WriteField("text", text)
	p, err := w.CreateFormFile("pictures", "sketch.png")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = p.Write(picture)
	_ = w.WriteField("promises", promises)
	_ = w.Close()
	return w.FormDataContentType(), body
}

func TestConcepts_ThroughEveryDoor(t *testing.T) {
	var sketch bytes.Buffer
	if err := png.Encode(&sketch, image.NewRGBA(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"id", "en", "fil"} {
		t.Run(lang, func(t *testing.T) {
			d := openDoors(t, lang)
			room, mine, theirs := "/campaigns/ca/drafts/d1", d.talent+"/drafts/d1", d.client+"/drafts/d1"
			d.post(room+"/concept/ask", d.ae, 303, nil)
			if page := d.get(mine, ""); !strings.Contains(page, `name="promises"`) || strings.Contains(page, "tus-upload") || strings.Contains(page, "concept.") && strings.Contains(page, ">concept.") {
				t.Errorf("the talent is not asked for a concept alone:\n%s", plain(page))
			}
			kind, body := conceptForm(t, sketch.Bytes(), "In the kitchen", "")
			code, page, _ := d.do("POST", mine+"/concept", "", kind, body)
			if code != 422 || !strings.Contains(page, "In the kitchen") {
				t.Errorf("nothing promised: %d, the form is not filled", code)
			}
			kind, body = conceptForm(t, []byte("%PDF-1.7"), "In the kitchen", "Pour the powder")
			if code, page, _ = d.do("POST", mine+"/concept", "", kind, body); code != 422 || !strings.Contains(page, "Pour the powder") {
				t.Errorf("a document as a picture: %d", code)
			}
			kind, body = conceptForm(t, sketch.Bytes(), "In the kitchen", "Pour the powder\nSay the code")
			if code, page, _ = d.do("POST", mine+"/concept", "", kind, body); code != 303 {
				t.Fatalf("the concept: %d\n%s", code, plain(page))
			}
			if code, _, _ := d.do("POST", d.other+"/drafts/d1/concept", "", "application/x-www-form-urlencoded", strings.NewReader("text=x&promises=y")); code != 404 {
				t.Errorf("another talent's concept: %d", code)
			}
			c := d.standing().Concept
			if page := d.get(theirs, ""); strings.Contains(page, "Pour the powder") {
				t.Error("the client reads it before both keys")
			}
			d.post(room+"/concept/look", d.specialist, 422, url.Values{"concept": {c.ID}, "which": {"specialist"}, "act": {"back"}})
			d.post(room+"/concept/look", d.specialist, 303, url.Values{"concept": {c.ID}, "which": {"specialist"}, "act": {"pass"}})
			if page := d.get(room, d.ae); !strings.Contains(page, "Say the code") {
				t.Error("the second key does not read the concept")
			}
			d.post(room+"/concept/look", d.ae, 303, url.Values{"concept": {c.ID}, "which": {"ae"}, "act": {"pass"}})
			page = d.get(theirs, "")
			src := d.client + "/concepts/" + c.ID + "/"
			i := strings.Index(page, src)
			if !strings.Contains(page, "Say the code") || i < 0 {
				t.Fatalf("the client does not see text and picture:\n%s", plain(page))
			}
			picture := page[i : i+strings.IndexByte(page[i:], '"')]
			if code, _, head := d.do("GET", picture, "", "", nil); code != http.StatusOK || head.Get("Content-Type") != "image/png" {
				t.Errorf("the picture: %d %v", code, head)
			}
			if code, _, _ := d.do("GET", strings.Replace(picture, d.client, d.other, 1), "", "", nil); code != 404 {
				t.Errorf("the picture by another talent: %d", code)
			}
			if page := d.get(d.client, ""); !strings.Contains(page, "/drafts/d1") {
				t.Error("the concept is no task of the client")
			}
			d.get(d.client+"/drafts", "")
			d.post(theirs+"/concept", "", 422, url.Values{"concept": {c.ID}, "act": {"change"}})
			d.post(theirs+"/concept", "", 303, url.Values{"concept": {c.ID}, "act": {"approve"}})
			if code := d.standing().Step; code != review.StepUpload {
				t.Errorf("after the approval the step is %s", code)
			}
			d.post(theirs+"/concept", "", 409, url.Values{"concept": {c.ID}, "act": {"change"}, "note": {"no"}})
			kind, form := multi(d, clipOf(1), "caption", "Halo")
			if code, page, _ := d.do("POST", mine, "", kind, form); code != 303 {
				t.Fatalf("the draft: %d\n%s", code, plain(page))
			}
			if page := d.get(room, d.specialist); !strings.Contains(page, "Pour the powder") {
				t.Error("the check does not ask for the concept's points")
			}
		})
	}
}
