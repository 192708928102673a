package review

import (
	"context"
	"errors"
	"io"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/job"
)

// tooLarge gives the store's limit in this room's words.
func tooLarge(err error, l Limits) error {
	if errors.Is(err, blob.ErrTooBig) {
		return ErrFileLarge.With("size", Bytes(l.MaxBytes+1), "max", Bytes(l.MaxBytes))
	}
	return err
}

// UploadDraft is a version as its sender fills the form.
type UploadDraft struct {
	DeliverableID string
	UploadID      string // a whole file from KeepFile or FinishUpload
	LinkURL       string // or a cloud link
	Caption       string
	Hashtags      string
	Mentions      string
	Music         string
	Answers       []AnswerItem // what became of the items that were asked for
}

// UploadDraft makes a new version of a deliverable. The brief version that judges
// it is the one in force for the talent now (R4). A shown version that the client
// has not opened is withdrawn, without a round (R1).
// Faults: not-found, draft.approved, draft.closed, the refusals of an upload.
func (s *Service) UploadDraft(ctx context.Context, actor access.Actor, req UploadDraft) (Version, error) {
	var v Version
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		d, err := LoadDeliverable(ctx, tx, req.DeliverableID)
		if err != nil {
			return err
		}
		if err := actor.Require("draft.upload", owner(actor, d)); err != nil {
			return err
		}
		before, err := ListVersions(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		u, err := fileOf(ctx, tx, d, req)
		if err != nil {
			return err
		}
		if v, err = CheckUpload(d, before, u, tx.Now()); err != nil {
			return err
		}
		if v.BriefVersion, v.AgreedBrief, err = briefVersions(ctx, tx, d); err != nil {
			return err
		}
		v.ID, v.UploadedByID, v.UploadedBy, v.Source = tx.NewID(), actor.ID, actor.Name, FromTalent
		if actor.IsStaff() {
			v.Source = FromStaff
		}
		if err := insertVersion(ctx, tx, d.CampaignID, v); err != nil {
			return err
		}
		return s.afterUpload(ctx, tx, actor, d, before, v, req)
	})
	return v, err
}

// fileOf gives the medium of an upload: the whole file that was kept for this
// deliverable, or the link.
func fileOf(ctx context.Context, tx *db.Tx, d Deliverable, req UploadDraft) (Upload, error) {
	u := Upload{LinkURL: req.LinkURL, Caption: req.Caption, Hashtags: req.Hashtags, Mentions: req.Mentions, Music: req.Music}
	if req.UploadID == "" {
		return u, nil
	}
	in, err := loadUpload(ctx, tx, req.UploadID)
	switch {
	case err != nil:
		return u, err
	case in.DeliverableID != d.ID:
		return u, ErrUploadOther
	case !in.Whole():
		return u, ErrUploadOpen
	}
	ok, err := useUpload(ctx, tx, in.ID)
	if err == nil && !ok {
		err = ErrUploadUsed
	}
	u.SHA256, u.Size, u.Type, u.FileName = in.SHA256, in.Size, in.Type, in.FileName
	return u, err
}

// afterUpload replaces what the new version stands for, keeps the talent's ticks
// and tells the house.
func (s *Service) afterUpload(ctx context.Context, tx *db.Tx, actor access.Actor, d Deliverable, before []Version, v Version, req UploadDraft) error {
	for _, old := range before {
		unopened := old.ID == d.WithClientID && Replaces(old)
		if !old.inCheck() && !unopened {
			continue
		}
		old.ReplacedAt = tx.Now()
		if err := saveFate(ctx, tx, old); err != nil {
			return err
		}
		if unopened {
			if err := hand(ctx, tx, d, ""); err != nil {
				return err
			}
		}
	}
	for _, a := range req.Answers {
		a.VersionID = v.ID
		if err := answerItem(ctx, tx, actor, d, a); err != nil {
			return err
		}
	}
	if err := casting.DraftArrived(ctx, tx, d.BookingID, tx.Now()); err != nil {
		return err
	}
	if err := draftFact(ctx, tx, d, before); err != nil {
		return err
	}
	e := entry("draft.upload", "draft", v.ID, d)
	e.After = map[string]any{"version": v.Label(), "sha256": v.SHA256, "link": v.LinkURL, "brief": v.BriefVersion}
	if err := audit.Record(ctx, tx, actor.Who, e); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, DraftUploaded{d.ID, v.ID, d.CampaignID})
}

// ShowDraft shows a version that has both keys to the client; an older one that
// was with the client is replaced. Faults: not-found, check.not-passed, check.not-in-check.
func (s *Service) ShowDraft(ctx context.Context, actor access.Actor, versionID string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		d, v, err := load(ctx, tx, actor, "draft.check.final", versionID)
		if err != nil {
			return err
		}
		return show(ctx, tx, actor, d, v)
	})
}

