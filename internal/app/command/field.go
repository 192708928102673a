package command

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// level is one command on the way from the program to what was chosen.
type level struct {
	path  string // "kolega import talents"
	self  any
	above *level
	help  string
	own   []field // flags
	words []field // in order
	below []field // commands
}

// field is a flag, a word or a command.
type field struct {
	name, short, help, placeholder, preset, env, kind string
	enum                                              []string
	required, given                                   bool
	field                                             reflect.Value
}

func newLevel(path string, self any, above *level) (*level, error) {
	l := &level{path: path, self: self, above: above}
	v := reflect.ValueOf(self)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return nil, fmt.Errorf("%T is no pointer to a struct", self)
	}
	l.read(v.Elem())
	if above != nil {
		for _, b := range above.below {
			if path == above.path+" "+b.name {
				l.help = b.help
			}
		}
	}
	return l, nil
}

func (l *level) read(v reflect.Value) {
	for i := range v.NumField() {
		t := v.Type().Field(i)
		if t.Anonymous {
			l.read(v.Field(i))
			continue
		}
		if !t.IsExported() {
			continue
		}
		f := readField(t, v.Field(i))
		_, isCommand := t.Tag.Lookup("cmd")
		_, isWord := t.Tag.Lookup("arg")
		switch {
		case isCommand:
			l.below = append(l.below, f)
		case isWord:
			l.words = append(l.words, f)
		default:
			l.own = append(l.own, f)
		}
	}
}

func readField(t reflect.StructField, v reflect.Value) field {
	f := field{name: dashed(t.Name), field: v, help: t.Tag.Get("help"), short: t.Tag.Get("short"), placeholder: t.Tag.Get("placeholder"),
		preset: t.Tag.Get("default"), env: t.Tag.Get("env"), kind: t.Tag.Get("type")}
	if name := t.Tag.Get("name"); name != "" {
		f.name = name
	}
	if values := t.Tag.Get("enum"); values != "" {
		f.enum = strings.Split(values, ",")
	}
	_, f.required = t.Tag.Lookup("required")
	return f
}

// dashed writes LogLevel as log-level and JSON as json.
func dashed(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func (f *field) isBool() bool { return f.field.Kind() == reflect.Bool }

// give is set by a person, not by a default.
func (f *field) give(text string) error {
	f.given = true
	return f.set(text)
}

func (f *field) set(text string) (err error) {
	if f.enum != nil && !slices.Contains(f.enum, text) {
		return errors.New("one of " + strings.Join(f.enum, ", "))
	}
	switch f.kind {
	case "path":
		text, err = absolute(text)
	case "existingfile":
		text, err = existing(text)
	}
	if err != nil {
		return err
	}
	if f.field.Type() == reflect.TypeFor[time.Duration]() {
		d, err := time.ParseDuration(text)
		if err != nil {
			return errors.New("a time such as 90s or 12h")
		}
		f.field.SetInt(int64(d))
		return nil
	}
	return f.assign(text)
}

func (f *field) assign(text string) error {
	switch f.field.Kind() {
	case reflect.String:
		f.field.SetString(text)
	case reflect.Bool:
		yes, err := strconv.ParseBool(text)
		if err != nil {
			return errors.New("true or false")
		}
		f.field.SetBool(yes)
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return errors.New("a whole number")
		}
		f.field.SetInt(n)
	default:
		return fmt.Errorf("a flag cannot be a %s", f.field.Type())
	}
	return nil
}

// meant suggests the flag that looks most like name.
func (l *level) meant(name string) string {
	names := []string{"help", "version"}
	for at := l; at != nil; at = at.above {
		for _, f := range at.own {
			names = append(names, f.name)
		}
	}
	if near := nearest(name, names); near != "" {
		return ", did you mean --" + near + "?"
	}
	return ""
}

// nearest gives the name that is at most two letters off, or begins like text.
func nearest(text string, names []string) string {
	best, least := "", 3
	for _, n := range names {
		d := distance(text, n)
		if len(text) > 1 && strings.HasPrefix(n, text) {
			d = 1
		}
		if d < least {
			best, least = n, d
		}
	}
	return best
}

// distance is how many letters to add, drop or change from a to b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
