package audit_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/testkit"
)

func TestTrail_VerifyFindsEachTampering(t *testing.T) {
	ctx := context.Background()
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		for i := range 20 {
			err := d.Write(ctx, func(tx *db.Tx) error {
				return audit.Record(ctx, tx, audit.Who{Kind: "staff", ID: "p1", Name: "Rani"}, audit.Entry{
					Verb: "brief.edit", Subject: "brief", ID: "b1", Campaign: "c1", After: map[string]int{"n": i}})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		breaks := func() (n int) {
			_ = d.Read(ctx, func(tx *db.Tx) error {
				b, _, err := audit.Verify(ctx, tx)
				n = len(b)
				return err
			})
			return n
		}
		if n := breaks(); n != 0 {
			t.Fatalf("%d breaks in an untouched trail", n)
		}
		for _, attack := range []string{
			`UPDATE audit SET reason = 'other' WHERE seq = 7`,
			`DELETE FROM audit WHERE seq = 9`,
			`UPDATE audit SET hash = prev_hash WHERE seq = 12`,
			`UPDATE audit SET who_name = 'Bagas' WHERE seq = 20`,
		} {
			before := breaks()
			if err := d.Write(ctx, func(tx *db.Tx) error { _, err := tx.Exec(ctx, attack); return err }); err != nil {
				t.Fatal(err)
			}
			if breaks() <= before {
				t.Error("not found: " + attack)
			}
		}
	})
}

func TestTrail_VersionMovesWithTheCampaignAlone(t *testing.T) {
	ctx := context.Background()
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		for i, campaign := range []string{"c1", "c2", "c1", ""} {
			err := d.Write(ctx, func(tx *db.Tx) error {
				return audit.Record(ctx, tx, audit.Who{Kind: "system"}, audit.Entry{Verb: "x", Subject: "s", ID: fmt.Sprint(i), Campaign: campaign})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		_ = d.Read(ctx, func(tx *db.Tx) error {
			for campaign, want := range map[string]int64{"c1": 3, "c2": 2, "none": 0} {
				if got, err := audit.Version(ctx, tx, campaign); err != nil || got != want {
					t.Errorf("version of %s is %d, want %d (%v)", campaign, got, want, err)
				}
			}
			return nil
		})
	})
}

func TestRedact_AnErasureIsToldFromTampering(t *testing.T) {
	ctx := context.Background()
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		rani := audit.Who{Kind: "staff", ID: "p1", Name: "Rani"}
		write := func(f func(tx *db.Tx) error) {
			t.Helper()
			if err := d.Write(ctx, f); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 6 {
			write(func(tx *db.Tx) error {
				return audit.Record(ctx, tx, audit.Who{Kind: "talent", ID: "t1", Name: "Sekar"}, audit.Entry{Verb: "offer.answer", Subject: "offer", ID: fmt.Sprint(i), Talent: "t1", After: map[string]string{"name": "Sekar"}})
			})
		}
		write(func(tx *db.Tx) error {
			f, err := audit.Find(ctx, tx, audit.Found{}, func(l audit.Line) bool { return l.Seq%2 == 0 })
			if err != nil || !slices.Equal(f.Seqs, []int64{2, 4, 6}) || f.Through != 6 {
				t.Fatal(f, err)
			}
			return audit.Redact(ctx, tx, rani, audit.Entry{Subject: "talent", ID: "t1"}, f, func(l *audit.Line) { l.Who.Name, l.After = "Talent T1", "" })
		})
		breaks := func() (out []audit.Break) {
			if err := d.Read(ctx, func(tx *db.Tx) (err error) { out, _, err = audit.Verify(ctx, tx); return err }); err != nil {
				t.Fatal(err)
			}
			return out
		}
		if b := breaks(); len(b) != 0 {
			t.Fatal("an erasure is taken for tampering:", b)
		}
		for want, attack := range map[int64]string{2: `UPDATE audit SET reason = 'x' WHERE seq = 2`, 3: `UPDATE audit SET who_name = 'Talent T1' WHERE seq = 3`} {
			write(func(tx *db.Tx) error { _, err := tx.Exec(ctx, attack); return err })
			if b := breaks(); !slices.Contains(b, audit.Break{Seq: want, What: "hash"}) {
				t.Errorf("not found: %s: %v", attack, b)
			}
		}
		write(func(tx *db.Tx) error { // a second erasure over the first
			return audit.Redact(ctx, tx, rani, audit.Entry{Subject: "talent", ID: "t1"}, audit.Found{Seqs: []int64{4}}, func(l *audit.Line) { l.Reason = "-" })
		})
		if b := breaks(); len(b) != 2 {
			t.Error("after a second erasure:", b)
		}
	})
}
