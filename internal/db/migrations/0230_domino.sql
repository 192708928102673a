-- +goose Up

-- Paid posts of a campaign's two plans: seeds on media accounts, and the posts of
-- talents that they are compared with. Reach and views of -1 are unknown, never zero.
CREATE TABLE plan_line (
  id             TEXT PRIMARY KEY,
  campaign_id    TEXT NOT NULL REFERENCES campaign (id),
  side           TEXT NOT NULL,
  talent_id      TEXT NOT NULL,
  name           TEXT NOT NULL,
  platform       TEXT NOT NULL,
  format         TEXT NOT NULL,
  cost_minor     BIGINT NOT NULL,
  cost_currency  TEXT NOT NULL,
  expected       BIGINT NOT NULL,
  source         TEXT NOT NULL,
  source_note    TEXT NOT NULL,
  risk           TEXT NOT NULL,
  planned_on     TEXT NOT NULL,
  kind           TEXT NOT NULL,
  platform_id    TEXT NOT NULL,
  handle         TEXT NOT NULL,
  url            TEXT NOT NULL,
  posted_at      BIGINT,
  post_id        TEXT NOT NULL,
  reach          BIGINT NOT NULL,
  views          BIGINT NOT NULL,
  added_by       TEXT NOT NULL,
  added_at       BIGINT NOT NULL,
  removed_at     BIGINT,
  version        BIGINT NOT NULL
);
CREATE INDEX plan_line_by_campaign ON plan_line (campaign_id, side, added_at);
CREATE INDEX plan_line_by_talent ON plan_line (talent_id);

-- Unpaid posts that took a seed up.
CREATE TABLE pickup (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL REFERENCES campaign (id),
  platform    TEXT NOT NULL,
  kind        TEXT NOT NULL,
  platform_id TEXT NOT NULL,
  handle      TEXT NOT NULL,
  url         TEXT NOT NULL,
  account     TEXT NOT NULL,
  at          BIGINT NOT NULL,
  reach       BIGINT NOT NULL,
  views       BIGINT NOT NULL,
  parent_id   TEXT NOT NULL,
  added_by    TEXT NOT NULL,
  added_at    BIGINT NOT NULL,
  removed_at  BIGINT,
  version     BIGINT NOT NULL
);
CREATE UNIQUE INDEX pickup_by_link ON pickup (campaign_id, platform, platform_id) WHERE removed_at IS NULL;
CREATE INDEX pickup_by_campaign ON pickup (campaign_id, at);

-- The window in which pick-ups count, extended by somebody's decision; the newest holds.
CREATE TABLE pickup_window (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL REFERENCES campaign (id),
  until_on    TEXT NOT NULL,
  reason      TEXT NOT NULL,
  by_name     TEXT NOT NULL,
  at          BIGINT NOT NULL
);
CREATE INDEX pickup_window_by_campaign ON pickup_window (campaign_id, at);
