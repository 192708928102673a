package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

// Due is a deadline on the wire: the instant, and the zone of who owes it.
type Due struct {
	At   *time.Time `json:"at"`
	Zone string     `json:"zone,omitempty"`
}

func due(d worktime.Deadline) Due { return Due{instant(d.At), d.Zone} }

// DeliverableOut is a deliverable and whose move it is.
type DeliverableOut struct {
	ID         string     `json:"id"`
	BookingID  string     `json:"booking_id"`
	CampaignID string     `json:"campaign_id"`
	TalentID   string     `json:"talent_id"`
	Talent     string     `json:"talent,omitempty"`
	Number     int64      `json:"number"`
	Platform   string     `json:"platform"`
	Format     string     `json:"format"`
	DraftDue   Due        `json:"draft_due"`
	PostDue    Due        `json:"post_due"`
	Step       string     `json:"step"`
	Party      string     `json:"party" enum:"talent,specialist,ae,client," doc:"whose move it is; empty when nobody's"`
	Since      *time.Time `json:"since"`
	Used       int64      `json:"used" doc:"counted rounds"`
	Limit      int64      `json:"limit"`
	WithClient string     `json:"with_client,omitempty" doc:"the draft the client may decide on"`
	Approved   string     `json:"approved,omitempty" doc:"the approved draft"`
	Draft      *draftOut  `json:"draft,omitempty" doc:"the newest"`
}

type draftOut struct {
	ID         string     `json:"id"`
	Version    string     `json:"version" example:"2.1"`
	SHA256     string     `json:"sha256,omitempty"`
	Size       int64      `json:"size,omitempty"`
	Type       string     `json:"type,omitempty"`
	FileName   string     `json:"file_name,omitempty"`
	Link       string     `json:"link,omitempty"`
	Caption    string     `json:"caption"`
	Hashtags   []string   `json:"hashtags"`
	Mentions   []string   `json:"mentions"`
	Music      string     `json:"music,omitempty"`
	Brief      int64      `json:"brief_version"`
	UploadedAt *time.Time `json:"uploaded_at"`
	UploadedBy string     `json:"uploaded_by"`
	ReturnedAt *time.Time `json:"returned_at,omitempty"`
	ShownAt    *time.Time `json:"shown_at,omitempty"`
	OpenedAt   *time.Time `json:"opened_at,omitempty"`
	ReplacedAt *time.Time `json:"replaced_at,omitempty"`
	ReviewDue  *time.Time `json:"review_due,omitempty"`
}

func draftWire(v review.Version) draftOut {
	return draftOut{ID: v.ID, Version: v.Label(), SHA256: v.SHA256, Size: v.Size, Type: v.Type, FileName: v.FileName, Link: v.LinkURL, Caption: v.Caption,
		Hashtags: texts(v.Hashtags), Mentions: texts(v.Mentions), Music: v.Music, Brief: v.BriefVersion, UploadedAt: instant(v.UploadedAt), UploadedBy: v.UploadedBy,
		ReturnedAt: instant(v.ReturnedAt), ShownAt: instant(v.ShownAt), OpenedAt: instant(v.OpenedAt), ReplacedAt: instant(v.ReplacedAt), ReviewDue: instant(v.ReviewDue)}
}

// texts is an empty list instead of none.
func texts(in []string) []string { return append([]string{}, in...) }

func deliverableWire(s review.Standing, talent string) DeliverableOut {
	d := s.Deliverable
	out := DeliverableOut{ID: d.ID, BookingID: d.BookingID, CampaignID: d.CampaignID, TalentID: d.TalentID, Talent: talent, Number: d.Number, Platform: d.Platform, Format: d.Format,
		DraftDue: due(d.DraftDue), PostDue: due(d.PostDue), Step: string(s.Step), Party: string(s.Party), Since: instant(s.Since), Used: s.Used, Limit: d.Limit,
		WithClient: d.WithClientID, Approved: d.ApprovedID}
	if s.Latest.ID != "" {
		v := draftWire(s.Latest)
		out.Draft = &v
	}
	return out
}

