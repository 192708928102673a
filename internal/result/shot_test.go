package result

import (
	"maps"
	"testing"
)

func TestReadShot(t *testing.T) {
	for name, c := range map[string]struct {
		words string
		want  map[Metric]string
	}{
		"label and figure on one line":       {"Reel insights\nViews 98,4K\nAccounts reached 71.200\nLikes 3.120\n", map[Metric]string{Views: "98,4K", Reach: "71.200", Likes: "3.120"}},
		"the figure first":                   {"412 Saves\n188 Shares", map[Metric]string{Saves: "412", Shares: "188"}},
		"in Indonesian":                      {"Tayangan: 12,3 rb\nAkun yang dijangkau 9.870\nSuka 1,2 jt\nKomentar 204\nDisimpan 77\nDibagikan 31", map[Metric]string{Views: "12,3 rb", Reach: "9.870", Likes: "1,2 jt", Comments: "204", Saves: "77", Shares: "31"}},
		"the figure above its word":          {"98.412\nTayangan\n71.200\nJangkauan", map[Metric]string{Views: "98.412", Reach: "71.200"}},
		"the figure below its word":          {"Overview\nReach\n71.200\n\nFollowers", map[Metric]string{Reach: "71.200"}},
		"said twice the same":                {"Likes 204\n204\nLikes", map[Metric]string{Likes: "204"}},
		"said twice differently":             {"Likes 204\nLikes 1.204\nViews 9.000", map[Metric]string{Views: "9.000"}},
		"M could mean two numbers":           {"Views 1,2M\nLikes 5", map[Metric]string{Likes: "5"}},
		"a sentence is no label":             {"See all 44 likes and more\n12.30\nLikes", map[Metric]string{}},
		"nothing to read":                    {"halo\n12.345", map[Metric]string{}},
		"a time on the clock is no figure":   {"09.41\nReel insights\nLikes", map[Metric]string{}},
		"a fraction without a short form":    {"Likes 12.34", map[Metric]string{}},
		"one figure is not given two labels": {"Views\n9.000\nLikes", map[Metric]string{Views: "9.000"}},
	} {
		if got := ReadShot(c.words); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
