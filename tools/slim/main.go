// Command slim makes the views that templ generated smaller, in place: see
// internal/web/part. It leaves alone what it does not know, and is at rest when it is
// run again.
//
//	go run ./tools/slim internal/web
package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "slim: name one folder")
		os.Exit(2)
	}
	err := filepath.WalkDir(os.Args[1], func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_templ.go") {
			return err
		}
		before, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		after := slim(string(before))
		if bytes.Equal(before, []byte(after)) {
			return nil
		}
		return os.WriteFile(path, []byte(after), 0o644)
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "slim:", err)
		os.Exit(1)
	}
}

const failed = `\n\s*if templ_7745c5c3_Err != nil \{\n\s*return templ_7745c5c3_Err\n\s*\}`

// step replaces one shape of generated code by a call.
type step struct {
	find *regexp.Regexp
	with string
}

func shape(find, with string) step { return step{regexp.MustCompile(find), with} }

var steps = []step{
	// The beginning of a piece: its buffer, its release, its context.
	shape(`templruntime\.GeneratedTemplate\(func\(templ_7745c5c3_Input templruntime\.GeneratedComponentInput\) \(templ_7745c5c3_Err error\) \{`+
		`\n\s*templ_7745c5c3_W, ctx := templ_7745c5c3_Input\.Writer, templ_7745c5c3_Input\.Context`+
		`(?:\n\s*if templ_7745c5c3_CtxErr := ctx\.Err\(\); templ_7745c5c3_CtxErr != nil \{\n\s*return templ_7745c5c3_CtxErr\n\s*\})?`+
		`\n\s*templ_7745c5c3_Buffer, templ_7745c5c3_IsBuffer := templruntime\.GetBuffer\(templ_7745c5c3_W\)`+
		`\n\s*if !templ_7745c5c3_IsBuffer \{\n\s*defer func\(\) \{\n\s*templ_7745c5c3_BufErr := templruntime\.ReleaseBuffer\(templ_7745c5c3_Buffer\)`+
		`\n\s*if templ_7745c5c3_Err == nil \{\n\s*templ_7745c5c3_Err = templ_7745c5c3_BufErr\n\s*\}\n\s*\}\(\)\n\s*\}`+
		`\n\s*ctx = templ\.InitializeContext\(ctx\)`,
		`templpart.Of(func(ctx templpart.Context, templ_7745c5c3_Buffer *templpart.Buffer) (templ_7745c5c3_Err error) {`),
	// A value as text: no error can come of one value.
	shape(`var (templ_7745c5c3_Var\d+) string\n(\s*)templ_7745c5c3_Var\d+, templ_7745c5c3_Err = templ\.JoinStringErrs\((.*)\)\n\s*if templ_7745c5c3_Err != nil \{\n\s*return templ\.Error\{.*\}\n\s*\}`+
		`\n\s*_, templ_7745c5c3_Err = templ_7745c5c3_Buffer\.WriteString\(templ\.EscapeString\(templ_7745c5c3_Var\d+\)\)`+failed,
		`templpart.Text(templ_7745c5c3_Buffer, $3)`),
	shape(`var (templ_7745c5c3_Var\d+) templ\.SafeURL\n(\s*)templ_7745c5c3_Var\d+, templ_7745c5c3_Err = templ\.JoinURLErrs\((.*)\)\n\s*if templ_7745c5c3_Err != nil \{\n\s*return templ\.Error\{.*\}\n\s*\}`+
		`\n\s*_, templ_7745c5c3_Err = templ_7745c5c3_Buffer\.WriteString\(templ\.EscapeString\(templ_7745c5c3_Var\d+\)\)`+failed,
		`templpart.URL(templ_7745c5c3_Buffer, $3)`),
	// Markup: the buffer keeps the error.
	shape(`templ_7745c5c3_Err = templruntime\.WriteString\(templ_7745c5c3_Buffer, \d+, (".*")\)`+failed, `templpart.Write(templ_7745c5c3_Buffer, $1)`),
	shape(`var _ = templruntime\.GeneratedTemplate`, `var _ templpart.Of`),
	shape(`\nimport templruntime "github.com/a-h/templ/runtime"\n`, "\nimport templpart \"kolega/internal/web/part\"\n"),
}

// children is how a piece takes what stands inside its element.
var children = regexp.MustCompile(`\n(\s*)(templ_7745c5c3_Var\d+) := templ\.GetChildren\(ctx\)\n\s*if templ_7745c5c3_Var\d+ == nil \{\n\s*templ_7745c5c3_Var\d+ = templ\.NopComponent\n\s*\}\n\s*ctx = templ\.ClearChildren\(ctx\)`)

// component begins a view. Were it copied into its callers, so were all its pieces.
var component = regexp.MustCompile(`(?m)^(//go:noinline\n)?(func .*\) templ\.Component \{)$`)

func slim(text string) string {
	for _, s := range steps {
		text = s.find.ReplaceAllString(text, s.with)
	}
	funcs := strings.SplitAfter(text, "\n}\n")
	for i, f := range funcs {
		funcs[i] = children.ReplaceAllStringFunc(f, func(found string) string {
			m := children.FindStringSubmatch(found)
			if strings.Count(strings.ReplaceAll(f, found, ""), m[2]+".") == 0 {
				return "\n" + m[1] + "ctx = templ.ClearChildren(ctx)"
			}
			return "\n" + m[1] + m[2] + ", ctx := templpart.Children(ctx)"
		})
	}
	return component.ReplaceAllString(strings.Join(funcs, ""), "//go:noinline\n$2")
}
