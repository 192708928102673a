package talent_test

import (
	"context"
	"errors"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/secret"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

var (
	ctx        = context.Background()
	specialist = staff("sp", access.Specialist)
	manager    = staff("ma", access.Manager)
	designer   = staff("de", access.Designer)
)

func staff(id string, r access.Role) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "staff", ID: id, Name: id}, Role: r, Lang: "id", Zone: "Asia/Jakarta"}
}

func herself(id string) access.Actor {
	return access.Actor{Who: audit.Who{Kind: "talent", ID: id, Name: "Bea"}, Role: access.Talent, TalentID: id, CampaignID: "ca", Lang: "fil", Zone: "Asia/Manila"}
}

// house is two booked talents, t1 and t2, and the use cases.
func house(t *testing.T, d *db.DB) *talent.Service {
	t.Helper()
	testkit.Booked(t, d, "{}")
	for _, id := range []string{"t1", "t2"} {
		write(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE talent SET tax_kind = 'foreign', version = 1 WHERE id = $1`, id)
			return err
		})
	}
	return talent.New(d, secret.New([32]byte{3}), nil)
}

func write(t *testing.T, d *db.DB, do func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(ctx, do); err != nil {
		t.Fatal(err)
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func wantFault(t *testing.T, err error, code string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok {
		t.Fatalf("got %v, want %s", err, code)
	}
	if f.Code == code {
		return
	}
	for _, c := range f.Fields {
		if c == code {
			return
		}
	}
	t.Errorf("got %v, want %s", err, code)
}

func TestContracts_KeepTheStanding(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := house(t, d)
		day := talent.DayOf(d.Now())
		show := func() talent.File { return must[talent.File](t)(s.Show(ctx, specialist, "t1")) }
		lone := show().Talent
		lone.Status = talent.StatusExclusive
		_, err := s.Edit(ctx, specialist, talent.EditTalent{Talent: lone})
		wantFault(t, err, "talent.contract-missing")

		x := must[talent.Exclusivity](t)(s.AddContract(ctx, specialist, talent.Exclusivity{TalentID: "t1", Holder: talent.HolderAgency, From: day.AddDays(-10), To: day.AddDays(50),
			Territory: []string{"ph", "ID"}, NoticeOn: day.AddDays(20), ShareBp: 2_000}))
		if f := show(); f.Talent.Status != talent.StatusExclusive || len(f.Bonds.Contracts) != 1 || !f.Bonds.Contracts[0].DueSoon(day) || f.Bonds.Contracts[0].Territory[0] != "PH" {
			t.Errorf("got %+v", f.Bonds)
		}
		_, err = s.AddContract(ctx, specialist, talent.Exclusivity{TalentID: "t1", Holder: talent.HolderOther, HolderName: "Agensi Lain", From: day, To: day.AddDays(5)})
		wantFault(t, err, "talent.exclusive-overlap")
		_, err = s.AddContract(ctx, specialist, talent.Exclusivity{TalentID: "t1", Holder: talent.HolderClient, From: day, To: day.AddDays(-1), Territory: []string{"XX"}, ShareBp: 1})
		for _, code := range []string{"talent.holder-missing", "talent.span-order", "talent.territory-unknown"} {
			wantFault(t, err, code)
		}
		if err := s.EndContract(ctx, specialist, "t1", x.ID, day.AddDays(-1), "Pindah kota"); err != nil {
			t.Fatal(err)
		}
		if f := show(); f.Talent.Status != talent.StatusPreferred {
			t.Errorf("status %s after the contract", f.Talent.Status)
		}
		if err := s.EndContract(ctx, specialist, "t2", x.ID, day, ""); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another talent's contract: %v", err)
		}
	})
}

func TestContracts_AMinorNeedsAGuardian(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := house(t, d)
		day := talent.DayOf(d.Now())
		write(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE talent SET born_on = $1 WHERE id = 't1'`, day.AddMonths(-16*12))
			return err
		})
		_, err := s.AddContract(ctx, specialist, talent.Exclusivity{TalentID: "t1", Holder: talent.HolderAgency, From: day, To: day.AddDays(50)})
		wantFault(t, err, "talent.guardian-missing")
	})
}

