package review

import (
	"strings"
	"testing"

	"kolega/internal/fault"
)

func TestDrawing_KeepsPlacesOfTheFrameAndNothingElse(t *testing.T) {
	long := "[" + strings.TrimSuffix(strings.Repeat(`{"t":1,"p":[0,0]},`, maxStrokes+1), ",") + "]"
	for text, want := range map[string]string{
		"":                                 "",
		"[]":                               "",
		`[{"t":14200,"p":[0.5,0.25,1,0]}]`: `[{"t":14200,"p":[0.5,0.25,1,0]}]`,
		`[{"t":1,"p":[0.123456,0.9]}, {"t":2,"p":[0.1000,0.000]}]`: `[{"t":1,"p":[0.123,0.9]},{"t":2,"p":[0.1,0]}]`,
		`[{"t":1,"p":[0.5,0.5],"x":"<script>"}]`:                   `[{"t":1,"p":[0.5,0.5]}]`,
		`[{"t":1,"p":[0.5]}]`:                                      "!",
		`[{"t":1,"p":[1.5,0]}]`:                                    "!",
		`[{"t":1,"p":[-0.5,0]}]`:                                   "!",
		`[{"t":1,"p":[1e-3,0]}]`:                                   "!",
		`[{"t":-1,"p":[0,0]}]`:                                     "!",
		`[{"t":1.5,"p":[0,0]}]`:                                    "!",
		`{"t":1}`:                                                  "!",
		`[{"t":1,"p":[0,0]}] more`:                                 "!",
		`"><script>alert(1)</script>`:                              "!",
		long:                                                       "!",
	} {
		got, err := CheckDrawing(text)
		if want == "!" {
			if fault.CodeOf(err) != ErrDrawing.Code {
				t.Errorf("CheckDrawing(%.40q) = %q, %v; want it refused", text, got, err)
			}
			continue
		}
		if err != nil || got != want {
			t.Errorf("CheckDrawing(%q) = %q, %v; want %q", text, got, err, want)
		}
		if again, err := CheckDrawing(got); err != nil || again != got {
			t.Errorf("what was written, %q, reads as %q, %v", got, again, err)
		}
	}
}

func TestMoment_Spans(t *testing.T) {
	for text, want := range map[string][2]int64{
		"":              {NoMoment, NoMoment},
		"0:12":          {12_000, NoMoment},
		"0:12-0:18":     {12_000, 18_000},
		"0:12 – 0:18":   {12_000, 18_000},
		"0:12−0:12":     {12_000, 12_000},
		"1:02:03—62:05": {3_723_000, 3_725_000},
	} {
		at, until, err := ParseSpan(text)
		if err != nil || at != want[0] || until != want[1] {
			t.Errorf("ParseSpan(%q) = %d, %d, %v; want %v", text, at, until, err, want)
		}
	}
	for _, text := range []string{"0:18-0:12", "-0:12", "0:12-", "0:12-x", "0:1-0:2-0:3"} {
		if at, until, err := ParseSpan(text); err == nil {
			t.Errorf("ParseSpan(%q) = %d, %d; want it refused", text, at, until)
		}
	}
	if got := FormatSpan(12_000, 18_000); got != "0:12–0:18" {
		t.Errorf("a stretch reads %q", got)
	}
	if got := FormatSpan(12_000, NoMoment); got != "0:12" {
		t.Errorf("a moment reads %q", got)
	}
}
