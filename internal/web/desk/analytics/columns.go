package analytics

import (
	"context"

	"kolega/internal/web/ui"
)

func groupColumns(ctx context.Context, margin bool) []ui.Col {
	cols := []ui.Col{{Label: ""}, {Label: tr(ctx, "repeat"), Class: "c-num"}, {Label: tr(ctx, "first-pass"), Class: "c-num"}}
	return numbers(ctx, cols, margin)
}

func lineColumns(ctx context.Context, margin bool) []ui.Col {
	cols := []ui.Col{{Label: tr(ctx, "campaign")}, {Label: tr(ctx, "ae")}, {Label: tr(ctx, "next")}, {Label: tr(ctx, "promise")}, {Label: tr(ctx, "first-pass"), Class: "c-num"}}
	return numbers(ctx, cols, margin)
}

// numbers adds the columns of delays and, for who may see it, of the margin.
func numbers(ctx context.Context, cols []ui.Col, margin bool) []ui.Col {
	for _, p := range parties[:3] {
		cols = append(cols, ui.Col{Label: tr(ctx, "delay."+string(p)), Class: "c-num"})
	}
	if margin {
		cols = append(cols, ui.Col{Label: tr(ctx, "margin"), Class: "c-num"})
	}
	return cols
}
