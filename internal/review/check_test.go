package review

import (
	"errors"
	"testing"

	"kolega/internal/fault"
)

var (
	specialist = Checker{ID: "p-spec", Name: "Bagas"}
	ae         = Checker{ID: "p-ae", Name: "Rani"}
	trainee    = Checker{ID: "p-tra", Name: "Tio", Trainee: true}
	both       = []PointAnswer{{PointID: "logo", Answer: IsMet, Where: "0:03"}, {PointID: "rival", Answer: IsMet}}
	inCheck    = Version{ID: "v", DeliverableID: "d", Major: 1, Minor: 1, UploadedAt: t0}
)

func TestDraft_TurnKey(t *testing.T) {
	first := Check{Key: KeySpecialist, ByID: specialist.ID, By: specialist.Name, Passed: true}
	for _, c := range []struct {
		name   string
		v      Version
		before []Check
		check  Check
		by     Checker
		want   error
	}{
		{"the specialist turns the first key", inCheck, nil, Check{Key: KeySpecialist, Answers: both}, specialist, nil},
		{"a trainee turns the first key", inCheck, nil, Check{Key: KeySpecialist, Answers: both}, trainee, nil},
		{"a trainee does not turn the second", inCheck, []Check{first}, Check{Key: KeyAE, Answers: both}, trainee, ErrTrainee},
		{"another person turns the second", inCheck, []Check{first}, Check{Key: KeyAE, Answers: both}, ae, nil},
		{"the second does not come first", inCheck, nil, Check{Key: KeyAE, Answers: both}, ae, ErrFirstKey},
		{"one person does not turn both", inCheck, []Check{{Key: KeySpecialist, ByID: ae.ID}}, Check{Key: KeyAE, Answers: both}, ae, ErrSamePerson},
		{"a reason does not help without the right", inCheck, []Check{{Key: KeySpecialist, ByID: ae.ID}}, Check{Key: KeyAE, Answers: both, Override: "alone"}, ae, ErrOverride},
		{"a senior may with a reason", inCheck, []Check{{Key: KeySpecialist, ByID: senior.ID}}, Check{Key: KeyAE, Answers: both, Override: "the AE is ill"}, senior, nil},
		{"a senior may not without one", inCheck, []Check{{Key: KeySpecialist, ByID: senior.ID}}, Check{Key: KeyAE, Answers: both}, senior, ErrSamePerson},
		{"a key is turned once", inCheck, []Check{first}, Check{Key: KeySpecialist, Answers: both}, ae, ErrKeyTurned},
		{"a shown version is not checked again", Version{ID: "v", ShownAt: t0}, nil, Check{Key: KeySpecialist, Answers: both}, specialist, ErrNotInCheck},
		{"a replaced version neither", Version{ID: "v", ReplacedAt: t0}, nil, Check{Key: KeySpecialist, Answers: both}, specialist, ErrNotInCheck},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := TurnKey(c.v, c.before, brief.InForce, c.check, c.by, t0); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	t.Run("an override is kept only when it was needed", func(t *testing.T) {
		c, err := TurnKey(inCheck, []Check{first}, brief.InForce, Check{Key: KeyAE, Answers: both, Override: "typed anyway"}, senior, t0)
		if err != nil || c.Override != "" {
			t.Errorf("%v %q", err, c.Override)
		}
	})
}

func TestDraft_EveryBindingPointIsAnswered(t *testing.T) {
	for _, c := range []struct {
		name    string
		answers []PointAnswer
		field   string
		code    string
	}{
		{"none answered", nil, "point.logo", ErrUnanswered.Code},
		{"met, but where", []PointAnswer{{PointID: "logo", Answer: IsMet}, {PointID: "rival", Answer: IsMet}}, "point.logo", ErrWhere.Code},
		{"not met, but why", []PointAnswer{{PointID: "logo", Answer: NotMet}, {PointID: "rival", Answer: IsMet}}, "point.logo", ErrNoReason.Code},
		{"not applicable, but why", []PointAnswer{both[0], {PointID: "rival", Answer: NotApp}}, "point.rival", ErrNoReason.Code},
		{"a point of another brief", append([]PointAnswer{{PointID: "other", Answer: IsMet, Where: "0:01"}}, both...), "point.other", ErrUnknownPoint.Code},
		{"all answered", both, "", ""},
		{"a should point may be answered too", append([]PointAnswer{{PointID: "tone", Answer: IsMet}}, both...), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := TurnKey(inCheck, nil, brief.InForce, Check{Key: KeySpecialist, Answers: c.answers}, specialist, t0)
			f, _ := fault.As(err)
			switch {
			case c.code == "" && err != nil:
				t.Error(err)
			case c.code != "" && (f == nil || f.Fields[c.field] != c.code):
				t.Errorf("got %v, want %s on %s", err, c.code, c.field)
			}
		})
	}
}

func TestDraft_NotMetReturnsTheDraftAsFreeFaults(t *testing.T) {
	answers := []PointAnswer{{PointID: "logo", Answer: NotMet, Reason: "The logo is cut off", AtMS: 3000}, {PointID: "rival", Answer: IsMet}}
	c, err := TurnKey(inCheck, nil, brief.InForce, Check{Key: KeySpecialist, Answers: answers}, specialist, t0)
	if err != nil || c.Passed {
		t.Fatalf("%v passed %v", err, c.Passed)
	}
	items := FaultsOf(c)
	if len(items) != 1 || items[0].Class != Fault || items[0].PointID != "logo" || items[0].AtMS != 3000 || items[0].SentOnAt.IsZero() {
		t.Errorf("%+v", items)
	}
	if CountedRound(items) {
		t.Error("a return by the agency never counts")
	}
	if err := MayShow(inCheck, []Check{c}); !errors.Is(err, ErrNotPassed) {
		t.Error("a version with a point not met is not shown")
	}
}

func TestDraft_MayShow(t *testing.T) {
	one := Check{Key: KeySpecialist, Passed: true}
	two := Check{Key: KeyAE, Passed: true}
	for _, c := range []struct {
		name   string
		v      Version
		checks []Check
		want   error
	}{
		{"without keys", inCheck, nil, ErrNotPassed},
		{"with one key", inCheck, []Check{one}, ErrNotPassed},
		{"with two keys", inCheck, []Check{one, two}, nil},
		{"with a failed key", inCheck, []Check{one, {Key: KeyAE}}, ErrNotPassed},
		{"shown already", Version{ID: "v", ShownAt: t0}, []Check{one, two}, ErrNotInCheck},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := MayShow(c.v, c.checks); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestDraft_Numbers(t *testing.T) {
	v := Version{}
	var got []string
	for _, shown := range []bool{false, true, false, false, true} {
		major, minor := NextNumber(v)
		v = Version{ID: "v", Major: major, Minor: minor}
		got = append(got, v.Label())
		if shown {
			v.ShownAt = t0
		}
	}
	want := []string{"1.1", "1.2", "2.1", "2.2", "2.3"}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}
