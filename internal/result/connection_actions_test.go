package result_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"kolega/internal/connect/platforms"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/result"
	"kolega/internal/sandbox"
	"kolega/internal/secret"
	"kolega/internal/testkit"
)

// social gives a world its stand-ins of platforms, where both talents' reels are.
func (w *world) social() *sandbox.Social {
	w.t.Helper()
	s := sandbox.NewSocial(w.clock.Now)
	for handle, link := range map[string]string{"beasantillan": beaReel, "mikadlr": mikaReel} {
		l, err := result.Recognise(link)
		if err != nil {
			w.t.Fatal(err)
		}
		s.Publish(sandbox.Instagram, handle, sandbox.Content{ID: l.ID, URL: l.URL, At: testkit.Start, Views: 13_000})
	}
	way := platforms.Way{Sandbox: "http://sandbox", Now: w.clock.Now, Transport: map[string]http.RoundTripper{}}
	for _, p := range []sandbox.Provider{sandbox.Instagram, sandbox.TikTok, sandbox.YouTube} {
		way.Transport[string(p)] = s.Transport(p)
	}
	w.Connect(&result.Platforms{Box: secret.New([32]byte{1}), Open: way.Open, Sandbox: true})
	return s
}

// drain does the jobs that are due.
func (w *world) drain() {
	w.t.Helper()
	reg := job.NewRegistry()
	w.Work(reg)
	if err := job.NewRunner(w.d, reg, slog.New(slog.DiscardHandler)).Drain(context.Background()); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) connected(id string) result.Connection {
	w.t.Helper()
	list, err := w.Connections(context.Background(), ae)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range list {
		if c.ID == id {
			return c.Connection
		}
	}
	w.t.Fatal("no such connection")
	return result.Connection{}
}

func own(token string) result.SaveConnection {
	return result.SaveConnection{Platform: result.Instagram, Way: result.WayAccount, Mode: result.ModeSandbox, AccountID: "a1", Token: token}
}

func TestPull_ReadsGrowthAndMeasuresOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		w := newWorld(t, d, "campaign", "agreement")
		w.social()
		p := w.post(bea, "d1", beaReel)
		c, err := w.SaveConnection(ctx, specialist, own(sandbox.TokenOf("beasantillan", "")))
		if err != nil || c.Handle != "beasantillan" {
			t.Fatalf("%+v %v", c, err)
		}
		for range 7*4 + 1 {
			w.drain()
			w.clock.Advance(6 * time.Hour)
		}
		list, err := w.Readings(ctx, ae, p.ID, testkit.Start, w.clock.Now())
		if err != nil || len(list) < 28 {
			t.Fatalf("%d readings: %v", len(list), err)
		}
		if n, known := list[len(list)-1].Count(1); !known || n < 12_900 {
			t.Errorf("views of the last: %d %v", n, known)
		}
		cards, err := w.ToVerify(ctx, ae, "ca")
		if err != nil || len(cards) != 1 {
			t.Fatalf("%d wait for the second look: %v", len(cards), err)
		}
		i := cards[0].Insight
		if i.Source != result.FromPlatform || i.Age != result.AgeMeasuring || i.State() != result.StateTyped || i.Counts[result.Saves] == 0 || i.Counts[result.Followers] != 100_000 || i.Proves() {
			t.Errorf("%+v", i)
		}
		f, e, err := w.OpenEvidence(ctx, ae, i.ID, i.Evidence[0].SHA256)
		if err != nil || e.Type != result.AnswerType {
			t.Fatalf("the platform's words: %+v %v", e, err)
		}
		_ = f.Close()
		if i, err = w.VerifyInsight(ctx, specialist, i.ID); err != nil || !i.Proves() {
			t.Errorf("second look: %+v %v", i, err)
		}
		if c = w.connected(c.ID); c.Fault != "" || c.Asked != 1 || c.Found != 1 || !c.NextAt.After(w.clock.Now().Add(-6*time.Hour)) {
			t.Errorf("%+v", c)
		}
	})
}

