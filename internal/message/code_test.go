package message_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/message"
	"kolega/internal/testkit"
)

func TestCode_IsKeptForThosePeopleWhoSendItOn(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), message.New(d)
		reg := job.NewRegistry()
		s.Work(reg)
		runner := job.NewRunner(d, reg, slog.New(slog.DiscardHandler))
		p, err := s.Prepare(ctx, ae, share("room"))
		if err != nil {
			t.Fatal(err)
		}
		asker, err := access.New(d, nil).OpenLink(ctx, strings.TrimPrefix(p.URL, "https://kolega.example/c/"))
		if err != nil {
			t.Fatal(err)
		}
		ask := func() (code string) {
			t.Helper()
			err := d.Write(ctx, func(tx *db.Tx) (err error) {
				if code, err = access.AskStepUp(ctx, tx, asker, "price", "+628120000789"); err != nil {
					return err
				}
				return job.Enqueue(ctx, tx, access.CodeAsked{To: "+628120000789", Name: "Ayu Larasati", Lang: "id", Code: code, CampaignID: "c1", LinkID: asker.LinkID, Purpose: "price"})
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := runner.Drain(ctx); err != nil {
				t.Fatal(err)
			}
			return code
		}
		codes := func() []message.Code {
			t.Helper()
			list, err := s.Codes(ctx, ae, "c1")
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		old, code := ask(), ask()
		list := codes()
		if len(list) != 1 || !strings.Contains(list[0].Text, code) || code != old && strings.Contains(list[0].Text, old) {
			t.Fatalf("kept %+v, want the newest code alone", list)
		}
		if u := list[0].URL(""); !strings.HasPrefix(u, "https://wa.me/628120000789?text=Halo%20Kak%20Ayu") {
			t.Errorf("opens %q", u)
		}
		if _, err := s.Codes(ctx, asker, "c1"); err == nil {
			t.Error("the one who asked reads the code")
		}
		if _, err := s.MarkCodeSent(ctx, ae, list[0].ID, "whatsapp"); err != nil {
			t.Error(err)
		}
		if _, err := s.MarkCodeSent(ctx, ae, list[0].ID, "whatsapp"); !errors.Is(err, message.ErrSent) {
			t.Errorf("sent twice: %v", err)
		}
		testkit.ClockOf(d).Advance(11 * time.Minute)
		if list := codes(); len(list) != 0 {
			t.Errorf("after eleven minutes there is %+v", list)
		}
		if err := runner.Drain(ctx); err != nil {
			t.Fatal(err)
		}
		ask()
		if err := access.New(d, nil).AnswerStepUp(ctx, asker, "price", "000000x"); !errors.Is(err, access.ErrStepUpCode) {
			t.Fatal(err)
		}
		if len(codes()) != 1 {
			t.Error("a wrong try takes the code away from those who send it")
		}
	})
}

func TestHint_SaysWhereAndHidesTheRest(t *testing.T) {
	for place, want := range map[string]string{
		"+628120000789":     "WhatsApp •••• 789",
		"ayu@brand.example": "e-mail a•••@brand.example",
		"123":               "WhatsApp ••••",
		"larasati@x.id":     "e-mail l•••@x.id",
		"+63 917 123 4567":  "WhatsApp •••• 567",
		"":                  "WhatsApp ••••",
	} {
		if got := access.Hint(place); got != want {
			t.Errorf("%q: %q, want %q", place, got, want)
		}
	}
}
