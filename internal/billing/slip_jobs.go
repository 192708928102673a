package billing

import (
	"context"
	"errors"
	"strconv"

	"kolega/internal/access"
	"kolega/internal/client"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/locale"
	"kolega/internal/task"
)

// SlipOwed is kept until the proof (bukti potong) of what a client withheld is chased:
// it is owed like money (R16).
type SlipOwed struct {
	MatchID string
	Time    int64 // the first, the second, …
}

// Kind names the job.
func (SlipOwed) Kind() string { return "billing.slip-owed" }

const (
	aboutInvoice = "invoice"
	askSlip      = "slip"
	slipAfter    = 14 // days between two chases
)

func chaseSlip(ctx context.Context, tx *db.Tx, e SlipOwed) error {
	return job.Enqueue(ctx, tx, e, job.After(tx.Now().AddDate(0, 0, slipAfter)), job.Unique(e.MatchID+"/"+strconv.FormatInt(e.Time, 10)))
}

// slipOwed gives finance a task to ask for the slip, and comes again until it is there.
func (s *Service) slipOwed(ctx context.Context, e SlipOwed) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		m, err := loadMatch(ctx, tx, e.MatchID)
		if errors.Is(err, db.ErrNotFound) {
			return nil
		}
		if err != nil || m.SlipNumber != "" || !m.ReversedAt.IsZero() {
			return err
		}
		i, err := LoadInvoice(ctx, tx, m.InvoiceID)
		if err != nil {
			return err
		}
		c, err := client.LoadClient(ctx, tx, i.ClientID)
		if err != nil {
			return err
		}
		people, err := access.ListPeople(ctx, tx)
		if err != nil {
			return err
		}
		if err := endChase(ctx, tx, access.System(), m, ""); err != nil {
			return err // one task at a time
		}
		err = task.Ask(ctx, tx, task.Asking{Doers: task.ByRole(people, access.Finance, access.Manager), NewTask: task.NewTask{ClientID: i.ClientID, CampaignID: i.CampaignID, Minutes: 15,
			About: task.About{Kind: aboutInvoice, ID: i.ID}, Origin: aboutInvoice + "/" + i.ID + "/" + askSlip + "/" + m.ID + "/" + strconv.FormatInt(e.Time, 10)}, Words: func(l *locale.Loc) (string, string) {
			args := []any{"client", c.Name, "number", i.Number, "amount", m.Withheld}
			return l.T("billing.task.slip", args...), l.T("billing.task.slip.done", args...)
		}})
		if err != nil {
			return err
		}
		e.Time++
		return chaseSlip(ctx, tx, e)
	})
}

// endChase ends the task about the slip of a match.
func endChase(ctx context.Context, tx *db.Tx, actor access.Actor, m Match, result string) error {
	return task.CloseAbout(ctx, tx, actor, task.About{Kind: aboutInvoice, ID: m.InvoiceID}, m.ID, result)
}
