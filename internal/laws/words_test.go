package laws

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// oneDatabase are words of SQL that only one of the two databases understands.
var oneDatabase = regexp.MustCompile(`(?i)\bnow\(\)|::[a-z]|\bILIKE\b|\bANY\s*\(\s*\$|\bSERIAL\s+PRIMARY\b|\bBIGSERIAL\b|\bAUTOINCREMENT\b|\bCREATE\s+TRIGGER\b|\bCREATE\s+FUNCTION\b|\bLISTEN\b|\bNOTIFY\b|\bnextval\b|\bdatetime\(|\bstrftime\(|\bjulianday\(|\bGLOB\b|\bpg_advisory|\bjsonb\b|\browid\b`)

var statement = regexp.MustCompile(`(?i)^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER)\b`)

func TestLaw_OneSQLForBothDatabases(t *testing.T) {
	each(t, func(f file) {
		if f.room == "internal/db" || f.room == "internal/testkit" || strings.HasPrefix(f.room, "bench") {
			return
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if ok && lit.Kind == token.STRING && statement.MatchString(strings.Trim(lit.Value, "`\"")) {
				if w := oneDatabase.FindString(lit.Value); w != "" {
					t.Errorf("%s: %q is understood by one database only", f.set.Position(lit.Pos()), w)
				}
			}
			return true
		})
	})
	sql, err := filepath.Glob(filepath.Join(root(), "internal/db/migrations/*.sql"))
	if err != nil || len(sql) == 0 {
		t.Fatal("no migrations found", err)
	}
	for _, path := range sql {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if w := oneDatabase.FindString(string(b)); w != "" {
			t.Errorf("%s: %q is understood by one database only", path, w)
		}
	}
}

// clockRooms may read the system's clock.
var clockRooms = map[string]bool{"internal/worktime": true, "internal/app": true, "internal/testkit": true}

func TestLaw_TheClockIsReadInOneRoom(t *testing.T) {
	each(t, func(f file) {
		if f.test || clockRooms[f.room] || strings.HasPrefix(f.room, "bench") {
			return
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == "time" && (sel.Sel.Name == "Now" || sel.Sel.Name == "Since") && !f.excused(n) {
				t.Errorf("%s reads the system clock", f.set.Position(n.Pos()))
			}
			return true
		})
	})
}

// excused: the line says why it may.
func (f file) excused(n ast.Node) bool {
	line := f.set.Position(n.Pos()).Line
	lines := strings.Split(f.text, "\n")
	return strings.Contains(lines[line-1], "//nolint:forbidigo")
}

func TestLaw_OnlyTheHallReadsTheEnvironment(t *testing.T) {
	each(t, func(f file) {
		if f.test || f.room == "internal/app" || f.room == "internal/testkit" {
			return
		}
		for _, w := range []string{"os.Getenv(", "os.LookupEnv(", "os.Environ("} {
			if strings.Contains(f.text, w) {
				t.Errorf("%s reads the environment", f.path)
			}
		}
	})
}

// unsafeMarkup is what the content security policy blocks or what needs eval.
var unsafeMarkup = regexp.MustCompile(`\sstyle=|\son[a-z]+=|hx-on|["' ]js:|<script>|templ\.Raw`)

// drawn are the charts of paper/chart: SVG made of numbers and escaped texts.
var drawn = regexp.MustCompile(`templ\.Raw\((?:[a-zA-Z.]+\.)?(?:SVG|TableHTML)\([^)]*\)\)|templ\.Raw\([a-zA-Z.]*(?:Drawing|drawing|chart|Chart)[a-zA-Z.]*\.(?:SVG|TableHTML)\([^)]*\)\)`)

func TestLaw_MarkupKeepsThePolicy(t *testing.T) {
	n := 0
	err := filepath.WalkDir(filepath.Join(root(), "internal/web"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".templ") {
			return err
		}
		n++
		b, err := os.ReadFile(path)
		b = drawn.ReplaceAll(b, nil)
		if w := unsafeMarkup.FindString(string(b)); w != "" {
			t.Errorf("%s: %q is blocked by the policy", path, w)
		}
		return err
	})
	if err != nil || n == 0 {
		t.Fatal("no templates found", err)
	}
}
