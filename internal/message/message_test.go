package message_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/message"
	"kolega/internal/testkit"
)

var ae = access.Actor{Who: audit.Who{Kind: "staff", ID: "p1", Name: "Rani Kusuma"}, Role: access.AE, Lang: "id", Zone: "Asia/Jakarta"}

func share(kind string) message.Share {
	return message.Share{Kind: kind, Base: "https://kolega.example/", Campaign: "Two-Way Cake", Until: testkit.Start.Add(24 * time.Hour),
		Room: access.Room{Party: access.Client, CampaignID: "c1", ClientID: "k1", ContactID: "o1", Name: "Ayu Larasati", Lang: "id", Zone: "Asia/Jakarta"}}
}

func TestMessage_Prepare(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), message.New(d)
		p, err := s.Prepare(ctx, ae, share("picks"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(p.URL, "https://kolega.example/c/") || !strings.HasSuffix(p.URL, "/picks") || !strings.Contains(p.Full, p.URL) {
			t.Errorf("url %q in %q", p.URL, p.Full)
		}
		token := strings.Split(strings.TrimPrefix(p.URL, "https://kolega.example/c/"), "/")[0]
		list, err := s.Messages(ctx, ae, "c1")
		if err != nil || len(list) != 1 || strings.Contains(list[0].Text, token) || !strings.Contains(list[0].Text, "Ayu") {
			t.Errorf("kept %+v, %v: the secret must not be kept", list, err)
		}
		a, err := access.New(d, nil).OpenLink(ctx, token)
		if err != nil || a.ContactID != "o1" || !a.IsClient() {
			t.Errorf("the link opens for %+v, %v", a, err)
		}
		if err := s.MarkSent(ctx, ae, p.ID, "whatsapp"); err != nil {
			t.Fatal(err)
		}
		if err := s.MarkSent(ctx, ae, p.ID, "email"); !errors.Is(err, message.ErrSent) {
			t.Errorf("sent twice: %v", err)
		}
		if err := s.UnmarkSent(ctx, access.Actor{Who: audit.Who{Kind: "staff", Name: "Somebody else"}, Role: access.AE}, p.ID); !errors.Is(err, message.ErrUndoLate) {
			t.Errorf("another takes it back: %v", err)
		}
		if err := s.UnmarkSent(ctx, ae, p.ID); err != nil {
			t.Fatal(err)
		}
		if list, err := s.Messages(ctx, ae, "c1"); err != nil || !list[0].SentAt.IsZero() || list[0].Channel != "" {
			t.Errorf("still sent: %+v, %v", list, err)
		}
		if err := s.MarkSent(ctx, ae, p.ID, "email"); err != nil {
			t.Fatal(err)
		}
		testkit.ClockOf(d).Advance(2 * time.Minute)
		if err := s.UnmarkSent(ctx, ae, p.ID); !errors.Is(err, message.ErrUndoLate) {
			t.Errorf("taken back late: %v", err)
		}
		if _, err := s.Prepare(ctx, ae, share("offer")); !errors.Is(err, message.ErrKind) {
			t.Errorf("a talent's kind for a client: %v", err)
		}
		if _, err := s.Prepare(ctx, access.Actor{Who: audit.Who{Kind: "staff"}, Role: access.Designer}, share("picks")); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a designer: %v", err)
		}
	})
}

func TestMessage_WhatsApp(t *testing.T) {
	if got := message.WhatsApp("+62 812-3456-789", "Halo Ayu & tim"); got != "https://wa.me/628123456789?text=Halo%20Ayu%20%26%20tim" {
		t.Error(got)
	}
	if got := message.WhatsApp("", "Halo"); got != "" {
		t.Error(got)
	}
}
