package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
)

// proposalOut is a change of the agreed brief that waits for the client, or how it ended (R14).
type proposalOut struct {
	ID       string            `json:"id"`
	Source   string            `json:"source" enum:"client_file,meeting,chat,agency"`
	SourceID string            `json:"source_id,omitempty"`
	Note     string            `json:"note"`
	Lines    []proposalLineOut `json:"lines"`
	MadeAt   *time.Time        `json:"made_at"`
	MadeBy   string            `json:"made_by"`
	SilentAt *time.Time        `json:"silent_at,omitempty" doc:"silence counts as yes from here on; absent where only a click does"`
	Outcome  string            `json:"outcome,omitempty" enum:"taken,objected,withdrawn,replaced," doc:"empty while it is open"`
	Version  int64             `json:"version,omitempty" doc:"of the brief that it became"`
}

type proposalLineOut struct {
	ID         string     `json:"id"`
	What       string     `json:"what" enum:"add,change,drop"`
	PointID    string     `json:"point_id"`
	Kind       string     `json:"kind"`
	Text       string     `json:"text"`
	ObjectedAt *time.Time `json:"objected_at,omitempty"`
	Objection  string     `json:"objection,omitempty"`
}

func proposalWire(p campaign.Proposal) proposalOut {
	return proposalOut{p.ID, p.Source, p.SourceID, p.SourceNote, list(p.Lines, func(l campaign.ProposedLine) proposalLineOut {
		return proposalLineOut{l.ID, string(l.What), l.PointID, string(l.Point.Kind), l.Point.Text, instant(l.ObjectedAt), l.Objection}
	}), instant(p.MadeAt), p.MadeBy, instant(p.SilentAt), string(p.Outcome), p.Version}
}

type proposalIn struct {
	ID
	Body struct {
		Source   string           `json:"source,omitempty" enum:"client_file,meeting,chat,agency"`
		SourceID string           `json:"source_id,omitempty"`
		Note     string           `json:"note" doc:"how people name the meeting"`
		Lines    []proposalLineIn `json:"lines"`
		Replaces []string         `json:"replaces,omitempty" doc:"open proposals that this one takes the place of"`
	}
}

type proposalLineIn struct {
	What    string `json:"what" enum:"add,change,drop"`
	PointID string `json:"point_id,omitempty" doc:"of the agreed brief; not for a new point"`
	Kind    string `json:"kind,omitempty" enum:"must,must_not,should,fact,advice"`
	Text    string `json:"text,omitempty"`
}

func (in proposalIn) proposal() campaign.NewProposal {
	n := campaign.NewProposal{CampaignID: in.ID.ID, Source: in.Body.Source, SourceID: in.Body.SourceID, SourceNote: in.Body.Note, Replaces: in.Body.Replaces}
	for _, l := range in.Body.Lines {
		n.Lines = append(n.Lines, campaign.ProposedLine{What: campaign.ProposedChange(l.What), PointID: l.PointID, Point: campaign.Point{Kind: campaign.PointKind(l.Kind), Text: l.Text}})
	}
	return n
}

type proposalObjectionIn struct {
	ID
	Body struct {
		Lines []string `json:"lines,omitempty" doc:"left out: all"`
		Text  string   `json:"text"`
	}
}

func registerProposals(a *API) {
	op(a, http.MethodGet, "/campaigns/{id}/brief-proposals", "brief.edit", "What was decided about the agreed brief, and how it ended", func(ctx context.Context, actor access.Actor, in *ID) (Page[proposalOut], error) {
		all, err := a.Campaign.Proposals(ctx, actor, in.ID)
		return Page[proposalOut]{Items: list(all, func(p campaign.ProposalView) proposalOut { return proposalWire(p.Proposal) })}, err
	})
	op(a, http.MethodPost, "/campaigns/{id}/brief-proposals", "brief.share", "Put a decision that changes the brief before the client", func(ctx context.Context, actor access.Actor, in *proposalIn) (proposalOut, error) {
		p, err := a.Campaign.ProposeVersion(ctx, actor, in.proposal())
		return proposalWire(p), err
	})
	op(a, http.MethodPost, "/campaigns/{id}/brief-proposal-effects", "brief.share", "What a decision would change for drafts, dates and fees; nothing is kept", func(ctx context.Context, actor access.Actor, in *proposalIn) (briefEffectOut, error) {
		e, err := a.Boards.ProposalEffect(ctx, actor, in.proposal())
		return briefEffectWire(e), err
	})
	op(a, http.MethodPost, "/brief-proposals/{id}/withdrawals", "brief.share", "Take back what the client did not accept yet; text says why", func(ctx context.Context, actor access.Actor, in *textIn) (done, error) {
		return done{true}, a.Campaign.WithdrawProposal(ctx, actor, in.ID.ID, in.Body.Text)
	})
	op(a, http.MethodGet, "/client-brief/proposals", "brief.accept", "What was decided about the brief, as its client sees it", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[proposalOut], error) {
		all, err := a.Campaign.Proposals(ctx, actor, actor.CampaignID)
		return Page[proposalOut]{Items: list(all, func(p campaign.ProposalView) proposalOut { return proposalWire(p.Proposal) })}, err
	})
	op(a, http.MethodPost, "/brief-proposals/{id}/acceptances", "brief.accept", "Accept the lines that nobody objected to", func(ctx context.Context, actor access.Actor, in *ID) (acceptedOut, error) {
		b, err := a.Campaign.AcceptProposal(ctx, actor, in.ID)
		return acceptedOut{b.Version, instant(b.AcceptedAt), b.AcceptedBy}, err
	})
	op(a, http.MethodPost, "/brief-proposals/{id}/objections", "brief.accept", "Object to lines of a proposal", func(ctx context.Context, actor access.Actor, in *proposalObjectionIn) (proposalOut, error) {
		p, err := a.Campaign.ObjectToProposal(ctx, actor, in.ID.ID, in.Body.Lines, in.Body.Text)
		return proposalWire(p), err
	})
}
