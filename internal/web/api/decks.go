package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/fault"
	"kolega/internal/pitch"
	"kolega/internal/result"
	"kolega/internal/worktime"
)

type deckPlanLine struct {
	Name     string `json:"name"`
	Platform string `json:"platform,omitempty"`
	Format   string `json:"format,omitempty"`
	Reach    int64  `json:"reach"`
	Source   string `json:"source" enum:"rate-card,past,guess"`
	Note     string `json:"note,omitempty"`
}

// DeckPartIn is a part of an outline as a program gives it; each kind uses its own fields.
type DeckPartIn struct {
	Kind     string         `json:"kind" enum:"story,idea,trend,proof,number,lineup,plan,offer,sheet,text"`
	Title    string         `json:"title"`
	Body     string         `json:"body,omitempty"`
	Idea     string         `json:"idea,omitempty"`
	Trend    string         `json:"trend,omitempty"`
	Proof    string         `json:"proof,omitempty"`
	Value    string         `json:"value,omitempty" doc:"of a number, as it is read"`
	Source   string         `json:"source,omitempty"`
	SourceOn string         `json:"source_on,omitempty"`
	Link     string         `json:"link,omitempty"`
	Talents  []string       `json:"talents,omitempty" doc:"ids, of a line-up"`
	Price    Amount         `json:"price,omitempty"`
	UntilOn  string         `json:"until_on,omitempty" doc:"the last day of an offer"`
	Limit    string         `json:"limit,omitempty" enum:"date,talents," doc:"talents: their free days must be few"`
	Free     []string       `json:"free,omitempty" doc:"ids of the talents with few free days"`
	Budget   Amount         `json:"budget,omitempty" doc:"of a plan: the same for both sides"`
	KOL      []deckPlanLine `json:"kol,omitempty"`
	Media    []deckPlanLine `json:"media,omitempty"`
	KOLRisk  string         `json:"kol_risk,omitempty"`
	MedRisk  string         `json:"media_risk,omitempty"`
	Sheet    string         `json:"sheet,omitempty"`
	Version  string         `json:"sheet_version,omitempty"`
	Reason   string         `json:"reason,omitempty"`
}

func planLines(in []deckPlanLine) (out []pitch.PlanLine) {
	for _, l := range in {
		out = append(out, pitch.PlanLine{Name: l.Name, Platform: l.Platform, Format: l.Format, Reach: l.Reach, Source: result.ReachSource(l.Source), Note: l.Note})
	}
	return out
}

func planWire(in []pitch.PlanLine) (out []deckPlanLine) {
	for _, l := range in {
		out = append(out, deckPlanLine{l.Name, l.Platform, l.Format, l.Reach, string(l.Source), l.Note})
	}
	return out
}

func (in DeckPartIn) part(deckID string) pitch.Part {
	return pitch.Part{DeckID: deckID, Kind: pitch.Kind(in.Kind), Title: in.Title, Body: in.Body, Data: pitch.Data{IdeaID: in.Idea, NoteID: in.Trend, ProofID: in.Proof, Value: in.Value, Source: in.Source,
		SourceOn: worktime.Date(in.SourceOn), Link: in.Link, Talents: in.Talents, Price: in.Price.money(), UntilOn: worktime.Date(in.UntilOn), Limit: pitch.Limit(in.Limit), Free: in.Free,
		Plan:    pitch.Plan{Budget: in.Budget.money(), KOL: planLines(in.KOL), Media: planLines(in.Media), KOLRisk: in.KOLRisk, MediaRisk: in.MedRisk},
		SheetID: in.Sheet, VersionID: in.Version, Reason: in.Reason}}
}

type deckPartOut struct {
	ID string `json:"id"`
	DeckPartIn
	Problem string `json:"problem,omitempty" doc:"code of why a client may not see it as it is"`
	Stale   bool   `json:"stale"`
	Version int64  `json:"version"`
}

func deckPartWire(p pitch.Checked) deckPartOut {
	d := p.Data
	return deckPartOut{p.ID, DeckPartIn{string(p.Kind), p.Title, p.Body, d.IdeaID, d.NoteID, d.ProofID, d.Value, d.Source, string(d.SourceOn), d.Link, d.Talents, amount(d.Price), string(d.UntilOn), string(d.Limit), d.Free,
		amount(d.Plan.Budget), planWire(d.Plan.KOL), planWire(d.Plan.Media), d.Plan.KOLRisk, d.Plan.MediaRisk, d.SheetID, d.VersionID, d.Reason}, problemCode(p.Problem), p.Stale, p.Part.Version}
}

