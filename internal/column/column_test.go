package column

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"testing"

	"pgregory.net/rapid"
)

func TestDict_FindsByBeginning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfDistinct(rapid.StringMatching(`[abc]{0,6}`), rapid.ID).Draw(t, "keys")
		sort.Strings(keys)
		var w DictWriter
		for i, k := range keys {
			w.Add([]byte(k), uint64(i)*7)
		}
		d := w.Done()
		for i, k := range keys {
			if c := d.At(i); !c.OK || string(c.Key) != k || c.Ref != uint64(i)*7 {
				t.Fatalf("entry %d is %q", i, c.Key)
			}
		}
		p := rapid.StringMatching(`[abc]{0,3}`).Draw(t, "prefix")
		var got, want []string
		d.Prefix([]byte(p), func(c *Cursor) bool { got = append(got, string(c.Key)); return true })
		for _, k := range keys {
			if bytes.HasPrefix([]byte(k), []byte(p)) {
				want = append(want, k)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("prefix %q gives %v, not %v", p, got, want)
		}
	})
}

func TestBits_AreSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 300).Draw(t, "n")
		draw := func(name string) []uint32 {
			l := rapid.SliceOfDistinct(rapid.Uint32Range(0, uint32(n-1)), rapid.ID).Draw(t, name)
			slices.Sort(l)
			return l
		}
		rows := draw("rows")
		s := NewSet(slices.Clone(rows), n)
		b := NewBits(n)
		s.Or(b)
		var up, down []uint32
		b.Each(func(r uint32) { up = append(up, r) })
		b.Down(func(r uint32) bool { down = append(down, r); return true })
		slices.Reverse(down)
		if !slices.Equal(up, rows) || !slices.Equal(down, rows) || b.Count() != len(rows) || s.Len() != len(rows) {
			t.Fatalf("%v is read as %v and %v", rows, up, down)
		}
		for r := range uint32(n) {
			if s.Has(r) != slices.Contains(rows, r) {
				t.Fatalf("row %d", r)
			}
		}
		lo := rapid.IntRange(0, n).Draw(t, "lo")
		hi := rapid.IntRange(lo, n).Draw(t, "hi")
		part, full := slices.Clone(b), NewBits(n)
		part.Only(lo, hi)
		full.Fill(lo, hi)
		full.And(b)
		if !slices.Equal(part, full) {
			t.Fatalf("rows %d to %d of %v: %v, %v", lo, hi, rows, part, full)
		}
		packed := NewBits(n)
		AddRows(AppendRows(nil, rows), packed)
		if !slices.Equal(packed, b) {
			t.Fatal("packed rows differ")
		}
		other := draw("other")
		o := NewSet(other, n)
		from, to := b.Span()
		want := 0
		for _, r := range rows {
			if slices.Contains(other, r) {
				want++
			}
		}
		if got := o.CountIn(b, from, to); got != want {
			t.Fatalf("%d in both, not %d", got, want)
		}
	})
}

func TestFile_IsReadBackOrRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	numbers := []uint32{1, 2, 3, 1 << 31}
	if err := WriteFile(path, "one", []Part{{"a", []byte("abc")}, {"n", Bytes(numbers)}, {"empty", nil}}); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path, "one")
	if err != nil {
		t.Fatal(err)
	}
	if string(f.Part("a")) != "abc" || !slices.Equal(Of[uint32](f.Part("n")), numbers) || len(f.Part("empty")) != 0 {
		t.Error("the parts differ")
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if _, err := Open(path, "two"); !errors.Is(err, ErrFile) {
		t.Errorf("another layout: %v", err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, broken := range [][]byte{whole[:len(whole)-1], whole[:5], append(slices.Clone(whole[:len(whole)/2]), append([]byte{whole[len(whole)/2] ^ 1}, whole[len(whole)/2+1:]...)...)} {
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, "one"); !errors.Is(err, ErrFile) {
			t.Errorf("%d bytes: %v", len(broken), err)
		}
	}
}
