package home

import (
	"context"
	"strings"
	"time"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/report"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// stateWord says what the open thing is: "Draf v2 siap dicek".
func stateWord(ctx context.Context, m report.Move) string {
	version := m.Version
	if m.Party == report.ClientSide { // the client counts whole numbers
		version, _, _ = strings.Cut(version, ".")
	}
	return tr(ctx, "state."+m.Key, "version", version)
}

// stateSecond is the line below: what it is about, and the used allowance (R1).
func stateSecond(ctx context.Context, line report.Line) string {
	m := line.Move
	if m.Deliverable.ID == "" {
		return tr(ctx, "second."+m.Key)
	}
	format := tr(ctx, "format."+m.Deliverable.Platform+"."+m.Deliverable.Format)
	switch m.Key {
	case "decide", "price", "rule", "send-on", "revise", "accept", "agree":
		return format + " · " + tr(ctx, "allowance", "used", m.Used, "limit", m.Limit)
	}
	return format
}

func erNote(ctx context.Context, r report.Rate) string {
	if r.Verified {
		return ""
	}
	return tr(ctx, "er.account")
}

func stageState(s string) ui.StageState {
	switch s {
	case "done":
		return ui.StageDone
	case "now":
		return ui.StageNow
	case "part":
		return ui.StagePart
	}
	return ui.StageNext
}

// stageHref is where the facts of a stage stand; empty for those who may not open it.
func stageHref(actor access.Actor, id, key string) string {
	part := map[string]string{"brief": "brief", "shortlist": "shortlist", "picks": "shortlist", "drafting": "drafts", "posted": "posts", "report": "report"}[key]
	if !desk.MayOpenPart(actor, part) {
		return ""
	}
	return "/campaigns/" + id + "/" + part
}

func dayOf(l *locale.Loc, t time.Time) string { return l.DateShort(worktime.DateOf(t, l.Zone)) }

func firstName(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}
