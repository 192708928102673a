-- +goose Up

-- Somebody was called by "@name" in a task or in minutes (A68).
CREATE TABLE mention (
  id          TEXT PRIMARY KEY,
  person_id   TEXT NOT NULL REFERENCES person (id),
  by_id       TEXT NOT NULL,
  by_name     TEXT NOT NULL,
  campaign_id TEXT NOT NULL,
  href        TEXT NOT NULL,
  text        TEXT NOT NULL,
  at          BIGINT NOT NULL,
  seen_at     BIGINT
);
CREATE INDEX mention_by_person ON mention (person_id, at);

-- What a person is told, when, and when not (B14). Without a row the role's own holds.
CREATE TABLE notice_setting (
  person_id  TEXT PRIMARY KEY REFERENCES person (id),
  topics     TEXT NOT NULL,
  digest     BOOLEAN NOT NULL,
  digest_at  BIGINT NOT NULL,
  quiet_from BIGINT NOT NULL,
  quiet_to   BIGINT NOT NULL,
  version    BIGINT NOT NULL
);

-- A digest as it was put together: up to which entry of the trail, and its text.
CREATE TABLE notice_digest (
  id        TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  day       TEXT NOT NULL,
  until_seq BIGINT NOT NULL,
  pieces    BIGINT NOT NULL,
  subject   TEXT NOT NULL,
  body      TEXT NOT NULL,
  made_at   BIGINT NOT NULL,
  UNIQUE (person_id, day)
);