type deckVersionOut struct {
	ID         string     `json:"id"`
	Number     int64      `json:"number"`
	By         string     `json:"by"`
	MadeAt     *time.Time `json:"made_at"`
	ApprovedBy string     `json:"approved_by,omitempty"`
	RefusedWhy string     `json:"refused_why,omitempty"`
	SentAt     *time.Time `json:"sent_at"`
	Hash       string     `json:"hash,omitempty" doc:"over the document and the files, once it was sent"`
	Design     string     `json:"design,omitempty" doc:"name of the designer's file"`
}

func deckVersionWire(v pitch.Version) deckVersionOut {
	return deckVersionOut{v.ID, v.Number, v.By, instant(v.MadeAt), v.ApprovedBy, v.RefusedWhy, instant(v.SentAt), v.Hash, v.Design.Name}
}

type deckReaderOut struct {
	Phone   bool       `json:"phone"`
	Visits  int64      `json:"visits"`
	FirstAt *time.Time `json:"first_at"`
	LastAt  *time.Time `json:"last_at"`
	Seconds int64      `json:"seconds"`
}

type deckShareOut struct {
	ID        string          `json:"id"`
	Version   int64           `json:"version"`
	Name      string          `json:"name"`
	Contact   string          `json:"contact,omitempty"`
	ExpiresAt *time.Time      `json:"expires_at"`
	RevokedAt *time.Time      `json:"revoked_at"`
	Readers   []deckReaderOut `json:"readers" doc:"one a browser; previews and machines are never among them"`
	Sections  map[int64]int64 `json:"sections" doc:"seconds by the section's place"`
	URL       string          `json:"url,omitempty" doc:"given once, when it is made"`
}

func deckShareWire(s pitch.Share) deckShareOut {
	out := deckShareOut{ID: s.ID, Version: s.Number, Name: s.Name, Contact: s.ContactID, ExpiresAt: instant(s.ExpiresAt), RevokedAt: instant(s.RevokedAt), Sections: map[int64]int64{},
		Readers: list(s.Readers, func(r pitch.Reader) deckReaderOut {
			return deckReaderOut{r.Phone, r.Visits, instant(r.FirstAt), instant(r.LastAt), int64(r.Read / time.Second)}
		})}
	for n, d := range s.Sections {
		out.Sections[n] = int64(d / time.Second)
	}
	return out
}

type deckOut struct {
	ID          string           `json:"id"`
	Opportunity string           `json:"opportunity"`
	Title       string           `json:"title"`
	Lang        string           `json:"lang"`
	Owner       string           `json:"owner"`
	Concept     string           `json:"concept,omitempty"`
	Ripe        bool             `json:"ripe"`
	Stage       string           `json:"stage" enum:"outline,design,approval,approved,sent,read,won,lost" doc:"computed"`
	Readers     int              `json:"readers"`
	Learned     string           `json:"learned,omitempty"`
	Lacking     []string         `json:"lacking,omitempty" doc:"of the checklist: what holds a version back"`
	Parts       []deckPartOut    `json:"parts,omitempty"`
	Versions    []deckVersionOut `json:"versions,omitempty"`
	Shares      []deckShareOut   `json:"shares,omitempty"`
	Version     int64            `json:"version"`
}

func deckRowWire(r pitch.Row) deckOut {
	return deckOut{ID: r.ID, Opportunity: r.DealID, Title: r.Title, Lang: r.Lang, Owner: r.OwnerID, Concept: r.Concept, Ripe: r.Ripe(), Stage: string(r.Stage), Readers: r.Readers, Learned: r.Learned, Version: r.Version}
}

func deckWire(s pitch.Sheet) deckOut {
	out := deckRowWire(s.Row)
	out.Lacking, out.Parts, out.Versions, out.Shares = s.Lacking(), list(s.Parts, deckPartWire), list(s.Versions, deckVersionWire), list(s.Links, deckShareWire)
	return out
}

type decksIn struct {
	Opportunity string `query:"opportunity"`
}

