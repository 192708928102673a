-- +goose Up

-- What a talent means to film, agreed on before the filming (B17). What was sent never
-- changes; what happened to it is kept as instants.
CREATE TABLE concept (
  id             TEXT PRIMARY KEY,
  deliverable_id TEXT NOT NULL REFERENCES deliverable (id),
  campaign_id    TEXT NOT NULL,
  number         BIGINT NOT NULL,
  body           TEXT NOT NULL,
  promises       TEXT NOT NULL,
  source         TEXT NOT NULL,
  sent_at        BIGINT NOT NULL,
  sent_by_id     TEXT NOT NULL,
  sent_by        TEXT NOT NULL,
  first_at       BIGINT,
  first_by_id    TEXT NOT NULL,
  first_by       TEXT NOT NULL,
  shown_at       BIGINT,
  shown_by       TEXT NOT NULL,
  override       TEXT NOT NULL,
  returned_at    BIGINT,
  returned_by    TEXT NOT NULL,
  decided_at     BIGINT,
  decided_by_id  TEXT NOT NULL,
  decided_by     TEXT NOT NULL,
  approved       BOOLEAN NOT NULL,
  words          TEXT NOT NULL,
  UNIQUE (deliverable_id, number)
);
CREATE INDEX concept_by_campaign ON concept (campaign_id, deliverable_id, number);

-- A picture of a concept; concept_id is NULL until it is sent.
CREATE TABLE concept_picture (
  id             TEXT PRIMARY KEY,
  deliverable_id TEXT NOT NULL REFERENCES deliverable (id),
  concept_id     TEXT REFERENCES concept (id),
  position       BIGINT NOT NULL,
  sha256         TEXT NOT NULL,
  size           BIGINT NOT NULL,
  media_type     TEXT NOT NULL,
  file_name      TEXT NOT NULL,
  made_at        BIGINT NOT NULL
);
CREATE INDEX concept_picture_by_concept ON concept_picture (concept_id, position);

ALTER TABLE deliverable ADD COLUMN concept_asked_at BIGINT;
ALTER TABLE deliverable ADD COLUMN concept_id TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN concept_id TEXT NOT NULL DEFAULT '';
