package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/report"
	"kolega/internal/review"
)

// What a client's link may read: whole numbers, no check, no talent's fee.

type clientLineOut struct {
	ID        string     `json:"id"`
	Talent    string     `json:"talent"`
	Platform  string     `json:"platform"`
	Format    string     `json:"format"`
	Number    int64      `json:"number"`
	Version   int64      `json:"version" doc:"0 while nothing was shown"`
	Decide    bool       `json:"decide"`
	Changes   int64      `json:"change_requests"`
	Approved  bool       `json:"approved"`
	ReviewDue *time.Time `json:"review_due,omitempty"`
}

type clientVersionOut struct {
	ID        string     `json:"id"`
	Number    int64      `json:"number"`
	Type      string     `json:"type,omitempty"`
	Size      int64      `json:"size,omitempty"`
	Link      string     `json:"link,omitempty"`
	Caption   string     `json:"caption"`
	Hashtags  []string   `json:"hashtags"`
	Mentions  []string   `json:"mentions"`
	Music     string     `json:"music,omitempty"`
	ShownAt   *time.Time `json:"shown_at"`
	ReviewDue *time.Time `json:"review_due,omitempty"`
}

type clientItemOut struct {
	ID       string  `json:"id"`
	Text     string  `json:"text"`
	Author   string  `json:"author"`
	At       string  `json:"at,omitempty"`
	Class    string  `json:"class,omitempty" enum:"F,W,S,"`
	Because  string  `json:"because,omitempty"`
	Outcome  string  `json:"outcome,omitempty"`
	Closed   bool    `json:"closed,omitempty"`
	Goodwill *Amount `json:"goodwill,omitempty" doc:"usual price of a wish given free"`
	Decision string  `json:"contest_decision,omitempty"`
}

type clientRoundOut struct {
	ID      string          `json:"id"`
	Number  int64           `json:"number"`
	Version int64           `json:"version,omitempty"`
	SentAt  *time.Time      `json:"sent_at"`
	SentBy  string          `json:"sent_by"`
	Counted bool            `json:"counted"`
	Items   []clientItemOut `json:"items"`
}

type clientChangeOut struct {
	ID        string   `json:"id"`
	Price     Amount   `json:"price"`
	DraftDue  Due      `json:"draft_due"`
	PostDue   Due      `json:"post_due"`
	Note      string   `json:"note,omitempty"`
	Wishes    []string `json:"wishes"`
	Answer    string   `json:"answer,omitempty"`
	Effective bool     `json:"effective"`
	Closed    bool     `json:"closed"`
}

type clientDraftOut struct {
	ID       string             `json:"id"`
	Talent   string             `json:"talent"`
	Current  string             `json:"current,omitempty" doc:"the draft to decide on"`
	Versions []clientVersionOut `json:"versions"`
	Proposed []clientItemOut    `json:"proposed"`
	Rounds   []clientRoundOut   `json:"rounds"`
	Changes  []clientChangeOut  `json:"change_requests"`
	Used     int64              `json:"used"`
	Limit    int64              `json:"limit"`
	Approved *int64             `json:"approved_version,omitempty"`
	Hash     string             `json:"approved_hash,omitempty"`
}

func clientItemWire(i review.ClientItem) clientItemOut {
	out := clientItemOut{ID: i.ID, Text: i.Text, Author: i.Author, At: review.FormatSpan(i.AtMS, i.UntilMS), Class: string(i.Class), Because: i.Because, Outcome: string(i.Outcome), Closed: i.Closed, Decision: i.Decision}
	if i.Goodwill {
		u := amount(i.Usual)
		out.Goodwill = &u
	}
	return out
}

func clientDraftWire(c review.ClientDraft) clientDraftOut {
	out := clientDraftOut{ID: c.DeliverableID, Talent: c.Talent, Current: c.CurrentID, Used: c.Used, Limit: c.Limit, Proposed: list(c.Proposed, clientItemWire)}
	out.Versions = list(c.Versions, func(v review.ClientVersion) clientVersionOut {
		return clientVersionOut{v.ID, v.Number, v.Type, v.Size, v.LinkURL, v.Caption, texts(v.Hashtags), texts(v.Mentions), v.Music, instant(v.ShownAt), instant(v.ReviewDue)}
	})
	out.Rounds = list(c.Rounds, func(r review.ClientRound) clientRoundOut {
		return clientRoundOut{r.ID, r.Number, r.Version, instant(r.SentAt), r.SentBy, r.Counted, list(r.Items, clientItemWire)}
	})
	out.Changes = list(c.Changes, func(x review.ClientChange) clientChangeOut {
		return clientChangeOut{x.ID, amount(x.Price), due(x.DraftDue), due(x.PostDue), x.Note, texts(x.Wishes), string(x.Answer), x.Effective, x.Closed}
	})
	if c.Approved != nil {
		out.Approved, out.Hash = &c.Approved.Version, c.Approved.Hash
	}
	return out
}

// What a talent's link may read: the own work, in the words meant for the talent.

