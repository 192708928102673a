package campaign

import (
	"regexp"
	"strings"
)

// Suggestion is a point guessed from a pasted text, to be checked by a person.
type Suggestion struct {
	Kind      PointKind
	Text      string
	CheckedIn []string
	Guessed   bool // no word of the line says the kind
}

// Suggest cuts a pasted text, such as a chat message, into points and guesses the
// kind of each by its words. Headings ("Wajib:", "Don'ts") give their kind to the
// lines below them. Chat stamps, bullets and numbers are taken off. Lines that say
// nothing and repeats are left out.
func Suggest(text string) []Suggestion {
	var out []Suggestion
	var under PointKind // of the heading above
	var listed bool     // whether the heading's lines are itemised
	seen := map[string]bool{}
	for _, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		line, itemised := stripMarks(stripStamp(line))
		if line == "" {
			under = ""
			continue
		}
		if kind, ok := heading(line); ok {
			under, listed = kind, false
			continue
		}
		if listed && !itemised { // a plain line after a heading's list stands by itself
			under = ""
		}
		listed = listed || itemised
		for _, s := range sentences(line) {
			if seen[normal(s)] || len([]rune(normal(s))) < 3 || greeting(s) {
				continue
			}
			seen[normal(s)] = true
			out = append(out, suggestOne(s, under))
		}
		if len(out) >= maxPoints {
			return out[:maxPoints]
		}
	}
	return out
}

func suggestOne(s string, under PointKind) Suggestion {
	kind, sure := guess(s)
	if !sure && under != "" {
		kind, sure = under, true
	}
	if r := []rune(s); len(r) > maxPointText {
		s = string(r[:maxPointText])
	}
	return Suggestion{Kind: kind, Text: s, CheckedIn: guessPlaces(s), Guessed: !sure}
}

// A chat export begins a line with a bracketed stamp or with one and a dash.
var (
	stampBracket = regexp.MustCompile(`^\x{200e}?\[\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[.:]\d{2}([.:]\d{2})?( ?[AaPp][Mm])?\] ?[^:]{1,60}: `)
	stampDash    = regexp.MustCompile(`^\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[.:]\d{2}( ?[AaPp][Mm])? - [^:]{1,60}: `)
	marks        = regexp.MustCompile(`^\s*([-–—•*·▪◦●✅❌☑✔✓➡👉]\x{fe0f}?|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+`)
)

func stripStamp(line string) string {
	line = stampBracket.ReplaceAllString(line, "")
	return stampDash.ReplaceAllString(line, "")
}

// stripMarks takes bullets, numbers and chat emphasis off; itemised tells whether
// there was a bullet or number.
func stripMarks(line string) (text string, itemised bool) {
	for {
		cut := marks.ReplaceAllString(line, "")
		if cut == line {
			break
		}
		line, itemised = cut, true
	}
	line = strings.TrimSpace(line)
	for _, m := range []string{"*", "_", "~"} {
		if strings.HasPrefix(line, m) && strings.Count(line, m) >= 2 {
			line = strings.ReplaceAll(line, m, "")
		}
	}
	return strings.TrimSpace(line), itemised
}

var headings = map[string]PointKind{
	"wajib": Must, "harus": Must, "mandatory": Must, "must": Must, "must have": Must, "musts": Must, "do": Must, "dos": Must, "do's": Must, "yang wajib": Must,
	"mandatories": Must, "poin wajib": Must, "key message": Must, "key messages": Must,
	"jangan": MustNot, "dilarang": MustNot, "larangan": MustNot, "don't": MustNot, "dont": MustNot, "don'ts": MustNot, "donts": MustNot, "must not": MustNot, "tidak boleh": MustNot,
	"boleh": Should, "should": Should, "sebaiknya": Should, "opsional": Should, "optional": Should, "nice to have": Should, "saran": Should,
	"info": Fact, "informasi": Fact, "fakta": Fact, "facts": Fact, "fact": Fact, "product knowledge": Fact, "catatan": Fact, "notes": Fact, "about": Fact, "tentang": Fact,
}

