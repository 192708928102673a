package result

import (
	"errors"
	"testing"
	"time"

	"kolega/internal/fault"
	"kolega/internal/locale"
)

func livePost() Post {
	return Post{ID: "p1", DeliverableID: "d1", TalentID: "t1", Platform: Instagram, Format: "reels", PostedAt: posted}
}

func intake() Intake {
	return Intake{Age: AgeMeasuring, TakenAt: posted.Add(8 * 24 * time.Hour), Source: FromTalent,
		Counts: Counts{Reach: 9000, Views: 12_300, Likes: 480, Comments: 12, Saves: 30, Shares: 8}, Followers: 41_000,
		Evidence: []Evidence{{SHA256: "aa", Type: "image/png", Size: 1}}}
}

func TestInsight_NumbersAreReadInEveryForm(t *testing.T) {
	for _, lang := range []string{"id", "en"} {
		for text, want := range map[string]int64{"12345": 12345, "12.345": 12345, "12,345": 12345, "12,3K": 12300, "12.3K": 12300, "12,3 rb": 12300, "1,2 jt": 1_200_000, "1.234": 1234} {
			if r, err := locale.ParseCount(text, lang); err != nil || r.Value != want {
				t.Errorf("%s %q: %d %v", lang, text, r.Value, err)
			}
		}
		for text, want := range map[string]error{"12.34": locale.ErrCountFraction, "2M": locale.ErrCountMillion, "2,5M": locale.ErrCountMillion, "": locale.ErrCountRequired, "banyak": locale.ErrCountUnreadable} {
			if _, err := locale.ParseCount(text, lang); !errors.Is(err, want) {
				t.Errorf("%s %q: %v", lang, text, err)
			}
		}
	}
}

