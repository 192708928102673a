package ics

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func write(t interface{ Fatal(...any) }, c Calendar) string {
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCalendar_WholeDaysAndEscapes(t *testing.T) {
	day := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	got := write(t, Calendar{Product: "Kolega", Name: "Jadwal, konten", Refresh: 6 * time.Hour, Events: []Event{{UID: "deliverable-42@kol.example", Made: day, Start: day, End: day.AddDate(0, 0, 1), Days: true,
		Summary: "Reel – Rina, Brand X; baris\nkedua \\", Categories: []string{"draf, satu"}, Free: true}}})
	for _, want := range []string{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kolega//Calendar//EN\r\n", "X-WR-CALNAME:Jadwal\\, konten\r\n", "REFRESH-INTERVAL;VALUE=DURATION:PT360M\r\n",
		"DTSTART;VALUE=DATE:20261125\r\nDTEND;VALUE=DATE:20261126\r\n", `SUMMARY:Reel – Rina\, Brand X\; baris\nkedua \\` + "\r\n", "CATEGORIES:draf\\, satu\r\n", "TRANSP:TRANSPARENT\r\n", "DTSTAMP:20261125T000000Z\r\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "VTIMEZONE") {
		t.Error("whole days need no zone")
	}
}

func TestCalendar_AZoneGivesItsOffsetsAroundTheEvents(t *testing.T) {
	ams, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 10, 25, 9, 0, 0, 0, time.UTC)
	got := write(t, Calendar{Product: "K", Events: []Event{{UID: "a", Start: at, End: at.Add(time.Hour), Zone: ams, Summary: "x"}}})
	for _, want := range []string{"TZID:Europe/Amsterdam\r\n", "DTSTART;TZID=Europe/Amsterdam:20261025T100000\r\n",
		// the clocks go back on 25 October at three o'clock summer time
		"BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\n",
		"BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	jkt, _ := time.LoadLocation("Asia/Jakarta")
	got = write(t, Calendar{Product: "K", Events: []Event{{UID: "a", Start: at, End: at, Zone: jkt}, {UID: "b", Start: at, End: at, Zone: jkt}}})
	if n := strings.Count(got, "BEGIN:STANDARD"); n != 1 || !strings.Contains(got, "TZOFFSETTO:+0700\r\nTZNAME:WIB") {
		t.Errorf("Jakarta's clocks never change, yet %d observances in\n%s", n, got)
	}
}

// TestCalendar_LinesAreFoldedAndUnfoldToWhatTheySaid writes any texts, also ones that try to
// end their line.
func TestCalendar_LinesAreFoldedAndUnfoldToWhatTheySaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab ,;:\\\"\n\r\x00é漢🎬"))).Draw(t, "text")
		got := write(t, Calendar{Product: text, Name: text, Events: []Event{{UID: text, Summary: text, Description: text, URL: text, Organizer: Person{text, text}, Attendees: []Person{{text, "a@b.id"}}}}})
		for _, line := range strings.Split(strings.TrimSuffix(got, "\r\n"), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x00") {
				t.Fatalf("line %q", line)
			}
		}
		if n := strings.Count(strings.ReplaceAll(got, "\r\n ", ""), "\r\nBEGIN:"); n != 1 {
			t.Fatalf("%d components in\n%q", n, got)
		}
		want := "\r\nSUMMARY:" + escape(text) + "\r\n"
		if !strings.Contains(strings.ReplaceAll(got, "\r\n ", ""), want) {
			t.Fatalf("no %q in %q", want, got)
		}
	})
}
