package messages

import (
	"net/http"
	"slices"
	"time"

	"kolega/internal/access"
	"kolega/internal/message"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// inboxPage is the list of conversations, with one of them open beside it.
type inboxPage struct {
	Page   ui.Page
	View   string
	In     message.Inbox
	Talk   *message.Talk
	People []access.Person
	Draft  string
	Errors map[string]string
	Actor  access.Actor
	Now    time.Time
	Key    string
}

// views of the list, in the order of their chips.
var views = []string{"first", "mine", "free", "snoozed", "all"}

func (d rooms) inbox(w http.ResponseWriter, r *http.Request) error {
	return d.show(w, r, http.StatusOK, "", inboxPage{})
}

func (d rooms) talk(w http.ResponseWriter, r *http.Request) error {
	return d.show(w, r, http.StatusOK, r.PathValue("id"), inboxPage{})
}

// show renders the list, with a conversation when one is asked for. Who has nothing to
// answer sees all conversations instead of an empty list.
func (d rooms) show(w http.ResponseWriter, r *http.Request, status int, id string, p inboxPage) (err error) {
	ctx := r.Context()
	p.Actor, p.Now, p.Key, p.View = web.ActorOf(r), d.DB.Now(), desk.NewKey(r), r.FormValue("view")
	if !slices.Contains(views, p.View) {
		p.View = "first"
	}
	if p.In, err = d.Message.Inbox(ctx, p.Actor, message.Pick{View: p.View}); err != nil {
		return err
	}
	if len(p.In.Rows) == 0 && r.FormValue("view") == "" {
		p.View = "all"
		if p.In, err = d.Message.Inbox(ctx, p.Actor, message.Pick{View: "all"}); err != nil {
			return err
		}
	}
	title := tr(ctx, "title")
	if id != "" {
		talk, err := d.Message.Talk(ctx, p.Actor, id)
		if err != nil {
			return err
		}
		p.Talk, title = &talk, talk.Name
	}
	if p.People, err = d.Access.People(ctx, p.Actor); err != nil {
		return err
	}
	if p.Page, err = d.frame(w, r, title, "everything"); err != nil {
		return err
	}
	return web.Render(w, r, status, inboxView(p))
}

// back answers an act in a conversation.
func (d rooms) back(w http.ResponseWriter, r *http.Request, err error, t web.Toast) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.show(w, r, web.StatusOf(err), r.PathValue("id"), inboxPage{Errors: errs, Draft: r.FormValue("text")})
	}
	if err != nil {
		return err
	}
	at := "/messages/" + r.PathValue("id")
	if v := r.FormValue("view"); slices.Contains(views, v) {
		at += "?view=" + v
	}
	return web.SeeOtherUndo(w, r, at, t)
}

func (d rooms) reply(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Text    string `form:"text"`
		Subject string `form:"subject"`
		Urgent  bool   `form:"urgent"`
		View    string `form:"view"`
		As      string `form:"as"`
	}](r)
	if err != nil {
		return err
	}
	if f.As == "note" {
		return d.back(w, r, d.Message.Note(r.Context(), web.ActorOf(r), r.PathValue("id"), f.Text), web.Toast{Key: "inbox.toast.note"})
	}
	o, err := d.Message.Reply(r.Context(), web.ActorOf(r), message.Reply{ThreadID: r.PathValue("id"), Text: f.Text, Subject: f.Subject, Urgent: f.Urgent})
	t := web.Toast{Key: "inbox.toast.queued", Undo: "/messages/out/" + o.ID + "/back"}
	if o.State == message.ByHand {
		t = web.Toast{Key: "inbox.toast.hand"}
	}
	return d.back(w, r, err, t)
}

func (d rooms) note(w http.ResponseWriter, r *http.Request) error {
	return d.back(w, r, d.Message.Note(r.Context(), web.ActorOf(r), r.PathValue("id"), r.FormValue("text")), web.Toast{Key: "inbox.toast.note"})
}

func (d rooms) assign(w http.ResponseWriter, r *http.Request) error {
	return d.back(w, r, d.Message.Assign(r.Context(), web.ActorOf(r), r.PathValue("id"), r.FormValue("person")), web.Toast{Key: "inbox.toast.assigned"})
}

func (d rooms) snooze(w http.ResponseWriter, r *http.Request) error {
	until, err := d.Message.Snooze(r.Context(), web.ActorOf(r), r.PathValue("id"))
	return d.back(w, r, err, web.Toast{Key: "inbox.toast.snoozed", Args: []any{"until", soon(r.Context(), until, "")}, Undo: "/messages/" + r.PathValue("id") + "/wake"})
}

func (d rooms) wake(w http.ResponseWriter, r *http.Request) error {
	return d.back(w, r, d.Message.Wake(r.Context(), web.ActorOf(r), r.PathValue("id")), web.Toast{Key: "inbox.toast.awake"})
}

func (d rooms) close(w http.ResponseWriter, r *http.Request) error {
	return d.back(w, r, d.Message.Close(r.Context(), web.ActorOf(r), r.PathValue("id")), web.Toast{Key: "inbox.toast.closed"})
}

func (d rooms) stop(w http.ResponseWriter, r *http.Request) error {
	return d.back(w, r, d.Message.Stop(r.Context(), web.ActorOf(r), r.PathValue("id"), false), web.Toast{Key: "inbox.toast.stopped", Undo: "/messages/" + r.PathValue("id") + "/allow"})
}

func (d rooms) allow(w http.ResponseWriter, r *http.Request) error {
	return d.back(w, r, d.Message.Stop(r.Context(), web.ActorOf(r), r.PathValue("id"), true), web.Toast{Key: "inbox.toast.allowed"})
}

// file serves what came with a message.
func (d rooms) file(w http.ResponseWriter, r *http.Request) error {
	m, content, err := d.Message.File(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("line"))
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	w.Header().Set("Content-Type", safeType(m.Type))
	if safeType(m.Type) == "application/octet-stream" {
		w.Header().Set("Content-Disposition", "attachment")
	}
	http.ServeContent(w, r, "", time.Time{}, content)
	return nil
}

// safeType is the type of a file that a browser may show; all others are downloads.
func safeType(t string) string {
	if slices.Contains([]string{"image/jpeg", "image/png", "image/webp", "video/mp4", "audio/ogg", "audio/mpeg", "audio/mp4"}, t) {
		return t
	}
	return "application/octet-stream"
}
