package payout

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/blob"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

// PrepareRequest asks to prepare payouts together.
type PrepareRequest struct {
	IDs         []string
	NameReasons map[string]string // payout id -> finance's reason where the account's name differs
	Note        string
}

// Prepared is what came of it: a batch, and the payouts that could not be
// prepared, each with its fault.
type PreparedBatch struct {
	Batch   Batch
	Refused map[string]error
}

// ErrNothing is a request that prepares or releases nothing.
var ErrNothing = fault.New(fault.Invalid, "payout.nothing")

// Prepare reckons the tax of due payouts and makes an attempt for each. Those
// that are not ready are left out and named; when none is ready the first fault
// is returned. Faults: payout.nothing, those of Prepare.
func (s *Service) Prepare(ctx context.Context, actor access.Actor, req PrepareRequest) (out PreparedBatch, err error) {
	if err := actor.Require("payout.prepare", access.Owner{}); err != nil {
		return out, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		out = PreparedBatch{Refused: map[string]error{}, Batch: Batch{ID: tx.NewID(), MadeAt: db.At(tx.Now()), MadeBy: actor.ID, MadeName: actor.Name, Note: strings.TrimSpace(req.Note)}}
		day, err := today(ctx, tx)
		if err != nil {
			return err
		}
		type ready struct {
			p Payout
			a Attempt
		}
		var made []ready
		var first error = ErrNothing
		for _, id := range req.IDs {
			p, a, err := s.prepareOne(ctx, tx, actor, id, req.NameReasons[id], day)
			if err != nil && fault.KindOf(err) == fault.Internal {
				return err
			}
			if err != nil {
				out.Refused[id] = err
				if errors.Is(first, ErrNothing) {
					first = err
				}
				continue
			}
			made = append(made, ready{p, a})
		}
		if len(made) == 0 {
			return first
		}
		if err := insertBatch(ctx, tx, &out.Batch, string(day)); err != nil {
			return err
		}
		for _, m := range made {
			m.a.ID, m.a.BatchID, m.a.Version = tx.NewID(), out.Batch.ID, 1
			if err := s.keepPrepared(ctx, tx, actor, m.p, m.a); err != nil {
				return err
			}
			out.Batch.Attempts = append(out.Batch.Attempts, m.a)
		}
		return nil
	})
	return out, err
}

// prepareOne works out tax and attempt without writing anything.
func (s *Service) prepareOne(ctx context.Context, tx *db.Tx, actor access.Actor, id, nameReason string, day worktime.Date) (p Payout, a Attempt, err error) {
	if p, err = LoadPayout(ctx, tx, id); err != nil {
		return p, a, err
	}
	if err := p.Ready(tx.Now(), day); err != nil {
		return p, a, err
	}
	t, err := talent.LoadTalent(ctx, tx, p.TalentID)
	if err != nil {
		return p, a, err
	}
	if p.Tax.RuleID == "" {
		rules, err := loadTaxRules(ctx, tx)
		if err != nil {
			return p, a, err
		}
		if p.Tax, err = reckon(ctx, tx, rules, p, t, day); err != nil {
			return p, a, err
		}
	}
	route, err := talent.LoadRoute(ctx, tx, p.TalentID)
	if errors.Is(err, talent.FaultNoRoute) {
		return p, a, ErrNoRoute
	}
	if err != nil {
		return p, a, err
	}
	rails, err := loadRails(ctx, tx)
	if err != nil {
		return p, a, err
	}
	rail, err := RailFor(rails, route.Method, p.Fee.Currency, day)
	if err != nil {
		return p, a, err
	}
	a, err = Prepare(Preparation{Payout: p, Route: route, Rail: rail, LegalName: t.Name, NameReason: nameReason, By: actor.ID, ByName: actor.Name}, tx.Now(), day)
	return p, a, err
}

