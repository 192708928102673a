package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/result"
	"kolega/internal/web"
	"kolega/internal/web/insightform"
)

type postOut struct {
	ID            string      `json:"id,omitempty" doc:"empty until the link was entered"`
	DeliverableID string      `json:"deliverable_id"`
	CampaignID    string      `json:"campaign_id"`
	TalentID      string      `json:"talent_id"`
	Talent        string      `json:"talent"`
	Platform      string      `json:"platform"`
	Format        string      `json:"format"`
	Due           Due         `json:"due"`
	Stage         string      `json:"stage" doc:"what it waits for: draft, to-post, look, maturing, asked, to-verify, contested, verified"`
	URL           string      `json:"url,omitempty"`
	PlatformID    string      `json:"platform_id,omitempty"`
	Handle        string      `json:"handle,omitempty"`
	PostedAt      *time.Time  `json:"posted_at,omitempty"`
	LateMinutes   int64       `json:"late_minutes,omitempty"`
	Flags         []string    `json:"flags"`
	Doubtful      bool        `json:"doubtful" doc:"a person of the agency still has to judge the flags"`
	OnlineUntil   string      `json:"online_until,omitempty"`
	GoneAt        *time.Time  `json:"gone_at,omitempty"`
	MeasureAt     *time.Time  `json:"measure_at,omitempty"`
	Call          string      `json:"call,omitempty" doc:"the insight clock: ask, last-call, alarm"`
	Insight       *insightOut `json:"insight,omitempty" doc:"the verified reading at measuring age, else the newest"`
}

type insightOut struct {
	ID            string           `json:"id"`
	PostID        string           `json:"post_id"`
	DeliverableID string           `json:"deliverable_id"`
	Age           string           `json:"age" enum:"measuring,other"`
	TakenAt       *time.Time       `json:"taken_at"`
	Counts        map[string]int64 `json:"counts" doc:"known counts only; what is absent is unknown"`
	Frames        []int64          `json:"frames,omitempty"`
	Evidence      []evidenceOut    `json:"evidence"`
	Source        string           `json:"source"`
	State         string           `json:"state" enum:"typed,verified,locked,contested,replaced"`
	Warnings      []string         `json:"warnings"`
	Reason        string           `json:"reason,omitempty"`
	TypedBy       string           `json:"typed_by"`
	VerifiedBy    string           `json:"verified_by,omitempty"`
	ContestedWhy  string           `json:"contested_why,omitempty"`
	Corrects      string           `json:"corrects,omitempty"`
}

