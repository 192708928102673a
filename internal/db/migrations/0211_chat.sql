-- +goose Up

-- Chats exported from a phone (R9). The zone and the order of the dates are asked once.
CREATE TABLE chat (
  id          TEXT PRIMARY KEY,
  campaign_id TEXT NOT NULL REFERENCES campaign (id),
  title       TEXT NOT NULL,
  zone        TEXT NOT NULL,
  date_order  TEXT NOT NULL,
  added_at    BIGINT NOT NULL,
  added_by    TEXT NOT NULL,
  UNIQUE (campaign_id, title)
);

-- One message of a chat. Append-only; its key makes a second import add nothing.
CREATE TABLE chat_line (
  id          TEXT PRIMARY KEY,
  chat_id     TEXT NOT NULL REFERENCES chat (id),
  campaign_id TEXT NOT NULL,
  at          BIGINT NOT NULL,
  sender      TEXT NOT NULL,
  text        TEXT NOT NULL,
  media       BOOLEAN NOT NULL,
  line_key    TEXT NOT NULL,
  UNIQUE (chat_id, line_key)
);
CREATE INDEX chat_line_by_campaign ON chat_line (campaign_id, at);

-- When and how a decision about a draft was told, with the lines that show it, and the
-- client's own word on it afterwards (R9).
CREATE TABLE told (
  deliverable_id TEXT PRIMARY KEY REFERENCES deliverable (id),
  draft_id       TEXT NOT NULL REFERENCES draft (id),
  campaign_id    TEXT NOT NULL,
  told_at        BIGINT NOT NULL,
  zone           TEXT NOT NULL,
  channel        TEXT NOT NULL,
  lines          TEXT NOT NULL,
  confirmed_at   BIGINT,
  confirmed_by   TEXT NOT NULL
);
CREATE INDEX told_by_campaign ON told (campaign_id);
