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
		{Name: "code_message", Whose: `link_id IN (SELECT id FROM room_link WHERE ` + column + ` = $1)`, Words: []string{"place"}, Drop: true},
		{Name: "message", Whose: `person_id = $1`, Show: []string{"kind", "lang", "text", "prepared_at", "sent_at", "channel"}, Alias: []string{"name"}, Clear: []string{"text"}},
	}}
}
