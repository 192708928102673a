package privacy_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/privacy"
	"kolega/internal/secret"
	"kolega/internal/talent"
	"kolega/internal/testkit"
)

func TestErase_ATalentGoesAndTheTrailHolds(t *testing.T) {
	ctx := context.Background()
	boss := access.Actor{Who: audit.Who{Kind: "staff", ID: "p1", Name: "Rani"}, Role: access.Manager, Lang: "id", Zone: "Asia/Jakarta"}
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		box, files := secret.New([32]byte{1}), mustFolder(t)
		talents := talent.New(d, box, files)
		s := privacy.New(d, box, files)
		open := []string{"payout"}
		s.Know(privacy.Talent, talent.Personal, privacy.Part{Open: func(context.Context, *db.Tx, string) ([]string, error) { return open, nil }})
		one, err := talents.Create(ctx, boss, talent.NewTalent{Platform: talent.Instagram, Handle: "sekar.ayu.id",
			Talent: talent.Talent{Name: "Sekar Ayuningtyas", Phone: "+6281234567890", Email: "sekar@example.com", Note: "likes mornings"}})
		if err != nil {
			t.Fatal(err)
		}
		who := privacy.Subject{Kind: privacy.Talent, ID: one.ID}

		c, err := s.Copy(ctx, boss, who)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := json.Marshal(c)
		if text := string(b); !strings.Contains(text, "sekar.ayu.id") || !strings.Contains(text, "+6281234567890") || strings.Contains(text, "likes mornings") {
			t.Error("the copy lacks what is theirs or holds what is not:", text)
		}
		finance := boss
		finance.Role = access.Finance
		for _, w := range []struct {
			actor        access.Actor
			open         []string
			name, reason string
			want         string
		}{
			{finance, nil, "Sekar Ayuningtyas", "mail", "access.forbidden"},
			{boss, open, "Sekar Ayuningtyas", "mail", "privacy.open"},
			{boss, nil, "Sekar", "mail", privacy.ErrName.Code},
			{boss, nil, "Sekar Ayuningtyas", " ", privacy.ErrReason.Code},
		} {
			open = w.open
			if err := s.Erase(ctx, w.actor, who, w.name, w.reason); fault.CodeOf(err) != w.want {
				t.Errorf("%+v: %v", w, err)
			}
		}
		if err := s.Erase(ctx, boss, who, "sekar ayuningtyas", "Sekar Ayuningtyas by mail"); err != nil {
			t.Fatal(err)
		}
		left, err := talents.Show(ctx, boss, one.ID)
		if err != nil || left.Talent.Status != talent.StatusErased || left.Talent.Name != who.Alias() || left.Talent.Phone != "" || left.Accounts[0].Handle != "" {
			t.Errorf("left: %+v, %v", left.Talent, err)
		}
		if err := d.Read(ctx, func(tx *db.Tx) error {
			breaks, _, err := audit.Verify(ctx, tx)
			if len(breaks) > 0 {
				t.Error("the trail broke:", breaks)
			}
			lines, err2 := audit.After(ctx, tx, 0, 100)
			for _, l := range lines {
				if strings.Contains(l.Before+l.After+l.Reason, "ekar") {
					t.Errorf("entry %d still names her: %+v", l.Seq, l)
				}
			}
			return errors.Join(err, err2)
		}); err != nil {
			t.Fatal(err)
		}
		again, err := talents.Create(ctx, boss, talent.NewTalent{Platform: talent.Instagram, Handle: "sekar.ayu.id", Talent: talent.Talent{Name: "Sekar Ayuningtyas"}})
		if err != nil || again.ID == one.ID {
			t.Error("the handle is free for her to come back:", err)
		}
	})
}

func mustFolder(t *testing.T) blob.Store {
	t.Helper()
	s, err := blob.Folder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}
