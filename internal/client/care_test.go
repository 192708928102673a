package client

import (
	"errors"
	"testing"
	"time"

	"kolega/internal/fault"
)

func TestLooking_AClientIsQuietAfterItsOwnDays(t *testing.T) {
	l := Looking{QuietDays: 14}
	if l.Quiet(noon.Add(-14*24*time.Hour), noon) || !l.Quiet(noon.Add(-14*24*time.Hour-time.Minute), noon) {
		t.Error("fourteen days are not yet quiet, a minute more is")
	}
	for want, bad := range map[*fault.Error]Looking{ErrQuietDays: {}, ErrSatisfied: {QuietDays: 30, Satisfied: 6}} {
		if err := bad.tidy(); !errors.Is(err, want) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

func TestIssue_EndsWithItsCause(t *testing.T) {
	i := Issue{What: "Video terlambat", Severity: "high"}
	if _, err := i.Close("weather", "selesai", noon); !errors.Is(err, ErrIssueCause) {
		t.Errorf("an unknown cause: %v", err)
	}
	if _, err := i.Close("talent", " ", noon); !errors.Is(err, ErrIssueOutcome) {
		t.Errorf("no outcome: %v", err)
	}
	done, err := i.Close("talent", "Tayang sehari kemudian", noon)
	if err != nil || done.Open() {
		t.Fatalf("%+v %v", done, err)
	}
	if _, err := done.Close("talent", "lagi", noon); !errors.Is(err, ErrIssueClosed) {
		t.Errorf("closed twice: %v", err)
	}
}

func TestProfile_TagsAreOnceAndAnEmptyOneIsRefused(t *testing.T) {
	p := Profile{Goals: " Kenal di Gen Z ", Persona: []string{"Ibu Muda", "ibu  muda", ""}}
	if err := p.tidy(); err != nil || len(p.Persona) != 1 || p.Goals != "Kenal di Gen Z" {
		t.Errorf("%+v %v", p, err)
	}
	empty := Profile{Persona: []string{" "}}
	if err := empty.tidy(); !errors.Is(err, ErrProfileEmpty) {
		t.Errorf("empty: %v", err)
	}
}
