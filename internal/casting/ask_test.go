package casting_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

// person lets somebody in with a role.
func (s *scene) person(name string, role access.Role) access.Actor {
	s.t.Helper()
	in := must(s.access.Invite(ctx, s.ae, name+"@agensi.test", role))(s.t)
	p := must(s.access.Join(ctx, in, access.NewPerson{Name: name, Password: "kopi susu gula aren", Lang: "id", Zone: "Asia/Jakarta"}))(s.t)
	return p.Actor("web")
}

func TestAsk_ATraineesOfferWaitsForTheSupervisor(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		nisa, dewa, other := s.person("nisa", access.Trainee), s.person("dewa", access.AE), s.person("tia", access.Specialist)
		if err := s.access.Supervise(ctx, s.ae, nisa.ID, dewa.ID); err != nil {
			t.Fatal(err)
		}
		_, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes, "bima": casting.AnswerYes}, "ayu", "bima")
		req := casting.SendOffer{CandidateID: cs["ayu"].ID, Draft: "besok+9 17.00"}
		if _, err := s.svc.SendOffer(ctx, nisa, casting.SendOffer{CandidateID: cs["ayu"].ID}); !errors.Is(err, casting.ErrSupervisor) {
			t.Errorf("sent without the supervisor: %v", err)
		}
		if _, err := s.svc.ShareShortlist(ctx, nisa, casting.ShareShortlist{CampaignID: s.of.ID}); !errors.Is(err, casting.ErrSupervisor) {
			t.Errorf("shared without the supervisor: %v", err)
		}
		req.Draft = ""
		k := must(s.svc.Ask(ctx, nisa, casting.Asking{Kind: casting.AskOffer, Offer: req, Words: "Fee sudah cocok"}))(t)
		if _, err := s.svc.Ask(ctx, nisa, casting.Asking{Kind: casting.AskOffer, Offer: req}); !errors.Is(err, casting.ErrAskTwice) {
			t.Errorf("asked twice: %v", err)
		}
		if err := s.svc.DecideAsk(ctx, nisa, k.ID, true, ""); !errors.Is(err, casting.ErrAskOwn) {
			t.Errorf("approved by whoever asked: %v", err)
		}
		if err := s.svc.DecideAsk(ctx, other, k.ID, true, ""); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("approved by somebody without the right: %v", err)
		}
		if q := must(s.svc.Queue(ctx, dewa))(t); len(q.Asks) != 1 || !q.Asks[0].MayDecide || q.Asks[0].Talent != "ayu" || q.Asks[0].Margin != money.IDR(7_000_000) {
			t.Errorf("the supervisor's queue: %+v", q.Asks)
		}
		if err := s.svc.DecideAsk(ctx, dewa, k.ID, false, " "); !errors.Is(err, casting.ErrAskAnswer) {
			t.Errorf("a no without a word: %v", err)
		}
		s.advance(time.Hour)
		if err := s.svc.DecideAsk(ctx, dewa, k.ID, true, ""); err != nil {
			t.Fatal(err)
		}
		seat := s.list().Lines[0].Seats[0]
		if seat.State != casting.SlotOffered || seat.Offer.SentBy != "nisa" {
			t.Errorf("sent in the trainee's name: %+v", seat.Offer)
		}
		if err := s.svc.DecideAsk(ctx, s.ae, k.ID, true, ""); !errors.Is(err, casting.ErrAskDone) {
			t.Errorf("decided twice: %v", err)
		}
		if err := s.access.Trust(ctx, s.ae, nisa.ID, s.client.ID, true); err != nil {
			t.Fatal(err)
		}
		must(s.svc.SendOffer(ctx, nisa, casting.SendOffer{CandidateID: cs["bima"].ID}))(t)
		if _, err := s.svc.Ask(ctx, s.ae, casting.Asking{Kind: casting.AskShare, Share: casting.ShareShortlist{CampaignID: s.of.ID}}); !errors.Is(err, casting.ErrAskNeeds) {
			t.Errorf("nothing stands in the way: %v", err)
		}
	})
}

