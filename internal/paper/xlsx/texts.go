package xlsx

import (
	"errors"
	"io"
)

// texts are the shared texts of a workbook in one piece of memory.
type texts struct {
	part string
	all  string
	ends []uint32
}

func (t *texts) at(i int) (string, bool) {
	if t == nil || i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.all[from:t.ends[i]], true
}

// load reads the shared texts, once.
func (f *File) load() error {
	t := f.shared
	if t == nil || t.ends != nil {
		return nil
	}
	r, err := f.open(t.part)
	if err != nil {
		return err
	}
	defer r.Close()
	var all []byte
	s := newScanner(r)
	for {
		tok, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && tok.kind == startTag && string(tok.name) == "si" {
			if !tok.empty {
				all, err = s.runs(all, "si")
			}
			t.ends = append(t.ends, uint32(len(all)))
		}
		if err != nil {
			return damaged(err)
		}
		if len(all) > keptText {
			return ErrBomb
		}
	}
	t.all = string(all)
	return nil
}

// runs gathers the text of <t> up to the end of the element, without the readings that stand
// beside Japanese text.
func (s *scanner) runs(out []byte, until string) ([]byte, error) {
	inText, beside := false, 0
	from := len(out)
	for {
		t, err := s.next()
		if err != nil {
			return out, err
		}
		name := string(t.name)
		switch {
		case t.kind == textRun && inText && beside == 0:
			text, err := t.content()
			if err != nil {
				return out, err
			}
			out = append(out, text...)
		case t.kind == endTag && name == until:
			return append(out[:from], decoded(string(out[from:]))...), nil
		case t.empty:
		case name == "t":
			inText = t.kind == startTag
		case name == "rPh" && t.kind == startTag:
			beside++
		case name == "rPh" && t.kind == endTag:
			beside--
		}
	}
}
