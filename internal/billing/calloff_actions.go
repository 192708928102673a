package billing

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/result"
	"kolega/internal/review"
)

// CalledOffJob: an agreement was called off, and its settlement stands.
type CalledOffJob struct{ AgreementID, ClientID, CampaignID string }

// Kind names the event.
func (CalledOffJob) Kind() string { return "billing.called-off" }

// SettlementOf is what calling an agreement off would mean now: the stage that the
// campaign's facts have reached, and the figures at each stage.
type SettlementOf struct {
	Stage    string
	Invoiced money.Amount
	At       []CallOff // by the agreement's table, without reason
}

// Settlements works out what calling off would mean at each stage. Faults: not-found.
func (s *Service) Settlements(ctx context.Context, actor access.Actor, id string) (out SettlementOf, err error) {
	if err := actor.Require("agreement.see", access.Owner{}); err != nil {
		return out, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		a, err := LoadAgreement(ctx, tx, id)
		if err != nil {
			return err
		}
		if out.Stage, err = stageNow(ctx, tx, a); err != nil {
			return err
		}
		if a, err = wholeOf(ctx, tx, a); err != nil {
			return err
		}
		if out.Invoiced, _, _, err = invoicedFor(ctx, tx, a); err != nil {
			return err
		}
		for _, st := range a.Cancellation {
			owed, _, err := a.Settlement(st.Name)
			if err != nil {
				return err
			}
			out.At = append(out.At, CallOff{Stage: st.Name, Owed: owed, Invoiced: out.Invoiced})
		}
		return nil
	})
	return out, err
}

// CallOff ends a signed agreement at a stage: instalments that have not fired never do,
// unissued drafts go, and what is owed by the table beyond what was invoiced becomes a
// draft for finance; what was invoiced beyond it becomes credit notes for management.
// Faults: agreement.not-signed, agreement.called-off, agreement.call-off-stage,
// billing.reason.
func (s *Service) CallOff(ctx context.Context, actor access.Actor, id, stage, reason string) (c CallOff, err error) {
	err = s.agreement(ctx, actor, "agreement.cancel", id, func(tx *db.Tx, a Agreement) (Agreement, string, error) {
		invoiced, issued, room, err := invoicedFor(ctx, tx, a)
		if err != nil {
			return a, "", err
		}
		all, err := wholeOf(ctx, tx, a)
		if err != nil {
			return a, "", err
		}
		if c, err = all.CallOff(stage, invoiced, strings.TrimSpace(reason)); err != nil {
			return a, "", err
		}
		c.At, c.By = tx.Now(), actor.Name
		if err := insertCallOff(ctx, tx, a.ID, c); err != nil {
			return a, "", err
		}
		if err := dropDrafts(ctx, tx, actor, a, reason); err != nil {
			return a, "", err
		}
		rest, err := c.Rest()
		if err != nil {
			return a, "", err
		}
		if rest.Sign() > 0 {
			err = billRest(ctx, tx, actor, a, rest)
		} else if rest.Sign() < 0 {
			err = creditRest(ctx, tx, actor, a, c, issued, room, rest.Neg())
		}
		if err != nil {
			return a, "", err
		}
		return a, reason, job.Enqueue(ctx, tx, CalledOffJob{AgreementID: a.ID, ClientID: a.ClientID, CampaignID: a.CampaignID}, job.Unique(a.ID))
	})
	return c, err
}

// wholeOf is an agreement with the value of its addenda, for a settlement. An addendum
// ends with what it adds to, never alone. Fault: agreement.addendum-off.
func wholeOf(ctx context.Context, tx *db.Tx, a Agreement) (Agreement, error) {
	if a.ParentID != "" {
		return a, ErrParent
	}
	added, err := signedAddenda(ctx, tx, a.ID)
	if err != nil {
		return a, err
	}
	a.Value, err = worth(a, added)
	return a, err
}

