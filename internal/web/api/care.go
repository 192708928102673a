package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/client"
)

type touchOut struct {
	ID      string     `json:"id"`
	Contact string     `json:"contact,omitempty"`
	Channel string     `json:"channel"`
	In      bool       `json:"in" doc:"the client came to us"`
	At      *time.Time `json:"at"`
	Summary string     `json:"summary"`
	By      string     `json:"by"`
}

type issueOut struct {
	ID       string     `json:"id"`
	What     string     `json:"what"`
	Severity string     `json:"severity"`
	Campaign string     `json:"campaign,omitempty"`
	Task     string     `json:"task"`
	Cause    string     `json:"cause,omitempty"`
	Outcome  string     `json:"outcome,omitempty"`
	OpenedAt *time.Time `json:"opened_at"`
	ClosedAt *time.Time `json:"closed_at"`
}

type careOut struct {
	Quiet     bool           `json:"quiet"`
	QuietDays int64          `json:"quiet_days"`
	Last      *time.Time     `json:"last"`
	Satisfied int64          `json:"satisfied" doc:"1 to 5; 0 while nobody asked"`
	Words     string         `json:"words,omitempty"`
	Touches   []touchOut     `json:"touches"`
	Issues    []issueOut     `json:"issues"`
	Causes    map[string]int `json:"causes" doc:"of the issues that are closed"`
	Version   int64          `json:"version"`
}

func (a *API) showCare(ctx context.Context, actor access.Actor, in *ID) (careOut, error) {
	c, err := a.Client.Tended(ctx, actor, in.ID)
	return careOut{Quiet: c.Quiet, QuietDays: c.QuietDays, Last: instant(c.Last), Satisfied: c.Satisfied, Words: c.Words, Causes: c.Causes, Version: c.Version,
		Touches: list(c.Touches, func(t client.Touch) touchOut {
			return touchOut{t.ID, t.ContactID, t.Channel, t.In, instant(t.At), t.Summary, t.By}
		}),
		Issues: list(c.Issues, func(i client.Issue) issueOut {
			return issueOut{i.ID, i.What, i.Severity, i.CampaignID, i.TaskID, i.Cause, i.Outcome, instant(i.OpenedAt), instant(i.ClosedAt)}
		})}, err
}

type logContactIn struct {
	ID
	Body struct {
		Contact string    `json:"contact,omitempty"`
		Channel string    `json:"channel" enum:"whatsapp,call,email,meeting,visit"`
		In      bool      `json:"in,omitempty"`
		At      time.Time `json:"at"`
		Summary string    `json:"summary"`
	}
}

type lookAfterIn struct {
	ID
	Body struct {
		QuietDays int64  `json:"quiet_days"`
		Satisfied int64  `json:"satisfied,omitempty"`
		Words     string `json:"words,omitempty"`
		Version   int64  `json:"version"`
	}
}

type openIssueIn struct {
	ID
	Body struct {
		What     string `json:"what"`
		Severity string `json:"severity" enum:"low,normal,high"`
		Campaign string `json:"campaign,omitempty"`
		Doer     string `json:"doer,omitempty" doc:"who answers; left out: oneself"`
		Due      string `json:"due" doc:"the promised answer, in the doer's zone"`
	}
}

type closeIssueIn struct {
	ID    string `path:"id"`
	Issue string `path:"issue"`
	Body  struct {
		Cause   string `json:"cause" enum:"brief,client,talent,agency,platform,courier,money,other"`
		Outcome string `json:"outcome"`
	}
}

// ProfileIn is what is known of a brand, as a program gives it.
type ProfileIn struct {
	Goals     string   `json:"goals,omitempty"`
	Audience  string   `json:"audience,omitempty"`
	Tone      string   `json:"tone,omitempty"`
	Forbidden string   `json:"forbidden,omitempty"`
	Platforms string   `json:"platforms,omitempty"`
	Habits    string   `json:"habits,omitempty"`
	Persona   []string `json:"persona,omitempty"`
	No        int64    `json:"no" doc:"the version that was seen; 0 for none"`
}

