package campaign

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kolega/internal/worktime"
)

func hoursIn(t interface{ Fatal(...any) }, zone string, off ...worktime.Date) worktime.Calendar {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	holidays := map[worktime.Date]string{}
	for _, d := range off {
		holidays[d] = "libur"
	}
	return worktime.Office(loc, holidays)
}

func wib(t interface{ Fatal(...any) }, text string) time.Time {
	v, err := time.Parse("2006-01-02 15:04 MST -0700", text+" WIB +0700")
	if err != nil {
		t.Fatal(err)
	}
	return v.UTC()
}

// chain is a draft and its review one after the other: a day each from Monday 9.00.
func chain(t *testing.T, off ...worktime.Date) []PlanStep {
	day := 8 * time.Hour
	cal := hoursIn(t, "Asia/Jakarta", off...)
	return []PlanStep{
		{Kind: "draft", Owner: DelayTalent, Hours: hoursIn(t, "Asia/Jakarta"), Start: wib(t, "2026-11-02 09:00"), Length: day},
		{Kind: "review", Owner: DelayClient, Hours: cal, Length: day, After: []int{0}},
	}
}

func delayOf(t *testing.T, steps []PlanStep, now string) Delay {
	t.Helper()
	d, err := DelayOf(steps, wib(t, now))
	if err != nil {
		t.Fatal(err)
	}
	sum := int64(0)
	for _, s := range d.Shifts {
		sum += s.Minutes
	}
	if sum != d.Minutes || d.Minutes != minutesBetween(d.Planned, d.Forecast) {
		t.Fatalf("shares of %d, shift of %d from %v to %v", sum, d.Minutes, d.Planned, d.Forecast)
	}
	return d
}

func share(t *testing.T, d Delay, p DelayParty, want time.Duration) {
	t.Helper()
	if got := d.ByParty()[p]; got != int64(want/time.Minute) {
		t.Errorf("%s has %d minutes, want %v (%+v)", p, got, want, d.Shifts)
	}
}

func TestDelay_TwoLateStepsInAChain(t *testing.T) {
	steps := chain(t)
	steps[0].End = wib(t, "2026-11-03 11:00") // two hours into Tuesday
	steps[1].End = wib(t, "2026-11-04 14:00")
	d := delayOf(t, steps, "2026-11-04 15:00")
	planned := steps[1].Hours.AddWorking(steps[0].Hours.AddWorking(steps[0].Start, steps[0].Length), steps[1].Length)
	if !d.Planned.Equal(planned) {
		t.Errorf("planned %v, want %v", d.Planned, planned)
	}
	afterDraft := steps[1].Hours.AddWorking(steps[0].End, steps[1].Length)
	share(t, d, DelayTalent, afterDraft.Sub(planned))
	share(t, d, DelayClient, steps[1].End.Sub(afterDraft))
}

func TestDelay_ALateStepWithSlackMovesNothing(t *testing.T) {
	steps := chain(t)
	steps[1].Start = wib(t, "2026-11-05 09:00")
	steps[0].End = wib(t, "2026-11-04 12:00")
	d := delayOf(t, steps, "2026-11-04 13:00")
	if d.Minutes != 0 || len(d.Shifts) != 0 {
		t.Errorf("%+v", d)
	}
}

func TestDelay_OfTwoParallelStepsOnlyTheLongerMatters(t *testing.T) {
	steps := chain(t)
	cal := steps[0].Hours
	steps = []PlanStep{
		{Kind: "draft", Owner: DelayTalent, Hours: cal, Start: wib(t, "2026-11-02 09:00"), Length: 16 * time.Hour, End: wib(t, "2026-11-04 12:00")},
		{Kind: "parcel", Owner: DelayCourier, Hours: cal, Start: wib(t, "2026-11-02 09:00"), Length: 4 * time.Hour, End: wib(t, "2026-11-02 17:00")},
		{Kind: "review", Owner: DelayClient, Hours: cal, Length: 8 * time.Hour, After: []int{0, 1}},
	}
	d := delayOf(t, steps, "2026-11-04 12:30")
	share(t, d, DelayCourier, 0)
	if d.ByParty()[DelayTalent] <= 0 {
		t.Errorf("%+v", d)
	}
}

func TestDelay_AStepThatIsLateOnlyBecauseItsPredecessorWasHasNoShare(t *testing.T) {
	steps := chain(t)
	steps[0].End = wib(t, "2026-11-04 10:00")
	steps[1].End = steps[1].Hours.AddWorking(steps[0].End, steps[1].Length)
	d := delayOf(t, steps, "2026-11-09 10:00")
	share(t, d, DelayClient, 0)
}

func TestDelay_TwoHoursLateOnFridayPushTheNextOwnerToMonday(t *testing.T) {
	cal := hoursIn(t, "Asia/Jakarta")
	end := cal.AddWorking(wib(t, "2026-11-06 09:00"), 6*time.Hour) // Friday, early enough for two hours of review
	steps := []PlanStep{
		{Kind: "draft", Owner: DelayTalent, Hours: cal, Start: wib(t, "2026-11-06 09:00"), Length: 6 * time.Hour},
		{Kind: "review", Owner: DelayClient, Hours: cal, Length: 2 * time.Hour, After: []int{0}},
	}
	steps[0].End = end.Add(2 * time.Hour)
	d := delayOf(t, steps, "2026-11-06 19:00")
	if got := d.ByParty()[DelayTalent]; got < 48*60 {
		t.Errorf("the weekend is %d minutes of the talent's: %+v", got, d)
	}
}

