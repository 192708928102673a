package api

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"time"

	"kolega/internal/access"
	"kolega/internal/report"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/reportpage"
)

type ratioOut struct {
	Num   int64 `json:"num"`
	Den   int64 `json:"den"`
	Known bool  `json:"known" doc:"false: not measurable, never 0"`
	Bp    int64 `json:"bp" doc:"basis points, rounded half away from zero, for showing"`
}

func ratio(r result.Ratio) ratioOut { return ratioOut{r.Num, r.Den, r.Measurable(), r.Bp()} }

type verdictOut struct {
	BookingID   string      `json:"booking_id,omitempty" doc:"empty for the whole campaign"`
	Talent      string      `json:"talent,omitempty"`
	State       string      `json:"state" enum:"running,met,missed,unproven"`
	ER          ratioOut    `json:"er"`
	Waiting     []string    `json:"waiting" doc:"deliverables still to be measured"`
	Missing     []string    `json:"missing" doc:"deliverables past their time without data"`
	Agreed      bool        `json:"agreed,omitempty"`
	NeedPosts   int         `json:"need_posts"`
	NeedActions int64       `json:"need_engagements" doc:"what the remaining posts must bring"`
	Remedies    []remedyOut `json:"remedies"`
}

type remedyOut struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind" enum:"replacement,refund"`
	BookingID  string     `json:"booking_id,omitempty"`
	SlotID     string     `json:"slot_id,omitempty"`
	Amount     Amount     `json:"amount"`
	ShareBp    int64      `json:"share_bp,omitempty"`
	ChosenAt   *time.Time `json:"chosen_at"`
	ChosenBy   string     `json:"chosen_by"`
	Late       bool       `json:"late"`
	ApprovedAt *time.Time `json:"approved_at,omitempty"`
	RefusedAt  *time.Time `json:"refused_at,omitempty"`
	FailedAt   *time.Time `json:"failed_at,omitempty"`
}

type guaranteeOut struct {
	Given    bool         `json:"given"`
	Formula  string       `json:"formula,omitempty"`
	Actions  []string     `json:"actions"`
	TargetBp int64        `json:"target_bp,omitempty"`
	Scope    string       `json:"scope,omitempty"`
	Verdicts []verdictOut `json:"verdicts"`
}

func remedyWire(r result.Remedy) remedyOut {
	return remedyOut{ID: r.ID, Kind: string(r.Kind), BookingID: r.BookingID, SlotID: r.SlotID, Amount: amount(r.Amount), ShareBp: r.ShareBp, ChosenAt: instant(r.ChosenAt),
		ChosenBy: r.ChosenBy, Late: r.Late(), ApprovedAt: instant(r.ApprovedAt), RefusedAt: instant(r.RefusedAt), FailedAt: instant(r.FailedAt)}
}

func guaranteeWire(g result.Guarantee) guaranteeOut {
	piece := func(p result.Piece) string { return p.DeliverableID }
	return guaranteeOut{Given: g.Given, Formula: string(g.Promise.Formula), Actions: list(g.Promise.Actions, func(m result.Metric) string { return string(m) }),
		TargetBp: g.Promise.TargetBp, Scope: string(g.Promise.Scope), Verdicts: list(g.Verdicts, func(v result.Verdict) verdictOut {
			return verdictOut{v.BookingID, v.Talent, string(v.State), ratio(v.Sum.ER()), list(v.Waiting, piece), list(v.Missing, piece), v.Agreed,
				v.Needed.Posts, v.Needed.Engagements, list(g.RemediesOf(v.BookingID), remedyWire)}
		})}
}

type remedyIn struct {
	Body struct {
		Campaign string `json:"campaign"`
		Booking  string `json:"booking,omitempty"`
		Kind     string `json:"kind" enum:"replacement,refund"`
		Reason   string `json:"reason"`
		Slot     string `json:"slot,omitempty" doc:"the free slot of a replacement"`
	}
}

type guaranteeRulingIn struct {
	Body struct {
		Campaign string `json:"campaign"`
		Booking  string `json:"booking,omitempty"`
		Kind     string `json:"kind" enum:"result,formula,cause,owed"`
		Answer   string `json:"answer,omitempty"`
		Text     string `json:"text"`
		Client   string `json:"client_name,omitempty"`
	}
}

