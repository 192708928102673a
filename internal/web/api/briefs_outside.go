package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
)

// clientBriefOut is a version of the brief as its client sees it.
type clientBriefOut struct {
	Version    int64            `json:"version"`
	Newest     int64            `json:"newest"`
	Points     []clientPointOut `json:"points"`
	Questions  []string         `json:"questions"`
	Reason     string           `json:"reason,omitempty"`
	SharedAt   *time.Time       `json:"shared_at"`
	AcceptedAt *time.Time       `json:"accepted_at"`
	AcceptedBy string           `json:"accepted_by,omitempty"`
	MayAccept  bool             `json:"may_accept"`
	Decider    string           `json:"decider,omitempty" doc:"whose word counts, when it is somebody else"`
	Against    int64            `json:"against,omitempty" doc:"the version agreed before, which changes compare with"`
	Changes    []pointChangeOut `json:"changes"`
}

// pointChangeOut is one point that a version demands otherwise than the one before.
type pointChangeOut struct {
	Number     int64     `json:"number"`
	Change     string    `json:"change" enum:"added,removed,changed"`
	Kind       string    `json:"kind"`
	KindBefore string    `json:"kind_before,omitempty"`
	Words      []wordOut `json:"words" doc:"the wording, piece by piece"`
}

type wordOut struct {
	Op   string `json:"op" enum:"kept,added,removed"`
	Text string `json:"text"`
}

func pointChangeWire(c campaign.ClientChange) pointChangeOut {
	what := string(c.Op)
	if c.Op == campaign.Kept {
		what = "changed"
	}
	return pointChangeOut{c.Number, what, string(c.Kind), string(c.KindBefore), list(c.Words, func(r campaign.Run) wordOut { return wordOut{string(r.Op), r.Text} })}
}

type clientPointOut struct {
	ID     string `json:"id"`
	Number int64  `json:"number"`
	Kind   string `json:"kind"`
	Text   string `json:"text"`
}

func clientBriefWire(b campaign.ClientBrief) clientBriefOut {
	return clientBriefOut{b.Version, b.Newest, list(b.Points, func(p campaign.ClientPoint) clientPointOut {
		return clientPointOut{p.ID, p.Number, string(p.Kind), p.Text}
	}), append([]string{}, b.Questions...), b.Reason, instant(b.SharedAt), instant(b.AcceptedAt), b.AcceptedBy, b.MayAccept, b.DeciderName,
		b.Against, list(b.Changes, pointChangeWire)}
}

type acceptBriefIn struct {
	Body struct {
		Version int64 `json:"version" doc:"the version that was read"`
	}
}

type acceptedOut struct {
	Version    int64      `json:"version"`
	AcceptedAt *time.Time `json:"accepted_at"`
	AcceptedBy string     `json:"accepted_by"`
}

// talentBriefOut is the agreed brief as one talent sees it, in the talent's language.
type talentBriefOut struct {
	Version   int64               `json:"version"`
	InForce   int64               `json:"in_force" doc:"the version that binds now; 0 when none does"`
	Points    []talentPointOut    `json:"points"`
	Questions []talentQuestionOut `json:"questions"`
	Left      int                 `json:"left" doc:"points still to be acknowledged"`
	Stopped   bool                `json:"stopped" doc:"an answer does not fit"`
}

type talentPointOut struct {
	ID             string     `json:"id"`
	Number         int64      `json:"number"`
	Kind           string     `json:"kind"`
	Text           string     `json:"text"`
	Hash           string     `json:"hash" doc:"of what is shown, given back with the tick"`
	Lang           string     `json:"lang" doc:"of the text"`
	FellBack       bool       `json:"fell_back" doc:"there is no text in the talent's language"`
	Binding        bool       `json:"binding"`
	AcknowledgedAt *time.Time `json:"acknowledged_at"`
}

type talentQuestionOut struct {
	ID       string `json:"id"`
	Text     string `json:"text"`
	Hash     string `json:"hash"`
	Answered bool   `json:"answered"`
	Answer   bool   `json:"answer"`
}

