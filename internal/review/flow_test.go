package review

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/money"
)

func wants(t testing.TB, err error, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

func TestDraft_FromUploadToFrozen(t *testing.T) {
	each2(t, func(st *stage) {
		if s := st.standing(); s.Step != StepUpload || s.Deliverable.Limit != 2 || s.Deliverable.WindowHours != 16 {
			st.Fatalf("%+v", s)
		}
		v := st.upload(1)
		if v.Label() != "1.1" || v.BriefVersion != 1 || v.Type != "video/mp4" || st.standing().Step != StepFirstKey {
			st.Fatalf("%+v", v)
		}
		_, err := st.s.ApproveDraft(ctx, st.dewi, v.ID)
		wants(st, err, db.ErrNotFound) // not shown: absent
		if _, _, err := st.s.OpenFile(ctx, st.dewi, v.ID); !errors.Is(err, db.ErrNotFound) {
			st.Error("the client opens a file that was not shown")
		}
		v = st.show(v)
		if v.ShownAt.IsZero() || v.ReviewDue.IsZero() || st.standing().Step != StepDecide {
			st.Fatalf("%+v", v)
		}
		_, err = st.s.ApproveDraft(ctx, st.budi, v.ID)
		wants(st, err, ErrNotDecider)
		_, err = st.s.ApproveDraft(ctx, st.stranger, v.ID)
		wants(st, err, db.ErrNotFound)
		a, err := st.s.ApproveDraft(ctx, st.dewi, v.ID)
		if err != nil || a.By != "Dewi" || a.Via != ViaLink {
			st.Fatalf("%v %+v", err, a)
		}
		_, err = st.s.ApproveDraft(ctx, st.dewi, v.ID)
		wants(st, err, ErrDecided)
		_, err = st.s.KeepFile(ctx, st.maya, st.reel.ID, "x.mp4", bytes.NewReader(take(9)))
		wants(st, err, ErrApproved)
		st.drain()
		st.read(func(tx *db.Tx) error {
			got, ap, err := ApprovedVersion(ctx, tx, st.reel.ID)
			if err == nil && (got.ID != v.ID || !ap.Intact(got)) {
				st.Errorf("%+v %+v", got, ap)
			}
			if y, _ := FirstPass(ctx, tx, "camp", "tal", "p-spec"); y != (Yield{1, 1}) {
				st.Errorf("%+v", y)
			}
			problems, err := CheckFrozen(ctx, tx)
			if err != nil || len(problems) > 0 {
				st.Error(problems, err)
			}
			breaks, _, err := audit.Verify(ctx, tx)
			if len(breaks) > 0 {
				st.Error(breaks)
			}
			return err
		})
	})
}

func TestDraft_VerifyFindsAnAttackOnWhatIsFrozen(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.show(st.upload(1))
		if _, err := st.s.ApproveDraft(ctx, st.dewi, v.ID); err != nil {
			st.Fatal(err)
		}
		for _, attack := range []string{
			`UPDATE draft SET caption = 'other words'`, `UPDATE draft SET caption = 'Halo', sha256 = 'aa'`, `UPDATE approval SET hash = 'bb'`,
		} {
			st.write(func(tx *db.Tx) {
				if _, err := tx.Exec(ctx, attack); err != nil {
					st.Fatal(err)
				}
			})
			st.read(func(tx *db.Tx) error {
				problems, err := CheckFrozen(ctx, tx)
				if len(problems) == 0 {
					st.Error("not found: " + attack)
				}
				return err
			})
		}
	})
}

func TestDraft_TheTalentReplacesItBeforeTheClientOpens(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.show(st.upload(1))
		w := st.upload(2)
		if w.Label() != "2.1" || st.version(v.ID).ReplacedAt.IsZero() || st.standing().Step != StepFirstKey {
			st.Fatalf("%s %+v", w.Label(), st.standing())
		}
		_, err := st.s.RequestRound(ctx, st.dewi, RequestRound{VersionID: v.ID, Items: []NewItem{{Text: "x", AtMS: -1, UntilMS: -1}}})
		wants(st, err, ErrOldShown)
		_, err = st.s.ApproveDraft(ctx, st.dewi, v.ID)
		wants(st, err, ErrOldShown)
		if s := st.standing(); s.Round.ID != "" || s.Used != 0 {
			st.Error("a round arose")
		}
		w = st.show(w)
		if _, err := st.s.ApproveDraft(ctx, st.dewi, w.ID); err != nil {
			st.Error(err)
		}
	})
}

