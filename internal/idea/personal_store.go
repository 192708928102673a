package idea

import "kolega/internal/privacy"

// Personal is what ideas say of persons in passing.
var Personal = privacy.Part{Tables: []privacy.Table{
	{Name: "idea_board", Whose: privacy.Anybody, Blot: []string{"title", "question"}},
	{Name: "idea", Whose: privacy.Anybody, Blot: []string{"title", "body", "links", "why"}},
	{Name: "experiment", Whose: privacy.Anybody, Blot: []string{"belief", "learned"}},
}}
