package demo

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"
	"time"
)

// clip is six seconds of H.264 and AAC, drawn and sounded by a machine for this
// demo: nobody is in it.
//
//go:embed media/draft.mp4
var clip []byte

// video gives the clip with a mark of its own: a free box at the end, which
// players skip, so that each version is other bytes.
func video(seed string) []byte {
	out := make([]byte, 0, len(clip)+8+len(seed))
	out = append(out, clip...)
	out = binary.BigEndian.AppendUint32(out, uint32(8+len(seed)))
	out = append(out, "free"...)
	return append(out, seed...)
}

// paletteOf holds the demo's inks and papers; pictures stay small with it.
var paletteOf = color.Palette{
	color.RGBA{0xfb, 0xf8, 0xf2, 255}, color.RGBA{0x23, 0x2a, 0x2d, 255}, color.RGBA{0x0f, 0x5b, 0x66, 255}, color.RGBA{0xe0, 0xa5, 0x26, 255},
	color.RGBA{0x7a, 0x3b, 0x69, 255}, color.RGBA{0x3f, 0x7d, 0x4e, 255}, color.RGBA{0xd8, 0xd2, 0xc4, 255}, color.RGBA{0xb2, 0x4a, 0x33, 255},
}

const (
	paper = iota
	ink
	lake
	turmeric
	plum
	leaf
	line
	brick
)

func hashOf(seed string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(seed))
	return h.Sum64()
}

func fill(img *image.Paletted, x0, y0, x1, y1 int, ink uint8) {
	for y := max(y0, 0); y < min(y1, img.Rect.Max.Y); y++ {
		row := img.Pix[y*img.Stride:]
		for x := max(x0, 0); x < min(x1, img.Rect.Max.X); x++ {
			row[x] = ink
		}
	}
}

func encode(img *image.Paletted) []byte {
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := enc.Encode(&b, img); err != nil {
		panic("demo: encode a picture: " + err.Error()) // a buffer takes all
	}
	return b.Bytes()
}

// picture draws four petals, each seed's in its own place and inks.
func picture(seed string, width, height int) []byte {
	img := image.NewPaletted(image.Rect(0, 0, width, height), paletteOf)
	h := hashOf(seed)
	r := min(width, height)/5 + int(h>>8&31)
	for i := range 4 {
		cx, cy := width/2+(i%2*2-1)*r*3/4, height/2+(i/2*2-1)*r*3/4
		hue := uint8(lake + (h >> (i * 3) & 3))
		for y := -r; y <= r; y++ {
			for x := -r; x <= r; x++ {
				if x*x+y*y <= r*r && uint(cx+x) < uint(width) && uint(cy+y) < uint(height) {
					img.Pix[(cy+y)*img.Stride+cx+x] = hue
				}
			}
		}
	}
	for i := range 16 {
		fill(img, width/10+i*width/20, height-height/20, width/10+i*width/20+width/40, height-height/40, uint8(ink+(h>>(i*4))&1*5))
	}
	return encode(img)
}

// screenshot draws an insight page: a strip of colour for each count with its
// number beside it, for the second look to read.
func screenshot(seed string, counts ...int64) []byte {
	img := image.NewPaletted(image.Rect(0, 0, 270, 70+len(counts)*46), paletteOf)
	fill(img, 0, 0, 270, 40, lake)
	fill(img, 14, 14, 26, 26, paper)
	h := hashOf(seed)
	for i := range 24 {
		fill(img, 36+i*8, 16, 36+i*8+int(h>>(i*2)&3)+2, 24, paper)
	}
	most := int64(1)
	for _, n := range counts {
		most = max(most, n)
	}
	for i, n := range counts {
		y := 58 + i*46
		fill(img, 14, y, 14+int(n*150/most)+2, y+14, uint8(lake+i%4))
		fill(img, 14, y+30, 256, y+31, line)
		number(img, 180, y, n)
	}
	return encode(img)
}

// digits are three by five, a bit a dot, the top row first.
var digits = [10]uint16{0b111101101101111, 0b010110010010111, 0b111001111100111, 0b111001111001111, 0b101101111001001, 0b111100111001111, 0b111100111101111, 0b111001010010010, 0b111101111101111, 0b111101111001111}

func number(img *image.Paletted, x, y int, n int64) {
	text := []byte{}
	for ; n > 0 || len(text) == 0; n /= 10 {
		text = append([]byte{byte(n % 10)}, text...)
	}
	for _, d := range text {
		for bit := range 15 {
			if digits[d]>>(14-bit)&1 == 1 {
				px, py := x+bit%3*3, y+bit/3*3
				fill(img, px, py, px+3, py+3, ink)
			}
		}
		x += 12
	}
}

// instagramID is a number like the platform's: milliseconds of its own epoch, then noise.
func instagramID(at time.Time, h uint64) uint64 {
	return uint64(at.UnixMilli()-1314220021721)<<23 | h&0x7fffff
}

// shortcode writes an id as the platform's addresses do.
func shortcode(id uint64) string {
	b := make([]byte, 9)
	binary.BigEndian.PutUint64(b[1:], id)
	s := base64.RawURLEncoding.EncodeToString(b)
	for len(s) > 1 && s[0] == 'A' {
		s = s[1:]
	}
	return s
}
