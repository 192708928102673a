package message

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/country"
	"kolega/internal/db"
	"kolega/internal/worktime"
)

// Row is a conversation as a list shows it.
type Row struct {
	Thread
	Text string // the newest words
	Ours bool   // they are ours
}

// Inbox is the list of conversations and what is true of all of them.
type Inbox struct {
	Rows    []Row
	Waiting int        // answers that are due
	Free    int        // of them, those that nobody has
	Hand    []Outgoing // messages that wait for a person
	Unclear []Outgoing // of which nobody can say whether they went
	Shift   *Shift     // the newest hand-over
	Trouble []Channel  // ways that are out of order
}

// Inbox lists conversations. Those that wait for an answer come with the longest wait in
// the agency's working time first.
func (s *Service) Inbox(ctx context.Context, actor access.Actor, p Pick) (in Inbox, err error) {
	if err := actor.Require("message.see", access.Owner{}); err != nil || !actor.IsStaff() {
		return in, orNotFound(err)
	}
	p.Person = actor.ID
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		list, err := listThreads(ctx, tx, p)
		if err != nil {
			return err
		}
		if err := beside(ctx, tx, &in); err != nil {
			return err
		}
		if p.View == "first" || p.View == "free" {
			cal, err := agencyCalendar(ctx, tx)
			if err != nil {
				return err
			}
			AnswerFirst(list, cal, tx.Now())
		}
		for _, t := range list {
			r := Row{Thread: t}
			if r.Text, r.Ours, err = newest(ctx, tx, t.ID); err != nil {
				return err
			}
			in.Rows = append(in.Rows, r)
		}
		return nil
	})
	return in, err
}

// Waiting tells how many answers are due.
func (s *Service) Waiting(ctx context.Context, actor access.Actor) (n int, err error) {
	if err := actor.Require("message.see", access.Owner{}); err != nil {
		return 0, err
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error { n, err = countWaiting(ctx, tx); return err })
	return n, err
}

// File gives a file that came with a message. Fault: not-found.
func (s *Service) File(ctx context.Context, actor access.Actor, threadID, lineID string) (m Media, content io.ReadSeekCloser, err error) {
	if err := actor.Require("message.see", access.Owner{}); err != nil || !actor.IsStaff() {
		return m, nil, orNotFound(err)
	}
	var l Line
	if err := s.db.Read(ctx, func(tx *db.Tx) error { l, err = loadLine(ctx, tx, lineID); return err }); err != nil {
		return m, nil, err
	}
	if l.ThreadID != threadID || l.Media == nil || l.Media.SHA == "" || s.ways == nil {
		return m, nil, db.ErrNotFound
	}
	content, err = s.ways.Blob.Open(ctx, l.Media.SHA)
	return *l.Media, content, err
}

// mostShown bounds lists beside the inbox.
const mostShown = 50

// beside finds what is true of all conversations.
func beside(ctx context.Context, tx *db.Tx, in *Inbox) (err error) {
	wait, err := listThreads(ctx, tx, Pick{View: "first", Limit: 500})
	if err != nil {
		return err
	}
	in.Waiting = len(wait)
	for _, t := range wait {
		if t.AssignedID == "" {
			in.Free++
		}
	}
	if in.Hand, err = listState(ctx, tx, ByHand, mostShown); err != nil {
		return err
	}
	if in.Unclear, err = listState(ctx, tx, Unclear, mostShown); err != nil {
		return err
	}
	shift, err := lastShift(ctx, tx)
	if err == nil {
		in.Shift = &shift
	} else if !errors.Is(err, db.ErrNotFound) {
		return err
	}
	channels, err := listChannels(ctx, tx)
	for _, c := range channels {
		if c.Active && c.FailCode != "" {
			in.Trouble = append(in.Trouble, c)
		}
	}
	return err
}

func agencyCalendar(ctx context.Context, tx *db.Tx) (cal worktime.Calendar, err error) {
	agency, err := access.LoadAgency(ctx, tx)
	if err != nil {
		return cal, err
	}
	return country.CalendarIn(ctx, tx, agency.Zone)
}

// Part is one entry of a conversation: what came in, a note, or what went out.
type Part struct {
	At   time.Time
	Line *Line
	Out  *Outgoing
}

// Talk is a conversation with its newest entries, oldest first.
type Talk struct {
	Thread
	Parts   []Part
	Goes    time.Time // when an answer written now would go, unless it is urgent
	Morning time.Time // until when it would be put off
	Open    bool      // the channel is connected
}

// talkParts is how many entries a conversation shows.
const talkParts = 200

// Talk gives one conversation. Opening it changes nothing.
func (s *Service) Talk(ctx context.Context, actor access.Actor, id string) (t Talk, err error) {
	if err := actor.Require("message.see", access.Owner{}); err != nil || !actor.IsStaff() {
		return t, orNotFound(err)
	}
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		if t.Thread, err = LoadThread(ctx, tx, id); err != nil {
			return err
		}
		if t.Parts, err = parts(ctx, tx, id); err != nil {
			return err
		}
		cal, err := country.CalendarIn(ctx, tx, t.Zone)
		if err != nil {
			return err
		}
		t.Goes, t.Morning = DueAt(tx.Now(), HoldFor, t.fresh(tx.Now()), time.Time{}, cal), Morning(tx.Now(), cal)
		c, err := loadChannel(ctx, tx, t.Channel)
		t.Open = err == nil && c.Works()
		if errors.Is(err, db.ErrNotFound) {
			err = nil
		}
		return err
	})
	return t, err
}

