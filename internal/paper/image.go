package paper

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"

	"codeberg.org/go-pdf/fpdf"

	"kolega/internal/paper/chart"
)

// image sets a picture inside w × h mm whose corner is at x, y; at End, x is its right
// edge. It gives the width that it took, 0 when there is no picture.
func (p *PDF) image(data []byte, x, y, w, h float64, a chart.Anchor) float64 {
	name, size, ok := p.register(data)
	if !ok {
		return 0
	}
	k := min(w/float64(size.X), h/float64(size.Y))
	wide, tall := float64(size.X)*k, float64(size.Y)*k
	if a == chart.End {
		x -= wide
	}
	p.f.ImageOptions(name, x, y+(h-tall)/2, wide, tall, false, fpdf.ImageOptions{}, 0, "")
	return wide
}

// card is an image on a white card, for coloured grounds.
func (p *PDF) card(data []byte, x, y, w, h float64, a chart.Anchor) float64 {
	const pad = 1.8
	_, size, ok := p.register(data)
	if !ok {
		return 0
	}
	k := min((w-2*pad)/float64(size.X), (h-2*pad)/float64(size.Y))
	wide := float64(size.X)*k + 2*pad
	left := x
	if a == chart.End {
		left -= wide
	}
	p.fill(rgb{255, 255, 255})
	p.f.RoundedRect(left, y, wide, h, 1.5, "1234", "F")
	p.image(data, left+pad, y+pad, wide-2*pad, h-2*pad, chart.Start)
	return wide
}

// register takes a picture into the file once.
func (p *PDF) register(data []byte) (name string, size image.Point, ok bool) {
	if len(data) == 0 {
		return "", size, false
	}
	c, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width <= 0 || c.Height <= 0 {
		p.f.SetError(ErrPicture)
		return "", size, false
	}
	sum := sha256.Sum256(data)
	key := hex.EncodeToString(sum[:])
	name, known := p.pictures[key]
	if !known {
		name = "picture " + key[:16]
		p.f.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: kind}, bytes.NewReader(data))
		p.pictures[key] = name
	}
	return name, image.Pt(c.Width, c.Height), true
}

// Pictured is a picture with a title and lines below it.
type Pictured struct {
	Data        []byte // PNG or JPEG; empty leaves its place tinted
	Title, Note string
	Value       string
	Tone        chart.Tone // of the value
}

// Pictures sets up to three pictures side by side, each cut to an upright field, with its
// words below; kept together.
func (p *PDF) Pictures(list ...Pictured) {
	const gap, perRow, tall = 6.0, 3, 58.0
	for len(list) > 0 {
		row := list[:min(perRow, len(list))]
		list = list[len(row):]
		w := (bodyWidth - gap*(perRow-1)) / perRow
		p.room(tall + 20)
		top := p.f.GetY()
		for i, g := range row {
			p.pictured(g, marginSide+(w+gap)*float64(i), top, w, tall)
		}
		p.f.SetY(top + tall + 20)
	}
}

func (p *PDF) pictured(g Pictured, x, y, w, h float64) {
	p.fill(p.tint)
	p.f.Rect(x, y, w, h, "F")
	if name, size, ok := p.register(g.Data); ok {
		k := max(w/float64(size.X), h/float64(size.Y))
		wide, tall := float64(size.X)*k, float64(size.Y)*k
		p.f.ClipRect(x, y, w, h, false)
		p.f.ImageOptions(name, x+(w-wide)/2, y+(h-tall)/2, wide, tall, false, fpdf.ImageOptions{}, 0, "")
		p.f.ClipEnd()
	} else {
		p.kawung(x+w/2-8, y+h/2-8, 16, p.brand)
	}
	p.put(faceStrong, x, y+h+2, w, chart.Start, p.fit(faceStrong, w-18, g.Title))
	p.put(faceStrong.in(p.toneOr(g.Tone, inkText)), x, y+h+2, w, chart.End, g.Value)
	p.put(faceMeta, x, y+h+7, w, chart.Start, p.fit(faceMeta, w, g.Note))
}
