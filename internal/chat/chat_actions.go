package chat

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
)

// Service holds the use cases of chats.
type Service struct{ db *db.DB }

// New makes the use cases.
func New(d *db.DB) *Service { return &Service{d} }

// MaxBytes bounds an export, in bytes.
const MaxBytes = 8 << 20

// Import is an export to be kept: a text file, or the archive that a phone makes of it.
type Import struct {
	CampaignID string
	Title      string // "": from the file's name
	FileName   string
	Data       []byte
	Zone       string // of the phone; "" when this chat's is known
	Order      Order  // when the dates do not tell
}

// Imported says what came of an import.
type Imported struct {
	Chat    Chat
	Added   int
	Known   int // there already
	Earlier int // from long before the campaign, not kept
	Senders []string
}

// Import keeps the lines of an exported chat; what is there already is left alone. The
// zone and, where the dates do not tell it, the order are asked the first time.
// Faults: chat.not-export, chat.order, chat.orders, chat.zone, chat.title, chat.large.
func (s *Service) Import(ctx context.Context, actor access.Actor, in Import) (out Imported, err error) {
	if err := actor.Require("chat.import", access.Owner{CampaignID: in.CampaignID}); err != nil {
		return out, err
	}
	text, err := exported(in.Data)
	if err != nil {
		return out, err
	}
	in.Title = titleOf(in.Title, in.FileName)
	if in.Title == "" {
		return out, ErrTitle
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		out = Imported{}
		c, err := campaign.LoadCampaign(ctx, tx, in.CampaignID)
		if err != nil {
			return err
		}
		if err := s.settle(ctx, tx, actor, &in, &out.Chat, text); err != nil {
			return err
		}
		e, err := Read(text, in.Order)
		if err != nil {
			return err
		}
		out.Senders = e.Senders
		kept, left, err := Placed(e.Lines, in.Zone, c.StartOn)
		if err != nil {
			return err
		}
		out.Earlier = left
		for _, m := range kept {
			m.ID = tx.NewID()
			fresh, err := insertLine(ctx, tx, out.Chat, m)
			if err != nil {
				return err
			}
			if fresh {
				out.Added++
			} else {
				out.Known++
			}
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "chat.import", Subject: "chat", ID: out.Chat.ID, Campaign: c.ID, Client: c.ClientID,
			After: map[string]any{"title": in.Title, "added": out.Added, "known": out.Known, "earlier": out.Earlier}})
	})
	return out, err
}

// settle finds the chat, or makes it once its zone and order are said.
func (s *Service) settle(ctx context.Context, tx *db.Tx, actor access.Actor, in *Import, c *Chat, text string) error {
	found, err := loadChat(ctx, tx, in.CampaignID, in.Title)
	switch {
	case err == nil:
		*c, in.Zone = found, found.Zone
		if in.Order == Unknown {
			in.Order = found.Order
		}
		return nil
	case !errors.Is(err, db.ErrNotFound):
		return err
	}
	e, err := Read(text, in.Order)
	if err != nil {
		return err
	}
	if e.Order == Unknown {
		return ErrOrder
	}
	if _, _, err := Placed(nil, in.Zone, "2026-01-01"); err != nil || in.Zone == "" {
		return ErrZone
	}
	in.Order = e.Order
	*c = Chat{ID: tx.NewID(), CampaignID: in.CampaignID, Title: in.Title, Zone: in.Zone, Order: e.Order, AddedAt: tx.Now(), AddedBy: actor.Name}
	return insertChat(ctx, tx, *c)
}

// exported gives the text of an export, out of its archive where there is one.
func exported(data []byte) (string, error) {
	if len(data) > MaxBytes {
		return "", ErrLarge.With("limit", MaxBytes>>20)
	}
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return string(data), nil
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", ErrNotExport
	}
	for _, f := range archive.File {
		if !strings.HasSuffix(strings.ToLower(f.Name), ".txt") || f.UncompressedSize64 > MaxBytes {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return "", ErrNotExport
		}
		defer r.Close()
		text, err := io.ReadAll(io.LimitReader(r, MaxBytes))
		if err != nil {
			return "", ErrNotExport
		}
		return string(text), nil
	}
	return "", ErrNotExport
}

// Room is what was imported for a campaign.
type Room struct {
	Campaign campaign.Campaign
	Chats    []Chat
	Lines    []Message // the newest first
}

// shownLines is how many lines a page shows.
const shownLines = 300

// Room gives a campaign's chats and their newest lines to those who serve its client.
func (s *Service) Room(ctx context.Context, actor access.Actor, campaignID string) (r Room, err error) {
	if err := actor.Require("chat.see", access.Owner{CampaignID: campaignID}); err != nil {
		return r, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if r.Campaign, err = campaign.LoadCampaign(ctx, tx, campaignID); err != nil {
			return err
		}
		if r.Chats, err = ListChats(ctx, tx, campaignID); err != nil {
			return err
		}
		r.Lines, err = ListLines(ctx, tx, campaignID, shownLines)
		return err
	})
	return r, err
}
