package payout

import (
	"errors"
	"testing"
	"time"

	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"

	"pgregory.net/rapid"
)

var (
	manila = mustZone("Asia/Manila")
	now    = day.At(10, 0, manila)
	office = worktime.Office(manila, map[worktime.Date]string{"2026-11-30": "Bonifacio Day"})
	rail   = Rail{ID: "abroad-php", Method: talent.RouteAbroad, Currency: "PHP", Country: "PH", From: "2026-01-01",
		Limit: money.New(50_000_00, "PHP"), Cutoff: 14 * 60, Zone: "Asia/Manila", Days: 1}
	route = talent.Route{TalentID: "t1", Method: talent.RouteAbroad, Bank: "BPI", BankCountry: "PH", NumberSealed: "k.x", NumberEnd: "4321",
		AccountName: "Béa Santillan", Currency: "PHP", ChangedAt: now.AddDate(0, 0, -10), ChangedBy: "Bea Santillan", Version: 1}
)

func mustZone(name string) *time.Location {
	z, err := worktime.Zone(name)
	if err != nil {
		panic(err)
	}
	return z
}

func php(whole int64) money.Amount { return money.New(whole*100, "PHP") }

func due(net money.Amount) Payout {
	return Payout{ID: "p1", TalentID: "t1", Fee: net, EarnedAt: now.Add(-time.Hour), DueOn: day, Tax: Withholding{RuleID: "pph26", Gross: net, Tax: money.New(0, net.Currency), Net: net}}
}

