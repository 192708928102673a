package casting_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

func TestCasting_FromListToBooking(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		xs, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes, "bima": casting.AnswerReserve, "citra": casting.AnswerNo}, "ayu", "bima", "citra")
		if c := cs["ayu"]; c.Cost != money.IDR(8_000_000) || c.Price != money.IDR(15_000_000) || c.CostHome != c.Cost {
			t.Errorf("the rate card and the slot give the terms: %+v", c)
		}
		if _, err := s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["citra"].ID}); !errors.Is(err, casting.ErrNotPicked) {
			t.Errorf("an offer to a no: %v", err)
		}
		o := must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID, Note: "Semoga cocok"}))(t)
		me := s.asTalent(xs["ayu"])
		yes := casting.AnswerOffer{ID: o.ID, Yes: map[casting.DateKind]bool{casting.DateDraft: true, casting.DatePosting: true}}
		if _, err := s.svc.AnswerOffer(ctx, me, yes); !errors.Is(err, campaign.ErrUnacknowledged) {
			t.Errorf("before the must points are acknowledged: %v", err)
		}
		s.acknowledge(xs["ayu"])
		if _, err := s.svc.AnswerOffer(ctx, me, yes); !errors.Is(err, access.ErrStepUp) {
			t.Errorf("before the code: %v", err)
		}
		if _, err := s.svc.AnswerOffer(ctx, s.asTalent(xs["bima"]), yes); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another talent's offer is absent: %v", err)
		}
		s.code(xs["ayu"], o.ID)
		b := must(s.svc.AnswerOffer(ctx, me, yes))(t)
		if b.Fee != money.IDR(8_000_000) || b.Price != money.IDR(15_000_000) || b.DraftDue.Zone != "Asia/Jakarta" || s.jobs("casting.committed") != 1 {
			t.Errorf("booking %+v, events %d", b, s.jobs("casting.committed"))
		}
		if _, err := s.svc.AnswerOffer(ctx, me, yes); !errors.Is(err, casting.ErrOfferClosed) {
			t.Errorf("a second yes: %v", err)
		}
		l := s.list()
		if got := l.Lines[0]; got.Seats[0].State != casting.SlotCommitted || got.Seats[1].State != casting.SlotOpen || got.Tally.Yes != 1 || len(l.Lines) != 1 {
			t.Errorf("the list: %+v", got)
		}
		if m := l.Totals; !m.Known || m.Margin != money.IDR(7_000_000) || m.Filled != 1 || m.Seats != 2 {
			t.Errorf("totals %+v", m)
		}
		s.read(func(tx *db.Tx) error {
			got, err := casting.LoadBooking(ctx, tx, b.ID)
			if got.DraftDue != b.DraftDue || got.Rights != b.Rights || len(got.Deliverables) != 1 {
				t.Errorf("kept %+v", got)
			}
			v, err2 := campaign.ListBriefs(ctx, tx, s.of.ID)
			if !campaign.Frozen(v) {
				t.Error("the first commitment freezes the brief")
			}
			return errors.Join(err, err2)
		})
	})
}

func TestPicks_DeciderAndAdviser(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		var cs []casting.Candidate
		for _, n := range []string{"ayu", "bima", "citra"} {
			cs = append(cs, s.candidate(s.talent(n)))
		}
		if v := must(s.svc.Picks(ctx, s.decider, s.of.ID))(t); len(v.Lines) != 0 {
			t.Errorf("nothing is shown before it is shared: %+v", v.Lines)
		}
		if err := s.svc.Pick(ctx, s.decider, casting.GivePick{CandidateID: cs[0].ID, Answer: casting.AnswerYes}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a card not shown is absent: %v", err)
		}
		must(s.svc.ShareShortlist(ctx, s.ae, casting.ShareShortlist{CampaignID: s.of.ID, Deadline: "2026-11-25T17:00"}))(t)
		for _, c := range cs {
			s.pick(c, casting.AnswerYes)
		}
		_, err := s.svc.SendPicks(ctx, s.decider, s.of.ID)
		if f, _ := fault.As(err); !errors.Is(err, casting.ErrTooManyYes) || fmt.Sprint(f.Args) != "[yes 3 slots 2 kind 1 TikTok video]" {
			t.Errorf("three yes for two seats: %v", err)
		}
		if err := s.svc.Pick(ctx, s.adviser, casting.GivePick{CandidateID: cs[2].ID, Answer: casting.AnswerNo, Reason: "terlalu muda"}); err != nil {
			t.Fatal(err)
		}
		must(s.svc.SendPicks(ctx, s.adviser, s.of.ID))(t)
		if got := s.list().Lines[0]; got.Tally.Yes != 0 || len(got.Rows[2].Advice) != 1 {
			t.Errorf("advice does not count: %+v", got.Tally)
		}
		s.pick(cs[2], casting.AnswerReserve)
		s.send()
		v := must(s.svc.Picks(ctx, s.decider, s.of.ID))(t)
		if !v.Decides || v.Late || v.Unsent != 0 || v.Lines[0].Yes != 2 || v.Lines[0].Cards[2].Advice[0].Reason != "terlalu muda" {
			t.Errorf("after sending: %+v", v)
		}
		if v := must(s.svc.Picks(ctx, s.adviser, s.of.ID))(t); v.Decides || v.Decider != "Maya" {
			t.Errorf("the adviser's view: %+v", v)
		}
		s.advance(72 * time.Hour)
		s.pick(cs[0], casting.AnswerNo)
		s.send()
		row := s.list().Lines[0].Rows[0]
		if !row.Decision.Late || row.Decision.Changes != 1 || !s.list().Sheet.Late {
			t.Errorf("a change after the deadline is visible as late: %+v", row.Decision)
		}
		other := s.decider
		other.ClientID, other.CampaignID = "other", "other"
		if _, err := s.svc.Picks(ctx, other, s.of.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another client's room: %v", err)
		}
	})
}

