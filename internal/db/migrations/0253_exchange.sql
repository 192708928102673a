-- +goose Up

-- Exchange rates as they were quoted: one unit of from_currency in to_currency.
CREATE TABLE exchange_rate (
  id            TEXT PRIMARY KEY,
  on_day        TEXT NOT NULL,
  from_currency TEXT NOT NULL,
  to_currency   TEXT NOT NULL,
  rate          TEXT NOT NULL,
  source        TEXT NOT NULL,
  made_at       BIGINT NOT NULL,
  made_by       TEXT NOT NULL,
  UNIQUE (on_day, from_currency, to_currency, source)
);

-- The rate at which an invoice in another currency stands in the agency's own.
CREATE TABLE invoice_rate (
  invoice_id TEXT PRIMARY KEY REFERENCES invoice (id),
  currency   TEXT NOT NULL,
  rate       TEXT NOT NULL,
  on_day     TEXT NOT NULL,
  source     TEXT NOT NULL
);
