package result

import (
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kolega/internal/money"
	"kolega/internal/worktime"
)

var (
	posted  = time.Date(2026, 11, 2, 3, 0, 0, 0, time.UTC)
	after   = posted.Add(20 * 24 * time.Hour)
	promise = Promise{Formula: ByReach, Actions: DefaultActions, TargetBp: 500, Scope: PerCampaign, ShareBp: DefaultShareBp}
)

// piece makes a measured piece with a reach and its likes as engagements.
func piece(booking string, reach, likes int64) Piece {
	p := Piece{DeliverableID: "d-" + booking, BookingID: booking, TalentID: "t-" + booking, Talent: booking, PostID: "p-" + booking, Formula: ByReach,
		PostedAt: posted, MeasureAt: posted.Add(7 * 24 * time.Hour), ProofBy: posted.Add(12 * 24 * time.Hour)}
	if reach > 0 {
		p.Counts = Counts{Reach: reach, Likes: likes, Comments: 0, Saves: 0, Shares: 0}
	}
	return p
}

func stateOf(t *testing.T, p Promise, now time.Time, pieces ...Piece) Verdict {
	t.Helper()
	vs, err := Evaluate(p, pieces, now)
	if err != nil || len(vs) == 0 {
		t.Fatalf("evaluate: %v, %d verdicts", err, len(vs))
	}
	return vs[0]
}

func TestGuarantee_ExactlyOnTargetIsMet(t *testing.T) {
	if v := stateOf(t, promise, after, piece("a", 1000, 50)); v.State != Met {
		t.Errorf("50 of 1000 against 5%%: %s", v.State)
	}
	if v := stateOf(t, promise, after, piece("a", 100_001, 5000)); v.State != Missed {
		t.Errorf("5000 of 100001 shows as 5,0%% but is below: %s", v.State)
	}
}

func TestGuarantee_CampaignIsPooledSumOverSum(t *testing.T) {
	// The mean of the two rates is 5,5 %; the sum over the sum is 2,0 %.
	v := stateOf(t, promise, after, piece("small", 1000, 100), piece("large", 9000, 100))
	if v.State != Missed || v.Sum.Engagements != 200 || v.Sum.Base != 10_000 {
		t.Errorf("got %s %+v", v.State, v.Sum)
	}
}

func TestGuarantee_OneTalentWithoutDataIsUnprovenNeverZero(t *testing.T) {
	good, none := piece("a", 1000, 90), piece("b", 0, 0)
	if v := stateOf(t, promise, after, good, none); v.State != Unproven || len(v.Missing) != 1 || v.Sum.Base != 1000 {
		t.Errorf("got %s missing %d", v.State, len(v.Missing))
	}
	before := none.ProofBy.Add(-time.Second)
	if v := stateOf(t, promise, before, good, none); v.State != Running {
		t.Errorf("before three working days have passed: %s", v.State)
	}
	zero := piece("c", 1, 0)
	zero.Counts[Reach] = 0
	if v := stateOf(t, promise, after, good, zero); v.State != Unproven {
		t.Errorf("a base of zero: %s", v.State)
	}
}

func TestGuarantee_MixedFormulasAreRefused(t *testing.T) {
	a, b := piece("a", 1000, 90), piece("b", 1000, 90)
	b.Formula, b.Counts[Views] = ByViews, 1000
	if _, err := Pool(DefaultActions, Measure{ByReach, a.Counts}, Measure{ByViews, b.Counts}); !errors.Is(err, ErrFormulasMixed) {
		t.Errorf("pool: %v", err)
	}
	if v := stateOf(t, promise, after, a, b); v.State != Unproven || !v.Mixed {
		t.Errorf("verdict: %s mixed=%v", v.State, v.Mixed)
	}
}

