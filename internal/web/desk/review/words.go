package review

import (
	"context"
	"strconv"
	"strings"

	"kolega/internal/fault"
	"kolega/internal/locale"
	"kolega/internal/review"
	"kolega/internal/web/ui"
)

// at points a fault of reading at its form field.
func at(field string, err error) error {
	if f, ok := fault.As(err); ok {
		return f.At(field)
	}
	return err
}

var stepMeaning = map[review.Step]ui.Meaning{
	review.StepConcept: ui.Wait, review.StepConceptFirst: ui.Us, review.StepConceptSecond: ui.Us, review.StepConceptDecide: ui.ClientMove,
	review.StepFirstKey: ui.Us, review.StepSecond: ui.Us, review.StepShow: ui.Us, review.StepRule: ui.Us, review.StepSendOn: ui.Us, review.StepPrice: ui.Us,
	review.StepDecide: ui.ClientMove, review.StepAccept: ui.ClientMove,
	review.StepUpload: ui.Wait, review.StepRevise: ui.Wait, review.StepAgree: ui.Wait, review.StepApproved: ui.Good,
}

func stepStatus(ctx context.Context, s review.Step) ui.Status {
	return ui.Status{Word: locale.T(ctx, "review.step."+string(s)), Meaning: stepMeaning[s]}
}

var balls = map[review.Party]ui.Party{
	review.PartyAE: ui.PartyUs, review.PartySpecialist: ui.PartyUs, review.PartyClient: ui.PartyClient, review.PartyTalent: ui.PartyTalent, review.PartyNobody: ui.PartyNobody,
}

func (p queuePage) ball(ctx context.Context, l review.QueueLine) ui.Ball {
	b := ui.Ball{Party: balls[l.Party]}
	if !l.Since.IsZero() {
		b.Since = locale.From(ctx).Ago(p.Now, l.Since)
	}
	if l.Party == review.PartySpecialist || l.Party == review.PartyAE {
		b.Who = locale.T(ctx, "review.party."+string(l.Party))
	}
	return b
}

func versionLabel(ctx context.Context, v review.Version) string {
	if v.ID == "" {
		return locale.T(ctx, "review.version.none")
	}
	return locale.T(ctx, "review.version", "label", v.Label())
}

func pointLabel(ctx context.Context, p review.Point) string {
	return locale.T(ctx, "review.point", "number", p.Number, "kind", locale.T(ctx, "review.kind."+string(p.Kind)), "text", p.Text)
}

// binding are the points a check must answer.
func binding(points []review.Point) (out []review.Point) {
	for _, p := range points {
		if p.Binding() {
			out = append(out, p)
		}
	}
	return out
}

func metOptions(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "met", Label: locale.T(ctx, "review.met")}, {Value: "not_met", Label: locale.T(ctx, "review.notmet")}, {Value: "na", Label: locale.T(ctx, "review.na")}}
}

// classOptions offers F, W and S with what each means for the client's allowance.
func classOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, c := range []review.Class{review.Fault, review.Wish, review.Slip} {
		out = append(out, ui.Option{Value: string(c), Label: locale.T(ctx, "review.class."+string(c)), Hint: locale.T(ctx, "review.class."+string(c)+".hint")})
	}
	return out
}

// pointOptions offers the points a ruling may cite; those the talent lacked say so.
func (p roomPage) pointOptions(ctx context.Context) (out []ui.Option) {
	have := map[string]bool{}
	for _, x := range p.Room.Points {
		have[x.ID] = true
		out = append(out, ui.Option{Value: x.ID, Label: pointLabel(ctx, x)})
	}
	for _, x := range p.Room.Agreed {
		if !have[x.ID] {
			out = append(out, ui.Option{Value: x.ID, Label: pointLabel(ctx, x), Group: locale.T(ctx, "review.point.lacked")})
		}
	}
	return out
}

// chosen is the class to pre-select: what was ruled, typed, or follows from the cited point.
func (p roomPage) chosen(i review.Item) (class, point string) {
	class, point = p.Form("class."+i.ID), p.Form("point."+i.ID)
	if class == "" {
		class = string(i.Class)
	}
	if point == "" {
		point = i.PointID
	}
	if class == "" {
		point = i.ClaimedPointID
		class = string(p.Room.Grounds().Suggest(point))
	}
	return class, point
}

func (p roomPage) typedOr(field, other string) string {
	if v := p.Form(field); v != "" {
		return v
	}
	return other
}

