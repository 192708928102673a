-- +goose Up

-- Work that the agency may win (A3). The one next step is a task; whether there is
-- one is computed. A brand may be pursued before its company is a client.
CREATE TABLE opportunity (
  id             TEXT PRIMARY KEY,
  client_id      TEXT NOT NULL,
  brand_id       TEXT NOT NULL,
  brand          TEXT NOT NULL,
  brand_fold     TEXT NOT NULL,
  title          TEXT NOT NULL,
  fold           TEXT NOT NULL,
  stage          TEXT NOT NULL,
  value_minor    BIGINT NOT NULL,
  value_currency TEXT NOT NULL,
  source         TEXT NOT NULL,
  owner_id       TEXT NOT NULL REFERENCES person (id),
  from_on        TEXT NOT NULL,
  step_id        TEXT NOT NULL,
  won_by         TEXT NOT NULL,
  lost_why       TEXT NOT NULL,
  lost_note      TEXT NOT NULL,
  made_at        BIGINT NOT NULL,
  made_by        TEXT NOT NULL,
  stage_at       BIGINT NOT NULL,
  version        BIGINT NOT NULL
);
CREATE INDEX opportunity_by_stage ON opportunity (stage, stage_at);
CREATE INDEX opportunity_by_brand ON opportunity (brand_fold);
CREATE INDEX opportunity_by_client ON opportunity (client_id);

-- Short observations: brands that work with talents (A4), rivals (A12), trends (A13).
CREATE TABLE watch_note (
  id             TEXT PRIMARY KEY,
  kind           TEXT NOT NULL,
  brand          TEXT NOT NULL,
  brand_fold     TEXT NOT NULL,
  link           TEXT NOT NULL,
  platform       TEXT NOT NULL,
  seen_on        TEXT NOT NULL,
  handles        TEXT NOT NULL,
  spend          TEXT NOT NULL,
  format         TEXT NOT NULL,
  audience       TEXT NOT NULL,
  takeaway       TEXT NOT NULL,
  until_on       TEXT NOT NULL,
  client_id      TEXT NOT NULL,
  opportunity_id TEXT NOT NULL,
  made_at        BIGINT NOT NULL,
  by_id          TEXT NOT NULL,
  by_name        TEXT NOT NULL,
  version        BIGINT NOT NULL
);
CREATE INDEX watch_note_by_brand ON watch_note (brand_fold, seen_on);
CREATE INDEX watch_note_by_opportunity ON watch_note (opportunity_id);
CREATE UNIQUE INDEX watch_note_once ON watch_note (kind, link) WHERE link <> '';
