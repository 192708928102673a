package meeting

import (
	"context"
	"errors"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/locale"
	"kolega/internal/task"
)

// PrepDue says that a client meeting is four working hours away (A15).
type PrepDue struct{ MeetingID string }

// Kind names the event.
func (PrepDue) Kind() string { return "meeting.prep-due" }

// AnswerDue says that a receiver's time to answer a contact report is over (R14).
type AnswerDue struct{ ReportID string }

// Kind names the event.
func (AnswerDue) Kind() string { return "meeting.answer-due" }

// Work registers the workers.
func (s *Service) Work(r *job.Registry) {
	job.On(r, "meeting.prep", s.flagPrep)
	job.On(r, "meeting.silence", s.endSilence)
	job.On(r, "meeting.practice", s.planNext)
}

// prepPart marks the task to prepare a meeting among those about it.
const prepPart = "prep"

func aboutMeeting(id string) task.About { return task.About{Kind: "meeting", ID: id} }

// endPrep ends the task to prepare a meeting: somebody went through its sheet, or the
// meeting is held.
func endPrep(ctx context.Context, tx *db.Tx, actor access.Actor, meetingID string) error {
	return task.CloseAbout(ctx, tx, actor, aboutMeeting(meetingID), prepPart, "")
}

// flagPrep gives the owner of a meeting that nobody has prepared a task, once for each
// meeting. One that was moved is looked at again at its new time.
func (s *Service) flagPrep(ctx context.Context, e PrepDue) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		m, err := Load(ctx, tx, e.MeetingID)
		if err != nil {
			return err
		}
		ticks, err := listTicks(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		flag, err := unprepared(ctx, tx, m, int64(len(ticks)))
		if err != nil || !flag {
			return err
		}
		p, err := access.LoadPerson(ctx, tx, m.OwnerID)
		if err != nil || !p.Active() {
			return err
		}
		l := locale.For(p.Lang, p.Zone)
		_, _, err = task.Give(ctx, tx, access.System(), task.NewTask{Title: l.T("meeting.task.prepare", "title", m.Title), DoerID: m.OwnerID, DueAt: m.Start, Minutes: 20,
			CampaignID: m.CampaignID, ClientID: m.ClientID, About: aboutMeeting(m.ID), Origin: "meeting/" + m.ID + "/" + prepPart})
		if errors.Is(err, task.ErrAway) { // the owner is on leave: the list shows the meeting as unprepared all the same
			return nil
		}
		return err
	})
}

// endSilence brings what a report proposed into force when nobody answered in time and
// the agreement lets silence count.
func (s *Service) endSilence(ctx context.Context, e AnswerDue) error {
	return s.db.Write(ctx, func(tx *db.Tx) error {
		r, err := LoadReport(ctx, tx, e.ReportID)
		if err != nil {
			return err
		}
		_, err = settleReport(ctx, tx, access.System(), r)
		return err
	})
}
