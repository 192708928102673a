package laws

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"kolega/internal/access"
	"kolega/internal/locale"
)

var faultCode = regexp.MustCompile(`fault\.(?:New\(\s*fault\.\w+,|Field\(\s*"[^"]*",)\s*"([^"]+)"`)

// fieldCode finds codes given to single fields: f["name"] = "person.name".
var fieldCode = regexp.MustCompile(`\b(?:f|bad|wrong|fields|errs)\["[^"]+"\]\s*=\s*"([a-z]+\.[a-z.\-]+)"`)

func codes(t *testing.T) []string {
	seen := map[string]bool{"form.invalid": true, "internal": true}
	each(t, func(f file) {
		if f.test || f.room == "internal/laws" {
			return
		}
		for _, re := range []*regexp.Regexp{faultCode, fieldCode} {
			for _, m := range re.FindAllStringSubmatch(f.text, -1) {
				seen[m[1]] = true
			}
		}
	})
	var out []string
	for c := range seen {
		out = append(out, c)
	}
	sort.Strings(out)
	return out
}

func TestLaw_EachFaultHasItsTextInBothLanguages(t *testing.T) {
	for _, lang := range []string{"id", "en"} {
		l := locale.For(lang, "Asia/Jakarta")
		for _, c := range codes(t) {
			if !l.Has("fault." + c) {
				t.Errorf("catalogue %s has no fault.%s", lang, c)
			}
		}
	}
}

func TestLaw_EachRightHasItsNameInBothLanguages(t *testing.T) {
	for _, lang := range []string{"id", "en"} {
		l := locale.For(lang, "Asia/Jakarta")
		for _, v := range access.Verbs() {
			for _, key := range []string{"team.right." + string(v), "team.area." + v.Area()} {
				if !l.Has(key) {
					t.Errorf("catalogue %s has no %s", lang, key)
				}
			}
		}
	}
}

func TestLaw_TheListOfFaultsIsTrue(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Faults\n\nEvery code that a person or a program may be answered with, and its English text. Codes are stable.\nWritten by `go test ./internal/laws -update`.\n\n| code | text |\n| --- | --- |\n")
	en := locale.For("en", "Asia/Jakarta")
	for _, c := range codes(t) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", c, strings.ReplaceAll(en.T("fault."+c), "|", "\\|"))
	}
	golden(t, "docs/errors.md", b.String())
}

func TestLaw_TheTableOfRightsIsTrue(t *testing.T) {
	roles := append(append([]access.Role{}, access.StaffRoles...), access.Client, access.Talent)
	var b strings.Builder
	b.WriteString("# Rights\n\nWho may do what (R20). The table in `internal/access/rights.go` is the only source; this page is written from it\nby `go test ./internal/laws -update`. A client or talent besides needs the thing to be theirs.\n\n| right |")
	for _, r := range roles {
		fmt.Fprintf(&b, " %s |", r)
	}
	b.WriteString("\n| --- |" + strings.Repeat(" --- |", len(roles)) + "\n")
	verbs := access.Verbs()
	slices.Sort(verbs)
	for _, v := range verbs {
		fmt.Fprintf(&b, "| %s |", v)
		for _, r := range roles {
			mark := "  |"
			if access.Allowed(r, v) {
				mark = " ● |"
			}
			b.WriteString(mark)
		}
		b.WriteString("\n")
	}
	golden(t, "docs/rights.md", b.String())
}

func golden(t *testing.T, path, want string) {
	t.Helper()
	path = filepath.Join(root(), path)
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil { //nolint:gosec // a page of the documentation
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s is not true any more (%v): run go test ./internal/laws -update", path, err)
	}
}

// textKey finds keys given to the catalogues as whole literals.
var textKey = regexp.MustCompile(`(?:locale\.T\(ctx,|locale\.T\(r\.Context\(\),|\bl\.T\()\s*"([a-z][a-z0-9_.\-]+[a-z0-9])"\s*[,)]`)

func TestLaw_EachTextStandsInTheCatalogues(t *testing.T) {
	missing := map[string]bool{}
	visit := func(path, text string) {
		for _, m := range textKey.FindAllStringSubmatch(text, -1) {
			for _, lang := range []string{"id", "en"} {
				l := locale.For(lang, "Asia/Jakarta")
				if !l.Has(m[1]) && !l.Has(m[1]+".other") {
					missing[fmt.Sprintf("%s: catalogue %s has no %q", path, lang, m[1])] = true
				}
			}
		}
	}
	each(t, func(f file) {
		if !f.test && !f.gen && f.room != "internal/laws" {
			visit(f.path, f.text)
		}
	})
	_ = filepath.WalkDir(filepath.Join(root(), "internal/web"), func(path string, _ os.DirEntry, _ error) error {
		if strings.HasSuffix(path, ".templ") {
			b, _ := os.ReadFile(path)
			visit(path, string(b))
		}
		return nil
	})
	for m := range missing {
		t.Error(m)
	}
}
