package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"strings"
	"time"
)

// w3 is the campaign board: 200 campaigns of 50 talents in turn, signed in.
func (b *bench) w3(context.Context) error {
	dir, err := b.house("w3", 0)
	if err != nil {
		return err
	}
	p, _, err := b.product(dir, "/sign-in")
	if err != nil {
		return err
	}
	defer p.stop()
	cookie := map[string]string{"Cookie": "kolega_session=" + sessionToken}
	board := func(i int64) (shot, bool) {
		return shot{method: "GET", url: p.url + "/campaigns/" + id("cam", int(i%boards)), head: cookie}, true
	}
	if err := checkBoard(board); err != nil {
		return err
	}
	warm, err := load(4, b.each, 200, board)
	if err != nil {
		return err
	}
	peers := map[string]*server{}
	for _, name := range []string{"append", "template"} {
		if peers[name], err = b.peer(name, int(warm.bytes)); err != nil {
			return err
		}
		defer peers[name].stop()
	}
	r := rounds{}
	for round := range b.rounds {
		for _, clients := range b.clients {
			for _, name := range []string{"append", "template", "product"} {
				next, at := board, p
				if name != "product" {
					at = peers[name]
					next = func(i int64) (shot, bool) {
						return shot{method: "GET", url: fmt.Sprintf("%s/board?c=%d", peers[name].url, i%boards)}, true
					}
				}
				before := at.cpu()
				got, err := load(clients, b.each, 200, next)
				if err != nil {
					return err
				}
				got.each = (at.cpu() - before) / time.Duration(got.done)
				r.addLoad(fmt.Sprint(name, clients), got)
				fmt.Fprintf(os.Stderr, "W3 round %d, %-8s %2d clients: %s, %d bytes\n", round, name, clients, got, got.bytes)
			}
		}
	}
	say := func(name string) string {
		return fmt.Sprintf("%.0f/s p99 %.1f ms", r.of(name), r.of(name+"p99"))
	}
	b.table.atLeast("W3 board, 32 clients", say("product32"), "SQLite + html/template "+say("template32"), r.ratio("product32", "template32"), 4)
	b.table.atLeast("W3 board, 32 clients", say("product32"), "append by hand "+say("append32"), r.ratio("product32", "append32"), 0.25)
	b.table.atMost("W3 board, p99", say("product32"), "SQLite + html/template "+say("template32"), r.ratio("product32p99", "template32p99"), 0.2)
	b.table.stands("W3 board, 1 client", say("product1"), "html/template "+say("template1"), "")
	return nil
}

// checkBoard reads one board as a person would: all of its talents must be there.
func checkBoard(board func(int64) (shot, bool)) error {
	s, _ := board(7)
	r, err := http.NewRequest(s.method, s.url, nil)
	if err != nil {
		return err
	}
	for k, v := range s.head {
		r.Header.Set(k, v)
	}
	client := &http.Client{Timeout: 10 * time.Second}
	w, err := client.Do(r)
	if err != nil {
		return err
	}
	defer w.Body.Close()
	page, err := io.ReadAll(w.Body)
	if err != nil {
		return err
	}
	for i := range perBoard {
		if name := fmt.Sprintf("Talent Nomor %d<", (7*perBoard+i)%talents); !strings.Contains(string(page), name) {
			return fmt.Errorf("board answered %s without %q", w.Status, name)
		}
	}
	return nil
}

const always = time.Duration(math.MaxInt64)
