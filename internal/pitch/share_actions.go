package pitch

import (
	"bytes"
	"context"
	"io"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/paper"
	"kolega/internal/proof"
	"kolega/internal/secret"
)

// Send is to whom a version goes.
type Send struct {
	DeckID, VersionID string

	ContactID string // of the opportunity's client; "" for somebody who is nobody's contact yet
	Name      string
	Lang      string
	Zone      string
	Until     time.Time // when the link ends; zero for sixty days
}

// openFor is how long a link opens its deck when nobody says otherwise.
const openFor = 60 * 24 * time.Hour

// SendDeck freezes an approved version, the first time with its files and hash, and makes
// a link for one receiver; its secret is given once. What the version claims must still
// be true. Right: deck.send. Faults: deck.unapproved, -newer, -no-longer-true, -receiver, -until, -over.
func (s *Service) SendDeck(ctx context.Context, actor access.Actor, n Send) (out Share, token string, err error) {
	if err := actor.Require("deck.send", access.Owner{}); err != nil {
		return out, "", err
	}
	v, err := s.prepare(ctx, n)
	if err != nil {
		return out, "", err
	}
	token, hash := secret.NewToken()
	err = s.onDeck(ctx, actor, "deck.send", n.DeckID, "", func(tx *db.Tx, d *Deck) error {
		kept, err := LoadVersion(ctx, tx, n.DeckID, n.VersionID)
		if err != nil {
			return err
		}
		if !kept.Sent() {
			v.SentAt = tx.Now()
			if err := freezeVersion(ctx, tx, v); err != nil {
				return err
			}
		}
		out = Share{ID: tx.NewID(), DeckID: d.ID, VersionID: v.ID, Number: v.Number, ContactID: n.ContactID, Name: n.Name, Lang: n.Lang, Zone: n.Zone, MadeAt: tx.Now(), By: actor.Name, ExpiresAt: n.Until}
		if err := checkReceiver(ctx, tx, *d, &out); err != nil {
			return err
		}
		if err := insertShare(ctx, tx, hash, out); err != nil {
			return err
		}
		if err := logSheets(ctx, tx, actor, *d, v, out); err != nil {
			return err
		}
		return client.Pitched(ctx, tx, actor, d.DealID)
	})
	return out, token, err
}

// prepare asks whether a version may go out and, the first time, paints its files.
func (s *Service) prepare(ctx context.Context, n Send) (v Version, err error) {
	var template string
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		d, err := openDeck(ctx, tx, n.DeckID)
		if err != nil {
			return err
		}
		template = d.Template.SHA
		if v, err = LoadVersion(ctx, tx, n.DeckID, n.VersionID); err != nil {
			return err
		}
		return maySend(ctx, tx, v)
	})
	if err != nil || v.Sent() {
		return v, err
	}
	for _, f := range []struct {
		format string
		to     *string
	}{{PDF, &v.PDF}, {PPTX, &v.PPTX}} {
		var b bytes.Buffer
		if err := s.paint(ctx, &b, v.Document, template, f.format); err != nil {
			return v, err
		}
		ref, err := s.blob.Put(ctx, &b)
		if err != nil {
			return v, err
		}
		*f.to = ref.SHA256
	}
	v.Hash = v.Seal()
	return v, nil
}

func maySend(ctx context.Context, tx *db.Tx, v Version) error {
	if !v.Approved() {
		return ErrUnapproved
	}
	all, err := ListVersions(ctx, tx, v.DeckID)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.Number > v.Number && x.Sent() {
			return ErrNewer
		}
	}
	today, err := proof.Today(ctx, tx)
	if err != nil {
		return err
	}
	return stillTrue(ctx, tx, v.Document, today)
}

