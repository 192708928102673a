package payout

import (
	"strconv"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
)

// Order is one transfer of an attempt that a payment provider is told to make.
// Its key is kept before the first call and goes with every call, so that a
// call that is made again changes nothing (I-01). A new key comes only with a
// new attempt, which needs the provider's word that the last one ended.
type Order struct {
	ID         string
	AttemptID  string
	Part       int64
	Key        string
	Account    string // the provider's account it is paid from: "flip", "xendit-PHP"
	Amount     money.Amount
	AccountEnd string // last four digits of where it goes
	State      OrderState
	Ref        string // the provider's id, text of any form
	Sends      int64  // calls that may have reached the provider
	Asks       int64
	Doubt      bool // what came of an earlier call is not known
	Missing    bool // asked, and the provider did not know the key
	Frozen     bool // the provider contradicts what was ordered: only people go on
	Fence      int64
	LeaseUntil time.Time // one sender holds it until then
	MadeAt     time.Time
	SentAt     time.Time // of the first call
	DoneAt     time.Time
	NextAt     time.Time // when to look again; zero for never
	Reason     string    // the provider's, of a failure, or a person's
	Version    int64
}

// OrderState is where an order is.
type OrderState string

// The states of an order. Queued was not sent; Calling has a call under way;
// Unknown may have gone or not; Reconcile is for people to find out. Failed,
// Reversed, Refused and Withdrawn are ends after which a new attempt may be made.
const (
	Queued    OrderState = "queued"
	Calling   OrderState = "calling"
	Unknown   OrderState = "unknown"
	Accepted  OrderState = "accepted"
	Done      OrderState = "done"
	Failed    OrderState = "failed"   // the provider ended it, the money is back
	Reversed  OrderState = "reversed" // it was done and came back
	Refused   OrderState = "refused"  // the provider never took it
	Withdrawn OrderState = "withdrawn"
	Reconcile OrderState = "reconcile"
)

// OrderStates lists them in the order of an order's life.
var OrderStates = []OrderState{Queued, Calling, Unknown, Accepted, Reconcile, Done, Failed, Reversed, Refused, Withdrawn}

// The times of an order.
const (
	leaseFor    = 2 * time.Minute // a sender's turn; its calls end well before
	callsEnd    = 30 * time.Second
	resolveIn   = 24 * time.Hour // from then on people must find out
	watchFor    = 10 * 24 * time.Hour
	watchEvery  = 24 * time.Hour
	pausedEvery = 6 * time.Hour
)

// askAfter are the waits between looks at an order (I-02); the last one stays.
var askAfter = []time.Duration{10 * time.Second, time.Minute, 5 * time.Minute, 30 * time.Minute, time.Hour}

// OrderKey is the key of a part of an attempt: the same for all calls about it.
func OrderKey(a Attempt, part int64) string { return a.Key + "-" + strconv.FormatInt(part, 10) }

// NewOrder makes the order of one part.
func NewOrder(a Attempt, t Transfer, account string, now time.Time) Order {
	return Order{AttemptID: a.ID, Part: t.Number, Key: OrderKey(a, t.Number), Account: account, Amount: t.Amount, AccountEnd: a.AccountEnd, State: Queued, MadeAt: now, NextAt: now, Version: 1}
}

// Ended says whether nothing of the order can move any more by what is known.
func (o Order) Ended() bool {
	return o.State == Failed || o.State == Reversed || o.State == Refused || o.State == Withdrawn
}

// Open says whether the order keeps other ways of paying its part closed.
func (o Order) Open() bool { return !o.Ended() }

// Step is what a sender does with an order in its turn.
type Step string

// The steps.
const (
	Rest Step = ""     // nothing now
	Send Step = "send" // tell the provider, with the key
	Ask  Step = "ask"  // ask what became of it
)

