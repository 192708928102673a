package pptx

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // the sizes of pictures are read
	_ "image/png"
)

// ErrPicture is told of a picture that is neither PNG nor JPEG, or has no size.
var ErrPicture = errors.New("pptx: not a picture")

type mediaPart struct {
	name string
	data []byte
	size image.Point
}

// keep takes a picture into the presentation once and gives its place.
func (d *Deck) keep(data []byte) (int, image.Point, error) {
	for i, m := range d.media {
		if bytes.Equal(m.data, data) {
			return i, m.size, nil
		}
	}
	c, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width <= 0 || c.Height <= 0 {
		return 0, image.Point{}, ErrPicture
	}
	size := image.Pt(c.Width, c.Height)
	d.media = append(d.media, mediaPart{fmt.Sprintf("%simage%d.%s", d.own(), len(d.media)+1, kind), data, size})
	return len(d.media) - 1, size, nil
}

// Picture sets a PNG or JPEG that fills its box, cut at its longer sides; whole sets all
// of it inside the box instead. alt says what it shows. Error: ErrPicture.
func (s *Slide) Picture(b Box, data []byte, alt string, whole bool) error {
	at, size, err := s.deck.keep(data)
	if err != nil {
		return err
	}
	crop := ""
	if whole {
		b = b.hold(size)
	} else {
		crop = cut(b, size)
	}
	s.body = append(s.body, pictureXML(s.id(), s.rel("image", "../media/"+s.deck.media[at].name, false), alt, crop, b)...)
	return nil
}

// hold is the largest box of the picture's shape inside b, in its middle.
func (b Box) hold(size image.Point) Box {
	w, h := b.W, b.W*size.Y/size.X
	if h > b.H {
		w, h = b.H*size.X/size.Y, b.H
	}
	return Box{b.X + (b.W-w)/2, b.Y + (b.H-h)/2, max(w, 1), max(h, 1)}
}

// cut says how much of the picture's sides is left out, in thousandths of a per cent.
func cut(b Box, size image.Point) string {
	const all = 100_000
	wide, tall := size.X*b.H, size.Y*b.W // compares the shapes
	switch {
	case wide > tall && wide > 0:
		side := (all - all*tall/wide) / 2
		return fmt.Sprintf(`<a:srcRect l="%d" r="%d"/>`, side, side)
	case tall > wide && tall > 0:
		side := (all - all*wide/tall) / 2
		return fmt.Sprintf(`<a:srcRect t="%d" b="%d"/>`, side, side)
	}
	return ""
}

func pictureXML(id int, rel, alt, crop string, b Box) []byte {
	return fmt.Appendf(nil, `<p:pic><p:nvPicPr><p:cNvPr id="%d" name="Picture %d" descr="%s"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>`+
		`<p:blipFill><a:blip r:embed="%s"/>%s<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>%s<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>`,
		id, id, escape(alt), rel, crop, b.xml("a"))
}
