package instagram

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"kolega/internal/result"
)

// agency gives the id and name of the account that the agency's token reads with.
func (g *Instagram) agency(ctx context.Context) (id, handle string, err error) {
	var out struct {
		Data []struct {
			Account struct {
				ID       string `json:"id"`
				Username string `json:"username"`
			} `json:"instagram_business_account"`
		} `json:"data"`
	}
	if err := g.get(ctx, version+"/me/accounts", url.Values{"fields": {"instagram_business_account{id,username}"}}, &out); err != nil {
		return "", "", err
	}
	for _, d := range out.Data {
		if d.Account.ID != "" {
			return d.Account.ID, d.Account.Username, nil
		}
	}
	return "", "", result.ErrConnScope
}

// discover reads the public counts of posts, one account after the other.
func (g *Instagram) discover(ctx context.Context, posts []result.Sought) ([]result.Tally, error) {
	_, rest, out := told(posts, g.now(), false)
	if len(rest) == 0 {
		return out, nil
	}
	id, _, err := g.agency(ctx)
	if err != nil {
		return out, err
	}
	by := map[string][]result.Sought{}
	var handles []string
	for _, p := range rest {
		handle := strings.ToLower(strings.TrimPrefix(p.Handle, "@"))
		if by[handle] == nil {
			handles = append(handles, handle)
		}
		by[handle] = append(by[handle], p)
	}
	slices.Sort(handles)
	for _, handle := range handles {
		list, err := g.ofAccount(ctx, id, handle, by[handle])
		out = append(out, list...)
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// public are the fields of discovered media; some accounts refuse the views.
const public = "id,permalink,media_product_type,timestamp,like_count,comments_count"

func (g *Instagram) ofAccount(ctx context.Context, id, handle string, posts []result.Sought) (out []result.Tally, err error) {
	fields := public + ",view_count"
	got, err := pages(posts, func(after string) (page, error) {
		p, err := g.discovered(ctx, id, handle, fields, after)
		if errors.Is(err, errMetric) {
			fields = public
			p, err = g.discovered(ctx, id, handle, fields, after)
		}
		return p, err
	})
	switch {
	case errors.Is(err, errMetric), errors.Is(err, errViewers):
		err = result.ErrConnUnreadable.Wrap(err)
	case errors.Is(err, result.ErrConnNoAccount):
		for _, p := range posts {
			out = append(out, result.Tally{PostID: p.PostID, Fault: result.ErrConnNoAccount.Code})
		}
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		f, ok := got[p.PostID]
		if !ok {
			out = append(out, result.Tally{PostID: p.PostID, Fault: result.ErrConnNoPost.Code})
			continue
		}
		out = append(out, result.NewTally(p.PostID, result.Gives(result.Instagram, result.WayAgency), f.counts(), f.raw))
	}
	return out, nil
}

func (g *Instagram) discovered(ctx context.Context, id, handle, fields, after string) (page, error) {
	if after != "" {
		after = ".after(" + after + ")"
	}
	var out struct {
		Discovery struct {
			Media page `json:"media"`
		} `json:"business_discovery"`
	}
	err := g.get(ctx, version+"/"+url.PathEscape(id), url.Values{"fields": {fmt.Sprintf("business_discovery.username(%s){username,media.limit(25)%s{%s}}", handle, after, fields)}}, &out)
	return out.Discovery.Media, err
}

// counts are those that stand beside the media itself.
func (m media) counts() result.Counts {
	out := result.Counts{}
	for metric, n := range map[result.Metric]interface{ Count() (int64, bool) }{result.Views: m.Views, result.Likes: m.Likes, result.Comments: m.Comments} {
		if v, ok := n.Count(); ok {
			out[metric] = v
		}
	}
	return out
}
