package shoot_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/shoot"
	"kolega/internal/testkit"
)

var (
	rani = access.Actor{Who: audit.Who{Kind: "staff", ID: "ae", Name: "Rani"}, Role: access.AE, Lang: "id", Zone: "Asia/Jakarta"}
	bea  = access.Actor{Who: audit.Who{Kind: "talent", ID: "t1", Name: "Bea"}, Role: access.Talent, CampaignID: "ca", TalentID: "t1", Lang: "fil", Zone: "Asia/Manila"}
)

func TestShoot_ADayFromThePlanToTheLastWish(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), shoot.New(d)
		testkit.Booked(t, d, "{}")
		points, err := json.Marshal([]campaign.Point{{ID: "spf", Number: 1, Kind: campaign.Must, Text: "Sebut SPF 50", Langs: map[string]string{"fil": "Banggitin ang SPF 50"}}, {ID: "fact", Number: 2, Kind: campaign.Fact, Text: "Harga"}})
		if err != nil {
			t.Fatal(err)
		}
		now := testkit.Start.UnixMicro()
		testkit.Put(t, d, "brief", map[string]any{"campaign_id": "ca", "number": 1, "lang": "id", "points": string(points), "questions": "[]", "shared_at": now, "accepted_at": now, "version": 1})
		check := func(name string, err, want error) {
			t.Helper()
			if !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", name, err, want)
			}
		}
		day, err := s.Plan(ctx, rani, shoot.Shoot{CampaignID: "ca", On: "2026-12-01", Zone: "Asia/Jakarta", Place: "Studio A"})
		if err != nil {
			t.Fatal(err)
		}
		other, err := s.Plan(ctx, rani, shoot.Shoot{CampaignID: "ca", On: "2026-12-01", Zone: "Asia/Jakarta", Place: "Studio B"})
		if err != nil {
			t.Fatal(err)
		}
		check("a talent is called", s.Call(ctx, rani, day.ID, shoot.Talent, "t1", "07.30"), nil)
		check("the client is called", s.Call(ctx, rani, day.ID, shoot.Contact, "co", "09:00"), nil)
		check("a stranger", s.Call(ctx, rani, day.ID, shoot.Talent, "t9", "07.30"), shoot.ErrPerson)
		check("two places at once", s.Call(ctx, rani, other.ID, shoot.Talent, "t1", "08.00"), shoot.ErrClash)
		check("no time", s.Call(ctx, rani, other.ID, shoot.Talent, "t2", ""), shoot.ErrTime)
		mine, err := s.TalentDays(ctx, bea)
		if err != nil || len(mine) != 1 || mine[0].Call.Zone != "Asia/Manila" || len(mine[0].Points) != 1 || mine[0].Points[0].Text != "Banggitin ang SPF 50" {
			t.Fatalf("her own call, in her own language: %v %+v", err, mine)
		}
		check("filmed", s.Film(ctx, rani, day.ID, "t1", []string{"spf"}), nil)
		check("filmed again changes nothing", s.Film(ctx, rani, day.ID, "t1", []string{"spf"}), nil)
		check("a fact is not filmed", s.Film(ctx, rani, day.ID, "t1", []string{"fact"}), shoot.ErrPoint)
		check("of somebody who is not called", s.Film(ctx, rani, day.ID, "t2", []string{"spf"}), shoot.ErrPerson)
		check("a wish of nobody", s.NoteWish(ctx, rani, day.ID, "Tambah drone", " "), shoot.ErrWish)
		check("a wish", s.NoteWish(ctx, rani, day.ID, "Tambah drone", "Sari"), nil)
		full, err := s.Day(ctx, rani, day.ID)
		if err != nil || !full.Filmed("t1", "spf") || len(full.Wishes) != 1 || len(full.Calls) != 2 || full.Calls[0].Name != "Bea Santillan" {
			t.Fatalf("%v %+v", err, full)
		}
		w := full.Wishes[0].ID
		check("in by no point of the brief", s.RuleWish(ctx, rani, day.ID, w, shoot.In, "none"), shoot.ErrPoint)
		check("out", s.RuleWish(ctx, rani, day.ID, w, shoot.Out, ""), nil)
		check("once", s.RuleWish(ctx, rani, day.ID, w, shoot.In, "spf"), shoot.ErrRuled)
		check("a call taken back", s.DropCall(ctx, rani, day.ID, full.Calls[0].ID), nil)
		check("taken back twice", s.DropCall(ctx, rani, day.ID, full.Calls[0].ID), db.ErrChanged)
		_, err = s.Day(ctx, bea, day.ID)
		if err == nil {
			t.Error("a talent reads the agency's page")
		}
		stranger := bea
		stranger.CampaignID = "other"
		if days, err := s.TalentDays(ctx, stranger); err != nil || len(days) != 0 {
			t.Errorf("another campaign: %v %+v", err, days)
		}
	})
}
