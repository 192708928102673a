package message

import "time"

// Answer is what a service said of one attempt.
type Answer struct {
	Verdict Verdict
	Ref     string        // the service's id, when it took the message
	Wait    time.Duration // before another try, where the service says so
	Reason  string        // code, with a text under message.reason.*
	Detail  string        // the service's own words
}

// Verdict is what an answer means for the message and for its channel.
type Verdict int

// The verdicts.
const (
	Took       Verdict = iota
	Refused            // for good: this message cannot go
	BadAddress         // nor any other to this address
	OptedOut           // the receiver wants none
	NoWindow           // WhatsApp's window is closed: a template may go
	PutOff             // later, this message
	Busy               // later, the whole channel
	Shut               // the channel is out of order until a person looks
	Unheard            // nobody was reached: later
	Unsure             // the service may have it
)

// limits of trying again.
const (
	mostTries   = 12
	settleAfter = 15 * time.Minute // silence after an attempt without an answer
	mostAgain   = 1
)

// Effect is what an answer asks for beside the message itself.
type Effect struct {
	Pause   time.Duration // of the channel
	Shut    string        // the channel is out of order, with a reason
	Stop    bool          // the receiver wants no more
	Bad     string        // the address reaches nobody
	Retry   bool          // the message has a new time
	Settle  time.Time     // look again whether a status came
	Refresh bool          // its approved template is no longer what we know
}

// Take applies the answer of an attempt. hasTemplate tells whether the message can go
// as a template when the window is closed.
func (o *Outgoing) Take(a Answer, now time.Time, hasTemplate bool) (e Effect) {
	o.Reason, o.Detail = a.Reason, a.Detail
	switch a.Verdict {
	case Took:
		o.Ref, o.Reason, o.Detail = a.Ref, "", ""
		o.Advance(Accepted, now)
	case Refused:
		o.State, o.EndedAt = Failed, now
		e.Refresh = o.Template != nil
	case BadAddress:
		o.State, o.EndedAt, e.Bad = Failed, now, a.Reason
	case OptedOut:
		o.State, o.EndedAt, e.Stop = Stopped, now, true
	case NoWindow:
		if o.Template == nil && hasTemplate {
			o.later(now, 0, &e)
			break
		}
		o.State = ByHand
	case PutOff, Unheard:
		o.Tries++
		if o.Tries >= mostTries {
			o.State, o.EndedAt = Failed, now
			break
		}
		o.later(now, max(a.Wait, backoff(o.Tries)), &e)
	case Busy:
		o.later(now, max(a.Wait, backoff(1)), &e)
		e.Pause = max(a.Wait, backoff(1))
	case Shut:
		o.later(now, time.Hour, &e)
		e.Shut = a.Reason
	case Unsure:
		o.unsure(now, &e)
	}
	return e
}

func (o *Outgoing) later(now time.Time, wait time.Duration, e *Effect) {
	o.State, o.DueAt, e.Retry = Queued, now.Add(wait), true
}

// unsure keeps that an attempt's outcome is unknown. WhatsApp says by a status whether
// it has the message, and is waited for; a mail server cannot be asked.
func (o *Outgoing) unsure(now time.Time, e *Effect) {
	o.State = Unclear
	if o.Reason == "" {
		o.Reason = "no-answer"
	}
	if o.Channel == ByWhatsApp {
		e.Settle = now.Add(settleAfter)
	}
}

// Settled decides what becomes of a message without an answer once the time to wait is
// over: it goes again only when the service has told us of other messages since, so
// that its silence means that it never had this one, and at most once; otherwise a
// person decides.
func (o *Outgoing) Settled(now, heard time.Time) (again bool) {
	if o.State != Unclear || o.Channel != ByWhatsApp || o.Again >= mostAgain || !heard.After(o.AttemptAt.Add(settleAfter/3)) {
		return false
	}
	o.State, o.DueAt, o.Again = Queued, now, o.Again+1
	return true
}

// backoff is the wait after the n-th attempt that did not go: 4 s, 16 s, 64 s … at most
// an hour.
func backoff(n int64) time.Duration {
	return min(time.Second<<(2*min(n, 6)), time.Hour)
}
