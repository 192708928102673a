package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// The agency whose pages are opened, and what a person is made to wait at most.
const (
	pageTimes  = 100 // demo agencies in one
	pageRounds = 20
	pageGoal   = 80 * time.Millisecond // p95 of every page
)

var (
	staffPages = []string{"/inbox", "/campaigns", "/clients", "/brands", "/talents", "/timeline", "/money", "/agreements", "/invoices", "/receipts", "/receivables", "/payouts", "/payouts?show=done",
		"/ledger", "/reports", "/team", "/links", "/notifications", "/search?q=citra&palette=1", "/settings"}
	recordPages   = []string{"/clients", "/talents", "/agreements", "/invoices", "/receipts", "/payouts"} // one of each list
	campaignPages = []string{"", "/brief", "/slots", "/shortlist", "/shortlist/add", "/picks", "/bookings", "/drafts", "/posts", "/insights", "/results", "/report", "/money", "/timeline", "/activity", "/share"}
	clientPages   = []string{"", "/brief", "/picks", "/drafts", "/agreement", "/invoices"}
	talentPages   = []string{"", "/offers", "/brief", "/drafts", "/posts", "/money"}
)

// agency is the running demo, and a browser's cookies of its manager.
type agency struct {
	URL    string
	Logins []struct{ Email, Password string }
	Links  struct{ Client, Talent []string }
	http   *http.Client
}

// pages opens every main page of the demo agency played many times over, one after
// the other as a person does, and holds the slowest against the goal.
func (b *bench) pages(context.Context) error {
	a, stop, err := b.largeDemo()
	if err != nil {
		return err
	}
	defer stop()
	staff, outside, err := a.addresses()
	if err != nil {
		return err
	}
	for _, set := range []struct {
		name string
		list []string
	}{{"staff", staff}, {"links", outside}} {
		var worst time.Duration
		slowest := ""
		for _, page := range set.list {
			p95, size, err := a.p95(page)
			if err != nil {
				return err
			}
			fmt.Fprintf(os.Stderr, "page p95 %6.1f ms %6d KiB  %s\n", ms(p95), size>>10, strings.TrimPrefix(page, a.URL))
			if p95 > worst {
				worst, slowest = p95, page
			}
		}
		b.table.atMost(fmt.Sprintf("pages of %s, demo x%d, slowest of %d", set.name, pageTimes, len(set.list)), fmt.Sprintf("p95 %.0f ms, %s", ms(worst), strings.TrimPrefix(slowest, a.URL)), fmt.Sprintf("%.0f ms", ms(pageGoal)), ms(worst)/ms(pageGoal), 1)
	}
	return nil
}

// largeDemo plays the demo many times over, which takes minutes, and signs its manager in.
func (b *bench) largeDemo() (a *agency, stop func(), err error) {
	cmd := exec.Command(filepath.Join(b.bin, "kolega"), "serve", "--demo", "--demo-times", fmt.Sprint(pageTimes), "--json", "--data", filepath.Join(b.dir, "pages"), "--addr", "127.0.0.1:0", "--now", "2026-11-23T10:00:00+07:00", "--log-level", "error")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	s := &server{cmd: cmd}
	first, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		a = &agency{http: &http.Client{}}
		err = json.Unmarshal(first, a)
	}
	if err == nil {
		a.http.Jar, err = cookiejar.New(nil)
	}
	if err == nil {
		err = a.signIn()
	}
	if err != nil {
		s.stop()
		return nil, nil, fmt.Errorf("large demo: %w", err)
	}
	return a, s.stop, nil
}

func (a *agency) signIn() error {
	r, err := a.http.PostForm(a.URL+"/sign-in", url.Values{"email": {a.Logins[0].Email}, "password": {a.Logins[0].Password}})
	if err != nil {
		return err
	}
	return r.Body.Close()
}

func (a *agency) get(page string) (body []byte, took time.Duration, err error) {
	start := time.Now()
	r, err := a.http.Get(page)
	if err != nil {
		return nil, 0, err
	}
	defer r.Body.Close()
	body, err = io.ReadAll(r.Body)
	if err == nil && r.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s", page, r.Status)
	}
	return body, time.Since(start), err
}

// addresses are the pages of the staff app, with one record of each list and one
// campaign in full work, and the pages behind one link of each party.
func (a *agency) addresses() (staff, outside []string, err error) {
	for _, p := range staffPages {
		staff = append(staff, a.URL+p)
	}
	for _, list := range recordPages {
		one, err := a.first(list, regexp.MustCompile(`href="(`+list+`/[0-9a-z]{26})"`))
		if err != nil {
			return nil, nil, err
		}
		staff = append(staff, one)
	}
	campaign, err := a.first("/reports", regexp.MustCompile(`href="(/campaigns/[0-9a-z]{26})/report"`))
	if err != nil {
		return nil, nil, err
	}
	for _, tab := range campaignPages {
		staff = append(staff, campaign+tab)
	}
	for _, p := range clientPages {
		outside = append(outside, a.Links.Client[0]+p)
	}
	for _, p := range talentPages {
		outside = append(outside, a.Links.Talent[0]+p)
	}
	return staff, outside, nil
}

// first gives the address of the first record that a list leads to.
func (a *agency) first(list string, like *regexp.Regexp) (string, error) {
	body, _, err := a.get(a.URL + list)
	if err != nil {
		return "", err
	}
	found := like.FindSubmatch(body)
	if found == nil {
		return "", fmt.Errorf("%s leads to no record", list)
	}
	return a.URL + string(found[1]), nil
}

// p95 opens a page again and again; the first time, which fills caches, counts too.
func (a *agency) p95(page string) (time.Duration, int, error) {
	var all []time.Duration
	size := 0
	for range pageRounds {
		body, took, err := a.get(page)
		if err != nil {
			return 0, 0, err
		}
		all, size = append(all, took), len(body)
	}
	slices.Sort(all)
	return all[len(all)*95/100], size, nil
}
