-- +goose Up

-- The colours and logo of the agency ('agency') or of a client, from an instant on: a
-- paper keeps the look of its day.
CREATE TABLE look (
  owner   TEXT NOT NULL,
  since   BIGINT NOT NULL,
  color   TEXT NOT NULL,
  logo    BYTEA NOT NULL,
  by_name TEXT NOT NULL,
  PRIMARY KEY (owner, since)
);

-- Pictures that people chose for posts of a report.
CREATE TABLE report_picture (
  campaign_id TEXT NOT NULL,
  post_id     TEXT NOT NULL REFERENCES post (id),
  sha256      TEXT NOT NULL,
  by_name     TEXT NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (campaign_id, post_id)
);

-- What a client and the agency say about a report that was sent.
CREATE TABLE report_comment (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL,
  client_id   TEXT NOT NULL,
  number      BIGINT NOT NULL,
  part        TEXT NOT NULL,
  words       TEXT NOT NULL,
  party       TEXT NOT NULL,
  by_id       TEXT NOT NULL,
  by_name     TEXT NOT NULL,
  at          BIGINT NOT NULL
);
CREATE INDEX report_comment_by_campaign ON report_comment (campaign_id, at, id);

-- What engagement rates others publish, by platform and size of account ('' is any), from
-- a day on. Both ends are basis points.
CREATE TABLE benchmark (
  id       TEXT PRIMARY KEY,
  platform TEXT NOT NULL,
  tier     TEXT NOT NULL,
  formula  TEXT NOT NULL,
  low_bp   BIGINT NOT NULL,
  high_bp  BIGINT NOT NULL,
  since    TEXT NOT NULL,
  source   TEXT NOT NULL,
  by_name  TEXT NOT NULL
);
INSERT INTO benchmark (id, platform, tier, formula, low_bp, high_bp, since, source, by_name) VALUES
  ('bench-ig-nano', 'instagram', 'nano', 'followers', 400, 800, '2024-01-01', 'tanke.fr 2024–25', ''),
  ('bench-ig-micro', 'instagram', 'micro', 'followers', 200, 500, '2024-01-01', 'tanke.fr 2024–25', ''),
  ('bench-ig-mid', 'instagram', 'mid', 'followers', 100, 300, '2024-01-01', 'tanke.fr 2024–25', ''),
  ('bench-ig-views', 'instagram', '', 'views', 234, 234, '2026-01-01', 'socialcrawl.dev 2026', ''),
  ('bench-tiktok-views', 'tiktok', '', 'views', 552, 552, '2026-01-01', 'socialcrawl.dev 2026', ''),
  ('bench-youtube-views', 'youtube', '', 'views', 266, 266, '2026-01-01', 'socialcrawl.dev 2026', '');

-- Where the agency's own verified posts stand: how many, and the hundredths of their
-- engagement rates as exact fractions, computed anew each day.
CREATE TABLE peer_mark (
  platform TEXT NOT NULL,
  tier     TEXT NOT NULL,
  formula  TEXT NOT NULL,
  posts    BIGINT NOT NULL,
  marks    TEXT NOT NULL,
  made_at  BIGINT NOT NULL,
  PRIMARY KEY (platform, tier, formula)
);
