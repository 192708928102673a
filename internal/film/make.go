package film

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// Part is something made of a video.
type Part string

// The parts.
const (
	Poster Part = "poster"
	Copy   Part = "copy"
)

// Make reads a video, says what it is, and hands its poster and its copy to keep. A part
// that cannot be made is left out: the video is shown as it was sent. The files it works
// with go afterwards. Faults: film.unreadable; those of keep.
func (t Tool) Make(ctx context.Context, sent io.Reader, keep func(Part, io.Reader) error) (f Film, err error) {
	dir, err := os.MkdirTemp("", "kolega-film-")
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	from := filepath.Join(dir, "sent")
	if err := lay(from, sent); err != nil {
		return f, err
	}
	if f, err = t.Probe(ctx, from); err != nil {
		return f, err
	}
	makers := map[Part]func(to string) error{
		Poster: func(to string) error { return t.Poster(ctx, from, to, f) },
		Copy:   func(to string) error { return t.Copy(ctx, from, to) },
	}
	for _, part := range []Part{Poster, Copy} {
		to := filepath.Join(dir, string(part))
		err := makers[part](to)
		if err == nil {
			err = hand(to, part, keep)
		}
		if err != nil && (ctx.Err() != nil || !errors.Is(err, ErrUnreadable)) {
			return f, err
		}
	}
	return f, nil
}

// lay writes what was sent to a file of this machine.
func lay(to string, sent io.Reader) error {
	file, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, sent)
	return errors.Join(err, file.Close())
}

// hand gives a made file to keep.
func hand(name string, part Part, keep func(Part, io.Reader) error) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(keep(part, file), file.Close())
}
