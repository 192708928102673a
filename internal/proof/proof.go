package proof

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Kind says what a proof is.
type Kind string

// The kinds.
const (
	Testimonial Kind = "testimonial"
	CaseStudy   Kind = "case"
	Statistic   Kind = "statistic"
	Expert      Kind = "expert"
)

// Kinds lists them in the order of the form.
func Kinds() []Kind { return []Kind{Testimonial, CaseStudy, Statistic, Expert} }

// Permission says whether clients may see a proof.
type Permission string

// The permissions.
const (
	MayShow    Permission = "yes"
	Anonymised Permission = "anonymised"
	MayNot     Permission = "no"
)

// Permissions lists them in the order of the form.
func Permissions() []Permission { return []Permission{MayShow, Anonymised, MayNot} }

// Figure is one number of a proof, as it is read: "4,2 %", "ER".
type Figure struct{ Label, Value string }

// Proof is one thing that convinces.
type Proof struct {
	ID         string
	Kind       Kind
	Title      string
	Body       string // the words, the case's story, what the statistic says
	Who        string // who said it: a person or brand
	Source     string // of a statistic: who counted
	Link       string
	SourceOn   worktime.Date // when it was said or counted
	ClientID   string        // whose it is
	CampaignID string        // of a case study
	Figures    []Figure
	Permission Permission
	Alias      string // what stands for the client when anonymised: "a local skincare brand"
	Consent    string // how permission was given
	ConsentOn  worktime.Date
	MadeAt     time.Time
	By         string
	RetiredAt  time.Time
	Version    int64
}

// Faults of proofs.
var (
	ErrKind       = fault.Field("kind", "proof.kind")
	ErrTitle      = fault.Field("title", "proof.title")
	ErrBody       = fault.Field("body", "proof.body")
	ErrWho        = fault.Field("who", "proof.who")
	ErrSource     = fault.Field("source", "proof.source") // a statistic without who counted
	ErrSourceOn   = fault.Field("source_on", "proof.source-on")
	ErrLink       = fault.Field("link", "proof.link")
	ErrPermission = fault.Field("permission", "proof.permission")
	ErrAlias      = fault.Field("alias", "proof.alias")
	ErrConsent    = fault.Field("consent", "proof.consent") // an expert or a testimonial that may be shown, without how they agreed
	ErrConsentOn  = fault.Field("consent_on", "proof.consent-on")
	ErrClient     = fault.Field("client", "proof.client")
	ErrNames      = fault.Field("body", "proof.names-client")               // anonymised, but the words name the client; arg: name
	ErrRefused    = fault.New(fault.Conflict, "proof.refused")              // put before a client although it may not be; arg: title
	ErrRetired    = fault.New(fault.Conflict, "proof.retired")              // arg: title
	ErrOpen       = fault.New(fault.Conflict, "proof.campaign-open")        // a case study of a campaign that is not closed
	ErrUnreported = fault.New(fault.Conflict, "proof.campaign-unreported")  // or has no sent report
	ErrTwice      = fault.New(fault.Conflict, "proof.twice").At("campaign") // the campaign has a case study already
)

const (
	maxTitle = 160
	maxBody  = 3000
)

// StaleAfter is how many months a statistic is fresh.
const StaleAfter = 18

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func isWeb(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && strings.Contains(u.Host, ".")
}

// tidy brings a proof into its one form. today is the day at the agency.
func (p *Proof) tidy(today worktime.Date) error {
	p.Title, p.Who, p.Source, p.Alias, p.Link = oneLine(p.Title), oneLine(p.Who), oneLine(p.Source), oneLine(p.Alias), strings.TrimSpace(p.Link)
	p.Body, p.Consent = strings.TrimSpace(p.Body), strings.TrimSpace(p.Consent)
	switch n, m := len([]rune(p.Title)), len([]rune(p.Body)); {
	case !slices.Contains(Kinds(), p.Kind):
		return ErrKind
	case n == 0 || n > maxTitle:
		return ErrTitle
	case m == 0 || m > maxBody:
		return ErrBody
	case p.Link != "" && !isWeb(p.Link):
		return ErrLink
	case !slices.Contains(Permissions(), p.Permission):
		return ErrPermission
	}
	return p.check(today)
}

// check asks what the kind and the permission need.
func (p Proof) check(today worktime.Date) error {
	switch {
	case p.Kind == Statistic && p.Source == "":
		return ErrSource
	case p.Kind == Statistic && p.SourceOn.IsZero(), !p.SourceOn.IsZero() && (!p.SourceOn.Valid() || p.SourceOn.After(today)):
		return ErrSourceOn
	case (p.Kind == Testimonial || p.Kind == Expert) && p.Who == "":
		return ErrWho
	case p.Kind == CaseStudy && p.ClientID == "":
		return ErrClient
	case p.Permission == Anonymised && p.Alias == "":
		return ErrAlias
	case p.needsConsent() && p.Consent == "":
		return ErrConsent
	case !p.ConsentOn.IsZero() && (!p.ConsentOn.Valid() || p.ConsentOn.After(today)):
		return ErrConsentOn
	}
	return nil
}

// needsConsent: what a person or a client gave is shown only when somebody wrote down how
// they agreed. A statistic is public.
func (p Proof) needsConsent() bool { return p.Kind != Statistic && p.Permission != MayNot }

// Stale tells whether a statistic is too old to be believed without asking.
func (p Proof) Stale(today worktime.Date) bool {
	return p.Kind == Statistic && p.SourceOn.AddMonths(StaleAfter).Before(today)
}

// Shown is a proof as a client may see it. Only Show makes one.
type Shown struct {
	Kind     Kind
	Title    string
	Body     string
	Who      string
	Source   string
	Link     string
	SourceOn worktime.Date
	Figures  []Figure
}

// Show cuts a proof to what its permission allows. names are the client's and its
// brands': an anonymised proof that holds one is refused. Faults: proof.refused,
// proof.retired, proof.names-client.
func (p Proof) Show(names []string) (Shown, error) {
	switch {
	case !p.RetiredAt.IsZero():
		return Shown{}, ErrRetired.With("title", p.Title)
	case p.Permission != MayShow && p.Permission != Anonymised:
		return Shown{}, ErrRefused.With("title", p.Title)
	}
	s := Shown{Kind: p.Kind, Title: p.Title, Body: p.Body, Who: p.Who, Source: p.Source, Link: p.Link, SourceOn: p.SourceOn, Figures: slices.Clone(p.Figures)}
	if p.Permission == MayShow {
		return s, nil
	}
	s.Who, s.Source, s.Link = p.Alias, "", ""
	text := s.Title + "\n" + s.Body + "\n" + s.Who
	for _, f := range s.Figures {
		text += "\n" + f.Label + "\n" + f.Value
	}
	if p.Who != "" && !slices.Contains(names, p.Who) {
		names = append(slices.Clone(names), p.Who)
	}
	for _, n := range names {
		if n != "" && strings.Contains(folded(text), folded(n)) {
			return Shown{}, ErrNames.With("name", n)
		}
	}
	return s, nil
}

func folded(s string) string { return strings.ToLower(oneLine(s)) }
