package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/result"
)

type watchedOut struct {
	PostID        string     `json:"post_id"`
	DeliverableID string     `json:"deliverable_id"`
	CampaignID    string     `json:"campaign_id"`
	Talent        string     `json:"talent"`
	URL           string     `json:"url"`
	On            string     `json:"on" doc:"the day, where it was posted, on which somebody should look"`
	OnlineUntil   string     `json:"online_until,omitempty"`
	LastLook      *time.Time `json:"last_look,omitempty"`
	Missed        bool       `json:"missed" doc:"the last look did not find it"`
}

type sawIn struct {
	Body struct {
		Posts []string `json:"posts" doc:"ids of posts that were seen online"`
	}
}

type captionIn struct {
	ID
	Body struct {
		Published string `json:"published" doc:"the caption as it is published"`
	}
}

type captionLook struct {
	Item string `json:"item"`
	OK   bool   `json:"ok"`
	Note string `json:"note,omitempty" doc:"what is missing, in the approved version's words"`
}

type livePostOut struct {
	Talent      string `json:"talent"`
	Handle      string `json:"handle"`
	Platform    string `json:"platform"`
	Format      string `json:"format"`
	URL         string `json:"url"`
	PostedOn    string `json:"posted_on"`
	DueOn       string `json:"due_on,omitempty"`
	Late        bool   `json:"late"`
	OnlineUntil string `json:"online_until,omitempty"`
}

func registerWatch(a *API) {
	op(a, http.MethodGet, "/post-watch", "post.see", "Live posts to look at again, soonest day first", func(ctx context.Context, actor access.Actor, in *inCampaign) (Page[watchedOut], error) {
		all, err := a.Result.Watch(ctx, actor, in.Campaign)
		return Page[watchedOut]{Items: list(all, func(w result.Watched) watchedOut {
			return watchedOut{w.ID, w.DeliverableID, w.CampaignID, w.Talent, w.URL, string(w.On), string(w.OnlineUntil), instant(w.LastLook), w.Missed}
		})}, err
	})
	op(a, http.MethodPost, "/post-watch", "post.enter", "Keep that posts were seen online", func(ctx context.Context, actor access.Actor, in *sawIn) (okAnswer, error) {
		return okAnswer{true}, a.Result.SawPosts(ctx, actor, in.Body.Posts)
	})
	op(a, http.MethodPost, "/posts/{id}/caption", "post.enter", "Compare the published caption with the approved version; flags what is missing", func(ctx context.Context, actor access.Actor, in *captionIn) (Page[captionLook], error) {
		looks, err := a.Result.CompareCaption(ctx, actor, in.ID.ID, in.Body.Published)
		return Page[captionLook]{Items: list(looks, func(c result.LiveCheck) captionLook { return captionLook{string(c.Key), c.OK, c.Note} })}, err
	})
	op(a, http.MethodGet, "/live-posts", "post.live", "What is live in the client's campaign", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[livePostOut], error) {
		all, err := a.Result.Live(ctx, actor)
		return Page[livePostOut]{Items: list(all, func(p result.LivePost) livePostOut {
			return livePostOut{p.Talent, p.Handle, p.Platform, p.Format, p.URL, string(p.Posted), string(p.Due), p.Late, string(p.OnlineUntil)}
		})}, err
	})
}