func (s *Service) keepPrepared(ctx context.Context, tx *db.Tx, actor access.Actor, p Payout, a Attempt) error {
	if a.Number == 1 || p.retaxed() {
		if err := postTax(ctx, tx, p, a.Number); err != nil {
			return err
		}
	}
	if err := savePayout(ctx, tx, p); err != nil {
		return err
	}
	if err := insertAttempt(ctx, tx, a); err != nil {
		return err
	}
	if err := closeTasks(ctx, tx, actor, p.ID, AskReturned, ""); err != nil {
		return err
	}
	return record(ctx, tx, actor, "payout.prepare", p, map[string]any{"attempt": a.Number, "net": a.Amount.String(), "tax": p.Tax.Tax.String(), "rule": p.Tax.RuleID, "transfers": len(a.Parts)}, a.NameReason)
}

// retaxed says whether the tax was taken back with every attempt so far, none of
// which was sent, and has been reckoned anew.
func (p Payout) retaxed() bool {
	for _, a := range p.Attempts {
		if a.CancelledAt.IsZero() {
			return false
		}
	}
	return true
}

// attempt loads, changes and saves an attempt, with its payout and route.
func (s *Service) attempt(ctx context.Context, actor access.Actor, verb access.Verb, id string, change func(tx *db.Tx, p Payout, a Attempt) (Attempt, string, error)) error {
	if err := actor.Require(verb, access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error { return changeAttempt(ctx, tx, actor, string(verb), id, change) })
}

func changeAttempt(ctx context.Context, tx *db.Tx, actor access.Actor, verb, id string, change func(tx *db.Tx, p Payout, a Attempt) (Attempt, string, error)) error {
	before, err := loadAttempt(ctx, tx, id)
	if err != nil {
		return err
	}
	p, err := LoadPayout(ctx, tx, before.PayoutID)
	if err != nil {
		return err
	}
	a, reason, err := change(tx, p, before)
	if err != nil {
		return err
	}
	if err := saveAttempt(ctx, tx, a); err != nil {
		return err
	}
	return record(ctx, tx, actor, verb, p, map[string]any{"attempt": a.Number, "state": a.State(tx.Now())}, reason)
}

// Release approves the attempts of a batch by another person than who prepared
// them; refuse names attempts that are taken back instead, with the reason.
// Attempts that were released before stay as they are, so a second click changes
// nothing. Faults: payout.self-release, payout.editor-releases, payout.void,
// payout.route-held, payout.nothing.
func (s *Service) Release(ctx context.Context, actor access.Actor, batchID string, refuse map[string]string) (released int, err error) {
	if err := actor.Require("payout.release", access.Owner{}); err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		released = 0
		b, err := LoadBatch(ctx, tx, batchID)
		if err != nil {
			return err
		}
		for _, a := range b.Attempts {
			if !a.CancelledAt.IsZero() || !a.ReleasedAt.IsZero() {
				continue
			}
			if why, ok := refuse[a.ID]; ok {
				if err := s.takeBack(ctx, tx, actor, a.ID, why); err != nil {
					return err
				}
				continue
			}
			if err := releaseOne(ctx, tx, actor, a.ID); err != nil {
				return err
			}
			released++
		}
		if released == 0 && len(refuse) == 0 {
			return ErrNothing
		}
		return nil
	})
	return released, err
}

func releaseOne(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
	return changeAttempt(ctx, tx, actor, "payout.release", id, func(tx *db.Tx, p Payout, a Attempt) (Attempt, string, error) {
		r, err := talent.LoadRoute(ctx, tx, p.TalentID)
		if err != nil {
			return a, "", err
		}
		a, err = a.Release(actor.ID, actor.Name, r, tx.Now())
		return a, "", err
	})
}

// TakeBack cancels an attempt of which nothing was sent; its tax is taken back
// with it. Faults: payout.sent, payout.ended, payout.reason.
func (s *Service) TakeBack(ctx context.Context, actor access.Actor, attemptID, reason string) error {
	if err := actor.Require("payout.prepare", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error { return s.takeBack(ctx, tx, actor, attemptID, reason) })
}

