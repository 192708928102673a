package campaign

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
)

// BriefFile is a campaign's brief as the agency sees it: all versions, who
// acknowledged, what talents asked, and what the newest version changes.
type BriefFile struct {
	Campaign  Campaign
	Versions  []Brief // the oldest first
	Acks      map[string]Acks
	Inquiries []Inquiry
	Documents []Document // what the client sent, the newest first
	Diff      Diff       // of the newest version against the agreed one
	Effects   []Effect   // of the newest version on talents who acknowledged an older one
}

// Newest is the version with the highest number.
func (f BriefFile) Newest() Brief {
	if len(f.Versions) == 0 {
		return Brief{}
	}
	return f.Versions[len(f.Versions)-1]
}

// Brief gives the agency's view of a campaign's brief.
func (s *Service) Brief(ctx context.Context, actor access.Actor, campaignID string) (f BriefFile, err error) {
	if !actor.IsStaff() {
		return f, db.ErrNotFound
	}
	if err := actor.Require("brief.see", access.Owner{CampaignID: campaignID}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { f, err = loadBriefFile(ctx, tx, campaignID); return err })
	return f, err
}

func loadBriefFile(ctx context.Context, tx *db.Tx, campaignID string) (f BriefFile, err error) {
	if f.Campaign, err = LoadCampaign(ctx, tx, campaignID); err != nil {
		return f, err
	}
	if f.Versions, err = ListBriefs(ctx, tx, campaignID); err != nil {
		return f, err
	}
	if f.Acks, err = ListAcks(ctx, tx, campaignID); err != nil {
		return f, err
	}
	if f.Inquiries, err = ListInquiries(ctx, tx, campaignID, ""); err != nil {
		return f, err
	}
	if f.Documents, err = ListDocuments(ctx, tx, campaignID); err != nil {
		return f, err
	}
	if agreed, ok := Agreed(f.Versions); ok {
		f.Diff = Compare(agreed, f.Newest())
		f.Effects = EffectsOf(f.Newest(), f.Versions, f.Acks)
	}
	return f, nil
}

// EditBrief is the draft's whole content, or the part of it named by a method.
type EditBrief struct {
	CampaignID string
	Rev        int64 // of the draft that was on the screen; 0: whatever there is
	Points     []Point
	Questions  []Question
	Lang       string // empty: unchanged
	Reason     string // empty: unchanged
}

// EditBrief replaces the draft's points and questions. Faults: brief.sealed,
// conflict.changed, those of Tidy.
func (s *Service) EditBrief(ctx context.Context, actor access.Actor, e EditBrief) (Brief, error) {
	return s.editDraft(ctx, actor, e.CampaignID, e.Rev, func(b Brief, newID func() string) (Brief, error) {
		if e.Lang != "" {
			if e.Lang != "id" && e.Lang != "en" {
				return b, fault.Field("lang", "client.lang")
			}
			b.Lang = e.Lang
		}
		if r := strings.TrimSpace(e.Reason); r != "" {
			b.Reason = r
		}
		var err error
		if b.Questions, err = tidyQuestions(b, e.Questions, newID); err != nil {
			return b, err
		}
		return b.Edited(e.Points, newID)
	})
}

// AddPoints puts points at the end of the draft, for a typed one and for pasted ones alike.
func (s *Service) AddPoints(ctx context.Context, actor access.Actor, campaignID string, points []Point) (Brief, error) {
	if len(points) == 0 {
		return Brief{}, ErrBriefEmpty
	}
	return s.editDraft(ctx, actor, campaignID, 0, func(b Brief, newID func() string) (Brief, error) {
		return b.Edited(append(append([]Point{}, b.Points...), points...), newID)
	})
}

// EditPoint changes one point of the draft, found by its id. Fault: brief.point-gone.
func (s *Service) EditPoint(ctx context.Context, actor access.Actor, campaignID string, p Point) (Brief, error) {
	return s.editDraft(ctx, actor, campaignID, 0, func(b Brief, newID func() string) (Brief, error) {
		if _, ok := byID(b.Points)[p.ID]; !ok {
			return b, ErrPointGone
		}
		points := append([]Point{}, b.Points...)
		for i := range points {
			if points[i].ID == p.ID {
				points[i] = p
			}
		}
		return b.Edited(points, newID)
	})
}

// MovePoint moves one point of the draft up (negative) or down.
func (s *Service) MovePoint(ctx context.Context, actor access.Actor, campaignID, pointID string, by int) (Brief, error) {
	return s.editDraft(ctx, actor, campaignID, 0, func(b Brief, newID func() string) (Brief, error) {
		points, err := Moved(b.Points, pointID, by)
		if err != nil {
			return b, err
		}
		return b.Edited(points, newID)
	})
}

// OrderPoints puts the draft's points in the order of ids; points that are not
// named follow in their old order.
func (s *Service) OrderPoints(ctx context.Context, actor access.Actor, campaignID string, ids []string) (Brief, error) {
	return s.editDraft(ctx, actor, campaignID, 0, func(b Brief, newID func() string) (Brief, error) {
		return b.Edited(Ordered(b.Points, ids), newID)
	})
}

// DropPoint takes one point out of the draft.
func (s *Service) DropPoint(ctx context.Context, actor access.Actor, campaignID, pointID string) (Brief, error) {
	return s.editDraft(ctx, actor, campaignID, 0, func(b Brief, newID func() string) (Brief, error) {
		points, err := Without(b.Points, pointID)
		if err != nil {
			return b, err
		}
		return b.Edited(points, newID)
	})
}