func TestDelay_AnOwnerOnHolidayIsNotLate(t *testing.T) {
	steps := chain(t, "2026-11-03")
	steps[0].End = steps[0].Hours.AddWorking(steps[0].Start, steps[0].Length)
	steps[1].End = steps[1].Hours.AddWorking(steps[0].End, steps[1].Length)
	if d := delayOf(t, steps, "2026-11-09 10:00"); d.Minutes != 0 {
		t.Errorf("%+v", d)
	}
}

func TestDelay_AnEarlyFinishIsRecovered(t *testing.T) {
	steps := chain(t)
	steps[0].End = wib(t, "2026-11-02 11:00")
	d := delayOf(t, steps, "2026-11-02 12:00")
	if got := d.ByParty()[DelayTalent]; got >= 0 {
		t.Errorf("%+v", d)
	}
}

func TestDelay_ARunningStepPastItsEndCountsWithNow(t *testing.T) {
	steps := chain(t)
	d := delayOf(t, steps, "2026-11-05 10:00")
	if len(d.Shifts) != 1 || !d.Shifts[0].Running || d.Shifts[0].Party != DelayTalent || d.Minutes <= 0 {
		t.Errorf("%+v", d)
	}
}

func TestDelay_ARoundIsItsCausersAndItsLatenessTheDoers(t *testing.T) {
	steps := chain(t)
	cal := steps[0].Hours
	steps[0].End = cal.AddWorking(steps[0].Start, steps[0].Length)
	steps[1].End = cal.AddWorking(steps[0].End, 8*time.Hour)
	sent := steps[1].End
	steps = append(steps,
		PlanStep{Kind: "revise", Owner: DelayTalent, Hours: cal, Length: 8 * time.Hour, After: []int{1}, Added: sent, Cause: DelayClient},
		PlanStep{Kind: "review", Owner: DelayClient, Hours: cal, Length: 8 * time.Hour, After: []int{2}, Added: sent, Cause: DelayClient})
	planned := cal.AddWorking(cal.AddWorking(sent, 8*time.Hour), 8*time.Hour)
	steps[2].End = cal.AddWorking(sent, 12*time.Hour)
	d := delayOf(t, steps, "2026-11-05 12:00")
	share(t, d, DelayClient, planned.Sub(sent))
	share(t, d, DelayTalent, cal.AddWorking(steps[2].End, 8*time.Hour).Sub(planned))
}

func TestDelay_CyclesAndClosedCalendarsAreRefused(t *testing.T) {
	steps := chain(t)
	steps[0].After = []int{1}
	if _, err := DelayOf(steps, wib(t, "2026-11-05 10:00")); !errors.Is(err, ErrPlanCycle) {
		t.Error(err)
	}
	steps = chain(t)
	steps[1].Hours = worktime.Calendar{Zone: time.UTC}
	if _, err := DelayOf(steps, wib(t, "2026-11-05 10:00")); !errors.Is(err, ErrPlanHours) {
		t.Error(err)
	}
}

func TestDelay_SharesAddUpToTheShift(t *testing.T) {
	zones := []string{"Asia/Jakarta", "Asia/Manila", "Asia/Jayapura", "Europe/Berlin", "America/New_York"}
	start := wib(t, "2026-03-20 09:00") // summer time begins on the way
	rapid.Check(t, func(t *rapid.T) {
		steps := make([]PlanStep, rapid.IntRange(1, 12).Draw(t, "steps"))
		for i := range steps {
			var off []worktime.Date
			for range rapid.IntRange(0, 3).Draw(t, "holidays") {
				off = append(off, worktime.Date("2026-03-20").AddDays(rapid.IntRange(0, 30).Draw(t, "day")))
			}
			s := PlanStep{Owner: rapid.SampledFrom(DelayParties).Draw(t, "owner"), Hours: hoursIn(t, rapid.SampledFrom(zones).Draw(t, "zone"), off...),
				Length: time.Duration(rapid.IntRange(0, 2000).Draw(t, "minutes")) * time.Minute, Start: start.Add(time.Duration(rapid.IntRange(0, 20_000).Draw(t, "start")) * time.Minute)}
			for b := range i {
				if rapid.IntRange(0, 3).Draw(t, "edge") == 0 {
					s.After = append(s.After, b)
				}
			}
			if rapid.Bool().Draw(t, "finished") {
				s.End = start.Add(time.Duration(rapid.IntRange(0, 40_000*60).Draw(t, "end")) * time.Second)
			}
			if i > 0 && rapid.IntRange(0, 4).Draw(t, "added") == 0 {
				s.Added, s.Cause = start.Add(time.Duration(rapid.IntRange(0, 30_000).Draw(t, "since"))*time.Minute), rapid.SampledFrom(DelayParties).Draw(t, "cause")
			}
			steps[i] = s
		}
		d, err := DelayOf(steps, start.Add(time.Duration(rapid.IntRange(0, 40_000).Draw(t, "now"))*time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		sum, byParty := int64(0), int64(0)
		for _, s := range d.Shifts {
			sum += s.Minutes
		}
		for _, m := range d.ByParty() {
			byParty += m
		}
		if want := minutesBetween(d.Planned, d.Forecast); sum != want || byParty != want || d.Minutes != want {
			t.Fatalf("shares of %d and %d, sum %d, shift %d", sum, byParty, d.Minutes, want)
		}
	})
}
