package demo

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/chat"
	"kolega/internal/db"
	"kolega/internal/review"
)

// words of a draft: what stands below the content.
type words struct{ caption, tags, mentions string }

// upload is a talent's new version of one piece, sent whole.
func (c *camp) upload(handle string, piece int, w words, answers ...review.AnswerItem) {
	actor := c.as(handle)
	if c.err != nil {
		return
	}
	d := c.pieces[handle][piece]
	name, body := c.file(handle, piece, d)
	in, err := c.Review.KeepFile(c.ctx, actor, d.ID, name, bytes.NewReader(body))
	if c.note("file of "+handle, err); err != nil {
		return
	}
	v, err := c.Review.UploadDraft(c.ctx, actor, review.UploadDraft{DeliverableID: d.ID, UploadID: in.ID, Caption: w.caption, Hashtags: w.tags, Mentions: w.mentions, Answers: answers})
	c.note("draft of "+handle, err)
	c.versions[d.ID] = v
}

// file makes the bytes of a piece's next version: a video, or a picture for what is looked at.
func (c *camp) file(handle string, piece int, d review.Deliverable) (name string, body []byte) {
	next := c.versions[d.ID].Major*10 + c.versions[d.ID].Minor + 1
	seed := fmt.Sprintf("%s/%s/%d/%d%s", c.key, handle, piece, next, c.suffix())
	name = fmt.Sprintf("%s_%s_%d", strings.ReplaceAll(handle, ".", ""), d.Format, next)
	if d.Format == "feed" || d.Format == "carousel" {
		return name + ".png", picture(seed, 540, 675)
	}
	return name + ".mp4", video(seed)
}

// points are the brief's points that a check must answer for a version.
func (c *camp) points(handle string, v review.Version) (out []campaign.Point) {
	c.read("brief in force", func(tx *db.Tx) error {
		b, err := campaign.LoadBrief(c.ctx, tx, c.ID, v.BriefVersion)
		for _, p := range b.Points {
			if p.Binding() {
				out = append(out, p)
			}
		}
		return err
	})
	return out
}

// turn turns one key of the newest version: every point is met, but for the
// numbers in unmet.
func (c *camp) turn(who access.Actor, k review.Key, handle string, piece int, unmet map[int64]string) {
	if c.err != nil {
		return
	}
	v := c.versions[c.pieces[handle][piece].ID]
	req := review.CheckDraft{VersionID: v.ID, Key: k, Show: k == review.KeyAE}
	for i, p := range c.points(handle, v) {
		a := review.PointAnswer{PointID: p.ID, Answer: review.IsMet, Where: fmt.Sprintf("0:0%d", 1+i%5), AtMS: int64(1+i%5) * 1000}
		if p.Kind == campaign.MustNot {
			a.Where, a.AtMS = "", 0
		}
		if why, bad := unmet[p.Number]; bad {
			a = review.PointAnswer{PointID: p.ID, Answer: review.NotMet, Reason: why}
		}
		req.Answers = append(req.Answers, a)
	}
	_, err := c.Review.CheckDraft(c.ctx, who, req)
	c.note("check of "+handle, err)
}

// first and second turn the keys of specialist and account executive; the second
// shows the version to the client.
func (c *camp) first(handle string, piece int) {
	c.turn(c.spec, review.KeySpecialist, handle, piece, nil)
}

func (c *camp) second(handle string, piece int) {
	if c.err == nil {
		c.tickClaims(c.versions[c.pieces[handle][piece].ID].ID)
	}
	c.turn(c.ae, review.KeyAE, handle, piece, nil)
}

// shown uploads a version and brings it before the client.
func (c *camp) shown(handle string, piece int, w words) {
	c.upload(handle, piece, w)
	c.first(handle, piece)
	c.second(handle, piece)
}

// approve is the decider's yes to what was shown.
func (c *camp) approve(handle string, pieces ...int) {
	for _, piece := range pieces {
		if c.err != nil {
			return
		}
		v := c.versions[c.pieces[handle][piece].ID]
		c.note("open "+handle, c.Review.MarkOpened(c.ctx, c.as(c.signer), v.ID))
		_, err := c.Review.ApproveDraft(c.ctx, c.as(c.signer), v.ID)
		c.note("approve "+handle, err)
	}
}