func TestRights_RegisterAndCode(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := house(t, d)
		day := talent.DayOf(d.Now())
		n := talent.NewRight{Right: talent.UsageRight{TalentID: "t1", HolderName: "Melati Glow", Title: "Reel", Category: "beauty", Channels: []string{"ads"}, Territory: []string{"ID"},
			From: day, To: day.AddDays(10), Paid: true, CodeKind: talent.CodeSpark}}
		_, err := s.AddRight(ctx, specialist, n)
		wantFault(t, err, "talent.code-missing")
		n.Code = "spark-#9Zq7"
		u := must[talent.UsageRight](t)(s.AddRight(ctx, specialist, n))
		if u.CodeEnd != "9Zq7" || u.CodeSealed == "" || u.CodeSealed == n.Code {
			t.Errorf("code %q, sealed %q", u.CodeEnd, u.CodeSealed)
		}
		r := must[talent.Register](t)(s.Ending(ctx, specialist, day, day.AddDays(10)))
		if len(r.Rights) != 1 || r.Names["t1"] != "Bea Santillan" || !r.Rights[0].DueSoon(day) {
			t.Errorf("got %+v", r)
		}
		if r := must[talent.Register](t)(s.Ending(ctx, specialist, day, day.AddDays(9))); len(r.Rights) != 0 {
			t.Errorf("ends a day later: %+v", r)
		}
		_, err = s.SeeCode(ctx, specialist, "t1", u.ID, " ")
		wantFault(t, err, "talent.reason-missing")
		if _, err = s.SeeCode(ctx, designer, "t1", u.ID, "iklan"); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("designer: %v", err)
		}
		if code := must[string](t)(s.SeeCode(ctx, specialist, "t1", u.ID, "pasang iklan")); code != n.Code {
			t.Errorf("got %q", code)
		}
		if err := s.EditRight(ctx, specialist, talent.EditRight{TalentID: "t1", ID: u.ID, Version: u.Version, To: day.AddDays(90), CodeKind: talent.CodeNone}); err != nil {
			t.Fatal(err)
		}
		f := must[talent.File](t)(s.Show(ctx, specialist, "t1"))
		if got := f.Bonds.Rights[0]; got.CodeSealed != "" || got.To != day.AddDays(90) || got.Paid {
			t.Errorf("got %+v", got)
		}
		var looks []audit.Line
		_ = d.Read(ctx, func(tx *db.Tx) error {
			looks, err = audit.History(ctx, tx, "right", u.ID)
			return err
		})
		if len(looks) != 3 || looks[1].Verb != "right.code" || looks[1].Reason != "pasang iklan" {
			t.Errorf("trail %+v", looks)
		}
	})
}

func TestRights_OfABookingAreKeptOnce(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		house(t, d)
		u := talent.UsageRight{TalentID: "t1", BookingID: "b1", DeliverableID: "d1", CampaignID: "ca", HolderName: "Melati Glow", Title: "Reel", From: "2026-11-23", To: "2027-02-21"}
		for range 2 {
			write(t, d, func(tx *db.Tx) error { return talent.KeepRight(ctx, tx, u) })
		}
		_ = d.Read(ctx, func(tx *db.Tx) error {
			if list := must[[]talent.UsageRight](t)(talent.RightsOf(ctx, tx, "ca")); len(list) != 1 {
				t.Errorf("%d rights", len(list))
			}
			return nil
		})
	})
}

