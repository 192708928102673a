package demo

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"kolega/internal/money"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

// post is the talent's link of a published piece, as pasted from the app.
func (c *camp) post(handle string, pieces ...int) {
	for _, piece := range pieces {
		if c.err != nil {
			return
		}
		d := c.pieces[handle][piece]
		now := c.Clock.Now()
		p, err := c.Result.EnterPost(c.ctx, c.as(handle), result.EnterPost{DeliverableID: d.ID, URL: c.link(d, handle, now), PostedAt: now.Add(-10 * time.Minute)})
		c.note("post of "+handle, err)
		c.posts[d.ID] = p
	}
}

// link makes an address like the ones the platforms give; its id is unique and
// says about the right time where the platform's ids do.
func (c *camp) link(d review.Deliverable, handle string, at time.Time) string {
	h := hashOf(d.ID)
	account := strings.TrimPrefix(handle, "@") + c.suffix()
	posted := at.Add(-10 * time.Minute)
	switch {
	case d.Platform == "tiktok":
		return fmt.Sprintf("https://www.tiktok.com/@%s/video/%d", account, uint64(posted.Unix())<<32|h&0xffffffff)
	case d.Platform == "x":
		return fmt.Sprintf("https://x.com/%s/status/%d", account, uint64(posted.UnixMilli()-1288834974657)<<22|h&0x3fffff)
	case d.Format == "story":
		return fmt.Sprintf("https://www.instagram.com/stories/%s/%d/", account, instagramID(posted, h))
	}
	kind := "reel"
	if d.Format == "feed" || d.Format == "carousel" {
		kind = "p"
	}
	return fmt.Sprintf("https://www.instagram.com/%s/%s/%s/?igsh=contoh", account, kind, shortcode(instagramID(posted, h)))
}

// figures of a post: reach and actions; views follow from the reach.
type figures struct{ reach, likes, comments, saves, shares int64 }

// insight types the talent's numbers with a screenshot; verify is the second look.
func (c *camp) insight(handle string, piece int, f figures, verify bool) {
	actor := c.as(handle)
	if c.err != nil {
		return
	}
	d := c.pieces[handle][piece]
	counts := result.Counts{result.Reach: f.reach, result.Views: f.reach * 13 / 10, result.Likes: f.likes, result.Comments: f.comments, result.Saves: f.saves, result.Shares: f.shares}
	shot := screenshot(c.key+handle+fmt.Sprint(piece)+c.suffix(), f.reach, f.reach*13/10, f.likes, f.comments, f.saves, f.shares)
	e, err := c.Result.KeepEvidence(c.ctx, actor, "insight-"+strings.ReplaceAll(handle, ".", "")+".png", bytes.NewReader(shot))
	if c.note("screenshot of "+handle, err); err != nil {
		return
	}
	in, err := c.Result.EnterInsight(c.ctx, actor, result.EnterInsight{DeliverableID: d.ID, Counts: counts, Evidence: []result.Evidence{e}})
	if c.note("insight of "+handle, err); err == nil && verify {
		c.note("look at "+handle, c.Result.SawPosts(c.ctx, c.spec, []string{in.PostID}))
		_, err = c.Result.VerifyInsight(c.ctx, c.spec, in.ID)
		c.note("verify "+handle, err)
	}
}

// sendReport writes what people add to the figures and sends the report.
func (c *camp) sendReport(summary string, learned, advice []string) {
	if c.err != nil {
		return
	}
	sheet, err := c.Report.Edit(c.ctx, c.ae, c.ID)
	if c.note("open report", err); err != nil {
		return
	}
	text := report.Text{CampaignID: c.ID, Summary: summary, Learned: learned, Revision: sheet.Text.Revision}
	for _, a := range advice {
		text.Advice = append(text.Advice, report.Advice{Text: a})
	}
	c.note("write report", c.Report.SaveText(c.ctx, c.ae, text))
	if c.err == nil {
		_, err = c.Report.Send(c.ctx, c.ae, c.ID, false)
		c.note("send report", err)
	}
}

// verifyAll is the second look at all numbers of the campaign that wait for one.
func (c *camp) verifyAll() {
	if c.err != nil {
		return
	}
	cards, err := c.Result.ToVerify(c.ctx, c.spec, c.ID)
	c.note("numbers to verify", err)
	for _, card := range cards {
		if c.err == nil {
			c.note("look at post", c.Result.SawPosts(c.ctx, c.spec, []string{card.PostID}))
			_, err = c.Result.VerifyInsight(c.ctx, c.spec, card.Insight.ID)
			c.note("verify", err)
		}
	}
}

// trace gives a talent's booking a short link and a code, lets people come by the link
// over the days since, and types what the client's shop said of them.
func (c *camp) trace(handle, target, code string, visits int, orders, amount int64) {
	if c.err != nil {
		return
	}
	b := c.bookings[handle]
	l, err := c.Result.MakeTrackLink(c.ctx, c.spec, b.ID, target)
	if c.note("short link of "+handle, err); err != nil {
		return
	}
	for n := range visits {
		_, err := c.Result.Follow(c.ctx, l.Slug, n%5 > 0) // every fifth is a preview
		c.note("visit of "+handle, err)
	}
	k, err := c.Result.MakePromoCode(c.ctx, c.spec, b.ID, code)
	if c.note("code of "+handle, err); err == nil {
		c.note("sales of "+handle, c.Result.SaySale(c.ctx, c.spec, result.SaySale{CodeID: k.ID, Day: worktime.DateOf(c.Clock.Now(), nil), Orders: orders, Amount: money.IDR(amount)}))
	}
}
