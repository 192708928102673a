package review

import (
	"context"
	"errors"
	"io"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// Finals is the library of approved versions with what may be done with each today (B27):
// all to staff, those of the own campaign to a client. Faults: access.forbidden, not-found.
func (s *Service) Finals(ctx context.Context, actor access.Actor, f FinalFilter) (out []Final, err error) {
	clientID := ""
	if actor.IsClient() {
		clientID, f.CampaignID = actor.ClientID, actor.CampaignID
	}
	if err := actor.Require(seeVerb(actor), access.Owner{CampaignID: f.CampaignID, ClientID: clientID}); err != nil || actor.IsTalent() {
		return nil, orElse(err, db.ErrNotFound)
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if out, err = listFinals(ctx, tx, clientID, f); err != nil {
			return err
		}
		rights := map[string][]talent.UsageRight{}
		for i, x := range out {
			if _, seen := rights[x.CampaignID]; !seen {
				if rights[x.CampaignID], err = talent.RightsOf(ctx, tx, x.CampaignID); err != nil {
					return err
				}
			}
			out[i] = x.withRight(rights[x.CampaignID], today(tx, actor))
		}
		return nil
	})
	return out, err
}

// today is the day in the actor's zone.
func today(tx *db.Tx, actor access.Actor) worktime.Date {
	zone, err := worktime.Zone(actor.Zone)
	if err != nil {
		zone, _ = worktime.Zone("Asia/Jakarta")
	}
	return worktime.DateOf(tx.Now(), zone)
}

// TakeFinal gives the bytes of an approved version to whoever may use it today, and keeps
// that it was taken. Faults: not-found; final.right-none, final.right-early,
// final.right-ended while no right runs.
func (s *Service) TakeFinal(ctx context.Context, actor access.Actor, versionID string) (v Version, f io.ReadSeekCloser, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		var d Deliverable
		if d, v, err = load(ctx, tx, actor, seeVerb(actor), versionID); err != nil {
			return err
		}
		x, err := s.final(ctx, tx, actor, v)
		switch {
		case err != nil:
			return err
		case actor.IsTalent() || v.SHA256 == "":
			return db.ErrNotFound
		}
		if err := x.refused(); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, withAfter(entry(seeVerb(actor), "draft", v.ID, d), map[string]any{"taken": v.Major}))
	})
	if err != nil {
		return v, nil, err
	}
	f, err = s.blobs.Open(ctx, v.SHA256)
	return v, f, err
}

// final is an approved version with its right today. Fault: not-found.
func (s *Service) final(ctx context.Context, tx *db.Tx, actor access.Actor, v Version) (Final, error) {
	x, err := loadFinal(ctx, tx, v.ID)
	if err != nil {
		return x, err
	}
	rights, err := talent.RightsOf(ctx, tx, x.CampaignID)
	return x.withRight(rights, today(tx, actor)), err
}

// mayKeep refuses a client the file of an approved version while no right runs. To watch
// it is no use of it; a version still under review may be downloaded to be judged.
func (s *Service) mayKeep(ctx context.Context, tx *db.Tx, actor access.Actor, v Version) error {
	if !actor.IsClient() {
		return nil
	}
	x, err := s.final(ctx, tx, actor, v)
	if errors.Is(err, db.ErrNotFound) {
		return nil
	}
	return orElse(err, x.refused())
}
