package team

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/web/ui"
)

// zones offered; the names are those of the tz database (R8).
var zones = []ui.Option{
	{Value: "Asia/Jakarta", Label: "Jakarta (WIB)"}, {Value: "Asia/Makassar", Label: "Makassar (WITA)"}, {Value: "Asia/Jayapura", Label: "Jayapura (WIT)"},
	{Value: "Asia/Manila", Label: "Manila"}, {Value: "Asia/Singapore", Label: "Singapore"}, {Value: "Asia/Kuala_Lumpur", Label: "Kuala Lumpur"},
	{Value: "Asia/Bangkok", Label: "Bangkok"}, {Value: "Asia/Ho_Chi_Minh", Label: "Ho Chi Minh"}, {Value: "Asia/Tokyo", Label: "Tokyo"}, {Value: "Asia/Seoul", Label: "Seoul"},
	{Value: "Australia/Sydney", Label: "Sydney"}, {Value: "Europe/London", Label: "London"}, {Value: "America/New_York", Label: "New York"},
}

func langs(context.Context) []ui.Option {
	return []ui.Option{{Value: "id", Label: "Bahasa Indonesia"}, {Value: "en", Label: "English"}}
}

func roleOptions(ctx context.Context) (out []ui.Option) {
	for _, r := range access.StaffRoles {
		out = append(out, ui.Option{Value: string(r), Label: locale.T(ctx, "role."+string(r))})
	}
	return out
}

func (p entryPage) name(ctx context.Context) ui.Field {
	return ui.Field{Name: "name", Label: locale.T(ctx, "team.name"), Value: p.Form.Name, Error: p.Errors["name"], Complete: "name"}
}

func (p entryPage) email(ctx context.Context) ui.Field {
	return ui.Field{Name: "email", Type: "email", Label: locale.T(ctx, "team.email"), Value: p.Form.Email, Error: p.Errors["email"], Complete: "username", ReadOnly: p.Fixed}
}

func (p entryPage) password(ctx context.Context) ui.Field {
	f := ui.Field{Name: "password", Type: "password", Label: locale.T(ctx, "team.password"), Error: p.Errors["password"], Complete: "current-password"}
	if p.AskName {
		f.Hint, f.Complete = locale.T(ctx, "team.password.hint"), "new-password"
	}
	return f
}

func (p entryPage) code(ctx context.Context) ui.Field {
	return ui.Field{Name: "code", Label: locale.T(ctx, "team.code"), Hint: locale.T(ctx, "team.code.hint"), Error: p.Errors["code"], Mode: "numeric", Complete: "one-time-code", Short: true}
}

// agentName is the browser's name out of its long description of itself.
func agentName(agent string) string {
	for _, known := range []string{"Edg", "OPR", "Firefox", "Chrome", "Safari", "curl"} {
		if strings.Contains(agent, known) {
			return strings.NewReplacer("Edg", "Edge", "OPR", "Opera").Replace(known)
		}
	}
	if agent == "" {
		return "–"
	}
	return agent[:min(len(agent), 40)]
}

func zoneCity(zone string) string {
	return strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
}
