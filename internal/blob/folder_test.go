package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"kolega/internal/fault"
)

var ctx = context.Background()

func folder(t testing.TB, dir string) *FolderStore {
	t.Helper()
	s, err := Folder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// contents lists what Walk finds.
func contents(t testing.TB, s Store) []string {
	t.Helper()
	var list []string
	if err := s.Walk(ctx, func(e Entry) error { list = append(list, e.SHA256); return nil }); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestFolder_GivesBackWhatWasPut(t *testing.T) {
	s := folder(t, t.TempDir())
	for name, data := range map[string][]byte{"empty": {}, "text": []byte("halo"), "png": []byte("\x89PNG\r\n\x1a\n0000"), "large": bytes.Repeat([]byte("0123456789"), 300_000)} {
		var in io.Reader = bytes.NewReader(data)
		if len(data) < 5000 {
			in = iotest.OneByteReader(in)
		}
		ref, err := s.Put(ctx, in)
		if err != nil || ref.SHA256 != sumOf(data) || ref.Size != int64(len(data)) {
			t.Fatal(name, ref, err)
		}
		if name == "png" && ref.Type != "image/png" {
			t.Error(ref.Type)
		}
		r, err := s.Open(ctx, ref.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		back, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(back, data) {
			t.Errorf("%s came back changed", name)
		}
		if at, err := r.Seek(0, io.SeekStart); at != 0 || err != nil {
			t.Error(err)
		}
		r.Close()
		if err := s.Verify(ctx, ref.SHA256); err != nil {
			t.Error(err)
		}
		if has, err := s.Has(ctx, ref.SHA256); !has || err != nil {
			t.Error(has, err)
		}
	}
	if list := contents(t, s); len(list) != 4 {
		t.Errorf("walked %d", len(list))
	}
}

func TestFolder_SameContentIsKeptOnce(t *testing.T) {
	dir := t.TempDir()
	s := folder(t, dir)
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if _, err := s.Put(ctx, strings.NewReader("same")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if list := contents(t, s); len(list) != 1 {
		t.Errorf("kept %d", len(list))
	}
	if left, _ := os.ReadDir(filepath.Join(dir, incoming)); len(left) != 0 {
		t.Errorf("%d temporary files are left", len(left))
	}
}

func TestFolder_AFailedPutLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := folder(t, dir)
	broken := errors.New("line cut")
	if _, err := s.Put(ctx, io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, err := s.Put(ctx, Limited(strings.NewReader("12345678"), 7)); !errors.Is(err, ErrTooBig) {
		t.Error(err)
	}
	if ref, err := s.Put(ctx, Limited(strings.NewReader("1234567"), 7)); err != nil || ref.Size != 7 {
		t.Error("exactly the limit is allowed", err)
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := s.Put(stopped, strings.NewReader("x")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if left, _ := os.ReadDir(filepath.Join(dir, incoming)); len(left) != 0 || len(contents(t, s)) != 1 {
		t.Errorf("left behind %v", left)
	}
}

func TestFolder_NamesAreHashesAndNothingElse(t *testing.T) {
	dir := t.TempDir()
	s := folder(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "secret", "../secret", strings.Repeat("a", 64), strings.Repeat("A", 64), "incoming", strings.Repeat("../", 22), "\x00"} {
		if _, err := s.Open(ctx, name); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v", name, err)
		}
		if has, err := s.Has(ctx, name); has || err != nil {
			t.Errorf("%q: %v %v", name, has, err)
		}
		if err := s.Remove(ctx, name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		if err := s.Verify(ctx, name); !errors.Is(err, ErrAbsent) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "secret")); err != nil {
		t.Error("a file beside the store was removed")
	}
}

func TestFolder_DamageIsFoundAndHealedByTheSameFile(t *testing.T) {
	dir := t.TempDir()
	s := folder(t, dir)
	ref, err := s.Put(ctx, strings.NewReader("whole content"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, place(ref.SHA256))
	os.Chmod(file, 0o600)
	if err := os.WriteFile(file, []byte("whole contenT"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(ctx, ref.SHA256); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
	if err := os.Truncate(file, 3); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(ctx, strings.NewReader("whole content")); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(ctx, ref.SHA256); err != nil {
		t.Errorf("a cut file was kept: %v", err)
	}
}

func TestFolder_RemovedContentIsGone(t *testing.T) {
	s := folder(t, t.TempDir())
	ref, err := s.Put(ctx, strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Remove(ctx, ref.SHA256); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Open(ctx, ref.SHA256); !errors.Is(err, ErrAbsent) || len(contents(t, s)) != 0 {
		t.Error(err)
	}
}

// steps are where a Put may be killed.
var steps = []string{"created", "written", "synced", "placed", "renamed", "durable"}

// A Put that is killed at any step leaves whole content or none, and the store goes on.
func TestFolder_SurvivesAKillAtEachStep(t *testing.T) {
	if dir := os.Getenv("BLOB_KILL_DIR"); dir != "" {
		putAndDie(t, dir, os.Getenv("BLOB_KILL_STEP"))
		return
	}
	data := bytes.Repeat([]byte("draf video "), 100_000)
	for _, step := range steps {
		dir := t.TempDir()
		cmd := exec.Command(os.Args[0], "-test.run=^TestFolder_SurvivesAKillAtEachStep$")
		cmd.Env = append(os.Environ(), "BLOB_KILL_DIR="+dir, "BLOB_KILL_STEP="+step)
		var exit *exec.ExitError
		if err := cmd.Run(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
			t.Fatalf("%s: the child was not killed: %v", step, err)
		}
		s := folder(t, dir)
		for _, sha := range contents(t, s) {
			if err := s.Verify(ctx, sha); err != nil {
				t.Errorf("%s: half content under its name: %v", step, err)
			}
		}
		want := step == "renamed" || step == "durable"
		if has, _ := s.Has(ctx, sumOf(data)); has != want {
			t.Errorf("%s: content there: %v", step, has)
		}
		if _, err := s.Sweep(ctx, time.Now().Add(time.Minute)); err != nil {
			t.Errorf("%s: %v", step, err)
		}
		if left, _ := os.ReadDir(filepath.Join(dir, incoming)); len(left) != 0 {
			t.Errorf("%s: %d temporary files are left", step, len(left))
		}
		if ref, err := s.Put(ctx, bytes.NewReader(data)); err != nil || s.Verify(ctx, ref.SHA256) != nil {
			t.Errorf("%s: the second try: %v", step, err)
		}
	}
}

func putAndDie(t *testing.T, dir, at string) {
	s := folder(t, dir)
	s.step = func(step string) {
		if step == at {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	s.Put(ctx, bytes.NewReader(bytes.Repeat([]byte("draf video "), 100_000)))
	fmt.Println("not killed")
}

func TestFolder_SweepSparesWhatIsStillComing(t *testing.T) {
	dir := t.TempDir()
	s := folder(t, dir)
	for i, age := range []time.Duration{0, 48 * time.Hour} {
		file := filepath.Join(dir, incoming, "part"+strconv.Itoa(i))
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := s.Sweep(ctx, time.Now().Add(-24*time.Hour)); n != 1 || err != nil {
		t.Error(n, err)
	}
	if _, err := os.Stat(filepath.Join(dir, incoming, "part0")); err != nil {
		t.Error("a file that is still coming was swept")
	}
}

func TestFolder_LinksDoNotLeadOut(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	s := folder(t, dir)
	sha := sumOf([]byte("outside"))
	if err := os.WriteFile(filepath.Join(outside, sha), []byte("outside"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, sha[:2])); err != nil {
		t.Fatal(err)
	}
	if r, err := s.Open(ctx, sha); err == nil {
		r.Close()
		t.Error("a link led out of the store")
	}
}

// An Adopt that is killed at any step leaves the file where it was or the content under its
// hash, and a second try ends it.
func TestFolder_AdoptSurvivesAKillAtEachStep(t *testing.T) {
	data := []byte("one whole upload")
	ref := Ref{SHA256: sumOf(data), Size: int64(len(data))}
	if dir := os.Getenv("BLOB_ADOPT_DIR"); dir != "" {
		s := folder(t, dir)
		s.step = func(step string) {
			if step == os.Getenv("BLOB_KILL_STEP") {
				syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {}
			}
		}
		_ = s.Adopt(ctx, os.Getenv("BLOB_ADOPT_FILE"), ref)
		return
	}
	for _, step := range []string{"adopted", "placed", "renamed", "durable"} {
		dir, file := t.TempDir(), filepath.Join(t.TempDir(), "upload")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(os.Args[0], "-test.run=^TestFolder_AdoptSurvivesAKillAtEachStep$")
		cmd.Env = append(os.Environ(), "BLOB_ADOPT_DIR="+dir, "BLOB_ADOPT_FILE="+file, "BLOB_KILL_STEP="+step)
		var exit *exec.ExitError
		if err := cmd.Run(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
			t.Fatalf("%s: the child was not killed: %v", step, err)
		}
		s := folder(t, dir)
		if _, err := os.Stat(file); err != nil {
			if has, _ := s.Has(ctx, ref.SHA256); !has {
				t.Errorf("%s: the upload is neither here nor there", step)
			}
			continue
		}
		if err := s.Adopt(ctx, file, ref); err != nil || s.Verify(ctx, ref.SHA256) != nil {
			t.Errorf("%s: the second try: %v", step, err)
		}
		if _, err := os.Stat(file); err == nil {
			t.Errorf("%s: the file stays behind", step)
		}
	}
}
