package talents

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"kolega/internal/locale"
	"kolega/internal/money"
	"kolega/internal/report"
	"kolega/internal/talent"
	"kolega/internal/web"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

type contractForm struct {
	Holder     string `form:"holder"`
	Name       string `form:"holder_name"`
	From       string `form:"from"`
	To         string `form:"to"`
	NoticeOn   string `form:"notice_on"`
	Share      string `form:"share"`
	Territory  string `form:"territory"`
	Categories string `form:"categories"`
	Note       string `form:"note"`
}

func (d rooms) addContract(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[contractForm](r)
	if err != nil {
		return err
	}
	x := talent.Exclusivity{TalentID: r.PathValue("id"), Holder: talent.Holder(f.Holder), HolderName: f.Name, From: worktime.Date(f.From), To: worktime.Date(f.To),
		NoticeOn: worktime.Date(f.NoticeOn), Territory: countriesIn(f.Territory), Categories: list(f.Categories), Note: f.Note}
	if f.Share != "" {
		if x.ShareBp, err = talent.ParseRate(f.Share); err != nil {
			return d.after(w, r, "contract", talent.FaultShare, "")
		}
	}
	_, err = d.Talent.AddContract(r.Context(), web.ActorOf(r), x)
	return d.after(w, r, "contract", err, "talent.toast.contract")
}

// countriesIn reads countries by code or name; what is none stays as typed, for the
// rule to refuse.
func countriesIn(typed string) []string {
	out := list(typed)
	for i, s := range out {
		if code, ok := talent.CountryOf(s); ok {
			out[i] = code
		}
	}
	return out
}

type endForm struct {
	Last string `form:"to"`
	Why  string `form:"why"`
}

func (d rooms) endContract(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[endForm](r)
	if err != nil {
		return err
	}
	err = d.Talent.EndContract(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("contract"), worktime.Date(f.Last), f.Why)
	return d.after(w, r, "contract-end", err, "talent.toast.contract-ended")
}

type rightForm struct {
	Version   int64    `form:"version"`
	Holder    string   `form:"holder_name"`
	Title     string   `form:"title"`
	Category  string   `form:"category"`
	Channels  []string `form:"channels"`
	Territory string   `form:"territory"`
	From      string   `form:"from"`
	To        string   `form:"to"`
	Paid      bool     `form:"paid"`
	CodeKind  string   `form:"code_kind"`
	Code      string   `form:"code"`
	CodeUntil string   `form:"code_until"`
	Note      string   `form:"note"`
}

func (d rooms) addRight(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[rightForm](r)
	if err != nil {
		return err
	}
	r.PostForm.Del("code") // never written back into a page
	_, err = d.Talent.AddRight(r.Context(), web.ActorOf(r), talent.NewRight{Code: f.Code, Right: talent.UsageRight{TalentID: r.PathValue("id"), HolderName: f.Holder,
		Title: f.Title, Category: f.Category, Channels: f.Channels, Territory: countriesIn(f.Territory), From: worktime.Date(f.From), To: worktime.Date(f.To),
		Paid: f.Paid, CodeKind: talent.CodeKind(f.CodeKind), CodeUntil: worktime.Date(f.CodeUntil), Note: f.Note}})
	return d.after(w, r, "right", err, "talent.toast.right")
}

func (d rooms) editRight(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[rightForm](r)
	if err != nil {
		return err
	}
	r.PostForm.Del("code")
	err = d.Talent.EditRight(r.Context(), web.ActorOf(r), talent.EditRight{TalentID: r.PathValue("id"), ID: r.PathValue("right"), Version: f.Version,
		To: worktime.Date(f.To), Paid: f.Paid, CodeKind: talent.CodeKind(f.CodeKind), Code: f.Code, CodeUntil: worktime.Date(f.CodeUntil), Note: f.Note})
	return d.after(w, r, "right-"+r.PathValue("right"), err, "talent.toast.right-saved")
}

// seeCode shows a right's code once, on the answer to a logged look.
func (d rooms) seeCode(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[numberForm](r)
	if err != nil {
		return err
	}
	code, err := d.Talent.SeeCode(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("right"), f.Reason)
	if err != nil {
		return d.after(w, r, "code-"+r.PathValue("right"), err, "")
	}
	w.Header().Set("Cache-Control", "no-store")
	return d.showWith(w, r, http.StatusOK, refusal{}, once{code: code, codeOf: r.PathValue("right")})
}

type rivalForm struct {
	Brand  string `form:"brand"`
	SeenOn string `form:"seen_on"`
	Link   string `form:"link"`
	Note   string `form:"note"`
}

func (d rooms) seeRival(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[rivalForm](r)
	if err != nil {
		return err
	}
	_, err = d.Talent.SeeRival(r.Context(), web.ActorOf(r), talent.RivalSeen{TalentID: r.PathValue("id"), Brand: f.Brand, SeenOn: worktime.Date(f.SeenOn), Link: f.Link, Note: f.Note})
	return d.after(w, r, "rival", err, "talent.toast.rival")
}

type settleForm struct {
	Verdict string `form:"verdict"`
	Words   string `form:"words"`
}

// settle keeps the agency's decision about one fact (R13).
func (d rooms) settle(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[settleForm](r)
	if err != nil {
		return err
	}
	err = d.Talent.SettleFact(r.Context(), web.ActorOf(r), talent.SettleFact{TalentID: r.PathValue("id"), FactID: r.PathValue("fact"), Excuse: f.Verdict == "excuse", Words: f.Words})
	return d.after(w, r, "fact-"+r.PathValue("fact"), err, "talent.toast.settled")
}

