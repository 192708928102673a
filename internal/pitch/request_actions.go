package pitch

import (
	"context"
	"io"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/proof"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

// RequestView is a request with what its list says of it.
type RequestView struct {
	Request
	Designer string
	Due      worktime.Deadline
	Deck     string // title
	Brand    string
}

// Brief is what a designer sees of a deck: the concept and the outline, not the talents'
// cost, which no part has, and not who read it.
type Brief struct {
	RequestView
	Concept  string
	Lang     string
	Sections []Section
	ClientID string // whose colour and logo it is in
}

func viewRequests(ctx context.Context, tx *db.Tx, list []Request) (out []RequestView, err error) {
	for _, q := range list {
		v := RequestView{Request: q}
		p, err := access.LoadPerson(ctx, tx, q.DesignerID)
		if err != nil {
			return nil, err
		}
		t, err := task.Load(ctx, tx, q.TaskID)
		if err != nil {
			return nil, err
		}
		d, err := LoadDeck(ctx, tx, q.DeckID)
		if err != nil {
			return nil, err
		}
		o, err := client.LoadOpportunity(ctx, tx, d.DealID)
		if err != nil {
			return nil, err
		}
		v.Designer, v.Due, v.Deck, v.Brand = p.Name, t.Due, d.Title, o.Brand
		out = append(out, v)
	}
	return out, nil
}

// NewRequest is what a designer is asked for.
type NewRequest struct {
	Request
	Due   string // in the designer's zone, as people write it
	Files []proof.File
}

// AskDesign asks a designer for work on a deck whose concept is ripe; they get a task.
// Right: design.ask. Faults: deck.unripe, design.*, due.*.
func (s *Service) AskDesign(ctx context.Context, actor access.Actor, n NewRequest) (Request, error) {
	q := n.Request
	if err := actor.Require("design.ask", access.Owner{}); err != nil {
		return q, err
	}
	if err := s.ripe(ctx, q.DeckID); err != nil {
		return q, err
	}
	q.Assets = nil
	for _, f := range n.Files {
		ref, name, err := proof.KeepFile(ctx, s.blob, f)
		if err != nil {
			return q, ErrAssets
		}
		q.Assets = append(q.Assets, File{SHA: ref.SHA256, Name: name, Type: ref.Type, Size: ref.Size})
	}
	if err := q.tidy(); err != nil {
		return q, err
	}
	err := s.onDeck(ctx, actor, "design.ask", q.DeckID, "", func(tx *db.Tx, d *Deck) error {
		if !d.Ripe() {
			return ErrUnripe
		}
		return askDesign(ctx, tx, actor, *d, &q, n.Due)
	})
	return q, err
}

// ripe refuses before files are taken in.
func (s *Service) ripe(ctx context.Context, deckID string) error {
	return s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := LoadDeck(ctx, tx, deckID)
		if err == nil && !d.Ripe() {
			err = ErrUnripe
		}
		return err
	})
}

func askDesign(ctx context.Context, tx *db.Tx, actor access.Actor, d Deck, q *Request, due string) error {
	open, err := ListRequests(ctx, tx, d.ID, "")
	if err != nil {
		return err
	}
	if len(open) > 0 && open[0].Open() {
		return ErrDesignBusy
	}
	p, err := access.LoadPerson(ctx, tx, q.DesignerID)
	if err != nil || !p.Active() || p.Role != access.Designer {
		return ErrDesigner
	}
	q.ID, q.AskedAt, q.AskedBy, q.Version = tx.NewID(), tx.Now(), actor.Name, 1
	t, _, err := task.Give(ctx, tx, actor, task.NewTask{Title: d.Title, DoneMeans: q.Words, DoerID: q.DesignerID, Due: due, Minutes: 240, About: task.About{Kind: "design", ID: q.ID}})
	if err != nil {
		return err
	}
	q.TaskID = t.ID
	return insertRequest(ctx, tx, *q)
}

// mayTouch: a designer only their own; who serves clients all.
func mayTouch(actor access.Actor, q Request) error {
	if actor.Role == access.Designer && q.DesignerID != actor.ID {
		return db.ErrNotFound
	}
	return nil
}

// Designs lists what designers are asked for, open ones first: a designer sees their own
// alone. Right: design.see.
func (s *Service) Designs(ctx context.Context, actor access.Actor) (out []RequestView, err error) {
	if err := actor.Require("design.see", access.Owner{}); err != nil {
		return nil, err
	}
	own := ""
	if actor.Role == access.Designer {
		own = actor.ID
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := ListRequests(ctx, tx, "", own)
		if err != nil {
			return err
		}
		out, err = viewRequests(ctx, tx, list)
		return err
	})
	return out, err
}

