package locale

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// readTexts reads an object of texts, which is all that a catalogue file is. The texts share
// the memory of the file; reading them through reflection took a fifth of the program's start.
func readTexts(data []byte) (map[string]string, error) {
	s := string(data)
	out := make(map[string]string, strings.Count(s, "\n"))
	rest, ok := strings.CutPrefix(skip(s), "{")
	if !ok {
		return nil, bad(s, s)
	}
	rest = skip(rest)
	for more := !strings.HasPrefix(rest, "}"); more; {
		key, after, err := quoted(rest)
		if err != nil {
			return nil, bad(s, rest)
		}
		if after, ok = strings.CutPrefix(skip(after), ":"); !ok {
			return nil, bad(s, after)
		}
		after = skip(after)
		if out[key], rest, err = quoted(after); err != nil {
			return nil, bad(s, after)
		}
		rest = skip(rest)
		if rest, more = strings.CutPrefix(rest, ","); more {
			rest = skip(rest)
		}
	}
	if skip(strings.TrimPrefix(rest, "}")) != "" || rest == "" {
		return nil, bad(s, rest)
	}
	return out, nil
}

func skip(s string) string { return strings.TrimLeft(s, " \t\r\n") }

// quoted takes a string off the beginning.
func quoted(s string) (text, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		return "", s, errNoText
	}
	end := strings.IndexByte(s[1:], '"') + 1
	if end > 0 && strings.IndexByte(s[:end], '\\') < 0 && strings.IndexByte(s[:end], '\n') < 0 {
		return s[1:end], s[end+1:], nil
	}
	for end = 1; end < len(s) && s[end] != '"'; end++ {
		if s[end] == '\\' {
			end++
		}
	}
	if end >= len(s) {
		return "", s, errNoText
	}
	err = json.Unmarshal([]byte(s[:end+1]), &text)
	return text, s[end+1:], err
}

var errNoText = errors.New("a text in quotes is missing")

// bad says where in the file it went wrong.
func bad(file, rest string) error {
	return fmt.Errorf("line %d is no part of an object of texts", 1+strings.Count(file[:len(file)-len(rest)], "\n"))
}