func TestAsk_ATraineesReplacementIsQueuedAndShownWithTheYes(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		nisa, dewa := s.person("nisa", access.Trainee), s.person("dewa", access.AE)
		if err := s.access.Supervise(ctx, s.ae, nisa.ID, dewa.ID); err != nil {
			t.Fatal(err)
		}
		xs, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes}, "ayu", "bima")
		req := casting.AddCandidate{CampaignID: s.of.ID, SlotID: cs["ayu"].SlotID, TalentID: s.talent("dian").ID, Cost: money.IDR(7_000_000), Price: money.IDR(10_000_000), Why: "Wajah baru yang sudah sering mengulas bedak."}
		if _, err := s.svc.ProposeReplacement(ctx, nisa, req); !errors.Is(err, casting.ErrSupervisor) {
			t.Fatalf("proposed without the supervisor: %v", err)
		}
		k := must(s.svc.Ask(ctx, nisa, casting.Asking{Kind: casting.AskReplace, Propose: req}))(t)
		shown := func() (yes bool) {
			for _, r := range s.list().Lines[0].Rows {
				yes = yes || r.Candidate.TalentID == req.TalentID && r.Candidate.Shown()
			}
			return yes
		}
		if shown() {
			t.Error("the client sees the choice before the yes")
		}
		if _, err := s.svc.Ask(ctx, nisa, casting.Asking{Kind: casting.AskReplace, Propose: req}); !errors.Is(err, casting.ErrAskTwice) {
			t.Errorf("asked twice: %v", err)
		}
		if q := must(s.svc.Queue(ctx, dewa))(t); len(q.Asks) != 1 || !q.Asks[0].MayDecide || q.Asks[0].Talent != "dian" || q.Asks[0].Kind != casting.AskReplace {
			t.Fatalf("the supervisor's queue: %+v", q.Asks)
		}
		if err := s.svc.DecideAsk(ctx, nisa, k.ID, true, ""); !errors.Is(err, casting.ErrAskOwn) {
			t.Errorf("approved by whoever asked: %v", err)
		}
		told := s.jobs("casting.shortlist-shared")
		if err := s.svc.DecideAsk(ctx, dewa, k.ID, true, ""); err != nil {
			t.Fatal(err)
		}
		if !shown() || s.jobs("casting.shortlist-shared") != told+1 {
			t.Errorf("shown %v, told %d times more", shown(), s.jobs("casting.shortlist-shared")-told)
		}
		if _, err := s.svc.Ask(ctx, s.ae, casting.Asking{Kind: casting.AskReplace, Propose: casting.AddCandidate{CampaignID: s.of.ID, SlotID: req.SlotID, TalentID: xs["bima"].ID}}); !errors.Is(err, casting.ErrAskNeeds) {
			t.Errorf("nothing stands in the way: %v", err)
		}
	})
}

