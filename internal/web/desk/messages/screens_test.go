package messages

import (
	"context"
	"strings"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/audit"
	"kolega/internal/locale"
	"kolega/internal/message"
	"kolega/internal/web/ui"
)

func rendered(t *testing.T, lang string, p inboxPage) string {
	t.Helper()
	var b strings.Builder
	if err := inboxView(p).Render(locale.With(context.Background(), locale.For(lang, "Asia/Jakarta")), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestInbox_AConversationOnTheReceiversClock(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	talk := message.Talk{Open: true, Goes: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC), Morning: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC),
		Thread: message.Thread{ID: "t1", Channel: message.ByWhatsApp, BSUID: "PH.1", Party: "talent", PersonID: "x", Name: "Bea <b>", Lang: "fil", Zone: "Asia/Manila", HeardAt: now.Add(-25 * time.Hour), WaitingSince: now.Add(-25 * time.Hour)}}
	talk.Parts = []message.Part{{At: now.Add(-25 * time.Hour), Line: &message.Line{ID: "l1", Text: "Kailan <script>?", Media: &message.Media{ID: "9", SHA: "aa", Type: "text/html"}}},
		{At: now.Add(-time.Minute), Out: &message.Outgoing{ID: "o1", State: message.Unclear, Reason: "no-answer", Text: "Besok"}}}
	p := inboxPage{Page: ui.Page{Lang: "id"}, View: "all", Talk: &talk, Now: now, Key: "k", Actor: access.Actor{Who: audit.Who{Kind: "staff", ID: "ae"}, Role: access.AE}}
	for lang, words := range map[string][]string{
		"id": {"Jendela 24 jam tutup", "Sel 24 Nov, 09.00 Manila = 08.00 WIB", "nomor disembunyikan", "Belum jelas", "Kirim lagi", "Kirim sekarang, di luar jam kerja mereka"},
		"en": {"24-hour window closed", "number hidden", "Unclear", "Send again", "Send now, outside their working hours"},
	} {
		got := rendered(t, lang, p)
		for _, w := range append(words, "Bea &lt;b&gt;", "Kailan &lt;script&gt;?", `href="/talents/x"`) {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %q", lang, w)
			}
		}
		if strings.Contains(got, "<img class=\"say-i\"") {
			t.Error("a web page that came in is shown as a picture")
		}
	}
	if safeType("text/html") != "application/octet-stream" || safeType("image/svg+xml") != "application/octet-stream" {
		t.Error("a file that can run is shown by the browser")
	}
	p.Actor.Role = access.Designer
	if strings.Contains(rendered(t, "id", p), "/messages/t1/reply") {
		t.Error("who may not send has a form")
	}
}
