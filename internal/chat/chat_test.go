package chat_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/chat"
	"kolega/internal/db"
	"kolega/internal/testkit"
)

var rani = access.Actor{Who: audit.Who{Kind: "staff", ID: "ae", Name: "Rani"}, Role: access.AE, Lang: "id", Zone: "Asia/Jakarta"}

const export = "[03/11/26 09.12.44] Sari: Halo\n[05/11/26 10.00.00] Sari: ok ACC\n[05/11/26 10.00.09] Rani: siap\n[01/02/25 08.00.00] Sari: tahun lalu"

func TestChat_ImportTwiceAddsNothing(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), chat.New(d)
		testkit.Booked(t, d, "{}")
		in := chat.Import{CampaignID: "ca", FileName: "WhatsApp Chat with Sari.txt", Data: []byte(export)}
		if _, err := s.Import(ctx, rani, in); !errors.Is(err, chat.ErrOrder) {
			t.Errorf("day or month: %v", err)
		}
		in.Order = chat.DayFirst
		if _, err := s.Import(ctx, rani, in); !errors.Is(err, chat.ErrZone) {
			t.Errorf("no zone: %v", err)
		}
		in.Zone = "GMT+7"
		if _, err := s.Import(ctx, rani, in); !errors.Is(err, chat.ErrZone) {
			t.Errorf("no IANA zone: %v", err)
		}
		in.Zone = "Asia/Jakarta"
		out, err := s.Import(ctx, rani, in)
		if err != nil || out.Added != 3 || out.Earlier != 1 || out.Chat.Title != "Sari" || len(out.Senders) != 2 {
			t.Fatalf("%v %+v", err, out)
		}
		in.Zone, in.Order = "", chat.Unknown
		in.Data = []byte("03/11/2026, 09:12 - Sari: Halo\n05/11/2026, 10:00 - Sari: ok ACC\n05/11/2026, 10:00 - Rani: siap\n06/11/2026, 11:00 - Sari: baru")
		out, err = s.Import(ctx, rani, in)
		if err != nil || out.Added != 1 || out.Known != 3 {
			t.Errorf("the other kind of phone, zone and order known: %v %+v", err, out)
		}
		room, err := s.Room(ctx, rani, "ca")
		if err != nil || len(room.Chats) != 1 || len(room.Lines) != 4 || room.Chats[0].Lines != 4 {
			t.Fatalf("%v %+v", err, room)
		}
		if want := time.Date(2026, 11, 6, 4, 0, 0, 0, time.UTC); !room.Lines[0].At.Equal(want) || room.Lines[0].Text != "baru" {
			t.Errorf("%+v", room.Lines[0])
		}
	})
}

func TestChat_AnArchiveOfAPhoneAndWhoMayNot(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), chat.New(d)
		testkit.Booked(t, d, "{}")
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, text := range map[string]string{"_chat.txt": export, "00001-PHOTO.jpg": "x"} {
			w, _ := z.Create(name)
			_, _ = w.Write([]byte(text))
		}
		_ = z.Close()
		in := chat.Import{CampaignID: "ca", Title: " Grup  Melati ", FileName: "x.zip", Data: b.Bytes(), Zone: "Asia/Jakarta", Order: chat.DayFirst}
		if out, err := s.Import(ctx, rani, in); err != nil || out.Added != 3 || out.Chat.Title != "Grup Melati" {
			t.Fatalf("%v %+v", err, out)
		}
		in.Title, in.FileName = "", "_chat.txt"
		if _, err := s.Import(ctx, rani, in); !errors.Is(err, chat.ErrTitle) {
			t.Errorf("a chat without a name: %v", err)
		}
		in.Title, in.Data = "x", []byte("PK\x03\x04 broken")
		if _, err := s.Import(ctx, rani, in); !errors.Is(err, chat.ErrNotExport) {
			t.Errorf("a broken archive: %v", err)
		}
		in.Data = make([]byte, chat.MaxBytes+1)
		if _, err := s.Import(ctx, rani, in); !errors.Is(err, chat.ErrLarge) {
			t.Errorf("too large: %v", err)
		}
		for _, role := range []access.Role{access.Specialist, access.Designer, access.Finance, access.Client, access.Talent} {
			other := rani
			other.Role = role
			if _, err := s.Room(ctx, other, "ca"); err == nil {
				t.Errorf("%s reads chats", role)
			}
			if _, err := s.Import(ctx, other, in); err == nil {
				t.Errorf("%s imports a chat", role)
			}
		}
		if _, err := s.Room(ctx, rani, "none"); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("no campaign: %v", err)
		}
	})
}