func TestDraft_AnOpenedVersionStaysUntilTheNextIsShown(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.show(st.upload(1))
		if err := st.s.MarkOpened(ctx, st.dewi, v.ID); err != nil {
			st.Fatal(err)
		}
		w := st.upload(2)
		if st.reelNow().WithClientID != v.ID {
			st.Fatal("an upload took away what the client is watching")
		}
		w = st.show(w)
		_, err := st.s.ApproveDraft(ctx, st.dewi, v.ID)
		wants(st, err, ErrOldShown)
		if _, err := st.s.ApproveDraft(ctx, st.dewi, w.ID); err != nil {
			st.Error(err)
		}
	})
}

func (st *stage) reelNow() Deliverable { return st.standing().Deliverable }

func TestDraft_TwoKeys(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.upload(1)
		first := CheckDraft{VersionID: v.ID, Key: KeySpecialist, Answers: st.answers(v)}
		second := CheckDraft{VersionID: v.ID, Key: KeyAE, Answers: st.answers(v)}
		_, err := st.s.CheckDraft(ctx, st.ae, second)
		wants(st, err, ErrFirstKey)
		_, err = st.s.CheckDraft(ctx, st.finance, first)
		wants(st, err, access.ErrForbidden)
		if _, err = st.s.CheckDraft(ctx, st.senior, first); err != nil {
			st.Fatal(err)
		}
		wants(st, st.s.ShowDraft(ctx, st.ae, v.ID), ErrNotPassed)
		_, err = st.s.CheckDraft(ctx, st.senior, second)
		wants(st, err, ErrSamePerson)
		second.Override = "the AE is on leave and the client waits"
		c, err := st.s.CheckDraft(ctx, st.senior, second)
		if err != nil || c.Override == "" {
			st.Fatal(err)
		}
		if err := st.s.ShowDraft(ctx, st.senior, v.ID); err != nil {
			st.Error(err)
		}
	})
}

func TestDraft_APointNotMetReturnsItWithoutARound(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.upload(1)
		answers := st.answers(v)
		answers[0] = PointAnswer{PointID: "logo", Answer: NotMet, Reason: "The logo is cut off", AtMS: 4000}
		if _, err := st.s.CheckDraft(ctx, st.specialist, CheckDraft{VersionID: v.ID, Key: KeySpecialist, Answers: answers, Note: "again the same"}); err != nil {
			st.Fatal(err)
		}
		if s := st.standing(); s.Step != StepRevise || s.Party != PartyTalent || s.Used != 0 || s.Round.ID != "" {
			st.Errorf("%+v", s)
		}
		page, err := st.s.TalentDraft(ctx, st.maya, st.reel.ID)
		if err != nil || len(page.ToDo) != 1 || page.ToDo[0].Point.Text != "Show the logo" || page.ToDo[0].AtMS != 4000 {
			st.Fatalf("%v %+v", err, page.ToDo)
		}
		st.clock.Advance(time.Minute)
		in, err := st.s.KeepFile(ctx, st.maya, st.reel.ID, "b.mp4", bytes.NewReader(take(2)))
		if err != nil {
			st.Fatal(err)
		}
		w, err := st.s.UploadDraft(ctx, st.maya, UploadDraft{DeliverableID: st.reel.ID, UploadID: in.ID, Caption: "Halo",
			Answers: []AnswerItem{{ItemID: page.ToDo[0].ID, Outcome: OutcomeDone}}})
		if err != nil || w.Label() != "1.2" {
			st.Fatalf("%v %s", err, w.Label())
		}
		if page, _ = st.s.TalentDraft(ctx, st.maya, st.reel.ID); len(page.ToDo) != 0 || page.Done[0].Outcome != OutcomeDone {
			st.Errorf("%+v", page)
		}
		st.show(w)
		c, err := st.s.ClientDraft(ctx, st.dewi, st.reel.ID, "")
		if err != nil || c.Version.Number != 1 || len(c.Rounds) != 0 || len(c.Before) != 0 {
			st.Errorf("the client sees the inside: %v %+v", err, c)
		}
	})
}

