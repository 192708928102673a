package message

import "kolega/internal/privacy"

// PersonalOfTalent and PersonalOfContact are the messages prepared for a person, and the
// codes sent.
var (
	PersonalOfTalent  = personal("talent_id")
	PersonalOfContact = personal("contact_id")
)

func personal(column string) privacy.Part {
	return privacy.Part{Tables: []privacy.Table{
		{Name: "message_thread", Whose: `person_id = $1`, Words: []string{"phone", "bsuid", "email"}, Show: []string{"channel", "heard_at", "last_at", "stopped_at"}, Alias: []string{"name"}, Clear: []string{"phone", "bsuid", "email"}},
		{Name: "message_line", Whose: `thread_id IN (SELECT id FROM message_thread WHERE person_id = $1)`, Show: []string{"at", "text"}, Alias: []string{"by_name"}, Clear: []string{"text", "media"}},
		{Name: "message_outgoing", Whose: `person_id = $1`, Words: []string{"place"}, Show: []string{"channel", "subject", "text", "made_at", "accepted_at", "read_at"}, Clear: []string{"place", "subject", "text", "full_sealed", "vars", "template", "detail"}},
		{Name: "message_event", Whose: privacy.Anybody, Blot: []string{"body"}},
		{Name: "code_message", Whose: `link_id IN (SELECT id FROM room_link WHERE ` + column + ` = $1)`, Words: []string{"place"}, Drop: true},
		{Name: "message", Whose: `person_id = $1`, Show: []string{"kind", "lang", "text", "prepared_at", "sent_at", "channel"}, Alias: []string{"name"}, Clear: []string{"text"}},
	}}
}
