package campaign

import (
	"context"
	"fmt"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/worktime"
)

// Service holds the use cases of campaigns, briefs, slots, playbooks and timelines.
type Service struct {
	db    *db.DB
	files blob.Store
}

// New makes the use cases. What clients send is kept in the store.
func New(d *db.DB, files blob.Store) *Service { return &Service{db: d, files: files} }

// owner says whose a campaign's things are.
func owner(c Campaign) access.Owner {
	return access.Owner{ClientID: c.ClientID, CampaignID: c.ID}
}

// Create is the step that begins a campaign: its works are planned from the
// playbook and its brief begins as an empty draft. Faults: the form's,
// client.other, playbook.unknown, country.unknown.
func Create(ctx context.Context, tx *db.Tx, actor access.Actor, n NewCampaign) (Campaign, error) {
	if err := actor.Require("campaign.start", access.Owner{}); err != nil {
		return Campaign{}, err
	}
	if f := n.tidy(); len(f) > 0 {
		return Campaign{}, f.Err()
	}
	of, err := checkParties(ctx, tx, &n)
	if err != nil {
		return Campaign{}, err
	}
	p, err := LoadPlaybook(ctx, tx, n.Playbook)
	if err != nil {
		return Campaign{}, fault.Field("playbook", ErrNoPlaybook.Code)
	}
	c := Campaign{ID: tx.NewID(), ClientID: n.ClientID, BrandID: n.BrandID, Name: n.Name, Market: n.Market, Playbook: n.Playbook,
		Currency: n.Currency, StartOn: n.StartOn, EndOn: n.EndOn, AEID: n.AEID, SpecialistID: n.SpecialistID, DeciderID: n.DeciderID,
		Objective: n.Objective, ERFormula: n.ERFormula, ERActions: n.ERActions, StartedAt: tx.Now(), Terms: DefaultTerms(), Version: 1}
	works, err := plan(ctx, tx, c, p)
	if err != nil {
		return c, err
	}
	if c.EndOn == "" {
		c.EndOn = LastDay(works)
	}
	if err := insertCampaign(ctx, tx, c); err != nil {
		return c, fmt.Errorf("insert campaign: %w", err)
	}
	for _, w := range works {
		w.ID, w.CampaignID, w.OwnerID = tx.NewID(), c.ID, doer(c, w.Role)
		if err := insertWork(ctx, tx, w); err != nil {
			return c, fmt.Errorf("insert work: %w", err)
		}
	}
	if err := insertBrief(ctx, tx, Brief{CampaignID: c.ID, Version: 1, Lang: of.Lang, CreatedAt: tx.Now(), CreatedBy: actor.Name}); err != nil {
		return c, fmt.Errorf("insert brief: %w", err)
	}
	return c, audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "campaign.start", Subject: "campaign", ID: c.ID, Campaign: c.ID, Client: c.ClientID, After: c})
}

// checkParties finds the client behind the brand and refuses people who are not there.
func checkParties(ctx context.Context, tx *db.Tx, n *NewCampaign) (client.Client, error) {
	b, err := client.LoadBrand(ctx, tx, n.BrandID)
	if err != nil {
		return client.Client{}, fault.Field("brand_id", "campaign.brand")
	}
	if n.ClientID != "" && n.ClientID != b.ClientID {
		return client.Client{}, client.ErrOtherClient.At("brand_id")
	}
	n.ClientID = b.ClientID
	of, err := client.LoadClient(ctx, tx, n.ClientID)
	if err != nil {
		return of, err
	}
	if _, err := country.Load(ctx, tx, n.Market); err != nil {
		return of, country.ErrUnknown.With("code", n.Market).At("market")
	}
	return of, checkPeople(ctx, tx, n.AEID, n.SpecialistID, n.DeciderID, n.ClientID)
}

func checkPeople(ctx context.Context, tx *db.Tx, ae, specialist, decider, clientID string) error {
	for field, id := range map[string]string{"ae_id": ae, "specialist_id": specialist} {
		if id == "" {
			continue
		}
		if p, err := access.LoadPerson(ctx, tx, id); err != nil || !p.Active() {
			return fault.Field(field, "campaign.person")
		}
	}
	if decider == "" {
		return nil
	}
	k, err := client.LoadContact(ctx, tx, decider)
	if err != nil || k.ClientID != clientID {
		return client.ErrOtherClient.At("decider_id")
	}
	if !k.LeftAt.IsZero() {
		return client.ErrLeft.At("decider_id")
	}
	return nil
}

