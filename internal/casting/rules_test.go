package casting

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

var (
	jakarta = zone("Asia/Jakarta")
	manila  = zone("Asia/Manila")
	monday  = time.Date(2026, 11, 23, 9, 0, 0, 0, jakarta)
)

func zone(name string) *time.Location {
	z, err := worktime.Zone(name)
	if err != nil {
		panic(err)
	}
	return z
}

func due(t time.Time) worktime.Deadline {
	return worktime.Deadline{At: t, Zone: t.Location().String()}
}

func datesAt(draft, posting time.Time) []Date {
	return []Date{{Kind: DateDraft, Due: due(draft)}, {Kind: DatePosting, Due: due(posting)}}
}

func offerAt(t *testing.T, sent, draft, posting time.Time) Offer {
	t.Helper()
	o := Offer{Fee: money.IDR(10_000_000), Price: money.IDR(15_000_000), Pieces: []Piece{{"tiktok", "video", 1}},
		Dates: datesAt(draft, posting), SentAt: sent}
	at, err := ExpiryOf(sent, o.Dates)
	if err != nil {
		t.Fatal(err)
	}
	o.ExpiresAt = at
	return o
}

var term = Term{From: monday.AddDate(0, 0, -7), To: monday.AddDate(0, 1, 0)}

func yesToAll() Reply {
	return Reply{Yes: map[DateKind]bool{DateDraft: true, DateRevision: true, DatePosting: true}}
}

func TestOffer_Expiry(t *testing.T) {
	for _, c := range []struct {
		name        string
		sent, first time.Time
		want        time.Time
		err         error
	}{
		{"a far first date leaves 24 hours", monday, monday.AddDate(0, 0, 9), monday.Add(24 * time.Hour), nil},
		{"a near first date ends it 48 hours before", monday, monday.Add(60 * time.Hour), monday.Add(12 * time.Hour), nil},
		{"exactly 72 hours ahead both limits meet", monday, monday.Add(72 * time.Hour), monday.Add(24 * time.Hour), nil},
		{"in another zone the instants are the same", monday.In(manila), monday.Add(60 * time.Hour).In(manila), monday.Add(12 * time.Hour), nil},
		{"over a change of the clocks 24 hours stay 24 hours", time.Date(2026, 10, 24, 20, 0, 0, 0, zone("Europe/Berlin")),
			time.Date(2026, 11, 9, 12, 0, 0, 0, zone("Europe/Berlin")), time.Date(2026, 10, 25, 19, 0, 0, 0, zone("Europe/Berlin")), nil},
		{"less than 48 hours before the first date nothing can be offered", monday, monday.Add(48 * time.Hour), time.Time{}, ErrOfferLate},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ExpiryOf(c.sent, datesAt(c.first, c.first.Add(72*time.Hour)))
			if !errors.Is(err, c.err) && err != c.err || !got.Equal(c.want) {
				t.Fatalf("got %v, %v; want %v, %v", got, err, c.want, c.err)
			}
		})
	}
}

func TestOffer_ExpiredYesIsRefusedInEveryZone(t *testing.T) {
	for _, z := range []string{"Asia/Jakarta", "Asia/Manila", "Asia/Makassar", "Asia/Jayapura", "UTC", "America/New_York"} {
		o := offerAt(t, monday, monday.AddDate(0, 0, 7), monday.AddDate(0, 0, 10))
		at := o.ExpiresAt.In(zone(z))
		if _, err := o.Answer(yesToAll(), term, at.Add(-time.Microsecond)); err != nil {
			t.Errorf("%s: a yes before the end: %v", z, err)
		}
		if _, err := o.Answer(yesToAll(), term, at); !errors.Is(err, ErrOfferExpired) {
			t.Errorf("%s: a yes at the end: %v", z, err)
		}
		if got := o.State(at); got != StateExpired {
			t.Errorf("%s: state at the end %s", z, got)
		}
	}
}

