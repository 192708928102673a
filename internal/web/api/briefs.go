package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
)

// PointDoc is one point of a brief as given by a program.
type PointDoc struct {
	Kind       string            `json:"kind" enum:"must,must_not,should,fact,advice"`
	Text       string            `json:"text"`
	Langs      map[string]string `json:"langs,omitempty" doc:"translations by language"`
	CheckedIn  []string          `json:"checked_in,omitempty" doc:"script, visual, caption, link, posting"`
	Source     string            `json:"source,omitempty" doc:"client_file, meeting, chat or agency"`
	SourceNote string            `json:"source_note,omitempty" doc:"internal"`
}

func (in PointDoc) point(id string) campaign.Point {
	return campaign.Point{ID: id, Kind: campaign.PointKind(in.Kind), Text: in.Text, Langs: in.Langs, CheckedIn: in.CheckedIn, Source: in.Source, SourceNote: in.SourceNote}
}

type pointOut struct {
	ID     string `json:"id"`
	Number int64  `json:"number"`
	PointDoc
}

func pointWire(p campaign.Point) pointOut {
	return pointOut{p.ID, p.Number, PointDoc{string(p.Kind), p.Text, p.Langs, p.CheckedIn, p.Source, p.SourceNote}}
}

type briefOut struct {
	CampaignID string        `json:"campaign_id"`
	Version    int64         `json:"version"`
	Lang       string        `json:"lang"`
	Points     []pointOut    `json:"points"`
	Questions  []questionOut `json:"questions"`
	Reason     string        `json:"reason,omitempty"`
	SharedAt   *time.Time    `json:"shared_at"`
	AcceptedAt *time.Time    `json:"accepted_at"`
	AcceptedBy string        `json:"accepted_by,omitempty"`
	FrozenAt   *time.Time    `json:"frozen_at"`
}

type questionOut struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Wants bool   `json:"wants"`
}

func briefWire(b campaign.Brief) briefOut {
	return briefOut{b.CampaignID, b.Version, b.Lang, list(b.Points, pointWire), list(b.Questions, func(q campaign.Question) questionOut { return questionOut{q.ID, q.Text, q.Wants} }),
		b.Reason, instant(b.SharedAt), instant(b.AcceptedAt), b.AcceptedBy, instant(b.FrozenAt)}
}

type briefRoom struct {
	Versions []briefOut  `json:"versions" doc:"the oldest first"`
	Effects  []effectOut `json:"effects" doc:"what the newest version asks anew of talents"`
}

type effectOut struct {
	TalentID string  `json:"talent_id"`
	Points   []int64 `json:"points"`
	InForce  int64   `json:"in_force" doc:"the version that holds until then"`
}

type addPointsIn struct {
	Body struct {
		CampaignID string     `json:"campaign_id"`
		Points     []PointDoc `json:"points"`
	}
}

// PointPath names a point of a campaign's draft.
type PointPath struct {
	CampaignID string `query:"campaign_id" required:"true"`
	ID         string `path:"id"`
}

type editPointIn struct {
	PointPath
	Body PointDoc
}

type movePointIn struct {
	PointPath
	Body struct {
		By int `json:"by" doc:"places up (negative) or down"`
	}
}

type suggestIn struct {
	Body struct {
		Text string `json:"text"`
	}
}

type suggestionOut struct {
	Kind      string   `json:"kind"`
	Text      string   `json:"text"`
	CheckedIn []string `json:"checked_in"`
	Guessed   bool     `json:"guessed" doc:"no word says the kind"`
}

type questionsIn struct {
	ID
	Body struct {
		Text  string            `json:"text"`
		Langs map[string]string `json:"langs,omitempty"`
		Wants bool              `json:"wants" doc:"the answer that fits"`
	}
}

type reasonIn struct {
	ID
	Body struct {
		Reason string `json:"reason,omitempty" doc:"needed once a talent has committed"`
	}
}

type shareBriefIn struct {
	ID
	Body struct {
		ClashConfirmed bool `json:"clash_confirmed,omitempty" doc:"two points that seem to contradict are both right"`
	}
}

type inquiryOut struct {
	ID         string     `json:"id"`
	TalentID   string     `json:"talent_id"`
	PointID    string     `json:"point_id"`
	Text       string     `json:"text"`
	AskedAt    *time.Time `json:"asked_at"`
	Answer     string     `json:"answer,omitempty"`
	AnsweredBy string     `json:"answered_by,omitempty"`
}

func inquiryWire(i campaign.Inquiry) inquiryOut {
	return inquiryOut{i.ID, i.TalentID, i.PointID, i.Text, instant(i.AskedAt), i.Answer, i.AnsweredBy}
}

