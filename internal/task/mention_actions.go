package task

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/db"
)

// Call is a step in the change that keeps a text: whoever it calls by "@name" is told
// where. Texts of outsiders call nobody.
func Call(ctx context.Context, tx *db.Tx, actor access.Actor, text, campaignID, href string) error {
	if !actor.IsStaff() || !strings.Contains(text, "@") {
		return nil
	}
	people, err := access.ListPeople(ctx, tx)
	if err != nil {
		return err
	}
	for _, p := range Mentioned(text, people, actor.ID) {
		m := Mention{ID: tx.NewID(), PersonID: p.ID, ByID: actor.ID, By: actor.Name, CampaignID: campaignID, Href: href, Text: text, At: tx.Now()}
		if err := insertMention(ctx, tx, m); err != nil {
			return err
		}
	}
	return nil
}

// Mentions gives where a person was called, the newest first, and marks it as seen.
func (s *Service) Mentions(ctx context.Context, actor access.Actor) (out []Mention, err error) {
	if err := actor.Require("task.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListMentions(ctx, tx, actor.ID, 40); return err })
	return out, err
}

// SeeMentions keeps that the person has seen where they were called.
func (s *Service) SeeMentions(ctx context.Context, actor access.Actor) error {
	if err := actor.Require("task.see", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error { return seeMentions(ctx, tx, actor.ID) })
}