type talentItemOut struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Draft   string `json:"draft"`
	At      string `json:"at,omitempty"`
	Point   string `json:"point,omitempty" doc:"what the brief says"`
	Paid    bool   `json:"paid,omitempty"`
	Outcome string `json:"outcome,omitempty"`
}

type talentChangeOut struct {
	ID       string   `json:"id"`
	Fee      Amount   `json:"fee"`
	DraftDue Due      `json:"draft_due"`
	PostDue  Due      `json:"post_due"`
	Wishes   []string `json:"wishes"`
}

type talentDraftOut struct {
	ID       string           `json:"id"`
	Platform string           `json:"platform"`
	Format   string           `json:"format"`
	Number   int64            `json:"number"`
	DraftDue Due              `json:"draft_due"`
	PostDue  Due              `json:"post_due"`
	Step     string           `json:"step"`
	Open     bool             `json:"open"`
	Accepts  []string         `json:"accepts" doc:"media types"`
	MaxBytes int64            `json:"max_bytes"`
	Seconds  int64            `json:"max_seconds" doc:"of a video; 0 = no limit known"`
	Caption  int64            `json:"max_caption" doc:"characters"`
	Hashtags int64            `json:"max_hashtags"`
	ToDo     []talentItemOut  `json:"to_do"`
	Change   *talentChangeOut `json:"change_request,omitempty"`
	Versions []string         `json:"versions"`
	Used     int64            `json:"used"`
	Limit    int64            `json:"limit"`
}

func talentDraftWire(t review.TalentDraft) talentDraftOut {
	out := talentDraftOut{ID: t.DeliverableID, Platform: t.Platform, Format: t.Format, Number: t.Number, DraftDue: due(t.DraftDue), PostDue: due(t.PostDue), Step: string(t.Step), Open: t.Open,
		Accepts: texts(t.Limits.Types), MaxBytes: t.Limits.MaxBytes, Seconds: t.Limits.MaxSeconds, Caption: t.Limits.MaxCaption, Hashtags: t.Limits.MaxHashtags, Used: t.Used, Limit: t.Limit}
	out.ToDo = list(t.ToDo, func(i review.TalentItem) talentItemOut {
		return talentItemOut{i.ID, i.Text, i.VersionID, review.FormatSpan(i.AtMS, i.UntilMS), i.Point.Text, i.Paid, string(i.Outcome)}
	})
	out.Versions = list(t.Versions, func(v review.TalentVersion) string { return v.Label })
	if c := t.Change; c != nil {
		out.Change = &talentChangeOut{c.ID, amount(c.Fee), due(c.DraftDue), due(c.PostDue), texts(c.Wishes)}
	}
	return out
}

type clientDateOut struct {
	ID       string    `json:"deliverable_id"`
	Talent   string    `json:"talent"`
	Planned  time.Time `json:"planned"`
	Forecast time.Time `json:"forecast" doc:"the posting itself, once there is one"`
	Posted   bool      `json:"posted"`
	Minutes  int64     `json:"minutes" doc:"elapsed; negative for earlier"`
	Why      string    `json:"why,omitempty" doc:"in the reader's words"`
}

func registerOutsideDrafts(a *API) {
	op(a, http.MethodGet, "/client-dates", "draft.watch", "Posting dates of a campaign as its client sees them: planned, expected, and why they moved (R2)", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[clientDateOut], error) {
		lines, err := a.Boards.ClientDates(ctx, actor)
		return Page[clientDateOut]{Items: list(lines, func(d report.ClientDate) clientDateOut {
			return clientDateOut{d.DeliverableID, d.Talent, d.Planned, d.Forecast, d.Posted, d.Minutes, d.Why}
		})}, err
	})
	op(a, http.MethodGet, "/client-drafts", "draft.watch", "A client's deliverables, what waits first", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[clientLineOut], error) {
		lines, err := a.Review.ClientDrafts(ctx, actor)
		return Page[clientLineOut]{Items: list(lines, func(l review.ClientLine) clientLineOut {
			return clientLineOut{l.DeliverableID, l.Talent, l.Platform, l.Format, l.Number, l.Version, l.Decide, l.Changes, l.Approved, instant(l.ReviewDue)}
		})}, err
	})
	op(a, http.MethodGet, "/client-drafts/{id}", "draft.watch", "A deliverable as its client sees it", func(ctx context.Context, actor access.Actor, in *ID) (clientDraftOut, error) {
		c, err := a.Review.ClientDraft(ctx, actor, in.ID, "")
		return clientDraftWire(c), err
	})
	op(a, http.MethodGet, "/talent-drafts", "draft.own", "A talent's deliverables", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[talentDraftOut], error) {
		lines, err := a.Review.TalentDrafts(ctx, actor)
		return Page[talentDraftOut]{Items: list(lines, talentDraftWire)}, err
	})
	op(a, http.MethodGet, "/talent-drafts/{id}", "draft.own", "A deliverable as its talent sees it", func(ctx context.Context, actor access.Actor, in *ID) (talentDraftOut, error) {
		t, err := a.Review.TalentDraft(ctx, actor, in.ID)
		return talentDraftWire(t), err
	})
}
