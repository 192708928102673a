package casting_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"kolega/internal/casting"
	"kolega/internal/db"
	"kolega/internal/fault"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

func TestParcel_TheDraftClockStartsAtArrivalWhereAgreed(t *testing.T) {
	testkit.EachDB(t, func(t *testing.T, d *db.DB) {
		s := newScene(t, d)
		xs, cs := s.picked(map[string]casting.Answer{"ayu": casting.AnswerYes}, "ayu")
		b := s.accept(xs["ayu"], must(s.svc.SendOffer(ctx, s.ae, casting.SendOffer{CandidateID: cs["ayu"].ID}))(t))
		me := s.asTalent(xs["ayu"])
		if err := s.svc.GiveAddress(ctx, me, b.ID, "Ayu", "Jl. Melati 1, Bandung 40111"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("an address nobody asked for: %v", err)
		}
		if err := s.svc.AskParcel(ctx, s.ae, b.ID, " ", 0); !errors.Is(err, casting.ErrParcelContents) {
			t.Errorf("an empty parcel: %v", err)
		}
		if err := s.svc.AskParcel(ctx, s.ae, b.ID, "Bedak", 61); !errors.Is(err, casting.ErrParcelDays) {
			t.Errorf("too many days: %v", err)
		}
		if err := s.svc.AskParcel(ctx, s.ae, b.ID, "Bedak", 12); err != nil {
			t.Fatal(err)
		}
		if err := s.svc.AskParcel(ctx, s.ae, b.ID, "Bedak", 12); !errors.Is(err, casting.ErrParcelThere) {
			t.Errorf("asked twice: %v", err)
		}
		if err := s.svc.SendParcel(ctx, s.ae, b.ID, "JNE", "1"); !errors.Is(err, casting.ErrParcelOrder) {
			t.Errorf("sent without an address: %v", err)
		}
		if err := s.svc.GiveAddress(ctx, me, b.ID, "Ayu", "Jl. 1"); !errors.Is(err, casting.ErrParcelAddress) {
			t.Errorf("half an address: %v", err)
		}
		other := s.asTalent(s.talent("bima"))
		if err := s.svc.GiveAddress(ctx, other, b.ID, "Bima", "Jl. Melati 1, Bandung 40111"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another talent's parcel: %v", err)
		}
		if err := s.svc.GiveAddress(ctx, me, b.ID, "Ayu", "Jl. Melati 1, Bandung 40111"); err != nil {
			t.Fatal(err)
		}
		room, _ := json.Marshal(must(s.svc.TalentRoom(ctx, me))(t))
		if strings.Contains(string(room), "Melati 1") {
			t.Error("the talent's page repeats the address")
		}
		if _, err := s.svc.ParcelArrived(ctx, me, b.ID); !errors.Is(err, casting.ErrParcelOrder) {
			t.Errorf("arrived before it was sent: %v", err)
		}
		if err := s.svc.SendParcel(ctx, s.ae, b.ID, "JNE", "CGK1"); err != nil {
			t.Fatal(err)
		}
		s.advance(3 * 24 * time.Hour)
		if moved := must(s.svc.ParcelArrived(ctx, me, b.ID))(t); !moved {
			t.Error("twelve days after the arrival is later than the promised day")
		}
		seat := s.list().Lines[0].Seats[0]
		zone := zoneOf(t, b.DraftDue.Zone)
		want := worktime.DateOf(s.d.Now(), zone).AddDays(12)
		if got := worktime.DateOf(seat.Booking.DraftDue.At, zone); got != want || seat.Booking.PostDue.At.Sub(seat.Booking.DraftDue.At) != b.PostDue.At.Sub(b.DraftDue.At) {
			t.Errorf("the draft is due on %s, want %s; post %v", got, want, seat.Booking.PostDue)
		}
		if seat.Parcel.State() != casting.ParcelArrived || s.jobs("casting.extended") != 1 {
			t.Errorf("parcel %+v", seat.Parcel)
		}
	})
}

func zoneOf(t *testing.T, name string) *time.Location {
	t.Helper()
	return must(worktime.Zone(name))(t)
}