func TestRound_TheThirdWishBecomesAChangeRequest(t *testing.T) {
	each2(t, func(st *stage) {
		for n := 1; n <= 2; n++ {
			v := st.show(st.upload(n))
			if _, p := st.round(v, "FW"); len(p.Split) != 0 || !p.Counted {
				st.Fatalf("%+v", p)
			}
		}
		v := st.show(st.upload(3))
		r, p := st.round(v, "FW")
		if len(p.Pass) != 1 || len(p.Split) != 1 || p.Counted {
			st.Fatalf("%+v", p)
		}
		if s := st.standing(); s.Used != 2 || s.Step != StepRevise || s.Change.ID == "" {
			st.Fatalf("%+v", s)
		}
		_, err := st.s.SendRoundOn(ctx, st.ae, r.ID)
		wants(st, err, ErrSentOn)
		c := st.openChange()
		if _, err := st.s.AcceptChange(ctx, st.dewi, c.ID, AnswerYes); !errors.Is(err, db.ErrNotFound) {
			st.Error("the client answers what was not priced")
		}
		if _, err := st.s.PriceChange(ctx, st.ae, c.ID, st.offer()); err != nil {
			st.Fatal(err)
		}
		_, err = st.s.AcceptChange(ctx, st.dewi, c.ID, AnswerYes)
		wants(st, err, access.ErrStepUp)
		_, err = st.s.AcceptChange(ctx, st.budi, c.ID, AnswerYes)
		wants(st, err, ErrNotDecider)
		st.stepUp(st.dewi)
		if _, err = st.s.AcceptChange(ctx, st.dewi, c.ID, AnswerYes); err != nil {
			st.Fatal(err)
		}
		page, err := st.s.TalentDraft(ctx, st.maya, st.reel.ID)
		if err != nil || page.Change == nil || page.Change.Fee != money.IDR(1_000_000) || len(page.Change.Wishes) != 1 || len(page.ToDo) != 1 {
			st.Fatalf("%v %+v", err, page)
		}
		if _, err = st.s.TakeChange(ctx, st.maya, c.ID, AnswerYes, ""); err != nil {
			st.Fatal(err)
		}
		page, _ = st.s.TalentDraft(ctx, st.maya, st.reel.ID)
		if len(page.ToDo) != 2 || !page.ToDo[1].Paid || !page.DraftDue.At.Equal(c.DraftDue.At) && page.DraftDue.At.IsZero() {
			st.Errorf("%+v", page)
		}
		w := st.upload(4)
		if s := st.standing(); s.Used != 2 || w.BriefVersion != 2 {
			st.Errorf("used %d, brief %d: a paid wish is a point of the brief and does not count", s.Used, w.BriefVersion)
		}
	})
}

func TestRound_AWishThatIsLeftLetsTheDraftBeApproved(t *testing.T) {
	each2(t, func(st *stage) {
		st.write(func(tx *db.Tx) { must(tx.Exec(ctx, `UPDATE deliverable SET round_limit = 0`)) })
		v := st.show(st.upload(1))
		_, p := st.round(v, "W")
		if len(p.Pass) != 0 || st.standing().Step != StepPrice {
			st.Fatalf("%+v", st.standing())
		}
		_, err := st.s.ApproveDraft(ctx, st.dewi, v.ID)
		wants(st, err, ErrDecided)
		c := st.openChange()
		if _, err := st.s.PriceChange(ctx, st.ae, c.ID, st.offer()); err != nil {
			st.Fatal(err)
		}
		if _, err := st.s.AcceptChange(ctx, st.dewi, c.ID, AnswerNo); err != nil {
			st.Fatal(err)
		}
		if s := st.standing(); s.Step != StepDecide || s.Used != 0 {
			st.Fatalf("%+v", s)
		}
		if _, err := st.s.ApproveDraft(ctx, st.dewi, v.ID); err != nil {
			st.Error(err)
		}
	})
}

