package clientlink

import (
	"context"
	"errors"
	"strings"

	"kolega/internal/access"
	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/review"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// asField lets a form say that its code is missing, spent or wrong.
func asField(err error) error {
	if f, ok := fault.As(err); ok && (errors.Is(err, access.ErrStepUp) || errors.Is(err, access.ErrStepUpSpent)) {
		c := *f.At("code")
		c.Kind = fault.Invalid
		return &c
	}
	return err
}

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

func lineStatus(ctx context.Context, l review.ClientLine) ui.Status {
	switch {
	case l.Decide:
		return ui.Status{Word: locale.T(ctx, "draft.client.decide"), Meaning: ui.ClientMove}
	case l.Concept:
		return ui.Status{Word: locale.T(ctx, "concept.client.waits"), Meaning: ui.ClientMove}
	case l.Changes > 0:
		return ui.Status{Word: locale.T(ctx, "draft.client.change"), Meaning: ui.ClientMove}
	case l.Approved:
		return ui.Status{Word: locale.T(ctx, "draft.client.approved"), Meaning: ui.Good}
	case l.Version > 0:
		return ui.Status{Word: locale.T(ctx, "draft.client.revising"), Meaning: ui.Wait}
	}
	return ui.Status{Word: locale.T(ctx, "draft.client.soon")}
}

func lineSecond(ctx context.Context, l review.ClientLine) string {
	parts := []string{formatName(ctx, l.Platform, l.Format, l.Number)}
	if l.Version > 0 {
		parts = append(parts, locale.T(ctx, "draft.client.version", "number", l.Version))
	}
	if l.Decide && !l.ReviewDue.IsZero() {
		loc := locale.From(ctx)
		parts = append(parts, loc.T("draft.client.until", "when", loc.DateTime(l.ReviewDue, loc.Zone.String())))
	}
	return strings.Join(parts, " · ")
}

func captionOf(v review.ClientVersion) string {
	parts := []string{v.Caption}
	if len(v.Hashtags) > 0 {
		parts = append(parts, "#"+strings.Join(v.Hashtags, " #"))
	}
	if len(v.Mentions) > 0 {
		parts = append(parts, "@"+strings.Join(v.Mentions, " @"))
	}
	return strings.Join(parts, "\n")
}

func pointOptions(ctx context.Context, points []review.Point) []ui.Option {
	out := []ui.Option{}
	for _, p := range points {
		if p.Kind != review.Fact {
			out = append(out, ui.Option{Value: p.ID, Label: pointText(ctx, p)})
		}
	}
	return out
}

func pointText(ctx context.Context, p review.Point) string {
	return locale.T(ctx, "draft.client.item.point", "number", p.Number, "text", p.Text)
}

// itemStatus says kindly how an item was ruled.
func itemStatus(ctx context.Context, i review.ClientItem) *ui.Status {
	switch i.Class {
	case review.Fault, review.Slip:
		return &ui.Status{Word: locale.T(ctx, "draft.client.item."+string(i.Class)), Meaning: ui.Info}
	case review.Wish:
		return &ui.Status{Word: locale.T(ctx, "draft.client.item.W"), Meaning: ui.ClientMove}
	}
	return &ui.Status{Word: locale.T(ctx, "draft.client.item.wait"), Meaning: ui.Wait}
}

// itemFate says what became of an item.
func itemFate(ctx context.Context, i review.ClientItem) string {
	l := locale.From(ctx)
	var parts []string
	if i.Point.ID != "" {
		parts = append(parts, pointText(ctx, i.Point))
	}
	if i.Because != "" {
		parts = append(parts, i.Because)
	}
	switch {
	case i.Closed:
		parts = append(parts, l.T("draft.client.item.left"))
	case i.InChange && !i.SentOn:
		parts = append(parts, l.T("draft.client.item.change"))
	case i.Goodwill:
		parts = append(parts, l.T("draft.client.item.goodwill", "price", i.Usual))
	}
	switch {
	case i.Outcome == review.OutcomeDone:
		parts = append(parts, l.T("draft.client.item.done"))
	case i.Outcome == review.OutcomeNotDone:
		parts = append(parts, l.T("draft.client.item.not", "reason", i.OutcomeReason))
	case i.Outcome == review.OutcomeOpen:
		parts = append(parts, l.T("draft.client.item.still"))
	case i.SentOn:
		parts = append(parts, l.T("draft.client.item.open"))
	}
	return strings.Join(parts, " · ")
}

func (p draftPage) frozenText(ctx context.Context) string {
	a, l := p.Draft.Approved, locale.From(ctx)
	text := l.T("draft.client.frozen.text", "number", a.Version, "when", a.At)
	switch a.Via {
	case review.ViaWhatsApp:
		text += " " + l.T("draft.client.frozen.whatsapp", "words", a.Words, "when", a.ObjectBy)
	case review.ViaSilence:
		text += " " + l.T("draft.client.frozen.silence", "when", a.ObjectBy)
	}
	return text
}

// mayConfirm: words that were told wait for the person's own click (R9).
func (p draftPage) mayConfirm() bool {
	c := p.Draft.Approved.Confirmed
	return c == review.ConfirmedWait || c == review.ConfirmedNeeds
}

// mayObject: a decision that the person did not click may be objected to.
func (p draftPage) mayObject() bool {
	a := p.Draft.Approved
	return (a.Via == review.ViaWhatsApp || a.Via == review.ViaSilence) && !a.Objected
}

func currentNumber(c review.ClientDraft) int64 {
	for _, v := range c.Versions {
		if v.ID == c.CurrentID {
			return v.Number
		}
	}
	return 0
}

func countedWord(ctx context.Context, r review.ClientRound) string {
	switch {
	case !r.Ruled:
		return locale.T(ctx, "draft.client.item.wait")
	case r.Counted:
		return locale.T(ctx, "draft.client.round.counted")
	}
	return locale.T(ctx, "draft.client.round.free")
}

func codeHint(ctx context.Context, place string) string {
	if place == "" {
		return ""
	}
	return locale.T(ctx, "draft.client.change.code.hint", "place", place)
}

// askKind: asking for the code is the first thing to do until it was sent.
func askKind(sent string) ui.Kind {
	if sent == "" {
		return ui.Primary
	}
	return ui.Quiet
}

func captionLines(v review.ClientVersion) []string { return strings.Split(captionOf(v), "\n") }

func (p draftPage) player(ctx context.Context, v review.ClientVersion) ui.Player {
	src := p.Base + "/files/" + v.ID
	out := ui.Player{Src: src + "?as=play", Type: v.Type, Title: locale.T(ctx, "draft.client.version", "number", v.Number), Upright: true, DownloadHref: src + "?download"}
	switch {
	case v.Film.PosterSHA256 != "":
		out.Poster = src + "?as=poster"
	case v.Film.Waiting():
		out.Note = locale.T(ctx, "draft.film.waiting")
	}
	if !v.Film.Copied() && out.Note == "" {
		out.Note = locale.T(ctx, "draft.client.file.note")
	}
	return out
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

// waitingPrice: a change request waits for the client's answer.
func (p draftPage) waitingPrice() bool {
	for _, c := range p.Draft.Changes {
		if c.Answer == review.AnswerNone && !c.Closed && !c.Effective {
			return true
		}
	}
	return false
}

// other is the version beside which this one is compared; zero for none.
func (p draftPage) other(ctx context.Context) ui.Player {
	if p.Other.ID == "" {
		return ui.Player{}
	}
	out := p.player(ctx, p.Other)
	out.Note, out.DownloadHref = "", ""
	if !p.Other.File {
		out.Src = ""
	}
	return out
}

// versionBefore is the newest shown version before the one looked at.
func (p draftPage) versionBefore() (old review.ClientVersion) {
	for _, v := range p.Draft.Versions {
		if v.Number < p.Draft.Version.Number && v.Number > old.Number {
			old = v
		}
	}
	return old
}

// carriedStatus says what became of an item of the version before.
func carriedStatus(ctx context.Context, i review.ClientItem) *ui.Status {
	switch {
	case i.Outcome == review.OutcomeDone:
		return &ui.Status{Word: locale.T(ctx, "draft.client.carried.done"), Meaning: ui.Good}
	case i.Outcome == review.OutcomeNotDone || i.Outcome == review.OutcomeOpen || i.Closed:
		return &ui.Status{Word: locale.T(ctx, "draft.client.carried.not"), Meaning: ui.Bad}
	}
	return itemStatus(ctx, i)
}