type inCampaign struct {
	Campaign string `query:"campaign" required:"true"`
}

type deliverableRoom struct {
	DeliverableOut
	Drafts   []draftOut   `json:"drafts"`
	Checks   []checkOut   `json:"checks" doc:"of the newest draft"`
	Remarks  []remarkOut  `json:"remarks" doc:"of the agency's people about the newest draft"`
	Rounds   []roundOut   `json:"rounds"`
	Changes  []changeOut  `json:"change_requests"`
	Approval *approvalOut `json:"approval,omitempty"`
}

type draftIn struct {
	ID
	Body struct {
		Upload   string     `json:"upload,omitempty" doc:"id of a finished upload"`
		Link     string     `json:"link,omitempty" doc:"cloud link instead of an upload"`
		Caption  string     `json:"caption,omitempty"`
		Hashtags string     `json:"hashtags,omitempty" example:"#wardah #cantik"`
		Mentions string     `json:"mentions,omitempty"`
		Music    string     `json:"music,omitempty"`
		Answers  []answerIn `json:"answers,omitempty" doc:"what became of the items asked for"`
	}
}

type answerIn struct {
	Item    string `json:"item"`
	Outcome string `json:"outcome" enum:"done,not_done,still_open"`
	Cause   string `json:"cause,omitempty" enum:"not_understood,not_done,done_wrong,"`
	Reason  string `json:"reason,omitempty"`
}

func (a answerIn) answer() review.AnswerItem {
	return review.AnswerItem{ItemID: a.Item, Outcome: review.Outcome(a.Outcome), Cause: a.Cause, Reason: a.Reason}
}

func registerDeliverables(a *API) {
	op(a, http.MethodGet, "/deliverables", "draft.see", "Deliverables of a campaign and whose move each is", func(ctx context.Context, actor access.Actor, in *inCampaign) (Page[DeliverableOut], error) {
		q, err := a.Review.Drafts(ctx, actor, in.Campaign)
		return Page[DeliverableOut]{Items: list(q.Lines, func(l review.QueueLine) DeliverableOut { return deliverableWire(l.Standing, l.Talent) })}, err
	})
	op(a, http.MethodGet, "/deliverables/{id}", "draft.see", "A deliverable with its drafts, checks, rounds and change requests", func(ctx context.Context, actor access.Actor, in *ID) (deliverableRoom, error) {
		r, err := a.Review.DraftRoom(ctx, actor, in.ID, "")
		return roomWire(r), err
	})
	op(a, http.MethodPost, "/deliverables/{id}/drafts", "draft.upload", "A new version from a finished upload or a cloud link", func(ctx context.Context, actor access.Actor, in *draftIn) (draftOut, error) {
		b := in.Body
		req := review.UploadDraft{DeliverableID: in.ID.ID, UploadID: b.Upload, LinkURL: b.Link, Caption: b.Caption, Hashtags: b.Hashtags, Mentions: b.Mentions, Music: b.Music}
		for _, x := range b.Answers {
			req.Answers = append(req.Answers, x.answer())
		}
		v, err := a.Review.UploadDraft(ctx, actor, req)
		return draftWire(v), err
	})
	registerChecks(a)
	registerRounds(a)
	registerRemarks(a)
	registerFinals(a)
	registerChanges(a)
	registerOutsideDrafts(a)
	registerFiles(a)
}

func roomWire(r review.Room) deliverableRoom {
	out := deliverableRoom{DeliverableOut: deliverableWire(r.Standing, r.Talent), Drafts: list(r.Versions, draftWire), Checks: list(r.Checks, checkWire), Remarks: list(r.Remarks, remarkWire), Changes: list(r.Changes, changeWire)}
	out.Rounds = list(r.Rounds, func(x review.Round) roundOut { return roundWire(x, review.ItemsOf(r.Items, x.ID)) })
	if r.Approval != nil {
		a := approvalWire(*r.Approval)
		out.Approval = &a
	}
	return out
}
