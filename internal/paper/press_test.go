package paper

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestPress_EachObjectIsFoundAtItsPlace reads the table of a pressed file, and that it is
// much smaller than the file before.
func TestPress_EachObjectIsFoundAtItsPlace(t *testing.T) {
	p := NewPDF(Meta{Title: "Laporan", Lang: "id", Created: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)})
	for range 400 {
		p.Note("Seribu unggahan, satu kalimat yang sama berulang kali, supaya ada yang dimampatkan.")
	}
	p.feet()
	var before, after bytes.Buffer
	if err := p.f.Output(&before); err != nil {
		t.Fatal(err)
	}
	n, err := press(before.Bytes(), &after)
	if err != nil || n != int64(after.Len()) {
		t.Fatal(n, after.Len(), err)
	}
	if after.Len() > before.Len()/2 {
		t.Errorf("%d bytes of %d are left", after.Len(), before.Len())
	}
	places, _, err := placesOf(after.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for i, at := range places[1:] {
		if at == 0 {
			continue
		}
		found++
		if want := fmt.Sprintf("%d 0 obj\n", i+1); !strings.HasPrefix(string(after.Bytes()[at:]), want) {
			t.Errorf("object %d is not at %d", i+1, at)
		}
	}
	if found < 10 {
		t.Errorf("only %d objects", found)
	}
	for _, broken := range [][]byte{nil, []byte("%PDF"), before.Bytes()[:before.Len()/2], []byte("startxref\n9999999\n%%EOF\n")} {
		if _, err := press(broken, &after); err == nil {
			t.Errorf("%d bytes of no PDF were pressed", len(broken))
		}
	}
}
