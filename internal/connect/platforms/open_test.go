package platforms

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"

	"kolega/internal/result"
	"kolega/internal/sandbox"
	"kolega/internal/secret"
)

var noon = time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)

// way is how one platform is read in these tests.
type way struct {
	platform string
	way      result.Way
	post     result.Sought
	gives    []result.Metric
}

var ways = []way{
	{result.Instagram, result.WayAgency, result.Sought{PostID: "p", ID: "DAbCdEfGhIj", Handle: "Nama_Kreator", Kind: result.KindReel}, []result.Metric{result.Views, result.Likes, result.Comments}},
	{result.Instagram, result.WayAccount, result.Sought{PostID: "p", ID: "DAbCdEfGhIj", Handle: "nama_kreator", Kind: result.KindReel}, []result.Metric{result.Views, result.Reach, result.Likes, result.Comments, result.Saves, result.Shares}},
	{result.TikTok, result.WayAccount, result.Sought{PostID: "p", ID: "7575859200000000001", Handle: "nama_kreator", Kind: result.KindVideo}, []result.Metric{result.Views, result.Likes, result.Comments, result.Shares}},
	{result.YouTube, result.WayAgency, result.Sought{PostID: "p", ID: "a12CpYea0i4", Handle: "nama_kreator", Kind: result.KindShort}, []result.Metric{result.Views, result.Likes, result.Comments}},
}

func (w way) name() string { return w.platform + " by " + string(w.way) }

// gauge opens a way through the stand-in, which knows the post.
func (w way) gauge(t *testing.T, m sandbox.Mishap) (result.Gauge, *sandbox.Social) {
	t.Helper()
	s := sandbox.NewSocial(func() time.Time { return noon })
	for _, c := range []sandbox.Content{{ID: "Zother00001", URL: "https://www.instagram.com/reel/Zother00001/", At: noon.Add(-time.Hour)},
		{ID: w.post.ID, URL: "https://www.instagram.com/reel/" + w.post.ID + "/", At: noon.AddDate(0, 0, -7), Views: 13_000}} {
		s.Publish(sandbox.Provider(w.platform), "nama_kreator", c)
	}
	g, err := Way{Sandbox: "http://sandbox", Now: func() time.Time { return noon }, Transport: map[string]http.RoundTripper{w.platform: s.Transport(sandbox.Provider(w.platform))}}.Open(result.Opening{
		Platform: w.platform, Way: w.way, Mode: result.ModeSandbox, App: "aw1", Token: secret.Hide(sandbox.TokenOf("nama_kreator", m)), Renewal: secret.Hide(sandbox.TokenOf("nama_kreator", "") + "~~r"), AppSecret: secret.Hide("s")})
	if err != nil {
		t.Fatal(err)
	}
	return g, s
}

func (w way) posts() []result.Sought {
	p := w.post
	p.PostedAt = noon.AddDate(0, 0, -7)
	return []result.Sought{p}
}

func TestMeasure_GivesWhatThePlatformTells(t *testing.T) {
	for _, w := range ways {
		t.Run(w.name(), func(t *testing.T) {
			g, _ := w.gauge(t, "")
			got, err := g.Measure(t.Context(), w.posts())
			if err != nil || len(got) != 1 || got[0].Fault != "" || len(got[0].Missing) != 0 || len(got[0].Raw) == 0 {
				t.Fatalf("%+v %v", got, err)
			}
			if len(got[0].Counts) != len(w.gives) || got[0].Counts[result.Views] != 13_000 || got[0].Counts[result.Likes] != 533 || got[0].Counts[result.Comments] != 39 {
				t.Errorf("counts %v, want %v", got[0].Counts, w.gives)
			}
			h, err := g.Whose(t.Context())
			if err != nil || w.platform != result.YouTube && h.Handle != "nama_kreator" {
				t.Errorf("whose: %+v %v", h, err)
			}
		})
	}
}

func TestMeasure_WhatIsHiddenIsMissingAndNeverZero(t *testing.T) {
	for _, w := range ways {
		for mishap, lost := range map[sandbox.Mishap][]result.Metric{
			sandbox.HiddenLikes: {result.Likes},
			sandbox.LacksMetric: {map[string]result.Metric{"instagram by agency": result.Views, "instagram by account": result.Saves, "tiktok by account": result.Shares, "youtube by agency": result.Comments}[w.name()]},
		} {
			if mishap == sandbox.HiddenLikes && w.name() == "instagram by account" {
				continue // an owner sees the own likes
			}
			g, _ := w.gauge(t, mishap)
			got, err := g.Measure(t.Context(), w.posts())
			if err != nil || len(got) != 1 || !slices.Equal(got[0].Missing, lost) {
				t.Errorf("%s, %s: %+v %v, want %v missing", w.name(), mishap, got, err, lost)
				continue
			}
			if n, there := got[0].Counts[lost[0]]; there || len(got[0].Counts) != len(w.gives)-1 {
				t.Errorf("%s, %s: %v is %d", w.name(), mishap, lost[0], n)
			}
		}
	}
}

