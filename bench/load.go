package main

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// shot is one request of a load.
type shot struct {
	method, url, body string
	head              map[string]string
}

// result is what one load measured.
type result struct {
	rate     float64 // answers a second
	p50, p99 time.Duration
	bytes    int64 // of one answer
	done     int64
	each     time.Duration // of a core, that the program took for one
}

func (r result) String() string {
	return fmt.Sprintf("%7.0f/s, p50 %.2f ms, p99 %.2f ms, %.0f µs of a core each", r.rate, ms(r.p50), ms(r.p99), float64(r.each)/1000)
}

// load fires shots one after the other from each of n clients, for a time or until
// next says there are no more. Every answer must have the wanted status.
func load(n int, length time.Duration, want int, next func(i int64) (shot, bool)) (result, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: n, MaxConnsPerHost: n, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 20 * time.Second}
	defer client.CloseIdleConnections()
	var at, size atomic.Int64
	var mu sync.Mutex
	var all []time.Duration
	var failed error
	start := time.Now()
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			var took []time.Duration
			var err error
			for err == nil && time.Since(start) < length {
				s, more := next(at.Add(1) - 1)
				if !more {
					break
				}
				t := time.Now()
				var got int64
				if got, err = fire(client, s, want); err == nil {
					took = append(took, time.Since(t))
					size.Store(got)
				}
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, took...)
			if failed == nil {
				failed = err
			}
		})
	}
	wg.Wait()
	whole := time.Since(start)
	if failed != nil || len(all) == 0 {
		return result{}, fmt.Errorf("load: %d answers, %w", len(all), failed)
	}
	slices.Sort(all)
	return result{rate: float64(len(all)) / whole.Seconds(), p50: all[len(all)/2], p99: all[len(all)*99/100], bytes: size.Load(), done: int64(len(all))}, nil
}

func fire(client *http.Client, s shot, want int) (int64, error) {
	var body io.Reader
	if s.body != "" {
		body = strings.NewReader(s.body)
	}
	r, err := http.NewRequest(s.method, s.url, body)
	if err != nil {
		return 0, err
	}
	for k, v := range s.head {
		r.Header.Set(k, v)
	}
	w, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	defer w.Body.Close()
	if w.StatusCode != want {
		b, _ := io.ReadAll(io.LimitReader(w.Body, 400))
		return 0, fmt.Errorf("%s %s: %s: %s", s.method, s.url, w.Status, b)
	}
	return io.Copy(io.Discard, w.Body)
}
