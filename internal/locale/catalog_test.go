package locale

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"kolega/internal/fault"
	"kolega/internal/money"
)

func textsOf(t *testing.T, lang string) map[string]string {
	t.Helper()
	areas, err := readAreas(lang)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, a := range areas {
		for key, text := range a.texts {
			all[key] = text
		}
	}
	return all
}

func TestCatalog_IsWhole(t *testing.T) {
	if err := Check(); err != nil {
		t.Fatal(err)
	}
}

// plural says whether key is the plural form of a base key in this language.
func plural(texts map[string]string, key string) (base string, ok bool) {
	if base, ok = strings.CutSuffix(key, ".one"); ok {
		_, ok = texts[base+".other"]
		return base, ok
	}
	if base, ok = strings.CutSuffix(key, ".other"); ok {
		_, taken := texts[base]
		return base, !taken
	}
	return key, false
}

// meanings maps each key, plurals by their base, to the sorted names in its text.
func meanings(texts map[string]string) map[string]string {
	out := map[string]string{}
	for key, text := range texts {
		base, ok := plural(texts, key)
		if ok && strings.HasSuffix(key, ".one") {
			continue
		}
		names := slices.Compact(slices.Sorted(slices.Values(split(text).names)))
		out[base] = strings.Join(names, " ")
	}
	return out
}

func TestCatalog_IndonesianAndEnglishSayTheSameThings(t *testing.T) {
	id, en := meanings(textsOf(t, "id")), meanings(textsOf(t, "en"))
	for key, names := range id {
		if other, ok := en[key]; !ok {
			t.Errorf("%s is missing in English", key)
		} else if other != names {
			t.Errorf("%s names {%s} in Indonesian and {%s} in English", key, names, other)
		}
	}
	for key := range en {
		if _, ok := id[key]; !ok {
			t.Errorf("%s is missing in Indonesian", key)
		}
	}
	for key, names := range meanings(textsOf(t, "fil")) {
		if other, ok := en[key]; !ok {
			t.Errorf("%s stands only in Filipino", key)
		} else if other != names {
			t.Errorf("%s names {%s} in Filipino and {%s} in English", key, names, other)
		}
	}
}

// A file holds its area's texts and the texts of that area's faults.
func TestCatalog_KeysBeginWithTheirArea(t *testing.T) {
	good := regexp.MustCompile(`^[a-z][a-z0-9-]*(\.[A-Za-z0-9_-]+)+$`)
	for _, lang := range Languages {
		areas, err := readAreas(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range areas {
			first, _, _ := strings.Cut(a.name, "-")
			for key, text := range a.texts {
				if !good.MatchString(key) || !strings.HasPrefix(key, first+".") && !strings.HasPrefix(key, a.name+".") && !strings.HasPrefix(key, "fault.") {
					t.Errorf("%s/%s.json: key %q does not begin with its area", lang, a.name, key)
				}
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s/%s.json: %s is empty", lang, a.name, key)
				}
				if strings.Contains(text, "!") || strings.Contains(text, "  ") {
					t.Errorf("%s/%s.json: %s has an exclamation mark or two spaces: %q", lang, a.name, key, text)
				}
			}
		}
	}
}

func TestCatalog_EnglishPluralsHaveBothForms(t *testing.T) {
	texts := textsOf(t, "en")
	for key := range texts {
		base, ok := plural(texts, key)
		if !ok || !strings.HasSuffix(key, ".other") || !slices.Contains(split(texts[key]).names, "n") {
			continue
		}
		if _, ok := texts[base+".one"]; !ok {
			t.Errorf("%s has no form for one", base)
		}
	}
}

// A counted noun has a form for one: nobody reads "1 talents".
func TestCatalog_EnglishCountsOne(t *testing.T) {
	counted := regexp.MustCompile(`\{n\} (?:(?:new|similar|working) )?([a-z]+s)\b`)
	verbs := []string{"is", "holds", "points"}
	texts := textsOf(t, "en")
	for key, text := range texts {
		if _, ok := plural(texts, key); ok || strings.HasSuffix(key, "-formula") {
			continue // a formula shows its figures as they were measured
		}
		if m := counted.FindStringSubmatch(text); m != nil && !slices.Contains(verbs, m[1]) {
			t.Errorf("%s counts %s and has no form for one", key, m[1])
		}
	}
}

// usedKeys finds the keys that the program asks for by a literal: T(ctx, "key"), l.T("key"),
// and the codes of faults.
func usedKeys(t *testing.T, root string) map[string]string {
	t.Helper()
	asked := regexp.MustCompile(`\bT\((?:ctx, |r\.Context\(\), )?"([a-z0-9-]+(?:\.[A-Za-z0-9_-]+)+)"`)
	faults := regexp.MustCompile(`fault\.(?:New\(fault\.[A-Z]\w+, |Field\("[^"]+", )"([a-z0-9-]+(?:\.[A-Za-z0-9_-]+)*)"`)
	used := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
			return err
		}
		if !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".templ") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range asked.FindAllSubmatch(src, -1) {
			used[string(m[1])] = path
		}
		for _, m := range faults.FindAllSubmatch(src, -1) {
			used["fault."+string(m[1])] = path
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return used
}

