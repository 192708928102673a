package privacy

// What the rooms below this one keep about persons: links, codes, answers kept for
// repeated requests, and jobs.

var ownTalent = Part{Tables: []Table{
	{Name: "step_up", Whose: `link_id IN (SELECT id FROM room_link WHERE talent_id = $1)`, Words: []string{"sent_to"}, Drop: true},
	{Name: "room_link", Show: []string{"id", "made_at", "expires_at", "opened_at", "acted_at"}, Drop: true},
	{Name: "idempotency_answers", Whose: Anybody, Blot: []string{"said"}},
	{Name: "job", Whose: Anybody, Blot: []string{"args", "reason"}},
}}

var ownContact = Part{Tables: []Table{
	{Name: "step_up", Whose: `link_id IN (SELECT id FROM room_link WHERE contact_id = $1)`, Words: []string{"sent_to"}, Drop: true},
	{Name: "room_link", Show: []string{"id", "made_at", "expires_at", "opened_at", "acted_at"}, Drop: true},
	{Name: "idempotency_answers", Whose: Anybody, Blot: []string{"said"}},
	{Name: "job", Whose: Anybody, Blot: []string{"args", "reason"}},
}}
