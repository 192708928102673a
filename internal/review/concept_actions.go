package review

import (
	"context"
	"errors"
	"io"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/job"
)

// AskConcept asks the talent for a concept before anything is filmed. Asking again
// changes nothing. Faults: not-found, draft.approved, draft.closed, concept.late.
func (s *Service) AskConcept(ctx context.Context, actor access.Actor, deliverableID string) error {
	return s.withDeliverable(ctx, actor, "concept.ask", deliverableID, func(tx *db.Tx, d Deliverable) error {
		versions, err := ListVersions(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		if err := MayAskConcept(d, len(versions)); err != nil || !d.ConceptAskedAt.IsZero() {
			return err
		}
		d.ConceptAskedAt = tx.Now()
		if err := saveConceptAsked(ctx, tx, d); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, entry("concept.ask", "deliverable", d.ID, d))
	})
}

// WaiveConcept lets the talent film without one after all, and keeps why.
// Faults: not-found, concept.none, concept.waived-reason.
func (s *Service) WaiveConcept(ctx context.Context, actor access.Actor, deliverableID, reason string) error {
	return s.withDeliverable(ctx, actor, "concept.ask", deliverableID, func(tx *db.Tx, d Deliverable) error {
		switch {
		case !d.Conceiving():
			return ErrConceptNone
		case strings.TrimSpace(reason) == "":
			return ErrConceptReason
		}
		asked := d.ConceptAskedAt
		d.ConceptAskedAt = d.ClosedAt // never
		if err := saveConceptAsked(ctx, tx, d); err != nil {
			return err
		}
		e := entry("concept.ask", "deliverable", d.ID, d)
		e.Before, e.Reason = map[string]any{"asked": asked}, strings.TrimSpace(reason)
		return audit.Record(ctx, tx, actor.Who, e)
	})
}

// withDeliverable runs a change of one deliverable under a right.
func (s *Service) withDeliverable(ctx context.Context, actor access.Actor, verb access.Verb, id string, do func(tx *db.Tx, d Deliverable) error) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		d, err := LoadDeliverable(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := actor.Require(verb, owner(actor, d)); err != nil {
			return err
		}
		return do(tx, d)
	})
}

// KeepPicture keeps a picture for a concept that is being written. The right is asked
// before the first byte is read. Faults: not-found, concept.picture.
func (s *Service) KeepPicture(ctx context.Context, actor access.Actor, deliverableID, fileName string, r io.Reader) (Picture, error) {
	var p Picture
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := LoadDeliverable(ctx, tx, deliverableID)
		if err != nil {
			return err
		}
		return actor.Require("concept.send", owner(actor, d))
	})
	if err != nil {
		return p, err
	}
	bad := ErrConceptPicture.With("max", Bytes(maxPicture))
	ref, err := s.blobs.Put(ctx, blob.Limited(r, maxPicture))
	if errors.Is(err, blob.ErrTooBig) {
		return p, bad
	}
	if err != nil {
		return p, err
	}
	if (Limits{Types: PictureTypes, MaxBytes: maxPicture}).CheckFile(ref.Type, ref.Size) != nil {
		return p, bad
	}
	err = s.withDeliverable(ctx, actor, "concept.send", deliverableID, func(tx *db.Tx, d Deliverable) error {
		p = Picture{ID: tx.NewID(), SHA256: ref.SHA256, Type: ref.Type, Size: ref.Size, FileName: cleanFileName(fileName)}
		if err := insertPicture(ctx, tx, d.ID, p); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, withAfter(entry("concept.send", "picture", p.ID, d), map[string]any{"sha256": p.SHA256, "size": p.Size}))
	})
	return p, err
}

// SendConcept sends a concept to the agency. Faults: not-found and those of CheckConcept.
func (s *Service) SendConcept(ctx context.Context, actor access.Actor, deliverableID string, n NewConcept) (c Concept, err error) {
	err = s.withDeliverable(ctx, actor, "concept.send", deliverableID, func(tx *db.Tx, d Deliverable) error {
		before, err := newestConcept(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		if c, err = CheckConcept(d, before, n, tx.NewID); err != nil {
			return err
		}
		c.ID, c.SentAt, c.SentByID, c.SentBy, c.Source = tx.NewID(), tx.Now(), actor.ID, actor.Name, FromTalent
		if actor.IsStaff() {
			c.Source = FromStaff
		}
		if err := insertConcept(ctx, tx, d.CampaignID, c); err != nil {
			return err
		}
		for i, id := range n.PictureIDs {
			if err := usePicture(ctx, tx, id, c, i); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, actor.Who, withAfter(entry("concept.send", "concept", c.ID, d), map[string]any{"number": c.Number, "promises": len(c.Promises)}))
	})
	return c, err
}

// LookAtConcept is one look of the agency at a concept.
type LookAtConcept struct {
	ConceptID string
	Key       Key
	Pass      bool   // false: back to the talent
	Note      string // for the talent, when it goes back
	Override  string // why one person turns both keys
}

// LookAtConcept turns a key of a concept; the second shows it to the client.
// Faults: not-found and those of TurnConceptKey.
func (s *Service) LookAtConcept(ctx context.Context, actor access.Actor, req LookAtConcept) (c Concept, err error) {
	verb := access.Verb("concept.check.first")
	if req.Key == KeyAE {
		verb = "concept.check.final"
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		before, d, err := conceptFor(ctx, tx, actor, verb, req.ConceptID)
		if err != nil {
			return err
		}
		if c, err = before.TurnConceptKey(req.Key, req.Pass, req.Note, req.Override, checker(actor), tx.Now()); err != nil {
			return err
		}
		e := entry(verb, "concept", c.ID, d)
		e.After, e.Reason = map[string]any{"key": req.Key, "passed": req.Pass}, c.Override
		return keepConcept(ctx, tx, actor, c, e)
	})
	return c, err
}

