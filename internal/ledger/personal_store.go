package ledger

import "kolega/internal/privacy"

// PersonalOfTalent is what the books keep about a talent: amounts, which stay.
var PersonalOfTalent = privacy.Part{Tables: []privacy.Table{
	{Name: "ledger_entry", Show: []string{"cause_kind", "campaign_id"}, Blot: []string{"note"}},
}}
