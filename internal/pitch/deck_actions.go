package pitch

import (
	"context"
	"slices"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/idea"
	"kolega/internal/paper/pptx"
	"kolega/internal/proof"
	"kolega/internal/worktime"
)

// Service holds the use cases of decks.
type Service struct {
	db   *db.DB
	blob blob.Store
}

// New makes the service. Files are kept in the store.
func New(d *db.DB, files blob.Store) *Service { return &Service{d, files} }

// Row is a deck in a list.
type Row struct {
	Deck
	Deal    client.Opportunity
	Owner   string
	Stage   Stage
	Newest  Version // zero when there is none
	Shares  int
	Readers int
}

// Sheet is a deck with all that its screen shows.
type Sheet struct {
	Row
	Parts    []Checked
	Checks   []Check
	Versions []Version // newest first
	Requests []RequestView
	Links    []Share
	Today    worktime.Date
}

// Lacking are the keys that hold a version back.
func (s Sheet) Lacking() []string { return Lacking(s.Checks) }

// Decks lists decks, the newest first; of one opportunity when named. Right: deck.see.
func (s *Service) Decks(ctx context.Context, actor access.Actor, dealID string) (out []Row, err error) {
	if err := actor.Require("deck.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := ListDecks(ctx, tx, dealID)
		for _, d := range list {
			if err != nil {
				return err
			}
			var sh Sheet
			sh, err = gather(ctx, tx, d)
			out = append(out, sh.Row)
		}
		return err
	})
	return out, err
}

// Deck gives one deck with its outline, versions, requests and links. Right: deck.see. Fault: not-found.
func (s *Service) Deck(ctx context.Context, actor access.Actor, id string) (out Sheet, err error) {
	if err := actor.Require("deck.see", access.Owner{}); err != nil {
		return out, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := LoadDeck(ctx, tx, id)
		if err != nil {
			return err
		}
		if out, err = gather(ctx, tx, d); err != nil {
			return err
		}
		parts, err := ListParts(ctx, tx, id)
		if err != nil {
			return err
		}
		if out.Today, err = proof.Today(ctx, tx); err != nil {
			return err
		}
		if out.Parts, err = checkParts(ctx, tx, parts, out.Today); err != nil {
			return err
		}
		out.Checks = Checklist(out.Parts, out.Today)
		return nil
	})
	return out, err
}

// gather reads a deck's versions, requests and links, and computes where it stands.
func gather(ctx context.Context, tx *db.Tx, d Deck) (out Sheet, err error) {
	out.Deck = d
	if out.Deal, err = client.LoadOpportunity(ctx, tx, d.DealID); err != nil {
		return out, err
	}
	owner, err := access.LoadPerson(ctx, tx, d.OwnerID)
	if err != nil {
		return out, err
	}
	out.Owner = owner.Name
	if out.Versions, err = ListVersions(ctx, tx, d.ID); err != nil {
		return out, err
	}
	if len(out.Versions) > 0 {
		out.Newest = out.Versions[0]
	}
	requests, err := ListRequests(ctx, tx, d.ID, "")
	if err != nil {
		return out, err
	}
	if out.Requests, err = viewRequests(ctx, tx, requests); err != nil {
		return out, err
	}
	if out.Links, err = ListShares(ctx, tx, d.ID); err != nil {
		return out, err
	}
	out.Shares = len(out.Links)
	for _, l := range out.Links {
		out.Readers += len(l.Readers)
	}
	out.Stage = StageOf(out.Deal.Stage, out.Versions, requests, out.Readers)
	return out, nil
}

// NewDeck begins a deck for an open opportunity, with an outline to fill. Right:
// deck.edit. Faults: deck.*.
func (s *Service) NewDeck(ctx context.Context, actor access.Actor, d Deck) (Deck, error) {
	if err := actor.Require("deck.edit", access.Owner{}); err != nil {
		return d, err
	}
	if err := d.tidy(); err != nil {
		return d, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if d.OwnerID == "" {
			d.OwnerID = actor.ID
		}
		if err := checkDeck(ctx, tx, d); err != nil {
			return err
		}
		d.ID, d.MadeAt, d.By, d.Version = tx.NewID(), tx.Now(), actor.Name, 1
		d.RipeAt, d.RipeBy = db.Time{}.Time, ""
		if err := insertDeck(ctx, tx, d); err != nil {
			return err
		}
		return record(ctx, tx, actor, d, "deck.edit", "")
	})
	return d, err
}