func TestPull_ATurnHappensOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, "campaign", "agreement")
		s := w.social()
		p := w.post(bea, "d1", beaReel)
		c, err := w.SaveConnection(context.Background(), specialist, own(sandbox.TokenOf("beasantillan", "")))
		if err != nil {
			t.Fatal(err)
		}
		w.drain()
		calls := s.Calls()
		reg := job.NewRegistry()
		w.Work(reg)
		if err := w.d.Write(context.Background(), func(tx *db.Tx) error {
			return job.Enqueue(context.Background(), tx, result.Pull{ConnectionID: c.ID, Turn: 1})
		}); err != nil {
			t.Fatal(err)
		}
		w.drain()
		if s.Calls() != calls {
			t.Error("a job of an ended turn asked the platform again")
		}
		if list, err := w.Readings(context.Background(), ae, p.ID, testkit.Start, w.clock.Now()); err != nil || len(list) != 1 {
			t.Errorf("%d readings: %v", len(list), err)
		}
	})
}

func TestPull_NumbersThatDoNotSufficeLeaveTheTalentAsked(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		w := newWorld(t, d, "campaign", "agreement") // the promise counts saves and divides by reach
		w.social()
		p := w.post(bea, "d1", beaReel)
		w.clock.Advance(7*24*time.Hour + time.Minute)
		_, err := w.SaveConnection(ctx, specialist, result.SaveConnection{Platform: result.Instagram, Way: result.WayAgency, Mode: result.ModeSandbox, Token: sandbox.TokenOf("agensi", sandbox.HiddenLikes)})
		if err != nil {
			t.Fatal(err)
		}
		w.drain()
		got, ok, err := w.PulledOf(ctx, ae, p.ID)
		if err != nil || !ok || got.Fault != result.ErrConnPartial.Code || len(got.Missing) != 1 || got.Missing[0] != result.Likes || got.Counts[result.Views] == 0 {
			t.Errorf("%+v %v %v", got, ok, err)
		}
		if cards, err := w.ToVerify(ctx, ae, "ca"); err != nil || len(cards) != 0 {
			t.Errorf("%d wait: %v", len(cards), err)
		}
		if w.jobs("result.insight-asked") != 1 {
			t.Error("the talent was not asked")
		}
	})
}

func TestPull_FailuresAreKeptInWordsAndAnsweredLater(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		w := newWorld(t, d, "campaign", "agreement")
		s := w.social()
		w.post(bea, "d1", beaReel)
		token := sandbox.TokenOf("beasantillan", "")
		c, err := w.SaveConnection(ctx, specialist, own(token))
		if err != nil {
			t.Fatal(err)
		}
		s.Ail(token, sandbox.OutOfQuota, 1)
		w.drain()
		if got := w.connected(c.ID); got.Fault != result.ErrConnQuota.Code || !got.NextAt.Equal(w.clock.Now().Add(19*time.Minute)) || got.Fails != 1 {
			t.Errorf("quota: %+v", got)
		}
		w.clock.Advance(20 * time.Minute)
		s.Ail(token, sandbox.Breaks, 1)
		w.drain()
		if got := w.connected(c.ID); got.Fault != result.ErrConnDown.Code || got.Fails != 2 || !got.NextAt.Equal(w.clock.Now().Add(30*time.Minute)) {
			t.Errorf("500: %+v", got)
		}
		w.clock.Advance(31 * time.Minute)
		w.drain()
		if got := w.connected(c.ID); got.Fault != "" || got.Fails != 0 || got.PulledAt.IsZero() {
			t.Errorf("afterwards: %+v", got)
		}
		s.Ail(token, sandbox.Lapsed, 0)
		w.clock.Advance(6 * time.Hour)
		w.drain()
		got := w.connected(c.ID)
		if got.Fault != result.ErrConnKey.Code || !got.Stopped() {
			t.Errorf("a dead token: %+v", got)
		}
		s.Ail(token, "", 0)
		if _, err := w.SaveConnection(ctx, specialist, result.SaveConnection{ID: c.ID, Mode: result.ModeSandbox, Version: got.Version, Token: token}); err != nil {
			t.Fatal(err)
		}
		w.drain()
		if got := w.connected(c.ID); got.Fault != "" || got.Stopped() {
			t.Errorf("connected again: %+v", got)
		}
	})
}

