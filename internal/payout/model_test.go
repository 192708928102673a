package payout

import (
	"bytes"
	"fmt"
	"hash/maphash"
	"testing"
	"time"
)

// The model explores the real rules of Order (Take, Hear, Decide) with all that a
// provider, two senders, two operators, callbacks, crashes and the clock can do.

// points are the instants that the model's clock stands at: the start, after the
// lease but within a provider's eventual consistency, past the life of a key as
// we rely on it, past what the provider keeps, and another lease on.
var points = [...]time.Duration{0, 3 * time.Minute, 21 * time.Hour, 25 * time.Hour, 25*time.Hour + 5*time.Minute}

const (
	epochs      = 3 // attempts
	crashBudget = 2
	hintBudget  = 2
	keyLifeHere = 20 * time.Hour
	keptThere   = 24 * time.Hour
	unseenFor   = 10 * time.Minute
)

var zeroHour = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)

// at is what a provider has under one key.
type atProvider struct {
	made   int8
	status int8 // 0 on its way, 1 done, 2 failed, 3 returned
	when   int8
}

type sender struct {
	on       bool
	called   bool
	epoch    int8
	step     Step
	fence    int64
	deadline time.Duration
	verdict  Verdict
}

type world struct {
	orders  [epochs]Order
	n       int8 // attempts made
	there   [epochs]atProvider
	senders [2]sender
	clock   int8
	crashes int8
	hints   int8
	booked  [epochs][4]int8 // went, came, back, declined
	alarmed [epochs]bool
}

// bug is a planted mistake; none for the real rules.
type bug string

const (
	noBug           bug = ""
	newKeyOnTimeout bug = "resend with a new key on time-out"
	failedOnTimeout bug = "mark failed on time-out"
	trustCallback   bug = "trust the callback's body"
	lateSender      bug = "lease expiry while sending"
)

func (w world) now() time.Time { return zeroHour.Add(points[w.clock]) }

func fresh(epoch int8, now time.Time) Order {
	return Order{ID: fmt.Sprint(epoch), Key: fmt.Sprint("k", epoch), State: Queued, MadeAt: now, NextAt: now}
}

func start() world {
	w := world{n: 1}
	w.orders[0] = fresh(0, w.now())
	return w
}

// apply keeps what an answer made of an order and books its effects.
func (w world) apply(epoch int8, o Order, e Effect) world {
	w.orders[epoch] = o
	for i, one := range []Effect{Went, Came, Back, Declined} {
		if e.Has(one) {
			w.booked[epoch][i]++
		}
	}
	w.alarmed[epoch] = w.alarmed[epoch] || e.Has(Alarm)
	return w
}

// next gives every world that can follow.
func (w world) next(b bug) (out []world) {
	if int(w.clock) < len(points)-1 {
		x := w
		x.clock++
		out = append(out, x)
	}
	for i := range w.there {
		out = append(out, w.providerMoves(i)...)
	}
	for i := range w.senders {
		out = append(out, w.senderMoves(i, b)...)
	}
	for e := range w.n {
		if w.orders[e].Ended() {
			continue // a hint about it only asks, see TestOrder_AnEndedOrderStaysEnded
		}
		out = append(out, w.turns(e, false)...)
		if w.hints < hintBudget {
			x := w
			x.hints++
			out = append(out, x.turns(e, true)...)
			if b == trustCallback {
				out = append(out, x.believes(e)...)
			}
		}
		out = append(out, w.decides(e)...)
	}
	if last := w.orders[w.n-1]; w.n < epochs && last.Ended() {
		out = append(out, w.again()) // an operator; a second click finds the attempt made
	}
	return out
}

// again makes a new attempt, with a new key.
func (w world) again() world {
	w.orders[w.n] = fresh(w.n, w.now())
	w.n++
	return w
}

func (w world) providerMoves(i int) (out []world) {
	t := w.there[i]
	if t.made == 0 {
		return nil
	}
	moves := map[int8][]int8{0: {1, 2}, 1: {3}}[t.status]
	for _, to := range moves {
		x := w
		x.there[i].status = to
		out = append(out, x)
	}
	return out
}

// turns lets a free sender take its turn at an order.
func (w world) turns(e int8, hinted bool) (out []world) {
	for i, s := range w.senders {
		if s.on {
			continue
		}
		o, step := w.orders[e].Take(w.now(), keyLifeHere, hinted)
		if step == Rest {
			return out
		}
		x := w
		x.alarmed[e] = x.alarmed[e] || o.State == Reconcile
		x.orders[e] = o
		x.senders[i] = sender{on: true, epoch: e, step: step, fence: o.Fence, deadline: o.CallUntil().Sub(zeroHour)}
		return append(out, x)
	}
	return out
}

