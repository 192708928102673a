package talent

import (
	"errors"
	"testing"
	"time"
)

func TestRoute_Confirm(t *testing.T) {
	now := time.Date(2026, 11, 29, 3, 0, 0, 0, time.UTC)
	by := func(who string, via Channel) Route { return Route{Version: 2, ChangedBy: who, ChangedVia: via} }
	cases := []struct {
		name, by string
		r        Route
		via      Channel
		want     error
	}{
		{"a colleague calls after finance typed it", "Joko", by("Dina", ByStaff), ByPhone, nil},
		{"whoever typed it", "Dina", by("Dina", ByStaff), ByPhone, FaultOwnWord},
		{"whoever typed it, before channels were kept", "Dina", by("Dina", ""), ByPhone, FaultOwnWord},
		{"the talent by e-mail after a change by phone", "Bea", by("Bea", ByPhone), ByEmail, nil},
		{"the talent by the phone that the change came by", "Bea", by("Bea", ByPhone), ByPhone, FaultWordChannel},
		{"by no channel of the talent's", "Joko", by("Bea", ByPhone), ByStaff, FaultWordChannel},
		{"a second time", "Joko", Route{Version: 2, ChangedBy: "Dina", ConfirmedAt: now}, ByPhone, FaultConfirmed},
		{"nobody", "", by("Bea", ByPhone), ByEmail, FaultOwnWord},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, err := c.r.Confirm(c.by, c.via, now)
			if !errors.Is(err, c.want) || c.want == nil && (r.NeedsWord() || r.ConfirmedVia != c.via) {
				t.Errorf("%+v: %v, want %v", r, err, c.want)
			}
		})
	}
	if (Route{Version: 1}).NeedsWord() {
		t.Error("the first account replaces nothing")
	}
}

func TestRoute_OtherChannel(t *testing.T) {
	both, phone := Talent{Phone: "+62812", Email: "b@x.test"}, Talent{Phone: "+62812"}
	for _, c := range []struct {
		via  Channel
		t    Talent
		want Channel
	}{{ByPhone, both, ByEmail}, {ByEmail, both, ByPhone}, {ByStaff, both, ByPhone}, {ByPhone, phone, ""}, {ByStaff, Talent{Email: "b@x.test"}, ByEmail}} {
		if got, place := (Route{ChangedVia: c.via}).OtherChannel(c.t); got != c.want || (got == "") != (place == "") {
			t.Errorf("changed by %q: asked by %q at %q, want %q", c.via, got, place, c.want)
		}
	}
}
