-- +goose Up

-- Periods that were closed: nothing may be dated before closed_before while one stands.
CREATE TABLE ledger_closing (
  id            TEXT PRIMARY KEY,
  until_on      TEXT NOT NULL,
  closed_before BIGINT NOT NULL,
  closed_at     BIGINT NOT NULL,
  closed_by     TEXT NOT NULL,
  reopened_at   BIGINT,
  reopened_by   TEXT NOT NULL,
  reason        TEXT NOT NULL
);
CREATE INDEX ledger_closing_stands ON ledger_closing (closed_before) WHERE reopened_at IS NULL;
