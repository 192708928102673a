-- +goose Up

-- What an act in casting waits for: somebody with the right to say yes (A1, A35).
CREATE TABLE cast_ask (
  id            TEXT PRIMARY KEY,
  campaign_id   TEXT NOT NULL REFERENCES campaign (id),
  client_id     TEXT NOT NULL REFERENCES client (id),
  kind          TEXT NOT NULL,
  candidate_id  TEXT NOT NULL,
  offer_id      TEXT NOT NULL,
  terms         TEXT NOT NULL,
  reasons       TEXT NOT NULL,
  fee_minor     BIGINT NOT NULL,
  fee_currency  TEXT NOT NULL,
  home_minor    BIGINT NOT NULL,
  home_currency TEXT NOT NULL,
  words         TEXT NOT NULL,
  asked_by_id   TEXT NOT NULL REFERENCES person (id),
  asked_by      TEXT NOT NULL,
  asked_at      BIGINT NOT NULL,
  decided_by    TEXT NOT NULL,
  decided_at    BIGINT,
  yes           BOOLEAN NOT NULL,
  answer        TEXT NOT NULL,
  version       BIGINT NOT NULL
);
CREATE INDEX cast_ask_by_campaign ON cast_ask (campaign_id, asked_at);
CREATE UNIQUE INDEX cast_ask_once ON cast_ask (campaign_id, kind, candidate_id) WHERE decided_at IS NULL;

-- What management set for casting: one row. floor_bp is the least share of the
-- price that has to stay, in basis points; 0 is none.
CREATE TABLE cast_rule (
  one      BIGINT PRIMARY KEY,
  floor_bp BIGINT NOT NULL,
  set_by   TEXT NOT NULL,
  set_at   BIGINT NOT NULL,
  version  BIGINT NOT NULL
);
