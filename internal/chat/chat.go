package chat

import (
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/worktime"
)

// Chat is what was imported for a campaign under one name.
type Chat struct {
	ID         string
	CampaignID string
	Title      string
	Zone       string // IANA, of the phone that exported it
	Order      Order
	Lines      int64
	LastAt     time.Time // of its newest line
	AddedAt    time.Time
	AddedBy    string
}

// Message is one kept line with its instant.
type Message struct {
	ID     string
	ChatID string
	At     time.Time
	Sender string
	Text   string
	Media  bool
	Key    string
}

// ErrTitle asks for the chat's name.
var ErrTitle = fault.Field("title", "chat.title")

// before is how long before the campaign's start lines are still kept.
const before = 30 * 24 * time.Hour

// Placed gives the lines with their instants in a zone, those of the campaign's time
// alone, and how many were left out. Fault: chat.zone.
func Placed(lines []Line, zone string, start worktime.Date) (kept []Message, left int, err error) {
	loc, err := worktime.Zone(zone)
	if err != nil {
		return nil, 0, ErrZone
	}
	from := start.In(loc).Add(-before)
	for _, l := range lines {
		w := l.Wall
		at := time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), w.Second(), 0, loc)
		if at.Before(from) {
			left++
			continue
		}
		kept = append(kept, Message{At: at.UTC(), Sender: l.Sender, Text: l.Text, Media: l.Media, Key: l.Key})
	}
	return kept, left, nil
}

// titleOf is a chat's name for keeping, from what was typed or the file's name.
func titleOf(typed, file string) string {
	t := strings.Join(strings.Fields(typed), " ")
	if t == "" {
		t = strings.TrimSuffix(strings.TrimSuffix(file, ".zip"), ".txt")
		for _, p := range []string{"WhatsApp Chat with ", "WhatsApp Chat - ", "Chat WhatsApp dengan ", "Chat WhatsApp "} {
			t = strings.TrimPrefix(t, p)
		}
	}
	if t == "_chat" {
		return ""
	}
	if r := []rune(t); len(r) > 80 {
		t = string(r[:80])
	}
	return strings.TrimSpace(t)
}
