package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/task"
	"kolega/internal/worktime"
)

type taskOut struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"`
	DoneMeans string     `json:"done_means,omitempty"`
	Campaign  string     `json:"campaign,omitempty"`
	Client    string     `json:"client,omitempty"`
	Doer      string     `json:"doer" doc:"id of a person"`
	By        string     `json:"by,omitempty" doc:"id of a person; left out when the program gave it"`
	State     string     `json:"state" enum:"waiting,unseen,running,done,dropped"`
	Late      bool       `json:"late"`
	Due       *dueOut    `json:"due"`
	Minutes   int64      `json:"minutes"`
	After     []string   `json:"after" doc:"ids of tasks that come first"`
	GivenAt   *time.Time `json:"given_at"`
	SeenAt    *time.Time `json:"seen_at"`
	DoneAt    *time.Time `json:"done_at"`
	Result    string     `json:"result,omitempty"`
	Version   int64      `json:"version"`
}

func taskWire(now time.Time) func(task.View) taskOut {
	return func(v task.View) taskOut {
		return taskOut{ID: v.ID, Title: v.Title, DoneMeans: v.DoneMeans, Campaign: v.CampaignID, Client: v.ClientID, Doer: v.DoerID, By: v.ByID, State: string(v.State), Late: v.Late(now),
			Due: dueWire(v.Due), Minutes: v.Minutes, After: list(v.After, func(id string) string { return id }), GivenAt: instant(v.GivenAt), SeenAt: instant(v.SeenAt), DoneAt: instant(v.DoneAt),
			Result: v.Result, Version: v.Version}
	}
}

type tasksIn struct {
	Doer     string `query:"doer"`
	By       string `query:"by"`
	Campaign string `query:"campaign"`
	Client   string `query:"client"`
	Open     bool   `query:"open"`
	Limit    int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

type giveTaskIn struct {
	Body struct {
		Title     string   `json:"title"`
		DoneMeans string   `json:"done_means,omitempty"`
		Doer      string   `json:"doer"`
		Due       string   `json:"due" doc:"in the doer's zone: 2026-12-01T17:00, besok 17.00"`
		Minutes   int64    `json:"minutes,omitempty" doc:"planned work; 60 when left out"`
		Campaign  string   `json:"campaign,omitempty"`
		Client    string   `json:"client,omitempty"`
		After     []string `json:"after,omitempty"`
	}
}

type dueMovedOut struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Holiday string `json:"holiday"`
}

type givenOut struct {
	taskOut
	Moved *dueMovedOut `json:"moved" doc:"a holiday moved the due date"`
}

type taskEndIn struct {
	ID
	Body struct {
		Text string `json:"text,omitempty" doc:"what came of it, or why it was dropped"`
	}
}

func registerTasks(a *API) {
	op(a, http.MethodGet, "/tasks", "task.see", "Tasks by due time, those that ended last", func(ctx context.Context, actor access.Actor, in *tasksIn) (Page[taskOut], error) {
		all, err := a.Task.Tasks(ctx, actor, task.Filter{DoerID: in.Doer, ByID: in.By, CampaignID: in.Campaign, ClientID: in.Client, Open: in.Open, Limit: in.Limit})
		return Page[taskOut]{Items: list(all, taskWire(a.DB.Now()))}, err
	})
	op(a, http.MethodPost, "/tasks", "task.give", "Give a task", a.giveTask)
	op(a, http.MethodGet, "/tasks/{id}", "task.see", "A task", a.showTask)
	taskAct(a, "accept", "Say that one does a task", func(ctx context.Context, actor access.Actor, in *taskEndIn) error {
		return a.Task.Accept(ctx, actor, in.ID.ID)
	})
	taskAct(a, "finish", "Say that a task is done", func(ctx context.Context, actor access.Actor, in *taskEndIn) error {
		return a.Task.Finish(ctx, actor, in.ID.ID, in.Body.Text)
	})
	taskAct(a, "reopen", "Open a task again", func(ctx context.Context, actor access.Actor, in *taskEndIn) error {
		return a.Task.Reopen(ctx, actor, in.ID.ID)
	})
	taskAct(a, "drop", "Drop a task, with the reason", func(ctx context.Context, actor access.Actor, in *taskEndIn) error {
		return a.Task.Drop(ctx, actor, in.ID.ID, in.Body.Text)
	})
	registerLeave(a)
}