// AddQuestion puts an eligibility question at the end of the draft.
func (s *Service) AddQuestion(ctx context.Context, actor access.Actor, campaignID string, q Question) (Brief, error) {
	return s.editDraft(ctx, actor, campaignID, 0, func(b Brief, newID func() string) (Brief, error) {
		q.ID = ""
		var err error
		b.Questions, err = tidyQuestions(b, append(append([]Question{}, b.Questions...), q), newID)
		return b, err
	})
}

// DropQuestion takes an eligibility question out of the draft.
func (s *Service) DropQuestion(ctx context.Context, actor access.Actor, campaignID, questionID string) (Brief, error) {
	return s.editDraft(ctx, actor, campaignID, 0, func(b Brief, _ func() string) (Brief, error) {
		kept := make([]Question, 0, len(b.Questions))
		for _, q := range b.Questions {
			if q.ID != questionID {
				kept = append(kept, q)
			}
		}
		if len(kept) == len(b.Questions) {
			return b, ErrPointGone
		}
		b.Questions = kept
		return b, nil
	})
}

func tidyQuestions(b Brief, list []Question, newID func() string) ([]Question, error) {
	known := map[string]bool{}
	for _, q := range b.Questions {
		known[q.ID] = true
	}
	out := make([]Question, 0, len(list))
	for _, q := range list {
		if q.Text = strings.TrimSpace(q.Text); q.Text == "" || len([]rune(q.Text)) > 400 {
			return nil, fault.Field("question", "brief.question-text")
		}
		if !known[q.ID] {
			q.ID = newID()
		}
		q.Langs = tidyLangs(q.Langs, b.Lang)
		out = append(out, q)
	}
	return out, nil
}

// editDraft is one change to the draft of a campaign's brief.
func (s *Service) editDraft(ctx context.Context, actor access.Actor, campaignID string, rev int64,
	change func(b Brief, newID func() string) (Brief, error)) (b Brief, err error) {
	if err := actor.Require("brief.edit", access.Owner{CampaignID: campaignID}); err != nil {
		return b, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c, versions, err := loadForBrief(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		before := versions[len(versions)-1]
		if !before.Draft() {
			return ErrBriefSealed
		}
		if rev != 0 && rev != before.Rev {
			return db.ErrChanged
		}
		if b, err = change(before, tx.NewID); err != nil {
			return err
		}
		if err := saveBrief(ctx, tx, b); err != nil {
			return err
		}
		b.Rev++
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "brief.edit", Subject: "brief", ID: briefID(b), Campaign: c.ID, Client: c.ClientID,
			Before: outline(before), After: outline(b)})
	})
	return b, err
}

// outline is what the trail keeps of a draft: its demands in order.
func outline(b Brief) []string {
	out := make([]string, len(b.Points))
	for i, p := range b.Points {
		out[i] = string(p.Kind) + ": " + p.Text
	}
	return out
}

func loadForBrief(ctx context.Context, tx *db.Tx, campaignID string) (Campaign, []Brief, error) {
	c, err := LoadCampaign(ctx, tx, campaignID)
	if err != nil {
		return c, nil, err
	}
	if err := c.mayChange(); err != nil {
		return c, nil, err
	}
	versions, err := ListBriefs(ctx, tx, campaignID)
	if err == nil && len(versions) == 0 {
		err = db.ErrNotFound
	}
	return c, versions, err
}

// ReviseBrief opens a new version with the points of the last. After the freeze
// it says why (A26). Faults: brief.draft-open, brief.reason.
func (s *Service) ReviseBrief(ctx context.Context, actor access.Actor, campaignID, reason string) (b Brief, err error) {
	if err := actor.Require("brief.edit", access.Owner{CampaignID: campaignID}); err != nil {
		return b, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c, versions, err := loadForBrief(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		if b, err = versions[len(versions)-1].Next(reason, actor.Name, Frozen(versions), tx.Now()); err != nil {
			return err
		}
		if err := insertBrief(ctx, tx, b); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "brief.edit", Subject: "brief", ID: briefID(b), Campaign: c.ID, Client: c.ClientID, Reason: b.Reason})
	})
	return b, err
}

// ShareBrief seals the draft and puts it before the client. A later version must
// differ from the agreed one. Faults: brief.sealed, brief.empty,
// brief.contradiction unless confirmed, brief.unchanged, brief.reason.
func (s *Service) ShareBrief(ctx context.Context, actor access.Actor, campaignID string, clashConfirmed bool) (b Brief, err error) {
	if err := actor.Require("brief.share", access.Owner{CampaignID: campaignID}); err != nil {
		return b, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		c, versions, err := loadForBrief(ctx, tx, campaignID)
		if err != nil {
			return err
		}
		draft := versions[len(versions)-1]
		if agreed, ok := Agreed(versions); ok && draft.Draft() && Compare(agreed, draft).Empty() && sameQuestions(agreed, draft) {
			return ErrBriefUnchanged
		}
		if Frozen(versions) && draft.Reason == "" {
			return ErrBriefReason.At("reason")
		}
		if b, err = draft.Share(actor.Name, clashConfirmed, tx.Now()); err != nil {
			return err
		}
		if err := saveBrief(ctx, tx, b); err != nil {
			return err
		}
		b.Rev++
		if err := job.Enqueue(ctx, tx, BriefShared{CampaignID: c.ID, Version: b.Version}, job.Unique(briefID(b))); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "brief.share", Subject: "brief", ID: briefID(b), Campaign: c.ID, Client: c.ClientID})
	})
	return b, err
}

func sameQuestions(a, b Brief) bool {
	if len(a.Questions) != len(b.Questions) {
		return false
	}
	for i, q := range a.Questions {
		if q.Hash(a.Lang, a.Lang) != b.Questions[i].Hash(b.Lang, b.Lang) {
			return false
		}
	}
	return true
}
