// Package instagram reads posts' counts through the Graph API, by two ways: a token of
// the agency discovers the public counts of any professional account; a token of an
// account reads its own, reach and saves among them.
//
// Words are Instagram's: media is a post, insights are its counts, a permalink is its
// address. A post is known by the shortcode in its permalink; nothing is looked up by it,
// so the account's list is read until it comes.
//
// Laws. One metric that a kind of media lacks fails the whole call: then each is asked
// alone. Likes that an owner hides are absent. What is absent is missing, never zero. A
// story is told for a day.
package instagram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"kolega/internal/connect"
	"kolega/internal/result"
	"kolega/internal/secret"
)

// The services' addresses, and the version that is spoken.
const (
	LiveAgency  = "https://graph.facebook.com"
	LiveAccount = "https://graph.instagram.com"
	version     = "/v25.0"
)

// Instagram is one token.
type Instagram struct {
	c   *connect.Client
	way result.Way
	now func() time.Time
}

// New makes the gauge of a token at base. A nil transport is the network.
func New(base string, way result.Way, token secret.Hidden, now func() time.Time, rt http.RoundTripper) *Instagram {
	return &Instagram{connect.Signed(base, rt, func(r *http.Request) {
		q := r.URL.Query()
		q.Set("access_token", token.Reveal())
		r.URL.RawQuery = q.Encode()
	}), way, now}
}

// Whose asks whose account the token reads with.
func (g *Instagram) Whose(ctx context.Context) (result.Holder, error) {
	if g.way == result.WayAgency {
		_, handle, err := g.agency(ctx)
		return result.Holder{Handle: handle}, plain(err)
	}
	var out struct {
		Username string `json:"username"`
	}
	err := g.get(ctx, version+"/me", url.Values{"fields": {"user_id,username"}}, &out)
	return result.Holder{Handle: out.Username}, plain(err)
}

// Renew gives an account's token sixty more days.
func (g *Instagram) Renew(ctx context.Context) (result.Keys, error) {
	var out struct {
		Token   string `json:"access_token"`
		Expires int64  `json:"expires_in"`
	}
	err := g.get(ctx, "/refresh_access_token", url.Values{"grant_type": {"ig_refresh_token"}}, &out)
	if err == nil && out.Token == "" {
		err = result.ErrConnUnreadable
	}
	return result.Keys{Token: secret.Hide(out.Token), ExpiresAt: g.now().Add(time.Duration(out.Expires) * time.Second)}, plain(err)
}

// Measure reads the counts of posts.
func (g *Instagram) Measure(ctx context.Context, posts []result.Sought) ([]result.Tally, error) {
	if g.way == result.WayAccount {
		return g.measureOwn(ctx, posts)
	}
	return g.discover(ctx, posts)
}

func (g *Instagram) get(ctx context.Context, path string, q url.Values, into any) error {
	a, err := g.c.Do(ctx, connect.Request{Method: http.MethodGet, Path: path, Query: q})
	if err != nil {
		return result.ErrConnDown.Wrap(err)
	}
	if a.Status != http.StatusOK {
		return g.refused(a)
	}
	if err := connect.Decode(a.Body, into); err != nil {
		return result.ErrConnUnreadable.Wrap(err)
	}
	return nil
}

// errMetric is a metric or field that this media does not have; errViewers one that has
// too few viewers to be told.
var (
	errMetric  = errors.New("no such metric")
	errViewers = errors.New("not enough viewers")
)

// Codes of the Graph API.
var (
	quotaCodes = []int64{4, 17, 32, 613, 80002}
	scopeCodes = []int64{10, 200, 368}
	userCodes  = []int64{24, 110}
)