// Design gives one request with what the designer needs. Right: design.see. Fault: not-found.
func (s *Service) Design(ctx context.Context, actor access.Actor, id string) (b Brief, err error) {
	if err := actor.Require("design.see", access.Owner{}); err != nil {
		return b, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		q, err := LoadRequest(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := mayTouch(actor, q); err != nil {
			return err
		}
		views, err := viewRequests(ctx, tx, []Request{q})
		if err != nil {
			return err
		}
		d, err := LoadDeck(ctx, tx, q.DeckID)
		if err != nil {
			return err
		}
		o, err := client.LoadOpportunity(ctx, tx, d.DealID)
		if err != nil {
			return err
		}
		b = Brief{RequestView: views[0], Concept: d.Concept, Lang: d.Lang, ClientID: o.ClientID}
		return b.fill(ctx, tx)
	})
	return b, err
}

func (b *Brief) fill(ctx context.Context, tx *db.Tx) error {
	today, err := proof.Today(ctx, tx)
	if err != nil {
		return err
	}
	parts, err := ListParts(ctx, tx, b.DeckID)
	if err != nil {
		return err
	}
	checked, err := checkParts(ctx, tx, parts, today)
	for _, c := range checked {
		if c.Problem == nil {
			b.Sections = append(b.Sections, c.Section)
		}
	}
	return err
}

// Asset opens a file that goes with a request. Right: design.see. Fault: not-found.
func (s *Service) Asset(ctx context.Context, actor access.Actor, id, sha string) (io.ReadSeekCloser, File, error) {
	b, err := s.Design(ctx, actor, id)
	if err != nil {
		return nil, File{}, err
	}
	for _, a := range b.Assets {
		if a.SHA == sha {
			f, err := s.blob.Open(ctx, sha)
			return f, a, err
		}
	}
	return nil, File{}, db.ErrNotFound
}

// Deliver hands the designer's file in: it becomes the next version, with the outline as
// it is now. Right: design.deliver. Faults: design.closed, design.file, deck.unready.
func (s *Service) Deliver(ctx context.Context, actor access.Actor, id string, f proof.File) (v Version, err error) {
	if err := actor.Require("design.deliver", access.Owner{}); err != nil {
		return v, err
	}
	b, err := s.Design(ctx, actor, id)
	if err != nil {
		return v, err
	}
	if !b.Open() {
		return v, ErrClosed
	}
	ref, name, err := proof.KeepFile(ctx, s.blob, f)
	if fault.KindOf(err) == fault.Invalid {
		return v, ErrWork
	}
	if err != nil {
		return v, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		q, err := LoadRequest(ctx, tx, id)
		if err != nil {
			return err
		}
		if !q.Open() {
			return ErrClosed
		}
		d, err := openDeck(ctx, tx, q.DeckID)
		if err != nil {
			return err
		}
		if v, err = propose(ctx, tx, actor, d, File{SHA: ref.SHA256, Name: name, Type: ref.Type, Size: ref.Size}); err != nil {
			return err
		}
		q.DoneAt, q.VersionID = tx.Now(), v.ID
		if err := saveRequest(ctx, tx, q); err != nil {
			return err
		}
		if err := task.Close(ctx, tx, actor, q.TaskID, name); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "design.deliver", Subject: "design", ID: q.ID, After: map[string]any{"deck": q.DeckID, "number": v.Number, "file": name}})
	})
	return v, err
}

// DropDesign takes a request back. Right: design.ask. Faults: design.closed, design.why.
func (s *Service) DropDesign(ctx context.Context, actor access.Actor, id, why string) error {
	if err := actor.Require("design.ask", access.Owner{}); err != nil {
		return err
	}
	if why = strings.TrimSpace(why); why == "" {
		return ErrDropWhy
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		q, err := LoadRequest(ctx, tx, id)
		if err != nil {
			return err
		}
		if !q.Open() {
			return ErrClosed
		}
		q.DroppedAt, q.DroppedWhy = tx.Now(), why
		if err := saveRequest(ctx, tx, q); err != nil {
			return err
		}
		if err := task.Close(ctx, tx, actor, q.TaskID, why); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "design.ask", Subject: "design", ID: q.ID, Reason: why})
	})
}
