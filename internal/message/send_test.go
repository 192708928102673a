package message_test

import (
	"context"
	"errors"
	"log/slog"
	"net/mail"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/message"
	"kolega/internal/secret"
	"kolega/internal/testkit"
)

var boss = access.Actor{Who: audit.Who{Kind: "staff", ID: "p2", Name: "Dewi"}, Role: access.Manager, Lang: "id", Zone: "Asia/Jakarta"}

// post is a house that sends mail to a real server.
type post struct {
	*message.Service
	d      *db.DB
	box    *testkit.Mailbox
	runner *job.Runner
	clock  *testkit.Clock
}

func newPost(t *testing.T, d *db.DB) post {
	t.Helper()
	keys, err := secret.Open(filepath.Join(t.TempDir(), "keys"))
	if err != nil {
		t.Fatal(err)
	}
	p := post{Service: message.New(d), d: d, box: testkit.NewMailbox(t), clock: testkit.ClockOf(d)}
	p.Connect(&message.Ways{Box: keys})
	reg := job.NewRegistry()
	p.Work(reg)
	p.runner = job.NewRunner(d, reg, slog.New(slog.DiscardHandler))
	return p
}

func (p post) connect(t *testing.T) {
	t.Helper()
	err := p.SaveChannel(context.Background(), boss, message.EditChannel{ID: message.ByEmail, Secret: "rahasia", Active: true,
		Settings: message.Settings{Host: "127.0.0.1", Port: p.box.Port, From: "halo@agensi.example", Base: "https://kolega.example"}})
	if err != nil {
		t.Fatal(err)
	}
}

func (p post) run(t *testing.T) {
	t.Helper()
	if err := p.runner.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func (p post) out(t *testing.T, id string) (o message.Outgoing) {
	t.Helper()
	err := p.d.Read(context.Background(), func(tx *db.Tx) (err error) { o, err = message.LoadOutgoing(context.Background(), tx, id); return err })
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func letter(origin string) message.Letter {
	return message.Letter{Origin: origin, Channel: message.ByEmail, Subject: "Notulen: bertemu Melati — 3 butir", Text: "Halo Bu Sari,\nini notulennya.\n\n.titik di awal baris", Urgent: true,
		To: message.To{Party: access.Client, ID: "co", ClientID: "cl", Name: "Sari Ayu", Email: "sari@melati.example", Lang: "id", Zone: "Asia/Jakarta"}}
}

func TestSend_AMailServerReadsWhatWasWritten(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		p := newPost(t, d)
		p.connect(t)
		o, err := p.Send(context.Background(), ae, letter("meeting:m1:report:co"))
		if err != nil {
			t.Fatal(err)
		}
		same, err := p.Send(context.Background(), ae, letter("meeting:m1:report:co"))
		if err != nil || same.ID != o.ID {
			t.Fatalf("the same origin gives %s and %s, %v", o.ID, same.ID, err)
		}
		p.run(t)
		got := p.box.Letters()
		if len(got) != 1 || got[0].To != "sari@melati.example" || got[0].From != "halo@agensi.example" {
			t.Fatalf("the server has %+v", got)
		}
		m, err := mail.ReadMessage(strings.NewReader(string(got[0].Data)))
		if err != nil {
			t.Fatal(err)
		}
		if subject := m.Header.Get("Subject"); !strings.HasPrefix(subject, "=?utf-8?q?") {
			t.Errorf("subject %q is not encoded", subject)
		}
		if m.Header.Get("Message-Id") != "<"+o.ID+"@agensi.example>" || !strings.Contains(string(got[0].Data), "\r\n.titik") {
			t.Errorf("letter:\n%s", got[0].Data)
		}
		if o := p.out(t, o.ID); o.State != message.Accepted || o.AcceptedAt.IsZero() {
			t.Errorf("kept as %+v", o)
		}
		list, _, err := p.Channels(context.Background(), boss)
		if err != nil || len(list) != 1 {
			t.Errorf("channels %+v, %v", list, err)
		}
	})
}

func TestSend_WaitsForAPersonWhileNothingIsConnected(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		p := newPost(t, d)
		o, err := p.Send(context.Background(), ae, letter("x"))
		if err != nil || o.State != message.ByHand || !strings.HasPrefix(o.URL(), "mailto:sari@melati.example?subject=Notulen") {
			t.Fatalf("%+v %q, %v", o, o.URL(), err)
		}
		if err := p.MarkHandSent(context.Background(), ae, o.ID); err != nil {
			t.Fatal(err)
		}
		if err := p.MarkHandSent(context.Background(), ae, o.ID); !errors.Is(err, message.ErrNotOpen) {
			t.Errorf("sent twice by hand: %v", err)
		}
		if o := p.out(t, o.ID); o.State != message.HandSent {
			t.Error(o.State)
		}
	})
}

