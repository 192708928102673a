package pitch

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/locale"
	"kolega/internal/task"
)

// DeckRead is the event of a receiver's first reader.
type DeckRead struct{ ShareID string }

// Kind names the event.
func (DeckRead) Kind() string { return "pitch.deck-read" }

// Work registers the workers of this room.
func (s *Service) Work(r *job.Registry) { job.On(r, "pitch", s.tellOwner) }

// callWithin is how soon the owner should speak with somebody who reads.
const callWithin = 24 * time.Hour

// tellOwner gives the deck's owner the task to speak with who reads it. It may run twice:
// the task has an origin. Nobody is told of an opportunity that is over.
func (s *Service) tellOwner(ctx context.Context, e DeckRead) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		share, err := loadShare(ctx, tx, e.ShareID)
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		d, err := LoadDeck(ctx, tx, share.DeckID)
		if err != nil {
			return err
		}
		o, err := client.LoadOpportunity(ctx, tx, d.DealID)
		if err != nil || !o.Stage.Open() {
			return err
		}
		p, err := access.LoadPerson(ctx, tx, d.OwnerID)
		if err != nil {
			return err
		}
		l := locale.For(p.Lang, p.Zone)
		_, _, err = task.Give(ctx, tx, access.System(), task.NewTask{Title: l.T("deck.task.read", "name", share.Name, "title", d.Title), DoneMeans: o.Brand, DoerID: d.OwnerID, DueAt: tx.Now().Add(callWithin), Minutes: 15,
			ClientID: o.ClientID, About: task.About{Kind: "deck", ID: d.ID}, Origin: "deck-read:" + share.ID})
		return err
	})
}
