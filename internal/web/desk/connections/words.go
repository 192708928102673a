package connections

import (
	"context"
	"strconv"
	"strings"
	"time"

	"kolega/internal/locale"
	"kolega/internal/result"
	"kolega/internal/web/ui"
)

// titleOf names a connection: whose it is, on which platform.
func titleOf(ctx context.Context, c result.Connected) string {
	platform := locale.T(ctx, "platform."+c.Platform)
	if c.Way == result.WayAgency {
		return tr(ctx, "agency-on", "platform", platform)
	}
	return tr(ctx, "account-on", "platform", platform, "talent", c.Talent)
}

// whose is the second line of a connection.
func whose(ctx context.Context, c result.Connected) string {
	text := tr(ctx, "way."+string(c.Way))
	if c.Account != "" {
		text = "@" + c.Account + " · " + text
	}
	if c.Mode == result.ModeSandbox {
		text += " · " + tr(ctx, "mode.sandbox")
	}
	return text
}

func status(ctx context.Context, c result.Connected) ui.Status {
	switch {
	case c.Stopped():
		return ui.Status{Word: tr(ctx, "state.stopped"), Meaning: ui.Bad}
	case c.Fault != "":
		return ui.Status{Word: tr(ctx, "state.later"), Meaning: ui.Wait}
	case c.PulledAt.IsZero():
		return ui.Status{Word: tr(ctx, "state.first"), Meaning: ui.Info}
	}
	return ui.Status{Word: tr(ctx, "state.good"), Meaning: ui.Good}
}

// fault words why a connection does not read, and who can do what about it.
func faultText(ctx context.Context, c result.Connected) string {
	if c.Fault == "" {
		return ""
	}
	return locale.From(ctx).Code(c.Fault)
}

func lastText(ctx context.Context, c result.Connected, now time.Time) string {
	if c.PulledAt.IsZero() {
		return tr(ctx, "never")
	}
	return tr(ctx, "ago", "ago", locale.From(ctx).Ago(now, c.PulledAt))
}

func nextText(ctx context.Context, c result.Connected, now time.Time) string {
	l := locale.From(ctx)
	switch {
	case c.Stopped():
		return tr(ctx, "next-none")
	case !c.NextAt.After(now):
		return tr(ctx, "next-now")
	}
	return l.DateTime(c.NextAt, l.Zone.String())
}

// gives lists what a platform tells by a way, in words.
func gives(ctx context.Context, c result.Connected) string {
	return names(ctx, result.Gives(c.Platform, c.Way))
}

func names(ctx context.Context, list []result.Metric) string {
	out := make([]string, len(list))
	for i, m := range list {
		out[i] = strings.ToLower(locale.T(ctx, "metric."+string(m)))
	}
	return strings.Join(out, ", ")
}

// facts are what is known of a connection.
func facts(ctx context.Context, p openPage) ui.Terms {
	l := locale.From(ctx)
	out := ui.Terms{{Name: tr(ctx, "col.state"), Part: status(ctx, p.Is)}, {Name: tr(ctx, "token"), Text: "···" + p.Is.TokenEnd}, {Name: tr(ctx, "col.last"), Text: lastText(ctx, p.Is, p.Now)},
		{Name: tr(ctx, "col.next"), Text: nextText(ctx, p.Is, p.Now)}}
	if !p.Is.ExpiresAt.IsZero() {
		out = append(out, ui.Term{Name: tr(ctx, "expires"), Text: l.DateTime(p.Is.ExpiresAt, l.Zone.String())})
	}
	return append(out, ui.Term{Name: tr(ctx, "changed"), Text: p.Is.ChangedName + " · " + l.DateTime(p.Is.ChangedAt, l.Zone.String())})
}

func actionOf(p openPage) string {
	if p.Is.ID == "" {
		return "/connections"
	}
	return "/connections/" + p.Is.ID
}

func versionOf(p openPage) string { return strconv.FormatInt(p.Is.Version, 10) }

func modeOf(p openPage) string {
	if p.Mode == "" {
		return result.ModeLive
	}
	return p.Mode
}

func hintOf(ctx context.Context, p openPage) string {
	if p.Is.TokenEnd != "" {
		return tr(ctx, "token-kept", "end", p.Is.TokenEnd)
	}
	return tr(ctx, "token-hint")
}
