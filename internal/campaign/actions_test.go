package campaign_test

import (
	"context"
	"errors"
	"testing"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

// scene is a client with a brand and one decider, and a campaign of the first playbook.
type scene struct {
	d        *db.DB
	svc      *campaign.Service
	ae       access.Actor
	client   client.Client
	decider  client.Contact
	other    client.Contact
	campaign campaign.Campaign
}

func newScene(t *testing.T, d *db.DB) *scene {
	t.Helper()
	ctx := context.Background()
	p, err := access.New(d, nil).SetUp(ctx, access.NewPerson{Email: "rani@agensi.test", Name: "Rani", Password: "kopi susu gula", Lang: "id", Zone: "Asia/Jakarta"})
	if err != nil {
		t.Fatal(err)
	}
	files, err := blob.Folder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{d: d, svc: campaign.New(d, files), ae: p.Actor("web")}
	clients := client.New(d)
	s.client, err = clients.Add(ctx, s.ae, client.Client{Name: "PT Melati Kosmetika", Country: "ID", Zone: "Asia/Jakarta", Lang: "id", PaymentDays: 30})
	if err != nil {
		t.Fatal(err)
	}
	b, err := clients.AddBrand(ctx, s.ae, client.Brand{ClientID: s.client.ID, Name: "Melati Glow", Category: "beauty", Rivals: []string{"Mawar", "mawar"}})
	if err != nil {
		t.Fatal(err)
	}
	contact := client.Contact{ClientID: s.client.ID, Name: "Maya", Email: "maya@melati.test", Phone: "0812-3456-7890", Lang: "id", Zone: "Asia/Jakarta"}
	if s.decider, err = clients.AddContact(ctx, s.ae, contact); err != nil {
		t.Fatal(err)
	}
	contact.Name, contact.Email = "Dewi", "dewi@melati.test"
	if s.other, err = clients.AddContact(ctx, s.ae, contact); err != nil {
		t.Fatal(err)
	}
	s.campaign, err = s.svc.Start(ctx, s.ae, campaign.NewCampaign{BrandID: b.ID, Name: "Two-Way Cake PH", Market: "PH", Playbook: "philippines",
		StartOn: worktime.DateOf(d.Now(), nil), AEID: s.ae.ID, SpecialistID: s.ae.ID, DeciderID: s.decider.ID})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *scene) contact(k client.Contact) access.Actor {
	return access.Link{ID: "l1", Room: access.Room{Party: access.Client, CampaignID: s.campaign.ID, ClientID: s.client.ID, ContactID: k.ID, Name: k.Name, Lang: "id", Zone: "Asia/Jakarta"}}.Actor()
}

func (s *scene) talent(id string) access.Actor {
	return access.Link{ID: "l2", Room: access.Room{Party: access.Talent, CampaignID: s.campaign.ID, TalentID: id, Name: "Bea", Lang: "fil", Zone: "Asia/Manila"}}.Actor()
}

func (s *scene) agree(t *testing.T, points ...campaign.Point) campaign.Brief {
	t.Helper()
	ctx := context.Background()
	if _, err := s.svc.AddPoints(ctx, s.ae, s.campaign.ID, points); err != nil {
		t.Fatal(err)
	}
	b, err := s.svc.ShareBrief(ctx, s.ae, s.campaign.ID, false)
	if err != nil {
		t.Fatal(err)
	}
	if b, err = s.svc.AcceptBrief(ctx, s.contact(s.decider), s.campaign.ID, b.Version); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCampaign_StartsFromAPlaybook(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		ctx := context.Background()
		tl, err := s.svc.Timeline(ctx, s.ae, campaign.TimelineFilter{CampaignID: s.campaign.ID})
		if err != nil {
			t.Fatal(err)
		}
		p, err := s.svc.Playbook(ctx, s.ae, "philippines")
		if err != nil {
			t.Fatal(err)
		}
		if len(tl.Groups) != 1 || len(tl.Groups[0].Lines) != len(p.Works) || tl.Groups[0].BrandName != "Melati Glow" {
			t.Fatalf("timeline %+v", tl)
		}
		if tl.Groups[0].Lines[0].Began != "" || s.campaign.EndOn == "" {
			t.Errorf("nothing has begun: %+v", tl.Groups[0].Lines[0])
		}
		all, err := s.svc.Playbooks(ctx, s.ae, false)
		if err != nil || len(all) != 6 {
			t.Errorf("six playbooks ship, got %d, %v", len(all), err)
		}
		_, err = s.svc.Start(ctx, s.ae, campaign.NewCampaign{Name: " ", Market: "XX", StartOn: "2026-12-02", EndOn: "2026-12-01"})
		f, _ := fault.As(err)
		if f == nil || f.Fields["name"] == "" || f.Fields["end_on"] == "" || f.Fields["brand_id"] == "" {
			t.Errorf("each wrong field is named: %v", err)
		}
		list, err := s.svc.Campaigns(ctx, s.ae, campaign.Filter{Text: "two-way", PersonID: s.ae.ID, Open: true})
		if err != nil || len(list) != 1 {
			t.Errorf("found by part of its name: %v %v", list, err)
		}
		if list, _ = s.svc.Campaigns(ctx, s.ae, campaign.Filter{After: list[0].Key()}); len(list) != 0 {
			t.Errorf("after the last one comes nothing: %v", list)
		}
		if _, err := s.svc.KickOff(ctx, s.ae, s.campaign.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.KickOff(ctx, s.ae, s.campaign.ID); !errors.Is(err, campaign.ErrKickedOff) {
			t.Errorf("a second kick-off: %v", err)
		}
	})
}

func TestBrief_TheDeciderAcceptsOnTheLink(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		ctx := context.Background()
		id := s.campaign.ID
		if _, err := s.svc.BriefForClient(ctx, s.contact(s.decider), id, 0); fault.KindOf(err) != fault.NotFound {
			t.Errorf("an unshared brief is not there: %v", err)
		}
		if _, err := s.svc.AddPoints(ctx, s.ae, id, []campaign.Point{{Kind: campaign.Must, Text: "Sebut SPF 50", SourceNote: "rahasia"}}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.ShareBrief(ctx, s.ae, id, false); err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.AddPoints(ctx, s.ae, id, []campaign.Point{{Kind: campaign.Must, Text: "Lagi"}}); !errors.Is(err, campaign.ErrBriefSealed) {
			t.Errorf("an edit after sharing: %v", err)
		}
		v, err := s.svc.BriefForClient(ctx, s.contact(s.other), id, 0)
		if err != nil || v.MayAccept || v.DeciderName != "Maya" {
			t.Errorf("another contact reads and sees who decides: %+v %v", v, err)
		}
		if _, err := s.svc.AcceptBrief(ctx, s.contact(s.other), id, 1); !errors.Is(err, campaign.ErrNotDecider) {
			t.Errorf("another contact's word is advice: %v", err)
		}
		foreign := s.contact(s.decider)
		foreign.CampaignID = "other"
		if _, err := s.svc.AcceptBrief(ctx, foreign, id, 1); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a foreign campaign is not there: %v", err)
		}
		b, err := s.svc.AcceptBrief(ctx, s.contact(s.decider), id, 1)
		if err != nil || b.AcceptedBy != "Maya" || !b.AcceptedAt.Equal(d.Now()) {
			t.Fatalf("name and time are kept: %+v %v", b, err)
		}
		if _, err := s.svc.AcceptBrief(ctx, s.contact(s.decider), id, 1); !errors.Is(err, campaign.ErrBriefAccepted) {
			t.Errorf("twice: %v", err)
		}
		tl, err := s.svc.Timeline(ctx, s.ae, campaign.TimelineFilter{CampaignID: id})
		if err != nil || tl.Groups[0].Lines[0].State != campaign.Done {
			t.Errorf("the brief's work ended by that fact: %+v %v", tl.Groups[0].Lines[0], err)
		}
	})
}