// refused says what an error's code means.
func (g *Instagram) refused(a connect.Answer) error {
	var body struct {
		Error struct {
			Message string `json:"message"`
			Code    int64  `json:"code"`
			Sub     int64  `json:"error_subcode"`
		} `json:"error"`
	}
	if connect.Decode(a.Body, &body) != nil || body.Error.Code == 0 {
		return result.ErrConnDown.Wrap(errors.New(http.StatusText(a.Status)))
	}
	code, sub := body.Error.Code, body.Error.Sub
	switch {
	case code == 190 && (sub == 463 || sub == 460):
		return result.ErrConnExpired
	case code == 190:
		return result.ErrConnKey
	case code == 10 && strings.Contains(body.Error.Message, "Not enough viewers"):
		return errViewers
	case slices.Contains(scopeCodes, code):
		return result.ErrConnScope
	case slices.Contains(quotaCodes, code):
		return result.Later{Until: g.now().Add(regained(a.Header)), Err: result.ErrConnQuota}
	case code == 100 && sub == 33, slices.Contains(userCodes, code):
		return result.ErrConnNoAccount
	case code == 100:
		return errMetric
	case code == 1 || code == 2:
		return result.ErrConnDown.Wrap(errors.New(body.Error.Message))
	}
	return result.ErrConnUnreadable.Wrap(errors.New(body.Error.Message))
}

// regained is how long until calls are let through again; an hour where nobody says.
func regained(h http.Header) time.Duration {
	var usage map[string][]struct {
		Minutes int64 `json:"estimated_time_to_regain_access"`
	}
	wait := int64(0)
	if connect.Decode([]byte(h.Get("X-Business-Use-Case-Usage")), &usage) == nil {
		for _, list := range usage {
			for _, u := range list {
				wait = max(wait, min(u.Minutes, 24*60))
			}
		}
	}
	if wait == 0 {
		return time.Hour
	}
	return time.Duration(wait) * time.Minute
}

// media is one post of a list.
type media struct {
	ID        string       `json:"id"`
	Permalink string       `json:"permalink"`
	Timestamp string       `json:"timestamp"`
	Product   string       `json:"media_product_type"`
	Likes     connect.Text `json:"like_count"`
	Comments  connect.Text `json:"comments_count"`
	Views     connect.Text `json:"view_count"`
}

// page is one page of a list.
type page struct {
	Data   []json.RawMessage `json:"data"`
	Paging struct {
		Cursors struct {
			After string `json:"after"`
		} `json:"cursors"`
		Next string `json:"next"`
	} `json:"paging"`
}

// found is a post of a list that was sought, as parsed and as written.
type found struct {
	media
	raw json.RawMessage
}

// take picks what is sought from a page; last is when its oldest post was made.
func take(p page, sought []result.Sought, into map[string]found) (last time.Time, err error) {
	for _, raw := range p.Data {
		var m media
		if err := json.Unmarshal(raw, &m); err != nil {
			return last, result.ErrConnUnreadable.Wrap(err)
		}
		if at, err := time.Parse("2006-01-02T15:04:05-0700", m.Timestamp); err == nil {
			last = at
		}
		l, err := result.Recognise(m.Permalink)
		if err != nil {
			continue
		}
		for _, s := range sought {
			if s.ID == l.ID {
				into[s.PostID] = found{m, raw}
			}
		}
	}
	return last, nil
}

// mostPages is how far back a list is read.
const mostPages = 8

// pages reads a list until all that is sought was found, or it is older than that.
func pages(sought []result.Sought, next func(after string) (page, error)) (map[string]found, error) {
	out, oldest := map[string]found{}, sought[0].PostedAt
	for _, s := range sought {
		if s.PostedAt.Before(oldest) {
			oldest = s.PostedAt
		}
	}
	after := ""
	for range mostPages {
		p, err := next(after)
		if err != nil {
			return out, err
		}
		last, err := take(p, sought, out)
		if err != nil {
			return out, err
		}
		after = p.Paging.Cursors.After
		if len(out) == len(sought) || after == "" || len(p.Data) == 0 || !last.IsZero() && last.Before(oldest.AddDate(0, 0, -2)) {
			break
		}
	}
	return out, nil
}

// told splits off the stories, which are told for a day and only to their owner.
func told(posts []result.Sought, now time.Time, own bool) (stories, rest []result.Sought, out []result.Tally) {
	for _, p := range posts {
		switch {
		case p.Kind != result.KindStory:
			rest = append(rest, p)
		case own && now.Before(p.PostedAt.Add(24*time.Hour)):
			stories = append(stories, p)
		default:
			out = append(out, result.Tally{PostID: p.PostID, Fault: result.ErrConnStory.Code})
		}
	}
	return stories, rest, out
}
