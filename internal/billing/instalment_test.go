package billing

import (
	"errors"
	"testing"

	"kolega/internal/money"

	"pgregory.net/rapid"
)

func share(bp int64) Part     { return Part{ShareBp: bp, Trigger: OnSigning} }
func amount(minor int64) Part { return Part{Amount: money.IDR(minor), Trigger: OnSigning} }

func TestInstalments(t *testing.T) {
	cases := []struct {
		name  string
		value int64
		parts []Part
		want  []int64
		err   error
	}{
		{"three of 33.33 % add up, the last takes the remainder", 100, []Part{share(3333), share(3333), share(3333)}, []int64{33, 33, 34}, nil},
		{"33.33, 33.33 and 33.34 add up", 425_000_000, []Part{share(3333), share(3333), share(3334)}, []int64{141_652_500, 141_652_500, 141_695_000}, nil},
		{"half and half of an odd value", 101, []Part{share(5000), share(5000)}, []int64{50, 51}, nil},
		{"one instalment is the whole", 7, []Part{share(10000)}, []int64{7}, nil},
		{"an empty last part takes the rest", 100, []Part{share(3000), amount(20), {Trigger: OnReportSent}}, []int64{30, 20, 50}, nil},
		{"amounts that come to the value", 100, []Part{amount(40), amount(60)}, []int64{40, 60}, nil},
		{"30, 30 and 30 % leave ten out", 100, []Part{share(3000), share(3000), share(3000)}, nil, ErrShares},
		{"60 and 60 % are too much", 100, []Part{share(6000), share(6000)}, nil, ErrShares},
		{"100 % and 1 % are too much", 100, []Part{share(10000), share(100)}, nil, ErrShares},
		{"amounts short of the value", 100, []Part{amount(40), amount(59)}, nil, ErrAmounts},
		{"amounts above the value", 100, []Part{amount(40), amount(61)}, nil, ErrAmounts},
		{"a rest of nothing", 100, []Part{share(10000), {Trigger: OnSigning}}, nil, ErrAmounts},
		{"no instalment", 100, nil, nil, ErrNoInstalment},
		{"an empty part that is not the last", 100, []Part{{Trigger: OnSigning}, share(5000)}, nil, ErrPartShare},
		{"a day trigger without a day", 100, []Part{{ShareBp: 10000, Trigger: OnDate}}, nil, ErrPartDate},
		{"an unknown trigger", 100, []Part{{ShareBp: 10000, Trigger: "someday"}}, nil, ErrPartTrigger},
		{"another currency", 100, []Part{{Amount: money.New(100, "PHP"), Trigger: OnSigning}}, nil, ErrPartCurrency},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := Instalments(money.IDR(c.value), c.parts)
			if !errors.Is(err, c.err) {
				t.Fatalf("fault %v, want %v", err, c.err)
			}
			for i, in := range got {
				if in.Amount != money.IDR(c.want[i]) {
					t.Errorf("instalment %d is %v, want %d", i+1, in.Amount, c.want[i])
				}
			}
		})
	}
}

func TestInstalments_AlwaysAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Int64Range(10_000, 1_000_000_000_000).Draw(t, "value")
		n := rapid.IntRange(1, 12).Draw(t, "parts")
		parts, left := []Part{}, int64(10_000)
		for i := range n - 1 {
			bp := rapid.Int64Range(1, max(1, left-int64(n-i))).Draw(t, "share")
			parts, left = append(parts, share(bp)), left-bp
		}
		parts = append(parts, share(left))
		plan, err := Instalments(money.IDR(value), parts)
		if err != nil {
			t.Fatalf("%v: %v", parts, err)
		}
		sum := int64(0)
		for _, in := range plan {
			if in.Amount.Sign() < 0 {
				t.Fatalf("a negative instalment: %v", plan)
			}
			sum += in.Amount.Minor
		}
		if sum != value {
			t.Fatalf("parts come to %d of %d", sum, value)
		}
	})
}

func TestFired_TriggerFiresOnce(t *testing.T) {
	plan, err := Instalments(money.IDR(100), []Part{share(3000), {ShareBp: 3000, Trigger: OnDate, DueOn: "2026-12-01"}, {ShareBp: 4000, Trigger: OnReportSent}})
	if err != nil {
		t.Fatal(err)
	}
	if got := Fired(plan, OnSigning, day); len(got) != 1 || got[0].Number != 1 {
		t.Errorf("signing fires %v", got)
	}
	plan[0].FiredAt = day.In(nil)
	if got := Fired(plan, OnSigning, day); len(got) != 0 {
		t.Errorf("signing fires again: %v", got)
	}
	if got := Fired(plan, OnDate, "2026-11-30"); len(got) != 0 {
		t.Errorf("a day fires before it comes: %v", got)
	}
	if got := Fired(plan, OnDate, "2026-12-01"); len(got) != 1 {
		t.Errorf("a day fires %v", got)
	}
}
