package campaigns

import (
	"errors"
	"io"
	"net/http"

	"kolega/internal/chat"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
)

type chatsPage struct {
	Page   ui.Page
	Top    desk.Top
	Room   chat.Room
	Form   chatForm
	Errors map[string]string
	May    bool
	Key    string
}

type chatForm struct {
	Title string `form:"title"`
	Zone  string `form:"zone"`
	Order string `form:"order"`
}

func (d rooms) chats(w http.ResponseWriter, r *http.Request) error {
	return d.showChats(w, r, http.StatusOK, chatForm{Zone: web.ActorOf(r).Zone}, nil)
}

func (d rooms) showChats(w http.ResponseWriter, r *http.Request, status int, f chatForm, errs map[string]string) (err error) {
	actor := web.ActorOf(r)
	p := chatsPage{Form: f, Errors: errs, May: actor.Can("chat.import"), Key: desk.NewKey(r)}
	if p.Top, err = desk.TopOf(r, d.House, r.PathValue("id"), "chats"); err != nil {
		return err
	}
	if p.Room, err = d.Chat.Room(r.Context(), actor, p.Top.Campaign.ID); err != nil {
		return err
	}
	if p.Page, err = desk.CampaignFrame(w, r, d.House, p.Top); err != nil {
		return err
	}
	return web.Render(w, r, status, chatsView(p))
}

// importChat keeps the lines of an exported chat, or asks what its dates do not tell.
func (d rooms) importChat(w http.ResponseWriter, r *http.Request) error {
	in, f, err := chatImport(w, r)
	var out chat.Imported
	if err == nil {
		out, err = d.Chat.Import(r.Context(), web.ActorOf(r), in)
	}
	if errs, ok := web.Invalid(r, err); ok && err != nil {
		return d.showChats(w, r, http.StatusUnprocessableEntity, f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/campaigns/"+in.CampaignID+"/chats", "chat.imported", "n", out.Added, "known", out.Known, "earlier", out.Earlier)
}

// chatImport reads the form with its file.
func chatImport(w http.ResponseWriter, r *http.Request) (in chat.Import, f chatForm, err error) {
	in.CampaignID = r.PathValue("id")
	r.Body = http.MaxBytesReader(w, r.Body, chat.MaxBytes+1<<20)
	file, head, missing := r.FormFile("file")
	var large *http.MaxBytesError
	if errors.As(missing, &large) {
		return in, f, chat.ErrLarge.With("limit", chat.MaxBytes>>20)
	}
	if f, err = web.Form[chatForm](r); err != nil {
		return in, f, err
	}
	in.Title, in.Zone, in.Order = f.Title, f.Zone, chat.Order(f.Order)
	if missing != nil {
		return in, f, chat.ErrNotExport
	}
	defer file.Close()
	in.FileName = head.Filename
	in.Data, err = io.ReadAll(file)
	return in, f, err
}
