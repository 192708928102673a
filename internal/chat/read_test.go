package chat

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func wall(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04:05", s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestRead_BothLayoutsInTheFormsOfPhones(t *testing.T) {
	for name, c := range map[string]struct {
		line  string
		order Order
		want  string
	}{
		"iPhone, Indonesian":           {"[24/11/26 09.12.44] Maya Melati: ok, ACC ya", DayFirst, "2026-11-24 09:12:44"},
		"iPhone, British":              {"\u200e[24/11/2026, 09:12:44] Maya Melati: ok, ACC ya", DayFirst, "2026-11-24 09:12:44"},
		"iPhone, American":             {"[11/24/26, 9:12:44\u202fPM] Maya Melati: ok, ACC ya", MonthFirst, "2026-11-24 21:12:44"},
		"iPhone, midnight":             {"[11/24/26, 12:02:44 AM] Maya Melati: ok, ACC ya", MonthFirst, "2026-11-24 00:02:44"},
		"iPhone, German":               {"[24.11.26, 09:12:44] Maya Melati: ok, ACC ya", DayFirst, "2026-11-24 09:12:44"},
		"Android, Indonesian":          {"24/11/26 09.12 - Maya Melati: ok, ACC ya", DayFirst, "2026-11-24 09:12:00"},
		"Android, British":             {"24/11/2026, 09:12 - Maya Melati: ok, ACC ya", DayFirst, "2026-11-24 09:12:00"},
		"Android, Australian":          {"24/11/26, 12:12 pm - Maya Melati: ok, ACC ya", DayFirst, "2026-11-24 12:12:00"},
		"Android, American":            {"11/24/26, 9:12 AM - Maya Melati: ok, ACC ya", MonthFirst, "2026-11-24 09:12:00"},
		"Android, year first":          {"2026-11-24, 09:12 - Maya Melati: ok, ACC ya", YearFirst, "2026-11-24 09:12:00"},
		"iPhone, a number not known":   {"[24/11/26 09.12.44] ~ Maya Melati: ok, ACC ya", DayFirst, "2026-11-24 09:12:44"},
		"day and month are one number": {"[11/11/26 09.12.44] Maya Melati: ok, ACC ya", DayFirst, "2026-11-11 09:12:44"},
	} {
		e, err := Read(c.line, Unknown)
		if err != nil || e.Order != c.order || len(e.Lines) != 1 {
			t.Errorf("%s: %v %+v", name, err, e)
			continue
		}
		if l := e.Lines[0]; !l.Wall.Equal(wall(c.want)) || l.Sender != "Maya Melati" || l.Text != "ok, ACC ya" || l.Media {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

func TestRead_MessagesOfSeveralLinesAndWhatThePhoneSays(t *testing.T) {
	e, err := Read(strings.Join([]string{
		"24/11/26 09.00 - Pesan dan panggilan terenkripsi secara end-to-end.",
		"24/11/26 09.12 - Maya: ok kak", "", "1. ACC video", "2: caption tolong diganti", "24/11/26 09.13 - Maya: <Media tidak disertakan>",
		"24/11/26 09.13 - Rani: IMG-20261124-WA0001.jpg (file terlampir)", "24/11/26 09.14 - Maya: ok", "24/11/26 09.14 - Maya: ok", "",
	}, "\r\n"), Unknown)
	if err != nil || e.Layout != Dash || len(e.Lines) != 6 {
		t.Fatalf("%v %+v", err, e)
	}
	if e.Lines[0].Sender != "" || strings.Join(e.Senders, ",") != "Maya,Rani" {
		t.Errorf("the phone's own words have no sender: %+v %v", e.Lines[0], e.Senders)
	}
	if e.Lines[1].Text != "ok kak\n\n1. ACC video\n2: caption tolong diganti" {
		t.Errorf("a message of several lines: %q", e.Lines[1].Text)
	}
	if !e.Lines[2].Media || !e.Lines[3].Media || e.Lines[1].Media {
		t.Errorf("media: %+v", e.Lines)
	}
	if e.Lines[4].Key == e.Lines[5].Key {
		t.Error("the same word twice in a minute is one message")
	}
}

func TestRead_DayOrMonthIsAskedWhenEveryDayIsAtMostTwelve(t *testing.T) {
	text := "[03/04/26 09.12.44] Maya: satu\n[05/04/26 10.00.00] Rani: dua"
	e, err := Read(text, Unknown)
	if err != nil || e.Order != Unknown || len(e.Lines) != 0 || len(e.Senders) != 2 {
		t.Fatalf("asked: %v %+v", err, e)
	}
	for order, want := range map[Order]string{DayFirst: "2026-04-03 09:12:44", MonthFirst: "2026-03-04 09:12:44"} {
		if e, err = Read(text, order); err != nil || !e.Lines[0].Wall.Equal(wall(want)) {
			t.Errorf("%s: %v %+v", order, err, e.Lines)
		}
	}
	if e, err = Read(text+"\n[25/04/26 10.00.00] Rani: tiga", Unknown); err != nil || e.Order != DayFirst || !e.Lines[0].Wall.Equal(wall("2026-04-03 09:12:44")) {
		t.Errorf("one day above twelve tells for all lines: %v %+v", err, e)
	}
	for name, c := range map[string]struct {
		text string
		said Order
		want error
	}{
		"the order that was said cannot be": {"[25/04/26 10.00.00] A: x", MonthFirst, ErrOrders},
		"two orders":                        {"[25/04/26 10.00.00] A: x\n[04/25/26 10.00.00] A: y", Unknown, ErrOrders},
		"no such day":                       {"[31/06/26 10.00.00] A: x", Unknown, ErrOrders},
		"no export":                         {"Halo kak, ini briefnya", Unknown, ErrNotExport},
		"nothing":                           {"", Unknown, ErrNotExport},
		"no such hour":                      {"[25/04/26 25.00.00] A: x", Unknown, ErrNotExport},
	} {
		if _, err := Read(c.text, c.said); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRead_WrittenInEitherLayoutIsReadTheSame writes random chats as phones do.
func TestRead_WrittenInEitherLayoutIsReadTheSame(t *testing.T) {
	words := rapid.SampledFrom([]string{"ok", "ACC", "revisi: musik", "1. logo", "- caption", "[draf]", "é", "24/11"})
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		at := time.Date(2026, 11, 13, 8, 0, 0, 0, time.UTC)
		var ios, android strings.Builder
		var texts []string
		for i := range n {
			at = at.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, fmt.Sprint("min", i))) * time.Minute)
			text := strings.Join(rapid.SliceOfN(words, 1, 4).Draw(t, fmt.Sprint("text", i)), rapid.SampledFrom([]string{" ", "\nlagi "}).Draw(t, fmt.Sprint("sep", i)))
			texts = append(texts, text)
			sender := []string{"Maya Melati", "Rani K."}[i%2]
			fmt.Fprintf(&ios, "[%s] %s: %s\n", at.Format("02/01/06 15.04.05"), sender, text)
			fmt.Fprintf(&android, "%s - %s: %s\n", at.Format("02/01/2006, 15:04"), sender, text)
		}
		a, errA := Read(ios.String(), DayFirst)
		b, errB := Read(android.String(), DayFirst)
		if errA != nil || errB != nil || len(a.Lines) != n || len(b.Lines) != n {
			t.Fatalf("%v %v %d %d", errA, errB, len(a.Lines), len(b.Lines))
		}
		for i := range n {
			if a.Lines[i].Text != texts[i] || a.Lines[i].Key != b.Lines[i].Key {
				t.Fatalf("line %d: %+v %+v", i, a.Lines[i], b.Lines[i])
			}
		}
	})
}
