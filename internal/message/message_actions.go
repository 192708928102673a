package message

import (
	"context"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
)

// Service holds the use cases of messages.
type Service struct {
	db   *db.DB
	ways *Ways
	who  []func(ctx context.Context, tx *db.Tx, phone string) (To, bool, error)
}

// New makes the use cases.
func New(d *db.DB) *Service { return &Service{db: d} }

// Know tells who the agency knows by a phone number, for messages that come in. Each
// higher slice that knows people gives its own.
func (s *Service) Know(who ...func(ctx context.Context, tx *db.Tx, phone string) (To, bool, error)) {
	s.who = append(s.who, who...)
}

// Share asks for a message with a fresh room link.
type Share struct {
	Room     access.Room
	Until    time.Time // end of the link
	Kind     string    // one of Kinds
	Base     string    // the program's own address, for the link
	Campaign string    // name, for the text
	Facts    string    // what the kind is about, in the receiver's language; of "delay", the sentences
	Body     string    // words of its own in place of the kind's; the link follows them
}

// Prepared is a message as it is shown once, with its link.
type Prepared struct {
	Message
	URL  string
	Full string            // the text with the link
	Vars map[string]string // what it was filled with, but for the link
}

// Prepare makes a room link and a text around it, in the receiver's language. The
// kept text has no secret in it. Faults: message.kind, link.room, access.forbidden.
func (s *Service) Prepare(ctx context.Context, actor access.Actor, in Share) (p Prepared, err error) {
	if err := actor.Require("access.links", access.Owner{}); err != nil {
		return p, err
	}
	path, ok := pathOf(in.Room.Party, in.Kind)
	switch {
	case !ok:
		return p, ErrKind
	case in.Kind == "delay" && in.Facts == "":
		return p, ErrNoDelay
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		token, err := access.IssueLinkTx(ctx, tx, actor, in.Room, in.Until)
		if err != nil {
			return err
		}
		agency, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		own, err := ownWords(ctx, tx, in.Room.Party, in.Kind, in.Room.Lang)
		if err != nil {
			return err
		}
		if p, err = compose(in, own, actor.Name, agency.Name, token, path); err != nil {
			return err
		}
		p.ID, p.PreparedAt = tx.NewID(), tx.Now()
		if err := insertMessage(ctx, tx, p.Message); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.links", Subject: "message", ID: p.ID, Campaign: in.Room.CampaignID,
			Client: in.Room.ClientID, Talent: in.Room.TalentID, After: map[string]string{"kind": in.Kind, "to": in.Room.Name, "lang": p.Lang}})
	})
	return p, err
}

// compose writes the message with its link, in the agency's own words where it has any.
// Fault: message.missing.
func compose(in Share, own, sender, agency, token, path string) (Prepared, error) {
	words := own
	if in.Body != "" {
		words = in.Body + "\n{link}"
	}
	if words == "" {
		words = Standard(in.Room.Party, in.Kind, in.Room.Lang)
	}
	u := RoomURL(in.Base, in.Room.Party, token, path)
	vars := in.vars(sender, agency)
	write := func(link string) (string, error) {
		vars["link"] = link
		return Fill(words, vars)
	}
	full, err := write(u)
	if err != nil {
		return Prepared{}, err
	}
	kept, err := write("…")
	person := in.Room.ContactID
	if in.Room.Party == access.Talent {
		person = in.Room.TalentID
	}
	delete(vars, "link")
	return Prepared{URL: u, Full: full, Vars: vars, Message: Message{CampaignID: in.Room.CampaignID, Party: in.Room.Party, PersonID: person, Name: in.Room.Name,
		Kind: in.Kind, Lang: in.Room.Lang, Text: kept, PreparedBy: sender}}, err
}

// vars are what a room's message is filled with, but for its link.
func (in Share) vars(sender, agency string) map[string]string {
	first, _, _ := strings.Cut(in.Room.Name, " ")
	return map[string]string{"name": first, "campaign": in.Campaign, "agency": agency, "sender": sender, "facts": in.Facts}
}

// MarkSent keeps that a person sent a prepared message, and by which channel.
// Faults: message.channel, message.sent-before.
func (s *Service) MarkSent(ctx context.Context, actor access.Actor, id, channel string) error {
	if err := actor.Require("access.links", access.Owner{}); err != nil {
		return err
	}
	if !slices.Contains(Channels, channel) {
		return ErrChannel
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		m, err := LoadMessage(ctx, tx, id)
		if err != nil {
			return err
		}
		m.SentAt, m.SentBy, m.Channel = tx.Now(), actor.Name, channel
		if err := saveSent(ctx, tx, m); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.links", Subject: "message", ID: id, Campaign: m.CampaignID, After: map[string]string{"sent": channel}})
	})
}

// undoFor is how long the word that a message was sent can be taken back.
const undoFor = time.Minute

// UnmarkSent takes the word back that a message was sent, by who gave it and soon
// after. Faults: message.undo-late, not-found.
func (s *Service) UnmarkSent(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("access.links", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		m, err := LoadMessage(ctx, tx, id)
		if err != nil {
			return err
		}
		if m.SentAt.IsZero() || m.SentBy != actor.Name || tx.Now().Sub(m.SentAt) > undoFor {
			return ErrUndoLate
		}
		if err := clearSent(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "access.links", Subject: "message", ID: id, Campaign: m.CampaignID, Before: map[string]string{"sent": m.Channel}, Reason: "taken back"})
	})
}

// Messages lists what was prepared and sent in a campaign, newest first.
func (s *Service) Messages(ctx context.Context, actor access.Actor, campaign string) (out []Message, err error) {
	if err := actor.Require("access.links", access.Owner{CampaignID: campaign}); err != nil || !actor.IsStaff() {
		return nil, orNotFound(err)
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, err = ListMessages(ctx, tx, campaign); return err })
	return out, err
}

func orNotFound(err error) error {
	if err != nil {
		return err
	}
	return fault.New(fault.NotFound, "not-found")
}
