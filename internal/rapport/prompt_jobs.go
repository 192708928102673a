package rapport

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/message"
	"kolega/internal/talent"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

func isAway(err error) bool { return errors.Is(err, task.ErrAway) }

// leader is who answers for settings: the first manager who is here.
func leader(ctx context.Context, tx *db.Tx) (string, error) {
	people, err := access.ListPeople(ctx, tx)
	for _, p := range people {
		if p.Role == access.Manager && p.Active() {
			return p.ID, nil
		}
	}
	return "", err
}

// newTalents finds, for each past client, at most one new talent that fits one of its
// brands, has agreed to be shown and is not with a rival.
func (d day) newTalents(ctx context.Context, tx *db.Tx) error {
	fresh, err := d.fresh(ctx, tx)
	if err != nil || len(fresh) == 0 {
		return err
	}
	clients, err := client.ListClients(ctx, tx, client.Page{Limit: 500})
	if err != nil {
		return err
	}
	for _, c := range clients {
		last, err := lastTalentPrompt(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		if !MayPrompt(last.Time, tx.Now()) {
			continue
		}
		if err := d.suggest(ctx, tx, c, fresh); err != nil {
			return err
		}
	}
	return nil
}

// fresh are the talents who came lately and may be shown.
func (d day) fresh(ctx context.Context, tx *db.Tx) (out []talent.Talent, err error) {
	list, err := talent.ListNewest(ctx, tx, tx.Now().Add(-newFor*24*time.Hour))
	for _, t := range list {
		consent, err := talent.LoadConsent(ctx, tx, t.ID)
		if err != nil && !errors.Is(err, db.ErrNotFound) {
			return nil, err
		}
		if consent.Stands() && t.Status != talent.StatusBlocked && len(t.Tags) > 0 {
			out = append(out, t)
		}
	}
	return out, err
}

// suggest prompts a client with the first talent that fits.
func (d day) suggest(ctx context.Context, tx *db.Tx, c client.Client, fresh []talent.Talent) error {
	past, err := pastBrands(ctx, tx, c.ID)
	if err != nil || len(past) == 0 {
		return err
	}
	contact, ok, err := reach(ctx, tx, c.ID)
	if err != nil || !ok {
		return err
	}
	doer, err := servedBy(ctx, tx, c.ID)
	if err != nil || doer.ID == "" {
		return err
	}
	for _, t := range fresh {
		for _, b := range past {
			fits, why, err := d.fits(ctx, tx, c, b, t)
			if err != nil {
				return err
			}
			if !fits {
				continue
			}
			made, err := insertPrompt(ctx, tx, Prompt{ID: tx.NewID(), Kind: KindTalent, ClientID: c.ID, ContactID: contact.ID, TalentID: t.ID, DoerID: doer.ID, Why: why, MadeAt: tx.Now()})
			if err != nil || made {
				return err
			}
		}
	}
	return nil
}

// fits tells whether a talent suits a brand, and by which of its persona's tags.
func (d day) fits(ctx context.Context, tx *db.Tx, c client.Client, b client.Brand, t talent.Talent) (bool, string, error) {
	profiles, err := client.ListProfiles(ctx, tx, b.ID)
	if err != nil || len(profiles) == 0 {
		return false, "", err
	}
	newest := slices.MaxFunc(profiles, func(x, y client.Profile) int { return int(x.No - y.No) })
	if Overlap(newest.Persona, t.Tags) < enough {
		return false, "", nil
	}
	bonds, err := talent.LoadBonds(ctx, tx, []string{t.ID}, d.today)
	if err != nil {
		return false, "", err
	}
	ask := talent.Ask{ClientID: c.ID, Brand: b.Name, From: d.today, To: d.today.AddDays(60), Rivals: b.Rivals}
	if b.Category != "" {
		ask.Categories = []string{b.Category}
	}
	if len(talent.Clashes(ask, bonds[t.ID])) > 0 {
		return false, "", nil
	}
	return true, strings.Join(Common(newest.Persona, t.Tags), ", "), nil
}

// pastBrands are the brands of a client with a campaign that is over.
func pastBrands(ctx context.Context, tx *db.Tx, clientID string) (out []client.Brand, err error) {
	list, err := campaign.ListCampaigns(ctx, tx, campaign.Filter{ClientID: clientID, Limit: 100})
	if err != nil {
		return nil, err
	}
	over := map[string]bool{}
	for _, c := range list {
		over[c.BrandID] = over[c.BrandID] || !c.ClosedAt.IsZero()
	}
	brands, err := client.ListBrands(ctx, tx, clientID)
	for _, b := range brands {
		if over[b.ID] {
			out = append(out, b)
		}
	}
	return out, err
}

// reach is the first contact of a client who is there and wants messages.
func reach(ctx context.Context, tx *db.Tx, clientID string) (client.Contact, bool, error) {
	contacts, err := client.ListContacts(ctx, tx, clientID)
	for _, c := range contacts {
		if !c.LeftAt.IsZero() {
			continue
		}
		stopped, err := message.Unwanted(ctx, tx, c.To())
		if err != nil {
			return c, false, err
		}
		if !stopped {
			return c, true, nil
		}
	}
	return client.Contact{}, false, err
}

// nextTalks prompts the next conversation after each campaign that ended lately (A11).
func (d day) nextTalks(ctx context.Context, tx *db.Tx) error {
	list, err := campaign.ListCampaigns(ctx, tx, campaign.Filter{Limit: 500})
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.ClosedAt.IsZero() || worktime.DateOf(c.ClosedAt, time.UTC).AddDays(closedFor).Before(d.today) {
			continue
		}
		contact, ok, err := reach(ctx, tx, c.ClientID)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if _, err := insertPrompt(ctx, tx, Prompt{ID: tx.NewID(), Kind: KindNext, ClientID: c.ClientID, ContactID: contact.ID, CampaignID: c.ID, DoerID: c.AEID, Why: c.Name, MadeAt: tx.Now()}); err != nil {
			return err
		}
	}
	return nil
}
