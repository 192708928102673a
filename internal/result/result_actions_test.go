package result_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/png"
	"log/slog"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/testkit"
)

const day = 24 * time.Hour

type world struct {
	*result.Service
	t     *testing.T
	d     *db.DB
	clock *testkit.Clock
	shots int
}

func staff(id string, role access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: id, Via: "web"}, Role: role, Lang: "id", Zone: "Asia/Jakarta"}
}

func talentActor(id string) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "talent", ID: id, Name: id, Via: "link:x"}, Role: access.Talent, CampaignID: "ca", TalentID: id}
}

var (
	ae, manager, specialist = staff("ae", access.SeniorAE), staff("ma", access.Manager), staff("sp", access.Specialist)
	bea, mika               = talentActor("t1"), talentActor("t2")
)

const promised = `{"AgreementID":"ag","Value":{"Minor":425000000,"Currency":"IDR"},"RevisionLimit":2,"Guarantee":{"Formula":"reach","Actions":["likes","comments","saves","shares"],"TargetBp":500,"Scope":"SCOPE","RefundBase":"BASE","ShareBp":1000}}`

func newWorld(t *testing.T, d *db.DB, scope, base string) *world {
	t.Helper()
	terms := string(bytes.ReplaceAll(bytes.ReplaceAll([]byte(promised), []byte("SCOPE"), []byte(scope)), []byte("BASE"), []byte(base)))
	testkit.Booked(t, d, terms)
	files, err := blob.Folder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return &world{result.New(d, files), t, d, testkit.ClockOf(d), 0}
}

// shot keeps a new screenshot.
func (w *world) shot() []result.Evidence {
	w.t.Helper()
	w.shots++
	img := image.NewGray(image.Rect(0, 0, 8, 8))
	img.Set(w.shots%8, 1+w.shots/8, color.White)
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	e, err := w.KeepEvidence(context.Background(), specialist, "insight.png", &b)
	if err != nil {
		w.t.Fatal(err)
	}
	return []result.Evidence{e}
}

func (w *world) post(actor access.Actor, deliverable, url string) result.Post {
	w.t.Helper()
	p, err := w.EnterPost(context.Background(), actor, result.EnterPost{DeliverableID: deliverable, URL: url, PostedAt: w.clock.Now()})
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

func (w *world) verified(deliverable string, reach, likes int64) result.Insight {
	w.t.Helper()
	i, err := w.EnterInsight(context.Background(), specialist, result.EnterInsight{DeliverableID: deliverable, Evidence: w.shot(),
		Counts: result.Counts{result.Reach: reach, result.Views: reach * 2, result.Likes: likes, result.Comments: 0, result.Saves: 0, result.Shares: 0}, Reason: "checked"})
	if err != nil {
		w.t.Fatal(err)
	}
	i, err = w.VerifyInsight(context.Background(), ae, i.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return i
}

func (w *world) exec(text string, args ...any) {
	w.t.Helper()
	err := w.d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), text, args...)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) jobs(kind string) (n int) {
	w.t.Helper()
	err := w.d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(context.Background(), `SELECT COUNT(*) FROM job WHERE kind = $1`, kind).Scan(&n)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// reel is a link whose id says the given time, as Instagram's do.
func reel(handle string, at time.Time) string {
	id := uint64(at.UnixMilli()-1314220021721)<<23 | 77
	b := binary.BigEndian.AppendUint64([]byte{0}, id)
	return "https://www.instagram.com/" + handle + "/reel/" + base64.RawURLEncoding.EncodeToString(b)[1:] + "/"
}

var (
	beaReel  = reel("beasantillan", testkit.Start)
	mikaReel = reel("mikadlr", testkit.Start.Add(time.Second))
)

func TestPosts_PasteCheckAndAnnounce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, "campaign", "agreement"), context.Background()
		p := w.post(bea, "d1", beaReel)
		if len(p.Flags) != 0 || p.Late() != 0 || p.AccountID != "a1" {
			t.Errorf("post: %+v", p)
		}
		if w.jobs("result.posted") != 1 || w.jobs("result.insight-due") != 3 || w.jobs("result.all-posted") != 0 {
			t.Errorf("jobs: %d posted, %d due, %d all", w.jobs("result.posted"), w.jobs("result.insight-due"), w.jobs("result.all-posted"))
		}
		if _, err := w.EnterPost(ctx, mika, result.EnterPost{DeliverableID: "d2", URL: beaReel}); !errors.Is(err, result.ErrPostUsed) {
			t.Errorf("the same link twice: %v", err)
		}
		if _, err := w.EnterPost(ctx, bea, result.EnterPost{DeliverableID: "d1", URL: mikaReel}); !errors.Is(err, result.ErrPostThere) {
			t.Errorf("a second post for one deliverable: %v", err)
		}
		if _, err := w.EnterPost(ctx, mika, result.EnterPost{DeliverableID: "d1", URL: mikaReel}); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another talent's deliverable: %v", err)
		}
		plan, err := w.PlanPosts(ctx, specialist, "ca", "Mika: "+mikaReel+"\nhttps://example.com/x "+beaReel)
		if err != nil || len(plan) != 3 || plan[0].DeliverableID != "d2" || plan[1].Fault != "post.link-unknown" || plan[2].Fits != 0 {
			t.Errorf("plan: %+v %v", plan, err)
		}
		w.post(specialist, "d2", mikaReel)
		if w.jobs("result.all-posted") != 1 {
			t.Error("all posted is not announced")
		}
		if err := w.WithdrawPost(ctx, specialist, p.ID, "wrong link"); err != nil {
			t.Fatal(err)
		}
		w.post(bea, "d1", beaReel)
		if w.jobs("result.all-posted") != 1 {
			t.Error("all posted is announced twice")
		}
	})
}

