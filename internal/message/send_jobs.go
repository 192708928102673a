package message

import (
	"context"
	"errors"
	"hash/fnv"
	"time"

	"kolega/internal/access"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/job"
)

// sendDue says that an outgoing message is to go.
type sendDue struct{ ID string }

// Kind names the job.
func (sendDue) Kind() string { return "message.send-due" }

// settleDue says that the time to wait for a status of an attempt without an answer is over.
type settleDue struct{ ID string }

// Kind names the job.
func (settleDue) Kind() string { return "message.settle-due" }

// attempt is a message on its way out, with what it goes through.
type attempt struct {
	out         Outgoing
	thread      Thread
	channel     Channel
	hasTemplate bool
}

// sendDue carries one message out. Before the call it keeps that it calls; a second run
// that finds it so does not call again, since the first may have reached the service.
func (s *Service) sendDue(ctx context.Context, e sendDue) error {
	var a attempt
	var ready bool
	err := s.db.Write(ctx, func(tx *db.Tx) (err error) {
		a, ready, err = s.begin(ctx, tx, e.ID)
		return err
	})
	if err != nil || !ready {
		return err
	}
	answer := s.carry(ctx, a)
	return s.db.Write(ctx, func(tx *db.Tx) error { return s.end(ctx, tx, a, answer) })
}

// begin decides whether a message goes now and keeps that it does.
func (s *Service) begin(ctx context.Context, tx *db.Tx, id string) (a attempt, ready bool, err error) {
	if a.out, err = LoadOutgoing(ctx, tx, id); err != nil {
		if errors.Is(err, db.ErrNotFound) {
			err = nil
		}
		return a, false, err
	}
	if a.out.State == Sending {
		return a, false, s.end(ctx, tx, attempt{out: a.out}, Answer{Verdict: Unsure})
	}
	if a.out.State != Queued {
		return a, false, nil
	}
	if a.thread, err = LoadThread(ctx, tx, a.out.ThreadID); err != nil {
		return a, false, err
	}
	if a.channel, err = loadChannel(ctx, tx, a.out.Channel); err != nil && !errors.Is(err, db.ErrNotFound) {
		return a, false, err
	}
	if held, err := hold(ctx, tx, &a); err != nil || held {
		return a, false, err
	}
	if err := s.choose(ctx, tx, &a); err != nil {
		return a, false, err
	}
	if a.out.State != ByHand {
		a.out.State, a.out.AttemptAt = Sending, tx.Now()
	}
	if err := saveOut(ctx, tx, a.out); err != nil {
		return a, false, err
	}
	a.out.Version++
	return a, a.out.State == Sending, nil
}

// hold keeps a message back: for good when the receiver wants none, for a person when
// nothing is connected, for later when the channel or the receiver's clock says so.
func hold(ctx context.Context, tx *db.Tx, a *attempt) (bool, error) {
	now, o := tx.Now(), &a.out
	switch {
	case !a.thread.StoppedAt.IsZero():
		o.State, o.Reason, o.EndedAt, o.sealed = Stopped, "opted-out", now, ""
		return true, saveOut(ctx, tx, *o)
	case !a.channel.Active:
		o.State, o.Reason = ByHand, "not-connected"
		return true, saveOut(ctx, tx, *o)
	case a.channel.FailCode != "":
		return true, putOff(ctx, tx, *o, now.Add(time.Hour))
	case now.Before(a.channel.PausedUntil):
		return true, putOff(ctx, tx, *o, a.channel.PausedUntil.Add(spread(o.ID)))
	case now.Before(o.DueAt):
		return true, putOff(ctx, tx, *o, o.DueAt)
	case o.Urgent || o.AttemptAt.IsZero() && o.Tries == 0: // its time was chosen when it was queued
		return false, nil
	}
	cal, err := country.CalendarIn(ctx, tx, o.Zone)
	if err != nil || cal.IsOpen(now) || cal.NextOpen(now).IsZero() {
		return false, err
	}
	return true, putOff(ctx, tx, *o, cal.NextOpen(now))
}

// spread lets the messages that a pause held back go over a minute, so that they do not
// all come at its end and cause the next one.
func spread(id string) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return time.Duration(h.Sum32()%60_000) * time.Millisecond
}