func checkDeck(ctx context.Context, tx *db.Tx, d Deck) error {
	o, err := client.LoadOpportunity(ctx, tx, d.DealID)
	if err != nil || !o.Stage.Open() {
		return ErrDeal
	}
	p, err := access.LoadPerson(ctx, tx, d.OwnerID)
	if err != nil || !p.Active() || !access.Allowed(p.Role, "deck.edit") {
		return ErrOwner
	}
	return nil
}

func record(ctx context.Context, tx *db.Tx, actor access.Actor, d Deck, verb, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: verb, Subject: "deck", ID: d.ID, Reason: reason, After: map[string]any{"title": d.Title, "opportunity": d.DealID, "ripe": d.Ripe()}})
}

// onDeck changes a deck of an opportunity that is not over.
func (s *Service) onDeck(ctx context.Context, actor access.Actor, verb access.Verb, id, reason string, do func(tx *db.Tx, d *Deck) error) error {
	if err := actor.Require(verb, access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		d, err := openDeck(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := do(tx, &d); err != nil {
			return err
		}
		if err := saveDeck(ctx, tx, d); err != nil {
			return err
		}
		return record(ctx, tx, actor, d, string(verb), reason)
	})
}

func openDeck(ctx context.Context, tx *db.Tx, id string) (Deck, error) {
	d, err := LoadDeck(ctx, tx, id)
	if err != nil {
		return d, err
	}
	o, err := client.LoadOpportunity(ctx, tx, d.DealID)
	if err == nil && !o.Stage.Open() {
		err = ErrOver
	}
	return d, err
}

// EditDeck changes title, language, owner and concept; another concept is raw again.
// Right: deck.edit. Faults: deck.*, conflict.changed.
func (s *Service) EditDeck(ctx context.Context, actor access.Actor, e Deck) error {
	if err := e.tidy(); err != nil {
		return err
	}
	return s.onDeck(ctx, actor, "deck.edit", e.ID, "", func(tx *db.Tx, d *Deck) error {
		d.Title, d.Lang, d.OwnerID, d.Version = e.Title, e.Lang, e.OwnerID, e.Version
		*d = d.Reword(e.Concept)
		return checkDeck(ctx, tx, *d)
	})
}

// RipenConcept says that the concept is ripe for design. Right: deck.ripen. Fault: deck.concept.
func (s *Service) RipenConcept(ctx context.Context, actor access.Actor, id string) error {
	return s.onDeck(ctx, actor, "deck.ripen", id, "", func(tx *db.Tx, d *Deck) (err error) {
		*d, err = d.Ripen(actor.Name, tx.Now())
		return err
	})
}

// UseTemplate sets the client's own presentation that the slides are written into; nil
// data goes back to ours. Right: deck.edit. Fault: deck.template.
func (s *Service) UseTemplate(ctx context.Context, actor access.Actor, id string, f proof.File) error {
	var kept File
	if f.Data != nil {
		ref, name, err := proof.KeepFile(ctx, s.blob, f)
		if err != nil {
			return ErrTemplate
		}
		file, err := s.blob.Open(ctx, ref.SHA256)
		if err != nil {
			return err
		}
		_, err = pptx.Open(file, ref.Size)
		_ = file.Close()
		if err != nil {
			return ErrTemplate.Wrap(err)
		}
		kept = File{SHA: ref.SHA256, Name: name, Type: ref.Type, Size: ref.Size}
	}
	return s.onDeck(ctx, actor, "deck.edit", id, "", func(_ *db.Tx, d *Deck) error { d.Template = kept; return nil })
}

// KeepLesson writes down what a pitch taught, also when it is over. Right: deck.edit. Fault: deck.learned.
func (s *Service) KeepLesson(ctx context.Context, actor access.Actor, id, learned string) error {
	if err := actor.Require("deck.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		d, err := LoadDeck(ctx, tx, id)
		if err != nil {
			return err
		}
		d.Learned = learned
		if err := d.tidy(); err != nil {
			return err
		}
		if err := saveDeck(ctx, tx, d); err != nil {
			return err
		}
		return record(ctx, tx, actor, d, "deck.edit", d.Learned)
	})
}

