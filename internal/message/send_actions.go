package message

import (
	"context"
	"errors"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/secret"
)

// Queue keeps a letter to be sent, as a step in a change of a higher slice: it goes when
// the change is kept, once, in the receiver's working time unless it is urgent. The
// same origin again gives the first message and changes nothing. When the channel is
// not connected, or the receiver's address reaches nobody, the message waits for a
// person (ByHand). Faults: message.empty, message.long, message.no-way, message.stopped
// when the receiver wants none.
func Queue(ctx context.Context, tx *db.Tx, actor access.Actor, l Letter) (Outgoing, error) {
	if l.Origin != "" {
		if o, err := outByOrigin(ctx, tx, l.Origin); !errors.Is(err, db.ErrNotFound) {
			return o, err
		}
	}
	if err := l.check(); err != nil {
		return Outgoing{}, err
	}
	t, err := threadFor(ctx, tx, l)
	if err != nil {
		return Outgoing{}, err
	}
	return queueIn(ctx, tx, actor, t, l)
}

// queueIn keeps a checked letter in its conversation.
func queueIn(ctx context.Context, tx *db.Tx, actor access.Actor, t Thread, l Letter) (o Outgoing, err error) {
	if !t.StoppedAt.IsZero() {
		return o, ErrStopped.With("name", t.Name)
	}
	o = Outgoing{ID: tx.NewID(), Origin: l.Origin, ThreadID: t.ID, CampaignID: l.CampaignID, PersonID: l.To.ID, Channel: l.Channel, Place: l.place(), Kind: l.Kind, Lang: t.Lang, Zone: t.Zone,
		Subject: l.Subject, Text: l.Text, Vars: l.Vars, File: l.File, Urgent: l.Urgent, Offer: l.Offer, State: Queued, MadeAt: tx.Now(), ByID: actor.ID, ByName: actor.Name, Version: 1}
	if o.Origin == "" {
		o.Origin = o.ID
	}
	cal, err := country.CalendarIn(ctx, tx, t.Zone)
	if err != nil {
		return o, err
	}
	o.DueAt = DueAt(tx.Now(), l.Hold, l.Urgent, l.Before, cal)
	if o.State, o.Reason, err = startState(ctx, tx, o.Channel, t); err != nil {
		return o, err
	}
	if err := insertOut(ctx, tx, o); err != nil {
		return o, err
	}
	if t.LastAt.Before(tx.Now()) {
		t.LastAt = tx.Now()
		if err := saveThread(ctx, tx, t); err != nil {
			return o, err
		}
	}
	if o.State == Queued {
		err = job.Enqueue(ctx, tx, sendDue{o.ID}, job.After(o.DueAt))
	}
	if err != nil {
		return o, err
	}
	return o, recordOut(ctx, tx, actor, o, t, "")
}

// recordOut keeps in the trail that a message was queued or settled; its words stay out.
func recordOut(ctx context.Context, tx *db.Tx, actor access.Actor, o Outgoing, t Thread, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "message.send", Subject: "message", ID: o.ID, Campaign: o.CampaignID, Client: t.ClientID, Reason: reason,
		After: map[string]any{"channel": o.Channel, "kind": o.Kind, "state": string(o.State)}})
}

// Connected tells whether the program itself sends through a channel. It is a step in
// a change of a higher slice that has nothing to hand to a person otherwise.
func Connected(ctx context.Context, tx *db.Tx, channel string) (bool, error) {
	c, err := loadChannel(ctx, tx, channel)
	if errors.Is(err, db.ErrNotFound) {
		return false, nil
	}
	return c.Active, err
}

// startState says whether a new message can go by itself.
func startState(ctx context.Context, tx *db.Tx, channel string, t Thread) (OutState, string, error) {
	c, err := loadChannel(ctx, tx, channel)
	switch {
	case errors.Is(err, db.ErrNotFound), err == nil && !c.Active:
		return ByHand, "not-connected", nil
	case err != nil:
		return "", "", err
	case t.Bad != "":
		return ByHand, t.Bad, nil
	}
	return Queued, "", nil
}

// threadFor finds the conversation at a letter's address, or begins it.
func threadFor(ctx context.Context, tx *db.Tx, l Letter) (t Thread, err error) {
	column, value := "phone", l.To.Phone
	if l.Channel == ByEmail {
		column, value = "email", l.place()
	}
	t, err = threadAt(ctx, tx, column, value)
	switch {
	case err == nil && t.PersonID == "" && l.To.ID != "":
		t.Party, t.PersonID, t.ClientID, t.Name, t.Lang, t.Zone = string(l.To.Party), l.To.ID, l.To.ClientID, l.To.Name, l.To.Lang, l.To.Zone
		if err := saveThread(ctx, tx, t); err != nil {
			return t, err
		}
		t.Version++
		return t, nil
	case err == nil && t.PersonID == l.To.ID && (t.Lang != l.To.Lang || t.Zone != l.To.Zone) && l.To.Lang != "":
		t.Lang, t.Zone = l.To.Lang, l.To.Zone // of this message; kept with the next change
		return t, nil
	case !errors.Is(err, db.ErrNotFound):
		return t, err
	}
	token, _ := secret.NewToken()
	t = Thread{ID: tx.NewID(), Channel: l.Channel, Party: string(l.To.Party), PersonID: l.To.ID, ClientID: l.To.ClientID, Name: l.To.Name, Lang: l.To.Lang, Zone: l.To.Zone, LastAt: tx.Now(), stopToken: token, Version: 1}
	if l.Channel == ByEmail {
		t.Email = value
	} else {
		t.Phone = value
	}
	return t, insertThread(ctx, tx, t)
}

