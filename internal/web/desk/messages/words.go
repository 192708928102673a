package messages

import (
	"context"
	"strings"
	"time"

	"kolega/internal/locale"
	"kolega/internal/message"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// when writes an instant with its day, in a zone or the reader's.
func when(ctx context.Context, t time.Time, zone string) string {
	l := locale.From(ctx)
	if zone == "" {
		zone = l.Zone.String()
	}
	return l.DateTime(t, zone)
}

// soon writes an instant shortly, with its day: "Sen 30 Nov, 09.00 WIB".
func soon(ctx context.Context, t time.Time, zone string) string {
	l := locale.From(ctx)
	loc := l.Zone
	if z, err := worktime.Zone(zone); err == nil && zone != "" {
		loc = z
	}
	return l.DateDay(worktime.DateOf(t, loc)) + ", " + l.Clock(t, loc.String())
}

// both writes an instant on the receiver's clock and, where it differs, the reader's.
func both(ctx context.Context, t time.Time, zone string) string {
	l := locale.From(ctx)
	theirs, ours := soon(ctx, t, zone), l.Clock(t, l.Zone.String())
	if strings.HasSuffix(theirs, ours) {
		return theirs
	}
	return theirs + " = " + ours
}

var outMeaning = map[message.OutState]ui.Meaning{
	message.Queued: ui.Wait, message.Sending: ui.Wait, message.Accepted: ui.Info, message.Sent: ui.Info, message.Delivered: ui.Good, message.Read: ui.Good,
	message.Failed: ui.Bad, message.Unclear: ui.Wait, message.ByHand: ui.Us, message.HandSent: ui.Good, message.Stopped: ui.Neutral,
}

func outStatus(ctx context.Context, o message.Outgoing) ui.Status {
	return ui.Status{Word: tr(ctx, "state."+string(o.State)), Meaning: outMeaning[o.State]}
}

// outNote says why a message stands as it does, or when it goes.
func outNote(ctx context.Context, o message.Outgoing, now time.Time) string {
	switch {
	case o.State == message.Queued && o.DueAt.After(now.Add(message.HoldFor)):
		return tr(ctx, "goes", "at", both(ctx, o.DueAt, o.Zone))
	case o.Reason != "" && locale.From(ctx).Has("message.reason."+o.Reason):
		return locale.T(ctx, "message.reason."+o.Reason)
	case o.State == message.Read && !o.ReadAt.IsZero():
		return tr(ctx, "read.at", "at", when(ctx, o.ReadAt, ""))
	}
	return ""
}

func partyWord(ctx context.Context, party string) string {
	if party == "" {
		return tr(ctx, "party.unknown")
	}
	return locale.T(ctx, "inbox.party."+party)
}

func placeOf(ctx context.Context, t message.Thread) string {
	switch {
	case t.Email != "":
		return t.Email
	case t.Phone != "":
		return t.Phone
	}
	return tr(ctx, "hidden")
}

// whoHref opens the file of the person of a conversation.
func whoHref(t message.Thread) string {
	switch {
	case t.Party == "client" && t.ClientID != "":
		return "/clients/" + t.ClientID
	case t.Party == "talent" && t.PersonID != "":
		return "/talents/" + t.PersonID
	}
	return ""
}

func first(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if r := []rune(line); len(r) > 90 {
		return string(r[:90]) + "…"
	}
	return line
}

// windowText says how long WhatsApp's window is still open.
func windowText(ctx context.Context, t message.Talk, now time.Time) (string, ui.Meaning) {
	left := t.Window(now)
	if left <= 0 {
		return tr(ctx, "window.closed"), ui.Wait
	}
	return tr(ctx, "window.open", "left", locale.From(ctx).Duration(left)), ui.Good
}

type timeOf = time.Time

func dateOf(at time.Time, l *locale.Loc) worktime.Date { return worktime.DateOf(at, l.Zone) }