func TestTimeline_GoesOnAfterACampaign(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		ctx := context.Background()
		c := s.campaign
		for _, name := range []string{"Second", "Third"} {
			if _, err := s.svc.Start(ctx, s.ae, campaign.NewCampaign{ClientID: c.ClientID, BrandID: c.BrandID, Name: name, Market: c.Market, Playbook: c.Playbook, StartOn: c.StartOn, EndOn: c.EndOn, AEID: c.AEID}); err != nil {
				t.Fatal(err)
			}
		}
		seen, after := map[string]bool{}, ""
		for _, want := range []int{2, 1} {
			tl, err := s.svc.Timeline(ctx, s.ae, campaign.TimelineFilter{After: after, Limit: 2})
			if err != nil || len(tl.Groups) != want {
				t.Fatalf("%d groups after %q, %v, want %d", len(tl.Groups), after, err, want)
			}
			for _, g := range tl.Groups {
				seen[g.Campaign.ID] = true
			}
			after = tl.Next
		}
		if len(seen) != 3 || after != "" {
			t.Errorf("saw %d campaigns, then %q", len(seen), after)
		}
	})
}

func TestBrief_ANewVersionAsksOnlyForWhatChanged(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		ctx := context.Background()
		id := s.campaign.ID
		b := s.agree(t, campaign.Point{Kind: campaign.Must, Text: "Sebut SPF 50", Langs: map[string]string{"fil": "Banggitin ang SPF 50"}},
			campaign.Point{Kind: campaign.MustNot, Text: "Jangan sebut merek lain"})
		bea := s.talent("t1")
		check := func(want error) {
			t.Helper()
			err := d.Read(ctx, func(tx *db.Tx) error { return campaign.MayCommit(ctx, tx, id, "t1") })
			if !errors.Is(err, want) {
				t.Errorf("may commit: %v, want %v", err, want)
			}
		}
		check(campaign.ErrUnacknowledged)
		view, err := s.svc.BriefForTalent(ctx, bea, id)
		if err != nil || view.Points[0].Text != "Banggitin ang SPF 50" || !view.Points[1].FellBack || view.Left != 2 {
			t.Fatalf("view %+v %v", view, err)
		}
		var ticks []campaign.Tick
		for _, p := range view.Points {
			ticks = append(ticks, campaign.Tick{PointID: p.ID, Hash: p.Hash})
		}
		if _, err := s.svc.Acknowledge(ctx, bea, id, 1, ticks[:1]); err != nil {
			t.Fatal(err)
		}
		if r, err := s.svc.Acknowledge(ctx, bea, id, 1, ticks); err != nil || !r.Ready() {
			t.Fatalf("%+v %v", r, err)
		}
		check(nil)
		if err := d.Write(ctx, func(tx *db.Tx) error { return campaign.Freeze(ctx, tx, s.ae.Who, id) }); err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.ReviseBrief(ctx, s.ae, id, ""); !errors.Is(err, campaign.ErrBriefReason) {
			t.Errorf("a change after the freeze without a reason: %v", err)
		}
		if _, err := s.svc.ReviseBrief(ctx, s.ae, id, "Klaim baru dari BPOM"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.ShareBrief(ctx, s.ae, id, false); !errors.Is(err, campaign.ErrBriefUnchanged) {
			t.Errorf("a version that changes nothing: %v", err)
		}
		v2 := s.agree(t, campaign.Point{Kind: campaign.Must, Text: "Cantumkan nomor BPOM"})
		if v2.Version != b.Version+1 {
			t.Errorf("version %d", v2.Version)
		}
		file, err := s.svc.Brief(ctx, s.ae, id)
		if err != nil || len(file.Effects) != 1 || file.Effects[0].Version != 1 || len(file.Effects[0].Points) != 1 {
			t.Errorf("the effect is listed: %+v %v", file.Effects, err)
		}
		check(campaign.ErrUnacknowledged)
		inForce := func(want int64) {
			t.Helper()
			var f campaign.Brief
			err := d.Read(ctx, func(tx *db.Tx) (err error) { f, err = campaign.InForceFor(ctx, tx, id, "t1"); return err })
			if err != nil || f.Version != want {
				t.Errorf("in force: %d, %v", f.Version, err)
			}
		}
		inForce(1)
		if _, err := s.svc.Acknowledge(ctx, bea, id, 1, ticks); !errors.Is(err, campaign.ErrBriefSuperseded) {
			t.Errorf("ticks at the old version: %v", err)
		}
		if _, err := s.svc.Acknowledge(ctx, bea, id, 2, []campaign.Tick{{PointID: v2.Points[2].ID}}); err != nil {
			t.Fatal(err)
		}
		inForce(2)
		i, err := s.svc.AskAboutPoint(ctx, bea, id, v2.Points[2].ID, "Di caption atau di video?")
		if err != nil {
			t.Fatal(err)
		}
		if i, err = s.svc.AnswerInquiry(ctx, s.ae, i.ID, "Di caption"); err != nil || i.AnsweredBy != "Rani" {
			t.Errorf("%+v %v", i, err)
		}
		breaks := []audit.Break(nil)
		_ = d.Read(ctx, func(tx *db.Tx) (err error) { breaks, _, err = audit.Verify(ctx, tx); return err })
		if len(breaks) > 0 {
			t.Errorf("the trail: %v", breaks)
		}
	})
}

