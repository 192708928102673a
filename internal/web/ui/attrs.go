package ui

import (
	"context"
	"sort"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"kolega/internal/locale"
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

func nowAttr(now time.Time) templ.Attributes {
	if now.IsZero() {
		return nil
	}
	return templ.Attributes{"data-now": strconv.FormatInt(now.UnixMilli(), 10)}
}

// wordAttrs hands the few texts that scripts say to them, in the reader's language. A "{n}" left open is filled in by
// the script; the keys ending in 1 are the singular.
func wordAttrs(ctx context.Context) templ.Attributes {
	a := templ.Attributes{}
	for attr, key := range map[string]string{
		"failed": "toast.failed", "offline": "toast.offline", "online": "toast.online", "copied": "toast.copied",
		"row-next": "keys.rownext", "row-prev": "keys.rowprev", "row-open": "keys.rowopen", "row-mark": "keys.rowmark",
	} {
		a["data-"+attr] = t(ctx, key)
	}
	for _, way := range []string{"", "in", "over"} {
		attr, key := "data-", "common."
		if way != "" {
			attr, key = attr+way+"-", key+way+"."
			a[attr+"now"] = locale.T(ctx, key+"now")
		}
		for _, unit := range []string{"minutes", "hours"} {
			a[attr+unit] = locale.T(ctx, key+unit)
			a[attr+unit+"1"] = locale.T(ctx, key+unit, "n", 1)
		}
	}
	return a
}
