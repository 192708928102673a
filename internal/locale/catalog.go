package locale

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed catalog
var catalogFiles embed.FS

// Languages are the languages of the interface, the agency's own first.
var Languages = []string{"id", "en", "fil"}

// message is a text split once: literal pieces around named arguments.
type message struct {
	text   string   // the whole text, when it names no argument
	pieces []string // one more than names, where there are any
	names  []string
}

// entry is what a key stands for: one text, or a plural's texts for one and for more.
type entry struct {
	message
	one *message
}

// split cuts a text at its {names}. A brace without its partner is literal.
func split(text string) message {
	m := message{text: text}
	if strings.IndexByte(text, '{') < 0 {
		return m
	}
	rest, piece := text, ""
	for {
		open := strings.IndexByte(rest, '{')
		if open < 0 {
			break
		}
		size := strings.IndexByte(rest[open:], '}')
		if size < 0 {
			break
		}
		name := rest[open+1 : open+size]
		if !isName(name) {
			piece += rest[:open+1]
			rest = rest[open+1:]
			continue
		}
		m.pieces = append(m.pieces, piece+rest[:open])
		m.names = append(m.names, name)
		piece, rest = "", rest[open+size+1:]
	}
	m.pieces = append(m.pieces, piece+rest)
	return m
}

func isName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return s != ""
}

// catalogues holds each language's entries, read when it is first spoken.
var catalogues = func() map[string]func() map[string]entry {
	all := map[string]func() map[string]entry{}
	for _, lang := range Languages {
		all[lang] = sync.OnceValue(func() map[string]entry {
			entries, _ := entriesOf(lang) // what is broken is told by Check
			return entries
		})
	}
	return all
}()

// catalogue gives a language's entries; none of one that is not in Languages.
func catalogue(lang string) map[string]entry {
	if entries, ok := catalogues[lang]; ok {
		return entries()
	}
	return nil
}

// Check reads all catalogues and names what is broken in them: text that is no JSON, and keys
// that two areas define. The program asks it once at its start.
func Check() error {
	var all []error
	for _, lang := range Languages {
		_, err := entriesOf(lang)
		all = append(all, err)
	}
	return errors.Join(all...)
}

// entriesOf joins the areas of a language and puts plurals under their base key. A key
// that merely ends in ".other" stays reachable by its whole name. Of a key that two areas
// define the first area's text is kept, and told as an error.
func entriesOf(lang string) (map[string]entry, error) {
	areas, broken := readAreas(lang)
	entries := map[string]entry{}
	for _, a := range areas {
		for key, text := range a.texts {
			if _, double := entries[key]; double {
				broken = errors.Join(broken, fmt.Errorf("catalog/%s/%s.json repeats %q of another area", lang, a.name, key))
				continue
			}
			entries[key] = entry{message: split(text)}
		}
	}
	for key, e := range entries {
		base, plural := strings.CutSuffix(key, ".other")
		if _, taken := entries[base]; !plural || taken {
			continue
		}
		if one, ok := entries[base+".one"]; ok {
			e.one = &one.message
		}
		entries[base] = e
	}
	return entries, broken
}

// area is one catalogue file.
type area struct {
	name  string
	texts map[string]string
}

// readAreas reads the embedded files of one language in order of their names.
func readAreas(lang string) (areas []area, broken error) {
	files, err := fs.Glob(catalogFiles, "catalog/"+lang+"/*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		data, err := catalogFiles.ReadFile(name)
		var texts map[string]string
		if err == nil {
			texts, err = readTexts(data)
		}
		if err != nil {
			broken = errors.Join(broken, fmt.Errorf("%s: %w", name, err))
			continue
		}
		areas = append(areas, area{strings.TrimSuffix(path.Base(name), ".json"), texts})
	}
	return areas, broken
}
