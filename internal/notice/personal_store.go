package notice

import "kolega/internal/privacy"

// Personal is what notices say about persons from outside, in passing.
var Personal = privacy.Part{Tables: []privacy.Table{
	{Name: "notice_digest", Whose: privacy.Anybody, Blot: []string{"subject", "body"}},
}}
