package billing

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/campaign"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// AgreementKind is the paper's form.
type AgreementKind string

// The kinds: a contract of both parties, a work order, a purchase order of the
// client's.
const (
	KindContract AgreementKind = "contract"
	KindSPK      AgreementKind = "spk"
	KindPO       AgreementKind = "po"
)

// AgreementKinds lists them in the order of a form.
var AgreementKinds = []AgreementKind{KindContract, KindSPK, KindPO}

// Stage says how much of the value is owed when a campaign is called off at a
// stage (B28).
type Stage struct {
	Name    string // "before_kickoff", "drafting", "approved", "posted"
	ShareBp int64
}

// DefaultCancellation is the usual table: the further the work, the more is owed.
var DefaultCancellation = []Stage{{StageBefore, 0}, {StageDrafting, 2500}, {StageApproved, 5000}, {StagePosted, 10_000}}

// Agreement (surat perjanjian, SPK or PO) is what a client and the agency agree
// on. It is a draft until it is offered, and binding when signed.
type Agreement struct {
	ID             string
	ClientID       string
	BrandID        string
	ContactID      string // who signs
	CampaignID     string // that was begun under it
	Kind           AgreementKind
	Number         string // the agency's own, taken when it is offered
	ClientRef      string // the client's: a PO number
	Title          string
	Scope          string
	Value          money.Amount // without tax
	TaxCode        TaxCode
	Withholds      bool // the client withholds PPh 23
	PaymentDays    int64
	Lang           string
	Terms          campaign.Terms
	Cancellation   []Stage
	Plan           []Instalment
	MadeAt         time.Time
	MadeBy         string
	OfferedAt      time.Time
	OfferedUntil   worktime.Date // the last day on which it may be signed
	FileSHA        string        // the paper as offered
	SignedAt       time.Time
	SignedBy       string // the name as typed, or as on the scan
	SignedVia      string // "link" or "scan"
	SignedFrom     string // the address a link's signature came from
	SignedSHA      string // the file that was signed: the paper as offered, or the scan
	StampNumber    string // of the e-meterai, where there is one
	StampedAt      time.Time
	ParentID       string            // of an addendum: the agreement it adds to
	Clauses        string            // the wording, as it was taken from a template
	Fills          map[string]string // values of the wording's own variables
	Signers        []Signer          // in the order in which they sign
	WithdrawnAt    time.Time
	WithdrawReason string
	CalledOff      *CallOff // nil while it stands
	Version        int64
}

// AgreementState is where an agreement is, computed from its facts.
type AgreementState string

// The states.
const (
	Drafted   AgreementState = "draft"
	Offered   AgreementState = "offered"
	Expired   AgreementState = "expired"
	Signed    AgreementState = "signed"
	Withdrawn AgreementState = "withdrawn"
	Ended     AgreementState = "called-off"
)

// State computes where the agreement is on a day.
func (a Agreement) State(today worktime.Date) AgreementState {
	switch {
	case a.CalledOff != nil:
		return Ended
	case !a.SignedAt.IsZero():
		return Signed
	case !a.WithdrawnAt.IsZero():
		return Withdrawn
	case a.OfferedAt.IsZero():
		return Drafted
	case today.After(a.OfferedUntil):
		return Expired
	}
	return Offered
}

// Faults of agreements.
var (
	ErrAgreementOffered = fault.New(fault.Conflict, "agreement.offered") // offered or signed: it no longer changes
	ErrAgreementDraft   = fault.New(fault.Conflict, "agreement.not-offered")
	ErrAgreementExpired = fault.New(fault.Conflict, "agreement.expired")
	ErrAgreementGone    = fault.New(fault.Conflict, "agreement.withdrawn")
	ErrAgreementSigned  = fault.New(fault.Conflict, "agreement.signed")
	ErrAgreementOther   = fault.New(fault.Conflict, "agreement.other-paper") // the paper changed since it was opened
	ErrNotSigned        = fault.New(fault.Conflict, "agreement.not-signed")
	ErrStarted          = fault.New(fault.Conflict, "agreement.started")
	ErrNotStarted       = fault.New(fault.Conflict, "agreement.not-started")
	ErrSigner           = fault.New(fault.Forbidden, "agreement.signer")
	ErrTypedName        = fault.New(fault.Invalid, "agreement.typed-name")
	ErrConsent          = fault.New(fault.Invalid, "agreement.consent")
	ErrScan             = fault.New(fault.Invalid, "agreement.scan")
)

