// Package tiktok reads the counts of an account's own videos through TikTok's Display
// API, for which its owner has let us in.
//
// Words are TikTok's: an access token reads for two hours, a refresh token gives the next
// pair and dies by it, so the newest is always kept.
//
// Laws. Each answer carries an error of its own, "ok" when there is none. Only the
// owner's public videos are answered; others are simply absent.
package tiktok

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
)

// Live is the service's address.
const Live = "https://open.tiktokapis.com"

// perCall is how many videos one call may ask for.
const perCall = 20

// TikTok is one account's consent.
type TikTok struct {
	c   *connect.Client
	o   result.Opening
	now func() time.Time
}

// New makes the gauge of a consent at base. A nil transport is the network.
func New(base string, o result.Opening, now func() time.Time, rt http.RoundTripper) *TikTok {
	return &TikTok{connect.Signed(base, rt, func(r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, tokenPath) {
			r.Header.Set("Authorization", "Bearer "+o.Token.Reveal())
		}
	}), o, now}
}

const tokenPath = "/v2/oauth/token/"

// answer is the envelope of every answer but those of the token.
type answer struct {
	Data  json.RawMessage `json:"data"`
	Error struct {
		Code string `json:"code"`
	} `json:"error"`
}

func (t *TikTok) ask(ctx context.Context, r connect.Request, into any) error {
	a, err := t.c.Do(ctx, r)
	if err != nil {
		return result.ErrConnDown.Wrap(err)
	}
	var body answer
	if err := connect.Decode(a.Body, &body); err != nil {
		if a.Status >= http.StatusInternalServerError {
			return result.ErrConnDown.Wrap(errors.New(http.StatusText(a.Status)))
		}
		return result.ErrConnUnreadable.Wrap(err)
	}
	if body.Error.Code != "ok" {
		return t.refused(a, body.Error.Code)
	}
	if err := json.Unmarshal(body.Data, into); err != nil {
		return result.ErrConnUnreadable.Wrap(err)
	}
	return nil
}

// refused says what an error's code means.
func (t *TikTok) refused(a connect.Answer, code string) error {
	switch code {
	case "access_token_invalid":
		return result.ErrConnExpired
	case "scope_not_authorized", "scope_permission_missed":
		return result.ErrConnScope
	case "rate_limit_exceeded":
		return result.Later{Until: t.now().Add(max(a.Wait, time.Minute)), Err: result.ErrConnQuota}
	case "internal_error":
		return result.ErrConnDown.Wrap(errors.New(code))
	}
	return result.ErrConnUnreadable.Wrap(errors.New(code))
}

// Whose asks for the account's name. A consent without the profile does not tell it.
func (t *TikTok) Whose(ctx context.Context) (result.Holder, error) {
	var out struct {
		User struct {
			Username string `json:"username"`
		} `json:"user"`
	}
	get := func(fields string) error {
		return t.ask(ctx, connect.Request{Method: http.MethodGet, Path: "/v2/user/info/", Query: url.Values{"fields": {fields}}}, &out)
	}
	err := get("open_id,username")
	if errors.Is(err, result.ErrConnScope) {
		err = get("open_id")
	}
	return result.Holder{Handle: out.User.Username}, err
}

type video struct {
	ID       string       `json:"id"`
	Views    connect.Text `json:"view_count"`
	Likes    connect.Text `json:"like_count"`
	Comments connect.Text `json:"comment_count"`
	Shares   connect.Text `json:"share_count"`
}

// Measure reads the counts of the account's videos, twenty a call.
func (t *TikTok) Measure(ctx context.Context, posts []result.Sought) (out []result.Tally, err error) {
	for len(posts) > 0 {
		part := posts[:min(perCall, len(posts))]
		posts = posts[len(part):]
		items, err := t.query(ctx, part)
		if err != nil {
			return out, err
		}
		for _, p := range part {
			out = append(out, tally(p, items[p.ID]))
		}
	}
	return out, nil
}

func (t *TikTok) query(ctx context.Context, part []result.Sought) (map[string]json.RawMessage, error) {
	var filter struct {
		Filters struct {
			IDs []string `json:"video_ids"`
		} `json:"filters"`
	}
	for _, p := range part {
		filter.Filters.IDs = append(filter.Filters.IDs, p.ID)
	}
	body, err := json.Marshal(filter)
	if err != nil {
		return nil, err
	}
	var got struct {
		Videos []json.RawMessage `json:"videos"`
	}
	err = t.ask(ctx, connect.Request{Method: http.MethodPost, Path: "/v2/video/query/", Query: url.Values{"fields": {"id,create_time,share_url,view_count,like_count,comment_count,share_count"}},
		Type: "application/json", Body: string(body)}, &got)
	if err != nil {
		return nil, err
	}
	out := make(map[string]json.RawMessage, len(got.Videos))
	for _, raw := range got.Videos {
		var v video
		if err := json.Unmarshal(raw, &v); err != nil {
			return nil, result.ErrConnUnreadable.Wrap(err)
		}
		out[v.ID] = raw
	}
	return out, nil
}

func tally(p result.Sought, raw json.RawMessage) result.Tally {
	var v video
	if len(raw) == 0 || json.Unmarshal(raw, &v) != nil {
		return result.Tally{PostID: p.PostID, Fault: result.ErrConnNoPost.Code}
	}
	got := result.Counts{}
	for m, text := range map[result.Metric]connect.Text{result.Views: v.Views, result.Likes: v.Likes, result.Comments: v.Comments, result.Shares: v.Shares} {
		if n, ok := text.Count(); ok {
			got[m] = n
		}
	}
	return result.NewTally(p.PostID, result.Gives(result.TikTok, result.WayAccount), got, raw)
}

// Renew trades the refresh token for the next pair; the old one is dead from then on.
func (t *TikTok) Renew(ctx context.Context) (result.Keys, error) {
	form := url.Values{"client_key": {t.o.App}, "client_secret": {t.o.AppSecret.Reveal()}, "grant_type": {"refresh_token"}, "refresh_token": {t.o.Renewal.Reveal()}}
	a, err := t.c.Do(ctx, connect.Request{Method: http.MethodPost, Path: tokenPath, Type: "application/x-www-form-urlencoded", Body: form.Encode()})
	if err != nil {
		return result.Keys{}, result.ErrConnDown.Wrap(err)
	}
	var out struct {
		Error   string `json:"error"`
		Access  string `json:"access_token"`
		Expires int64  `json:"expires_in"`
		Refresh string `json:"refresh_token"`
		Lapses  int64  `json:"refresh_expires_in"`
	}
	err = connect.Decode(a.Body, &out)
	switch {
	case a.Status >= http.StatusInternalServerError:
		return result.Keys{}, result.ErrConnDown.Wrap(errors.New(http.StatusText(a.Status)))
	case err != nil:
		return result.Keys{}, result.ErrConnUnreadable.Wrap(err)
	case out.Error != "" || out.Access == "" || out.Refresh == "":
		return result.Keys{}, result.ErrConnExpired
	}
	now := t.now()
	return result.Keys{Token: secret.Hide(out.Access), Renewal: secret.Hide(out.Refresh), ExpiresAt: now.Add(time.Duration(out.Expires) * time.Second), RenewUntil: now.Add(time.Duration(out.Lapses) * time.Second)}, nil
}