// Send keeps a letter to be sent, for a person of the agency. Faults: those of Queue.
func (s *Service) Send(ctx context.Context, actor access.Actor, l Letter) (o Outgoing, err error) {
	if err := actor.Require("message.send", access.Owner{}); err != nil {
		return o, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error { o, err = Queue(ctx, tx, actor, l); return err })
	return o, err
}

// TakeBack stops a message that did not go yet. Fault: message.too-late.
func (s *Service) TakeBack(ctx context.Context, actor access.Actor, id string) error {
	return s.settle(ctx, actor, id, "taken back", func(o *Outgoing, now time.Time) error {
		if o.State != Queued || o.Tries > 0 && o.Again > 0 {
			return ErrTooLate
		}
		o.State, o.EndedAt, o.Reason = Stopped, now, "taken-back"
		return nil
	})
}

// SendAgain lets a message go once more whose way failed, or of which nobody can say
// whether it went: a person decides that. Fault: message.not-open.
func (s *Service) SendAgain(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("message.send", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		o, err := LoadOutgoing(ctx, tx, id)
		if err != nil {
			return err
		}
		t, err := LoadThread(ctx, tx, o.ThreadID)
		if err != nil {
			return err
		}
		switch {
		case o.State != Failed && o.State != Unclear && o.State != ByHand:
			return ErrNotOpen
		case !t.StoppedAt.IsZero():
			return ErrStopped.With("name", t.Name)
		}
		c, err := loadChannel(ctx, tx, o.Channel)
		if errors.Is(err, db.ErrNotFound) || err == nil && !c.Works() {
			return ErrNoChannel
		}
		if err != nil {
			return err
		}
		o.State, o.DueAt, o.Tries, o.Reason, o.Detail, o.EndedAt, o.Ref = Queued, tx.Now(), 0, "", "", time.Time{}, ""
		o.Again++
		if err := saveOut(ctx, tx, o); err != nil {
			return err
		}
		if err := job.Enqueue(ctx, tx, sendDue{o.ID}); err != nil {
			return err
		}
		return recordOut(ctx, tx, actor, o, t, "again")
	})
}

// MarkHandSent keeps that a person sent a message by hand, or knows that it went.
// Fault: message.not-open.
func (s *Service) MarkHandSent(ctx context.Context, actor access.Actor, id string) error {
	return s.settle(ctx, actor, id, "sent by hand", func(o *Outgoing, now time.Time) error {
		if o.State != ByHand && o.State != Unclear && o.State != Failed {
			return ErrNotOpen
		}
		o.State, o.EndedAt, o.AcceptedAt = HandSent, now, now
		return nil
	})
}

// Drop ends a message that is not to go any more. Fault: message.not-open.
func (s *Service) Drop(ctx context.Context, actor access.Actor, id string) error {
	return s.settle(ctx, actor, id, "dropped", func(o *Outgoing, now time.Time) error {
		if o.State != ByHand && o.State != Unclear {
			return ErrNotOpen
		}
		o.State, o.EndedAt, o.Reason = Stopped, now, "taken-back"
		return nil
	})
}

func (s *Service) settle(ctx context.Context, actor access.Actor, id, reason string, do func(*Outgoing, time.Time) error) error {
	if err := actor.Require("message.send", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		o, err := LoadOutgoing(ctx, tx, id)
		if err != nil {
			return err
		}
		t, err := LoadThread(ctx, tx, o.ThreadID)
		if err != nil {
			return err
		}
		if err := do(&o, tx.Now()); err != nil {
			return err
		}
		o.sealed = ""
		if err := saveOut(ctx, tx, o); err != nil {
			return err
		}
		return recordOut(ctx, tx, actor, o, t, reason)
	})
}

// Hand gives the text of a message that waits for a person, whole, and opens it in
// WhatsApp or a mail program. Fault: message.not-open.
func (s *Service) Hand(ctx context.Context, actor access.Actor, id string) (o Outgoing, err error) {
	if err := actor.Require("message.send", access.Owner{}); err != nil {
		return o, err
	}
	if err := s.db.Read(ctx, func(tx *db.Tx) error { o, err = LoadOutgoing(ctx, tx, id); return err }); err != nil {
		return o, err
	}
	o.Text, err = s.whole(o)
	return o, err
}

// whole is the text with its secret, while that is kept.
func (s *Service) whole(o Outgoing) (string, error) {
	if o.sealed == "" {
		return o.Text, nil
	}
	if s.ways == nil {
		return "", fault.New(fault.Internal, "internal")
	}
	return s.ways.Box.Unseal(o.sealed, "message/"+o.ID)
}

// Recall stops a message that did not go yet, as a step in a change of a higher slice;
// false when it went.
func Recall(ctx context.Context, tx *db.Tx, actor access.Actor, id string) (bool, error) {
	o, err := LoadOutgoing(ctx, tx, id)
	if err != nil || o.State != Queued && o.State != ByHand {
		return false, err
	}
	t, err := LoadThread(ctx, tx, o.ThreadID)
	if err != nil {
		return false, err
	}
	o.State, o.EndedAt, o.Reason, o.sealed = Stopped, tx.Now(), "taken-back", ""
	if err := saveOut(ctx, tx, o); err != nil {
		return false, err
	}
	return true, recordOut(ctx, tx, actor, o, t, "taken back")
}

// Unwanted tells whether somebody wants no messages, at any address we have.
func Unwanted(ctx context.Context, tx *db.Tx, to To) (bool, error) {
	for column, value := range map[string]string{"phone": to.Phone, "email": to.Email} {
		if value == "" {
			continue
		}
		t, err := threadAt(ctx, tx, column, value)
		if err != nil && !errors.Is(err, db.ErrNotFound) {
			return false, err
		}
		if err == nil && !t.StoppedAt.IsZero() {
			return true, nil
		}
	}
	return false, nil
}
