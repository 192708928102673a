package prose

import (
	"bytes"
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/ledongthuc/pdf"
)

// maxPages bounds a PDF, maxGlyphs its letters on one page.
const (
	maxPages  = 60
	maxGlyphs = 60_000
)

// readPDF gives the words of a PDF, page by page from top to bottom. Only letters that
// the file calls letters are read; the library panics at damage, which is a refusal here.
func readPDF(data []byte) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			text, err = "", ErrDamaged.Wrap(fmt.Errorf("pdf: %v", p))
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", ErrDamaged.Wrap(err)
	}
	if r.NumPage() > maxPages {
		return "", ErrLarge.With("limit", MaxBytes>>20)
	}
	var out strings.Builder
	for n := 1; n <= r.NumPage(); n++ {
		p := r.Page(n)
		if p.V.IsNull() {
			continue
		}
		glyphs := p.Content().Text
		if len(glyphs) > maxGlyphs || out.Len() > MaxText {
			return "", ErrLarge.With("limit", MaxText>>20)
		}
		out.WriteString(lines(glyphs))
		out.WriteByte('\n')
	}
	return out.String(), nil
}

// lines puts letters into lines by where they stand. A gap of more than a fifth of the
// letter's size is a space, one of more than a line and a half an empty line.
func lines(glyphs []pdf.Text) string {
	sort.SliceStable(glyphs, func(i, j int) bool { return glyphs[i].Y > glyphs[j].Y })
	var out strings.Builder
	last := math.NaN()
	for len(glyphs) > 0 {
		size := max(glyphs[0].FontSize, 4)
		n := 1
		for n < len(glyphs) && glyphs[0].Y-glyphs[n].Y < size/2 {
			n++
		}
		if !math.IsNaN(last) && last-glyphs[0].Y > 2.2*size {
			out.WriteByte('\n')
		}
		last = glyphs[0].Y
		out.WriteString(row(glyphs[:n]))
		out.WriteByte('\n')
		glyphs = glyphs[n:]
	}
	return out.String()
}

// row joins the letters of one line. A font of many letters has no widths here: its
// letters stand at their run's start, so that only a gap that no run can fill is one.
func row(glyphs []pdf.Text) string {
	sort.SliceStable(glyphs, func(i, j int) bool { return glyphs[i].X < glyphs[j].X })
	var out strings.Builder
	end := math.NaN()
	for i, g := range glyphs {
		size := max(g.FontSize, 4)
		if i > 0 && g.X > end+size/5 {
			out.WriteByte(' ')
		}
		out.WriteString(strings.ReplaceAll(g.S, "\n", ""))
		switch {
		case g.W > 0:
			end = g.X + g.W
		case i > 0 && g.X == glyphs[i-1].X:
			end += size * 0.7
		default:
			end = g.X + size*1.5
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}
