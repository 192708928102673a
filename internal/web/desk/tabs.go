package desk

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/ui"
)

// parts are the parts of a campaign, with the right without which a part
// is not shown.
var parts = []struct {
	key, path string
	verb      access.Verb
}{
	{"board", "", "campaign.see"},
	{"brief", "/brief", "brief.see"},
	{"slots", "/slots", "campaign.see"},
	{"shortlist", "/shortlist", "cast.see"},
	{"bookings", "/bookings", "booking.see"},
	{"shoots", "/shoots", "shoot.see"},
	{"drafts", "/drafts", "draft.see"},
	{"chats", "/chats", "chat.see"},
	{"posts", "/posts", "post.see"},
	{"results", "/results", "guarantee.see"},
	{"domino", "/domino", "domino.see"},
	{"report", "/report", "report.see"},
	{"money", "/money", "invoice.see"},
	{"meetings", "/meetings", "meeting.see"},
	{"timeline", "/timeline", "timeline.see"},
	{"activity", "/activity", "audit.see"},
}

// CampaignTabs are the parts of a campaign under its head; current is the key of
// the one shown: board brief slots shortlist bookings shoots drafts chats posts results domino report
// money meetings timeline activity.
func CampaignTabs(ctx context.Context, id, current string) ui.Tabs {
	actor := web.ActorIn(ctx)
	var t ui.Tabs
	for _, part := range parts {
		if actor.Can(part.verb) {
			t.Items = append(t.Items, ui.Tab{Label: locale.T(ctx, "desk.tab."+part.key), Href: "/campaigns/" + id + part.path, Current: part.key == current})
		}
	}
	return t
}

// MayOpenPart tells whether a part of a campaign ("drafts") is for the actor.
func MayOpenPart(a access.Actor, key string) bool {
	for _, part := range parts {
		if part.key == key {
			return a.Can(part.verb)
		}
	}
	return false
}

// area is a page of the desk that is a tab beside others; its key is its address.
type area struct {
	key  string
	verb access.Verb
}

// areaTabs shows the areas that the actor may see, named by the texts below words.
func areaTabs(ctx context.Context, words, current string, areas ...area) ui.Tabs {
	actor := web.ActorIn(ctx)
	var t ui.Tabs
	for _, a := range areas {
		if actor.Can(a.verb) {
			t.Items = append(t.Items, ui.Tab{Label: locale.T(ctx, words+"."+a.key), Href: "/" + a.key, Current: a.key == current})
		}
	}
	return t
}

// ClientTabs are the parts of the area about those who pay; current is the key of
// the one shown: clients opportunities watch.
func ClientTabs(ctx context.Context, current string) ui.Tabs {
	return areaTabs(ctx, "ui.nav", current, area{"clients", "client.see"}, area{"opportunities", "opportunity.see"}, area{"watch", "watch.see"})
}

// CalendarTabs are the parts of the area about when people do what; current is the key
// of the one shown: calendar meetings practice.
func CalendarTabs(ctx context.Context, current string) ui.Tabs {
	return areaTabs(ctx, "desk.calendar", current, area{"calendar", "calendar.see"}, area{"meetings", "meeting.see"}, area{"practice", "practice.see"})
}

// PitchTabs are the parts of the area in which a pitch is made; current is the key of the
// one shown: decks ideas proofs sheets designs.
func PitchTabs(ctx context.Context, current string) ui.Tabs {
	return areaTabs(ctx, "deck.tab", current, area{"decks", "deck.see"}, area{"ideas", "idea.see"}, area{"proofs", "proof.see"}, area{"sheets", "sheet.see"}, area{"designs", "design.see"})
}