// Take gives a sender its turn at an order: the step, and the order as it is kept
// before the step is done. keyLife is how long the provider is known to keep a
// key; a call with an older key could pay twice, so it is not made. After a day
// the order is for people: the caller calls them when the state becomes
// Reconcile. hinted is a word from outside that there is news. Who comes while another holds the turn
// gets Rest.
func (o Order) Take(now time.Time, keyLife time.Duration, hinted bool) (Order, Step) {
	if now.Before(o.LeaseUntil) || o.Frozen || o.State == Withdrawn {
		return o, Rest
	}
	if !hinted && (o.NextAt.IsZero() || now.Before(o.NextAt)) {
		return o, Rest
	}
	step := Ask
	switch {
	case o.State == Queued && hinted && now.Before(o.NextAt):
		return o, Rest // nobody can know more of it than we do
	case o.State == Queued && now.Sub(o.MadeAt) < resolveIn:
		step = Send
	case o.State == Queued:
		o.State = Unknown // a day has passed: ask once more, then people find out
	case o.State == Calling:
		o.State, o.Doubt, o.Missing = Unknown, true, false // its sender is gone
	case o.State == Unknown && o.Missing && o.keyLives(now, keyLife):
		step = Send
	}
	if step == Send {
		o.State, o.Sends, o.Missing = Calling, o.Sends+1, false
		if o.SentAt.IsZero() {
			o.SentAt = now
		}
	} else {
		o.Asks++
		if !o.Ended() && o.State != Done && now.Sub(o.MadeAt) >= resolveIn {
			o.State = Reconcile // kept before the call, so that no sender's end can delay it
		}
	}
	o.Fence++
	o.LeaseUntil = now.Add(leaseFor)
	o.NextAt = o.LeaseUntil
	return o, step
}

// keyLives says whether a call that begins now ends while the provider surely
// still knows the key of the first one.
func (o Order) keyLives(now time.Time, keyLife time.Duration) bool {
	return !now.Add(leaseFor).After(o.SentAt.Add(keyLife)) && now.Sub(o.MadeAt) < resolveIn
}

// CallUntil is when the calls of this turn must have ended.
func (o Order) CallUntil() time.Time { return o.LeaseUntil.Add(-callsEnd) }

// Verdict is what a provider says about an order.
type Verdict string

// The verdicts. The four about a transfer that the provider knows come with its
// id. Silent is every answer from which nothing follows: a time-out, a
// cut connection, a server's error, a page of HTML.
const (
	Silent   Verdict = "silent"
	Taken    Verdict = "taken"     // it has it and works on it
	Landed   Verdict = "landed"    // the money has arrived
	Fell     Verdict = "fell"      // it will not arrive; the money is back
	CameHome Verdict = "came-home" // it had arrived and is back
	NoSuch   Verdict = "no-such"   // it does not know the key
	Rejected Verdict = "rejected"  // it refuses the order as it is
	NotYet   Verdict = "not-yet"   // it did not look at it: too many calls, wrong secret, no balance
)

// Answer is a provider's answer with the figures it names.
type Answer struct {
	Verdict    Verdict
	Ref        string
	Amount     money.Amount // what is to arrive; zero where it is not said
	AccountEnd string       // last four digits of where it goes; empty where it is not said
	Debit      money.Amount // what left the agency's balance, without the fee
	Fee        money.Amount
	Rate       string // of the debit's currency for one of the amount's; empty in one currency
	Reason     string
	Wait       time.Duration // before another call, where it asks for one
}

// Effect is what an answer changes outside the order. Each happens once an order.
type Effect uint8

// The effects, in the order in which they are carried out.
const (
	Went     Effect = 1 << iota // the transfer left
	Came                        // it has arrived
	Back                        // it came back
	Declined                    // it never left
	Alarm                       // people must look
)

// Has says whether e is among the effects.
func (e Effect) Has(one Effect) bool { return e&one != 0 }

// accepted says whether the order's transfer was booked as gone.
func (o Order) accepted() bool { return o.Ref != "" }

