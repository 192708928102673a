package report

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kolega/internal/campaign"
	"kolega/internal/casting"
	"kolega/internal/money"
	"kolega/internal/review"
	"kolega/internal/worktime"
)

var early = time.Date(2026, 11, 2, 3, 0, 0, 0, time.UTC)

func point(n int64, kind campaign.PointKind, text string, in ...string) campaign.Point {
	return campaign.Point{ID: "p" + string(rune('0'+n)), Number: n, Kind: kind, Text: text, CheckedIn: in}
}

func version(n int64, accepted bool, points ...campaign.Point) campaign.Brief {
	b := campaign.Brief{CampaignID: "ca", Version: n, Lang: "id", Points: points, SharedAt: early}
	if accepted {
		b.AcceptedAt = early
	}
	return b
}

func booked(talent string, fee int64, cur money.Currency, draft, post time.Duration, drafted bool) casting.Booking {
	b := casting.Booking{ID: "b-" + talent, TalentID: talent, Fee: money.New(fee, cur), DraftDue: worktime.Deadline{At: early.Add(draft), Zone: "Asia/Jakarta"}, PostDue: worktime.Deadline{At: early.Add(post), Zone: "Asia/Jakarta"}}
	if drafted {
		b.DraftAt = early
	}
	return b
}

func piece(talent, id string, v review.Version, approved string) review.Standing {
	return review.Standing{Deliverable: review.Deliverable{ID: id, BookingID: "b-" + talent, TalentID: talent, Platform: "tiktok", Format: "video", ApprovedID: approved}, Latest: v}
}

func facts() briefFacts {
	v1 := version(1, true, point(1, campaign.Must, "Sebut SPF 50", "script"), point(2, campaign.MustNot, "Jangan sebut merek lain", "caption"), point(3, campaign.Fact, "Harga Rp 90.000"))
	v2 := version(2, false, point(1, campaign.Must, "Sebut SPF 30", "script"), point(2, campaign.MustNot, "Jangan sebut merek lain", "caption"), point(3, campaign.Fact, "Harga Rp 95.000"), point(4, campaign.Must, "Tag @melatiglow", "caption"))
	tick := func(p campaign.Point) campaign.Acknowledgement {
		return campaign.Acknowledgement{PointID: p.ID, Version: 1, Lang: "id", Hash: p.Hash("id", "id")}
	}
	acks := campaign.Acks{Points: []campaign.Acknowledgement{tick(v1.Points[0]), tick(v1.Points[1])}}
	gone := booked("gone", 1, "IDR", time.Hour, time.Hour, false)
	gone.DroppedAt = early
	return briefFacts{
		Versions: []campaign.Brief{v1, v2},
		Acks:     map[string]campaign.Acks{"bea": acks, "mika": acks, "nia": acks, "gone": acks, "stranger": acks},
		Standings: []review.Standing{
			piece("mika", "d-mika", review.Version{ID: "v", Major: 2, Minor: 1, BriefVersion: 1}, "v"),
			piece("nia", "d-nia", review.Version{}, ""),
			piece("bea", "d-bea", review.Version{ID: "w", Major: 1, Minor: 2, BriefVersion: 1}, ""),
			piece("bea", "d-bea2", review.Version{ID: "x", Major: 1, Minor: 1, BriefVersion: 1}, ""),
			piece("gone", "d-gone", review.Version{}, ""),
		},
		Bookings: []casting.Booking{booked("nia", 300, "PHP", 20*time.Hour, 90*time.Hour, false), booked("bea", 500_000, "IDR", -time.Hour, 72*time.Hour, true), booked("mika", 700_000, "IDR", -time.Hour, time.Hour, true), gone},
		Names:    map[string]string{"bea": "Bea", "mika": "Mika", "nia": "Nia"},
	}
}

func TestBriefEffect_ListsDraftsDatesAndFees(t *testing.T) {
	e, err := effectOf(facts(), early)
	if err != nil || e.Version != 2 || e.Against != 1 {
		t.Fatalf("%v %+v", err, e)
	}
	if diff := cmp.Diff([]BriefTalent{{"bea", "Bea", []int64{1, 4}, 1}, {"mika", "Mika", []int64{1, 4}, 1}, {"nia", "Nia", []int64{1, 4}, 1}}, e.Talents); diff != "" {
		t.Errorf("who acknowledges anew, the booked alone: %s", diff)
	}
	type row struct {
		id     string
		fate   DraftFate
		points []int64
		refilm bool
	}
	var got []row
	for _, d := range e.Drafts {
		got = append(got, row{d.DeliverableID, d.Fate, d.Points, d.Refilm})
	}
	want := []row{{"d-bea", FateWish, []int64{1, 4}, true}, {"d-bea2", FateWish, []int64{1, 4}, true}, {"d-mika", FateApproved, []int64{1, 4}, true}, {"d-nia", FateAhead, []int64{1, 4}, false}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(row{})); diff != "" {
		t.Error(diff)
	}
	if len(e.Dates) != 2 || e.Dates[0].Talent != "Nia" || !e.Dates[0].Tight || e.Dates[1].Talent != "Bea" || e.Dates[1].Tight || !e.Dates[1].Draft.IsZero() {
		t.Errorf("the nearest promise first, a draft that is there is none: %+v", e.Dates)
	}
	if diff := cmp.Diff([]money.Amount{money.New(1_200_000, "IDR")}, e.Fees); diff != "" {
		t.Errorf("each filming once, nothing of who has not filmed: %s", diff)
	}
}

func TestBriefEffect_OnlyBindingChangesTouchDrafts(t *testing.T) {
	f := facts()
	f.Versions[1].Points = append([]campaign.Point{}, f.Versions[0].Points...)
	f.Versions[1].Points[2] = point(3, campaign.Fact, "Harga Rp 95.000")
	if e, err := effectOf(f, early); err != nil || !e.Nobody() || e.Diff.Empty() {
		t.Errorf("a fact alone: %v %+v", err, e)
	}
	f.Versions[1].Points = append(f.Versions[1].Points, point(4, campaign.Must, "Tag @melatiglow", "caption"))
	e, err := effectOf(f, early)
	if err != nil || len(e.Fees) != 0 || e.Drafts[0].Refilm {
		t.Errorf("a caption needs no filming: %v %+v", err, e)
	}
	f.Versions[1].AcceptedAt = early
	if e, err = effectOf(f, early); err != nil || e.Against != 0 || !e.Nobody() {
		t.Errorf("what is agreed changes nothing more: %v %+v", err, e)
	}
	f.Versions = f.Versions[:1]
	if e, err = effectOf(f, early); err != nil || e.Version != 1 || e.Against != 0 {
		t.Errorf("a first version: %v %+v", err, e)
	}
	if e, err = effectOf(briefFacts{}, early); err != nil || e.Version != 0 {
		t.Errorf("no brief: %v %+v", err, e)
	}
}
