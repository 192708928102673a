package instagram

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"kolega/internal/connect"
	"kolega/internal/result"
)

// metricOf are our words for Instagram's.
var metricOf = map[string]result.Metric{"views": result.Views, "reach": result.Reach, "likes": result.Likes, "comments": result.Comments,
	"saved": result.Saves, "shares": result.Shares, "replies": result.Replies}

// The metrics that are surely had of a kind of media.
var (
	lasting = []string{"views", "reach", "likes", "comments", "saved", "shares"}
	ofStory = []string{"views", "reach", "replies", "shares"}
)

// measureOwn reads the counts of the account's own posts.
func (g *Instagram) measureOwn(ctx context.Context, posts []result.Sought) ([]result.Tally, error) {
	stories, rest, out := told(posts, g.now(), true)
	for _, part := range []struct {
		posts   []result.Sought
		path    string
		metrics []string
	}{{rest, "/me/media", lasting}, {stories, "/me/stories", ofStory}} {
		if len(part.posts) == 0 {
			continue
		}
		list, err := g.ownList(ctx, part.path, part.posts, part.metrics)
		out = append(out, list...)
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

func (g *Instagram) ownList(ctx context.Context, path string, posts []result.Sought, metrics []string) (out []result.Tally, err error) {
	got, err := pages(posts, func(after string) (p page, err error) {
		q := url.Values{"fields": {"id,permalink,media_product_type,timestamp,like_count,comments_count"}, "limit": {"50"}}
		if after != "" {
			q.Set("after", after)
		}
		err = g.get(ctx, version+path, q, &p)
		return p, err
	})
	if err != nil {
		return nil, plain(err)
	}
	for _, p := range posts {
		f, ok := got[p.PostID]
		if !ok {
			out = append(out, result.Tally{PostID: p.PostID, Fault: result.ErrConnNoPost.Code})
			continue
		}
		t, err := g.insights(ctx, p, f, metrics)
		if err != nil {
			return out, plain(err)
		}
		out = append(out, t)
	}
	return out, nil
}

// plain makes a failure of the caller's words from one of ours.
func plain(err error) error {
	if errors.Is(err, errMetric) || errors.Is(err, errViewers) {
		return result.ErrConnUnreadable.Wrap(err)
	}
	return err
}

// insight is one count of media.
type insight struct {
	Name   string `json:"name"`
	Values []struct {
		Value connect.Text `json:"value"`
	} `json:"values"`
	Total struct {
		Value connect.Text `json:"value"`
	} `json:"total_value"`
}

// insights reads the counts of one post, together or, where one is refused, each alone.
func (g *Instagram) insights(ctx context.Context, p result.Sought, f found, metrics []string) (result.Tally, error) {
	raw, err := g.insightsOf(ctx, f.ID, strings.Join(metrics, ","))
	if errors.Is(err, errMetric) {
		raw, err = nil, nil
		for _, m := range metrics {
			one, oneErr := g.insightsOf(ctx, f.ID, m)
			if errors.Is(oneErr, errMetric) || errors.Is(oneErr, errViewers) {
				continue
			}
			if err = oneErr; err != nil {
				break
			}
			raw = append(raw, one...)
		}
	}
	if errors.Is(err, errViewers) {
		raw, err = nil, nil
	}
	if err != nil {
		return result.Tally{}, err
	}
	answer, err := json.Marshal(map[string]any{"media": f.raw, "insights": raw})
	if err != nil {
		return result.Tally{}, err
	}
	got := f.counts()
	for _, r := range raw {
		var i insight
		if err := json.Unmarshal(r, &i); err != nil {
			return result.Tally{}, result.ErrConnUnreadable.Wrap(err)
		}
		text := i.Total.Value
		if len(i.Values) > 0 {
			text = i.Values[0].Value
		}
		if n, ok := text.Count(); ok && metricOf[i.Name] != "" {
			got[metricOf[i.Name]] = n
		}
	}
	gives := make([]result.Metric, len(metrics))
	for i, m := range metrics {
		gives[i] = metricOf[m]
	}
	return result.NewTally(p.PostID, gives, got, answer), nil
}

func (g *Instagram) insightsOf(ctx context.Context, id, metrics string) ([]json.RawMessage, error) {
	var out struct {
		Data []json.RawMessage `json:"data"`
	}
	err := g.get(ctx, version+"/"+url.PathEscape(id)+"/insights", url.Values{"metric": {metrics}, "period": {"lifetime"}}, &out)
	return out.Data, err
}