// UnknownReference is the reason of an order about which a person gave a reference
// that its provider does not know.
const UnknownReference = "unknown-reference"

// Hear is what an answer to a step makes of the order. fence is that of the turn
// in which the step was done: an answer of a turn that is over says nothing, the
// next turn asks again.
func (o Order) Hear(step Step, fence int64, a Answer, now time.Time) (Order, Effect) {
	if fence != o.Fence || step == Rest {
		return o, 0
	}
	o.LeaseUntil = time.Time{}
	switch {
	case o.Frozen:
		return o, 0
	case o.contradicts(a) && o.Ended():
		return o.end(o.State, o.Reason), Alarm
	case o.contradicts(a):
		return o.freeze("contradicts"), Alarm
	}
	var e Effect
	switch a.Verdict {
	case Taken, Landed, Fell, CameHome:
		o, e = o.settle(a, now)
	case Rejected:
		o, e = o.rejected(step, a)
	case NoSuch:
		o.Missing = o.State == Unknown
		if o.State == Done { // a person's word, with an id that the provider does not know
			o.State, o.Reason, e = Reconcile, UnknownReference, Alarm
		}
	case NotYet:
		if step == Send && !o.Doubt {
			o.State, o.Reason = Queued, a.Reason
		} else if step == Send {
			o.State, o.Missing = Unknown, false
		}
	default:
		if step == Send {
			o.State, o.Doubt, o.Missing = Unknown, true, false
		}
	}
	return o.plan(a.Wait, now, e)
}

// contradicts says whether the provider speaks of another amount, account or id
// than was ordered, or gives life to what had ended.
func (o Order) contradicts(a Answer) bool {
	if a.Verdict != Taken && a.Verdict != Landed && a.Verdict != Fell && a.Verdict != CameHome {
		return false
	}
	switch {
	case !a.Amount.None() && a.Amount != o.Amount, a.AccountEnd != "" && a.AccountEnd != o.AccountEnd:
		return true
	case o.Ref != "" && a.Ref != o.Ref:
		return true
	}
	return o.Ended() && (a.Verdict == Taken || a.Verdict == Landed)
}

// settle applies a provider's word about a transfer that it knows.
func (o Order) settle(a Answer, now time.Time) (Order, Effect) {
	if o.Ended() {
		return o, 0 // told before
	}
	var e Effect
	if !o.accepted() {
		o.Ref, e = a.Ref, Went
	}
	o.Doubt, o.Missing = false, false
	switch {
	case a.Verdict == Landed && o.State != Done:
		o.State = Done
		if !o.DoneAt.IsZero() {
			return o, e // it was believed before
		}
		o.DoneAt = now
		return o, e | Came
	case a.Verdict == Landed, a.Verdict == Taken && o.State == Done:
		return o, e
	case a.Verdict == Fell && o.State != Done:
		return o.end(Failed, a.Reason), e | Back | Alarm
	case a.Verdict == Fell, a.Verdict == CameHome:
		return o.end(Reversed, a.Reason), e | Back | Alarm
	case o.State != Reconcile:
		o.State = Accepted
	}
	return o, e
}

// rejected ends an order that the provider refused; where an earlier call may have
// gone through, the refusal of a later one proves nothing.
func (o Order) rejected(step Step, a Answer) (Order, Effect) {
	if step != Send {
		return o, 0
	}
	if o.Doubt || o.accepted() {
		o.State, o.Missing = Unknown, false
		return o, 0
	}
	return o.end(Refused, a.Reason), Declined | Alarm
}

