package result

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var someReadings = rapid.Custom(func(t *rapid.T) []Reading {
	var list []Reading
	post := int64(0)
	for range rapid.IntRange(1, 40).Draw(t, "posts") {
		post += rapid.Int64Range(1, 1<<20).Draw(t, "gap")
		hour := rapid.Int64Range(0, 1<<31).Draw(t, "hour")
		for range rapid.IntRange(1, 30).Draw(t, "hours") {
			r := Reading{Post: post, Hour: hour, counts: unknownCounts}
			for n := range r.counts {
				if rapid.Bool().Draw(t, "known") {
					r.counts[n] = rapid.Int64Range(0, 1<<62).Draw(t, "count") >> rapid.IntRange(0, 62).Draw(t, "shift")
				}
			}
			list = append(list, r)
			hour += rapid.Int64Range(1, 100).Draw(t, "later")
		}
	}
	return list
})

func TestReading_PagesGiveBackWhatWasPacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := someReadings.Draw(t, "list")
		got, err := unpackPage(nil, packPage(list))
		if err != nil || !slices.Equal(got, list) {
			t.Fatalf("%v, %d of %d readings", err, len(got), len(list))
		}
	})
}

func TestReading_DamagedPagesAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := packPage(someReadings.Draw(t, "list"))
		if _, err := unpackPage(nil, page[:rapid.IntRange(0, len(page)-1).Draw(t, "cut")]); err == nil {
			t.Fatal("a page that was cut off was read")
		}
		page[rapid.IntRange(0, len(page)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		_, _ = unpackPage(nil, page) // another number may be read, but nothing breaks
	})
}

func TestReading_PagesNeverCutAPost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []Reading
		for range 60 {
			list = append(list, someReadings.Draw(t, "list")...)
		}
		list = settle(list)
		var back []Reading
		for i, p := range pages(list) {
			if i > 0 && p[0].Post == back[len(back)-1].Post {
				t.Fatal("a post lies on two pages")
			}
			back = append(back, p...)
		}
		if !slices.Equal(back, list) {
			t.Fatal("the pages are not the list")
		}
	})
}

func TestReading_MetricsFit(t *testing.T) {
	if metricsN != len(Metrics) {
		t.Fatalf("a page has room for %d metrics, there are %d", metricsN, len(Metrics))
	}
}