func (w world) senderMoves(i int, b bug) (out []world) {
	s := w.senders[i]
	if !s.on {
		return nil
	}
	if w.crashes < crashBudget {
		x := w
		x.crashes++
		x.senders[i] = sender{}
		out = append(out, x)
	}
	if s.called {
		return append(out, w.delivers(i, b))
	}
	answered := func(x world, v Verdict) {
		x.senders[i].called, x.senders[i].verdict = true, v
		out = append(out, x)
	}
	if late := points[w.clock] > s.deadline; late && b != lateSender {
		answered(w, Silent) // its time is over: the call is not made
		return out
	}
	if s.step == Send {
		answered(w, Silent)
		answered(w, NotYet)
		if w.there[s.epoch].made == 0 {
			answered(w, Rejected)
		}
		x := w.accepts(s.epoch)
		answered(x, Taken)
		answered(x, Silent)
		return out
	}
	answered(w, Silent)
	t := w.there[s.epoch]
	since := points[w.clock] - points[t.when]
	known := t.made > 0 && (w.orders[s.epoch].Ref != "" || since < keptThere)
	if !known || since < unseenFor {
		answered(w, NoSuch)
	}
	if known {
		answered(w, [...]Verdict{Taken, Landed, Fell, CameHome}[t.status])
	}
	return out
}

// accepts is the provider taking a call: the key makes it once, while it is kept.
func (w world) accepts(e int8) world {
	t := &w.there[e]
	if t.made == 0 || points[w.clock]-points[t.when] >= keptThere {
		*t = atProvider{made: t.made + 1, when: w.clock}
	}
	return w
}

func (w world) delivers(i int, b bug) world {
	s := w.senders[i]
	w.senders[i] = sender{}
	o := w.orders[s.epoch]
	if s.step == Send && s.verdict == Silent && s.fence == o.Fence {
		switch b {
		case failedOnTimeout:
			return w.apply(s.epoch, o.end(Failed, "time-out"), Declined)
		case newKeyOnTimeout:
			w = w.apply(s.epoch, o.end(Failed, "time-out"), Declined)
			if w.n < epochs {
				w = w.again()
			}
			return w
		}
	}
	o, e := o.Hear(s.step, s.fence, Answer{Verdict: s.verdict, Ref: fmt.Sprint("r", s.epoch)}, w.now())
	return w.apply(s.epoch, o, e)
}

// believes is the planted trust in what a callback says, true or not.
func (w world) believes(e int8) (out []world) {
	for _, v := range []Verdict{Landed, Fell} {
		o := w.orders[e]
		o, effect := o.Hear(Ask, o.Fence, Answer{Verdict: v, Ref: fmt.Sprint("r", e)}, w.now())
		out = append(out, w.apply(e, o, effect))
	}
	return out
}

// decides is a person who reads the provider's statement, truthfully.
func (w world) decides(e int8) (out []world) {
	t := w.there[e]
	v := Rejected
	if t.made > 0 {
		v = map[int8]Verdict{1: Landed, 2: Fell, 3: Fell}[t.status]
	}
	if v == "" {
		return nil // on its way: nothing to decide yet
	}
	o, effect, err := w.orders[e].Decide(v, fmt.Sprint("r", e), "statement", w.now())
	if err != nil {
		return nil
	}
	return append(out, w.apply(e, o, effect))
}

// wrong says which law a world breaks.
func (w world) wrong() string {
	live := 0
	for e := range w.n {
		t := w.there[e]
		if t.made > 1 {
			return fmt.Sprintf("attempt %d was paid twice under one key", e+1)
		}
		if t.made == 1 && t.status < 2 {
			live++
		}
		for i, n := range w.booked[e] {
			if n > 1 {
				return fmt.Sprintf("attempt %d: effect %d booked %d times", e+1, i, n)
			}
		}
		b := w.booked[e]
		switch {
		case b[1] > 0 && t.status != 1 && t.status != 3:
			return fmt.Sprintf("attempt %d is booked as arrived and did not", e+1)
		case b[2] > 0 && t.status < 2:
			return fmt.Sprintf("attempt %d is booked as back and is not", e+1)
		case b[0] > 0 && t.made == 0:
			return fmt.Sprintf("attempt %d is booked as gone and did not", e+1)
		}
	}
	if live > 1 {
		return "two attempts pay the same thing"
	}
	return ""
}

// fair lets everything go well from here on: nobody dies, the provider answers and
// finishes. It gives the first order that is not resolved a day later, or whose
// trouble called nobody.
func (w world) fair() string {
	for i := range w.senders {
		if s := w.senders[i]; s.on && !s.called {
			w.senders[i].called, w.senders[i].verdict = true, Silent
		}
		if w.senders[i].on {
			w = w.delivers(i, noBug)
		}
	}
	now, last := w.now(), w.now().Add(26*time.Hour)
	for ; now.Before(last); now = now.Add(30 * time.Minute) {
		for e := range w.n {
			o, step := w.orders[e].Take(now, keyLifeHere, false)
			if step == Rest {
				continue
			}
			w.alarmed[e] = w.alarmed[e] || o.State == Reconcile
			v := Rejected
			t := w.there[e]
			switch {
			case t.made > 0 && t.status == 0:
				w.there[e].status, v = 1, Landed
			case t.made > 0:
				v = [...]Verdict{Taken, Landed, Fell, CameHome}[t.status]
			case step == Send:
				w.there[e] = atProvider{made: 1}
				v = Taken
			default:
				v = NoSuch
			}
			o, effect := o.Hear(step, o.Fence, Answer{Verdict: v, Ref: fmt.Sprint("r", e)}, now)
			w = w.apply(e, o, effect)
		}
	}
	for e := range w.n {
		o := w.orders[e]
		switch {
		case o.State == Reconcile && !w.alarmed[e]:
			return fmt.Sprintf("attempt %d needs people and nobody was called", e+1)
		case o.State != Reconcile && o.State != Done && !o.Ended():
			return fmt.Sprintf("attempt %d is %s a day later", e+1, o.State)
		}
	}
	return ""
}

