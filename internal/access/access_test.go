package access_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/secret"
	"kolega/internal/testkit"

	"github.com/pquerna/otp/totp"
)

const password = "a short sentence"

var ctx = context.Background()

// agency is a house with its first person in it.
func agency(t *testing.T, d *db.DB) (*access.Service, access.Person) {
	t.Helper()
	s := access.New(d, secret.New([32]byte{1}))
	p, err := s.SetUp(ctx, access.NewPerson{Email: "Maya@Kolega.example ", Name: "Maya Hapsari", Password: password, Lang: "id", Zone: "Asia/Jakarta"})
	if err != nil {
		t.Fatal(err)
	}
	return s, p
}

func TestAccess_SetUpWorksOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, p := agency(t, d)
		if p.Role != access.Manager || p.Email != "maya@kolega.example" {
			t.Errorf("first person %+v", p)
		}
		_, err := s.SetUp(ctx, access.NewPerson{Email: "x@kolega.example", Name: "X", Password: password, Lang: "id", Zone: "Asia/Jakarta"})
		if !errors.Is(err, access.ErrSetUpDone) {
			t.Errorf("a second set-up: %v", err)
		}
	})
}

func TestAccess_SignIn(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, _ := agency(t, d)
		sign := func(email, pw, code string) (string, error) {
			token, _, err := s.SignIn(ctx, access.SignIn{Email: email, Password: pw, Code: code})
			return token, err
		}
		token, err := sign("MAYA@kolega.example", password, "")
		if err != nil {
			t.Fatal(err)
		}
		a, session, err := s.Recognise(ctx, token)
		if err != nil || a.Name != "Maya Hapsari" {
			t.Fatalf("%+v %v", a, err)
		}
		_, wrong := sign("maya@kolega.example", "another sentence", "")
		_, nobody := sign("nobody@kolega.example", password, "")
		if !errors.Is(wrong, access.ErrSignIn) || !errors.Is(nobody, access.ErrSignIn) {
			t.Errorf("wrong password %v, unknown person %v: want one answer", wrong, nobody)
		}
		if err := s.SignOut(ctx, a, session); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Recognise(ctx, token); !errors.Is(err, access.ErrUnauthenticated) {
			t.Errorf("after signing out: %v", err)
		}
		for range 8 {
			_, _ = sign("maya@kolega.example", "another sentence", "")
		}
		if _, err := sign("maya@kolega.example", password, ""); !errors.Is(err, access.ErrLocked) {
			t.Errorf("after eight failures: %v", err)
		}
		testkit.ClockOf(d).Advance(16 * time.Minute)
		if _, err := sign("maya@kolega.example", password, ""); err != nil {
			t.Errorf("a quarter of an hour later: %v", err)
		}
	})
}

func TestAccess_SecondFactorIsAskedFor(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, p := agency(t, d)
		a := p.Actor("web")
		key, _, err := s.NewTOTP(a, p.Email)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.ConfirmTOTP(ctx, a, key, "000000"); !errors.Is(err, access.ErrCode) {
			t.Errorf("a wrong code was taken: %v", err)
		}
		code, err := totp.GenerateCode(key, d.Now())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.ConfirmTOTP(ctx, a, key, code); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.SignIn(ctx, access.SignIn{Email: p.Email, Password: password}); !errors.Is(err, access.ErrCode) {
			t.Errorf("without a code: %v", err)
		}
		if _, _, err := s.SignIn(ctx, access.SignIn{Email: p.Email, Password: password, Code: code}); err != nil {
			t.Errorf("with the code: %v", err)
		}
	})
}

func TestAccess_InvitationWorksOnceAndTheLastManagerStays(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, p := agency(t, d)
		token, err := s.Invite(ctx, p.Actor("web"), "rani@kolega.example", access.AE)
		if err != nil {
			t.Fatal(err)
		}
		join := access.NewPerson{Email: "other@kolega.example", Name: "Rani Kusuma", Password: password, Lang: "id", Zone: "Asia/Jakarta"}
		rani, err := s.Join(ctx, token, join)
		if err != nil || rani.Email != "rani@kolega.example" || rani.Role != access.AE {
			t.Fatalf("%+v %v", rani, err)
		}
		if _, err := s.Join(ctx, token, join); !errors.Is(err, access.ErrInvitation) {
			t.Errorf("a second time: %v", err)
		}
		if _, err := s.Invite(ctx, rani.Actor("web"), "x@kolega.example", access.AE); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an account executive invites: %v", err)
		}
		err = s.EditPerson(ctx, p.Actor("web"), access.EditPerson{ID: p.ID, Version: p.Version, Role: access.AE})
		if !errors.Is(err, access.ErrLastAdmin) {
			t.Errorf("the last manager leaves: %v", err)
		}
	})
}

