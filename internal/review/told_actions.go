package review

import (
	"context"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/chat"
	"kolega/internal/db"
)

// tell gathers when and how a decision was told, and its words from the chosen lines
// of a chat when none were typed. Faults: draft.words-missing, draft.told-when,
// draft.told-early, draft.channel, not-found for a line of another campaign.
func tell(ctx context.Context, tx *db.Tx, d Deliverable, v Version, req *RecordDecision, zone string) (Told, error) {
	t := Told{DeliverableID: d.ID, VersionID: v.ID, CampaignID: d.CampaignID, At: req.ToldAt, Zone: req.Zone, Channel: req.Channel, Lines: req.Lines}
	var words []string
	var last time.Time
	for _, id := range req.Lines {
		m, err := chat.LoadLine(ctx, tx, d.CampaignID, id)
		if err != nil {
			return t, err
		}
		words = append(words, m.Sender+": "+m.Text)
		if m.At.After(last) {
			last = m.At
		}
	}
	if req.Words = strings.TrimSpace(req.Words); req.Words == "" {
		req.Words = strings.Join(words, "\n")
	}
	if req.Words == "" {
		return t, ErrWords
	}
	if t.At.IsZero() {
		t.At = last
	}
	if t.At.IsZero() {
		t.At = tx.Now()
	}
	if t.Zone == "" {
		t.Zone = zone
	}
	if t.Channel == "" {
		t.Channel = "whatsapp"
	}
	return t, CheckTold(v, t, tx.Now())
}

// ConfirmDecision is the client's own click on a decision that was told in a chat: from
// then on it stands as if given by link. Faults: draft.confirm-none, draft.advice-only
// for a person who does not decide.
func (s *Service) ConfirmDecision(ctx context.Context, actor access.Actor, deliverableID string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		d, err := LoadDeliverable(ctx, tx, deliverableID)
		if err != nil {
			return err
		}
		if err := actor.Require("draft.approve", owner(actor, d)); err != nil {
			return err
		}
		if id, _, err := decider(ctx, tx, d.CampaignID); err != nil || id != "" && id != actor.ContactID {
			return orNotAllowed(err)
		}
		a, err := LoadApproval(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		t, err := LoadTold(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		if t, err = t.Confirm(a, actor.Name, tx.Now()); err != nil {
			return err
		}
		if err := saveConfirmed(ctx, tx, t); err != nil {
			return err
		}
		e := entry("draft.approve", "draft", a.VersionID, d)
		e.After = map[string]any{"confirmed": actor.Name}
		return audit.Record(ctx, tx, actor.Who, e)
	})
}

func orNotAllowed(err error) error {
	if err != nil {
		return err
	}
	return ErrNotAllowed
}
