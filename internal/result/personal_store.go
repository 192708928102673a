package result

import "kolega/internal/privacy"

// PersonalOfTalent is what results keep about a talent: figures stay, the way to the
// account and the screenshots go.
var PersonalOfTalent = privacy.Part{Tables: []privacy.Table{
	{Name: "insight_evidence", Show: []string{"file_name", "media_type", "size"}, Files: []string{"sha256"}, Drop: true},
	{Name: "insight", Show: []string{"campaign_id", "age", "source", "typed_at", "verified_at"}, Blot: []string{"reason", "contested_why", "warnings"}},
	{Name: "insight", Whose: `typed_by_id = $1`, Alias: []string{"typed_by"}},
	{Name: "post_check", Whose: `post_id IN (SELECT id FROM post WHERE talent_id = $1)`, Blot: []string{"note"}},
	{Name: "plan_line", Show: []string{"campaign_id", "platform", "handle", "url", "cost_minor", "cost_currency"}, Alias: []string{"name", "handle"}, Blot: []string{"url", "source_note", "risk"}},
	{Name: "pickup", Whose: privacy.Anybody, Blot: []string{"handle", "url", "account"}},
	{Name: "connection", Show: []string{"platform", "handle", "pulled_at"}, Drop: true},
	{Name: "track_link", Show: []string{"campaign_id", "slug", "made_at"}},
	{Name: "promo_code", Show: []string{"campaign_id", "code", "made_at"}, Alias: []string{"code"}},
	{Name: "post", Show: []string{"campaign_id", "platform", "format", "handle", "url", "due_text"}, Near: []string{"handle"}, Alias: []string{"handle"}, Blot: []string{"url", "entered", "entered_by", "allowed_why", "withdrawn_why"}},
}}
