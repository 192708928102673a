package review

import (
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/fault"
)

func TestRemark_StaysBetweenTheAgencysPeople(t *testing.T) {
	each2(t, func(st *stage) {
		v := st.show(st.upload(1))
		if _, err := st.s.AddRemark(t.Context(), st.ae, v.ID, NewItem{Text: "zirkonbiru, hold back", AtMS: 2000, UntilMS: 4000, Drawing: `[{"t":2000,"p":[0.1,0.2]}]`}); err != nil {
			t.Fatal(err)
		}
		r := must(st.s.DraftRoom(t.Context(), st.ae, v.DeliverableID, ""))
		if len(r.Remarks) != 1 || r.Remarks[0].UntilMS != 4000 || r.Remarks[0].Drawing == "" {
			t.Errorf("the room holds %+v", r.Remarks)
		}
		for name, a := range map[string]access.Actor{"client": st.dewi, "talent": st.maya} {
			if _, err := st.s.AddRemark(t.Context(), a, v.ID, NewItem{Text: "x", AtMS: NoMoment, UntilMS: NoMoment}); err == nil {
				t.Errorf("a %s may write between the agency's people", name)
			}
		}
		c := must(st.s.ClientDraft(t.Context(), st.dewi, v.DeliverableID, ""))
		for _, i := range append(c.Proposed, c.Before...) {
			if strings.Contains(i.Text, "zirkonbiru") {
				t.Error("the client reads a remark of the agency")
			}
		}
		if err := st.s.RemoveRemark(t.Context(), st.senior, r.Remarks[0].ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another person takes a remark back: %v", err)
		}
		if err := st.s.RemoveRemark(t.Context(), st.ae, r.Remarks[0].ID); err != nil {
			t.Error(err)
		}
		if r = must(st.s.DraftRoom(t.Context(), st.ae, v.DeliverableID, "")); len(r.Remarks) != 0 {
			t.Errorf("taken back, %+v is there", r.Remarks)
		}
	})
}
