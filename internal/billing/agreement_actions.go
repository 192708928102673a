package billing

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/blob"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// Service holds the use cases of money in.
type Service struct {
	db    *db.DB
	files blob.Store
}

// New makes the service; papers that are signed are kept in files.
func New(d *db.DB, files blob.Store) *Service { return &Service{db: d, files: files} }

// SignPurpose is what a step-up code is asked for before a signature.
const SignPurpose = "agreement.sign"

// NewAgreement is what a draft is made of, or changed to.
type NewAgreement struct {
	ClientID     string
	BrandID      string
	ContactID    string
	Kind         AgreementKind
	ClientRef    string
	Title        string
	Scope        string
	Value        money.Amount
	TaxCode      TaxCode
	Withholds    bool
	PaymentDays  int64
	Lang         string
	Terms        campaign.Terms
	Cancellation []Stage // nil: the usual table
	Parts        []Part
	ParentID     string            // of an addendum
	Clauses      string            // wording with variables
	Fills        map[string]string // of the wording's own variables
	Signers      []Signer          // by contact or person, in order; none: the contact alone
}

func (n NewAgreement) apply(a Agreement) (Agreement, error) {
	a.ClientID, a.BrandID, a.ContactID, a.Kind = n.ClientID, n.BrandID, n.ContactID, n.Kind
	a.ClientRef, a.Title, a.Scope = strings.TrimSpace(n.ClientRef), strings.TrimSpace(n.Title), strings.TrimSpace(n.Scope)
	a.Value, a.TaxCode, a.Withholds, a.PaymentDays, a.Lang = n.Value, n.TaxCode, n.Withholds, n.PaymentDays, n.Lang
	a.Terms, a.Cancellation = n.Terms, n.Cancellation
	a.Clauses, a.Fills = strings.TrimSpace(n.Clauses), n.Fills
	if a.Signers = slices.Clone(n.Signers); len(a.Signers) == 0 {
		a.Signers = []Signer{{ContactID: n.ContactID}}
	}
	if a.Cancellation == nil {
		a.Cancellation = DefaultCancellation
	}
	if err := a.Check(); err != nil {
		return a, err
	}
	if _, err := order(a.Signers); err != nil {
		return a, err
	}
	if a.Plan = nil; a.Value.IsZero() {
		return a, nil // an addendum that moves no money
	}
	plan, err := Instalments(a.Value, n.Parts)
	if err != nil {
		return a, err
	}
	a.Plan = plan
	return a, nil
}

// checkParties refuses a brand or contact of another client.
func (n NewAgreement) checkParties(ctx context.Context, tx *db.Tx) error {
	f := fault.Fields{}
	if _, err := client.LoadClient(ctx, tx, n.ClientID); err != nil {
		return fault.Field("client_id", "agreement.client")
	}
	if b, err := client.LoadBrand(ctx, tx, n.BrandID); err != nil || b.ClientID != n.ClientID {
		f["brand_id"] = "agreement.brand"
	}
	if c, err := client.LoadContact(ctx, tx, n.ContactID); err != nil || c.ClientID != n.ClientID || !c.LeftAt.IsZero() {
		f["contact_id"] = "agreement.contact"
	}
	for _, s := range n.Signers {
		if s.Agency() {
			if p, err := access.LoadPerson(ctx, tx, s.PersonID); err != nil || !p.Active() {
				f["signer"] = ErrSigners.Code
			}
		} else if c, err := client.LoadContact(ctx, tx, s.ContactID); err != nil || c.ClientID != n.ClientID || !c.LeftAt.IsZero() {
			f["signer"] = ErrSigners.Code
		}
	}
	return f.Err()
}