// tidy lets go of senders of whom nothing can come any more: what they heard is of a
// turn that is over, or their time to call is.
func (w world) tidy(b bug) world {
	for i, s := range w.senders {
		over := s.on && s.fence != w.orders[s.epoch].Fence
		late := !s.called && points[w.clock] > s.deadline && b != lateSender
		if over && (s.called || late) {
			w.senders[i] = sender{}
		}
	}
	return w
}

var seed = maphash.MakeSeed()

// seenKey names a world in the set of those seen: two hashes, so that a clash
// within some ten million is out of the question.
type seenKey [2]uint64

var stateAt = map[OrderState]byte{Queued: 1, Calling: 2, Unknown: 3, Accepted: 4, Done: 5, Failed: 6, Reversed: 7, Refused: 8, Withdrawn: 9, Reconcile: 10}

// key leaves out what decides nothing any more: how often was looked beyond the last
// wait, the instants of an order that ended, and how many turns are over.
func (w world) key() seenKey {
	b := make([]byte, 0, 128)
	flag := func(x ...bool) {
		for _, y := range x {
			if y {
				b = append(b, 1)
			} else {
				b = append(b, 0)
			}
		}
	}
	for i, o := range w.orders {
		b = append(b, stateAt[o.State])
		flag(o.Ref != "", w.alarmed[i])
		if !o.Ended() {
			flag(o.Doubt, o.Missing, o.Frozen, !o.DoneAt.IsZero())
			b = append(b, byte(min(o.Asks+o.Sends, 5)), upTo(o.NextAt), upTo(o.LeaseUntil), upTo(o.MadeAt), upTo(o.SentAt))
		}
		t := w.there[i]
		b = append(b, byte(t.made), byte(t.status), byte(t.when))
		for _, n := range w.booked[i] {
			b = append(b, byte(n))
		}
	}
	var held [2][]byte
	for i, s := range w.senders {
		if s.on {
			over := byte(0)
			if s.fence != w.orders[s.epoch].Fence {
				over = 1
			}
			held[i] = append([]byte{1, byte(s.epoch), over, s.step[0], upTo(zeroHour.Add(s.deadline))}, s.verdict...)
		}
	}
	if bytes.Compare(held[0], held[1]) > 0 {
		held[0], held[1] = held[1], held[0]
	}
	b = append(append(append(b, byte(w.n), byte(w.clock), byte(w.crashes), byte(w.hints)), held[0]...), held[1]...)
	return seenKey{maphash.Bytes(seed, b), maphash.Bytes(seed, append(b, 'x'))}
}

// upTo is the model's next point of an instant, since nothing looks between.
func upTo(t time.Time) byte {
	if t.IsZero() {
		return 255
	}
	for i, p := range points {
		if !zeroHour.Add(p).Before(t) {
			return byte(i)
		}
	}
	return 100
}

// explore visits every world that can be reached, at most limit, and gives the
// first broken law with the way to it.
func explore(b bug, limit int, live bool) (states int, problem string) {
	first := start()
	seen := map[seenKey]struct{}{first.key(): {}}
	queue := []world{first}
	for len(queue) > 0 {
		w := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		states++
		if p := w.wrong(); p != "" {
			return states, p
		}
		if live && states%50 == 0 {
			if p := w.fair(); p != "" {
				return states, p
			}
		}
		if states >= limit {
			return states, "limit"
		}
		for _, x := range w.next(b) {
			x = x.tidy(b)
			k := x.key()
			if _, ok := seen[k]; !ok {
				seen[k] = struct{}{}
				queue = append(queue, x)
			}
		}
	}
	return states, ""
}

func TestModel_TheRulesPayOnce(t *testing.T) {
	began := time.Now()
	states, problem := explore(noBug, 20_000_000, true)
	if problem != "" {
		t.Fatalf("after %d states: %s", states, problem)
	}
	t.Logf("%d states in %v", states, time.Since(began))
	if states < 100_000 {
		t.Errorf("only %d states: the model proves little", states)
	}
}

func TestModel_FindsThePlantedBugs(t *testing.T) {
	for _, b := range []bug{newKeyOnTimeout, failedOnTimeout, trustCallback, lateSender} {
		states, problem := explore(b, 20_000_000, false)
		if problem == "" || problem == "limit" {
			t.Errorf("%s: not found in %d states", b, states)
			continue
		}
		t.Logf("%s: found after %d states: %s", b, states, problem)
	}
}
