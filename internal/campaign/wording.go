package campaign

import (
	"strings"
	"unicode"
)

// Run is a piece of a text that was changed: kept, taken out or put in.
type Run struct {
	Op   Op
	Text string
}

// Op says what became of a run.
type Op string

// What can become of words.
const (
	Kept    Op = "kept"
	TakenUp Op = "added"
	Dropped Op = "removed"
)

// Wording compares two texts word by word. The kept and added runs joined are the
// new text, the kept and removed ones the old. A text has at most maxPointText
// letters, which bounds the work.
func Wording(before, after string) []Run {
	a, b := wordsOf(before), wordsOf(after)
	from, to := 0, 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		from++
	}
	for to < len(a)-from && to < len(b)-from && a[len(a)-1-to] == b[len(b)-1-to] {
		to++
	}
	var runs []Run
	runs = put(runs, Kept, a[:from]...)
	runs = middle(runs, a[from:len(a)-to], b[from:len(b)-to])
	return gather(put(runs, Kept, a[len(a)-to:]...))
}

// middle puts the shortest change from a to b behind the runs, by the longest words in common.
func middle(runs []Run, a, b []string) []Run {
	same := make([][]int32, len(a)+1)
	for i := range same {
		same[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			same[i][j] = max(same[i+1][j], same[i][j+1])
			if a[i] == b[j] {
				same[i][j] = same[i+1][j+1] + 1
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			runs = put(runs, Kept, a[i])
			i, j = i+1, j+1
		case same[i+1][j] >= same[i][j+1]:
			runs = put(runs, Dropped, a[i])
			i++
		default:
			runs = put(runs, TakenUp, b[j])
			j++
		}
	}
	runs = put(runs, Dropped, a[i:]...)
	return put(runs, TakenUp, b[j:]...)
}

func put(runs []Run, op Op, words ...string) []Run {
	for _, w := range words {
		if n := len(runs); n > 0 && runs[n-1].Op == op {
			runs[n-1].Text += w
		} else {
			runs = append(runs, Run{op, w})
		}
	}
	return runs
}

// gather brings changes that only a space holds apart together, so that a changed
// phrase reads as one.
func gather(runs []Run) []Run {
	var out []Run
	for i := 0; i < len(runs); {
		if runs[i].Op == Kept {
			out = put(out, Kept, runs[i].Text)
			i++
			continue
		}
		var removed, added string
		for i < len(runs) && (runs[i].Op != Kept || strings.TrimSpace(runs[i].Text) == "" && i+1 < len(runs)) {
			if r := runs[i]; r.Op != TakenUp {
				removed += r.Text
			}
			if r := runs[i]; r.Op != Dropped {
				added += r.Text
			}
			i++
		}
		if removed != "" {
			out = put(out, Dropped, removed)
		}
		if added != "" {
			out = put(out, TakenUp, added)
		}
	}
	return out
}

// wordsOf cuts a text into words, spaces and marks, so that joined they are the text.
func wordsOf(s string) (out []string) {
	class := func(r rune) int {
		switch {
		case unicode.IsSpace(r):
			return 1
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '#' || r == '@' || r == '_' || r == '\'' || r == '’' || unicode.Is(unicode.Mn, r):
			return 2
		}
		return 3
	}
	start, last := 0, 0
	for i, r := range s {
		c := class(r)
		if i > 0 && (c != last || c == 3) {
			out = append(out, s[start:i])
			start = i
		}
		last = c
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}
