package task

import "kolega/internal/privacy"

// Personal is what tasks may say about persons from outside, in passing.
var Personal = privacy.Part{Tables: []privacy.Table{
	{Name: "task", Whose: privacy.Anybody, Blot: []string{"title", "done_means", "result", "why"}},
	{Name: "mention", Whose: privacy.Anybody, Blot: []string{"text"}},
}}