// DeckIn is a deck as a program gives it.
type DeckIn struct {
	Title   string `json:"title"`
	Lang    string `json:"lang" enum:"id,en"`
	Owner   string `json:"owner,omitempty" doc:"left out: oneself"`
	Concept string `json:"concept,omitempty"`
}

type newDeckIn struct {
	Body struct {
		DeckIn
		Opportunity string `json:"opportunity"`
	}
}

type editDeckIn struct {
	ID
	Body struct {
		DeckIn
		Version int64 `json:"version"`
	}
}

type newPartIn struct {
	ID
	Body DeckPartIn
}

type orderPartsIn struct {
	ID
	Body struct {
		Order []string `json:"order" doc:"ids of parts"`
	}
}

type versionIn struct {
	ID
	Body struct {
		Version string `json:"version"`
		Why     string `json:"why,omitempty" doc:"of a refusal"`
	}
}

type sendDeckIn struct {
	ID
	Body struct {
		Version string     `json:"version"`
		Contact string     `json:"contact,omitempty"`
		Name    string     `json:"name,omitempty" doc:"of somebody who is no contact yet"`
		Lang    string     `json:"lang,omitempty"`
		Until   *time.Time `json:"until,omitempty" doc:"left out: sixty days"`
	}
}

type deckShareIn struct {
	ID
	Body struct {
		Share string `json:"share"`
	}
}

func (a *API) showDeck(ctx context.Context, actor access.Actor, id string) (deckOut, error) {
	s, err := a.Pitch.Deck(ctx, actor, id)
	if err != nil {
		return deckOut{}, err
	}
	return deckWire(s), nil
}

func registerDecks(a *API) {
	op(a, http.MethodGet, "/decks", "deck.see", "Pitch decks, newest first", func(ctx context.Context, actor access.Actor, in *decksIn) (Page[deckOut], error) {
		all, err := a.Pitch.Decks(ctx, actor, in.Opportunity)
		return Page[deckOut]{Items: list(all, deckRowWire)}, err
	})
	op(a, http.MethodPost, "/decks", "deck.edit", "Begin a deck for an opportunity", func(ctx context.Context, actor access.Actor, in *newDeckIn) (deckOut, error) {
		b := in.Body
		d, err := a.Pitch.NewDeck(ctx, actor, pitch.Deck{DealID: b.Opportunity, Title: b.Title, Lang: b.Lang, OwnerID: b.Owner, Concept: b.Concept})
		if err != nil {
			return deckOut{}, err
		}
		return a.showDeck(ctx, actor, d.ID)
	})
	op(a, http.MethodGet, "/decks/{id}", "deck.see", "A deck with outline, versions and readers", func(ctx context.Context, actor access.Actor, in *ID) (deckOut, error) {
		return a.showDeck(ctx, actor, in.ID)
	})
	op(a, http.MethodPut, "/decks/{id}", "deck.edit", "Change a deck; another concept is raw again", func(ctx context.Context, actor access.Actor, in *editDeckIn) (deckOut, error) {
		b := in.Body
		if err := a.Pitch.EditDeck(ctx, actor, pitch.Deck{ID: in.ID.ID, Version: b.Version, Title: b.Title, Lang: b.Lang, OwnerID: b.Owner, Concept: b.Concept}); err != nil {
			return deckOut{}, err
		}
		return a.showDeck(ctx, actor, in.ID.ID)
	})
	op(a, http.MethodPost, "/decks/{id}/ripe", "deck.ripen", "Call the concept ripe for design", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Pitch.RipenConcept(ctx, actor, in.ID)
	})
	op(a, http.MethodPost, "/decks/{id}/parts", "deck.edit", "Add a part to the outline", func(ctx context.Context, actor access.Actor, in *newPartIn) (deckOut, error) {
		if _, err := a.Pitch.AddPart(ctx, actor, in.Body.part(in.ID.ID)); err != nil {
			return deckOut{}, err
		}
		return a.showDeck(ctx, actor, in.ID.ID)
	})
	op(a, http.MethodPost, "/decks/{id}/order", "deck.edit", "Order the outline", func(ctx context.Context, actor access.Actor, in *orderPartsIn) (done, error) {
		return done{true}, a.Pitch.OrderParts(ctx, actor, in.ID.ID, in.Body.Order)
	})
	registerVersions(a)
}

