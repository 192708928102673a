package ui

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"kolega/internal/locale"
	"kolega/internal/worktime"
)

func html(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(locale.With(context.Background(), locale.For("id", "Asia/Jakarta")), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDue_OwnersClockFirst(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		due  Due
		want []string
		not  string
	}{
		{"the owner's clock stands first, the reader's second", Due{At: now.Add(20 * time.Hour), Now: now, OwnerZone: "Asia/Manila"}, []string{"Besok", "12.00 Manila", `class="tz2">11.00 WIB`}, "late"},
		{"one clock when both are the same", Due{At: now.Add(2 * time.Hour), Now: now, OwnerZone: "Asia/Jakarta"}, []string{"due soon", "2 jam lagi", "17.00 WIB"}, "tz2"},
		{"late is said and coloured", Due{At: now.Add(-30 * time.Hour), Now: now}, []string{"due late", "Lewat 1 hari"}, "soon"},
		{"done shows the day alone", Due{At: now.Add(-30 * time.Hour), Now: now, Done: true}, []string{"Min 22 Nov"}, "Lewat"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := html(t, c.due)
			for _, w := range c.want {
				if !strings.Contains(got, w) {
					t.Errorf("no %q in %s", w, got)
				}
			}
			if strings.Contains(got, c.not) {
				t.Errorf("%q does not belong in %s", c.not, got)
			}
		})
	}
}

func TestERBar_ColourOnlyWhenVerified(t *testing.T) {
	for _, c := range []struct {
		name, want string
		bar        ERBar
	}{
		{"a mean stays grey", "er is-avg", ERBar{ValueBp: 300, TargetBp: 500}},
		{"verified below target is red with the distance", "−1,3 poin", ERBar{ValueBp: 370, TargetBp: 500, Verified: true, Missed: true}},
		{"below by less than is written is red", "er is-bad", ERBar{ValueBp: 500, TargetBp: 500, Verified: true, Missed: true}},
		{"verified at target is good", "er is-good", ERBar{ValueBp: 500, TargetBp: 500, Verified: true}},
		{"a value beyond the scale fills the bar", `width="100" height="4"></rect> <rect class="er-tick"`, ERBar{ValueBp: 9000, TargetBp: 500}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := html(t, c.bar); !strings.Contains(got, c.want) {
				t.Errorf("no %q in %s", c.want, got)
			}
		})
	}
}

func TestField_ErrorIsBoundToItsControl(t *testing.T) {
	got := html(t, Input{Name: "fee", Label: "Fee", Value: "1,5x", Error: "Tulis angka, misalnya 1,5 jt.", Hint: "Sebelum pajak"})
	for _, w := range []string{`aria-describedby="e-fee h-fee"`, `aria-invalid="true"`, `value="1,5x"`, `id="e-fee"`, `for="f-fee"`} {
		if !strings.Contains(got, w) {
			t.Errorf("no %s in %s", w, got)
		}
	}
}

func TestTimeline_WeeksOfAMonth(t *testing.T) {
	tl := Timeline{From: "2026-11-01", Months: 3}
	for _, c := range []struct {
		day  string
		want float64
	}{
		{"2026-11-01", 0}, {"2026-11-08", 25}, {"2026-11-22", 75}, {"2026-12-01", 100}, {"2027-01-01", 200}, {"2027-03-09", 300}, {"2026-10-02", 0},
	} {
		if got := tl.at(worktime.Date(c.day)); got != c.want {
			t.Errorf("%s stands at %v, want %v", c.day, got, c.want)
		}
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{"Bea Santillan": "BS", "rani": "R", "Dr. A. Wijaya": "DA", "": "", "éloi noël": "ÉN"} {
		if got := Initials(name); got != want {
			t.Errorf("%q gives %q, want %q", name, got, want)
		}
	}
}
