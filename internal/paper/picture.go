package paper

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"

	"kolega/internal/fault"
)

// ErrPicture refuses what is neither PNG nor JPEG, is damaged, or has too many pixels.
var ErrPicture = fault.Field("picture", "paper.picture")

const (
	pictureBytes  = 20 << 20
	picturePixels = 50_000_000
)

// Picture reads a PNG or JPEG and gives it anew, at most longest pixels at its longer
// side, in a form that every paper takes: PNG where clear must stay clear, else JPEG.
// Whatever else was in the file is left behind. Fault: paper.picture.
func Picture(r io.Reader, longest int, clear bool) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, pictureBytes+1))
	if err != nil {
		return nil, err
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || len(data) > pictureBytes || head.Width <= 0 || head.Height <= 0 || head.Width*head.Height > picturePixels {
		return nil, ErrPicture
	}
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, ErrPicture
	}
	small := shrink(m, longest)
	var out bytes.Buffer
	if clear {
		err = png.Encode(&out, small)
	} else {
		on := image.NewRGBA(small.Bounds())
		draw.Draw(on, on.Bounds(), image.White, image.Point{}, draw.Src)
		draw.Draw(on, on.Bounds(), small, small.Bounds().Min, draw.Over)
		err = jpeg.Encode(&out, on, &jpeg.Options{Quality: 86})
	}
	return out.Bytes(), err
}

// shrink makes each new pixel the mean of those it covers.
func shrink(m image.Image, longest int) *image.NRGBA {
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	if most := max(w, h); most > longest {
		w, h = max(w*longest/most, 1), max(h*longest/most, 1)
	}
	whole := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(whole, whole.Bounds(), m, b.Min, draw.Src)
	if w == b.Dx() && h == b.Dy() {
		return whole
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		y0, y1 := y*b.Dy()/h, max((y+1)*b.Dy()/h, y*b.Dy()/h+1)
		for x := range w {
			x0, x1 := x*b.Dx()/w, max((x+1)*b.Dx()/w, x*b.Dx()/w+1)
			mean(out.Pix[out.PixOffset(x, y):], whole, x0, y0, x1, y1)
		}
	}
	return out
}

// mean writes the mean of a field of pixels, weighted by how solid they are.
func mean(to []uint8, m *image.NRGBA, x0, y0, x1, y1 int) {
	var r, g, b, a, n uint64
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			p := m.Pix[m.PixOffset(x, y):]
			solid := uint64(p[3])
			r, g, b, a, n = r+uint64(p[0])*solid, g+uint64(p[1])*solid, b+uint64(p[2])*solid, a+solid, n+1
		}
	}
	if a == 0 {
		return
	}
	to[0], to[1], to[2], to[3] = uint8(r/a), uint8(g/a), uint8(b/a), uint8(a/n)
}
