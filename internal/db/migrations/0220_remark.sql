-- +goose Up

-- What the agency's people say to each other about a version. It is no item: no round
-- takes it, no client and no talent reads it.
CREATE TABLE review_remark (
  id             TEXT PRIMARY KEY,
  draft_id       TEXT NOT NULL REFERENCES draft (id),
  deliverable_id TEXT NOT NULL REFERENCES deliverable (id),
  author_id      TEXT NOT NULL,
  author         TEXT NOT NULL,
  body           TEXT NOT NULL,
  at_ms          BIGINT NOT NULL,
  until_ms       BIGINT NOT NULL,
  drawing        TEXT NOT NULL,
  made_at        BIGINT NOT NULL
);
CREATE INDEX review_remark_by_draft ON review_remark (draft_id, made_at);