func checkReceiver(ctx context.Context, tx *db.Tx, d Deck, s *Share) error {
	o, err := client.LoadOpportunity(ctx, tx, d.DealID)
	if err != nil {
		return err
	}
	if s.ContactID != "" {
		c, err := client.LoadContact(ctx, tx, s.ContactID)
		if err != nil || c.ClientID != o.ClientID || !c.LeftAt.IsZero() {
			return ErrReceiver
		}
		s.Name, s.Lang, s.Zone = c.Name, c.Lang, c.Zone
	}
	if s.Name = oneLine(s.Name); s.Name == "" || len([]rune(s.Name)) > maxTitle {
		return ErrReceiver
	}
	if s.Lang == "" {
		s.Lang = d.Lang
	}
	if s.Zone == "" {
		s.Zone = "Asia/Jakarta"
	}
	if s.ExpiresAt.IsZero() {
		s.ExpiresAt = tx.Now().Add(openFor)
	}
	if !s.ExpiresAt.After(tx.Now()) || s.ExpiresAt.After(tx.Now().AddDate(1, 0, 1)) {
		return ErrUntil
	}
	return nil
}

// logSheets keeps which version of a service sheet the receiver is shown (A6).
func logSheets(ctx context.Context, tx *db.Tx, actor access.Actor, d Deck, v Version, to Share) error {
	for _, s := range v.Document.Sections {
		if s.Sheet == nil {
			continue
		}
		if err := proof.LogShown(ctx, tx, proof.SheetShown{SheetID: s.Sheet.SheetID, VersionID: s.Sheet.VersionID, Number: s.Sheet.Number, Whom: to.Name, ContactID: to.ContactID,
			DealID: d.DealID, DeckID: d.ID, Reason: s.Sheet.Reason, By: actor.Name}); err != nil {
			return err
		}
	}
	return nil
}

// RevokeShare withdraws a link at once. Right: deck.send. Fault: deck.share-gone.
func (s *Service) RevokeShare(ctx context.Context, actor access.Actor, deckID, id string) error {
	if err := actor.Require("deck.send", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		d, err := LoadDeck(ctx, tx, deckID)
		if err != nil {
			return err
		}
		if err := revokeShare(ctx, tx, deckID, id); err != nil {
			return err
		}
		return record(ctx, tx, actor, d, "deck.send", "withdrawn")
	})
}

// OpenShare gives the receiver whom a link's secret lets in. It counts nobody. Fault: deck.link-gone.
func (s *Service) OpenShare(ctx context.Context, token string) (a access.Actor, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		share, err := loadShareOf(ctx, tx, secret.Hash(token))
		a = share.Actor()
		return err
	})
	if err != nil {
		return access.Actor{}, err
	}
	return a, nil
}

// mine gives the share and version of the actor's link. Right: deck.read. Fault: deck.link-gone.
func mine(ctx context.Context, tx *db.Tx, actor access.Actor) (Share, Version, error) {
	if err := actor.Require("deck.read", access.Owner{ClientID: actor.ClientID}); err != nil {
		return Share{}, Version{}, err
	}
	share, err := loadShare(ctx, tx, actor.LinkID)
	if err != nil {
		return share, Version{}, err
	}
	v, err := LoadVersion(ctx, tx, share.DeckID, share.VersionID)
	return share, v, err
}

// Read gives a receiver the version that was sent to them, as it was frozen. It counts
// nobody: see Beat. Right: deck.read. Fault: deck.link-gone.
func (s *Service) Read(ctx context.Context, actor access.Actor) (share Share, v Version, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error { share, v, err = mine(ctx, tx, actor); return err })
	return share, v, err
}

// Look is whose colour and logo a document is in.
func (s *Service) Look(ctx context.Context, d Document) (agency, of paper.Look, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		l, err := access.LoadLook(ctx, tx, access.OfAgency, d.MadeAt)
		if err != nil {
			return err
		}
		agency = l.Paper()
		if d.ClientID == "" {
			return nil
		}
		l, err = access.LoadLook(ctx, tx, d.ClientID, d.MadeAt)
		of = l.Paper()
		return err
	})
	return agency, of, err
}

