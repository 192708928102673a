-- +goose Up

-- Fields that the agency added to talents and clients (B23).
CREATE TABLE custom_field (
  id         TEXT PRIMARY KEY,
  of_kind    TEXT NOT NULL,
  name       TEXT NOT NULL,
  fold       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  choices    TEXT NOT NULL,
  made_at    BIGINT NOT NULL,
  dropped_at BIGINT,
  version    BIGINT NOT NULL
);
CREATE UNIQUE INDEX custom_field_name ON custom_field (of_kind, fold) WHERE dropped_at IS NULL;

-- What a record has in a field; an empty one has no row.
CREATE TABLE custom_value (
  subject_id TEXT NOT NULL,
  field_id   TEXT NOT NULL REFERENCES custom_field (id),
  value      TEXT NOT NULL,
  fold       TEXT NOT NULL,
  PRIMARY KEY (subject_id, field_id)
);
CREATE INDEX custom_value_fold ON custom_value (field_id, fold);
