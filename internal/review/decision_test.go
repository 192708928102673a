package review

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/fault"
)

func TestDraft_ADecisionToldInAChat(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.show(st.upload(1))
		w := v
		rec := RecordDecision{VersionID: v.ID, ContactID: "k-dewi", Words: "ok kak, ACC ya"}
		bad := rec
		bad.ContactID = "k-budi"
		_, err := st.s.RecordDecision(ctx, st.ae, bad)
		wants(st, err, ErrNotAllowed)
		bad = rec
		bad.Words = ""
		_, err = st.s.RecordDecision(ctx, st.ae, bad)
		wants(st, err, ErrWords)
		if err := st.s.MarkOpened(ctx, st.dewi, v.ID); err != nil {
			st.Fatal(err)
		}
		w = st.show(st.upload(2))
		_, err = st.s.RecordDecision(ctx, st.ae, rec)
		wants(st, err, ErrOldShown)
		rec.VersionID = w.ID
		a, err := st.s.RecordDecision(ctx, st.ae, rec)
		if err != nil || a.Via != ViaWhatsApp || a.EnteredBy != "Rani" || a.By != "Dewi" || a.ObjectBy.IsZero() {
			st.Fatalf("%v %+v", err, a)
		}
		if err := st.s.ObjectToDecision(ctx, st.dewi, st.reel.ID, "I meant version 1"); err != nil {
			st.Error(err)
		}
		wants(st, st.s.ObjectToDecision(ctx, st.dewi, st.reel.ID, "again"), ErrObject)
	})
}

func TestDraft_SilenceApprovesOnlyByAgreement(t *testing.T) {
	for _, agreed := range []bool{false, true} {
		each2(t, func(st *stage) {
			st.write(func(tx *db.Tx) { must(tx.Exec(ctx, `UPDATE deliverable SET silence_counts = $1`, agreed)) })
			st.show(st.upload(1))
			st.clock.Advance(10 * 24 * time.Hour)
			st.drain()
			if s := st.standing(); (s.Step == StepApproved) != agreed {
				st.Errorf("agreed %v: %s", agreed, s.Step)
			}
		})
	}
}

func TestDraft_OfTwoDecisionsTheFirstWins(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.show(st.upload(1))
		var wg sync.WaitGroup
		errs := make([]error, 16)
		for n := range errs {
			wg.Go(func() {
				if n%2 == 0 {
					_, errs[n] = st.s.ApproveDraft(ctx, st.dewi, v.ID)
				} else {
					_, errs[n] = st.s.RequestRound(ctx, st.dewi, RequestRound{VersionID: v.ID, Items: []NewItem{{Text: "x", AtMS: -1, UntilMS: -1}}})
				}
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, ErrDecided):
				st.Errorf("the second was told %v", err)
			}
		}
		if won != 1 {
			st.Errorf("%d decisions landed", won)
		}
	})
}

// TestDraft_AnApprovalNeverLandsOnAVersionNotShown plays approvals of the page that
// was open against uploads and showings of the next version.
func TestDraft_AnApprovalNeverLandsOnAVersionNotShown(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.show(st.upload(1))
		if err := st.s.MarkOpened(ctx, st.dewi, v.ID); err != nil {
			st.Fatal(err)
		}
		w := st.upload(2)
		var wg sync.WaitGroup
		var approved, shown error
		wg.Go(func() { _, approved = st.s.ApproveDraft(ctx, st.dewi, v.ID) })
		wg.Go(func() {
			for _, k := range []struct {
				by  access.Actor
				key Key
			}{{st.specialist, KeySpecialist}, {st.ae, KeyAE}} {
				if _, err := st.s.CheckDraft(ctx, k.by, CheckDraft{VersionID: w.ID, Key: k.key, Answers: []PointAnswer{{PointID: "logo", Answer: IsMet, Where: "0:01"}, {PointID: "rival", Answer: IsMet}}, Show: true}); err != nil {
					shown = err
					return
				}
			}
		})
		wg.Wait()
		d := st.reelNow()
		switch {
		case approved == nil && d.ApprovedID != v.ID:
			st.Errorf("an approval of %s landed on %s", v.ID, d.ApprovedID)
		case approved != nil && (d.ApprovedID != "" || !errors.Is(approved, ErrOldShown)):
			st.Errorf("refused with %v, yet approved %q", approved, d.ApprovedID)
		case approved == nil && shown == nil:
			st.Error("a version was shown after the approval")
		}
	})
}

