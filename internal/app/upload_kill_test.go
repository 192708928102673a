package app

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/testkit"
	"kolega/internal/worktime"
)

// Sizes of the bar: films of some chunks, sent by so many phones at once, and a kill of
// the server after each so many films.
const (
	upChunk  = 64 << 10
	upPhones = 8
	upKill   = 20
)

// TestUploads_CutAndKilledArriveByteEqual sends films through a proxy that cuts each of
// them at least once, to a server that is killed under them again and again. Each arrives
// as it was sent, and what a phone sends again after a cut is one chunk at the most.
// KOLEGA_UPLOADS=1000 is the full bar.
func TestUploads_CutAndKilledArriveByteEqual(t *testing.T) {
	films := 60
	if n, err := strconv.Atoi(os.Getenv("KOLEGA_UPLOADS")); err == nil {
		films = n
	}
	if testing.Short() {
		films = 12
	}
	bin, data := build(t), t.TempDir()
	c := &Common{Data: data}
	link := ""
	firstToken(t, c, func(h *Hall, boss access.Actor) { link = filmRoom(t, h, boss) })
	p := newCutter(t)
	run := start(t, bin, "--data", data)
	p.to(run.url)

	var done atomic.Int64
	stop, killed := make(chan struct{}), make(chan int)
	go func() {
		kills := 0
		defer func() { killed <- kills }()
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
			}
			if done.Load() < int64((kills+1)*upKill) && kills > 0 || done.Load() == 0 {
				continue
			}
			kills++
			p.to("")
			run.kill()
			run = start(t, bin, "--data", data)
			p.to(run.url)
		}
	}()
	sent, again := make([]string, films), atomic.Int64{}
	var phones sync.WaitGroup
	for n := range upPhones {
		phones.Go(func() {
			for i := n; i < films; i += upPhones {
				ph := phone{at: p.url() + link, film: filmOf(i), p: p}
				if sent[i] = ph.send(t); sent[i] == "" {
					return
				}
				again.Add(ph.again)
				done.Add(1)
			}
		})
	}
	phones.Wait()
	close(stop)
	kills := <-killed
	run.kill()
	if cuts := p.cuts.Load(); !t.Failed() && (cuts < int64(films) || kills == 0) {
		t.Errorf("only %d cuts and %d kills of %d films: the test proves little", cuts, kills, films)
	}
	wholeAsSent(t, c, sent)
	t.Logf("%d films, %d cuts, %d kills, %d kB sent again", films, p.cuts.Load(), kills, again.Load()>>10)
}

