package report

import "kolega/internal/privacy"

// PersonalOfContact is what reports keep about a client's contact: who commented.
var PersonalOfContact = privacy.Part{Tables: []privacy.Table{
	{Name: "report_comment", Whose: `by_id = $1`, Show: []string{"part", "words"}, Alias: []string{"by_name"}},
}}

// Personal is what reports keep about persons of any kind: texts of the agency. A report
// that was sent is the client's paper and stays as it was frozen.
var Personal = privacy.Part{Tables: []privacy.Table{
	{Name: "report_text", Whose: privacy.Anybody, Blot: []string{"summary", "learned", "advice"}},
	{Name: "farewell", Whose: privacy.Anybody, Blot: []string{"reason"}},
	{Name: "report_comment", Whose: privacy.Anybody, Blot: []string{"words"}},
	{Name: "report_advice", Whose: privacy.Anybody, Blot: []string{"words", "outcome"}},
}}
