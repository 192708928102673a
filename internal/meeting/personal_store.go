package meeting

import "kolega/internal/privacy"

// said are texts of minutes that may name anybody in passing.
var said = []privacy.Table{
	{Name: "minute_line", Whose: privacy.Anybody, Blot: []string{"text", "wording", "doer"}},
	{Name: "meeting", Whose: privacy.Anybody, Blot: []string{"title", "place", "agenda", "cancel_why"}},
	{Name: "meeting_person", Whose: `who = 'guest'`, Blot: []string{"name", "email"}},
}

// PersonalOfTalent is what meetings say about a talent in passing.
var PersonalOfTalent = privacy.Part{Tables: said}

// PersonalOfContact is what they keep about a client's contact: where the contact was
// asked to, what was sent to them, and what they answered.
var PersonalOfContact = privacy.Part{Tables: append([]privacy.Table{
	{Name: "meeting_person", Whose: `who = 'contact' AND person_id = $1`, Show: []string{"meeting_id", "zone"}, Alias: []string{"name"}},
	{Name: "contact_report_receiver", Show: []string{"report_id", "sent_at", "accepted_at"}, Alias: []string{"name"}},
	{Name: "contact_report_objection", Show: []string{"report_id", "words", "at"}, Alias: []string{"name"}, Blot: []string{"words"}},
}, said...)}
