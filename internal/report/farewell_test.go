package report

import (
	"errors"
	"strings"
	"testing"
)

func TestFarewell_YesAndNoHaveAReason(t *testing.T) {
	for name, c := range map[string]struct {
		f    Farewell
		want error
	}{
		"yes":                     {Farewell{AgainYes, " suka hasilnya "}, nil},
		"no":                      {Farewell{AgainNo, "anggaran dipotong"}, nil},
		"not decided":             {Farewell{AgainOpen, ""}, nil},
		"yes without a reason":    {Farewell{AgainYes, "  "}, ErrAgainReason},
		"no without a reason":     {Farewell{AgainNo, ""}, ErrAgainReason},
		"nothing was asked":       {Farewell{}, ErrAgain},
		"an answer nobody offers": {Farewell{"maybe", "x"}, ErrAgain},
		"a book":                  {Farewell{AgainNo, strings.Repeat("x", 1001)}, ErrLong},
	} {
		got, err := c.f.Tidy()
		if !errors.Is(err, c.want) || err == nil && got.Reason != strings.TrimSpace(c.f.Reason) {
			t.Errorf("%s: %+v %v, want %v", name, got, err, c.want)
		}
	}
}
