package demo

import (
	"bytes"
	"image"
	"image/color"

	"kolega/internal/access"
	"kolega/internal/report"
)

// logo draws a client's sign on clear ground: a round field with three steps, and a bar.
func logo(c color.RGBA) []byte {
	img := image.NewPaletted(image.Rect(0, 0, 360, 120), color.Palette{color.RGBA{}, c, color.RGBA{255, 255, 255, 255}})
	for y := range 120 {
		for x := range 120 {
			if (x-60)*(x-60)+(y-60)*(y-60) <= 58*58 {
				img.Pix[y*img.Stride+x] = 1
			}
		}
	}
	for i := range 3 {
		fill(img, 32+i*20, 78-i*18, 46+i*20, 88, 2)
	}
	fill(img, 144, 34, 340, 56, 1)
	fill(img, 144, 68, 280, 86, 1)
	return encode(img)
}

// dress gives the campaign's client a colour and a sign of its own.
func (c *camp) dress(hex string, ink color.RGBA) {
	if c.err == nil {
		c.note("look of the client", c.run.Client.SaveLook(c.ctx, c.ae, c.client.ID, access.NewLook{Color: hex, Logo: bytes.NewReader(logo(ink))}))
	}
}

// picturePosts chooses a picture for each of the talents' first pieces.
func (c *camp) picturePosts(handles ...string) {
	for _, h := range handles {
		if c.err == nil {
			id := c.posts[c.pieces[h][0].ID].ID
			c.note("picture of "+h, c.Report.SetPicture(c.ctx, c.ae, c.ID, id, bytes.NewReader(picture("post "+h, 720, 900))))
		}
	}
}

// say is a comment on the campaign's newest report.
func (c *camp) say(who access.Actor, part, text string) {
	if c.err == nil {
		_, err := c.Report.AddComment(c.ctx, who, report.Comment{CampaignID: c.ID, Part: part, Text: text})
		c.note("comment", err)
	}
}
