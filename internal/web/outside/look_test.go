package outside

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"kolega/internal/paper"
)

// A colour as linear light, and back from oklab, as browsers mix.
func linear(hex string) (out [3]float64) {
	for i := range out {
		n, _ := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		c := float64(n) / 255
		if c <= 0.04045 {
			out[i] = c / 12.92
		} else {
			out[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return out
}

func luminance(c [3]float64) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

func contrast(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	return (a + 0.05) / (b + 0.05)
}

// lightened mixes with white in oklab and gives the luminance.
func lightened(c [3]float64, part float64) float64 {
	l := math.Cbrt(0.4122214708*c[0] + 0.5363325363*c[1] + 0.0514459929*c[2])
	m := math.Cbrt(0.2119034982*c[0] + 0.6806995451*c[1] + 0.1073969566*c[2])
	s := math.Cbrt(0.0883024619*c[0] + 0.2817188376*c[1] + 0.6299787005*c[2])
	mix := func(x float64) float64 { return x*part + (1 - part) }
	l, m, s = mix(l), mix(m), mix(s) // white is 1, 1, 1 there, and oklab is linear in them
	l, m, s = l*l*l, m*m*m, s*s*s
	return luminance([3]float64{4.0767416621*l - 3.3077115913*m + 0.2309699292*s, -1.2684380046*l + 2.6097574011*m - 0.3413193965*s, -0.0041960863*l - 0.7034186147*m + 1.7076147010*s})
}

func TestBrandCSS_KeepsTheContrastOnLightAndDark(t *testing.T) {
	dark := luminance(linear("1A2021")) // the lightest dark surface
	for _, color := range []string{"E6007E", "FFD400", "00A651", "111111", "FFFFFF", "0057B8", "7F7F7F", "FF8A65"} {
		_, _, words := paper.Look{Color: color}.Readable()
		if got := contrast(luminance(linear(words)), 1); got < 4.5 {
			t.Errorf("%s on white: %.2f", color, got)
		}
		brand := lightened(linear(words), 0.30)
		if got := contrast(brand, dark); got < 4.5 {
			t.Errorf("%s on dark: %.2f", color, got)
		}
		if got := contrast(brand, luminance(linear("111111"))); got < 4.5 {
			t.Errorf("words on a button of %s on dark: %.2f", color, got)
		}
		if css := BrandCSS(words); !strings.Contains(css, "--brand:light-dark(#"+words+",color-mix(in oklab,#"+words+" 30%,white))") {
			t.Errorf("%s", css)
		}
	}
}
