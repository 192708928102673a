package meeting_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/campaign"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/job"
	"kolega/internal/meeting"
	"kolega/internal/task"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

var (
	rani = access.Actor{Who: audit.Who{Kind: "staff", ID: "ae", Name: "Rani", Via: "web"}, Role: access.AE, Lang: "id", Zone: "Asia/Jakarta"}
	sari = access.Actor{Who: audit.Who{Kind: "client", ID: "co", Name: "Sari", Via: "link:l1"}, Role: access.Client, CampaignID: "ca", ClientID: "cl", ContactID: "co", Lang: "id", Zone: "Asia/Jakarta"}
	tono = access.Actor{Who: audit.Who{Kind: "client", ID: "xo", Name: "Tono", Via: "link:l2"}, Role: access.Client, CampaignID: "ca", ClientID: "cl", ContactID: "xo", Lang: "id", Zone: "Asia/Jakarta"}
)

// world is a campaign with an agreed brief of two points, and a client of two contacts.
type world struct {
	t   *testing.T
	d   *db.DB
	s   *meeting.Service
	run *job.Runner
}

func begin(t *testing.T, d *db.DB, silence bool) *world {
	t.Helper()
	terms, _ := json.Marshal(campaign.Terms{SilenceAccepts: silence})
	testkit.Booked(t, d, string(terms))
	testkit.Put(t, d, "contact", map[string]any{"id": "xo", "client_id": "cl", "name": "Tono", "lang": "id", "zone": "Asia/Jakarta"})
	points, _ := json.Marshal([]campaign.Point{{ID: "tag", Number: 1, Kind: campaign.Must, Text: "Pakai tagar A"}, {ID: "shade", Number: 2, Kind: campaign.Must, Text: "Sebut shade 02"}})
	now := testkit.Start.UnixMicro()
	testkit.Put(t, d, "brief", map[string]any{"campaign_id": "ca", "number": 1, "lang": "id", "points": string(points), "questions": "[]", "shared_at": now, "accepted_at": now, "version": 1})
	s, reg := meeting.New(d, nil), job.NewRegistry()
	s.Work(reg)
	return &world{t, d, s, job.NewRunner(d, reg, slog.New(slog.DiscardHandler))}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) held(title string) meeting.Meeting {
	w.t.Helper()
	loc, _ := worktime.Zone("Asia/Jakarta")
	at := w.d.Now().In(loc)
	m, err := w.s.Call(context.Background(), rani, meeting.Plan{Kind: meeting.Review, Title: title, CampaignID: "ca", On: worktime.DateOf(at, loc), From: at.Format("15:04"), To: "23:00", Staff: []string{"ae"}, Contacts: []string{"co"}, Again: true})
	w.must(err)
	return m
}

func (w *world) decide(m meeting.Meeting, n meeting.NewLine) meeting.Line {
	w.t.Helper()
	n.Kind = meeting.Decision
	l, err := w.s.Note(context.Background(), rani, m.ID, n)
	w.must(err)
	return l
}

// send sends what the preview shows to contacts, and says that it went.
func (w *world) send(m meeting.Meeting, to ...string) meeting.Report {
	w.t.Helper()
	ctx := context.Background()
	p, err := w.s.Preview(ctx, rani, m.ID)
	w.must(err)
	r, err := w.s.Send(ctx, rani, meeting.SendReport{MeetingID: m.ID, Hash: p.Hash, To: to})
	w.must(err)
	for _, id := range to {
		_, err := w.s.MarkSent(ctx, rani, r.ID, id)
		w.must(err)
	}
	return r
}

func (w *world) pass(d time.Duration) {
	w.t.Helper()
	testkit.ClockOf(w.d).Advance(d)
	w.must(w.run.Drain(context.Background()))
}

// agreed gives the texts of the brief in force and its version.
func (w *world) agreed() (b campaign.Brief) {
	w.t.Helper()
	w.must(w.d.Read(context.Background(), func(tx *db.Tx) (err error) { b, err = campaign.AgreedBrief(context.Background(), tx, "ca"); return err }))
	return b
}

