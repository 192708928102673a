-- +goose Up

-- Bank statements that were brought in, and the money that came by them.
CREATE TABLE bank_statement (
  id        TEXT PRIMARY KEY,
  name      TEXT NOT NULL,
  account   TEXT NOT NULL,
  currency  TEXT NOT NULL,
  from_on   TEXT NOT NULL,
  to_on     TEXT NOT NULL,
  lines_in  BIGINT NOT NULL,
  known     BIGINT NOT NULL,
  lines_out BIGINT NOT NULL,
  skipped   BIGINT NOT NULL,
  taken_at  BIGINT NOT NULL,
  taken_by  TEXT NOT NULL
);

CREATE TABLE bank_line (
  id              TEXT PRIMARY KEY,
  statement_id    TEXT NOT NULL REFERENCES bank_statement (id),
  line_key        TEXT NOT NULL UNIQUE,
  position        BIGINT NOT NULL,
  came_on         TEXT NOT NULL,
  amount_minor    BIGINT NOT NULL,
  amount_currency TEXT NOT NULL,
  text            TEXT NOT NULL,
  receipt_id      TEXT REFERENCES receipt (id),
  settled_at      BIGINT,
  settled_by      TEXT NOT NULL,
  aside_for       TEXT NOT NULL,
  version         BIGINT NOT NULL
);
CREATE INDEX bank_line_by_statement ON bank_line (statement_id, position);
CREATE INDEX bank_line_by_receipt ON bank_line (receipt_id) WHERE receipt_id IS NOT NULL;