// freshFor is how soon an answer to somebody counts as part of a talk that goes on, and
// goes at once whatever the clock says.
const freshFor = 30 * time.Minute

func (t Thread) fresh(now time.Time) bool { return now.Sub(t.HeardAt) < freshFor }

func parts(ctx context.Context, tx *db.Tx, id string) (out []Part, err error) {
	lines, err := listLines(ctx, tx, id, talkParts)
	if err != nil {
		return nil, err
	}
	outs, err := listOut(ctx, tx, id, talkParts)
	slices.Reverse(lines)
	slices.Reverse(outs)
	for i := range lines {
		out = append(out, Part{At: lines[i].At, Line: &lines[i]})
	}
	for i := range outs {
		out = append(out, Part{At: outs[i].MadeAt, Out: &outs[i]})
	}
	slices.SortStableFunc(out, func(a, b Part) int { return a.At.Compare(b.At) })
	return out, err
}

// Reply is an answer in a conversation as typed.
type Reply struct {
	ThreadID string
	Text     string
	Subject  string
	Urgent   bool
	File     *File
}

// Reply keeps an answer to be sent. It can be taken back for ten seconds; it goes in the
// receiver's working time unless they wrote just now or it is urgent. Outside WhatsApp's
// window it is refused, since only an approved template could go. Faults: those of
// Queue, message.window.
func (s *Service) Reply(ctx context.Context, actor access.Actor, in Reply) (o Outgoing, err error) {
	if err := actor.Require("message.send", access.Owner{}); err != nil {
		return o, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		t, err := LoadThread(ctx, tx, in.ThreadID)
		if err != nil {
			return err
		}
		l := Letter{Channel: t.Channel, Text: in.Text, Subject: in.Subject, Hold: HoldFor, Urgent: in.Urgent || t.fresh(tx.Now()), File: in.File,
			To: To{Party: access.Role(t.Party), ID: t.PersonID, ClientID: t.ClientID, Name: t.Name, Phone: t.Phone, Email: t.Email, Lang: t.Lang, Zone: t.Zone}}
		if t.Phone == "" && t.BSUID != "" {
			l.To.Phone = t.Place() // only to pass the check: the conversation has the address
		}
		if err := l.check(); err != nil {
			return err
		}
		if c, err := loadChannel(ctx, tx, t.Channel); err == nil && c.Active && t.Channel == ByWhatsApp && t.Window(tx.Now()) <= 0 {
			return ErrWindow.At("text")
		}
		t.WaitingSince, t.SnoozedUntil = time.Time{}, time.Time{}
		if t.AssignedID == "" {
			t.AssignedID, t.AssignedName = actor.ID, actor.Name
		}
		if err := saveThread(ctx, tx, t); err != nil {
			return err
		}
		t.Version++
		o, err = queueIn(ctx, tx, actor, t, l)
		return err
	})
	return o, err
}

// Note keeps a note for colleagues in a conversation. Fault: message.note.
func (s *Service) Note(ctx context.Context, actor access.Actor, threadID, text string) error {
	text = strings.TrimSpace(text)
	return s.change(ctx, actor, threadID, "note", func(tx *db.Tx, t *Thread) error {
		if text == "" || len([]rune(text)) > LongestText {
			return ErrNote
		}
		_, err := insertLine(ctx, tx, Line{ID: tx.NewID(), ThreadID: t.ID, Note: true, At: tx.Now(), KeptAt: tx.Now(), Text: text, ByID: actor.ID, ByName: actor.Name})
		return err
	})
}

// Assign gives a conversation to somebody of the agency, or to nobody. Fault:
// message.assign.
func (s *Service) Assign(ctx context.Context, actor access.Actor, threadID, personID string) error {
	return s.change(ctx, actor, threadID, "assign", func(tx *db.Tx, t *Thread) error {
		t.AssignedID, t.AssignedName = "", ""
		if personID == "" {
			return nil
		}
		p, err := access.LoadPerson(ctx, tx, personID)
		if err != nil || !p.Active() {
			return ErrAssign
		}
		t.AssignedID, t.AssignedName = p.ID, p.Name
		return nil
	})
}

// Snooze puts a conversation off until the other side's next morning; a message of
// theirs ends that. It gives the instant.
func (s *Service) Snooze(ctx context.Context, actor access.Actor, threadID string) (until time.Time, err error) {
	err = s.change(ctx, actor, threadID, "snooze", func(tx *db.Tx, t *Thread) error {
		cal, err := country.CalendarIn(ctx, tx, t.Zone)
		if err != nil {
			return err
		}
		t.SnoozedUntil = Morning(tx.Now(), cal)
		until = t.SnoozedUntil
		return nil
	})
	return until, err
}

