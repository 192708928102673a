package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/proof"
	"kolega/internal/worktime"
)

// ProofIn is a proof as a program gives it.
type ProofIn struct {
	Kind       string `json:"kind" enum:"testimonial,case,statistic,expert"`
	Title      string `json:"title"`
	Body       string `json:"body"`
	Who        string `json:"who,omitempty"`
	Source     string `json:"source,omitempty" doc:"of a statistic: who counted"`
	Link       string `json:"link,omitempty"`
	SourceOn   string `json:"source_on,omitempty"`
	Client     string `json:"client,omitempty"`
	Permission string `json:"permission" enum:"yes,anonymised,no" doc:"may clients see it"`
	Alias      string `json:"alias,omitempty" doc:"said instead of the client's name"`
	Consent    string `json:"consent,omitempty"`
	ConsentOn  string `json:"consent_on,omitempty"`
}

func (in ProofIn) proof() proof.Proof {
	return proof.Proof{Kind: proof.Kind(in.Kind), Title: in.Title, Body: in.Body, Who: in.Who, Source: in.Source, Link: in.Link, SourceOn: worktime.Date(in.SourceOn), ClientID: in.Client,
		Permission: proof.Permission(in.Permission), Alias: in.Alias, Consent: in.Consent, ConsentOn: worktime.Date(in.ConsentOn)}
}

type proofFigure struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

type proofOut struct {
	ID string `json:"id"`
	ProofIn
	Campaign string        `json:"campaign,omitempty" doc:"of a case study"`
	Figures  []proofFigure `json:"figures"`
	Retired  bool          `json:"retired"`
	MadeAt   *time.Time    `json:"made_at"`
	Version  int64         `json:"version"`
}

func proofWire(p proof.Proof) proofOut {
	return proofOut{p.ID, ProofIn{string(p.Kind), p.Title, p.Body, p.Who, p.Source, p.Link, string(p.SourceOn), p.ClientID, string(p.Permission), p.Alias, p.Consent, string(p.ConsentOn)}, p.CampaignID,
		list(p.Figures, func(f proof.Figure) proofFigure { return proofFigure(f) }), !p.RetiredAt.IsZero(), instant(p.MadeAt), p.Version}
}

type proofsIn struct {
	Kind    string `query:"kind"`
	Text    string `query:"q"`
	Retired bool   `query:"retired"`
}

type newProofIn struct{ Body ProofIn }

type editProofIn struct {
	ID
	Body struct {
		ProofIn
		Version int64 `json:"version"`
	}
}

type retireProofIn struct {
	ID
	Body struct {
		Away bool `json:"away"`
	}
}

type caseIn struct {
	Body struct {
		Campaign string `json:"campaign" doc:"closed, with a report that was sent"`
	}
}

type sheetVersionOut struct {
	ID      string `json:"id"`
	Number  int64  `json:"number"`
	File    string `json:"file"`
	SHA256  string `json:"sha256"`
	Size    int64  `json:"size"`
	FromOn  string `json:"from_on"`
	UntilOn string `json:"until_on,omitempty"`
	Holds   bool   `json:"holds" doc:"in force today"`
}

type sheetShownOut struct {
	Number      int64      `json:"number"`
	Whom        string     `json:"whom"`
	Opportunity string     `json:"opportunity,omitempty"`
	Deck        string     `json:"deck,omitempty"`
	Reason      string     `json:"reason,omitempty"`
	At          *time.Time `json:"at"`
	By          string     `json:"by"`
}

type serviceSheetOut struct {
	ID       string            `json:"id"`
	Title    string            `json:"title"`
	Kind     string            `json:"kind" enum:"service,price,deck"`
	Versions []sheetVersionOut `json:"versions"`
	Shown    []sheetShownOut   `json:"shown" doc:"who saw which version, newest first"`
}

func serviceSheetWire(today worktime.Date) func(proof.Sheet) serviceSheetOut {
	return func(s proof.Sheet) serviceSheetOut {
		return serviceSheetOut{s.ID, s.Title, string(s.Kind), list(s.Versions, func(v proof.SheetVersion) sheetVersionOut {
			return sheetVersionOut{v.ID, v.Number, v.Name, v.SHA, v.Size, string(v.FromOn), string(v.UntilOn), v.Holds(today)}
		}), list(s.Shown, func(x proof.SheetShown) sheetShownOut {
			return sheetShownOut{x.Number, x.Whom, x.DealID, x.DeckID, x.Reason, instant(x.At), x.By}
		})}
	}
}

type showSheetIn struct {
	ID
	Body struct {
		Version     string `json:"version"`
		Whom        string `json:"whom,omitempty"`
		Contact     string `json:"contact,omitempty"`
		Opportunity string `json:"opportunity,omitempty"`
		Reason      string `json:"reason,omitempty" doc:"needed when the version is not in force today"`
	}
}

func registerProofs(a *API) {
	op(a, http.MethodGet, "/proofs", "proof.see", "The proof library", func(ctx context.Context, actor access.Actor, in *proofsIn) (Page[proofOut], error) {
		all, err := a.Proof.Proofs(ctx, actor, proof.Filter{Kind: proof.Kind(in.Kind), Text: in.Text, Retired: in.Retired})
		return Page[proofOut]{Items: list(all, proofWire)}, err
	})
	op(a, http.MethodPost, "/proofs", "proof.edit", "Keep a proof", func(ctx context.Context, actor access.Actor, in *newProofIn) (proofOut, error) {
		p, err := a.Proof.KeepProof(ctx, actor, in.Body.proof())
		return proofWire(p), err
	})
	op(a, http.MethodPost, "/proofs/case", "proof.edit", "Make a case study of a closed campaign", func(ctx context.Context, actor access.Actor, in *caseIn) (proofOut, error) {
		p, err := a.Proof.MakeCase(ctx, actor, in.Body.Campaign)
		return proofWire(p), err
	})
	op(a, http.MethodGet, "/proofs/{id}", "proof.see", "A proof", func(ctx context.Context, actor access.Actor, in *ID) (proofOut, error) {
		p, err := a.Proof.Proof(ctx, actor, in.ID)
		return proofWire(p), err
	})
	op(a, http.MethodPut, "/proofs/{id}", "proof.edit", "Change a proof", func(ctx context.Context, actor access.Actor, in *editProofIn) (done, error) {
		p := in.Body.proof()
		p.ID, p.Version = in.ID.ID, in.Body.Version
		return done{true}, a.Proof.CorrectProof(ctx, actor, p)
	})
	op(a, http.MethodPost, "/proofs/{id}/retire", "proof.edit", "Put a proof away or bring it back", func(ctx context.Context, actor access.Actor, in *retireProofIn) (done, error) {
		return done{true}, a.Proof.RetireProof(ctx, actor, in.ID.ID, in.Body.Away)
	})
	op(a, http.MethodGet, "/service-sheets", "sheet.see", "Service sheets with versions and whom they were shown to", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[serviceSheetOut], error) {
		all, today, err := a.Proof.Sheets(ctx, actor)
		return Page[serviceSheetOut]{Items: list(all, serviceSheetWire(today))}, err
	})
	op(a, http.MethodPost, "/service-sheets/{id}/shown", "sheet.show", "Log who is shown a version", func(ctx context.Context, actor access.Actor, in *showSheetIn) (done, error) {
		b := in.Body
		return done{true}, a.Proof.ShowSheet(ctx, actor, proof.SheetShown{SheetID: in.ID.ID, VersionID: b.Version, Whom: b.Whom, ContactID: b.Contact, DealID: b.Opportunity, Reason: b.Reason})
	})
}
