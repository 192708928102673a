package review

import (
	"testing"
	"time"

	"kolega/internal/chat"
	"kolega/internal/db"
)

func TestTold_AnOldVersionOrAFutureTimeIsRefused(t *testing.T) {
	shown := time.Date(2026, 11, 24, 3, 0, 30, 0, time.UTC)
	v, now := Version{ID: "v", ShownAt: shown}, shown.Add(5*time.Hour)
	for _, c := range []struct {
		name string
		told Told
		want error
	}{
		{"after it was shown", Told{Channel: "whatsapp", At: shown.Add(time.Hour)}, nil},
		{"in the same minute, as an Android phone writes it", Told{Channel: "whatsapp", At: shown.Truncate(time.Minute)}, nil},
		{"before it was shown", Told{Channel: "whatsapp", At: shown.Add(-time.Hour)}, ErrToldEarly},
		{"tomorrow", Told{Channel: "phone", At: now.Add(24 * time.Hour)}, ErrToldWhen},
		{"by pigeon", Told{Channel: "pigeon", At: shown.Add(time.Hour)}, ErrChannel},
	} {
		if err := CheckTold(v, c.told, now); err != c.want { //nolint:errorlint // the very sentinel
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTold_SilenceOrAClickConfirms(t *testing.T) {
	end := time.Date(2026, 11, 26, 3, 0, 0, 0, time.UTC)
	chatted := Approval{Via: ViaWhatsApp, ObjectBy: end}
	objected := chatted
	objected.ObjectedAt = end.Add(-time.Hour)
	for _, c := range []struct {
		name    string
		a       Approval
		told    Told
		silence bool
		now     time.Time
		want    Confirmed
		post    bool
	}{
		{"a click", Approval{Via: ViaLink}, Told{}, false, end, ConfirmedClick, true},
		{"the window is open", chatted, Told{}, true, end.Add(-time.Second), ConfirmedWait, false},
		{"silence counts", chatted, Told{}, true, end, ConfirmedSilence, true},
		{"silence does not count", chatted, Told{}, false, end.Add(time.Hour), ConfirmedNeeds, false},
		{"confirmed by a click", chatted, Told{ConfirmedAt: end}, false, end.Add(-time.Second), ConfirmedClick, true},
		{"an objection", objected, Told{ConfirmedAt: end}, true, end.Add(time.Hour), ConfirmedNot, false},
	} {
		if got := Confirmation(c.a, c.told, c.silence, c.now); got != c.want || got.MayPost() != c.post {
			t.Errorf("%s: %s, may post %v", c.name, got, got.MayPost())
		}
	}
}

func TestTold_LinesOfAChatAreTheEvidence(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.show(st.upload(1))
		at := st.clock.Now().Add(-30 * time.Second)
		jakarta, err := time.LoadLocation("Asia/Jakarta")
		if err != nil {
			st.Fatal(err)
		}
		text := "[" + at.In(jakarta).Format("02/01/2006 15.04.05") + "] Dewi: Oke kak, ACC ya\n[" + at.Add(-24*time.Hour).In(jakarta).Format("02/01/2006 15.04.05") + "] Dewi: versi pertama juga ok"
		chats := chat.New(st.db)
		if _, err := chats.Import(ctx, st.ae, chat.Import{CampaignID: "camp", Title: "Dewi", Data: []byte(text), Zone: "Asia/Jakarta", Order: chat.DayFirst}); err != nil {
			st.Fatal(err)
		}
		room, err := chats.Room(ctx, st.ae, "camp")
		if err != nil || len(room.Lines) != 2 {
			st.Fatalf("%v %+v", err, room.Lines)
		}
		rec := RecordDecision{VersionID: v.ID, ContactID: "k-dewi", Lines: []string{room.Lines[1].ID}}
		_, err = st.s.RecordDecision(ctx, st.ae, rec)
		wants(st, err, ErrToldEarly)
		rec.Lines = []string{"none"}
		_, err = st.s.RecordDecision(ctx, st.ae, rec)
		wants(st, err, db.ErrNotFound)
		rec.Lines = []string{room.Lines[0].ID}
		a, err := st.s.RecordDecision(ctx, st.ae, rec)
		if err != nil || a.Words != "Dewi: Oke kak, ACC ya" {
			st.Fatalf("%v %+v", err, a)
		}
		hers, err := st.s.ClientDraft(ctx, st.dewi, st.reel.ID, "")
		if err != nil || hers.Approved.Confirmed != ConfirmedWait || hers.Approved.ToldAt.IsZero() {
			st.Fatalf("%v %+v", err, hers.Approved)
		}
		mine, err := st.s.TalentDraft(ctx, st.maya, st.reel.ID)
		if err != nil || !mine.Hold {
			st.Errorf("the talent is told to post: %v %+v", err, mine.Hold)
		}
		st.clock.Advance(10 * 24 * time.Hour)
		if hers, err = st.s.ClientDraft(ctx, st.dewi, st.reel.ID, ""); err != nil || hers.Approved.Confirmed != ConfirmedNeeds {
			st.Errorf("without the agreement's word silence confirms nothing: %v %+v", err, hers.Approved)
		}
		wants(st, st.s.ConfirmDecision(ctx, st.other, st.reel.ID), db.ErrNotFound)
		if err := st.s.ConfirmDecision(ctx, st.dewi, st.reel.ID); err != nil {
			st.Fatal(err)
		}
		wants(st, st.s.ConfirmDecision(ctx, st.dewi, st.reel.ID), ErrConfirmNone)
		if mine, err = st.s.TalentDraft(ctx, st.maya, st.reel.ID); err != nil || mine.Hold {
			st.Errorf("after the click: %v %+v", err, mine.Hold)
		}
		if err := st.s.ObjectToDecision(ctx, st.dewi, st.reel.ID, "late"); err != nil {
			st.Errorf("an objection afterwards is an issue: %v", err)
		}
		if d := st.reelNow(); d.ApprovedID != v.ID {
			st.Error("an objection changes history")
		}
	})
}
