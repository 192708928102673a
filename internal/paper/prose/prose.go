package prose

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"

	textunicode "golang.org/x/text/encoding/unicode"

	"kolega/internal/fault"
)

// MaxBytes bounds a document, MaxText the words taken out of it, both in bytes.
const (
	MaxBytes = 10 << 20
	MaxText  = 1 << 20
)

// Faults of documents.
var (
	ErrKind    = fault.New(fault.Invalid, "document.kind")    // none of the three kinds
	ErrDamaged = fault.New(fault.Invalid, "document.damaged") // cannot be read
	ErrLarge   = fault.New(fault.Invalid, "document.large")   // beyond a bound; arg: limit, in megabytes
	ErrNoText  = fault.New(fault.Invalid, "document.no-text") // pictures of words, locked, or empty
)

// Kind names what a document is.
type Kind string

// The kinds of documents, by their first bytes and never by their name.
const (
	Text Kind = "text"
	Word Kind = "docx"
	PDF  Kind = "pdf"
)

// KindOf tells what a document is. Fault: document.kind.
func KindOf(data []byte) (Kind, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return Word, nil
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return PDF, nil
	case plain(data):
		return Text, nil
	}
	return "", ErrKind
}

// Read gives a document's words, a paragraph or item on each line. Items of a list
// begin with a dash. Faults: document.kind, document.damaged, document.large,
// document.no-text.
func Read(data []byte) (text string, kind Kind, err error) {
	if len(data) > MaxBytes {
		return "", "", ErrLarge.With("limit", MaxBytes>>20)
	}
	if kind, err = KindOf(data); err != nil {
		return "", kind, err
	}
	switch kind {
	case Word:
		text, err = readWord(data)
	case PDF:
		text, err = readPDF(data)
	default:
		text = decode(data)
	}
	if err != nil {
		return "", kind, err
	}
	if text = tidy(text); text == "" {
		return "", kind, ErrNoText
	}
	if len(text) > MaxText {
		return "", kind, ErrLarge.With("limit", MaxText>>20)
	}
	return text, kind, nil
}

// plain tells whether bytes can be a text: a mark at the front, or no control
// characters in the first part.
func plain(data []byte) bool {
	if bom(data) != nil {
		return true
	}
	for _, b := range data[:min(len(data), 4096)] {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' {
			return false
		}
	}
	return true
}

// bom gives the decoding that a mark at the front asks for, nil without a mark.
func bom(data []byte) transform.Transformer {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe, 0, 0}):
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewDecoder()
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return textunicode.UTF16(textunicode.LittleEndian, textunicode.UseBOM).NewDecoder()
	case bytes.HasPrefix(data, []byte{0xef, 0xbb, 0xbf}):
		return textunicode.UTF8BOM.NewDecoder()
	}
	return nil
}

// decode gives a text in UTF-8. Text that is none is read as Windows wrote it.
func decode(data []byte) string {
	if t := bom(data); t != nil {
		if out, _, err := transform.Bytes(t, data); err == nil {
			return string(out)
		}
	}
	if utf8.Valid(data) {
		return string(data)
	}
	out, _, err := transform.Bytes(charmap.Windows1252.NewDecoder(), data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "")
	}
	return string(out)
}

// tidy gives lines without spaces at their ends, at most one empty line between two,
// and nothing that cannot be seen but line breaks and tabs.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\f' || r == '\u2028' || r == '\u2029' || r == '\v':
			return '\n'
		case r == '\u00a0':
			return ' '
		case unicode.IsControl(r) || r == '\ufeff' || r == '\u00ad':
			return -1
		}
		return r
	}, s)
	var out []string
	for _, line := range strings.Split(s, "\n") {
		line = strings.TrimSpace(line)
		if line == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, line)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
