package payout

import (
	"errors"
	"testing"
	"time"
)

// sentOrder is an order whose first call was answered with a verdict.
func sentOrder(t *testing.T, v Verdict) Order {
	t.Helper()
	o := fresh(0, zeroHour)
	o, step := o.Take(zeroHour, keyLifeHere, false)
	if step != Send {
		t.Fatalf("a new order gets %q", step)
	}
	o, _ = o.Hear(step, o.Fence, Answer{Verdict: v, Ref: "r0", Reason: "because"}, zeroHour)
	return o
}

func TestOrder_AnEndedOrderStaysEnded(t *testing.T) {
	for _, end := range []Verdict{Fell, Rejected} {
		o := sentOrder(t, end)
		if !o.Ended() || !o.NextAt.IsZero() {
			t.Fatalf("%s: %s, next look %v", end, o.State, o.NextAt)
		}
		for _, v := range []Verdict{Silent, Taken, Landed, Fell, CameHome, NoSuch, Rejected, NotYet} {
			x, step := o.Take(zeroHour.Add(time.Hour), keyLifeHere, true)
			if step != Ask {
				t.Fatalf("a hint about an ended order makes us %q", step)
			}
			x, e := x.Hear(step, x.Fence, Answer{Verdict: v, Ref: "r0"}, zeroHour.Add(time.Hour))
			if x.State != o.State || e&^Alarm != 0 {
				t.Errorf("%s then %s: %s with effects %b", end, v, x.State, e)
			}
			if (v == Taken || v == Landed) != e.Has(Alarm) {
				t.Errorf("%s then %s: people called: %v", end, v, e.Has(Alarm))
			}
		}
	}
}

func TestOrder_OneSenderAtATime(t *testing.T) {
	o, step := fresh(0, zeroHour).Take(zeroHour, keyLifeHere, false)
	if step != Send {
		t.Fatal(step)
	}
	if _, step := o.Take(zeroHour.Add(leaseFor-time.Second), keyLifeHere, true); step != Rest {
		t.Errorf("a second sender within the first one's turn gets %q", step)
	}
	second, step := o.Take(zeroHour.Add(leaseFor), keyLifeHere, false)
	if step != Ask || !second.Doubt {
		t.Errorf("the next turn %qs, in doubt: %v", step, second.Doubt)
	}
	if x, e := second.Hear(Send, o.Fence, Answer{Verdict: Taken, Ref: "late"}, zeroHour.Add(leaseFor)); e != 0 || x.Ref != "" {
		t.Error("an answer of a turn that is over was heard")
	}
	if end := o.CallUntil(); !end.Before(o.LeaseUntil) {
		t.Error("calls may outlast the turn")
	}
}

func TestOrder_ARefusalAfterDoubtProvesNothing(t *testing.T) {
	o := sentOrder(t, Silent)
	at := zeroHour.Add(10 * time.Second)
	o, step := o.Take(at, keyLifeHere, false)
	o, _ = o.Hear(step, o.Fence, Answer{Verdict: NoSuch}, at)
	at = o.NextAt
	o, step = o.Take(at, keyLifeHere, false)
	if step != Send {
		t.Fatalf("the provider does not know the key, and we %q", step)
	}
	o, e := o.Hear(step, o.Fence, Answer{Verdict: Rejected, Reason: "2002"}, at)
	if o.State != Unknown || e != 0 {
		t.Errorf("it is %s with effects %b", o.State, e)
	}
}

func TestOrder_NoCallWithAnOldKey(t *testing.T) {
	for _, c := range []struct {
		after time.Duration
		want  Step
	}{{keyLifeHere - leaseFor, Send}, {keyLifeHere - leaseFor + time.Second, Ask}, {23 * time.Hour, Ask}} {
		o := sentOrder(t, Silent)
		o.Missing, o.NextAt = true, zeroHour
		if _, step := o.Take(zeroHour.Add(c.after), keyLifeHere, false); step != c.want {
			t.Errorf("%v after the first call we %q, want %q", c.after, step, c.want)
		}
	}
}

