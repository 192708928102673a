package agenda

import "kolega/internal/privacy"

// labels are the names of whose dates a feed holds.
var labels = privacy.Table{Name: "calendar_feed", Whose: privacy.Anybody, Blot: []string{"label", "made_by"}}

// PersonalOfTalent is what feeds keep about a talent.
var PersonalOfTalent = privacy.Part{Tables: []privacy.Table{{Name: "calendar_feed", Whose: `scope = 'talent' AND scope_id = $1`, Show: []string{"scope", "lang", "zone", "made_at"}, Alias: []string{"label", "made_by"}, Drop: true}, labels}}

// PersonalOfContact is what they keep about a client's contact.
var PersonalOfContact = privacy.Part{Tables: []privacy.Table{{Name: "calendar_feed", Show: []string{"scope", "lang", "zone", "made_at"}, Alias: []string{"made_by"}, Drop: true}, labels}}
