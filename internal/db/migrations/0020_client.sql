-- +goose Up

CREATE TABLE client (
  id              TEXT PRIMARY KEY,
  name            TEXT NOT NULL,
  legal_name      TEXT NOT NULL,
  country         TEXT NOT NULL REFERENCES country (code),
  zone            TEXT NOT NULL,
  lang            TEXT NOT NULL,
  address         TEXT NOT NULL,
  tax_id          TEXT NOT NULL,
  po_required     BOOLEAN NOT NULL,
  withholds_pph23 BOOLEAN NOT NULL,
  payment_days    BIGINT NOT NULL,
  note            TEXT NOT NULL,
  made_at         BIGINT NOT NULL,
  version         BIGINT NOT NULL,
  fold            TEXT NOT NULL UNIQUE
);
CREATE INDEX client_by_name ON client (fold, id);

CREATE TABLE brand (
  id        TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES client (id),
  name      TEXT NOT NULL,
  category  TEXT NOT NULL,
  rivals    TEXT NOT NULL,
  version   BIGINT NOT NULL,
  fold      TEXT NOT NULL,
  UNIQUE (client_id, fold)
);

CREATE TABLE contact (
  id        TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES client (id),
  name      TEXT NOT NULL,
  title     TEXT NOT NULL,
  email     TEXT NOT NULL,
  phone     TEXT NOT NULL,
  lang      TEXT NOT NULL,
  zone      TEXT NOT NULL,
  left_at   BIGINT,
  version   BIGINT NOT NULL,
  fold      TEXT NOT NULL
);
CREATE INDEX contact_by_client ON contact (client_id, fold);
