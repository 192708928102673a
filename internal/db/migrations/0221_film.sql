-- +goose Up

-- What was made of a video for phones, by the hash of what was sent. A row waits until the
-- machine's ffmpeg came by; copy and poster are '' where nothing could be made.
CREATE TABLE draft_film (
  sha256        TEXT PRIMARY KEY,
  asked_at      BIGINT NOT NULL,
  made_at       BIGINT,
  duration_ms   BIGINT NOT NULL,
  width         BIGINT NOT NULL,
  height        BIGINT NOT NULL,
  copy_sha256   TEXT NOT NULL,
  poster_sha256 TEXT NOT NULL
);
CREATE INDEX draft_film_waiting ON draft_film (asked_at) WHERE made_at IS NULL;
