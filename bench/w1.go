package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// briefs of W1; every engine answers whole cycles of them.
const briefs = 64

var w1Sizes = []int{10_000, 100_000, 1_000_000}

// cycles of one load, so that a slow engine's mix is no different.
func cycles(engine string, n int) int {
	switch {
	case engine == "product" || engine == "bitmap":
		return 30
	case engine == "scan":
		return max(1, 2_000_000/n)
	}
	return max(2, 400_000/n)
}

// address is a brief as the product is asked it. loose counts each facet without its
// own filter, as the screen does.
func (q brief) address(loose bool) string {
	v := url.Values{"country": {countries[q.country]}, "platform": {platforms[q.platform]}, "followers_min": {fmt.Sprint(q.least)}, "followers_max": {fmt.Sprint(q.most)},
		"er_min_bp": {fmt.Sprint(q.erLeast)}, "er_max_bp": {fmt.Sprint(q.erMost)}, "budget": {fmt.Sprint(q.budget * 1000)}, "engagements": {fmt.Sprint(q.engagements())},
		"sort": {"fit"}, "facet": {"city", "language", "tier", "category"}}
	for _, c := range q.cats {
		v.Add("category", categories[c])
		v.Add("wanted", categories[c])
	}
	if q.word != "" {
		v.Set("bio", q.word)
	}
	if !loose {
		v.Set("within", "true")
	}
	return "/api/v1/matches?" + v.Encode()
}

// w1 is talent search at three sizes, beside raw engines on the same rows.
func (b *bench) w1(context.Context) error {
	sizes := w1Sizes
	if b.most > 0 {
		for len(sizes) > 1 && sizes[len(sizes)-1] > b.most {
			sizes = sizes[:len(sizes)-1]
		}
	}
	r := rounds{}
	for _, n := range sizes {
		if err := b.w1At(n, r); err != nil {
			return fmt.Errorf("%d rows: %w", n, err)
		}
	}
	b.w1Lines(sizes, r)
	return nil
}

func (b *bench) w1At(n int, r rounds) error {
	servers := map[string]*server{}
	defer func() {
		for _, s := range servers {
			s.stop()
		}
	}()
	dir, err := b.talentHouse(n)
	if err != nil {
		return err
	}
	if servers["product"], err = b.searching(dir); err != nil {
		return err
	}
	file := filepath.Join(b.data(), fmt.Sprintf("w1-%d.db", n))
	if err := fillTalents(file, n); err != nil {
		return err
	}
	for _, name := range []string{"bitmap", "scan", "sqlite"} {
		if servers[name], err = b.peerAt(name, file, n); err != nil {
			return err
		}
	}
	ask := map[string]func(i int64) shot{}
	for name, s := range servers {
		ask[name] = func(i int64) shot { return shot{method: "GET", url: fmt.Sprintf("%s/s?q=%d", s.url, i%briefs)} }
	}
	head := map[string]string{"Authorization": "Bearer " + apiToken}
	for name, loose := range map[string]bool{"product": false, "loose": true} {
		ask[name] = func(i int64) shot {
			return shot{method: "GET", url: servers["product"].url + briefAt(int(i%briefs)).address(loose), head: head}
		}
	}
	if err := sameFound(ask); err != nil {
		return err
	}
	r.add(fmt.Sprintf("idle-%d", n), servers["product"].rss)
	for round := range b.rounds {
		if err := b.w1Round(n, round, ask, r); err != nil {
			return err
		}
	}
	rss, err := residentMiB(servers["product"].cmd.Process.Pid)
	r.add(fmt.Sprintf("loaded-%d", n), rss)
	if err == nil && n == w1Sizes[len(w1Sizes)-1] {
		err = b.w1Writes(servers["product"], r)
	}
	return err
}

