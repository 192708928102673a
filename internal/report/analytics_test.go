package report

import (
	"testing"

	"kolega/internal/campaign"
	"kolega/internal/ledger"
	"kolega/internal/money"
	"kolega/internal/result"
)

func TestAnalytics_EachNumberIsItsLines(t *testing.T) {
	margin := func(revenue, left int64) []ledger.Margin {
		return []ledger.Margin{{Currency: "IDR", Revenue: money.IDR(revenue), Margin: money.IDR(left)}}
	}
	all := []CampaignLine{
		{ID: "1", ClientID: "wardah", AEID: "rani", AE: "Rani", Start: "2026-01-05", End: "2026-02-01", Over: true, Promise: PromiseKept, Clean: 3, Shown: 4, Margins: margin(100, 30), Delay: map[campaign.DelayParty]int64{campaign.DelayClient: 60}},
		{ID: "2", ClientID: "wardah", AEID: "rani", AE: "Rani", Start: "2026-03-01", End: "2026-04-01", Over: true, Promise: PromiseBroken, Clean: 1, Shown: 4, Margins: margin(200, -20), Delay: map[campaign.DelayParty]int64{campaign.DelayClient: 30, campaign.DelayTalent: 5}},
		{ID: "3", ClientID: "grab", AEID: "dewa", AE: "Dewa", Start: "2026-03-01", End: "2026-12-01", Promise: NoPromise},
	}
	follow(all, all)
	if all[0].NextID != "2" || all[0].Gap != 28 || all[1].NextID != "" || all[2].NextID != "" {
		t.Fatalf("who follows whom: %+v", all)
	}
	a := Analytics{Lines: all}
	g := a.Groups(PerAE)
	if len(g) != 2 || g[0].Name != "Dewa" || g[1].Name != "Rani" {
		t.Fatalf("groups %+v", g)
	}
	if r := g[1].Repeat(); r.Num != 1 || r.Den != 2 {
		t.Errorf("repeat %+v", r)
	}
	if r := g[0].Repeat(); r.Measurable() {
		t.Errorf("a campaign that runs says nothing about repeats: %+v", r)
	}
	if r := g[1].FirstPass(); r.Num != 4 || r.Den != 8 {
		t.Errorf("first pass %+v", r)
	}
	if d := g[1].Delays(); d[campaign.DelayClient] != 90 || d[campaign.DelayTalent] != 5 {
		t.Errorf("delays %v", d)
	}
	if m, err := g[1].Margins(); err != nil || len(m) != 1 || m[0].Margin != money.IDR(10) || m[0].Revenue != money.IDR(300) {
		t.Errorf("margins %+v, %v", m, err)
	}
	if p := a.Groups(PerPromise); p[0].ID != string(PromiseKept) || p[2].ID != string(NoPromise) {
		t.Errorf("promises in order: %+v", p)
	}
}

func TestAnalytics_ThePromise(t *testing.T) {
	v := func(b string, s result.State) result.VerdictVersion {
		return result.VerdictVersion{BookingID: b, State: s}
	}
	remedy := []result.Remedy{{BookingID: "b", Kind: result.Refund}}
	for name, c := range map[string]struct {
		verdicts []result.VerdictVersion
		remedies []result.Remedy
		want     PromiseKind
	}{
		"nothing yet":       {nil, nil, PromiseOpen},
		"met":               {[]result.VerdictVersion{v("b", result.Met)}, nil, PromiseKept},
		"missed":            {[]result.VerdictVersion{v("a", result.Met), v("b", result.Missed)}, nil, PromiseBroken},
		"missed and mended": {[]result.VerdictVersion{v("b", result.Missed), v("c", result.Met)}, remedy, PromiseMended},
		"corrected":         {[]result.VerdictVersion{v("b", result.Missed), v("b", result.Met)}, nil, PromiseKept},
	} {
		if got := promiseOf(c.verdicts, c.remedies); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
