package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/review"
)

type roundOut struct {
	ID       string     `json:"id"`
	Draft    string     `json:"draft"`
	Number   int64      `json:"number"`
	Origin   string     `json:"origin" enum:"client,check"`
	SmallFix bool       `json:"small_fix,omitempty"`
	SentAt   *time.Time `json:"sent_at"`
	SentBy   string     `json:"sent_by"`
	Late     bool       `json:"late"`
	RuledAt  *time.Time `json:"ruled_at"`
	SentOnAt *time.Time `json:"sent_on_at"`
	Counted  bool       `json:"counted"`
	Items    []itemOut  `json:"items"`
}

type itemOut struct {
	ID        string  `json:"id"`
	Number    int64   `json:"number"`
	Author    string  `json:"author"`
	Text      string  `json:"text"`
	ForTalent string  `json:"for_talent,omitempty"`
	At        string  `json:"at,omitempty" example:"0:12"`
	Claimed   string  `json:"claimed_point,omitempty"`
	Class     string  `json:"class" enum:"F,W,S,"`
	Point     string  `json:"point,omitempty"`
	Because   string  `json:"because,omitempty"`
	RuledBy   string  `json:"ruled_by,omitempty"`
	Goodwill  string  `json:"goodwill,omitempty"`
	Usual     *Amount `json:"usual_price,omitempty"`
	Change    string  `json:"change_request,omitempty"`
	SentOn    bool    `json:"sent_on"`
	Closed    bool    `json:"closed"`
	Outcome   string  `json:"outcome,omitempty"`
	Reason    string  `json:"outcome_reason,omitempty"`
	Contest   string  `json:"contest,omitempty"`
	Decision  string  `json:"contest_decision,omitempty"`
}

func itemWire(i review.Item) itemOut {
	out := itemOut{ID: i.ID, Number: i.Number, Author: i.Author, Text: i.Text, ForTalent: i.ForTalent, At: review.FormatSpan(i.AtMS, i.UntilMS), Claimed: i.ClaimedPointID,
		Class: string(i.Class), Point: i.PointID, Because: i.Because, RuledBy: i.RuledBy, Goodwill: i.GoodwillReason, Change: i.ChangeID,
		SentOn: !i.SentOnAt.IsZero(), Closed: !i.ClosedAt.IsZero(), Outcome: string(i.Outcome), Reason: i.OutcomeReason, Contest: i.ContestText, Decision: i.ContestDecision}
	if i.Goodwill() {
		u := amount(i.UsualPrice)
		out.Usual = &u
	}
	return out
}

func roundWire(r review.Round, items []review.Item) roundOut {
	return roundOut{r.ID, r.VersionID, r.Number, string(r.Origin), r.SmallFix, instant(r.SentAt), r.SentBy, r.Late, instant(r.RuledAt), instant(r.SentOnAt), r.Counted, list(items, itemWire)}
}

type itemIn struct {
	Text  string `json:"text"`
	At    string `json:"at,omitempty" example:"0:12–0:18" doc:"a moment or a stretch of the video"`
	Marks string `json:"drawing,omitempty" doc:"strokes on the frame: [{t: ms, p: [x, y, …]}] with places from 0 to 1"`
	Point string `json:"point,omitempty" doc:"the brief point it cites"`
}

func (i itemIn) item() (review.NewItem, error) {
	at, until, err := review.ParseSpan(i.At)
	return review.NewItem{Text: i.Text, AtMS: at, UntilMS: until, Drawing: i.Marks, PointID: i.Point}, err
}

type roundIn struct {
	ID
	Body struct {
		Items    []itemIn `json:"items,omitempty"`
		Proposed []string `json:"proposed,omitempty" doc:"ids of proposed items to send"`
		SmallFix bool     `json:"small_fix,omitempty"`
	}
}

type proposeIn struct {
	ID
	Body itemIn
}

type rulingsIn struct {
	ID
	Body struct {
		Rulings []struct {
			Item      string `json:"item"`
			Class     string `json:"class" enum:"F,W,S"`
			Point     string `json:"point,omitempty"`
			Because   string `json:"because,omitempty"`
			ForTalent string `json:"for_talent,omitempty"`
		} `json:"rulings"`
	}
}

type sentOnOut struct {
	Passed  []string `json:"passed" doc:"items the talent has now"`
	Split   []string `json:"split" doc:"items that became a change request"`
	Counted bool     `json:"counted"`
}

func ids(items []review.Item) []string {
	return list(items, func(i review.Item) string { return i.ID })
}