func TestInsight_ContradictionsBlock(t *testing.T) {
	cases := map[string]struct {
		change Counts
		field  Metric
	}{
		"reach above views":    {Counts{Reach: 20_000}, Reach},
		"likes above views":    {Counts{Likes: 20_000}, Likes},
		"saves above views":    {Counts{Saves: 20_000}, Saves},
		"shares above views":   {Counts{Shares: 20_000}, Shares},
		"comments above views": {Counts{Comments: 20_000}, Comments},
		"a negative count":     {Counts{Likes: -1}, Likes},
	}
	for name, c := range cases {
		in := intake()
		for m, n := range c.change {
			in.Counts[m] = n
		}
		_, err := CheckIntake(livePost(), in, after)
		f, ok := fault.As(err)
		if !ok || f.Fields[string(c.field)] == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	in := intake()
	in.Counts = Counts{Reach: 100, Likes: 200} // hidden views: nothing to contradict
	if _, err := CheckIntake(livePost(), in, after); err != nil {
		t.Errorf("unknown views: %v", err)
	}
	in.Counts = Counts{}
	if _, err := CheckIntake(livePost(), in, after); !errors.Is(err, ErrInsightEmpty) {
		t.Errorf("no number at all: %v", err)
	}
}

func TestInsight_WhatIsUnusualNeedsAReason(t *testing.T) {
	cases := map[string]struct {
		code   string
		change func(*Intake)
	}{
		"reach above fifty times the followers": {WarnReachFollowers, func(in *Intake) { in.Followers = 100 }},
		"a later frame seen more often":         {WarnFrameRises, func(in *Intake) { in.Frames = []int64{900, 700, 800} }},
		"lower than an earlier reading":         {WarnFalls, func(in *Intake) { in.Earlier = Counts{Likes: 500} }},
	}
	for name, c := range cases {
		in := intake()
		c.change(&in)
		i, err := CheckIntake(livePost(), in, after)
		if !errors.Is(err, ErrReasonMissing) || len(i.Warnings) != 1 || i.Warnings[0].Code != c.code {
			t.Errorf("%s: %v %+v", name, err, i.Warnings)
		}
		in.Reason = "checked with the talent"
		if _, err := CheckIntake(livePost(), in, after); err != nil {
			t.Errorf("%s, with a reason: %v", name, err)
		}
	}
	in := intake()
	in.Frames = []int64{900, 700, 650}
	if i, err := CheckIntake(livePost(), in, after); err != nil || len(i.Warnings) != 0 {
		t.Errorf("falling frames are normal: %v %+v", err, i.Warnings)
	}
}

func TestInsight_EvidenceAndTimeAreChecked(t *testing.T) {
	cases := map[string]struct {
		want   error
		change func(*Intake)
	}{
		"no screenshot":           {ErrEvidenceMissing, func(in *Intake) { in.Evidence = nil }},
		"a film is no screenshot": {ErrEvidenceType, func(in *Intake) { in.Evidence[0].Type = "video/mp4" }},
		"before the post":         {ErrInsightTaken, func(in *Intake) { in.TakenAt = posted.Add(-time.Hour) }},
		"in the future":           {ErrInsightTaken, func(in *Intake) { in.TakenAt = after.Add(time.Hour) }},
		"too young to measure":    {ErrInsightEarly, func(in *Intake) { in.TakenAt = posted.Add(6 * 24 * time.Hour) }},
	}
	for name, c := range cases {
		in := intake()
		c.change(&in)
		if _, err := CheckIntake(livePost(), in, after); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	gone := livePost()
	gone.WithdrawnAt = after
	if _, err := CheckIntake(gone, intake(), after); !errors.Is(err, ErrPostGone) {
		t.Errorf("a withdrawn post: %v", err)
	}
	deleted := livePost()
	deleted.GoneAt = after
	if _, err := CheckIntake(deleted, intake(), after); err != nil {
		t.Errorf("a post deleted later keeps the numbers its screenshot shows: %v", err)
	}
}

func TestInsight_PrivateAccountFallsBackToTheAgreedFormula(t *testing.T) {
	c := Counts{Likes: 480, Comments: 20, Followers: 10_000}
	if s, _ := Pool([]Metric{Likes, Comments}, Measure{ByReach, c}); s.ER().Measurable() {
		t.Error("without insights the reach formula measures something")
	}
	s, err := Pool([]Metric{Likes, Comments}, Measure{ByFollowers, c})
	if err != nil || !s.ER().AtLeast(500) || s.ER().AtLeast(501) {
		t.Errorf("by followers: %+v %v", s, err)
	}
}

func TestInsight_TheSecondLookIsAnotherPerson(t *testing.T) {
	i := Insight{ID: "i1", Source: FromStaff, TypedByID: "p1", TypedAt: posted}
	if _, err := i.Verify("p1", "Tia", after); !errors.Is(err, ErrSamePerson) {
		t.Errorf("verified by who typed: %v", err)
	}
	v, err := i.Verify("p2", "Rani", after)
	if err != nil || v.State() != StateVerified || !v.Proves() {
		t.Fatalf("verified: %v %s", err, v.State())
	}
	c, err := v.Contest("Maya", "wrong talent's screenshot", after)
	if err != nil || c.State() != StateContested || c.Proves() {
		t.Errorf("contested: %v %s", err, c.State())
	}
	v.LockedAt = after
	if v.State() != StateLocked || !v.Proves() {
		t.Errorf("locked: %s", v.State())
	}
	v.ReplacedAt = after
	if v.Proves() {
		t.Error("a replaced reading proves something")
	}
}

func TestInsight_ClockAsksByFormat(t *testing.T) {
	story, reel := livePost(), livePost()
	story.Format = "story"
	day := 24 * time.Hour
	cases := []struct {
		p    Post
		days time.Duration
		want string
	}{
		{story, 0, ""}, {story, 1, CallAsk}, {story, 5, CallLast}, {story, 6, CallAlarm},
		{reel, 6, ""}, {reel, 7, CallAsk}, {reel, 12, CallAlarm},
	}
	for _, c := range cases {
		if got := CallAt(c.p, posted.Add(c.days*day)); got != c.want {
			t.Errorf("%s on day %d: %q", c.p.Format, c.days, got)
		}
	}
}

func TestFigures_AgreeWithTheWorkedExamples(t *testing.T) {
	c := Counts{Reach: 41_200, Views: 60_000, Impressions: 64_000, Likes: 1500, Comments: 120, Saves: 210, Shares: 70, Followers: 186_000}
	e, complete := Engagements(c, DefaultActions)
	if e != 1900 || !complete {
		t.Errorf("engagements %d %v", e, complete)
	}
	for f, want := range map[Formula]int64{ByReach: 461, ByFollowers: 102, ByViews: 317} {
		s, err := Pool(DefaultActions, Measure{f, c})
		if err != nil || s.ER().Bp() != want {
			t.Errorf("by %s: %d bp %v", f, s.ER().Bp(), err)
		}
	}
	if r := ReachRate(c); r.Bp() != 2215 {
		t.Errorf("reach rate %d", r.Bp())
	}
	if r := (Ratio{Num: 5, Den: 0, Known: true}); r.Measurable() || r.Bp() != 0 || r.AtLeast(0) {
		t.Error("a zero base measures something")
	}
}
