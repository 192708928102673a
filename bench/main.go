// Command bench measures the product beside raw engines and limits, in turn and in
// one run, and prints one table. Its own module keeps the peers out of the product.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// bench is one run: where the programs are, where rows go, how long to measure.
type bench struct {
	bin, dir string
	rounds   int
	tables   string        // folder that keeps the tables of W1; "" none
	most     int           // rows of the largest table of W1; 0 all
	each     time.Duration // length of one load
	writes   int           // decisions of one load with 32 clients
	clients  []int
	table    table
}

func main() {
	if len(os.Args) == 6 && os.Args[1] == "peer" {
		exit(servePeer(os.Args[2], os.Args[3], os.Args[4], os.Args[5]))
	}
	if len(os.Args) == 7 && os.Args[1] == "queue" {
		exit(serveQueue(os.Args[2], os.Args[3], os.Args[4], os.Args[5], os.Args[6]))
	}
	exit(run())
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func run() error {
	b := &bench{rounds: 3, each: 4 * time.Second, writes: 2500}
	quick := flag.Bool("quick", false, "shorter loads: orientation in under three minutes")
	only := flag.String("only", "", "workloads to run, such as W3,W8; default: all")
	flag.StringVar(&b.bin, "bin", "", "folder with the programs kolega and bare")
	clients := flag.String("clients", "1,32", "how many clients at once, for W3 and W4; the table wants 1 and 32")
	flag.IntVar(&b.rounds, "rounds", b.rounds, "rounds of a load; the median counts")
	flag.IntVar(&b.most, "rows", 0, "W1: the largest table, default 1,000,000; W11: the base of talents, default 100,000")
	flag.IntVar(&b.writes, "writes", b.writes, "W4: decisions of one load with 32 clients")
	flag.StringVar(&b.tables, "data", "", "W1: an existing folder that keeps its tables between runs (3 GB)")
	serve := flag.String("serve-w1", "", "make the tables of W1, serve the product on them and write its addresses to files with this prefix")
	flag.Parse()
	for _, n := range strings.Split(*clients, ",") {
		c, err := strconv.Atoi(n)
		if err != nil || c < 1 {
			return fmt.Errorf("-clients %s: want numbers", *clients)
		}
		b.clients = append(b.clients, c)
	}
	if *quick {
		b.each, b.writes = 1500*time.Millisecond, 800
	}
	var err error
	if b.dir, err = os.MkdirTemp("", "kolega-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	if *serve != "" {
		return b.serveW1(*serve)
	}
	fmt.Printf("peers use %s; %d rounds in turn, medians of ratios within a round\n\n", driverName, b.rounds)
	for _, w := range []struct {
		name string
		run  func(context.Context) error
	}{{"W8", b.w8}, {"W3", b.w3}, {"W4", b.w4}, {"W5", b.w5}, {"W6", b.w6}, {"W7", b.w7}, {"W9", b.w9}, {"W10", b.w10}, {"W11", b.w11}, {"pages", b.pages}, {"W1", b.w1}} {
		if *only != "" && !strings.Contains(","+*only+",", ","+w.name+",") {
			continue
		}
		start := time.Now()
		if err := w.run(context.Background()); err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		fmt.Fprintf(os.Stderr, "%s took %.0f s\n", w.name, time.Since(start).Seconds())
	}
	return b.table.print(os.Stdout)
}

// server is a child process that answers on the loopback address.
type server struct {
	url string
	cmd *exec.Cmd
	rss float64 // MiB when idle, where it was measured
}

// start runs a program and waits until path answers. ADDR in the arguments becomes
// a free address.
func (b *bench) start(path, program string, args ...string) (*server, time.Duration, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, 0, err
	}
	addr := l.Addr().String()
	_ = l.Close()
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "ADDR", addr)
	}
	s := &server{url: "http://" + addr, cmd: exec.Command(program, args...)}
	s.cmd.Stderr = os.Stderr
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, 0, err
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for time.Since(began) < 30*time.Second {
		w, err := client.Get(s.url + path)
		if err == nil {
			_ = w.Body.Close()
			return s, time.Since(began), nil
		}
		time.Sleep(500 * time.Microsecond)
	}
	s.stop()
	return nil, 0, errors.New("no answer from " + program)
}

// cpu is how long the program has computed so far: unlike the clock, it hardly
// moves when other work shares the cores. Zero where the system does not tell.
func (s *server) cpu() time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	const user, system, tick = 11, 12, 10 * time.Millisecond // places after the name, which may hold spaces
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	if len(f) <= system {
		return 0
	}
	u, _ := strconv.Atoi(f[user])
	k, _ := strconv.Atoi(f[system])
	return time.Duration(u+k) * tick
}

func (s *server) stop() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

func (b *bench) peer(name string, size int) (*server, error) {
	return b.peerAt(name, filepath.Join(b.dir, fmt.Sprintf("%s-%d.db", name, time.Now().UnixNano())), size)
}

// peerAt starts a yardstick that keeps its data at a path.
func (b *bench) peerAt(name, path string, size int) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s, _, err := b.start("/up", self, "peer", name, "ADDR", path, fmt.Sprint(size))
	return s, err
}

// house makes a data folder with the measured agency in it.
func (b *bench) house(name string, writing int) (string, error) {
	dir := filepath.Join(b.dir, name)
	c := exec.Command(filepath.Join(b.bin, "kolega"), "migrate", "--data", dir)
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("migrate: %w: %s", err, out)
	}
	return dir, seed(filepath.Join(dir, "kolega.db"), time.Now().UTC().Truncate(time.Second), writing)
}

func (b *bench) product(dir, path string) (*server, time.Duration, error) {
	return b.start(path, filepath.Join(b.bin, "kolega"), "serve", "--data", dir, "--addr", "ADDR", "--log-level", "error")
}
