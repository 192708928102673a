package report

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
)

// Comments gives what was said about a campaign's reports, oldest first. Rights: as Read.
func (s *Service) Comments(ctx context.Context, actor access.Actor, campaignID string) (out []Comment, err error) {
	if err := mayRead(actor, campaignID); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListComments(ctx, tx, campaignID); return err })
	return out, err
}

// AddComment keeps what somebody says about the version that was sent last, or about the
// named one. The agency reads it among the news of its campaign, the client under the
// report. Right: report.comment. Faults: report.comment*, not-found when nothing was sent.
func (s *Service) AddComment(ctx context.Context, actor access.Actor, c Comment) (Comment, error) {
	owner := access.Owner{CampaignID: c.CampaignID}
	if c.Party = "staff"; actor.IsClient() {
		c.Party, owner.ClientID = "client", actor.ClientID
	}
	if err := actor.Require("report.comment", owner); err != nil {
		return c, err
	}
	c, err := c.Tidy()
	if err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		sent, err := ListSent(ctx, tx, c.CampaignID)
		if err != nil {
			return err
		}
		v, ok := versionIn(sent, c.Number)
		if !ok {
			return db.ErrNotFound
		}
		c.ID, c.ClientID, c.Number, c.ByID, c.By, c.At = tx.NewID(), v.ClientID, v.Number, actor.ID, actor.Name, tx.Now()
		if err := insertComment(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "report.comment", Subject: "report", ID: v.ID, Campaign: c.CampaignID, Client: c.ClientID, After: map[string]any{"number": c.Number, "part": c.Part, "text": c.Text}})
	})
	return c, err
}

// versionIn finds a version among those sent, newest first; 0 is the newest.
func versionIn(sent []Sent, number int64) (Sent, bool) {
	for _, v := range sent {
		if number == 0 || v.Number == number {
			return v, true
		}
	}
	return Sent{}, false
}
