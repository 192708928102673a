package privacy

import (
	"context"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/secret"
)

// Service carries copies and erasures.
type Service struct {
	db    *db.DB
	box   *secret.Box
	files blob.Store
	parts map[Kind][]Part
}

// New makes the service; parts come by Know.
func New(d *db.DB, box *secret.Box, files blob.Store) *Service {
	s := &Service{db: d, box: box, files: files, parts: map[Kind][]Part{}}
	s.Know(Talent, ownTalent)
	s.Know(Contact, ownContact)
	return s
}

// Know takes in what slices know of persons of a kind, the rooms below them last. It is
// called at start only.
func (s *Service) Know(k Kind, parts ...Part) { s.parts[k] = append(parts, s.parts[k]...) }

// Tables lists what is declared about persons of a kind.
func (s *Service) Tables(k Kind) (out []Table) {
	for _, p := range s.parts[k] {
		out = append(out, p.Tables...)
	}
	return out
}

// State is what a person who asks can be told before anything happens.
type State struct {
	Name   string
	Open   []string // codes of what is still under way
	Tables int      // tables with something about the person
	Rows   int
	Files  int
}

// Look says what is kept about a person, by counts, and whether an erasure could be
// carried out now. Faults: access.forbidden, privacy.absent.
func (s *Service) Look(ctx context.Context, actor access.Actor, who Subject) (st State, err error) {
	if err := actor.Require("privacy.copy", access.Owner{}); err != nil {
		return st, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		seen, err := s.words(ctx, tx, who)
		if err != nil {
			return err
		}
		if st.Name = seen.name; st.Name == "" || st.Name == who.Alias() {
			return ErrAbsent
		}
		if st.Open, err = s.open(ctx, tx, who); err != nil {
			return err
		}
		for _, t := range s.Tables(who.Kind) {
			rows, err := t.rows(ctx, tx, who)
			if err != nil {
				return err
			}
			if len(rows) > 0 {
				st.Tables++
				st.Rows += len(rows)
			}
			for _, r := range rows {
				for _, c := range t.Files {
					if r[c] != "" {
						st.Files++
					}
				}
			}
		}
		return nil
	})
	return st, err
}

func (s *Service) open(ctx context.Context, tx *db.Tx, who Subject) (out []string, err error) {
	for _, p := range s.parts[who.Kind] {
		if p.Open == nil {
			continue
		}
		why, err := p.Open(ctx, tx, who.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, why...)
	}
	return out, nil
}

// Section is one table's rows in a copy.
type Section struct {
	Table string `json:"table"`
	Rows  []Row  `json:"rows"`
}

// Copy is everything kept about one person that is theirs to have: not what the agency
// noted for itself, not a client's price.
type Copy struct {
	Kind     Kind      `json:"kind"`
	ID       string    `json:"id"`
	At       time.Time `json:"at"`
	Sections []Section `json:"sections"`
	Files    []string  `json:"files"` // hashes
}

// Copy makes a person's copy; that it was made is on the trail, since it shows bank and
// tax numbers. Faults: access.forbidden, privacy.absent.
func (s *Service) Copy(ctx context.Context, actor access.Actor, who Subject) (c Copy, err error) {
	if err := actor.Require("privacy.copy", access.Owner{}); err != nil {
		return c, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c = Copy{Kind: who.Kind, ID: who.ID, At: tx.Now(), Sections: []Section{}, Files: []string{}}
		for _, t := range s.Tables(who.Kind) {
			rows, err := t.rows(ctx, tx, who)
			if err != nil {
				return err
			}
			if err := s.unseal(t, who.ID, rows); err != nil {
				return err
			}
			if len(rows) > 0 {
				c.Sections = append(c.Sections, Section{t.Name, rows})
				c.Files = append(c.Files, filesOf(t, rows)...)
			}
		}
		if len(c.Sections) == 0 {
			return ErrAbsent
		}
		return audit.Record(ctx, tx, actor.Who, entry("privacy.copy", who, ""))
	})
	return c, err
}

func entry(verb string, who Subject, reason string) audit.Entry {
	e := audit.Entry{Verb: verb, Subject: string(who.Kind), ID: who.ID, Reason: reason}
	if who.Kind == Talent {
		e.Talent = who.ID
	}
	return e
}

func filesOf(t Table, rows []Row) (out []string) {
	for _, r := range rows {
		for _, c := range t.Files {
			if sha, _ := r[c].(string); sha != "" {
				out = append(out, sha)
			}
		}
	}
	return out
}

// unseal opens the sealed columns of rows and names them as the table says.
func (s *Service) unseal(t Table, id string, rows []Row) error {
	for _, r := range rows {
		for _, c := range t.Sealed {
			text, _ := r[c.Column].(string)
			delete(r, c.Column)
			if text == "" {
				continue
			}
			plain, err := s.box.Unseal(text, c.Bound(id))
			if err != nil {
				return err
			}
			r[c.As] = plain
		}
	}
	return nil
}

