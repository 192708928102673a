package scan

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"time"

	"kolega/internal/fault"
)

// ErrUnreadable: the tool finds no picture in the file, or takes too long over it.
var ErrUnreadable = fault.New(fault.Invalid, "scan.unreadable")

// Limits of one reading.
const (
	readTime = 20 * time.Second
	mostText = 64 << 10
	atOnce   = 2
)

// Tool is the machine's tesseract.
type Tool struct {
	tesseract string
	nice      string // lowers the priority; "" where the machine has no such program
	turns     chan struct{}
}

// Find looks for the tool on the machine; false where it is not installed.
func Find() (Tool, bool) {
	tesseract, err := exec.LookPath("tesseract")
	if err != nil {
		return Tool{}, false
	}
	nice, _ := exec.LookPath("nice")
	return Tool{tesseract, nice, make(chan struct{}, atOnce)}, true
}

// Path is where the tool was found.
func (t Tool) Path() string { return t.tesseract }

// Words reads a picture's words, line by line. Fault: scan.unreadable.
func (t Tool) Words(ctx context.Context, picture io.Reader) (string, error) {
	select {
	case t.turns <- struct{}{}:
		defer func() { <-t.turns }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	ctx, stop := context.WithTimeout(ctx, readTime)
	defer stop()
	name, args := t.tesseract, []string{"stdin", "stdout", "-l", "eng", "--psm", "6"}
	if t.nice != "" {
		name, args = t.nice, append([]string{"-n", "15", name}, args...)
	}
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // the program was found by name; the arguments are ours
	var out, said bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = picture, &out, &said
	cmd.Env = []string{"OMP_THREAD_LIMIT=1"} // nothing of the house's environment
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		return "", ErrUnreadable.Wrap(fmt.Errorf("%w: %.300s", err, said.String()))
	}
	return string(out.Bytes()[:min(out.Len(), mostText)]), nil
}