func TestPicks_ATalentGoneInBetweenIsToldAtOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		c, keep := s.candidate(s.talent("ayu")), s.candidate(s.talent("bima"))
		s.share()
		s.pick(c, casting.AnswerYes)
		s.pick(keep, casting.AnswerYes)
		if _, err := s.svc.RemoveCandidate(ctx, s.ae, c.ID, casting.GoneUnavailable); err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.SendPicks(ctx, s.decider, s.of.ID); !errors.Is(err, casting.ErrGone) {
			t.Errorf("sending a yes to a talent who is gone: %v", err)
		}
		if err := s.svc.Pick(ctx, s.decider, casting.GivePick{CandidateID: c.ID, Answer: casting.AnswerReserve}); !errors.Is(err, casting.ErrGone) {
			t.Errorf("a reserve who is gone: %v", err)
		}
		if err := s.svc.Pick(ctx, s.decider, casting.GivePick{CandidateID: c.ID, Answer: casting.AnswerNone}); err != nil {
			t.Fatal(err)
		}
		s.send()
		v := must(s.svc.Picks(ctx, s.decider, s.of.ID))(t)
		if v.Lines[0].Yes != 1 || v.Lines[0].Cards[0].Gone != casting.GoneUnavailable || s.jobs("casting.candidate-gone") != 1 {
			t.Errorf("%+v", v.Lines[0])
		}
	})
}

func TestOffer_OneReserveForTwoSeats(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		_, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerReserve, "bima": casting.AnswerReserve}, "ayu", "bima")
		first := must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID, SlotID: s.slots[0].ID}))(t)
		if first.Reserve != 1 {
			t.Errorf("the client's order is kept: %d", first.Reserve)
		}
		if _, err := s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID, SlotID: s.slots[1].ID}); !errors.Is(err, casting.ErrHeld) {
			t.Errorf("the first offer holds the reserve: %v", err)
		}
		if _, err := s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["bima"].ID, SlotID: s.slots[0].ID}); !errors.Is(err, casting.ErrSlotTaken) {
			t.Errorf("the first offer holds the seat: %v", err)
		}
		r := must(s.svc.Replacements(ctx, s.ae, s.of.ID, s.slots[1].ID))(t)
		if len(r.Ranked) != 1 || r.Ranked[0].Name != "bima" || r.Removed[0].Filter != casting.FilterHeld {
			t.Errorf("the second seat skips the held reserve: %+v", r)
		}
	})
}

func TestOffer_ARaceNeverHoldsAReserveTwice(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		_, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerReserve}, "ayu")
		var wg sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for i := range 16 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				_, err := s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID, SlotID: s.slots[i%2].ID})
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else if fault.KindOf(err) != fault.Conflict {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
		if won != 1 {
			t.Errorf("%d offers hold one reserve", won)
		}
	})
}

func TestOffer_ExpiresAndOpensTheSeat(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		xs, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes, "bima": casting.AnswerReserve}, "ayu", "bima")
		o := must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID}))(t)
		s.acknowledge(xs["ayu"])
		s.advance(24 * time.Hour)
		if _, err := s.svc.AnswerOffer(ctx, s.asTalent(xs["ayu"]), casting.AnswerOffer{ID: o.ID, Yes: map[casting.DateKind]bool{casting.DateDraft: true, casting.DatePosting: true}}); !errors.Is(err, casting.ErrOfferExpired) {
			t.Errorf("a yes after the end: %v", err)
		}
		r := job.NewRegistry()
		s.svc.Workers(r)
		drain(t, d, r)
		if s.jobs("casting.slot-opened") != 1 || s.list().Lines[0].Seats[0].State != casting.SlotLapsed {
			t.Errorf("the seat is open again: %+v", s.list().Lines[0].Seats[0].State)
		}
		must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["bima"].ID, SlotID: o.SlotID}))(t)
		if s.jobs("casting.replaced") != 1 {
			t.Error("the client is told of a replacement")
		}
	})
}