func TestCatalog_HasEveryKeyThatTheProgramAsksFor(t *testing.T) {
	used := usedKeys(t, filepath.Join("..", ".."))
	if len(used) < 40 {
		t.Fatalf("found only %d keys: the search is broken", len(used))
	}
	keys := make([]string, 0, len(used))
	for key := range used {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		for _, l := range []*Loc{idLoc, enLoc} {
			if !l.Has(key) {
				t.Errorf("%s asks for %s, which is missing in %s", used[key], key, l.Lang)
			}
		}
	}
}

func TestSplit_CutsNamesAndKeepsOtherBraces(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "[plain] []", "{n} hari": "[ | hari] [n]", "a{x}b{y}": "[a|b|] [x y]", "{ not} {a b} {": "[{ not} {a b} {] []",
		"{}": "[{}] []", "{{n}}": "[{|}] [n]",
	} {
		m := split(text)
		if len(m.names) == 0 {
			m.pieces = []string{m.text}
		}
		if got := fmt.Sprintf("[%s] %v", strings.ReplaceAll(strings.Join(m.pieces, "|"), "[|", "[ |"), m.names); strings.ReplaceAll(got, "[|", "[ |") != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestT_FillsNamesAndPicksPlurals(t *testing.T) {
	fil := For("fil", "Asia/Manila")
	for _, c := range []struct{ got, want string }{
		{idLoc.T("common.in.days", "n", 5), "5 hari lagi"},
		{enLoc.T("common.in.days", "n", 1), "In 1 day"},
		{enLoc.T("common.in.days", "n", 12_000), "In 12,000 days"},
		{enLoc.T("common.in.days", "n", int64(1)), "In 1 day"},
		{enLoc.T("common.in.days"), "In {n} days"},
		{enLoc.T("common.no-such-key"), "common.no-such-key"},
		{fil.T("common.tomorrow"), "Bukas"},
		{fil.T("paper.page", "page", 1, "pages", 2), "Page 1 of 2"},
		{idLoc.T("fault.money.currencies", "a", "IDR", "b", money.Currency("PHP")), "Dua mata uang berbeda (IDR dan PHP) tidak bisa dihitung bersama tanpa kurs."},
		{idLoc.value(money.IDR(5_000)), "Rp 5.000"},
		{T(With(context.Background(), enLoc), "common.today"), "today"},
		{T(context.Background(), "common.today"), "hari ini"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if fil.Has("paper.page") || !fil.Has("common.tomorrow") || !enLoc.Has("common.in.days") {
		t.Error("Has does not say which language speaks")
	}
}

func TestFor_IsOnePerReader(t *testing.T) {
	if For("id", "Asia/Jakarta") != idLoc || For("en", "Asia/Manila") == enLoc {
		t.Error("readers are not shared")
	}
	if For("xx", "Asia/Jakarta") != idLoc || For("id", "GMT+7") != idLoc || For("", "") != idLoc {
		t.Error("a language or zone that does not exist is not the default")
	}
}

func TestFault_TellsTheReaderWhatToDo(t *testing.T) {
	_, err := money.Parse("1,500", "IDR", "id")
	if got := idLoc.Fault(fmt.Errorf("save offer: %w", err)); got != "Titik dan koma di jumlah ini tidak jelas. Tulis misalnya 1.500.000." {
		t.Error(got)
	}
	internal := enLoc.T("fault.internal")
	if got := enLoc.Fault(errors.New("secret detail")); got != internal || internal == "fault.internal" {
		t.Error(got)
	}
	if got := enLoc.Fault(fault.New(fault.Conflict, "no.such-code")); got != internal {
		t.Error(got)
	}
}

func BenchmarkT(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		idLoc.T("common.in.days", "n", 5)
	}
}

func BenchmarkMoneyShort(b *testing.B) {
	b.ReportAllocs()
	a := money.IDR(268_000_000)
	for b.Loop() {
		idLoc.MoneyShort(a)
	}
}

func BenchmarkFor(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		For("id", "Asia/Manila")
	}
}

func TestReadTexts_ReadsWhatJSONReads(t *testing.T) {
	for _, text := range []string{
		`{}`, ` { "a" : "b" } `, "{\n\t\"a.b\": \"satu \\\"dua\\\" \\u00e9 \\n\",\n\"c\": \"\"}\n", `{"a":"\\"}`, `{"a":"b","c":"é"}`,
		``, `{`, `{"a"}`, `{"a":}`, `{"a":1}`, `{"a":"b"`, `{"a":"b",}`, `{"a":"b"} x`, `{"a":"b" "c":"d"}`, `["a"]`, `{"a":"b\q"}`, "{\"a\":\"b\nc\"}", `{"a":"`, `{"a":"\`,
	} {
		var want map[string]string
		wrong := json.Unmarshal([]byte(text), &want)
		got, err := readTexts([]byte(text))
		if (err != nil) != (wrong != nil) || err == nil && !maps.Equal(got, want) {
			t.Errorf("%s: %v, %v; JSON reads %v, %v", text, got, err, want, wrong)
		}
	}
}
