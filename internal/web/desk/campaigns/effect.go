package campaigns

import (
	"context"
	"strings"

	"kolega/internal/campaign"
	"kolega/internal/locale"
	"kolega/internal/web/ui"
)

func effectMeaning(e campaign.PlanEffect) ui.Meaning {
	if e.Late() || len(e.Pressed) > 0 || len(e.Warnings) > 0 {
		return ui.Wait
	}
	return ui.Good
}

// effectText says what moved dates would do, in one paragraph.
func effectText(ctx context.Context, e campaign.PlanEffect) string {
	l := locale.From(ctx)
	var parts []string
	switch {
	case e.Shift > 0:
		parts = append(parts, tr(ctx, "effect.later", "n", e.Shift))
	case e.Shift < 0:
		parts = append(parts, tr(ctx, "effect.earlier", "n", -e.Shift))
	default:
		parts = append(parts, tr(ctx, "effect.same"))
	}
	if e.LastTo != e.LastFrom {
		parts = append(parts, tr(ctx, "effect.last", "from", l.Date(e.LastFrom), "to", l.Date(e.LastTo)))
	}
	for _, w := range e.Warnings {
		parts = append(parts, tr(ctx, "effect.warn."+string(w)))
	}
	if len(e.Pressed) > 0 {
		parts = append(parts, tr(ctx, "effect.press", "n", len(e.Pressed)))
	}
	return strings.Join(parts, " ")
}
