package prose

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// maxPart bounds the unpacked words of a Word document, with all their mark-up.
const maxPart = 40 << 20

// readWord gives the words of a Word document's main part.
func readWord(data []byte) (string, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", ErrDamaged.Wrap(err)
	}
	for _, f := range archive.File {
		if f.Name != "word/document.xml" {
			continue
		}
		if f.UncompressedSize64 > maxPart {
			return "", ErrLarge.With("limit", maxPart>>20)
		}
		r, err := f.Open()
		if err != nil {
			return "", ErrDamaged.Wrap(err)
		}
		defer r.Close()
		return wordText(io.LimitReader(r, maxPart))
	}
	return "", ErrKind
}

// wordText walks the main part. What was deleted while changes were tracked, and the
// second copy of a drawing for old programs, are left out.
func wordText(r io.Reader) (string, error) {
	d := xml.NewDecoder(r)
	var out, line strings.Builder
	inText, item := false, false
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out.String(), nil
		}
		if err != nil {
			return "", ErrDamaged.Wrap(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "Fallback", "del", "moveFrom", "instrText", "sectPr":
				if err := d.Skip(); err != nil {
					return "", ErrDamaged.Wrap(err)
				}
			case "t":
				inText = true
			case "numPr":
				item = true
			case "tab":
				line.WriteByte('\t')
			case "br", "cr":
				line.WriteByte('\n')
			case "noBreakHyphen":
				line.WriteByte('-')
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "p":
				endParagraph(&out, &line, item)
				item = false
			}
		case xml.CharData:
			if inText {
				line.Write(t)
			}
		}
		if out.Len()+line.Len() > MaxText {
			return "", ErrLarge.With("limit", MaxText>>20)
		}
	}
}

// endParagraph puts a paragraph on a line of its own, behind a dash when it stands in a list.
func endParagraph(out, line *strings.Builder, item bool) {
	text := strings.TrimSpace(line.String())
	line.Reset()
	if item && text != "" {
		out.WriteString("- ")
	}
	out.WriteString(text)
	out.WriteByte('\n')
}
