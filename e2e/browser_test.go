package e2e

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kolega/internal/testkit"
)

// TestBrowser runs every *.test.mjs of this folder against a fresh demo. Without
// Chromium, Node or the packages it is skipped aloud; under CI=true that is a failure.
func TestBrowser(t *testing.T) {
	chromium, node := needed(t)
	files, err := filepath.Glob("*.test.mjs")
	if err != nil || len(files) == 0 {
		t.Fatalf("no browser tests found: %v", err)
	}
	bin := testkit.Program(t)
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			given, err := json.Marshal(open(t, bin, chromium, times[file]))
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(node, "--test", "--test-reporter=spec", file)
			cmd.Env = append(os.Environ(), "KOLEGA_E2E="+string(given))
			out, err := cmd.CombinedOutput()
			if t.Logf("%s", out); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
		})
	}
}

func needed(t *testing.T) (chromium, node string) {
	t.Helper()
	lacks := func(what string) {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is needed under CI=true; run tools/install", what)
		}
		t.Skipf("SKIPPED, no %s; run tools/install", what)
	}
	var err error
	if chromium, err = exec.LookPath("chromium"); err != nil {
		lacks("chromium")
	}
	if node, err = exec.LookPath("node"); err != nil {
		lacks("node")
	}
	if _, err := os.Stat("node_modules/playwright-core"); err != nil {
		lacks("node packages in e2e/node_modules")
	}
	return chromium, node
}

// given is what the scripts get to know.
type given struct {
	Demo     json.RawMessage `json:"demo"`
	Chromium string          `json:"chromium"`
	Messages string          `json:"messages"` // file with what the program prints
	Clip     string          `json:"clip"`
	Control  string          `json:"control"` // POST ?now=TIME stops the demo and goes on at that instant
}

// times is how often the demo is played over for a file that needs a larger agency.
var times = map[string]string{"money.test.mjs": "4"}

// stage is the running program: it can be stopped and started again on its data, later.
type stage struct {
	bin, data, addr string
	times           string // how often the demo is played; empty is once
	said            *os.File
	cmd             *exec.Cmd
}

// start runs the program from an instant on and gives its first line.
func (s *stage) start(now string) ([]byte, error) {
	args := []string{"serve", "--demo", "--json", "--data", s.data, "--addr", s.addr, "--now", now}
	if s.times != "" {
		args = append(args, "--demo-times", s.times)
	}
	s.cmd = exec.Command(s.bin, args...)
	s.cmd.Stderr = s.said
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	return bufio.NewReader(out).ReadBytes('\n')
}

func (s *stage) stop() {
	_ = s.cmd.Process.Signal(os.Interrupt)
	_ = s.cmd.Wait()
}

// ServeHTTP is the control: on the same data and address, at a later time.
func (s *stage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.stop()
	if _, err := s.start(r.FormValue("now")); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// open starts the demo on a free port; it stops with the test.
func open(t *testing.T, bin, chromium, times string) given {
	t.Helper()
	clip, err := filepath.Abs("../internal/demo/media/draft.mp4")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	g := given{Chromium: chromium, Messages: filepath.Join(dir, "messages"), Clip: clip}
	said, err := os.Create(g.Messages)
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{bin: bin, data: filepath.Join(dir, "data"), addr: "127.0.0.1:0", said: said, times: times}
	if g.Demo, err = s.start("2026-11-23T10:00:00+07:00"); err != nil {
		b, _ := os.ReadFile(g.Messages)
		t.Fatalf("the program does not start: %v\n%s", err, b)
	}
	var at struct{ URL string }
	if err := json.Unmarshal(g.Demo, &at); err != nil {
		t.Fatal(err)
	}
	s.addr = strings.TrimPrefix(at.URL, "http://")
	control := httptest.NewServer(s)
	g.Control = control.URL
	t.Cleanup(func() {
		control.Close()
		s.stop()
		_ = said.Close()
	})
	return g
}
