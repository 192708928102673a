package billing

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
)

// maxSigners bounds who signs one agreement.
const maxSigners = 6

// Signer is one who signs an agreement: a contact of the client's, or a person of the
// agency. Signers sign in the order of Position.
type Signer struct {
	ID         string
	Position   int64  // from 1
	ContactID  string // of the client's, else
	PersonID   string // of the agency's
	Name       string // as it is now
	Title      string
	SignedAt   time.Time
	SignedName string // as typed
	From       string // network address
	CodeTo     string // where the step-up code went, most of it hidden
}

// Key tells signers apart: who it is, not where they stand.
func (s Signer) Key() string { return s.ContactID + s.PersonID }

// Agency says whether the agency's own person signs here.
func (s Signer) Agency() bool { return s.PersonID != "" }

// Faults of signing in order.
var (
	ErrSigners   = fault.New(fault.Invalid, "agreement.signers")       // none of the client's, one twice, or too many
	ErrTurn      = fault.New(fault.Conflict, "agreement.turn")         // arg: name, of who signs before
	ErrSignedOne = fault.New(fault.Conflict, "agreement.signed-mine")  // this signer has signed
	ErrStamp     = fault.New(fault.Invalid, "agreement.stamp")         // no number, or too long
	ErrExtend    = fault.New(fault.Conflict, "agreement.not-waiting")  // nothing waits for signatures
	ErrUntil     = fault.New(fault.Invalid, "agreement.until")         // a day that has passed
	ErrVariable  = fault.New(fault.Invalid, "agreement.variable")      // arg: names, of what has no value
	ErrTemplate  = fault.New(fault.Invalid, "agreement.template")      // no such wording, or one without words
	ErrParent    = fault.New(fault.Conflict, "agreement.addendum-off") // an addendum of nothing that holds
)

// Turn is who signs next; false when all have.
func (a Agreement) Turn() (Signer, bool) {
	i := slices.IndexFunc(a.Signers, func(s Signer) bool { return s.SignedAt.IsZero() })
	if i < 0 {
		return Signer{}, false
	}
	return a.Signers[i], true
}

// SignerOf is a contact's or person's place among the signers; false when they sign nothing.
func (a Agreement) SignerOf(key string) (Signer, bool) {
	i := slices.IndexFunc(a.Signers, func(s Signer) bool { return key != "" && s.Key() == key })
	if i < 0 {
		return Signer{}, false
	}
	return a.Signers[i], true
}

// order puts signers in their order. The client signs at least once, and nobody twice.
// Fault: agreement.signers.
func order(list []Signer) ([]Signer, error) {
	seen, clients := map[string]bool{}, 0
	for i := range list {
		s := &list[i]
		if (s.ContactID == "") == (s.PersonID == "") || seen[s.Key()] {
			return nil, ErrSigners.At("signer")
		}
		seen[s.Key()], s.Position = true, int64(i+1)
		if !s.Agency() {
			clients++
		}
	}
	if clients == 0 || len(list) > maxSigners {
		return nil, ErrSigners.At("signer")
	}
	return list, nil
}

// Sign keeps one signature by link. The paper must be the one that was offered, and
// the signer's turn must have come; the last signature makes the agreement binding.
// Faults: agreement.*.
func (a Agreement) Sign(key string, s Signing, now time.Time, state AgreementState) (Agreement, error) {
	switch state {
	case Signed, Ended:
		return a, ErrAgreementSigned
	case Withdrawn:
		return a, ErrAgreementGone
	case Drafted:
		return a, ErrAgreementDraft
	case Expired:
		return a, ErrAgreementExpired
	}
	if err := a.mySigning(key); err != nil {
		return a, err
	}
	if s.FileSHA != a.FileSHA {
		return a, ErrAgreementOther
	}
	f := fault.Fields{}
	name := strings.Join(strings.Fields(s.TypedName), " ")
	if len([]rune(name)) < 3 {
		f["typed_name"] = ErrTypedName.Code
	}
	if !s.Consent {
		f["consent"] = ErrConsent.Code
	}
	if err := f.Err(); err != nil {
		return a, err
	}
	a.Signers = slices.Clone(a.Signers)
	for i := range a.Signers {
		if x := &a.Signers[i]; x.Key() == key {
			x.SignedAt, x.SignedName, x.From, x.CodeTo = now, name, s.From, s.CodeTo
		}
	}
	if _, open := a.Turn(); open {
		return a, nil
	}
	a.SignedAt, a.SignedBy, a.SignedVia, a.SignedFrom, a.SignedSHA = now, a.signedNames(), "link", s.From, a.FileSHA
	return a, nil
}

// mySigning says whether somebody may sign now.
func (a Agreement) mySigning(key string) error {
	mine, ok := a.SignerOf(key)
	if !ok {
		return ErrSigner
	}
	if !mine.SignedAt.IsZero() {
		return ErrSignedOne
	}
	if turn, _ := a.Turn(); turn.Key() != key {
		return ErrTurn.With("name", turn.Name)
	}
	return nil
}

func (a Agreement) signedNames() string {
	names := make([]string, len(a.Signers))
	for i, s := range a.Signers {
		names[i] = s.SignedName
	}
	return strings.Join(names, ", ")
}
