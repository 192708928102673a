package meeting

import (
	"context"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/client"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/money"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

// NewLine is a line as somebody types it.
type NewLine struct {
	Kind      LineKind
	Internal  bool
	Text      string
	Effect    Effect
	PointID   string
	PointKind campaign.PointKind
	Wording   string
	SlotID    string
	Which     string
	On        worktime.Date
	Fee       money.Amount
	Doer      string // "staff:ID" or "contact:ID"
	Due       string // as people write it, on the doer's clock
	Replaces  string
}

// Note keeps one line of a meeting's minutes, while it goes on or afterwards. An action
// of somebody of the agency becomes a task at once. Faults: minutes.*, task.*, due.*.
func (s *Service) Note(ctx context.Context, actor access.Actor, meetingID string, n NewLine) (l Line, err error) {
	err = s.onMinutes(ctx, actor, meetingID, func(tx *db.Tx, m Meeting) (string, error) {
		l = Line{ID: tx.NewID(), MeetingID: m.ID, CampaignID: m.CampaignID, Kind: n.Kind, Internal: n.Internal, Text: n.Text, Effect: n.Effect, PointID: n.PointID, PointKind: n.PointKind, Wording: n.Wording,
			SlotID: n.SlotID, Which: n.Which, On: n.On, Fee: n.Fee, Replaces: n.Replaces, MadeAt: tx.Now(), By: actor.Name, Version: 1}
		who, id, _ := strings.Cut(n.Doer, ":")
		l.DoerWho, l.DoerID = Who(who), id
		if l, err = l.Tidy(); err != nil {
			return "", err
		}
		if err := checkEffect(ctx, tx, l); err != nil {
			return "", err
		}
		if l.Kind == Action {
			if err := assign(ctx, tx, actor, m, &l, n.Due); err != nil {
				return "", err
			}
		}
		if err := task.Call(ctx, tx, actor, l.Text, m.CampaignID, "/meetings/"+m.ID); err != nil {
			return "", err
		}
		if err := endPrep(ctx, tx, actor, m.ID); err != nil {
			return "", err
		}
		return l.ID, insertLine(ctx, tx, l)
	})
	return l, err
}

// Reword changes the words of a line that the client does not have. Faults:
// minutes.sealed, those of Note.
func (s *Service) Reword(ctx context.Context, actor access.Actor, meetingID, lineID, text string, internal bool) error {
	return s.onMinutes(ctx, actor, meetingID, func(tx *db.Tx, _ Meeting) (string, error) {
		l, err := openLine(ctx, tx, meetingID, lineID)
		if err != nil {
			return "", err
		}
		l.Text, l.Internal = text, internal
		if l, err = l.Tidy(); err != nil {
			return "", err
		}
		return l.ID, saveLine(ctx, tx, l)
	})
}

// Strike takes a line away that the client does not have; its task is dropped. Fault:
// minutes.sealed.
func (s *Service) Strike(ctx context.Context, actor access.Actor, meetingID, lineID string) error {
	return s.onMinutes(ctx, actor, meetingID, func(tx *db.Tx, _ Meeting) (string, error) {
		l, err := openLine(ctx, tx, meetingID, lineID)
		if err != nil {
			return "", err
		}
		if err := task.Abandon(ctx, tx, actor, l.TaskID, l.Text); err != nil {
			return "", err
		}
		return l.ID, deleteLine(ctx, tx, l.ID)
	})
}

func openLine(ctx context.Context, tx *db.Tx, meetingID, lineID string) (Line, error) {
	l, err := loadLine(ctx, tx, meetingID, lineID)
	if err == nil && l.ReportID != "" {
		err = ErrSealed
	}
	return l, err
}

func (s *Service) onMinutes(ctx context.Context, actor access.Actor, meetingID string, do func(tx *db.Tx, m Meeting) (lineID string, err error)) error {
	if err := actor.Require("minutes.edit", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		m, err := Load(ctx, tx, meetingID)
		if err != nil {
			return err
		}
		switch {
		case m.Cancelled():
			return ErrCancelled
		case tx.Now().Before(m.Start.Add(-time.Hour)): // people come early
			return ErrNotHeld
		}
		id, err := do(tx, m)
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "minutes.edit", Subject: "minutes", ID: m.ID, Campaign: m.CampaignID, Client: m.ClientID, After: map[string]any{"line": id}})
	})
}

