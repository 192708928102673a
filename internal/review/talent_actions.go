package review

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// TalentVersion is an upload as its talent sees it.
type TalentVersion struct {
	ID, Label, Type, FileName, LinkURL, Caption, Music string

	Size                                        int64
	File                                        bool
	Hashtags, Mentions                          []string
	UploadedAt                                  time.Time
	Shown, Returned, Replaced, Approved, Newest bool
}

// TalentItem is one thing to change, in the words meant for the talent.
type TalentItem struct {
	ID, Text, Drawing, VersionID string

	AtMS, UntilMS int64
	Point         Point // the reason: what the brief says; zero for a wish
	Class         Class
	Paid          bool // extra work with its own fee
	Outcome       Outcome
	Reason        string
	SentOnAt      time.Time
}

// TalentChange is extra work offered to the talent, without the client's price.
type TalentChange struct {
	ID string

	Fee               money.Amount
	DraftDue, PostDue worktime.Deadline
	Wishes            []string
}

// TalentDraft is the page of one deliverable on a talent's link.
type TalentDraft struct {
	DeliverableID, Campaign, Platform, Format string

	Number            int64
	DraftDue, PostDue worktime.Deadline
	Limits            Limits
	Step              Step
	Since             time.Time
	Open              bool            // a draft may be sent
	Versions          []TalentVersion // newest first
	ToDo              []TalentItem    // of the newest list, not yet part of a newer version
	Done              []TalentItem    // of earlier lists
	Change            *TalentChange
	Unfinished        []Incoming
	Used, Limit       int64
	ApprovedAt        time.Time
	Hold              bool // approved by words that the client has not confirmed yet: not to be posted (R9)
}

// TalentDrafts lists a talent's deliverables in one campaign.
func (s *Service) TalentDrafts(ctx context.Context, actor access.Actor) (out []TalentDraft, err error) {
	if err := actor.Require("draft.own", access.Owner{CampaignID: actor.CampaignID, TalentID: actor.TalentID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := ListStandings(ctx, tx, actor.CampaignID)
		if err != nil {
			return err
		}
		for _, st := range list {
			if st.Deliverable.TalentID == actor.TalentID {
				out = append(out, talentDraft(st, ""))
			}
		}
		return nil
	})
	return out, err
}

func talentDraft(st Standing, campaign string) TalentDraft {
	d := st.Deliverable
	return TalentDraft{DeliverableID: d.ID, Campaign: campaign, Platform: d.Platform, Format: d.Format, Number: d.Number, DraftDue: d.DraftDue, PostDue: d.PostDue,
		Limits: LimitsFor(d.Platform, d.Format), Step: st.Step, Since: st.Since, Open: d.Open(), Used: st.Used, Limit: d.Limit, ApprovedAt: st.ApprovedAt}
}

// TalentDraft gives the page of a deliverable to its talent. Fault: not-found.
func (s *Service) TalentDraft(ctx context.Context, actor access.Actor, deliverableID string) (t TalentDraft, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		st, err := LoadStanding(ctx, tx, deliverableID)
		if err != nil {
			return err
		}
		d := st.Deliverable
		if err := actor.Require("draft.own", owner(actor, d)); err != nil {
			return err
		}
		room, err := loadRoom(ctx, tx, d.CampaignID)
		if err != nil {
			return err
		}
		t = talentDraft(st, room.Name)
		confirmed, _, err := confirmationOf(ctx, tx, d)
		if err != nil {
			return err
		}
		t.Hold = d.ApprovedID != "" && !confirmed.MayPost()
		versions, err := ListVersions(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		for n, v := range versions {
			t.Versions = append(t.Versions, TalentVersion{ID: v.ID, Label: v.Label(), Type: v.Type, FileName: v.FileName, LinkURL: v.LinkURL, Size: v.Size, File: v.SHA256 != "",
				Caption: v.Caption, Music: v.Music, Hashtags: v.Hashtags, Mentions: v.Mentions, UploadedAt: v.UploadedAt, Newest: n == 0,
				Shown: !v.ShownAt.IsZero(), Returned: !v.ReturnedAt.IsZero(), Replaced: !v.ReplacedAt.IsZero(), Approved: v.ID == d.ApprovedID})
		}
		if err := t.fillItems(ctx, tx, actor, st, versions); err != nil {
			return err
		}
		t.fillChange(st)
		all, err := listUnfinished(ctx, tx, d.ID)
		for _, in := range all {
			if in.ByKind == "talent" {
				t.Unfinished = append(t.Unfinished, in)
			}
		}
		return err
	})
	return t, err
}

// fillItems gives only what was sent on to the talent: items that came after the
// newest upload are to do, earlier ones are history.
func (t *TalentDraft) fillItems(ctx context.Context, tx *db.Tx, actor access.Actor, st Standing, versions []Version) error {
	d := st.Deliverable
	items, err := ListItems(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	points := map[string][]Point{}
	var newest time.Time
	for n, v := range versions {
		if n == 0 {
			newest = v.UploadedAt
		}
		if points[v.ID], err = pointsFor(ctx, tx, d, v, v.BriefVersion, actor.Lang); err != nil {
			return err
		}
	}
	for _, i := range items {
		if i.SentOnAt.IsZero() {
			if i.ChangeID != "" && i.ChangeID == st.Change.ID {
				t.change().Wishes = append(t.change().Wishes, i.Wording())
			}
			continue
		}
		p, _ := find(points[i.VersionID], i.PointID)
		ti := TalentItem{ID: i.ID, Text: i.Wording(), Drawing: i.Drawing, VersionID: i.VersionID, AtMS: i.AtMS, UntilMS: i.UntilMS, Point: p, Class: i.Class,
			Paid: i.ChangeID != "", Outcome: i.Outcome, Reason: i.OutcomeReason, SentOnAt: i.SentOnAt}
		if i.SentOnAt.After(newest) {
			t.ToDo = append(t.ToDo, ti)
		} else {
			t.Done = append(t.Done, ti)
		}
	}
	return nil
}

func (t *TalentDraft) change() *TalentChange {
	if t.Change == nil {
		t.Change = &TalentChange{}
	}
	return t.Change
}

// fillChange shows extra work only while it waits for the talent's word.
func (t *TalentDraft) fillChange(st Standing) {
	c := st.Change
	if c.ID == "" || c.Client != AnswerYes {
		t.Change = nil
		return
	}
	x := t.change()
	x.ID, x.Fee, x.DraftDue, x.PostDue = c.ID, c.Fee, c.DraftDue, c.PostDue
}
