package paper

import "strings"

// risky says whether a spreadsheet could run text as a formula: it begins with a formula
// sign, its full-width twin, a tab or a line end. Spaces before the sign do not help.
func risky(text string) bool {
	if text == "" {
		return false
	}
	if text[0] == '\t' || text[0] == '\r' || text[0] == '\n' {
		return true
	}
	for _, sign := range []string{"=", "+", "-", "@", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(strings.TrimLeft(text, " \u00a0"), sign) {
			return true
		}
	}
	return false
}

// guard puts an apostrophe before risky text, and before text that already begins with an
// apostrophe and risky text, so that unguard gives back exactly what was written.
func guard(text string) string {
	if risky(strings.TrimLeft(text, "'")) {
		return "'" + text
	}
	return text
}

// unguard takes one apostrophe off guarded text.
func unguard(text string) string {
	if strings.HasPrefix(text, "'") && risky(strings.TrimLeft(text, "'")) {
		return text[1:]
	}
	return text
}
