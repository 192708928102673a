package app

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kolega/internal/db"
	"kolega/internal/review"
)

// TestFrozen_EachAttackIsRefusedOrFound attacks an approved draft through the pages and the
// API, which refuse, and behind them in the database and the file store, where verify
// finds each attack.
func TestFrozen_EachAttackIsRefusedOrFound(t *testing.T) {
	d := openDoors(t, "en")
	ctx, film := context.Background(), clipOf(1)
	kind, body := multi(d, film, "caption", "Halo semua")
	if code, page, _ := d.do("POST", d.talent+"/drafts/d1", "", kind, body); code != 303 {
		t.Fatalf("upload: %d\n%s", code, plain(page))
	}
	v := d.check()
	d.post(d.client+"/drafts/d1/approve", "", 303, url.Values{"version": {v.ID}})
	bad := func() int {
		t.Helper()
		n, err := d.hall.verify(ctx, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := bad(); n != 0 {
		t.Fatalf("verify finds %d problems before any attack", n)
	}

	kind, body = multi(d, clipOf(2), "caption", "Lain")
	if code, _, _ := d.do("POST", d.talent+"/drafts/d1", "", kind, body); code != http.StatusConflict {
		t.Errorf("a new version of what is approved: %d", code)
	}
	d.post(d.client+"/drafts/d1/approve", "", 409, url.Values{"version": {v.ID}})
	d.post(d.client+"/drafts/d1/notes", "", 409, url.Values{"version": {v.ID}, "act": {"send"}, "text": {"other words"}})
	for _, method := range []string{"PUT", "PATCH", "DELETE"} {
		for _, path := range []string{"/api/v1/drafts/" + v.ID, "/api/v1/drafts/" + v.ID + "/file"} {
			if code, _, _ := d.do(method, path, d.ae, "application/json", strings.NewReader("{}")); code < 400 {
				t.Errorf("%s %s: %d", method, path, code)
			}
		}
	}
	token := strings.TrimPrefix(d.talent, "/t/")
	if code, _, _ := d.do("POST", "/api/v1/deliverables/d1/files?name=x.mp4", "", "video/mp4", strings.NewReader(string(clipOf(3))), "Authorization", "Bearer "+token); code != http.StatusConflict {
		t.Errorf("a file for what is approved by the API: %d", code)
	}
	if n := bad(); n != 0 {
		t.Errorf("the doors let something through: %d", n)
	}

	forged := v
	forged.Caption = "Halo semua, beli sekarang"
	for name, attack := range map[string][2]string{
		"the caption":               {`UPDATE draft SET caption = 'x' WHERE id = '` + v.ID + `'`, `UPDATE draft SET caption = 'Halo semua' WHERE id = '` + v.ID + `'`},
		"the file's name by hash":   {`UPDATE draft SET sha256 = 'aa' WHERE id = '` + v.ID + `'`, `UPDATE draft SET sha256 = '` + v.SHA256 + `' WHERE id = '` + v.ID + `'`},
		"the brief it is judged by": {`UPDATE draft SET brief_version = 9 WHERE id = '` + v.ID + `'`, `UPDATE draft SET brief_version = 1 WHERE id = '` + v.ID + `'`},
		"the pointer":               {`UPDATE deliverable SET approved_id = 'zz' WHERE id = 'd1'`, `UPDATE deliverable SET approved_id = '` + v.ID + `' WHERE id = 'd1'`},
		"the hash":                  {`UPDATE approval SET hash = 'bb'`, `UPDATE approval SET hash = '` + v.Hash() + `'`},
		"the hash with what it is of": {`UPDATE approval SET hash = '` + forged.Hash() + `'; UPDATE draft SET caption = '` + forged.Caption + `' WHERE id = '` + v.ID + `'`,
			`UPDATE approval SET hash = '` + v.Hash() + `'; UPDATE draft SET caption = 'Halo semua' WHERE id = '` + v.ID + `'`},
		"the trail": {`UPDATE audit SET who_name = 'Nobody' WHERE verb = 'draft.approve'`, `UPDATE audit SET who_name = 'Sari' WHERE verb = 'draft.approve'`},
	} {
		for i, text := range attack {
			d.sql(text)
			if n := bad(); n == 0 != (i == 1) {
				t.Errorf("%s, attacked %v: verify finds %d", name, i == 0, n)
			}
		}
	}
	d.stored(v, film, bad)
}

// sql runs statements behind the back of the program.
func (d *doors) sql(text string) {
	d.Helper()
	err := d.hall.DB.Write(context.Background(), func(tx *db.Tx) error {
		for one := range strings.SplitSeq(text, ";") {
			if _, err := tx.Exec(context.Background(), one); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		d.Fatalf("%s: %v", text, err)
	}
}

// stored attacks the bytes: changed, cut, taken away.
func (d *doors) stored(v review.Version, film []byte, bad func() int) {
	d.Helper()
	path := ""
	_ = filepath.WalkDir(d.hall.data, func(p string, _ os.DirEntry, err error) error {
		if strings.HasSuffix(p, v.SHA256) || strings.HasSuffix(p, v.SHA256[2:]) {
			path = p
		}
		return err
	})
	if path == "" {
		d.Fatal("the content is not where files are kept")
	}
	put := func(b []byte) {
		_ = os.Remove(path)
		if b != nil {
			if err := os.WriteFile(path, b, 0o400); err != nil {
				d.Fatal(err)
			}
		}
	}
	other := append([]byte{}, film...)
	other[len(other)-1] ^= 1
	for name, b := range map[string][]byte{"one bit": other, "cut": film[:len(film)-1], "taken away": nil} {
		put(b)
		if bad() == 0 {
			d.Errorf("%s: verify does not find it", name)
		}
		put(film)
		if n := bad(); n != 0 {
			d.Errorf("%s, put back: verify finds %d", name, n)
		}
	}
}
