package pitch

import "kolega/internal/privacy"

// PersonalOfContact is what links to decks keep about a contact.
var PersonalOfContact = privacy.Part{Tables: []privacy.Table{
	{Name: "deck_share", Show: []string{"name", "lang", "made_at", "expires_at"}, Alias: []string{"name"}},
}}

// Personal is what decks say of persons in passing. A version that was sent is the
// client's paper: its document stays as its hash says.
var Personal = privacy.Part{Tables: []privacy.Table{
	{Name: "deck", Whose: privacy.Anybody, Blot: []string{"title", "concept", "learned"}},
	{Name: "deck_part", Whose: privacy.Anybody, Blot: []string{"title", "body", "data"}},
	{Name: "design_request", Whose: privacy.Anybody, Blot: []string{"words", "links"}},
}}