func TestSend_GoesInTheReceiversHoursAndCanBeTakenBack(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		p := newPost(t, d)
		p.connect(t)
		ctx := context.Background()
		p.clock.Set(time.Date(2026, 11, 27, 14, 0, 0, 0, time.UTC)) // Friday 21:00 in Jakarta
		l := letter("late")
		l.Urgent, l.Hold = false, message.HoldFor
		o, err := p.Send(ctx, ae, l)
		if err != nil {
			t.Fatal(err)
		}
		p.clock.Advance(time.Minute)
		p.run(t)
		if n := len(p.box.Letters()); n != 0 {
			t.Fatal("it went on Friday night")
		}
		if want := time.Date(2026, 11, 30, 2, 0, 0, 0, time.UTC); !o.DueAt.Equal(want) {
			t.Errorf("goes at %v, want Monday 09:00 in Jakarta", o.DueAt)
		}
		l.Origin, l.Before = "before", time.Date(2026, 11, 28, 2, 0, 0, 0, time.UTC)
		if o, err := p.Send(ctx, ae, l); err != nil || o.DueAt.Sub(p.clock.Now()) != message.HoldFor {
			t.Errorf("with a deadline on Saturday it goes at %v, %v", o.DueAt, err)
		}
		l.Origin, l.Before, l.Urgent = "urgent", time.Time{}, true
		u, err := p.Send(ctx, ae, l)
		if err != nil {
			t.Fatal(err)
		}
		p.clock.Advance(5 * time.Second)
		p.run(t)
		if err := p.TakeBack(ctx, ae, u.ID); err != nil {
			t.Fatalf("after five seconds: %v", err)
		}
		p.clock.Set(o.DueAt.Add(time.Minute))
		p.run(t)
		if n := len(p.box.Letters()); n != 2 {
			t.Errorf("%d letters went, want two", n)
		}
		if err := p.TakeBack(ctx, ae, o.ID); !errors.Is(err, message.ErrTooLate) {
			t.Errorf("taken back after it went: %v", err)
		}
	})
}

func TestSend_WhatAServerAnswers(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		p := newPost(t, d)
		p.connect(t)
		ctx := context.Background()
		send := func(origin, to string) string {
			l := letter(origin)
			l.To.Email, l.To.ID = to, origin
			o, err := p.Send(ctx, ae, l)
			if err != nil {
				t.Fatal(err)
			}
			return o.ID
		}
		busy := true
		p.box.Refuse(func(to string) error {
			switch {
			case strings.HasPrefix(to, "nobody"):
				return testkit.SMTPError(550, "5.1.1 no such user")
			case strings.HasPrefix(to, "busy") && busy:
				return testkit.SMTPError(451, "4.3.0 try later")
			}
			return nil
		})
		p.box.Drop(func(to string) bool { return strings.HasPrefix(to, "cut") })
		nobody, later, cut := send("a", "nobody@x.example"), send("b", "busy@x.example"), send("c", "cut@x.example")
		p.run(t)
		if o := p.out(t, nobody); o.State != message.Failed || o.Reason != "no-mailbox" {
			t.Errorf("unknown mailbox: %+v", o)
		}
		if o := p.out(t, later); o.State != message.Queued || o.Tries != 1 {
			t.Errorf("busy: %+v", o)
		}
		if o := p.out(t, cut); o.State != message.Unclear || o.Reason != "no-answer" {
			t.Errorf("cut off: %+v", o)
		}
		busy = false
		p.clock.Advance(time.Hour)
		p.run(t)
		if o := p.out(t, later); o.State != message.Accepted {
			t.Errorf("later: %+v", o)
		}
		if o := p.out(t, cut); o.State != message.Unclear {
			t.Errorf("an unknown outcome was repeated: %+v", o)
		}
		if o, err := p.Send(ctx, ae, func() message.Letter { l := letter("again"); l.To.Email = "nobody@x.example"; return l }()); err != nil || o.State != message.ByHand {
			t.Errorf("to an address that is known to be none: %+v, %v", o, err)
		}
		if err := p.SendAgain(ctx, ae, cut); err != nil {
			t.Fatal(err)
		}
		p.box.Drop(nil)
		p.run(t)
		if o := p.out(t, cut); o.State != message.Accepted || o.Again != 1 {
			t.Errorf("sent again by a person: %+v", o)
		}
	})
}

func TestSend_TheRightsAndTheFaults(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		p := newPost(t, d)
		ctx := context.Background()
		designer := access.Actor{Who: audit.Who{Kind: "staff", ID: "d"}, Role: access.Designer}
		if _, err := p.Send(ctx, designer, letter("x")); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a designer sends: %v", err)
		}
		if err := p.SaveChannel(ctx, ae, message.EditChannel{ID: message.ByEmail}); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("an AE connects: %v", err)
		}
		empty, long, nowhere := letter("x"), letter("x"), letter("x")
		empty.Text, long.Text, nowhere.To.Email = " \n", strings.Repeat("a", 5000), ""
		for want, l := range map[error]message.Letter{message.ErrEmptyText: empty, message.ErrLongText: long, message.ErrNoWay: nowhere} {
			if _, err := p.Send(ctx, ae, l); !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
		}
		err := p.SaveChannel(ctx, boss, message.EditChannel{ID: message.ByEmail, Settings: message.Settings{Host: "smtp://x", Port: 0, From: "a@b\r\nBcc: c@d"}})
		if err == nil {
			t.Error("broken settings are kept")
		}
	})
}
