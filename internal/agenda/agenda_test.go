package agenda

import (
	"testing"
	"time"

	"kolega/internal/worktime"
)

func TestClashes_TwoTalentsOfOneBrandWithinAnHour(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	list := []Entry{
		{ID: "a", Kind: Post, BrandID: "br", TalentID: "t1", At: at},
		{ID: "b", Kind: Post, BrandID: "br", TalentID: "t2", At: at.Add(59 * time.Minute)},
		{ID: "c", Kind: Post, BrandID: "br", TalentID: "t2", At: at.Add(2 * time.Hour)},
		{ID: "d", Kind: Post, BrandID: "xx", TalentID: "t3", At: at},
		{ID: "e", Kind: Draft, BrandID: "br", TalentID: "t3", At: at},
		{ID: "f", Kind: Post, BrandID: "br", TalentID: "t1", At: at.Add(time.Minute)},
		{ID: "g", Kind: Post, BrandID: "br", TalentID: "t4", At: at, Done: true},
	}
	if n := MarkClashes(list); n != 3 {
		t.Errorf("%d clash, want a, b and f", n)
	}
	for _, e := range list {
		if e.Clash != (e.ID == "a" || e.ID == "b" || e.ID == "f") {
			t.Errorf("%s clashes: %v", e.ID, e.Clash)
		}
	}
	day := time.Date(2026, 11, 23, 16, 59, 59, 0, time.UTC) // the end of a day in Jakarta
	free := []Entry{{Kind: Post, BrandID: "br", TalentID: "t1", At: day, Zone: "Asia/Jakarta"}, {Kind: Post, BrandID: "br", TalentID: "t2", At: day, Zone: "Asia/Jakarta"}}
	if n := MarkClashes(free); n != 0 || !free[0].Untimed() {
		t.Errorf("two days without an hour: %d", n)
	}
	apart := []Entry{{Kind: Post, BrandID: "br", TalentID: "t1", At: at}, {Kind: Post, BrandID: "br", TalentID: "t2", At: at.Add(time.Hour)}}
	if n := MarkClashes(apart); n != 0 {
		t.Errorf("a whole hour apart: %d", n)
	}
}

func TestMonth_HasWholeWeeksOnTheReadersClock(t *testing.T) {
	jkt, err := worktime.Zone("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	late := Entry{ID: "x", At: time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)} // one o'clock on the 23rd in Jakarta
	weeks := Month("2026-11-23", []Entry{late}, jkt, map[worktime.Date]string{"2026-11-25": "libur"})
	if len(weeks) != 6 || weeks[0][0].On != "2026-10-26" || !weeks[0][0].Outside || weeks[5][0].On != "2026-11-30" {
		t.Fatalf("%d weeks from %s", len(weeks), weeks[0][0].On)
	}
	if d := weeks[4][0]; d.On != "2026-11-23" || len(d.Entries) != 1 || d.Outside {
		t.Errorf("%+v", d)
	}
	if d := weeks[4][2]; d.Holiday != "libur" {
		t.Errorf("%+v", d)
	}
}