// ofParent makes a draft an addendum of an agreement that holds: of its client, brand
// and currency. Fault: agreement.addendum-off.
func (n *NewAgreement) ofParent(ctx context.Context, tx *db.Tx) error {
	if n.ParentID == "" {
		return nil
	}
	p, err := LoadAgreement(ctx, tx, n.ParentID)
	if err != nil || p.ParentID != "" || p.SignedAt.IsZero() || p.CalledOff != nil || p.ClientID != n.ClientID || p.Value.Currency != n.Value.Currency {
		return ErrParent
	}
	n.BrandID = p.BrandID
	return nil
}

// DraftAgreement makes a draft. Faults: agreement.*, billing.shares and the
// other faults of Instalments.
func (s *Service) DraftAgreement(ctx context.Context, actor access.Actor, n NewAgreement) (a Agreement, err error) {
	if err := actor.Require("agreement.edit", access.Owner{ClientID: n.ClientID}); err != nil {
		return Agreement{}, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if err := n.ofParent(ctx, tx); err != nil {
			return err
		}
		if err := n.checkParties(ctx, tx); err != nil {
			return err
		}
		if a, err = n.apply(Agreement{ID: tx.NewID(), MadeAt: tx.Now(), MadeBy: actor.ID, ParentID: n.ParentID}); err != nil {
			return err
		}
		if err := insertAgreement(ctx, tx, a); err != nil {
			return err
		}
		if a, err = LoadAgreement(ctx, tx, a.ID); err != nil {
			return err
		}
		return record(ctx, tx, actor, "agreement.edit", a, nil, a.summary(), "")
	})
	return a, err
}

// EditAgreement changes a draft. Faults: agreement.offered, those of
// DraftAgreement, conflict.changed.
func (s *Service) EditAgreement(ctx context.Context, actor access.Actor, id string, version int64, n NewAgreement) error {
	return s.agreement(ctx, actor, "agreement.edit", id, func(tx *db.Tx, a Agreement) (Agreement, string, error) {
		if !a.OfferedAt.IsZero() || !a.SignedAt.IsZero() {
			return a, "", ErrAgreementOffered
		}
		n.ClientID, n.ParentID = a.ClientID, a.ParentID
		if err := n.ofParent(ctx, tx); err != nil {
			return a, "", err
		}
		if err := n.checkParties(ctx, tx); err != nil {
			return a, "", err
		}
		a, err := n.apply(a)
		if err != nil {
			return a, "", err
		}
		a.Version = version
		return a, "", errors.Join(putSigners(ctx, tx, a), putInstalments(ctx, tx, a))
	})
}

// agreement loads, changes and saves one agreement and leaves its entry.
func (s *Service) agreement(ctx context.Context, actor access.Actor, verb access.Verb, id string, change func(*db.Tx, Agreement) (Agreement, string, error)) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		before, err := LoadAgreement(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := actor.Require(verb, ownerOf(actor, before)); err != nil {
			return err
		}
		after, reason, err := change(tx, before)
		if err != nil {
			return err
		}
		if err := saveAgreement(ctx, tx, after); err != nil {
			return err
		}
		return record(ctx, tx, actor, verb, after, before.summary(), after.summary(), reason)
	})
}

// ownerOf says whose an agreement is. The room of its signer opens it before
// there is a campaign; afterwards the rooms of the campaign do.
func ownerOf(actor access.Actor, a Agreement) access.Owner {
	o := access.Owner{ClientID: a.ClientID, CampaignID: a.CampaignID}
	if _, signs := a.SignerOf(actor.ContactID); actor.IsClient() && actor.CampaignID == "" && signs {
		o.CampaignID = ""
	}
	return o
}

func record(ctx context.Context, tx *db.Tx, actor access.Actor, verb access.Verb, a Agreement, before, after any, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: string(verb), Subject: "agreement", ID: a.ID, Campaign: a.CampaignID, Client: a.ClientID,
		Before: before, After: after, Reason: reason})
}

// summary is what the trail keeps of an agreement.
func (a Agreement) summary() map[string]any {
	return map[string]any{"number": a.Number, "title": a.Title, "value": a.Value.String(), "instalments": len(a.Plan), "offered_until": a.OfferedUntil,
		"file": a.FileSHA, "signed_by": a.SignedBy, "signed_via": a.SignedVia, "terms": a.Terms, "campaign": a.CampaignID}
}