type profileIn struct {
	ID
	Body ProfileIn
}

type profileOut struct {
	ProfileIn
	By     string     `json:"by"`
	MadeAt *time.Time `json:"made_at"`
}

func profileWire(p client.Profile) profileOut {
	return profileOut{ProfileIn{p.Goals, p.Audience, p.Tone, p.Forbidden, p.Platforms, p.Habits, list(p.Persona, func(s string) string { return s }), p.No}, p.By, instant(p.MadeAt)}
}

func registerCare(a *API) {
	op(a, http.MethodGet, "/clients/{id}/care", "client.see", "When a client was met, what is wrong, how satisfied it is", a.showCare)
	op(a, http.MethodPut, "/clients/{id}/care", "client.edit", "Set when a client counts as quiet, and how satisfied it is", func(ctx context.Context, actor access.Actor, in *lookAfterIn) (careOut, error) {
		b := in.Body
		if err := a.Client.LookAfter(ctx, actor, client.Looking{ClientID: in.ID.ID, QuietDays: b.QuietDays, Satisfied: b.Satisfied, Words: b.Words, Version: b.Version}); err != nil {
			return careOut{}, err
		}
		return a.showCare(ctx, actor, &in.ID)
	})
	op(a, http.MethodPost, "/clients/{id}/contacts-log", "client.edit", "Log a contact with a client", func(ctx context.Context, actor access.Actor, in *logContactIn) (careOut, error) {
		b := in.Body
		if _, err := a.Client.LogContact(ctx, actor, client.Touch{ClientID: in.ID.ID, ContactID: b.Contact, Channel: b.Channel, In: b.In, At: b.At, Summary: b.Summary}); err != nil {
			return careOut{}, err
		}
		return a.showCare(ctx, actor, &in.ID)
	})
	op(a, http.MethodPost, "/clients/{id}/issues", "client.edit", "Note a problem of a client, with the promised answer", func(ctx context.Context, actor access.Actor, in *openIssueIn) (careOut, error) {
		b := in.Body
		if _, err := a.Client.OpenIssue(ctx, actor, client.Issue{ClientID: in.ID.ID, CampaignID: b.Campaign, What: b.What, Severity: b.Severity}, b.Doer, b.Due); err != nil {
			return careOut{}, err
		}
		return a.showCare(ctx, actor, &in.ID)
	})
	op(a, http.MethodPost, "/clients/{id}/issues/{issue}/close", "client.edit", "Close a problem with its cause", func(ctx context.Context, actor access.Actor, in *closeIssueIn) (careOut, error) {
		if err := a.Client.CloseIssue(ctx, actor, in.ID, in.Issue, in.Body.Cause, in.Body.Outcome); err != nil {
			return careOut{}, err
		}
		return a.showCare(ctx, actor, &ID{in.ID})
	})
	registerProfiles(a)
}

func registerProfiles(a *API) {
	op(a, http.MethodGet, "/brands/{id}/profile", "client.see", "The versions of a brand's profile, newest first", func(ctx context.Context, actor access.Actor, in *ID) (Page[profileOut], error) {
		_, all, err := a.Client.Profiles(ctx, actor, in.ID)
		return Page[profileOut]{Items: list(all, profileWire)}, err
	})
	op(a, http.MethodPut, "/brands/{id}/profile", "client.edit", "Keep a new version of a brand's profile", func(ctx context.Context, actor access.Actor, in *profileIn) (profileOut, error) {
		brand, _, err := a.Client.Profiles(ctx, actor, in.ID.ID)
		if err != nil {
			return profileOut{}, err
		}
		b := in.Body
		p, err := a.Client.SaveProfile(ctx, actor, brand.ClientID, client.Profile{BrandID: in.ID.ID, No: b.No, Goals: b.Goals, Audience: b.Audience, Tone: b.Tone, Forbidden: b.Forbidden, Platforms: b.Platforms,
			Habits: b.Habits, Persona: b.Persona})
		return profileWire(p), err
	})
}
