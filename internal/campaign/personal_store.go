package campaign

import (
	"context"

	"kolega/internal/db"
	"kolega/internal/privacy"
)

// PersonalOfTalent is what campaigns keep about a talent: that the brief was understood.
var PersonalOfTalent = privacy.Part{Tables: []privacy.Table{
	{Name: "acknowledgement", Show: []string{"campaign_id", "point_id", "lang", "via"}},
	{Name: "eligibility", Show: []string{"campaign_id", "question_id", "lang"}, Drop: true},
	{Name: "inquiry", Show: []string{"campaign_id", "text", "answer"}, Clear: []string{"text"}, Blot: []string{"answer"}},
	{Name: "slot", Whose: privacy.Anybody, Blot: []string{"conditions"}},
}}

// PersonalOfContact is what they keep about a client's contact: who accepted the brief.
var PersonalOfContact = privacy.Part{
	Tables: []privacy.Table{
		{Name: "brief", Whose: `accepted_by_id = $1`, Show: []string{"campaign_id", "accepted_via"}, Alias: []string{"accepted_by"}},
		{Name: "brief_proposal", Whose: `settled_by_id = $1`, Show: []string{"campaign_id", "settled_via"}, Alias: []string{"settled_by"}},
		{Name: "brief_proposal_line", Whose: `objected_by_id = $1`, Show: []string{"objection"}, Alias: []string{"objected_by"}, Blot: []string{"objection"}},
	},
	Open: openOfContact,
}

// openOfContact says whether a campaign that is not closed waits for the contact's word.
func openOfContact(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
	var decides bool
	err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM campaign WHERE decider_id = $1 AND closed_at IS NULL)`, id).Scan(&decides)
	if err != nil || !decides {
		return nil, err
	}
	return []string{"decider"}, nil
}
