package home_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/app"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

var step = regexp.MustCompile(`<li class="p-(done|now|next)"`)

// TestInbox_FirstStepsLeadToACampaign walks a fresh agency from its first account to a
// first candidate; the panel follows what is there, and goes.
func TestInbox_FirstStepsLeadToACampaign(t *testing.T) {
	ctx := context.Background()
	hall, err := app.OpenHall(ctx, &app.Common{Data: t.TempDir()}, testkit.NewClock(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hall.Close() })
	if err := db.Migrate(ctx, hall.DB); err != nil {
		t.Fatal(err)
	}
	who := access.NewPerson{Email: "rani@example.com", Name: "Rani Kusuma", Password: "sandi-panjang-2026", Lang: "id", Zone: "Asia/Jakarta"}
	if _, err := hall.Access.SetUp(ctx, who); err != nil {
		t.Fatal(err)
	}
	token, p, err := hall.Access.SignIn(ctx, access.SignIn{Email: who.Email, Password: who.Password})
	if err != nil {
		t.Fatal(err)
	}
	me := p.Actor("web")
	steps := func() (states string, page string) {
		r := httptest.NewRequest("GET", "/inbox", nil)
		r.AddCookie(&http.Cookie{Name: "kolega_session", Value: token})
		w := httptest.NewRecorder()
		hall.Handler().ServeHTTP(w, r)
		for _, m := range step.FindAllStringSubmatch(w.Body.String(), -1) {
			states += m[1][:2] + " "
		}
		return states, w.Body.String()
	}
	expect := func(what, want, href string) {
		t.Helper()
		if got, page := steps(); got != want || href != "" && !strings.Contains(page, `href="`+href+`"`) {
			t.Errorf("%s: %q, want %q with %s", what, got, want, href)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	expect("empty", "ne ne no ne ne ne ne ne ", "/talents/import")
	x, err := hall.Talent.Create(ctx, me, talent.NewTalent{Talent: talent.Talent{Name: "Sari", Country: "ID"}, Platform: talent.Instagram, Handle: "sari.id"})
	must(err)
	expect("a talent", "ne ne do no ne ne ne ne ", "/clients/new")
	c, err := hall.Client.Add(ctx, me, client.Client{Name: "Melati", LegalName: "PT Melati", Country: "ID", Zone: "Asia/Jakarta", Lang: "id", PaymentDays: 30})
	must(err)
	expect("a client", "ne ne do do no ne ne ne ", "/clients/"+c.ID+"/brands/new")
	b, err := hall.Client.AddBrand(ctx, me, client.Brand{ClientID: c.ID, Name: "Melati"})
	must(err)
	expect("a brand", "ne ne do do do no ne ne ", "/campaigns/new")
	today := worktime.DateOf(testkit.Start, nil)
	of, err := hall.Campaign.Start(ctx, me, campaign.NewCampaign{BrandID: b.ID, Name: "Peluncuran", Market: "ID", Playbook: "exclusive-launch", StartOn: today, EndOn: today.AddDays(45), AEID: me.ID, SpecialistID: me.ID})
	must(err)
	expect("a campaign", "ne ne do do do do no ne ", "/campaigns/"+of.ID+"/slots")
	slots, err := hall.Campaign.AddSlots(ctx, me, campaign.Slot{CampaignID: of.ID, Deliverables: []campaign.Deliverable{{Platform: "instagram", Format: "reels", Count: 1}},
		Budget: money.IDR(10_000_000), Price: money.IDR(15_000_000), DraftOn: today.AddDays(10), PostOn: today.AddDays(14)}, 1)
	must(err)
	expect("slots", "ne ne do do do do do no ", "/campaigns/"+of.ID+"/shortlist/add")
	_, err = hall.Casting.AddCandidate(ctx, me, casting.AddCandidate{CampaignID: of.ID, SlotID: slots[0].ID, TalentID: x.ID, Why: "Cocok."})
	must(err)
	expect("a candidate", "", "")
}