func room() access.Room {
	return access.Room{Party: access.Client, CampaignID: "c1", ClientID: "k1", ContactID: "o1", Name: "Ayu", Lang: "id", Zone: "Asia/Jakarta"}
}

func TestAccess_RoomLink(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, p := agency(t, d)
		staff := p.Actor("web")
		token, err := s.IssueLink(ctx, staff, room(), d.Now().Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.OpenLink(ctx, token)
		if err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			owner access.Owner
			verb  access.Verb
			fine  bool
		}{
			"their own campaign":               {access.Owner{CampaignID: "c1", ClientID: "k1"}, "draft.approve", true},
			"another campaign":                 {access.Owner{CampaignID: "c2", ClientID: "k1"}, "draft.approve", false},
			"another client":                   {access.Owner{CampaignID: "c1", ClientID: "k2"}, "draft.approve", false},
			"a talent's thing":                 {access.Owner{CampaignID: "c1", TalentID: "t1"}, "draft.approve", false},
			"a thing that is nobody's":         {access.Owner{}, "draft.approve", false},
			"a right that clients do not have": {access.Owner{CampaignID: "c1", ClientID: "k1"}, "payout.see", false},
		} {
			if err := a.Require(c.verb, c.owner); (err == nil) != c.fine || err != nil && fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		testkit.ClockOf(d).Advance(2 * time.Hour)
		if _, err := s.OpenLink(ctx, token); !errors.Is(err, access.ErrLinkGone) {
			t.Errorf("after its end: %v", err)
		}
		again, _ := s.IssueLink(ctx, staff, room(), d.Now().Add(time.Hour))
		links, err := s.Links(ctx, staff, "c1")
		if err != nil || len(links) != 2 {
			t.Fatalf("%+v %v", links, err)
		}
		if err := s.RevokeLink(ctx, staff, links[0].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.OpenLink(ctx, again); !errors.Is(err, access.ErrLinkGone) {
			t.Errorf("after it was withdrawn: %v", err)
		}
	})
}

func TestAccess_StepUpCode(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, p := agency(t, d)
		token, err := s.IssueLink(ctx, p.Actor("web"), room(), d.Now().Add(48*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.OpenLink(ctx, token)
		if err != nil {
			t.Fatal(err)
		}
		ask := func() (code string) {
			testkit.ClockOf(d).Advance(time.Second)
			if err := d.Write(ctx, func(tx *db.Tx) (err error) {
				code, err = access.AskStepUp(ctx, tx, a, "sign", "+628123456789")
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return code
		}
		use := func() error {
			return d.Write(ctx, func(tx *db.Tx) error { return access.UseStepUp(ctx, tx, a, "sign") })
		}
		if err := use(); !errors.Is(err, access.ErrStepUp) {
			t.Errorf("without a code: %v", err)
		}
		code := ask()
		wrong := "000000"
		if code == wrong {
			wrong = "111111"
		}
		if err := s.AnswerStepUp(ctx, a, "sign", wrong); !errors.Is(err, access.ErrStepUpCode) {
			t.Errorf("a wrong code: %v", err)
		}
		if err := s.AnswerStepUp(ctx, a, "sign", code); err != nil {
			t.Errorf("the right code: %v", err)
		}
		if err := use(); err != nil {
			t.Errorf("the act: %v", err)
		}
		if err := use(); !errors.Is(err, access.ErrStepUp) {
			t.Errorf("a second act on one code: %v", err)
		}
		code = ask()
		for range 5 {
			_ = s.AnswerStepUp(ctx, a, "sign", wrong)
		}
		if err := s.AnswerStepUp(ctx, a, "sign", code); !errors.Is(err, access.ErrStepUpSpent) {
			t.Errorf("after five wrong ones: %v", err)
		}
		code = ask()
		testkit.ClockOf(d).Advance(11 * time.Minute)
		if err := s.AnswerStepUp(ctx, a, "sign", code); !errors.Is(err, access.ErrStepUp) {
			t.Errorf("after ten minutes: %v", err)
		}
	})
}

func TestAccess_TokenScopes(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s, p := agency(t, d)
		token, kept, err := s.NewToken(ctx, p.Actor("web"), "sheet", []string{"brief.*", "client.see"}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.RecogniseToken(ctx, token)
		if err != nil {
			t.Fatal(err)
		}
		for verb, want := range map[access.Verb]bool{"brief.edit": true, "client.see": true, "client.edit": false, "payout.release": false} {
			if a.Can(verb) != want {
				t.Errorf("%s: %v", verb, !want)
			}
		}
		if err := s.RevokeToken(ctx, p.Actor("web"), kept.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.RecogniseToken(ctx, token); !errors.Is(err, access.ErrUnauthenticated) {
			t.Errorf("after it was withdrawn: %v", err)
		}
	})
}
