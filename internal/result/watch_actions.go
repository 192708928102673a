package result

import (
	"cmp"
	"context"
	"slices"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

// Watch lists the live posts to look at again, soonest day first; campaignID is empty
// for all campaigns. A day is in the zone of who posted. Right: post.see of staff.
func (s *Service) Watch(ctx context.Context, actor access.Actor, campaignID string) (out []Watched, err error) {
	if !actor.IsStaff() {
		return nil, db.ErrNotFound
	}
	if err := actor.Require("post.see", access.Owner{CampaignID: campaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		today := worktime.DateOf(tx.Now(), nil)
		all, err := listWatched(ctx, tx, campaignID, today.AddDays(-45), today.AddDays(-16))
		for _, w := range all {
			w.On = RecheckOn(w.Post, w.LastLook)
			if w.Missed { // due until somebody, or a second look, says otherwise
				w.On = worktime.DateOf(w.LastLook, w.zone())
			}
			if w.On != "" {
				out = append(out, w)
			}
		}
		return err
	})
	slices.SortStableFunc(out, func(a, b Watched) int { return cmp.Compare(a.On, b.On) })
	return out, err
}

// SawPosts keeps that posts were seen online today, all of them or none. Right:
// post.enter of staff. Fault: post.watched-none.
func (s *Service) SawPosts(ctx context.Context, actor access.Actor, ids []string) error {
	if !actor.IsStaff() {
		return db.ErrNotFound
	}
	if err := actor.Require("post.enter", access.Owner{}); err != nil {
		return err
	}
	if len(ids) == 0 {
		return ErrWatchedNone
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		for _, id := range ids {
			p, err := LoadPost(ctx, tx, id)
			if err != nil {
				return err
			}
			if err := saw(ctx, tx, actor, p, LiveCheck{Key: CheckOnline, OK: true, By: actor.Name}); err != nil {
				return err
			}
		}
		return nil
	})
}

// CompareCaption compares the caption as published with the approved version and keeps
// what it found as looks; what is missing is flagged. Right: post.enter of staff.
func (s *Service) CompareCaption(ctx context.Context, actor access.Actor, postID, published string) (looks []LiveCheck, err error) {
	err = s.changePost(ctx, actor, postID, "look", "", func(tx *db.Tx, p *Post, _ time.Time) error {
		v, _, err := review.ApprovedVersion(ctx, tx, p.DeliverableID)
		if _, err = found(err); err != nil {
			return err
		}
		looks = ReadCaption(Wanted{v.Caption, v.Hashtags, v.Mentions}, published)
		return keepLooks(ctx, tx, p, actor.Name, looks)
	})
	return looks, err
}

// Live lists what is live in a client's campaign, oldest first. Right: post.live.
func (s *Service) Live(ctx context.Context, actor access.Actor) (out []LivePost, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := campaign.LoadCampaign(ctx, tx, actor.CampaignID)
		if err != nil {
			return err
		}
		if err := actor.Require("post.live", access.Owner{CampaignID: c.ID, ClientID: c.ClientID}); err != nil {
			return err
		}
		out, err = livePosts(ctx, tx, c)
		return err
	})
	return out, err
}
