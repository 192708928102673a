package demo

import (
	"bytes"
	"strings"

	"kolega/internal/review"
)

// wantConcept asks a talent for a concept of one piece before anything is filmed.
func (c *camp) wantConcept(handle string, piece int) {
	c.owed(handle)
	if c.err == nil {
		c.note("concept of "+handle, c.Review.AskConcept(c.ctx, c.ae, c.pieces[handle][piece].ID))
	}
}

// concept is a talent's concept with one picture, which both keys pass on to the client.
func (c *camp) concept(handle string, piece int, text string, promises ...string) {
	actor := c.as(handle)
	if c.err != nil {
		return
	}
	d := c.pieces[handle][piece]
	p, err := c.Review.KeepPicture(c.ctx, actor, d.ID, "sketsa.png", bytes.NewReader(picture(c.key+"/"+handle+"/concept", 540, 675)))
	if c.note("picture of "+handle, err); err != nil {
		return
	}
	idea, err := c.Review.SendConcept(c.ctx, actor, d.ID, review.NewConcept{Text: text, Promises: strings.Join(promises, "\n"), PictureIDs: []string{p.ID}})
	c.note("concept of "+handle, err)
	for _, look := range []review.LookAtConcept{{Key: review.KeySpecialist}, {Key: review.KeyAE}} {
		if look.ConceptID, look.Pass = idea.ID, true; c.err == nil {
			who := c.spec
			if look.Key == review.KeyAE {
				who = c.ae
			}
			_, err = c.Review.LookAtConcept(c.ctx, who, look)
			c.note("look at the concept of "+handle, err)
		}
	}
}