func TestInsights_EnteredVerifiedContestedAndCorrected(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, "campaign", "agreement"), context.Background()
		w.post(bea, "d1", beaReel)
		w.post(mika, "d2", mikaReel)
		w.clock.Advance(8 * day)
		shot := w.shot()
		counts := result.Counts{result.Reach: 1000, result.Views: 2000, result.Likes: 60}
		i, err := w.EnterInsight(ctx, bea, result.EnterInsight{DeliverableID: "d1", Counts: counts, Evidence: shot})
		if err != nil || i.Age != result.AgeMeasuring || i.Source != result.FromTalent || i.Counts[result.Followers] != 100_000 {
			t.Fatalf("typed: %+v %v", i, err)
		}
		if _, err := w.EnterInsight(ctx, mika, result.EnterInsight{DeliverableID: "d2", Counts: counts, Evidence: shot}); !errors.Is(err, result.ErrEvidenceUsed) {
			t.Errorf("another's screenshot: %v", err)
		}
		if _, err := w.EnterInsight(ctx, mika, result.EnterInsight{DeliverableID: "d1", Counts: counts, Evidence: w.shot()}); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another's deliverable: %v", err)
		}
		queue, err := w.ToVerify(ctx, ae, "ca")
		if err != nil || len(queue) != 1 || queue[0].Row.Talent != "Bea Santillan" {
			t.Fatalf("queue: %+v %v", queue, err)
		}
		if _, err := w.VerifyInsight(ctx, bea, i.ID); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a talent verifies: %v", err)
		}
		if i, err = w.VerifyInsight(ctx, ae, i.ID); err != nil || i.State() != result.StateVerified {
			t.Fatalf("verified: %v %s", err, i.State())
		}
		if w.jobs("result.insights-verified") != 1 {
			t.Error("verified is not announced")
		}
		late, err := w.EnterInsight(ctx, specialist, result.EnterInsight{DeliverableID: "d1", Counts: result.Counts{result.Reach: 1200, result.Views: 2000, result.Likes: 61}, Evidence: w.shot()})
		if err != nil || late.Corrects != i.ID {
			t.Fatalf("correction: %+v %v", late, err)
		}
		rows, _ := w.Posts(ctx, ae, "ca")
		if rows[0].Proof.ID != i.ID {
			t.Error("an unverified correction already counts")
		}
		if _, err := w.VerifyInsight(ctx, specialist, late.ID); !errors.Is(err, result.ErrSamePerson) {
			t.Errorf("verified by who typed: %v", err)
		}
		if _, err := w.VerifyInsight(ctx, ae, late.ID); err != nil {
			t.Fatal(err)
		}
		rows, _ = w.Posts(ctx, ae, "ca")
		if rows[0].Proof.ID != late.ID {
			t.Error("the verified correction does not count")
		}
		if _, err := w.ContestInsight(ctx, ae, late.ID, "the picture is cut"); err != nil {
			t.Fatal(err)
		}
		rows, _ = w.Posts(ctx, ae, "ca")
		if rows[0].Proof.ID != "" || rows[0].Stage(w.clock.Now()) != "contested" {
			t.Errorf("contested: %s", rows[0].Stage(w.clock.Now()))
		}
	})
}

