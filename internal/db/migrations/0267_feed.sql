-- +goose Up

-- Calendars that somebody subscribes to by a secret address (B16). The secret is kept
-- as its hash; withdrawing it ends the feed at once.
CREATE TABLE calendar_feed (
  id         TEXT PRIMARY KEY,
  hash       TEXT NOT NULL UNIQUE,
  scope      TEXT NOT NULL,
  scope_id   TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  campaign_id TEXT NOT NULL,
  label      TEXT NOT NULL,
  lang       TEXT NOT NULL,
  zone       TEXT NOT NULL,
  made_at    BIGINT NOT NULL,
  made_by    TEXT NOT NULL,
  made_by_id TEXT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX calendar_feed_by_maker ON calendar_feed (made_by_id, made_at);
