package agenda_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/agenda"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/meeting"
	"kolega/internal/testkit"
)

var (
	rani = access.Actor{Who: audit.Who{Kind: "staff", ID: "ae", Name: "Rani"}, Role: access.SeniorAE, Lang: "id", Zone: "Asia/Jakarta"}
	sari = access.Actor{Who: audit.Who{Kind: "client", ID: "co", Name: "Sari", Via: "link:l"}, Role: access.Client, CampaignID: "ca", ClientID: "cl", ContactID: "co", Lang: "id", Zone: "Asia/Jakarta"}
	bea  = access.Actor{Who: audit.Who{Kind: "talent", ID: "t1", Name: "Bea"}, Role: access.Talent, CampaignID: "ca", TalentID: "t1", Lang: "en", Zone: "Asia/Manila"}
)

// world has two talents whose posts are due at one instant, a client meeting and an internal one.
func world(t *testing.T, d *db.DB) *agenda.Service {
	t.Helper()
	ctx, m := context.Background(), meeting.New(d, nil)
	testkit.Booked(t, d, "{}")
	for _, p := range []meeting.Plan{
		{Kind: meeting.Review, Title: "Tinjau draf", CampaignID: "ca", On: "2026-11-24", From: "10.00", To: "11.00", Staff: []string{"ae"}, Contacts: []string{"co"}},
		{Kind: meeting.Internal, Title: "Soal margin", CampaignID: "ca", On: "2026-11-25", From: "10.00", To: "11.00", Staff: []string{"ae", "sp"}},
	} {
		if _, err := m.Call(ctx, rani, p); err != nil {
			t.Fatal(err)
		}
	}
	return agenda.New(d)
}

func titles(list []agenda.Entry) (out string) {
	for _, e := range list {
		out += string(e.Kind) + " " + e.Title + "; "
	}
	return out
}

func TestCalendar_EachSideSeesItsOwnDates(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), world(t, d)
		from, to := testkit.Start.Add(-24*time.Hour), testkit.Start.Add(20*24*time.Hour)
		c, err := s.Calendar(ctx, rani, agenda.Scope{Kind: agenda.OfPerson, ID: "ae"}, from, to)
		if err != nil || titles(c.Entries) != "post Bea Santillan; post Mika Delos Reyes; meeting Tinjau draf; meeting Soal margin; " || c.Clashes != 2 {
			t.Errorf("the AE sees %q, %d clashes, %v", titles(c.Entries), c.Clashes, err)
		}
		c, err = s.Outside(ctx, sari, from, to)
		if err != nil || titles(c.Entries) != "post Bea Santillan; post Mika Delos Reyes; meeting Tinjau draf; " {
			t.Errorf("the client sees %q, %v", titles(c.Entries), err)
		}
		c, err = s.Outside(ctx, bea, from, to)
		if err != nil || titles(c.Entries) != "post Bea Santillan; " {
			t.Errorf("the talent sees %q, %v", titles(c.Entries), err)
		}
		if _, err := s.Calendar(ctx, sari, agenda.Scope{}, from, to); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a client in the agency's calendar: %v", err)
		}
		if _, err := s.Calendar(ctx, rani, agenda.Scope{}, from, from.AddDate(1, 0, 0)); !errors.Is(err, agenda.ErrRange) {
			t.Errorf("a year at once: %v", err)
		}
	})
}

func TestFeed_IsSecretAndWithdrawable(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), world(t, d)
		read := func(token string) string {
			t.Helper()
			c, err := s.Subscribed(ctx, token)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := c.Write(&b); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
		mine, f, err := s.Publish(ctx, rani, agenda.Scope{Kind: agenda.OfPerson, ID: "ae"})
		if err != nil || f.Label != "ae" {
			t.Fatal(err, f)
		}
		if text := read(mine); !strings.Contains(text, "SUMMARY:Soal margin") || !strings.Contains(text, "DTSTART;TZID=Asia/Jakarta:20261124T100000") {
			t.Errorf("the AE's own feed:\n%s", text)
		}
		theirs, _, err := s.Publish(ctx, sari, agenda.Scope{Kind: agenda.OfPerson, ID: "ae"})
		if err != nil {
			t.Fatal(err)
		}
		if text := read(theirs); strings.Contains(text, "margin") || !strings.Contains(text, "Tinjau draf") {
			t.Errorf("the client's feed:\n%s", text)
		}
		own, _, err := s.Publish(ctx, bea, agenda.Scope{})
		if err != nil {
			t.Fatal(err)
		}
		if text := read(own); strings.Contains(text, "Mika") || strings.Count(text, "BEGIN:VEVENT") != 1 {
			t.Errorf("the talent's feed:\n%s", text)
		}
		if _, _, err := s.Publish(ctx, rani, agenda.Scope{Kind: agenda.OfPerson, ID: "sp"}); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a colleague's dates: %v", err)
		}
		designer := rani
		designer.ID, designer.Role = "sp", access.Designer
		if _, _, err := s.Publish(ctx, designer, agenda.Scope{Kind: agenda.OfClient, ID: "cl"}); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a designer shares a client's dates: %v", err)
		}
		if err := s.Withdraw(ctx, bea, f.ID); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("somebody else's feed: %v", err)
		}
		if err := s.Withdraw(ctx, rani, f.ID); err != nil {
			t.Fatal(err)
		}
		for _, token := range []string{mine, "x", ""} {
			if _, err := s.Subscribed(ctx, token); !errors.Is(err, agenda.ErrFeed) {
				t.Errorf("%q opens: %v", token, err)
			}
		}
		if list, err := s.Feeds(ctx, rani); err != nil || len(list) != 0 {
			t.Errorf("%v %v", list, err)
		}
		if err := d.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE contact SET left_at = 1 WHERE id = 'co'`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Subscribed(ctx, theirs); !errors.Is(err, agenda.ErrFeed) {
			t.Errorf("the contact has left: %v", err)
		}
	})
}
