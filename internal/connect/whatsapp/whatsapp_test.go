package whatsapp_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"kolega/internal/connect/whatsapp"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/message"
	"kolega/internal/sandbox"
	"kolega/internal/secret"
	"kolega/internal/testkit"
)

func TestWhatsApp_EachTrouble(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d, nil)
		s.approve("next")
		type want struct {
			state  message.OutState
			reason string
			took   int // how often WhatsApp has it
		}
		cases := map[sandbox.Trouble]want{
			sandbox.Good:          {message.Read, "", 1},
			sandbox.WindowLate:    {message.Read, "", 2}, // as free text, which fails, then as a template
			sandbox.NoSuchNumber:  {message.Failed, "no-whatsapp", 0},
			sandbox.TooFast:       {message.Read, "", 1},
			sandbox.PairTooFast:   {message.Read, "", 1},
			sandbox.LostAnswer:    {message.Read, "", 1}, // a status tells that it went
			sandbox.LostBefore:    {message.Read, "", 1}, // silence while others are told of: it never had it
			sandbox.WantsNone:     {message.Stopped, "opted-out", 0},
			sandbox.Disturbed:     {message.Read, "", 1},
			sandbox.Unreadable:    {message.Read, "", 1},
			sandbox.TwiceEach:     {message.Read, "", 1},
			sandbox.LateAndTurned: {message.Read, "", 1},
			sandbox.ReadAtOnce:    {message.Read, "", 1},
			sandbox.NeverTold:     {message.Accepted, "", 1},
			sandbox.FailedAfter:   {message.Failed, "no-whatsapp", 1},
		}
		ids := map[sandbox.Trouble]string{}
		for how := range cases {
			s.cloud.Write(phone(how), "", "Sari", "halo") // the window is open
		}
		s.run()
		for how := range cases {
			ids[how] = s.send(letter("t-"+string(rune('a'+how)), phone(how)))
		}
		s.run()
		for i := range 6 {
			s.clock.Advance(10 * time.Minute)
			s.send(letter("other-"+string(rune('a'+i)), "+628111000999")) // of which WhatsApp tells us
			s.cloud.Write("+628111000999", "", "Lain", "ya")
			s.run()
		}
		for how, w := range cases {
			n := 0
			for _, g := range s.cloud.Got() {
				if g.OutID == ids[how] {
					n++
				}
			}
			if o := s.out(ids[how]); o.State != w.state || o.Reason != w.reason || n != min(w.took, 2) && how != sandbox.WindowLate {
				t.Errorf("trouble %d: %s (%s), taken %d times, want %+v", how, o.State, o.Reason, n, w)
			}
		}
	})
}

func TestWhatsApp_OutsideTheWindowOnlyATemplateGoes(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d, nil)
		s.cloud.Write("+628111000111", "", "Sari", "Selamat pagi")
		s.run()
		s.clock.Advance(day + time.Minute)
		id := s.send(letter("no-template", "+628111000111"))
		s.run()
		if o := s.out(id); o.State != message.ByHand || o.Reason != "window" || !strings.HasPrefix(o.URL(), "https://wa.me/628111000111?text=") {
			t.Fatalf("without a template: %+v %q", o, o.URL())
		}
		thread := s.thread(s.out(id).ThreadID)
		if thread.Window(s.clock.Now()) != 0 {
			t.Error("the window is shown as open")
		}
		if _, err := s.Reply(s.ctx, ae, message.Reply{ThreadID: thread.ID, Text: "Halo lagi"}); !errors.Is(err, message.ErrWindow) {
			t.Errorf("a reply outside the window: %v", err)
		}
		s.approve("next")
		id = s.send(letter("with-template", "+628111000111"))
		s.run()
		got := s.cloud.Got()
		if o := s.out(id); o.State != message.Read || len(got) != 1 || got[0].Template != "kolega_next" || len(o.Template.Values) != 4 {
			t.Errorf("with a template: %+v, %+v", o, got)
		}
		missing := letter("missing", "+628111000111")
		delete(missing.Vars, "campaign")
		id = s.send(missing)
		s.run()
		if o := s.out(id); o.State != message.ByHand {
			t.Errorf("a template with a missing value went: %+v", o)
		}
		s.cloud.Approve("kolega_next", "id", "REJECTED")
		s.run()
		if tpl, err := s.Template(s.ctx, ae, "client", "next", "id"); err != nil || tpl.WAState != "REJECTED" {
			t.Errorf("template is %q, %v", tpl.WAState, err)
		}
		id = s.send(letter("rejected", "+628111000111"))
		s.run()
		if o := s.out(id); o.State != message.ByHand {
			t.Errorf("a rejected template went: %+v", o)
		}
	})
}