func TestGuarantee_PerTalentJudgesEachAndAReplacementStandsInItsPlace(t *testing.T) {
	p := promise
	p.Scope = PerTalent
	failed, other, instead := piece("a", 1000, 10), piece("b", 1000, 60), piece("c", 1000, 55)
	vs, err := Evaluate(p, []Piece{failed, other}, after)
	if err != nil || len(vs) != 2 || vs[0].State != Missed || vs[1].State != Met {
		t.Fatalf("before the replacement: %+v %v", vs, err)
	}
	instead.Replaces = "a"
	vs, err = Evaluate(p, []Piece{failed, other, instead}, after)
	if err != nil || len(vs) != 2 || vs[0].BookingID != "a" || vs[0].State != Met || vs[0].Talent != "c" {
		t.Fatalf("after the replacement: %+v %v", vs, err)
	}
	if v := stateOf(t, promise, after, failed, other, instead); v.Sum.Base != 3000 {
		t.Errorf("for the campaign a replacement is added: %+v", v.Sum)
	}
}

func TestGuarantee_ForecastSaysWhatTheRestMustBring(t *testing.T) {
	waiting := piece("b", 0, 0)
	waiting.PostID = ""
	v := stateOf(t, promise, after, piece("a", 10_000, 370), waiting)
	if v.State != Running || !v.Needed.Known || v.Needed.Base != 10_000 || v.Needed.Engagements != 630 {
		t.Errorf("got %s %+v", v.State, v.Needed)
	}
	waiting.Forecast = 50_000
	if v := stateOf(t, promise, after, piece("a", 10_000, 9999), waiting); v.Needed.Engagements != 0 {
		t.Errorf("a safe target needs nothing: %+v", v.Needed)
	}
	if v := stateOf(t, promise, after, waiting); v.Needed.Base != 50_000 || v.Needed.Engagements != 2500 {
		t.Errorf("own forecast: %+v", v.Needed)
	}
	waiting.Forecast = 0
	if v := stateOf(t, promise, after, waiting); v.Needed.Known {
		t.Errorf("nothing is invented: %+v", v.Needed)
	}
}

func TestGuarantee_BoundaryIsExactForAnyNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.Int64Range(0, 1<<40).Draw(t, "engagements")
		base := rapid.Int64Range(1, 1<<40).Draw(t, "base")
		target := rapid.Int64Range(0, 20_000).Draw(t, "target")
		r := Ratio{Num: e, Den: base, Known: true}
		if got, want := r.AtLeast(target), e*10_000 >= target*base; got != want {
			t.Fatalf("%d/%d at %d: %v", e, base, target, got)
		}
	})
	huge := Ratio{Num: math.MaxInt64, Den: math.MaxInt64, Known: true}
	if !huge.AtLeast(10_000) || huge.AtLeast(10_001) {
		t.Error("the largest numbers overflow")
	}
}

func TestGuarantee_PooledSumsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reaches := rapid.SliceOfN(rapid.Int64Range(1, 1<<40), 1, 30).Draw(t, "reaches")
		var want, base int64
		var posts []Measure
		for i, r := range reaches {
			likes := rapid.Int64Range(0, r).Draw(t, "likes")
			want, base = want+likes+int64(i), base+r
			posts = append(posts, Measure{ByReach, Counts{Reach: r, Likes: likes, Comments: int64(i)}})
		}
		s, err := Pool([]Metric{Likes, Comments}, posts...)
		if err != nil || s.Engagements != want || s.Base != base || s.Measured != len(reaches) {
			t.Fatalf("%+v %v", s, err)
		}
	})
}

func TestRemedy_RefundIsRoundedHalfUpToTheCurrencysUnit(t *testing.T) {
	cases := []struct {
		base    money.Amount
		share   int64
		want    int64
		because string
	}{
		{money.IDR(425_000_000), 1000, 42_500_000, "ten per cent"},
		{money.IDR(425_000_005), 1000, 42_500_001, "half a rupiah goes up"},
		{money.IDR(425_000_004), 1000, 42_500_000, "less than half goes down"},
		{money.New(1_234_565, "PHP"), 1000, 123_457, "half a centavo goes up"},
	}
	for _, c := range cases {
		got, err := RefundOf(c.base, c.share)
		if err != nil || got != money.New(c.want, c.base.Currency) {
			t.Errorf("%s: %v %v", c.because, got, err)
		}
	}
	if _, err := RefundOf(money.Amount{}, 1000); !errors.Is(err, ErrRefundBase) {
		t.Errorf("no base: %v", err)
	}
}

