package home

import (
	"net/http"

	"kolega/internal/access"
	"kolega/internal/task"
)

// mostTasks of the day stand above the moves; the rest is on the day's page.
const mostTasks = 8

// tasksNow are the reader's tasks that need something now: late, due today, or not
// accepted yet.
func (d rooms) tasksNow(r *http.Request, actor access.Actor) (out []task.View, err error) {
	all, err := d.Task.Tasks(r.Context(), actor, task.Filter{DoerID: actor.ID, Open: true})
	for _, t := range all {
		if len(out) < mostTasks && pressing(t) {
			out = append(out, t)
		}
	}
	return out, err
}

func pressing(t task.View) bool {
	return t.State != task.Waiting && (t.Part == task.PartLate || t.Part == task.PartToday || t.State == task.Unseen)
}
