package billing

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// RoomAgreement is what a client's contact sees of an agreement: nothing of it is
// the agency's own.
type RoomAgreement struct {
	ID           string
	Number       string
	Title        string
	Scope        string
	Value        money.Amount
	Plan         []RoomInstalment
	Revisions    int64
	ReviewHours  int64
	State        AgreementState
	OfferedUntil worktime.Date
	FileSHA      string
	SignedBy     string
	SignedAt     db.Time
	Signers      []RoomSigner
	CanSign      bool // it is this contact's turn to sign
	IsSigner     bool // this contact is among the signers
	HasSigned    bool // and has signed
}

// RoomSigner is one who signs, as the client sees it.
type RoomSigner struct {
	Name     string
	Agency   bool
	SignedAt db.Time
	Turn     bool
}

// RoomInstalment is an instalment as the client sees it.
type RoomInstalment struct {
	Label   string
	ShareBp int64
	Amount  money.Amount
	Trigger Trigger
	DueOn   worktime.Date
}

// RoomInvoice is what a client's contact sees of an issued invoice.
type RoomInvoice struct {
	ID       string
	Number   string
	Title    string
	IssuedOn worktime.Date
	DueOn    worktime.Date
	Total    money.Amount
	Withheld money.Amount // to be kept back by the client
	Due      money.Amount
	Received money.Amount
	Credited money.Amount
	Balance  money.Amount
	Bank     string
	Account  string
	Owner    string
}

// RoomAgreements lists the agreements of a contact's room: that of its campaign,
// and before there is one those the contact is to sign.
func (s *Service) RoomAgreements(ctx context.Context, actor access.Actor) (out []RoomAgreement, err error) {
	if err := actor.Require("agreement.read", access.Owner{ClientID: actor.ClientID, CampaignID: actor.CampaignID}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		list, err := ListAgreements(ctx, tx, AgreementFilter{ClientID: actor.ClientID})
		if err != nil {
			return err
		}
		for _, a := range list {
			if a.OfferedAt.IsZero() && a.SignedAt.IsZero() || !a.WithdrawnAt.IsZero() || actor.Require("agreement.read", ownerOf(actor, a)) != nil {
				continue
			}
			if _, signs := a.SignerOf(actor.ContactID); actor.CampaignID == "" && !signs {
				continue
			}
			out = append(out, roomAgreement(a, actor, today(tx, house.Zone)))
		}
		return nil
	})
	return out, err
}

func roomAgreement(a Agreement, actor access.Actor, day worktime.Date) RoomAgreement {
	r := RoomAgreement{ID: a.ID, Number: a.Number, Title: a.Title, Scope: a.Scope, Value: a.Value, Revisions: a.Terms.RevisionLimit, ReviewHours: a.Terms.ReviewHours,
		State: a.State(day), OfferedUntil: a.OfferedUntil, FileSHA: a.FileSHA, SignedBy: a.SignedBy, SignedAt: db.At(a.SignedAt)}
	turn, open := a.Turn()
	mine, signs := a.SignerOf(actor.ContactID)
	r.IsSigner, r.HasSigned = signs, signs && !mine.SignedAt.IsZero()
	r.CanSign = open && turn.Key() == actor.ContactID
	for _, s := range a.Signers {
		r.Signers = append(r.Signers, RoomSigner{Name: s.Name, Agency: s.Agency(), SignedAt: db.At(s.SignedAt), Turn: open && s.Key() == turn.Key() && r.State == Offered})
	}
	for _, in := range a.Plan {
		r.Plan = append(r.Plan, RoomInstalment{Label: in.Label, ShareBp: in.ShareBp, Amount: in.Amount, Trigger: in.Trigger, DueOn: in.DueOn})
	}
	return r
}

// RoomInvoices lists the issued invoices of a contact's room.
func (s *Service) RoomInvoices(ctx context.Context, actor access.Actor) (out []RoomInvoice, err error) {
	if err := actor.Require("invoice.read", access.Owner{ClientID: actor.ClientID, CampaignID: actor.CampaignID}); err != nil {
		return nil, err
	}
	if actor.CampaignID == "" {
		return nil, nil
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := ListInvoices(ctx, tx, InvoiceFilter{ClientID: actor.ClientID, CampaignID: actor.CampaignID, Issued: true})
		if err != nil {
			return err
		}
		opened, err := opens(ctx, tx, list)
		if err != nil {
			return err
		}
		for _, o := range opened {
			out = append(out, roomInvoice(o))
		}
		return nil
	})
	return out, err
}

func roomInvoice(o Open) RoomInvoice {
	i := o.Invoice
	r := RoomInvoice{ID: i.ID, Number: i.Number, IssuedOn: i.IssuedOn, DueOn: i.DueOn, Total: i.Totals.Total, Withheld: i.Totals.Withheld, Due: i.Totals.Due,
		Received: o.Received, Credited: o.Credited, Balance: o.Balance, Bank: i.Seller.Bank, Account: i.Seller.Account, Owner: i.Seller.AccountName}
	if len(i.Items) > 0 {
		r.Title = i.Items[0].Text
	}
	return r
}
