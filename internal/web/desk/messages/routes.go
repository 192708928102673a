// Package messages is the part of the staff app where conversations are answered: the
// shared inbox, one conversation, texts of messages, and the ways they go.
package messages

import (
	"context"
	"net/http"

	"kolega/internal/locale"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/house"
	"kolega/internal/web/ui"
)

type rooms struct{ *house.House }

// Routes are the pages about messages.
func Routes(h *house.House) []web.Route {
	d := rooms{h}
	return append([]web.Route{
		{Method: "GET", Pattern: "/messages", Verb: "message.see", Handle: d.inbox},
		{Method: "GET", Pattern: "/messages/{id}", Verb: "message.see", Handle: d.talk},
		{Method: "POST", Pattern: "/messages/{id}/reply", Verb: "message.send", Handle: d.reply},
		{Method: "POST", Pattern: "/messages/{id}/note", Verb: "message.send", Handle: d.note},
		{Method: "POST", Pattern: "/messages/{id}/assign", Verb: "message.send", Handle: d.assign},
		{Method: "POST", Pattern: "/messages/{id}/snooze", Verb: "message.send", Handle: d.snooze},
		{Method: "POST", Pattern: "/messages/{id}/wake", Verb: "message.send", Handle: d.wake},
		{Method: "POST", Pattern: "/messages/{id}/close", Verb: "message.send", Handle: d.close},
		{Method: "POST", Pattern: "/messages/{id}/stop", Verb: "message.send", Handle: d.stop},
		{Method: "POST", Pattern: "/messages/{id}/allow", Verb: "message.send", Handle: d.allow},
		{Method: "GET", Pattern: "/messages/{id}/files/{line}", Verb: "message.see", Handle: d.file},
		{Method: "GET", Pattern: "/messages/waiting", Verb: "message.see", Handle: d.waiting},
		{Method: "POST", Pattern: "/messages/out/{out}/back", Verb: "message.send", Handle: d.takeBack},
		{Method: "POST", Pattern: "/messages/out/{out}/again", Verb: "message.send", Handle: d.again},
		{Method: "POST", Pattern: "/messages/out/{out}/sent", Verb: "message.send", Handle: d.handSent},
		{Method: "POST", Pattern: "/messages/out/{out}/drop", Verb: "message.send", Handle: d.drop},
		{Method: "POST", Pattern: "/messages/shift", Verb: "message.send", Handle: d.handOver},
		{Method: "POST", Pattern: "/messages/shift/{shift}/take", Verb: "message.send", Handle: d.takeShift},
		{Method: "GET", Pattern: "/messages/templates", Verb: "message.see", Handle: d.templates},
		{Method: "GET", Pattern: "/messages/templates/{party}/{kind}/{lang}", Verb: "message.see", Handle: d.template},
		{Method: "POST", Pattern: "/messages/templates/{party}/{kind}/{lang}", Verb: "message.template", Handle: d.saveTemplate},
		{Method: "POST", Pattern: "/messages/templates/{party}/{kind}/{lang}/restore", Verb: "message.template", Handle: d.restore},
		{Method: "POST", Pattern: "/messages/templates/{party}/{kind}/{lang}/propose", Verb: "message.template", Handle: d.propose},
	}, d.channelRoutes()...)
}

func tr(ctx context.Context, key string, args ...any) string {
	return locale.T(ctx, "inbox."+key, args...)
}

func (d rooms) frame(w http.ResponseWriter, r *http.Request, title, live string) (ui.Page, error) {
	at := desk.At{Nav: "messages", Title: title, Live: live}
	if home := tr(r.Context(), "title"); title != home {
		at.Crumbs = []ui.Crumb{{Label: home, Href: "/messages"}, {Label: title}}
	}
	return desk.Frame(w, r, d.House, at)
}
