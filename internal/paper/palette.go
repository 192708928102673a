package paper

import "kolega/internal/paper/chart"

// rgb is a colour of the house's light theme; see the tokens of the pages.
type rgb [3]int

var (
	inkText   = rgb{20, 33, 33}
	inkSecond = rgb{62, 76, 76}
	inkThird  = rgb{89, 102, 102}
	sunken    = rgb{242, 241, 235}
	hairline  = rgb{228, 226, 219}
	rule      = rgb{205, 203, 194}
	toba      = rgb{0, 96, 94}
	tobaTint  = rgb{224, 245, 243}
	onBrand   = rgb{248, 253, 252}
	tobaSoft  = rgb{189, 232, 228}
)

// toneText and toneSolid are the two strengths of a tone: words, and bars or dots.
var (
	toneText = map[chart.Tone]rgb{
		chart.Brand: toba, chart.Wait: {122, 79, 11}, chart.Client: {125, 53, 117},
		chart.Good: {27, 94, 54}, chart.Bad: {161, 45, 29}, chart.Info: {23, 89, 140}, chart.Plain: inkSecond,
	}
	toneSolid = map[chart.Tone]rgb{
		chart.Brand: toba, chart.Wait: {233, 171, 43}, chart.Client: {165, 78, 155},
		chart.Good: {57, 153, 91}, chart.Bad: {225, 76, 51}, chart.Info: {50, 134, 197}, chart.Plain: {139, 143, 136},
	}
)
