package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/idea"
	"kolega/internal/result"
)

type ideaUseOut struct {
	Kind    string `json:"kind" enum:"deck,slot"`
	Subject string `json:"subject"`
	Name    string `json:"name"`
}

type ideaOut struct {
	ID     string       `json:"id"`
	Board  string       `json:"board"`
	Title  string       `json:"title"`
	Body   string       `json:"body,omitempty"`
	Author string       `json:"author" doc:"stays, whatever becomes of the idea"`
	Kind   string       `json:"kind" enum:"kol,media,mixed"`
	Links  []string     `json:"links"`
	Trend  string       `json:"trend,omitempty" doc:"id of a note"`
	Status string       `json:"status" enum:"raw,kept,used,dropped" doc:"computed"`
	Why    string       `json:"why,omitempty"`
	Votes  int          `json:"votes"`
	Uses   []ideaUseOut `json:"uses"`
	MadeAt *time.Time   `json:"made_at"`
}

func ideaWire(i idea.Idea) ideaOut {
	return ideaOut{i.ID, i.BoardID, i.Title, i.Body, i.Author, string(i.Kind), list(i.Links, func(s string) string { return s }), i.NoteID, string(i.Status()), i.Why, len(i.Voters),
		list(i.Uses, func(u idea.Use) ideaUseOut { return ideaUseOut{u.Kind, u.SubjectID, u.Name} }), instant(i.MadeAt)}
}

type boardOut struct {
	ID          string     `json:"id"`
	Title       string     `json:"title"`
	Question    string     `json:"question,omitempty"`
	Opportunity string     `json:"opportunity,omitempty"`
	Open        bool       `json:"open"`
	Undecided   int        `json:"undecided"`
	Ideas       []ideaOut  `json:"ideas" doc:"the most votes first"`
	MadeAt      *time.Time `json:"made_at"`
}

func boardWire(s idea.Sheet) boardOut {
	return boardOut{s.ID, s.Title, s.Question, s.DealID, s.Open(), s.Undecided(), list(s.Ideas, ideaWire), instant(s.MadeAt)}
}

type boardsIn struct {
	Opportunity string `query:"opportunity"`
}

type newBoardIn struct {
	Body struct {
		Title       string `json:"title"`
		Question    string `json:"question,omitempty"`
		Opportunity string `json:"opportunity,omitempty"`
	}
}

type newIdeaIn struct {
	ID
	Body struct {
		Title string   `json:"title"`
		Body  string   `json:"body,omitempty"`
		Kind  string   `json:"kind" enum:"kol,media,mixed"`
		Links []string `json:"links,omitempty"`
		Trend string   `json:"trend,omitempty"`
	}
}

type voteIn struct {
	ID
	Body struct {
		On bool `json:"on" doc:"false takes the vote back"`
	}
}

type decideIdeaIn struct {
	ID
	Body struct {
		Decision string `json:"decision" enum:"kept,dropped," doc:"empty: undecided again"`
		Why      string `json:"why,omitempty" doc:"needed for a drop"`
	}
}

type experimentOut struct {
	Slot     string `json:"slot"`
	Campaign string `json:"campaign"`
	Idea     string `json:"idea,omitempty"`
	Belief   string `json:"belief"`
	Measure  string `json:"measure"`
	Target   int64  `json:"target"`
	Actual   *int64 `json:"actual" doc:"null while no post has the figure"`
	Learned  string `json:"learned,omitempty"`
	Over     bool   `json:"over"`
}

func experimentWire(t idea.Trial) experimentOut {
	out := experimentOut{Slot: t.SlotID, Campaign: t.CampaignID, Idea: t.IdeaID, Belief: t.Belief, Measure: string(t.Measure), Target: t.Target, Learned: t.Learned, Over: t.Over()}
	if t.Known {
		out.Actual = &t.Actual
	}
	return out
}