func TestWhatsApp_WhatComesIn(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d, nil)
		s.cloud.Write("+628111000111", "", "Sari", "Draf-nya kapan?")
		calls := s.cloud.Calls()
		for range 3 { // the same call again and again
			if err := s.Callback(s.ctx, calls[0].Body, calls[0].Signature); err != nil {
				t.Fatal(err)
			}
		}
		again := bytes.Replace(calls[0].Body, []byte(`"id":"1"`), []byte(`"id":"2"`), 1) // the same message in another call
		if err := s.Callback(s.ctx, again, sandbox.SignCloud(again, sandbox.AppSecret)); err != nil {
			t.Fatal(err)
		}
		s.run()
		in, err := s.Inbox(s.ctx, ae, message.Pick{View: "first"})
		if err != nil || len(in.Rows) != 1 || in.Waiting != 1 || in.Rows[0].Text != "Draf-nya kapan?" {
			t.Fatalf("inbox %+v, %v", in, err)
		}
		id := in.Rows[0].ID
		if talk := s.thread(id); len(talk.Parts) != 1 {
			t.Errorf("kept %d times", len(talk.Parts))
		}
		s.clock.Advance(time.Second) // WhatsApp counts in whole seconds
		s.cloud.WriteFile("+628111000111", "Sari", "image/png", "ini contohnya", []byte("\x89PNG\r\n\x1a\n0000"))
		s.run()
		talk := s.thread(id)
		if m := talk.Parts[1].Line.Media; m == nil || m.SHA == "" || m.Type != "image/png" {
			t.Errorf("media %+v", m)
		}
		if _, err := s.Reply(s.ctx, ae, message.Reply{ThreadID: id, Text: "Besok pagi, Bu."}); err != nil {
			t.Fatal(err)
		}
		s.clock.Advance(message.HoldFor)
		s.run()
		if talk := s.thread(id); talk.Waits(s.clock.Now()) || talk.AssignedID != "ae" || talk.Parts[2].Out.State != message.Read {
			t.Errorf("answered: %+v", talk.Thread)
		}
	})
}

func TestWhatsApp_SomebodyWithoutANumber(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d, nil)
		s.cloud.Write("", "ID.13491208655302741918", "Rina", "Halo, saya kreator")
		s.run()
		in, err := s.Inbox(s.ctx, ae, message.Pick{View: "all"})
		if err != nil || len(in.Rows) != 1 || in.Rows[0].Phone != "" {
			t.Fatalf("%+v, %v", in, err)
		}
		o, err := s.Reply(s.ctx, ae, message.Reply{ThreadID: in.Rows[0].ID, Text: "Halo Rina"})
		if err != nil || o.URL() != "" {
			t.Fatalf("%+v, %v", o, err)
		}
		s.clock.Advance(message.HoldFor)
		s.run()
		got := s.cloud.Got()
		if len(got) != 1 || got[0].To != "ID.13491208655302741918" || s.out(o.ID).State != message.Read {
			t.Errorf("%+v %+v", got, s.out(o.ID))
		}
	})
}

func TestWhatsApp_WhoWantsNoneGetsNone(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d, nil)
		s.cloud.Write("+628111000111", "", "Sari", "halo")
		s.run()
		held := letter("held", "+628111000111")
		held.Hold = time.Minute
		id := s.send(held)
		s.cloud.Write("+628111000111", "", "Sari", " Berhenti. ")
		s.run()
		s.clock.Advance(time.Hour)
		s.run()
		if o := s.out(id); o.State != message.Stopped || len(s.cloud.Got()) != 0 {
			t.Fatalf("queued before the word: %+v, %+v", o, s.cloud.Got())
		}
		if _, err := s.Send(s.ctx, ae, letter("after", "+628111000111")); !errors.Is(err, message.ErrStopped) {
			t.Errorf("after the word: %v", err)
		}
		s.cloud.Write("+628111000111", "", "Sari", "Mulai")
		s.run()
		s.send(letter("again", "+628111000111"))
		s.run()
		if len(s.cloud.Got()) != 1 {
			t.Error("not let in again")
		}
	})
}