func TestRemedy_RefundIsLimitedToWhatWasReceived(t *testing.T) {
	paid, cancelled, err := SplitRefund(money.IDR(42_500_000), money.IDR(30_000_000))
	if err != nil || paid != money.IDR(30_000_000) || cancelled != money.IDR(12_500_000) {
		t.Errorf("got %v and %v, %v", paid, cancelled, err)
	}
	paid, cancelled, _ = SplitRefund(money.IDR(42_500_000), money.IDR(0))
	if !paid.IsZero() || cancelled != money.IDR(42_500_000) {
		t.Errorf("nothing received: %v and %v", paid, cancelled)
	}
}

func TestRemedy_OneAtATimeAndNeverBoth(t *testing.T) {
	missed := Verdict{State: Missed}
	open := Remedy{Kind: Replacement, ChosenAt: posted}
	failed := Remedy{Kind: Replacement, ChosenAt: posted, FailedAt: after}
	refused := Remedy{Kind: Refund, RefusedAt: after}
	cases := []struct {
		name   string
		v      Verdict
		before []Remedy
		cause  Cause
		kind   RemedyKind
		want   error
	}{
		{"a missed one may be replaced", missed, nil, Cause{}, Replacement, nil},
		{"a met one needs none", Verdict{State: Met}, nil, Cause{}, Refund, ErrNotMissed},
		{"an unproven one has none yet", Verdict{State: Unproven}, nil, Cause{}, Refund, ErrNotMissed},
		{"never both", missed, []Remedy{open}, Cause{}, Refund, ErrRemedyThere},
		{"after a failed replacement only the refund", missed, []Remedy{failed}, Cause{}, Replacement, ErrOnlyRefund},
		{"after a failed replacement the refund", missed, []Remedy{failed}, Cause{}, Refund, nil},
		{"after a refused refund again", missed, []Remedy{refused}, Cause{}, Replacement, nil},
		{"contested cause waits for management", missed, nil, Cause{Contested: true}, Refund, ErrCauseContested},
		{"management found it is not owed", missed, nil, Cause{Contested: true, Decided: true}, Refund, ErrCauseContested},
		{"management found it is owed", missed, nil, Cause{Contested: true, Decided: true, Owed: true}, Refund, nil},
	}
	for _, c := range cases {
		if err := ChooseRemedy(c.v, c.before, c.cause, c.kind, "reason"); !errors.Is(err, c.want) || (c.want == nil && err != nil) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if err := ChooseRemedy(missed, nil, Cause{}, Refund, " "); !errors.Is(err, ErrRemedyReason) {
		t.Errorf("without a reason: %v", err)
	}
	if _, err := (Remedy{Kind: Refund, ChosenID: "p1"}).Approve("p1", "Rani", after); !errors.Is(err, ErrApproveSelf) {
		t.Errorf("approved by oneself: %v", err)
	}
}

func TestRemedy_DueAndProofCountWorkingDays(t *testing.T) {
	jakarta, _ := worktime.Zone("Asia/Jakarta")
	cal := worktime.Office(jakarta, nil)
	friday := time.Date(2026, 11, 27, 9, 0, 0, 0, jakarta)
	if got := ProofBy(friday, cal).In(jakarta).Format("2006-01-02 15:04:05"); got != "2026-12-02 23:59:59" {
		t.Errorf("three working days after Friday: %s", got)
	}
	if got := RemedyDue(friday, cal).In(jakarta).Format("2006-01-02"); got != "2026-12-04" {
		t.Errorf("five working days after Friday: %s", got)
	}
}