func TestSlot_OpensManyAndRefusesWrongDates(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		ctx := context.Background()
		slot := campaign.Slot{CampaignID: s.campaign.ID, Deliverables: []campaign.Deliverable{{Platform: "tiktok", Format: "video", Count: 1}, {Platform: "tiktok", Format: "video", Count: 1}, {Platform: "instagram", Format: "story", Count: 3}},
			Budget: money.IDR(8_000_000), Price: money.IDR(11_000_000), DraftOn: s.campaign.StartOn.AddDays(20), PostOn: s.campaign.StartOn.AddDays(27),
			Conditions: campaign.Conditions{Tier: "micro", Tags: []string{"Kulit Kering", "kulit  kering"}}}
		list, err := s.svc.AddSlots(ctx, s.ae, slot, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) != 3 || list[2].Number != 3 || list[0].Total() != 5 || list[0].Conditions.Country != "PH" || len(list[0].Conditions.Tags) != 1 {
			t.Errorf("slots %+v", list)
		}
		bad := slot
		bad.PostOn, bad.DraftOn, bad.Deliverables = s.campaign.StartOn.AddDays(2), s.campaign.EndOn.AddDays(1), []campaign.Deliverable{{Platform: "tiktok", Format: "reels", Count: 1}}
		_, err = s.svc.AddSlots(ctx, s.ae, bad, 1)
		f, _ := fault.As(err)
		if f == nil || f.Fields["draft_on"] != "slot.window" || f.Fields["deliverables"] != "slot.format" {
			t.Errorf("faults %v", err)
		}
		if _, err := s.svc.DropSlot(ctx, s.ae, list[1].ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.EditSlot(ctx, s.ae, list[1]); !errors.Is(err, campaign.ErrSlotDropped) {
			t.Errorf("a dropped slot: %v", err)
		}
		list[0].Name = "Reviewer"
		if _, err := s.svc.EditSlot(ctx, s.ae, list[0]); err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.EditSlot(ctx, s.ae, list[0]); !errors.Is(err, db.ErrChanged) {
			t.Errorf("an old version of it: %v", err)
		}
		more, err := s.svc.AddSlots(ctx, s.ae, slot, 1)
		if err != nil || more[0].Number != 4 {
			t.Errorf("numbers are not used again: %+v %v", more, err)
		}
	})
}

