package rapport

import "kolega/internal/privacy"

// Personal is what keeping warm keeps about a contact; of somebody erased nothing stays
// but that there was a greeting.
var Personal = privacy.Part{Tables: []privacy.Table{
	{Name: "greeting_choice", Show: []string{"country", "occasion", "chosen_at"}, Drop: true},
	{Name: "greeting", Show: []string{"occasion", "year", "text", "sent_at"}, Clear: []string{"text"}},
}}