func TestUpload_ArrivesInPieces(t *testing.T) {
	each2(t, func(st *stage) {
		whole := take(1)
		_, err := st.s.BeginUpload(ctx, st.maya, BeginUpload{DeliverableID: st.reel.ID, FileName: "a.pdf", Type: "application/pdf", Size: 10})
		wants(st, err, ErrFileType)
		_, err = st.s.BeginUpload(ctx, st.maya, BeginUpload{DeliverableID: st.reel.ID, FileName: "a.mp4", Size: 3 * gib})
		wants(st, err, ErrFileLarge)
		_, err = st.s.BeginUpload(ctx, st.other, BeginUpload{DeliverableID: st.reel.ID, FileName: "a.mp4", Size: 10})
		wants(st, err, db.ErrNotFound)
		in, err := st.s.BeginUpload(ctx, st.maya, BeginUpload{DeliverableID: st.reel.ID, FileName: `C:\Users\Maya\take"1.mp4`, Type: "video/mp4", Size: int64(len(whole))})
		if err != nil || in.FileName != "take1.mp4" {
			st.Fatalf("%v %q", err, in.FileName)
		}
		n, err := st.s.Receive(ctx, st.maya, in.ID, 0, io.MultiReader(bytes.NewReader(whole[:10]), failing{}))
		if n != 10 || err == nil {
			st.Fatalf("%d %v", n, err)
		}
		_, err = st.s.Receive(ctx, st.maya, in.ID, 0, bytes.NewReader(whole))
		wants(st, err, ErrUploadOffset)
		_, err = st.s.FinishUpload(ctx, st.maya, in.ID)
		wants(st, err, ErrUploadOpen)
		if _, err := st.s.Receive(ctx, st.maya, in.ID, 10, bytes.NewReader(whole[10:])); err != nil {
			st.Fatal(err)
		}
		whereItWas, err := st.s.Upload(ctx, st.maya, in.ID)
		if err != nil {
			st.Fatal(err)
		}
		if _, err := st.s.adopt(ctx, whereItWas); err != nil { // and the program ends before it says so
			st.Fatal(err)
		}
		if in, err = st.s.FinishUpload(ctx, st.maya, in.ID); err != nil || !in.Whole() || in.Type != "video/mp4" || in.SHA256 != fmt.Sprintf("%x", sha256.Sum256(whole)) {
			st.Fatalf("%v %+v", err, in)
		}
		if again, err := st.s.FinishUpload(ctx, st.maya, in.ID); err != nil || again.SHA256 != in.SHA256 {
			st.Error("finishing twice changes nothing")
		}
		req := UploadDraft{DeliverableID: st.reel.ID, UploadID: in.ID, Caption: "Halo"}
		v, err := st.s.UploadDraft(ctx, st.maya, req)
		if err != nil {
			st.Fatal(err)
		}
		_, err = st.s.UploadDraft(ctx, st.maya, req)
		wants(st, err, ErrUploadUsed)
		_, f, err := st.s.OpenFile(ctx, st.maya, v.ID)
		if err != nil {
			st.Fatal(err)
		}
		defer f.Close()
		if got, _ := io.ReadAll(f); !bytes.Equal(got, whole) {
			st.Error("other bytes arrived")
		}
		if _, _, err := st.s.OpenFile(ctx, st.other, v.ID); !errors.Is(err, db.ErrNotFound) {
			st.Error("another talent opens the file")
		}
		same, err := st.s.KeepFile(ctx, st.maya, st.reel.ID, "same.mp4", bytes.NewReader(whole))
		if err != nil {
			st.Fatal(err)
		}
		_, err = st.s.UploadDraft(ctx, st.maya, UploadDraft{DeliverableID: st.reel.ID, UploadID: same.ID, Caption: "Halo"})
		wants(st, err, ErrFileSame)
		_, err = st.s.KeepFile(ctx, st.maya, st.reel.ID, "x.mp4", bytes.NewReader([]byte("%PDF-1.7 no film")))
		wants(st, err, ErrFileType)
	})
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestDeliverables_FollowTheBooking(t *testing.T) {
	each2(t, func(st *stage) {
		again := func(b string) error { return st.s.makeDeliverables(ctx, casting.Committed{BookingID: b}) }
		if err := again("book"); err != nil {
			st.Fatal(err)
		}
		st.read(func(tx *db.Tx) error {
			list, err := ListDeliverablesOf(ctx, tx, "book")
			if len(list) != 1 {
				st.Errorf("%d deliverables after telling twice", len(list))
			}
			return err
		})
		if fault.KindOf(again("none")) != fault.NotFound {
			st.Error("a booking that is not there")
		}
		st.upload(1)
		if err := st.s.closeDropped(ctx, casting.Dropped{BookingID: "book", CampaignID: "camp", TalentID: "tal"}); err != nil {
			st.Fatal(err)
		}
		if s := st.standing(); s.Step != StepClosed {
			st.Errorf("%s", s.Step)
		}
		_, err := st.s.KeepFile(ctx, st.maya, st.reel.ID, "x.mp4", bytes.NewReader(take(5)))
		wants(st, err, ErrClosed)
	})
}
