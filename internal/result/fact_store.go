package result

import (
	"context"
	"errors"

	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/review"
	"kolega/internal/talent"
)

// postFact keeps whether a post came by its promised date (R13). A post that waited
// for an approval given after that date was late for others' sake: it is excused (R2).
func postFact(ctx context.Context, tx *db.Tx, p Post) error {
	if p.Due.IsZero() {
		return nil
	}
	f := talent.DateFact(p.Due.At, p.PostedAt)
	if !f.Met {
		_, a, err := review.ApprovedVersion(ctx, tx, p.DeliverableID)
		if err != nil && !errors.Is(err, db.ErrNotFound) {
			return err
		}
		f.Excused = err == nil && a.At.After(p.Due.At)
	}
	return keepFact(ctx, tx, p, f, "post")
}

// insightFact keeps whether the numbers of a post came before the last call (R7, R13).
func insightFact(ctx context.Context, tx *db.Tx, p Post, met bool) error {
	return keepFact(ctx, tx, p, talent.Fact{Kind: talent.FactInsights, Met: met, At: tx.Now()}, "insight")
}

func keepFact(ctx context.Context, tx *db.Tx, p Post, f talent.Fact, subject string) error {
	c, err := campaign.LoadCampaign(ctx, tx, p.CampaignID)
	if err != nil {
		return err
	}
	f.TalentID, f.CampaignID, f.Title, f.Subject, f.SubjectID = p.TalentID, p.CampaignID, c.Name, subject, p.ID
	return talent.RecordFact(ctx, tx, f)
}

// inTime says whether a reading was taken before the last call of its post (R7).
func inTime(p Post, i Insight) bool {
	for _, c := range CallsOf(p) {
		if c.Name == CallLast {
			return i.TakenAt.Before(c.At)
		}
	}
	return true
}
