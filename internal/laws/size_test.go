package laws

import (
	"go/ast"
	"strings"
	"testing"
)

const (
	mostLines    = 600 // of a file
	mostFunction = 60  // lines of a function
	mostHandler  = 25  // lines of a handler
)

func TestLaw_FilesAndFunctionsStaySmall(t *testing.T) {
	each(t, func(f file) {
		if f.gen {
			return
		}
		if n := strings.Count(f.text, "\n"); n > mostLines {
			t.Errorf("%s has %d lines, at most %d", f.path, n, mostLines)
		}
		if f.test {
			return
		}
		for _, d := range f.tree.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			n := f.set.Position(fn.Body.End()).Line - f.set.Position(fn.Body.Pos()).Line + 1
			most := mostFunction
			if isHandler(fn) && f.room != "internal/web" {
				most = mostHandler
			}
			if n > most {
				t.Errorf("%s: %s has %d lines, at most %d", f.path, fn.Name.Name, n, most)
			}
		}
	})
}

// isHandler: func(w http.ResponseWriter, r *http.Request) error and nothing more.
func isHandler(fn *ast.FuncDecl) bool {
	p, r := fn.Type.Params, fn.Type.Results
	if p == nil || r == nil || p.NumFields() != 2 || r.NumFields() != 1 {
		return false
	}
	sel, ok := p.List[0].Type.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "ResponseWriter"
}

func TestLaw_EachRoomSaysWhatItIsFor(t *testing.T) {
	said := map[string]bool{}
	each(t, func(f file) {
		if !f.test {
			said[f.room] = said[f.room] || f.tree.Doc != nil && len(f.tree.Doc.Text()) > 60
		}
	})
	for room, ok := range said {
		if !ok {
			t.Errorf("%s has no plaque: a package comment that says what the room is for", room)
		}
	}
}

func TestLaw_ExportedNamesHaveAContract(t *testing.T) {
	each(t, func(f file) {
		if f.test || f.gen || !strings.HasPrefix(f.room, "internal/") {
			return
		}
		for _, d := range f.tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.IsExported() && fn.Doc == nil && exportedReceiver(fn) {
				t.Errorf("%s: %s has no comment", f.path, fn.Name.Name)
			}
		}
	})
}

func exportedReceiver(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return true
	}
	switch r := fn.Recv.List[0].Type.(type) {
	case *ast.StarExpr:
		id, ok := r.X.(*ast.Ident)
		return ok && id.IsExported()
	case *ast.Ident:
		return r.IsExported()
	}
	return false
}
