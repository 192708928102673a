package shoot

import "kolega/internal/privacy"

// called are the shoots to which a person is called.
const called = `(SELECT shoot_id FROM shoot_call WHERE person_id = $1)`

var (
	places = privacy.Table{Name: "shoot", Whose: `id IN ` + called, Blot: []string{"place", "bring"}}
	wishes = privacy.Table{Name: "shoot_wish", Whose: `shoot_id IN ` + called, Blot: []string{"body", "said_by"}}
)

// PersonalOfTalent is what shoots keep about a talent: that they were called.
var PersonalOfTalent = privacy.Part{Tables: []privacy.Table{
	{Name: "shoot_call", Whose: `kind = 'talent' AND person_id = $1`, Show: []string{"campaign_id", "zone"}, Alias: []string{"name"}},
	places, wishes,
}}

// PersonalOfContact is what they keep about a client's contact.
var PersonalOfContact = privacy.Part{Tables: []privacy.Table{
	{Name: "shoot_call", Whose: `kind = 'contact' AND person_id = $1`, Show: []string{"campaign_id", "zone"}, Alias: []string{"name"}},
	places, wishes,
}}
