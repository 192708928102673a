-- +goose Up

-- The short number of a post in packed readings.
CREATE TABLE reading_post (
  number  BIGINT PRIMARY KEY,
  post_id TEXT NOT NULL UNIQUE REFERENCES post (id)
);

-- Readings that were written together. Folding joins many runs of a tier into one of
-- the next; until it is ready nobody reads it.
CREATE TABLE reading_run (
  id     BIGINT PRIMARY KEY,
  newest BIGINT NOT NULL,
  tier   BIGINT NOT NULL,
  ready  BOOLEAN NOT NULL
);
CREATE INDEX reading_run_by_tier ON reading_run (tier, ready, newest);

-- The packed readings of the posts from first to last.
CREATE TABLE reading_page (
  run_id     BIGINT NOT NULL REFERENCES reading_run (id),
  first_post BIGINT NOT NULL,
  last_post  BIGINT NOT NULL,
  data       BYTEA NOT NULL,
  PRIMARY KEY (run_id, first_post)
);