func TestMeasure_FailuresHaveTheirName(t *testing.T) {
	for _, w := range ways {
		for mishap, want := range map[sandbox.Mishap]error{sandbox.OutOfQuota: result.ErrConnQuota, sandbox.NoScope: result.ErrConnScope, sandbox.Hangs: result.ErrConnDown, sandbox.Breaks: result.ErrConnDown, sandbox.BadJSON: result.ErrConnUnreadable,
			sandbox.Expired: map[bool]error{true: result.ErrConnKey, false: result.ErrConnExpired}[w.platform == result.YouTube],
			sandbox.Lapsed:  map[bool]error{true: result.ErrConnExpired, false: result.ErrConnKey}[w.platform == result.TikTok]} {
			g, _ := w.gauge(t, mishap)
			got, err := g.Measure(t.Context(), w.posts())
			if mishap == sandbox.BadJSON && errors.Is(err, result.ErrConnDown) {
				continue // a body beyond the bound was not read at all
			}
			if !errors.Is(err, want) || len(got) != 0 {
				t.Errorf("%s, %s: %v %v, want %v", w.name(), mishap, got, err, want)
			}
			var later result.Later
			if mishap == sandbox.OutOfQuota && (!errors.As(err, &later) || !later.Until.After(noon)) {
				t.Errorf("%s: nobody says when to come again: %v", w.name(), err)
			}
		}
		g, _ := w.gauge(t, sandbox.Removed)
		if got, err := g.Measure(t.Context(), w.posts()); err != nil || len(got) != 1 || got[0].Fault != result.ErrConnNoPost.Code {
			t.Errorf("%s, a post that is gone: %+v %v", w.name(), got, err)
		}
	}
}

func TestRenew_GivesATokenThatReads(t *testing.T) {
	for _, w := range ways[1:3] {
		g, s := w.gauge(t, sandbox.Expired)
		k, err := g.Renew(t.Context())
		if err != nil || k.Token.IsZero() || !k.ExpiresAt.After(noon) {
			t.Fatalf("%s: %+v %v", w.name(), k, err)
		}
		fresh, err := Way{Sandbox: "http://sandbox", Now: func() time.Time { return noon }, Transport: map[string]http.RoundTripper{w.platform: s.Transport(sandbox.Provider(w.platform))}}.Open(
			result.Opening{Platform: w.platform, Way: w.way, Mode: result.ModeSandbox, Token: k.Token, Renewal: k.Renewal})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := fresh.Measure(t.Context(), w.posts()); err != nil || got[0].Counts[result.Views] != 13_000 {
			t.Errorf("%s: %+v %v", w.name(), got, err)
		}
		if w.platform == result.TikTok {
			if _, err := g.Renew(t.Context()); !errors.Is(err, result.ErrConnExpired) {
				t.Errorf("a refresh token gave two pairs: %v", err)
			}
		}
	}
}

func TestMeasure_StoriesAreToldForADay(t *testing.T) {
	w := ways[1]
	g, s := w.gauge(t, "")
	s.Publish(sandbox.Instagram, "nama_kreator", sandbox.Content{ID: "3412345678901234567", URL: "https://www.instagram.com/stories/nama_kreator/3412345678901234567/", Story: true, At: noon.Add(-20 * time.Hour)})
	story := result.Sought{PostID: "s", ID: "3412345678901234567", Kind: result.KindStory, PostedAt: noon.Add(-20 * time.Hour)}
	got, err := g.Measure(t.Context(), []result.Sought{story})
	if err != nil || len(got) != 1 || got[0].Counts[result.Views] == 0 || got[0].Counts[result.Replies] == 0 {
		t.Fatalf("%+v %v", got, err)
	}
	story.PostedAt = noon.Add(-25 * time.Hour)
	if got, err = g.Measure(t.Context(), []result.Sought{story}); err != nil || got[0].Fault != result.ErrConnStory.Code {
		t.Errorf("%+v %v", got, err)
	}
}

func TestMeasure_FindsAPostOnALaterPage(t *testing.T) {
	for _, w := range ways[:2] {
		g, s := w.gauge(t, "")
		for i := range 60 {
			s.Publish(sandbox.Instagram, "nama_kreator", sandbox.Content{ID: "Xmore" + string(rune('A'+i%26)) + string(rune('a'+i/26)) + "0000", URL: "https://www.instagram.com/reel/Xmore" + string(rune('A'+i%26)) + string(rune('a'+i/26)) + "0000/", At: noon.Add(-time.Duration(i+1) * time.Minute)})
		}
		if got, err := g.Measure(t.Context(), w.posts()); err != nil || got[0].Counts[result.Views] != 13_000 {
			t.Errorf("%s: %+v %v", w.name(), got, err)
		}
	}
}

func TestOpen_KnowsWhereEachLives(t *testing.T) {
	if _, err := (Way{}).Open(result.Opening{Platform: result.YouTube, Mode: result.ModeSandbox}); !errors.Is(err, result.ErrConnMode) {
		t.Errorf("a stand-in that is not served: %v", err)
	}
	if _, err := (Way{}).Open(result.Opening{Platform: "x", Mode: result.ModeLive}); !errors.Is(err, result.ErrConnPlatform) {
		t.Errorf("an unknown platform: %v", err)
	}
}
