package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"

	"kolega/internal/blob"
	"kolega/internal/blob/partial"
	"kolega/internal/db"
	"kolega/internal/job"
	"kolega/internal/secret"
	"kolega/internal/web"
	"kolega/internal/web/house"
	"kolega/internal/web/metric"
)

// Hall is the house with its lights on: everything wired, nothing yet served.
type Hall struct {
	house.House
	Log      *slog.Logger
	Registry *job.Registry
	Runner   *job.Runner
	Plumbing *web.Plumbing
	Spool    *partial.Folder // files that are still arriving
	data     string

	answers      metric.Set
	metricsToken string // "" for no page of metrics
}

// OpenHall opens the data folder, making it when it is new, and wires the slices.
func OpenHall(ctx context.Context, c *Common, clock db.Clock, log *slog.Logger) (*Hall, error) {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	d, err := db.Open(ctx, c.databaseURL(), db.Options{Clock: clock, Logger: log})
	if err != nil {
		return nil, err
	}
	h, err := NewHall(d, c.Data, log)
	if err != nil {
		_ = d.Close()
	}
	return h, err
}

// NewHall wires the slices on an open database, with keys and files in a folder.
func NewHall(d *db.DB, data string, log *slog.Logger) (*Hall, error) {
	h := &Hall{Log: log, Registry: job.NewRegistry(), data: data}
	h.DB = d
	if err := h.furnish(data); err != nil {
		return nil, err
	}
	return h, nil
}

func (h *Hall) furnish(data string) error {
	var err error
	if h.Box, err = secret.Open(filepath.Join(data, "keys")); err != nil {
		return fmt.Errorf("open keys: %w", err)
	}
	if h.Blob, err = blob.Folder(filepath.Join(data, "files")); err != nil {
		return fmt.Errorf("open file store: %w", err)
	}
	if h.Spool, err = partial.Open(filepath.Join(data, "arriving")); err != nil {
		return fmt.Errorf("open upload folder: %w", err)
	}
	h.wire()
	h.Registry.Settle(h.DB)
	h.Runner = job.NewRunner(h.DB, h.Registry, h.Log)
	h.Plumbing = &web.Plumbing{DB: h.DB, Access: h.Access, Log: h.Log, Count: h.answers.Count}
	return nil
}

func (c *Common) databaseURL() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + filepath.Join(c.Data, "kolega.db")
}

// Close waits for what is under way and lets go of the data folder.
func (h *Hall) Close() error {
	h.Match.Close()
	return h.DB.Close()
}

// Handler is all doors behind one outer shell.
func (h *Hall) Handler() http.Handler {
	mux := http.NewServeMux()
	h.mount(mux)
	mux.Handle("GET /metrics", h.answers.Handler(h.metricsToken, h.gauges))
	return h.Plumbing.Wrap(mux)
}
