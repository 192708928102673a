package casting

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/talent"
)

// Replacements ranks who could take a seat now, and says which filter removed
// whom (R3). The seat need not be open: one at risk is looked at in time.
func (s *Service) Replacements(ctx context.Context, actor access.Actor, campaignID, slotID string) (out Replacements, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := loadStage(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if err := actor.Require("cast.see", owner(st.campaign)); err != nil {
			return err
		}
		x, err := st.slot(slotID)
		if err != nil {
			return err
		}
		pool, err := prospects(ctx, tx, st, x)
		if err != nil {
			return err
		}
		n := Need{Tags: x.Conditions.Tags, Tier: talent.Tier(x.Conditions.Tier), Budget: budgetOf(x)}
		if g := st.campaign.Terms.Guarantee; g != nil {
			n.TargetBp = g.TargetBp
		}
		n = st.likeTheLast(n, slotID)
		out = Rank(n, pool)
		return nil
	})
	return out, err
}

// likeTheLast fills in what the slot leaves open from the talent who had the seat.
func (s *stage) likeTheLast(n Need, slotID string) Need {
	for i := len(s.offers) - 1; i >= 0; i-- {
		o := s.offers[i]
		if o.SlotID != slotID {
			continue
		}
		if len(n.Tags) == 0 {
			n.Tags = s.talents[o.TalentID].Tags
		}
		if n.Tier == "" {
			n.Tier = talent.TierOf(s.accounts[o.AccountID].Followers)
		}
		return n
	}
	return n
}

// ProposeReplacement puts a talent on the list for a seat and shows it to the
// client at once, who answers by link: anyone but a reserve needs the client's
// yes (R3). A candidate on the list already is only shown. Faults: those of
// AddCandidate, cast.incomplete; ask.supervisor, where Ask keeps the choice for a yes (A1).
func (s *Service) ProposeReplacement(ctx context.Context, actor access.Actor, req AddCandidate) (c Candidate, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		st, err := change(ctx, tx, actor, "cast.share", req.CampaignID)
		if err != nil {
			return err
		}
		if err := waitsFor(ctx, tx, actor, st.client.ID); err != nil {
			return err
		}
		if c, err = st.onList(ctx, tx, actor, req); err != nil {
			return err
		}
		c, err = st.propose(ctx, tx, actor, c)
		return err
	})
	return c, err
}

// propose shows a candidate of the list to the client, who is told. Fault: cast.incomplete.
func (s *stage) propose(ctx context.Context, tx *db.Tx, actor access.Actor, c Candidate) (Candidate, error) {
	if missing := c.Missing(); len(missing) > 0 {
		return c, ErrIncomplete.With("talent", nameOf(ctx, tx, s, c))
	}
	if !c.Shown() {
		c.ShownAt = tx.Now()
		if err := saveCandidate(ctx, tx, c); err != nil {
			return c, err
		}
		c.Version++
	}
	sheet := s.sheet
	sheet.CampaignID, sheet.ClientID = s.campaign.ID, s.campaign.ClientID
	if sheet.SharedAt.IsZero() {
		sheet.SharedAt = tx.Now()
		if err := saveSheet(ctx, tx, sheet); err != nil {
			return c, err
		}
	}
	if err := job.Enqueue(ctx, tx, ShortlistShared{CampaignID: s.campaign.ID}); err != nil {
		return c, err
	}
	return c, note(ctx, tx, actor, s.campaign, audit.Entry{Verb: "cast.propose", Subject: "candidate", ID: c.ID, Talent: c.TalentID, After: map[string]any{"slot": c.SlotID, "replaces": c.Replaces}})
}

// onList gives the talent's candidacy for the seat's kind, adding it when new.
func (s *stage) onList(ctx context.Context, tx *db.Tx, actor access.Actor, req AddCandidate) (Candidate, error) {
	x, err := s.slot(req.SlotID)
	if err != nil {
		return Candidate{}, err
	}
	for _, c := range s.candidates {
		if c.TalentID != req.TalentID || !c.Listed() || s.lineOf(c) != LineOf(x) {
			continue
		}
		if c.Why == "" {
			c.Why = req.Why
		}
		if c.Cost.None() && !req.Cost.IsZero() {
			c.Cost, c.Rate, c.RateSource = req.Cost, req.Rate, req.RateSource
			if c, err = c.Settle(s.campaign.Currency); err != nil {
				return c, err
			}
		}
		if err := c.Check(s.campaign.Currency); err != nil {
			return c, err
		}
		if err := saveCandidate(ctx, tx, c); err != nil {
			return c, err
		}
		c.Version++
		return c, nil
	}
	return addCandidate(ctx, tx, actor, s, req)
}

func nameOf(ctx context.Context, tx *db.Tx, st *stage, c Candidate) string {
	if t, ok := st.talents[c.TalentID]; ok {
		return t.Name
	}
	name, err := talentName(ctx, tx, c.TalentID)
	if err != nil {
		return c.TalentID
	}
	return name
}

func talentName(ctx context.Context, tx *db.Tx, id string) (string, error) {
	t, err := talent.LoadTalent(ctx, tx, id)
	return t.Name, err
}
