package notice

import (
	"errors"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
)

func TestConcern_OneReasonAnEventAndNoneForOnesOwnActs(t *testing.T) {
	line := func(verb, who, kind string) audit.Line {
		return audit.Line{Verb: verb, Who: audit.Who{ID: who, Kind: kind}}
	}
	mine := Camp{AEID: "me", SpecialistID: "sp"}
	for name, c := range map[string]struct {
		line audit.Line
		doer string
		camp Camp
		who  Reader
		why  Why
		how  Mode
	}{
		"a client's act in a campaign that I lead":     {line("draft.approve", "co", "client"), "", mine, Reader{"me", access.AE, Default(access.AE)}, WhyLead, Now},
		"in one whose specialist I am":                 {line("draft.approve", "co", "client"), "", mine, Reader{"sp", access.Specialist, Default(access.Specialist)}, WhySpecialist, Now},
		"my own act":                                   {line("draft.approve", "me", "staff"), "", mine, Reader{"me", access.AE, Default(access.AE)}, "", ""},
		"what the program does":                        {line("draft.approve", "", "system"), "", mine, Reader{"me", access.AE, Default(access.AE)}, "", ""},
		"a campaign of others":                         {line("draft.approve", "co", "client"), "", Camp{AEID: "x"}, Reader{"me", access.AE, Default(access.AE)}, "", ""},
		"money for finance, whoever leads":             {line("receipt.enter", "x", "staff"), "", Camp{AEID: "x"}, Reader{"fi", access.Finance, Default(access.Finance)}, WhyRole, Now},
		"drafts for finance":                           {line("draft.approve", "co", "client"), "", Camp{AEID: "x"}, Reader{"fi", access.Finance, Default(access.Finance)}, "", ""},
		"drafts for the manager, in the digest":        {line("draft.approve", "co", "client"), "", Camp{AEID: "x"}, Reader{"ma", access.Manager, Default(access.Manager)}, WhyRole, Daily},
		"a task that is mine":                          {line("task.give", "x", "staff"), "me", Camp{AEID: "x"}, Reader{"me", access.AE, Default(access.AE)}, WhyTask, Now},
		"a task of a colleague in my campaign":         {line("task.give", "x", "staff"), "y", mine, Reader{"me", access.AE, Default(access.AE)}, "", ""},
		"money for an AE who leads, in the digest":     {line("invoice.issue", "x", "staff"), "", mine, Reader{"me", access.AE, Default(access.AE)}, WhyLead, Daily},
		"an area that has no topic is among the other": {line("privacy.copy", "x", "staff"), "", mine, Reader{"me", access.AE, Default(access.AE)}, WhyLead, Now},
	} {
		why, how, ok := Concern(c.line, c.doer, c.camp, c.who)
		if why == "" && ok || why != "" && !ok || ok && (why != c.why || how != c.how) || !ok && c.why != "" {
			t.Errorf("%s: %q %q %v, want %q %q", name, why, how, ok, c.why, c.how)
		}
	}
}

func TestSetting_QuietHoursGoOverMidnight(t *testing.T) {
	at := func(h, m int) time.Time { return time.Date(2026, 11, 23, h, m, 0, 0, time.UTC) }
	s := Setting{QuietFrom: 19 * 60, QuietTo: 8 * 60, DigestAt: 7 * 60}
	for _, c := range []struct {
		h, m  int
		quiet bool
	}{{18, 59, false}, {19, 0, true}, {0, 0, true}, {7, 59, true}, {8, 0, false}} {
		if got := s.Quiet(at(c.h, c.m), time.UTC); got != c.quiet {
			t.Errorf("%d.%02d quiet: %v", c.h, c.m, got)
		}
	}
	if n := s.digestMinute(); n != 8*60 {
		t.Errorf("a digest at seven waits until %d", n)
	}
	if s.QuietTo = s.QuietFrom; s.Quiet(at(19, 0), time.UTC) {
		t.Error("the same time twice is no quiet hour")
	}
	ok := Default(access.AE)
	if err := ok.Check(); err != nil {
		t.Error(err)
	}
	ok.QuietFrom = -1
	if err := ok.Check(); !errors.Is(err, ErrTimes) {
		t.Errorf("no time: %v", err)
	}
	ok = Default(access.AE)
	ok.Topics[Money] = "loud"
	if err := ok.Check(); !errors.Is(err, ErrMode) {
		t.Errorf("a mode of its own: %v", err)
	}
}
