package desk

import (
	"context"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/review"
)

// PieceName names one piece of content: "Reels 2 · Instagram" as the language has it.
func PieceName(ctx context.Context, d review.Deliverable) string {
	return locale.T(ctx, "draft.name", "platform", wordOf(ctx, "draft.platform.", d.Platform), "format", wordOf(ctx, "draft.format.", d.Format), "number", d.Number)
}

// wordOf is the word of a known key, else the key as people wrote it.
func wordOf(ctx context.Context, area, key string) string {
	if l := locale.From(ctx); l.Has(area + key) {
		return l.T(area + key)
	}
	return strings.ReplaceAll(key, "_", " ")
}