// checkEffect holds what a decision changes to what is on file. Faults:
// minutes.brief-first, minutes.point, minutes.slot.
func checkEffect(ctx context.Context, tx *db.Tx, l Line) error {
	if l.Effect.OnBrief() {
		b, err := campaign.AgreedBrief(ctx, tx, l.CampaignID)
		if err != nil {
			return orElse(err, ErrBriefFirst)
		}
		if l.Effect == ChangesPoint && pointIn(b, l.PointID) == nil {
			return ErrPoint
		}
	}
	if l.SlotID == "" {
		return nil
	}
	slot, err := campaign.LoadSlot(ctx, tx, l.SlotID)
	if err != nil || slot.CampaignID != l.CampaignID || !slot.DroppedAt.IsZero() {
		return ErrSlot
	}
	return nil
}

// orElse gives meaning for an expected fault and the error itself for anything else.
func orElse(err error, meaning error) error {
	if _, ok := fault.As(err); ok {
		return meaning
	}
	return err
}

func pointIn(b campaign.Brief, id string) *campaign.Point {
	for i := range b.Points {
		if b.Points[i].ID == id {
			return &b.Points[i]
		}
	}
	return nil
}

// assign finds the doer of an action among the people of both sides and gives the
// agency's own a task. Faults: minutes.doer, minutes.due, task.*, due.*.
func assign(ctx context.Context, tx *db.Tx, actor access.Actor, m Meeting, l *Line, due string) error {
	if strings.TrimSpace(due) == "" {
		return ErrLineDue
	}
	if l.DoerWho == Staff {
		t, _, err := task.Give(ctx, tx, actor, task.NewTask{Title: short(l.Text), DoneMeans: whole(l.Text), DoerID: l.DoerID, Due: due, CampaignID: m.CampaignID, ClientID: m.ClientID,
			About: aboutMeeting(m.ID), Origin: "meeting.action:" + l.ID})
		if err != nil {
			return err
		}
		p, err := access.LoadPerson(ctx, tx, l.DoerID)
		l.TaskID, l.Due, l.Doer = t.ID, t.Due, p.Name
		return err
	}
	for _, p := range m.Them() {
		if p.Who != l.DoerWho || p.ID != l.DoerID {
			continue
		}
		cal, err := guestCalendar(ctx, tx, p)
		if err != nil {
			return err
		}
		l.Doer = p.Name
		l.Due, err = worktime.ParseDue(due, tx.Now(), cal, actor.Lang)
		if f, ok := fault.As(err); ok {
			return f.At("due")
		}
		return err
	}
	return ErrLineDoer
}

// guestCalendar is when somebody from outside works.
func guestCalendar(ctx context.Context, tx *db.Tx, p Person) (worktime.Calendar, error) {
	if p.Who == Contact {
		k, err := client.LoadContact(ctx, tx, p.ID)
		if err != nil {
			return worktime.Calendar{}, err
		}
		return contactCalendar(ctx, tx, k)
	}
	return country.CalendarIn(ctx, tx, p.Zone)
}

// short is a text as a task's title; whole is the rest of it, for what "done" means.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > maxTitle {
		return string(r[:maxTitle-1]) + "…"
	}
	return text
}

func whole(text string) string {
	if short(text) == strings.Join(strings.Fields(text), " ") {
		return ""
	}
	return text
}

// Minutes is what was said in a meeting, with what its decisions would do.
type Minutes struct {
	View
	Lines   []Line
	Reports []Report
	Decider string // id of the contact whose word counts; "" for any
	Brief   *campaign.Brief
	Slots   []campaign.Slot
	Open    []Line // open proposals of other reports, that a line may name as replaced
}

// Minutes gives a meeting's minutes to people of the agency.
func (s *Service) Minutes(ctx context.Context, actor access.Actor, id string) (out Minutes, err error) {
	if out.View, err = s.Meeting(ctx, actor, id); err != nil {
		return out, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if out.Lines, err = ListLines(ctx, tx, id); err != nil {
			return err
		}
		if out.Reports, err = reportsWhere(ctx, tx, `meeting_id = $1`, id); err != nil || out.CampaignID == "" {
			return err
		}
		c, err := campaign.LoadCampaign(ctx, tx, out.CampaignID)
		if err != nil {
			return err
		}
		out.Decider = c.DeciderID
		versions, err := campaign.ListBriefs(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		if b, ok := campaign.Agreed(versions); ok {
			out.Brief = &b
		}
		if out.Slots, err = campaign.ListSlots(ctx, tx, c.ID); err != nil {
			return err
		}
		out.Open, err = openProposals(ctx, tx, c.ID)
		return err
	})
	return out, err
}

// openProposals are lines of a campaign's sent reports that are neither in force nor out
// of it.
func openProposals(ctx context.Context, tx *db.Tx, campaignID string) (out []Line, err error) {
	if campaignID == "" {
		return nil, nil
	}
	reports, err := ReportsOf(ctx, tx, campaignID)
	for _, r := range reports {
		out = append(out, r.Open(tx.Now())...)
	}
	return out, err
}
