package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/message"
	"kolega/internal/rapport"
)

type conversationOut struct {
	ID           string     `json:"id"`
	Channel      string     `json:"channel" enum:"whatsapp,email"`
	Name         string     `json:"name"`
	Party        string     `json:"party,omitempty" doc:"client, talent or a role of the agency; left out for somebody unknown"`
	Person       string     `json:"person,omitempty"`
	Client       string     `json:"client,omitempty"`
	Place        string     `json:"place" doc:"E.164, an e-mail, or bsuid:… for somebody who hides the number"`
	Assigned     string     `json:"assigned,omitempty" doc:"id of a person"`
	WaitingSince *time.Time `json:"waiting_since"`
	SnoozedUntil *time.Time `json:"snoozed_until"`
	WindowUntil  *time.Time `json:"window_until" doc:"until when anything may be sent on WhatsApp"`
	StoppedAt    *time.Time `json:"stopped_at" doc:"wants no messages since"`
	LastAt       *time.Time `json:"last_at"`
}

func conversationWire(t message.Thread) conversationOut {
	return conversationOut{ID: t.ID, Channel: t.Channel, Name: t.Name, Party: t.Party, Person: t.PersonID, Client: t.ClientID, Place: t.Place(), Assigned: t.AssignedID, WaitingSince: instant(t.WaitingSince),
		SnoozedUntil: instant(t.SnoozedUntil), WindowUntil: instant(message.WindowEnd(t.HeardAt)), StoppedAt: instant(t.StoppedAt), LastAt: instant(t.LastAt)}
}

type outgoingOut struct {
	ID         string     `json:"id"`
	Place      string     `json:"place"`
	Text       string     `json:"text"`
	State      string     `json:"state" enum:"queued,sending,accepted,sent,delivered,read,failed,unclear,by-hand,hand-sent,stopped"`
	Reason     string     `json:"reason,omitempty"`
	DueAt      *time.Time `json:"due_at" doc:"in the receiver's working time unless it is urgent"`
	AcceptedAt *time.Time `json:"accepted_at"`
	ReadAt     *time.Time `json:"read_at"`
}

func outgoingWire(o message.Outgoing) outgoingOut {
	return outgoingOut{ID: o.ID, Place: o.Place, Text: o.Text, State: string(o.State), Reason: o.Reason, DueAt: instant(o.DueAt), AcceptedAt: instant(o.AcceptedAt), ReadAt: instant(o.ReadAt)}
}

type talkEntryOut struct {
	At   *time.Time   `json:"at"`
	Kind string       `json:"kind" enum:"in,note,out"`
	Text string       `json:"text"`
	By   string       `json:"by"`
	Out  *outgoingOut `json:"out" doc:"of what went out"`
}

type talkOut struct {
	conversationOut
	Entries []talkEntryOut `json:"entries" doc:"oldest first"`
}

type conversationsIn struct {
	View string `query:"view" default:"first" enum:"first,mine,free,snoozed,all"`
}

type talkTextIn struct {
	ID
	Body struct {
		Text   string `json:"text"`
		Urgent bool   `json:"urgent,omitempty" doc:"goes at once, whatever the receiver's clock says"`
	}
}

type assignIn struct {
	ID
	Body struct {
		Person string `json:"person,omitempty" doc:"left out: nobody"`
	}
}

