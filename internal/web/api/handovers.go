package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/casting"
	"kolega/internal/worktime"
)

type handedSeatOut struct {
	Slot    int64      `json:"slot" doc:"its number in the campaign"`
	Pieces  []pieceOut `json:"pieces"`
	Budget  Amount     `json:"budget"`
	DraftOn string     `json:"draft_on"`
	PostOn  string     `json:"post_on"`
}

type handoverQuestionOut struct {
	ID         string     `json:"id"`
	Text       string     `json:"text"`
	AskedBy    string     `json:"asked_by"`
	AskedAt    *time.Time `json:"asked_at"`
	Answer     string     `json:"answer,omitempty"`
	AnsweredBy string     `json:"answered_by,omitempty"`
	AnsweredAt *time.Time `json:"answered_at"`
}

type handoverOut struct {
	ID         string                `json:"id"`
	Campaign   string                `json:"campaign"`
	Specialist string                `json:"specialist"`
	State      string                `json:"state" enum:"sent,seen,asks,started,ready"`
	Late       bool                  `json:"late"`
	Persona    string                `json:"persona"`
	Excluded   []string              `json:"excluded" doc:"talent ids"`
	Seats      []handedSeatOut       `json:"seats"`
	Due        *dueOut               `json:"due"`
	Listed     int64                 `json:"listed"`
	SentAt     *time.Time            `json:"sent_at"`
	SeenAt     *time.Time            `json:"seen_at"`
	StartedAt  *time.Time            `json:"started_at"`
	ReadyAt    *time.Time            `json:"ready_at"`
	Questions  []handoverQuestionOut `json:"questions"`
	LowBudgets []int64               `json:"low_budgets" doc:"numbers of slots whose budget is below the cheapest known rate"`
}

func handoverWire(h casting.HandoverView) handoverOut {
	return handoverOut{ID: h.ID, Campaign: h.CampaignID, Specialist: h.SpecialistID, State: string(h.State), Late: h.Late, Persona: h.Persona,
		Excluded: list(h.Handover.Excluded, func(id string) string { return id }), Due: dueWire(h.Due), Listed: h.Listed,
		Seats: list(h.Seats, func(s casting.HandedSeat) handedSeatOut {
			return handedSeatOut{s.Number, list(s.Pieces, pieceWire), amount(s.Budget), string(s.DraftOn), string(s.PostOn)}
		}),
		SentAt: instant(h.SentAt), SeenAt: instant(h.SeenAt), StartedAt: instant(h.StartedAt), ReadyAt: instant(h.ReadyAt),
		Questions: list(h.Questions, func(q casting.HandoverQuestion) handoverQuestionOut {
			return handoverQuestionOut{q.ID, q.Text, q.AskedBy, instant(q.AskedAt), q.Answer, q.AnsweredBy, instant(q.AnsweredAt)}
		}),
		LowBudgets: list(h.Low, func(l casting.LowBudget) int64 { return l.Slot })}
}

type handOverIn struct {
	ID
	Body struct {
		Specialist string `json:"specialist,omitempty" doc:"left out: the campaign's"`
		Persona    string `json:"persona"`
		Excluded   string `json:"excluded,omitempty" doc:"handles, parted by commas"`
		Due        string `json:"due" doc:"in the specialist's zone: 2026-12-01T17:00, besok 17.00"`
	}
}

type questionTextIn struct {
	ID
	Body struct {
		Text string `json:"text"`
	}
}

