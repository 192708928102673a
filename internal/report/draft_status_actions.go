package report

import (
	"context"
	"io"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/db"
)

// DraftStatus gives where each piece of a campaign stands (A44). Staff see it for every
// campaign, a client's contact for the own. Rights: campaign.see of staff, report.read of
// the client. Faults: access.forbidden, not-found.
func (s *Boards) DraftStatus(ctx context.Context, actor access.Actor, campaignID string) (out DraftStatus, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error { out, _, err = draftStatus(ctx, tx, actor, campaignID); return err })
	return out, err
}

func draftStatus(ctx context.Context, tx *db.Tx, actor access.Actor, campaignID string) (out DraftStatus, clientID string, err error) {
	verb, owner := access.Verb("campaign.see"), access.Owner{CampaignID: campaignID}
	if actor.IsClient() {
		verb, owner.ClientID = "report.read", actor.ClientID
	}
	if err := actor.Require(verb, owner); err != nil {
		return out, "", err
	}
	f, err := LoadFacts(ctx, tx, campaignID)
	if err != nil {
		return out, "", err
	}
	agency, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return out, "", err
	}
	of, err := client.LoadClient(ctx, tx, f.Campaign.ClientID)
	if err != nil {
		return out, "", err
	}
	brand, err := client.LoadBrand(ctx, tx, f.Campaign.BrandID)
	if err != nil {
		return out, "", err
	}
	out = DraftStatus{Agency: agency.Name, Client: of.Name, Brand: brand.Name, Campaign: f.Campaign.Name, Lang: of.Lang, Zone: of.Zone, At: tx.Now(), Lines: DraftLinesOf(f, tx.Now())}
	out.AE, err = nameOf(ctx, tx, f.Campaign.AEID)
	return out, of.ID, err
}

// DraftStatusPDF writes the draft report as a PDF in the agency's and client's look.
// Rights and faults: as DraftStatus.
func (s *Boards) DraftStatusPDF(ctx context.Context, actor access.Actor, campaignID string, w io.Writer) (out DraftStatus, err error) {
	var art Art
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		var of string
		if out, of, err = draftStatus(ctx, tx, actor, campaignID); err != nil {
			return err
		}
		agency, err := access.LoadLook(ctx, tx, access.OfAgency, tx.Now())
		if err != nil {
			return err
		}
		look, err := access.LoadLook(ctx, tx, of, tx.Now())
		art = Art{Agency: agency.Paper(), Client: look.Paper()}
		return err
	})
	if err != nil {
		return out, err
	}
	return out, out.WritePDF(w, art)
}
