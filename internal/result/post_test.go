package result

import (
	"errors"
	"slices"
	"testing"
	"time"

	"kolega/internal/money"
	"kolega/internal/worktime"
)

func owed() Owed {
	return Owed{DeliverableID: "d1", BookingID: "b1", TalentID: "t1", Platform: Instagram, Format: "reels", Handle: "@Nama.Kreator", VersionID: "v1",
		Due: worktime.Deadline{At: posted.Add(time.Hour), Zone: "Asia/Manila"}, BookedAt: posted.Add(-20 * 24 * time.Hour)}
}

func TestPost_FlagsWhatAPersonMustLookAt(t *testing.T) {
	const reel = "https://www.instagram.com/nama.kreator/reel/C9-xYz_12ab/"
	cases := map[string]struct {
		url   string
		at    time.Time
		owed  func(*Owed)
		flags []Flag
	}{
		"a clean post":                    {reel, posted, nil, nil},
		"another account":                 {"https://www.instagram.com/orang.lain/reel/C9-xYz_12ab/", posted, nil, []Flag{FlagAccount}},
		"the link names no account":       {"https://www.instagram.com/reel/C9-xYz_12ab/", posted, nil, []Flag{FlagUnverified}},
		"nothing was approved":            {reel, posted, func(o *Owed) { o.VersionID = "" }, []Flag{FlagUnapproved}},
		"a story where a reel was booked": {"https://www.instagram.com/stories/nama.kreator/3412345678901234567/", posted, nil, []Flag{FlagFormat, FlagTime}},
		"after the promise":               {reel, posted.Add(2 * time.Hour), nil, []Flag{FlagLate}},
		"days before the promise":         {reel, posted.Add(-4 * 24 * time.Hour), nil, []Flag{FlagEarly}},
		"a share link":                    {"https://www.instagram.com/share/reel/BAKx9Qw1er/", posted, nil, []Flag{FlagShort}},
	}
	for name, c := range cases {
		o := owed()
		if c.owed != nil {
			c.owed(&o)
		}
		p, err := CheckPost(o, Entry{URL: c.url, PostedAt: c.at}, after)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		flags := slices.DeleteFunc(slices.Clone(p.Flags), func(f Flag) bool { return f == FlagTime && !slices.Contains(c.flags, FlagTime) })
		if !slices.Equal(flags, c.flags) {
			t.Errorf("%s: %v", name, p.Flags)
		}
	}
}

func TestPost_RefusesWhatCannotBe(t *testing.T) {
	const reel = "https://www.instagram.com/nama.kreator/reel/C9-xYz_12ab/"
	cases := map[string]struct {
		e      Entry
		closed bool
		want   error
	}{
		"another platform":       {Entry{URL: "https://www.tiktok.com/@nama.kreator/video/7412345678901234567"}, false, ErrPostPlatform},
		"a profile":              {Entry{URL: "https://instagram.com/nama.kreator"}, false, ErrLinkProfile},
		"in the future":          {Entry{URL: reel, PostedAt: after.Add(time.Hour)}, false, ErrPostFuture},
		"before it was booked":   {Entry{URL: reel, PostedAt: posted.Add(-30 * 24 * time.Hour)}, false, ErrPostBefore},
		"the booking is dropped": {Entry{URL: reel}, true, ErrPostClosed},
	}
	for name, c := range cases {
		o := owed()
		o.Closed = c.closed
		if _, err := CheckPost(o, c.e, after); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPost_MustStayOnlineForTheAgreedDays(t *testing.T) {
	o := owed()
	o.StayDays = 30
	p, err := CheckPost(o, Entry{URL: "https://www.instagram.com/nama.kreator/reel/C9-xYz_12ab/", PostedAt: posted}, after)
	if err != nil || p.OnlineUntil != "2026-12-02" {
		t.Errorf("%v %v", p.OnlineUntil, err)
	}
}

func TestCost_IsExactUntilShown(t *testing.T) {
	// One published help page prints 300 here; the right value is 333.33.
	v, err := CPM(money.New(50_000, "USD"), 1500).Value()
	if err != nil || v != money.New(33_333, "USD") {
		t.Errorf("CPM of 500 over 1500: %v %v", v, err)
	}
	if v, _ := CPE(money.IDR(268_000_000), 1900).Value(); v != money.IDR(141_053) {
		t.Errorf("CPE: %v", v)
	}
	if CPV(money.IDR(1), 0).Measurable() {
		t.Error("no views have a price")
	}
}