func registerVersions(a *API) {
	op(a, http.MethodPost, "/decks/{id}/versions", "deck.edit", "Make the outline into a version, for somebody else to approve", func(ctx context.Context, actor access.Actor, in *ID) (deckVersionOut, error) {
		v, err := a.Pitch.Propose(ctx, actor, in.ID)
		return deckVersionWire(v), err
	})
	op(a, http.MethodPost, "/decks/{id}/approve", "deck.approve", "Approve a version that somebody else made", func(ctx context.Context, actor access.Actor, in *versionIn) (done, error) {
		return done{true}, a.Pitch.Approve(ctx, actor, in.ID.ID, in.Body.Version)
	})
	op(a, http.MethodPost, "/decks/{id}/refuse", "deck.approve", "Send a version back", func(ctx context.Context, actor access.Actor, in *versionIn) (done, error) {
		return done{true}, a.Pitch.Refuse(ctx, actor, in.ID.ID, in.Body.Version, in.Body.Why)
	})
	op(a, http.MethodPost, "/decks/{id}/shares", "deck.send", "Freeze an approved version and make a link for one receiver", func(ctx context.Context, actor access.Actor, in *sendDeckIn) (deckShareOut, error) {
		n := pitch.Send{DeckID: in.ID.ID, VersionID: in.Body.Version, ContactID: in.Body.Contact, Name: in.Body.Name, Lang: in.Body.Lang}
		if in.Body.Until != nil {
			n.Until = *in.Body.Until
		}
		s, token, err := a.Pitch.SendDeck(ctx, actor, n)
		out := deckShareWire(s)
		out.URL = "/d/" + token
		return out, err
	})
	op(a, http.MethodPost, "/decks/{id}/withdraw", "deck.send", "Withdraw a link", func(ctx context.Context, actor access.Actor, in *deckShareIn) (done, error) {
		return done{true}, a.Pitch.RevokeShare(ctx, actor, in.ID.ID, in.Body.Share)
	})
}

type designOut struct {
	ID       string     `json:"id"`
	Deck     string     `json:"deck"`
	Title    string     `json:"title"`
	Brand    string     `json:"brand"`
	Designer string     `json:"designer"`
	Words    string     `json:"words"`
	Size     string     `json:"size"`
	Due      *dueOut    `json:"due"`
	Open     bool       `json:"open"`
	AskedAt  *time.Time `json:"asked_at"`
}

func designWire(q pitch.RequestView) designOut {
	return designOut{q.ID, q.DeckID, q.Deck, q.Brand, q.DesignerID, q.Words, string(q.Size), dueWire(q.Due), q.Open(), instant(q.AskedAt)}
}

type askDesignIn struct {
	ID
	Body struct {
		Designer string   `json:"designer"`
		Due      string   `json:"due" doc:"in the designer's zone"`
		Words    string   `json:"words"`
		Size     string   `json:"size" enum:"16:9,4:3,a4,1:1,9:16"`
		Links    []string `json:"links,omitempty"`
	}
}

type dropDesignIn struct {
	ID
	Body struct {
		Why string `json:"why"`
	}
}

func registerDesigns(a *API) {
	op(a, http.MethodGet, "/designs", "design.see", "What designers are asked for; a designer sees their own", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[designOut], error) {
		all, err := a.Pitch.Designs(ctx, actor)
		return Page[designOut]{Items: list(all, designWire)}, err
	})
	op(a, http.MethodPost, "/decks/{id}/designs", "design.ask", "Ask a designer for work on a ripe concept", func(ctx context.Context, actor access.Actor, in *askDesignIn) (done, error) {
		b := in.Body
		_, err := a.Pitch.AskDesign(ctx, actor, pitch.NewRequest{Request: pitch.Request{DeckID: in.ID.ID, DesignerID: b.Designer, Words: b.Words, Size: pitch.Size(b.Size), Links: b.Links}, Due: b.Due})
		return done{true}, err
	})
	op(a, http.MethodPost, "/designs/{id}/drop", "design.ask", "Take a request back", func(ctx context.Context, actor access.Actor, in *dropDesignIn) (done, error) {
		return done{true}, a.Pitch.DropDesign(ctx, actor, in.ID.ID, in.Body.Why)
	})
}

// problemCode is the stable code of what stands in a part's way; "" when nothing does.
func problemCode(err error) string {
	if err == nil {
		return ""
	}
	return fault.CodeOf(err)
}