// filmRoom opens a talent's room in a campaign that owes a film.
func filmRoom(t *testing.T, h *Hall, boss access.Actor) string {
	t.Helper()
	testkit.Booked(t, h.DB, "{}")
	err := h.DB.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), `UPDATE deliverable SET approved_id = '' WHERE id = 'd1'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	token, err := h.Access.IssueLink(context.Background(), boss, access.Room{Party: access.Talent, CampaignID: "ca", TalentID: "t1", Name: "Bea", Lang: "id", Zone: "Asia/Manila"}, h.DB.Now().Add(1000*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return "/t/" + token
}

// filmOf makes the film of a number: other bytes for each, of two to six chunks and a bit.
func filmOf(i int) []byte {
	r := rand.New(rand.NewSource(int64(i) + 1))
	b := make([]byte, (2+i%5)*upChunk+r.Intn(upChunk))
	_, _ = r.Read(b)
	return append([]byte{0, 0, 0, 24, 'f', 't', 'y', 'p', 'm', 'p', '4', '2', 0, 0, 0, 0, 'm', 'p', '4', '2', 'i', 's', 'o', 'm'}, b...)
}

// phone sends one film by the protocol and keeps on until it is there.
type phone struct {
	at    string
	film  []byte
	p     *cutter
	acked int64 // that the server said it has
	onWay int64 // to where it was being sent when the network went; 0 = it did not
	again int64 // bytes sent a second time
}

// send gives the id of the upload.
func (ph *phone) send(t *testing.T) string {
	url, end := "", time.Now().Add(3*time.Minute)
	cutAt := rand.Int63n(int64(len(ph.film)-1)) + 1
	for time.Now().Before(end) {
		if url == "" {
			if url = ph.begin(); url == "" {
				time.Sleep(50 * time.Millisecond)
			}
			continue
		}
		offset, ok := ph.where(url)
		if !ok {
			time.Sleep(100 * time.Millisecond)
			continue
		}
		if offset < ph.acked {
			t.Errorf("the server had %d bytes and now has %d", ph.acked, offset)
			return ""
		}
		if ph.onWay > 0 {
			if repeat := ph.onWay - offset; repeat > upChunk {
				t.Errorf("%d bytes are sent again, more than a chunk", repeat)
			} else if repeat > 0 {
				ph.again += repeat
			}
			ph.onWay = 0
		}
		ph.acked = offset
		if offset == int64(len(ph.film)) {
			return url[strings.LastIndex(url, "/")+1:]
		}
		for ph.acked < int64(len(ph.film)) {
			piece := ph.film[ph.acked:min(ph.acked+upChunk, int64(len(ph.film)))]
			var body io.Reader = bytes.NewReader(piece)
			if ph.acked+int64(len(piece)) >= cutAt && cutAt > 0 { // the network goes once, somewhere within the film
				body, cutAt = &breaking{body, max(cutAt-ph.acked, 1)}, 0
				ph.p.cuts.Add(1)
			}
			status := ph.patch(url, body, len(piece))
			if status != http.StatusNoContent {
				if status == 0 { // cut: what was on its way is sent again, as far as the server does not have it
					ph.onWay = ph.acked + int64(len(piece))
				} else { // refused: another connection still holds the film
					time.Sleep(300 * time.Millisecond)
				}
				break
			}
			ph.acked += int64(len(piece))
		}
	}
	t.Errorf("a film of %d bytes did not arrive; %d are there", len(ph.film), ph.acked)
	return ""
}

// breaking is a connection that breaks after some bytes.
type breaking struct {
	r    io.Reader
	left int64
}

func (b *breaking) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errors.New("the network is gone")
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

func (ph *phone) ask(method, url string, body io.Reader, size int, head ...string) (*http.Response, error) {
	r, err := http.NewRequest(method, url, body)
	if err != nil {
		return nil, err
	}
	r.ContentLength = int64(size)
	r.Header.Set("Tus-Resumable", "1.0.0")
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	c := http.Client{Timeout: 20 * time.Second, Transport: ph.p.way}
	w, err := c.Do(r)
	if err == nil {
		_, _ = io.Copy(io.Discard, w.Body)
		_ = w.Body.Close()
	}
	return w, err
}

func (ph *phone) begin() string {
	b64 := base64.StdEncoding.EncodeToString
	w, err := ph.ask("POST", ph.at+"/uploads", nil, 0, "Upload-Length", fmt.Sprint(len(ph.film)),
		"Upload-Metadata", "deliverable "+b64([]byte("d1"))+",filename "+b64([]byte("a.mp4"))+",filetype "+b64([]byte("video/mp4")))
	if err != nil || w.StatusCode != http.StatusCreated {
		return ""
	}
	return ph.p.url() + w.Header.Get("Location")
}

func (ph *phone) where(url string) (int64, bool) {
	w, err := ph.ask("HEAD", url, nil, 0)
	if err != nil || w.StatusCode != http.StatusOK {
		return 0, false
	}
	n, err := strconv.ParseInt(w.Header.Get("Upload-Offset"), 10, 64)
	return n, err == nil
}

// patch sends a piece and gives the answer's status; 0 for none.
func (ph *phone) patch(url string, body io.Reader, size int) int {
	w, err := ph.ask("PATCH", url, body, size, "Content-Type", "application/offset+octet-stream", "Upload-Offset", fmt.Sprint(ph.acked))
	if err != nil {
		return 0
	}
	return w.StatusCode
}

// cutter is a proxy with one address before a server that comes and goes. It also drops
// connections at random on its own.
type cutter struct {
	listen net.Listener
	way    *http.Transport
	cuts   atomic.Int64
	mu     sync.Mutex
	target string
}

func newCutter(t *testing.T) *cutter {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	p := &cutter{listen: l, way: &http.Transport{DisableKeepAlives: true}}
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			go p.carry(from)
		}
	}()
	return p
}

func (p *cutter) url() string { return "http://" + p.listen.Addr().String() }

func (p *cutter) to(url string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.target = strings.TrimPrefix(strings.TrimSuffix(url, "/"), "http://")
}

// carry passes one connection on, and drops one in twelve somewhere.
func (p *cutter) carry(from net.Conn) {
	defer from.Close()
	p.mu.Lock()
	target := p.target
	p.mu.Unlock()
	if target == "" {
		return
	}
	server, err := net.Dial("tcp", target)
	if err != nil {
		return
	}
	defer server.Close()
	most := int64(1 << 40)
	if rand.Intn(12) == 0 {
		most = rand.Int63n(upChunk)
		p.cuts.Add(1)
	}
	back := make(chan struct{})
	go func() { _, _ = io.Copy(from, server); _ = from.Close(); close(back) }()
	if n, _ := io.Copy(server, io.LimitReader(from, most)); n >= most {
		return
	}
	<-back
}

// wholeAsSent compares what is kept with what was sent, byte by byte.
func wholeAsSent(t *testing.T, c *Common, sent []string) {
	t.Helper()
	ctx := context.Background()
	h, err := OpenHall(ctx, c, worktime.System(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	for i, id := range sent {
		if id == "" {
			continue
		}
		var sha string
		if err := h.DB.Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT sha256 FROM upload WHERE id = $1 AND finished_at IS NOT NULL`, id).Scan(&sha)
		}); err != nil {
			t.Errorf("film %d: %v", i, err)
			continue
		}
		f, err := h.Blob.Open(ctx, sha)
		if err != nil {
			t.Errorf("film %d: %v", i, err)
			continue
		}
		got, err := io.ReadAll(f)
		f.Close()
		if err != nil || !bytes.Equal(got, filmOf(i)) {
			t.Errorf("film %d: other bytes arrived, %v", i, err)
		}
	}
	if bad, err := h.verify(ctx, io.Discard); bad > 0 || err != nil {
		t.Errorf("verify: %d problems, %v", bad, err)
	}
}
