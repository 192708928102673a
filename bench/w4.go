package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

// w4 is the client's decision: approve or send a round, by the API with rights,
// trail and idempotency, durable before the answer. Each draft is decided once.
func (b *bench) w4(context.Context) error {
	perRound := b.writes + b.writes/8
	campaigns := (perRound*b.rounds+perRound)/deliverableLen + 2
	dir, err := b.house("w4", campaigns)
	if err != nil {
		return err
	}
	p, _, err := b.product(dir, "/sign-in")
	if err != nil {
		return err
	}
	defer p.stop()
	peers := map[string]*server{}
	for _, name := range []string{"full", "group"} {
		if peers[name], err = b.peer(name, 0); err != nil {
			return err
		}
		defer peers[name].stop()
	}
	used := 0
	decide := func(i int64) shot { return decision4(p.url, i, campaigns) }
	r := rounds{}
	warm := int64(b.writes / 8)
	if _, err := load(4, always, 201, func(i int64) (shot, bool) { return decide(i), i < warm }); err != nil {
		return err
	}
	used += int(warm) + 8
	for round := range b.rounds {
		for _, clients := range b.clients {
			for _, name := range []string{"full", "group", "product"} {
				count, from := int64(b.writes), int64(used)
				if clients == 1 {
					count /= 8
				}
				next := func(i int64) (shot, bool) { return decide(from + i), i < count }
				at := p
				if name == "product" {
					used += int(count)
				} else {
					at = peers[name]
					next = func(i int64) (shot, bool) {
						return shot{method: "POST", url: fmt.Sprintf("%s/approve?i=%d", peers[name].url, i)}, i < count
					}
				}
				before := at.cpu()
				got, err := load(clients, always, 201, next)
				if err != nil {
					return err
				}
				got.each = (at.cpu() - before) / time.Duration(got.done)
				r.addLoad(fmt.Sprint(name, clients), got)
				fmt.Fprintf(os.Stderr, "W4 round %d, %-8s %2d clients: %s\n", round, name, clients, got)
			}
		}
	}
	b.say4(r)
	return nil
}

func (b *bench) say4(r rounds) {
	say := func(name string) string {
		return fmt.Sprintf("%.0f/s p50 %.2f p99 %.1f ms", r.of(name), r.of(name+"p50"), r.of(name+"p99"))
	}
	b.table.atLeast("W4 decisions, 32 clients", say("product32"), "SQLite group commit "+say("group32"), r.ratio("product32", "group32"), 0.6)
	b.table.atMost("W4 decisions, 1 client, p50", say("product1"), "SQLite commit each "+say("full1"), r.ratio("product1p50", "full1p50"), 1.3)
	b.table.stands("W4 decisions, 32 clients", say("product32"), "SQLite commit each "+say("full32"), fmt.Sprintf("%.2fx now", r.ratio("product32", "full32")))
}

// decision4 is the i-th decision: in turn an approval and a round, over all rooms.
func decision4(url string, i int64, campaigns int) shot {
	room := boards + int(i)%campaigns
	draft := room*deliverableLen + int(i)/campaigns
	s := shot{method: "POST", url: url + "/api/v1/drafts/" + id("dra", draft) + "/approvals", head: map[string]string{
		"Authorization": "Bearer " + fmt.Sprint(linkToken, room), "Idempotency-Key": fmt.Sprint("decision-", i)}}
	if i%2 == 1 {
		s.url = url + "/api/v1/drafts/" + id("dra", draft) + "/rounds"
		s.head["Content-Type"], s.body = "application/json", `{"items":[{"text":"Tolong ganti musik di awal","at":"0:12"}]}`
	}
	return s
}
