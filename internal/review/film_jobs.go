package review

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"kolega/internal/blob"
	"kolega/internal/db"
	"kolega/internal/film"
)

// filmPause is how long the maker of copies rests when nothing waits.
const filmPause = 15 * time.Second

// askCopy has a copy made of a new video, where this machine has ffmpeg.
func (s *Service) askCopy(ctx context.Context, e DraftUploaded) error {
	if !s.filming {
		return nil
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		v, err := LoadVersion(ctx, tx, e.VersionID)
		if err != nil || !v.Video() || v.SHA256 == "" {
			return err
		}
		return askFilm(ctx, tx, v.SHA256)
	})
}

// Filming says whether this machine makes copies for phones.
func (s *Service) Filming() bool { return s.filming }

// UseFilm lets the service have copies made. It is called before anything runs.
func (s *Service) UseFilm(t film.Tool) { s.tool, s.filming = t, true }

// MakeFilms makes copies, one after the other and the newest first, until ctx ends. Two
// programs on one database may make the same copy; it is kept once.
func (s *Service) MakeFilms(ctx context.Context, log *slog.Logger) {
	if err := s.db.Write(ctx, func(tx *db.Tx) error { return askOldFilms(ctx, tx) }); err != nil {
		log.Error("videos without a copy", "error", err)
	}
	for ctx.Err() == nil {
		more, err := s.MakeFilm(ctx)
		if err != nil && ctx.Err() == nil {
			log.Error("copy of a video", "error", err)
		}
		if more && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(filmPause):
		}
	}
}

// MakeFilm makes the copy of one video that waits; false when none does. A video that the
// tool cannot read keeps no copy and is shown as it was sent.
func (s *Service) MakeFilm(ctx context.Context) (bool, error) {
	var sha string
	err := s.db.Read(ctx, func(tx *db.Tx) (err error) { sha, err = nextFilm(ctx, tx); return err })
	if err != nil || sha == "" {
		return false, err
	}
	f, err := s.filmOf(ctx, sha)
	if errors.Is(err, film.ErrUnreadable) || errors.Is(err, blob.ErrAbsent) {
		err = nil
	}
	if err != nil || ctx.Err() != nil {
		return false, err
	}
	return true, s.db.Write(ctx, func(tx *db.Tx) error { return saveFilm(ctx, tx, sha, f) })
}

// filmOf reads a video and keeps what is made of it.
func (s *Service) filmOf(ctx context.Context, sha string) (f Film, err error) {
	from, err := s.blobs.Open(ctx, sha)
	if err != nil {
		return f, err
	}
	defer from.Close()
	is, err := s.tool.Make(ctx, from, func(part film.Part, r io.Reader) error {
		ref, err := s.blobs.Put(ctx, r)
		if part == film.Poster {
			f.PosterSHA256 = ref.SHA256
		} else {
			f.CopySHA256 = ref.SHA256
		}
		return err
	})
	f.DurationMS, f.Width, f.Height = is.Duration.Milliseconds(), is.Width, is.Height
	return f, err
}