// holderLine names whom a contract is with.
func holderLine(ctx context.Context, x talent.Exclusivity) string {
	if x.Holder == talent.HolderAgency {
		return tr(ctx, "holder.agency")
	}
	return x.HolderName
}

// scopeLine is where and for what a contract or right holds.
func scopeLine(ctx context.Context, territory, categories []string) string {
	where := tr(ctx, "everywhere")
	if len(territory) > 0 {
		names := make([]string, len(territory))
		for i, c := range territory {
			names[i] = talent.CountryName(c, locale.From(ctx).Lang)
		}
		where = strings.Join(names, ", ")
	}
	what := tr(ctx, "all-categories")
	if len(categories) > 0 {
		what = strings.Join(categories, ", ")
	}
	return where + " · " + what
}

// spanLine is a span of days, open-ended ones said so.
func spanLine(ctx context.Context, from, to worktime.Date) string {
	if to == "" {
		return tr(ctx, "valid-from", "day", locale.From(ctx).Date(from))
	}
	return locale.From(ctx).Range(from, to)
}

// termWord says where a span stands today, and in which colour.
func termWord(ctx context.Context, from, to, today worktime.Date, soon bool) (string, ui.Meaning) {
	switch {
	case to != "" && to.Before(today):
		return tr(ctx, "term.ended"), ui.Neutral
	case from.After(today):
		return tr(ctx, "term.ahead"), ui.Info
	case soon:
		return tr(ctx, "term.soon", "n", today.DaysUntil(to)), ui.Wait
	}
	return tr(ctx, "term.runs"), ui.Good
}

func channelNames(ctx context.Context, list []string) string {
	if len(list) == 0 {
		return tr(ctx, "channel.own")
	}
	out := make([]string, len(list))
	for i, c := range list {
		out[i] = tr(ctx, "channel."+c)
	}
	return strings.Join(out, ", ")
}

// factHref is the screen on which a fact happened.
func factHref(f talent.Fact) string {
	if f.CampaignID == "" {
		return ""
	}
	part := map[string]string{"draft": "/drafts", "version": "/drafts", "post": "/posts", "insight": "/posts", "booking": "/bookings"}[f.Subject]
	return "/campaigns/" + f.CampaignID + part
}

// factLine says what happened: due, done, and by how much.
func factLine(ctx context.Context, f talent.Fact) string {
	l := locale.From(ctx)
	if f.DueAt.IsZero() {
		return f.Title + " · " + l.Date(talent.DayOf(f.At))
	}
	line := f.Title + " · " + tr(ctx, "fact-due", "due", l.DateTime(f.DueAt, "Asia/Jakarta"))
	if f.LateMinutes > 0 {
		line += " · " + tr(ctx, "fact-late", "by", l.Duration(f.At.Sub(f.DueAt)))
	}
	return line
}

// dayWord answers the date box in a word.
func dayWord(ctx context.Context, d report.TalentDay) (string, ui.Meaning) {
	switch {
	case !d.Free:
		return tr(ctx, "day.busy"), ui.Bad
	case len(d.Reasons) > 0:
		return tr(ctx, "day.ask"), ui.Wait
	}
	return tr(ctx, "day.free"), ui.Good
}

func reasonLine(ctx context.Context, r report.DayReason) string {
	title := r.Title
	if r.From != "" && r.From != r.To {
		title = strings.TrimSpace(title + " " + locale.From(ctx).Range(r.From, r.To))
	}
	return strings.Trim(tr(ctx, "reason."+r.Kind, "title", title), " :·")
}

// endings are the contracts and rights that end soon, for the notice on top.
func (p showPage) endings(ctx context.Context) (out []string) {
	for _, x := range p.File.Bonds.Contracts {
		if x.DueSoon(p.Today) {
			out = append(out, tr(ctx, "ends-contract", "who", holderLine(ctx, x), "day", locale.From(ctx).Date(x.To)))
		}
	}
	for _, u := range p.File.Bonds.Rights {
		if u.DueSoon(p.Today) {
			out = append(out, tr(ctx, "ends-right", "who", u.HolderName, "title", u.Title, "day", locale.From(ctx).Date(u.Ends())))
		}
	}
	return out
}

func episodeMeaning(s report.EpisodeStage) ui.Meaning {
	switch s {
	case report.EpisodeDelivered:
		return ui.Good
	case report.EpisodeBooked, report.EpisodeOffered:
		return ui.Us
	case report.EpisodeShown:
		return ui.ClientMove
	case report.EpisodeRefused, report.EpisodeDeclined, report.EpisodeDropped:
		return ui.Bad
	}
	return ui.Neutral
}

func feeOf(ctx context.Context, e report.Episode) string {
	if e.Fee.None() || e.Fee == (money.Amount{}) {
		return "–"
	}
	return locale.From(ctx).Money(e.Fee)
}

func erOf(ctx context.Context, e report.Episode) string {
	if r := e.ER.ER(); r.Measurable() {
		return locale.From(ctx).Bp(r.Bp())
	}
	return "–"
}

func codeKinds(ctx context.Context) []ui.Option {
	return []ui.Option{{Value: "spark", Label: tr(ctx, "code.spark")}, {Value: "partner", Label: tr(ctx, "code.partner")}}
}

func channels(ctx context.Context) []ui.Option { return choices(ctx, "channel", talent.Channels()...) }

// sent are the channels that a refused form had ticked.
func (p showPage) sent(r string) []string {
	if p.Refused.Part != r {
		return nil
	}
	return slices.Clip(strings.Split(p.Refused.Values["channels"], ","))
}