func TestGuarantee_MissedIsRefundedOnceAndACorrectionMakesAVersion(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, "campaign", "agreement"), context.Background()
		w.post(bea, "d1", beaReel)
		w.post(mika, "d2", mikaReel)
		w.clock.Advance(8 * day)
		w.verified("d1", 10_000, 400)
		g, err := w.Guarantee(ctx, ae, "ca")
		if err != nil || g.Verdicts[0].State != result.Running || g.Verdicts[0].Needed.Engagements != 600 {
			t.Fatalf("running: %+v %v", g.Verdicts, err)
		}
		w.verified("d2", 10_000, 500)
		g, _ = w.Guarantee(ctx, ae, "ca")
		if v := g.Verdicts[0]; v.State != result.Missed || v.Sum.ER().Bp() != 450 || len(g.History) != 1 {
			t.Fatalf("missed: %+v, %d versions", v, len(g.History))
		}
		r, err := w.ChooseRemedy(ctx, ae, result.ChooseRemedyRequest{CampaignID: "ca", Kind: result.Refund, Reason: "the client prefers it"})
		if err != nil || r.Amount != money.IDR(42_500_000) || r.Late() {
			t.Fatalf("refund: %+v %v", r, err)
		}
		if w.jobs("result.refund-chosen") != 0 {
			t.Error("a refund leaves before management agreed")
		}
		if _, err := w.ChooseRemedy(ctx, ae, result.ChooseRemedyRequest{CampaignID: "ca", Kind: result.Refund, Reason: "again"}); !errors.Is(err, result.ErrRemedyThere) {
			t.Errorf("a second refund: %v", err)
		}
		if _, err := w.ApproveRefund(ctx, ae, r.ID); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("approved without the right: %v", err)
		}
		if _, err := w.ApproveRefund(ctx, manager, r.ID); err != nil || w.jobs("result.refund-chosen") != 1 {
			t.Errorf("approved: %v", err)
		}
		g, _ = w.Guarantee(ctx, ae, "ca")
		if len(g.Open()) != 0 {
			t.Errorf("still open: %+v", g.Open())
		}
		w.verified("d2", 10_000, 700) // a late correction
		g, _ = w.Guarantee(ctx, ae, "ca")
		if len(g.History) != 2 || g.History[1].State != result.Met || g.History[0].State != result.Missed || !g.Remedies[0].Open() {
			t.Errorf("after the correction: %+v", g.History)
		}
	})
}