func registerRounds(a *API) {
	op(a, http.MethodPost, "/drafts/{id}/items", "round.send", "Propose an item without sending it", func(ctx context.Context, actor access.Actor, in *proposeIn) (clientItemOut, error) {
		n, err := in.Body.item()
		if err != nil {
			return clientItemOut{}, err
		}
		i, err := a.Review.ProposeItem(ctx, actor, in.ID.ID, n)
		return clientItemOut{ID: i.ID, Text: i.Text, Author: i.Author, At: review.FormatSpan(i.AtMS, i.UntilMS)}, err
	})
	op(a, http.MethodDelete, "/items/{id}", "round.send", "Take a proposed item back", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Review.WithdrawItem(ctx, actor, in.ID)
	})
	op(a, http.MethodPost, "/drafts/{id}/rounds", "round.send", "Send a round about exactly this draft", func(ctx context.Context, actor access.Actor, in *roundIn) (clientRoundOut, error) {
		req := review.RequestRound{VersionID: in.ID.ID, ItemIDs: in.Body.Proposed, SmallFix: in.Body.SmallFix}
		for _, x := range in.Body.Items {
			n, err := x.item()
			if err != nil {
				return clientRoundOut{}, err
			}
			req.Items = append(req.Items, n)
		}
		r, err := a.Review.RequestRound(ctx, actor, req)
		return clientRoundOut{ID: r.ID, Number: r.Number, SentAt: instant(r.SentAt), SentBy: r.SentBy, Items: []clientItemOut{}}, err
	})
	op(a, http.MethodPost, "/rounds/{id}/rulings", "round.rule", "Rule items F, W or S", func(ctx context.Context, actor access.Actor, in *rulingsIn) (done, error) {
		var rulings []review.ItemRuling
		for _, x := range in.Body.Rulings {
			rulings = append(rulings, review.ItemRuling{ItemID: x.Item, Class: review.Class(x.Class), PointID: x.Point, Because: x.Because, ForTalent: x.ForTalent})
		}
		return done{true}, a.Review.RuleRound(ctx, actor, in.ID.ID, rulings)
	})
	op(a, http.MethodPost, "/rounds/{id}/send-on", "round.rule", "Send a ruled round on to the talent", func(ctx context.Context, actor access.Actor, in *ID) (sentOnOut, error) {
		p, err := a.Review.SendRoundOn(ctx, actor, in.ID)
		return sentOnOut{ids(p.Pass), ids(p.Split), p.Counted}, err
	})
	registerItems(a)
}

type goodwillIn struct {
	ID
	Body struct {
		Reason string `json:"reason"`
		Usual  Amount `json:"usual_price"`
	}
}

type settleIn struct {
	ID
	Body struct {
		Class string `json:"class" enum:"F,W,S"`
		Point string `json:"point,omitempty"`
		Text  string `json:"text" doc:"kept for the client"`
	}
}

type outcomeIn struct {
	ID
	Body struct {
		Outcome string `json:"outcome" enum:"done,not_done,still_open"`
		Cause   string `json:"cause,omitempty" enum:"not_understood,not_done,done_wrong,"`
		Reason  string `json:"reason,omitempty"`
	}
}

func registerItems(a *API) {
	op(a, http.MethodPost, "/items/{id}/goodwill", "round.goodwill", "Give a wish free", func(ctx context.Context, actor access.Actor, in *goodwillIn) (done, error) {
		return done{true}, a.Review.GiveGoodwill(ctx, actor, review.Goodwill{ItemID: in.ID.ID, Reason: in.Body.Reason, UsualPrice: in.Body.Usual.money()})
	})
	op(a, http.MethodPost, "/items/{id}/contests", "round.contest", "Contest an item ruled outside the brief", func(ctx context.Context, actor access.Actor, in *textIn) (done, error) {
		return done{true}, a.Review.ContestWish(ctx, actor, in.ID.ID, in.Body.Text)
	})
	op(a, http.MethodPost, "/items/{id}/decisions", "round.settle", "Decide a contest", func(ctx context.Context, actor access.Actor, in *settleIn) (done, error) {
		return done{true}, a.Review.SettleContest(ctx, actor, review.SettleContest{ItemID: in.ID.ID, Class: review.Class(in.Body.Class), PointID: in.Body.Point, Text: in.Body.Text})
	})
	op(a, http.MethodPost, "/items/{id}/outcomes", "", "Say what became of an item", func(ctx context.Context, actor access.Actor, in *outcomeIn) (done, error) {
		return done{true}, a.Review.AnswerItem(ctx, actor, answerIn{in.ID.ID, in.Body.Outcome, in.Body.Cause, in.Body.Reason}.answer())
	})
}
