package meeting

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/campaign"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

// Accept is a receiver's yes to a whole report, as far as nobody contests it. Faults:
// minutes.withdrawn, minutes.answered; what is not the contact's own is not there.
func (s *Service) Accept(ctx context.Context, actor access.Actor, reportID string) (r Report, err error) {
	err = s.answer(ctx, actor, reportID, func(tx *db.Tx, got *Report, x *Receiver) error {
		if !x.AcceptedAt.IsZero() {
			return ErrAnswered
		}
		x.AcceptedAt = tx.Now()
		if err := saveReceiver(ctx, tx, got.ID, *x); err != nil {
			return err
		}
		if err := recordReport(ctx, tx, actor, "minutes.answer", *got, map[string]any{"accepted": x.Name}); err != nil {
			return err
		}
		r, err = settleReport(ctx, tx, actor, *got)
		return err
	})
	return r, err
}

// Object is a receiver's word against a line, "" for the report as a whole. The other
// lines go on. What is in force already stays: then the agency is told, and talks.
// Faults: minutes.object-words, minutes.objected, minutes.withdrawn.
func (s *Service) Object(ctx context.Context, actor access.Actor, reportID, lineID, words string) (o Objection, err error) {
	words = strings.TrimSpace(words)
	err = s.answer(ctx, actor, reportID, func(tx *db.Tx, r *Report, x *Receiver) error {
		if words == "" || len([]rune(words)) > maxLine {
			return ErrObjectWords
		}
		known := lineID == ""
		for _, l := range r.Lines {
			known = known || l.ID == lineID
		}
		if !known {
			return db.ErrNotFound
		}
		if slices.ContainsFunc(r.Objections, func(o Objection) bool { return o.LineID == lineID && o.ContactID == x.ContactID }) {
			return ErrObjected
		}
		o = Objection{LineID: lineID, ContactID: x.ContactID, Name: x.Name, Words: words, At: tx.Now(), Late: !r.SettledAt.IsZero()}
		if err := insertObjection(ctx, tx, r.ID, o); err != nil {
			return err
		}
		if err := keepOut(ctx, tx, actor, *r, lineID, words); err != nil {
			return err
		}
		if err := tell(ctx, tx, *r, "meeting.task.objection", "minutes.objection:"+r.ID+":"+lineID+":"+x.ContactID, x.Name, words); err != nil {
			return err
		}
		return recordReport(ctx, tx, actor, "minutes.answer", *r, map[string]any{"objects": x.Name, "late": o.Late})
	})
	return o, err
}

// keepOut tells the proposal that its lines are contested.
func keepOut(ctx context.Context, tx *db.Tx, actor access.Actor, r Report, lineID, words string) error {
	var lines []string
	for _, l := range r.Lines {
		if l.ID == lineID && l.Effect.OnBrief() {
			lines = append(lines, l.ID)
		}
	}
	if r.ProposalID == "" || lineID != "" && len(lines) == 0 {
		return nil
	}
	return campaign.ObjectTo(ctx, tx, actor, r.ProposalID, lines, words)
}

// answer is one act of a receiver on the own report. A report whose time is over is
// settled first, whether or not its job has run.
func (s *Service) answer(ctx context.Context, actor access.Actor, reportID string, do func(tx *db.Tx, r *Report, x *Receiver) error) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		r, err := ownReport(ctx, tx, actor, "minutes.answer", reportID)
		if err != nil {
			return err
		}
		if r, err = settleReport(ctx, tx, access.System(), r); err != nil {
			return err
		}
		if !r.WithdrawAt.IsZero() {
			return ErrReportGone
		}
		i := slices.IndexFunc(r.Receivers, func(x Receiver) bool { return x.ContactID == actor.ContactID })
		return do(tx, &r, &r.Receivers[i])
	})
}

// ownReport is a report that went to the contact; any other is not there.
func ownReport(ctx context.Context, tx *db.Tx, actor access.Actor, v access.Verb, id string) (Report, error) {
	r, err := LoadReport(ctx, tx, id)
	if err != nil {
		return r, err
	}
	if err := actor.Require(v, access.Owner{ClientID: r.ClientID, CampaignID: r.CampaignID}); err != nil {
		return r, err
	}
	if !slices.ContainsFunc(r.Receivers, func(x Receiver) bool { return x.ContactID == actor.ContactID }) {
		return r, db.ErrNotFound
	}
	return r, nil
}

