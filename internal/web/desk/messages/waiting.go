package messages

import (
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/message"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

// waitingPage lists what waits for a person: messages to send by hand, and those of
// which nobody can say whether they went.
type waitingPage struct {
	Page   ui.Page
	Hand   []message.Outgoing
	Doubt  []message.Outgoing
	Names  map[string]string
	Errors map[string]string
	Actor  access.Actor
	Now    time.Time
	Key    string
}

func (d rooms) waiting(w http.ResponseWriter, r *http.Request) error {
	return d.showWaiting(w, r, http.StatusOK, nil)
}

func (d rooms) showWaiting(w http.ResponseWriter, r *http.Request, status int, errs map[string]string) error {
	ctx := r.Context()
	p := waitingPage{Errors: errs, Actor: web.ActorOf(r), Now: d.DB.Now(), Key: desk.NewKey(r), Names: map[string]string{}}
	in, err := d.Message.Inbox(ctx, p.Actor, message.Pick{View: "all", Limit: 500})
	if err != nil {
		return err
	}
	p.Doubt = in.Unclear
	for _, row := range in.Rows {
		p.Names[row.ID] = row.Name
	}
	for _, o := range in.Hand {
		if p.Actor.Can("message.send") {
			if o, err = d.Message.Hand(ctx, p.Actor, o.ID); err != nil {
				return err
			}
		}
		p.Hand = append(p.Hand, o)
	}
	if p.Page, err = d.frame(w, r, tr(ctx, "waiting"), "everything"); err != nil {
		return err
	}
	return web.Render(w, r, status, waitingView(p))
}

// settled answers an act on an outgoing message: back to where it was asked for.
func (d rooms) settled(w http.ResponseWriter, r *http.Request, err error, toast string) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showWaiting(w, r, web.StatusOf(err), errs)
	}
	if err != nil {
		return err
	}
	at := "/messages/waiting"
	if thread := r.FormValue("thread"); thread != "" {
		at = "/messages/" + thread
	}
	return web.SeeOther(w, r, at, toast)
}

// takeBack stops what did not go yet; the toast's undo comes here.
func (d rooms) takeBack(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("out")
	o, err := d.Message.Hand(r.Context(), web.ActorOf(r), id)
	if err != nil {
		return err
	}
	if err := d.Message.TakeBack(r.Context(), web.ActorOf(r), id); err != nil {
		if _, ok := web.Invalid(r, err); !ok {
			return err
		}
		return web.SeeOther(w, r, "/messages/"+o.ThreadID, "fault.message.too-late")
	}
	return web.SeeOther(w, r, "/messages/"+o.ThreadID, "inbox.toast.back")
}

func (d rooms) again(w http.ResponseWriter, r *http.Request) error {
	return d.settled(w, r, d.Message.SendAgain(r.Context(), web.ActorOf(r), r.PathValue("out")), "inbox.toast.again")
}

func (d rooms) handSent(w http.ResponseWriter, r *http.Request) error {
	return d.settled(w, r, d.Message.MarkHandSent(r.Context(), web.ActorOf(r), r.PathValue("out")), "message.marked")
}

func (d rooms) drop(w http.ResponseWriter, r *http.Request) error {
	return d.settled(w, r, d.Message.Drop(r.Context(), web.ActorOf(r), r.PathValue("out")), "inbox.toast.dropped")
}

func (d rooms) handOver(w http.ResponseWriter, r *http.Request) error {
	err := d.Message.HandOver(r.Context(), web.ActorOf(r), r.FormValue("person"), r.FormValue("note"))
	if errs, ok := web.Invalid(r, err); ok {
		return d.show(w, r, web.StatusOf(err), "", inboxPage{Errors: errs, Draft: r.FormValue("note")})
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/messages", "inbox.toast.shift")
}

func (d rooms) takeShift(w http.ResponseWriter, r *http.Request) error {
	if err := d.Message.TakeShift(r.Context(), web.ActorOf(r), r.PathValue("shift")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/messages", "inbox.toast.taken")
}
