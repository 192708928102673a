package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/review"
)

type pointAnswer struct {
	Point  string `json:"point"`
	Answer string `json:"answer" enum:"met,not_met,na"`
	Where  string `json:"where,omitempty" doc:"time code or place, needed for a must point that is met"`
	Reason string `json:"reason,omitempty" doc:"needed unless met"`
}

type checkOut struct {
	ID       string        `json:"id"`
	Key      string        `json:"key" enum:"specialist,ae"`
	By       string        `json:"by"`
	Passed   bool          `json:"passed"`
	Override string        `json:"override,omitempty"`
	Answers  []pointAnswer `json:"answers"`
	At       *time.Time    `json:"at"`
}

func checkWire(c review.Check) checkOut {
	return checkOut{ID: c.ID, Key: string(c.Key), By: c.By, Passed: c.Passed, Override: c.Override, At: instant(c.At),
		Answers: list(c.Answers, func(a review.PointAnswer) pointAnswer {
			return pointAnswer{a.PointID, string(a.Answer), a.Where, a.Reason}
		})}
}

type checkIn struct {
	ID
	Body struct {
		Key      string        `json:"key" enum:"specialist,ae"`
		Answers  []pointAnswer `json:"answers"`
		Note     string        `json:"note,omitempty" doc:"for colleagues"`
		Override string        `json:"override,omitempty" doc:"why one person turns both keys"`
		Show     bool          `json:"show,omitempty" doc:"with the second key: show to the client at once"`
	}
}

func (in checkIn) check() review.CheckDraft {
	c := review.CheckDraft{VersionID: in.ID.ID, Key: review.Key(in.Body.Key), Note: in.Body.Note, Override: in.Body.Override, Show: in.Body.Show}
	for _, a := range in.Body.Answers {
		x := review.PointAnswer{PointID: a.Point, Answer: review.Met(a.Answer), Where: a.Where, Reason: a.Reason}
		if at, err := review.ParseMoment(a.Where); err == nil && at > 0 {
			x.AtMS = at
		}
		c.Answers = append(c.Answers, x)
	}
	return c
}

type approvalOut struct {
	Draft    string     `json:"draft"`
	By       string     `json:"by"`
	Via      string     `json:"via" enum:"link,api,whatsapp,silence"`
	Entered  string     `json:"entered_by,omitempty"`
	At       *time.Time `json:"at"`
	Late     bool       `json:"late"`
	SHA256   string     `json:"sha256,omitempty"`
	Hash     string     `json:"hash" doc:"of everything that is frozen"`
	ObjectBy *time.Time `json:"object_by,omitempty"`
	Objected *time.Time `json:"objected_at,omitempty"`
}

func approvalWire(a review.Approval) approvalOut {
	return approvalOut{a.VersionID, a.By, string(a.Via), a.EnteredBy, instant(a.At), a.Late, a.SHA256, a.Hash, instant(a.ObjectBy), instant(a.ObjectedAt)}
}

type recordIn struct {
	ID
	Body struct {
		Contact string    `json:"contact" doc:"the person who decided"`
		Words   string    `json:"words,omitempty" doc:"the words of the chat; not needed when lines say them"`
		ToldAt  time.Time `json:"told_at,omitempty" doc:"when it was told; left out: at the last line's time, or now"`
		Zone    string    `json:"zone,omitempty" doc:"IANA, of who told it"`
		Channel string    `json:"channel,omitempty" enum:"whatsapp,phone,meeting,email"`
		Lines   []string  `json:"lines,omitempty" doc:"ids of lines of an imported chat, as evidence"`
	}
}

// done is the answer of an act that has nothing to tell.
type done struct {
	Done bool `json:"done"`
}

func registerChecks(a *API) {
	op(a, http.MethodPost, "/drafts/{id}/checks", "draft.see", "Turn a key: answer the brief's must points", func(ctx context.Context, actor access.Actor, in *checkIn) (checkOut, error) {
		c, err := a.Review.CheckDraft(ctx, actor, in.check())
		return checkWire(c), err
	})
	op(a, http.MethodPost, "/drafts/{id}/show", "draft.check.final", "Show a draft with both keys to the client", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Review.ShowDraft(ctx, actor, in.ID)
	})
	op(a, http.MethodPost, "/drafts/{id}/approvals", "draft.approve", "Approve exactly this draft", func(ctx context.Context, actor access.Actor, in *ID) (approvalOut, error) {
		x, err := a.Review.ApproveDraft(ctx, actor, in.ID)
		return approvalWire(x), err
	})
	op(a, http.MethodPost, "/drafts/{id}/recorded-approvals", "draft.record", "Enter an approval told in a chat", func(ctx context.Context, actor access.Actor, in *recordIn) (approvalOut, error) {
		x, err := a.Review.RecordDecision(ctx, actor, review.RecordDecision{VersionID: in.ID.ID, ContactID: in.Body.Contact, Words: in.Body.Words,
			ToldAt: in.Body.ToldAt, Zone: in.Body.Zone, Channel: in.Body.Channel, Lines: in.Body.Lines})
		return approvalWire(x), err
	})
	op(a, http.MethodPost, "/drafts/{id}/openings", "draft.watch", "Keep that the client played the draft", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Review.MarkOpened(ctx, actor, in.ID)
	})
	op(a, http.MethodPost, "/deliverables/{id}/confirmations", "draft.approve", "Confirm a decision that was told in a chat", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Review.ConfirmDecision(ctx, actor, in.ID)
	})
	op(a, http.MethodPost, "/deliverables/{id}/objections", "draft.approve", "Object to a decision told in a chat or taken from silence", func(ctx context.Context, actor access.Actor, in *textIn) (done, error) {
		return done{true}, a.Review.ObjectToDecision(ctx, actor, in.ID.ID, in.Body.Text)
	})
}

type textIn struct {
	ID
	Body struct {
		Text string `json:"text"`
	}
}
