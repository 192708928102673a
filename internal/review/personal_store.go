package review

import "kolega/internal/privacy"

const ofDeliverables = `deliverable_id IN (SELECT id FROM deliverable WHERE talent_id = $1)`

// PersonalOfTalent is what the review room keeps about a talent. The work itself stays: it
// was delivered under a contract, the client has rights in it, and an approval names
// its bytes.
var PersonalOfTalent = privacy.Part{Tables: []privacy.Table{
	{Name: "deliverable", Show: []string{"campaign_id", "platform", "format", "draft_due_text", "post_due_text"}},
	{Name: "draft", Whose: ofDeliverables + ` AND uploaded_by_id = $1`, Show: []string{"file_name", "media_type", "link_url", "caption", "hashtags", "mentions", "music"},
		Alias: []string{"uploaded_by"}, Blot: []string{"file_name"}},
	{Name: "concept", Whose: ofDeliverables, Show: []string{"body", "promises", "words"}, Alias: []string{"sent_by"}, Blot: []string{"body", "words"}},
	{Name: "concept_picture", Whose: ofDeliverables, Show: []string{"file_name", "media_type"}, Blot: []string{"file_name"}},
	{Name: "upload", Show: []string{"file_name", "media_type"}, Blot: []string{"file_name"}},
	{Name: "review_item", Whose: ofDeliverables, Blot: []string{"body", "for_talent", "because", "outcome_reason", "contest_text"}},
	{Name: "review_remark", Whose: ofDeliverables, Blot: []string{"body"}},
	{Name: "item_answer", Whose: `by_id = $1`, Show: []string{"outcome", "cause", "reason"}, Alias: []string{"by_name"}, Blot: []string{"reason"}},
	{Name: "draft_check", Whose: `draft_id IN (SELECT id FROM draft WHERE ` + ofDeliverables + `)`, Blot: []string{"note", "override"}},
	{Name: "change_request", Show: []string{"fee_minor", "fee_currency", "talent_answer", "talent_reason"}, Clear: []string{"talent_reason"}, Blot: []string{"note"}},
}}

// PersonalOfContact is what it keeps about a client's contact: who decided, by an alias.
var PersonalOfContact = privacy.Part{Tables: []privacy.Table{
	{Name: "review_round", Whose: `sent_by_id = $1`, Show: []string{"campaign_id", "via"}, Alias: []string{"sent_by"}},
	{Name: "review_item", Whose: `author_id = $1`, Show: []string{"body", "contest_text"}, Alias: []string{"author"}, Blot: []string{"body", "contest_text"}},
	{Name: "item_answer", Whose: `by_id = $1`, Show: []string{"outcome", "reason"}, Alias: []string{"by_name"}},
	{Name: "concept", Whose: `decided_by_id = $1`, Show: []string{"campaign_id", "words"}, Alias: []string{"decided_by"}, Blot: []string{"words"}},
	{Name: "approval", Whose: `by_id = $1`, Show: []string{"campaign_id", "via", "words"}, Alias: []string{"by_name"}, Blot: []string{"words"}},
	{Name: "told", Whose: `deliverable_id IN (SELECT deliverable_id FROM approval WHERE by_id = $1)`, Show: []string{"channel", "zone"}, Alias: []string{"confirmed_by"}},
	{Name: "change_request", Whose: `client_by_id = $1`, Show: []string{"client_answer"}, Alias: []string{"client_by"}},
}}