func TestOffer_Expiry_properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := monday.Add(time.Duration(rapid.Int64Range(1, 40*24*60).Draw(t, "minutes to first date")) * time.Minute)
		at, err := ExpiryOf(monday, datesAt(first, first.Add(time.Hour)))
		if err != nil {
			if first.Sub(monday) > BeforeFirst {
				t.Fatal("refused although there is time")
			}
			return
		}
		if !at.After(monday) || at.Sub(monday) > OfferFor || first.Sub(at) < BeforeFirst {
			t.Fatalf("expiry %v for first date %v", at, first)
		}
	})
}

func TestOffer_Answer(t *testing.T) {
	draft, post := monday.AddDate(0, 0, 7), monday.AddDate(0, 0, 10)
	counter := func(k DateKind, at time.Time) Reply {
		r := yesToAll()
		delete(r.Yes, k)
		r.Counter = map[DateKind]worktime.Deadline{k: due(at)}
		return r
	}
	for _, c := range []struct {
		name  string
		reply Reply
		err   error
		state State
		ready bool
	}{
		{"yes to each date is ready to be committed", yesToAll(), nil, StateOffered, true},
		{"one counter-date waits for the agency", counter(DatePosting, post.AddDate(0, 0, 2)), nil, StateCountered, false},
		{"another fee waits for the agency", Reply{Yes: yesToAll().Yes, Asked: money.IDR(12_000_000)}, nil, StateCountered, true},
		{"a date without an answer", Reply{Yes: map[DateKind]bool{DateDraft: true}}, ErrDateUnsaid, StateOffered, false},
		{"a counter-date after the campaign", counter(DatePosting, term.To.Add(time.Second)), ErrDateOutside, StateOffered, false},
		{"a counter-date on the campaign's last second", counter(DatePosting, term.To), nil, StateCountered, false},
		{"a counter-date that is over", counter(DateDraft, monday.Add(-time.Hour)), ErrDatePast, StateOffered, false},
		{"a posting date before the draft date", counter(DateDraft, post.AddDate(0, 0, 1)), ErrDateOrder, StateOffered, false},
		{"a counter equal to the date", counter(DateDraft, draft), ErrCounterSame, StateOffered, false},
		{"a fee in another currency", Reply{Yes: yesToAll().Yes, Asked: money.New(500_00, "PHP")}, ErrAsked, StateOffered, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := offerAt(t, monday, draft, post)
			got, err := o.Answer(c.reply, term, monday.Add(time.Hour))
			if !errors.Is(err, c.err) && err != c.err {
				t.Fatalf("err %v, want %v", err, c.err)
			}
			if s := got.State(monday.Add(time.Hour)); s != c.state {
				t.Errorf("state %s, want %s", s, c.state)
			}
			if c.err == nil && got.AllAgreed() != c.ready {
				t.Errorf("all agreed %v", got.AllAgreed())
			}
		})
	}
}

func TestOffer_Commit(t *testing.T) {
	draft, post := monday.AddDate(0, 0, 7), monday.AddDate(0, 0, 10)
	at := monday.Add(time.Hour)
	o, err := offerAt(t, monday, draft, post).Answer(yesToAll(), term, at)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.Commit(2, at); !errors.Is(err, ErrNotAcked) {
		t.Errorf("open must points: %v", err)
	}
	if _, _, err := offerAt(t, monday, draft, post).Commit(0, at); !errors.Is(err, ErrDateUnsaid) {
		t.Errorf("no answer to the dates: %v", err)
	}
	done, b, err := o.Commit(0, at)
	if err != nil {
		t.Fatal(err)
	}
	if done.State(at) != StateCommitted || b.DraftDue.At != draft || b.PostDue.At != post || b.Fee != o.Fee || b.Price != o.Price {
		t.Errorf("booking %+v", b)
	}
	if _, _, err := done.Commit(0, at); !errors.Is(err, ErrOfferClosed) {
		t.Errorf("a second commit: %v", err)
	}
	if _, _, err := o.Commit(0, o.ExpiresAt); !errors.Is(err, ErrOfferExpired) {
		t.Errorf("a yes to all that is committed after the end: %v", err)
	}
}

