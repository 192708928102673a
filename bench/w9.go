package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

const uploadSize = 50 << 20

// w9 sends files at once by the resumable protocol: to the product, which asks for the
// right, hashes and syncs, and to tusd, which does none of the three.
func (b *bench) w9(context.Context) error {
	files := max(b.writes/25, 20)
	fill := make([]byte, uploadSize)
	for i := 0; i < len(fill); i += 8 {
		binary.LittleEndian.PutUint64(fill[i:], uint64(i)*0x9E3779B97F4A7C15)
	}
	r := rounds{}
	for round := range b.rounds {
		for _, name := range []string{"tusd", "product"} {
			took, peak, err := b.uploads(name, round, files, fill)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			r.add(name, took.Seconds())
			r.add(name+"peak", peak)
			fmt.Fprintf(os.Stderr, "W9 round %d, %-8s %d files of 50 MiB at once: %.1f s, peak %.0f MiB\n", round, name, files, took.Seconds(), peak)
		}
	}
	say := func(name string) string {
		return fmt.Sprintf("%.1f s, peak %.0f MiB", r.of(name), r.of(name+"peak"))
	}
	what := fmt.Sprintf("W9 %d uploads of 50 MiB", files)
	b.table.atMost(what+", time", say("product"), "tusd "+say("tusd"), r.ratio("product", "tusd"), 1.5)
	b.table.atMost(what+", peak memory", say("product"), "tusd "+say("tusd"), r.ratio("productpeak", "tusdpeak"), 1.5)
	return nil
}

// uploads measures one round; its folder goes at the end.
func (b *bench) uploads(name string, round, files int, fill []byte) (took time.Duration, peak float64, err error) {
	var s *server
	path := "/files/"
	dir := filepath.Join(b.dir, fmt.Sprintf("w9-%s-%d", name, round))
	defer os.RemoveAll(dir)
	if name == "tusd" {
		s, err = b.peerAt("tusd", dir, 0)
	} else {
		path = "/api/v1/uploads"
		if _, err = b.house(filepath.Base(dir), 0); err == nil {
			s, _, err = b.product(dir, "/sign-in")
		}
	}
	if err != nil {
		return 0, 0, err
	}
	defer s.stop()
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: files, WriteBufferSize: 64 << 10}}
	defer client.CloseIdleConnections()
	faults := make([]error, files)
	var wg sync.WaitGroup
	start := time.Now()
	for i := range files {
		wg.Go(func() { faults[i] = upload(client, s.url+path, i, fill) })
	}
	wg.Wait()
	took = time.Since(start)
	if err := errors.Join(faults...); err != nil {
		return 0, 0, err
	}
	peak, err = peakOf(s.cmd.Process.Pid)
	return took, peak, err
}

// upload sends the i-th film: a head of its own before the common bytes.
func upload(client *http.Client, url string, i int, fill []byte) error {
	own := append([]byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2\x00\x00\x00\x10free"), fmt.Sprintf("%08d", i)...)
	q, err := http.NewRequest(http.MethodPost, url, io.MultiReader(bytes.NewReader(own), bytes.NewReader(fill[len(own):])))
	if err != nil {
		return err
	}
	word := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	q.ContentLength = int64(len(fill))
	q.Header = http.Header{"Tus-Resumable": {"1.0.0"}, "Upload-Length": {strconv.Itoa(len(fill))}, "Content-Type": {"application/offset+octet-stream"}, "Authorization": {"Bearer " + staffToken},
		"Upload-Metadata": {"deliverable " + word(id("del", perTalent*5*i)) + ",filename " + word("film.mp4") + ",filetype " + word("video/mp4")}}
	w, err := client.Do(q)
	if err != nil {
		return err
	}
	defer w.Body.Close()
	said, _ := io.ReadAll(w.Body)
	if w.StatusCode != http.StatusCreated || w.Header.Get("Upload-Offset") != strconv.Itoa(len(fill)) {
		return fmt.Errorf("upload %d: %s, offset %q: %s", i, w.Status, w.Header.Get("Upload-Offset"), said)
	}
	return nil
}

// peakOf gives the most memory a process ever held, in MiB.
func peakOf(pid int) (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, rest, ok := strings.Cut(string(b), "VmHWM:")
	if !ok {
		return 0, errors.New("no peak in the process's status")
	}
	kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	return kib / 1024, err
}