// familyInvoices lists the invoices of an agreement and of its addenda.
func familyInvoices(ctx context.Context, tx *db.Tx, a Agreement, f InvoiceFilter) (out []Invoice, err error) {
	added, err := Addenda(ctx, tx, a.ID)
	if err != nil {
		return nil, err
	}
	f.Limit = 500
	for _, x := range append([]Agreement{a}, added...) {
		f.AgreementID = x.ID
		list, err := ListInvoices(ctx, tx, f)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// stageNow reads the facts of the agreement's campaign.
func stageNow(ctx context.Context, tx *db.Tx, a Agreement) (string, error) {
	if a.CampaignID == "" {
		return StageBefore, nil
	}
	c, err := campaign.LoadCampaign(ctx, tx, a.CampaignID)
	if err != nil {
		return "", err
	}
	f := Facts{KickedOff: !c.KickedOffAt.IsZero()}
	pieces, err := review.ListDeliverables(ctx, tx, a.CampaignID)
	if err != nil {
		return "", err
	}
	for _, d := range pieces {
		f.Approved = f.Approved || d.ApprovedID != ""
	}
	rows, err := result.ListRows(ctx, tx, a.CampaignID)
	for _, r := range rows {
		f.Posted = f.Posted || r.Post.ID != ""
	}
	return StageOf(f), err
}

// invoicedFor sums the issued invoices of an agreement without tax, less what credit
// notes took or are to take, and gives what of each no note has taken.
func invoicedFor(ctx context.Context, tx *db.Tx, a Agreement) (sum money.Amount, issued []Invoice, room map[string]money.Amount, err error) {
	sum, room = money.New(0, a.Value.Currency), map[string]money.Amount{}
	if issued, err = familyInvoices(ctx, tx, a, InvoiceFilter{Issued: true}); err != nil {
		return sum, nil, nil, err
	}
	for _, i := range issued {
		left := i.Totals.Price
		notes, err := ListCreditNotes(ctx, tx, CreditFilter{InvoiceID: i.ID})
		if err != nil {
			return sum, nil, nil, err
		}
		for _, n := range notes {
			if n.RefusedAt.IsZero() {
				if left, err = left.Sub(n.Totals.Price); err != nil {
					return sum, nil, nil, err
				}
			}
		}
		room[i.ID] = left
		if sum, err = sum.Add(left); err != nil {
			return sum, nil, nil, err
		}
	}
	return sum, issued, room, nil
}

func dropDrafts(ctx context.Context, tx *db.Tx, actor access.Actor, a Agreement, reason string) error {
	drafts, err := familyInvoices(ctx, tx, a, InvoiceFilter{Drafts: true})
	if err != nil {
		return err
	}
	for _, i := range drafts {
		if !i.DroppedAt.IsZero() {
			continue
		}
		i.DroppedAt = tx.Now()
		if err := saveInvoice(ctx, tx, i); err != nil {
			return err
		}
		if err := recordInvoice(ctx, tx, actor, "invoice.drop", i, nil, i.summary(), reason); err != nil {
			return err
		}
	}
	return nil
}

// billRest drafts the invoice of what is owed and was not invoiced.
func billRest(ctx context.Context, tx *db.Tx, actor access.Actor, a Agreement, rest money.Amount) error {
	house, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return err
	}
	of, err := client.LoadClient(ctx, tx, a.ClientID)
	if err != nil {
		return err
	}
	text := locale.For(a.Lang, "").T("billing.calloff.item", "title", a.Title)
	i := draftFor(a, Instalment{AgreementID: a.ID, Label: text, Amount: rest}, of, house)
	i.ID, i.MadeAt = tx.NewID(), tx.Now()
	i.Items[0].Note = a.Number
	if err := insertInvoice(ctx, tx, i); err != nil {
		return err
	}
	if err := job.Enqueue(ctx, tx, InvoiceDrafted{InvoiceID: i.ID, ClientID: a.ClientID, CampaignID: a.CampaignID}, job.Unique(i.ID)); err != nil {
		return err
	}
	return recordInvoice(ctx, tx, actor, "invoice.draft", i, nil, i.summary(), "called-off")
}

// creditRest asks management for the credit notes of what was invoiced beyond the table.
func creditRest(ctx context.Context, tx *db.Tx, actor access.Actor, a Agreement, c CallOff, issued []Invoice, room map[string]money.Amount, back money.Amount) error {
	shares, err := creditsFor(issued, room, back)
	if err != nil {
		return err
	}
	rules, err := loadTaxRules(ctx, tx)
	if err != nil {
		return err
	}
	for _, sh := range shares {
		o, err := OpenOf(ctx, tx, sh.Invoice)
		if err != nil {
			return err
		}
		note, err := Credit(rules, o, CreditCancellation, sh.Price)
		if err != nil {
			return err
		}
		note.ID, note.Reason, note.CauseID, note.MadeAt, note.MadeBy, note.Version = tx.NewID(), c.Reason, a.ID, tx.Now(), actor.ID, 1
		if err := insertCredit(ctx, tx, note, actor.Name); err != nil {
			return err
		}
		if err := job.Enqueue(ctx, tx, CreditPrepared{CreditNoteID: note.ID, ClientID: note.ClientID, CampaignID: note.CampaignID}); err != nil {
			return err
		}
		if err := recordCredit(ctx, tx, actor, "credit.prepare", note, c.Reason); err != nil {
			return err
		}
	}
	return nil
}
