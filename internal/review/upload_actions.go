package review

import (
	"context"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/blob/partial"
	"kolega/internal/db"
)

// A connection that sends holds its upload for leaseTime, and renews that while bytes
// arrive. When the program or the network died under it, another may go on soon after.
const (
	leaseTime  = 6 * time.Second
	renewAfter = 2 * time.Second
)

// BeginUpload is what a sender tells before the first byte.
type BeginUpload struct {
	DeliverableID  string
	FileName, Type string // the type is the sender's word and may be empty
	Size           int64
}

// BeginUpload opens a resumable upload for a deliverable. Size and type are judged
// now, so that nobody sends for an hour to be refused at the end.
// Faults: not-found, access.forbidden, draft.file-large, draft.file-type, upload.size.
func (s *Service) BeginUpload(ctx context.Context, actor access.Actor, req BeginUpload) (Incoming, error) {
	var in Incoming
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		d, err := LoadDeliverable(ctx, tx, req.DeliverableID)
		if err != nil {
			return err
		}
		if err := actor.Require("draft.upload", owner(actor, d)); err != nil {
			return err
		}
		name, err := CheckBegin(d, req.FileName, req.Type, req.Size)
		if err != nil {
			return err
		}
		in = incoming(tx, actor, d, name, req)
		if err := insertUpload(ctx, tx, in); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, withAfter(entry("draft.upload", "upload", in.ID, d), map[string]any{"size": in.Size}))
	})
	return in, err
}

func incoming(tx *db.Tx, actor access.Actor, d Deliverable, name string, req BeginUpload) Incoming {
	return Incoming{ID: tx.NewID(), DeliverableID: d.ID, CampaignID: d.CampaignID, ClientID: d.ClientID, TalentID: d.TalentID,
		ByKind: actor.Kind, ByID: actor.ID, FileName: name, Type: req.Type, Size: req.Size, MadeAt: tx.Now(), TouchedAt: tx.Now()}
}

func withAfter(e audit.Entry, after any) audit.Entry {
	e.After = after
	return e
}

// Upload gives a file on its way. Fault: not-found, also for another's.
func (s *Service) Upload(ctx context.Context, actor access.Actor, id string) (in Incoming, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		in, err = loadUpload(ctx, tx, id)
		if err != nil {
			return err
		}
		return mayUpload(actor, in)
	})
	return in, err
}

func mayUpload(actor access.Actor, in Incoming) error {
	return actor.Require("draft.upload", owner(actor, Deliverable{CampaignID: in.CampaignID, ClientID: in.ClientID, TalentID: in.TalentID}))
}