func TestGuarantee_ReplacementIsRecomputedOnceThenOnlyTheRefundIsLeft(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, "talent", "line"), context.Background()
		w.post(bea, "d1", beaReel)
		w.post(mika, "d2", mikaReel)
		w.clock.Advance(8 * day)
		w.verified("d1", 10_000, 100)
		w.verified("d2", 10_000, 900)
		testkit.Put(t, d, "slot", map[string]any{"id": "s3", "campaign_id": "ca", "number": 3, "deliverables": `[]`, "price_currency": "IDR", "budget_currency": "IDR", "conditions": "{}", "free": true, "draft_on": "2026-12-01", "post_on": "2026-12-02"})
		req := result.ChooseRemedyRequest{CampaignID: "ca", BookingID: "b1", Kind: result.Replacement, Reason: "a better fit"}
		req.SlotID = "s1"
		if _, err := w.ChooseRemedy(ctx, ae, req); err == nil {
			t.Error("a replacement in a slot that the client pays")
		}
		req.SlotID = "s3"
		r, err := w.ChooseRemedy(ctx, ae, req)
		if err != nil || w.jobs("result.replacement-chosen") != 1 {
			t.Fatalf("replacement: %v", err)
		}
		testkit.Put(t, d, "offer", map[string]any{"id": "o3", "campaign_id": "ca", "client_id": "cl", "slot_id": "s3", "candidate_id": "k1", "talent_id": "t2", "account_id": "a2", "pieces": "[]", "rights": "{}", "dates": "[]", "closed_at": int64(1)})
		testkit.Put(t, d, "booking", map[string]any{"id": "b3", "campaign_id": "ca", "client_id": "cl", "slot_id": "s3", "offer_id": "o3", "candidate_id": "k1", "talent_id": "t2", "account_id": "a2", "pieces": "[]", "rights": "{}", "price_currency": "IDR", "fee_currency": "IDR", "home_currency": "IDR", "post_due_zone": "Asia/Manila", "committed_at": int64(1)})
		testkit.Put(t, d, "deliverable", map[string]any{"id": "d3", "booking_id": "b3", "campaign_id": "ca", "client_id": "cl", "talent_id": "t2", "number": 1, "platform": "instagram", "format": "reels", "post_due_zone": "Asia/Manila", "approved_id": "v3"})
		w.post(mika, "d3", reel("mikadlr", w.clock.Now()))
		w.clock.Advance(8 * day)
		w.verified("d3", 10_000, 200)
		g, err := w.Guarantee(ctx, ae, "ca")
		if err != nil || len(g.Verdicts) != 2 || g.Verdicts[0].BookingID != "b1" || g.Verdicts[0].State != result.Missed || g.Verdicts[0].Sum.Engagements != 200 {
			t.Fatalf("recomputed: %+v %v", g.Verdicts, err)
		}
		if rs := g.RemediesOf("b1"); len(rs) != 1 || rs[0].ID != r.ID || rs[0].FailedAt.IsZero() {
			t.Fatalf("the replacement has not failed: %+v", rs)
		}
		if _, err := w.ChooseRemedy(ctx, ae, req); !errors.Is(err, result.ErrOnlyRefund) {
			t.Errorf("a second replacement: %v", err)
		}
		req.Kind, req.SlotID = result.Refund, ""
		refund, err := w.ChooseRemedy(ctx, ae, req)
		if err != nil || refund.Amount != money.IDR(100_000) {
			t.Errorf("refund of the talent's line: %+v %v", refund, err)
		}
	})
}

func TestGuarantee_AReplacementOpensItsFreeSlotWithoutTheSameTalent(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, "campaign", "agreement"), context.Background()
		w.post(bea, "d1", beaReel)
		w.post(mika, "d2", mikaReel)
		w.clock.Advance(8 * day)
		w.verified("d1", 10_000, 400)
		w.verified("d2", 10_000, 200)
		req := result.ChooseRemedyRequest{CampaignID: "ca", Kind: result.Replacement, Reason: "a better fit", PostOn: "2026-12-20"}
		if _, err := w.ChooseRemedy(ctx, ae, req); !errors.Is(err, result.ErrAfterEnd) {
			t.Errorf("after the campaign's end without an extension: %v", err)
		}
		req.PostOn = ""
		r, err := w.ChooseRemedy(ctx, ae, req)
		if err != nil || r.SlotID == "" {
			t.Fatalf("replacement: %+v %v", r, err)
		}
		err = d.Read(ctx, func(tx *db.Tx) error {
			s, err := campaign.LoadSlot(ctx, tx, r.SlotID)
			if !s.Free || !s.Price.IsZero() || len(s.Deliverables) != 1 || len(s.Conditions.Excluded) != 1 || s.Conditions.Excluded[0] != "t2" || s.PostOn != "2026-12-10" {
				t.Errorf("the weakest talent's slot, free, for somebody else: %+v", s)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if g, err := w.Guarantee(ctx, ae, "ca"); err != nil || g.Remedies[0].SlotID != r.SlotID {
			t.Errorf("linked: %+v %v", g.Remedies, err)
		}
	})
}