// Wake ends a snooze.
func (s *Service) Wake(ctx context.Context, actor access.Actor, threadID string) error {
	return s.change(ctx, actor, threadID, "wake", func(_ *db.Tx, t *Thread) error { t.SnoozedUntil = time.Time{}; return nil })
}

// Close keeps that nothing is to be answered. Fault: message.no-wait.
func (s *Service) Close(ctx context.Context, actor access.Actor, threadID string) error {
	return s.change(ctx, actor, threadID, "answered", func(_ *db.Tx, t *Thread) error {
		if t.WaitingSince.IsZero() {
			return ErrNoWait
		}
		t.WaitingSince, t.SnoozedUntil = time.Time{}, time.Time{}
		return nil
	})
}

// Stop keeps that somebody wants no messages, as they told a person of the agency; with
// again, that they do want them.
func (s *Service) Stop(ctx context.Context, actor access.Actor, threadID string, again bool) error {
	return s.change(ctx, actor, threadID, "stop", func(tx *db.Tx, t *Thread) error {
		t.StoppedAt, t.StoppedHow = tx.Now(), "staff"
		if again {
			t.StoppedAt, t.StoppedHow = time.Time{}, ""
		}
		return nil
	})
}

func (s *Service) change(ctx context.Context, actor access.Actor, id, what string, do func(*db.Tx, *Thread) error) error {
	if err := actor.Require("message.send", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		t, err := LoadThread(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := do(tx, &t); err != nil {
			return err
		}
		if err := saveThread(ctx, tx, t); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "message.send", Subject: "conversation", ID: id, Client: t.ClientID, After: map[string]string{"act": what, "assigned": t.AssignedID}})
	})
}

// StopByLink ends messages to whoever has the link of a mail (RFC 8058). Looking at it
// changes nothing; the same again changes nothing. It gives the name of the agency.
func (s *Service) StopByLink(ctx context.Context, token string, act bool) (agency access.Agency, err error) {
	do := s.db.Read
	if act {
		do = s.db.Write
	}
	err = do(ctx, func(tx *db.Tx) error {
		t, err := threadAt(ctx, tx, "stop_token", token)
		if err != nil {
			return err
		}
		if agency, err = access.LoadAgency(ctx, tx); err != nil || !act || !t.StoppedAt.IsZero() {
			return err
		}
		t.StoppedAt, t.StoppedHow = tx.Now(), "link"
		if err := saveThread(ctx, tx, t); err != nil {
			return err
		}
		return audit.Record(ctx, tx, access.System().Who, audit.Entry{Verb: "message.send", Subject: "conversation", ID: t.ID, Client: t.ClientID, After: map[string]string{"act": "stop"}, Reason: "link"})
	})
	return agency, err
}

// HandOver gives the agency's phone to the next person, with what they have to know.
// Faults: message.shift, message.note.
func (s *Service) HandOver(ctx context.Context, actor access.Actor, personID, note string) error {
	if err := actor.Require("message.send", access.Owner{}); err != nil {
		return err
	}
	note = strings.TrimSpace(note)
	return s.db.Write(ctx, func(tx *db.Tx) error {
		p, err := access.LoadPerson(ctx, tx, personID)
		switch {
		case err != nil || !p.Active() || p.ID == actor.ID:
			return ErrShift
		case note == "" || len([]rune(note)) > LongestText:
			return ErrNote.At("note")
		}
		wait, err := listThreads(ctx, tx, Pick{View: "first", Limit: 500})
		if err != nil {
			return err
		}
		shift := Shift{ID: tx.NewID(), From: actor.Name, ToID: p.ID, To: p.Name, Note: note, Waiting: int64(len(wait)), At: tx.Now()}
		if err := insertShift(ctx, tx, shift); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "message.send", Subject: "shift", ID: shift.ID, After: map[string]any{"to": p.ID, "waiting": shift.Waiting}})
	})
}

// TakeShift keeps that the next person has read the hand-over. Fault: message.shift.
func (s *Service) TakeShift(ctx context.Context, actor access.Actor, id string) error {
	if err := actor.Require("message.send", access.Owner{}); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		shift, err := lastShift(ctx, tx)
		if err != nil {
			return err
		}
		if shift.ID != id || shift.ToID != actor.ID {
			return ErrShift
		}
		if err := saveShiftSeen(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "message.send", Subject: "shift", ID: id, Reason: "taken"})
	})
}

// Begin opens the conversation with somebody, making it when it is new. Fault:
// message.no-way.
func (s *Service) Begin(ctx context.Context, actor access.Actor, to To, channel string) (t Thread, err error) {
	if err := actor.Require("message.send", access.Owner{}); err != nil {
		return t, err
	}
	l := Letter{Channel: channel, To: to, Text: "."}
	if err := l.check(); err != nil {
		return t, err
	}
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		if t, err = threadFor(ctx, tx, l); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.Who, audit.Entry{Verb: "message.send", Subject: "conversation", ID: t.ID, Client: t.ClientID, Reason: "begun"})
	})
	return t, err
}
