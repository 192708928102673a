package shoot

import (
	"errors"
	"testing"
	"time"
)

func TestShoot_BadInputIsNamed(t *testing.T) {
	good := Shoot{On: "2026-12-01", Zone: "Asia/Jakarta", Place: "Studio  A", MapURL: "https://maps.example/x"}
	if s, err := good.Tidy(); err != nil || s.Place != "Studio A" {
		t.Errorf("%v %+v", err, s)
	}
	for want, change := range map[error]func(*Shoot){
		ErrDay: func(s *Shoot) { s.On = "2026-13-01" }, ErrZone: func(s *Shoot) { s.Zone = "" }, ErrPlace: func(s *Shoot) { s.Place = " " }, ErrMap: func(s *Shoot) { s.MapURL = "javascript:x" },
	} {
		s := good
		change(&s)
		if _, err := s.Tidy(); !errors.Is(err, want) {
			t.Errorf("want %v, got %v", want, err)
		}
	}
	at, err := good.CallAt("07.30")
	if err != nil || !at.Equal(time.Date(2026, 12, 1, 0, 30, 0, 0, time.UTC)) {
		t.Errorf("half past seven in Jakarta: %v %v", err, at)
	}
	for _, clock := range []string{"", "7", "25:00", "07.61"} {
		if _, err := good.CallAt(clock); !errors.Is(err, ErrTime) {
			t.Errorf("%q: %v", clock, err)
		}
	}
}

func TestShoot_NobodyIsCalledToTwoPlacesAtOnce(t *testing.T) {
	at := time.Date(2026, 12, 1, 1, 0, 0, 0, time.UTC)
	c := Call{ShootID: "a", At: at}
	for _, o := range []struct {
		name  string
		other Call
		clash bool
	}{
		{"elsewhere then", Call{ShootID: "b", At: at}, true},
		{"elsewhere half an hour later", Call{ShootID: "b", At: at.Add(30 * time.Minute)}, true},
		{"elsewhere in the afternoon", Call{ShootID: "b", At: at.Add(6 * time.Hour)}, false},
		{"the same call twice", Call{ShootID: "a", At: at}, true},
		{"here again later", Call{ShootID: "a", At: at.Add(30 * time.Minute)}, false},
	} {
		if err := CheckCall(c, []Call{o.other}, nil); errors.Is(err, ErrClash) != o.clash {
			t.Errorf("%s: %v", o.name, err)
		}
	}
}

func TestShoot_AWishIsMarkedOnce(t *testing.T) {
	now := time.Date(2026, 12, 1, 1, 0, 0, 0, time.UTC)
	if _, err := (Wish{}).Rule(In, "", "Rani", now); !errors.Is(err, ErrVerdict) {
		t.Errorf("in the brief without its point: %v", err)
	}
	if _, err := (Wish{}).Rule("maybe", "p", "Rani", now); !errors.Is(err, ErrVerdict) {
		t.Errorf("neither in nor out: %v", err)
	}
	w, err := (Wish{}).Rule(Out, "p", "Rani", now)
	if err != nil || w.PointID != "" || w.RuledBy != "Rani" {
		t.Fatalf("%v %+v", err, w)
	}
	if _, err := w.Rule(In, "p", "Rani", now); !errors.Is(err, ErrRuled) {
		t.Errorf("marked again: %v", err)
	}
}
