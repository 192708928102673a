package talent

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Kind says whether a talent is a person who creates or an account run as a medium.
type Kind string

// The kinds of talent.
const (
	KindCreator Kind = "creator"
	KindMedia   Kind = "media"
)

// TaxKind decides which withholding table applies to a payout.
type TaxKind string

// The tax kinds.
const (
	TaxIndividual TaxKind = "individual" // resident person
	TaxCompany    TaxKind = "company"    // resident legal entity
	TaxForeign    TaxKind = "foreign"    // resident abroad
)

// Status is the standing of a talent with the agency.
type Status string

// The standings. Only a free, preferred or exclusive talent can be booked.
const (
	StatusFree      Status = "free"
	StatusPreferred Status = "preferred"
	StatusExclusive Status = "exclusive" // under the agency's own exclusive contract
	StatusBlocked   Status = "blocked"   // not to be booked; the reason is on the record
	StatusErased    Status = "erased"    // personal data removed on request; amounts stay
	StatusMerged    Status = "merged"    // was somebody else's second record; its id leads there
)

// Talent is one business partner: a creator or a media account.
type Talent struct {
	ID            string
	Name          string
	Kind          Kind
	Country       string // ISO 3166-1 alpha-2, "" unknown
	City          string
	Zone          string   // IANA name
	Lang          string   // language of messages and the talent link: id, en, fil
	Languages     []string // languages of the content, ISO 639
	Currency      money.Currency
	TaxKind       TaxKind
	HasTaxID      bool
	Status        Status
	StatusReason  string
	Tags          []string // persona
	Categories    []string
	BornOn        worktime.Date // "" unknown
	GuardianName  string
	GuardianPhone string
	ManagerName   string
	ManagerPhone  string
	Phone         string // E.164
	Email         string // lower case
	Bio           string
	Note          string // internal: never leaves the staff app
	CreatedAt     time.Time
	UpdatedAt     time.Time
	Version       int64
}

// The faults of a talent.
var (
	FaultNameMissing     = fault.Field("name", "talent.name-missing")
	FaultNameLong        = fault.Field("name", "talent.name-long")
	FaultKind            = fault.Field("kind", "talent.kind-unknown")
	FaultStatus          = fault.Field("status", "talent.status-unknown")
	FaultTaxKind         = fault.Field("tax_kind", "talent.tax-kind-unknown")
	FaultCountry         = fault.Field("country", "talent.country-unknown")
	FaultCurrency        = fault.Field("currency", "talent.currency-unknown")
	FaultZone            = fault.Field("zone", "talent.zone-unknown")
	FaultLang            = fault.Field("lang", "talent.lang-unknown")
	FaultPhone           = fault.Field("phone", "talent.phone-wrong")
	FaultEmail           = fault.Field("email", "talent.email-wrong")
	FaultBirthday        = fault.Field("born_on", "talent.birthday-wrong")
	FaultGuardianMissing = fault.Field("guardian_name", "talent.guardian-missing")
	FaultReasonMissing   = fault.Field("status_reason", "talent.reason-missing")
	FaultErased          = fault.New(fault.Conflict, "talent.erased")
	FaultBlocked         = fault.New(fault.Conflict, "talent.blocked")
)

// Gone says whether nobody is behind the record any more: erased, or merged away.
func (t Talent) Gone() bool { return t.Status == StatusErased || t.Status == StatusMerged }

// MinorOn says whether the talent is under 18 on a day. An unknown birthday is
// not taken for a minor's.
func (t Talent) MinorOn(day worktime.Date) bool {
	return t.BornOn != "" && t.BornOn.AddMonths(18*12).After(day)
}

// Bookable says whether the talent may get a new offer at all: not blocked, not
// erased, and a minor only with a guardian on file (R3, A36).
func (t Talent) Bookable(day worktime.Date) error {
	switch {
	case t.Gone():
		return FaultErased
	case t.Status == StatusBlocked:
		return FaultBlocked
	case t.MinorOn(day) && t.GuardianName == "":
		return FaultGuardianMissing
	}
	return nil
}

// Normal returns the talent as it is kept: trimmed, defaults filled, lists
// without repeats. Defaults follow the country where it is known.
func (t Talent) Normal() Talent {
	for _, s := range []*string{&t.Name, &t.City, &t.Bio, &t.Note, &t.GuardianName, &t.ManagerName, &t.StatusReason} {
		*s = strings.TrimSpace(*s)
	}
	t.Country = strings.ToUpper(strings.TrimSpace(t.Country))
	t.Email = strings.ToLower(strings.TrimSpace(t.Email))
	t.Tags, t.Categories, t.Languages = distinct(t.Tags), distinct(t.Categories), distinct(t.Languages)
	h := habitOf(t.Country)
	fill(&t.Zone, h.zone)
	fill(&t.Lang, h.lang)
	if t.Currency == "" {
		t.Currency = h.currency
	}
	if t.Kind == "" {
		t.Kind = KindCreator
	}
	if t.Status == "" {
		t.Status = StatusFree
	}
	if t.TaxKind == "" {
		t.TaxKind = h.tax
	}
	return t
}

// Check finds everything wrong with a normal talent at once, by form field.
func (t Talent) Check(today worktime.Date) error {
	wrong := fault.Fields{}
	say := func(bad bool, f *fault.Error) {
		for field, code := range f.Fields {
			if bad && wrong[field] == "" {
				wrong[field] = code
			}
		}
	}
	say(t.Name == "", FaultNameMissing)
	say(len([]rune(t.Name)) > 200, FaultNameLong)
	say(t.Kind != KindCreator && t.Kind != KindMedia, FaultKind)
	say(!t.Status.known(), FaultStatus)
	say(t.TaxKind != TaxIndividual && t.TaxKind != TaxCompany && t.TaxKind != TaxForeign, FaultTaxKind)
	say(t.Country != "" && !KnownCountry(t.Country), FaultCountry)
	say(!t.Currency.Known(), FaultCurrency)
	_, zoneErr := worktime.Zone(t.Zone)
	say(zoneErr != nil, FaultZone)
	say(t.Lang != "id" && t.Lang != "en" && t.Lang != "fil", FaultLang)
	say(t.Phone != "" && !isE164(t.Phone), FaultPhone)
	say(t.Email != "" && !isEmail(t.Email), FaultEmail)
	say(t.BornOn != "" && (!t.BornOn.Valid() || t.BornOn.After(today)), FaultBirthday)
	say(wrong["born_on"] == "" && t.MinorOn(today) && t.GuardianName == "", FaultGuardianMissing)
	say(t.Status == StatusBlocked && t.StatusReason == "", FaultReasonMissing)
	return wrong.Err()
}

func (s Status) known() bool {
	switch s {
	case StatusFree, StatusPreferred, StatusExclusive, StatusBlocked, StatusErased, StatusMerged:
		return true
	}
	return false
}

func fill(s *string, def string) {
	if *s = strings.TrimSpace(*s); *s == "" {
		*s = def
	}
}

// distinct trims, drops empty entries and keeps the first of equal ones.
func distinct(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		s = strings.Join(strings.Fields(s), " ")
		key := strings.ToLower(s)
		if s != "" && !seen[key] {
			seen[key] = true
			out = append(out, s)
		}
	}
	return out
}