func TestPull_RenewsAnEndedToken(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		w := newWorld(t, d, "campaign", "agreement")
		w.social()
		w.exec(`UPDATE talent_account SET platform = 'tiktok' WHERE id = 'a1'`)
		w.exec(`UPDATE deliverable SET platform = 'tiktok', format = 'video' WHERE id = 'd1'`)
		w.exec(`UPDATE campaign SET terms = '{}', er_formula = 'views', er_actions = '["likes","comments","shares"]'`)
		w.post(bea, "d1", "https://www.tiktok.com/@beasantillan/video/7575859200000000001")
		c, err := w.SaveConnection(ctx, specialist, result.SaveConnection{Platform: result.TikTok, Way: result.WayAccount, Mode: result.ModeSandbox, AccountID: "a1",
			Token: sandbox.TokenOf("beasantillan", ""), Renewal: "sandbox~beasantillan~~r", App: "aw1", AppSecret: "s"})
		if err != nil {
			t.Fatal(err)
		}
		var before string
		w.one(&before, `SELECT token_sealed || renewal_sealed || secret_sealed FROM connection WHERE id = $1`, c.ID)
		if strings.Contains(before, "beasantillan") {
			t.Error("a token lies open in the database")
		}
		w.exec(`UPDATE connection SET expires_at = 1 WHERE id = $1`, c.ID)
		w.clock.Advance(8 * 24 * time.Hour)
		w.drain()
		got := w.connected(c.ID)
		if got.Fault != "" || !got.ExpiresAt.Equal(w.clock.Now().Add(2*time.Hour)) || got.Found != 1 {
			t.Fatalf("%+v", got)
		}
		if cards, err := w.ToVerify(ctx, ae, "ca"); err != nil || len(cards) != 1 {
			t.Errorf("counts that suffice wait for the second look: %d %v", len(cards), err)
		}
		w.clock.Advance(6 * time.Hour)
		w.drain() // the rotated refresh token must be the kept one
		if got := w.connected(c.ID); got.Fault != "" || !got.ExpiresAt.Equal(w.clock.Now().Add(2*time.Hour)) {
			t.Errorf("the second renewal: %+v", got)
		}
	})
}

func (w *world) one(into *string, text string, args ...any) {
	w.t.Helper()
	if err := w.d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(context.Background(), text, args...).Scan(into)
	}); err != nil {
		w.t.Fatal(err)
	}
}

func TestConnection_RefusalsKeepNothing(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		w := newWorld(t, d, "campaign", "agreement")
		if _, err := w.SaveConnection(ctx, specialist, own("x")); !errors.Is(err, result.ErrNoConnections) {
			t.Errorf("a house without a way: %v", err)
		}
		w.social()
		for name, c := range map[string]struct {
			token string
			want  error
		}{
			"another's account": {sandbox.TokenOf("mikadlr", ""), result.ErrConnOther},
			"a dead token":      {sandbox.TokenOf("beasantillan", sandbox.Lapsed), result.ErrConnKey},
			"no permission":     {sandbox.TokenOf("beasantillan", sandbox.NoScope), result.ErrConnScope},
		} {
			if _, err := w.SaveConnection(ctx, specialist, own(c.token)); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
		if _, err := w.SaveConnection(ctx, bea, own(sandbox.TokenOf("beasantillan", ""))); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a talent: %v", err)
		}
		if list, err := w.Connections(ctx, ae); err != nil || len(list) != 0 {
			t.Errorf("kept: %d %v", len(list), err)
		}
		c, err := w.SaveConnection(ctx, specialist, own(sandbox.TokenOf("beasantillan", "")))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.SaveConnection(ctx, specialist, own(sandbox.TokenOf("beasantillan", ""))); !errors.Is(err, result.ErrConnTwice) {
			t.Errorf("the same account twice: %v", err)
		}
		if err := w.PullNow(ctx, specialist, c.ID); err != nil {
			t.Error(err)
		}
		if err := w.Disconnect(ctx, specialist, c.ID); err != nil {
			t.Error(err)
		}
		w.drain() // jobs of a connection that has gone
		if list, err := w.Connections(ctx, ae); err != nil || len(list) != 0 {
			t.Errorf("after disconnecting: %d %v", len(list), err)
		}
	})
}