func show(ctx context.Context, tx *db.Tx, actor access.Actor, d Deliverable, v Version) error {
	checks, err := ListChecks(ctx, tx, v.ID)
	if err != nil {
		return err
	}
	if err := MayShow(v, checks); err != nil {
		return err
	}
	if err := campaign.ClaimsDone(ctx, tx, d.CampaignID, v.ID); err != nil {
		return err
	}
	if !d.Open() {
		return ErrApproved
	}
	if d.WithClientID != "" {
		old, err := LoadVersion(ctx, tx, d.WithClientID)
		if err != nil {
			return err
		}
		old.ReplacedAt = tx.Now()
		if err := saveFate(ctx, tx, old); err != nil {
			return err
		}
	}
	room, err := loadRoom(ctx, tx, d.CampaignID)
	if err != nil {
		return err
	}
	v.ShownAt, v.ShownBy = tx.Now(), actor.Name
	if d.WindowHours > 0 {
		v.ReviewDue = room.Client.AddWorking(tx.Now(), time.Duration(d.WindowHours)*time.Hour)
		if err := job.Enqueue(ctx, tx, WindowEnded{d.ID, v.ID}, job.After(v.ReviewDue), job.Unique(v.ID)); err != nil {
			return err
		}
	}
	if err := saveFate(ctx, tx, v); err != nil {
		return err
	}
	if err := hand(ctx, tx, d, v.ID); err != nil {
		return err
	}
	if err := audit.Record(ctx, tx, actor.Who, withAfter(entry("draft.check.final", "draft", v.ID, d), map[string]any{"shown": v.Major})); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, DraftShown{d.ID, v.ID, d.CampaignID})
}

// ApproveDraft is the client's yes to the version named in the form, and to no
// other. The first of two decisions wins; the second is told. What is approved is
// frozen with its hash. Faults: not-found, draft.newer-version,
// draft.decided-before, round.not-decider.
func (s *Service) ApproveDraft(ctx context.Context, actor access.Actor, versionID string) (Approval, error) {
	var a Approval
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		x, err := loadToDecide(ctx, tx, actor, "draft.approve", versionID)
		if err != nil {
			return err
		}
		if err := mayDecide(ctx, tx, actor, x); err != nil {
			return err
		}
		a = Approve(x.v, actor.ID, actor.Name, ViaLink, tx.Now())
		return land(ctx, tx, actor, "draft.approve", x, a)
	})
	return a, err
}

// mayDecide applies MayDecide to a client's contact. The name of the one who
// decides is looked up only for a refusal: this is the path of every decision.
func mayDecide(ctx context.Context, tx *db.Tx, actor access.Actor, x deciding) error {
	dec := Decision{VersionID: x.v.ID, ContactID: actor.ContactID, DeciderID: x.deciderID}
	if dec.DeciderID != "" && dec.DeciderID != actor.ContactID {
		k, err := client.LoadContact(ctx, tx, dec.DeciderID)
		if err != nil {
			return err
		}
		dec.Decider = k.Name
	}
	return MayDecide(x.d, x.v, dec)
}

// land freezes the version: compare and set first, so that of two decisions in any
// order one lands.
func land(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, x deciding, a Approval) error {
	d, v := x.d, x.v
	if err := campaign.ClaimsDone(ctx, tx, d.CampaignID, v.ID); err != nil {
		return err
	}
	ok, err := freeze(ctx, tx, d, v.ID)
	if err != nil {
		return err
	}
	if !ok {
		return ErrDecided
	}
	if err := insertApproval(ctx, tx, d.CampaignID, a); err != nil {
		return err
	}
	if err := keepFactOf(ctx, tx, d, x.campaign, passed(tx.Now()), "version", v.ID); err != nil {
		return err
	}
	e := entry(verb, "draft", v.ID, d)
	e.After = map[string]any{"approved": v.Major, "hash": a.Hash, "via": a.Via, "by": a.By}
	if err := audit.Record(ctx, tx, actor.Who, e); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, DraftApproved{d.ID, v.ID, d.CampaignID})
}

// RecordDecision is an approval told in a chat, entered by staff for one version
// and one named person (R9).
type RecordDecision struct {
	VersionID string
	ContactID string
	Words     string    // the pasted words; "" when lines of a chat say them
	ToldAt    time.Time // zero: at the last line's time, or now
	Zone      string    // of who told it; "": the client's
	Channel   string    // one of Channels; "": WhatsApp
	Lines     []string  // ids of lines of an imported chat, as evidence
}

