package task

import (
	"context"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/find"
)

// Findable is what of this room the search finds: tasks that the reader does or gave, and
// everybody's to those who lead.
var Findable = []find.Source{{Kind: find.Task, Verb: "task.see", List: func(ctx context.Context, tx *db.Tx, actor access.Actor) ([]find.Line, error) {
	return find.Query(ctx, tx, find.Task, `SELECT t.id, t.id, t.title, p.name, t.result, t.done_means, '', t.given_at
		FROM task t JOIN person p ON p.id = t.doer_id WHERE $1 = 1 OR t.doer_id = $2 OR t.by_id = $2`, flag(actor.Can("task.lead")), actor.ID)
}}}