// whichKey is the key that the newest version waits for.
func (p roomPage) whichKey() review.Key {
	if p.Room.Step == review.StepSecond {
		return review.KeyAE
	}
	return review.KeySpecialist
}

// mayCheck: the actor may turn the key that is due.
func (p roomPage) mayCheck() bool {
	switch p.Room.Step {
	case review.StepFirstKey:
		return p.Actor.Can("draft.check.first")
	case review.StepSecond:
		return p.Actor.Can("draft.check.final")
	}
	return false
}

// turnedFirst: the actor turned the first key, so the second needs a reason.
func (p roomPage) turnedFirst() bool {
	for _, c := range p.Room.Checks {
		if c.ByID == p.Actor.ID {
			return true
		}
	}
	return false
}

func contested(i review.Item) bool { return !i.ContestedAt.IsZero() && i.ContestDecidedAt.IsZero() }

func itemStatus(ctx context.Context, i review.Item) *ui.Status {
	if i.Class == review.Unruled {
		return &ui.Status{Word: locale.T(ctx, "review.unruled"), Meaning: ui.Us}
	}
	meaning := map[review.Class]ui.Meaning{review.Fault: ui.Bad, review.Wish: ui.ClientMove, review.Slip: ui.Us}[i.Class]
	return &ui.Status{Word: locale.T(ctx, "review.class."+string(i.Class)), Meaning: meaning}
}

// itemSecond says how an item stands in one line.
func (p roomPage) itemSecond(ctx context.Context, i review.Item) string {
	l := locale.From(ctx)
	var parts []string
	if i.RuledBy != "" {
		parts = append(parts, l.T("review.ruled.by", "name", i.RuledBy))
	}
	for _, x := range append(append([]review.Point{}, p.Room.Points...), p.Room.Agreed...) {
		if x.ID == i.PointID {
			parts = append(parts, pointLabel(ctx, x))
			break
		}
	}
	if i.Because != "" {
		parts = append(parts, i.Because)
	}
	switch {
	case i.Goodwill():
		parts = append(parts, l.T("review.goodwill.by", "name", i.GoodwillBy, "reason", i.GoodwillReason, "price", i.UsualPrice))
	case !i.ClosedAt.IsZero():
		parts = append(parts, l.T("review.item.closed"))
	case i.ChangeID != "" && i.SentOnAt.IsZero():
		parts = append(parts, l.T("review.item.change"))
	}
	if i.Outcome != "" {
		parts = append(parts, l.T("review.outcome."+string(i.Outcome)), i.OutcomeReason)
	}
	if i.ContestDecision != "" {
		parts = append(parts, l.T("review.contest.was", "name", i.ContestDecidedBy, "text", i.ContestDecision))
	}
	return strings.TrimSuffix(strings.Join(parts, " · "), " · ")
}

func openChange(r review.Room) *review.ChangeRequest {
	if r.Change.ID == "" {
		return nil
	}
	return &r.Change
}

func signed(names []string, sign string) string {
	out := make([]string, 0, len(names))
	for _, n := range names {
		out = append(out, sign+n)
	}
	return strings.Join(out, " ")
}

func (p roomPage) limits() review.Limits {
	return review.LimitsFor(p.Room.Deliverable.Platform, p.Room.Deliverable.Format)
}

// pointNo is the number of a point in the brief that judged the version.
func (p roomPage) pointNo(id string) string {
	for _, x := range p.Room.Points {
		if x.ID == id {
			return strconv.FormatInt(x.Number, 10) + "."
		}
	}
	return "–"
}

func (p roomPage) contactOptions() (out []ui.Option) {
	for _, k := range p.Room.Contacts {
		out = append(out, ui.Option{Value: k.ID, Label: k.Name})
	}
	return out
}

func causeOptions(ctx context.Context) (out []ui.Option) {
	for _, c := range []string{"not_understood", "not_done", "done_wrong"} {
		out = append(out, ui.Option{Value: c, Label: locale.T(ctx, "review.cause."+c)})
	}
	return out
}

// kindOptions are the kind texts to choose from (A69), as the client will read them.
func (p roomPage) kindOptions() (out []ui.Option) {
	l := locale.For(p.Room.ClientLang, "")
	for _, k := range kindTexts {
		out = append(out, ui.Option{Value: k, Label: l.T("review.change.kind." + k)})
	}
	return out
}

