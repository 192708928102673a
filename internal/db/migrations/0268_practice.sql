-- +goose Up

-- Practice: every two weeks people present to the team (A14).
CREATE TABLE practice_series (
  id         TEXT PRIMARY KEY,
  title      TEXT NOT NULL,
  first_on   TEXT NOT NULL,
  clock      TEXT NOT NULL,
  zone       TEXT NOT NULL,
  minutes    BIGINT NOT NULL,
  turns      BIGINT NOT NULL,
  people     TEXT NOT NULL,
  made_at    BIGINT NOT NULL,
  made_by    TEXT NOT NULL,
  ended_at   BIGINT,
  version    BIGINT NOT NULL
);

-- One person's turn in a session: a slot of its own.
CREATE TABLE practice_turn (
  id           TEXT PRIMARY KEY,
  series_id    TEXT NOT NULL REFERENCES practice_series (id),
  session      BIGINT NOT NULL,
  starts_at    BIGINT NOT NULL,
  minutes      BIGINT NOT NULL,
  presenter_id TEXT NOT NULL REFERENCES person (id),
  topic_kind   TEXT NOT NULL,
  topic        TEXT NOT NULL,
  file_name    TEXT NOT NULL,
  sha256       TEXT NOT NULL,
  version      BIGINT NOT NULL,
  UNIQUE (series_id, starts_at),
  UNIQUE (series_id, session, presenter_id)
);
CREATE INDEX practice_turn_by_start ON practice_turn (starts_at);

CREATE TABLE practice_score (
  turn_id     TEXT NOT NULL REFERENCES practice_turn (id),
  listener_id TEXT NOT NULL REFERENCES person (id),
  content     BIGINT NOT NULL,
  story       BIGINT NOT NULL,
  proof       BIGINT NOT NULL,
  handling    BIGINT NOT NULL,
  keep        TEXT NOT NULL,
  change      TEXT NOT NULL,
  question    TEXT NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (turn_id, listener_id)
);
