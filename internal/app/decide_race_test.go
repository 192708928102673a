package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/review"
	"kolega/internal/testkit"
)

// TestDecisions_ThousandInterleavings races the pages and the API of one client, two
// hands at each, against the agency that shows the next version. Whatever order they fall
// into, one decision lands, on a version that the client had before their eyes.
// KOLEGA_INTERLEAVINGS=1000 is the full bar.
func TestDecisions_ThousandInterleavings(t *testing.T) {
	races := 60
	if n, err := strconv.Atoi(os.Getenv("KOLEGA_INTERLEAVINGS")); err == nil {
		races = n
	}
	for name, house := range map[string]func(t *testing.T) *Common{
		"sqlite":   func(t *testing.T) *Common { return &Common{Data: t.TempDir()} },
		"postgres": func(t *testing.T) *Common { return &Common{Data: t.TempDir(), Database: testkit.PostgresAddress(t)} },
	} {
		t.Run(name, func(t *testing.T) { raceDecisions(t, house(t), races) })
	}
}

func raceDecisions(t *testing.T, c *Common, races int) {
	ctx := context.Background()
	h, err := OpenHall(ctx, c, testkit.NewClock(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	if err := db.Migrate(ctx, h.DB); err != nil {
		t.Fatal(err)
	}
	testkit.Booked(t, h.DB, `{"RevisionLimit":2,"ReviewHours":16}`)
	testkit.Put(t, h.DB, "brief", map[string]any{"campaign_id": "ca", "number": 1, "lang": "id", "points": "[]", "questions": "[]", "shared_at": 1, "accepted_at": 1, "created_at": 1, "version": 1})
	boss := access.Actor{Who: audit.Who{Kind: "staff", ID: "ma", Name: "ma"}, Role: access.Manager}
	token, err := h.Access.IssueLink(ctx, boss, access.Room{Party: access.Client, CampaignID: "ca", ClientID: "cl", ContactID: "co", Name: "Sari", Lang: "id", Zone: "Asia/Jakarta"}, testkit.Start.Add(1000*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h.Handler())
	defer srv.Close()
	won := map[string]int{}
	for n := range races {
		for _, hand := range raceOne(t, h, srv.URL, token, n) {
			won[hand]++
		}
	}
	t.Logf("%d races: %v", races, won)
	if races >= 60 && len(won) < 3 {
		t.Errorf("only %v ever won: the races prove little", won)
	}
	if bad, err := h.verify(ctx, io.Discard); bad > 0 || err != nil {
		t.Errorf("verify: %d problems, %v", bad, err)
	}
}

// raceOne puts a deliverable whose first version is with the client and whose second has
// both keys, and lets all hands go at once. It gives who won.
func raceOne(t *testing.T, h *Hall, base, token string, n int) (won []string) {
	ctx, id := context.Background(), fmt.Sprintf("r%05d", n)
	old, next := id+"a", id+"b"
	testkit.Put(t, h.DB, "deliverable", map[string]any{"id": id, "booking_id": "b1", "campaign_id": "ca", "client_id": "cl", "talent_id": "t1", "number": 100 + n, "platform": "instagram", "format": "reels",
		"round_limit": 2, "window_hours": 16, "with_client_id": old, "made_at": 1, "version": 1})
	for i, v := range []string{old, next} {
		row := map[string]any{"id": v, "deliverable_id": id, "campaign_id": "ca", "major": i + 1, "minor": 1, "link_url": "https://drive.example/" + v, "brief_version": 1, "agreed_brief": 1, "source": "talent", "uploaded_at": 1}
		if i == 0 {
			row["shown_at"], row["opened_at"] = 1, 1
		}
		testkit.Put(t, h.DB, "draft", row)
	}
	for _, k := range []string{"specialist", "ae"} {
		testkit.Put(t, h.DB, "draft_check", map[string]any{"id": next + k, "draft_id": next, "campaign_id": "ca", "key_name": k, "by_id": k, "answers": "[]", "passed": true, "at": 1})
	}
	post := func(path, kind, body string, head ...string) bool {
		r, err := http.NewRequest(http.MethodPost, base+path, strings.NewReader(body))
		if err != nil {
			return false
		}
		r.Header.Set("Content-Type", kind)
		for i := 0; i+1 < len(head); i += 2 {
			r.Header.Set(head[i], head[i+1])
		}
		w, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			return false
		}
		defer w.Body.Close()
		_, _ = io.Copy(io.Discard, w.Body)
		return w.StatusCode == http.StatusSeeOther || w.StatusCode == http.StatusCreated
	}
	form := func(path string, v url.Values) func() bool {
		return func() bool {
			return post("/c/"+token+"/drafts/"+id+path, "application/x-www-form-urlencoded", v.Encode())
		}
	}
	api := func(path, body string) func() bool {
		return func() bool {
			return post("/api/v1"+path, "application/json", body, "Authorization", "Bearer "+token, "Idempotency-Key", id+path+strconv.Itoa(rand.Int()))
		}
	}
	ae := access.Actor{Who: audit.Who{Kind: "staff", ID: "ae", Name: "ae"}, Role: access.AE}
	hands := []struct {
		name string
		do   func() bool
	}{
		{"page approves", form("/approve", url.Values{"version": {old}})},
		{"api approves", api("/drafts/"+old+"/approvals", "{}")},
		{"page asks", form("/notes", url.Values{"version": {old}, "act": {"send"}, "text": {"another song"}})},
		{"api asks", api("/drafts/"+old+"/rounds", `{"items":[{"text":"another light"}]}`)},
		{"page approves what was not shown", form("/approve", url.Values{"version": {next}})},
		{"agency shows", func() bool { return h.Review.ShowDraft(ctx, ae, next) == nil }},
	}
	rand.Shuffle(len(hands), func(i, j int) { hands[i], hands[j] = hands[j], hands[i] })
	ok := make([]bool, len(hands))
	var all sync.WaitGroup
	start := make(chan struct{})
	for i, x := range hands {
		wait := time.Duration(rand.Intn(3000)) * time.Microsecond
		if x.name == "agency shows" { // it comes by no network
			wait *= 4
		}
		all.Go(func() { <-start; time.Sleep(wait); ok[i] = x.do() })
	}
	close(start)
	all.Wait()
	said := map[string]bool{}
	for i, x := range hands {
		if said[x.name] = ok[i]; ok[i] {
			won = append(won, x.name)
		}
	}
	judgeRace(t, h, id, old, next, said)
	return won
}

// judgeRace compares what was answered with what is kept.
func judgeRace(t *testing.T, h *Hall, id, old, next string, said map[string]bool) {
	t.Helper()
	ctx := context.Background()
	var d review.Deliverable
	var w review.Version
	var rounds, approvals int
	err := h.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if d, err = review.LoadDeliverable(ctx, tx, id); err != nil {
			return err
		}
		if w, err = review.LoadVersion(ctx, tx, next); err != nil {
			return err
		}
		if err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM review_round WHERE deliverable_id = $1`, id).Scan(&rounds); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM approval WHERE deliverable_id = $1`, id).Scan(&approvals)
	})
	if err != nil {
		t.Fatal(err)
	}
	onOld := 0
	for _, name := range []string{"page approves", "api approves", "page asks", "api asks"} {
		if said[name] {
			onOld++
		}
	}
	oldApproved, newApproved := said["page approves"] || said["api approves"], said["page approves what was not shown"]
	switch {
	case onOld > 1:
		t.Errorf("%s: version 1 was decided %d times: %v", id, onOld, said)
	case rounds != b2n(said["page asks"] || said["api asks"]):
		t.Errorf("%s: %d rounds are kept of %v", id, rounds, said)
	case approvals != b2n(oldApproved || newApproved):
		t.Errorf("%s: %d approvals are kept of %v", id, approvals, said)
	case oldApproved && d.ApprovedID != old, newApproved && d.ApprovedID != next, !oldApproved && !newApproved && d.ApprovedID != "":
		t.Errorf("%s: approved is %q after %v", id, d.ApprovedID, said)
	case newApproved && w.ShownAt.IsZero(), oldApproved && !w.ShownAt.IsZero():
		t.Errorf("%s: an approval landed on what the client did not see: %v", id, said)
	}
}

func b2n(b bool) int {
	if b {
		return 1
	}
	return 0
}