// OfferAgreement numbers the paper and freezes it: it can be signed until the day
// given. A variable of its wording without a value blocks it and is named. The number,
// once taken, stays with the agreement. Faults: agreement.offered, agreement.until,
// agreement.variable.
func (s *Service) OfferAgreement(ctx context.Context, actor access.Actor, id string, until worktime.Date) (a Agreement, err error) {
	err = s.agreement(ctx, actor, "agreement.edit", id, func(tx *db.Tx, before Agreement) (Agreement, string, error) {
		a = before
		if !a.OfferedAt.IsZero() || !a.SignedAt.IsZero() || !a.WithdrawnAt.IsZero() {
			return a, "", ErrAgreementOffered
		}
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return a, "", err
		}
		if !until.Valid() || until.Before(today(tx, house.Zone)) {
			return a, "", ErrUntil.At("until")
		}
		of, err := sideOf(ctx, tx, a)
		if err != nil {
			return a, "", err
		}
		if names := a.missing(of); len(names) > 0 {
			return a, "", ErrVariable.With("names", strings.Join(names, ", "))
		}
		if a.Number == "" {
			if a.Number, _, err = takeNumber(ctx, tx, a.series(), today(tx, house.Zone)); err != nil {
				return a, "", err
			}
		}
		return a, "number", err
	})
	if err != nil {
		return a, err
	}
	ref, err := s.keepPaper(ctx, a.ID)
	if err != nil {
		return a, err
	}
	err = s.agreement(ctx, actor, "agreement.edit", id, func(tx *db.Tx, before Agreement) (Agreement, string, error) {
		if !before.OfferedAt.IsZero() {
			return before, "", ErrAgreementOffered
		}
		a = before
		a.OfferedAt, a.OfferedUntil, a.FileSHA = tx.Now(), until, ref.SHA256
		if err := waitForSignatures(ctx, tx, a); err != nil {
			return a, "", err
		}
		return a, "offered", job.Enqueue(ctx, tx, AgreementOffered{AgreementID: a.ID, ClientID: a.ClientID})
	})
	return a, err
}

// WithdrawAgreement takes an unsigned agreement back for good.
func (s *Service) WithdrawAgreement(ctx context.Context, actor access.Actor, id, reason string) error {
	return s.agreement(ctx, actor, "agreement.edit", id, func(tx *db.Tx, a Agreement) (Agreement, string, error) {
		if !a.SignedAt.IsZero() {
			return a, "", ErrAgreementSigned
		}
		if strings.TrimSpace(reason) == "" {
			return a, "", ErrReason.At("reason")
		}
		a.WithdrawnAt, a.WithdrawReason = tx.Now(), strings.TrimSpace(reason)
		return a, reason, stopWaiting(ctx, tx, actor, a)
	})
}

// AskSignCode makes the code that a contact needs for signing, to be sent to the
// known phone or e-mail.
func (s *Service) AskSignCode(ctx context.Context, actor access.Actor, id string) (sentTo string, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		a, err := LoadAgreement(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := actor.Require("agreement.sign", ownerOf(actor, a)); err != nil {
			return err
		}
		if err := a.mySigning(actor.ContactID); err != nil {
			return err
		}
		k, err := client.LoadContact(ctx, tx, actor.ContactID)
		if err != nil {
			return err
		}
		sentTo = codePlace(k)
		code, err := access.AskStepUp(ctx, tx, actor, SignPurpose, sentTo)
		if err != nil {
			return err
		}
		return job.Enqueue(ctx, tx, access.CodeAsked{To: sentTo, Name: k.Name, Lang: k.Lang, Code: code, CampaignID: actor.CampaignID, LinkID: actor.LinkID, Purpose: SignPurpose})
	})
	return sentTo, err
}

