package app

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/web"
	"kolega/internal/web/api"
)

// What must not be found: a talent's cost and what the agency writes for itself in a
// client's room, the client's price in a talent's.
const (
	costCanary  = 13579246
	priceCanary = 24681357
	noteCanary  = "zirkonbiru"
)

// shapes are the ways in which an amount may be written, with the margin of the two.
func shapes(minor int64) []string {
	s := fmt.Sprint(minor)
	dots := func(sep string) string { return s[:2] + sep + s[2:5] + sep + s[5:] }
	cents := func(thousand, point string) string { return s[:3] + thousand + s[3:6] + point + s[6:] }
	return []string{s, dots("."), dots(","), dots(" "), dots("\u00a0"), dots("\u202f"), cents(".", ","), cents(",", "."), cents("", "."), cents("", ","),
		s[:2] + "," + s[2:3] + " jt", s[:2] + "." + s[2:3] + "m", s[:2] + "," + s[2:4] + " jt", s[:2] + "." + s[2:4] + "m"}
}

// plant writes the canaries over what the demo agency played.
func plant(t *testing.T, h *Hall) {
	t.Helper()
	set := map[string][]string{
		fmt.Sprint(costCanary): {"candidate.cost_minor", "candidate.home_minor", "offer.fee_minor", "offer.home_minor", "booking.fee_minor", "booking.home_minor", "slot.budget_minor",
			"talent_rate.amount_minor", "change_request.fee_minor", "payout.fee_minor", "payout.net_minor", "payout_attempt.amount_minor"},
		fmt.Sprint(priceCanary): {"candidate.price_minor", "offer.price_minor", "booking.price_minor", "slot.price_minor", "change_request.price_minor"},
		"'" + noteCanary + "'":  {"candidate.note", "talent.note", "offer_move.note", "review_remark.body", "review_remark.author", "draft_check.note"},
	}
	err := h.DB.Write(context.Background(), func(tx *db.Tx) error {
		for value, columns := range set {
			for _, c := range columns {
				table, column, _ := strings.Cut(c, ".")
				if _, err := tx.Exec(context.Background(), "UPDATE "+table+" SET "+column+" = "+value); err != nil {
					return fmt.Errorf("%s: %w", c, err)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// answered is one thing that was fetched, as a reader may search it.
type answered struct{ where, text string }

// crawler fetches everything that a room leads to.
type crawler struct {
	*testing.T
	pages []answered
	seen  map[string]bool
}

var (
	leads = regexp.MustCompile(`(?:href|src|action|hx-get|poster)="([^"]+)"`)
	ids   = regexp.MustCompile(`\b[0-9a-z]{26}\b`)
)

func (c *crawler) keep(where string, w *httptest.ResponseRecorder) string {
	c.Helper()
	body := w.Body.Bytes()
	text := string(body)
	for _, v := range w.Header() {
		text += "\n" + strings.Join(v, "\n")
	}
	switch {
	case bytes.HasPrefix(body, []byte("%PDF")):
		text += "\n" + c.paper(body)
	case bytes.HasPrefix(body, []byte("PK\x03\x04")):
		text += "\n" + c.book(body)
	}
	c.pages = append(c.pages, answered{where, text})
	return text
}

// paper reads a PDF's text where the tool for it is installed.
func (c *crawler) paper(body []byte) string {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		c.Log("pdftotext is not installed: the text of papers is not searched")
		return ""
	}
	cmd := exec.Command(tool, "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(body)
	out, err := cmd.Output()
	if err != nil {
		c.Errorf("pdftotext: %v", err)
	}
	return string(out)
}

func (c *crawler) book(body []byte) (text string) {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		c.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			c.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			c.Fatal(err)
		}
		text += "\n" + f.Name + "\n" + string(b)
	}
	return text
}

// walk follows every address of the room from its start, in each language.
func (c *crawler) walk(handler http.Handler, prefix string) {
	queue := []string{prefix, prefix + "?lang=en", prefix + "/report", prefix + "/agreement", prefix + "/invoices", prefix + "/money", prefix + "/offers", prefix + "/posts", prefix + "/drafts", prefix + "/picks/summary"}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if c.seen[path] || len(c.seen) > 400 {
			continue
		}
		c.seen[path] = true
		w := answer(handler, http.MethodGet, path)
		text := c.keep(path, w)
		if !strings.Contains(w.Header().Get("Content-Type"), "html") {
			continue
		}
		for _, m := range leads.FindAllStringSubmatch(text, -1) {
			next, _, _ := strings.Cut(html.UnescapeString(m[1]), "#")
			if strings.HasPrefix(next, prefix) && !c.seen[next] {
				queue = append(queue, next)
			}
		}
	}
}

// call asks every reading operation of the API in the outsider's name, first the
// lists, then each thing whose id was seen.
func (c *crawler) call(h *Hall, actor access.Actor) {
	a, mux := api.New(&h.House)
	known := map[string]bool{}
	for _, p := range c.pages {
		for _, id := range ids.FindAllString(p.where, -1) {
			known[id] = true
		}
	}
	get := func(path string) {
		if c.seen[path] {
			return
		}
		c.seen[path] = true
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, web.WithActor(httptest.NewRequest(http.MethodGet, path, nil), actor))
		text := c.keep(path, w)
		if w.Code == http.StatusOK {
			for _, id := range ids.FindAllString(text, -1) {
				known[id] = true
			}
		}
	}
	for _, withID := range []bool{false, true} {
		for _, o := range a.Ops {
			if o.Method != http.MethodGet || strings.Contains(o.Path, "{") != withID {
				continue
			}
			if !withID {
				get("/api/v1" + o.Path)
				continue
			}
			for id := range known {
				get("/api/v1" + fill(o.Path, id))
			}
		}
	}
}

func (c *crawler) none(what string, words ...string) {
	c.Helper()
	for _, p := range c.pages {
		for _, s := range words {
			if i := strings.Index(p.text, s); i >= 0 {
				c.Errorf("%s in %s: …%s…", what, p.where, p.text[max(0, i-80):min(len(p.text), i+60)])
			}
		}
	}
}

func (c *crawler) some(what string, words ...string) {
	c.Helper()
	for _, p := range c.pages {
		for _, s := range words {
			if strings.Contains(p.text, s) {
				return
			}
		}
	}
	c.Errorf("%s is nowhere in %d pages: the test reads nothing", what, len(c.pages))
}

// sendReports has a report written after the canaries were planted, for as many
// campaigns as let themselves be reported.
func sendReports(t *testing.T, h *Hall, boss access.Actor) (sent int) {
	t.Helper()
	var list []campaign.Campaign
	err := h.DB.Read(context.Background(), func(tx *db.Tx) error {
		rows, err := tx.Query(context.Background(), "SELECT id FROM campaign")
		got, err := db.Collect(rows, err, func(r *sql.Rows) (c campaign.Campaign, err error) { return c, r.Scan(&c.ID) })
		list = got
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		e, err := h.Report.Edit(context.Background(), boss, c.ID)
		if err == nil {
			text := e.Text
			text.CampaignID, text.Summary = c.ID, "Written after the canaries were planted."
			err = h.Report.SaveText(context.Background(), boss, text)
		}
		if err == nil {
			_, err = h.Report.Send(context.Background(), boss, c.ID, true)
		}
		if err != nil {
			t.Logf("no report of %s: %v", c.ID, err)
			continue
		}
		sent++
	}
	return sent
}

// rooms gives one outsider of each campaign and party, the demo's first ones.
func rooms(t *testing.T, h *Hall, party access.Role) (out []access.Actor) {
	t.Helper()
	links, err := h.Access.Links(context.Background(), access.System(), "")
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, l := range links {
		if l.Party == party && !have[l.CampaignID] {
			have[l.CampaignID] = true
			out = append(out, l.Actor())
		}
	}
	return out
}

// TestCanary_NothingInternalReachesARoom searches every byte that a link can fetch, as
// page, as JSON, as paper and as book, for amounts and words that are not the reader's.
func TestCanary_NothingInternalReachesARoom(t *testing.T) {
	h, err := playHall()
	if err != nil {
		t.Fatal(err)
	}
	plant(t, h)
	boss := access.Actor{Who: audit.Who{Kind: "staff", ID: "boss", Name: "Boss"}, Role: access.Manager, Lang: "id", Zone: "Asia/Jakarta"}
	if sendReports(t, h, boss) == 0 {
		t.Error("no campaign could be reported: papers and books are not searched")
	}
	margin := append(shapes(priceCanary-costCanary), fmt.Sprint(priceCanary-costCanary))
	for _, party := range []access.Role{access.Client, access.Talent} {
		all := &crawler{T: t}
		for _, actor := range rooms(t, h, party) {
			c := &crawler{T: t, seen: map[string]bool{}}
			prefix := map[access.Role]string{access.Client: "/c/secret", access.Talent: "/t/secret"}[party]
			c.walk(h.as(h.door(t, string(party)), actor), prefix)
			c.call(h, actor)
			all.pages = append(all.pages, c.pages...)
		}
		t.Logf("%s: %d answers searched", party, len(all.pages))
		all.none("an internal note", noteCanary)
		all.none("the margin", margin...)
		if party == access.Client {
			all.none("a talent's cost", shapes(costCanary)...)
			all.some("the client's price", shapes(priceCanary)...)
			all.some("a paper", "%PDF")
			all.some("a book", "xl/workbook.xml")
		} else {
			all.none("the client's price", shapes(priceCanary)...)
			all.some("the own fee", shapes(costCanary)...)
		}
	}
}