func (w *world) tasks(origin string) (n int64) {
	w.t.Helper()
	w.must(w.d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.QueryRow(context.Background(), `SELECT COUNT(*) FROM task WHERE origin LIKE $1`, origin+"%").Scan(&n)
	}))
	return n
}

const week = 7 * 24 * time.Hour

func TestMinutes_ChangeTheBriefBySilenceAtTheHourThatWasPromised(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w := begin(t, d, true)
		m := w.held("Tinjau")
		w.decide(m, meeting.NewLine{Text: "Tagar diganti", Effect: meeting.ChangesPoint, PointID: "tag", PointKind: campaign.Must, Wording: "Pakai tagar B"})
		r := w.send(m, "co")
		if v := w.agreed().Version; v != 1 {
			t.Fatalf("sending alone put version %d in force", v)
		}
		// Monday nine o'clock and 48 working hours of nine a day: five days are 45, so Monday noon.
		want := time.Date(2026, 11, 30, 5, 0, 0, 0, time.UTC)
		got, err := w.s.ClientReport(context.Background(), sari, r.ID)
		if err != nil || !got.DueAt.Equal(want) || got.State != meeting.Waiting || !got.MayAnswer {
			t.Fatalf("%v %+v", err, got)
		}
		w.pass(want.Sub(d.Now()) - time.Second)
		if v := w.agreed().Version; v != 1 {
			t.Fatalf("a second early version %d is in force", v)
		}
		w.pass(time.Second)
		b := w.agreed()
		if b.Version != 2 || b.Points[0].Text != "Pakai tagar B" || b.Points[0].ID != "tag" || !b.Silent() || b.AcceptedBy != "" || !b.AcceptedAt.Equal(want) {
			t.Errorf("%+v", b)
		}
		w.pass(week)
		if v := w.agreed().Version; v != 2 {
			t.Errorf("a second version %d came of one report", v)
		}
	})
}

func TestMinutes_WhereTheAgreementWantsAClickSilenceChangesNothing(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w := begin(t, d, false)
		m := w.held("Tinjau")
		l := w.decide(m, meeting.NewLine{Text: "Tambah subtitle", Effect: meeting.AddsPoint})
		r := w.send(m, "co")
		w.pass(2 * week)
		if v := w.agreed().Version; v != 1 {
			t.Fatalf("version %d by silence", v)
		}
		got, err := w.s.ClientReport(context.Background(), sari, r.ID)
		if err != nil || got.Lines[0].State != meeting.LineClick || got.State != meeting.Silent {
			t.Errorf("%v %+v", err, got)
		}
		if _, err := w.s.Accept(context.Background(), sari, r.ID); err != nil {
			t.Fatal(err)
		}
		if b := w.agreed(); b.Version != 2 || len(b.Points) != 3 || b.Points[2].Text != "Tambah subtitle" || b.AcceptedByID != "co" || b.AcceptedVia != "link:l1" || b.Points[2].SourceNote != "Tinjau" {
			t.Errorf("%+v", b)
		}
		if _, err := w.s.Accept(context.Background(), sari, r.ID); !errors.Is(err, meeting.ErrAnswered) {
			t.Errorf("accepted twice: %v", err)
		}
		if err := w.s.Strike(context.Background(), rani, m.ID, l.ID); !errors.Is(err, meeting.ErrSealed) {
			t.Errorf("a sealed line is struck: %v", err)
		}
	})
}