func TestAsk_AFeeAboveTheBudgetAndAMarginBelowTheFloor(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		rani, dewa := s.person("rara", access.AE), s.person("dewa", access.SeniorAE)
		xs, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes, "bima": casting.AnswerYes}, "ayu", "bima")
		if err := s.svc.SetFloor(ctx, dewa, 2000); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the floor is management's: %v", err)
		}
		if err := s.svc.SetFloor(ctx, s.ae, 2000); err != nil {
			t.Fatal(err)
		}
		// 11 of 15 million: above the budget of 10, margin 26.7 %.
		dear := casting.SendOffer{CandidateID: cs["ayu"].ID, Fee: money.IDR(11_000_000), Net: true, Rights: casting.Rights{Revisions: 2}}
		if _, err := s.svc.SendOffer(ctx, rani, dear); !errors.Is(err, casting.ErrOverBudget) {
			t.Errorf("above the budget: %v", err)
		}
		k := must(s.svc.Ask(ctx, rani, casting.Asking{Kind: casting.AskOffer, Offer: dear}))(t)
		if !k.For(casting.ForBudget) || k.For(casting.ForFloor) {
			t.Errorf("reasons %v", k.Reasons)
		}
		if err := s.svc.DecideAsk(ctx, dewa, k.ID, true, "Boleh, sekali ini"); err != nil {
			t.Fatal(err)
		}
		b := s.accept(xs["ayu"], *s.list().Lines[0].Seats[0].Offer)
		if b.Fee != money.IDR(11_000_000) || !b.Net || b.Rights.Revisions != 2 {
			t.Errorf("frozen into the booking: %+v", b)
		}
		// The talent asks for 13: margin 13.3 %, below the floor.
		o := must(s.svc.SendOffer(ctx, rani, casting.SendOffer{CandidateID: cs["bima"].ID}))(t)
		s.acknowledge(xs["bima"])
		s.advance(time.Minute)
		s.code(xs["bima"], o.ID)
		must(s.svc.AnswerOffer(ctx, s.asTalent(xs["bima"]), casting.AnswerOffer{ID: o.ID, Asked: money.IDR(13_000_000), Yes: map[casting.DateKind]bool{casting.DateDraft: true, casting.DatePosting: true}}))(t)
		if _, err := s.svc.TakeCounter(ctx, dewa, o.ID, true); !errors.Is(err, casting.ErrBelowFloor) {
			t.Errorf("a senior below the floor: %v", err)
		}
		k = must(s.svc.Ask(ctx, rani, casting.Asking{Kind: casting.AskCounter, OfferID: o.ID}))(t)
		if err := s.svc.DecideAsk(ctx, dewa, k.ID, true, ""); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("only management goes below the floor: %v", err)
		}
		if err := s.svc.DecideAsk(ctx, s.ae, k.ID, true, ""); err != nil {
			t.Fatal(err)
		}
		seat := s.list().Lines[0].Seats[1]
		if seat.State != casting.SlotCommitted || seat.Booking.Fee != money.IDR(13_000_000) {
			t.Errorf("accepted: %+v", seat.Booking)
		}
		for _, m := range seat.Moves {
			if m.Verb == "countered" && m.FeeHome != money.IDR(13_000_000) {
				t.Errorf("the margin is known at each step: %+v", m)
			}
		}
	})
}

func TestSupervisor_NobodyTheSelfNorALoop(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		nisa, tono, dewa := s.person("nisa", access.Trainee), s.person("tono", access.Trainee), s.person("dewa", access.AE)
		for name, c := range map[string]struct {
			of, by string
			want   error
		}{
			"oneself":         {nisa.ID, nisa.ID, access.ErrOwnSupervisor},
			"another trainee": {nisa.ID, tono.ID, access.ErrSupervisorGone},
			"not a trainee":   {dewa.ID, s.ae.ID, access.ErrNoTrainee},
			"an AE":           {nisa.ID, dewa.ID, nil},
		} {
			if err := s.access.Supervise(ctx, s.ae, c.of, c.by); !errors.Is(err, c.want) && err != c.want { //nolint:errorlint // nil is wanted too
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
		a, b := access.Person{ID: "a", Role: access.AE}, access.Person{ID: "b", Role: access.AE}
		if err := access.CheckSupervisor(a, b, map[string]string{"b": "c", "c": "a"}); !errors.Is(err, access.ErrSupervisorLoop) {
			t.Errorf("a loop of three: %v", err)
		}
		if err := s.access.Supervise(ctx, dewa, nisa.ID, dewa.ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an AE names supervisors: %v", err)
		}
	})
}

func TestCandidate_OnePersonUnderTwoHandlesIsRefused(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		x := s.talent("ayu")
		s.candidate(x)
		s.phones--
		same := s.talent("ayu.official")
		_, err := s.svc.AddCandidate(ctx, s.ae, casting.AddCandidate{CampaignID: s.of.ID, SlotID: s.slots[0].ID, TalentID: same.ID})
		if f, _ := fault.As(err); !errors.Is(err, casting.ErrTwice) || f.Args[1] != "ayu" {
			t.Errorf("the same person twice: %v", err)
		}
	})
}