type replyIn struct {
	ID
	Body struct {
		Answer string `json:"answer"`
	}
}

// brief is how every act on a draft answers.
func brief(b campaign.Brief, err error) (briefOut, error) { return briefWire(b), err }

func registerBriefs(a *API) {
	op(a, http.MethodGet, "/campaigns/{id}/briefs", "brief.see", "All versions of a campaign's brief", a.showBriefs)
	op(a, http.MethodPost, "/campaigns/{id}/briefs", "brief.edit", "Open a new version with the points of the last", func(ctx context.Context, actor access.Actor, in *reasonIn) (briefOut, error) {
		return brief(a.Campaign.ReviseBrief(ctx, actor, in.ID.ID, in.Body.Reason))
	})
	op(a, http.MethodPost, "/campaigns/{id}/briefs/share", "brief.share", "Seal the draft and put it before the client", func(ctx context.Context, actor access.Actor, in *shareBriefIn) (briefOut, error) {
		return brief(a.Campaign.ShareBrief(ctx, actor, in.ID.ID, in.Body.ClashConfirmed))
	})
	op(a, http.MethodPost, "/campaigns/{id}/brief-questions", "brief.edit", "Put an eligibility question into the draft", func(ctx context.Context, actor access.Actor, in *questionsIn) (briefOut, error) {
		return brief(a.Campaign.AddQuestion(ctx, actor, in.ID.ID, campaign.Question{Text: in.Body.Text, Langs: in.Body.Langs, Wants: in.Body.Wants}))
	})
	op(a, http.MethodGet, "/campaigns/{id}/brief-inquiries", "brief.edit", "What talents asked about points", func(ctx context.Context, actor access.Actor, in *ID) (Page[inquiryOut], error) {
		f, err := a.Campaign.Brief(ctx, actor, in.ID)
		return Page[inquiryOut]{Items: list(f.Inquiries, inquiryWire)}, err
	})
	op(a, http.MethodPost, "/brief-inquiries/{id}/answers", "brief.edit", "Answer a talent's question", func(ctx context.Context, actor access.Actor, in *replyIn) (inquiryOut, error) {
		i, err := a.Campaign.AnswerInquiry(ctx, actor, in.ID.ID, in.Body.Answer)
		return inquiryWire(i), err
	})
	op(a, http.MethodGet, "/campaigns/{id}/brief-effect", "brief.see", "What the newest version would change for drafts, dates and fees", a.briefEffect)
	registerPoints(a)
	registerDocuments(a)
	registerChats(a)
	registerClaims(a)
	registerShoots(a)
	registerBriefsOutside(a)
}

func (a *API) showBriefs(ctx context.Context, actor access.Actor, in *ID) (briefRoom, error) {
	f, err := a.Campaign.Brief(ctx, actor, in.ID)
	return briefRoom{list(f.Versions, briefWire), list(f.Effects, func(e campaign.Effect) effectOut { return effectOut{e.TalentID, e.Points, e.Version} })}, err
}

func registerPoints(a *API) {
	op(a, http.MethodPost, "/brief-points", "brief.edit", "Put points at the end of the draft", func(ctx context.Context, actor access.Actor, in *addPointsIn) (briefOut, error) {
		return brief(a.Campaign.AddPoints(ctx, actor, in.Body.CampaignID, list(in.Body.Points, func(p PointDoc) campaign.Point { return p.point("") })))
	})
	op(a, http.MethodPost, "/brief-points/suggest", "brief.edit", "Cut a pasted text into points; nothing is kept", func(_ context.Context, _ access.Actor, in *suggestIn) (Page[suggestionOut], error) {
		return Page[suggestionOut]{Items: list(campaign.Suggest(in.Body.Text), suggestionWire)}, nil
	})
	op(a, http.MethodPut, "/brief-points/{id}", "brief.edit", "Change a point of the draft", func(ctx context.Context, actor access.Actor, in *editPointIn) (briefOut, error) {
		return brief(a.Campaign.EditPoint(ctx, actor, in.CampaignID, in.Body.point(in.ID)))
	})
	op(a, http.MethodPost, "/brief-points/{id}/move", "brief.edit", "Move a point of the draft", func(ctx context.Context, actor access.Actor, in *movePointIn) (briefOut, error) {
		return brief(a.Campaign.MovePoint(ctx, actor, in.CampaignID, in.ID, in.Body.By))
	})
	op(a, http.MethodDelete, "/brief-points/{id}", "brief.edit", "Take a point out of the draft", func(ctx context.Context, actor access.Actor, in *PointPath) (briefOut, error) {
		return brief(a.Campaign.DropPoint(ctx, actor, in.CampaignID, in.ID))
	})
}
