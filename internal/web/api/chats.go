package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/chat"
	"kolega/internal/web"
)

type chatOut struct {
	ID     string     `json:"id"`
	Title  string     `json:"title"`
	Zone   string     `json:"zone"`
	Lines  int64      `json:"lines"`
	LastAt *time.Time `json:"last_at"`
}

type chatLineOut struct {
	ID     string     `json:"id"`
	ChatID string     `json:"chat_id"`
	At     *time.Time `json:"at"`
	Sender string     `json:"sender"`
	Text   string     `json:"text"`
	Media  bool       `json:"media"`
}

type chatRoomOut struct {
	Chats []chatOut     `json:"chats"`
	Lines []chatLineOut `json:"lines" doc:"the newest first"`
}

type importedOut struct {
	ChatID  string   `json:"chat_id"`
	Added   int      `json:"added"`
	Known   int      `json:"known" doc:"there already"`
	Earlier int      `json:"earlier" doc:"from long before the campaign, not kept"`
	Senders []string `json:"senders"`
}

func registerChats(a *API) {
	op(a, http.MethodGet, "/campaigns/{id}/chats", "chat.see", "Chats imported for a campaign", func(ctx context.Context, actor access.Actor, in *ID) (chatRoomOut, error) {
		r, err := a.Chat.Room(ctx, actor, in.ID)
		return chatRoomOut{
			list(r.Chats, func(c chat.Chat) chatOut { return chatOut{c.ID, c.Title, c.Zone, c.Lines, instant(c.LastAt)} }),
			list(r.Lines, func(m chat.Message) chatLineOut {
				return chatLineOut{m.ID, m.ChatID, instant(m.At), m.Sender, m.Text, m.Media}
			}),
		}, err
	})
	a.raw(http.MethodPost, "/campaigns/{id}/chats", func(w http.ResponseWriter, r *http.Request) error {
		data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, chat.MaxBytes+1))
		if err != nil {
			return chat.ErrLarge.With("limit", chat.MaxBytes>>20)
		}
		q := r.URL.Query()
		out, err := a.Chat.Import(r.Context(), web.ActorOf(r), chat.Import{CampaignID: r.PathValue("id"), Title: q.Get("title"), FileName: q.Get("name"), Data: data, Zone: q.Get("zone"), Order: chat.Order(q.Get("order"))})
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		return json.NewEncoder(w).Encode(importedOut{out.Chat.ID, out.Added, out.Known, out.Earlier, out.Senders})
	})
}
