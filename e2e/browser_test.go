package e2e

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
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
			given, err := json.Marshal(open(t, bin, chromium))
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
	Program  string          `json:"program"`
	Data     string          `json:"data"`
}

// open starts the demo on a free port; it stops with the test.
func open(t *testing.T, bin, chromium string) given {
	t.Helper()
	clip, err := filepath.Abs("../internal/demo/media/draft.mp4")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	g := given{Chromium: chromium, Messages: filepath.Join(dir, "messages"), Clip: clip, Program: bin, Data: filepath.Join(dir, "data")}
	said, err := os.Create(g.Messages)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(bin, "serve", "--demo", "--json", "--data", g.Data, "--addr", "127.0.0.1:0", "--now", "2026-11-23T10:00:00+07:00")
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
		_ = said.Close()
	})
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		b, _ := os.ReadFile(g.Messages)
		t.Fatalf("the program does not start: %v\n%s", err, b)
	}
	g.Demo = line
	return g
}