func registerMessages(a *API) {
	op(a, http.MethodGet, "/conversations", "message.see", "Conversations; those that wait come longest first", func(ctx context.Context, actor access.Actor, in *conversationsIn) (Page[conversationOut], error) {
		box, err := a.Message.Inbox(ctx, actor, message.Pick{View: in.View})
		return Page[conversationOut]{Items: list(box.Rows, func(r message.Row) conversationOut { return conversationWire(r.Thread) })}, err
	})
	op(a, http.MethodGet, "/conversations/{id}", "message.see", "A conversation with its newest entries", a.showTalk)
	op(a, http.MethodPost, "/conversations/{id}/replies", "message.send", "Answer in a conversation; ten seconds to take it back", func(ctx context.Context, actor access.Actor, in *talkTextIn) (outgoingOut, error) {
		o, err := a.Message.Reply(ctx, actor, message.Reply{ThreadID: in.ID.ID, Text: in.Body.Text, Urgent: in.Body.Urgent})
		return outgoingWire(o), err
	})
	op(a, http.MethodPost, "/conversations/{id}/notes", "message.send", "Note something for colleagues", func(ctx context.Context, actor access.Actor, in *talkTextIn) (talkOut, error) {
		if err := a.Message.Note(ctx, actor, in.ID.ID, in.Body.Text); err != nil {
			return talkOut{}, err
		}
		return a.showTalk(ctx, actor, &in.ID)
	})
	op(a, http.MethodPost, "/conversations/{id}/assign", "message.send", "Give a conversation to somebody", func(ctx context.Context, actor access.Actor, in *assignIn) (talkOut, error) {
		if err := a.Message.Assign(ctx, actor, in.ID.ID, in.Body.Person); err != nil {
			return talkOut{}, err
		}
		return a.showTalk(ctx, actor, &in.ID)
	})
	op(a, http.MethodPost, "/conversations/{id}/snooze", "message.send", "Put a conversation off until the other side's morning", func(ctx context.Context, actor access.Actor, in *ID) (talkOut, error) {
		if _, err := a.Message.Snooze(ctx, actor, in.ID); err != nil {
			return talkOut{}, err
		}
		return a.showTalk(ctx, actor, in)
	})
	outAct(a, "take-back", "Take a message back that did not go yet", a.Message.TakeBack)
	outAct(a, "send-again", "Let a message go again that failed or is unclear", a.Message.SendAgain)
	outAct(a, "mark-sent", "Say that a message went by hand", a.Message.MarkHandSent)
	registerRapport(a)
}

func outAct(a *API, path, summary string, act func(context.Context, access.Actor, string) error) {
	op(a, http.MethodPost, "/messages/{id}/"+path, "message.send", summary, func(ctx context.Context, actor access.Actor, in *ID) (outgoingOut, error) {
		if err := act(ctx, actor, in.ID); err != nil {
			return outgoingOut{}, err
		}
		o, err := a.Message.Hand(ctx, actor, in.ID)
		return outgoingWire(o), err
	})
}

func (a *API) showTalk(ctx context.Context, actor access.Actor, in *ID) (talkOut, error) {
	t, err := a.Message.Talk(ctx, actor, in.ID)
	return talkOut{conversationWire(t.Thread), list(t.Parts, func(p message.Part) talkEntryOut {
		if p.Out != nil {
			o := outgoingWire(*p.Out)
			return talkEntryOut{instant(p.At), "out", p.Out.Text, p.Out.ByName, &o}
		}
		kind := "in"
		if p.Line.Note {
			kind = "note"
		}
		return talkEntryOut{instant(p.At), kind, p.Line.Text, p.Line.ByName, nil}
	})}, err
}

type greetingOut struct {
	ID       string `json:"id"`
	Contact  string `json:"contact"`
	Client   string `json:"client"`
	Occasion string `json:"occasion"`
	On       string `json:"on"`
	Lang     string `json:"lang"`
	Text     string `json:"text"`
	Asked    bool   `json:"asked" doc:"a fresh complaint: a person is asked first"`
}

// GreetingIn is a greeting with the words that it goes with.
type GreetingIn struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

type sendGreetingsIn struct {
	Body struct {
		Greetings []GreetingIn `json:"greetings"`
	}
}

type greetedOut struct {
	Batch string `json:"batch"`
}

func registerRapport(a *API) {
	op(a, http.MethodGet, "/greetings", "rapport.see", "Greetings that wait to be looked over", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[greetingOut], error) {
		b, err := a.Rapport.Board(ctx, actor)
		return Page[greetingOut]{Items: list(b.Greetings, func(g rapport.Card) greetingOut {
			return greetingOut{g.ID, g.ContactID, g.ClientID, g.Occasion, string(g.On), g.Lang, g.Text, g.Asked}
		})}, err
	})
	op(a, http.MethodPost, "/greetings", "rapport.edit", "Send greetings that were looked over", func(ctx context.Context, actor access.Actor, in *sendGreetingsIn) (out greetedOut, err error) {
		var texts []rapport.Text
		for _, g := range in.Body.Greetings {
			texts = append(texts, rapport.Text{ID: g.ID, Words: g.Text})
		}
		out.Batch, err = a.Rapport.SendGreetings(ctx, actor, texts)
		return out, err
	})
}