// doer is the person of the agency who owes a campaign's works of a role, if one is named.
func doer(c Campaign, role string) string {
	switch role {
	case "ae":
		return c.AEID
	case "specialist":
		return c.SpecialistID
	}
	return ""
}

// plan counts a playbook's works in the calendars of those who owe them.
func plan(ctx context.Context, tx *db.Tx, c Campaign, p Playbook) ([]Work, error) {
	cals, err := calendarsOf(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	return p.Plan(c.StartOn, cals.of), nil
}

// calendars are the working times of the parties of one campaign.
type calendars struct{ agency, client, talent worktime.Calendar }

func (c calendars) of(role string) worktime.Calendar {
	switch role {
	case "client":
		return c.client
	case "talent":
		return c.talent
	}
	return c.agency
}

// calendarsOf: the agency works by its AE's zone, the client by its own country,
// talents by the market's.
func calendarsOf(ctx context.Context, tx *db.Tx, c Campaign) (cals calendars, err error) {
	ae, err := access.LoadPerson(ctx, tx, c.AEID)
	if err != nil {
		return cals, err
	}
	of, err := client.LoadClient(ctx, tx, c.ClientID)
	if err != nil {
		return cals, err
	}
	if cals.agency, err = country.CalendarIn(ctx, tx, ae.Zone); err != nil {
		return cals, err
	}
	if cals.client, err = country.Calendar(ctx, tx, of.Country, of.Zone); err != nil {
		return cals, err
	}
	cals.talent, err = country.Calendar(ctx, tx, c.Market, "")
	return cals, err
}

// SetTerms copies what a signed agreement grants; billing calls it.
func SetTerms(ctx context.Context, tx *db.Tx, who audit.Who, campaignID string, t Terms) error {
	c, err := LoadCampaign(ctx, tx, campaignID)
	if err != nil {
		return err
	}
	if err := c.mayChange(); err != nil {
		return err
	}
	before := c.Terms
	c.Terms = t
	if err := saveCampaign(ctx, tx, c); err != nil {
		return err
	}
	return audit.Record(ctx, tx, who, audit.Entry{Verb: "campaign.edit", Subject: "campaign", ID: c.ID, Campaign: c.ID, Client: c.ClientID, Before: before, After: t})
}

// Close is the step that closes a campaign; report.CloseCampaign calls it after
// making sure that nothing is open (A19). Fault: campaign.closed.
func Close(ctx context.Context, tx *db.Tx, who audit.Who, campaignID string) error {
	c, err := LoadCampaign(ctx, tx, campaignID)
	if err != nil {
		return err
	}
	if err := c.mayChange(); err != nil {
		return err
	}
	c.ClosedAt = tx.Now()
	if err := saveCampaign(ctx, tx, c); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, Closed{CampaignID: c.ID}, job.Unique(c.ID)); err != nil {
		return err
	}
	return audit.Record(ctx, tx, who, audit.Entry{Verb: "campaign.close", Subject: "campaign", ID: c.ID, Campaign: c.ID, Client: c.ClientID})
}

// Freeze is the step that seals the agreed brief when the first talent commits;
// casting calls it in the commitment's own change. It may run again. Fault:
// brief.unaccepted.
func Freeze(ctx context.Context, tx *db.Tx, who audit.Who, campaignID string) error {
	b, err := AgreedBrief(ctx, tx, campaignID)
	if err != nil {
		return err
	}
	versions, err := ListBriefs(ctx, tx, campaignID)
	if err != nil || Frozen(versions) {
		return err
	}
	b.FrozenAt = tx.Now()
	if err := saveBrief(ctx, tx, b); err != nil {
		return err
	}
	return audit.Record(ctx, tx, who, audit.Entry{Verb: "brief.freeze", Subject: "brief", ID: briefID(b), Campaign: campaignID})
}

// Frozen tells whether a talent has committed on any version.
func Frozen(versions []Brief) bool {
	for _, v := range versions {
		if !v.FrozenAt.IsZero() {
			return true
		}
	}
	return false
}

// briefID names a version of a brief in the trail.
func briefID(b Brief) string { return fmt.Sprintf("%s/%d", b.CampaignID, b.Version) }