func TestWhatsApp_ForgedCalls(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d, nil)
		s.cloud.Write("+628111000111", "", "Sari", "halo")
		c := s.cloud.Calls()[0]
		for name, forged := range map[string]struct {
			body      []byte
			signature string
		}{
			"no signature":     {c.Body, ""},
			"another secret":   {c.Body, sandbox.SignCloud(c.Body, "other")},
			"upper case":       {c.Body, "sha256=" + strings.ToUpper(c.Signature[7:])},
			"truncated":        {c.Body, c.Signature[:40]},
			"SHA-1":            {c.Body, "sha1=" + c.Signature[7:47]},
			"one byte changed": {append(append([]byte(nil), c.Body[:10]...), append([]byte("x"), c.Body[11:]...)...), c.Signature},
			"written anew":     {append(append([]byte(nil), c.Body...), '\n'), c.Signature},
			"empty secret":     {c.Body, sandbox.SignCloud(c.Body, "")},
		} {
			if err := s.Callback(s.ctx, forged.body, forged.signature); fault.KindOf(err) != fault.Unauthenticated {
				t.Errorf("%s: %v", name, err)
			}
		}
		if in, _ := s.Inbox(s.ctx, ae, message.Pick{View: "all"}); len(in.Rows) != 0 {
			t.Error("a forged call had an effect")
		}
		junk := []byte("not json")
		if err := s.Callback(s.ctx, junk, sandbox.SignCloud(junk, sandbox.AppSecret)); !errors.Is(err, message.ErrEvent) {
			t.Errorf("junk with a signature: %v", err)
		}
		if _, err := s.Subscribe(s.ctx, "guess", "1158201444"); !errors.Is(err, message.ErrSignature) {
			t.Errorf("another token: %v", err)
		}
		_, verify, err := s.Channels(s.ctx, boss)
		if got, err2 := s.Subscribe(s.ctx, verify, "1158201444"); err != nil || err2 != nil || got != "1158201444" {
			t.Errorf("the challenge: %q, %v, %v", got, err, err2)
		}
	})
}

func TestWhatsApp_OutOfOrderUntilAPersonLooks(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d, nil)
		err := s.SaveChannel(s.ctx, boss, message.EditChannel{ID: message.ByWhatsApp, Secret: "wrong", Active: true, Version: 1, Settings: message.Settings{Mode: message.ModeSandbox, NumberID: "106540352242922", AccountID: "102290129340398"}})
		if err != nil {
			t.Fatal(err)
		}
		s.cloud.Write("+628111000111", "", "Sari", "halo")
		s.run()
		id := s.send(letter("x", "+628111000111"))
		s.run()
		in, err := s.Inbox(s.ctx, ae, message.Pick{})
		if o := s.out(id); err != nil || o.State != message.Queued || len(in.Trouble) != 1 || in.Trouble[0].FailCode != "token" {
			t.Fatalf("%+v %+v %v", o, in.Trouble, err)
		}
		if code, err := s.TestChannel(s.ctx, boss, message.ByWhatsApp); err != nil || code != "token" {
			t.Errorf("test says %q, %v", code, err)
		}
		err = s.SaveChannel(s.ctx, boss, message.EditChannel{ID: message.ByWhatsApp, Secret: "token-2", Active: true, Version: 2, Settings: message.Settings{Mode: message.ModeSandbox, NumberID: "106540352242922", AccountID: "102290129340398"}})
		if err != nil {
			t.Fatal(err)
		}
		s.clock.Advance(time.Hour + time.Second)
		s.run()
		if o := s.out(id); o.State != message.Read {
			t.Errorf("after the token was mended: %+v", o)
		}
	})
}

func FuzzRead(f *testing.F) {
	c := sandbox.NewCloud(testkit.NewClock().Now)
	c.Write("+628111000111", "", "Sari", "halo")
	c.Approve("x", "id", "APPROVED")
	for _, x := range c.Calls() {
		f.Add(x.Body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		e, err := whatsapp.Read(body, sandbox.SignCloud(body, "s"), secret.Hide("s"))
		if err != nil && !errors.Is(err, message.ErrEvent) {
			t.Fatal(err)
		}
		for _, in := range e.Incoming {
			if in.Ref == "" {
				t.Error("a message without an id")
			}
		}
	})
}