func TestOrder_AnotherAmountOrAccountStopsIt(t *testing.T) {
	for _, a := range []Answer{{Verdict: Landed, Ref: "r0", AccountEnd: "9999"}, {Verdict: Taken, Ref: "another"}} {
		o := sentOrder(t, Taken)
		o.AccountEnd = "1234"
		o, step := o.Take(o.NextAt, keyLifeHere, false)
		o, e := o.Hear(step, o.Fence, a, o.NextAt)
		if !o.Frozen || o.State != Reconcile || e != Alarm {
			t.Errorf("%+v: %s, frozen %v, effects %b", a, o.State, o.Frozen, e)
		}
		if _, step := o.Take(zeroHour.Add(100*time.Hour), keyLifeHere, true); step != Rest {
			t.Errorf("a frozen order goes on with %q", step)
		}
	}
}

func TestOrder_OnlyWhatNeverWentIsWithdrawn(t *testing.T) {
	if o, err := fresh(0, zeroHour).Withdraw(zeroHour, "x"); err != nil || o.State != Withdrawn {
		t.Errorf("%s %v", o.State, err)
	}
	for _, v := range []Verdict{Silent, Taken, Landed} {
		if _, err := sentOrder(t, v).Withdraw(zeroHour.Add(time.Hour), "x"); !errors.Is(err, ErrOrdered) {
			t.Errorf("after %s: %v", v, err)
		}
	}
	busy, _ := fresh(0, zeroHour).Take(zeroHour, keyLifeHere, false)
	if _, err := busy.Withdraw(zeroHour, "x"); !errors.Is(err, ErrOrderBusy) {
		t.Errorf("while a call is under way: %v", err)
	}
}

func TestOrder_WhatPeopleSawArriveIsWatchedFurther(t *testing.T) {
	o := sentOrder(t, Taken)
	o.State = Reconcile
	at := zeroHour.Add(25 * time.Hour)
	o, e, err := o.Decide(Landed, "", "on the statement", at)
	if err != nil || e != Came || o.NextAt != at.Add(watchEvery) {
		t.Fatalf("%v, effects %b, next look %v", err, e, o.NextAt)
	}
	o, step := o.Take(o.NextAt, keyLifeHere, false)
	if o, e = o.Hear(step, o.Fence, Answer{Verdict: CameHome, Ref: "r0"}, o.NextAt); o.State != Reversed || !e.Has(Back) {
		t.Errorf("it came back and is %s", o.State)
	}
}

func TestOrder_AMistypedReferenceIsUnclearAgain(t *testing.T) {
	o := fresh(0, zeroHour)
	o.State = Reconcile
	o, e, err := o.Decide(Landed, "mistyped", "read on the statement", zeroHour)
	if err != nil || o.State != Done || e != Went|Came {
		t.Fatalf("%s %b %v", o.State, e, err)
	}
	day := zeroHour.Add(watchEvery)
	o, step := o.Take(day, keyLifeHere, false)
	o, e = o.Hear(step, o.Fence, Answer{Verdict: NoSuch}, day)
	if o.State != Reconcile || e != Alarm || o.NextAt.IsZero() {
		t.Fatalf("the provider knows no such transfer: %s %b", o.State, e)
	}
	right, e, err := o.Decide(Landed, "r1", "the other line", day.Add(leaseFor))
	if err != nil || right.State != Done || right.Ref != "r1" || e != 0 {
		t.Errorf("decided anew: %s %s %b %v, and nothing is booked twice", right.State, right.Ref, e, err)
	}
	fell, e, err := o.Decide(Fell, "r1", "it came back", day.Add(leaseFor))
	if err != nil || fell.State != Failed || e != Back {
		t.Errorf("it was back after all: %s %b %v", fell.State, e, err)
	}
}
