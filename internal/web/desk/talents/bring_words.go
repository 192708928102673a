package talents

import (
	"context"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/talent"
	"kolega/internal/web/ui"
)

func headerText(ctx context.Context, c talent.Column, i int) string {
	if h := strings.Join(strings.Fields(c.Header), " "); h != "" {
		return h
	}
	return tr(ctx, "column-n", "n", i+1)
}

func why(ctx context.Context, c talent.Column) string {
	if c.Why == "" {
		return ""
	}
	return im(ctx, "why."+c.Why)
}

func samples(all [][]string, i int) string {
	if i >= len(all) {
		return ""
	}
	return strings.Join(all[i], " · ")
}

func pages(names []string) []ui.Option {
	var out []ui.Option
	for _, n := range names {
		out = append(out, ui.Option{Value: n, Label: n})
	}
	return out
}

func nameOf(r talent.Reading) string {
	switch {
	case r.Talent.Name != "":
		return r.Talent.Name
	case len(r.Accounts) > 0:
		return r.Accounts[0].Title()
	}
	return "–"
}

// readER is a rate as it was read or computed, before the account has an id.
func readER(ctx context.Context, a talent.Account) string {
	if a.ERBp < 0 {
		return "–"
	}
	return locale.From(ctx).Bp(a.ERBp) + " " + tr(ctx, "er-base."+string(a.ERBase))
}
