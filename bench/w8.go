package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// w8 is start to the first page, idle memory after two seconds, and size.
func (b *bench) w8(context.Context) error {
	dir, err := b.house("w8", 0)
	if err != nil {
		return err
	}
	r := rounds{}
	for round := range max(b.rounds, 5) {
		for _, name := range []string{"bare", "product"} {
			var s *server
			var took time.Duration
			if name == "bare" {
				s, took, err = b.start("/sign-in", filepath.Join(b.bin, "bare"), filepath.Join(b.dir, "bare.db"), "ADDR")
			} else {
				s, took, err = b.product(dir, "/sign-in")
			}
			if err != nil {
				return err
			}
			time.Sleep(2 * time.Second)
			rss, err := residentMiB(s.cmd.Process.Pid)
			s.stop()
			if err != nil {
				return err
			}
			r.add(name, ms(took))
			r.add(name+"rss", rss)
			fmt.Fprintf(os.Stderr, "W8 round %d, %-8s first page %.1f ms, idle %.1f MiB\n", round, name, ms(took), rss)
		}
	}
	size, err := megabytes(filepath.Join(b.bin, "kolega"))
	if err != nil {
		return err
	}
	bare, err := megabytes(filepath.Join(b.bin, "bare"))
	if err != nil {
		return err
	}
	b.table.atMost("W8 start to first page", fmt.Sprintf("%.0f ms", r.of("product")), fmt.Sprintf("net/http + SQLite %.0f ms", r.of("bare")), r.ratio("product", "bare"), 38.0/25)
	b.table.atMost("W8 idle after 2 s", fmt.Sprintf("%.1f MiB", r.of("productrss")), "28 MiB", r.of("productrss")/28, 1)
	b.table.stands("W8 idle after 2 s", fmt.Sprintf("%.1f MiB", r.of("productrss")), fmt.Sprintf("net/http + SQLite %.1f MiB", r.of("barerss")), fmt.Sprintf("%.2fx now", r.ratio("productrss", "barerss")))
	b.table.atMost("W8 stripped program", fmt.Sprintf("%.1f MB", size), "30 MB", size/30, 1)
	b.table.stands("W8 stripped program", fmt.Sprintf("%.1f MB", size), fmt.Sprintf("net/http + SQLite %.1f MB", bare), "")
	return nil
}

func megabytes(file string) (float64, error) {
	i, err := os.Stat(file)
	if err != nil {
		return 0, err
	}
	return float64(i.Size()) / 1e6, nil
}

func residentMiB(pid int) (float64, error) { return statusMiB(pid, "VmRSS:") }

// statusMiB reads one figure of a process: VmRSS is what it holds, VmHWM the most it held.
func statusMiB(pid int, name string) (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for l := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(l, name); ok {
			var kb float64
			_, err := fmt.Sscanf(strings.TrimSpace(rest), "%f", &kb)
			return kb / 1024, err
		}
	}
	return 0, fmt.Errorf("no %s for %d", name, pid)
}
