package whatsapp_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/connect/whatsapp"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/message"
	"kolega/internal/sandbox"
	"kolega/internal/secret"
	"kolega/internal/testkit"
)

var (
	boss = access.Actor{Who: audit.Who{Kind: "staff", ID: "ma", Name: "Dewi"}, Role: access.Manager, Lang: "id", Zone: "Asia/Jakarta"}
	ae   = access.Actor{Who: audit.Who{Kind: "staff", ID: "ae", Name: "Rani"}, Role: access.AE, Lang: "id", Zone: "Asia/Jakarta"}
)

// scene is a house that sends through the stand-in of WhatsApp.
type scene struct {
	*message.Service
	t      *testing.T
	d      *db.DB
	cloud  *sandbox.Cloud
	runner *job.Runner
	clock  *testkit.Clock
	ctx    context.Context
}

func newScene(t *testing.T, d *db.DB, around func(http.RoundTripper) http.RoundTripper) scene {
	t.Helper()
	dir := t.TempDir()
	keys, err := secret.Open(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := blob.Folder(filepath.Join(dir, "files"))
	if err != nil {
		t.Fatal(err)
	}
	s := scene{Service: message.New(d), t: t, d: d, clock: testkit.ClockOf(d), ctx: context.Background()}
	s.cloud = sandbox.NewCloud(s.clock.Now)
	rt := s.cloud.Transport()
	if around != nil {
		rt = around(rt)
	}
	s.Connect(&message.Ways{Box: keys, Blob: files, Sandbox: true, ReadWhatsApp: whatsapp.Read, OpenWhatsApp: func(set message.Settings, token secret.Hidden) (message.Cloud, error) {
		return whatsapp.New("https://sandbox.invalid", set, token, rt), nil
	}})
	reg := job.NewRegistry()
	s.Work(reg)
	s.runner = job.NewRunner(d, reg, slog.New(slog.DiscardHandler))
	err = s.SaveChannel(s.ctx, boss, message.EditChannel{ID: message.ByWhatsApp, Secret: "token-1", Proof: sandbox.AppSecret, Active: true,
		Settings: message.Settings{Mode: message.ModeSandbox, NumberID: "106540352242922", AccountID: "102290129340398"}})
	if err != nil {
		t.Fatal(err)
	}
	testkit.Put(t, d, "person", map[string]any{"id": "ae", "email": "ae@x.id", "name": "Rani", "role": "ae", "lang": "id", "zone": "Asia/Jakarta"})
	testkit.Put(t, d, "person", map[string]any{"id": "sp", "email": "sp@x.id", "name": "Bimo", "role": "specialist", "lang": "id", "zone": "Asia/Jakarta"})
	return s
}

// run carries out what is due, and what WhatsApp calls about, until both are done.
func (s scene) run() {
	s.t.Helper()
	for {
		if err := s.runner.Drain(s.ctx); err != nil {
			s.t.Fatal(err)
		}
		calls := s.cloud.Calls()
		if len(calls) == 0 {
			return
		}
		for _, c := range calls {
			if err := s.Callback(s.ctx, c.Body, c.Signature); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}

func (s scene) out(id string) (o message.Outgoing) {
	s.t.Helper()
	err := s.d.Read(s.ctx, func(tx *db.Tx) (err error) { o, err = message.LoadOutgoing(s.ctx, tx, id); return err })
	if err != nil {
		s.t.Fatal(err)
	}
	return o
}

// phone is a number whose end asks the stand-in for a trouble.
func phone(how sandbox.Trouble) string { return fmt.Sprintf("+6281234%04d", 8800+int(how)) }

func letter(origin, to string) message.Letter {
	return message.Letter{Origin: origin, Channel: message.ByWhatsApp, Text: "Halo, drafnya sudah siap.", Urgent: true, Kind: "next",
		Vars: map[string]string{"name": "Sari", "agency": "Kolega", "sender": "Rani", "campaign": "Two-Way Cake", "client": "Melati"},
		To:   message.To{Party: access.Client, ID: "co-" + origin, ClientID: "cl", Name: "Sari", Phone: to, Lang: "id", Zone: "Asia/Jakarta"}}
}

func (s scene) send(l message.Letter) string {
	s.t.Helper()
	o, err := s.Send(s.ctx, ae, l)
	if err != nil {
		s.t.Fatal(err)
	}
	return o.ID
}

// approve gives the agency a template that WhatsApp has approved, for a kind.
func (s scene) approve(kind string) {
	s.t.Helper()
	err := s.SaveTemplate(s.ctx, ae, message.Template{Party: access.Client, Kind: kind, Lang: "id", WAName: "kolega_" + kind, Text: "Halo {name}, campaign {campaign} sudah selesai. Salam dari {sender} di {agency}, sampai bertemu."})
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.Propose(s.ctx, ae, access.Client, kind, "id"); err != nil {
		s.t.Fatal(err)
	}
	s.cloud.Approve("kolega_"+kind, "id", "APPROVED")
	s.run()
}

func (s scene) thread(id string) message.Talk {
	s.t.Helper()
	t, err := s.Talk(s.ctx, ae, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return t
}

const day = 24 * time.Hour