func TestOffer_TakeCounter(t *testing.T) {
	draft, post := monday.AddDate(0, 0, 7), monday.AddDate(0, 0, 10)
	at := monday.Add(time.Hour)
	later := due(post.AddDate(0, 0, 1))
	r := Reply{Yes: map[DateKind]bool{DateDraft: true}, Counter: map[DateKind]worktime.Deadline{DatePosting: later}, Asked: money.IDR(12_000_000)}
	o, err := offerAt(t, monday, draft, post).Answer(r, term, at)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.TakeCounter(money.IDR(12_000_000), money.IDR(11_000_000), false, at); !errors.Is(err, ErrOverBudget) {
		t.Errorf("over the budget without approval: %v", err)
	}
	got, err := o.TakeCounter(money.IDR(12_000_000), money.IDR(11_000_000), true, at)
	if err != nil {
		t.Fatal(err)
	}
	_, b, err := got.Commit(0, at)
	if err != nil || b.PostDue.At != later.At || b.Fee != money.IDR(12_000_000) {
		t.Errorf("booking %+v, %v", b, err)
	}
	if s := o.State(monday.Add(30 * time.Hour)); s != StateCountered {
		t.Errorf("the talent answered in time, the agency's silence does not expire it: %s", s)
	}
	if s := o.State(draft.Add(-BeforeFirst)); s != StateExpired {
		t.Errorf("48 hours before the first date it ends all the same: %s", s)
	}
	if _, err := offerAt(t, monday, draft, post).TakeCounter(money.Amount{}, money.Amount{}, false, at); !errors.Is(err, ErrNoCounter) {
		t.Errorf("nothing was proposed: %v", err)
	}
}

