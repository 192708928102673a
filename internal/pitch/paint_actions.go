package pitch

import (
	"context"
	"io"

	"kolega/internal/paper/pptx"
)

func (s *Service) art(ctx context.Context, d Document) (a Art, err error) {
	a.Agency, a.Client, err = s.Look(ctx, d)
	return a, err
}

// paint writes a document in a format; a template's hash is of the client's own
// presentation. Faults: deck.format, deck.template.
func (s *Service) paint(ctx context.Context, w io.Writer, d Document, template, format string) error {
	art, err := s.art(ctx, d)
	if err != nil {
		return err
	}
	switch format {
	case PDF:
		return d.WritePDF(w, art)
	case PPTX:
		t, err := s.template(ctx, template)
		if err != nil {
			return err
		}
		return d.WritePPTX(w, art, t)
	}
	return ErrFormat
}

// template opens the client's own presentation; "" is ours. Fault: deck.template.
func (s *Service) template(ctx context.Context, sha string) (*pptx.Template, error) {
	if sha == "" {
		return nil, nil
	}
	f, err := s.blob.Open(ctx, sha)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	t, err := pptx.Open(f, size)
	if err != nil {
		return nil, ErrTemplate.Wrap(err)
	}
	return t, nil
}