func TestMinutes_AnObjectionToOneLineKeepsTheOthers(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := begin(t, d, true), context.Background()
		m := w.held("Tinjau")
		bad := w.decide(m, meeting.NewLine{Text: "Tagar diganti", Effect: meeting.ChangesPoint, PointID: "tag", Wording: "Pakai tagar B"})
		w.decide(m, meeting.NewLine{Text: "Shade 03", Effect: meeting.ChangesPoint, PointID: "shade", Wording: "Sebut shade 03"})
		w.decide(m, meeting.NewLine{Text: "Tayang mundur", Effect: meeting.MovesDate, SlotID: "s1", Which: "post", On: "2026-12-01"})
		r := w.send(m, "co")
		if _, err := w.s.Object(ctx, sari, r.ID, bad.ID, " "); !errors.Is(err, meeting.ErrObjectWords) {
			t.Errorf("without a word: %v", err)
		}
		if _, err := w.s.Object(ctx, sari, r.ID, bad.ID, "Bukan itu yang disepakati"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.s.Object(ctx, sari, r.ID, bad.ID, "lagi"); !errors.Is(err, meeting.ErrObjected) {
			t.Errorf("twice: %v", err)
		}
		if n := w.tasks("minutes.objection:"); n != 1 {
			t.Errorf("%d tasks tell of the objection", n)
		}
		w.pass(2 * week)
		b := w.agreed()
		if b.Version != 2 || b.Points[0].Text != "Pakai tagar A" || b.Points[1].Text != "Sebut shade 03" {
			t.Errorf("%+v", b.Points)
		}
		if n := w.tasks("minutes.effect:"); n != 1 {
			t.Errorf("%d tasks move the date", n)
		}
		o, err := w.s.Object(ctx, sari, r.ID, r.Lines[1].ID, "terlambat")
		if err != nil || !o.Late {
			t.Errorf("after it is in force: %+v %v", o, err)
		}
		if v := w.agreed().Version; v != 2 {
			t.Errorf("history changed: version %d", v)
		}
	})
}

func TestMinutes_AMeetingCalledOffAfterSendingProposesNothing(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := begin(t, d, true), context.Background()
		m := w.held("Tinjau")
		w.decide(m, meeting.NewLine{Text: "Tagar diganti", Effect: meeting.ChangesPoint, PointID: "tag", Wording: "Pakai tagar B"})
		r := w.send(m, "co")
		if err := w.s.Cancel(ctx, rani, m.ID, ""); !errors.Is(err, meeting.ErrWhy) {
			t.Errorf("without a reason: %v", err)
		}
		w.must(w.s.Cancel(ctx, rani, m.ID, "Rapat ini tidak pernah disepakati"))
		w.pass(2 * week)
		if v := w.agreed().Version; v != 1 {
			t.Errorf("version %d came of a cancelled meeting", v)
		}
		if _, err := w.s.Accept(ctx, sari, r.ID); !errors.Is(err, meeting.ErrReportGone) {
			t.Errorf("accepted: %v", err)
		}
		got, err := w.s.ClientReport(ctx, sari, r.ID)
		if err != nil || got.State != meeting.Withdrawn || got.Cancelled == "" || got.MayAnswer {
			t.Errorf("%v %+v", err, got)
		}
	})
}

func TestMinutes_WhatIsInForceStaysWhenTheMeetingIsCalledOff(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w := begin(t, d, true)
		m := w.held("Tinjau")
		w.decide(m, meeting.NewLine{Text: "Tagar diganti", Effect: meeting.ChangesPoint, PointID: "tag", Wording: "Pakai tagar B"})
		w.send(m, "co")
		testkit.ClockOf(d).Advance(2 * week) // the time is over, and no worker has run yet
		w.must(w.s.Cancel(context.Background(), rani, m.ID, "batal"))
		if b := w.agreed(); b.Version != 2 || b.Points[0].Text != "Pakai tagar B" {
			t.Errorf("silence was there first: %+v", b)
		}
	})
}

