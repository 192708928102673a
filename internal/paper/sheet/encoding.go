package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decode looks the text through and returns a reader of it as UTF-8 from its
// beginning, with the name of the encoding.
func decode(r io.ReadSeeker) (io.Reader, string, error) {
	mark := make([]byte, 3)
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, "", err
	}
	n, _ := io.ReadFull(r, mark)
	mark = mark[:n]
	if bytes.HasPrefix(mark, []byte{0xff, 0xfe}) || bytes.HasPrefix(mark, []byte{0xfe, 0xff}) {
		_, err := r.Seek(0, io.SeekStart)
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
		return transform.NewReader(r, utf16.NewDecoder()), "utf-16", err
	}
	start := int64(0)
	if bytes.Equal(mark, []byte{0xef, 0xbb, 0xbf}) {
		start = 3
	}
	if _, err := r.Seek(start, io.SeekStart); err != nil {
		return nil, "", err
	}
	name, err := recognise(r, start)
	if err != nil {
		return nil, "", err
	}
	if _, err := r.Seek(start, io.SeekStart); err != nil {
		return nil, "", err
	}
	if name == "windows-1252" {
		return charmap.Windows1252.NewDecoder().Reader(r), name, nil
	}
	return r, name, nil
}

// look is what a pass over the bytes finds.
type look struct {
	row, at     int64 // where the next byte is
	firstBad    [2]int64
	wrong, many bool // a byte that is no UTF-8; a sound sequence of several bytes
}

// recognise tells UTF-8 from Windows-1252. A text with both sound UTF-8 sequences
// and bytes that are none is mixed and refused, as is a NUL byte or one that
// Windows-1252 does not have.
func recognise(r io.Reader, start int64) (string, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	l := look{row: 1, at: start}
	for {
		c, size, err := in.ReadRune()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
		if c == 0 {
			return "", ErrBinary.With("row", l.row, "byte", l.at)
		}
		if c == utf8.RuneError && size == 1 {
			if err := l.odd(in); err != nil {
				return "", err
			}
		} else if size > 1 {
			l.many = true
		}
		if c == '\n' {
			l.row++
		}
		l.at += int64(size)
	}
	switch {
	case l.wrong && l.many:
		return "", ErrEncoding.With("row", l.firstBad[0], "byte", l.firstBad[1])
	case l.wrong:
		return "windows-1252", nil
	}
	return "utf-8", nil
}

// odd notes a byte that is no UTF-8.
func (l *look) odd(in *bufio.Reader) error {
	if err := in.UnreadRune(); err != nil {
		return err
	}
	b, err := in.ReadByte()
	if err != nil {
		return err
	}
	switch b {
	case 0x81, 0x8d, 0x8f, 0x90, 0x9d: // no character in Windows-1252
		return ErrEncoding.With("row", l.row, "byte", l.at)
	}
	if !l.wrong {
		l.wrong, l.firstBad = true, [2]int64{l.row, l.at}
	}
	return nil
}
