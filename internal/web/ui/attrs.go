package ui

import (
	"sort"

	"github.com/a-h/templ"
)

// currentPage marks the link of the page one is on.
func currentPage(ok bool) templ.Attributes { return current(ok, "page") }

// currentTrue marks the chosen one of a list.
func currentTrue(ok bool) templ.Attributes { return current(ok, "true") }

func current(ok bool, value string) templ.Attributes {
	if !ok {
		return nil
	}
	return templ.Attributes{"aria-current": value}
}

func homeLink(href string) templ.Attributes {
	if href == "" {
		return nil
	}
	return templ.Attributes{"href": string(templ.URL(href))}
}

// one gives a single attribute, or none when the value is empty.
func one(name, value string) templ.Attributes {
	if value == "" {
		return nil
	}
	return templ.Attributes{name: value}
}

type pair struct{ Name, Value string }

// sorted lists a map in the order of its names, so that the same page is the same bytes.
func sorted(m map[string]string) []pair {
	out := make([]pair, 0, len(m))
	for k, v := range m {
		out = append(out, pair{k, v})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

func orText(given, usual string) string {
	if given != "" {
		return given
	}
	return usual
}