type experimentIn struct {
	Body struct {
		Campaign string `json:"campaign"`
		Slot     string `json:"slot"`
		Idea     string `json:"idea,omitempty"`
		Belief   string `json:"belief"`
		Measure  string `json:"measure"`
		Target   int64  `json:"target"`
	}
}

type endExperimentIn struct {
	Body struct {
		Campaign string `json:"campaign"`
		Slot     string `json:"slot"`
		Learned  string `json:"learned"`
	}
}

func registerIdeas(a *API) {
	op(a, http.MethodGet, "/idea-boards", "idea.see", "Boards of brainstorms with their ideas, open ones first", func(ctx context.Context, actor access.Actor, in *boardsIn) (Page[boardOut], error) {
		all, err := a.Idea.Boards(ctx, actor, in.Opportunity)
		return Page[boardOut]{Items: list(all, boardWire)}, err
	})
	op(a, http.MethodPost, "/idea-boards", "idea.edit", "Open a board with a question", func(ctx context.Context, actor access.Actor, in *newBoardIn) (boardOut, error) {
		b, err := a.Idea.OpenBoard(ctx, actor, idea.Board{Title: in.Body.Title, Question: in.Body.Question, DealID: in.Body.Opportunity})
		return boardWire(idea.Sheet{Board: b}), err
	})
	op(a, http.MethodGet, "/idea-boards/{id}", "idea.see", "A board", func(ctx context.Context, actor access.Actor, in *ID) (boardOut, error) {
		s, err := a.Idea.Board(ctx, actor, in.ID)
		return boardWire(s), err
	})
	op(a, http.MethodPost, "/idea-boards/{id}/ideas", "idea.edit", "Keep an idea under one's name", func(ctx context.Context, actor access.Actor, in *newIdeaIn) (ideaOut, error) {
		b := in.Body
		i, err := a.Idea.AddIdea(ctx, actor, idea.Idea{BoardID: in.ID.ID, Title: b.Title, Body: b.Body, Kind: idea.Kind(b.Kind), Links: b.Links, NoteID: b.Trend})
		return ideaWire(i), err
	})
	op(a, http.MethodPost, "/idea-boards/{id}/close", "idea.decide", "End the session", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Idea.CloseBoard(ctx, actor, in.ID)
	})
	op(a, http.MethodPost, "/ideas/{id}/vote", "idea.edit", "Vote for an idea", func(ctx context.Context, actor access.Actor, in *voteIn) (done, error) {
		return done{true}, a.Idea.Vote(ctx, actor, in.ID.ID, in.Body.On)
	})
	op(a, http.MethodPost, "/ideas/{id}/decision", "idea.decide", "Keep or drop an idea", func(ctx context.Context, actor access.Actor, in *decideIdeaIn) (done, error) {
		return done{true}, a.Idea.Decide(ctx, actor, in.ID.ID, idea.Decision(in.Body.Decision), in.Body.Why)
	})
	op(a, http.MethodGet, "/experiments", "campaign.see", "A campaign's experiments with their figures", func(ctx context.Context, actor access.Actor, in *inCampaign) (Page[experimentOut], error) {
		all, err := a.Idea.Experiments(ctx, actor, in.Campaign)
		return Page[experimentOut]{Items: list(all, experimentWire)}, err
	})
	op(a, http.MethodPost, "/experiments", "slot.edit", "Flag a slot as an experiment with its own measure", func(ctx context.Context, actor access.Actor, in *experimentIn) (done, error) {
		b := in.Body
		return done{true}, a.Idea.TryOut(ctx, actor, idea.Experiment{CampaignID: b.Campaign, SlotID: b.Slot, IdeaID: b.Idea, Belief: b.Belief, Measure: result.Metric(b.Measure), Target: b.Target})
	})
	op(a, http.MethodPost, "/experiments/end", "slot.edit", "Keep what an experiment taught", func(ctx context.Context, actor access.Actor, in *endExperimentIn) (done, error) {
		return done{true}, a.Idea.EndExperiment(ctx, actor, in.Body.Campaign, in.Body.Slot, in.Body.Learned)
	})
}