func TestRound_AnUnansweredChangeRequestLapses(t *testing.T) {
	each2(t, func(st *stage) {
		st.write(func(tx *db.Tx) { must(tx.Exec(ctx, `UPDATE deliverable SET round_limit = 0`)) })
		v := st.show(st.upload(1))
		st.round(v, "W")
		if _, err := st.s.PriceChange(ctx, st.ae, st.openChange().ID, st.offer()); err != nil {
			st.Fatal(err)
		}
		st.clock.Advance(14 * 24 * time.Hour)
		st.drain()
		if s := st.standing(); s.Change.ID != "" || s.Step != StepDecide {
			st.Errorf("%+v", s)
		}
	})
}

func TestRound_GoodwillAndContest(t *testing.T) {
	each2(t, func(st *stage) {
		st.write(func(tx *db.Tx) { must(tx.Exec(ctx, `UPDATE deliverable SET round_limit = 0`)) })
		v := st.show(st.upload(1))
		r, err := st.s.RequestRound(ctx, st.dewi, RequestRound{VersionID: v.ID, Items: []NewItem{{Text: "A longer ending", AtMS: -1, UntilMS: -1}, {Text: "The logo is small", AtMS: 10, UntilMS: -1, PointID: "logo"}}})
		if err != nil {
			st.Fatal(err)
		}
		var items []Item
		st.read(func(tx *db.Tx) (err error) { items, err = ListRoundItems(ctx, tx, r.ID); return err })
		_, err = st.s.SendRoundOn(ctx, st.ae, r.ID)
		wants(st, err, ErrUnruled)
		both := []ItemRuling{{ItemID: items[0].ID, Class: Wish}, {ItemID: items[1].ID, Class: Wish, Because: "It is shown"}}
		if err := st.s.RuleRound(ctx, st.ae, r.ID, both); err != nil {
			st.Fatal(err)
		}
		gift := Goodwill{ItemID: items[0].ID, Reason: "First campaign together", UsualPrice: money.IDR(750_000)}
		wants(st, st.s.GiveGoodwill(ctx, st.ae, gift), access.ErrForbidden)
		if err := st.s.GiveGoodwill(ctx, st.senior, gift); err != nil {
			st.Fatal(err)
		}
		p, err := st.s.SendRoundOn(ctx, st.ae, r.ID)
		if err != nil || len(p.Pass) != 1 || len(p.Split) != 1 || st.standing().Used != 1 {
			st.Fatalf("%v %+v", err, p)
		}
		c, err := st.s.ClientDraft(ctx, st.dewi, st.reel.ID, "")
		if err != nil || c.Goodwill != money.IDR(750_000) || c.Used != 1 {
			st.Errorf("%v %+v", err, c.Goodwill)
		}
		if err := st.s.ContestWish(ctx, st.dewi, items[1].ID, "The brief demands the logo"); err != nil {
			st.Fatal(err)
		}
		wants(st, st.s.ContestWish(ctx, st.dewi, items[1].ID, "again"), ErrContestOnce)
		settle := SettleContest{ItemID: items[1].ID, Class: Fault, PointID: "logo", Text: "Point 1 covers it"}
		wants(st, st.s.SettleContest(ctx, st.ae, settle), access.ErrForbidden)
		if err := st.s.SettleContest(ctx, st.senior, settle); err != nil {
			st.Fatal(err)
		}
		if s := st.standing(); s.Change.ID != "" || s.Step != StepRevise {
			st.Errorf("%+v", s)
		}
		if page, _ := st.s.TalentDraft(ctx, st.maya, st.reel.ID); len(page.ToDo) != 2 {
			st.Errorf("%+v", page.ToDo)
		}
	})
}

