package app

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// giveBackPages lets go of the pages of the program's own file that are in memory: most
// of them only the start needed, or came along with their neighbours. What is used again
// is mapped again from the system's cache. It leaves alone what was ever written to.
func giveBackPages() {
	self, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		return
	}
	defer f.Close()
	var part mapping
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if next, ok := mappingOf(lines.Text()); ok {
			part.giveBack(self)
			part = next
		} else {
			part.learn(lines.Text())
		}
	}
	part.giveBack(self)
}

// mapping is one part of the address space.
type mapping struct {
	from, to    uintptr
	perms, file string
	own         string // how much of it is no longer the file's, "" where that was not read
}

// mappingOf reads the first line about a mapping: "00400000-0150 r-xp 0000 fe:00 123 /bin/kolega".
func mappingOf(line string) (m mapping, ok bool) {
	f := strings.Fields(line)
	if len(f) < 6 {
		return m, false
	}
	a, b, ok := strings.Cut(f[0], "-")
	from, err := strconv.ParseUint(a, 16, 64)
	if err != nil || !ok {
		return m, false
	}
	to, err := strconv.ParseUint(b, 16, 64)
	if err != nil {
		return m, false
	}
	return mapping{from: uintptr(from), to: uintptr(to), perms: f[1], file: strings.Join(f[5:], " ")}, true
}

// learn reads a further line about a mapping: "Anonymous: 0 kB".
func (m *mapping) learn(line string) {
	if count, ok := strings.CutPrefix(line, "Anonymous:"); ok {
		m.own = strings.TrimSpace(count)
	}
}

func (m *mapping) giveBack(self string) {
	if m.file != self || m.perms != "r-xp" && m.perms != "r--p" || m.own != "0 kB" {
		return
	}
	_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, m.from, m.to-m.from, syscall.MADV_DONTNEED) // where it is refused, all stays as it is
}
