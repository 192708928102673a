package xlsx

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	window  = 64 << 10
	longTag = 1 << 20 // bytes that one tag or one run of text may have
)

var errXML = errors.New("not well formed")

// kind says what a token is.
type kind uint8

const (
	startTag kind = iota
	endTag
	textRun
)

// token is a piece of a part. Its bytes are valid until the next one is read.
type token struct {
	kind  kind
	name  []byte // without the prefix of a namespace
	attrs []byte // between the name and the end of the tag
	text  []byte // of a run, still escaped unless raw
	raw   bool   // CDATA
	empty bool   // a start tag that ends itself
}

// scanner reads the few kinds of XML that workbooks are made of: UTF-8, no document type and
// so no entities of its own.
type scanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	begun    bool
	eof      error
}

func newScanner(r io.Reader) *scanner { return &scanner{r: r, buf: make([]byte, window)} }

// fill reads more behind what is there; it grows the window for a long piece.
func (s *scanner) fill() error {
	if s.eof != nil {
		return s.eof
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= longTag {
			return errXML
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.r.Read(s.buf[s.end:])
	s.end += n
	if err != nil {
		s.eof = err
	}
	if n > 0 {
		return nil
	}
	return err
}

// until gives the place of the delimiter behind pos+from.
func (s *scanner) until(from int, delimiter string) (int, error) {
	for {
		if s.pos+from < s.end {
			if i := bytes.Index(s.buf[s.pos+from:s.end], []byte(delimiter)); i >= 0 {
				return from + i, nil
			}
			from = max(from, s.end-s.pos-len(delimiter)+1)
		}
		if err := s.fill(); err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return 0, err
		}
	}
}

// next gives the next token, io.EOF after the last.
func (s *scanner) next() (token, error) {
	for {
		if s.pos == s.end || !s.begun {
			if err := s.fill(); err != nil {
				return token{}, err
			}
			if !s.begun {
				s.begun = true
				if bytes.HasPrefix(s.buf[:s.end], []byte("\xef\xbb\xbf")) {
					s.pos = 3
				}
			}
			continue
		}
		if s.buf[s.pos] != '<' {
			return s.run()
		}
		t, found, err := s.tag()
		if found || err != nil {
			return t, err
		}
	}
}

func (s *scanner) run() (token, error) {
	n, err := s.until(0, "<")
	if errors.Is(err, io.ErrUnexpectedEOF) && len(bytes.TrimSpace(s.buf[s.pos:s.end])) == 0 {
		s.pos = s.end
		return token{}, io.EOF
	}
	if err != nil {
		return token{}, err
	}
	t := token{kind: textRun, text: s.buf[s.pos : s.pos+n]}
	s.pos += n
	return t, nil
}

// tag reads what begins with "<"; comments and instructions give nothing.
func (s *scanner) tag() (t token, found bool, err error) {
	n, err := s.until(1, ">")
	if err != nil {
		return t, false, err
	}
	switch head := s.buf[s.pos : s.pos+n]; {
	case bytes.HasPrefix(head, []byte("<!--")):
		n, err = s.until(4, "-->")
		s.pos += n + 3
		return t, false, err
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
		if n, err = s.until(9, "]]>"); err != nil {
			return t, false, err
		}
		t = token{kind: textRun, raw: true, text: s.buf[s.pos+9 : s.pos+n]}
		s.pos += n + 3
		return t, true, nil
	case bytes.HasPrefix(head, []byte("<?")):
		n, err = s.until(2, "?>")
		if err == nil && !isUTF8(s.buf[s.pos:s.pos+n]) {
			err = errXML
		}
		s.pos += n + 2
		return t, false, err
	case bytes.HasPrefix(head, []byte("<!")):
		return t, false, errXML // a document type may define entities
	}
	for openQuote(s.buf[s.pos : s.pos+n]) {
		if n, err = s.until(n+1, ">"); err != nil {
			return t, false, err
		}
	}
	t = newTag(s.buf[s.pos+1 : s.pos+n])
	s.pos += n + 1
	return t, true, nil
}

// isUTF8 says whether an XML declaration names no other encoding.
func isUTF8(declaration []byte) bool {
	e, ok := attr(declaration, "encoding")
	return !ok || strings.EqualFold(string(e), "utf-8") || strings.EqualFold(string(e), "us-ascii")
}

// openQuote says whether a ">" that follows stands inside an attribute.
func openQuote(b []byte) bool {
	var open byte
	for _, c := range b {
		switch {
		case open == 0 && (c == '"' || c == '\''):
			open = c
		case c == open:
			open = 0
		}
	}
	return open != 0
}

func newTag(b []byte) token {
	t := token{kind: startTag}
	if len(b) > 0 && b[0] == '/' {
		t.kind, b = endTag, b[1:]
	}
	if len(b) > 0 && b[len(b)-1] == '/' {
		t.empty, b = true, b[:len(b)-1]
	}
	end := bytes.IndexAny(b, " \t\r\n")
	if end < 0 {
		end = len(b)
	}
	t.name, t.attrs = b[:end], b[end:]
	if i := bytes.IndexByte(t.name, ':'); i >= 0 {
		t.name = t.name[i+1:]
	}
	return t
}

// attr finds an attribute by its name without a prefix.
func attr(attrs []byte, name string) ([]byte, bool) {
	for {
		eq := bytes.IndexByte(attrs, '=')
		if eq < 0 {
			return nil, false
		}
		key := bytes.TrimSpace(attrs[:eq])
		if i := bytes.LastIndexAny(key, ": \t\r\n"); i >= 0 {
			key = key[i+1:]
		}
		rest := bytes.TrimLeft(attrs[eq+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return nil, false
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil, false
		}
		if string(key) == name {
			value, err := unescape(rest[1 : end+1])
			return value, err == nil
		}
		attrs = rest[end+2:]
	}
}

// word is an attribute as a string, "" where there is none.
func (t token) word(name string) string {
	value, _ := attr(t.attrs, name)
	return string(value)
}

// whole reads a number without a sign.
func whole(b []byte) (n int, ok bool) {
	for _, c := range b {
		if c < '0' || c > '9' || n > 1<<30 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(b) > 0
}

// content is the text of a run.
func (t token) content() ([]byte, error) {
	text := t.text
	if bytes.IndexByte(text, '\r') >= 0 { // line ends as XML has them; a written &#13; stays
		text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("\ufffd"))
	}
	if t.raw {
		return text, nil
	}
	return unescape(text)
}

func unescape(text []byte) ([]byte, error) {
	at := bytes.IndexByte(text, '&')
	if at < 0 {
		return text, nil
	}
	out := make([]byte, 0, len(text))
	for at >= 0 {
		end := bytes.IndexByte(text[at:], ';')
		if end < 0 {
			return nil, errXML
		}
		r, err := entity(string(text[at+1 : at+end]))
		if err != nil {
			return nil, err
		}
		out = utf8.AppendRune(append(out, text[:at]...), r)
		text = text[at+end+1:]
		at = bytes.IndexByte(text, '&')
	}
	return append(out, text...), nil
}

func entity(name string) (rune, error) {
	switch name {
	case "amp":
		return '&', nil
	case "lt":
		return '<', nil
	case "gt":
		return '>', nil
	case "quot":
		return '"', nil
	case "apos":
		return '\'', nil
	}
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return 0, errXML
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, errXML
	}
	return rune(n), nil
}
