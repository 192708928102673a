package home

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/match"
	"kolega/internal/web/ui"
)

// beginning is what a fresh agency has so far, counted from the records themselves.
type beginning struct {
	agency     bool // its papers' name and address
	people     int
	clientID   string // the first by name; "" none
	brand      bool
	talents    int
	campaigns  int
	campaignID string
	slots      int
	candidates int
}

// over says that a real campaign is on screen: the steps have done their work.
func (b beginning) over() bool { return b.campaigns > 1 || b.candidates > 0 }

// firstSteps are the way from an empty agency to a real campaign, for those who may start
// one; none when it is walked.
func (d rooms) firstSteps(ctx context.Context, actor access.Actor) (ui.StepsList, error) {
	if !actor.Can("campaign.start") {
		return nil, nil
	}
	var b beginning
	if err := d.DB.Read(ctx, func(tx *db.Tx) error { return b.count(ctx, tx) }); err != nil || b.over() {
		return nil, err
	}
	found, err := d.Match.Find(ctx, match.Query{Limit: 1, Count: []match.Facet{}})
	b.talents = found.All
	return b.steps(ctx, actor), err
}

// count looks as far as the steps have come, and no further.
func (b *beginning) count(ctx context.Context, tx *db.Tx) error {
	list, err := campaign.ListCampaigns(ctx, tx, campaign.Filter{Limit: 2})
	if b.campaigns = len(list); err != nil || b.campaigns > 1 {
		return err
	}
	if b.campaigns == 1 {
		if err := b.countIn(ctx, tx, list[0].ID); err != nil || b.candidates > 0 {
			return err
		}
	}
	agency, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return err
	}
	people, err := access.ListPeople(ctx, tx)
	if err != nil {
		return err
	}
	clients, err := client.ListClients(ctx, tx, client.Page{Limit: 1})
	if err != nil {
		return err
	}
	brands, err := client.ListBrands(ctx, tx, "")
	b.agency, b.people, b.brand = agency.LegalName != "" && agency.Address != "", len(people), len(brands) > 0
	if len(clients) > 0 {
		b.clientID = clients[0].ID
	}
	return err
}

func (b *beginning) countIn(ctx context.Context, tx *db.Tx, id string) error {
	b.campaignID = id
	slots, err := campaign.ListSlots(ctx, tx, id)
	if err != nil {
		return err
	}
	candidates, err := casting.ListCandidates(ctx, tx, id)
	b.slots, b.candidates = len(slots), len(candidates)
	return err
}

// steps words what is done and what comes next; each leads to where it is done.
func (b beginning) steps(ctx context.Context, actor access.Actor) (out ui.StepsList) {
	next := true // the first one that is needed and open
	add := func(key, href string, may, done, needed bool) {
		if !may {
			return
		}
		s := ui.Step{Label: locale.T(ctx, "first."+key), Href: href, State: ui.StageNext}
		if !needed {
			s.Note = locale.T(ctx, "first.skip")
		}
		switch {
		case done:
			s.State, s.Href, s.Note = ui.StageDone, "", ""
		case needed && next:
			s.State, next = ui.StageNow, false
		}
		out = append(out, s)
	}
	add("agency", "/settings", actor.Can("access.settings"), b.agency, false)
	add("people", "/team", actor.Can("access.invite"), b.people > 1, false)
	add("talents", "/talents/import", actor.Can("talent.import"), b.talents > 0, true)
	add("client", "/clients/new", actor.Can("client.edit"), b.clientID != "", true)
	brand := "/clients/new"
	if b.clientID != "" {
		brand = "/clients/" + b.clientID + "/brands/new"
	}
	add("brand", brand, actor.Can("client.edit"), b.brand, true)
	add("campaign", "/campaigns/new", true, b.campaigns > 0, true)
	slots, list := "/campaigns/new", "/campaigns/new"
	if b.campaignID != "" {
		slots, list = "/campaigns/"+b.campaignID+"/slots", "/campaigns/"+b.campaignID+"/shortlist/add"
	}
	add("slots", slots, actor.Can("slot.edit"), b.slots > 0, true)
	add("list", list, actor.Can("cast.shortlist"), b.candidates > 0, true)
	return out
}
