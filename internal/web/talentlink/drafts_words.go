package talentlink

import (
	"context"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/review"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// formatName names a deliverable: "Instagram reel 1".
func formatName(ctx context.Context, platform, format string, n int64) string {
	return locale.T(ctx, "draft.name", "platform", wordOf(ctx, "draft.platform.", platform), "format", wordOf(ctx, "draft.format.", format), "number", n)
}

// wordOf is the word of a known key, else the key as people wrote it.
func wordOf(ctx context.Context, area, key string) string {
	if l := locale.From(ctx); l.Has(area + key) {
		return l.T(area + key)
	}
	return strings.ReplaceAll(key, "_", " ")
}

func signed(names []string, sign string) string {
	out := make([]string, 0, len(names))
	for _, n := range names {
		out = append(out, sign+n)
	}
	return strings.Join(out, " ")
}

func stepStatus(ctx context.Context, s review.Step) ui.Status {
	meaning := map[review.Step]ui.Meaning{review.StepConcept: ui.Wait, review.StepConceptDecide: ui.ClientMove, review.StepUpload: ui.Wait, review.StepRevise: ui.Wait, review.StepAgree: ui.Wait,
		review.StepDecide: ui.ClientMove, review.StepAccept: ui.ClientMove, review.StepApproved: ui.Good, review.StepClosed: ui.Neutral}[s]
	return ui.Status{Word: locale.T(ctx, "draft.step."+string(s)), Meaning: meaning}
}

// versionWord says what became of an upload.
func versionWord(ctx context.Context, v review.TalentVersion) string {
	switch {
	case v.Approved:
		return locale.T(ctx, "draft.version.approved")
	case v.Replaced:
		return locale.T(ctx, "draft.version.replaced")
	case v.Returned:
		return locale.T(ctx, "draft.version.returned")
	case v.Shown:
		return locale.T(ctx, "draft.version.shown")
	}
	return locale.T(ctx, "draft.version.checking")
}

// frame links to the moment of the version that an item speaks about.
func frame(base string, i review.TalentItem) string {
	return base + "/files/" + i.VersionID + "#t=" + review.FormatMoment(i.AtMS)
}

func (p draftPage) hint(ctx context.Context) string {
	l := locale.From(ctx)
	limits := p.Draft.Limits
	if limits.MaxSeconds > 0 {
		return l.T("draft.file.hint.long", "kinds", limits.Kinds(), "size", review.Bytes(limits.MaxBytes), "minutes", limits.MaxSeconds/60)
	}
	return l.T("draft.file.hint", "kinds", limits.Kinds(), "size", review.Bytes(limits.MaxBytes))
}

func (p draftPage) field(ctx context.Context, name, value string, optional bool) ui.Field {
	hint := hintOf(ctx, "draft.field."+name+".hint")
	if name == "caption" { // the platform's limits are told before anything is sent
		hint = locale.T(ctx, "draft.field.caption.hint", "caption", p.Draft.Limits.MaxCaption, "tags", p.Draft.Limits.MaxHashtags)
	}
	return ui.Field{Name: name, Label: locale.T(ctx, "draft.field."+name), Hint: hint, Value: value, Error: p.Errors[name], Optional: optional}
}

func hintOf(ctx context.Context, key string) string {
	if l := locale.From(ctx); l.Lang == "fil" || l.Has(key) {
		if t := l.T(key); t != key {
			return t
		}
	}
	return ""
}

func doneOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "done", Label: locale.T(ctx, "draft.item.done")}, {Value: "not_done", Label: locale.T(ctx, "draft.item.notdone")}}
}

// when writes a deadline: its day and the clock of who owes it first, then the reader's (R8).
func when(ctx context.Context, d worktime.Deadline) string {
	l := locale.From(ctx)
	zone, err := worktime.Zone(d.Zone)
	if err != nil {
		return l.DateTime(d.At, l.Zone.String())
	}
	return l.Date(worktime.DateOf(d.At, zone)) + ", " + l.Dual(d.At, d.Zone)
}

// asked: a draft is what the page waits for. Otherwise the form stands aside.
func (p draftPage) asked() bool {
	return p.Draft.Step == review.StepUpload || p.Draft.Step == review.StepRevise || len(p.Errors) > 0
}

// judged is the version that the things to change speak about; zero when they name no
// file, or more than one.
func (p draftPage) judged() (seen review.TalentVersion) {
	for _, v := range p.Draft.Versions {
		for _, i := range p.Draft.ToDo {
			switch {
			case i.VersionID != v.ID:
			case seen.ID != "" && seen.ID != v.ID, !v.File:
				return review.TalentVersion{}
			default:
				seen = v
			}
		}
	}
	return seen
}

func (p draftPage) player(ctx context.Context, v review.TalentVersion) ui.Player {
	return ui.Player{Src: p.Base + "/files/" + v.ID + "?as=play", Type: v.Type, Title: locale.T(ctx, "draft.version", "label", v.Label), Upright: true}
}
