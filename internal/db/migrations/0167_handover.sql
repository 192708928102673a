-- +goose Up

-- What the account executive hands over to the specialist (A28, A29).
CREATE TABLE handover (
  id            TEXT PRIMARY KEY,
  campaign_id   TEXT NOT NULL REFERENCES campaign (id),
  client_id     TEXT NOT NULL REFERENCES client (id),
  specialist_id TEXT NOT NULL REFERENCES person (id),
  persona       TEXT NOT NULL,
  excluded      TEXT NOT NULL,
  seats         TEXT NOT NULL,
  due_at        BIGINT NOT NULL,
  due_zone      TEXT NOT NULL,
  due_text      TEXT NOT NULL,
  sent_by_id    TEXT NOT NULL REFERENCES person (id),
  sent_by       TEXT NOT NULL,
  sent_at       BIGINT NOT NULL,
  seen_at       BIGINT,
  ready_at      BIGINT,
  ready_by      TEXT NOT NULL,
  version       BIGINT NOT NULL
);
CREATE INDEX handover_by_campaign ON handover (campaign_id, sent_at);
CREATE UNIQUE INDEX handover_once ON handover (campaign_id) WHERE ready_at IS NULL;

CREATE TABLE handover_question (
  id          TEXT PRIMARY KEY,
  handover_id TEXT NOT NULL REFERENCES handover (id),
  text        TEXT NOT NULL,
  asked_by    TEXT NOT NULL,
  asked_at    BIGINT NOT NULL,
  answer      TEXT NOT NULL,
  answered_by TEXT NOT NULL,
  answered_at BIGINT,
  version     BIGINT NOT NULL
);
CREATE INDEX handover_question_by_handover ON handover_question (handover_id, asked_at);