func (p roomPage) approvedText(ctx context.Context) string {
	a, l := p.Room.Approval, locale.From(ctx)
	var number int64
	for _, v := range p.Room.Versions {
		if v.ID == a.VersionID {
			number = v.Major
		}
	}
	text := l.T("review.approved.text", "number", number, "when", a.At, "hash", short(a.Hash))
	switch a.Via {
	case review.ViaWhatsApp:
		text += " " + l.T("review.approved.whatsapp", "by", a.EnteredBy, "words", a.Words)
	case review.ViaSilence:
		text += " " + l.T("review.approved.silence")
	}
	return text
}

func (p roomPage) roundTitle(ctx context.Context, r review.Round) string {
	l := locale.From(ctx)
	if r.Origin == review.FromCheck {
		return l.T("review.round.check", "name", r.SentBy)
	}
	counted := l.T("review.round.free")
	switch {
	case r.SentOnAt.IsZero():
		counted = l.T("review.unruled")
	case r.Counted:
		counted = l.T("review.round.counted")
	}
	return l.T("review.round", "n", r.Number, "name", r.SentBy, "counted", counted)
}

func versionStatus(ctx context.Context, r review.Room, v review.Version) ui.Status {
	l := locale.From(ctx)
	switch {
	case v.ID == r.Deliverable.ApprovedID:
		return ui.Status{Word: l.T("draft.version.approved"), Meaning: ui.Good}
	case v.ID == r.Deliverable.WithClientID:
		return ui.Status{Word: l.T("review.step.decide"), Meaning: ui.ClientMove}
	case !v.ReplacedAt.IsZero():
		return ui.Status{Word: l.T("draft.version.replaced")}
	case !v.ReturnedAt.IsZero():
		return ui.Status{Word: l.T("draft.version.returned"), Meaning: ui.Bad}
	case !v.ShownAt.IsZero():
		return ui.Status{Word: l.T("draft.version.shown"), Meaning: ui.Info}
	}
	return ui.Status{Word: l.T("draft.version.checking"), Meaning: ui.Us}
}

func (p roomPage) player(ctx context.Context, v review.Version) ui.Player {
	src := "/draft-files/" + v.ID
	out := ui.Player{Src: src + "?as=play", Type: v.Type, Title: versionLabel(ctx, v), Upright: true, DownloadHref: src + "?download"}
	if v.ID != p.Room.Version.ID || !v.Video() {
		return out
	}
	switch f := p.Room.Film; {
	case f.PosterSHA256 != "":
		out.Poster = src + "?as=poster"
	case f.Waiting():
		out.Note = locale.T(ctx, "draft.film.waiting")
	}
	if !p.Room.Film.Copied() && out.Note == "" {
		out.Note = locale.T(ctx, "draft.film.none")
	}
	return out
}

// tooLong says that the video is longer than the platform takes; "" when it is not.
func (p roomPage) tooLong(ctx context.Context) string {
	over := p.limits().TooLong(p.Room.Film)
	if over == 0 {
		return ""
	}
	return locale.T(ctx, "draft.film.long", "length", review.FormatMoment(p.Room.Film.DurationMS), "max", review.FormatMoment(p.limits().MaxSeconds*1000))
}

// lengthOf is the duration of the room's version, and its size in pixels; "" when unknown.
func lengthOf(r review.Room, v review.Version) string {
	if f := r.Film; v.ID == r.Version.ID && f.DurationMS > 0 {
		return review.FormatMoment(f.DurationMS) + " · " + strconv.FormatInt(f.Width, 10) + " × " + strconv.FormatInt(f.Height, 10)
	}
	return ""
}

// terms are the words and facts of a version; empty ones are left out.
func (p roomPage) terms(ctx context.Context, v review.Version) (out ui.Terms) {
	l := locale.From(ctx)
	for _, t := range [][2]string{
		{"draft.field.caption", v.Caption}, {"draft.field.hashtags", signed(v.Hashtags, "#")}, {"draft.field.mentions", signed(v.Mentions, "@")}, {"draft.field.music", v.Music},
		{"review.sentby", v.UploadedBy + ", " + l.DateTime(v.UploadedAt, l.Zone.String())}, {"review.brief", l.T("review.brief.version", "n", v.BriefVersion)},
		{"review.length", lengthOf(p.Room, v)}, {"review.sha", short(v.SHA256)},
	} {
		if t[1] != "" {
			out = append(out, ui.Term{Name: l.T(t[0]), Text: t[1]})
		}
	}
	return out
}