func TestWork_RescheduleAssignAndRecord(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		ctx := context.Background()
		w, err := s.svc.AddWork(ctx, s.ae, campaign.Work{CampaignID: s.campaign.ID, Kind: "shoot", NameID: "Shooting", Role: "specialist",
			PlannedStart: s.campaign.StartOn, PlannedEnd: s.campaign.StartOn.AddDays(1)})
		if err != nil {
			t.Fatal(err)
		}
		if w, err = s.svc.BeginWork(ctx, s.ae, w.ID, w.BeganAt); err != nil || !w.BeganAt.Equal(d.Now()) {
			t.Fatalf("%+v %v", w, err)
		}
		warn, err := s.svc.PlanWork(ctx, s.ae, w.ID, s.campaign.StartOn.AddDays(-3), s.campaign.StartOn, s.ae.ID)
		if err != nil || len(warn) == 0 {
			t.Errorf("outside the campaign is a warning: %v %v", warn, err)
		}
		if err := s.svc.DropWork(ctx, s.ae, w.ID); err != nil {
			t.Fatal(err)
		}
		if err := d.Write(ctx, func(tx *db.Tx) error { return campaign.Close(ctx, tx, s.ae.Who, s.campaign.ID) }); err != nil {
			t.Fatal(err)
		}
		if _, err := s.svc.AddWork(ctx, s.ae, w); !errors.Is(err, campaign.ErrClosed) {
			t.Errorf("after the close: %v", err)
		}
	})
}

func TestCountry_CalendarsComeFromTheRows(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		err := d.Read(ctx, func(tx *db.Tx) error {
			id, err := country.Calendar(ctx, tx, "ID", "Asia/Makassar")
			if err != nil {
				return err
			}
			ph, err := country.CalendarIn(ctx, tx, "Asia/Manila")
			if err != nil {
				return err
			}
			if id.IsWorkday("2026-08-17") || !ph.IsWorkday("2026-08-17") {
				t.Error("17 August is a holiday in Indonesia alone")
			}
			if id.Zone.String() != "Asia/Makassar" {
				t.Errorf("zone %s", id.Zone)
			}
			_, err = country.Calendar(ctx, tx, "ID", "GMT+8")
			if fault.CodeOf(err) != "zone.unknown" {
				t.Errorf("an offset is no zone: %v", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
