package demo

import (
	"strings"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
)

// must, mustNot, should, advice and fact are points of a brief with their English text.
func must(text, en string, in ...string) campaign.Point { return point(campaign.Must, text, en, in) }
func mustNot(text, en string, in ...string) campaign.Point {
	return point(campaign.MustNot, text, en, in)
}
func should(text, en string) campaign.Point { return point(campaign.Should, text, en, nil) }
func advice(text, en string) campaign.Point { return point(campaign.Advice, text, en, nil) }
func fact(text, en string) campaign.Point   { return point(campaign.Fact, text, en, nil) }

func point(k campaign.PointKind, text, en string, in []string) campaign.Point {
	return campaign.Point{Kind: k, Text: text, Langs: map[string]string{"en": en}, CheckedIn: in, Source: "meeting"}
}

// asks is an eligibility question whose fitting answer is yes.
func asks(text, en string) campaign.Question {
	return campaign.Question{Text: text, Langs: map[string]string{"en": en}, Wants: true}
}

// sends keeps a file that the client sent with the brief.
func (c *camp) sends(name, text string) {
	if c.err == nil {
		_, err := c.run.Campaign.KeepDocument(c.ctx, c.ae, c.ID, name, strings.NewReader(text))
		c.note("keep "+name, err)
	}
}

// write fills the draft of the brief.
func (c *camp) write(points []campaign.Point, questions ...campaign.Question) {
	if c.err != nil {
		return
	}
	_, err := c.run.Campaign.EditBrief(c.ctx, c.ae, campaign.EditBrief{CampaignID: c.ID, Points: points, Questions: questions, Lang: "id"})
	c.note("write brief", err)
}

// shareBrief puts the draft before the client.
func (c *camp) shareBrief() {
	if c.err == nil {
		var err error
		c.brief, err = c.run.Campaign.ShareBrief(c.ctx, c.ae, c.ID, false)
		c.note("share brief", err)
	}
}

// revise puts a new version before the client, with one binding point in other words.
func (c *camp) revise(reason string, number int64, text, en string) {
	if c.err != nil {
		return
	}
	b, err := c.run.Campaign.ReviseBrief(c.ctx, c.ae, c.ID, reason)
	c.note("revise brief", err)
	for _, p := range b.Points {
		if p.Number == number && c.err == nil {
			p.Text, p.Langs = text, map[string]string{"en": en}
			_, err = c.run.Campaign.EditPoint(c.ctx, c.ae, c.ID, p)
			c.note("edit point", err)
		}
	}
	c.shareBrief()
}

// proposeChange puts what a meeting decided about one point before the client.
func (c *camp) proposeChange(meeting string, number int64, text, en string) {
	if c.err != nil {
		return
	}
	n := campaign.NewProposal{CampaignID: c.ID, SourceNote: meeting}
	for _, p := range c.brief.Points {
		if p.Number == number {
			n.Lines = append(n.Lines, campaign.ProposedLine{What: campaign.ChangePoint, PointID: p.ID, Point: campaign.Point{Text: text, Langs: map[string]string{"en": en}}})
		}
	}
	n.Lines = append(n.Lines, campaign.ProposedLine{What: campaign.AddPoint, Point: campaign.Point{Kind: campaign.Should, Text: "Perlihatkan kemasan dari dekat di akhir video", Langs: map[string]string{"en": "Show the pack close up at the end"}}})
	_, err := c.run.Campaign.ProposeVersion(c.ctx, c.ae, n)
	c.note("propose "+meeting, err)
}

// claims attaches the market's checklist of claims and disclosure.
func (c *camp) claims(product, number string) {
	if c.err == nil {
		_, err := c.run.Campaign.AttachClaims(c.ctx, c.ae, c.ID, product, number, 0)
		c.note("attach claims", err)
	}
}

// tickClaims is the account executive's look at a version before it is shown.
func (c *camp) tickClaims(versionID string) {
	if c.err != nil {
		return
	}
	sheet, err := c.run.Campaign.Claims(c.ctx, c.ae, c.ID)
	c.note("claims", err)
	var rules []string
	for _, r := range sheet.Rules {
		rules = append(rules, r.ID)
	}
	if len(rules) > 0 && c.err == nil {
		c.note("tick claims", c.Review.TickClaims(c.ctx, c.ae, versionID, rules))
	}
}

// acceptBrief is the decider's yes.
func (c *camp) acceptBrief() {
	if c.err == nil {
		var err error
		c.brief, err = c.run.Campaign.AcceptBrief(c.ctx, c.as(c.signer), c.ID, c.brief.Version)
		c.note("accept brief", err)
	}
}

// acknowledge ticks each binding point that is still open, in the words on the
// talent's page, and answers the questions with yes.
func (c *camp) acknowledge(handle string) {
	actor := c.as(handle)
	if c.err != nil {
		return
	}
	v, err := c.run.Campaign.BriefForTalent(c.ctx, actor, c.ID)
	c.note("brief of "+handle, err)
	var ticks []campaign.Tick
	for _, p := range v.Points {
		if p.Binding && p.TickedAt.IsZero() {
			ticks = append(ticks, campaign.Tick{PointID: p.ID, Hash: p.Hash})
		}
	}
	if len(ticks) > 0 && c.err == nil {
		_, err = c.run.Campaign.Acknowledge(c.ctx, actor, c.ID, v.Version, ticks)
		c.note("acknowledge "+handle, err)
	}
	for _, q := range v.Questions {
		if !q.Answered && c.err == nil {
			_, err = c.run.Campaign.AnswerEligibility(c.ctx, actor, c.ID, q.ID, q.Hash, true)
			c.note("answer of "+handle, err)
		}
	}
}

// stepUp asks for a code and gives it back, as a person does who reads it from
// the phone it was sent to.
func (r *run) stepUp(actor access.Actor, purpose string) {
	if r.err != nil {
		return
	}
	var code string
	err := r.DB.Write(r.ctx, func(tx *db.Tx) (err error) {
		code, err = access.AskStepUp(r.ctx, tx, actor, purpose, "the phone on record")
		return err
	})
	if err == nil {
		err = r.Access.AnswerStepUp(r.ctx, actor, purpose, code)
	}
	r.note("step-up of "+actor.Name, err)
}

func firstName(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
