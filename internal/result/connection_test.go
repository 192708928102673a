package result

import (
	"testing"
	"time"

	"kolega/internal/fault"
)

func TestNextPull(t *testing.T) {
	now := time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)
	due := []time.Time{now.Add(-time.Hour), now.Add(2 * time.Hour), now.Add(9 * time.Hour)}
	for name, c := range map[string]struct {
		posts   int
		due     []time.Time
		failure string
		fails   int64
		until   time.Time
		want    time.Duration
	}{
		"a good pull":                         {posts: 3, want: 6 * time.Hour},
		"a post comes of its measuring age":   {posts: 3, due: due, want: 2 * time.Hour},
		"nothing to read":                     {want: 24 * time.Hour},
		"the first failure":                   {posts: 3, failure: ErrConnDown.Code, fails: 1, want: 15 * time.Minute},
		"the third in a row":                  {posts: 3, failure: ErrConnUnreadable.Code, fails: 3, want: time.Hour},
		"the hundredth":                       {posts: 3, failure: ErrConnDown.Code, fails: 100, want: 12 * time.Hour},
		"a quota that says when it is back":   {posts: 3, failure: ErrConnQuota.Code, fails: 1, until: now.Add(7 * time.Hour), want: 7 * time.Hour},
		"a quota that does not":               {posts: 3, failure: ErrConnQuota.Code, fails: 5, want: time.Hour},
		"an ended token waits for a person":   {posts: 3, failure: ErrConnExpired.Code, fails: 1, want: -1},
		"so does a key that is refused":       {posts: 3, failure: ErrConnKey.Code, fails: 1, want: -1},
		"and a permission that was not given": {posts: 3, failure: ErrConnScope.Code, fails: 1, want: -1},
	} {
		got := NextPull(now, c.posts, c.due, c.failure, c.fails, c.until)
		if c.want < 0 && !got.IsZero() || c.want >= 0 && !got.Equal(now.Add(c.want)) {
			t.Errorf("%s: %v, want %v later", name, got, c.want)
		}
	}
}

func TestConnection_RenewDue(t *testing.T) {
	now := time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		conn Connection
		want bool
	}{
		"TikTok in its two hours":              {Connection{Platform: TikTok, Way: WayAccount, renewalSealed: "x", ExpiresAt: now.Add(time.Hour)}, false},
		"TikTok at their end":                  {Connection{Platform: TikTok, Way: WayAccount, renewalSealed: "x", ExpiresAt: now.Add(time.Minute)}, true},
		"TikTok without a refresh token":       {Connection{Platform: TikTok, Way: WayAccount, ExpiresAt: now.Add(-time.Minute)}, false},
		"Instagram pasted an hour ago":         {Connection{Platform: Instagram, Way: WayAccount, ChangedAt: now.Add(-time.Hour)}, false},
		"Instagram pasted yesterday":           {Connection{Platform: Instagram, Way: WayAccount, ChangedAt: now.Add(-25 * time.Hour)}, true},
		"Instagram nine days before its end":   {Connection{Platform: Instagram, Way: WayAccount, ExpiresAt: now.AddDate(0, 0, 9)}, true},
		"the agency's token is never renewed":  {Connection{Platform: Instagram, Way: WayAgency, ChangedAt: now.AddDate(0, -3, 0)}, false},
		"YouTube's key is never renewed":       {Connection{Platform: YouTube, Way: WayAgency}, false},
		"Instagram eleven days before its end": {Connection{Platform: Instagram, Way: WayAccount, ExpiresAt: now.AddDate(0, 0, 11)}, false},
	} {
		if got := c.conn.RenewDue(now); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestSaveConnection_Check(t *testing.T) {
	good := SaveConnection{Platform: TikTok, Way: WayAccount, Mode: ModeLive, AccountID: "a", Token: "act.1"}
	if err := good.Check(false); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*SaveConnection){
		"platform": func(in *SaveConnection) { in.Platform = "x" },
		"mode":     func(in *SaveConnection) { in.Mode = ModeSandbox },
		"account":  func(in *SaveConnection) { in.AccountID = "" },
		"token":    func(in *SaveConnection) { in.Token = " " },
	} {
		in := good
		spoil(&in)
		f, ok := fault.As(in.Check(false))
		if !ok || f.Fields[field] == "" {
			t.Errorf("%s: %v", field, in.Check(false))
		}
	}
	agency := SaveConnection{Platform: TikTok, Way: WayAgency, Mode: ModeLive, Token: "k"}
	if agency.Check(false) == nil {
		t.Error("TikTok has no key that reads everybody's counts")
	}
}

func TestNewTally_AbsentIsMissingAndNeverZero(t *testing.T) {
	got := NewTally("p", []Metric{Views, Likes, Comments}, Counts{Views: 10, Comments: 0, Likes: -1}, nil)
	if _, there := got.Counts[Likes]; there || got.Counts[Views] != 10 || len(got.Missing) != 1 || got.Missing[0] != Likes {
		t.Errorf("%+v", got)
	}
	if n, there := got.Counts[Comments]; !there || n != 0 {
		t.Error("a zero that the platform says is a zero")
	}
	if got = NewTally("p", []Metric{Views}, Counts{}, nil); got.Fault != ErrConnNoPost.Code {
		t.Errorf("nothing at all: %+v", got)
	}
}