// conceptFor loads the newest concept of a deliverable that is still conceived.
func conceptFor(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, id string) (Concept, Deliverable, error) {
	c, err := LoadConcept(ctx, tx, id)
	if err != nil {
		return c, Deliverable{}, err
	}
	d, err := LoadDeliverable(ctx, tx, c.DeliverableID)
	if err != nil {
		return c, d, err
	}
	if err := actor.Require(verb, owner(actor, d)); err != nil {
		return c, d, err
	}
	if actor.IsClient() && c.ShownAt.IsZero() {
		return c, d, db.ErrNotFound
	}
	if !d.Conceiving() {
		return c, d, ErrConceptMoved
	}
	return c, d, nil
}

func keepConcept(ctx context.Context, tx *db.Tx, actor access.Actor, c Concept, e audit.Entry) error {
	ok, err := saveConcept(ctx, tx, c)
	if err == nil && !ok {
		err = ErrConceptMoved
	}
	if err != nil {
		return err
	}
	return audit.Record(ctx, tx, actor.Who, e)
}

// DecideConcept is the client's word on the concept that was on the page, by the named
// decision-maker, once. Approved, its promises are points for this deliverable's drafts.
// Faults: not-found, round.not-decider, concept.moved, concept.why.
func (s *Service) DecideConcept(ctx context.Context, actor access.Actor, conceptID string, approve bool, words string) (c Concept, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		before, d, err := conceptFor(ctx, tx, actor, "concept.decide", conceptID)
		if err != nil {
			return err
		}
		id, name, err := decider(ctx, tx, d.CampaignID)
		switch {
		case err != nil:
			return err
		case id != "" && id != actor.ContactID:
			return ErrNotDecider.With("name", name)
		}
		if c, err = before.Decide(approve, words, actor.ID, actor.Name, tx.Now()); err != nil {
			return err
		}
		if approve {
			if ok, err := settleConcept(ctx, tx, d, c.ID); err != nil || !ok {
				return orElse(err, ErrConceptMoved)
			}
			if err := job.Enqueue(ctx, tx, ConceptApproved{d.ID, c.ID, d.CampaignID}); err != nil {
				return err
			}
		}
		e := entry("concept.decide", "concept", c.ID, d)
		e.After, e.Reason = map[string]any{"approved": c.Approved}, c.Words
		return keepConcept(ctx, tx, actor, c, e)
	})
	return c, err
}

// OpenPicture gives the bytes of a concept's picture to staff, to the client once the
// concept was shown, and to its talent. Fault: not-found otherwise.
func (s *Service) OpenPicture(ctx context.Context, actor access.Actor, conceptID, pictureID string) (p Picture, f io.ReadSeekCloser, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		c, err := LoadConcept(ctx, tx, conceptID)
		if err != nil {
			return err
		}
		d, err := LoadDeliverable(ctx, tx, c.DeliverableID)
		if err != nil {
			return err
		}
		if err := actor.Require(seeVerb(actor), owner(actor, d)); err != nil {
			return err
		}
		if actor.IsClient() && c.ShownAt.IsZero() {
			return db.ErrNotFound
		}
		for _, x := range c.Pictures {
			if x.ID == pictureID {
				p = x
				return nil
			}
		}
		return db.ErrNotFound
	})
	if err != nil {
		return p, nil, err
	}
	f, err = s.blobs.Open(ctx, p.SHA256)
	return p, f, err
}

// ConceptView is a deliverable's concepts as one party sees them.
type ConceptView struct {
	Asked    bool      // one is waited for
	Concepts []Concept // the newest first; a client's only once shown, without the agency's looks
	Decider  string    // who decides, when it is somebody else than the reader
}

// Newest is the concept that counts; zero without one.
func (v ConceptView) Newest() Concept {
	if len(v.Concepts) == 0 {
		return Concept{}
	}
	return v.Concepts[0]
}

// Concepts gives the concepts of a deliverable to its parties. Fault: not-found.
func (s *Service) Concepts(ctx context.Context, actor access.Actor, deliverableID string) (v ConceptView, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := LoadDeliverable(ctx, tx, deliverableID)
		if err != nil {
			return err
		}
		if err := actor.Require(seeVerb(actor), owner(actor, d)); err != nil {
			return err
		}
		v.Asked = d.Conceiving()
		all, err := ListConcepts(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		for _, c := range all {
			if actor.IsClient() && c.ShownAt.IsZero() {
				continue
			}
			v.Concepts = append(v.Concepts, c.cutFor(actor))
		}
		return v.fillDecider(ctx, tx, actor, d)
	})
	return v, err
}

// cutFor leaves out what only the agency's people may see.
func (c Concept) cutFor(actor access.Actor) Concept {
	if actor.IsStaff() {
		return c
	}
	c.FirstByID, c.FirstBy, c.ShownBy, c.Override, c.ReturnedBy = "", "", "", "", ""
	if actor.IsTalent() {
		c.DecidedByID, c.DecidedBy = "", ""
	}
	return c
}

func (v *ConceptView) fillDecider(ctx context.Context, tx *db.Tx, actor access.Actor, d Deliverable) error {
	id, name, err := decider(ctx, tx, d.CampaignID)
	if err == nil && id != "" && id != actor.ContactID && actor.IsClient() {
		v.Decider = name
	}
	return err
}
