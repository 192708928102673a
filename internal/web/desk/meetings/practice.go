package meetings

import (
	"errors"
	"mime"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/locale"
	"kolega/internal/meeting"
	"kolega/internal/web"
	"kolega/internal/web/desk"
	"kolega/internal/web/ui"
	"kolega/internal/worktime"
)

// practiceRoutes are the pages about practice.
func practiceRoutes(d rooms) []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/practice", Verb: "practice.see", Handle: d.practice},
		{Method: "POST", Pattern: "/practice", Verb: "practice.lead", Handle: d.startSeries},
		{Method: "POST", Pattern: "/practice/{id}/end", Verb: "practice.lead", Handle: d.endSeries},
		{Method: "GET", Pattern: "/practice/turns/{turn}", Verb: "practice.see", Handle: d.turn},
		{Method: "GET", Pattern: "/practice/turns/{turn}/file", Verb: "practice.see", Handle: d.turnFile},
		{Method: "POST", Pattern: "/practice/turns/{turn}/topic", Verb: "practice.see", Handle: d.topic},
		{Method: "POST", Pattern: "/practice/turns/{turn}/swap", Verb: "practice.see", Handle: d.swap},
		{Method: "POST", Pattern: "/practice/turns/{turn}/score", Verb: "practice.see", Handle: d.score},
		{Method: "GET", Pattern: "/practice/progress/{person}", Verb: "practice.see", Handle: d.progress},
	}
}

type seriesForm struct {
	Title   string   `form:"title"`
	First   string   `form:"first"`
	Clock   string   `form:"clock"`
	Minutes int64    `form:"minutes"`
	Turns   int64    `form:"turns"`
	People  []string `form:"people"`
}

type practicePage struct {
	Page   ui.Page
	All    []meeting.Practice
	People []access.Person
	Form   seriesForm
	Errors map[string]string
	Leads  bool
	Actor  access.Actor
	Now    time.Time
	Key    string
}

func (d rooms) practice(w http.ResponseWriter, r *http.Request) error {
	return d.showPractice(w, r, http.StatusOK, seriesForm{Clock: "16.00", Minutes: 20, Turns: 2}, nil)
}

func (d rooms) showPractice(w http.ResponseWriter, r *http.Request, status int, f seriesForm, errs map[string]string) (err error) {
	p := practicePage{Actor: web.ActorOf(r), Form: f, Errors: errs, Now: d.DB.Now(), Key: desk.NewKey(r)}
	p.Leads = p.Actor.Can("practice.lead")
	if p.All, err = d.Meeting.Practices(r.Context(), p.Actor); err != nil {
		return err
	}
	if p.People, err = d.Access.People(r.Context(), p.Actor); err != nil {
		return err
	}
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "calendar", Title: locale.T(r.Context(), "practice.title")}); err != nil {
		return err
	}
	return web.Render(w, r, status, practiceView(p))
}

func (d rooms) startSeries(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[seriesForm](r)
	if err == nil {
		_, err = d.Meeting.StartSeries(r.Context(), web.ActorOf(r), meeting.Series{Title: f.Title, First: worktime.Date(f.First), Clock: f.Clock, Zone: web.ActorOf(r).Zone, Minutes: f.Minutes, Turns: f.Turns, People: f.People})
	}
	if errs, ok := web.Invalid(r, err); ok {
		return d.showPractice(w, r, web.StatusOf(err), f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/practice", "practice.started")
}

func (d rooms) endSeries(w http.ResponseWriter, r *http.Request) error {
	if err := d.Meeting.EndSeries(r.Context(), web.ActorOf(r), r.PathValue("id")); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/practice", "practice.over")
}

type scoreForm struct {
	Content  int64  `form:"content"`
	Story    int64  `form:"story"`
	Proof    int64  `form:"proof"`
	Handling int64  `form:"handling"`
	Keep     string `form:"keep"`
	Change   string `form:"change"`
	Question string `form:"question"`
}

type turnPage struct {
	Page   ui.Page
	Turn   meeting.TurnPage
	Form   scoreForm
	Errors map[string]string
	Actor  access.Actor
	Now    time.Time
	Key    string
}

func (d rooms) turn(w http.ResponseWriter, r *http.Request) error {
	return d.showTurn(w, r, http.StatusOK, nil, nil)
}

func (d rooms) showTurn(w http.ResponseWriter, r *http.Request, status int, f *scoreForm, errs map[string]string) (err error) {
	p := turnPage{Actor: web.ActorOf(r), Errors: errs, Now: d.DB.Now(), Key: desk.NewKey(r)}
	if p.Turn, err = d.Meeting.TurnOf(r.Context(), p.Actor, r.PathValue("turn")); err != nil {
		return err
	}
	switch {
	case f != nil:
		p.Form = *f
	case p.Turn.Mine != nil:
		s := p.Turn.Mine
		p.Form = scoreForm{s.Content, s.Story, s.Proof, s.Handles, s.Keep, s.Change, s.Question}
	}
	title := p.Turn.Names[p.Turn.PresenterID]
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "calendar", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "practice.title"), Href: "/practice"}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, status, turnView(p))
}