func prepared(t testing.TB, net money.Amount) Attempt {
	t.Helper()
	a, err := Prepare(Preparation{Payout: due(net), Route: route, Rail: rail, LegalName: "bea santillan", By: "dina", ByName: "Dina"}, now, day)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func sent(t testing.TB, net money.Amount) Attempt {
	t.Helper()
	a, err := prepared(t, net).Release("made", "Made", route, now)
	if err != nil {
		t.Fatal(err)
	}
	for i := range a.Parts {
		a, _, err = a.Send(sending(int64(i+1)), route, rail, office, now.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func sending(part int64) Sending {
	return Sending{Part: part, At: now.Add(time.Hour), Reference: "FLIP-" + string(rune('0'+part)), Debit: money.IDR(14_000_000), Fee: money.IDR(75_000), Rate: "280", RateSource: "Flip", Account: "BCA", By: "dina"}
}

// changed is an account that replaced another one so long ago.
func changed(ago time.Duration, word bool) talent.Route {
	r := route
	r.ChangedAt, r.Version = now.Add(-ago), 2
	if word {
		r.ConfirmedAt, r.ConfirmedBy, r.ConfirmedVia = now, "Joko", talent.ByPhone
	}
	return r
}

func TestPrepare(t *testing.T) {
	cases := []struct {
		name   string
		change func(*Preparation)
		want   error
	}{
		{"a due payout to a known account", func(*Preparation) {}, nil},
		{"not earned yet", func(p *Preparation) { p.Payout.EarnedAt = time.Time{} }, ErrNotEarned},
		{"held for a dispute", func(p *Preparation) { p.Payout.Hold = Hold{Reason: HoldDispute, Until: day.AddDays(2)} }, ErrHeld},
		{"a hold whose day has come", func(p *Preparation) { p.Payout.Hold = Hold{Reason: HoldDispute, Until: day} }, nil},
		{"an attempt is under way", func(p *Preparation) { p.Payout.Attempts = []Attempt{prepared(t, php(100))} }, ErrLive},
		{"cancelled", func(p *Preparation) { p.Payout.CancelAt = now }, ErrCancelled},
		{"no account", func(p *Preparation) { p.Route = talent.Route{} }, ErrNoRoute},
		{"an account that changed two days ago", func(p *Preparation) { p.Route.ChangedAt, p.Route.Version = now.AddDate(0, 0, -2), 2 }, ErrRouteHeld},
		{"a confirmed account that changed three days ago to the second", func(p *Preparation) { p.Route = changed(72*time.Hour, true) }, nil},
		{"a confirmed account that changed one second less ago", func(p *Preparation) { p.Route = changed(72*time.Hour-time.Second, true) }, ErrRouteHeld},
		{"an account that changed a year ago without the talent's word", func(p *Preparation) { p.Route = changed(365*24*time.Hour, false) }, ErrRouteWord},
		{"an account in another currency", func(p *Preparation) { p.Route.Currency = "USD" }, ErrRouteCoin},
		{"another name on the account", func(p *Preparation) { p.LegalName = "Mika Delos Reyes" }, ErrName},
		{"another name, and finance decided", func(p *Preparation) {
			p.LegalName, p.NameReason = "Mika Delos Reyes", "mother's account, letter on file"
		}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := Preparation{Payout: due(php(100)), Route: route, Rail: rail, LegalName: "BEA SANTILLAN", By: "dina", ByName: "Dina"}
			c.change(&in)
			if _, err := Prepare(in, now, day); !errors.Is(err, c.want) {
				t.Errorf("fault %v, want %v", err, c.want)
			}
		})
	}
}

func TestPrepare_SplitsOverTheLimit(t *testing.T) {
	a := prepared(t, php(120_000))
	if len(a.Parts) != 3 || a.Parts[0].Amount != php(50_000) || a.Parts[2].Amount != php(20_000) {
		t.Fatalf("parts %v", a.Parts)
	}
	if one := prepared(t, php(50_000)); len(one.Parts) != 1 {
		t.Errorf("the limit itself is one transfer, got %d", len(one.Parts))
	}
	rapid.Check(t, func(t *rapid.T) {
		x := money.New(rapid.Int64Range(1, 1_000_000_00).Draw(t, "amount"), "PHP")
		sum, _ := money.Sum("PHP", rail.Split(x)...)
		if sum != x {
			t.Fatalf("parts come to %v of %v", sum, x)
		}
	})
}

func TestAttempt_Release(t *testing.T) {
	cases := []struct {
		name, by string
		change   func(*Attempt, *talent.Route)
		want     error
	}{
		{"another person", "made", func(*Attempt, *talent.Route) {}, nil},
		{"who prepared it", "dina", func(*Attempt, *talent.Route) {}, ErrSelfRelease},
		{"nobody", "", func(*Attempt, *talent.Route) {}, ErrSelfRelease},
		{"who changed the account last", "made", func(_ *Attempt, r *talent.Route) { r.ChangedBy = "Made" }, ErrEditorFrees},
		{"after the account changed", "made", func(_ *Attempt, r *talent.Route) { r.NumberSealed = "k.y" }, ErrVoid},
		{"while the account still lacks the talent's word", "made", func(_ *Attempt, r *talent.Route) { r.ChangedAt, r.Version = now.AddDate(-1, 0, 0), 2 }, ErrRouteWord},
		{"after the amount changed", "made", func(a *Attempt, _ *talent.Route) { a.Amount = php(101) }, ErrVoid},
		{"twice", "made", func(a *Attempt, _ *talent.Route) { a.ReleasedAt = now }, ErrReleased},
		{"after it was taken back", "made", func(a *Attempt, _ *talent.Route) { a.CancelledAt = now }, ErrEnded},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, r := prepared(t, php(100)), route
			c.change(&a, &r)
			name := map[string]string{"made": "Made", "dina": "Dina"}[c.by]
			if _, err := a.Release(c.by, name, r, now); !errors.Is(err, c.want) {
				t.Errorf("fault %v, want %v", err, c.want)
			}
		})
	}
}

func TestAttempt_SendTwiceChangesNothing(t *testing.T) {
	a := sent(t, php(100))
	again, changed, err := a.Send(sending(1), route, rail, office, now.Add(2*time.Hour))
	if err != nil || changed || again.Parts[0] != a.Parts[0] {
		t.Errorf("the same reference again: %v %v", changed, err)
	}
	other := sending(1)
	other.Reference = "FLIP-9"
	if _, _, err := a.Send(other, route, rail, office, now.Add(2*time.Hour)); !errors.Is(err, ErrSentAlready) {
		t.Errorf("a second transfer of the same part: %v", err)
	}
	if _, _, err := prepared(t, php(100)).Send(sending(1), route, rail, office, now.Add(time.Hour)); !errors.Is(err, ErrNotReleased) {
		t.Errorf("before the release: %v", err)
	}
}

func TestAttempt_ArrivedOnlyWhenAllPartsArrived(t *testing.T) {
	a := sent(t, php(120_000))
	later := now.Add(3 * time.Hour)
	a, _, err := a.Arrive(1, "talent", later)
	if err != nil || a.State(later) != Part {
		t.Fatalf("one of three: %v %v", a.State(later), err)
	}
	a, _, _ = a.Arrive(2, "talent", later)
	if a.State(later) == Arrived {
		t.Fatal("two of three are not all")
	}
	a, _, _ = a.Arrive(3, "talent", later)
	if a.State(later) != Arrived || !a.Closed() {
		t.Errorf("all three: %v", a.State(later))
	}
	if _, changed, err := a.Arrive(3, "talent", later); err != nil || changed {
		t.Errorf("told twice: %v %v", changed, err)
	}
	if _, _, err := prepared(t, php(100)).Arrive(1, "talent", later); !errors.Is(err, ErrNotSent) {
		t.Errorf("arrived before sent: %v", err)
	}
}

func TestAttempt_ReturnThenResend(t *testing.T) {
	p := due(php(120_000))
	a := sent(t, php(120_000))
	a, _, _ = a.Arrive(1, "talent", now.Add(2*time.Hour))
	a, err := a.Return(2, money.Amount{}, "wrong account", now.Add(2*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	p.Attempts = []Attempt{a}
	if err := p.Ready(now.Add(3*time.Hour), day); !errors.Is(err, ErrLive) {
		t.Errorf("the third transfer is still on its way: %v", err)
	}
	a, _ = a.Return(3, money.Amount{}, "wrong account", now.Add(3*time.Hour))
	p.Attempts = []Attempt{a}
	next, err := Prepare(Preparation{Payout: p, Route: route, Rail: rail, LegalName: "Bea Santillan", By: "dina", ByName: "Dina"}, now.Add(4*time.Hour), day)
	if err != nil || next.Amount != php(70_000) || next.Number != 2 || next.Key == a.Key {
		t.Errorf("the new attempt is for what came back, with its own key: %v %v", next, err)
	}
}

func TestAttempt_UnclearAfterTwoBusinessDays(t *testing.T) {
	a := sent(t, php(100)) // Monday 23 Nov 11:00, one day: Tuesday 24; two more: Thursday 26
	if got := a.Parts[0].ExpectedOn; got != "2026-11-24" {
		t.Errorf("expected on %v", got)
	}
	if got := a.State(worktime.Date("2026-11-26").At(18, 0, manila)); got != Sent {
		t.Errorf("on the second business day it is %v", got)
	}
	if got := a.State(worktime.Date("2026-11-27").At(0, 30, manila)); got != Unclear {
		t.Errorf("after it, it is %v", got)
	}
	missing, err := a.Miss(1, now.Add(2*time.Hour))
	if err != nil || missing.State(now.Add(2*time.Hour)) != Unclear {
		t.Errorf("not arrived, says the talent: %v", err)
	}
}

func TestRail_Expected(t *testing.T) {
	jakarta := worktime.Office(mustZone("Asia/Jakarta"), nil)
	cases := []struct {
		name string
		sent time.Time
		cal  worktime.Calendar
		want worktime.Date
	}{
		{"the minute before the cut-off", day.At(13, 59, manila), office, "2026-11-24"},
		{"the cut-off minute counts from tomorrow", day.At(14, 0, manila), office, "2026-11-25"},
		{"13:30 in Jakarta is past it in Manila", day.At(13, 30, jakarta.Zone), office, "2026-11-25"},
		{"a holiday in the Philippines only", worktime.Date("2026-11-27").At(10, 0, manila), office, "2026-12-01"},
		{"the same days without it", worktime.Date("2026-11-27").At(10, 0, manila), worktime.Office(manila, nil), "2026-11-30"},
		{"sent on a Saturday night", worktime.Date("2026-11-28").At(22, 0, manila), worktime.Office(manila, nil), "2026-12-01"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := rail.Expected(c.sent, c.cal); got != c.want {
				t.Errorf("expected on %v, want %v", got, c.want)
			}
		})
	}
}

func TestPayout_HoldNeedsAFixedReasonAndALaterDay(t *testing.T) {
	p := due(php(100))
	if _, err := p.Keep(Hold{Reason: "client has not paid", Until: day.AddDays(3)}, now, day); err == nil {
		t.Error("a free reason is accepted")
	}
	if _, err := p.Keep(Hold{Reason: HoldCash, Until: day}, now, day); err == nil {
		t.Error("a hold until today is accepted")
	}
	held, err := p.Keep(Hold{Reason: HoldCash, Until: day.AddDays(3)}, now, day)
	if err != nil || held.State(now, day) != Held || held.State(now, day.AddDays(3)) != Due {
		t.Errorf("held %v %v", held.State(now, day), err)
	}
	p.EarnedAt = time.Time{}
	if _, err := p.Keep(Hold{Reason: HoldCash, Until: day.AddDays(3)}, now, day); !errors.Is(err, ErrHoldState) {
		t.Errorf("a payout that is not due: %v", err)
	}
}

func TestPayout_DueDayComesFromTheMilestoneAlone(t *testing.T) {
	p := Payout{Days: 7}
	p, changed := p.Earn("milestone", now, day)
	if !changed || p.DueOn != "2026-11-30" {
		t.Errorf("due on %v", p.DueOn)
	}
	if again, changed := p.Earn("milestone", now.AddDate(0, 1, 0), day.AddDays(30)); changed || again.DueOn != p.DueOn {
		t.Error("a milestone told twice moves the day")
	}
}

func TestTerms_Split(t *testing.T) {
	parts, err := DefaultTerms.Split(money.IDR(7_500_001))
	if err != nil || parts[0].Minor+parts[1].Minor != 7_500_001 {
		t.Errorf("%v %v", parts, err)
	}
	if _, err := (Terms{{5000, AtPosting, 1}}).Split(money.IDR(1)); !errors.Is(err, ErrTerms) {
		t.Errorf("half a plan: %v", err)
	}
}

func TestWeeks(t *testing.T) {
	in := []Flow{{On: "2026-10-10", Amount: money.IDR(300), ClientID: "c1", Late: true}, {On: "2026-12-01", Amount: money.IDR(50), ClientID: "c2"}, {On: "2026-12-01", Amount: php(1)}}
	out := []Flow{{On: "2026-11-20", Amount: money.IDR(400)}, {On: "2026-11-29", Amount: money.IDR(10)}, {On: "2026-12-06", Amount: money.IDR(70)}}
	got, err := Weeks("IDR", in, out, day, 3)
	if err != nil || got[0].From != "2026-11-23" {
		t.Fatalf("%v %v", got, err)
	}
	if got[0].Balance != money.IDR(-110) || len(got[0].Late) != 1 || got[0].Late[0] != (Gap{"c1", money.IDR(300)}) {
		t.Errorf("this week %+v", got[0])
	}
	if got[1].Balance != money.IDR(-20) || got[2].Balance != money.IDR(0) {
		t.Errorf("next weeks %+v", got[1:])
	}
}