// RecordDecision keeps an approval that the client's decision-maker gave in a chat.
// It is stored as told in a chat and entered by staff, and the client may object
// within 48 working hours. Faults: draft.advice-only for a person who does not
// decide, draft.words-missing, and those of ApproveDraft.
func (s *Service) RecordDecision(ctx context.Context, actor access.Actor, req RecordDecision) (Approval, error) {
	var a Approval
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		x, err := loadToDecide(ctx, tx, actor, "draft.record", req.VersionID)
		if err != nil {
			return err
		}
		d, v := x.d, x.v
		room, err := loadRoom(ctx, tx, d.CampaignID)
		if err != nil {
			return err
		}
		k, err := client.LoadContact(ctx, tx, req.ContactID)
		switch {
		case req.Words == "" && len(req.Lines) == 0:
			return ErrWords
		case err != nil:
			return err
		case k.ClientID != d.ClientID || room.DeciderID != "" && room.DeciderID != k.ID:
			return ErrNotAllowed
		}
		if err := MayDecide(d, v, Decision{VersionID: v.ID, ContactID: k.ID, DeciderID: room.DeciderID, Decider: room.Decider}); err != nil {
			return err
		}
		told, err := tell(ctx, tx, d, v, &req, room.Zone)
		if err != nil {
			return err
		}
		a = Approve(v, k.ID, k.Name, ViaWhatsApp, tx.Now())
		a.EnteredBy, a.Words = actor.Name, req.Words
		a.ObjectBy = room.Client.AddWorking(tx.Now(), 48*time.Hour)
		if err := insertTold(ctx, tx, told); err != nil {
			return err
		}
		return land(ctx, tx, actor, "draft.record", x, a)
	})
	return a, err
}

// ObjectToDecision lets the client object to a decision that was told in a chat or
// taken from silence. The history stays; the account executive has an issue.
func (s *Service) ObjectToDecision(ctx context.Context, actor access.Actor, deliverableID, text string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		d, err := LoadDeliverable(ctx, tx, deliverableID)
		if err != nil {
			return err
		}
		if err := actor.Require("draft.approve", owner(actor, d)); err != nil {
			return err
		}
		a, err := LoadApproval(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		if a, err = a.Object(text, tx.Now()); err != nil {
			return err
		}
		if err := saveObjection(ctx, tx, a); err != nil {
			return err
		}
		e := entry("draft.approve", "draft", a.VersionID, d)
		e.Reason = text
		if err := audit.Record(ctx, tx, actor.Who, e); err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, DecisionObjected{d.ID, a.VersionID, d.CampaignID})
	})
}

// MarkOpened keeps that the client played a shown version. Opening a page is not
// enough: previews and scanners open pages.
func (s *Service) MarkOpened(ctx context.Context, actor access.Actor, versionID string) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		d, v, err := load(ctx, tx, actor, "draft.watch", versionID)
		if err != nil || !v.OpenedAt.IsZero() {
			return err
		}
		if _, err := markOpened(ctx, tx, v.ID, tx.Now()); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, withAfter(entry("draft.watch", "draft", v.ID, d), map[string]any{"opened": v.Major}))
	})
}

// OpenPlay gives what a page shows of a version: for "play" the copy for phones, or what
// was sent where there is none; for "poster" an early frame. Who may is as for OpenFile.
// Fault: not-found, also without a poster.
func (s *Service) OpenPlay(ctx context.Context, actor access.Actor, versionID, part string) (p Played, f io.ReadSeekCloser, err error) {
	var made Film
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if _, p.Version, err = load(ctx, tx, actor, seeVerb(actor), versionID); err != nil {
			return err
		}
		made, err = loadFilm(ctx, tx, p.Version.SHA256)
		return err
	})
	p.SHA256, p.Type = p.Version.SHA256, p.Version.Type
	switch {
	case err != nil:
		return p, nil, err
	case part == "poster":
		p.SHA256, p.Type = made.PosterSHA256, "image/jpeg"
	case made.Copied():
		p.SHA256, p.Type = made.CopySHA256, "video/mp4"
	}
	if p.SHA256 == "" {
		return p, nil, db.ErrNotFound
	}
	f, err = s.blobs.Open(ctx, p.SHA256)
	return p, f, err
}

// Played is the content that a page shows for a version.
type Played struct {
	Version      Version
	SHA256, Type string // of what is shown
}

// seeVerb is the right to look at a version, by who asks.
func seeVerb(actor access.Actor) access.Verb {
	switch {
	case actor.IsClient():
		return "draft.watch"
	case actor.IsTalent():
		return "draft.own"
	}
	return "draft.see"
}

// OpenFile gives the bytes of a version to staff, to the client once it was shown,
// and to its talent. Faults: not-found otherwise, and for a version without a file; for a
// client's copy of an approved one those of TakeFinal.
func (s *Service) OpenFile(ctx context.Context, actor access.Actor, versionID string) (Version, io.ReadSeekCloser, error) {
	var v Version
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) {
		if _, v, err = load(ctx, tx, actor, seeVerb(actor), versionID); err != nil {
			return err
		}
		return s.mayKeep(ctx, tx, actor, v)
	})
	if err != nil {
		return v, nil, err
	}
	if v.SHA256 == "" {
		return v, nil, db.ErrNotFound
	}
	f, err := s.blobs.Open(ctx, v.SHA256)
	return v, f, err
}