// settleReport brings what a report proposes into force, when it is time to, once: the
// brief's changes as one version, dates and fees as tasks for whoever leads the campaign.
func settleReport(ctx context.Context, tx *db.Tx, actor access.Actor, r Report) (Report, error) {
	decider := ""
	if r.CampaignID != "" {
		c, err := campaign.LoadCampaign(ctx, tx, r.CampaignID)
		if err != nil {
			return r, err
		}
		decider = c.DeciderID
	}
	via, ok := r.Settles(decider, tx.Now())
	if !ok {
		return r, nil
	}
	r.SettledAt, r.SettledVia = tx.Now(), via
	if via == "silence" {
		r.SettledAt = r.DueAt() // the promised instant, however late the worker is
	}
	var err error
	if r.Brief, err = enterBrief(ctx, tx, actor, r); err != nil {
		return r, err
	}
	for _, l := range r.Holding() {
		if l.Effect == MovesDate || l.Effect == ChangesFee {
			if err := tell(ctx, tx, r, "meeting.task."+string(l.Effect), "minutes.effect:"+l.ID, "", l.Text); err != nil {
				return r, err
			}
		}
	}
	if err := saveReport(ctx, tx, r); err != nil {
		return r, err
	}
	r.Version++
	return r, recordReport(ctx, tx, actor, "minutes.answer", r, map[string]any{"in force": via, "brief": r.Brief})
}

// enterBrief makes the version. A brief that cannot take the change any more is told to
// whoever leads the campaign.
func enterBrief(ctx context.Context, tx *db.Tx, actor access.Actor, r Report) (int64, error) {
	if r.ProposalID == "" || !slices.ContainsFunc(r.Holding(), func(l Line) bool { return l.Effect.OnBrief() }) {
		return 0, nil
	}
	if r.SettledVia == "silence" {
		actor = access.System()
	}
	b, err := campaign.EnterInForce(ctx, tx, actor, r.ProposalID, r.SettledAt)
	if f, known := fault.As(err); known && f.Kind != fault.Internal {
		return 0, tell(ctx, tx, r, "meeting.task.lost", "minutes.lost:"+r.ID, "", r.Holding()[0].Text)
	}
	return b.Version, err
}

// tell gives a task about a report to whoever leads its campaign, else to its sender,
// once for each origin.
func tell(ctx context.Context, tx *db.Tx, r Report, key, origin, name, words string) error {
	doer := r.SentByID
	if r.CampaignID != "" {
		c, err := campaign.LoadCampaign(ctx, tx, r.CampaignID)
		if err != nil {
			return err
		}
		doer = c.AEID
	}
	p, err := access.LoadPerson(ctx, tx, doer)
	if err == nil && !p.Active() {
		p, err = access.LoadPerson(ctx, tx, r.SentByID)
	}
	if err != nil {
		return err
	}
	if !p.Active() {
		return nil // nobody is left to do it; the report itself shows what happened
	}
	due, err := dueFor(ctx, tx, p)
	if err != nil {
		return err
	}
	l := locale.For(p.Lang, p.Zone)
	_, _, err = task.Give(ctx, tx, access.System(), task.NewTask{Title: short(l.T(key, "name", name, "words", words)), DoneMeans: words, DoerID: p.ID, DueAt: due, Minutes: 30,
		CampaignID: r.CampaignID, ClientID: r.ClientID, About: aboutMeeting(r.MeetingID), Origin: origin})
	return err
}

// dueFor is a working day from now for somebody, after any leave.
func dueFor(ctx context.Context, tx *db.Tx, p access.Person) (time.Time, error) {
	cal, err := country.CalendarIn(ctx, tx, p.Zone)
	if err != nil {
		return time.Time{}, err
	}
	away, err := task.ListLeaves(ctx, tx, p.ID, worktime.DateOf(tx.Now(), cal.Zone))
	if err != nil {
		return time.Time{}, err
	}
	at := cal.AddWorking(tx.Now(), 9*time.Hour)
	for _, l := range away { // by their first day
		if l.Holds(worktime.DateOf(at, cal.Zone)) {
			at = cal.AddWorking(l.To.AddDays(1).In(cal.Zone), 9*time.Hour)
		}
	}
	if at.IsZero() {
		return at, errors.New("the calendar of " + p.Zone + " never opens")
	}
	return at, nil
}

// withdrawReports takes back what a meeting's reports propose and what is not in force.
func withdrawReports(ctx context.Context, tx *db.Tx, actor access.Actor, m Meeting) error {
	all, err := reportsWhere(ctx, tx, `meeting_id = $1`, m.ID)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r, err = settleReport(ctx, tx, access.System(), r); err != nil {
			return err
		}
		if !r.SettledAt.IsZero() || !r.WithdrawAt.IsZero() {
			continue
		}
		r.WithdrawAt = tx.Now()
		if err := saveReport(ctx, tx, r); err != nil {
			return err
		}
	}
	return campaign.WithdrawProposals(ctx, tx, actor, m.ID, m.CancelWhy)
}
