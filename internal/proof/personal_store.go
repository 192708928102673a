package proof

import "kolega/internal/privacy"

// PersonalOfContact is what the log of service sheets keeps about a contact.
var PersonalOfContact = privacy.Part{Tables: []privacy.Table{
	{Name: "service_sheet_shown", Show: []string{"number", "whom", "at", "reason"}, Near: []string{"reason"}, Alias: []string{"whom"}},
}}

// Personal is what proofs say of persons in passing: somebody who is erased no longer
// speaks for the agency.
var Personal = privacy.Part{Tables: []privacy.Table{
	{Name: "proof", Whose: privacy.Anybody, Blot: []string{"title", "body", "who", "source", "consent", "fold"}},
	{Name: "service_sheet_shown", Whose: privacy.Anybody, Blot: []string{"whom", "reason"}},
}}
