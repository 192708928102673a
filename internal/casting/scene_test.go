package casting_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

var ctx = context.Background()

// scene is a client with a decider and an adviser, a campaign with an agreed
// brief and two alike TikTok slots, and talents who could fill them.
type scene struct {
	t        *testing.T
	d        *db.DB
	svc      *casting.Service
	access   *access.Service
	campaign *campaign.Service
	talents  *talent.Service
	ae       access.Actor
	of       campaign.Campaign
	client   client.Client
	decider  access.Actor
	adviser  access.Actor
	brief    campaign.Brief
	slots    []campaign.Slot
	phones   int
}

func newScene(t *testing.T, d *db.DB) *scene {
	t.Helper()
	s := &scene{t: t, d: d, svc: casting.New(d), access: access.New(d, nil), campaign: campaign.New(d, nil), talents: talent.New(d, nil, nil)}
	p := must(s.access.SetUp(ctx, access.NewPerson{Email: "rani@agensi.test", Name: "Rani", Password: "kopi susu gula", Lang: "id", Zone: "Asia/Jakarta"}))(t)
	s.ae = p.Actor("web")
	clients := client.New(d)
	s.client = must(clients.Add(ctx, s.ae, client.Client{Name: "PT Melati Kosmetika", Country: "ID", Zone: "Asia/Jakarta", Lang: "id", PaymentDays: 30}))(t)
	brand := must(clients.AddBrand(ctx, s.ae, client.Brand{ClientID: s.client.ID, Name: "Melati Glow", Category: "beauty"}))(t)
	maya := must(clients.AddContact(ctx, s.ae, client.Contact{ClientID: s.client.ID, Name: "Maya", Email: "maya@melati.test", Lang: "id", Zone: "Asia/Jakarta"}))(t)
	dewi := must(clients.AddContact(ctx, s.ae, client.Contact{ClientID: s.client.ID, Name: "Dewi", Email: "dewi@melati.test", Lang: "id", Zone: "Asia/Jakarta"}))(t)
	today := worktime.DateOf(d.Now(), nil)
	s.of = must(s.campaign.Start(ctx, s.ae, campaign.NewCampaign{BrandID: brand.ID, Name: "Two-Way Cake", Market: "ID", Playbook: "exclusive-launch",
		StartOn: today, EndOn: today.AddDays(45), AEID: s.ae.ID, SpecialistID: s.ae.ID, DeciderID: maya.ID}))(t)
	s.decider, s.adviser = s.contact(maya), s.contact(dewi)
	must(s.campaign.AddPoints(ctx, s.ae, s.of.ID, []campaign.Point{{Kind: campaign.Must, Text: "Sebut nama produk"}, {Kind: campaign.MustNot, Text: "Jangan sebut merek lain"}, {Kind: campaign.Fact, Text: "Harga 120.000"}}))(t)
	b := must(s.campaign.ShareBrief(ctx, s.ae, s.of.ID, false))(t)
	s.brief = must(s.campaign.AcceptBrief(ctx, s.decider, s.of.ID, b.Version))(t)
	s.slots = must(s.campaign.AddSlots(ctx, s.ae, campaign.Slot{CampaignID: s.of.ID, Deliverables: []campaign.Deliverable{{Platform: "tiktok", Format: "video", Count: 1}},
		Budget: money.IDR(10_000_000), Price: money.IDR(15_000_000), DraftOn: today.AddDays(10), PostOn: today.AddDays(14),
		Conditions: campaign.Conditions{Tags: []string{"beauty"}, Tier: "micro"}}, 2))(t)
	return s
}