type evidenceOut struct {
	SHA256 string `json:"sha256"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	Name   string `json:"name"`
}

func insightWire(i result.Insight) insightOut {
	out := insightOut{ID: i.ID, PostID: i.PostID, DeliverableID: i.DeliverableID, Age: string(i.Age), TakenAt: instant(i.TakenAt), Counts: map[string]int64{}, Frames: i.Frames,
		Evidence: list(i.Evidence, func(e result.Evidence) evidenceOut { return evidenceOut(e) }), Source: string(i.Source), State: string(i.State()),
		Warnings: list(i.Warnings, func(w result.Warning) string { return w.Code }), Reason: i.Reason, TypedBy: i.TypedBy, VerifiedBy: i.VerifiedBy,
		ContestedWhy: i.ContestedWhy, Corrects: i.Corrects}
	for m, n := range i.Counts {
		out.Counts[string(m)] = n
	}
	return out
}

func postWire(r result.PostRow, now time.Time) postOut {
	d, p := r.Deliverable, r.Post
	out := postOut{ID: p.ID, DeliverableID: d.ID, CampaignID: d.CampaignID, TalentID: d.TalentID, Talent: r.Talent, Platform: d.Platform, Format: d.Format, Due: due(d.PostDue),
		Stage: r.Stage(now), URL: p.URL, PlatformID: p.PlatformID, Handle: p.Handle, PostedAt: instant(p.PostedAt), LateMinutes: int64(p.Late() / time.Minute),
		Flags: list(p.Flags, func(f result.Flag) string { return string(f) }), Doubtful: p.Doubtful(), OnlineUntil: string(p.OnlineUntil), GoneAt: instant(p.GoneAt),
		MeasureAt: instant(r.MeasureAt), Call: r.Call}
	i := r.Proof
	if i.ID == "" {
		i = r.Newest
	}
	if i.ID != "" {
		wire := insightWire(i)
		out.Insight = &wire
	}
	return out
}

type postIn struct {
	Body struct {
		Deliverable string    `json:"deliverable"`
		URL         string    `json:"url"`
		PostedAt    time.Time `json:"posted_at,omitempty" doc:"as the link says, else now, when absent"`
	}
}

type postPlanIn struct {
	Body struct {
		Campaign string `json:"campaign"`
		Text     string `json:"text" doc:"pasted links, one a line"`
	}
}

type postPlanOut struct {
	Text        string `json:"text"`
	Platform    string `json:"platform,omitempty"`
	Kind        string `json:"kind,omitempty"`
	PlatformID  string `json:"platform_id,omitempty"`
	Handle      string `json:"handle,omitempty"`
	Deliverable string `json:"deliverable,omitempty"`
	Fits        int    `json:"fits"`
	Fault       string `json:"fault,omitempty"`
}

type postActIn struct {
	ID
	Body struct {
		Act    string `json:"act" enum:"allow,withdraw,gone,back,resolve"`
		Reason string `json:"reason,omitempty"`
		URL    string `json:"url,omitempty" doc:"the full link, to resolve a short one"`
	}
}

type liveCheckIn struct {
	Item string `json:"item" enum:"caption,tags,disclosure,address,online"`
	OK   bool   `json:"ok"`
	Note string `json:"note,omitempty"`
}

type looksIn struct {
	ID
	Body struct {
		Checks []liveCheckIn `json:"checks"`
	}
}

type insightIn struct {
	Body struct {
		Deliverable string            `json:"deliverable"`
		TakenAt     time.Time         `json:"taken_at,omitempty"`
		Counts      map[string]int64  `json:"counts,omitempty"`
		Numbers     map[string]string `json:"numbers,omitempty" doc:"counts as people type them, such as \"12,3 rb\""`
		Frames      []int64           `json:"frames,omitempty"`
		Evidence    []evidenceOut     `json:"evidence,omitempty" doc:"as answered by POST /evidence"`
		Reason      string            `json:"reason,omitempty" doc:"why unusual numbers are right"`
	}
}

type okAnswer struct {
	OK bool `json:"ok"`
}

func registerPosts(a *API) {
	op(a, http.MethodGet, "/posts", "post.enter", "What a campaign owes and has posted; a talent's own", func(ctx context.Context, actor access.Actor, in *inCampaign) (Page[postOut], error) {
		read := func(ctx context.Context, actor access.Actor, _ string) ([]result.PostRow, error) {
			return a.Result.MyPosts(ctx, actor)
		}
		if actor.IsStaff() {
			read = a.Result.Posts
		}
		rows, err := read(ctx, actor, in.Campaign)
		return Page[postOut]{Items: list(rows, func(r result.PostRow) postOut { return postWire(r, a.DB.Now()) })}, err
	})
	op(a, http.MethodPost, "/posts", "post.enter", "Enter the link of published content", func(ctx context.Context, actor access.Actor, in *postIn) (postOut, error) {
		if _, err := a.Result.EnterPost(ctx, actor, result.EnterPost{DeliverableID: in.Body.Deliverable, URL: in.Body.URL, PostedAt: in.Body.PostedAt}); err != nil {
			return postOut{}, err
		}
		row, _, err := a.Result.Row(ctx, actor, in.Body.Deliverable)
		return postWire(row, a.DB.Now()), err
	})
	op(a, http.MethodPost, "/post-plans", "post.enter", "Read pasted links and find their content; keeps nothing", func(ctx context.Context, actor access.Actor, in *postPlanIn) (Page[postPlanOut], error) {
		lines, err := a.Result.PlanPosts(ctx, actor, in.Body.Campaign, in.Body.Text)
		return Page[postPlanOut]{Items: list(lines, func(l result.PastedLink) postPlanOut {
			return postPlanOut{l.Text, l.Link.Platform, string(l.Link.Kind), l.Link.ID, l.Link.Handle, l.DeliverableID, l.Fits, l.Fault}
		})}, err
	})
	op(a, http.MethodPost, "/posts/{id}/acts", "post.enter", "Let a flagged post stand, withdraw it, mark it gone or back, resolve a short link", func(ctx context.Context, actor access.Actor, in *postActIn) (okAnswer, error) {
		return okAnswer{true}, a.actPost(ctx, actor, in)
	})
	op(a, http.MethodPost, "/posts/{id}/checks", "post.enter", "Keep what was seen on the live post", func(ctx context.Context, actor access.Actor, in *looksIn) (okAnswer, error) {
		var looks []result.LiveCheck
		for _, c := range in.Body.Checks {
			looks = append(looks, result.LiveCheck{Key: result.CheckKey(c.Item), OK: c.OK, Note: c.Note})
		}
		return okAnswer{true}, a.Result.LookAtPost(ctx, actor, in.ID.ID, looks)
	})
	registerWatch(a)
	registerInsights(a)
}

func (a *API) actPost(ctx context.Context, actor access.Actor, in *postActIn) error {
	switch in.Body.Act {
	case "allow":
		return a.Result.AllowPost(ctx, actor, in.ID.ID, in.Body.Reason)
	case "withdraw":
		return a.Result.WithdrawPost(ctx, actor, in.ID.ID, in.Body.Reason)
	case "resolve":
		return a.Result.ResolvePost(ctx, actor, in.ID.ID, in.Body.URL)
	}
	return a.Result.MarkGone(ctx, actor, in.ID.ID, in.Body.Act == "gone", in.Body.Reason)
}

func registerInsights(a *API) {
	op(a, http.MethodGet, "/insights", "insight.see", "Insights that wait for a second look, oldest first", func(ctx context.Context, actor access.Actor, in *inCampaign) (Page[insightOut], error) {
		cards, err := a.Result.ToVerify(ctx, actor, in.Campaign)
		return Page[insightOut]{Items: list(cards, func(c result.InsightCard) insightOut { return insightWire(c.Insight) })}, err
	})
	op(a, http.MethodGet, "/insights/{id}", "insight.enter", "One insight", func(ctx context.Context, actor access.Actor, in *ID) (insightOut, error) {
		c, err := a.Result.Insight(ctx, actor, in.ID)
		return insightWire(c.Insight), err
	})
	op(a, http.MethodPost, "/insights", "insight.enter", "Enter a post's counts", func(ctx context.Context, actor access.Actor, in *insightIn) (insightOut, error) {
		req, err := insightRequest(actor, in)
		if err != nil {
			return insightOut{}, err
		}
		i, err := a.Result.EnterInsight(ctx, actor, req)
		return insightWire(i), err
	})
	op(a, http.MethodPost, "/insights/{id}/verify", "insight.verify", "Verify: the numbers are those of the screenshot", func(ctx context.Context, actor access.Actor, in *ID) (insightOut, error) {
		i, err := a.Result.VerifyInsight(ctx, actor, in.ID)
		return insightWire(i), err
	})
	op(a, http.MethodPost, "/insights/{id}/contest", "insight.verify", "Contest numbers, with the reason", func(ctx context.Context, actor access.Actor, in *whyIn) (insightOut, error) {
		i, err := a.Result.ContestInsight(ctx, actor, in.ID.ID, in.Body.Reason)
		return insightWire(i), err
	})
	registerReadings(a)
	registerConnections(a)
	registerTracks(a)
	registerTables(a)
	a.raw(http.MethodPost, "/evidence", func(w http.ResponseWriter, r *http.Request) error {
		e, err := a.Result.KeepEvidence(r.Context(), web.ActorOf(r), r.URL.Query().Get("name"), r.Body)
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		return json.NewEncoder(w).Encode(evidenceOut(e))
	})
	a.raw(http.MethodGet, "/insights/{id}/evidence/{sha}", func(w http.ResponseWriter, r *http.Request) error {
		f, e, err := a.Result.OpenEvidence(r.Context(), web.ActorOf(r), r.PathValue("id"), r.PathValue("sha"))
		if err != nil {
			return err
		}
		defer f.Close()
		insightform.Serve(w, r, f, e)
		return nil
	})
}

type whyIn struct {
	ID
	Body struct {
		Reason string `json:"reason"`
	}
}

// insightRequest joins numbers given as counts and as people type them.
func insightRequest(actor access.Actor, in *insightIn) (result.EnterInsight, error) {
	texts := map[result.Metric]string{}
	for m, t := range in.Body.Numbers {
		texts[result.Metric(m)] = t
	}
	counts, _, _, err := result.ReadNumbers(texts, "", actor.Lang)
	for m, n := range in.Body.Counts {
		counts[result.Metric(m)] = n
	}
	return result.EnterInsight{DeliverableID: in.Body.Deliverable, TakenAt: in.Body.TakenAt, Counts: counts, Frames: in.Body.Frames, Reason: in.Body.Reason,
		Evidence: list(in.Body.Evidence, func(e evidenceOut) result.Evidence { return result.Evidence(e) })}, err
}