func TestPicks_ADecisionBySomebodyWithoutTheRightIsRefused(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		c := s.candidate(s.talent("ayu"))
		s.share()
		if err := s.svc.Pick(ctx, s.adviser, casting.GivePick{CandidateID: c.ID, Answer: casting.AnswerYes}); err != nil {
			t.Fatal(err)
		}
		_, err := s.svc.SendDecision(ctx, s.adviser, s.of.ID)
		if f, _ := fault.As(err); !errors.Is(err, casting.ErrNotDecider) || f.Args[1] != "Maya" {
			t.Errorf("it says who decides: %v", err)
		}
		if v := must(s.svc.Picks(ctx, s.adviser, s.of.ID))(t); v.Unsent != 1 {
			t.Error("the answers are kept unsent")
		}
		if n := must(s.svc.SendPicks(ctx, s.adviser, s.of.ID))(t); n != 1 || s.list().Lines[0].Tally.Yes != 0 {
			t.Error("as advice they go, and do not count")
		}
	})
}

func TestHandover_FromSlotsToAReadyList(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		tia := s.person("tia", access.Specialist)
		out := s.talent("jangan")
		send := casting.HandOver{CampaignID: s.of.ID, SpecialistID: tia.ID, Persona: "Kulit kering, gaya jujur", Excluded: "@jangan", Due: "besok 17.00"}
		for name, c := range map[string]struct {
			edit func(*casting.HandOver)
			want error
		}{
			"no persona":              {func(h *casting.HandOver) { h.Persona = "" }, casting.ErrHandoverPersona},
			"a handle that is nobody": {func(h *casting.HandOver) { h.Excluded = "@tidakada" }, casting.ErrHandoverTalent},
			"due in the past":         {func(h *casting.HandOver) { h.Due = "2020-01-01" }, worktime.ErrDuePast},
			"a client as specialist":  {func(h *casting.HandOver) { h.SpecialistID = "nobody" }, casting.ErrHandoverPerson},
		} {
			req := send
			c.edit(&req)
			if _, err := s.svc.HandOver(ctx, s.ae, req); !errors.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		h := must(s.svc.HandOver(ctx, s.ae, send))(t)
		if _, err := s.svc.HandOver(ctx, s.ae, send); !errors.Is(err, casting.ErrHandoverOpen) {
			t.Errorf("a second one: %v", err)
		}
		if _, err := s.svc.AddCandidate(ctx, tia, casting.AddCandidate{CampaignID: s.of.ID, SlotID: s.slots[0].ID, TalentID: out.ID}); !errors.Is(err, casting.ErrExcluded) {
			t.Errorf("an excluded talent: %v", err)
		}
		state := func() casting.HandoverView { return must(s.svc.Handovers(ctx, s.ae, ""))(t)[0] }
		if v := state(); v.State != casting.HandoverSent || len(v.Excluded) != 1 || v.Changed {
			t.Errorf("sent: %+v", v)
		}
		if err := s.svc.ConfirmHandover(ctx, tia, h.ID); err != nil || state().State != casting.HandoverSeen {
			t.Errorf("seen: %v %s", err, state().State)
		}
		s.advance(time.Minute)
		s.candidate(s.talent("ayu"))
		if err := s.svc.AskHandover(ctx, tia, h.ID, "Boleh luar Jawa?"); err != nil || state().State != casting.HandoverAsks {
			t.Errorf("asks: %v %s", err, state().State)
		}
		if err := s.svc.ListReady(ctx, tia, h.ID); !errors.Is(err, casting.ErrHandoverAsks) {
			t.Errorf("unanswered questions block it: %v", err)
		}
		if err := s.svc.AnswerHandover(ctx, s.ae, h.ID, state().Questions[0].ID, "Boleh"); err != nil || state().State != casting.HandoverStarted {
			t.Errorf("started: %v %s", err, state().State)
		}
		if err := s.svc.ListReady(ctx, tia, h.ID); !errors.Is(err, casting.ErrHandoverEmpty) {
			t.Errorf("one talent for two seats: %v", err)
		}
		s.candidate(s.talent("bima"))
		s.advance(48 * time.Hour)
		if !state().Late {
			t.Error("past its due time it is late")
		}
		if err := s.svc.ListReady(ctx, tia, h.ID); err != nil || len(must(s.svc.Handovers(ctx, s.ae, ""))(t)) != 0 {
			t.Errorf("ready: %v", err)
		}
	})
}

