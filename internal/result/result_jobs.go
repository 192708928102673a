package result

import (
	"context"
	"errors"

	"kolega/internal/db"
	"kolega/internal/job"
)

// Work registers the workers of this room.
func (s *Service) Work(r *job.Registry) {
	job.On(r, "result", s.askInsights)
	job.On(r, "result", s.foldReadings)
	job.On(r, "result", s.recheck)
	job.On(r, "result", s.pull)
}

// askInsights asks for the numbers of a post, unless they are proven, the post was
// withdrawn, or a more urgent call is due already. It may run twice.
func (s *Service) askInsights(ctx context.Context, a InsightDue) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadPost(ctx, tx, a.PostID)
		if errors.Is(err, db.ErrNotFound) {
			return nil //nolint:nilerr // the post is gone: nothing is asked
		}
		if err != nil || !p.WithdrawnAt.IsZero() || CallAt(p, tx.Now()) != a.Call {
			return err
		}
		list, err := ListInsightsOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		for _, i := range list {
			if i.Age == AgeMeasuring && (i.Proves() || i.State() == StateTyped) {
				return nil
			}
		}
		if a.Call == CallAlarm {
			if err := insightFact(ctx, tx, p, false); err != nil {
				return err
			}
		}
		return job.Enqueue(ctx, tx, InsightAsked{p.ID, p.DeliverableID, p.CampaignID, p.TalentID, a.Call}, job.Unique(p.ID+"/"+a.Call))
	})
}
