-- +goose Up

-- A short link of a booking, so that visits can be counted.
CREATE TABLE track_link (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL REFERENCES campaign (id),
  booking_id  TEXT NOT NULL,
  talent_id   TEXT NOT NULL,
  slug        TEXT NOT NULL UNIQUE,
  target      TEXT NOT NULL,
  made_at     BIGINT NOT NULL,
  made_by     TEXT NOT NULL,
  ended_at    BIGINT
);
CREATE INDEX track_link_by_campaign ON track_link (campaign_id);

-- Visits of a link by day; robots are what was not a person's visit. Nothing else of a
-- visit is kept.
CREATE TABLE track_day (
  link_id TEXT NOT NULL REFERENCES track_link (id),
  day     TEXT NOT NULL,
  visits  BIGINT NOT NULL,
  robots  BIGINT NOT NULL,
  PRIMARY KEY (link_id, day)
);

-- A promo code of a booking.
CREATE TABLE promo_code (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL REFERENCES campaign (id),
  booking_id  TEXT NOT NULL,
  talent_id   TEXT NOT NULL,
  code        TEXT NOT NULL,
  code_key    TEXT NOT NULL,
  made_at     BIGINT NOT NULL,
  made_by     TEXT NOT NULL,
  UNIQUE (campaign_id, code_key)
);

-- What a code sold on a day, as the client's shop says; a day is said once, the last word
-- counts.
CREATE TABLE promo_sale (
  code_id         TEXT NOT NULL REFERENCES promo_code (id),
  day             TEXT NOT NULL,
  orders          BIGINT NOT NULL,
  amount_minor    BIGINT NOT NULL,
  amount_currency TEXT NOT NULL,
  source          TEXT NOT NULL,
  said_at         BIGINT NOT NULL,
  said_by         TEXT NOT NULL,
  PRIMARY KEY (code_id, day)
);