func talentBriefWire(b campaign.TalentBrief) talentBriefOut {
	return talentBriefOut{b.Version, b.InForce, list(b.Points, func(p campaign.TalentPoint) talentPointOut {
		return talentPointOut{p.ID, p.Number, string(p.Kind), p.Text, p.Hash, p.Lang, p.FellBack, p.Binding, instant(p.TickedAt)}
	}), list(b.Questions, func(q campaign.TalentQuestion) talentQuestionOut {
		return talentQuestionOut{q.ID, q.Text, q.Hash, q.Answered, q.Answer}
	}), b.Left, b.Stopped}
}

type acknowledgeIn struct {
	Body struct {
		Version int64     `json:"version"`
		Points  []tickDoc `json:"points"`
	}
}

type tickDoc struct {
	ID   string `json:"id"`
	Hash string `json:"hash,omitempty" doc:"of what was shown"`
}

type eligibilityIn struct {
	Body struct {
		QuestionID string `json:"question_id"`
		Hash       string `json:"hash,omitempty"`
		Answer     bool   `json:"answer"`
	}
}

type askIn struct {
	Body struct {
		PointID string `json:"point_id"`
		Text    string `json:"text"`
	}
}

type readyOut struct {
	Ready bool `json:"ready" doc:"the version is in force for the talent"`
	Left  int  `json:"left"`
}

func registerBriefsOutside(a *API) {
	op(a, http.MethodGet, "/client-brief", "brief.accept", "The newest shared brief as its client sees it", func(ctx context.Context, actor access.Actor, _ *struct{}) (clientBriefOut, error) {
		b, err := a.Campaign.BriefForClient(ctx, actor, actor.CampaignID, 0)
		return clientBriefWire(b), err
	})
	op(a, http.MethodPost, "/client-brief/acceptances", "brief.accept", "Accept exactly this version", func(ctx context.Context, actor access.Actor, in *acceptBriefIn) (acceptedOut, error) {
		b, err := a.Campaign.AcceptBrief(ctx, actor, actor.CampaignID, in.Body.Version)
		return acceptedOut{b.Version, instant(b.AcceptedAt), b.AcceptedBy}, err
	})
	op(a, http.MethodGet, "/talent-brief", "brief.acknowledge", "The agreed brief as its talent sees it", func(ctx context.Context, actor access.Actor, _ *struct{}) (talentBriefOut, error) {
		b, err := a.Campaign.BriefForTalent(ctx, actor, actor.CampaignID)
		return talentBriefWire(b), err
	})
	op(a, http.MethodPost, "/talent-brief/acknowledgements", "brief.acknowledge", "Acknowledge points in the words shown", func(ctx context.Context, actor access.Actor, in *acknowledgeIn) (readyOut, error) {
		ticks := list(in.Body.Points, func(t tickDoc) campaign.Tick { return campaign.Tick{PointID: t.ID, Hash: t.Hash} })
		return ready(a.Campaign.Acknowledge(ctx, actor, actor.CampaignID, in.Body.Version, ticks))
	})
	op(a, http.MethodPost, "/talent-brief/answers", "brief.acknowledge", "Answer an eligibility question", func(ctx context.Context, actor access.Actor, in *eligibilityIn) (readyOut, error) {
		return ready(a.Campaign.AnswerEligibility(ctx, actor, actor.CampaignID, in.Body.QuestionID, in.Body.Hash, in.Body.Answer))
	})
	op(a, http.MethodPost, "/talent-brief/inquiries", "brief.acknowledge", "Ask about a point", func(ctx context.Context, actor access.Actor, in *askIn) (inquiryOut, error) {
		i, err := a.Campaign.AskAboutPoint(ctx, actor, actor.CampaignID, in.Body.PointID, in.Body.Text)
		return inquiryWire(i), err
	})
}

func ready(r campaign.Readiness, err error) (readyOut, error) {
	return readyOut{r.Ready(), len(r.ToAcknowledge)}, err
}