func taskAct(a *API, path, summary string, act func(context.Context, access.Actor, *taskEndIn) error) {
	op(a, http.MethodPost, "/tasks/{id}/"+path, "task.give", summary, func(ctx context.Context, actor access.Actor, in *taskEndIn) (taskOut, error) {
		if err := act(ctx, actor, in); err != nil {
			return taskOut{}, err
		}
		return a.showTask(ctx, actor, &in.ID)
	})
}

func (a *API) showTask(ctx context.Context, actor access.Actor, in *ID) (taskOut, error) {
	v, err := a.Task.View(ctx, actor, in.ID)
	return taskWire(a.DB.Now())(v), err
}

func (a *API) giveTask(ctx context.Context, actor access.Actor, in *giveTaskIn) (out givenOut, err error) {
	b := in.Body
	t, m, err := a.Task.Give(ctx, actor, task.NewTask{Title: b.Title, DoneMeans: b.DoneMeans, DoerID: b.Doer, Due: b.Due, Minutes: b.Minutes, CampaignID: b.Campaign, ClientID: b.Client, After: b.After})
	if err != nil {
		return out, err
	}
	if m != (task.Moved{}) {
		out.Moved = &dueMovedOut{string(m.From), string(m.To), m.Holiday}
	}
	out.taskOut, err = a.showTask(ctx, actor, &ID{t.ID})
	return out, err
}

type loadWeekOut struct {
	Monday   string `json:"monday"`
	Planned  int64  `json:"planned" doc:"minutes of open tasks"`
	Capacity int64  `json:"capacity" doc:"working minutes without holidays and leave"`
	Tasks    int    `json:"tasks"`
	Late     int    `json:"late"`
}

type loadOut struct {
	Person string        `json:"person"`
	Name   string        `json:"name"`
	Weeks  []loadWeekOut `json:"weeks"`
	Away   []leaveOut    `json:"away"`
}

type leaveOut struct {
	ID   string `json:"id"`
	From string `json:"from"`
	To   string `json:"to"`
}

type leaveIn struct {
	Body struct {
		Person string `json:"person,omitempty" doc:"left out: oneself"`
		From   string `json:"from"`
		To     string `json:"to"`
	}
}

func leaveWire(l task.Leave) leaveOut { return leaveOut{l.ID, string(l.From), string(l.To)} }

func registerLeave(a *API) {
	op(a, http.MethodGet, "/workload", "task.see", "Everybody's open work by week, and who is away", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[loadOut], error) {
		all, err := a.Task.Load(ctx, actor)
		return Page[loadOut]{Items: list(all, func(p task.PersonLoad) loadOut {
			return loadOut{p.Person.ID, p.Person.Name, list(p.Weeks, func(w task.Week) loadWeekOut {
				return loadWeekOut{string(w.Monday), w.Planned, w.Capacity, w.Tasks, w.Late}
			}), list(p.Away, leaveWire)}
		})}, err
	})
	op(a, http.MethodPost, "/leave", "task.leave", "Note days of leave", func(ctx context.Context, actor access.Actor, in *leaveIn) (leaveOut, error) {
		who := in.Body.Person
		if who == "" {
			who = actor.ID
		}
		l, err := a.Task.TakeLeave(ctx, actor, task.Leave{PersonID: who, From: worktime.Date(in.Body.From), To: worktime.Date(in.Body.To)})
		return leaveWire(l), err
	})
	op(a, http.MethodDelete, "/leave/{id}", "task.leave", "Take leave back", func(ctx context.Context, actor access.Actor, in *ID) (done, error) {
		return done{true}, a.Task.DropLeave(ctx, actor, in.ID)
	})
}
