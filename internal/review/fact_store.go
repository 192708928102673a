package review

import (
	"context"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/talent"
)

// draftFact keeps whether the first draft came by its promised date (R13).
func draftFact(ctx context.Context, tx *db.Tx, d Deliverable, before []Version) error {
	if len(before) > 0 || d.DraftDue.IsZero() {
		return nil
	}
	return keepFact(ctx, tx, d, talent.DateFact(d.DraftDue.At, tx.Now()), "draft", d.ID)
}

// passFact keeps whether the client found a version without a fault (R5, R13): at a
// round's sending on, or at the approval. The first of the two is the one that counts.
func passFact(ctx context.Context, tx *db.Tx, d Deliverable, versionID string, items []Item) error {
	f := passed(tx.Now())
	for _, i := range items {
		if i.Class == Fault {
			f.Met = false
		}
	}
	return keepFact(ctx, tx, d, f, "version", versionID)
}

// passed is the fact of a version without a fault.
func passed(at time.Time) talent.Fact {
	return talent.Fact{Kind: talent.FactFirstPass, Met: true, At: at}
}

func keepFact(ctx context.Context, tx *db.Tx, d Deliverable, f talent.Fact, subject, id string) error {
	name, err := campaign.NameOf(ctx, tx, d.CampaignID)
	if err != nil {
		return err
	}
	return keepFactOf(ctx, tx, d, name, f, subject, id)
}

// keepFactOf is keepFact where the campaign's name is known.
func keepFactOf(ctx context.Context, tx *db.Tx, d Deliverable, campaignName string, f talent.Fact, subject, id string) error {
	f.TalentID, f.CampaignID, f.Title, f.Subject, f.SubjectID = d.TalentID, d.CampaignID, campaignName, subject, id
	return talent.RecordFact(ctx, tx, f)
}
