package idea

import (
	"context"
	"slices"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/result"
)

// Trial is an experiment with what came of it so far.
type Trial struct {
	Experiment
	Slot   int64 // its number in the campaign
	Actual int64
	Known  bool // a post has the figure
}

// Experiments lists a campaign's experiments with their figures, of all campaigns when
// "". Right: campaign.see.
func (s *Service) Experiments(ctx context.Context, actor access.Actor, campaignID string) (out []Trial, err error) {
	if err := actor.Require("campaign.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := ListExperiments(ctx, tx, campaignID)
		for _, e := range list {
			if err != nil {
				return err
			}
			var rows []result.PostRow
			if rows, err = result.ListRows(ctx, tx, e.CampaignID); err != nil {
				return err
			}
			t := Trial{Experiment: e}
			t.Actual, t.Known = e.Actual(rows)
			x, err := slotOf(ctx, tx, e.CampaignID, e.SlotID)
			if err != nil {
				return err
			}
			t.Slot = x.Number
			out = append(out, t)
		}
		return err
	})
	return out, err
}

func slotOf(ctx context.Context, tx *db.Tx, campaignID, slotID string) (campaign.Slot, error) {
	list, err := campaign.ListSlots(ctx, tx, campaignID)
	if err != nil {
		return campaign.Slot{}, err
	}
	if i := slices.IndexFunc(list, func(x campaign.Slot) bool { return x.ID == slotID }); i >= 0 {
		return list[i], nil
	}
	return campaign.Slot{}, ErrSlotAbsent
}

// TryOut flags a slot as an experiment, or changes what it tries while it is not over.
// Right: slot.edit. Faults: idea.belief, -measure, -target, -slot-absent, -experiment-ended.
func (s *Service) TryOut(ctx context.Context, actor access.Actor, e Experiment) error {
	if err := actor.Require("slot.edit", access.Owner{CampaignID: e.CampaignID}); err != nil {
		return err
	}
	if err := e.tidy(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		x, err := slotOf(ctx, tx, e.CampaignID, e.SlotID)
		if err != nil {
			return err
		}
		kept, err := LoadExperiment(ctx, tx, e.SlotID)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if kept.Over() {
			return ErrEnded
		}
		if kept.IdeaID != "" && kept.IdeaID != e.IdeaID {
			if err := ReleaseIdea(ctx, tx, kept.IdeaID, "slot", e.SlotID); err != nil {
				return err
			}
		}
		if e.IdeaID != "" {
			c, err := campaign.LoadCampaign(ctx, tx, e.CampaignID)
			if err != nil {
				return err
			}
			if _, err := TakeIdea(ctx, tx, e.IdeaID, Use{Kind: "slot", SubjectID: x.ID, Name: c.Name, By: actor.Name}); err != nil {
				return err
			}
		}
		e.MadeAt, e.By, e.Learned, e.EndedBy, e.Version = tx.Now(), actor.Name, "", "", kept.Version
		if err := putExperiment(ctx, tx, e); err != nil {
			return err
		}
		return recordExperiment(ctx, tx, actor, e)
	})
}

// EndExperiment keeps what an experiment taught. Right: slot.edit. Faults: idea.learned, -experiment-ended.
func (s *Service) EndExperiment(ctx context.Context, actor access.Actor, campaignID, slotID, learned string) error {
	if err := actor.Require("slot.edit", access.Owner{CampaignID: campaignID}); err != nil {
		return err
	}
	learned = strings.TrimSpace(learned)
	if learned == "" || len([]rune(learned)) > maxBody {
		return ErrLearned
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		e, err := LoadExperiment(ctx, tx, slotID)
		switch {
		case err != nil:
			return err
		case e.CampaignID != campaignID:
			return db.ErrNotFound
		case e.Over():
			return ErrEnded
		}
		e.Learned, e.EndedAt, e.EndedBy = learned, tx.Now(), actor.Name
		if err := putExperiment(ctx, tx, e); err != nil {
			return err
		}
		return recordExperiment(ctx, tx, actor, e)
	})
}

func recordExperiment(ctx context.Context, tx *db.Tx, actor access.Actor, e Experiment) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "slot.edit", Subject: "experiment", ID: e.SlotID, Campaign: e.CampaignID,
		After: map[string]any{"belief": e.Belief, "measure": e.Measure, "target": e.Target, "learned": e.Learned}})
}