func (s *Service) takeBack(ctx context.Context, tx *db.Tx, actor access.Actor, attemptID, reason string) error {
	return changeAttempt(ctx, tx, actor, "payout.take-back", attemptID, func(tx *db.Tx, p Payout, a Attempt) (Attempt, string, error) {
		a, err := a.Cancel(strings.TrimSpace(reason), tx.Now())
		if err != nil {
			return a, "", err
		}
		if err := withdraw(ctx, tx, a.ID, reason); err != nil {
			return a, "", err
		}
		earlier := p.Attempts[:len(p.Attempts)-1]
		if untouched := (Payout{Attempts: earlier}).retaxed(); !untouched {
			return a, reason, nil
		}
		if !p.Tax.Tax.IsZero() {
			if err := ledger.ReverseStep(ctx, tx, taxCause(tx, p, a.Number), reason); err != nil {
				return a, "", err
			}
		}
		zero := money.New(0, p.Fee.Currency)
		p.Tax = Withholding{Earlier: zero, Gross: zero, Base: zero, Tax: zero, Net: zero}
		return a, reason, savePayout(ctx, tx, p)
	})
}

// RecordSent enters that a released transfer left the agency's account, with its
// proof. Telling the same reference again changes nothing. Faults:
// payout.not-released, payout.sent, payout.void, payout.reference-used,
// form.invalid with fields.
func (s *Service) RecordSent(ctx context.Context, actor access.Actor, attemptID string, in Sending, proofName string, proof io.Reader) error {
	if proof != nil {
		ref, err := s.files.Put(ctx, blob.Limited(proof, 10<<20))
		if err != nil {
			return err
		}
		in.ProofSHA, in.ProofName = ref.SHA256, proofName
	}
	in.By, in.Reference = actor.ID, strings.TrimSpace(in.Reference)
	return s.attempt(ctx, actor, "payout.confirm", attemptID, func(tx *db.Tx, p Payout, a Attempt) (Attempt, string, error) {
		r, err := talent.LoadRoute(ctx, tx, p.TalentID)
		if err != nil {
			return a, "", err
		}
		rail, cal, err := railOf(ctx, tx, a)
		if err != nil {
			return a, "", err
		}
		if in.At.IsZero() {
			in.At = tx.Now()
		}
		a, changed, err := a.Send(in, r, rail, cal, tx.Now())
		if err != nil || !changed {
			return a, in.Reference, err
		}
		return a, in.Reference, tellLeft(ctx, tx, p, a, a.Parts[in.Part-1])
	})
}

// railOf gives the rail of an attempt and the calendar of its country.
func railOf(ctx context.Context, tx *db.Tx, a Attempt) (Rail, worktime.Calendar, error) {
	rails, err := loadRails(ctx, tx)
	if err != nil {
		return Rail{}, worktime.Calendar{}, err
	}
	for _, r := range rails {
		if r.ID != a.RailID {
			continue
		}
		cal, err := country.Calendar(ctx, tx, r.Country, r.Zone)
		if fault.KindOf(err) == fault.NotFound || fault.KindOf(err) == fault.Invalid {
			cal, err = country.CalendarIn(ctx, tx, r.Zone)
		}
		return r, cal, err
	}
	return Rail{}, worktime.Calendar{}, ErrNoRail.With("method", string(a.Method), "currency", string(a.Amount.Currency))
}

// ConfirmArrived is finance's word, from the bank, that a transfer has arrived.
func (s *Service) ConfirmArrived(ctx context.Context, actor access.Actor, attemptID string, part int64) error {
	return s.attempt(ctx, actor, "payout.confirm", attemptID, func(tx *db.Tx, p Payout, a Attempt) (Attempt, string, error) {
		a, err := arrive(ctx, tx, p, a, part, actor.Name)
		return a, "", err
	})
}