func TestRound_APointAddedAfterTheUploadIsNoFault(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.show(st.upload(1))
		st.write(func(tx *db.Tx) {
			st.brief(tx, 2, `[{"ID":"logo","Number":1,"Kind":"must","Text":"Show the logo"},{"ID":"price","Number":2,"Kind":"must","Text":"Say the price"}]`)
			st.acknowledge(tx, 2)
		})
		r, err := st.s.RequestRound(ctx, st.dewi, RequestRound{VersionID: v.ID, Items: []NewItem{{Text: "Say the price", AtMS: -1, UntilMS: -1, PointID: "price"}}})
		if err != nil {
			st.Fatal(err)
		}
		var items []Item
		st.read(func(tx *db.Tx) (err error) { items, err = ListRoundItems(ctx, tx, r.ID); return err })
		rule := func(c Class) error {
			return st.s.RuleRound(ctx, st.ae, r.ID, []ItemRuling{{ItemID: items[0].ID, Class: c, PointID: "price"}})
		}
		wants(st, rule(Fault), ErrFaultPoint)
		wants(st, rule(Slip), ErrSlipPoint)
		wants(st, rule(Wish), nil)
	})
}

func TestRound_AnAgreedPointTheTalentLackedIsASlip(t *testing.T) {
	each2(t, func(st *stage) {
		st.write(func(tx *db.Tx) {
			st.brief(tx, 2, `[{"ID":"logo","Number":1,"Kind":"must","Text":"Show the logo"},{"ID":"price","Number":2,"Kind":"must","Text":"Say the price"}]`)
		})
		v := st.show(st.upload(1))
		if v.BriefVersion != 1 || v.AgreedBrief != 2 {
			st.Fatalf("%+v", v)
		}
		r, err := st.s.RequestRound(ctx, st.dewi, RequestRound{VersionID: v.ID, Items: []NewItem{{Text: "Say the price", AtMS: -1, UntilMS: -1}}})
		if err != nil {
			st.Fatal(err)
		}
		var items []Item
		st.read(func(tx *db.Tx) (err error) { items, err = ListRoundItems(ctx, tx, r.ID); return err })
		rule := func(c Class) error {
			return st.s.RuleRound(ctx, st.ae, r.ID, []ItemRuling{{ItemID: items[0].ID, Class: c, PointID: "price"}})
		}
		wants(st, rule(Fault), ErrFaultPoint)
		wants(st, rule(Slip), nil)
	})
}

func TestRound_ReviewersProposeAndTheDeciderSends(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.show(st.upload(1))
		i, err := st.s.ProposeItem(ctx, st.budi, v.ID, NewItem{Text: "Too dark", AtMS: 2000, UntilMS: -1})
		if err != nil {
			st.Fatal(err)
		}
		j, err := st.s.ProposeItem(ctx, st.budi, v.ID, NewItem{Text: "I do not like it", AtMS: -1, UntilMS: -1})
		if err != nil {
			st.Fatal(err)
		}
		_, err = st.s.RequestRound(ctx, st.budi, RequestRound{VersionID: v.ID, ItemIDs: []string{i.ID}})
		wants(st, err, ErrNotDecider)
		_, err = st.s.RequestRound(ctx, st.dewi, RequestRound{VersionID: v.ID})
		wants(st, err, ErrRoundEmpty)
		if err := st.s.WithdrawItem(ctx, st.dewi, j.ID); err != nil {
			st.Fatal(err)
		}
		r, err := st.s.RequestRound(ctx, st.dewi, RequestRound{VersionID: v.ID, ItemIDs: []string{i.ID}})
		if err != nil || r.Number != 1 {
			st.Fatalf("%v %+v", err, r)
		}
		_, err = st.s.ProposeItem(ctx, st.budi, v.ID, NewItem{Text: "One more", AtMS: -1, UntilMS: -1})
		wants(st, err, ErrDecided)
		_, err = st.s.RequestRound(ctx, st.dewi, RequestRound{VersionID: v.ID, Items: []NewItem{{Text: "More", AtMS: -1, UntilMS: -1}}})
		wants(st, err, ErrDecided)
		wants(st, st.s.WithdrawItem(ctx, st.dewi, i.ID), ErrRoundSent)
	})
}