func drain(t *testing.T, d *db.DB, r *job.Registry) {
	t.Helper()
	if err := job.NewRunner(d, r, nil).Drain(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestOffer_CounterIsTakenInOneStep(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		xs, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes}, "ayu")
		o := must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID}))(t)
		s.acknowledge(xs["ayu"])
		s.code(xs["ayu"], o.ID)
		late := string(s.of.EndOn.AddDays(1))
		req := casting.AnswerOffer{ID: o.ID, Yes: map[casting.DateKind]bool{casting.DateDraft: true}, Counter: map[casting.DateKind]string{casting.DatePosting: late}}
		if _, err := s.svc.AnswerOffer(ctx, s.asTalent(xs["ayu"]), req); !errors.Is(err, casting.ErrDateOutside) {
			t.Errorf("a counter-date outside the campaign: %v", err)
		}
		day := s.slots[0].PostOn.AddDays(2)
		req.Counter[casting.DatePosting], req.Asked, req.Note = string(day), money.IDR(11_000_000), "Ada syuting"
		if b := must(s.svc.AnswerOffer(ctx, s.asTalent(xs["ayu"]), req))(t); b.ID != "" {
			t.Error("a counter commits nothing")
		}
		if got := s.list().Lines[0].Seats[0]; got.State != casting.SlotCountered || len(got.Moves) != 2 {
			t.Errorf("seat %+v", got)
		}
		ae := s.ae
		ae.Role = access.AE
		if _, err := s.svc.TakeCounter(ctx, ae, o.ID, true); !errors.Is(err, casting.ErrOverBudget) {
			t.Errorf("over the budget an AE cannot approve: %v", err)
		}
		b := must(s.svc.TakeCounter(ctx, s.ae, o.ID, true))(t)
		if b.PostOn() != day || b.Fee != money.IDR(11_000_000) || s.jobs("casting.committed") != 1 {
			t.Errorf("booking %+v", b)
		}
	})
}

func TestOffer_AnEligibilityAnswerStopsIt(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		b := must(s.campaign.ReviseBrief(ctx, s.ae, s.of.ID, "kulit"))(t)
		b = must(s.campaign.AddQuestion(ctx, s.ae, s.of.ID, campaign.Question{Text: "Kulit Anda kering?", Wants: true}))(t)
		b = must(s.campaign.ShareBrief(ctx, s.ae, s.of.ID, false))(t)
		must(s.campaign.AcceptBrief(ctx, s.decider, s.of.ID, b.Version))(t)
		xs, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes}, "ayu")
		o := must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID}))(t)
		me := s.asTalent(xs["ayu"])
		must(s.campaign.AnswerEligibility(ctx, me, s.of.ID, b.Questions[0].ID, "", false))(t)
		r := job.NewRegistry()
		s.svc.Workers(r)
		drain(t, d, r)
		room := must(s.svc.TalentRoom(ctx, me))(t)
		if room.Offers[0].State != casting.StateIneligible || s.list().Lines[0].Seats[0].State != casting.SlotLapsed {
			t.Errorf("offer %s of %s", room.Offers[0].State, o.ID)
		}
	})
}

