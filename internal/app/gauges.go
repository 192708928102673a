package app

import (
	"context"
	"runtime"

	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/web/metric"
)

// gauges are the figures of the page of metrics that are not counted but read.
func (h *Hall) gauges(ctx context.Context) ([]metric.Gauge, error) {
	var load job.Load
	err := h.DB.Read(ctx, func(tx *db.Tx) (err error) {
		load, err = job.LoadOf(ctx, tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return []metric.Gauge{
		{Name: "kolega_jobs_waiting", Help: "Jobs that are due and not done.", Value: float64(load.Due)},
		{Name: "kolega_jobs_waiting_seconds", Help: "How long the oldest of them has been due.", Value: load.Late.Seconds()},
		{Name: "kolega_jobs_parked", Help: "Jobs that were given up and wait for a person.", Value: float64(load.Parked)},
		{Name: "kolega_goroutines", Help: "Goroutines.", Value: float64(runtime.NumGoroutine())},
		{Name: "kolega_heap_bytes", Help: "Memory in use on the heap.", Value: float64(m.HeapAlloc)},
		{Name: "kolega_held_bytes", Help: "Memory held from the system, without the program's own code.", Value: float64(m.Sys - m.HeapReleased)},
	}, nil
}
