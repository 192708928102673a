package client

import (
	"context"
	"strings"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/db"
	"kolega/internal/task"
)

// aboutDeal is the kind of a task that is an opportunity's next step.
const aboutDeal = "opportunity"

// OnWin names the check that an agreement is one of the client's and was offered;
// agreements are known to a higher slice. It is set once, at start.
func (s *Service) OnWin(check func(ctx context.Context, tx *db.Tx, clientID, agreementID string) error) {
	s.offered = check
}

// Step is the next follow-up of an opportunity: what, who, until when.
type Step struct {
	Text   string
	DoerID string // "" is whoever enters it
	Due    string // in the doer's zone
}

// OpenOpportunity enters an opportunity with its first step. Again says that a second
// one for the same brand and quarter is meant. Faults: opportunity.*, task.*, due.*.
func (s *Service) OpenOpportunity(ctx context.Context, actor access.Actor, o Opportunity, step Step, again bool) (Opportunity, error) {
	if err := actor.Require("opportunity.edit", access.Owner{}); err != nil {
		return o, err
	}
	if err := o.tidy(); err != nil {
		return o, err
	}
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		o.ID, o.MadeAt, o.MadeBy, o.StageAt, o.Version = tx.NewID(), tx.Now(), actor.Name, tx.Now(), 1
		if o.Stage == "" {
			o.Stage = StageLead
		}
		if !o.Stage.Open() {
			return ErrDealStage
		}
		if err := s.checkDeal(ctx, tx, &o, again); err != nil {
			return err
		}
		if err := planStep(ctx, tx, actor, &o, step); err != nil {
			return err
		}
		if err := insertDeal(ctx, tx, o); err != nil {
			return err
		}
		return recordDeal(ctx, tx, actor, o, "")
	})
	return o, err
}

// checkDeal finds owner, client and brand, and another opportunity that may be the same.
func (s *Service) checkDeal(ctx context.Context, tx *db.Tx, o *Opportunity, again bool) error {
	if p, err := access.LoadPerson(ctx, tx, o.OwnerID); err != nil || !p.Active() || !access.Allowed(p.Role, "opportunity.edit") {
		return ErrDealOwner
	}
	o.BrandID = ""
	if o.ClientID != "" {
		if _, err := LoadClient(ctx, tx, o.ClientID); err != nil {
			return ErrDealClient
		}
		brands, err := ListBrands(ctx, tx, o.ClientID)
		if err != nil {
			return err
		}
		for _, b := range brands {
			if fold(b.Name) == fold(o.Brand) {
				o.BrandID = b.ID
			}
		}
	}
	others, err := openOfBrand(ctx, tx, o.Brand)
	for _, x := range others {
		if !again && x.ID != o.ID && x.Quarter() == o.Quarter() {
			return ErrDealSame.With("title", x.Title)
		}
	}
	return err
}

// planStep gives the opportunity its one next step; the one before must be over.
func planStep(ctx context.Context, tx *db.Tx, actor access.Actor, o *Opportunity, step Step) error {
	if step.DoerID == "" {
		step.DoerID = actor.ID
	}
	t, _, err := task.Give(ctx, tx, actor, task.NewTask{Title: step.Text, DoerID: step.DoerID, Due: step.Due, Minutes: 30, ClientID: o.ClientID, DoneMeans: o.Brand + ": " + o.Title,
		About: task.About{Kind: aboutDeal, ID: o.ID}})
	o.StepID = t.ID
	return err
}

func recordDeal(ctx context.Context, tx *db.Tx, actor access.Actor, o Opportunity, reason string) error {
	return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "opportunity.edit", Subject: "opportunity", ID: o.ID, Client: o.ClientID, Reason: reason,
		After: map[string]any{"brand": o.Brand, "title": o.Title, "stage": o.Stage, "value": o.Value.String(), "step": o.StepID}})
}

func (s *Service) onDeal(ctx context.Context, actor access.Actor, id, reason string, do func(tx *db.Tx, o *Opportunity) error) error {
	if err := actor.Require("opportunity.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		o, err := LoadOpportunity(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := do(tx, &o); err != nil {
			return err
		}
		if err := saveDeal(ctx, tx, o); err != nil {
			return err
		}
		return recordDeal(ctx, tx, actor, o, reason)
	})
}

// EditOpportunity changes what an opportunity says; its stage and step have their own
// acts. Faults: opportunity.*, conflict.changed.
func (s *Service) EditOpportunity(ctx context.Context, actor access.Actor, e Opportunity, again bool) error {
	if err := e.tidy(); err != nil {
		return err
	}
	return s.onDeal(ctx, actor, e.ID, "", func(tx *db.Tx, o *Opportunity) error {
		o.ClientID, o.Brand, o.Title, o.Value, o.Source, o.OwnerID, o.FromOn, o.Version = e.ClientID, e.Brand, e.Title, e.Value, e.Source, e.OwnerID, e.FromOn, e.Version
		return s.checkDeal(ctx, tx, o, again)
	})
}

