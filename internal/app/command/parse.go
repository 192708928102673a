package command

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Program is what a command line is read for.
type Program struct {
	Name, About, Version string
	Out                  io.Writer // for explanations that were asked for
	Lookup               func(name string) (value string, ok bool)
}

// ErrAnswered says that the command line asked for help or the version, which was printed.
var ErrAnswered = errors.New("answered")

// Parse fills root, a pointer to a struct, and gives a pointer to the command that was
// chosen, root itself where it has none below it. An error says what to change.
func (p *Program) Parse(root any, args []string) (chosen any, err error) {
	at, err := newLevel(p.Name, root, nil)
	if err != nil {
		return nil, err
	}
	if err := at.preset(p.Lookup); err != nil {
		return nil, err
	}
	var asked struct{ help, version bool }
	for words := 0; ; args = args[1:] {
		args, err = at.flags(args, &asked.help, &asked.version)
		switch {
		case asked.help || asked.version:
			return nil, p.answer(at, asked.help)
		case err != nil:
			return nil, err
		case len(args) == 0:
			return at.self, at.complete(words)
		}
		if len(at.below) > 0 {
			if at, err = at.choose(args[0]); err == nil {
				err = at.preset(p.Lookup)
			}
		} else {
			err = at.take(words, args[0])
			words++
		}
		if err != nil {
			return nil, err
		}
	}
}

func (p *Program) answer(at *level, help bool) error {
	text := p.Version + "\n"
	if help {
		text = p.explain(at)
	}
	if _, err := io.WriteString(p.Out, text); err != nil {
		return err
	}
	return ErrAnswered
}

// preset gives the flags of this command what their variables or defaults say.
func (l *level) preset(lookup func(string) (string, bool)) error {
	for i := range l.own {
		f := &l.own[i]
		if f.preset != "" {
			if err := f.set(f.preset); err != nil {
				return fmt.Errorf("--%s: default: %w", f.name, err)
			}
		}
		if f.env == "" {
			continue
		}
		if value, ok := lookup(f.env); ok {
			if err := f.give(value); err != nil {
				return fmt.Errorf("$%s must be %w, not %q", f.env, err, value)
			}
		}
	}
	return nil
}

// define puts the flags of this command and of those above it into the set; the
// nearest one has a name.
func (l *level) define(set *flag.FlagSet) {
	for at := l; at != nil; at = at.above {
		for i := range at.own {
			f := &at.own[i]
			for _, name := range []string{f.name, f.short} {
				switch {
				case name == "" || set.Lookup(name) != nil:
				case f.isBool():
					set.BoolFunc(name, "", f.give)
				default:
					set.Func(name, "", f.give)
				}
			}
		}
	}
}

// flags takes the flags that args begin with and gives what follows.
func (l *level) flags(args []string, help, version *bool) ([]string, error) {
	set := flag.NewFlagSet(l.path, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	l.define(set)
	for name, asked := range map[string]*bool{"help": help, "h": help, "version": version, "V": version} {
		if set.Lookup(name) == nil {
			set.BoolVar(asked, name, false, "")
		}
	}
	err := set.Parse(args)
	if err == nil {
		return set.Args(), nil
	}
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		return nil, errors.New("unknown flag --" + name + l.meant(name))
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return nil, errors.New("--" + name + " needs a value")
	}
	if value, ok := strings.CutPrefix(text, "invalid value "); ok { // "xx" for flag -lang: one of id, en
		value, rest, _ := strings.Cut(value, " for flag -")
		name, wanted, _ := strings.Cut(rest, ": ")
		return nil, fmt.Errorf("--%s must be %s, not %s", name, wanted, value)
	}
	if value, ok := strings.CutPrefix(text, "invalid boolean value "); ok {
		value, rest, _ := strings.Cut(value, " for -")
		name, wanted, _ := strings.Cut(rest, ": ")
		return nil, fmt.Errorf("--%s must be %s, not %s", name, wanted, value)
	}
	return nil, err
}

func (l *level) choose(word string) (*level, error) {
	var names []string
	for _, b := range l.below {
		if b.name == word {
			return newLevel(l.path+" "+word, b.field.Addr().Interface(), l)
		}
		names = append(names, b.name)
	}
	if near := nearest(word, names); near != "" {
		return nil, fmt.Errorf("unknown command %q, did you mean %q?", word, near)
	}
	return nil, fmt.Errorf("unknown command %q; there are: %s", word, strings.Join(names, ", "))
}

func (l *level) take(nth int, word string) error {
	if nth >= len(l.words) {
		return fmt.Errorf("%q is one word too many", word)
	}
	if err := l.words[nth].set(word); err != nil {
		return fmt.Errorf("<%s>: %w", l.words[nth].name, err)
	}
	return nil
}

// complete says what is missing.
func (l *level) complete(words int) error {
	if len(l.below) > 0 {
		var names []string
		for _, b := range l.below {
			names = append(names, b.name)
		}
		return errors.New("name a command: " + strings.Join(names, ", "))
	}
	if words < len(l.words) {
		return fmt.Errorf("<%s> is missing", l.words[words].name)
	}
	for at := l; at != nil; at = at.above {
		for _, f := range at.own {
			if f.required && !f.given {
				return fmt.Errorf("--%s is missing", f.name)
			}
		}
	}
	return nil
}

// absolute makes a path one that does not depend on the working folder; ~ is the home.
func absolute(path string) (string, error) {
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || rest[0] == '/') {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		path = home + rest
	}
	return filepath.Abs(path)
}

func existing(path string) (string, error) {
	path, err := absolute(path)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		err = fmt.Errorf("%s is a folder", path)
	}
	return path, err
}