// File opens a frozen file of the receiver's version: pdf, pptx (the designer's work
// where there is one) or the sheet of a section. Right: deck.read. Faults: deck.format, deck.link-gone.
func (s *Service) File(ctx context.Context, actor access.Actor, format string) (f io.ReadSeekCloser, file File, err error) {
	_, v, err := s.Read(ctx, actor)
	if err != nil {
		return nil, file, err
	}
	return s.open(ctx, v, format)
}

// VersionFile opens a file of a version for the agency; one that was not sent is painted as
// it would be. Right: deck.see. Faults: not-found, deck.format.
func (s *Service) VersionFile(ctx context.Context, actor access.Actor, deckID, versionID, format string) (io.ReadSeekCloser, File, error) {
	if err := actor.Require("deck.see", access.Owner{}); err != nil {
		return nil, File{}, err
	}
	var v Version
	var d Deck
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if d, err = LoadDeck(ctx, tx, deckID); err == nil {
			v, err = LoadVersion(ctx, tx, deckID, versionID)
		}
		return err
	})
	if err != nil {
		return nil, File{}, err
	}
	if v.Sent() || format == Design {
		return s.open(ctx, v, format)
	}
	var b bytes.Buffer
	err = s.paint(ctx, &b, v.Document, d.Template.SHA, format)
	return painted{bytes.NewReader(b.Bytes())}, File{Name: fileName(v.Document, format), Type: Types[format]}, err
}

type painted struct{ *bytes.Reader }

// Close has nothing to give back.
func (painted) Close() error { return nil }

func (s *Service) open(ctx context.Context, v Version, format string) (io.ReadSeekCloser, File, error) {
	file := File{Name: fileName(v.Document, format), Type: Types[format]}
	switch {
	case format == Design && v.Design.SHA != "":
		file = v.Design
	case format == PDF:
		file.SHA = v.PDF
	case format == PPTX:
		file.SHA = v.PPTX
	default:
		for _, x := range v.Document.Sections {
			if x.Sheet != nil && x.Sheet.VersionID == format {
				file = File{SHA: x.Sheet.SHA, Name: x.Sheet.Name, Type: x.Sheet.Type, Size: x.Sheet.Size}
			}
		}
	}
	if file.SHA == "" {
		return nil, file, ErrFormat
	}
	f, err := s.blob.Open(ctx, file.SHA)
	return f, file, err
}

// Beat keeps how long sections of a receiver's deck were in view: it makes a reader of
// the browser, once, and tells the deck's owner of the first. Right: deck.read. Fault:
// deck.link-gone.
func (s *Service) Beat(ctx context.Context, actor access.Actor, b Beat) error {
	if len(b.Reader) < 16 || len(b.Reader) > 64 {
		return ErrLinkGone
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		share, v, err := mine(ctx, tx, actor)
		if err != nil {
			return err
		}
		x, known, err := readerOf(ctx, tx, share.ID, b.Reader)
		if err != nil {
			return err
		}
		read := b.Bounded(x.LastAt, tx.Now(), len(v.Document.Sections))
		if len(read) == 0 {
			return nil
		}
		if !known {
			n, err := countReaders(ctx, tx, share.ID)
			if err != nil || n >= mostReaders {
				return err
			}
			x = Reader{ID: b.Reader, Phone: b.Phone, FirstAt: tx.Now(), LastAt: tx.Now(), Visits: 1}
			if n == 0 {
				if err := job.Enqueue(ctx, tx, DeckRead{ShareID: share.ID}, job.Unique("deck-read:"+share.ID)); err != nil {
					return err
				}
				if err := audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "deck.read", Subject: "deck", ID: share.DeckID, After: map[string]any{"number": v.Number}}); err != nil {
					return err
				}
			}
		} else if tx.Now().Sub(x.LastAt) > newVisit {
			x.Visits++
		}
		x.LastAt = tx.Now()
		if err := putReader(ctx, tx, share.ID, x); err != nil {
			return err
		}
		for section, d := range read {
			if err := addReading(ctx, tx, share.ID, b.Reader, section, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// mostReaders bounds the readers of one link.
const mostReaders = 500
