-- +goose Up

-- A changed account is confirmed by the talent through another channel than the change came by.
ALTER TABLE talent_route ADD COLUMN changed_via TEXT NOT NULL DEFAULT '';
ALTER TABLE talent_route ADD COLUMN confirmed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE talent_route ADD COLUMN confirmed_via TEXT NOT NULL DEFAULT '';

-- The rate at which a payout in another currency stands in the agency's own, from the day it was earned.
CREATE TABLE payout_rate (
  payout_id TEXT PRIMARY KEY REFERENCES payout (id),
  currency  TEXT NOT NULL,
  rate      TEXT NOT NULL,
  on_day    TEXT NOT NULL,
  source    TEXT NOT NULL
);
