-- +goose Up

-- What people write into a campaign's report before it is sent.
CREATE TABLE report_text (
  campaign_id  TEXT PRIMARY KEY,
  summary      TEXT NOT NULL,
  learned      TEXT NOT NULL,
  advice       TEXT NOT NULL,
  emv_minor    BIGINT NOT NULL,
  emv_currency TEXT NOT NULL,
  emv_source   TEXT NOT NULL,
  version      BIGINT NOT NULL
);

-- A report as it was sent. The document is never written again; its files are
-- named by their content.
CREATE TABLE report (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL,
  client_id   TEXT NOT NULL,
  number      BIGINT NOT NULL,
  doc         TEXT NOT NULL,
  hash        TEXT NOT NULL,
  pdf_sha     TEXT NOT NULL,
  xlsx_sha    TEXT NOT NULL,
  pptx_sha    TEXT NOT NULL,
  sent_at     BIGINT NOT NULL,
  sent_by     TEXT NOT NULL,
  opened_at   BIGINT,
  UNIQUE (campaign_id, number)
);

-- Each advice of a sent report, to be followed up.
CREATE TABLE report_advice (
  id          TEXT PRIMARY KEY,
  report_id   TEXT NOT NULL REFERENCES report (id),
  campaign_id TEXT NOT NULL,
  client_id   TEXT NOT NULL,
  position    BIGINT NOT NULL,
  words       TEXT NOT NULL,
  figure      TEXT NOT NULL,
  outcome     TEXT NOT NULL,
  outcome_at  BIGINT,
  outcome_by  TEXT NOT NULL
);
CREATE INDEX report_advice_by_client ON report_advice (client_id, id);