// heading tells whether a line is only the name of a kind.
func heading(line string) (PointKind, bool) {
	h := strings.TrimSpace(strings.TrimRight(strings.ToLower(strings.ReplaceAll(line, "’", "'")), ":-– "))
	k, ok := headings[h]
	return k, ok
}

// sentences cuts a long line where one demand ends and another begins. A short line stays whole.
func sentences(line string) []string {
	if len([]rune(line)) < 90 {
		return []string{line}
	}
	var out []string
	start := 0
	for i := 0; i+2 < len(line); i++ {
		end := (line[i] == '.' || line[i] == '!' || line[i] == ';') && line[i+1] == ' '
		if next := line[i+2]; end && (next >= 'A' && next <= 'Z' || line[i] == ';') {
			out = append(out, strings.TrimSpace(line[start:i+1]))
			start = i + 2
		}
	}
	return append(out, strings.TrimSpace(line[start:]))
}

var greetings = regexp.MustCompile(`(?i)^(hi|hai|halo|hello|pagi|siang|sore|malam|dear|selamat (pagi|siang|sore|malam)|terima ?kasih|makasih|thanks|thank you|noted|ok(ay)?|baik|berikut|ini brief)\b[^.:]{0,60}[,.!:]*$`)

func greeting(s string) bool { return greetings.MatchString(s) }

// The words that say a kind. A ban is looked for first: "tidak boleh" holds "boleh".
var kindWords = []struct {
	kind PointKind
	re   *regexp.Regexp
}{
	{MustNot, regexp.MustCompile(`(?i)\b(jangan|dilarang|larangan|tidak boleh|tdk boleh|ga boleh|gak boleh|nggak boleh|ngga boleh|hindari|don'?t|do not|must not|mustn'?t|never|avoid|no competitor|tanpa menyebut|not allowed|bawal|huwag)\b`)},
	{Should, regexp.MustCompile(`(?i)\b(boleh|sebaiknya|disarankan|bisa juga|kalau bisa|opsional|should|could|may|optional|preferably|recommended|ideally|feel free|nice to have|pwede)\b`)},
	{Must, regexp.MustCompile(`(?i)\b(wajib|harus|mesti|pastikan|minimal|min\.|maksimal|mandatory|must|required|need to|needs to|have to|make sure|ensure|always|at least|sebutkan|cantumkan|sertakan|tag|mention|gunakan|dapat|kailangan)\b`)},
}

// guess gives the kind that a line's words say, or fact and false.
func guess(s string) (PointKind, bool) {
	plain := strings.ReplaceAll(s, "’", "'")
	for _, w := range kindWords {
		if w.re.MatchString(plain) {
			return w.kind, true
		}
	}
	return Fact, false
}

var placeWords = []struct {
	place string
	re    *regexp.Regexp
}{
	{"script", regexp.MustCompile(`(?i)\b(sebut(kan)?|bilang|ucapkan|katakan|voice ?over|vo|script|naskah|say|said|mention|talk|klaim|claim)\b`)},
	{"visual", regexp.MustCompile(`(?i)\b(tampil(kan)?|terlihat|tunjukkan|close[- ]?up|visual|shot|kemasan|packaging|logo|show|wear|pakai|detik|seconds?|durasi|duration|musik|music|produk|product)\b`)},
	{"caption", regexp.MustCompile(`(?i)(\bcaption\b|\bhashtag|#\w|@\w|\btag\b|\bteks\b|#ad\b)`)},
	{"link", regexp.MustCompile(`(?i)(\blink\b|\btautan\b|https?://|\bbio\b|\bkode promo\b|\bvoucher\b|\bpromo code\b|\bswipe up\b)`)},
	{"posting", regexp.MustCompile(`(?i)\b(posting|tayang|upload|jam \d|tanggal|post(ed)?|online|takedown|hapus|paid partnership|collab|spark|boost)\b`)},
}

// guessPlaces says where a point will be checked, by its words; where a person can
// see or hear it when nothing says so.
func guessPlaces(s string) []string {
	var out []string
	for _, w := range placeWords {
		if w.re.MatchString(s) {
			out = append(out, w.place)
		}
	}
	return out
}