func TestGuarantee_UnprovenIsAgreedInWritingAndACauseIsDecidedByManagement(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, "talent", "line"), context.Background()
		w.post(bea, "d1", beaReel)
		w.post(mika, "d2", mikaReel)
		w.clock.Advance(20 * day)
		w.verified("d1", 10_000, 100)
		g, _ := w.Guarantee(ctx, ae, "ca")
		if g.Verdicts[1].State != result.Unproven {
			t.Fatalf("without data: %s", g.Verdicts[1].State)
		}
		agree := result.RulingRequest{CampaignID: "ca", BookingID: "b2", Kind: result.RulingResult, Answer: "met", Text: "the client counts it as met", ClientName: "Sari"}
		if err := w.Rule(ctx, ae, agree); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("agreed without management: %v", err)
		}
		if err := w.Rule(ctx, manager, agree); err != nil {
			t.Fatal(err)
		}
		g, _ = w.Guarantee(ctx, ae, "ca")
		if v := g.Verdicts[1]; v.State != result.Met || !v.Agreed {
			t.Errorf("agreed: %+v", v)
		}
		refund := result.ChooseRemedyRequest{CampaignID: "ca", BookingID: "b1", Kind: result.Refund, Reason: "missed"}
		if err := w.Rule(ctx, ae, result.RulingRequest{CampaignID: "ca", BookingID: "b1", Kind: result.RulingCause, Text: "the client answered four days late"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.ChooseRemedy(ctx, ae, refund); !errors.Is(err, result.ErrCauseContested) {
			t.Errorf("while the cause is contested: %v", err)
		}
		if err := w.Rule(ctx, manager, result.RulingRequest{CampaignID: "ca", BookingID: "b1", Kind: result.RulingOwed, Answer: "yes", Text: "we owe it all the same"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.ChooseRemedy(ctx, ae, refund); err != nil {
			t.Errorf("after management's word: %v", err)
		}
	})
}

func TestWatch_LivePostsAreLookedAtUntilTheyMayGo(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, "campaign", "agreement"), context.Background()
		w.exec(`UPDATE booking SET rights = '{"OnlineDays":60}' WHERE id = 'b1'`)
		p := w.post(bea, "d1", beaReel)
		w.clock.Advance(time.Second)
		q := w.post(mika, "d2", mikaReel)
		if p.OnlineUntil == "" || q.OnlineUntil != "" {
			t.Fatalf("until: %q and %q", p.OnlineUntil, q.OnlineUntil)
		}
		if w.jobs("result.recheck") != 2 {
			t.Errorf("%d rechecks wait", w.jobs("result.recheck"))
		}
		w.clock.Advance(2 * day)
		list, err := w.Watch(ctx, ae, "ca")
		if err != nil || len(list) != 2 || list[0].Talent != "Bea Santillan" || list[0].On != result.RecheckOn(p, time.Time{}) {
			t.Fatalf("watched: %+v %v", list, err)
		}
		if _, err := w.Watch(ctx, bea, "ca"); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a talent sees the list: %v", err)
		}
		if err := w.SawPosts(ctx, ae, nil); !errors.Is(err, result.ErrWatchedNone) {
			t.Errorf("nothing ticked: %v", err)
		}
		if err := w.SawPosts(ctx, ae, []string{p.ID, q.ID}); err != nil {
			t.Fatal(err)
		}
		list, _ = w.Watch(ctx, ae, "ca")
		if len(list) != 2 || list[0].LastLook.IsZero() || !list[0].On.After(result.RecheckOn(p, time.Time{})) {
			t.Errorf("after the look: %+v", list)
		}
		if err := w.MarkGone(ctx, ae, q.ID, true, "private"); err != nil {
			t.Fatal(err)
		}
		client := access.Actor{Who: audit.Who{Kind: "client", ID: "co", Name: "Sari", Via: "link:y"}, Role: access.Client, CampaignID: "ca", ClientID: "cl"}
		live, err := w.Live(ctx, client)
		if err != nil || len(live) != 1 || live[0].URL != p.URL || live[0].OnlineUntil != p.OnlineUntil {
			t.Errorf("the client sees: %+v %v", live, err)
		}
		client.ClientID = "other"
		if _, err := w.Live(ctx, client); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another client sees: %v", err)
		}
	})
}

// sights answers one look after the other.
type sights struct{ list []result.Sight }

func (s *sights) Look(context.Context, string, string) (result.Sight, error) {
	out := s.list[0]
	s.list = s.list[1:]
	return out, nil
}

func TestRecheck_TwoLooksDecideThatAPostIsGone(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, "campaign", "agreement"), context.Background()
		eyes := &sights{[]result.Sight{result.Unsure, result.Absent, result.Shown, result.Absent, result.Absent}}
		w.WatchWith(eyes)
		reg := job.NewRegistry()
		w.Work(reg)
		p := w.post(bea, "d1", beaReel)
		look := func(want int, missed bool) {
			t.Helper()
			if err := job.NewRunner(d, reg, slog.New(slog.DiscardHandler)).Drain(ctx); err != nil {
				t.Fatal(err)
			}
			list, err := w.Watch(ctx, ae, "ca")
			if err != nil || len(list) != want || want > 0 && list[0].Missed != missed {
				t.Errorf("%d looks left: %+v %v", len(eyes.list), list, err)
			}
		}
		w.clock.Advance(30 * time.Hour)
		look(1, false) // the platform does not tell
		w.clock.Advance(7 * day)
		look(1, true) // not found once
		w.clock.Advance(7 * time.Hour)
		look(0, false) // found again: nothing more is due
		q := w.post(mika, "d2", mikaReel)
		w.clock.Advance(30 * time.Hour)
		look(1, true)
		w.clock.Advance(7 * time.Hour)
		look(0, false)
		rows, err := w.Posts(ctx, ae, "ca")
		if err != nil || !rows[0].Post.Live() || rows[0].Post.ID != p.ID || rows[1].Post.Live() || rows[1].Post.ID != q.ID || len(eyes.list) != 0 {
			t.Errorf("gone after two looks: %+v %v, %d left", rows, err, len(eyes.list))
		}
	})
}