// codePlace is where the step-up codes of a contact go.
func codePlace(k client.Contact) string {
	if k.Phone != "" {
		return k.Phone
	}
	return k.Email
}

// SignLink makes the room link of the contact whose turn it is to sign. Faults:
// agreement.contact when that person has left, agreement.turn when the agency signs next.
func (s *Service) SignLink(ctx context.Context, actor access.Actor, id string) (token string, until time.Time, err error) {
	if err := actor.Require("access.links", access.Owner{}); err != nil {
		return "", until, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		a, err := LoadAgreement(ctx, tx, id)
		if err != nil {
			return err
		}
		turn, open := a.Turn()
		if open && turn.Agency() {
			return ErrTurn.With("name", turn.Name)
		}
		if !open {
			turn.ContactID = a.ContactID
		}
		k, err := client.LoadContact(ctx, tx, turn.ContactID)
		if err != nil || !k.LeftAt.IsZero() {
			return fault.New(fault.Conflict, "agreement.contact")
		}
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		zone, err := worktime.Zone(house.Zone)
		if err != nil {
			return err
		}
		until = a.OfferedUntil.AddDays(14).In(zone)
		token, err = access.IssueLinkTx(ctx, tx, actor, access.Room{Party: access.Client, CampaignID: a.CampaignID, ClientID: a.ClientID, ContactID: k.ID, Name: k.Name, Lang: k.Lang, Zone: k.Zone}, until)
		return err
	})
	return token, until, err
}

// SignAgreement is a contact's signature by link: typed name, consent and a step-up
// code that was passed, in the contact's turn. The last one fires the instalments of
// signing. Faults: agreement.*, stepup.needed.
func (s *Service) SignAgreement(ctx context.Context, actor access.Actor, id string, sign Signing) error {
	return s.agreement(ctx, actor, "agreement.sign", id, func(tx *db.Tx, a Agreement) (Agreement, string, error) {
		k, err := client.LoadContact(ctx, tx, actor.ContactID)
		if err != nil {
			return a, "", err
		}
		sign.CodeTo = access.Hint(codePlace(k))
		if a, err = s.sign(ctx, tx, a, actor.ContactID, sign); err != nil {
			return a, "", err
		}
		return a, "", access.UseStepUp(ctx, tx, actor, SignPurpose)
	})
}

// CountersignAgreement is the signature of a person of the agency who is among the
// signers, in that person's turn. Faults: agreement.*.
func (s *Service) CountersignAgreement(ctx context.Context, actor access.Actor, id string, sign Signing) error {
	return s.agreement(ctx, actor, "agreement.see", id, func(tx *db.Tx, a Agreement) (Agreement, string, error) {
		a, err := s.sign(ctx, tx, a, actor.ID, sign)
		return a, "signed", err
	})
}

// sign keeps one signature, and asks for the next or begins what signing begins.
func (s *Service) sign(ctx context.Context, tx *db.Tx, a Agreement, key string, sign Signing) (Agreement, error) {
	house, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return a, err
	}
	if a, err = a.Sign(key, sign, tx.Now(), a.State(today(tx, house.Zone))); err != nil {
		return a, err
	}
	mine, _ := a.SignerOf(key)
	if err := saveSignature(ctx, tx, mine); err != nil {
		return a, err
	}
	if !a.SignedAt.IsZero() {
		return a, afterSigning(ctx, tx, a, house)
	}
	return a, askTurn(ctx, tx, a)
}

// RecordSignature enters a signature on paper with its scan.
func (s *Service) RecordSignature(ctx context.Context, actor access.Actor, id, name, stamp string, scan io.Reader) error {
	var ref blob.Ref
	if scan != nil {
		var err error
		if ref, err = s.files.Put(ctx, blob.Limited(scan, 20<<20)); err != nil {
			return err
		}
	}
	return s.agreement(ctx, actor, "agreement.edit", id, func(tx *db.Tx, a Agreement) (Agreement, string, error) {
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return a, "", err
		}
		if a, err = a.SignedOnPaper(name, ref.SHA256, stamp, tx.Now()); err != nil {
			return a, "", err
		}
		if a.Number == "" {
			if a.Number, _, err = takeNumber(ctx, tx, a.series(), today(tx, house.Zone)); err != nil {
				return a, "", err
			}
		}
		return a, "", afterSigning(ctx, tx, a, house)
	})
}