func registerHandovers(a *API) {
	op(a, http.MethodGet, "/handovers", "cast.see", "What waits for a specialist, oldest first", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[handoverOut], error) {
		all, err := a.Casting.Handovers(ctx, actor, "")
		return Page[handoverOut]{Items: list(all, handoverWire)}, err
	})
	op(a, http.MethodGet, "/campaigns/{id}/handovers", "cast.see", "A campaign's hand-overs to the specialist", func(ctx context.Context, actor access.Actor, in *ID) (Page[handoverOut], error) {
		all, err := a.Casting.Handovers(ctx, actor, in.ID)
		return Page[handoverOut]{Items: list(all, handoverWire)}, err
	})
	op(a, http.MethodPost, "/campaigns/{id}/handovers", "campaign.edit", "Hand the open slots over to a specialist", func(ctx context.Context, actor access.Actor, in *handOverIn) (madeOut, error) {
		b := in.Body
		h, err := a.Casting.HandOver(ctx, actor, casting.HandOver{CampaignID: in.ID.ID, SpecialistID: b.Specialist, Persona: b.Persona, Excluded: b.Excluded, Due: b.Due})
		return madeOut{h.ID}, err
	})
	op(a, http.MethodPost, "/handovers/{id}/confirm", "cast.shortlist", "Say that a hand-over was received", func(ctx context.Context, actor access.Actor, in *ID) (doneOut, error) {
		return acted(a.Casting.ConfirmHandover(ctx, actor, in.ID))
	})
	op(a, http.MethodPost, "/handovers/{id}/questions", "cast.shortlist", "Ask about a hand-over", func(ctx context.Context, actor access.Actor, in *questionTextIn) (doneOut, error) {
		return acted(a.Casting.AskHandover(ctx, actor, in.ID.ID, in.Body.Text))
	})
	op(a, http.MethodPost, "/handovers/{id}/answers", "campaign.edit", "Answer a question of the specialist", func(ctx context.Context, actor access.Actor, in *struct {
		ID
		Body struct {
			Question string `json:"question"`
			Text     string `json:"text"`
		}
	}) (doneOut, error) {
		return acted(a.Casting.AnswerHandover(ctx, actor, in.ID.ID, in.Body.Question, in.Body.Text))
	})
	op(a, http.MethodPost, "/handovers/{id}/ready", "cast.shortlist", "Say that the list is ready", func(ctx context.Context, actor access.Actor, in *ID) (doneOut, error) {
		return acted(a.Casting.ListReady(ctx, actor, in.ID))
	})
}

type incidentOut struct {
	ID        string     `json:"id"`
	Booking   string     `json:"booking"`
	Kind      string     `json:"kind"`
	Since     string     `json:"since"`
	OpenedAt  *time.Time `json:"opened_at"`
	Decision  string     `json:"decision,omitempty"`
	Told      string     `json:"told,omitempty"`
	Words     string     `json:"words,omitempty"`
	DecidedBy string     `json:"decided_by,omitempty"`
	DecidedAt *time.Time `json:"decided_at"`
}

func incidentWire(i casting.Incident) incidentOut {
	return incidentOut{i.ID, i.BookingID, string(i.Kind), string(i.Since), instant(i.OpenedAt), string(i.Decision), i.Told, i.Words, i.DecidedBy, instant(i.DecidedAt)}
}

type reportIncidentIn struct {
	ID
	Body struct {
		Kind  string `json:"kind" enum:"no_contact,illness,family,conflict,client,other"`
		Since string `json:"since,omitempty" doc:"a day; left out: today"`
	}
}

type decideIncidentIn struct {
	ID
	Body struct {
		Kind     string `json:"kind" enum:"no_contact,illness,family,conflict,client,other"`
		Since    string `json:"since,omitempty" doc:"a day; left out: today"`
		Decision string `json:"decision" enum:"extend,replace,drop"`
		Draft    string `json:"draft,omitempty" doc:"of an extension, in the talent's zone"`
		Posting  string `json:"posting,omitempty"`
		Told     string `json:"told" enum:"whatsapp,email,call,meeting" doc:"how the brand was told"`
		Words    string `json:"words" doc:"what the brand was told"`
		Reason   string `json:"reason,omitempty" doc:"internal; refused for illness and family"`
	}
}

func registerIncidents(a *API) {
	op(a, http.MethodGet, "/campaigns/{id}/incidents", "booking.see", "A campaign's incident log", func(ctx context.Context, actor access.Actor, in *ID) (Page[incidentOut], error) {
		all, err := a.Casting.Incidents(ctx, actor, in.ID)
		return Page[incidentOut]{Items: list(all, incidentWire)}, err
	})
	op(a, http.MethodPost, "/bookings/{id}/incident", "booking.edit", "Report that a talent cannot deliver", func(ctx context.Context, actor access.Actor, in *reportIncidentIn) (madeOut, error) {
		i, err := a.Casting.ReportIncident(ctx, actor, casting.ReportIncident{BookingID: in.ID.ID, Kind: casting.DropKind(in.Body.Kind), Since: worktime.Date(in.Body.Since)})
		return madeOut{i.ID}, err
	})
	op(a, http.MethodPost, "/bookings/{id}/decision", "booking.edit", "Extend, replace or drop, with what the brand was told", func(ctx context.Context, actor access.Actor, in *decideIncidentIn) (madeOut, error) {
		b := in.Body
		i, err := a.Casting.DecideIncident(ctx, actor, casting.DecideIncident{
			ReportIncident: casting.ReportIncident{BookingID: in.ID.ID, Kind: casting.DropKind(b.Kind), Since: worktime.Date(b.Since)},
			Decision:       casting.Decision(b.Decision), Draft: b.Draft, Post: b.Posting, Told: b.Told, Words: b.Words, Reason: b.Reason})
		return madeOut{i.ID}, err
	})
}
