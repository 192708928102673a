package custom_test

import (
	"context"
	"errors"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/custom"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/testkit"
)

func TestField_ReadsWhatPeopleType(t *testing.T) {
	for _, c := range []struct {
		kind        custom.Kind
		typed, want string
		code        string
	}{
		{custom.Text, "  halo  ", "halo", ""},
		{custom.Text, "", "", ""},
		{custom.Number, "1.250", "1250", ""},
		{custom.Number, "1,250.50", "1250.5", ""},
		{custom.Number, "1.250,5", "1250.5", ""},
		{custom.Number, "12,5", "12.5", ""},
		{custom.Number, "0.125", "0.125", ""},
		{custom.Number, "1.250.000", "1250000", ""},
		{custom.Number, "-3", "-3", ""},
		{custom.Number, "007", "7", ""},
		{custom.Number, "0", "0", ""},
		{custom.Number, "tiga", "", "custom.number"},
		{custom.Number, "1-2", "", "custom.number"},
		{custom.Number, ".", "", "custom.number"},
		{custom.Number, "99999999999999999999", "", "custom.number"},
		{custom.Date, "2026-12-31", "2026-12-31", ""},
		{custom.Date, "31/12/2026", "2026-12-31", ""},
		{custom.Date, "2026-02-30", "", "custom.date"},
		{custom.Choice, "MERAH", "Merah", ""},
		{custom.Choice, "biru", "", "custom.choice"},
		{custom.YesNo, "Ya", custom.Yes, ""},
		{custom.YesNo, "tidak", custom.No, ""},
		{custom.YesNo, "mungkin", "", "custom.yes-no"},
	} {
		got, err := custom.Field{Kind: c.kind, Choices: []string{"Merah", "Putih"}}.Read(c.typed)
		if got != c.want || fault.CodeOf(err) != c.code && (err != nil || c.code != "") {
			t.Errorf("%s %q is read as %q, %v", c.kind, c.typed, got, err)
		}
	}
}

func TestField_IsNamedAndOfAKind(t *testing.T) {
	ok := custom.Field{Of: custom.Talents, Name: " Ukuran  baju ", Kind: custom.Choice, Choices: []string{"S", "M", " m ", ""}}
	if f, err := ok.Normal(); err != nil || f.Name != "Ukuran baju" || len(f.Choices) != 2 {
		t.Errorf("%+v %v", f, err)
	}
	for _, bad := range []custom.Field{{Of: custom.Talents, Kind: custom.Text}, {Of: "brand", Name: "x", Kind: custom.Text}, {Of: custom.Clients, Name: "x", Kind: "colour"}, {Of: custom.Clients, Name: "x", Kind: custom.Choice, Choices: []string{"one"}}} {
		if _, err := bad.Normal(); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

func TestCustom_ValuesAreKeptFilteredAndFollow(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		there := func(_ context.Context, _ *db.Tx, id string) error {
			if id == "nobody" {
				return db.ErrNotFound
			}
			return nil
		}
		s := custom.New(d, map[custom.Of]custom.There{custom.Talents: there, custom.Clients: there})
		as := func(r access.Role) access.Actor { return access.Actor{Who: audit.Who{Kind: "staff", ID: "p"}, Role: r} }
		manager, specialist := as(access.Manager), as(access.Specialist)
		if _, err := s.Add(ctx, specialist, custom.Field{Of: custom.Talents, Name: "Kulit", Kind: custom.Text}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("added without the right: %v", err)
		}
		add := func(name string, kind custom.Kind, choices ...string) custom.Field {
			t.Helper()
			f, err := s.Add(ctx, manager, custom.Field{Of: custom.Talents, Name: name, Kind: kind, Choices: choices})
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		skin, hijab, size := add("Jenis kulit", custom.Text), add("Berhijab", custom.YesNo), add("Tinggi", custom.Number)
		if _, err := s.Add(ctx, manager, custom.Field{Of: custom.Talents, Name: "JENIS KULIT", Kind: custom.Date}); !errors.Is(err, custom.FaultTaken) {
			t.Errorf("twice of one name: %v", err)
		}
		set := func(id string, v map[string]string) error { return s.Set(ctx, specialist, custom.Talents, id, v) }
		err := set("a", map[string]string{skin.ID: "kering", size.ID: "tinggi sekali"})
		if f, ok := fault.As(err); !ok || f.Fields[size.Input()] != "custom.number" {
			t.Errorf("a wrong number: %v", err)
		}
		if got, err := s.Sheet(ctx, specialist, custom.Talents, "a"); err != nil || len(got.Values) != 0 || len(got.Fields) != 3 {
			t.Errorf("half of it was kept: %+v %v", got, err)
		}
		if err := errors.Join(set("a", map[string]string{skin.ID: "Kéring sekali", hijab.ID: "ya", size.ID: "165"}), set("b", map[string]string{skin.ID: "kering", hijab.ID: "tidak"})); err != nil {
			t.Fatal(err)
		}
		if err := set("nobody", map[string]string{skin.ID: "x"}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("of nobody: %v", err)
		}
		with := func(v map[string]string) int {
			ids, _, err := s.With(ctx, specialist, custom.Talents, v)
			if err != nil {
				t.Fatal(err)
			}
			return len(ids)
		}
		if with(map[string]string{skin.ID: "KERING"}) != 2 || with(map[string]string{skin.ID: "kering", hijab.ID: "ya"}) != 1 || with(map[string]string{size.ID: "165,0"}) != 1 || with(map[string]string{size.ID: "banyak"}) != 0 || with(map[string]string{skin.ID: "%"}) != 0 {
			t.Error("the filter")
		}
		if _, asked, _ := s.With(ctx, specialist, custom.Talents, nil); asked {
			t.Error("nothing asked")
		}
		if err := d.Write(ctx, func(tx *db.Tx) error { _, err := custom.MoveTalent(ctx, tx, "a", "b"); return err }); err != nil {
			t.Fatal(err)
		}
		all, err := s.Sheets(ctx, specialist, custom.Talents, []string{"a", "b"})
		if err != nil || len(all["a"]) != 0 || all["b"][skin.ID] != "kering" || all["b"][size.ID] != "165" || all["b"][hijab.ID] != custom.No {
			t.Errorf("merged: %v %v", all, err)
		}
		if err := s.Edit(ctx, manager, custom.Field{ID: skin.ID, Name: "Kulit", Version: 1}); err != nil {
			t.Fatal(err)
		}
		if err := s.Drop(ctx, manager, skin.ID, 1); err == nil {
			t.Error("dropped an old version")
		}
		if err := s.Drop(ctx, manager, skin.ID, 2); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Sheet(ctx, specialist, custom.Talents, "b"); err != nil || len(got.Fields) != 2 || got.Values[skin.ID] != "" {
			t.Errorf("a dropped field shows: %+v %v", got, err)
		}
		add("Jenis kulit", custom.Choice, "kering", "berminyak")
	})
}