// searching starts the product on a folder twice: once to make its index, once from
// the snapshot, whose memory after five idle seconds is kept.
func (b *bench) searching(dir string) (*server, error) {
	first := func(s *server) (time.Duration, error) {
		began := time.Now()
		client := &http.Client{Timeout: 10 * time.Minute}
		defer client.CloseIdleConnections()
		_, err := fire(client, shot{method: "GET", url: s.url + briefAt(0).address(false), head: map[string]string{"Authorization": "Bearer " + apiToken}}, 200)
		return time.Since(began), err
	}
	s, _, err := b.product(dir, "/sign-in")
	if err != nil {
		return nil, err
	}
	took, err := first(s)
	if err != nil {
		s.stop()
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "W1 first search, index built anew %.1f s\n", took.Seconds())
	for range 600 {
		if _, err := os.Stat(filepath.Join(dir, "talents.columns")); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	time.Sleep(time.Second)
	s.stop()
	if s, _, err = b.product(dir, "/sign-in"); err != nil {
		return nil, err
	}
	if took, err = first(s); err != nil {
		s.stop()
		return nil, err
	}
	time.Sleep(5 * time.Second)
	s.rss, err = residentMiB(s.cmd.Process.Pid)
	fmt.Fprintf(os.Stderr, "W1 first search from the snapshot %.0f ms, idle %.1f MiB\n", ms(took), s.rss)
	return s, err
}

func (b *bench) w1Round(n, round int, ask map[string]func(int64) shot, r rounds) error {
	for _, clients := range []int{1, 32} {
		for _, name := range []string{"bitmap", "scan", "sqlite", "product", "loose"} {
			if name == "scan" && (clients > 1 || n > 100_000) {
				continue
			}
			engine := name
			if name == "loose" {
				engine = "product"
			}
			last := int64(cycles(engine, n) * briefs)
			got, err := load(clients, time.Hour, 200, func(i int64) (shot, bool) { return ask[name](i), i < last })
			if err != nil {
				return err
			}
			key := fmt.Sprintf("%s-%d-%d", name, n, clients)
			r.add(key, got.rate)
			r.add(key+"p50", ms(got.p50))
			r.add(key+"p99", ms(got.p99))
			fmt.Fprintf(os.Stderr, "W1 round %d, %7d rows, %-8s %2d clients: %7.1f answers/s, p50 %.2f ms, p99 %.2f ms, %d bytes\n", round, n, name, clients, got.rate, ms(got.p50), ms(got.p99), got.bytes)
		}
	}
	return nil
}

// sameFound compares the answers of all engines to all briefs: ids, order, fit, counts.
func sameFound(ask map[string]func(int64) shot) error {
	rows := 0
	for i := range int64(briefs) {
		want, err := foundOf(ask["bitmap"](i))
		if err != nil {
			return err
		}
		rows += want.Total
		for _, name := range []string{"sqlite", "scan", "product"} {
			got, err := foundOf(ask[name](i))
			if err != nil {
				return err
			}
			if !reflect.DeepEqual(got, want) {
				return fmt.Errorf("brief %d: %s answers %+v, bitmap %+v", i, name, got, want)
			}
		}
	}
	if rows == 0 {
		return fmt.Errorf("the briefs find nobody")
	}
	fmt.Fprintf(os.Stderr, "W1 %d briefs: ids, order, fit and counts are equal in all engines; %d found\n", briefs, rows)
	return nil
}

// foundOf reads an answer of either form.
func foundOf(s shot) (found, error) {
	r, err := http.NewRequest(s.method, s.url, nil)
	if err != nil {
		return found{}, err
	}
	for k, v := range s.head {
		r.Header.Set(k, v)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return found{}, err
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil || w.StatusCode != 200 {
		return found{}, fmt.Errorf("%s: %s: %w", s.url, body, err)
	}
	if len(s.head) == 0 {
		var f found
		return f, json.Unmarshal(body, &f)
	}
	return productFound(body)
}

// productFound puts the product's words back into numbers.
func productFound(body []byte) (f found, err error) {
	var in struct {
		Items []struct {
			TalentID   string   `json:"talent_id"`
			Name       string   `json:"name"`
			Handle     string   `json:"handle"`
			Platform   string   `json:"platform"`
			City       string   `json:"city"`
			Categories []string `json:"categories"`
			Followers  int64    `json:"followers"`
			ER         int64    `json:"er_bp"`
			Fee        struct{ Minor int64 }
			Fit        int64
		}
		Total  int
		Facets map[string][]struct {
			Value string
			Count int
		}
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return f, err
	}
	place := func(list []string, s string) int {
		for i, x := range list {
			if strings.EqualFold(x, s) {
				return i
			}
		}
		return -1
	}
	f.Total = in.Total
	for _, x := range in.Items {
		no, err := strconv.Atoi(x.TalentID[3:])
		if err != nil {
			return f, err
		}
		row := shown{No: no, Name: x.Name, Handle: x.Handle, Platform: x.Platform, Followers: x.Followers, ER: x.ER, Rate: x.Fee.Minor / 1000, Region: place(regions, x.City), Fit: x.Fit}
		for _, c := range x.Categories {
			row.Cats |= 1 << place(categories, c)
		}
		f.Rows = append(f.Rows, row)
	}
	for _, c := range []struct {
		facet string
		names []string
		into  *map[int]int
	}{{"city", regions, &f.Region}, {"language", languages, &f.Lang}, {"tier", tierNames, &f.Tier}, {"category", categories, &f.Cat}} {
		*c.into = map[int]int{}
		for _, v := range in.Facets[c.facet] {
			if v.Count > 0 { // a chosen value stands there even when nobody has it
				(*c.into)[place(c.names, v.Value)] = v.Count
			}
		}
	}
	return f, nil
}

// w1Writes is W1b: talents entered over the API, durable, alone and while a search ten
// times a second makes the index take them in; and that the next search finds each.
func (b *bench) w1Writes(p *server, r rounds) error {
	head := map[string]string{"Authorization": "Bearer " + apiToken, "Content-Type": "application/json"}
	var no atomic.Int64
	no.Store(time.Now().UnixNano() % 1e12 * 1000)
	enter := func(int64) (shot, bool) {
		k := no.Add(1)
		return shot{method: "POST", url: p.url + "/api/v1/talents", body: fmt.Sprintf(`{"name":"Baru %d","country":"ID","platform":"tiktok","handle":"baru.%d"}`, k, k), head: head}, true
	}
	for round := range b.rounds {
		alone, err := load(32, b.each, 201, enter)
		if err != nil {
			return err
		}
		stop := make(chan struct{})
		asked := make(chan result, 1)
		go func() {
			got, _ := load(1, time.Hour, 200, func(i int64) (shot, bool) {
				select {
				case <-stop:
					return shot{}, false
				case <-time.After(100 * time.Millisecond): // people, not a load: the cost is taking in
					return shot{method: "GET", url: p.url + briefAt(int(i%briefs)).address(false), head: head}, true
				}
			})
			asked <- got
		}()
		beside, err := load(32, b.each, 201, enter)
		close(stop)
		searches := <-asked
		if err != nil {
			return err
		}
		r.add("writes", alone.rate)
		r.add("indexed", beside.rate)
		fmt.Fprintf(os.Stderr, "W1b round %d: %.0f talents/s alone, %.0f while each of %.0f searches/s takes them in\n", round, alone.rate, beside.rate, searches.rate)
	}
	return b.w1Found(p, head)
}

// w1Found enters talents one by one and asks for each by its name at once.
func (b *bench) w1Found(p *server, head map[string]string) error {
	client := &http.Client{}
	for k := range 50 {
		name := fmt.Sprintf("zq%dzq", time.Now().UnixNano()+int64(k))
		if _, err := fire(client, shot{method: "POST", url: p.url + "/api/v1/talents", body: `{"name":"` + name + `"}`, head: head}, 201); err != nil {
			return err
		}
		got, err := foundOf2(p.url+"/api/v1/matches?q="+name, head)
		if err != nil || got != 1 {
			return fmt.Errorf("a talent entered a moment ago is found %d times: %w", got, err)
		}
	}
	return nil
}

func foundOf2(address string, head map[string]string) (int, error) {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	for k, v := range head {
		r.Header.Set(k, v)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer w.Body.Close()
	var a struct{ Total int }
	return a.Total, json.NewDecoder(w.Body).Decode(&a)
}

// w1Lines writes the verdicts.
func (b *bench) w1Lines(sizes []int, r rounds) {
	most := sizes[len(sizes)-1]
	at := func(name string, n, clients int, what string) string {
		return fmt.Sprintf("%s-%d-%d%s", name, n, clients, what)
	}
	per := func(name string, n, clients int) string { return fmt.Sprintf("%.0f/s", r.of(at(name, n, clients, ""))) }
	for _, n := range sizes {
		label := fmt.Sprintf("W1 %dk rows, 32 clients", n/1000)
		b.table.atLeast(label, per("product", n, 32), "bitmap "+per("bitmap", n, 32), r.ratio(at("product", n, 32, ""), at("bitmap", n, 32, "")), 0.5)
		b.table.atLeast(label, per("product", n, 32), "sqlite "+per("sqlite", n, 32), r.ratio(at("product", n, 32, ""), at("sqlite", n, 32, "")), 12)
	}
	label := fmt.Sprintf("W1 %dk rows", most/1000)
	figure := func(name string, clients int, what string) string {
		return fmt.Sprintf("%.2f ms", r.of(at(name, most, clients, what)))
	}
	b.table.atMost(label+", 32 clients p99", figure("product", 32, "p99"), "sqlite "+figure("sqlite", 32, "p99"), r.ratio(at("product", most, 32, "p99"), at("sqlite", most, 32, "p99")), 0.1)
	b.table.atMost(label+", 1 client p50", figure("product", 1, "p50"), "bitmap "+figure("bitmap", 1, "p50"), r.ratio(at("product", most, 1, "p50"), at("bitmap", most, 1, "p50")), 2)
	b.table.atMost(label+", 1 client p99", figure("product", 1, "p99"), "bitmap "+figure("bitmap", 1, "p99"), r.ratio(at("product", most, 1, "p99"), at("bitmap", most, 1, "p99")), 2)
	b.table.atMost(label+", facets without their own filter", per("loose", most, 1), "within "+per("product", most, 1), r.ratio(at("product", most, 1, ""), at("loose", most, 1, "")), 2)
	if len(sizes) > 1 {
		b.table.atMost(fmt.Sprintf("W2 mean cost, %dk to %dk rows", sizes[0]/1000, most/1000), per("product", most, 1), "at first "+per("product", sizes[0], 1), r.ratio(at("product", sizes[0], 1, ""), at("product", most, 1, "")), 8)
	}
	if len(r["writes"]) > 0 {
		b.table.atLeast("W1b durable writes, taken into the index", fmt.Sprintf("%.0f/s", r.of("indexed")), fmt.Sprintf("index asleep %.0f/s", r.of("writes")), r.ratio("indexed", "writes"), 0.8)
	}
	b.table.atMost(fmt.Sprintf("W1 %dk rows, idle", most/1000), fmt.Sprintf("%.0f MiB", r.of(fmt.Sprintf("idle-%d", most))), "200 MiB", r.of(fmt.Sprintf("idle-%d", most))/200, 1)
	b.table.atMost(fmt.Sprintf("W1 %dk rows, after the loads", most/1000), fmt.Sprintf("%.0f MiB", r.of(fmt.Sprintf("loaded-%d", most))), "300 MiB", r.of(fmt.Sprintf("loaded-%d", most))/300, 1)
}

// serveW1 serves the product at every size for another program that loads it, and
// writes the addresses to PREFIX-10k, PREFIX-100k and PREFIX-1m, one a line.
func (b *bench) serveW1(prefix string) error {
	for i, n := range w1Sizes {
		dir, err := b.talentHouse(n)
		if err != nil {
			return err
		}
		s, err := b.searching(dir)
		if err != nil {
			return err
		}
		defer s.stop()
		var out strings.Builder
		for q := range briefs {
			out.WriteString(s.url + briefAt(q).address(false) + "\n")
		}
		if err := os.WriteFile(prefix+[]string{"-10k", "-100k", "-1m"}[i], []byte(out.String()), 0o600); err != nil {
			return err
		}
	}
	fmt.Printf("PRODUCT_URLS=%s PRODUCT_HEADERS='Authorization: Bearer %s'\nserving; stop with Ctrl-C\n", prefix, apiToken)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	<-ctx.Done()
	return nil
}
