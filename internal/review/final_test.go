package review

import (
	"testing"
	"time"

	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

func TestFinal_TheRightThatDecides(t *testing.T) {
	const day = worktime.Date("2026-11-23")
	right := func(from, to string) talent.UsageRight {
		return talent.UsageRight{BookingID: "b", From: worktime.Date(from), To: worktime.Date(to)}
	}
	other := right("2026-01-01", "")
	other.BookingID = "another"
	for name, c := range map[string]struct {
		rights []talent.UsageRight
		want   RightState
		to     worktime.Date
	}{
		"none recorded":        {nil, RightNone, ""},
		"another booking's":    {[]talent.UsageRight{other}, RightNone, ""},
		"begins tomorrow":      {[]talent.UsageRight{right("2026-11-24", "2026-12-24")}, RightEarly, "2026-12-24"},
		"first day":            {[]talent.UsageRight{right("2026-11-23", "2026-12-24")}, RightRuns, "2026-12-24"},
		"last day":             {[]talent.UsageRight{right("2026-10-23", "2026-11-23")}, RightRuns, "2026-11-23"},
		"ended yesterday":      {[]talent.UsageRight{right("2026-10-23", "2026-11-22")}, RightEnded, "2026-11-22"},
		"ended, one runs":      {[]talent.UsageRight{right("2026-10-01", "2026-11-01"), right("2026-11-02", "")}, RightRuns, ""},
		"two that ended":       {[]talent.UsageRight{right("2026-10-01", "2026-11-05"), right("2026-10-02", "2026-11-01")}, RightEnded, "2026-11-05"},
		"without end, and one": {[]talent.UsageRight{right("2026-10-01", ""), right("2026-10-02", "2026-12-01")}, RightRuns, ""},
	} {
		got := Final{DeliverableID: "d", BookingID: "b"}.withRight(c.rights, day)
		if got.Right != c.want || got.To != c.to || got.MayTake() != (c.want == RightRuns) || (got.refused() == nil) != got.MayTake() {
			t.Errorf("%s: %s until %q", name, got.Right, got.To)
		}
	}
}

func TestFinal_ADownloadIsBlockedUnlessTheRightRuns(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.show(st.upload(1))
		if list := must(st.s.Finals(t.Context(), st.ae, FinalFilter{})); len(list) != 0 {
			t.Errorf("before the approval the library holds %+v", list)
		}
		must(st.s.ApproveDraft(t.Context(), st.dewi, v.ID))
		_, f, err := st.s.OpenFile(t.Context(), st.ae, v.ID)
		if err != nil {
			t.Fatalf("the agency cannot open what it checked: %v", err)
		}
		f.Close()
		refused := func(code string) {
			t.Helper()
			for name, take := range map[string]func() error{
				"the library": func() error { _, _, err := st.s.TakeFinal(t.Context(), st.dewi, v.ID); return err },
				"the desk":    func() error { _, _, err := st.s.TakeFinal(t.Context(), st.ae, v.ID); return err },
				"the draft":   func() error { _, _, err := st.s.OpenFile(t.Context(), st.dewi, v.ID); return err },
			} {
				if err := take(); fault.CodeOf(err) != code {
					t.Errorf("%s answers %v, want %s", name, err, code)
				}
			}
		}
		refused(ErrRightNone.Code)
		day := worktime.DateOf(st.clock.Now(), time.UTC)
		st.write(func(tx *db.Tx) {
			u := talent.UsageRight{TalentID: st.maya.TalentID, ClientID: st.reel.ClientID, CampaignID: "camp", BookingID: st.reel.BookingID, HolderName: "Wardah", Title: "reel", From: day.AddDays(3), To: day.AddDays(10)}
			if err := talent.KeepRight(t.Context(), tx, u); err != nil {
				t.Fatal(err)
			}
		})
		refused(ErrRightEarly.Code)
		st.clock.Advance(5 * 24 * time.Hour)
		got, f, err := st.s.TakeFinal(t.Context(), st.dewi, v.ID)
		if err != nil || got.ID != v.ID {
			t.Fatalf("while the right runs: %v", err)
		}
		f.Close()
		if list := must(st.s.Finals(t.Context(), st.dewi, FinalFilter{Search: "REEL"})); len(list) != 1 || list[0].Right != RightRuns {
			t.Errorf("the client's library holds %+v", list)
		}
		if list := must(st.s.Finals(t.Context(), st.dewi, FinalFilter{Search: "100%"})); len(list) != 0 {
			t.Errorf("a search for nothing finds %+v", list)
		}
		if _, err := st.s.Finals(t.Context(), st.maya, FinalFilter{}); err == nil {
			t.Error("a talent reads the library")
		}
		if list, err := st.s.Finals(t.Context(), st.stranger, FinalFilter{}); err == nil && len(list) > 0 {
			t.Errorf("another client reads %+v", list)
		}
		st.clock.Advance(10 * 24 * time.Hour)
		refused(ErrRightEnded.Code)
		if _, f, err = st.s.OpenPlay(t.Context(), st.dewi, v.ID, "play"); err != nil {
			t.Errorf("watching is no use of it: %v", err)
		} else {
			f.Close()
		}
	})
}
