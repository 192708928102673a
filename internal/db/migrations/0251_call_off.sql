-- +goose Up

-- Agreements whose campaign was called off, with what was settled by their own table.
CREATE TABLE agreement_call_off (
  agreement_id   TEXT PRIMARY KEY REFERENCES agreement (id),
  stage          TEXT NOT NULL,
  currency       TEXT NOT NULL,
  owed_minor     BIGINT NOT NULL,
  invoiced_minor BIGINT NOT NULL,
  reason         TEXT NOT NULL,
  called_at      BIGINT NOT NULL,
  called_by      TEXT NOT NULL
);