// Check refuses a draft that cannot be offered; each fault names its field.
func (a Agreement) Check() error {
	f := fault.Fields{}
	if strings.TrimSpace(a.Title) == "" || len([]rune(a.Title)) > 160 {
		f["title"] = "agreement.title"
	}
	if strings.TrimSpace(a.Scope) == "" || len([]rune(a.Scope)) > 8000 {
		f["scope"] = "agreement.scope"
	}
	if !slices.Contains(AgreementKinds, a.Kind) {
		f["kind"] = "agreement.kind"
	}
	if a.Value.Sign() < 0 || a.Value.IsZero() && a.ParentID == "" || !a.Value.Currency.Known() {
		f["value"] = "agreement.value"
	}
	if !slices.Contains(TaxCodes, a.TaxCode) {
		f["tax_code"] = ErrTaxCode.Code
	} else if a.TaxCode == TaxPPN && a.Value.Currency != money.CurrencyIDR {
		f["tax_code"] = ErrTaxRupiah.Code
	}
	if a.PaymentDays < 0 || a.PaymentDays > 180 {
		f["payment_days"] = "agreement.payment-days"
	}
	if a.Lang != "id" && a.Lang != "en" {
		f["lang"] = "agreement.lang"
	}
	checkTerms(f, a.Terms)
	if _, err := order(slices.Clone(a.Signers)); err != nil {
		f["signer"] = ErrSigners.Code
	}
	if n := len([]rune(a.Clauses)); n > 40_000 {
		f["clauses"] = ErrTemplate.Code
	}
	for _, s := range a.Cancellation {
		if s.ShareBp < 0 || s.ShareBp > whole {
			f["cancellation"] = "agreement.cancellation"
		}
	}
	return f.Err()
}

func checkTerms(f fault.Fields, t campaign.Terms) {
	if t.RevisionLimit < 0 || t.RevisionLimit > 20 {
		f["revision_limit"] = "agreement.revision-limit"
	}
	if t.ReviewHours < 1 || t.ReviewHours > 400 {
		f["review_hours"] = "agreement.review-hours"
	}
	g := t.Guarantee
	if g == nil {
		return
	}
	if g.TargetBp <= 0 || g.TargetBp > 100_000 {
		f["guarantee_target"] = "agreement.guarantee-target"
	}
	if g.ShareBp <= 0 || g.ShareBp > whole {
		f["guarantee_share"] = "agreement.guarantee-share"
	}
	if !slices.Contains(campaign.ERFormulas, g.Formula) || len(g.Actions) == 0 {
		f["guarantee_formula"] = "agreement.guarantee-formula"
	}
	if (g.Scope != "talent" && g.Scope != "campaign") || (g.RefundBase != "agreement" && g.RefundBase != "line") {
		f["guarantee_scope"] = "agreement.guarantee-scope"
	}
}

// Signing is how a client's contact signs.
type Signing struct {
	FileSHA   string // of the paper that was on the screen
	TypedName string
	Consent   bool
	From      string // network address
	CodeTo    string // where the step-up code went, most of it hidden
}

// SignedOnPaper records a signature on paper with its scan. A draft may be signed
// so too, since some clients send their own paper.
func (a Agreement) SignedOnPaper(name, scanSHA, stamp string, now time.Time) (Agreement, error) {
	switch {
	case !a.SignedAt.IsZero():
		return a, ErrAgreementSigned
	case !a.WithdrawnAt.IsZero():
		return a, ErrAgreementGone
	}
	f := fault.Fields{}
	if name = strings.Join(strings.Fields(name), " "); len([]rune(name)) < 3 {
		f["typed_name"] = ErrTypedName.Code
	}
	if scanSHA == "" {
		f["scan"] = ErrScan.Code
	}
	if err := f.Err(); err != nil {
		return a, err
	}
	a.SignedAt, a.SignedBy, a.SignedVia, a.SignedSHA, a.StampNumber = now, name, "scan", scanSHA, strings.TrimSpace(stamp)
	return a, nil
}

// Settlement is what a client owes when the campaign is called off at a stage,
// by the agreement's own table.
func (a Agreement) Settlement(stage string) (money.Amount, bool, error) {
	i := slices.IndexFunc(a.Cancellation, func(s Stage) bool { return s.Name == stage })
	if i < 0 {
		return money.Amount{}, false, nil
	}
	owed, err := a.Value.Bp(a.Cancellation[i].ShareBp, money.HalfUp)
	return owed, true, err
}
