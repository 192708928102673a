package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/testkit"
)

// TestNumbers_KilledWhileInvoicesAreIssued lets eight hands issue invoices at once and
// kills the program under them, again and again: no number is missing, none stands
// twice, and each that was answered is kept. KOLEGA_KILLS=200 issues the 10,000 of
// the goal; the usual run is a tenth.
func TestNumbers_KilledWhileInvoicesAreIssued(t *testing.T) {
	kills := 20
	if n, err := strconv.Atoi(os.Getenv("KOLEGA_KILLS")); err == nil {
		kills = n
	}
	if testing.Short() {
		kills = 4
	}
	for name, house := range map[string]func(t *testing.T) *Common{
		"sqlite":   func(t *testing.T) *Common { return &Common{Data: t.TempDir()} },
		"postgres": func(t *testing.T) *Common { return &Common{Data: t.TempDir(), Database: testkit.PostgresAddress(t)} },
	} {
		t.Run(name, func(t *testing.T) { issueUnderKills(t, house(t), kills) })
	}
}

// each kill falls into the issuing of so many.
const perKill = 50

func issueUnderKills(t *testing.T, c *Common, kills int) {
	token := firstToken(t, c, func(h *Hall, boss access.Actor) { drafted(t, h, boss, kills*perKill) })
	flags := []string{"--data", c.Data}
	if c.Database != "" {
		flags = append(flags, "--database", c.Database)
	}
	bin, next, said := build(t), 0, map[string]string{}
	for next < kills*perKill {
		run := start(t, bin, flags...)
		answered := issueUntilKilled(run, token, next, min(next+perKill, kills*perKill))
		for id, number := range answered {
			said[id] = number
		}
		next += perKill
	}
	if out, err := exec.Command(bin, append([]string{"verify"}, flags...)...).CombinedOutput(); err != nil {
		t.Fatalf("verify: %v\n%s", err, out)
	}
	numbered(t, c, said, kills)
}

// drafted puts invoices that wait to be issued.
func drafted(t *testing.T, h *Hall, boss access.Actor, n int) {
	t.Helper()
	ctx := context.Background()
	house, err := h.Access.Agency(ctx)
	if err != nil {
		t.Fatal(err)
	}
	house.Name, house.LegalName, house.Address, house.BankName, house.BankNo, house.BankOwner = "Agensi", "PT Agensi", "Jakarta", "Bank Contoh", "1", "PT Agensi"
	if err := h.Access.SaveAgency(ctx, boss, house); err != nil {
		t.Fatal(err)
	}
	testkit.Booked(t, h.DB, "{}")
	for i := range n {
		testkit.Put(t, h.DB, "invoice", map[string]any{"id": fmt.Sprintf("i%05d", i), "client_id": "cl", "campaign_id": "ca", "currency": "IDR", "lang": "id", "tax_code": "none", "payment_days": 14, "made_at": 1, "version": 1,
			"items": `[{"Text":"Konten","Amount":{"Minor":1000000,"Currency":"IDR"}}]`, "buyer": "{}", "seller": "{}"})
	}
}

// issueUntilKilled issues from eight goroutines until the program is killed or all are
// issued, and gives the numbers that were answered.
func issueUntilKilled(run running, token string, from, to int) map[string]string {
	var mu sync.Mutex
	var hands sync.WaitGroup
	out := map[string]string{}
	soon := sync.OnceFunc(func() { time.AfterFunc(time.Duration(rand.Intn(60))*time.Millisecond, run.kill) })
	for g := range 8 {
		hands.Go(func() {
			for i := from + g; i < to; i += 8 {
				id := fmt.Sprintf("i%05d", i)
				number, ok := issueOne(run.url, token, id)
				if !ok {
					return
				}
				mu.Lock()
				out[id] = number
				mu.Unlock()
				soon()
			}
		})
	}
	hands.Wait()
	run.kill()
	return out
}

func issueOne(url, token, id string) (number string, ok bool) {
	r, err := http.NewRequest(http.MethodPost, url+"/api/v1/invoices/"+id+"/issue", nil)
	if err != nil {
		return "", false
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Idempotency-Key", id)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", false
	}
	defer w.Body.Close()
	var body struct{ Number string }
	b, err := io.ReadAll(w.Body)
	if err != nil || json.Unmarshal(b, &body) != nil {
		return "", false
	}
	return body.Number, w.StatusCode < 300 && body.Number != ""
}

// numbered checks what stands after all: serials from 1 on without a gap, and what was
// answered.
func numbered(t *testing.T, c *Common, said map[string]string, kills int) {
	t.Helper()
	ctx := context.Background()
	h, err := OpenHall(ctx, c, testkit.NewClock(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	var serials []int64
	err = h.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := tx.Query(ctx, `SELECT id, number, serial FROM invoice WHERE issued_at IS NOT NULL`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id, number string
			var serial int64
			if err := rows.Scan(&id, &number, &serial); err != nil {
				return err
			}
			serials = append(serials, serial)
			if said[id] != "" && said[id] != number {
				t.Errorf("%s was answered as %s and is %s", id, said[id], number)
			}
			delete(said, id)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, number := range said {
		t.Errorf("%s was answered as %s and is a draft", id, number)
	}
	slices.Sort(serials)
	for i, n := range serials {
		if n != int64(i+1) {
			t.Fatalf("after %d numbers stands %d", i, n)
		}
	}
	if len(serials) < kills {
		t.Errorf("only %d invoices in %d kills: the test proves little", len(serials), kills)
	}
	t.Logf("%d invoices, %d kills, no gap", len(serials), kills)
}
