package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// cycles of killing; fewer at a desk with -short.
const cycles = 100

// TestKill_NoAcknowledgedWriteIsLost kills the program in the middle of writes, again
// and again. Whatever it had said was kept is there after the next start, and the
// trail and the books are whole.
func TestKill_NoAcknowledgedWriteIsLost(t *testing.T) {
	n := cycles
	if testing.Short() {
		n = 10
	}
	bin, data := build(t), t.TempDir()
	token := firstToken(t, &Common{Data: data}, nil)
	acked := map[string]bool{}
	for cycle := range n {
		run := start(t, bin, "--data", data)
		names := write(run.url, token, cycle, time.Duration(20+rand.Intn(120))*time.Millisecond, run.kill)
		for _, name := range names {
			acked[name] = true
		}
		if out, err := exec.Command(bin, "verify", "--data", data).CombinedOutput(); err != nil {
			t.Fatalf("cycle %d: verify: %v\n%s", cycle, err, out)
		}
	}
	run := start(t, bin, "--data", data)
	defer run.kill()
	there := clientNames(t, run.url, token)
	for name := range acked {
		if !there[name] {
			t.Errorf("%s was acknowledged and is gone", name)
		}
	}
	if len(acked) < n/2 {
		t.Errorf("only %d writes in %d cycles: the test proves little", len(acked), n)
	}
	t.Logf("%d cycles, %d acknowledged writes, none lost", n, len(acked))
}

var built = sync.OnceValues(func() (string, error) {
	dir, err := tempDir()
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "kolega")
	out, err := exec.Command("go", "build", "-o", bin, "kolega/cmd/kolega").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return bin, nil
})

// build makes the program once for all tests.
func build(t *testing.T) string {
	t.Helper()
	bin, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

// firstToken sets an agency up, fills it, and gives a key to its API.
func firstToken(t *testing.T, c *Common, fill func(h *Hall, boss access.Actor)) string {
	t.Helper()
	ctx := context.Background()
	h, err := OpenHall(ctx, c, worktime.System(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := db.Migrate(ctx, h.DB); err != nil {
		t.Fatal(err)
	}
	p, err := h.Access.SetUp(ctx, access.NewPerson{Email: "maya@kolega.example", Name: "Maya", Password: "a short sentence", Lang: "en", Zone: "Asia/Jakarta"})
	if err != nil {
		t.Fatal(err)
	}
	if fill != nil {
		fill(h, p.Actor("web"))
	}
	token, _, err := h.Access.NewToken(ctx, p.Actor("web"), "test", []string{"*"}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

type running struct {
	url  string
	kill func()
}

// start runs the program on a house and waits for its address.
func start(t *testing.T, bin string, house ...string) running {
	t.Helper()
	c := exec.Command(bin, append([]string{"serve", "--addr", "127.0.0.1:0"}, house...)...)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	kill := sync.OnceFunc(func() { _ = c.Process.Kill(); _ = c.Wait() })
	t.Cleanup(kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the program said nothing: %v", err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return running{"http" + strings.TrimSpace(line[strings.Index(line, "http")+4:]), kill}
}

// write makes clients from several goroutines until the program is killed, some time
// after the first was acknowledged, and gives the names that were. In each fourth cycle
// the kill waits for nothing, so that first writes are hit as well.
func write(url, token string, cycle int, after time.Duration, kill func()) (acked []string) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	soon := sync.OnceFunc(func() { time.AfterFunc(after, kill) })
	if cycle%4 == 0 {
		soon()
	}
	for g := range 4 {
		wg.Go(func() {
			for i := range 1000 {
				name := fmt.Sprintf("Klien %d-%d-%d", cycle, g, i)
				if !makeClient(url, token, name) {
					return
				}
				mu.Lock()
				acked = append(acked, name)
				mu.Unlock()
				soon()
			}
		})
	}
	wg.Wait()
	kill()
	return acked
}

func makeClient(url, token, name string) bool {
	body, _ := json.Marshal(map[string]any{"name": name, "country": "ID", "zone": "Asia/Jakarta", "lang": "id", "payment_days": 30})
	r, err := http.NewRequest(http.MethodPost, url+"/api/v1/clients", bytes.NewReader(body))
	if err != nil {
		return false
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", name)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	defer w.Body.Close()
	_, err = io.Copy(io.Discard, w.Body)
	return err == nil && w.StatusCode == http.StatusCreated
}

func clientNames(t *testing.T, url, token string) map[string]bool {
	t.Helper()
	there := map[string]bool{}
	for after := ""; ; {
		r, err := http.NewRequest(http.MethodGet, url+"/api/v1/clients?limit=200&after="+after, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		w, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		var page struct {
			Items []struct{ Name string }
			Next  string
		}
		err = json.NewDecoder(w.Body).Decode(&page)
		w.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Items {
			there[c.Name] = true
		}
		if page.Next == "" {
			return there
		}
		after = strings.NewReplacer(" ", "%20", "\x1f", "%1F").Replace(page.Next)
	}
}