func TestHandover_DatesBeforeTodayAreRefusedAndALowBudgetWarns(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		s.talent("ayu") // asks 8 million for a video
		x := s.slots[1]
		x.Budget = money.IDR(7_999_999)
		must(s.campaign.EditSlot(ctx, s.ae, x))(t)
		low := must(s.svc.LowBudgets(ctx, s.ae, s.of.ID))(t)
		if len(low) != 1 || low[0].Slot != 2 || low[0].Cheapest != money.IDR(8_000_000) {
			t.Errorf("low budgets %+v", low)
		}
		s.advance(11 * 24 * time.Hour)
		_, err := s.svc.HandOver(ctx, s.ae, casting.HandOver{CampaignID: s.of.ID, Persona: "x", Due: "besok 17.00"})
		if f, _ := fault.As(err); !errors.Is(err, casting.ErrHandoverPast) || f.Args[1] != int64(1) {
			t.Errorf("a date that is over: %v", err)
		}
	})
}

func TestIncident_NothingIsDecidedBehindTheBrandsBack(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		xs, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes}, "ayu")
		b := s.accept(xs["ayu"], must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID}))(t))
		if err := s.svc.AnswerCheckIn(ctx, s.asTalent(xs["ayu"]), b.ID, casting.CannotDeliver, ""); err != nil {
			t.Fatal(err)
		}
		must(s.svc.ReportIncident(ctx, s.ae, casting.ReportIncident{BookingID: b.ID, Kind: casting.DropFamily}))(t)
		good := casting.DecideIncident{ReportIncident: casting.ReportIncident{BookingID: b.ID, Kind: casting.DropIllness}, Decision: casting.Extend,
			Draft: string(s.slots[0].DraftOn.AddDays(2)), Post: string(s.slots[0].PostOn.AddDays(2)), Told: "call", Words: "Ayu bergeser dua hari."}
		for name, c := range map[string]struct {
			edit func(*casting.DecideIncident)
			want error
		}{
			"the brand was not told":           {func(r *casting.DecideIncident) { r.Told = "" }, casting.ErrBrandUntold},
			"without words":                    {func(r *casting.DecideIncident) { r.Words = " " }, casting.ErrIncidentWords},
			"a new date after the campaign":    {func(r *casting.DecideIncident) { r.Post = string(s.of.EndOn.AddDays(1)) }, casting.ErrDateOutside},
			"a date that is not later":         {func(r *casting.DecideIncident) { r.Draft, r.Post = string(s.slots[0].DraftOn), "" }, casting.ErrNotLater},
			"a day to come":                    {func(r *casting.DecideIncident) { r.Since = s.of.EndOn }, casting.ErrIncidentSince},
			"no decision":                      {func(r *casting.DecideIncident) { r.Decision = "" }, casting.ErrIncidentDecision},
			"a kind nobody knows":              {func(r *casting.DecideIncident) { r.Kind = "sick of it" }, casting.ErrDropKind},
			"health detail with a replacement": {func(r *casting.DecideIncident) { r.Decision, r.Reason = casting.Replace, "demam berdarah" }, casting.ErrDropPrivate},
			"another kind without its reason":  {func(r *casting.DecideIncident) { r.Decision, r.Kind = casting.Replace, casting.DropConflict }, casting.ErrDropReason},
		} {
			req := good
			c.edit(&req)
			if _, err := s.svc.DecideIncident(ctx, s.ae, req); !errors.Is(err, c.want) {
				if f, ok := fault.As(err); !ok || f.Code != fault.CodeOf(c.want) {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
		s.advance(time.Minute)
		i := must(s.svc.DecideIncident(ctx, s.ae, good))(t)
		seat := s.list().Lines[0].Seats[0]
		if seat.State != casting.SlotCommitted || seat.Booking.PostOn() != s.slots[0].PostOn.AddDays(2) || len(seat.Checks) != 3 {
			t.Errorf("the dates moved, the old \"cannot\" is over, two check-ins are planned anew: %s %+v", seat.State, seat.Checks)
		}
		if i.Open() || i.Dates.DraftWas != b.DraftDue || s.jobs("casting.extended") != 1 || len(must(s.svc.Incidents(ctx, s.ae, s.of.ID))(t)) != 1 {
			t.Errorf("the log: %+v", i)
		}
	})
}

