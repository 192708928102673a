package campaign

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Contradictions gives the numbers of binding points that cannot both be met, each
// pair once, lower number first: one demands what the other forbids, or two
// demands set limits that leave nothing between them. It is a question to a
// person, never a verdict.
func Contradictions(points []Point) [][2]int64 {
	var out [][2]int64
	for i, a := range points {
		for _, b := range points[i+1:] {
			if a.Binding() && b.Binding() && clash(a, b) {
				out = append(out, [2]int64{a.Number, b.Number})
			}
		}
	}
	return out
}

func clash(a, b Point) bool {
	switch {
	case a.Kind == b.Kind && a.Kind == Must:
		return limitsClash(a.Text, b.Text)
	case a.Kind == b.Kind:
		return false
	case a.Kind == Must:
		return forbids(b.Text, a.Text)
	}
	return forbids(a.Text, b.Text)
}

// emptyWords say how a demand binds or join words; they are not what is demanded.
var emptyWords = setOf(`wajib harus mesti jangan dilarang larangan tidak tak boleh bisa pastikan selalu hindari ga gak nggak ngga tdk dan atau di ke dari pada dalam yang untuk agar
	dengan saat ketika itu ini juga ya kak tolong mohon lagi must mustnt should not dont don't do does never no avoid always make sure ensure please the a an and or in on of to for with at
	is are be it this that your you any bawal huwag kailangan ang ng sa mga tanpa without apa pun apapun`)

// doing brings the verbs of briefs to one word each: who may not mention must not say either.
var doing = func() map[string]string {
	out := map[string]string{}
	for verb, forms := range map[string]string{
		"use":  "pakai gunakan guna use using wear wearing gamit",
		"say":  "sebut bilang ucap kata katakan ucapkan mention say speak talk tell banggit",
		"show": "tampil tampilkan tunjuk tunjukkan lihat terlihat perlihatkan show display appear ipakita",
		"put":  "cantum cantumkan serta sertakan tulis tambah tambahkan include add write put tag",
		"post": "posting tayang upload unggah publish post publikasi",
		"make": "buat bikin make create",
	} {
		for _, f := range strings.Fields(forms) {
			out[f] = verb
		}
	}
	return out
}()

// content are the things that a text is about, and the one kind of verb that says
// what is done with them ("" without one).
func content(s string) (things []string, verb string) {
	for _, w := range strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(s, "’", "'")), func(r rune) bool { return strings.ContainsRune(" \t\n.,;:!?()\"'“”/–—*", r) }) {
		stem := stemOf(w)
		switch {
		case emptyWords[w]:
		case doing[w] != "" || doing[stem] != "":
			if verb == "" {
				verb = doing[w] + doing[stem]
				if doing[w] != "" {
					verb = doing[w]
				}
			}
		case !slices.Contains(things, stem):
			things = append(things, stem)
		}
	}
	return things, verb
}

// forbids tells whether a ban names nothing that the demand does not ask for: a ban
// on music clashes with a demand for cheerful music, a ban on loud music does not
// clash with a demand for music.
func forbids(ban, demand string) bool {
	banned, how := content(ban)
	asked, do := content(demand)
	if len(banned) == 0 || how != "" && do != "" && how != do {
		return false
	}
	for _, t := range banned {
		if !slices.Contains(asked, t) {
			return false
		}
	}
	return true
}

var (
	prefixes = []string{"menge", "meng", "meny", "mem", "men", "me", "ber", "ter", "di"}
	suffixes = []string{"kannya", "kan", "nya", "lah"}
)

// stemOf takes the common beginnings and endings off an Indonesian word, and the
// plural off an English one, so that forms of a word compare as equal. What is left
// is for comparing only.
func stemOf(w string) string {
	for _, s := range suffixes {
		if cut := strings.TrimSuffix(w, s); cut != w && len(cut) >= 4 {
			w = cut
			break
		}
	}
	for _, p := range prefixes {
		if cut, ok := strings.CutPrefix(w, p); ok && len(cut) >= 4 {
			return restored(p, cut)
		}
	}
	if cut := strings.TrimSuffix(w, "s"); cut != w && len(cut) >= 4 && !strings.HasSuffix(cut, "s") {
		return cut
	}
	return w
}

// restored gives back the letter that a beginning swallowed: menyebut is sebut, memakai is pakai.
func restored(prefix, cut string) string {
	vowel := strings.ContainsRune("aiueo", rune(cut[0]))
	switch {
	case prefix == "meny":
		return "s" + cut
	case prefix == "mem" && vowel:
		return "p" + cut
	case prefix == "men" && vowel:
		return "t" + cut
	}
	return cut
}

// limit is a bound that a demand sets: at least, at most, in one unit.
type limit struct {
	unit     string
	most     bool
	n        int
	duration bool // it is about how long the video is
}

var (
	limitWords = regexp.MustCompile(`(?i)\b(minimal|min\.?|paling sedikit|sekurangnya|at least|minimum|maksimal|maks\.?|max\.?|paling lama|paling banyak|at most|maximum|no more than|up to)\s+(\d{1,4})\s*(detik|dtk|seconds?|secs?|s|menit|minutes?|mins?|kata|words?|hashtags?|tagar|frames?|slides?)\b`)
	lengthWord = regexp.MustCompile(`(?i)\b(durasi|duration|panjang|length|video(nya)?|reels?)\b`)
	units      = map[string]string{"detik": "s", "dtk": "s", "second": "s", "sec": "s", "s": "s", "menit": "m", "minute": "m", "min": "m",
		"kata": "word", "word": "word", "hashtag": "tag", "tagar": "tag", "frame": "frame", "slide": "frame"}
)

func limitsOf(s string) (out []limit) {
	for _, m := range limitWords.FindAllStringSubmatch(s, -1) {
		n, err := strconv.Atoi(m[2])
		if err != nil {
			continue
		}
		word := strings.ToLower(m[3])
		unit := units[word]
		if unit == "" {
			unit = units[strings.TrimSuffix(word, "s")]
		}
		if unit == "m" {
			unit, n = "s", n*60
		}
		cue := strings.ToLower(m[1])
		most := strings.HasPrefix(cue, "ma") || cue == "paling lama" || cue == "paling banyak" || cue == "at most" || cue == "no more than" || cue == "up to"
		out = append(out, limit{unit: unit, most: most, n: n, duration: lengthWord.MatchString(s)})
	}
	return out
}

// limitsClash tells whether one demand's least is above the other's most. Seconds
// compare only where both are about the whole video, or about the same thing.
func limitsClash(a, b string) bool {
	for _, x := range limitsOf(a) {
		for _, y := range limitsOf(b) {
			if x.unit != y.unit || x.most == y.most || x.unit == "s" && !(x.duration && y.duration) && !sameThing(a, b) {
				continue
			}
			if x.most && x.n < y.n || y.most && y.n < x.n {
				return true
			}
		}
	}
	return false
}

var notThings = setOf(`minimal min maksimal max maks detik dtk second menit minute kata word paling lama banyak least most up more than sedikit sekurangnya`)

func sameThing(a, b string) bool {
	x, _ := content(a)
	y, _ := content(b)
	for _, t := range x {
		if _, err := strconv.Atoi(t); err != nil && !notThings[t] && slices.Contains(y, t) {
			return true
		}
	}
	return false
}

func setOf(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}