func arrive(ctx context.Context, tx *db.Tx, p Payout, a Attempt, part int64, by string) (Attempt, error) {
	a, changed, err := a.Arrive(part, by, tx.Now())
	if err != nil || !changed {
		return a, err
	}
	if err := postArrived(ctx, tx, p, a, a.Parts[part-1]); err != nil {
		return a, err
	}
	if s := a.State(tx.Now()); s != Unclear {
		if err := closeTasks(ctx, tx, access.System(), p.ID, AskUnclear, ""); err != nil {
			return a, err
		}
	}
	return a, job.Enqueue(ctx, tx, Reached{PayoutID: p.ID, TalentID: p.TalentID, CampaignID: p.CampaignID})
}

// RecordReturned enters that a transfer came back; one believed arrived is taken
// back first. Faults: payout.not-sent, payout.ended, payout.reason.
func (s *Service) RecordReturned(ctx context.Context, actor access.Actor, attemptID string, part int64, back money.Amount, reason string) error {
	return s.attempt(ctx, actor, "payout.confirm", attemptID, func(tx *db.Tx, p Payout, a Attempt) (Attempt, string, error) {
		if part >= 1 && int(part) <= len(a.Parts) && a.Parts[part-1].Ordered() {
			return a, "", ErrOrdered
		}
		if strings.TrimSpace(reason) == "" {
			return a, "", ErrReason.At("reason")
		}
		a, err := giveBack(ctx, tx, p, a, part, back, reason)
		return a, reason, err
	})
}

// Batches lists the newest batches for staff.
func (s *Service) Batches(ctx context.Context, actor access.Actor, limit int) (list []Batch, err error) {
	if err := actor.Require("payout.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { list, err = ListBatches(ctx, tx, limit); return err })
	return list, err
}

// BatchFile is a batch with its payouts.
type BatchFile struct {
	Batch
	Lines map[string]Line // by payout id
}

// ChangedBy names the talents of attempts that wait for a release and whose account
// this person last changed: somebody else has to release them.
func (f BatchFile) ChangedBy(name string, now time.Time) (talents []string) {
	for _, a := range f.Attempts {
		if l := f.Lines[a.PayoutID]; a.State(now) == Prepared && l.RouteBy == name {
			talents = append(talents, l.TalentName)
		}
	}
	return talents
}

// Batch shows a batch to staff.
func (s *Service) Batch(ctx context.Context, actor access.Actor, id string) (f BatchFile, err error) {
	if err := actor.Require("payout.see", access.Owner{}); err != nil {
		return f, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if f.Batch, err = LoadBatch(ctx, tx, id); err != nil {
			return err
		}
		var list []Payout
		for _, a := range f.Attempts {
			p, err := LoadPayout(ctx, tx, a.PayoutID)
			if err != nil {
				return err
			}
			list = append(list, p)
		}
		got, err := lines(ctx, tx, list)
		f.Lines = map[string]Line{}
		for _, l := range got {
			f.Lines[l.ID] = l
		}
		return err
	})
	return f, err
}

// OpenProof gives the proof of a transfer, to staff and to its talent.
func (s *Service) OpenProof(ctx context.Context, actor access.Actor, payoutID string, attempt, part int64) (io.ReadSeekCloser, string, error) {
	var t Transfer
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		p, err := LoadPayout(ctx, tx, payoutID)
		if err != nil {
			return err
		}
		verb, owner := access.Verb("payout.see"), access.Owner{}
		if actor.IsTalent() {
			verb, owner = "payout.own", access.Owner{TalentID: p.TalentID, CampaignID: p.CampaignID}
		}
		if err := actor.Require(verb, owner); err != nil {
			return err
		}
		for _, a := range p.Attempts {
			if a.Number == attempt && part >= 1 && int(part) <= len(a.Parts) {
				t = a.Parts[part-1]
			}
		}
		if t.ProofSHA == "" {
			return db.ErrNotFound
		}
		return nil
	})
	if err != nil {
		return nil, "", err
	}
	f, err := s.files.Open(ctx, t.ProofSHA)
	return f, t.ProofName, err
}