func TestIncident_ASeatThatIsGivenUp(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		xs, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes}, "ayu")
		b := s.accept(xs["ayu"], must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID}))(t))
		must(s.svc.DecideIncident(ctx, s.ae, casting.DecideIncident{ReportIncident: casting.ReportIncident{BookingID: b.ID, Kind: casting.DropClient},
			Decision: casting.GiveUp, Told: "meeting", Words: "Slot ini tidak diisi lagi.", Reason: "Anggaran klien"}))(t)
		s.read(func(tx *db.Tx) error {
			x, err := campaign.LoadSlot(ctx, tx, b.SlotID)
			if x.Open() {
				t.Error("the slot is still wanted")
			}
			return err
		})
	})
}

func TestOffer_ATalentBoundElsewhereIsNotOffered(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		xs, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes, "bima": casting.AnswerReserve}, "ayu", "bima", "dian")
		lock := talent.Exclusivity{TalentID: xs["ayu"].ID, Holder: talent.HolderClient, HolderName: "Merek Lain", Categories: []string{"beauty"}, From: s.of.StartOn, To: s.of.EndOn}
		write := func(fn func(tx *db.Tx) error) {
			t.Helper()
			if err := d.Write(ctx, fn); err != nil {
				t.Fatal(err)
			}
		}
		write(func(tx *db.Tx) error { return talent.KeepContract(ctx, tx, &lock) })
		if _, err := s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID}); !errors.Is(err, casting.ErrClash) {
			t.Errorf("exclusive elsewhere: %v", err)
		}
		if row := s.list().Lines[0].Rows[0]; !slices.Contains(row.Warnings, casting.WarnClash) {
			t.Errorf("the list warns: %v", row.Warnings)
		}
		r := must(s.svc.Replacements(ctx, s.ae, s.of.ID, s.slots[0].ID))(t)
		if len(r.Removed) != 1 || r.Removed[0].Filter != casting.FilterRights || r.Removed[0].Names[0] != "ayu" {
			t.Errorf("removed by the filter of rights: %+v", r.Removed)
		}
		// What a booking grants stands in the register, and leaves it with the booking.
		o := must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["bima"].ID, Rights: casting.Rights{UsageDays: 90, ExclusiveDays: 30}}))(t)
		b := s.accept(xs["bima"], o)
		held := func() (n int) {
			s.read(func(tx *db.Tx) error {
				locks, err := talent.ListContracts(ctx, tx, b.TalentID)
				rights, err2 := talent.ListRights(ctx, tx, b.TalentID)
				n = len(locks) + len(rights)
				return errors.Join(err, err2)
			})
			return n
		}
		if held() != 2 {
			t.Errorf("%d bonds of the booking", held())
		}
		s.leave(b, casting.DropFamily)
		if held() != 0 {
			t.Errorf("%d bonds stay after the drop", held())
		}
	})
}
