package billing

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/locale"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

// AgreementWaits is kept until somebody is to be reminded of a signature, or the last
// day has passed without it.
type AgreementWaits struct {
	AgreementID string
	Until       worktime.Date // as it stood; another one meanwhile makes this one idle
	Step        string        // "remind" or "expired"
}

// Kind names the job.
func (AgreementWaits) Kind() string { return "billing.agreement-waits" }

const (
	aboutAgreement = "agreement"
	askTurnOf      = "turn"
	askRemind      = "remind"
	askExpired     = "expired"
)

// remindBefore is how many days before the last one the signer is reminded.
const remindBefore = 3

// waitForSignatures plans the reminder and the end of an offer, and asks whose turn it
// is for the signature.
func waitForSignatures(ctx context.Context, tx *db.Tx, a Agreement) error {
	house, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return err
	}
	zone := location(tx, house.Zone)
	for _, x := range []struct {
		step string
		on   worktime.Date
	}{{askRemind, a.OfferedUntil.AddDays(-remindBefore)}, {askExpired, a.OfferedUntil.AddDays(1)}} {
		if at := x.on.At(9, 0, zone); at.After(tx.Now()) {
			if err := job.Enqueue(ctx, tx, AgreementWaits{a.ID, a.OfferedUntil, x.step}, job.After(at), job.Unique(a.ID+"/"+x.step+"/"+string(a.OfferedUntil))); err != nil {
				return err
			}
		}
	}
	return askTurn(ctx, tx, a)
}

// askTurn gives a task about whose turn it is to sign: a contact is sent the link, a
// person of the agency signs.
func askTurn(ctx context.Context, tx *db.Tx, a Agreement) error {
	if err := stopWaiting(ctx, tx, access.System(), a); err != nil {
		return err
	}
	turn, open := a.Turn()
	if !open {
		return nil
	}
	key := "send"
	if turn.Agency() {
		key = "sign"
	}
	return askAgreement(ctx, tx, a, turn, "agreement.task."+key, askTurnOf, strconv.FormatInt(turn.Position, 10), string(a.OfferedUntil))
}

func (s *Service) waits(ctx context.Context, e AgreementWaits) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		a, err := LoadAgreement(ctx, tx, e.AgreementID)
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		turn, open := a.Turn()
		if !open || a.OfferedUntil != e.Until || !a.SignedAt.IsZero() || !a.WithdrawnAt.IsZero() {
			return nil
		}
		return askAgreement(ctx, tx, a, turn, "agreement.task."+e.Step, e.Step, string(e.Until))
	})
}

// askAgreement gives the task to who made the agreement, or to who leads; a person of
// the agency who is to sign is asked in person.
func askAgreement(ctx context.Context, tx *db.Tx, a Agreement, turn Signer, key string, origin ...string) error {
	people, err := access.ListPeople(ctx, tx)
	if err != nil {
		return err
	}
	var doers []access.Person
	for _, p := range people {
		if p.ID == turn.PersonID || turn.PersonID == "" && p.ID == a.MadeBy {
			doers = append(doers, p)
		}
	}
	doers = append(doers, task.ByRole(people, access.SeniorAE, access.Manager)...)
	return task.Ask(ctx, tx, task.Asking{Doers: doers, NewTask: task.NewTask{ClientID: a.ClientID, CampaignID: a.CampaignID, Minutes: 15, About: task.About{Kind: aboutAgreement, ID: a.ID},
		Origin: strings.Join(append([]string{aboutAgreement, a.ID}, origin...), "/")}, Words: func(l *locale.Loc) (string, string) {
		args := []any{"name", turn.Name, "title", a.Title, "number", a.Number, "day", l.Date(a.OfferedUntil)}
		return l.T(key, args...), l.T(key+".done", args...)
	}})
}

// stopWaiting ends the tasks about signatures of an agreement.
func stopWaiting(ctx context.Context, tx *db.Tx, actor access.Actor, a Agreement) error {
	for _, part := range []string{askTurnOf, askRemind, askExpired} {
		if err := task.CloseAbout(ctx, tx, actor, task.About{Kind: aboutAgreement, ID: a.ID}, part, ""); err != nil {
			return err
		}
	}
	return nil
}