func TestCompareCaption_FlagsWhatIsMissing(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, "campaign", "agreement"), context.Background()
		p := w.post(bea, "d1", beaReel)
		looks, err := w.CompareCaption(ctx, specialist, p.ID, "Halo #melatiglow")
		if err != nil || len(looks) != 1 || looks[0].OK {
			t.Fatalf("without an approved caption: %+v %v", looks, err)
		}
		rows, _ := w.Posts(ctx, ae, "ca")
		if r := rows[0]; !r.Post.Has(result.FlagDisclosure) || r.Stage(w.clock.Now()) != "look" || len(r.Checks) != 1 {
			t.Errorf("flagged: %+v", r.Post)
		}
		if _, err := w.CompareCaption(ctx, bea, p.ID, "Halo #ad"); err == nil {
			t.Error("a talent judges the own caption")
		}
		if _, err := w.CompareCaption(ctx, specialist, p.ID, "Halo #iklan"); err != nil {
			t.Fatal(err)
		}
		rows, _ = w.Posts(ctx, ae, "ca")
		if rows[0].Post.Doubtful() {
			t.Errorf("mended: %+v", rows[0].Post.Flags)
		}
	})
}

func TestTable_FiguresOfManyPostsFromOneFile(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d, "campaign", "agreement"), context.Background()
		w.post(bea, "d1", beaReel)
		w.post(mika, "d2", mikaReel)
		w.clock.Advance(8 * day)
		file := "Link;Views;Reach;Likes\r\n" + beaReel + ";12,3 rb;9.100;812\r\n" + mikaReel + ";500;400;600\r\nhttps://www.instagram.com/p/AAAAAAAAAAA/;1;1;1\r\n" + beaReel + ";13000;9100;812\r\n"
		p, err := w.PlanTable(ctx, specialist, "ca", "angka.csv", strings.NewReader(file))
		if err != nil || len(p.Rows) != 4 || p.Ready() != 1 || p.Rows[1].Fault != result.ErrActionsOverViews || p.Rows[2].Fault != "insight.table-unknown" || p.Rows[3].Fault != "insight.table-twice" {
			t.Fatalf("plan: %+v %v", p.Rows, err)
		}
		if _, err := w.PlanTable(ctx, bea, "ca", "angka.csv", strings.NewReader(file)); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a talent brings a table: %v", err)
		}
		if _, _, err := w.KeepTable(ctx, specialist, result.KeepTable{CampaignID: "ca", File: p.File}); !errors.Is(err, result.ErrTableChoice) {
			t.Errorf("nothing chosen: %v", err)
		}
		kept, refused, err := w.KeepTable(ctx, specialist, result.KeepTable{CampaignID: "ca", File: p.File, Rows: []int{2, 3, 4}})
		if err != nil || kept != 1 || len(refused) != 0 {
			t.Fatalf("kept %d: %+v %v", kept, refused, err)
		}
		cards, err := w.ToVerify(ctx, ae, "ca")
		if err != nil || len(cards) != 1 || cards[0].Source != result.FromFile || cards[0].Counts[result.Views] != 12_300 || !cards[0].Evidence[0].Table() {
			t.Fatalf("to verify: %+v %v", cards, err)
		}
		if _, err := w.VerifyInsight(ctx, specialist, cards[0].Insight.ID); !errors.Is(err, result.ErrSamePerson) {
			t.Errorf("verified by who brought it: %v", err)
		}
		if _, err := w.VerifyInsight(ctx, ae, cards[0].Insight.ID); err != nil {
			t.Error(err)
		}
	})
}
