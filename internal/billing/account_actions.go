package billing

import (
	"bytes"
	"context"
	"slices"
	"time"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/worktime"
)

// AccountOf asks for a client's statement of account; without days it is the last
// three months.
type AccountOf struct {
	ClientID string
	From, To worktime.Date
}

// AccountFile is a client's statement of account, one part a currency.
type AccountFile struct {
	Client   client.Client
	Campaign string // where it is of one campaign alone
	From, To worktime.Date
	Parts    []ClientAccount
	Zone     string
}

// Account gives a client's statement of account to staff. Fault: billing.account-days.
func (s *Service) Account(ctx context.Context, actor access.Actor, q AccountOf) (f AccountFile, err error) {
	if err := actor.Require("invoice.see", access.Owner{}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { f, err = accountOf(ctx, tx, q, ""); return err })
	return f, err
}

// RoomAccount gives the statement of account of a contact's room: of its campaign, or
// of the whole client in a room that was opened for it.
func (s *Service) RoomAccount(ctx context.Context, actor access.Actor) (f AccountFile, err error) {
	if err := actor.Require("invoice.read", access.Owner{ClientID: actor.ClientID, CampaignID: actor.CampaignID}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		f, err = accountOf(ctx, tx, AccountOf{ClientID: actor.ClientID}, actor.CampaignID)
		f.Client = client.Client{Name: f.Client.Name, LegalName: f.Client.LegalName, Address: f.Client.Address, Lang: f.Client.Lang}
		return err
	})
	return f, err
}

// ErrAccountDays is a span whose end is before its beginning.
var ErrAccountDays = fault.New(fault.Invalid, "billing.account-days")

// accountFor is how far back a statement of account goes when nobody says.
const accountFor = 92

func accountOf(ctx context.Context, tx *db.Tx, q AccountOf, campaignID string) (f AccountFile, err error) {
	if f.Client, err = client.LoadClient(ctx, tx, q.ClientID); err != nil {
		return f, err
	}
	house, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return f, err
	}
	f.Zone, f.From, f.To, f.Campaign = house.Zone, q.From, q.To, campaignID
	if f.To == "" {
		f.To = today(tx, house.Zone)
	}
	if f.From == "" {
		f.From = f.To.AddDays(-accountFor)
	}
	if !f.From.Valid() || !f.To.Valid() || f.To.Before(f.From) {
		return f, ErrAccountDays.At("to")
	}
	zone := location(tx, house.Zone)
	accounts := []ledger.Account{ledger.Receivable, ledger.ClientCredit}
	if campaignID != "" {
		accounts = accounts[:1] // money that is not matched belongs to no campaign
	}
	before, entries, err := clientEntries(ctx, tx, q.ClientID, campaignID, accounts, f.From.In(zone), f.To.AddDays(1).In(zone))
	if err != nil {
		return f, err
	}
	for c := range before {
		part, err := runAccount(c, before[c], entries, accounts...)
		if err != nil {
			return f, err
		}
		part.From, part.To = f.From, f.To
		if !part.Opening.IsZero() || len(part.Lines) > 0 {
			f.Parts = append(f.Parts, part)
		}
	}
	slices.SortFunc(f.Parts, func(a, b ClientAccount) int { return compare(string(a.Currency), string(b.Currency)) })
	return f, nil
}

func compare(a, b string) int {
	switch {
	case a == "IDR" && b != "IDR" || a < b && b != "IDR":
		return -1
	case a == b:
		return 0
	}
	return 1
}

// clientEntries gives what stood on a client's accounts before an instant, and the
// entries from it on, the oldest first. Each currency that is met has a balance.
func clientEntries(ctx context.Context, tx *db.Tx, clientID, campaignID string, accounts []ledger.Account, since, until time.Time) (map[money.Currency]money.Amount, []ledger.Entry, error) {
	before, byID := map[money.Currency]money.Amount{}, map[string]ledger.Entry{}
	for _, a := range accounts {
		f := ledger.Filter{Account: a, ClientID: clientID, CampaignID: campaignID}
		f.Until = since
		b, err := ledger.BalanceOf(ctx, tx, f)
		if err != nil {
			return nil, nil, err
		}
		for c, x := range b {
			if before[c], err = money.Sum(c, orZero(before, c), x); err != nil {
				return nil, nil, err
			}
		}
		f.Since, f.Until = since, until
		list, err := ledger.ListEntries(ctx, tx, f, "", 5000)
		if err != nil {
			return nil, nil, err
		}
		for _, e := range list {
			byID[e.ID] = e
			for _, l := range e.Lines {
				before[l.Amount.Currency] = orZero(before, l.Amount.Currency)
			}
		}
	}
	entries := make([]ledger.Entry, 0, len(byID))
	for _, e := range byID {
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b ledger.Entry) int {
		if n := a.At.Compare(b.At); n != 0 {
			return n
		}
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return before, entries, nil
}

func orZero(m map[money.Currency]money.Amount, c money.Currency) money.Amount {
	if x, ok := m[c]; ok {
		return x
	}
	return money.New(0, c)
}

// AccountPaper gives a statement of account as a PDF: to staff by the question, to a
// client the room's own.
func (s *Service) AccountPaper(ctx context.Context, actor access.Actor, q AccountOf) (f AccountFile, body []byte, err error) {
	if actor.IsClient() {
		f, err = s.RoomAccount(ctx, actor)
	} else {
		f, err = s.Account(ctx, actor, q)
	}
	if err != nil {
		return f, nil, err
	}
	var b bytes.Buffer
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		house, err := access.LoadAgency(ctx, tx)
		if err != nil {
			return err
		}
		seller := sellerOf(house)
		if seller.Look, err = lookAt(ctx, tx, tx.Now()); err != nil {
			return err
		}
		return WriteAccount(&b, f, seller, tx.Now())
	})
	return f, b.Bytes(), err
}

// AccountLink makes a room link of a contact that opens the client's statement of
// account for thirty days. Fault: agreement.contact when the person is not there.
func (s *Service) AccountLink(ctx context.Context, actor access.Actor, clientID, contactID string) (token string, until time.Time, err error) {
	for _, verb := range []access.Verb{"invoice.see", "access.links"} {
		if err := actor.Require(verb, access.Owner{}); err != nil {
			return "", until, err
		}
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		k, err := client.LoadContact(ctx, tx, contactID)
		if err != nil || k.ClientID != clientID || !k.LeftAt.IsZero() {
			return fault.Field("contact_id", "agreement.contact")
		}
		until = tx.Now().AddDate(0, 0, 30)
		token, err = access.IssueLinkTx(ctx, tx, actor, access.Room{Party: access.Client, ClientID: clientID, ContactID: k.ID, Name: k.Name, Lang: k.Lang, Zone: k.Zone}, until)
		return err
	})
	return token, until, err
}
