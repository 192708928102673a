package api

import (
	"context"
	"net/http"

	"kolega/internal/access"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

type accountIn struct {
	Platform  string `json:"platform,omitempty" doc:"left out for a profile link"`
	Handle    string `json:"handle" doc:"a handle or a profile link"`
	Followers *int64 `json:"followers,omitempty"`
	ERBp      *int64 `json:"er_bp,omitempty" doc:"basis points"`
	FiguresOn string `json:"figures_on,omitempty" doc:"the day of the figures"`
	Audience  string `json:"audience_country,omitempty"`
	Source    string `json:"source,omitempty"`
}

func (in accountIn) account() talent.Account {
	a := talent.NewAccount(talent.Platform(in.Platform), in.Handle)
	a.FollowersOn, a.AudienceCountry, a.Source = worktime.Date(in.FiguresOn), in.Audience, in.Source
	if in.Followers != nil {
		a.Followers = *in.Followers
	}
	if in.ERBp != nil {
		a.ERBp, a.ERBase, a.EROn = *in.ERBp, talent.BaseOf(a.Platform), a.FollowersOn
	}
	return a
}

type addAccountIn struct {
	ID
	Body accountIn
}

type setRateIn struct {
	ID
	Body struct {
		Platform  string `json:"platform"`
		Format    string `json:"format"`
		Amount    Amount `json:"amount"`
		ValidFrom string `json:"valid_from,omitempty"`
		ValidTo   string `json:"valid_to,omitempty"`
	}
}

func (a *API) setRate(ctx context.Context, actor access.Actor, in *setRateIn) (rateOut, error) {
	r, err := a.Talent.SetRate(ctx, actor, talent.Rate{TalentID: in.ID.ID, Platform: talent.Platform(in.Body.Platform), Format: talent.Format(in.Body.Format),
		Amount: in.Body.Amount.money(), ValidFrom: worktime.Date(in.Body.ValidFrom), ValidTo: worktime.Date(in.Body.ValidTo)})
	return rateWire(r), err
}

type partIn struct {
	ID
	Part string `path:"part"`
}

type absenceOut struct {
	ID     string `json:"id"`
	From   string `json:"from"`
	To     string `json:"to"`
	Reason string `json:"reason,omitempty"`
}

type absenceIn struct {
	ID
	Body struct {
		From   string `json:"from"`
		To     string `json:"to"`
		Reason string `json:"reason,omitempty"`
	}
}

func (a *API) addAbsence(ctx context.Context, actor access.Actor, in *absenceIn) (absenceOut, error) {
	b, err := a.Talent.AddAbsence(ctx, actor, talent.Absence{TalentID: in.ID.ID, From: worktime.Date(in.Body.From), To: worktime.Date(in.Body.To), Reason: in.Body.Reason})
	return absenceOut{b.ID, string(b.From), string(b.To), b.Reason}, err
}

type routeIn struct {
	ID
	Body struct {
		Method      string `json:"method" doc:"bank, ewallet or abroad"`
		Bank        string `json:"bank"`
		BankCountry string `json:"bank_country,omitempty"`
		Number      string `json:"number"`
		AccountName string `json:"account_name"`
		Currency    string `json:"currency,omitempty"`
	}
}

func (a *API) setRoute(ctx context.Context, actor access.Actor, in *routeIn) (*routeOut, error) {
	r, err := a.Talent.SetRoute(ctx, actor, talent.SetRoute{TalentID: in.ID.ID, Method: talent.RouteMethod(in.Body.Method), Bank: in.Body.Bank,
		BankCountry: in.Body.BankCountry, Number: in.Body.Number, AccountName: in.Body.AccountName, Currency: in.Body.Currency})
	return routeWire(r), err
}

type wordIn struct {
	ID
	Body struct {
		Via  string `json:"via" enum:"phone,email" doc:"the channel by which the talent was asked; another than the change came by"`
		Note string `json:"note" doc:"what was said; kept in the trail"`
	}
}

type lookIn struct {
	ID
	Body struct {
		Reason string `json:"reason" doc:"why; kept in the trail"`
	}
}

type lookOut struct {
	Number string `json:"number"`
}

type identityIn struct {
	ID
	Body struct {
		TaxNumber      string `json:"tax_number,omitempty"`
		IdentityNumber string `json:"identity_number,omitempty"`
	}
}

func registerTalentParts(a *API) {
	op(a, http.MethodPost, "/talents/{id}/accounts", "talent.edit", "Give a talent an account", func(ctx context.Context, actor access.Actor, in *addAccountIn) (accountOut, error) {
		x, err := a.Talent.AddAccount(ctx, actor, in.ID.ID, in.Body.account())
		return accountWire(x), err
	})
	op(a, http.MethodPost, "/talents/{id}/rates", "talent.edit", "Set a line of the rate card", a.setRate)
	op(a, http.MethodDelete, "/talents/{id}/rates/{part}", "talent.edit", "Take a line off the rate card", func(ctx context.Context, actor access.Actor, in *partIn) (done, error) {
		return done{true}, a.Talent.RemoveRate(ctx, actor, in.ID.ID, in.Part)
	})
	op(a, http.MethodPost, "/talents/{id}/absences", "talent.edit", "Block dates", a.addAbsence)
	op(a, http.MethodDelete, "/talents/{id}/absences/{part}", "talent.edit", "Free dates again", func(ctx context.Context, actor access.Actor, in *partIn) (done, error) {
		return done{true}, a.Talent.RemoveAbsence(ctx, actor, in.ID.ID, in.Part)
	})
	op(a, http.MethodPost, "/talents/{id}/payout-route", "talent.bank.edit", "Set how a talent is paid; payouts are held for three days", a.setRoute)
	op(a, http.MethodPost, "/talents/{id}/payout-route/confirm", "talent.bank.edit", "Keep the talent's word for a changed route", func(ctx context.Context, actor access.Actor, in *wordIn) (done, error) {
		return done{true}, a.Talent.ConfirmRoute(ctx, actor, in.ID.ID, talent.Channel(in.Body.Via), in.Body.Note)
	})
	op(a, http.MethodPost, "/talents/{id}/payout-route/look", "talent.bank.see", "See the account number; the look is kept in the trail", func(ctx context.Context, actor access.Actor, in *lookIn) (lookOut, error) {
		n, err := a.Talent.SeeNumber(ctx, actor, in.ID.ID, in.Body.Reason)
		return lookOut{n}, err
	})
	op(a, http.MethodPost, "/talents/{id}/identity", "talent.bank.edit", "Set the tax or identity number", func(ctx context.Context, actor access.Actor, in *identityIn) (done, error) {
		return done{true}, a.Talent.SetIdentity(ctx, actor, talent.SetIdentity{TalentID: in.ID.ID, TaxNumber: in.Body.TaxNumber, IdentityNumber: in.Body.IdentityNumber})
	})
}
