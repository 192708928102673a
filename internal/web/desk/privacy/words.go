package privacy

import (
	"context"
	"strings"

	"kolega/internal/web/ui"
)

// openLine names what is under way.
func openLine(ctx context.Context, codes []string) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = tr(ctx, "open."+c)
	}
	return strings.Join(out, " ")
}

func (p page) nameField(ctx context.Context) ui.Field {
	return ui.Field{Name: "name", Label: tr(ctx, "field.name"), Hint: tr(ctx, "field.name.hint", "name", p.State.Name), Value: p.Name, Error: p.Errors["name"]}
}

func (p page) reasonField(ctx context.Context) ui.Field {
	return ui.Field{Name: "reason", Label: tr(ctx, "field.reason"), Hint: tr(ctx, "field.reason.hint"), Value: p.Reason, Error: p.Errors["reason"]}
}
