package billing

import (
	"bytes"
	"context"
	"io"
	"time"

	"kolega/internal/access"
	"kolega/internal/blob"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/paper"
)

// paperOf sets the paper of an agreement with its parties as they are now.
func (s *Service) paperOf(ctx context.Context, id string) ([]byte, error) {
	var b bytes.Buffer
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		a, err := LoadAgreement(ctx, tx, id)
		if err != nil {
			return err
		}
		of, err := sideOf(ctx, tx, a)
		if err != nil {
			return err
		}
		return WriteAgreement(&b, a, of)
	})
	return b.Bytes(), err
}

// keepPaper keeps the paper as it is offered; its hash names the bytes for ever.
func (s *Service) keepPaper(ctx context.Context, id string) (blob.Ref, error) {
	b, err := s.paperOf(ctx, id)
	if err != nil {
		return blob.Ref{}, err
	}
	return s.files.Put(ctx, bytes.NewReader(b))
}

// AgreementPaper gives an agreement's PDF: the very bytes that were offered, or a
// preview of a draft. Clients see what was offered only.
func (s *Service) AgreementPaper(ctx context.Context, actor access.Actor, id string) (a Agreement, body io.Reader, err error) {
	verb := access.Verb("agreement.see")
	if actor.IsClient() {
		verb = "agreement.read"
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { a, err = LoadAgreement(ctx, tx, id); return err })
	if err != nil {
		return a, nil, err
	}
	if err := actor.Require(verb, ownerOf(actor, a)); err != nil {
		return a, nil, err
	}
	if a.FileSHA == "" {
		if actor.IsClient() {
			return a, nil, db.ErrNotFound
		}
		b, err := s.paperOf(ctx, id)
		return a, bytes.NewReader(b), err
	}
	f, err := s.files.Open(ctx, a.FileSHA)
	if err != nil {
		return a, nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	return a, bytes.NewReader(b), err
}

// InvoicePaper gives an invoice's PDF; clients see issued ones of their room.
func (s *Service) InvoicePaper(ctx context.Context, actor access.Actor, id string) (i Invoice, body []byte, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error { i, err = LoadInvoice(ctx, tx, id); return err })
	if err != nil {
		return i, nil, err
	}
	if actor.IsClient() {
		if err := actor.Require("invoice.read", access.Owner{ClientID: i.ClientID, CampaignID: i.CampaignID}); err != nil {
			return i, nil, err
		}
		if !i.Issued() {
			return i, nil, db.ErrNotFound
		}
	} else if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return i, nil, err
	}
	if !i.Issued() {
		f, err := s.Invoice(ctx, actor, id)
		if err != nil {
			return i, nil, err
		}
		i.Totals = f.Preview
	}
	var b bytes.Buffer
	err = s.db.Read(ctx, func(tx *db.Tx) (err error) {
		i.Seller.Look, err = lookAt(ctx, tx, orTime(i.IssuedAt, tx.Now()))
		return err
	})
	if err != nil {
		return i, nil, err
	}
	err = WriteInvoice(&b, i)
	return i, b.Bytes(), err
}

// lookAt is the agency's look on a paper's day: an issued paper stays as it was.
func lookAt(ctx context.Context, tx *db.Tx, at time.Time) (paper.Look, error) {
	l, err := access.LoadLook(ctx, tx, access.OfAgency, at)
	return l.Paper(), err
}

func orTime(at, other time.Time) time.Time {
	if at.IsZero() {
		return other
	}
	return at
}

// ReceiptPaper gives a receipt's PDF in the client's language, for staff.
func (s *Service) ReceiptPaper(ctx context.Context, actor access.Actor, id string) (f ReceiptFile, body []byte, err error) {
	if f, err = s.Receipt(ctx, actor, id); err != nil {
		return f, nil, err
	}
	var b bytes.Buffer
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		of, err := client.LoadClient(ctx, tx, f.ClientID)
		if err != nil {
			return err
		}
		var numbers []string
		for _, m := range f.Matches {
			if m.ReversedAt.IsZero() {
				numbers = append(numbers, f.Invoices[m.InvoiceID].Number)
			}
		}
		seller := sellerOf(house)
		if seller.Look, err = lookAt(ctx, tx, f.Receipt.MadeAt); err != nil {
			return err
		}
		return WriteReceipt(&b, f.Receipt, seller, buyerOf(of).Name, numbers, of.Lang)
	})
	return f, b.Bytes(), err
}

// CreditPaper gives an issued credit note's PDF, for staff.
func (s *Service) CreditPaper(ctx context.Context, actor access.Actor, id string) (c CreditNote, body []byte, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return c, nil, err
	}
	var b bytes.Buffer
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if c, err = LoadCreditNote(ctx, tx, id); err != nil {
			return err
		}
		if !c.Issued() {
			return ErrNotIssued
		}
		i, err := LoadInvoice(ctx, tx, c.InvoiceID)
		if err != nil {
			return err
		}
		if i.Seller.Look, err = lookAt(ctx, tx, c.IssuedAt); err != nil {
			return err
		}
		return WriteCredit(&b, c, i)
	})
	return c, b.Bytes(), err
}

// EvidencePaper gives the evidence page of a signed agreement, to staff and in the room of
// its client. Faults: not-found, agreement.not-signed.
func (s *Service) EvidencePaper(ctx context.Context, actor access.Actor, id string) (a Agreement, body []byte, err error) {
	verb := access.Verb("agreement.see")
	if actor.IsClient() {
		verb = "agreement.read"
	}
	var b bytes.Buffer
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if a, err = LoadAgreement(ctx, tx, id); err != nil {
			return err
		}
		if err := actor.Require(verb, ownerOf(actor, a)); err != nil {
			return err
		}
		if a.SignedAt.IsZero() {
			return ErrNotSigned
		}
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		of, err := sideOf(ctx, tx, a)
		if err != nil {
			return err
		}
		return WriteEvidence(&b, a, of, house.Zone)
	})
	return a, b.Bytes(), err
}