func TestMinutes_OneOfTwoContactsObjects(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := begin(t, d, true), context.Background()
		m := w.held("Tinjau")
		w.decide(m, meeting.NewLine{Text: "Tagar diganti", Effect: meeting.ChangesPoint, PointID: "tag", Wording: "Pakai tagar B"})
		p, err := w.s.Preview(ctx, rani, m.ID)
		w.must(err)
		if _, err := w.s.Send(ctx, rani, meeting.SendReport{MeetingID: m.ID, Hash: p.Hash, To: []string{"xo"}}); !errors.Is(err, meeting.ErrDecider) {
			t.Errorf("past the one who decides: %v", err)
		}
		r := w.send(m, "co", "xo")
		if _, err := w.s.Object(ctx, tono, r.ID, "", "Saya tidak setuju"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.s.Accept(ctx, sari, r.ID); err != nil {
			t.Fatal(err)
		}
		w.pass(2 * week)
		if v := w.agreed().Version; v != 1 {
			t.Errorf("version %d although one objects", v)
		}
		stranger := tono
		stranger.ContactID, stranger.ClientID, stranger.CampaignID = "zz", "c9", "c9"
		if _, err := w.s.ClientReport(ctx, stranger, r.ID); !errors.Is(err, db.ErrNotFound) {
			t.Errorf("a stranger reads it: %v", err)
		}
	})
}

func TestMinutes_ASecondOpenProposalForAPointNamesTheFirst(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := begin(t, d, true), context.Background()
		first := w.held("Pertama")
		one := w.decide(first, meeting.NewLine{Text: "Tagar B", Effect: meeting.ChangesPoint, PointID: "tag", Wording: "Pakai tagar B"})
		w.send(first, "co")
		w.pass(time.Hour)
		second := w.held("Kedua")
		two := w.decide(second, meeting.NewLine{Text: "Tagar C", Effect: meeting.ChangesPoint, PointID: "tag", Wording: "Pakai tagar C"})
		if _, err := w.s.Preview(ctx, rani, second.ID); !errors.Is(err, campaign.ErrProposalTwice) {
			t.Fatalf("unnamed: %v", err)
		}
		w.must(w.s.Strike(ctx, rani, second.ID, two.ID))
		w.decide(second, meeting.NewLine{Text: "Tagar C", Effect: meeting.ChangesPoint, PointID: "tag", Wording: "Pakai tagar C", Replaces: one.ID})
		w.send(second, "co")
		w.pass(2 * week)
		if b := w.agreed(); b.Version != 2 || b.Points[0].Text != "Pakai tagar C" {
			t.Errorf("%d %+v", b.Version, b.Points[0])
		}
	})
}

func TestMinutes_ADraftOfTheBriefIsKeptAndTakesTheChangeOver(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := begin(t, d, true), context.Background()
		m := w.held("Tinjau")
		w.decide(m, meeting.NewLine{Text: "Tagar diganti", Effect: meeting.ChangesPoint, PointID: "tag", Wording: "Pakai tagar B"})
		w.decide(m, meeting.NewLine{Text: "Tambah subtitle", Effect: meeting.AddsPoint})
		w.send(m, "co")
		c := campaign.New(d, nil)
		_, err := c.ReviseBrief(ctx, rani, "ca", "ide baru")
		w.must(err)
		_, err = c.AddPoints(ctx, rani, "ca", []campaign.Point{{Kind: campaign.Should, Text: "Senyum"}})
		w.must(err)
		w.pass(2 * week)
		if b := w.agreed(); b.Version != 2 || len(b.Points) != 3 {
			t.Fatalf("%+v", b)
		}
		f, err := c.Brief(ctx, rani, "ca")
		w.must(err)
		if n := f.Newest(); n.Version != 3 || !n.Draft() || len(n.Points) != 4 || n.Points[0].Text != "Pakai tagar B" || n.Points[2].Text != "Senyum" {
			t.Errorf("the draft: %d %+v", n.Version, n.Points)
		}
	})
}

