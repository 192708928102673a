package testkit

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// Program builds the real program once for all tests of a package and gives its
// path. KOLEGA_TEST_PROGRAM names one that is built already.
func Program(t testing.TB) string {
	t.Helper()
	bin, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

var program = sync.OnceValues(func() (string, error) {
	if bin := os.Getenv("KOLEGA_TEST_PROGRAM"); bin != "" {
		return filepath.Abs(bin)
	}
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("kolega-program-%d", os.Getpid()))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "kolega")
	if out, err := exec.Command("go", "build", "-o", bin, "kolega/cmd/kolega").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return bin, nil
})
