package campaign

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Campaign is one piece of work for a brand, from its brief to closed books.
type Campaign struct {
	ID           string
	ClientID     string
	BrandID      string
	Name         string
	Market       string // ISO 3166-1 alpha-2: where the talents' public is
	Playbook     string // key of the playbook it began from
	Currency     money.Currency
	StartOn      worktime.Date
	EndOn        worktime.Date
	AEID         string
	SpecialistID string
	DeciderID    string // the contact whose word counts; empty: any contact of the client
	Objective    Objective
	ERFormula    string   // "reach", "followers" or "views" (R19)
	ERActions    []string // actions counted as engagement
	StartedAt    time.Time
	KickedOffAt  time.Time
	ClosedAt     time.Time
	Terms        Terms
	Version      int64
}

// Objective is what the campaign is for, as agreed with the client (A17).
type Objective struct {
	Purpose  string // "awareness", "engagement" or "sales"
	Metric   string // what is counted
	Target   int64
	Audience string
	AgreedOn worktime.Date // the meeting's day
}

// Terms are what the agreement grants, copied here when it is signed.
type Terms struct {
	AgreementID    string
	Value          money.Amount // of the whole agreement, without tax; the base of a refund (R6)
	RevisionLimit  int64        // counted rounds a deliverable (R1)
	ReviewHours    int64        // the client's working hours to answer a draft
	SilenceAccepts bool         // whether no answer in the window counts as yes (R9)
	Guarantee      *Guarantee
}

// Guarantee is the promise of an engagement rate (R6).
type Guarantee struct {
	Formula    string   // "reach", "followers" or "views"
	Actions    []string // counted actions
	TargetBp   int64    // basis points
	Scope      string   // "talent" or "campaign"
	RefundBase string   // "agreement" or "line"
	ShareBp    int64    // of the base
}

// DefaultTerms hold until an agreement is signed.
func DefaultTerms() Terms { return Terms{RevisionLimit: 2, ReviewHours: 16} }

// DefaultActions are the actions that count as engagement unless agreed otherwise (R19).
func DefaultActions() []string { return []string{"likes", "comments", "saves", "shares"} }

// Purposes, formulas and actions that a campaign may have, in the order of forms.
var (
	Purposes   = []string{"awareness", "engagement", "sales"}
	ERFormulas = []string{"reach", "followers", "views"}
	ERActions  = []string{"likes", "comments", "saves", "shares", "replies", "clicks"}
)

// Faults of campaigns.
var (
	ErrClosed    = fault.New(fault.Conflict, "campaign.closed")
	ErrKickedOff = fault.New(fault.Conflict, "campaign.kicked-off")
	ErrWindow    = fault.New(fault.Invalid, "campaign.window") // ends before it starts
)

// Open tells whether work on the campaign may still change things.
func (c Campaign) Open() bool { return c.ClosedAt.IsZero() }

// mayChange refuses changes to a closed campaign.
func (c Campaign) mayChange() error {
	if !c.Open() {
		return ErrClosed
	}
	return nil
}

// KickOff is the campaign once work on it has begun: the fact that fires the
// instalment of the kick-off (R16). Faults: campaign.closed, campaign.kicked-off.
func (c Campaign) KickOff(now time.Time) (Campaign, error) {
	if err := c.mayChange(); err != nil {
		return c, err
	}
	if !c.KickedOffAt.IsZero() {
		return c, ErrKickedOff
	}
	c.KickedOffAt = now
	return c, nil
}

// NewCampaign is what a campaign begins with.
type NewCampaign struct {
	ClientID     string
	BrandID      string
	Name         string
	Market       string
	Playbook     string
	Currency     money.Currency
	StartOn      worktime.Date
	EndOn        worktime.Date // empty: the day the playbook's last work ends
	AEID         string
	SpecialistID string
	DeciderID    string
	Objective    Objective
	ERFormula    string // empty: "reach"
	ERActions    []string
}

// maxDays is the longest campaign: two years.
const maxDays = 731

// tidy brings the fields of a form into their one shape and gives what is wrong.
func (n *NewCampaign) tidy() fault.Fields {
	f := fault.Fields{}
	n.Name = strings.Join(strings.Fields(n.Name), " ")
	if n.Name == "" || len([]rune(n.Name)) > 160 {
		f["name"] = "campaign.name"
	}
	if n.Market = strings.ToUpper(strings.TrimSpace(n.Market)); len(n.Market) != 2 {
		f["market"] = "campaign.market"
	}
	if n.Currency == "" {
		n.Currency = money.CurrencyIDR
	}
	if !n.Currency.Known() {
		f["currency"] = "campaign.currency"
	}
	if n.BrandID == "" {
		f["brand_id"] = "campaign.brand"
	}
	if n.AEID == "" {
		f["ae_id"] = "campaign.ae"
	}
	checkWindow(f, n.StartOn, n.EndOn)
	n.ERFormula, n.ERActions = tidyFormula(f, n.ERFormula, n.ERActions)
	n.Objective.tidy(f)
	return f
}

func checkWindow(f fault.Fields, from, to worktime.Date) {
	if _, err := worktime.ParseDate(string(from)); err != nil {
		f["start_on"] = "date.unreadable"
		return
	}
	if to == "" {
		return
	}
	if _, err := worktime.ParseDate(string(to)); err != nil {
		f["end_on"] = "date.unreadable"
		return
	}
	if to.Before(from) || from.DaysUntil(to) > maxDays {
		f["end_on"] = ErrWindow.Code
	}
}

func tidyFormula(f fault.Fields, formula string, actions []string) (string, []string) {
	if formula == "" {
		formula = "reach"
	}
	if !in(ERFormulas, formula) {
		f["er_formula"] = "campaign.er-formula"
	}
	if len(actions) == 0 {
		actions = DefaultActions()
	}
	for _, a := range actions {
		if !in(ERActions, a) {
			f["er_actions"] = "campaign.er-actions"
		}
	}
	return formula, actions
}

func (o *Objective) tidy(f fault.Fields) {
	o.Metric, o.Audience = strings.TrimSpace(o.Metric), strings.TrimSpace(o.Audience)
	if o.Purpose != "" && !in(Purposes, o.Purpose) {
		f["purpose"] = "campaign.purpose"
	}
	if o.Target < 0 {
		f["target"] = "campaign.target"
	}
	if o.AgreedOn != "" {
		if _, err := worktime.ParseDate(string(o.AgreedOn)); err != nil {
			f["agreed_on"] = "date.unreadable"
		}
	}
}

func in(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