func TestBonds_AreLoadedForCasting(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := house(t, d)
		day := talent.DayOf(d.Now())
		_ = must[talent.Exclusivity](t)(s.AddContract(ctx, specialist, talent.Exclusivity{TalentID: "t2", Holder: talent.HolderOther, HolderName: "Agensi Lain", From: day, To: day.AddDays(30)}))
		seen := talent.RivalSeen{TalentID: "t1", Brand: "Mawar", SeenOn: day.AddDays(-3), Link: "https://www.instagram.com/p/x/"}
		_ = must[talent.RivalSeen](t)(s.SeeRival(ctx, specialist, seen))
		_, err := s.SeeRival(ctx, specialist, seen)
		wantFault(t, err, "talent.rival-same")
		ask := talent.Ask{ClientID: "cl", Brand: "Melati Glow", Categories: []string{"beauty"}, From: day.AddDays(2), To: day.AddDays(9), Rivals: []string{"Mawar"}}
		err = d.Read(ctx, func(tx *db.Tx) error {
			bonds, err := talent.LoadBonds(ctx, tx, []string{"t1", "t2"}, ask.From)
			if c := talent.Clashes(ask, bonds["t1"]); len(c) != 1 || c[0].Kind != talent.ClashRival || talent.Blocked(c) {
				t.Errorf("t1: %+v", c)
			}
			if c := talent.Clashes(ask, bonds["t2"]); !talent.Blocked(c) || c[0].With != "Agensi Lain" {
				t.Errorf("t2: %+v", c)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestReliability_ContestAndDecision(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := house(t, d)
		for _, id := range []string{"d1", "d3", "d4"} {
			write(t, d, func(tx *db.Tx) error {
				f := talent.DateFact(tx.Now(), tx.Now())
				if id == "d1" {
					f = talent.DateFact(tx.Now(), tx.Now().Add(90*60e9))
				}
				f.TalentID, f.Subject, f.SubjectID, f.CampaignID, f.Title = "t1", "draft", id, "ca", "Peluncuran"
				return talent.RecordFact(ctx, tx, f)
			})
		}
		mine := func() talent.MyRecord { return must[talent.MyRecord](t)(s.MyRecord(ctx, herself("t1"))) }
		var late talent.Fact
		for _, f := range mine().Facts {
			if !f.Met {
				late = f
			}
		}
		if m := mine(); !m.Record.Enough || m.Record.Kept != 2 || late.LateMinutes != 90 || late.Title != "Peluncuran" {
			t.Fatalf("got %+v", m)
		}
		if err := s.ContestFact(ctx, herself("t2"), "t1", late.ID, "Bukan saya"); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("another talent: %v", err)
		}
		wantFault(t, s.ContestFact(ctx, herself("t1"), "t1", late.ID, " "), "talent.contest-missing")
		if err := s.ContestFact(ctx, herself("t1"), "t1", late.ID, "Produk datang terlambat"); err != nil {
			t.Fatal(err)
		}
		if m := mine(); m.Record.Enough || m.Record.Facts != 2 {
			t.Errorf("contested facts count: %+v", m.Record)
		}
		if err := s.SettleFact(ctx, specialist, talent.SettleFact{TalentID: "t1", FactID: late.ID, Words: "x"}); !errors.Is(err, access.ErrForbidden) {
			t.Errorf("a specialist decides: %v", err)
		}
		wantFault(t, s.SettleFact(ctx, manager, talent.SettleFact{TalentID: "t1", FactID: late.ID}), "talent.decision-missing")
		if err := s.SettleFact(ctx, manager, talent.SettleFact{TalentID: "t1", FactID: late.ID, Words: "Resi menunjukkan produk tiba tepat waktu"}); err != nil {
			t.Fatal(err)
		}
		if m := mine(); !m.Record.Enough || m.Record.All != 3 || m.Record.LowerPpm >= talent.NeutralPpm {
			t.Errorf("after the decision: %+v", m.Record)
		}
		wantFault(t, s.SettleFact(ctx, manager, talent.SettleFact{TalentID: "t1", FactID: late.ID, Excuse: true, Words: "x"}), "talent.fact-settled")
		if err := s.ContestFact(ctx, herself("t1"), "t1", late.ID, "Sekali lagi"); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("contested twice: %v", err)
		}
	})
}