func TestBooking_AtRiskDropAndReplacement(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		xs, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes, "bima": casting.AnswerReserve}, "ayu", "bima", "dian")
		b := s.accept(xs["ayu"], must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID}))(t))
		if got := s.list().Lines[0].Seats[0].Checks; len(got) != 2 {
			t.Fatalf("two check-ins are planned: %+v", got)
		}
		me := s.asTalent(xs["ayu"])
		if err := s.svc.AnswerCheckIn(ctx, me, b.ID, casting.CannotDeliver, ""); err != nil {
			t.Fatal(err)
		}
		if got := s.list().Lines[0].Seats[0]; got.State != casting.SlotAtRisk || !got.Booking.Active() {
			t.Errorf("at risk, but a person decides: %s", got.State)
		}
		s.leave(b, casting.DropFamily)
		if s.jobs("casting.dropped") != 1 || s.list().Lines[0].Seats[0].State != casting.SlotDropped {
			t.Error("the seat is open again")
		}
		r := must(s.svc.Replacements(ctx, s.ae, s.of.ID, b.SlotID))(t)
		if len(r.Ranked) != 2 || r.Ranked[0].Name != "bima" || r.Ranked[0].NeedsYes || r.Ranked[1].Name != "dian" || !r.Ranked[1].NeedsYes {
			t.Fatalf("the reserve first: %+v", r)
		}
		if len(r.Removed) != 1 || r.Removed[0].Names[0] != "ayu" {
			t.Errorf("who left is not asked again: %+v", r.Removed)
		}
		s.advance(time.Hour)
		must(s.svc.ProposeReplacement(ctx, s.ae, casting.AddCandidate{CampaignID: s.of.ID, SlotID: b.SlotID, TalentID: xs["dian"].ID, Replaces: b.ID}))(t)
		if _, err := s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["dian"].ID}); !errors.Is(err, casting.ErrNotPicked) {
			t.Errorf("anyone but a reserve needs the client's yes: %v", err)
		}
		nb := s.accept(xs["bima"], must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["bima"].ID, SlotID: b.SlotID}))(t))
		if nb.SlotID != b.SlotID || nb.Reserve != 1 || s.list().Lines[0].Seats[0].State != casting.SlotCommitted {
			t.Errorf("the reserve took over: %+v", nb)
		}
	})
}

func TestBooking_SilenceRaisesTheRisk(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		xs, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes}, "ayu")
		b := s.accept(xs["ayu"], must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID}))(t))
		r := job.NewRegistry()
		s.svc.Workers(r)
		testkit.ClockOf(d).Set(b.DraftDue.At.Add(casting.LateAfter))
		drain(t, d, r)
		if got := s.list().Lines[0].Seats[0]; got.State != casting.SlotLate || s.jobs("casting.risk-rose") == 0 {
			t.Errorf("late: %s", got.State)
		}
		if err := d.Write(ctx, func(tx *db.Tx) error { return casting.DraftArrived(ctx, tx, b.ID, tx.Now()) }); err != nil {
			t.Fatal(err)
		}
		if got := s.list().Lines[0].Seats[0]; got.State != casting.SlotCommitted {
			t.Errorf("the draft is there: %s", got.State)
		}
	})
}

func TestOffer_ManilaTalentReadsManilaTime(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		x := must(s.talents.Create(ctx, s.ae, talent.NewTalent{Talent: talent.Talent{Name: "Bea", Country: "PH", Phone: "+639171234567"}, Platform: talent.TikTok, Handle: "bea"}))(t)
		add := casting.AddCandidate{CampaignID: s.of.ID, SlotID: s.slots[0].ID, TalentID: x.ID, Cost: money.New(25_000_00, "PHP"), Rate: "281.35", RateSource: "BI 20 Nov 2026", Why: "Pasar Filipina"}
		c := must(s.svc.AddCandidate(ctx, s.ae, add))(t)
		if c.CostHome != money.IDR(7_033_750) {
			t.Errorf("cost at home %v", c.CostHome)
		}
		s.share()
		s.pick(c, casting.AnswerYes)
		s.send()
		o := must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: c.ID, Draft: "2026-12-03T18:00", Post: "2026-12-08"}))(t)
		if got := o.Dates[0].Due; got.Zone != "Asia/Manila" || got.Wall() != "2026-12-03T18:00:00" {
			t.Errorf("typed in the talent's zone: %+v", got)
		}
		if got := o.Dates[1].Due; got.Wall() != "2026-12-08T23:59:59" {
			t.Errorf("a date without a time: %s", got.Wall())
		}
	})
}

// A client's bytes never hold cost, rate or note; a talent's never the price (R20).
func TestViews_ACanary(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		x := s.talent("ayu")
		c := must(s.svc.AddCandidate(ctx, s.ae, casting.AddCandidate{CampaignID: s.of.ID, SlotID: s.slots[0].ID, TalentID: x.ID,
			Cost: money.IDR(7_654_321), Price: money.IDR(13_579_246), Why: "Cocok", Note: "CANARYNOTE"}))(t)
		s.share()
		s.pick(c, casting.AnswerYes)
		s.send()
		must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: c.ID}))(t)
		sheet, _ := json.Marshal(must(s.svc.Picks(ctx, s.decider, s.of.ID))(t))
		room, _ := json.Marshal(must(s.svc.TalentRoom(ctx, s.asTalent(x)))(t))
		for _, bad := range []string{"7654321", "CANARYNOTE"} {
			if strings.Contains(string(sheet), bad) {
				t.Errorf("the client's sheet holds %s", bad)
			}
		}
		if strings.Contains(string(room), "13579246") || strings.Contains(string(room), "CANARYNOTE") {
			t.Error("the talent's room holds the client's price")
		}
	})
}