// afterSigning fires what is due by now and plans the instalments of fixed days.
func afterSigning(ctx context.Context, tx *db.Tx, a Agreement, house access.Agency) error {
	for _, in := range a.Plan {
		if in.Trigger != OnDate || !in.FiredAt.IsZero() {
			continue
		}
		zone, err := worktime.Zone(house.Zone)
		if err != nil {
			return err
		}
		at := in.DueOn.At(6, 0, zone)
		if err := job.Enqueue(ctx, tx, InstalmentDue{AgreementID: a.ID}, job.After(latest(at, tx.Now())), job.Unique(in.ID)); err != nil {
			return err
		}
	}
	if err := fire(ctx, tx, a, OnSigning); err != nil {
		return err
	}
	if err := stopWaiting(ctx, tx, access.System(), a); err != nil {
		return err
	}
	if a.ParentID != "" {
		if err := addTo(ctx, tx, a); err != nil {
			return err
		}
	}
	return job.Enqueue(ctx, tx, AgreementSigned{AgreementID: a.ID, ClientID: a.ClientID}, job.Unique(a.ID))
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// StartCampaign begins a campaign under a signed agreement: its terms are copied
// into the campaign, and what was drafted for it so far belongs to it. Faults:
// agreement.not-signed, agreement.started, those of campaign.Create.
func (s *Service) StartCampaign(ctx context.Context, actor access.Actor, agreementID string, n campaign.NewCampaign) (c campaign.Campaign, err error) {
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		a, err := LoadAgreement(ctx, tx, agreementID)
		if err != nil {
			return err
		}
		switch {
		case a.SignedAt.IsZero():
			return ErrNotSigned
		case a.ParentID != "":
			return ErrParent
		case a.CampaignID != "":
			return ErrStarted
		}
		n.ClientID, n.BrandID, n.Currency = a.ClientID, a.BrandID, a.Value.Currency
		if n.DeciderID == "" {
			n.DeciderID = a.ContactID
		}
		if c, err = campaign.Create(ctx, tx, actor, n); err != nil {
			return err
		}
		terms, err := termsOf(ctx, tx, a)
		if err != nil {
			return err
		}
		if err := campaign.SetTerms(ctx, tx, actor.Who, c.ID, terms); err != nil {
			return err
		}
		a.CampaignID = c.ID
		if err := saveAgreement(ctx, tx, a); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE invoice SET campaign_id = $2, version = version + 1 WHERE issued_at IS NULL
			AND (agreement_id = $1 OR agreement_id IN (SELECT id FROM agreement WHERE parent_id = $1))`, a.ID, c.ID); err != nil {
			return err
		}
		c, err = campaign.LoadCampaign(ctx, tx, c.ID)
		return errors.Join(err, record(ctx, tx, actor, "campaign.start", a, nil, map[string]any{"campaign": c.ID}, ""))
	})
	return c, err
}

// Agreement shows an agreement to staff.
func (s *Service) Agreement(ctx context.Context, actor access.Actor, id string) (a Agreement, err error) {
	if err := actor.Require("agreement.see", access.Owner{}); err != nil {
		return a, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { a, err = LoadAgreement(ctx, tx, id); return err })
	return a, err
}

// Agreements lists agreements for staff, newest first.
func (s *Service) Agreements(ctx context.Context, actor access.Actor, f AgreementFilter) (list []Agreement, err error) {
	if err := actor.Require("agreement.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { list, err = ListAgreements(ctx, tx, f); return err })
	return list, err
}