func must[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (s *scene) contact(k client.Contact) access.Actor {
	return access.Link{ID: "l-" + k.Name, Room: access.Room{Party: access.Client, CampaignID: s.of.ID, ClientID: s.client.ID, ContactID: k.ID, Name: k.Name, Lang: "id", Zone: "Asia/Jakarta"}}.Actor()
}

func (s *scene) asTalent(x talent.Talent) access.Actor {
	return access.Link{ID: "t-" + x.ID, Room: access.Room{Party: access.Talent, CampaignID: s.of.ID, TalentID: x.ID, Name: x.Name, Lang: x.Lang, Zone: x.Zone}}.Actor()
}

// phone is another number each time: two talents with one are one person.
func (s *scene) phone() string {
	s.phones++
	return fmt.Sprintf("+62812345%05d", s.phones)
}

// leave ends a booking for a reason of the talent's own; the brand was told.
func (s *scene) leave(b casting.Booking, kind casting.DropKind) {
	s.t.Helper()
	must(s.svc.DecideIncident(ctx, s.ae, casting.DecideIncident{ReportIncident: casting.ReportIncident{BookingID: b.ID, Kind: kind},
		Decision: casting.Replace, Told: "whatsapp", Words: "Talent tidak dapat memenuhi tanggalnya."}))(s.t)
}

// talent makes a talent with a TikTok account and a rate of 8 million.
func (s *scene) talent(name string) talent.Talent {
	s.t.Helper()
	x := must(s.talents.Create(ctx, s.ae, talent.NewTalent{Talent: talent.Talent{Name: name, Country: "ID", Phone: s.phone(), Tags: []string{"beauty"}}}))(s.t)
	a := talent.NewAccount(talent.TikTok, "@"+name)
	a.Followers, a.FollowersOn, a.ERBp, a.ERBase = 50_000, worktime.DateOf(s.d.Now(), nil), 480, talent.ERByViews
	must(s.talents.AddAccount(ctx, s.ae, x.ID, a))(s.t)
	must(s.talents.SetRate(ctx, s.ae, talent.Rate{TalentID: x.ID, Platform: talent.TikTok, Format: talent.FormatVideo, Amount: money.IDR(8_000_000)}))(s.t)
	return x
}

func (s *scene) candidate(x talent.Talent) casting.Candidate {
	s.t.Helper()
	return must(s.svc.AddCandidate(ctx, s.ae, casting.AddCandidate{CampaignID: s.of.ID, SlotID: s.slots[0].ID, TalentID: x.ID, Why: "Cocok dengan kulit kering"}))(s.t)
}

func (s *scene) share() {
	s.t.Helper()
	must(s.svc.ShareShortlist(ctx, s.ae, casting.ShareShortlist{CampaignID: s.of.ID}))(s.t)
}

func (s *scene) pick(c casting.Candidate, a casting.Answer) {
	s.t.Helper()
	reason := ""
	if a == casting.AnswerNo {
		reason = "kurang cocok"
	}
	if err := s.svc.Pick(ctx, s.decider, casting.GivePick{CandidateID: c.ID, Answer: a, Reason: reason}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) send() {
	s.t.Helper()
	must(s.svc.SendPicks(ctx, s.decider, s.of.ID))(s.t)
}

// picked lists, shares and has the talents picked.
func (s *scene) picked(answers map[string]casting.Answer, names ...string) (map[string]talent.Talent, map[string]casting.Candidate) {
	s.t.Helper()
	xs, cs := map[string]talent.Talent{}, map[string]casting.Candidate{}
	for _, n := range names {
		xs[n] = s.talent(n)
		cs[n] = s.candidate(xs[n])
	}
	s.share()
	for _, n := range names {
		if answers[n] != "" {
			s.pick(cs[n], answers[n])
		}
	}
	s.send()
	return xs, cs
}

func (s *scene) acknowledge(x talent.Talent) {
	s.t.Helper()
	v := must(s.campaign.BriefForTalent(ctx, s.asTalent(x), s.of.ID))(s.t)
	var ticks []campaign.Tick
	for _, p := range v.Points {
		if p.Binding {
			ticks = append(ticks, campaign.Tick{PointID: p.ID, Hash: p.Hash})
		}
	}
	must(s.campaign.Acknowledge(ctx, s.asTalent(x), s.of.ID, v.Version, ticks))(s.t)
}

// code passes the step-up for an offer.
func (s *scene) code(x talent.Talent, offerID string) {
	s.t.Helper()
	if _, err := s.svc.AskCode(ctx, s.asTalent(x), offerID); err != nil {
		s.t.Fatal(err)
	}
	var asked access.CodeAsked
	s.read(func(tx *db.Tx) error {
		var args string
		if err := tx.QueryRow(ctx, `SELECT args FROM job WHERE kind = 'access.code-asked' ORDER BY made_at DESC, id DESC LIMIT 1`).Scan(&args); err != nil {
			return err
		}
		return json.Unmarshal([]byte(args), &asked)
	})
	if err := s.access.AnswerStepUp(ctx, s.asTalent(x), casting.StepUpPurpose(offerID), asked.Code); err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) accept(x talent.Talent, o casting.Offer) casting.Booking {
	s.t.Helper()
	s.acknowledge(x)
	s.code(x, o.ID)
	return must(s.svc.AnswerOffer(ctx, s.asTalent(x), casting.AnswerOffer{ID: o.ID, Yes: map[casting.DateKind]bool{casting.DateDraft: true, casting.DatePosting: true}}))(s.t)
}

func (s *scene) read(fn func(tx *db.Tx) error) {
	s.t.Helper()
	if err := s.d.Read(ctx, fn); err != nil {
		s.t.Fatal(err)
	}
}

func (s *scene) jobs(kind string) (n int) {
	s.t.Helper()
	s.read(func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM job WHERE kind = $1`, kind).Scan(&n)
	})
	return n
}

func (s *scene) list() casting.Shortlist {
	s.t.Helper()
	return must(s.svc.Shortlist(ctx, s.ae, s.of.ID))(s.t)
}

func (s *scene) advance(d time.Duration) { testkit.ClockOf(s.d).Advance(d) }