// plan says when to look again, and calls people after a day.
func (o Order) plan(wait time.Duration, now time.Time, e Effect) (Order, Effect) {
	switch {
	case o.Ended():
		o.NextAt = time.Time{}
		return o, e
	case o.State == Done:
		o.NextAt = now.Add(watchEvery)
		if now.Sub(o.DoneAt) >= watchFor {
			o.NextAt = time.Time{}
		}
		return o, e
	case o.State != Reconcile && now.Sub(o.MadeAt) >= resolveIn:
		o.State, e = Reconcile, e|Alarm
	}
	if o.State == Reconcile {
		o.NextAt = now.Add(pausedEvery)
		return o, e
	}
	if wait <= 0 || wait > time.Hour {
		wait = askAfter[min(int(o.Asks+o.Sends)-1, len(askAfter)-1)]
		if o.Missing {
			wait = min(wait, time.Minute)
		}
	}
	o.NextAt = now.Add(wait)
	if last := o.MadeAt.Add(resolveIn); now.Before(last) && o.NextAt.After(last) {
		o.NextAt = last
	}
	return o, e
}

func (o Order) end(s OrderState, reason string) Order {
	o.State, o.Reason, o.NextAt, o.LeaseUntil = s, reason, time.Time{}, time.Time{}
	return o
}

// freeze stops the machine: the provider says what was never ordered.
func (o Order) freeze(reason string) Order {
	o.State, o.Frozen, o.Reason, o.NextAt = Reconcile, true, reason, time.Time{}
	return o
}

// Freeze is Hear for a callback that names another amount or account than was
// ordered: nothing it says is believed, and people are called. What the provider
// has confirmed as done stays so.
func (o Order) Freeze() (Order, Effect) {
	if o.Frozen || o.Ended() || o.State == Done {
		return o, Alarm
	}
	return o.freeze("callback-contradicts"), Alarm
}

// Faults of orders.
var (
	ErrOrdered      = fault.New(fault.Conflict, "payout.ordered") // a provider has it
	ErrNoProvider   = fault.New(fault.Conflict, "payout.no-provider")
	ErrNotReconcile = fault.New(fault.Conflict, "payout.not-reconcile")
	ErrOrderBusy    = fault.New(fault.Conflict, "payout.order-busy") // a call may be under way
	ErrVerdict      = fault.New(fault.Invalid, "payout.verdict")
)

// Withdraw takes an order back that was never sent. Faults: payout.ordered,
// payout.order-busy.
func (o Order) Withdraw(now time.Time, reason string) (Order, error) {
	switch {
	case o.Ended():
		return o, nil
	case now.Before(o.LeaseUntil):
		return o, ErrOrderBusy
	case o.State != Queued:
		return o, ErrOrdered
	}
	return o.end(Withdrawn, reason), nil
}

// Decide is a person's word on an order that is for people to find out, from the
// provider's own statement: it arrived, it went and is back, or it never went. No
// call may be under way, else what was never sent could still go. ref is the
// provider's id where the order has none. Faults: payout.not-reconcile,
// payout.order-busy, payout.verdict, payout.reason, payout.reference.
func (o Order) Decide(v Verdict, ref, reason string, now time.Time) (Order, Effect, error) {
	switch {
	case o.State != Reconcile:
		return o, 0, ErrNotReconcile
	case now.Before(o.LeaseUntil):
		return o, 0, ErrOrderBusy
	case reason == "":
		return o, 0, ErrReason.At("reason")
	case v != Landed && v != Fell && v != Rejected:
		return o, 0, ErrVerdict.At("verdict")
	case v == Rejected && o.accepted():
		return o, 0, ErrVerdict.At("verdict")
	case v != Rejected && o.Ref == "" && ref == "":
		return o, 0, ErrReference.At("reference")
	}
	o.Frozen = false
	if v == Rejected {
		return o.end(Refused, reason), Declined, nil
	}
	var e Effect
	if !o.accepted() {
		e = Went
	}
	if ref != "" {
		o.Ref = ref // also in place of one that was mistyped
	}
	if v == Landed {
		if o.DoneAt.IsZero() {
			e |= Came
			o.DoneAt = now
		}
		o.State, o.Reason, o.NextAt = Done, reason, now.Add(watchEvery) // it may still come back
		return o, e, nil
	}
	return o.end(Failed, reason), e | Back, nil
}
