-- +goose Up

-- On which days of a country's list a contact is greeted: chosen, never derived (R15).
-- The day is named as the country's list names it in Indonesian.
CREATE TABLE greeting_choice (
  contact_id TEXT NOT NULL REFERENCES contact (id),
  country    TEXT NOT NULL,
  occasion   TEXT NOT NULL,
  chosen_at  BIGINT NOT NULL,
  chosen_by  TEXT NOT NULL,
  PRIMARY KEY (contact_id, country, occasion)
);

-- One greeting for a contact, an occasion and a year.
CREATE TABLE greeting (
  id         TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contact (id),
  client_id  TEXT NOT NULL,
  country    TEXT NOT NULL,
  occasion   TEXT NOT NULL,
  year       BIGINT NOT NULL,
  on_day     TEXT NOT NULL,
  doer_id    TEXT NOT NULL,
  lang       TEXT NOT NULL,
  text       TEXT NOT NULL,
  asked      BOOLEAN NOT NULL,
  made_at    BIGINT NOT NULL,
  out_id     TEXT NOT NULL,
  batch_id   TEXT NOT NULL,
  sent_at    BIGINT,
  sent_by    TEXT NOT NULL,
  ended_at   BIGINT,
  result     TEXT NOT NULL,
  result_at  BIGINT,
  UNIQUE (contact_id, country, occasion, year)
);
CREATE INDEX greeting_open ON greeting (on_day) WHERE sent_at IS NULL AND ended_at IS NULL;
CREATE INDEX greeting_batch ON greeting (batch_id) WHERE batch_id <> '';

-- A reason to speak with a client: a new talent that fits, or the next conversation
-- after a campaign. Dismissed ones do not come back for the pair.
CREATE TABLE prompt (
  id          TEXT PRIMARY KEY,
  kind        TEXT NOT NULL,
  client_id   TEXT NOT NULL,
  contact_id  TEXT NOT NULL,
  talent_id   TEXT NOT NULL,
  campaign_id TEXT NOT NULL,
  doer_id     TEXT NOT NULL,
  why         TEXT NOT NULL,
  made_at     BIGINT NOT NULL,
  ended_at    BIGINT,
  outcome     TEXT NOT NULL,
  out_id      TEXT NOT NULL,
  ended_by    TEXT NOT NULL,
  result      TEXT NOT NULL,
  result_at   BIGINT,
  UNIQUE (kind, client_id, talent_id, campaign_id)
);
CREATE INDEX prompt_by_client ON prompt (client_id, made_at);