// told is an approval that the decider gave in a chat: the chat is imported, and its
// last line is the evidence.
func (c *camp) told(handle string, piece int, lines ...string) {
	actor := c.as(c.signer)
	if c.err != nil {
		return
	}
	v := c.versions[c.pieces[handle][piece].ID]
	var export strings.Builder
	for i, text := range lines {
		at := c.Clock.Now().Add(time.Duration(i-len(lines)) * time.Minute).In(c.jkt)
		fmt.Fprintf(&export, "[%s] %s: %s\n", at.Format("02/01/2006 15.04.05"), actor.Name, text)
	}
	_, err := c.Chat.Import(c.ctx, c.ae, chat.Import{CampaignID: c.ID, Title: firstName(actor.Name), Data: []byte(export.String()), Zone: "Asia/Jakarta", Order: chat.DayFirst})
	c.note("import chat", err)
	room, err := c.Chat.Room(c.ctx, c.ae, c.ID)
	c.note("chat", err)
	if c.err == nil {
		_, err = c.Review.RecordDecision(c.ctx, c.ae, review.RecordDecision{VersionID: v.ID, ContactID: actor.ContactID, Lines: []string{room.Lines[0].ID}})
		c.note("told "+handle, err)
	}
}

// asked is one thing the client wants changed, and the class it gets.
type asked struct {
	text    string
	atMS    int64
	untilMS int64  // 0 = a moment
	drawing string // strokes on the frame
	class   review.Class
	point   int64 // number of the point that the ruling cites; 0 none
	why     string
}

// round sends the decider's items about what was shown.
func (c *camp) round(handle string, piece int, items ...asked) review.Round {
	if c.err != nil {
		return review.Round{}
	}
	req := review.RequestRound{VersionID: c.versions[c.pieces[handle][piece].ID].ID}
	for _, i := range items {
		at, until := i.atMS, i.untilMS
		if at == 0 {
			at = review.NoMoment
		}
		if until == 0 {
			until = review.NoMoment
		}
		req.Items = append(req.Items, review.NewItem{Text: i.text, AtMS: at, UntilMS: until, Drawing: i.drawing})
	}
	r, err := c.Review.RequestRound(c.ctx, c.as(c.signer), req)
	c.note("round about "+handle, err)
	return r
}

// said are a talent's answers to the items of a round, in their order; "" is done.
func (c *camp) said(r review.Round, reasons ...string) (out []review.AnswerItem) {
	c.read("items", func(tx *db.Tx) error {
		list, err := review.ListRoundItems(c.ctx, tx, r.ID)
		for i, it := range list {
			a := review.AnswerItem{ItemID: it.ID, Outcome: review.OutcomeDone}
			if reasons[i] != "" {
				a.Outcome, a.Reason = review.OutcomeNotDone, reasons[i]
			}
			out = append(out, a)
		}
		return err
	})
	return out
}

// remark is a word of the specialist to the agency's other people about what was sent.
func (c *camp) remark(handle string, piece int, at int64, text string) {
	if c.err != nil {
		return
	}
	_, err := c.Review.AddRemark(c.ctx, c.spec, c.versions[c.pieces[handle][piece].ID].ID, review.NewItem{Text: text, AtMS: at, UntilMS: review.NoMoment})
	c.note("remark about "+handle, err)
}

// rule gives the items their classes and passes the round on.
func (c *camp) rule(handle string, piece int, r review.Round, items ...asked) {
	if c.err != nil {
		return
	}
	points := c.points(handle, c.versions[c.pieces[handle][piece].ID])
	var rulings []review.ItemRuling
	c.read("items", func(tx *db.Tx) error {
		list, err := review.ListRoundItems(c.ctx, tx, r.ID)
		for i, it := range list {
			x := review.ItemRuling{ItemID: it.ID, Class: items[i].class, Because: items[i].why}
			for _, p := range points {
				if p.Number == items[i].point {
					x.PointID = p.ID
				}
			}
			rulings = append(rulings, x)
		}
		return err
	})
	if c.err != nil {
		return
	}
	c.note("rule "+handle, c.Review.RuleRound(c.ctx, c.ae, r.ID, rulings))
	_, err := c.Review.SendRoundOn(c.ctx, c.ae, r.ID)
	c.note("send on "+handle, err)
}
