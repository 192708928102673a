package payout

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/secret"
	"kolega/internal/talent"
)

// Target is where an order's money goes. The number is shown to nobody but the
// provider.
type Target struct {
	Method  talent.RouteMethod
	Bank    string // as the talent's account data name it
	Country string
	Number  secret.Hidden
	Name    string
	Email   string
}

// Instruction is an order as a provider is told it.
type Instruction struct {
	Key    string
	Ref    string // the provider's id, once it has said one
	Amount money.Amount
	To     Target
	Memo   string
}

// Inquiry is what a provider knows of an account before money goes there.
type Inquiry struct {
	Holder string // the name it is registered under; empty where it is not told
	State  InquiryState
	Reason string
}

// InquiryState is whether an account can be paid.
type InquiryState string

// The answers of an inquiry. Doubtful needs a person.
const (
	Payable     InquiryState = "payable"
	NotAsked    InquiryState = "not-asked" // the provider has no inquiry
	InquiryWait InquiryState = "wait"
	Doubtful    InquiryState = "doubtful"
	Unpayable   InquiryState = "unpayable"
)

// Channel is one bank or wallet that a provider pays to, with the limits of one
// transfer; a zero limit is none.
type Channel struct {
	Code, Name string
	Min, Max   money.Amount
	Fee        money.Amount
	Disturbed  bool
}

// Callback is what a provider sent to the door: its raw bytes and headers.
type Callback struct {
	Body    []byte
	Token   string // of the header that carries one; empty where the body does
	EventID string // of the header that carries one
}

// Hint is what a callback says. It is not believed: it makes us ask.
type Hint struct {
	EventID    string // names the event, so that it counts once
	Ref, Key   string // of the order; either may be empty
	Verdict    Verdict
	Amount     money.Amount
	AccountEnd string
}

// Kinds of providers.
const (
	KindFlip   = "flip"
	KindXendit = "xendit"
)

// Modes of an account: the provider's live service, its test service, or the
// stand-in that the program itself serves.
const (
	ModeLive    = "live"
	ModeTest    = "test"
	ModeSandbox = "sandbox"
)

// ProviderAccount is one account at a provider, as kept in the settings. ID names
// it: "flip", "xendit-PHP".
type ProviderAccount struct {
	ID          string
	Kind        string
	Currency    money.Currency // of a provider with one account a currency
	Mode        string
	SecretEnd   string // last characters of the key, to recognise it
	Active      bool
	ChangedAt   time.Time
	ChangedName string
	TestedAt    time.Time
	TestCode    string // of the fault; empty when the test went well
	Balance     money.Amount
	HeardAt     time.Time // the provider last answered
	FailedAt    time.Time // and last failed to
	Version     int64

	secretSealed, tokenSealed string
}

// Credentials open an account.
type Credentials struct {
	Kind     string
	Currency money.Currency
	Mode     string
	Secret   secret.Hidden
}

// AccountID names the account of a kind; Flip has one, Xendit one a currency.
func AccountID(kind string, c money.Currency) string {
	if kind == KindXendit {
		return kind + "-" + string(c)
	}
	return kind
}

// Label is the account as people read it: "Flip", "Xendit PHP".
func (a ProviderAccount) Label() string {
	if a.Kind == KindXendit {
		return "Xendit " + string(a.Currency)
	}
	return "Flip"
}

// Carries says whether an account can be asked to pay an attempt: Flip pays
// rupiah at home and other currencies abroad, Xendit pays its own currency.
func (a ProviderAccount) Carries(x Attempt) bool {
	if !a.Active {
		return false
	}
	if a.Kind == KindXendit {
		return x.Amount.Currency == a.Currency
	}
	return x.Amount.Currency == money.CurrencyIDR || x.Method == talent.RouteAbroad
}

// Faults of providers.
var (
	ErrProviderKind = fault.New(fault.Invalid, "payout.provider-kind")
	ErrProviderMode = fault.New(fault.Invalid, "payout.provider-mode")
	ErrSecret       = fault.New(fault.Invalid, "payout.provider-secret")
	ErrToken        = fault.New(fault.Unauthenticated, "payout.callback-token")
	ErrCallback     = fault.New(fault.Invalid, "payout.callback")
	ErrNoChannel    = fault.New(fault.Conflict, "payout.no-channel") // arg: bank
	ErrProviderDown = fault.New(fault.Unavailable, "payout.provider-down")
	ErrProviderKey  = fault.New(fault.Conflict, "payout.provider-key") // the provider refuses the secret
)

// CheckAccount finds everything wrong with an account as typed.
func CheckAccount(kind string, c money.Currency, mode string, sandbox bool) error {
	f := fault.Fields{}
	if kind != KindFlip && kind != KindXendit {
		f["kind"] = ErrProviderKind.Code
	}
	if mode != ModeLive && mode != ModeTest && (mode != ModeSandbox || !sandbox) {
		f["mode"] = ErrProviderMode.Code
	}
	if kind == KindXendit && c != money.CurrencyIDR && c != "PHP" {
		f["currency"] = ErrRouteCoin.Code
	}
	return f.Err()
}

// SameBank compares the name of a bank in account data with a provider's, letters
// and digits alone: "Bank BCA" is "BCA".
func SameBank(ours, theirs string) bool {
	a, b := bankKey(ours), bankKey(theirs)
	return a != "" && a == b
}

func bankKey(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, locale.Fold(s))
	return strings.TrimPrefix(strings.TrimPrefix(s, "pt"), "bank")
}