func TestMinutes_ThePreviewSaysWhatSendingWouldDo(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := begin(t, d, true), context.Background()
		m := w.held("Tinjau")
		w.decide(m, meeting.NewLine{Text: "Tagar diganti", Effect: meeting.ChangesPoint, PointID: "tag", Wording: "Pakai tagar B"})
		w.decide(m, meeting.NewLine{Text: "Tayang mundur", Effect: meeting.MovesDate, SlotID: "s1", Which: "post", On: "2026-12-01"})
		_, err := w.s.Note(ctx, rani, m.ID, meeting.NewLine{Kind: meeting.Wish, Internal: true, Text: "Klien suka Bea, jangan naikkan harga"})
		w.must(err)
		p, err := w.s.Preview(ctx, rani, m.ID)
		w.must(err)
		if len(p.Lines) != 2 || len(p.Effects.Changes) != 1 || len(p.Effects.Proposal.Lines) != 1 || len(p.Effects.Dates) != 1 || p.Effects.Dates[0].From != "2026-11-23" || !p.Effects.Silence {
			t.Errorf("%+v", p.Effects)
		}
		w.decide(m, meeting.NewLine{Text: "Margin kami naik"})
		if _, err := w.s.Send(ctx, rani, meeting.SendReport{MeetingID: m.ID, Hash: p.Hash, To: []string{"co"}}); !errors.Is(err, meeting.ErrPreview) {
			t.Errorf("sent what nobody looked at: %v", err)
		}
		p, err = w.s.Preview(ctx, rani, m.ID)
		w.must(err)
		if _, err := w.s.Send(ctx, rani, meeting.SendReport{MeetingID: m.ID, Hash: p.Hash, To: []string{"co"}}); !errors.Is(err, meeting.ErrSuspect) {
			t.Errorf("words of the internal part: %v", err)
		}
		r, err := w.s.Send(ctx, rani, meeting.SendReport{MeetingID: m.ID, Hash: p.Hash, To: []string{"co"}, Sure: true})
		w.must(err)
		got, err := w.s.ClientReport(ctx, sari, r.ID)
		w.must(err)
		for _, l := range got.Lines {
			if l.Kind == meeting.Wish {
				t.Errorf("the internal part left the house: %+v", l)
			}
		}
		if got.State != meeting.Unsent {
			t.Errorf("nobody said that it was sent: %s", got.State)
		}
	})
}

func TestMinutes_ActionsBecomeTasks(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := begin(t, d, true), context.Background()
		m := w.held("Tinjau")
		for name, c := range map[string]struct {
			n    meeting.NewLine
			code string
		}{
			"no doer":         {meeting.NewLine{Text: "Kirim logo", Due: "besok"}, "minutes.doer"},
			"no date":         {meeting.NewLine{Text: "Kirim logo", Doer: "staff:sp"}, "minutes.due"},
			"not in the room": {meeting.NewLine{Text: "Kirim logo", Doer: "contact:xo", Due: "besok"}, "minutes.doer"},
			"yesterday":       {meeting.NewLine{Text: "Kirim logo", Doer: "contact:co", Due: "2026-11-01"}, "due.past"},
			"nobody we know":  {meeting.NewLine{Text: "Kirim logo", Doer: "staff:zz", Due: "besok"}, "task.doer"},
		} {
			c.n.Kind = meeting.Action
			if _, err := w.s.Note(ctx, rani, m.ID, c.n); fault.CodeOf(err) != c.code {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
		}
		l, err := w.s.Note(ctx, rani, m.ID, meeting.NewLine{Kind: meeting.Action, Text: "Daftar cadangan", Doer: "staff:sp", Due: "besok 17.00"})
		w.must(err)
		got, err := task.New(d).View(ctx, rani, l.TaskID)
		if err != nil || got.Title != "Daftar cadangan" || got.About.ID != m.ID || got.Due.Wall() != "2026-11-24T17:00:00" {
			t.Errorf("%v %+v", err, got)
		}
		theirs, err := w.s.Note(ctx, rani, m.ID, meeting.NewLine{Kind: meeting.Action, Text: "Kirim logo", Doer: "contact:co", Due: "besok"})
		if err != nil || theirs.TaskID != "" || theirs.Doer != "Sari" || theirs.Due.Zone != "Asia/Jakarta" {
			t.Errorf("the client's: %v %+v", err, theirs)
		}
		w.must(w.s.Strike(ctx, rani, m.ID, l.ID))
		if got, err := task.New(d).View(ctx, rani, l.TaskID); err != nil || got.State != task.Dropped {
			t.Errorf("struck, and still to be done: %v %+v", err, got)
		}
	})
}

