package match

import (
	"context"
	"strings"
	"testing"

	"kolega/internal/db"
	"kolega/internal/talent"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

func TestBrief_AudienceIsMeasuredByTypedShares(t *testing.T) {
	kit := &audience{
		{"2026-10-01", []talent.Share{{Value: "ID", Bp: 6_200}, {Value: "PH", Bp: 1_800}}},
		{"2026-03-01", []talent.Share{{Value: "18-24", Bp: 4_000}, {Value: "25-34", Bp: 3_000}}},
		{"2026-11-01", []talent.Share{{Value: "female", Bp: 8_000}, {Value: "male", Bp: 2_000}}},
	}
	part := &audience{{"2026-10-01", []talent.Share{{Value: "ID", Bp: 6_200}}}}
	for _, c := range []struct {
		name  string
		brief Brief
		heard *audience
		main  string
		fit   int64
		on    worktime.Date
		lacks string
		known bool
	}{
		{"nothing asked is neutral and named unknown", Brief{}, kit, "ID", neutral, "", "", false},
		{"the share itself counts", Brief{Country: "ID"}, kit, "ID", 620, "2026-10-01", "", true},
		{"a country left out of the kit has no share", Brief{Country: "MY"}, kit, "ID", 0, "2026-10-01", "", true},
		{"bands of age add up", Brief{Ages: []string{"18-24", "25-34"}}, kit, "ID", 700, "2026-03-01", "", true},
		{"all kinds: the mean, dated by the oldest", Brief{Country: "ID", Ages: []string{"18-24", "25-34"}, Gender: "female"}, kit, "ID", 706, "2026-03-01", "", true},
		{"a kind that nobody typed is neutral and named", Brief{Country: "ID", Gender: "female"}, part, "ID", 560, "2026-10-01", "gender", true},
		{"the main country alone, and it is the one", Brief{Country: "ID"}, nil, "ID", mainShare, "", "", true},
		{"the main country alone, and it is another", Brief{Country: "ID"}, nil, "PH", otherShare, "", "", true},
		{"nothing known at all", Brief{Country: "ID", Ages: []string{"18-24"}}, nil, Unknown, neutral, "", "country,age", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			fit, on, lacks, known := c.brief.audienceFit(c.heard, c.main)
			if fit != c.fit || on != c.on || lacks != c.lacks || known != c.known {
				t.Errorf("%d %s %q %v", fit, on, lacks, known)
			}
		})
	}
}

func TestMatch_AudienceTypedAMomentAgoIsMeasured(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, people, m := context.Background(), talent.New(d, nil, nil), New(d, t.TempDir())
		x, err := people.Create(ctx, specialist(), talent.NewTalent{Talent: talent.Talent{Name: "Bea", Country: "PH"}})
		if err != nil {
			t.Fatal(err)
		}
		a, err := people.AddAccount(ctx, specialist(), x.ID, talent.NewAccount(talent.Instagram, "bea"))
		if err != nil {
			t.Fatal(err)
		}
		measured := func() Measure {
			t.Helper()
			r, err := m.Rank(ctx, specialist(), Query{Order: ByFit, Brief: &Brief{Country: "PH", Ages: []string{"18-24"}}})
			if err != nil || len(r.Rows) != 1 {
				t.Fatal(r, err)
			}
			return r.Rows[0].Parts[1]
		}
		if got := measured(); got.Known || got.Missing != "country,age" || got.Fit != neutral {
			t.Errorf("before: %+v", got)
		}
		for kind, shares := range map[talent.AudienceKind]string{talent.AudienceCountry: "PH 81%\nUS 6%", talent.AudienceAge: "18-24 52%"} {
			if err := people.SetAudience(ctx, specialist(), talent.SetAudience{TalentID: x.ID, AccountID: a.ID, Kind: kind, Shares: shares, On: talent.DayOf(testkit.Start)}); err != nil {
				t.Fatal(err)
			}
		}
		if got := measured(); !got.Known || got.Missing != "" || got.Fit != 665 || got.On != talent.DayOf(testkit.Start) {
			t.Errorf("after: %+v", got)
		}
	})
}

func TestAudienceAsked(t *testing.T) {
	for text, want := range map[string]string{
		"Perempuan 18–30, kulit kering":  "female 18-24,25-34",
		"Women 16–28 in the Philippines": "female 13-17,18-24,25-34",
		"Viewers 18–34 in big cities":    " 18-24,25-34",
		"Profesional muda 25-40":         " 25-34,35-44",
		"pria dan wanita 35+":            " 35-44,45-54,55-64,65+",
		"ibu muda":                       " ",
		"":                               " ",
		"naik 10-20% di 2026":            " ",
	} {
		ages, gender := talent.AudienceAsked(text)
		if got := gender + " " + strings.Join(ages, ","); got != want {
			t.Errorf("%q asks for %q, want %q", text, got, want)
		}
	}
}
