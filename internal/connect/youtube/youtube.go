// Package youtube reads the public counts of videos through the YouTube Data API, with a
// key of the agency: nobody has to let anybody in.
//
// Words are YouTube's: an item is a video, statistics are its counts. All of them are
// text, and those that an owner hides are absent.
//
// Laws. A list call costs one unit of the day's quota whatever it asks, so fifty videos
// go in one. A spent quota comes back at midnight in California. What is absent is
// missing, never zero.
package youtube

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"kolega/internal/connect"
	"kolega/internal/result"
	"kolega/internal/secret"
	"kolega/internal/worktime"
)

// Live is the service's address.
const Live = "https://www.googleapis.com/youtube/v3"

// perCall is how many videos one call may ask for.
const perCall = 50

// YouTube is one key.
type YouTube struct {
	c   *connect.Client
	now func() time.Time
}

// New makes the gauge of a key at base. A nil transport is the network.
func New(base string, key secret.Hidden, now func() time.Time, rt http.RoundTripper) *YouTube {
	return &YouTube{connect.Signed(base, rt, func(r *http.Request) { r.Header.Set("X-Goog-Api-Key", key.Reveal()) }), now}
}

// Whose asks for nothing in particular: a key is nobody's, but it must be good.
func (y *YouTube) Whose(ctx context.Context) (result.Holder, error) {
	_, err := y.list(ctx, []string{"dQw4w9WgXcQ"})
	return result.Holder{}, err
}

// Renew never happens: a key does not end.
func (y *YouTube) Renew(context.Context) (result.Keys, error) {
	return result.Keys{}, result.ErrConnExpired
}

type video struct {
	ID         string `json:"id"`
	Statistics struct {
		Views    connect.Text `json:"viewCount"`
		Likes    connect.Text `json:"likeCount"`
		Comments connect.Text `json:"commentCount"`
	} `json:"statistics"`
}

// Measure reads the counts of videos, fifty a call.
func (y *YouTube) Measure(ctx context.Context, posts []result.Sought) (out []result.Tally, err error) {
	for len(posts) > 0 {
		part := posts[:min(perCall, len(posts))]
		posts = posts[len(part):]
		ids := make([]string, len(part))
		for i, p := range part {
			ids[i] = p.ID
		}
		items, err := y.list(ctx, ids)
		if err != nil {
			return out, err
		}
		for _, p := range part {
			out = append(out, tally(p, items[p.ID]))
		}
	}
	return out, nil
}

func tally(p result.Sought, raw json.RawMessage) result.Tally {
	var v video
	if len(raw) == 0 || json.Unmarshal(raw, &v) != nil {
		return result.Tally{PostID: p.PostID, Fault: result.ErrConnNoPost.Code}
	}
	got := result.Counts{}
	for m, text := range map[result.Metric]connect.Text{result.Views: v.Statistics.Views, result.Likes: v.Statistics.Likes, result.Comments: v.Statistics.Comments} {
		if n, ok := text.Count(); ok {
			got[m] = n
		}
	}
	return result.NewTally(p.PostID, result.Gives(result.YouTube, result.WayAgency), got, raw)
}

// list gives the items of videos by id.
func (y *YouTube) list(ctx context.Context, ids []string) (map[string]json.RawMessage, error) {
	a, err := y.c.Do(ctx, connect.Request{Method: http.MethodGet, Path: "/videos", Query: url.Values{"part": {"id,snippet,statistics"}, "id": {strings.Join(ids, ",")}}})
	if err != nil {
		return nil, result.ErrConnDown.Wrap(err)
	}
	if a.Status != http.StatusOK {
		return nil, y.refused(a)
	}
	var body struct {
		Items []json.RawMessage `json:"items"`
	}
	if err := connect.Decode(a.Body, &body); err != nil {
		return nil, result.ErrConnUnreadable.Wrap(err)
	}
	out := make(map[string]json.RawMessage, len(body.Items))
	for _, raw := range body.Items {
		var v video
		if err := json.Unmarshal(raw, &v); err != nil {
			return nil, result.ErrConnUnreadable.Wrap(err)
		}
		out[v.ID] = raw
	}
	return out, nil
}

// refused says what an error answer means, by its first reason.
func (y *YouTube) refused(a connect.Answer) error {
	var body struct {
		Error struct {
			Message string `json:"message"`
			Errors  []struct {
				Reason string `json:"reason"`
			} `json:"errors"`
			Details []struct {
				Reason string `json:"reason"`
			} `json:"details"`
		} `json:"error"`
	}
	cause := errors.New(http.StatusText(a.Status))
	if connect.Decode(a.Body, &body) != nil || len(body.Error.Errors) == 0 {
		return result.ErrConnDown.Wrap(cause)
	}
	for _, d := range body.Error.Details {
		if d.Reason == "API_KEY_INVALID" {
			return result.ErrConnKey
		}
	}
	switch reason := body.Error.Errors[0].Reason; reason {
	case "quotaExceeded", "dailyLimitExceeded":
		return result.Later{Until: y.midnight(), Err: result.ErrConnQuota}
	case "rateLimitExceeded", "userRateLimitExceeded":
		return result.Later{Until: y.now().Add(max(a.Wait, time.Minute)), Err: result.ErrConnQuota}
	case "keyInvalid", "keyExpired":
		return result.ErrConnKey
	case "accessNotConfigured", "forbidden", "ipRefererBlocked":
		return result.ErrConnScope
	case "backendError", "internalError":
		return result.ErrConnDown.Wrap(errors.New(reason))
	default:
		return result.ErrConnUnreadable.Wrap(errors.New(reason))
	}
}

// midnight is when the quota of the day comes back.
func (y *YouTube) midnight() time.Time {
	zone, err := worktime.Zone("America/Los_Angeles")
	if err != nil {
		return y.now().Add(24 * time.Hour)
	}
	return worktime.DateOf(y.now(), zone).AddDays(1).At(0, 1, zone)
}