func TestMeeting_UnpreparedIsFlaggedFourWorkingHoursBefore(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := begin(t, d, true), context.Background()
		plan := meeting.Plan{Kind: meeting.KickOff, Title: "Kick-off", CampaignID: "ca", On: "2026-11-24", From: "11.00", To: "12.00", Staff: []string{"ae"}, Contacts: []string{"co"}}
		m, err := w.s.Call(ctx, rani, plan)
		w.must(err)
		plan.Title = "Juga"
		if _, err := w.s.Call(ctx, rani, plan); !errors.Is(err, meeting.ErrOverlap) {
			t.Errorf("two at once: %v", err)
		}
		if err := w.s.Tick(ctx, rani, m.ID, "nothing", true); !errors.Is(err, meeting.ErrPrepGone) {
			t.Errorf("an item that is not there: %v", err)
		}
		w.pass(7*time.Hour - time.Minute) // four working hours before 11.00 is 16.00 on the day before
		if v, err := w.s.Meeting(ctx, rani, m.ID); err != nil || v.Unprepared || w.tasks("meeting/") != 0 {
			t.Errorf("too early: %v %+v", err, v)
		}
		w.pass(time.Minute)
		if v, err := w.s.Meeting(ctx, rani, m.ID); err != nil || !v.Unprepared || w.tasks("meeting/") != 1 {
			t.Errorf("four working hours before: %v %v, %d tasks", err, v.Unprepared, w.tasks("meeting/"))
		}
		w.must(w.s.Tick(ctx, rani, m.ID, meeting.ItemGoal, true))
		if v, err := w.s.Meeting(ctx, rani, m.ID); err != nil || v.Unprepared || v.Prepared != 1 {
			t.Errorf("prepared: %v %+v", err, v)
		}
		if list, err := task.New(d).Tasks(ctx, rani, task.Filter{About: task.About{Kind: "meeting", ID: m.ID}, Open: true}); err != nil || len(list) != 0 {
			t.Errorf("prepared, and %d tasks ask for it: %v", len(list), err)
		}
		if _, err := w.s.Note(ctx, rani, m.ID, meeting.NewLine{Kind: meeting.Wish, Text: "x"}); !errors.Is(err, meeting.ErrNotHeld) {
			t.Errorf("minutes of what is to come: %v", err)
		}
	})
}

func TestMeeting_TimesAreProposedFromWhatIsOnFile(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		w, ctx := begin(t, d, true), context.Background()
		_, err := task.New(d).TakeLeave(ctx, rani, task.Leave{PersonID: "ae", From: "2026-11-24", To: "2026-11-24"})
		w.must(err)
		got, err := w.s.Times(ctx, rani, meeting.Search{Staff: []string{"ae"}, Contacts: []string{"co"}, Minutes: 60, From: "2026-11-24", To: "2026-11-25"})
		if err != nil || len(got) != 2 || !got[0].Equal(time.Date(2026, 11, 25, 2, 0, 0, 0, time.UTC)) {
			t.Errorf("%v %v", err, got)
		}
		if _, err := w.s.Times(ctx, rani, meeting.Search{Staff: []string{"ae"}, Minutes: 60, From: "2026-11-24", To: "2026-11-24"}); !errors.Is(err, meeting.ErrNoCommon) {
			t.Errorf("on leave: %v", err)
		}
	})
}