// NextStep keeps what came of the step before and gives the next one: there is
// always exactly one. Faults: opportunity.ended, task.*, due.*.
func (s *Service) NextStep(ctx context.Context, actor access.Actor, id, result string, step Step) error {
	return s.onDeal(ctx, actor, id, strings.TrimSpace(result), func(tx *db.Tx, o *Opportunity) error {
		if !o.Stage.Open() {
			return ErrDealEnded
		}
		if err := task.Close(ctx, tx, actor, o.StepID, result); err != nil {
			return err
		}
		return planStep(ctx, tx, actor, o, step)
	})
}

// MoveOpportunity puts an open opportunity into another open stage.
func (s *Service) MoveOpportunity(ctx context.Context, actor access.Actor, id string, to Stage) error {
	return s.onDeal(ctx, actor, id, "", func(tx *db.Tx, o *Opportunity) (err error) {
		*o, err = o.MoveTo(to, tx.Now())
		return err
	})
}

// Pitched is a step in a change of a higher slice: a deck went out, so an opportunity that
// was not that far yet is pitched now. One that is over stays as it is.
func Pitched(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
	o, err := LoadOpportunity(ctx, tx, id)
	if err != nil || !o.Stage.Open() || o.Stage.place() >= StagePitched.place() {
		return err
	}
	if o, err = o.MoveTo(StagePitched, tx.Now()); err != nil {
		return err
	}
	if err := saveDeal(ctx, tx, o); err != nil {
		return err
	}
	return recordDeal(ctx, tx, actor, o, "")
}

// WinOpportunity ends an opportunity with an agreement of its client that was
// offered; the step that was planned is over. Faults: those of Opportunity.Win.
func (s *Service) WinOpportunity(ctx context.Context, actor access.Actor, id, agreement string) error {
	return s.onDeal(ctx, actor, id, "", func(tx *db.Tx, o *Opportunity) (err error) {
		if *o, err = o.Win(agreement, tx.Now()); err != nil {
			return err
		}
		if s.offered == nil || s.offered(ctx, tx, o.ClientID, agreement) != nil {
			return ErrDealAgreement
		}
		return task.Close(ctx, tx, actor, o.StepID, string(StageWon))
	})
}

// LoseOpportunity ends an opportunity with the reason. Faults: those of Opportunity.Lose.
func (s *Service) LoseOpportunity(ctx context.Context, actor access.Actor, id string, why LostWhy, note string) error {
	return s.onDeal(ctx, actor, id, strings.TrimSpace(note), func(tx *db.Tx, o *Opportunity) (err error) {
		if *o, err = o.Lose(why, note, tx.Now()); err != nil {
			return err
		}
		return task.Close(ctx, tx, actor, o.StepID, string(StageLost))
	})
}

// ReopenOpportunity takes a loss back, with a new step. Fault: opportunity.open.
func (s *Service) ReopenOpportunity(ctx context.Context, actor access.Actor, id string, step Step) error {
	return s.onDeal(ctx, actor, id, "", func(tx *db.Tx, o *Opportunity) (err error) {
		if *o, err = o.Reopen(tx.Now()); err != nil {
			return err
		}
		return planStep(ctx, tx, actor, o, step)
	})
}

// Deal is an opportunity with what a screen says of it.
type Deal struct {
	Opportunity
	Step   *task.Task // to be done; nil when there is none
	Care   Care
	Owner  string // names
	Client string
	Doer   string // of the step
}

// Pipeline lists opportunities as DealFilter picks them, those that need care first.
func (s *Service) Pipeline(ctx context.Context, actor access.Actor, f DealFilter) (out []Deal, err error) {
	if err := actor.Require("opportunity.see", access.Owner{}); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := ListOpportunities(ctx, tx, f)
		if err != nil {
			return err
		}
		out, err = deals(ctx, tx, list)
		return err
	})
	return out, err
}

// Deal gives one opportunity.
func (s *Service) Deal(ctx context.Context, actor access.Actor, id string) (d Deal, err error) {
	if err := actor.Require("opportunity.see", access.Owner{}); err != nil {
		return d, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		o, err := LoadOpportunity(ctx, tx, id)
		if err != nil {
			return err
		}
		all, err := deals(ctx, tx, []Opportunity{o})
		if err == nil {
			d = all[0]
		}
		return err
	})
	return d, err
}

func deals(ctx context.Context, tx *db.Tx, list []Opportunity) ([]Deal, error) {
	people, err := access.ListPeople(ctx, tx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, p := range people {
		names[p.ID] = p.Name
	}
	out := make([]Deal, 0, len(list))
	for _, o := range list {
		d := Deal{Opportunity: o, Owner: names[o.OwnerID]}
		if o.ClientID != "" {
			c, err := LoadClient(ctx, tx, o.ClientID)
			if err != nil {
				return nil, err
			}
			d.Client = c.Name
		}
		if o.StepID != "" {
			t, err := task.Load(ctx, tx, o.StepID)
			if err != nil {
				return nil, err
			}
			if t.Open() {
				d.Step, d.Doer = &t, names[t.DoerID]
			}
		}
		if d.Care = o.CareOf(false, tx.Now(), tx.Now()); d.Step != nil {
			d.Care = o.CareOf(true, d.Step.Due.At, tx.Now())
		}
		out = append(out, d)
	}
	return out, nil
}
