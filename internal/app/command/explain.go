package command

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	wide   = 80 // columns of a terminal that everybody has
	second = 33 // where the sentences of flags begin
)

// explain is the text of --help.
func (p *Program) explain(l *level) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %s\n\n", l.usage())
	about := l.help
	if l.above == nil {
		about = p.About
	}
	for line := range strings.SplitSeq(about, "\n") {
		fmt.Fprintln(&b, strings.Join(wrap(line, wide), "\n"))
	}
	if len(l.words) > 0 {
		fmt.Fprint(&b, "\nArguments:\n")
		for _, w := range l.words {
			pair(&b, "  <"+w.name+">", w.help)
		}
	}
	if len(l.own) > 0 && l.above != nil {
		fmt.Fprint(&b, "\nFlags:\n")
		for _, f := range l.own {
			pair(&b, f.label(), f.sentence())
		}
	}
	fmt.Fprint(&b, "\nFlags of every command:\n")
	pair(&b, "  -h, --help", "Explain the command.")
	if l.flag("version") == nil {
		pair(&b, "  -V, --version", "Print the version.")
	}
	for at := l; at != nil; at = at.above {
		if at == l && at.above != nil {
			continue
		}
		for _, f := range at.own {
			pair(&b, f.label(), f.sentence())
		}
	}
	if len(l.below) > 0 {
		fmt.Fprint(&b, "\nCommands:\n")
		l.commands(&b, strings.Count(l.path, " "))
		fmt.Fprintf(&b, "Run \"%s <command> --help\" for more about one.\n", l.path)
	}
	return b.String()
}

// flag finds a flag of this command by its name.
func (l *level) flag(name string) *field {
	for i := range l.own {
		if l.own[i].name == name {
			return &l.own[i]
		}
	}
	return nil
}

// commands lists what can be chosen, down to the last word.
func (l *level) commands(b *strings.Builder, depth int) {
	for _, c := range l.below {
		below, err := newLevel(l.path+" "+c.name, c.field.Addr().Interface(), l)
		if err != nil {
			continue // Parse refuses it aloud
		}
		if len(below.below) > 0 {
			below.commands(b, depth)
			continue
		}
		fmt.Fprintf(b, "  %s\n", strings.Join(strings.Split(below.usage(), " ")[depth+1:], " "))
		for _, line := range wrap(c.help, wide-4) {
			fmt.Fprintf(b, "    %s\n", line)
		}
		fmt.Fprintln(b)
	}
}

// usage is the command in one line.
func (l *level) usage() string {
	out := l.path
	if len(l.below) > 0 {
		out += " <command>"
	}
	for _, w := range l.words {
		out += " <" + w.name + ">"
	}
	for _, f := range l.own {
		if f.required {
			out += " --" + f.name + "=" + f.value()
		}
	}
	return out + " [flags]"
}

func (f *field) value() string {
	if f.placeholder != "" {
		return f.placeholder
	}
	return strings.ToUpper(f.name)
}

func (f *field) label() string {
	out := "      --" + f.name
	if f.short != "" {
		out = "  -" + f.short + ", --" + f.name
	}
	if f.isBool() {
		return out
	}
	return out + "=" + f.value()
}

func (f *field) sentence() string {
	out := f.help
	var more []string
	if f.preset != "" {
		more = append(more, "default: "+f.preset)
	}
	if f.env != "" {
		more = append(more, "$"+f.env)
	}
	if len(more) > 0 {
		out = strings.TrimSuffix(out, ".") + " (" + strings.Join(more, ", ") + ")."
	}
	return out
}

// pair writes a label and its sentence in two columns.
func pair(b *strings.Builder, label, text string) {
	lines := wrap(text, wide-second)
	if utf8.RuneCountInString(label) > second-2 {
		fmt.Fprintln(b, label)
		label = ""
	}
	for _, line := range lines {
		fmt.Fprintf(b, "%-*s%s\n", second, label, line)
		label = ""
	}
}

func wrap(text string, width int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
