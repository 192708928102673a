package review

import (
	"context"
	"database/sql"
	"errors"

	"kolega/internal/db"
)

// loadFilm gives what is known of a video; zero when nobody asked yet.
func loadFilm(ctx context.Context, tx *db.Tx, sha string) (f Film, err error) {
	if sha == "" {
		return f, nil
	}
	err = tx.QueryRow(ctx, `SELECT duration_ms, width, height, copy_sha256, poster_sha256, asked_at, made_at FROM draft_film WHERE sha256 = $1`, sha).
		Scan(&f.DurationMS, &f.Width, &f.Height, &f.CopySHA256, &f.PosterSHA256, instant(&f.AskedAt), instant(&f.MadeAt))
	if errors.Is(err, sql.ErrNoRows) {
		return Film{}, nil
	}
	return f, err
}

// askFilm has a copy made of a video, once.
func askFilm(ctx context.Context, tx *db.Tx, sha string) error {
	_, err := tx.Exec(ctx, `INSERT INTO draft_film (sha256, asked_at, duration_ms, width, height, copy_sha256, poster_sha256) VALUES ($1, $2, 0, 0, 0, '', '')
		ON CONFLICT (sha256) DO NOTHING`, sha, db.At(tx.Now()))
	return err
}

// askOldFilms has copies made of the videos that were sent before the machine had ffmpeg.
func askOldFilms(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `INSERT INTO draft_film (sha256, asked_at, duration_ms, width, height, copy_sha256, poster_sha256)
		SELECT v.sha256, MIN(v.uploaded_at), 0, 0, 0, '', '' FROM draft v WHERE v.media_type LIKE 'video/%' AND v.sha256 <> ''
			AND NOT EXISTS (SELECT 1 FROM draft_film f WHERE f.sha256 = v.sha256) GROUP BY v.sha256`)
	return err
}

// nextFilm gives the newest video that waits for its copy; "" when none does. The newest
// comes first: somebody is looking at it now.
func nextFilm(ctx context.Context, tx *db.Tx) (sha string, err error) {
	err = tx.QueryRow(ctx, `SELECT sha256 FROM draft_film WHERE made_at IS NULL ORDER BY asked_at DESC LIMIT 1`).Scan(&sha)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return sha, err
}

// saveFilm keeps what was made, once.
func saveFilm(ctx context.Context, tx *db.Tx, sha string, f Film) error {
	_, err := tx.Exec(ctx, `UPDATE draft_film SET made_at = $2, duration_ms = $3, width = $4, height = $5, copy_sha256 = $6, poster_sha256 = $7 WHERE sha256 = $1 AND made_at IS NULL`,
		sha, db.At(tx.Now()), f.DurationMS, f.Width, f.Height, f.CopySHA256, f.PosterSHA256)
	return err
}
