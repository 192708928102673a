package api

import (
	"context"
	"time"

	"kolega/internal/access"
	"kolega/internal/report"
)

type briefEffectOut struct {
	Version int64            `json:"version"`
	Against int64            `json:"against" doc:"the agreed version; 0 when none is"`
	Talents []effectOut      `json:"talents" doc:"who must acknowledge which points anew"`
	Drafts  []effectDraftOut `json:"drafts"`
	Dates   []effectDateOut  `json:"dates"`
	Fees    []Amount         `json:"fees" doc:"agreed fees of the talents who may have to film again, by currency"`
}

type effectDraftOut struct {
	DeliverableID string  `json:"deliverable_id"`
	TalentID      string  `json:"talent_id"`
	Version       string  `json:"version,omitempty"`
	Fate          string  `json:"fate" enum:"wish,approved,ahead" doc:"what is new counts as a wish; stays approved; made under the new version"`
	Points        []int64 `json:"points"`
	Refilm        bool    `json:"refilm"`
}

type effectDateOut struct {
	TalentID string     `json:"talent_id"`
	DraftDue *time.Time `json:"draft_due"`
	PostDue  *time.Time `json:"post_due"`
	Tight    bool       `json:"tight" doc:"less than two days are left"`
}

func (a *API) briefEffect(ctx context.Context, actor access.Actor, in *ID) (briefEffectOut, error) {
	e, err := a.Boards.BriefEffect(ctx, actor, in.ID)
	return briefEffectWire(e), err
}

func briefEffectWire(e report.BriefEffect) briefEffectOut {
	return briefEffectOut{e.Version, e.Against,
		list(e.Talents, func(t report.BriefTalent) effectOut { return effectOut{t.TalentID, t.Points, t.InForce} }),
		list(e.Drafts, func(d report.BriefDraft) effectDraftOut {
			return effectDraftOut{d.DeliverableID, d.TalentID, d.Version, string(d.Fate), d.Points, d.Refilm}
		}),
		list(e.Dates, func(d report.BriefDate) effectDateOut {
			return effectDateOut{d.TalentID, instant(d.Draft.At), instant(d.Post.At), d.Tight}
		}),
		list(e.Fees, amount)}
}
