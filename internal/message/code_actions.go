package message

import (
	"context"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/locale"
)

// Work registers what messages do after others' changes: a code that was asked for
// becomes a prepared message, and is taken out when it ends.
func (s *Service) Work(reg *job.Registry) {
	job.On(reg, "message", s.keepCode)
	job.On(reg, "message", s.dropCodes)
	job.On(reg, "message", s.sendDue)
	job.On(reg, "message", s.settleDue)
	job.On(reg, "message", s.eventCame)
	job.On(reg, "message", s.mediaDue)
	job.On(reg, "message", s.templatesDue)
}

// keepCode prepares the message of a code. A second run, or a newer code of the same
// purpose, replaces it; a code that ended meanwhile leaves nothing.
func (s *Service) keepCode(ctx context.Context, e access.CodeAsked) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := deleteCodes(ctx, tx, e.LinkID, e.Purpose); err != nil {
			return err
		}
		until, err := access.OpenCode(ctx, tx, e.LinkID, e.Purpose)
		if err != nil || until.IsZero() {
			return err
		}
		link, err := access.LoadLink(ctx, tx, e.LinkID)
		if err != nil {
			return err
		}
		agency, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		if err := insertCode(ctx, tx, composeCode(e, link, agency.Name, tx.NewID(), tx.Now(), until)); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, codeEnded{e.LinkID}, job.After(until))
	})
}

// composeCode writes the text in the receiver's language, with the end on the receiver's clock.
func composeCode(e access.CodeAsked, link access.Link, agency, id string, now, until time.Time) Code {
	lang := e.Lang
	if lang == "" {
		lang = link.Lang
	}
	l := locale.For(lang, link.Zone)
	first, _, _ := strings.Cut(e.Name, " ")
	text := l.T("message.code.text", "name", first, "agency", agency, "code", e.Code, "until", l.Clock(until, link.Zone))
	return Code{ID: id, CampaignID: e.CampaignID, LinkID: e.LinkID, Purpose: e.Purpose, Party: link.Party, Name: e.Name, Lang: lang,
		Place: e.To, Text: text, AskedAt: now, Until: until}
}

func (s *Service) dropCodes(ctx context.Context, _ codeEnded) error {
	return s.db.Write(ctx, func(tx *db.Tx) error { return deleteEnded(ctx, tx) })
}

// Codes lists the codes that wait to be sent on, oldest first: of one campaign, or of
// all when empty. Only those that can still be typed in are given. Fault: access.forbidden.
func (s *Service) Codes(ctx context.Context, actor access.Actor, campaign string) (out []Code, err error) {
	if err := actor.Require("access.links", access.Owner{CampaignID: campaign}); err != nil || !actor.IsStaff() {
		return nil, orNotFound(err)
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := listCodes(ctx, tx, campaign)
		for _, c := range all {
			until, err := access.OpenCode(ctx, tx, c.LinkID, c.Purpose)
			if err != nil {
				return err
			}
			if !until.IsZero() {
				out = append(out, c)
			}
		}
		return err
	})
	return out, err
}

// MarkCodeSent keeps that a person sent a code on, and by which channel. Faults:
// message.channel, message.sent-before.
func (s *Service) MarkCodeSent(ctx context.Context, actor access.Actor, id, channel string) (c Code, err error) {
	if err := actor.Require("access.links", access.Owner{}); err != nil || !actor.IsStaff() {
		return c, orNotFound(err)
	}
	if !slices.Contains(Channels, channel) {
		return c, ErrChannel
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if c, err = loadCode(ctx, tx, id); err != nil {
			return err
		}
		c.SentAt, c.SentBy, c.Channel = tx.Now(), actor.Name, channel
		if err := saveCodeSent(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.links", Subject: "message", ID: id, Campaign: c.CampaignID,
			After: map[string]string{"kind": KindCode, "to": c.Name, "sent": channel}})
	})
	return c, err
}