func TestOffer_Check(t *testing.T) {
	good := Offer{Fee: money.IDR(1), Pieces: []Piece{{"tiktok", "video", 1}}, Dates: datesAt(monday.AddDate(0, 0, 7), monday.AddDate(0, 0, 9))}
	for _, c := range []struct {
		name string
		edit func(*Offer)
		want string
	}{
		{"a good one", func(*Offer) {}, ""},
		{"no fee", func(o *Offer) { o.Fee = money.Amount{} }, "form.invalid"},
		{"no pieces", func(o *Offer) { o.Pieces = nil }, "form.invalid"},
		{"only a draft date", func(o *Offer) { o.Dates = o.Dates[:1] }, ErrDates.Code},
		{"posting before the draft", func(o *Offer) { o.Dates = datesAt(monday.AddDate(0, 0, 9), monday.AddDate(0, 0, 7)) }, ErrDateOrder.Code},
		{"outside the campaign", func(o *Offer) { o.Dates[1].Due = due(term.To.AddDate(0, 0, 1)) }, ErrDateOutside.Code},
		{"negative usage", func(o *Offer) { o.Rights.UsageDays = -1 }, "form.invalid"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := good
			o.Dates = append([]Date(nil), good.Dates...)
			c.edit(&o)
			if err := CheckOffer(o, term, monday); fault.CodeOf(err) != c.want && !(err == nil && c.want == "") {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestSlot_State(t *testing.T) {
	draft, post := monday.AddDate(0, 0, 7), monday.AddDate(0, 0, 10)
	o := offerAt(t, monday, draft, post)
	declined := o
	declined.DeclinedAt = monday.Add(time.Hour)
	countered := o
	countered.CounteredAt = monday.Add(time.Hour)
	withdrawn := o
	withdrawn.WithdrawnAt = monday.Add(time.Hour)
	booked := Booking{CommittedAt: monday}
	dropped := Booking{CommittedAt: monday, DroppedAt: monday.Add(5 * time.Hour)}
	delivered := Booking{CommittedAt: monday, DeliveredAt: monday.Add(5 * time.Hour)}
	now := monday.Add(6 * time.Hour)
	for _, c := range []struct {
		name     string
		offers   []Offer
		bookings []Booking
		risk     Risk
		at       time.Time
		want     SlotState
	}{
		{"nothing happened", nil, nil, "", now, SlotOpen},
		{"an offer runs", []Offer{o}, nil, "", now, SlotOffered},
		{"a counter waits", []Offer{countered}, nil, "", now, SlotCountered},
		{"a declined offer", []Offer{declined}, nil, "", now, SlotLapsed},
		{"an expired offer", []Offer{o}, nil, "", monday.Add(25 * time.Hour), SlotLapsed},
		{"a withdrawn offer leaves the slot open", []Offer{withdrawn}, nil, "", now, SlotOpen},
		{"a second offer after a no", []Offer{declined, o}, nil, "", now, SlotOffered},
		{"a booking", []Offer{o}, []Booking{booked}, "", now, SlotCommitted},
		{"a booking at risk", nil, []Booking{booked}, RiskAtRisk, now, SlotAtRisk},
		{"a late booking", nil, []Booking{booked}, RiskLate, now, SlotLate},
		{"a talent asks for help", nil, []Booking{booked}, RiskHelp, now, SlotHelp},
		{"delivered outweighs risk", nil, []Booking{delivered}, RiskLate, now, SlotDelivered},
		{"a dropped booking", []Offer{declined}, []Booking{dropped}, "", now, SlotDropped},
		{"an offer after a drop", []Offer{o}, []Booking{dropped}, "", now, SlotOffered},
		{"a no after a drop", []Offer{declinedAt(o, monday.Add(6*time.Hour))}, []Booking{dropped}, "", now, SlotLapsed},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := SlotStateOf(c.offers, c.bookings, c.risk, c.at); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func declinedAt(o Offer, at time.Time) Offer { o.DeclinedAt = at; return o }

func TestBooking_CheckIns(t *testing.T) {
	b := Booking{ID: "b", CommittedAt: monday, DraftDue: due(monday.AddDate(0, 0, 7))}
	if got := CheckInsOf(b); len(got) != 2 || got[0].AskedAt != b.DraftDue.At.Add(-72*time.Hour) || got[1].AskedAt != b.DraftDue.At.Add(-24*time.Hour) {
		t.Errorf("a week ahead: %+v", got)
	}
	b.DraftDue = due(monday.Add(50 * time.Hour))
	if got := CheckInsOf(b); len(got) != 1 || got[0].Before != SecondCheckIn {
		t.Errorf("50 hours ahead only the second is left: %+v", got)
	}
	b.DraftDue = due(monday.Add(20 * time.Hour))
	if got := CheckInsOf(b); len(got) != 0 {
		t.Errorf("20 hours ahead none is left: %+v", got)
	}
}

func TestBooking_Risk(t *testing.T) {
	office := worktime.Office(manila, map[worktime.Date]string{"2026-11-30": "Bonifacio Day"})
	friday := time.Date(2026, 11, 27, 17, 0, 0, 0, manila) // the 24 h check-in; the draft is due on Saturday
	b := Booking{CommittedAt: monday, DraftDue: due(friday.Add(24 * time.Hour))}
	asked := CheckIn{Before: SecondCheckIn, AskedAt: friday}
	answered := func(a CheckInAnswer, at time.Time) CheckIn {
		c := asked
		c.Answer, c.AnsweredAt = a, at
		return c
	}
	week := Booking{CommittedAt: monday, DraftDue: due(time.Date(2026, 12, 10, 17, 0, 0, 0, manila))}
	second := CheckIn{Before: SecondCheckIn, AskedAt: time.Date(2026, 12, 9, 9, 0, 0, 0, manila)}
	for _, c := range []struct {
		name string
		b    Booking
		in   []CheckIn
		at   time.Time
		want Risk
	}{
		{"before the check-in nothing is wrong", b, []CheckIn{asked}, friday.Add(-time.Hour), RiskNone},
		{"silence of eleven working hours", week, []CheckIn{second}, time.Date(2026, 12, 10, 10, 59, 0, 0, manila), RiskNone},
		{"silence of twelve working hours", week, []CheckIn{second}, time.Date(2026, 12, 10, 12, 0, 0, 0, manila), RiskAtRisk},
		{"the weekend and the holiday are no working time", b, []CheckIn{asked}, friday.Add(24 * time.Hour), RiskNone},
		{"cannot is a risk at once", week, []CheckIn{answered(CannotDeliver, friday)}, friday, RiskAtRisk},
		{"need help", week, []CheckIn{answered(NeedHelp, friday)}, friday, RiskHelp},
		{"on track after a cry for help", week, []CheckIn{answered(NeedHelp, friday), answered(OnTrack, friday.Add(time.Hour))}, friday.Add(2 * time.Hour), RiskNone},
		{"on track, but past the date by six hours", b, []CheckIn{answered(OnTrack, friday)}, b.DraftDue.At.Add(LateAfter), RiskLate},
		{"past the date by less than six hours", b, []CheckIn{answered(OnTrack, friday)}, b.DraftDue.At.Add(LateAfter - time.Second), RiskNone},
		{"the draft is there", Booking{CommittedAt: monday, DraftDue: b.DraftDue, DraftAt: friday}, nil, b.DraftDue.At.AddDate(0, 0, 3), RiskNone},
		{"dropped", Booking{DraftDue: b.DraftDue, DroppedAt: friday}, nil, b.DraftDue.At.AddDate(0, 0, 3), RiskNone},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, _ := RiskOf(c.b, c.in, office, c.at); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestBooking_SilenceNeverDrops(t *testing.T) {
	b := Booking{CommittedAt: monday, DraftDue: due(monday.AddDate(0, 0, 2))}
	if got := SlotStateOf(nil, []Booking{b}, RiskLate, monday.AddDate(1, 0, 0)); got != SlotLate {
		t.Errorf("a year of silence: %s", got)
	}
}

func prospect(name string, edit func(*Prospect)) Prospect {
	p := Prospect{TalentID: name, AccountID: name, Name: name, FeeHome: money.IDR(9_000_000), Tags: []string{"beauty", "hijab"},
		Tier: talent.TierMid, LowerPpm: talent.NeutralPpm, ERBp: 400}
	if edit != nil {
		edit(&p)
	}
	return p
}

var need = Need{Tags: []string{"beauty", "hijab"}, Tier: talent.TierMid, TargetBp: 400, Budget: money.IDR(10_000_000)}

func TestReplacement_Score(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(*Prospect)
		want int64
	}{
		{"everything fits, reliability unknown", nil, 4000 + 2500 + 1000 + 1500},
		{"one of three tags shared", func(p *Prospect) { p.Tags = []string{"beauty", "travel"} }, 1333 + 2500 + 1000 + 1500},
		{"tags differ in case only", func(p *Prospect) { p.Tags = []string{"Beauty", " HIJAB "} }, 9000},
		{"the next tier", func(p *Prospect) { p.Tier = talent.TierMacro }, 4000 + 1250 + 1000 + 1500},
		{"two tiers away", func(p *Prospect) { p.Tier = talent.TierMega }, 4000 + 0 + 1000 + 1500},
		{"ER above the target is capped", func(p *Prospect) { p.ERBp = 900 }, 9000},
		{"ER at half the target", func(p *Prospect) { p.ERBp = 200 }, 4000 + 2500 + 1000 + 750},
		{"ER unknown", func(p *Prospect) { p.ERBp = -1 }, 4000 + 2500 + 1000},
		{"reliable", func(p *Prospect) { p.LowerPpm = 900_000 }, 4000 + 2500 + 1800 + 1500},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, parts := need.score(prospect("a", c.edit)); got != c.want {
				t.Errorf("got %d, want %d: %+v", got, c.want, parts)
			}
		})
	}
}

func TestReplacement_Rank(t *testing.T) {
	names := func(r Replacements) []string {
		var out []string
		for _, x := range r.Ranked {
			out = append(out, x.Name)
		}
		return out
	}
	t.Run("the client's reserves come first, in the client's order", func(t *testing.T) {
		got := Rank(need, []Prospect{prospect("best", nil), prospect("second", func(p *Prospect) { p.Reserve, p.Tags = 2, nil }), prospect("first", func(p *Prospect) { p.Reserve, p.Tags = 1, nil })})
		if d := cmp.Diff([]string{"first", "second", "best"}, names(got)); d != "" {
			t.Error(d)
		}
		if got.Ranked[0].NeedsYes || !got.Ranked[2].NeedsYes {
			t.Error("a reserve needs no further yes, anyone else does")
		}
	})
	t.Run("ties break by lower fee, then name", func(t *testing.T) {
		got := Rank(need, []Prospect{prospect("b", nil), prospect("a", nil), prospect("z", func(p *Prospect) { p.FeeHome = money.IDR(8_000_000) })})
		if d := cmp.Diff([]string{"z", "a", "b"}, names(got)); d != "" {
			t.Error(d)
		}
	})
	t.Run("a reserve that became dearer than the budget is removed by its fee", func(t *testing.T) {
		got := Rank(need, []Prospect{prospect("dear", func(p *Prospect) { p.Reserve, p.FeeHome = 1, money.IDR(10_000_001) }), prospect("exact", func(p *Prospect) { p.Reserve, p.FeeHome = 2, money.IDR(10_000_000) })})
		if d := cmp.Diff([]string{"exact"}, names(got)); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff([]Removed{{FilterFee, []string{"dear"}}}, got.Removed); d != "" {
			t.Error(d)
		}
	})
	t.Run("a reserve held by another slot is skipped", func(t *testing.T) {
		got := Rank(need, []Prospect{prospect("held", func(p *Prospect) { p.Reserve, p.Held = 1, true }), prospect("next", func(p *Prospect) { p.Reserve = 2 })})
		if d := cmp.Diff([]string{"next"}, names(got)); d != "" {
			t.Error(d)
		}
	})
	t.Run("with no candidate left it says which filter removed whom", func(t *testing.T) {
		got := Rank(need, []Prospect{
			prospect("a", func(p *Prospect) { p.Declined, p.Blocked = true, true }), prospect("b", func(p *Prospect) { p.WrongPlatform = true }),
			prospect("c", func(p *Prospect) { p.Busy = true }), prospect("d", func(p *Prospect) { p.Clash = true }),
			prospect("e", func(p *Prospect) { p.FeeHome = money.Amount{} }), prospect("f", func(p *Prospect) { p.NoRoute = true }),
			prospect("g", func(p *Prospect) { p.NoGuardian = true }), prospect("h", func(p *Prospect) { p.Blocked = true }),
			prospect("i", func(p *Prospect) { p.Held = true }), prospect("j", func(p *Prospect) { p.Busy = true })})
		want := []Removed{{FilterDeclined, []string{"a"}}, {FilterPlatform, []string{"b"}}, {FilterHeld, []string{"i"}}, {FilterDates, []string{"c", "j"}},
			{FilterRights, []string{"d"}}, {FilterFee, []string{"e"}}, {FilterPayable, []string{"f"}}, {FilterGuardian, []string{"g"}}, {FilterBlocked, []string{"h"}}}
		if !got.Empty() {
			t.Errorf("left: %v", names(got))
		}
		if d := cmp.Diff(want, got.Removed); d != "" {
			t.Error(d)
		}
	})
}

func choice(id string, a Answer, edit func(*Choice)) Choice {
	c := Choice{Candidate: Candidate{ID: id}, Talent: id, Line: "video", Pick: Pick{CandidateID: id, Answer: a}}
	if edit != nil {
		edit(&c)
	}
	return c
}

func TestPicks_Send(t *testing.T) {
	lines := []Line{{Key: "video", Name: "TikTok video", Slots: 2}, {Key: "reels", Name: "Reels", Slots: 1}}
	gone := func(c *Choice) { c.Candidate.RemovedAt = monday }
	for _, c := range []struct {
		name string
		list []Choice
		err  error
	}{
		{"as many yes as slots", []Choice{choice("a", AnswerYes, nil), choice("b", AnswerYes, nil), choice("c", AnswerNo, nil)}, nil},
		{"more yes than slots", []Choice{choice("a", AnswerYes, nil), choice("b", AnswerYes, nil), choice("c", AnswerYes, nil)}, ErrTooManyYes},
		{"each line counts by itself", []Choice{choice("a", AnswerYes, nil), choice("b", AnswerYes, nil), choice("c", AnswerYes, func(c *Choice) { c.Line = "reels" })}, nil},
		{"fewer yes than slots", []Choice{choice("a", AnswerYes, nil)}, nil},
		{"a yes to a talent who is gone", []Choice{choice("a", AnswerYes, gone)}, ErrGone},
		{"a no to a talent who is gone", []Choice{choice("a", AnswerNo, gone)}, nil},
		{"nothing answered", []Choice{choice("a", AnswerNone, nil)}, ErrNothingPicked},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := CheckSend(lines, c.list); !errors.Is(err, c.err) && err != c.err {
				t.Errorf("got %v, want %v", err, c.err)
			}
		})
	}
	err := CheckSend(lines, []Choice{choice("a", AnswerYes, nil), choice("b", AnswerYes, nil), choice("c", AnswerYes, nil)})
	f, _ := fault.As(err)
	if d := cmp.Diff([]any{"yes", int64(3), "slots", int64(2), "kind", "TikTok video"}, f.Args); d != "" {
		t.Errorf("the answer says how many: %s", d)
	}
}

func TestPicks_LateAndOrder(t *testing.T) {
	sheet := Sheet{Deadline: due(monday)}
	list := []Choice{
		choice("a", AnswerReserve, func(c *Choice) { c.Pick.Order, c.Candidate.Rank = 2, 1 }),
		choice("b", AnswerReserve, func(c *Choice) { c.Candidate.Rank = 3 }),
		choice("c", AnswerReserve, func(c *Choice) { c.Candidate.Rank = 2 }),
		choice("d", AnswerReserve, func(c *Choice) { c.Pick.Order, c.Candidate.Rank = 1, 9 }),
		choice("e", AnswerNone, nil),
	}
	got := map[string]Pick{}
	for _, p := range Send(list, sheet, monday) {
		got[p.CandidateID] = p
	}
	for id, want := range map[string]int64{"d": 1, "a": 2, "c": 3, "b": 4} {
		if got[id].SentOrder != want || got[id].Late {
			t.Errorf("%s: %+v", id, got[id])
		}
	}
	if _, ok := got["e"]; ok {
		t.Error("no answer is not sent")
	}
	late := Send([]Choice{choice("a", AnswerYes, func(c *Choice) { c.Pick.Sent, c.Pick.SentAt = AnswerNo, monday })}, sheet, monday.Add(time.Microsecond))
	if len(late) != 1 || !late[0].Late || late[0].Changes != 1 {
		t.Errorf("a change after the deadline is visible as late: %+v", late)
	}
}

func TestPicks_Check(t *testing.T) {
	gone := Candidate{RemovedAt: monday}
	for _, c := range []struct {
		name    string
		p       Pick
		cand    Candidate
		offered bool
		err     error
	}{
		{"yes", Pick{Answer: AnswerYes}, Candidate{}, false, nil},
		{"a no gives a reason", Pick{Answer: AnswerNo}, Candidate{}, false, ErrReasonMissing},
		{"a no with a reason", Pick{Answer: AnswerNo, Reason: "rival"}, Candidate{}, false, nil},
		{"an answer nobody knows", Pick{Answer: "maybe"}, Candidate{}, false, ErrAnswer},
		{"a yes to a talent gone in between is told at once", Pick{Answer: AnswerYes}, gone, false, ErrGone},
		{"a yes that was offered is not taken back by a click", Pick{Answer: AnswerNo, Reason: "x", Sent: AnswerYes}, Candidate{}, true, ErrOfferedAlready},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := CheckPick(c.p, c.cand, "Ayu", c.offered); !errors.Is(err, c.err) && err != c.err {
				t.Errorf("got %v, want %v", err, c.err)
			}
		})
	}
}

func TestCandidate_Terms(t *testing.T) {
	for _, c := range []struct {
		name string
		rate string
		cost money.Amount
		to   money.Currency
		want money.Amount
		err  error
	}{
		{"pesos in rupiah", "281.35", money.New(25_000_00, "PHP"), "IDR", money.IDR(7_033_750), nil},
		{"a comma parts decimals", "281,35", money.New(25_000_00, "PHP"), "IDR", money.IDR(7_033_750), nil},
		{"half a rupiah goes up", "0.5", money.New(1_00, "PHP"), "IDR", money.IDR(1), nil},
		{"rupiah in pesos", "0.00355", money.IDR(1_000_000), "PHP", money.New(3_550_00, "PHP"), nil},
		{"no number", "many", money.IDR(1), "PHP", money.Amount{}, ErrRateWrong},
		{"a fraction is no rate", "1/3", money.IDR(1), "PHP", money.Amount{}, ErrRateWrong},
		{"zero", "0", money.IDR(1), "PHP", money.Amount{}, ErrRateWrong},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Convert(c.cost, c.rate, c.to)
			if !errors.Is(err, c.err) && err != c.err || got != c.want {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
	c := Candidate{Cost: money.IDR(10_000_000), CostHome: money.IDR(10_000_000), Price: money.IDR(15_000_000)}
	if m, bp, ok := c.Margin(); !ok || m != money.IDR(5_000_000) || bp != 3333 {
		t.Errorf("margin %v %d %v", m, bp, ok)
	}
	c.CostHome = money.IDR(16_000_000)
	if _, bp, _ := c.Margin(); bp != -667 {
		t.Errorf("a loss rounds away from zero: %d", bp)
	}
	if err := (Candidate{Cost: money.New(1, "PHP"), Price: money.New(1, "PHP")}).Check("IDR"); fault.CodeOf(err) != "form.invalid" {
		t.Errorf("mixed currencies: %v", err)
	}
}

func TestForecast_SaysWhenTheOtherSideSeesIt(t *testing.T) {
	office := worktime.Office(manila, map[worktime.Date]string{"2026-11-30": "Bonifacio Day"})
	for _, c := range []struct {
		name   string
		now    time.Time
		reads  time.Time
		before time.Time
		atOnce bool
	}{
		{"Friday evening in Manila waits over the weekend and the holiday", time.Date(2026, 11, 27, 18, 30, 0, 0, manila),
			time.Date(2026, 12, 1, 9, 0, 0, 0, manila), time.Date(2026, 12, 1, 18, 0, 0, 0, manila), false},
		{"in working hours at once, until they end", time.Date(2026, 11, 24, 10, 0, 0, 0, manila), time.Date(2026, 11, 24, 10, 0, 0, 0, manila), time.Date(2026, 11, 24, 18, 0, 0, 0, manila), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := ForecastOf(office, c.now)
			if !f.Reads.Equal(c.reads) || f.AtOnce != c.atOnce || f.Zone != "Asia/Manila" || f.Before.After(c.before) || c.before.Sub(f.Before) > time.Minute {
				t.Errorf("got %+v", f)
			}
		})
	}
	if f := ForecastOf(worktime.Calendar{}, monday); !f.Reads.IsZero() {
		t.Errorf("a calendar that never opens: %+v", f)
	}
}
