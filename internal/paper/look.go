package paper

import (
	"math"
	"strconv"
	"strings"
)

// Look is whose paper it is: a colour as RRGGBB and a logo as PNG or JPEG. What is empty
// is the house's own.
type Look struct {
	Color string
	Logo  []byte
}

// readable is the contrast that words need against what they stand on.
const readable = 4.5

// palette is what a paper paints with, made from a look so that words stay readable:
// ground carries the cover, onGround the words on it; brand is for words on white.
type palette struct{ ground, onGround, soft, brand, tint rgb }

func (l Look) palette() palette {
	c, ok := parseColor(l.Color)
	if !ok {
		return palette{toba, onBrand, tobaSoft, toba, tobaTint}
	}
	p := palette{ground: c, brand: c, tint: mix(c, rgb{255, 255, 255}, 12)}
	for contrast(p.brand, rgb{255, 255, 255}) < readable || contrast(p.brand, p.tint) < readable {
		p.brand = mix(p.brand, rgb{}, 92)
	}
	p.onGround = rgb{255, 255, 255}
	if contrast(c, p.onGround) < readable {
		p.onGround = inkText
		for contrast(c, p.onGround) < readable {
			p.onGround = mix(p.onGround, rgb{}, 50)
			if p.onGround == (rgb{}) {
				break
			}
		}
	}
	p.soft = p.onGround
	return p
}

// Readable gives the colours as RRGGBB: the ground of a cover, words on it, and the
// colour for words and bars on white. They keep the contrast that words need.
func (l Look) Readable() (ground, onGround, words string) {
	p := l.palette()
	return p.ground.hex(), p.onGround.hex(), p.brand.hex()
}

func (c rgb) hex() string {
	text := strconv.FormatInt(int64(c[0])<<16|int64(c[1])<<8|int64(c[2]), 16)
	return strings.ToUpper(strings.Repeat("0", 6-len(text)) + text)
}

// parseColor reads RRGGBB.
func parseColor(text string) (rgb, bool) {
	n, err := strconv.ParseUint(text, 16, 32)
	if len(text) != 6 || err != nil {
		return rgb{}, false
	}
	return rgb{int(n >> 16), int(n >> 8 & 255), int(n & 255)}, true
}

// mix takes so many per cent of a and the rest of b.
func mix(a, b rgb, percent int) (out rgb) {
	for i := range out {
		out[i] = (a[i]*percent + b[i]*(100-percent)) / 100
	}
	return out
}

// contrast is WCAG's ratio of two colours, 1 to 21.
func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func (c rgb) luminance() float64 {
	part := func(v int) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c[0]) + 0.7152*part(c[1]) + 0.0722*part(c[2])
}
