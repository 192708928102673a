-- +goose Up

-- When and how a client was met, as somebody logged it (A5).
CREATE TABLE contact_log (
  id         TEXT PRIMARY KEY,
  client_id  TEXT NOT NULL REFERENCES client (id),
  contact_id TEXT NOT NULL,
  channel    TEXT NOT NULL,
  inbound    BOOLEAN NOT NULL,
  at         BIGINT NOT NULL,
  summary    TEXT NOT NULL,
  by_id      TEXT NOT NULL,
  by_name    TEXT NOT NULL,
  made_at    BIGINT NOT NULL
);
CREATE INDEX contact_log_by_client ON contact_log (client_id, at);

-- When a client counts as quiet (A7), and how satisfied it is.
CREATE TABLE client_care (
  client_id    TEXT PRIMARY KEY REFERENCES client (id),
  quiet_days   BIGINT NOT NULL,
  satisfied    BIGINT NOT NULL,
  satisfied_on TEXT NOT NULL,
  words        TEXT NOT NULL,
  version      BIGINT NOT NULL
);

-- Problems of a client, with their cause once they are over (A70).
CREATE TABLE client_issue (
  id          TEXT PRIMARY KEY,
  client_id   TEXT NOT NULL REFERENCES client (id),
  campaign_id TEXT NOT NULL,
  what        TEXT NOT NULL,
  severity    TEXT NOT NULL,
  task_id     TEXT NOT NULL,
  cause       TEXT NOT NULL,
  outcome     TEXT NOT NULL,
  opened_at   BIGINT NOT NULL,
  opened_by   TEXT NOT NULL,
  closed_at   BIGINT,
  version     BIGINT NOT NULL
);
CREATE INDEX client_issue_by_client ON client_issue (client_id, opened_at);

-- What the agency knows of a brand; each change is a version (A8).
CREATE TABLE brand_profile (
  id        TEXT PRIMARY KEY,
  brand_id  TEXT NOT NULL REFERENCES brand (id),
  no        BIGINT NOT NULL,
  goals     TEXT NOT NULL,
  audience  TEXT NOT NULL,
  tone      TEXT NOT NULL,
  forbidden TEXT NOT NULL,
  platforms TEXT NOT NULL,
  habits    TEXT NOT NULL,
  persona   TEXT NOT NULL,
  made_at   BIGINT NOT NULL,
  by_name   TEXT NOT NULL
);
CREATE UNIQUE INDEX brand_profile_once ON brand_profile (brand_id, no);
