-- +goose Up

-- Messages that were prepared for somebody outside. Sent is what a person says they
-- did; the program claims no delivery (R9). The secret of the link is not kept.
CREATE TABLE message (
  id           TEXT PRIMARY KEY,
  campaign_id  TEXT NOT NULL,
  party        TEXT NOT NULL,
  person_id    TEXT NOT NULL,
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL,
  lang         TEXT NOT NULL,
  text         TEXT NOT NULL,
  link_id      TEXT NOT NULL,
  prepared_at  BIGINT NOT NULL,
  prepared_by  TEXT NOT NULL,
  sent_at      BIGINT,
  sent_by      TEXT NOT NULL,
  channel      TEXT NOT NULL
);
CREATE INDEX message_by_campaign ON message (campaign_id, prepared_at);

-- Step-up codes that somebody outside asked for, for the person of the agency who
-- sends them on. A row lives as long as its code: ten minutes at most.
CREATE TABLE code_message (
  id           TEXT PRIMARY KEY,
  campaign_id  TEXT NOT NULL,
  link_id      TEXT NOT NULL,
  purpose      TEXT NOT NULL,
  party        TEXT NOT NULL,
  name         TEXT NOT NULL,
  lang         TEXT NOT NULL,
  place        TEXT NOT NULL,
  text         TEXT NOT NULL,
  asked_at     BIGINT NOT NULL,
  until_at     BIGINT NOT NULL,
  sent_at      BIGINT,
  sent_by      TEXT NOT NULL,
  channel      TEXT NOT NULL
);
CREATE INDEX code_message_by_link ON code_message (link_id, purpose);