// Erase takes a person out of everything kept, in one change: names become an alias,
// numbers and texts go, files go after the commit, the trail keeps its chain. name is the
// person's name as the one who erases typed it, reason who asked for it and how. It cannot
// be undone. Faults: privacy.open while something is under way, privacy.name,
// privacy.reason, privacy.absent.
func (s *Service) Erase(ctx context.Context, actor access.Actor, who Subject, name, reason string) error {
	if err := actor.Require("privacy.erase", access.Owner{}); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return ErrReason
	}
	var seen search
	if err := s.db.Read(ctx, func(tx *db.Tx) (err error) { seen, err = s.search(ctx, tx, who, search{}); return err }); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		why, err := s.open(ctx, tx, who)
		if err != nil {
			return err
		}
		if len(why) > 0 {
			return ErrOpen.With("why", strings.Join(why, ","))
		}
		seen, err := s.search(ctx, tx, who, seen)
		if err != nil {
			return err
		}
		if seen.name == "" || seen.name == who.Alias() {
			return ErrAbsent
		}
		if !strings.EqualFold(strings.TrimSpace(name), seen.name) {
			return ErrName
		}
		return s.erase(ctx, tx, actor, who, seen, reason)
	})
}

// search is what is known of a person before anything is erased.
type search struct {
	name                string
	alone, values, near []string // those that identify anywhere, those that may, those near the person
	found               audit.Found
}

// blotters are those for texts about the person, and for any other.
func (s search) blotters() (w Words, near, far *blotter) {
	w = KnownBy(s.alone, s.values, s.near)
	return w, newBlotter(w.all), newBlotter(w.alone)
}

// words gathers a person's words.
func (s *Service) words(ctx context.Context, tx *db.Tx, who Subject) (now search, err error) {
	for _, t := range s.Tables(who.Kind) {
		if t.Whose == Anybody {
			continue
		}
		list, err := texts(ctx, tx, t, who, t.Words)
		if err != nil {
			return now, err
		}
		if t.Name == string(who.Kind) && len(list) > 0 {
			now.name = list[0]
		}
		now.values = append(now.values, list...)
		if list, err = texts(ctx, tx, t, who, t.Alone); err != nil {
			return now, err
		}
		now.alone = append(now.alone, list...)
		if list, err = texts(ctx, tx, t, who, t.Near); err != nil {
			return now, err
		}
		now.near = append(now.near, list...)
	}
	return now, nil
}

// search gathers a person's words and finds them on the trail, going on where an earlier
// search ended.
func (s *Service) search(ctx context.Context, tx *db.Tx, who Subject, before search) (now search, err error) {
	if now, err = s.words(ctx, tx, who); err != nil {
		return now, err
	}
	_, near, far := now.blotters()
	now.found, err = audit.Find(ctx, tx, before.found, func(l audit.Line) bool {
		b := far
		if concerns(l, who) {
			b = near
		}
		return l.Who.ID == who.ID || b.hit(l.Who.Name) || b.hit(l.Before) || b.hit(l.After) || b.hit(l.Reason)
	})
	return now, err
}

// concerns says whether an entry is about the person, or by them.
func concerns(l audit.Line, who Subject) bool {
	return l.Who.ID == who.ID || l.ID == who.ID || who.Kind == Talent && l.Talent == who.ID
}

func (s *Service) erase(ctx context.Context, tx *db.Tx, actor access.Actor, who Subject, seen search, reason string) error {
	w, near, far := seen.blotters()
	files, err := s.eraseRows(ctx, tx, who, w, near, far)
	if err != nil {
		return err
	}
	if err := s.follow(ctx, tx, actor, who); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, shred{who.Kind, files}); err != nil {
		return err
	}
	return audit.Redact(ctx, tx, actor.Who, entry("", who, far.out(near.out(reason))), seen.found, func(l *audit.Line) {
		b := far
		if concerns(*l, who) {
			b = near
		}
		if l.Before, l.After, l.Reason = b.out(l.Before), b.out(l.After), b.out(l.Reason); l.Who.ID == who.ID {
			l.Who.Name = who.Alias()
		} else {
			l.Who.Name = b.out(l.Who.Name)
		}
	})
}

func (s *Service) eraseRows(ctx context.Context, tx *db.Tx, who Subject, w Words, near, far *blotter) (files []string, err error) {
	tables := s.Tables(who.Kind)
	for _, t := range tables {
		if t.Whose != Anybody {
			list, err := texts(ctx, tx, t, who, t.Files)
			if err != nil {
				return nil, err
			}
			files = append(files, list...)
		}
		words, b := w.all, near
		if t.Whose == Anybody {
			words, b = w.alone, far
		}
		if b != nil {
			if err := t.blot(ctx, tx, who, words, b); err != nil {
				return nil, err
			}
		}
	}
	for _, t := range tables {
		if t.Whose != Anybody {
			if err := t.erase(ctx, tx, who); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

// follow lets the slices end what they keep, and puts the erasure on the trail of each
// campaign that showed the person, so that its pages are made anew.
func (s *Service) follow(ctx context.Context, tx *db.Tx, actor access.Actor, who Subject) error {
	seen := map[string]bool{}
	for _, p := range s.parts[who.Kind] {
		if p.Erased == nil {
			continue
		}
		campaigns, err := p.Erased(ctx, tx, who.ID, who.Alias())
		if err != nil {
			return err
		}
		for _, c := range campaigns {
			if seen[c] {
				continue
			}
			seen[c] = true
			e := entry("privacy.erase", who, "")
			e.Campaign = c
			if err := audit.Record(ctx, tx, actor.Who, e); err != nil {
				return err
			}
		}
	}
	access.Forget(tx)
	return nil
}