func registerReports(a *API) {
	op(a, http.MethodGet, "/guarantees", "guarantee.see", "A campaign's guarantee with verdicts and remedies", func(ctx context.Context, actor access.Actor, in *inCampaign) (guaranteeOut, error) {
		g, err := a.Result.Guarantee(ctx, actor, in.Campaign)
		return guaranteeWire(g), err
	})
	op(a, http.MethodPost, "/remedies", "guarantee.remedy", "Answer a missed guarantee", func(ctx context.Context, actor access.Actor, in *remedyIn) (remedyOut, error) {
		r, err := a.Result.ChooseRemedy(ctx, actor, result.ChooseRemedyRequest{CampaignID: in.Body.Campaign, BookingID: in.Body.Booking, Kind: result.RemedyKind(in.Body.Kind), Reason: in.Body.Reason, SlotID: in.Body.Slot})
		return remedyWire(r), err
	})
	op(a, http.MethodPost, "/remedies/{id}/approve", "guarantee.decide", "Approve a refund", func(ctx context.Context, actor access.Actor, in *ID) (remedyOut, error) {
		r, err := a.Result.ApproveRefund(ctx, actor, in.ID)
		return remedyWire(r), err
	})
	op(a, http.MethodPost, "/remedies/{id}/refuse", "guarantee.decide", "Refuse a refund, with the reason", func(ctx context.Context, actor access.Actor, in *whyIn) (remedyOut, error) {
		r, err := a.Result.RefuseRefund(ctx, actor, in.ID.ID, in.Body.Reason)
		return remedyWire(r), err
	})
	op(a, http.MethodPost, "/guarantee-rulings", "guarantee.remedy", "Agree on a result, contest a cause, decide on it", func(ctx context.Context, actor access.Actor, in *guaranteeRulingIn) (okAnswer, error) {
		b := in.Body
		return okAnswer{true}, a.Result.Rule(ctx, actor, result.RulingRequest{CampaignID: b.Campaign, BookingID: b.Booking, Kind: b.Kind, Answer: b.Answer, Text: b.Text, ClientName: b.Client})
	})
	registerSent(a)
	registerClosing(a)
}

type reportOut struct {
	Number   int64      `json:"number" doc:"0: not sent, as the facts are now"`
	Hash     string     `json:"hash"`
	SentAt   *time.Time `json:"sent_at,omitempty"`
	Campaign string     `json:"campaign"`
	Summary  string     `json:"summary"`
	Learned  []string   `json:"learned"`
	Advice   []string   `json:"advice"`
	Formula  string     `json:"formula"`
	Planned  int64      `json:"planned"`
	Posted   int64      `json:"posted"`
	Verified int64      `json:"verified"`
	Total    sumsOut    `json:"total"`
	Talents  []sumsOut  `json:"talents"`
	Missing  int        `json:"missing" doc:"figures that are missing or not sure"`
	Changes  int        `json:"changes" doc:"figures that differ from the version before"`
}

type sumsOut struct {
	ID          string        `json:"id,omitempty"`
	Name        string        `json:"name,omitempty"`
	Posts       int64         `json:"posts"`
	Reach       knownCountOut `json:"reach"`
	Views       knownCountOut `json:"views"`
	Engagements int64         `json:"engagements"`
	ER          ratioOut      `json:"er"`
	Unverified  int64         `json:"unverified"`
}

type knownCountOut struct {
	Value int64 `json:"value"`
	Known int64 `json:"known" doc:"of how many posts"`
	Of    int64 `json:"of"`
}

func sumsWire(s report.Sums) sumsOut {
	c := func(x report.Count) knownCountOut { return knownCountOut{x.Value, x.Known, x.Of} }
	return sumsOut{s.ID, s.Name, s.Posts, c(s.Reach), c(s.Views), s.Engagements, ratio(s.ER()), s.Unverified}
}

func reportWire(d report.Document, hash string, at time.Time) reportOut {
	return reportOut{Number: d.Number, Hash: hash, SentAt: instant(at), Campaign: d.Campaign, Summary: d.Summary, Learned: texts(d.Learned),
		Advice: list(d.Advice, func(x report.Advice) string { return x.Text }), Formula: string(d.Formula), Planned: d.Done.Planned, Posted: d.Done.Posted, Verified: d.Done.Verified,
		Total: sumsWire(d.Total), Talents: list(d.Talents, sumsWire), Missing: len(d.Missing), Changes: len(d.Changes)}
}

type adviceIn struct {
	Text   string `json:"text"`
	Figure string `json:"figure,omitempty" example:"total.er"`
}

