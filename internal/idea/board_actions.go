package idea

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/client"
	"kolega/internal/db"
)

// Service holds the use cases of boards, ideas and experiments.
type Service struct{ db *db.DB }

// New makes the service.
func New(d *db.DB) *Service { return &Service{d} }

// Sheet is a board with its ideas, ranked.
type Sheet struct {
	Board
	Ideas  []Idea
	Trends map[string]client.Note // by id, those that ideas ride on
}

// Undecided counts the ideas that nobody decided about.
func (s Sheet) Undecided() (n int) {
	for _, i := range s.Ideas {
		if i.Status() == Raw {
			n++
		}
	}
	return n
}

// Boards lists boards, open ones first; of one opportunity when named. Right: idea.see.
func (s *Service) Boards(ctx context.Context, actor access.Actor, dealID string) (out []Sheet, err error) {
	if err := actor.Require("idea.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := ListBoards(ctx, tx, dealID)
		out = make([]Sheet, len(list))
		for n, b := range list {
			if err == nil {
				out[n].Board = b
				out[n].Ideas, err = ListIdeas(ctx, tx, b.ID)
			}
		}
		return err
	})
	return out, err
}

// Board gives one board. Right: idea.see. Fault: not-found.
func (s *Service) Board(ctx context.Context, actor access.Actor, id string) (out Sheet, err error) {
	if err := actor.Require("idea.see", access.Owner{}); err != nil {
		return out, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if out.Board, err = LoadBoard(ctx, tx, id); err != nil {
			return err
		}
		if out.Ideas, err = ListIdeas(ctx, tx, id); err != nil {
			return err
		}
		out.Trends = map[string]client.Note{}
		for _, i := range out.Ideas {
			if i.NoteID != "" {
				if out.Trends[i.NoteID], err = client.LoadNote(ctx, tx, i.NoteID); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return out, err
}

// Usable lists the ideas that a deck may take: all but dropped ones. Right: idea.see.
func (s *Service) Usable(ctx context.Context, actor access.Actor) (out []Idea, err error) {
	if err := actor.Require("idea.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		all, err := ListIdeas(ctx, tx, "")
		for _, i := range all {
			if i.Status() != Dropped {
				out = append(out, i)
			}
		}
		return err
	})
	return out, err
}

// OpenBoard asks a question. Right: idea.edit. Faults: idea.board-title, not-found of the opportunity.
func (s *Service) OpenBoard(ctx context.Context, actor access.Actor, b Board) (Board, error) {
	if err := actor.Require("idea.edit", access.Owner{}); err != nil {
		return b, err
	}
	if err := b.tidy(); err != nil {
		return b, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		b.ID, b.MadeAt, b.ByID, b.By, b.Version = tx.NewID(), tx.Now(), actor.ID, actor.Name, 1
		if b.DealID != "" {
			o, err := client.LoadOpportunity(ctx, tx, b.DealID)
			if err != nil {
				return err
			}
			b.ClientID = o.ClientID
		}
		if err := insertBoard(ctx, tx, b); err != nil {
			return err
		}
		return recordBoard(ctx, tx, actor, b)
	})
	return b, err
}

// CloseBoard ends the session: no more ideas and votes. Closing twice changes nothing. Right: idea.decide.
func (s *Service) CloseBoard(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("idea.decide", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		b, err := LoadBoard(ctx, tx, id)
		if err != nil || !b.Open() {
			return err
		}
		b.ClosedAt = tx.Now()
		if err := saveBoard(ctx, tx, b); err != nil {
			return err
		}
		return recordBoard(ctx, tx, actor, b)
	})
}

func recordBoard(ctx context.Context, tx *db.Tx, actor access.Actor, b Board) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "idea.edit", Subject: "idea-board", ID: b.ID, Client: b.ClientID, After: map[string]any{"title": b.Title, "open": b.Open()}})
}

// AddIdea keeps an idea under its author's name. Right: idea.edit. Faults: idea.*.
func (s *Service) AddIdea(ctx context.Context, actor access.Actor, i Idea) (Idea, error) {
	if err := actor.Require("idea.edit", access.Owner{}); err != nil {
		return i, err
	}
	if err := i.tidy(); err != nil {
		return i, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		b, err := LoadBoard(ctx, tx, i.BoardID)
		if err != nil {
			return err
		}
		if !b.Open() {
			return ErrBoardClosed
		}
		if err := checkTrend(ctx, tx, i.NoteID); err != nil {
			return err
		}
		i.ID, i.AuthorID, i.Author, i.MadeAt, i.Version, i.Decision = tx.NewID(), actor.ID, actor.Name, tx.Now(), 1, Undecided
		if err := insertIdea(ctx, tx, i); err != nil {
			return err
		}
		return recordIdea(ctx, tx, actor, i, "")
	})
	return i, err
}

func checkTrend(ctx context.Context, tx *db.Tx, noteID string) error {
	if noteID == "" {
		return nil
	}
	if n, err := client.LoadNote(ctx, tx, noteID); err != nil || n.Kind != client.NoteTrend {
		return ErrTrend
	}
	return nil
}

// EditIdea changes one's own idea. Faults: idea.*, conflict.changed.
func (s *Service) EditIdea(ctx context.Context, actor access.Actor, e Idea) error {
	if err := e.tidy(); err != nil {
		return err
	}
	return s.onIdea(ctx, actor, "idea.edit", e.ID, "", func(tx *db.Tx, i *Idea) error {
		if i.AuthorID != actor.ID {
			return ErrAuthor
		}
		i.Title, i.Body, i.Links, i.Kind, i.NoteID, i.Version = e.Title, e.Body, e.Links, e.Kind, e.NoteID, e.Version
		return checkTrend(ctx, tx, i.NoteID)
	})
}

// Vote gives one's vote for an idea or takes it back; twice changes nothing. Right:
// idea.edit. Faults: idea.own-vote, idea.board-closed.
func (s *Service) Vote(ctx context.Context, actor access.Actor, id string, on bool) error {
	if err := actor.Require("idea.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		i, err := LoadIdea(ctx, tx, id)
		if err != nil {
			return err
		}
		b, err := LoadBoard(ctx, tx, i.BoardID)
		if err != nil {
			return err
		}
		if err := i.MayVote(b, actor.ID); err != nil {
			return err
		}
		return putVote(ctx, tx, id, actor.ID, on)
	})
}

// Decide keeps or drops an idea; Undecided takes it back. Right: idea.decide. Faults:
// idea.decision, idea.why, idea.used.
func (s *Service) Decide(ctx context.Context, actor access.Actor, id string, d Decision, why string) error {
	return s.onIdea(ctx, actor, "idea.decide", id, why, func(tx *db.Tx, i *Idea) (err error) {
		*i, err = i.Decide(d, why, actor.Name, tx.Now())
		return err
	})
}

func (s *Service) onIdea(ctx context.Context, actor access.Actor, verb access.Verb, id, reason string, do func(tx *db.Tx, i *Idea) error) error {
	if err := actor.Require(verb, access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		i, err := LoadIdea(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := do(tx, &i); err != nil {
			return err
		}
		if err := saveIdea(ctx, tx, i); err != nil {
			return err
		}
		return recordIdea(ctx, tx, actor, i, reason)
	})
}

func recordIdea(ctx context.Context, tx *db.Tx, actor access.Actor, i Idea, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "idea.edit", Subject: "idea", ID: i.ID, Reason: reason, After: map[string]any{"title": i.Title, "author": i.Author, "decision": i.Decision}})
}
