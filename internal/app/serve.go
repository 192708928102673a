package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"kolega/internal/db"
	"kolega/internal/demo"
	"kolega/internal/sandbox"
	"kolega/internal/worktime"
)

type serveCmd struct {
	Addr  string `help:"Address to listen on." default:"127.0.0.1:8080" env:"KOLEGA_ADDR" placeholder:"HOST:PORT"`
	Now   string `help:"Start the clock at this instant (RFC 3339), for rehearsals and tests." placeholder:"TIME"`
	Demo  bool   `help:"Fill an empty data folder with a demo agency and print its sign-ins."`
	Times int    `help:"Play the demo agency this many times over, to see how a large one behaves." default:"1" name:"demo-times" placeholder:"N"`
	Token string `help:"Token that Prometheus sends to /metrics as a bearer; without one there is no such page." env:"KOLEGA_METRICS_TOKEN" name:"metrics-token" placeholder:"TOKEN"`
	JSON  bool   `help:"Print the first line as one JSON object, for scripts." name:"json"`

	Sandbox string `help:"Address of kolega sandbox, to pay through its stand-ins." env:"KOLEGA_SANDBOX" placeholder:"URL"`
}

// stopWithin is how long requests under way may take when the program is stopped.
const stopWithin = 20 * time.Second

// Run serves until it is told to stop.
func (s *serveCmd) Run(ctx context.Context, c *Common, out *outputs) error {
	live, err := s.clock()
	if err != nil {
		return err
	}
	if s.Demo {
		remove, err := c.demoFolder()
		if err != nil {
			return err
		}
		defer remove()
	}
	clock := demo.NewClock(live)
	began := clock.Now()
	h, err := OpenHall(ctx, c, clock, c.logger(out.err))
	if err != nil {
		return err
	}
	defer h.Close()
	if err := db.Migrate(ctx, h.DB); err != nil {
		return err
	}
	h.reach(s.Sandbox)
	var cast *demo.Cast
	var bank *sandbox.Bank
	var cloud *sandbox.Cloud
	if s.Demo {
		if cast, err = h.demo(ctx, clock, demo.Options{Scale: s.Times}, out.err); err != nil {
			return err
		}
		if bank, cloud, err = h.stand(ctx); err != nil {
			return err
		}
	}
	if err := h.Review.KeepSweeping(ctx); err != nil {
		return err
	}
	if err := h.Rapport.KeepPreparing(ctx); err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	if err := s.say(out, "http://"+listener.Addr().String(), c.Data, cast, clock.Now().Sub(began)); err != nil {
		return err
	}
	h.metricsToken = s.Token
	if bank != nil {
		go bank.CallBack(ctx, "http://"+listener.Addr().String())
		go cloud.CallBack(ctx, "http://"+listener.Addr().String()+"/hook/whatsapp")
	}
	return h.serve(ctx, listener)
}

// say tells where the program answers: for scripts, for people who try it, or plainly.
func (s *serveCmd) say(out *outputs, url, data string, cast *demo.Cast, took time.Duration) error {
	switch {
	case s.JSON:
		return greet(out.out, url, cast)
	case cast != nil:
		return welcome(out.out, url, data, cast, took)
	}
	_, err := fmt.Fprintf(out.out, "Kolega %s\n", url)
	return err
}

func (s *serveCmd) clock() (worktime.Clock, error) {
	if s.Now == "" {
		return worktime.System(), nil
	}
	t, err := time.Parse(time.RFC3339, s.Now)
	if err != nil {
		return nil, fmt.Errorf("--now: %w", err)
	}
	return worktime.StartingAt(t), nil
}

// workers is how many jobs are carried out at a time: most wait for a service or for
// the writer.
const workers = 8

// serve answers and works until ctx ends, then lets what is under way finish.
func (h *Hall) serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{Handler: h.Handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	working, stopWorking := context.WithCancel(context.WithoutCancel(ctx))
	var work sync.WaitGroup
	work.Go(func() { h.Runner.Run(working, workers) })
	if h.Review.Filming() {
		work.Go(func() { h.Review.MakeFilms(working, h.Log) })
	}
	go h.warm(working)
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
		defer cancel()
		err = srv.Shutdown(closing)
	}
	stopWorking()
	work.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// settleIn is how long after the start the memory that only it needed is given back.
const settleIn = time.Second

// warm makes the talent index before it is asked.
func (h *Hall) warm(ctx context.Context) {
	if err := h.Match.Warm(ctx); err != nil && !errors.Is(err, db.ErrClosed) {
		h.Log.ErrorContext(ctx, "talent index not built; the first search tries again", slog.Any("err", err))
	}
	settled := time.NewTimer(settleIn)
	defer settled.Stop()
	select {
	case <-ctx.Done():
	case <-settled.C:
		debug.FreeOSMemory() // what only the start needed
		giveBackPages()
	}
}