type reportTextIn struct {
	Body struct {
		Campaign string     `json:"campaign"`
		Summary  string     `json:"summary"`
		Learned  []string   `json:"learned"`
		Advice   []adviceIn `json:"advice"`
		Version  int64      `json:"version,omitempty" doc:"of the text that this replaces; 0 for the first"`
	}
}

type reportSendIn struct {
	Body struct {
		Campaign         string `json:"campaign"`
		AcceptUnverified bool   `json:"accept_unverified,omitempty" doc:"send with unverified numbers marked"`
	}
}

func registerSent(a *API) {
	op(a, http.MethodGet, "/reports", "", "The reports that were sent, newest first", func(ctx context.Context, actor access.Actor, in *inCampaign) (Page[reportOut], error) {
		_, all, err := a.Report.Read(ctx, actor, in.Campaign, 0)
		return Page[reportOut]{Items: list(all, func(s report.Sent) reportOut { return reportWire(s.Document, s.Hash, s.At) })}, err
	})
	op(a, http.MethodGet, "/report-drafts", "report.see", "The report as the facts are now, unsent", func(ctx context.Context, actor access.Actor, in *inCampaign) (reportOut, error) {
		s, err := a.Report.Edit(ctx, actor, in.Campaign)
		return reportWire(s.Document, s.Document.Hash(), time.Time{}), err
	})
	op(a, http.MethodPost, "/report-texts", "report.edit", "Write summary, lessons and advice", func(ctx context.Context, actor access.Actor, in *reportTextIn) (okAnswer, error) {
		t := report.Text{CampaignID: in.Body.Campaign, Summary: in.Body.Summary, Learned: in.Body.Learned, Revision: in.Body.Version}
		for _, x := range in.Body.Advice {
			t.Advice = append(t.Advice, report.Advice{Text: x.Text, Figure: x.Figure})
		}
		return okAnswer{true}, a.Report.SaveText(ctx, actor, t)
	})
	op(a, http.MethodPost, "/reports", "report.send", "Send: freeze the next version", func(ctx context.Context, actor access.Actor, in *reportSendIn) (reportOut, error) {
		s, err := a.Report.Send(ctx, actor, in.Body.Campaign, in.Body.AcceptUnverified)
		return reportWire(s.Document, s.Hash, s.At), err
	})
	a.raw(http.MethodGet, "/campaigns/{id}/reports/{number}/{format}", a.reportFile)
}

// reportFile answers with the file of a sent version; number 0 paints it as it is now.
func (a *API) reportFile(w http.ResponseWriter, r *http.Request) error {
	actor, id, format := web.ActorOf(r), r.PathValue("id"), r.PathValue("format")
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil {
		return report.ErrFormat
	}
	if number == 0 {
		var b bytes.Buffer
		d, err := a.Report.Preview(r.Context(), actor, id, format, &b)
		if err != nil {
			return err
		}
		return reportpage.SendBytes(w, d, format, &b)
	}
	f, s, err := a.Report.OpenFile(r.Context(), actor, id, number, format)
	if err != nil {
		return err
	}
	return reportpage.SendFile(w, r, f, s, format)
}

type openItemOut struct {
	Code string `json:"code"`
	N    int64  `json:"n,omitempty"`
	Who  string `json:"who,omitempty"`
}

// farewellIn may be left out: then nobody asked the client yet.
type farewellIn struct {
	ID
	Body *struct {
		Again  string `json:"again" enum:"yes,no,open" doc:"whether the client wants another campaign"`
		Reason string `json:"reason,omitempty" doc:"why, or why not"`
	}
}

func registerClosing(a *API) {
	op(a, http.MethodGet, "/open-items", "campaign.see", "What keeps a campaign from closing", func(ctx context.Context, actor access.Actor, in *inCampaign) (Page[openItemOut], error) {
		items, err := a.Report.OpenItems(ctx, actor, in.Campaign)
		return Page[openItemOut]{Items: list(items, func(o report.OpenItem) openItemOut { return openItemOut(o) })}, err
	})
	op(a, http.MethodPost, "/campaigns/{id}/close", "campaign.close", "Close a campaign when nothing is open, with what the client said about another", func(ctx context.Context, actor access.Actor, in *farewellIn) (okAnswer, error) {
		said := report.Farewell{Again: report.AgainOpen}
		if in.Body != nil {
			said = report.Farewell{Again: report.Again(in.Body.Again), Reason: in.Body.Reason}
		}
		return okAnswer{true}, a.Report.CloseCampaign(ctx, actor, in.ID.ID, said)
	})
}