// AddPart puts a part at the end of the outline. Right: deck.edit. Faults: deck.part-*, deck.plan-*.
func (s *Service) AddPart(ctx context.Context, actor access.Actor, p Part) (Part, error) {
	err := s.onDeck(ctx, actor, "deck.edit", p.DeckID, "", func(tx *db.Tx, d *Deck) error {
		parts, err := ListParts(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		p.ID, p.Place, p.Version = tx.NewID(), 1, 1
		if n := len(parts); n > 0 {
			p.Place = parts[n-1].Place + 1
		}
		if err := takePart(ctx, tx, actor, *d, &p); err != nil {
			return err
		}
		return insertPart(ctx, tx, p)
	})
	return p, err
}

// takePart judges a part and keeps where an idea is used.
func takePart(ctx context.Context, tx *db.Tx, actor access.Actor, d Deck, p *Part) error {
	today, err := proof.Today(ctx, tx)
	if err != nil {
		return err
	}
	if p.Kind == KindIdea && p.Data.IdeaID != "" && p.Title == "" {
		i, err := idea.LoadIdea(ctx, tx, p.Data.IdeaID)
		if err != nil {
			return ErrPartIdea
		}
		p.Title = i.Title
	}
	if err := p.tidy(today); err != nil {
		return err
	}
	if p.Kind == KindIdea {
		if _, err := idea.TakeIdea(ctx, tx, p.Data.IdeaID, idea.Use{Kind: "deck", SubjectID: d.ID, Name: d.Title, By: actor.Name}); err != nil {
			return err
		}
	}
	_, _, err = section(ctx, tx, *p, today)
	return err
}

// EditPart changes a part; its kind stays. Right: deck.edit. Faults: as AddPart, conflict.changed.
func (s *Service) EditPart(ctx context.Context, actor access.Actor, e Part) error {
	return s.onDeck(ctx, actor, "deck.edit", e.DeckID, "", func(tx *db.Tx, d *Deck) error {
		p, err := LoadPart(ctx, tx, d.ID, e.ID)
		if err != nil {
			return err
		}
		if p.Kind == KindIdea && p.Data.IdeaID != e.Data.IdeaID {
			if err := releaseIdea(ctx, tx, *d, p); err != nil {
				return err
			}
		}
		e.Kind, e.Place = p.Kind, p.Place
		if err := takePart(ctx, tx, actor, *d, &e); err != nil {
			return err
		}
		return savePart(ctx, tx, e)
	})
}

// releaseIdea takes the use of an idea back when no other part of the deck has it.
func releaseIdea(ctx context.Context, tx *db.Tx, d Deck, p Part) error {
	parts, err := ListParts(ctx, tx, d.ID)
	if err != nil || slices.ContainsFunc(parts, func(x Part) bool { return x.ID != p.ID && x.Data.IdeaID == p.Data.IdeaID }) {
		return err
	}
	return idea.ReleaseIdea(ctx, tx, p.Data.IdeaID, "deck", d.ID)
}

// DropPart takes a part out of the outline; versions keep what they said. Right: deck.edit.
func (s *Service) DropPart(ctx context.Context, actor access.Actor, deckID, id string) error {
	return s.onDeck(ctx, actor, "deck.edit", deckID, "", func(tx *db.Tx, d *Deck) error {
		p, err := LoadPart(ctx, tx, d.ID, id)
		if err != nil {
			return err
		}
		if p.Kind == KindIdea {
			if err := releaseIdea(ctx, tx, *d, p); err != nil {
				return err
			}
		}
		return deletePart(ctx, tx, p)
	})
}

// OrderParts puts the parts into the order of ids; those not named follow as they were.
// Right: deck.edit.
func (s *Service) OrderParts(ctx context.Context, actor access.Actor, deckID string, ids []string) error {
	return s.onDeck(ctx, actor, "deck.edit", deckID, "", func(tx *db.Tx, d *Deck) error {
		parts, err := ListParts(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		place := func(p Part) int {
			if i := slices.Index(ids, p.ID); i >= 0 {
				return i
			}
			return len(ids)
		}
		slices.SortStableFunc(parts, func(a, b Part) int { return place(a) - place(b) })
		for i, p := range parts {
			if p.Place == int64(i+1) {
				continue
			}
			p.Place = int64(i + 1)
			if err := savePart(ctx, tx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// MovePart moves a part one place up or down. Right: deck.edit.
func (s *Service) MovePart(ctx context.Context, actor access.Actor, deckID, id string, up bool) error {
	var ids []string
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		parts, err := ListParts(ctx, tx, deckID)
		for _, p := range parts {
			ids = append(ids, p.ID)
		}
		return err
	})
	if err != nil {
		return err
	}
	i := slices.Index(ids, id)
	j := i + 1
	if up {
		j = i - 1
	}
	if i < 0 {
		return db.ErrNotFound
	}
	if j >= 0 && j < len(ids) {
		ids[i], ids[j] = ids[j], ids[i]
	}
	return s.OrderParts(ctx, actor, deckID, ids)
}

// Propose makes the outline into the next version, for somebody else to approve. Right:
// deck.edit. Fault: deck.unready.
func (s *Service) Propose(ctx context.Context, actor access.Actor, deckID string) (v Version, err error) {
	err = s.onDeck(ctx, actor, "deck.edit", deckID, "", func(tx *db.Tx, d *Deck) error {
		v, err = propose(ctx, tx, actor, *d, File{})
		return err
	})
	return v, err
}

func propose(ctx context.Context, tx *db.Tx, actor access.Actor, d Deck, design File) (v Version, err error) {
	o, err := client.LoadOpportunity(ctx, tx, d.DealID)
	if err != nil {
		return v, err
	}
	today, err := proof.Today(ctx, tx)
	if err != nil {
		return v, err
	}
	parts, err := ListParts(ctx, tx, d.ID)
	if err != nil {
		return v, err
	}
	checked, err := checkParts(ctx, tx, parts, today)
	if err != nil {
		return v, err
	}
	if lacking := Lacking(Checklist(checked, today)); len(lacking) > 0 {
		return v, ErrUnready.With("missing", strings.Join(lacking, ", "))
	}
	earlier, err := ListVersions(ctx, tx, d.ID)
	if err != nil {
		return v, err
	}
	v = Version{ID: tx.NewID(), DeckID: d.ID, Number: 1, Design: design, MadeAt: tx.Now(), ByID: actor.ID, By: actor.Name}
	if len(earlier) > 0 {
		v.Number = earlier[0].Number + 1
		if design.SHA == "" { // the newest design stands until another one comes
			v.Design = earlier[0].Design
		}
	}
	if v.Document, err = document(ctx, tx, d, o, checked, today); err != nil {
		return v, err
	}
	v.Document.Number = v.Number
	v.DocHash = v.Document.Hash()
	return v, insertVersion(ctx, tx, v)
}

// Approve lets a version go out; who made it may not. Right: deck.approve. Faults:
// deck.decided, deck.own-approval.
func (s *Service) Approve(ctx context.Context, actor access.Actor, deckID, versionID string) error {
	return s.decide(ctx, actor, deckID, versionID, "", func(tx *db.Tx, v Version) (Version, error) { return v.Approve(actor.ID, actor.Name, tx.Now()) })
}

// Refuse sends a version back with what has to change. Right: deck.approve. Faults:
// deck.decided, deck.why.
func (s *Service) Refuse(ctx context.Context, actor access.Actor, deckID, versionID, why string) error {
	return s.decide(ctx, actor, deckID, versionID, why, func(tx *db.Tx, v Version) (Version, error) { return v.Refuse(why, actor.Name, tx.Now()) })
}

func (s *Service) decide(ctx context.Context, actor access.Actor, deckID, versionID, reason string, do func(tx *db.Tx, v Version) (Version, error)) error {
	return s.onDeck(ctx, actor, "deck.approve", deckID, reason, func(tx *db.Tx, _ *Deck) error {
		v, err := LoadVersion(ctx, tx, deckID, versionID)
		if err != nil {
			return err
		}
		if v, err = do(tx, v); err != nil {
			return err
		}
		return decideVersion(ctx, tx, v)
	})
}
