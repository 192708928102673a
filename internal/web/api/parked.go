package api

import (
	"context"
	"net/http"
	"time"

	"kolega/internal/access"
	"kolega/internal/job"
)

type parkedOut struct {
	ID       string    `json:"id"`
	Kind     string    `json:"kind"`
	Reason   string    `json:"reason" doc:"of the last try"`
	Tries    int64     `json:"tries"`
	ParkedAt time.Time `json:"parked_at"`
}

func registerParked(a *API) {
	op(a, http.MethodGet, "/parked-jobs", "access.settings", "Jobs that failed too often and wait for a person", func(ctx context.Context, actor access.Actor, _ *struct{}) (Page[parkedOut], error) {
		jobs, err := a.Access.Parked(ctx, actor)
		return Page[parkedOut]{Items: list(jobs, func(j job.Stuck) parkedOut { return parkedOut{j.ID, j.Kind, j.Reason, j.Tries, j.ParkedAt} })}, err
	})
	op(a, http.MethodPost, "/parked-jobs/{id}/retry", "access.settings", "Let a parked job run again", func(ctx context.Context, actor access.Actor, in *ID) (okAnswer, error) {
		return okAnswer{true}, a.Access.RunAgain(ctx, actor, in.ID)
	})
}
