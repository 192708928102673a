package review

import (
	"context"
	"errors"
	"strings"

	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// room is what review needs to know of a campaign: who decides, and in whose hours.
type room struct {
	campaign.Campaign
	Decider string            // name of the contact who decides; empty when none is named
	Client  worktime.Calendar // the client's working time
	Zone    string            // the client's
	Lang    string            // the client's
}

func loadRoom(ctx context.Context, tx *db.Tx, campaignID string) (room, error) {
	c, err := campaign.LoadCampaign(ctx, tx, campaignID)
	if err != nil {
		return room{}, err
	}
	r := room{Campaign: c}
	cl, err := client.LoadClient(ctx, tx, c.ClientID)
	if err != nil {
		return r, err
	}
	r.Zone, r.Lang = cl.Zone, cl.Lang
	if c.DeciderID != "" {
		k, err := client.LoadContact(ctx, tx, c.DeciderID)
		if err != nil {
			return r, err
		}
		r.Decider = k.Name
		if k.Zone != "" {
			r.Zone = k.Zone
		}
	}
	r.Client, err = country.Calendar(ctx, tx, cl.Country, r.Zone)
	return r, err
}

// decider gives the contact whose word counts, both empty when any contact's does.
func decider(ctx context.Context, tx *db.Tx, campaignID string) (id, name string, err error) {
	c, err := campaign.LoadCampaign(ctx, tx, campaignID)
	if err != nil || c.DeciderID == "" {
		return "", "", err
	}
	k, err := client.LoadContact(ctx, tx, c.DeciderID)
	return k.ID, k.Name, err
}

// pointsOf gives the points of a brief in a language, "" for the brief's own.
func pointsOf(b campaign.Brief, lang string) []Point {
	out := make([]Point, 0, len(b.Points))
	for _, p := range b.Points {
		text := p.Text
		if lang != "" {
			text, _ = p.In(lang, b.Lang)
		}
		out = append(out, Point{ID: p.ID, Number: p.Number, Kind: PointKind(p.Kind), Text: text, CheckedIn: strings.Join(p.CheckedIn, " ")})
	}
	return out
}

// pointsAt gives the points of one brief version; none for version 0.
func pointsAt(ctx context.Context, tx *db.Tx, campaignID string, version int64, lang string) ([]Point, error) {
	if version == 0 {
		return nil, nil
	}
	b, err := campaign.LoadBrief(ctx, tx, campaignID, version)
	return pointsOf(b, lang), err
}

// pointsFor gives the points of a brief version that judge a draft, and behind them the
// promises of its approved concept.
func pointsFor(ctx context.Context, tx *db.Tx, d Deliverable, v Version, version int64, lang string) ([]Point, error) {
	points, err := pointsAt(ctx, tx, d.CampaignID, version, lang)
	if err != nil || v.ConceptID == "" {
		return points, err
	}
	c, err := LoadConcept(ctx, tx, v.ConceptID)
	return append(points, c.Points(int64(len(points)))...), err
}

// grounds gives what a version's items are ruled by (R1, R4).
func grounds(ctx context.Context, tx *db.Tx, d Deliverable, v Version) (g Grounds, err error) {
	if g.InForce, err = pointsFor(ctx, tx, d, v, v.BriefVersion, ""); err != nil {
		return g, err
	}
	g.Agreed, err = pointsFor(ctx, tx, d, v, v.AgreedBrief, "")
	return g, err
}

// briefVersions gives the brief version in force for the talent and the one the
// client agreed to, at an upload. Fault: brief.unacknowledged.
func briefVersions(ctx context.Context, tx *db.Tx, d Deliverable) (inForce, agreed int64, err error) {
	b, err := campaign.InForceFor(ctx, tx, d.CampaignID, d.TalentID)
	if err != nil {
		return 0, 0, err
	}
	a, err := campaign.AgreedBrief(ctx, tx, d.CampaignID)
	if errors.Is(err, campaign.ErrBriefUnaccepted) {
		return b.Version, b.Version, nil
	}
	return b.Version, a.Version, err
}

// addWishes puts the wishes of a change request in effect into the brief.
func addWishes(ctx context.Context, tx *db.Tx, d Deliverable, c ChangeRequest, items []Item, via string) error {
	e := campaign.Extra{CampaignID: d.CampaignID, Reason: "change request " + c.ID, ContactID: c.ClientByID, Contact: c.ClientBy, Via: "change-request",
		TalentID: d.TalentID, TalentVia: via}
	for _, i := range items {
		e.Texts = append(e.Texts, i.Wording())
	}
	_, err := campaign.AddExtra(ctx, tx, e)
	return err
}