// Receive appends a piece at offset and tells how many of its bytes are durable.
// One connection sends at a time; what it sent before it was cut stays.
// Faults: not-found, upload.offset, upload.busy.
func (s *Service) Receive(ctx context.Context, actor access.Actor, id string, offset int64, r io.Reader) (int64, error) {
	holder := db.NewID(s.db.Now())
	var in Incoming
	err := s.db.Write(ctx, func(tx *db.Tx) (err error) {
		if in, err = loadUpload(ctx, tx, id); err != nil {
			return err
		}
		if err := mayUpload(actor, in); err != nil {
			return err
		}
		if in.Received != offset || in.Whole() {
			return ErrUploadOffset
		}
		ok, err := lease(ctx, tx, id, holder, tx.Now().Add(leaseTime))
		if err == nil && !ok {
			err = ErrUploadBusy
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	sum, err := in.summed()
	if err != nil {
		return 0, err
	}
	n, readErr := s.spool.Append(ctx, id, offset, in.Size-offset, &held{s: s, ctx: ctx, id: id, by: holder, r: r, since: s.db.Now()}, sum)
	if err := s.count(ctx, id, holder, offset+n, sum); err != nil {
		return 0, err
	}
	return n, readErr
}

// held reads a piece and keeps its upload held meanwhile. It gives no byte on once another
// connection took over: two never write behind each other.
type held struct {
	s      *Service
	ctx    context.Context
	id, by string
	r      io.Reader
	since  time.Time
}

// Read reads on, if the upload still is held.
func (h *held) Read(p []byte) (int, error) {
	n, err := h.r.Read(p)
	if now := h.s.db.Now(); now.Sub(h.since) > renewAfter {
		h.since = now
		kept := false
		renewErr := h.s.db.Write(context.WithoutCancel(h.ctx), func(tx *db.Tx) (err error) {
			kept, err = renew(h.ctx, tx, h.id, h.by, tx.Now().Add(leaseTime))
			return err
		})
		if renewErr != nil || !kept {
			return 0, orElse(renewErr, ErrUploadBusy)
		}
	}
	return n, err
}

// count keeps how far an upload is and gives the lease back. Fault: upload.busy when
// another connection took over meanwhile.
func (s *Service) count(ctx context.Context, id, holder string, received int64, sum hash.Hash) error {
	state, err := stateOf(sum)
	if err != nil {
		return err
	}
	kept := false
	err = s.db.Write(context.WithoutCancel(ctx), func(tx *db.Tx) (err error) {
		kept, err = saveReceived(ctx, tx, id, holder, received, state)
		return err
	})
	if err == nil && !kept {
		err = ErrUploadBusy
	}
	return err
}

// FinishUpload keeps a file whose bytes all came by the hash that ran along with them.
// Doing it again, or after a crash in its middle, changes nothing. Faults: not-found, upload.unfinished, draft.file-type.
func (s *Service) FinishUpload(ctx context.Context, actor access.Actor, id string) (Incoming, error) {
	in, err := s.Upload(ctx, actor, id)
	switch {
	case err != nil:
		return in, err
	case in.Whole():
		return in, nil
	case in.Received != in.Size:
		return in, ErrUploadOpen
	}
	ref, err := s.adopt(ctx, in)
	if err != nil {
		return in, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		d, err := LoadDeliverable(ctx, tx, in.DeliverableID)
		if err != nil {
			return err
		}
		if err := LimitsFor(d.Platform, d.Format).CheckFile(ref.Type, ref.Size); err != nil {
			return err
		}
		in.SHA256, in.Type, in.FinishedAt = ref.SHA256, ref.Type, tx.Now()
		if err := saveWhole(ctx, tx, in); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, withAfter(entry("draft.upload", "upload", id, d), map[string]any{"sha256": ref.SHA256, "size": ref.Size}))
	})
	if err != nil {
		return in, err
	}
	return in, s.spool.Remove(id)
}

// adopt moves a whole upload to where content is kept. The move may have happened
// before a crash; then the content is there and is named again.
func (s *Service) adopt(ctx context.Context, in Incoming) (blob.Ref, error) {
	sum, err := in.summed()
	if err != nil {
		return blob.Ref{}, err
	}
	ref := blob.Ref{SHA256: hex.EncodeToString(sum.Sum(nil)), Size: in.Size}
	first, err := s.spool.Read(in.ID, in.Size)
	if errors.Is(err, partial.ErrAbsent) {
		if first, err = s.blobs.Open(ctx, ref.SHA256); err != nil {
			return ref, err
		}
		defer first.Close()
		ref.Type, err = blob.Sniff(first)
		return ref, err
	}
	if err != nil {
		return ref, err
	}
	defer first.Close()
	if ref.Type, err = blob.Sniff(first); err != nil {
		return ref, err
	}
	return ref, s.blobs.Adopt(ctx, s.spool.Path(in.ID), ref)
}

// KeepFile takes a whole file in one go, for senders without scripts. The right is
// asked before the first byte is read; memory stays bounded.
// Faults: not-found, draft.file-large, draft.file-type, draft.file-empty.
func (s *Service) KeepFile(ctx context.Context, actor access.Actor, deliverableID, fileName string, r io.Reader) (Incoming, error) {
	var d Deliverable
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if d, err = LoadDeliverable(ctx, tx, deliverableID); err != nil {
			return err
		}
		return actor.Require("draft.upload", owner(actor, d))
	})
	if err != nil {
		return Incoming{}, err
	}
	name, err := CheckBegin(d, fileName, "", 1)
	if err != nil {
		return Incoming{}, err
	}
	l := LimitsFor(d.Platform, d.Format)
	ref, err := s.blobs.Put(ctx, blob.Limited(r, l.MaxBytes))
	if err != nil {
		return Incoming{}, tooLarge(err, l)
	}
	if err := l.CheckFile(ref.Type, ref.Size); err != nil {
		return Incoming{}, err
	}
	var in Incoming
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		in = incoming(tx, actor, d, name, BeginUpload{Type: ref.Type, Size: ref.Size})
		in.Received, in.SHA256, in.FinishedAt = ref.Size, ref.SHA256, tx.Now()
		if err := insertUpload(ctx, tx, in); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, withAfter(entry("draft.upload", "upload", in.ID, d), map[string]any{"sha256": ref.SHA256, "size": ref.Size}))
	})
	return in, err
}

// CancelUpload forgets a file that did not become a draft.
func (s *Service) CancelUpload(ctx context.Context, actor access.Actor, id string) error {
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		in, err := loadUpload(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := mayUpload(actor, in); err != nil {
			return err
		}
		if err := deleteUpload(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "draft.upload", Subject: "upload", ID: id, Campaign: in.CampaignID,
			Client: in.ClientID, Talent: in.TalentID, Reason: "cancelled"})
	})
	if err != nil {
		return err
	}
	return s.spool.Remove(id)
}
