package partial

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

const id = "01hzy0000000000000000000aa"

func open(t testing.TB) *Folder {
	t.Helper()
	f, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestFolder_ACutConnectionKeepsWhatCame(t *testing.T) {
	f, ctx := open(t), context.Background()
	cutAfter := io.MultiReader(bytes.NewReader([]byte("hello ")), iotest.ErrReader(io.ErrUnexpectedEOF))
	sum := sha256.New()
	n, err := f.Append(ctx, id, 0, 100, cutAfter, sum)
	if n != 6 || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatalf("%d %v", n, err)
	}
	if n, err = f.Append(ctx, id, 6, 100, bytes.NewReader([]byte("world")), sum); n != 5 || err != nil {
		t.Fatalf("%d %v", n, err)
	}
	r, err := f.Read(id, 11)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if b, _ := io.ReadAll(r); string(b) != "hello world" {
		t.Errorf("%q", b)
	}
	if want := sha256.Sum256([]byte("hello world")); !bytes.Equal(sum.Sum(nil), want[:]) {
		t.Error("the hash that ran along is not that of the bytes")
	}
}

func TestFolder_Refusals(t *testing.T) {
	f, ctx := open(t), context.Background()
	if _, err := f.Append(ctx, id, 10, 100, bytes.NewReader(nil), io.Discard); !errors.Is(err, ErrOffset) {
		t.Error("a hole in the file")
	}
	for _, bad := range []string{"", "../../etc/passwd", "short", "01HZY0000000000000000000AA"} {
		if _, err := f.Append(ctx, bad, 0, 1, bytes.NewReader(nil), io.Discard); !errors.Is(err, ErrAbsent) {
			t.Errorf("%q is no name", bad)
		}
	}
	if _, err := f.Read("01hzy0000000000000000000bb", 0); !errors.Is(err, ErrAbsent) {
		t.Error(err)
	}
	if n, _ := f.Append(ctx, id, 0, 3, bytes.NewReader([]byte("too much")), io.Discard); n != 3 {
		t.Error("more than was asked for")
	}
}

func TestFolder_AnyCutsGiveTheSameBytes(t *testing.T) {
	f, ctx := open(t), context.Background()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Byte(), 1, 5000).Draw(t, "bytes")
		if err := f.Remove(id); err != nil {
			t.Fatal(err)
		}
		durable := int64(0)
		for durable < int64(len(want)) {
			piece := rapid.Int64Range(0, 2000).Draw(t, "piece")
			n, _ := f.Append(ctx, id, durable, int64(len(want))-durable, io.MultiReader(
				io.LimitReader(bytes.NewReader(want[durable:]), piece), iotest.ErrReader(io.ErrUnexpectedEOF)), io.Discard)
			if rapid.Bool().Draw(t, "acknowledged") { // else the answer was lost, and the piece comes again
				durable += n
			}
			if piece == 0 && n == 0 {
				break
			}
		}
		if _, err := f.Append(ctx, id, durable, int64(len(want)), bytes.NewReader(want[durable:]), io.Discard); err != nil {
			t.Fatal(err)
		}
		r, err := f.Read(id, int64(len(want)))
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if got, _ := io.ReadAll(r); !bytes.Equal(got, want) {
			t.Fatal("other bytes arrived")
		}
	})
}
