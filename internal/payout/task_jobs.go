package payout

import (
	"context"
	"errors"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/locale"
	"kolega/internal/talent"
	"kolega/internal/task"
)

// Asked is what finance is given a task about.
type Asked string

// What is asked. Each is over when its payout, or the account, says so.
const (
	AskUnclear  Asked = "unclear"  // nobody knows whether a transfer arrived
	AskReturned Asked = "returned" // a transfer came back: it is sent again, or the account mended
	AskSettle   Asked = "settle"   // the milestone is out of reach: somebody decides what is owed
	AskAccount  Asked = "account"  // a changed account needs the talent's word by another channel
)

// aboutPayout and aboutTalent are what a task of money out is about, for its link.
const (
	aboutPayout = "payout"
	aboutTalent = "talent"
)

// askMinutes is the planned work of one such task.
const askMinutes = 15

func (s *Service) workTasks(r *job.Registry) {
	job.On(r, "payout", func(ctx context.Context, e WentUnclear) error { return s.askAbout(ctx, e.PayoutID, AskUnclear) })
	job.On(r, "payout", func(ctx context.Context, e CameBack) error { return s.askAbout(ctx, e.PayoutID, AskReturned) })
	job.On(r, "payout", func(ctx context.Context, e MustSettle) error { return s.askAbout(ctx, e.PayoutID, AskSettle) })
	job.On(r, "payout", s.askWord)
	job.On(r, "payout", s.hadWord)
}

// askAbout gives finance a task about a payout, once for each trouble. What was solved
// meanwhile asks for nothing.
func (s *Service) askAbout(ctx context.Context, payoutID string, what Asked) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := LoadPayout(ctx, tx, payoutID)
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		day, err := today(ctx, tx)
		if err != nil {
			return err
		}
		if want := map[Asked]State{AskUnclear: Unclear, AskReturned: Returned, AskSettle: Settle}[what]; p.State(tx.Now(), day) != want {
			return nil
		}
		t, err := talent.LoadTalent(ctx, tx, p.TalentID)
		if err != nil {
			return err
		}
		name, err := campaign.NameOf(ctx, tx, p.CampaignID)
		if err != nil {
			return err
		}
		origin := []string{"payout", p.ID, string(what)}
		if last, ok := p.Last(); ok {
			origin = append(origin, last.ID, mark(last))
		}
		left, err := p.Outstanding()
		if err != nil {
			return err
		}
		return giveFinance(ctx, tx, what, task.NewTask{CampaignID: p.CampaignID, About: task.About{Kind: aboutPayout, ID: p.ID}, Origin: strings.Join(origin, "/")},
			"talent", t.Name, "campaign", name, "amount", left)
	})
}

// mark tells apart the troubles of one attempt: which transfers are missing or back.
func mark(a Attempt) string {
	var b strings.Builder
	for _, t := range a.Parts {
		switch {
		case !t.ReturnedAt.IsZero():
			b.WriteByte('r')
		case !t.ArrivedAt.IsZero():
			b.WriteByte('a')
		default:
			b.WriteByte('-')
		}
	}
	return b.String()
}

// askWord gives finance a task to hear the talent's word for a changed account. The
// first account replaces nothing and needs none.
func (s *Service) askWord(ctx context.Context, e talent.RouteChanged) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		r, err := talent.LoadRoute(ctx, tx, e.TalentID)
		if errors.Is(err, talent.FaultNoRoute) {
			return nil
		}
		if err != nil || !r.NeedsWord() {
			return err
		}
		t, err := talent.LoadTalent(ctx, tx, e.TalentID)
		if err != nil {
			return err
		}
		_, place := r.OtherChannel(t)
		if place == "" {
			place = locale.NoFigure
		}
		if err := task.CloseAbout(ctx, tx, access.System(), task.About{Kind: aboutTalent, ID: t.ID}, string(AskAccount), ""); err != nil {
			return err // of an account that was changed again
		}
		return giveFinance(ctx, tx, AskAccount, task.NewTask{About: task.About{Kind: aboutTalent, ID: t.ID}, Origin: strings.Join([]string{"account", t.ID, string(AskAccount), r.ChangedAt.UTC().Format(time.RFC3339Nano)}, "/")},
			"talent", t.Name, "end", r.NumberEnd, "place", place)
	})
}

// hadWord ends the task when the word was given.
func (s *Service) hadWord(ctx context.Context, e talent.RouteConfirmed) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		return task.CloseAbout(ctx, tx, access.System(), task.About{Kind: aboutTalent, ID: e.TalentID}, string(AskAccount), "")
	})
}

// giveFinance gives a task to finance, or to a manager where finance has nobody.
func giveFinance(ctx context.Context, tx *db.Tx, what Asked, n task.NewTask, args ...any) error {
	people, err := access.ListPeople(ctx, tx)
	if err != nil {
		return err
	}
	n.Minutes = askMinutes
	return task.Ask(ctx, tx, task.Asking{NewTask: n, Doers: task.ByRole(people, access.Finance, access.Manager), Words: func(l *locale.Loc) (string, string) {
		return l.T("payout.task."+string(what), args...), l.T("payout.task."+string(what)+".done", args...)
	}})
}

// closeTasks ends the tasks about a payout that asked for one thing.
func closeTasks(ctx context.Context, tx *db.Tx, actor access.Actor, payoutID string, what Asked, result string) error {
	return task.CloseAbout(ctx, tx, actor, task.About{Kind: aboutPayout, ID: payoutID}, string(what), result)
}
