package media

import (
	"context"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/review"
	"kolega/internal/web/ui"
)

// LibraryProps is a page of the library; Room, File and Take are the addresses of a
// final's draft room, of what is shown of it and of its download.
type LibraryProps struct {
	Finals           []review.Final
	Room, File, Take func(review.Final) string
	Next             string // the next page; "" for none
	Campaigns        bool   // more than one campaign is shown: name it
}

// wordOf is the word of a known key, else the key as people wrote it.
func wordOf(ctx context.Context, area, key string) string {
	if l := locale.From(ctx); l.Has(area + key) {
		return l.T(area + key)
	}
	return strings.ReplaceAll(key, "_", " ")
}

// poster is a still of a final: an early frame, or the picture itself; "" for none.
func (p LibraryProps) poster(f review.Final) string {
	switch {
	case f.Poster:
		return p.File(f) + "?as=poster"
	case strings.HasPrefix(f.Type, "image/"):
		return p.File(f) + "?as=play"
	}
	return ""
}

func (p LibraryProps) second(ctx context.Context, f review.Final) string {
	out := locale.T(ctx, "draft.name", "platform", wordOf(ctx, "draft.platform.", f.Platform), "format", wordOf(ctx, "draft.format.", f.Format), "number", f.Number)
	if p.Campaigns {
		out += " · " + f.Brand + " · " + f.Campaign
	}
	return out
}

func rightStatus(ctx context.Context, f review.Final) ui.Status {
	meaning := map[review.RightState]ui.Meaning{review.RightRuns: ui.Good, review.RightEarly: ui.Wait, review.RightEnded: ui.Bad, review.RightNone: ui.Neutral}[f.Right]
	return ui.Status{Word: locale.T(ctx, "final.right."+string(f.Right)), Meaning: meaning}
}

// rightText says until when and for what a final may be used, or why not.
func rightText(ctx context.Context, f review.Final) string {
	l := locale.From(ctx)
	var parts []string
	switch {
	case f.Right == review.RightNone:
		return l.T("final.text.none")
	case f.Right == review.RightEarly:
		return l.T("final.text.early", "from", f.From)
	case f.Right == review.RightEnded:
		return l.T("final.text.ended", "to", f.To)
	case f.To == "":
		parts = append(parts, l.T("final.text.open"))
	default:
		parts = append(parts, l.T("final.text.runs", "to", f.To))
	}
	if f.Paid {
		parts = append(parts, l.T("final.text.paid"))
	}
	if len(f.Territory) > 0 {
		parts = append(parts, strings.Join(f.Territory, ", "))
	}
	return strings.Join(parts, " · ")
}

// NextOf is the address of the page after, "" when the page was not full.
func NextOf(finals []review.Final, limit int, base string) string {
	if len(finals) < limit {
		return ""
	}
	return base + "before=" + finals[len(finals)-1].VersionID
}
