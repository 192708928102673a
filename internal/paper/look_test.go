package paper

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"testing"
)

// TestLook_WordsStayReadable tries colours over the whole cube.
func TestLook_WordsStayReadable(t *testing.T) {
	white := rgb{255, 255, 255}
	for r := 0; r < 256; r += 51 {
		for g := 0; g < 256; g += 51 {
			for b := 0; b < 256; b += 51 {
				c := rgb{r, g, b}
				p := Look{Color: c.hex()}.palette()
				if p.ground != c {
					t.Errorf("%s: the ground became %s", c.hex(), p.ground.hex())
				}
				for name, got := range map[string]float64{"words on the ground": contrast(p.ground, p.onGround), "words on white": contrast(p.brand, white), "words on a tint": contrast(p.brand, p.tint)} {
					if got < readable {
						t.Errorf("%s: %s have contrast %.2f", c.hex(), name, got)
					}
				}
			}
		}
	}
	if got := (Look{Color: "nothing"}).palette(); got.ground != toba {
		t.Errorf("no colour gives %v", got)
	}
}

func TestPicture_IsWrittenAnewAndSmall(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 400, 100))
	for x := range 200 {
		for y := range 100 {
			m.Set(x, y, color.NRGBA{200, 0, 0, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	out, err := Picture(&b, 100, true)
	if err != nil {
		t.Fatal(err)
	}
	got, kind, err := image.Decode(bytes.NewReader(out))
	if err != nil || kind != "png" || got.Bounds().Dx() != 100 || got.Bounds().Dy() != 25 {
		t.Fatalf("%s %v, %v", kind, got.Bounds(), err)
	}
	if _, _, _, a := got.At(90, 10).RGBA(); a != 0 {
		t.Error("what was clear is not")
	}
	if r, _, _, _ := got.At(10, 10).RGBA(); r>>8 != 200 {
		t.Errorf("red became %d", r>>8)
	}
	for _, bad := range []string{"", "GIF89a", "\x89PNG\r\n\x1a\nbroken"} {
		if _, err := Picture(bytes.NewReader([]byte(bad)), 10, false); !errors.Is(err, ErrPicture) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
