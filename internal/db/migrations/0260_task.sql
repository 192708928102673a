-- +goose Up

-- What people of the agency have promised each other (A67). A task's state is
-- computed: from what it waits for, whether its doer said yes, when it ended.
CREATE TABLE task (
  id          TEXT PRIMARY KEY,
  title       TEXT NOT NULL,
  done_means  TEXT NOT NULL,
  campaign_id TEXT NOT NULL,
  client_id   TEXT NOT NULL,
  about_kind  TEXT NOT NULL,
  about_id    TEXT NOT NULL,
  doer_id     TEXT NOT NULL REFERENCES person (id),
  by_id       TEXT NOT NULL,
  by_name     TEXT NOT NULL,
  due_at      BIGINT NOT NULL,
  due_zone    TEXT NOT NULL,
  due_entered TEXT NOT NULL,
  minutes     BIGINT NOT NULL,
  after_ids   TEXT NOT NULL,
  origin      TEXT NOT NULL,
  given_at    BIGINT NOT NULL,
  seen_at     BIGINT,
  done_at     BIGINT,
  result      TEXT NOT NULL,
  drop_at     BIGINT,
  why         TEXT NOT NULL,
  version     BIGINT NOT NULL
);
CREATE INDEX task_by_doer ON task (doer_id, due_at);
CREATE INDEX task_by_campaign ON task (campaign_id, due_at);
CREATE INDEX task_about ON task (about_kind, about_id);
CREATE UNIQUE INDEX task_origin ON task (origin) WHERE origin <> '';

-- Days on which a person does not work. Why is not kept.
CREATE TABLE leave_days (
  id        TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  from_on   TEXT NOT NULL,
  to_on     TEXT NOT NULL,
  made_at   BIGINT NOT NULL
);
CREATE INDEX leave_by_person ON leave_days (person_id, to_on);
