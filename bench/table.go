package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// line is one row of the table: the product beside a peer or a limit.
type line struct {
	workload, product, peer string
	ratio                   float64
	goal                    string
	reached                 string // yes, no, or "-" where it only says where it stands
}

// table collects lines while the workloads run.
type table struct{ lines []line }

// atLeast adds a goal reached when ratio >= least; atMost when ratio <= most.
func (t *table) atLeast(workload, product, peer string, ratio, least float64) {
	t.lines = append(t.lines, line{workload, product, peer, ratio, fmt.Sprintf(">= %.3gx", least), yes(ratio >= least)})
}

func (t *table) atMost(workload, product, peer string, ratio, most float64) {
	t.lines = append(t.lines, line{workload, product, peer, ratio, fmt.Sprintf("<= %.3gx", most), yes(ratio <= most)})
}

// stands adds a figure without a verdict.
func (t *table) stands(workload, product, peer, goal string) {
	t.lines = append(t.lines, line{workload, product, peer, 0, goal, "-"})
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (t *table) print(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 2, 2, ' ', 0)
	fmt.Fprintln(out, "workload\tproduct\tpeer or limit\tratio\tgoal\treached")
	for _, l := range t.lines {
		ratio := "-"
		if l.ratio > 0 {
			ratio = fmt.Sprintf("%.2fx", l.ratio)
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", l.workload, l.product, l.peer, ratio, l.goal, l.reached)
	}
	return out.Flush()
}

func median(x []float64) float64 {
	if len(x) == 0 {
		return 0 // not measured this time
	}
	x = slices.Clone(x)
	slices.Sort(x)
	return x[len(x)/2]
}

// rounds keeps one figure of each round and gives medians of ratios within rounds.
type rounds map[string][]float64

func (r rounds) add(name string, v float64) { r[name] = append(r[name], v) }

func (r rounds) addLoad(name string, x result) {
	r.add(name, x.rate)
	r.add(name+"p50", ms(x.p50))
	r.add(name+"p99", ms(x.p99))
}

func (r rounds) of(name string) float64 { return median(r[name]) }

// ratio is the median over rounds of a's figure divided by b's in the same round.
func (r rounds) ratio(a, b string) float64 {
	var out []float64
	for i := range r[a] {
		out = append(out, r[a][i]/r[b][i])
	}
	return median(out)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