func (d rooms) onTurn(w http.ResponseWriter, r *http.Request, err error, f *scoreForm, toast string) error {
	if errs, ok := web.Invalid(r, err); ok {
		return d.showTurn(w, r, web.StatusOf(err), f, errs)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, "/practice/turns/"+r.PathValue("turn"), toast)
}

// maxPracticeFile is what a form with a file may be, in bytes.
const maxPracticeFile = 52 << 20

func (d rooms) topic(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxPracticeFile)
	file, head, err := r.FormFile("file")
	kind, topic := r.FormValue("topic_kind"), r.FormValue("topic")
	if err != nil && !errors.Is(err, http.ErrMissingFile) && !errors.Is(err, http.ErrNotMultipart) {
		return web.ErrForm
	}
	if err != nil {
		return d.onTurn(w, r, d.Meeting.Topic(r.Context(), web.ActorOf(r), r.PathValue("turn"), kind, topic, "", nil), nil, "practice.topic.saved")
	}
	defer file.Close()
	return d.onTurn(w, r, d.Meeting.Topic(r.Context(), web.ActorOf(r), r.PathValue("turn"), kind, topic, head.Filename, file), nil, "practice.topic.saved")
}

// turnFile gives the file that was shown, to be saved.
func (d rooms) turnFile(w http.ResponseWriter, r *http.Request) error {
	t, body, err := d.Meeting.OpenFile(r.Context(), web.ActorOf(r), r.PathValue("turn"))
	if err != nil {
		return err
	}
	defer body.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": t.FileName}))
	http.ServeContent(w, r, "", t.Start, body)
	return nil
}

func (d rooms) swap(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[struct {
		Presenter string `form:"presenter"`
	}](r)
	if err == nil {
		err = d.Meeting.Swap(r.Context(), web.ActorOf(r), r.PathValue("turn"), f.Presenter)
	}
	return d.onTurn(w, r, err, nil, "practice.swapped")
}

func (d rooms) score(w http.ResponseWriter, r *http.Request) error {
	f, err := web.Form[scoreForm](r)
	if err == nil {
		err = d.Meeting.Judge(r.Context(), web.ActorOf(r), meeting.Score{TurnID: r.PathValue("turn"), Content: f.Content, Story: f.Story, Proof: f.Proof, Handles: f.Handling, Keep: f.Keep, Change: f.Change, Question: f.Question})
	}
	return d.onTurn(w, r, err, &f, "practice.scored")
}

type progressPage struct {
	Page  ui.Page
	Name  string
	Steps []meeting.Step
	Zone  *time.Location
}

func (d rooms) progress(w http.ResponseWriter, r *http.Request) (err error) {
	p := progressPage{Zone: locale.From(r.Context()).Zone}
	if p.Steps, err = d.Meeting.Progress(r.Context(), web.ActorOf(r), r.PathValue("person")); err != nil {
		return err
	}
	people, err := d.Access.People(r.Context(), web.ActorOf(r))
	if err != nil {
		return err
	}
	for _, x := range people {
		if x.ID == r.PathValue("person") {
			p.Name = x.Name
		}
	}
	title := locale.T(r.Context(), "practice.progress", "name", p.Name)
	if p.Page, err = desk.Frame(w, r, d.House, desk.At{Nav: "calendar", Title: title, Crumbs: []ui.Crumb{{Label: locale.T(r.Context(), "practice.title"), Href: "/practice"}, {Label: title}}}); err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, progressView(p))
}
