package laws

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "write the generated lists anew")

// file is one Go file of the module, read once for all laws.
type file struct {
	path string // from the module's root, with slashes
	room string // its folder: "internal/review"
	name string
	test bool
	gen  bool // templ's output
	text string
	tree *ast.File
	set  *token.FileSet
}

func root() string { return filepath.Join("..", "..") }

var files = sync.OnceValues(func() ([]file, error) {
	var out []file
	err := filepath.WalkDir(root(), func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if n := d.Name(); n == "node_modules" || n == ".git" || n == "tools" || n == "dist" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		f, err := read(path)
		out = append(out, f)
		return err
	})
	return out, err
})

func read(path string) (file, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return file{}, err
	}
	rel, err := filepath.Rel(root(), path)
	if err != nil {
		return file{}, err
	}
	rel = filepath.ToSlash(rel)
	f := file{path: rel, room: filepath.ToSlash(filepath.Dir(rel)), name: filepath.Base(rel), text: string(b), set: token.NewFileSet(),
		test: strings.HasSuffix(rel, "_test.go"), gen: strings.HasSuffix(rel, "_templ.go")}
	f.tree, err = parser.ParseFile(f.set, path, b, parser.ParseComments)
	return f, err
}

func each(t *testing.T, visit func(f file)) {
	t.Helper()
	all, err := files()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d files found: the laws look in the wrong place", len(all))
	}
	for _, f := range all {
		visit(f)
	}
}

func (f file) imports() (out []string) {
	for _, i := range f.tree.Imports {
		out = append(out, strings.Trim(i.Path.Value, `"`))
	}
	return out
}