func putOff(ctx context.Context, tx *db.Tx, o Outgoing, until time.Time) error {
	o.DueAt = until
	if err := saveOut(ctx, tx, o); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, sendDue{o.ID}, job.After(until))
}

// choose takes the approved template when WhatsApp's window is closed; without one a
// person has to send the message.
func (s *Service) choose(ctx context.Context, tx *db.Tx, a *attempt) error {
	if a.out.Channel != ByWhatsApp {
		return nil
	}
	ref, err := templateFor(ctx, tx, access.Role(a.thread.Party), a.out)
	if err != nil {
		return err
	}
	a.hasTemplate = ref != nil
	if a.out.Template == nil && a.thread.Window(tx.Now()) > 0 && a.out.Reason != "window" {
		return nil
	}
	if a.out.Template = ref; ref == nil {
		a.out.State, a.out.Reason = ByHand, "window"
	}
	return nil
}

// end keeps what an attempt's answer means. An answer to an attempt that is no longer
// the newest changes nothing.
func (s *Service) end(ctx context.Context, tx *db.Tx, a attempt, answer Answer) error {
	o, err := LoadOutgoing(ctx, tx, a.out.ID)
	if err != nil || !o.AttemptAt.Equal(a.out.AttemptAt) || o.State != Sending && o.State != Unclear {
		return err // a status, a person or a later attempt was faster
	}
	e := o.Take(answer, tx.Now(), a.hasTemplate)
	if answer.Verdict == NoWindow {
		o.Reason = "window"
	}
	if o.State != Queued && o.State != Unclear && o.State != ByHand {
		o.sealed = ""
	}
	early, err := earlier(ctx, tx, &o)
	if err != nil {
		return err
	}
	if err := saveOut(ctx, tx, o); err != nil {
		return err
	}
	if early || answer.Verdict == Took {
		if err := keepHeard(ctx, tx, o.Channel); err != nil {
			return err
		}
	}
	return effect(ctx, tx, o, e)
}

// earlier takes in the statuses that came before the message's own answer.
func earlier(ctx context.Context, tx *db.Tx, o *Outgoing) (bool, error) {
	if o.Ref == "" {
		return false, nil
	}
	all, err := statusesOf(ctx, tx, o.Ref)
	for _, s := range all {
		o.hear(s)
	}
	return len(all) > 0, err
}

// effect carries out what an answer asks for beside the message.
func effect(ctx context.Context, tx *db.Tx, o Outgoing, e Effect) error {
	if e.Pause > 0 || e.Shut != "" {
		until := tx.Now().Add(e.Pause)
		if err := keepTrouble(ctx, tx, o.Channel, e.Shut, until); err != nil {
			return err
		}
	}
	if e.Stop || e.Bad != "" {
		t, err := LoadThread(ctx, tx, o.ThreadID)
		if err != nil {
			return err
		}
		if e.Bad != "" {
			t.Bad = e.Bad
		}
		if e.Stop && t.StoppedAt.IsZero() {
			t.StoppedAt, t.StoppedHow = tx.Now(), "service"
		}
		if err := saveThread(ctx, tx, t); err != nil {
			return err
		}
	}
	if e.Refresh {
		if err := job.Enqueue(ctx, tx, templatesDue{}); err != nil {
			return err
		}
	}
	if e.Retry {
		return job.Enqueue(ctx, tx, sendDue{o.ID}, job.After(o.DueAt))
	}
	if !e.Settle.IsZero() {
		return job.Enqueue(ctx, tx, settleDue{o.ID}, job.After(e.Settle))
	}
	return nil
}

// settleDue decides about a message of which nothing was heard.
func (s *Service) settleDue(ctx context.Context, e settleDue) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		o, err := LoadOutgoing(ctx, tx, e.ID)
		if err != nil || o.State != Unclear {
			if errors.Is(err, db.ErrNotFound) {
				err = nil
			}
			return err
		}
		c, err := loadChannel(ctx, tx, o.Channel)
		if err != nil || !o.Settled(tx.Now(), c.ToldAt) {
			return err
		}
		if err := saveOut(ctx, tx, o); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, sendDue{o.ID})
	})
}
